/*
 * The field for a key template: the entry, and below it what it makes of an item of the sample, how many keys there
 * are, and what is wrong, with buttons that mend it.
 *
 * What is typed is judged at once and taken over when somebody is done: a template changes the keys of all items.
 */
#include "app/ui/editing/field.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/rename.h"
#include "app/ui/editing/drag.h"
#include "app/ui/editing/template-entry.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"
#include "model/document/template-help.h"

#define SURVEYED_MAX 500 /* entries of the table that example and count are made from */
#define HELP "hr-template-help"

/* What stands below the entry; kept with it. */
typedef struct
{
  GtkWidget *example;
  GtkWidget *count;
  GtkWidget *findings; /* box */
} Help;

static Help *
get_help (HrField *self)
{
  return g_object_get_data (G_OBJECT (self->control), HELP);
}

static const char *
get_template_text (const HrTargetPlace *place, const char *key)
{
  const HrEntityKey *entity_key = hr_entity_get_key (place->entity, key);

  return entity_key != NULL ? entity_key->template->text : "";
}

/* TEMPLATE targets are there as soon as the entity is: a key without a template has an empty one. */
static gboolean
find_entity (HrField *self, HrTargetPlace *place)
{
  const HrTarget entity = HR_TARGET (ENTITY, self->target->table, NULL, self->target->owner);
  HrDocument *document = hr_session_get_document (self->fields->session);

  return document != NULL && hr_target_find (&entity, (HrModel *) hr_document_get_model (document), place, NULL);
}

typedef struct
{
  const HrTable *table;
  const HrEntity *entity;
  const char *text;
  char *example;
  guint left;
} Search;

static gboolean
search_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Search *search = user_data;

  if (item != NULL && hr_table_match_entity (search->table, item, NULL) == search->entity)
    search->example = hr_template_dup_example (search->table, search->entity, search->text, item);
  return search->example == NULL && --search->left > 0;
}

/* Of the first item of the entity; without one, of none. */
static char *
dup_example (HrDocument *document, const HrTargetPlace *place, const char *text)
{
  Search search = { place->table, place->entity, text, NULL, SURVEYED_MAX };

  hr_document_foreach_entry (document, place->table->name, search_cb, &search, NULL);
  return search.example != NULL ? search.example
                                : hr_template_dup_example (place->table, place->entity, text, NULL);
}

static char *
describe_count (const HrTemplateCount *count)
{
  g_autofree char *keys = hr_figure_number (count->n_keys);
  g_autofree char *items = hr_figure_number (count->n_items);

  if (count->n_without > 0)
    return g_strdup_printf (_("Different keys: %s. Items: %s, some of them lack a value."), keys, items);
  return g_strdup_printf (_("Different keys: %s. Items: %s."), keys, items);
}

static void
show_count (HrField *self, const char *text)
{
  HrDocument *document = hr_session_get_document (self->fields->session);
  Help *help = get_help (self);
  HrTemplateCount count;
  g_autofree char *number = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *shown = NULL;

  if (!hr_template_count (document, self->target->table, self->target->owner, text, SURVEYED_MAX, &count, NULL)
      || count.n_keys == 0)
    {
      gtk_label_set_text (GTK_LABEL (help->count), "");
      return;
    }
  number = hr_figure_number (count.n_keys);
  shown = g_strdup_printf (count.is_complete ? ngettext_ ("%s key", "%s keys", count.n_keys)
                                             : ngettext_ ("%s+ key", "%s+ keys", count.n_keys),
                           number);
  sentence = describe_count (&count);
  gtk_label_set_text (GTK_LABEL (help->count), shown);
  hr_tooltip_set (help->count, sentence);
}

static void
show_example (HrField *self, const HrTargetPlace *place, const char *text)
{
  HrSession *session = self->fields->session;
  Help *help = get_help (self);
  g_autofree char *example = NULL;

  if (hr_session_is_busy (session))
    return;
  if (*text != '\0')
    example = dup_example (hr_session_get_document (session), place, text);
  gtk_widget_set_visible (gtk_widget_get_parent (help->example), example != NULL);
  gtk_label_set_text (GTK_LABEL (help->example), example != NULL ? example : "");
  hr_tooltip_set (help->example, example);
  if (example != NULL)
    show_count (self, text);
}

