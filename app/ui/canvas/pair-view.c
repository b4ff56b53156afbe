/*
 * HrPairView: the canvas of a table beside its index, and below it how the selected item gets there, in three steps.
 *
 * The steps stand side by side where there is room for them; in a low window a line tells the one that is played.
 */
#include "app/ui/canvas/pair-view.h"

#include "app/session/figures.h"
#include "app/session/words.h"
#include "app/ui/canvas/pair-canvas.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"

#define STEPS_SHARE 0.3 /* of the height, for the steps */
#define LATER_OPACITY 0.35

typedef struct
{
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *text;
} Step;

struct _HrPairView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;

  /* children */
  GtkWidget *box;
  GtkWidget *canvas;
  GtkWidget *steps;
  Step step[HR_PAIR_STAGES];
  GtkWidget *title;    /* of one step, where there is no room for all */
  GtkWidget *sentence;
  GtkWidget *facts;
  GtkWidget *count;
  GtkWidget *projection;
  GtkWidget *size;
  GtkWidget *number;
  GtkWidget *play;
  gboolean has_steps;
};

G_DEFINE_FINAL_TYPE (HrPairView, hr_pair_view, GTK_TYPE_WIDGET)

/* Which of the index's items is selected, from 1; 0: none. */
static guint64
find_number (HrPairLayout *layout, const HrHit *selected, guint64 n_entries)
{
  guint64 number = 0;
  HrHit next;

  if (selected->kind == HR_HIT_NONE)
    return 0;
  if (hr_pair_layout_step (layout, selected, 1, &next, &number, NULL))
    return number - 1;
  return hr_pair_layout_step (layout, selected, -1, &next, &number, NULL) ? number + 1 : n_entries;
}

/* How many there are: of an item that is left out one says why. */
static guint
fill_steps (HrPairView *self, HrPairLayout *layout, const HrPairViewport *viewport)
{
  guint n = 0;

  for (guint i = 0; i < HR_PAIR_STAGES; i++)
    {
      g_auto (HrPairSentence) sentence = { NULL, NULL };
      gboolean is_there = viewport->selected.kind != HR_HIT_NONE
                          && hr_pair_layout_describe_stage (layout, &viewport->selected, i + 1, &sentence);
      gboolean is_later = viewport->stage > 0 && i + 1 > viewport->stage;

      gtk_widget_set_visible (self->step[i].box, is_there);
      gtk_widget_set_opacity (self->step[i].box, is_later ? LATER_OPACITY : 1);
      gtk_label_set_text (GTK_LABEL (self->step[i].title), is_there ? sentence.title : "");
      hr_label_set_words (GTK_LABEL (self->step[i].text), is_there ? sentence.text : "");
      n += is_there;
    }
  return n;
}

static gboolean
has_room_for_steps (HrPairView *self)
{
  int natural;

  gtk_widget_set_visible (self->steps, TRUE);
  gtk_widget_measure (self->steps, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (GTK_WIDGET (self)), NULL, &natural,
                      NULL, NULL);
  return natural <= STEPS_SHARE * gtk_widget_get_height (GTK_WIDGET (self));
}

/* The step that is played, in words alone. */
static void
show_line (HrPairView *self, HrPairLayout *layout, const HrPairViewport *viewport)
{
  g_auto (HrPairSentence) sentence = { NULL, NULL };

  if (viewport->stage > 0)
    hr_pair_layout_describe_stage (layout, &viewport->selected, viewport->stage, &sentence);
  gtk_label_set_text (GTK_LABEL (self->title), sentence.title != NULL ? sentence.title : "");
  hr_label_set_words (GTK_LABEL (self->sentence), sentence.text != NULL ? sentence.text : "");
}

