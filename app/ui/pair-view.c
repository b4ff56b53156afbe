/*
 * HrPairView: the canvas of a table beside its index, and below it a line that says what happens.
 */
#include "app/ui/pair-view.h"

#include "app/ui/a11y.h"
#include "app/ui/look.h"
#include "app/ui/pair-canvas.h"
#include "app/ui/pieces.h"
#include "app/ui/tooltip.h"
#include "model/base/i18n.h"

struct _HrPairView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;

  /* children */
  GtkWidget *box;
  GtkWidget *canvas;
  GtkWidget *title;
  GtkWidget *sentence;
  GtkWidget *number;
  GtkWidget *play;
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

static void
show_sentence (HrPairView *self)
{
  HrPairLayout *layout = hr_pair_canvas_get_layout (HR_PAIR_CANVAS (self->canvas));
  const HrPairViewport *viewport = hr_pair_canvas_get_viewport (HR_PAIR_CANVAS (self->canvas));
  g_auto (HrPairSentence) sentence = { NULL, NULL };
  g_autofree char *count = NULL, *current = NULL, *entries = NULL, *items = NULL, *place = NULL;
  HrPairFacts facts;
  guint64 number;

  if (layout == NULL)
    return;
  hr_pair_layout_get_facts (layout, &facts);
  if (viewport->stage > 0)
    hr_pair_layout_describe_stage (layout, &viewport->selected, viewport->stage, &sentence);
  if (sentence.text != NULL)
    g_strdelimit (sentence.text, "`", '"');
  entries = hr_look_format_number (facts.n_entries);
  items = hr_look_format_number (facts.n_items);
  count = g_strdup_printf (_("%s of %s items are in the index."), entries, items);
  gtk_label_set_text (GTK_LABEL (self->title), sentence.title != NULL ? sentence.title : "");
  gtk_widget_set_visible (self->title, sentence.title != NULL);
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence.text != NULL ? sentence.text : count);
  number = find_number (layout, &viewport->selected, facts.n_entries);
  current = hr_look_format_number (number);
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
new_foot (HrPairView *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = hr_label_new (NULL, "heading");
  self->sentence = hr_text_label_new (NULL, NULL);
  self->number = hr_label_new (NULL, "dim-label numeric");
  self->play = gtk_button_new_with_label (_("Play the move"));
  hr_tooltip_set (self->play, _("How this item gets into the index (Space)"));
  gtk_widget_set_valign (self->play, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->sentence);
  gtk_box_append (GTK_BOX (foot), texts);
  gtk_box_append (GTK_BOX (foot), new_icon_button (self, "go-previous-symbolic", _("Previous item of the index"),
                                                   G_CALLBACK (previous_cb)));
  gtk_box_append (GTK_BOX (foot), self->number);
  gtk_box_append (GTK_BOX (foot), new_icon_button (self, "go-next-symbolic", _("Next item of the index"),
                                                   G_CALLBACK (next_cb)));
  gtk_box_append (GTK_BOX (foot), self->play);
  gtk_widget_add_css_class (foot, "hr-pair-foot");
  g_signal_connect_swapped (self->play, "clicked", G_CALLBACK (play_clicked_cb), self);
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
  gtk_box_append (GTK_BOX (self->box), new_foot (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_swapped (self->canvas, "stage-changed", G_CALLBACK (update_state), self);
  return GTK_WIDGET (self);
}
