/*
 * The inspector: what is selected, with a heading above and, for a pattern, its two buttons below.
 *
 * In the Patterns view it stays with the pattern, whatever item is selected on the canvas, for there its
 * values and the Run button are. A panel is made anew when it is about something else, and is left alone
 * (with the focus in its entries) when it is not.
 */
#include "app/ui/inspector.h"

#include <string.h>

#include "app/ui/a11y.h"
#include "app/ui/inspector-private.h"
#include "app/ui/look.h"
#include "app/ui/pieces.h"
#include "app/ui/swatch.h"
#include "model/base/i18n.h"
#include "render/cell-text.h"

#define HR_TYPE_INSPECTOR (hr_inspector_get_type ())
G_DECLARE_FINAL_TYPE (HrInspector, hr_inspector, HR, INSPECTOR, GtkWidget)

struct _HrInspector
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  HrModel *model;      /* that the panel is about */
  char *subject;       /* a text that tells what the panel is about */

  /* children */
  GtkWidget *box;
  GtkWidget *heading;
  GtkWidget *scroller;
  GtkWidget *foot;
  GtkWidget *run_label;
};

G_DEFINE_FINAL_TYPE (HrInspector, hr_inspector, GTK_TYPE_WIDGET)

static HrSubject
get_subject (HrInspector *self)
{
  g_autofree char *view = NULL;
  guint subject;

  g_object_get (self->session, "subject", &subject, "view", &view, NULL);
  if (g_strcmp0 (view, "patterns") == 0 && hr_session_get_pattern (self->session) != NULL)
    return HR_SUBJECT_PATTERN;
  return subject;
}

static const HrEntity *
get_entity (HrInspector *self, const HrTable *table)
{
  g_autofree char *name = NULL;

  g_object_get (self->session, "selected-entity", &name, NULL);
  return table != NULL && name != NULL ? hr_table_find_entity (table, name) : NULL;
}

static const HrIndex *
get_index (HrInspector *self, const HrTable *table)
{
  const char *name = hr_session_get_index (self->session);

  return table != NULL && name != NULL ? hr_table_find_index (table, name) : NULL;
}

static char *
dup_key_text (const HrValue *key)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < key->length; i++)
    {
      g_autofree char *value = hr_cell_dup_text (&key->members[i].value);

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_heading (HrInspector *self, GtkWidget *mark, const char *title)
{
  GtkWidget *label = hr_label_new (title, "heading");

  hr_widget_remove_children (self->heading);
  if (mark != NULL)
    gtk_box_append (GTK_BOX (self->heading), mark);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, title);
  gtk_box_append (GTK_BOX (self->heading), label);
  gtk_widget_set_visible (self->heading, title != NULL);
}

/* The text tells one thing to inspect from every other. NULL: nothing is selected. */
static char *
dup_subject_text (HrInspector *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrPattern *pattern = hr_session_get_pattern (self->session);
  const HrEntity *entity = get_entity (self, table);
  const HrIndex *index = get_index (self, table);
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  HrSubject subject = get_subject (self);
  g_autofree char *key_text = NULL;

  if (subject == HR_SUBJECT_PATTERN)
    return pattern != NULL ? g_strdup_printf ("pattern %s", pattern->id) : NULL;
  if (table == NULL || subject == HR_SUBJECT_NONE)
    return NULL;
  if (subject == HR_SUBJECT_ENTITY && entity != NULL)
    return g_strdup_printf ("entity %s/%s", table->name, entity->name);
  if (subject == HR_SUBJECT_INDEX && index != NULL)
    return g_strdup_printf ("index %s/%s", table->name, index->name);
  if (subject == HR_SUBJECT_ITEM && key != NULL)
    {
      key_text = dup_key_text (key);
      return g_strdup_printf ("item %s/%s", table->name, key_text);
    }
  return g_strdup_printf ("table %s", table->name);
}

static GtkWidget *
new_item_panel (HrInspector *self, const HrTable *table)
{
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  const HrAttribute *last = hr_table_get_sort_key (table) != NULL ? hr_table_get_sort_key (table)
                                                                  : hr_table_get_partition_key (table);
  const HrValue *value = hr_map_get (key, last->name, strlen (last->name));
  g_autofree char *title = value != NULL ? hr_cell_dup_text (value) : NULL;

  set_heading (self, NULL, title != NULL ? title : _("Item"));
  return hr_inspector_new_item_panel (self->session, table, key);
}

static GtkWidget *
new_keycap (const char *id)
{
  GtkWidget *keycap = hr_look_new_keycap (id);

  gtk_widget_add_css_class (keycap, "accent");
  return keycap;
}

