/*
 * The request of a step as fields that read like a sentence: what it does, of what, by which key, what it leaves out.
 *
 * Each field reads the request into a form (model/document/step-form.h) and writes it back with one thing changed, so
 * that fields and JSON never disagree. What a form cannot show stays in the JSON. A reference that names nothing yet
 * becomes a parameter in the same undo step, and a parameter that nothing refers to any more goes.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-build.h"
#include "model/base/json-writer.h"
#include "model/partiql/request-text.h"

static HrStepForm *
read_form (const HrTargetPlace *place)
{
  const HrStep *step = place->definition;

  return hr_step_form_new (step->operation, step->request);
}

static void
replace (char **member, const char *text)
{
  g_free (*member);
  *member = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* Operation */

static const char *const operations[] = {
  N_("Query"),          N_("GetItem"),          N_("Scan"),
  N_("PutItem"),        N_("UpdateItem"),       N_("DeleteItem"),
  N_("BatchGetItem"),   N_("BatchWriteItem"),   N_("TransactGetItems"),
  N_("TransactWriteItems"), N_("ExecuteStatement"), N_("BatchExecuteStatement"),
  N_("ExecuteTransaction"), NULL,
};

static guint
get_operation (const HrTargetPlace *place)
{
  guint number = 0;

  while (operations[number] != NULL && strcmp (operations[number], ((HrStep *) place->definition)->operation) != 0)
    number++;
  return operations[number] != NULL ? number : GTK_INVALID_LIST_POSITION;
}

/* The request of @operation with statements; NULL: what the step asks cannot be said in such a one. */
static char *
say_in_partiql (const HrStep *step, const HrModel *model, const char *operation)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPartiqlRequest said = { 0 };
  HrBuffer out = HR_BUFFER_INIT;
  const HrJson *request = hr_json_parse (arena, step->request, strlen (step->request), HR_JSON_DEPTH_CEILING, NULL);

  if (request == NULL || !hr_partiql_from_request (arena, step->operation, request, model, &said, &error)
      || g_strcmp0 (said.operation, operation) != 0)
    return NULL;
  hr_partiql_request_write (&said, &out);
  return hr_buffer_steal (&out, NULL);
}

/* The request for another operation takes over what it can, and asks for the keys that it needs. */
static char *
translate (HrSession *session, const HrTargetPlace *place, const char *operation, GError **error)
{
  g_autoptr (HrStepForm) form = read_form (place);
  const HrTable *shown = hr_session_get_table (session);
  const HrTable *table;
  char *statement = say_in_partiql (place->definition, place->model, operation);

  if (statement != NULL)
    return statement;
  replace (&form->operation, operation);
  if (form->table == NULL && shown != NULL)
    form->table = g_strdup (shown->name);
  table = form->table != NULL ? hr_model_find_table (place->model, form->table) : NULL;
  if (table != NULL)
    hr_step_form_fit_keys (form, table);
  return hr_step_form_dup_request (form, error);
}

static gboolean
set_operation (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  HrTargetPlace place;
  char *request;

  if (!hr_target_find (target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  request = translate (session, &place, operations[word], error);
  return request != NULL
         && hr_session_set_request (session, target, place.definition, operations[word], request, error);
}

/* Conditions that are about no key of the target, to the filter. */
static void
filter_strangers (HrStepForm *form, const HrTable *table, gpointer user_data)
{
  for (guint i = form->conditions->len; i > 0; i--)
    {
      const HrFormCondition *condition = g_ptr_array_index (form->conditions, i - 1);

      if (!hr_step_form_is_key (form, table, condition->attribute))
        hr_step_form_move_to_filter (form, i - 1);
    }
  hr_step_form_fit_keys (form, table);
}

gboolean
hr_inspector_move_to_filter (HrSession *session, const HrTarget *target, GError **error)
{
  return hr_session_change_form (session, target, filter_strangers, NULL, error);
}

static void
scan (HrStepForm *form, const HrTable *table, gpointer user_data)
{
  while (form->conditions->len > 0)
    hr_step_form_move_to_filter (form, form->conditions->len - 1);
  replace (&form->operation, "Scan");
}

gboolean
hr_inspector_scan_instead (HrSession *session, const HrTarget *target, GError **error)
{
  return hr_session_change_form (session, target, scan, NULL, error);
}

/* What is read */

static const HrTable *
find_table (const HrTargetPlace *place)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return form->table != NULL ? hr_model_find_table (place->model, form->table) : NULL;
}

static GStrv
list_tables (const HrTargetPlace *place)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; i < place->model->tables->len; i++)
    g_strv_builder_add (words, ((HrTable *) g_ptr_array_index (place->model->tables, i))->name);
  return g_strv_builder_end (words);
}