/* Findings */

static void
fix_cb (GtkWidget *button, GtkWidget *entry)
{
  const char *fixed = g_object_get_data (G_OBJECT (button), "fixed");

  if (fixed != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), fixed);
  hr_template_entry_finish (HR_TEMPLATE_ENTRY (entry));
}

static GtkWidget *
new_fix_button (GtkWidget *entry, const char *label, const char *fixed)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "hr-fix");
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  hr_tooltip_set (button, label);
  g_object_set_data_full (G_OBJECT (button), "fixed", g_strdup (fixed), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (fix_cb), entry, 0);
  return button;
}

static GtkWidget *
new_finding (HrField *self, const HrTemplateFinding *finding)
{
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = hr_text_label_new (NULL, "hr-field-message");
  GtkWidget *buttons = hr_wrap_box_new (6);
  g_autofree char *fix = finding->fixed != NULL ? g_strdup_printf (_("Use %s"), finding->meant) : NULL;

  gtk_widget_set_hexpand (label, TRUE);
  hr_label_set_words (GTK_LABEL (label), finding->message);
  gtk_box_append (GTK_BOX (line), hr_icon_new ("hr-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (note), line);
  if (fix != NULL)
    gtk_box_append (GTK_BOX (buttons), new_fix_button (self->control, fix, finding->fixed));
  if (finding->is_unknown)
    gtk_box_append (GTK_BOX (buttons), new_fix_button (self->control, _("Make it a key part"), NULL));
  if (gtk_widget_get_first_child (buttons) != NULL)
    gtk_box_append (GTK_BOX (note), buttons);
  gtk_widget_add_css_class (note, "hr-advice");
  return note;
}

/* TRUE when something is wrong. An empty template is none, which is fine. */
static gboolean
show_findings (HrField *self, const HrEntity *entity, const char *text)
{
  GtkWidget *box = get_help (self)->findings;
  g_autoptr (GPtrArray) findings = *text != '\0' ? hr_template_check (entity, text) : NULL;

  hr_widget_remove_children (box);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    gtk_box_append (GTK_BOX (box), new_finding (self, g_ptr_array_index (findings, i)));
  gtk_widget_set_visible (box, findings != NULL && findings->len > 0);
  return findings != NULL && findings->len > 0;
}

/* What the model says. */
static void
show_template (HrField *self, const HrTargetPlace *place)
{
  hr_editable_show_text (GTK_EDITABLE (self->control), self->shown);
  hr_field_show_error (self, NULL);
  show_findings (self, place->entity, self->shown);
  show_example (self, place, self->shown);
}

static void
refresh_template (HrField *self, const HrTargetPlace *unused)
{
  HrTargetPlace place;
  const char *text;

  if (!find_entity (self, &place))
    return;
  hr_template_entry_set_entity (HR_TEMPLATE_ENTRY (self->control), place.entity);
  text = get_template_text (&place, self->target->name);
  if (g_strcmp0 (self->shown, text) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  show_template (self, &place);
}

/* What to think of a text whose writer pauses. */
static gboolean
describe_cb (gpointer user_data)
{
  HrField *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->control));
  g_autofree char *hint = NULL;
  HrTargetPlace place;

  self->describe_timeout = 0;
  if (!find_entity (self, &place))
    return G_SOURCE_REMOVE;
  show_example (self, &place, text);
  if (!show_findings (self, place.entity, text) && g_strcmp0 (text, self->shown) != 0)
    hint = hr_session_describe_retemplate (self->fields->session, self->target, text);
  hr_field_show_preview (self, hint);
  return G_SOURCE_REMOVE;
}

static void
judge_cb (HrField *self)
{
  g_autofree char *message = NULL;
  g_autoptr (HrKeyTemplate) parsed = NULL;
  HrRange range;

  if (self->is_refreshing)
    return;
  parsed = hr_key_template_parse (gtk_editable_get_text (GTK_EDITABLE (self->control)), &message, &range);
  hr_field_show_error (self, parsed == NULL ? message : NULL);
  if (parsed != NULL)
    hr_field_describe_later (self, describe_cb);
  else
    gtk_widget_set_visible (get_help (self)->findings, FALSE);
}

/* A name that looks misspelt is taken over when it was asked for, not when the focus goes to what mends it. */
static gboolean
has_fix (HrField *self, const char *text)
{
  g_autoptr (GPtrArray) findings = NULL;
  HrTargetPlace place;

  if (!find_entity (self, &place))
    return FALSE;
  findings = hr_template_check (place.entity, text);
  for (guint i = 0; i < findings->len; i++)
    if (((HrTemplateFinding *) g_ptr_array_index (findings, i))->fixed != NULL)
      return TRUE;
  return FALSE;
}

static void
take_over (HrField *self, gboolean entered)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  GError *error = NULL;

  if (self->is_refreshing || g_strcmp0 (text, self->shown) == 0 || (!entered && has_fix (self, text)))
    return;
  hr_field_show_hint (self, NULL);
  if (!hr_session_retemplate (self->fields->session, self->target, text, &error))
    hr_field_take_result (self, FALSE, error);
}

