/*
 * What tables and indexes a step names, and what it does there.
 *
 * Requests are looked at as they are written, with references in them. A reference has a value only when it runs; in a
 * statement digits stand for it, and a parameter that is one is taken for some value of its type, which is all that the
 * plan of a statement asks for.
 */
#include "model/document/step-use.h"

#include "model/document/reach.h"
#include "model/document/rename-private.h"
#include "model/partiql/partiql.h"
#include "model/value/codec.h"

#include <string.h>

static const struct
{
  const char *name;
  HrUse use;
} operations[] = {
  { "Query", HR_USE_READ },      { "Scan", HR_USE_SCAN },        { "GetItem", HR_USE_READ },
  { "BatchGetItem", HR_USE_READ }, { "TransactGetItems", HR_USE_READ }, { "PutItem", HR_USE_WRITE },
  { "UpdateItem", HR_USE_WRITE }, { "DeleteItem", HR_USE_WRITE }, { "BatchWriteItem", HR_USE_WRITE },
  { "Get", HR_USE_READ },        { "ConditionCheck", HR_USE_READ }, { "Put", HR_USE_WRITE },
  { "Update", HR_USE_WRITE },    { "Delete", HR_USE_WRITE },
};

typedef struct
{
  const HrModel *model;
  HrArena *arena;
  GArray *uses; /* HrStepUse */
} Reader;

/* Of operations, and of the actions in a transaction. */
static HrUse
find_use (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strlen (operations[i].name) == length && memcmp (operations[i].name, name, length) == 0)
      return operations[i].use;
  return HR_USE_NONE;
}

static void
add_use (Reader *self, const char *table, const char *index, HrUse use)
{
  const HrStepUse found = { table, index, use };

  if (table == NULL || use == HR_USE_NONE)
    return;
  for (guint i = 0; i < self->uses->len; i++)
    {
      const HrStepUse *other = &g_array_index (self->uses, HrStepUse, i);

      if (g_str_equal (other->table, table) && g_strcmp0 (other->index, index) == 0 && other->use == use)
        return;
    }
  g_array_append_val (self->uses, found);
}

static const char *
get_name (Reader *self, const HrJson *object, const char *member)
{
  return hr_json_dup_string (hr_json_get (object, member), self->arena);
}

/* {"RequestItems": {"table": …}} */
static void
read_batch (Reader *self, const HrJson *tables, HrUse use)
{
  for (guint32 i = 0; tables->type == HR_JSON_OBJECT && i < tables->length; i++)
    add_use (self, hr_arena_strndup (self->arena, tables->members[i].name, tables->members[i].name_length), NULL, use);
}

/* {"TransactItems": [{"Put": {"TableName": …}}]} */
static void
read_actions (Reader *self, const HrJson *actions)
{
  for (guint32 i = 0; actions->type == HR_JSON_ARRAY && i < actions->length; i++)
    {
      const HrJson *action = &actions->elements[i];

      for (guint32 j = 0; action->type == HR_JSON_OBJECT && j < action->length; j++)
        add_use (self, get_name (self, &action->members[j].value, "TableName"), NULL,
                 find_use (action->members[j].name, action->members[j].name_length));
    }
}

/* Some value of the parameter's type in the place of a reference. */
static HrValue
read_parameter (Reader *self, const HrJson *json)
{
  const HrJsonMember *member = json->type == HR_JSON_OBJECT && json->length == 1 ? &json->members[0] : NULL;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue value;

  if (hr_value_from_json (self->arena, json, &value, &error))
    return value;
  if (member != NULL && member->name_length == 1 && *member->name == 'N'
      && hr_number_from_text (self->arena, "1", 1, &value, &error))
    return value;
  if (member != NULL && member->name_length == 1 && *member->name == 'B')
    return hr_value_binary ("1", 1);
  return hr_value_string ("1", 1);
}

static gboolean
reads_everything (Reader *self, const HrJson *object, const char *text, const char *table_name)
{
  const HrTable *table = self->model != NULL ? hr_model_find_table (self->model, table_name) : NULL;
  const HrJson *list = hr_json_get (object, "Parameters");
  guint n_values = list != NULL && list->type == HR_JSON_ARRAY ? list->length : 0;
  HrValue *values = hr_arena_array (self->arena, HrValue, n_values);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPartiqlSummary summary;
  const HrPartiql *statement;

  for (guint i = 0; i < n_values; i++)
    values[i] = read_parameter (self, &list->elements[i]);
  statement = table != NULL ? hr_partiql_prepare (self->arena, text, strlen (text), values, n_values, &error) : NULL;
  return statement != NULL && hr_partiql_summarise (statement, table, self->arena, &summary, &error)
         && summary.access == HR_PARTIQL_SCAN;
}

/* {"Statement": …}; of one that cannot be read whole, the table that it names at first. */
static void
read_statement (Reader *self, const HrJson *object)
{
  const char *text = get_name (self, object, "Statement");
  const char *masked = text != NULL ? hr_references_mask (self->arena, text, strlen (text)) : NULL;
  HrPartiqlSource source;

  if (text == NULL)
    return;
  if (!hr_partiql_find_source (self->arena, masked, strlen (masked), &source))
    add_use (self, hr_statement_find_table (self->arena, text, strlen (text)), NULL, HR_USE_READ);
  else if (!source.is_reading)
    add_use (self, source.table, NULL, HR_USE_WRITE);
  else
    add_use (self, source.table, source.index,
             reads_everything (self, object, masked, source.table) ? HR_USE_SCAN : HR_USE_READ);
}

static void
read_statements (Reader *self, const HrJson *list)
{
  for (guint32 i = 0; list->type == HR_JSON_ARRAY && i < list->length; i++)
    read_statement (self, &list->elements[i]);
}

GArray *
hr_step_list_uses (const HrStep *step, const HrModel *model, HrArena *arena)
{
  Reader self = { model, arena, g_array_new (FALSE, FALSE, sizeof (HrStepUse)) };
  const HrJson *request = hr_json_parse (arena, step->request, strlen (step->request), HR_JSON_DEPTH_CEILING, NULL);
  const HrJson *tables = hr_json_get (request, "RequestItems");
  const HrJson *actions = hr_json_get (request, "TransactItems");
  const HrJson *statements = hr_json_get (request, "Statements");
  HrUse use = find_use (step->operation, strlen (step->operation));

  if (statements == NULL)
    statements = hr_json_get (request, "TransactStatements");
  if (tables != NULL)
    read_batch (&self, tables, use);
  else if (actions != NULL)
    read_actions (&self, actions);
  else if (statements != NULL)
    read_statements (&self, statements);
  else if (hr_json_get (request, "Statement") != NULL)
    read_statement (&self, request);
  else
    add_use (&self, get_name (&self, request, "TableName"), get_name (&self, request, "IndexName"), use);
  return self.uses;
}
