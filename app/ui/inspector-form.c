/*
 * The request of a step as fields: what it asks, of what, and what it leaves out.
 *
 * Each field reads the request into a form (model/document/step-form.h) and writes it back with one thing changed, so
 * that fields and JSON never disagree. What a form cannot show stays in the JSON.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "model/document/step-form.h"

static HrStepForm *
read_form (const HrTargetPlace *place)
{
  const HrStep *step = place->definition;

  return hr_step_form_new (step->operation, step->request);
}

typedef void (*FormFunc) (HrStepForm *form, guint row, const char *text);

static gboolean
change_form (HrSession *session, const HrTarget *target, FormFunc func, guint row, const char *text, GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrStepForm) form = NULL;
  HrTargetPlace place;
  HrStep *step;
  char *request;
  gboolean done;

  if (!hr_target_find (target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  form = read_form (&place);
  func (form, row, text);
  request = hr_step_form_dup_request (form, error);
  if (request == NULL)
    return FALSE;
  step = hr_step_copy (place.definition);
  g_free (step->request);
  step->request = request;
  done = hr_document_set_step (document, target->owner, target->name, step, error);
  hr_step_free (step);
  return done;
}

static void
replace (char **member, const char *text)
{
  g_free (*member);
  *member = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* What is read */

static const HrTable *
find_table (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return form->table != NULL ? hr_model_find_table (place->model, form->table) : NULL;
}

static GStrv
list_indexes (const HrTargetPlace *place)
{
  const HrTable *table = find_table (place);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_add (words, _("The table itself"));
  for (guint i = 0; table != NULL && i < table->indexes->len; i++)
    g_strv_builder_add (words, ((HrIndex *) g_ptr_array_index (table->indexes, i))->name);
  return g_strv_builder_end (words);
}

static guint
get_index (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);
  const HrTable *table = find_table (place);

  for (guint i = 0; table != NULL && form->index != NULL && i < table->indexes->len; i++)
    if (strcmp (((HrIndex *) g_ptr_array_index (table->indexes, i))->name, form->index) == 0)
      return i + 1;
  return form->index == NULL ? 0 : GTK_INVALID_LIST_POSITION;
}

static void
put_index (HrStepForm *form, guint row, const char *text)
{
  replace (&form->index, row > 0 ? text : NULL);
}

static gboolean
set_index (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return change_form (session, target, put_index, word, text, error);
}

/* Rows of the key condition: a property each, for a field knows its target only. */

static char *
get_value (const HrTargetPlace *place, guint row)
{
  g_autoptr (HrStepForm) form = read_form (place);

  if (row >= form->conditions->len)
    return NULL;
  return g_strdup (((HrFormCondition *) g_ptr_array_index (form->conditions, row))->value);
}

static void
put_value (HrStepForm *form, guint row, const char *text)
{
  if (row < form->conditions->len)
    replace (&((HrFormCondition *) g_ptr_array_index (form->conditions, row))->value, text);
}

static char *
get_value_0 (const HrTargetPlace *place)
{
  return get_value (place, 0);
}

static char *
get_value_1 (const HrTargetPlace *place)
{
  return get_value (place, 1);
}

static gboolean
set_value_0 (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return change_form (session, target, put_value, 0, text, error);
}

static gboolean
set_value_1 (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return change_form (session, target, put_value, 1, text, error);
}

static const char *const operator_words[] = {
  N_("equals"), N_("begins with"), N_("is less than"), N_("is at most"), N_("is more than"), N_("is at least"), NULL,
};
static const HrKeyOperator operators[] = { HR_KEY_EQ, HR_KEY_BEGINS_WITH, HR_KEY_LT, HR_KEY_LE, HR_KEY_GT, HR_KEY_GE };

static guint
get_operator (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);
  HrFormCondition *condition = form->conditions->len > 1 ? g_ptr_array_index (form->conditions, 1) : NULL;

  for (guint i = 0; condition != NULL && i < G_N_ELEMENTS (operators); i++)
    if (operators[i] == condition->op)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
put_operator (HrStepForm *form, guint row, const char *text)
{
  HrFormCondition *condition = form->conditions->len > 1 ? g_ptr_array_index (form->conditions, 1) : NULL;

  if (condition == NULL || row >= G_N_ELEMENTS (operators))
    return;
  condition->op = operators[row];
  replace (&condition->upper, NULL);
}