static GtkWidget *
new_panel (HrInspector *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrPattern *pattern = hr_session_get_pattern (self->session);
  const HrEntity *entity = get_entity (self, table);
  const HrIndex *index = get_index (self, table);
  char kind = self->subject[0];

  if (kind == 'p')
    {
      set_heading (self, new_keycap (pattern->id), pattern->name);
      return hr_inspector_new_pattern_panel (self->session, pattern);
    }
  if (g_str_has_prefix (self->subject, "entity "))
    {
      set_heading (self, hr_swatch_new (hr_table_get_entity_number (table, entity), 13), entity->name);
      return hr_inspector_new_entity_panel (self->session, table, entity);
    }
  if (g_str_has_prefix (self->subject, "index "))
    {
      set_heading (self, hr_icon_new ("hr-index-symbolic"), index->name);
      return hr_inspector_new_index_panel (self->session, table, index);
    }
  if (g_str_has_prefix (self->subject, "item "))
    return new_item_panel (self, table);
  set_heading (self, hr_icon_new ("hr-table-symbolic"), table->name);
  return hr_inspector_new_table_panel (self->session, table);
}

static void
show_panel (HrInspector *self)
{
  GtkWidget *panel = self->subject != NULL ? new_panel (self) : NULL;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  if (self->subject == NULL)
    set_heading (self, NULL, NULL);
  if (panel == NULL)
    panel = hr_text_label_new (_("Select something to see what it is."), "dim-label");
  gtk_widget_add_css_class (panel, "hr-inspector-panel");
  gtk_widget_set_valign (panel, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), panel);
  gtk_adjustment_set_value (adjustment, 0);
  gtk_widget_set_visible (self->foot, self->subject != NULL && g_str_has_prefix (self->subject, "pattern "));
}

static void
update (HrInspector *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  HrModel *model = document != NULL ? hr_document_get_model (document) : NULL;
  g_autofree char *subject = document != NULL ? dup_subject_text (self) : NULL;

  if (model == self->model && g_strcmp0 (subject, self->subject) == 0)
    return;
  g_clear_pointer (&self->model, hr_model_unref);
  self->model = model != NULL ? hr_model_ref (model) : NULL;
  g_free (self->subject);
  self->subject = g_steal_pointer (&subject);
  show_panel (self);
}

static void
run_changed_cb (HrInspector *self)
{
  gtk_label_set_text (GTK_LABEL (self->run_label),
                      hr_session_get_run (self->session) != NULL ? _("Run again") : _("Run"));
  update (self);
}

static void
hr_inspector_dispose (GObject *object)
{
  HrInspector *self = HR_INSPECTOR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_inspector_parent_class)->dispose (object);
}

static void
hr_inspector_finalize (GObject *object)
{
  HrInspector *self = HR_INSPECTOR (object);

  g_clear_pointer (&self->model, hr_model_unref);
  g_free (self->subject);
  G_OBJECT_CLASS (hr_inspector_parent_class)->finalize (object);
}

static void
hr_inspector_class_init (HrInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_inspector_dispose;
  object_class->finalize = hr_inspector_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "inspector");
}

/* "Run F5": what it does and its key. */
static GtkWidget *
new_button (const char *icon, GtkWidget *label, const char *keys, const char *action, const char *name)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  if (icon != NULL)
    gtk_box_append (GTK_BOX (line), hr_icon_new (icon));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), hr_label_new (keys, "hr-keys"));
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "hr-run-button");
  hr_a11y_set_label (button, name);
  return button;
}

static GtkWidget *
new_foot (HrInspector *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *run, *step;

  self->run_label = hr_label_new (_("Run"), NULL);
  run = new_button ("hr-play-symbolic", self->run_label, "F5", "win.run-pattern", _("Run"));
  step = new_button (NULL, hr_label_new (_("Step"), NULL), "Shift+F5", "win.step-pattern", _("Step"));
  gtk_widget_add_css_class (run, "suggested-action");
  gtk_widget_set_hexpand (run, TRUE);
  gtk_box_append (GTK_BOX (foot), run);
  gtk_box_append (GTK_BOX (foot), step);
  gtk_widget_add_css_class (foot, "hr-inspector-foot");
  gtk_widget_set_visible (foot, FALSE);
  return foot;
}

static void
hr_inspector_init (HrInspector *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->scroller = gtk_scrolled_window_new ();
  self->foot = new_foot (self);
  gtk_widget_add_css_class (self->heading, "hr-inspector-heading");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->heading);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_box_append (GTK_BOX (self->box), self->foot);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
hr_inspector_new (HrSession *session)
{
  HrInspector *self = g_object_new (HR_TYPE_INSPECTOR, NULL);
  static const char *const signals[] = {
    "notify::document", "notify::subject", "notify::view", "notify::pattern", "notify::selected-entity",
    "notify::index", "notify::table", "selection-changed",
  };

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (session, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "outline-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  hr_a11y_set_label (GTK_WIDGET (self), _("Inspector"));
  show_panel (self);
  update (self);
  return GTK_WIDGET (self);
}
