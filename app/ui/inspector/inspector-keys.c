/*
 * The key condition of a step, a row for each key attribute of its target: name, operator, value.
 *
 * A row knows its attribute; the form of the request is read anew for whatever it shows or does. References in values
 * look like chips, and what the pattern has parameters for is offered while they are typed.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/pattern-facts.h"
#include "app/ui/editing/field.h"
#include "app/ui/editing/template-entry.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/choice.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"

#define NAME_BESIDE_CHARS_MAX 8
#define KEY_ROW "hr-key-row"

/* In the order of the drop-down; the first of them is “any”. */
static const HrKeyOperator operators[] = { HR_KEY_EQ, HR_KEY_BEGINS_WITH, HR_KEY_BETWEEN, HR_KEY_LT,
                                           HR_KEY_LE, HR_KEY_GT,          HR_KEY_GE };

typedef struct
{
  HrAttribute *attribute; /* owned */
  gboolean is_free;       /* need not be said */
  GtkWidget *op;          /* drop-down, or NULL: it equals */
  GtkWidget *value;
  GtkWidget *upper_line;
  GtkWidget *upper;
  char *shown_upper;
} KeyRow;

static void
key_row_free (gpointer data)
{
  KeyRow *self = data;

  hr_attribute_free (self->attribute);
  g_free (self->shown_upper);
  g_free (self);
}

static KeyRow *
get_key_row (HrField *field)
{
  return g_object_get_data (G_OBJECT (field->row), KEY_ROW);
}

static HrFormCondition *
find_condition (const HrStepForm *form, const char *attribute)
{
  for (guint i = 0; i < form->conditions->len; i++)
    {
      HrFormCondition *condition = g_ptr_array_index (form->conditions, i);

      if (strcmp (condition->attribute, attribute) == 0)
        return condition;
    }
  return NULL;
}

/* Changes */

typedef struct
{
  const KeyRow *row;
  const char *value; /* or NULL: stays */
  const char *upper;
  guint op;          /* number in the drop-down, or G_MAXUINT: stays */
} KeyChange;

static char *
dup_reference (const HrAttribute *attribute, const char *suffix)
{
  gboolean can = strpbrk (attribute->name, ".[]{}") == NULL && strcmp (attribute->name, "item") != 0;

  return g_strdup_printf ("{%s%s}", can ? attribute->name : "key", suffix);
}

static HrFormCondition *
require_condition (HrStepForm *form, const HrAttribute *attribute)
{
  HrFormCondition *condition = find_condition (form, attribute->name);
  g_autofree char *reference = NULL;

  if (condition != NULL)
    return condition;
  reference = dup_reference (attribute, "");
  condition = hr_form_condition_new (attribute->name, HR_KEY_EQ, attribute->type, reference, NULL);
  g_ptr_array_add (form->conditions, condition);
  return condition;
}

static void
change_operator (HrStepForm *form, const KeyRow *row, guint number)
{
  HrFormCondition *condition = number > 0 ? require_condition (form, row->attribute) : NULL;
  guint index;

  if (condition == NULL)
    {
      condition = find_condition (form, row->attribute->name);
      if (condition != NULL && g_ptr_array_find (form->conditions, condition, &index))
        g_ptr_array_remove_index (form->conditions, index);
      return;
    }
  condition->op = operators[number - 1];
  if (condition->op != HR_KEY_BETWEEN)
    g_clear_pointer (&condition->upper, g_free);
  else if (condition->upper == NULL)
    condition->upper = dup_reference (row->attribute, "_end");
}

static void
change_form_cb (HrStepForm *form, const HrTable *table, gpointer user_data)
{
  const KeyChange *change = user_data;
  HrFormCondition *condition;

  if (change->op != G_MAXUINT)
    {
      change_operator (form, change->row, change->op);
      return;
    }
  condition = require_condition (form, change->row->attribute);
  if (change->value != NULL)
    {
      g_free (condition->value);
      condition->value = g_strdup (change->value);
    }
  if (change->upper != NULL)
    {
      g_free (condition->upper);
      condition->upper = g_strdup (change->upper);
    }
}

static void
apply (HrField *field, const KeyChange *change)
{
  HrSession *session = hr_fields_get_session (field->fields);
  GError *error = NULL;

  /* when it is done, the panel may have been made anew, and this field is gone with the old one */
  if (!hr_session_change_form (session, field->target, change_form_cb, (gpointer) change, &error))
    hr_field_take_result (field, FALSE, error);
}