static gboolean
set_operator (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return change_form (session, target, put_operator, word, text, error);
}

/* After the read */

static char *
get_filter (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return g_strdup (form->filter);
}

static void
put_filter (HrStepForm *form, guint row, const char *text)
{
  replace (&form->filter, text);
}

static gboolean
set_filter (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return change_form (session, target, put_filter, 0, text, error);
}

static char *
get_page_size (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return g_strdup (form->page_size);
}

static void
put_page_size (HrStepForm *form, guint row, const char *text)
{
  replace (&form->page_size, text);
}

static gboolean
set_page_size (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return change_form (session, target, put_page_size, 0, text, error);
}

static gboolean
get_descending (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return form->descending;
}

static void
put_descending (HrStepForm *form, guint row, const char *text)
{
  form->descending = row != 0;
}

static gboolean
set_descending (HrSession *session, const HrTarget *target, gboolean value, GError **error)
{
  return change_form (session, target, put_descending, (guint) value, NULL, error);
}

static gboolean
get_consistent (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return form->consistent;
}

static void
put_consistent (HrStepForm *form, guint row, const char *text)
{
  form->consistent = row != 0;
}

static gboolean
set_consistent (HrSession *session, const HrTarget *target, gboolean value, GError **error)
{
  return change_form (session, target, put_consistent, (guint) value, NULL, error);
}

static char *
get_update (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return g_strdup (form->update);
}

static void
put_update (HrStepForm *form, guint row, const char *text)
{
  replace (&form->update, text);
}

static gboolean
set_update (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return change_form (session, target, put_update, 0, text, error);
}

static const HrChoiceProperty read_index = {
  .title = N_("Reads"), .list = list_indexes, .get = get_index, .set = set_index
};
static const HrTextProperty first_value = {
  .title = N_("Partition key equals"), .get = get_value_0, .set = set_value_0, .is_code = TRUE
};
static const HrChoiceProperty second_operator = {
  .title = N_("Sort key"), .words = operator_words, .get = get_operator, .set = set_operator
};
static const HrTextProperty second_value = {
  .title = N_("Value of the sort key"), .get = get_value_1, .set = set_value_1, .is_code = TRUE
};
static const HrTextProperty filter = { .title = N_("Filter"), .get = get_filter, .set = set_filter, .is_code = TRUE };
static const HrTextProperty condition = {
  .title = N_("Condition"), .get = get_filter, .set = set_filter, .is_code = TRUE
};
static const HrTextProperty update = { .title = N_("Update"), .get = get_update, .set = set_update, .is_code = TRUE };
static const HrTextProperty page_size = {
  .title = N_("Page size"), .get = get_page_size, .set = set_page_size, .is_code = TRUE
};
static const HrSwitchProperty descending = {
  .title = N_("Newest first"), .subtitle = N_("From the end of the sort key"), .get = get_descending,
  .set = set_descending
};
static const HrSwitchProperty consistent = {
  .title = N_("Strongly consistent"), .subtitle = N_("Doubles the read cost"), .get = get_consistent,
  .set = set_consistent
};

void
hr_inspector_add_form (HrFields *fields, GtkWidget *group, const HrTarget *target, const HrStep *step)
{
  g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);
  gboolean is_query = strcmp (step->operation, "Query") == 0;
  gboolean is_ranged = is_query || strcmp (step->operation, "Scan") == 0;
  gboolean is_read = is_ranged || strcmp (step->operation, "GetItem") == 0;

  if (form->table == NULL)
    return;
  if (is_ranged)
    hr_fields_add_choice (fields, group, &read_index, target);
  if (form->conditions->len > 0)
    hr_fields_add_text (fields, group, &first_value, target);
  if (form->conditions->len > 1 && is_query)
    hr_fields_add_choice (fields, group, &second_operator, target);
  if (form->conditions->len > 1)
    hr_fields_add_text (fields, group, &second_value, target);
  if (strcmp (step->operation, "UpdateItem") == 0)
    hr_fields_add_text (fields, group, &update, target);
  if (is_ranged || !is_read)
    hr_fields_add_text (fields, group, is_ranged ? &filter : &condition, target);
  if (is_ranged)
    hr_fields_add_text (fields, group, &page_size, target);
  if (is_query)
    hr_fields_add_switch (fields, group, &descending, target);
  if (is_read)
    hr_fields_add_switch (fields, group, &consistent, target);
}