static void
show_facts (HrPairView *self, const HrPairFacts *facts)
{
  const HrTable *table = hr_session_get_table (self->session);
  const char *name = hr_session_get_index (self->session);
  const HrIndex *index = table != NULL && name != NULL ? hr_table_find_index (table, name) : NULL;
  g_autofree char *projection = index != NULL ? hr_index_describe_projection (index) : NULL;
  g_autofree char *entries = hr_figure_number (facts->n_entries);
  g_autofree char *items = hr_figure_number (facts->n_items);
  g_autofree char *size = hr_figure_size (facts->size_bytes);
  g_autofree char *count_text = g_strdup_printf (_("%s of %s items are in the index."), entries, items);
  g_autofree char *projection_text = g_strdup_printf (_("Projection: %s"), projection != NULL ? projection : "");
  g_autofree char *size_text = g_strdup_printf (_("Index size: %s"), size);

  gtk_label_set_text (GTK_LABEL (self->count), count_text);
  gtk_label_set_text (GTK_LABEL (self->projection), projection_text);
  gtk_label_set_text (GTK_LABEL (self->size), size_text);
}

/* The steps take the room that the item may stand in: once they have it. */
static gboolean
show_selected_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer height)
{
  if (gtk_widget_get_height (widget) == GPOINTER_TO_INT (height))
    return G_SOURCE_CONTINUE;
  hr_pair_canvas_show_selected (HR_PAIR_CANVAS (widget));
  return G_SOURCE_REMOVE;
}

static void
show_steps (HrPairView *self, gboolean is_shown)
{
  if (is_shown && !self->has_steps)
    gtk_widget_add_tick_callback (self->canvas, show_selected_cb,
                                  GINT_TO_POINTER (gtk_widget_get_height (self->canvas)), NULL);
  self->has_steps = is_shown;
  gtk_widget_set_visible (self->steps, is_shown);
}

static void
show_sentence (HrPairView *self)
{
  HrPairLayout *layout = hr_pair_canvas_get_layout (HR_PAIR_CANVAS (self->canvas));
  const HrPairViewport *viewport = hr_pair_canvas_get_viewport (HR_PAIR_CANVAS (self->canvas));
  g_autofree char *current = NULL, *entries = NULL, *place = NULL;
  gboolean has_steps, has_line;
  HrPairFacts facts;
  guint64 number;

  if (layout == NULL)
    return;
  hr_pair_layout_get_facts (layout, &facts);
  show_facts (self, &facts);
  has_steps = fill_steps (self, layout, viewport) > 0 && has_room_for_steps (self);
  show_line (self, layout, viewport);
  has_line = !has_steps && *gtk_label_get_text (GTK_LABEL (self->title)) != '\0';
  show_steps (self, has_steps);
  gtk_widget_set_visible (self->title, has_line);
  gtk_widget_set_visible (self->sentence, has_line);
  gtk_widget_set_visible (self->facts, !has_line);
  number = find_number (layout, &viewport->selected, facts.n_entries);
  entries = hr_figure_number (facts.n_entries);
  current = hr_figure_number (number);
  place = g_strdup_printf (_("Item %s of %s"), current, entries);
  gtk_label_set_text (GTK_LABEL (self->number), number > 0 ? place : "");
  gtk_widget_set_sensitive (self->play, viewport->selected.kind != HR_HIT_NONE);
}

static void
play_clicked_cb (HrPairView *self)
{
  hr_pair_canvas_play (HR_PAIR_CANVAS (self->canvas));
}

static void
previous_cb (HrPairView *self)
{
  hr_pair_canvas_step (HR_PAIR_CANVAS (self->canvas), -1);
}

static void
next_cb (HrPairView *self)
{
  hr_pair_canvas_step (HR_PAIR_CANVAS (self->canvas), 1);
}

static void
update_state (HrPairView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_sentence (self);
}

static gboolean
hr_pair_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (HR_PAIR_VIEW (widget)->canvas);
}

static void
hr_pair_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hr_pair_view_parent_class)->map (widget);
  update_state (HR_PAIR_VIEW (widget));
}

static void
hr_pair_view_dispose (GObject *object)
{
  HrPairView *self = HR_PAIR_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_pair_view_parent_class)->dispose (object);
}