static void
value_done_cb (HrField *field)
{
  const KeyRow *row = get_key_row (field);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->value)));

  if (!field->is_refreshing && g_strcmp0 (text, field->shown) != 0)
    apply (field, &(KeyChange){ row, text, NULL, G_MAXUINT });
}

static void
upper_done_cb (HrField *field)
{
  const KeyRow *row = get_key_row (field);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->upper)));

  if (!field->is_refreshing && g_strcmp0 (text, row->shown_upper) != 0)
    apply (field, &(KeyChange){ row, NULL, text, G_MAXUINT });
}

static void
operator_chosen_cb (HrField *field)
{
  const KeyRow *row = get_key_row (field);
  guint number = gtk_drop_down_get_selected (GTK_DROP_DOWN (row->op));

  if (!field->is_refreshing && number != GTK_INVALID_LIST_POSITION)
    apply (field, &(KeyChange){ row, NULL, NULL, number });
}

/* Showing */

static guint
find_operator (const HrFormCondition *condition)
{
  for (guint i = 0; condition != NULL && i < G_N_ELEMENTS (operators); i++)
    if (operators[i] == condition->op)
      return i + 1;
  return 0;
}

/* The parameters of the pattern as what can be completed. */
static void
offer_parameters (GtkWidget *entry, const HrPattern *pattern)
{
  HrEntity *offered = hr_entity_new (pattern->id);

  for (guint i = 0; i < pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (pattern->parameters, i);

      g_ptr_array_add (offered->attributes, hr_attribute_new (parameter->name, parameter->type));
    }
  hr_template_entry_set_entity (HR_TEMPLATE_ENTRY (entry), offered);
  hr_entity_free (offered);
}

static void
show_text (GtkWidget *entry, char **shown, const char *text)
{
  g_free (*shown);
  *shown = g_strdup (text != NULL ? text : "");
  hr_editable_show_text (GTK_EDITABLE (entry), *shown);
}

static void
refresh_key (HrField *field, const HrTargetPlace *place)
{
  KeyRow *row = get_key_row (field);
  const HrStep *step = place->definition;
  g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);
  const HrFormCondition *condition = find_condition (form, row->attribute->name);

  offer_parameters (row->value, place->pattern);
  offer_parameters (row->upper, place->pattern);
  show_text (row->value, &field->shown, condition != NULL ? condition->value : NULL);
  show_text (row->upper, &row->shown_upper, condition != NULL ? condition->upper : NULL);
  if (row->op != NULL)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (row->op), find_operator (condition));
  gtk_widget_set_visible (row->value, condition != NULL || !row->is_free);
  gtk_widget_set_visible (row->upper_line, condition != NULL && condition->upper != NULL);
  hr_field_show_error (field, NULL);
}

static GtkWidget *
new_operators (const HrAttribute *attribute)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *drop_down;
  g_autofree char *name = g_strdup_printf (_("Operator for %s"), attribute->name);

  /* Translators: any value of the sort key will do */
  gtk_string_list_append (words, _("any"));
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    gtk_string_list_append (words, hr_key_operator_describe (operators[i]));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  gtk_widget_add_css_class (drop_down, "hr-operator");
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  hr_choice_make_audible (drop_down, name);
  return drop_down;
}

static GtkWidget *
new_entry (const char *name)
{
  GtkWidget *entry = hr_template_entry_new ();

  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  hr_a11y_set_label (entry, name);
  hr_a11y_make_field (entry, name);
  return entry;
}

/* name operator value, and below “and upper”; a long name has a line of its own. */
static GtkWidget *
new_lines (KeyRow *row, gboolean has_operator)
{
  const char *name = row->attribute->name;
  gboolean is_long = g_utf8_strlen (name, -1) > NAME_BESIDE_CHARS_MAX;
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = hr_label_new (name, "hr-mono dim-label");
  g_autofree char *upper_name = g_strdup_printf (_("%s, at most"), name);

  row->op = has_operator ? new_operators (row->attribute) : NULL;
  row->value = new_entry (name);
  row->upper = new_entry (upper_name);
  row->upper_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_set_size_request (label, 24, -1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (is_long ? lines : line), label);
  gtk_box_append (GTK_BOX (line), has_operator ? row->op : hr_label_new ("=", NULL));
  gtk_box_append (GTK_BOX (line), row->value);
  gtk_box_append (GTK_BOX (row->upper_line), hr_label_new (_("and"), "dim-label"));
  gtk_box_append (GTK_BOX (row->upper_line), row->upper);
  gtk_box_append (GTK_BOX (lines), line);
  gtk_box_append (GTK_BOX (lines), row->upper_line);
  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (line, TRUE);
  gtk_widget_add_css_class (lines, "hr-key-row");
  return lines;
}