/* The entry is left for the buttons below it, too: then it is not done yet. */
static void
done_cb (HrField *self, gboolean entered)
{
  if (entered)
    take_over (self, TRUE);
}

static void
left_cb (HrField *self)
{
  take_over (self, FALSE);
}

/* Behind the entry, which needs it for its list of names. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrField *self)
{
  HrTargetPlace place;

  if (key != GDK_KEY_Escape || g_strcmp0 (self->shown, gtk_editable_get_text (GTK_EDITABLE (self->control))) == 0
      || !find_entity (self, &place))
    return GDK_EVENT_PROPAGATE;
  self->is_refreshing = TRUE;
  show_template (self, &place);
  self->is_refreshing = FALSE;
  return GDK_EVENT_STOP;
}

/* The row has the focus as long as the entry or a button has it. */
static void
watch_row (HrField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->row, focus);
  gtk_widget_add_controller (self->row, keys);
  self->focus = G_OBJECT (focus);
  self->keys = G_OBJECT (keys);
}

/* The example at the start, the number of keys at the end; findings below. */
static GtkWidget *
new_help (GtkWidget *entry)
{
  Help *help = g_new0 (Help, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  help->example = hr_label_new (NULL, "hr-mono dim-label hr-caption");
  help->count = hr_label_new (NULL, "dim-label hr-caption numeric");
  help->findings = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_label_set_ellipsize (GTK_LABEL (help->example), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_direction (help->example, GTK_TEXT_DIR_LTR);
  gtk_widget_set_hexpand (help->example, TRUE);
  gtk_widget_set_visible (help->findings, FALSE);
  gtk_box_append (GTK_BOX (line), help->example);
  gtk_box_append (GTK_BOX (line), help->count);
  gtk_widget_add_css_class (line, "hr-template-help");
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), help->findings);
  g_object_set_data_full (G_OBJECT (entry), HELP, help, g_free);
  return box;
}

GtkWidget *
hr_fields_add_template (HrFields *self, GtkWidget *group, const HrTarget *target)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *entry = hr_template_entry_new ();
  GtkWidget *name = hr_label_new (target->name, "hr-mono dim-label");
  HrField *field = hr_field_new (self, group, row, target, refresh_template);
  HrTargetPlace place;

  gtk_widget_set_size_request (name, 24, -1);
  gtk_widget_set_hexpand (entry, TRUE);
  hr_a11y_set_label (entry, target->name);
  hr_a11y_make_field (entry, target->name);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_widget_add_css_class (line, "hr-template-row");
  gtk_box_append (GTK_BOX (lines), line);
  gtk_box_append (GTK_BOX (lines), new_help (entry));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), lines);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  hr_drag_add_drop (line, target);
  field->control = entry;
  field->codes = "template-key template-type"; /* variables are checked here */
  field->is_always_there = TRUE;
  field->is_refreshing = TRUE;
  refresh_template (field, &place);
  field->is_refreshing = FALSE;
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (judge_cb), field);
  g_signal_connect_swapped (entry, "done", G_CALLBACK (done_cb), field);
  watch_row (field);
  return row;
}
