/*
 * What marks take from requests and responses.
 *
 * A trace says which items a request touched, not what was asked for: the partition that turned out to be empty,
 * and the condition on the sort key in words, stand in the request, or in the plan of a statement. It was good enough
 * for the service, so what cannot be read here is left out without a message.
 */

#include "render/marks-request.h"

#include "model/base/i18n.h"
#include "model/partiql/partiql.h"
#include "model/value/codec.h"
#include "render/cell-text.h"

/* The words of each operator on a sort key: attribute and value, of BETWEEN two. */
static const char *const phrases[] = {
  [HR_KEY_EQ] = N_ ("%s = %s"),
  [HR_KEY_LT] = N_ ("%s < %s"),
  [HR_KEY_LE] = N_ ("%s ≤ %s"),
  [HR_KEY_GT] = N_ ("%s > %s"),
  [HR_KEY_GE] = N_ ("%s ≥ %s"),
  [HR_KEY_BETWEEN] = N_ ("%s between %s and %s"),
  [HR_KEY_BEGINS_WITH] = N_ ("%s begins with %s"),
};

static char *
describe (const HrKeyClause *clause, HrArena *arena)
{
  const char *name = hr_arena_strndup (arena, clause->name, clause->name_length);
  g_autofree char *value = hr_cell_dup_text (&clause->value);
  g_autofree char *upper = clause->op == HR_KEY_BETWEEN ? hr_cell_dup_text (&clause->upper) : NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return hr_arena_printf (arena, _ (phrases[clause->op]), name, value, upper);
#pragma GCC diagnostic pop
}

static const HrKeyClause *
find_clause (const HrKeyCondition *condition, const HrKeyPart *part)
{
  for (guint i = 0; i < condition->n_clauses; i++)
    {
      const HrKeyClause *clause = &condition->clauses[i];

      if (clause->name_length == part->name_length && memcmp (clause->name, part->name, part->name_length) == 0)
        return clause;
    }
  return NULL;
}

static void
take_condition (HrReadRequest *self, const HrKeyCondition *condition, const HrKeyLayout *layout, HrArena *arena)
{
  self->has_partition = TRUE;
  for (guint i = 0; i < layout->n_hash; i++)
    {
      const HrKeyClause *clause = find_clause (condition, &layout->parts[i]);

      if (clause == NULL || clause->op != HR_KEY_EQ)
        self->has_partition = FALSE;
      else
        self->keys[i] = clause->value;
    }
  for (guint i = layout->n_hash; i < layout->n_key; i++)
    {
      const HrKeyClause *clause = find_clause (condition, &layout->parts[i]);
      char *text = clause != NULL ? describe (clause, arena) : NULL;

      if (text != NULL && self->range_text != NULL)
        self->range_text = hr_arena_printf (arena, _ ("%s, %s"), self->range_text, text);
      else if (text != NULL)
        self->range_text = text;
    }
}

static const HrJson *
get_string (const HrJson *object, const char *name)
{
  const HrJson *json = hr_json_get (object, name);

  return json != NULL && json->type == HR_JSON_STRING ? json : NULL;
}

static gboolean
is_of_index (const HrJson *request, const char *index)
{
  const HrJson *name = get_string (request, "IndexName");

  return index == NULL ? name == NULL : name != NULL && hr_json_string_equals (name, index);
}

static void
read_query (HrReadRequest *self, const HrJson *request, const HrKeyLayout *layout, HrArena *arena)
{
  const HrJson *text = get_string (request, "KeyConditionExpression");
  const HrJson *forward = hr_json_get (request, "ScanIndexForward");
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrKeyCondition *condition;
  HrPlaceholders placeholders;

  if (text == NULL
      || !hr_placeholders_from_json (&placeholders, arena, hr_json_get (request, "ExpressionAttributeNames"),
                                     hr_json_get (request, "ExpressionAttributeValues"), &error))
    return;
  condition = hr_key_condition_compile (arena, text->text, text->length, &placeholders, &error);
  if (condition == NULL)
    return;
  self->backward = forward != NULL && forward->type == HR_JSON_FALSE;
  take_condition (self, condition, layout, arena);
}

static const HrPartiql *
prepare_statement (const HrJson *request, HrArena *arena)
{
  const HrJson *text = get_string (request, "Statement");
  const HrJson *list = hr_json_get (request, "Parameters");
  guint n_values = list != NULL && list->type == HR_JSON_ARRAY ? list->length : 0;
  HrValue *values = hr_arena_array (arena, HrValue, n_values);
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  for (guint i = 0; i < n_values; i++)
    if (!hr_value_from_json (arena, &list->elements[i], &values[i], &error))
      return NULL;
  return text != NULL ? hr_partiql_prepare (arena, text->text, text->length, values, n_values, &error) : NULL;
}

static void
read_statement (HrReadRequest *self, const HrJson *request, const HrReadSource *source, HrArena *arena)
{
  const HrPartiql *statement = prepare_statement (request, arena);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPartiqlSummary summary;

  if (statement == NULL || !hr_partiql_is_select (statement)
      || strcmp (hr_partiql_get_table (statement), source->table->name) != 0
      || g_strcmp0 (hr_partiql_get_index (statement), source->index) != 0
      || !hr_partiql_summarise (statement, source->table, arena, &summary, &error))
    return;
  self->is_select = TRUE;
  self->is_scan = summary.access == HR_PARTIQL_SCAN;
  self->is_query = summary.condition != NULL;
  self->backward = summary.backward;
  if (self->is_query)
    take_condition (self, summary.condition, source->layout, arena);
}

void
hr_read_request_parse (HrReadRequest *self, const char *operation, const char *body, const HrReadSource *source,
                       HrArena *arena)
{
  const HrJson *json;
  HrJsonError error;

  memset (self, 0, sizeof *self);
  json = hr_json_parse (arena, body, strlen (body), HR_LIMIT_JSON_DEPTH, &error);
  if (json == NULL)
    return;
  if (strcmp (operation, "ExecuteStatement") == 0)
    {
      read_statement (self, json, source, arena);
      return;
    }
  if (!is_of_index (json, source->index))
    return;
  self->is_query = strcmp (operation, "Query") == 0;
  self->is_scan = strcmp (operation, "Scan") == 0;
  if (self->is_query)
    read_query (self, json, source->layout, arena);
}

/* Pages are large and the key is a small part of them, so no tree is made of the rest. */
gboolean
hr_response_get_last_key (const char *body, HrArena *arena, HrValue *key)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrJsonReader reader;
  HrJson json;
  const char *name;
  guint32 length;
  HrRange range;

  hr_json_reader_init (&reader, body, strlen (body), HR_LIMIT_JSON_DEPTH, arena, NULL);
  if (!hr_json_reader_enter_object (&reader))
    return FALSE;
  while (hr_json_reader_next_member (&reader, &name, &length, &range))
    {
      if (length == strlen ("LastEvaluatedKey") && memcmp (name, "LastEvaluatedKey", length) == 0)
        return hr_json_reader_read (&reader, &json) && hr_item_from_json (arena, &json, key, &service_error);
      if (!hr_json_reader_skip (&reader, &range))
        return FALSE;
    }
  return FALSE;
}