static void
hr_pair_view_class_init (HrPairViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_pair_view_dispose;
  widget_class->grab_focus = hr_pair_view_grab_focus;
  widget_class->map = hr_pair_view_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
hr_pair_view_init (HrPairView *self)
{
}

static GtkWidget *
new_icon_button (HrPairView *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  hr_tooltip_set (button, label);
  hr_a11y_set_label (button, label);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
new_step (Step *step, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *badge = gtk_label_new (text);

  step->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  step->title = hr_text_label_new (NULL, "heading");
  step->text = hr_text_label_new (NULL, "hr-description");
  gtk_label_set_yalign (GTK_LABEL (step->text), 0);
  gtk_widget_add_css_class (badge, "hr-step-number");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), badge);
  gtk_box_append (GTK_BOX (line), step->title);
  gtk_box_append (GTK_BOX (step->box), line);
  gtk_box_append (GTK_BOX (step->box), step->text);
  return step->box;
}

static GtkWidget *
new_steps (HrPairView *self)
{
  self->steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 30);
  gtk_box_set_homogeneous (GTK_BOX (self->steps), TRUE);
  for (guint i = 0; i < HR_PAIR_STAGES; i++)
    gtk_box_append (GTK_BOX (self->steps), new_step (&self->step[i], i + 1));
  gtk_widget_add_css_class (self->steps, "hr-pair-steps");
  gtk_widget_set_visible (self->steps, FALSE);
  return self->steps;
}

static GtkWidget *
add_pill (GtkWidget *box)
{
  GtkWidget *pill = hr_label_new (NULL, "hr-pill numeric");

  gtk_label_set_ellipsize (GTK_LABEL (pill), PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), pill);
  return pill;
}

static GtkWidget *
new_play_button (HrPairView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->play = gtk_button_new ();
  gtk_box_append (GTK_BOX (line), hr_icon_new ("media-playback-start-symbolic"));
  gtk_box_append (GTK_BOX (line), hr_label_new (_("Play the move"), NULL));
  gtk_button_set_child (GTK_BUTTON (self->play), line);
  hr_a11y_set_label (self->play, _("Play the move"));
  hr_tooltip_set (self->play, _("How this item gets into the index (Space)"));
  gtk_widget_set_valign (self->play, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->play, "clicked", G_CALLBACK (play_clicked_cb), self);
  return self->play;
}

static GtkWidget *
new_foot (HrPairView *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = hr_label_new (NULL, "heading");
  self->sentence = hr_text_label_new (NULL, NULL);
  self->facts = hr_wrap_box_new (6);
  self->count = add_pill (self->facts);
  self->projection = add_pill (self->facts);
  self->size = add_pill (self->facts);
  self->number = hr_label_new (NULL, "dim-label numeric");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->sentence);
  gtk_box_append (GTK_BOX (texts), self->facts);
  gtk_box_append (GTK_BOX (foot), texts);
  gtk_box_append (GTK_BOX (foot), new_icon_button (self, "go-previous-symbolic", _("Previous item of the index"),
                                                   G_CALLBACK (previous_cb)));
  gtk_box_append (GTK_BOX (foot), self->number);
  gtk_box_append (GTK_BOX (foot), new_icon_button (self, "go-next-symbolic", _("Next item of the index"),
                                                   G_CALLBACK (next_cb)));
  gtk_box_append (GTK_BOX (foot), new_play_button (self));
  gtk_widget_add_css_class (foot, "hr-pair-foot");
  return foot;
}

GtkWidget *
hr_pair_view_new (HrSession *session)
{
  HrPairView *self = g_object_new (HR_TYPE_PAIR_VIEW, NULL);

  self->session = g_object_ref (session);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->canvas = hr_pair_canvas_new (session);
  gtk_widget_set_vexpand (self->canvas, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->canvas);
  gtk_box_append (GTK_BOX (self->box), new_steps (self));
  gtk_box_append (GTK_BOX (self->box), new_foot (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_swapped (self->canvas, "stage-changed", G_CALLBACK (update_state), self);
  return GTK_WIDGET (self);
}