static guint
get_table (const HrTargetPlace *place)
{
  const HrTable *table = find_table (place);
  guint number;

  return table != NULL && g_ptr_array_find (place->model->tables, table, &number) ? number : GTK_INVALID_LIST_POSITION;
}

typedef struct
{
  const HrModel *model;
  guint row;
  const char *text;
} Choice;

static void
put_table (HrStepForm *form, const HrTable *table, gpointer user_data)
{
  const Choice *choice = user_data;

  replace (&form->table, choice->text);
  replace (&form->index, NULL);
  hr_step_form_fit_keys (form, hr_model_find_table (choice->model, choice->text));
}

static gboolean
set_table (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  Choice choice = { hr_document_get_model (hr_session_get_document (session)), word, text };

  return hr_session_change_form (session, target, put_table, &choice, error);
}

static GStrv
list_indexes (const HrTargetPlace *place)
{
  const HrTable *table = find_table (place);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_add (words, table != NULL && place->model->tables->len == 1 ? table->name : _("The table itself"));
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
put_index (HrStepForm *form, const HrTable *table, gpointer user_data)
{
  const Choice *choice = user_data;

  replace (&form->index, choice->row > 0 ? choice->text : NULL);
  if (table != NULL)
    hr_step_form_fit_keys (form, table);
}

static gboolean
set_index (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  Choice choice = { NULL, word, text };

  return hr_session_change_form (session, target, put_index, &choice, error);
}

/* Texts and switches of the form, by their place in it. */

static char *
get_text (const HrTargetPlace *place, gsize offset)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return g_strdup (G_STRUCT_MEMBER (char *, form, offset));
}

typedef struct
{
  gsize offset;
  const char *text;
  gboolean value;
} MemberChange;

static void
put_text (HrStepForm *form, const HrTable *table, gpointer user_data)
{
  const MemberChange *change = user_data;

  replace (&G_STRUCT_MEMBER (char *, form, change->offset), change->text);
}

static gboolean
set_text (HrSession *session, const HrTarget *target, gsize offset, const char *text, GError **error)
{
  return hr_session_change_form (session, target, put_text, &(MemberChange){ offset, text, FALSE }, error);
}

static gboolean
get_flag (const HrTargetPlace *place, gsize offset)
{
  g_autoptr (HrStepForm) form = read_form (place);

  return G_STRUCT_MEMBER (gboolean, form, offset);
}

static void
put_flag (HrStepForm *form, const HrTable *table, gpointer user_data)
{
  const MemberChange *change = user_data;

  G_STRUCT_MEMBER (gboolean, form, change->offset) = change->value;
}

static gboolean
set_flag (HrSession *session, const HrTarget *target, gsize offset, gboolean value, GError **error)
{
  return hr_session_change_form (session, target, put_flag, &(MemberChange){ offset, NULL, value }, error);
}

