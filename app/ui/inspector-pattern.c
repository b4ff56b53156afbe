/*
 * The inspector's panel for an access pattern: what its requests ask, and the values for the next run.
 *
 * The values belong to the session; what belongs to the model is in inspector-steps.c.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "app/ui/a11y.h"
#include "app/ui/look.h"
#include "app/ui/pattern-facts.h"
#include "app/ui/pieces.h"
#include "model/base/i18n.h"

static void
add_target (GtkWidget *group, const HrStepFacts *facts)
{
  const char *target = facts->index != NULL ? facts->index : facts->table;
  GtkWidget *row = hr_inspector_add_row (group, facts->is_read ? _("Reads") : _("Writes"), NULL);
  GtkWidget *value = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *name = hr_label_new (target, NULL);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", facts->is_read ? _("Reads") : _("Writes"), target);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (name, target);
  gtk_box_append (GTK_BOX (value),
                  hr_icon_new (facts->index != NULL ? "hr-index-symbolic" : "hr-table-symbolic"));
  gtk_box_append (GTK_BOX (value), name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  hr_a11y_drop_mnemonic (row, spoken);
}

static void
add_clauses (GtkWidget *panel, const HrStepFacts *facts)
{
  GtkWidget *group;

  if (facts->clauses->len == 0)
    return;
  group = hr_inspector_add_group (panel, facts->is_ranged ? _("Key condition") : _("Key"));
  for (guint i = 0; i < facts->clauses->len; i++)
    {
      const HrFactClause *clause = g_ptr_array_index (facts->clauses, i);

      hr_inspector_add_template_row (group, clause->attribute, hr_key_operator_describe (clause->op),
                                     clause->value);
      if (clause->upper != NULL)
        hr_inspector_add_template_row (group, "", _("and"), clause->upper);
    }
}

static void
add_reading (GtkWidget *panel, const HrStepFacts *facts)
{
  GtkWidget *group, *row;
  g_autofree char *limit = NULL;

  if (!facts->is_ranged)
    return;
  group = hr_inspector_add_group (panel, _("After the read"));
  row = hr_inspector_add_row (group, _("Filter"), facts->filter == NULL ? _("None") : NULL);
  if (facts->filter != NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts->filter);
      gtk_widget_add_css_class (row, "hr-mono-subtitle");
    }
  limit = facts->limit > 0 ? hr_look_format_number ((guint64) facts->limit) : g_strdup (_("1 MB"));
  hr_inspector_add_row (group, _("Page size"), limit);
  if (strcmp (facts->step->operation, "Query") == 0)
    hr_inspector_add_row (group, _("Newest first"), facts->newest_first ? _("Yes") : _("No"));
  row = hr_inspector_add_row (group, _("Strongly consistent"), facts->consistent ? _("Yes") : _("No"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Doubles the read cost"));
}

static char *
describe_pages (const HrStep *step)
{
  if (step->pages == HR_PAGES_ALL)
    return g_strdup (_("all pages"));
  if (step->pages > 1)
    return g_strdup_printf (ngettext_ ("up to %u page", "up to %u pages", step->pages), step->pages);
  return NULL;
}

static void
add_step (GtkWidget *panel, const HrStepFacts *facts, guint number, gboolean is_only)
{
  g_autofree char *title = is_only ? NULL : g_strdup_printf (_("Step %u: %s"), number + 1, facts->step->name);
  g_autofree char *pages = describe_pages (facts->step);
  GtkWidget *group = hr_inspector_add_group (panel, title);

  hr_inspector_add_row (group, _("Operation"), facts->step->operation);
  if (facts->table != NULL)
    add_target (group, facts);
  if (facts->statement != NULL)
    {
      GtkWidget *row = hr_inspector_add_row (group, _("Statement"), NULL);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts->statement);
      gtk_widget_add_css_class (row, "hr-mono-subtitle");
    }
  if (facts->step->for_each != NULL)
    hr_inspector_add_row (group, _("For each of"), facts->step->for_each);
  if (pages != NULL)
    hr_inspector_add_row (group, _("Pages"), pages);
  add_clauses (panel, facts);
}

typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  char *parameter;
} Value;

static void
value_free (gpointer data, GClosure *closure)
{
  Value *value = data;

  g_free (value->parameter);
  g_free (value);
}

static void
mark_missing (GtkWidget *row)
{
  gboolean is_missing = *gtk_editable_get_text (GTK_EDITABLE (row)) == '\0';

  if (is_missing)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_missing ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
value_changed_cb (GtkEditable *row, Value *value)
{
  hr_session_set_value (value->session, value->parameter, gtk_editable_get_text (row));
  mark_missing (GTK_WIDGET (row));
}

static void
value_activated_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.run-pattern", NULL);
}

static void
add_value (GtkWidget *group, HrSession *session, const HrParameter *parameter)
{
  GtkWidget *row = adw_entry_row_new ();
  const char *text = hr_session_get_value (session, parameter->name);
  Value *value = g_new0 (Value, 1);

  value->session = session;
  value->parameter = g_strdup (parameter->name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), parameter->name);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  gtk_widget_add_css_class (row, "hr-mono-entry");
  gtk_widget_set_tooltip_text (row, parameter->description);
  hr_a11y_drop_mnemonic (row, parameter->name);
  hr_a11y_make_field (row, parameter->name);
  mark_missing (row);
  g_signal_connect_data (row, "changed", G_CALLBACK (value_changed_cb), value, value_free, 0);
  g_signal_connect (row, "entry-activated", G_CALLBACK (value_activated_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_values (GtkWidget *panel, HrSession *session, const HrPattern *pattern)
{
  GtkWidget *group;

  if (pattern->parameters->len == 0)
    return;
  group = hr_inspector_add_group (panel, _("Values for this run"));
  for (guint i = 0; i < pattern->parameters->len; i++)
    add_value (group, session, g_ptr_array_index (pattern->parameters, i));
}

static void
add_expectation (GtkWidget *panel, const HrExpectation *expect)
{
  GtkWidget *group;
  g_autofree char *count = NULL, *read = NULL, *write = NULL;

  if (expect == NULL)
    return;
  group = hr_inspector_add_group (panel, _("Expected"));
  if (expect->has_count)
    {
      count = hr_look_format_number (expect->count);
      hr_inspector_add_row (group, _("Items"), count);
    }
  if (expect->has_read_units)
    {
      read = hr_look_format_units (expect->read_units, "RCU");
      hr_inspector_add_row (group, _("Reading"), read);
    }
  if (expect->has_write_units)
    {
      write = hr_look_format_units (expect->write_units, "WCU");
      hr_inspector_add_row (group, _("Writing"), write);
    }
  if (expect->error != NULL)
    hr_inspector_add_row (group, _("Error"), expect->error);
}

static GtkWidget *
new_text_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

GtkWidget *
hr_inspector_new_pattern_panel (HrFields *fields, const HrPattern *pattern)
{
  HrSession *session = hr_fields_get_session (fields);
  const HrModel *model = hr_document_get_model (hr_session_get_document (session));
  g_autoptr (GPtrArray) facts = hr_pattern_facts_new (pattern, model);
  GtkWidget *panel = hr_inspector_panel_new ();
  gboolean is_only = facts->len == 1;
  GtkWidget *expectation = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  hr_inspector_add_question (fields, panel, pattern);
  add_values (panel, session, pattern);
  for (guint i = 0; i < facts->len; i++)
    {
      add_step (panel, g_ptr_array_index (facts, i), i, is_only);
      add_reading (panel, g_ptr_array_index (facts, i));
    }
  add_expectation (panel, pattern->expect);
  gtk_box_append (GTK_BOX (expectation), new_text_button (_("Expect this result"), "win.expect-run"));
  if (pattern->expect != NULL)
    gtk_box_append (GTK_BOX (expectation), new_text_button (_("Remove the expectation"), "win.expect-nothing"));
  gtk_box_append (GTK_BOX (panel), expectation);
  hr_inspector_add_steps (fields, panel, pattern);
  hr_inspector_add_parameters (fields, panel, pattern);
  hr_inspector_add_letter (fields, panel, pattern);
  return panel;
}