static void
connect (HrField *field, GtkWidget *widget, const char *signal, GCallback callback)
{
  g_signal_connect_swapped (widget, signal, callback, field);
  hr_field_note_connected (field, G_OBJECT (widget));
}

static void
add_key (HrFields *fields, GtkWidget *group, const HrTarget *target, const HrAttribute *attribute, gboolean is_free)
{
  GtkWidget *widget = adw_preferences_row_new ();
  HrField *field = hr_field_new (fields, group, widget, target, refresh_key);
  KeyRow *row = g_new0 (KeyRow, 1);

  row->attribute = hr_attribute_copy (attribute);
  row->is_free = is_free;
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), new_lines (row, is_free));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), FALSE);
  gtk_widget_set_focusable (widget, FALSE);
  g_object_set_data_full (G_OBJECT (widget), KEY_ROW, row, key_row_free);
  field->control = row->value;
  hr_field_start (field);
  connect (field, row->value, "done", G_CALLBACK (value_done_cb));
  connect (field, row->upper, "done", G_CALLBACK (upper_done_cb));
  if (row->op != NULL)
    connect (field, row->op, "notify::selected", G_CALLBACK (operator_chosen_cb));
}

/* Conditions that no key can answer */

typedef gboolean (*WayOut) (HrSession *session, const HrTarget *target, GError **error);

typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  HrTarget *target;
  WayOut way_out;
} Stranger;

static void
stranger_free (gpointer data, GClosure *closure)
{
  Stranger *self = data;

  g_free (self->target);
  g_free (self);
}

static void
way_out_cb (GtkWidget *button, Stranger *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->way_out (self->session, self->target, &error))
    hr_toast (button, error->message);
}

static GtkWidget *
new_way_out (HrFields *fields, const HrTarget *target, const char *label, WayOut way_out)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  Stranger *data = g_new (Stranger, 1);

  *data = (Stranger){ hr_fields_get_session (fields), hr_target_copy (target), way_out };
  gtk_widget_add_css_class (button, "hr-fix");
  g_signal_connect_data (button, "clicked", G_CALLBACK (way_out_cb), data, stranger_free, 0);
  return button;
}

static void
add_stranger (HrFields *fields, GtkWidget *group, const HrTarget *target, const char *attribute)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *buttons = hr_wrap_box_new (6);
  g_autofree char *text =
      g_strdup_printf (_("“%s” is no key here: only a filter can use it, after the read."), attribute);

  gtk_box_append (GTK_BOX (line), hr_icon_new ("hr-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), hr_text_label_new (text, "hr-field-message"));
  gtk_box_append (GTK_BOX (buttons), new_way_out (fields, target, _("Move to filter"), hr_inspector_move_to_filter));
  gtk_box_append (GTK_BOX (buttons), new_way_out (fields, target, _("Scan anyway"), hr_inspector_scan_instead));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "hr-advice");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  if (ADW_IS_EXPANDER_ROW (group))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (group), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

void
hr_inspector_add_keys (HrFields *fields, GtkWidget *group, const HrTarget *target, const HrStepForm *form,
                       const HrTable *table)
{
  const HrIndex *index = form->index != NULL ? hr_table_find_index (table, form->index) : NULL;
  const GPtrArray *partition_key = index != NULL ? index->partition_key : table->partition_key;
  const GPtrArray *sort_key = index != NULL ? index->sort_key : table->sort_key;
  gboolean is_query = strcmp (form->operation, "Query") == 0;

  for (guint i = 0; i < partition_key->len; i++)
    add_key (fields, group, target, g_ptr_array_index (partition_key, i), FALSE);
  for (guint i = 0; i < sort_key->len; i++)
    add_key (fields, group, target, g_ptr_array_index (sort_key, i), is_query);
  for (guint i = 0; is_query && i < form->conditions->len; i++)
    {
      const char *name = ((HrFormCondition *) g_ptr_array_index (form->conditions, i))->attribute;

      if (!hr_step_form_is_key (form, table, name))
        add_stranger (fields, group, target, name);
    }
}