#define TEXT_MEMBER(member)                                                                                            \
  static char *get_##member (const HrTargetPlace *place)                                                               \
  {                                                                                                                    \
    return get_text (place, G_STRUCT_OFFSET (HrStepForm, member));                                                     \
  }                                                                                                                    \
  static gboolean set_##member (HrSession *session, const HrTarget *target, const char *text, GError **error)          \
  {                                                                                                                    \
    return set_text (session, target, G_STRUCT_OFFSET (HrStepForm, member), text, error);                              \
  }

#define FLAG_MEMBER(member)                                                                                            \
  static gboolean get_##member (const HrTargetPlace *place)                                                            \
  {                                                                                                                    \
    return get_flag (place, G_STRUCT_OFFSET (HrStepForm, member));                                                     \
  }                                                                                                                    \
  static gboolean set_##member (HrSession *session, const HrTarget *target, gboolean value, GError **error)            \
  {                                                                                                                    \
    return set_flag (session, target, G_STRUCT_OFFSET (HrStepForm, member), value, error);                             \
  }

TEXT_MEMBER (filter)
TEXT_MEMBER (update)
TEXT_MEMBER (projection)
TEXT_MEMBER (page_size)
FLAG_MEMBER (descending)
FLAG_MEMBER (consistent)

/* PartiQL has a text instead of a form. */

static char *
get_statement (const HrTargetPlace *place)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const char *request = ((HrStep *) place->definition)->request;
  const HrJson *json = hr_json_parse (arena, request, strlen (request), HR_JSON_DEPTH_CEILING, NULL);

  return g_strdup (hr_json_dup_string (hr_json_get (json, "Statement"), arena));
}

static gboolean
set_statement (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrBuffer out = HR_BUFFER_INIT;
  HrJson statement = hr_json_new_string (text, strlen (text));
  HrJson request = hr_json_new_object ();
  const HrJson *old;
  HrTargetPlace place;

  if (!hr_target_find (target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  old = hr_json_parse (arena, ((HrStep *) place.definition)->request,
                       strlen (((HrStep *) place.definition)->request), HR_JSON_DEPTH_CEILING, NULL);
  if (old != NULL && old->type == HR_JSON_OBJECT)
    request = *old;
  request = hr_json_with (arena, &request, "Statement", &statement);
  hr_json_write_compact (&out, &request, FALSE);
  return hr_session_set_request (session, target, place.definition, "ExecuteStatement", hr_buffer_steal (&out, NULL),
                                 error);
}

/* How often */

static char *
get_for_each (const HrTargetPlace *place)
{
  return g_strdup (((HrStep *) place->definition)->for_each);
}

static gboolean
set_for_each (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  HrTargetPlace place;
  HrStep *step;
  gboolean done;

  if (!hr_target_find (target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  step = hr_step_copy (place.definition);
  replace (&step->for_each, text);
  done = hr_session_set_step (session, target, step, error);
  hr_step_free (step);
  return done;
}

static char *
get_pages (const HrTargetPlace *place)
{
  guint pages = ((HrStep *) place->definition)->pages;

  return pages == HR_PAGES_ALL ? g_strdup (_("all")) : g_strdup_printf ("%u", pages);
}

/* The word for all pages, in the language of the window or of the file, however somebody writes it. */
static gboolean
is_all_pages (const char *text)
{
  const char *const words[] = { "all", _("all") };
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *typed = g_utf8_casefold (stripped, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *word = g_utf8_casefold (words[i], -1);

      if (g_str_equal (typed, word))
        return TRUE;
    }
  return *typed == '\0';
}

static gboolean
set_pages (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  gboolean is_all = is_all_pages (text);
  HrTargetPlace place;
  guint64 pages = 1;
  HrStep *step;
  gboolean done;

  if (!is_all && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &pages, NULL))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Say how many pages are read, or “all”."));
      return FALSE;
    }
  if (!hr_target_find (target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  step = hr_step_copy (place.definition);
  step->pages = is_all ? HR_PAGES_ALL : (guint) pages;
  done = hr_session_set_step (session, target, step, error);
  hr_step_free (step);
  return done;
}

static const HrChoiceProperty operation_field = {
  .title = N_("Operation"), .words = operations, .get = get_operation, .set = set_operation
};
static const HrChoiceProperty table_field = {
  .title = N_("Table"), .list = list_tables, .get = get_table, .set = set_table
};
static const HrChoiceProperty read_index_field = {
  .title = N_("Reads"), .list = list_indexes, .get = get_index, .set = set_index
};
static const HrTextProperty statement_field = {
  .title = N_("Statement"), .get = get_statement, .set = set_statement, .is_code = TRUE
};
static const HrTextProperty for_each_field = {
  .title = N_("For each of"), .get = get_for_each, .set = set_for_each, .is_code = TRUE
};
static const HrTextProperty pages_field = { .title = N_("Pages"), .get = get_pages, .set = set_pages };
static const HrTextProperty filter_field = {
  .title = N_("Filter"), .get = get_filter, .set = set_filter, .is_code = TRUE
};
static const HrTextProperty condition_field = {
  .title = N_("Condition"), .get = get_filter, .set = set_filter, .is_code = TRUE
};
static const HrTextProperty update_field = {
  .title = N_("Update"), .get = get_update, .set = set_update, .is_code = TRUE
};
static const HrTextProperty projection_field = {
  .title = N_("Only these attributes"), .get = get_projection, .set = set_projection, .is_code = TRUE
};
static const HrTextProperty page_size_field = {
  .title = N_("Page size"), .get = get_page_size, .set = set_page_size, .is_code = TRUE
};
static const HrSwitchProperty descending_field = {
  .title = N_("Newest first"), .subtitle = N_("From the end of the sort key"), .get = get_descending,
  .set = set_descending
};
static const HrSwitchProperty consistent_field = {
  .title = N_("Strongly consistent"), .subtitle = N_("Doubles the read cost"), .get = get_consistent,
  .set = set_consistent
};

static gboolean
is_one_of (const HrStep *step, const char *const *names)
{
  return g_strv_contains (names, step->operation);
}

static gboolean
is_ranged (const HrStep *step)
{
  return is_one_of (step, (const char *const[]){ "Query", "Scan", NULL });
}

void
hr_inspector_add_asking (HrFields *fields, GtkWidget *group, const HrTarget *target, const HrPattern *pattern,
                         const HrStep *step)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (hr_fields_get_session (fields)));
  g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);

  hr_fields_add_choice (fields, group, &operation_field, target);
  if (strcmp (step->operation, "ExecuteStatement") == 0)
    hr_fields_add_text (fields, group, &statement_field, target);
  if (form->table != NULL && model->tables->len > 1)
    hr_fields_add_choice (fields, group, &table_field, target);
  if (form->table != NULL && is_ranged (step))
    hr_fields_add_choice (fields, group, &read_index_field, target);
  if (pattern->steps->len > 1)
    hr_fields_add_text (fields, group, &for_each_field, target);
}

void
hr_inspector_add_limits (HrFields *fields, GtkWidget *group, const HrTarget *target, const HrStep *step)
{
  g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);
  gboolean is_get = strcmp (step->operation, "GetItem") == 0;

  if (strcmp (step->operation, "UpdateItem") == 0)
    hr_fields_add_text (fields, group, &update_field, target);
  if (form->table != NULL && !is_get)
    hr_fields_add_text (fields, group, is_ranged (step) ? &filter_field : &condition_field, target);
  if (is_ranged (step) || is_get)
    hr_fields_add_text (fields, group, &projection_field, target);
  if (is_ranged (step))
    {
      hr_fields_add_text (fields, group, &page_size_field, target);
      hr_fields_add_text (fields, group, &pages_field, target);
    }
  if (strcmp (step->operation, "Query") == 0)
    hr_fields_add_switch (fields, group, &descending_field, target);
  if (is_ranged (step) || is_get)
    hr_fields_add_switch (fields, group, &consistent_field, target);
}
