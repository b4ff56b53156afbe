/*
 * The request of a step as a form: what there is for each operation, and reading it.
 *
 * A key condition becomes rows when it is what a person would say in rows; anything else is shown as it is written.
 */
#include "model/document/step-form-private.h"

#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

#include <string.h>

static const HrFormShape shapes[] = {
  { "Query", TRUE, FALSE, FALSE, "FilterExpression", HR_EXPRESSION_FILTER },
  { "Scan", FALSE, FALSE, FALSE, "FilterExpression", HR_EXPRESSION_FILTER },
  { "GetItem", FALSE, TRUE, FALSE, NULL, HR_EXPRESSION_FILTER },
  { "PutItem", FALSE, FALSE, TRUE, "ConditionExpression", HR_EXPRESSION_CONDITION },
  { "UpdateItem", FALSE, TRUE, FALSE, "ConditionExpression", HR_EXPRESSION_CONDITION },
  { "DeleteItem", FALSE, TRUE, FALSE, "ConditionExpression", HR_EXPRESSION_CONDITION },
};

static const HrFormShape no_shape = { "", FALSE, FALSE, FALSE, NULL, HR_EXPRESSION_FILTER };

const HrFormShape *
hr_form_shape_find (const char *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_str_equal (shapes[i].name, operation))
      return &shapes[i];
  return &no_shape;
}

static void
condition_free (gpointer data)
{
  HrFormCondition *self = data;

  g_free (self->attribute);
  g_free (self->value);
  g_free (self->upper);
  g_free (self->placeholder);
  g_free (self->upper_placeholder);
  g_free (self);
}

HrFormCondition *
hr_form_condition_new (const char *attribute, HrKeyOperator op, HrType type, const char *value, const char *upper)
{
  HrFormCondition *self = g_new0 (HrFormCondition, 1);

  self->attribute = g_strdup (attribute);
  self->op = op;
  self->type = type;
  self->value = g_strdup (value);
  self->upper = g_strdup (upper);
  return self;
}

void
hr_step_form_free (HrStepForm *self)
{
  if (self == NULL)
    return;
  g_free (self->operation);
  g_free (self->table);
  g_free (self->index);
  g_ptr_array_unref (self->conditions);
  g_free (self->written);
  g_free (self->filter);
  g_free (self->update);
  g_free (self->projection);
  g_free (self->page_size);
  g_free (self->item);
  g_free (self->request);
  g_free (self);
}

static gpointer
copy_condition_cb (gconstpointer data, gpointer user_data)
{
  const HrFormCondition *condition = data;

  HrFormCondition *copy =
      hr_form_condition_new (condition->attribute, condition->op, condition->type, condition->value, condition->upper);

  copy->placeholder = g_strdup (condition->placeholder);
  copy->upper_placeholder = g_strdup (condition->upper_placeholder);
  return copy;
}

HrStepForm *
hr_step_form_copy (const HrStepForm *self)
{
  HrStepForm *copy = g_new (HrStepForm, 1);

  *copy = *self;
  copy->operation = g_strdup (self->operation);
  copy->table = g_strdup (self->table);
  copy->index = g_strdup (self->index);
  copy->conditions = g_ptr_array_copy (self->conditions, (GCopyFunc) copy_condition_cb, NULL);
  g_ptr_array_set_free_func (copy->conditions, condition_free);
  copy->written = g_strdup (self->written);
  copy->filter = g_strdup (self->filter);
  copy->update = g_strdup (self->update);
  copy->projection = g_strdup (self->projection);
  copy->page_size = g_strdup (self->page_size);
  copy->item = g_strdup (self->item);
  copy->request = g_strdup (self->request);
  return copy;
}

/* Reading */

static char *
dup_string (const HrJson *json)
{
  return json != NULL && json->type == HR_JSON_STRING && memchr (json->text, '\0', json->length) == NULL
             ? g_strndup (json->text, json->length)
             : NULL;
}

/* `{"S": "text"}` of a type that a key can have. */
static gboolean
read_typed (const HrJson *json, HrType *type, char **text)
{
  if (json == NULL || json->type != HR_JSON_OBJECT || json->length != 1
      || !hr_type_from_name (json->members[0].name, json->members[0].name_length, type) || *type > HR_TYPE_B)
    return FALSE;
  *text = dup_string (&json->members[0].value);
  return *text != NULL;
}

typedef struct
{
  HrArena *arena;
  const HrJson *names;
  const HrJson *values;
  GPtrArray *conditions;
} RowReader;

static gboolean
read_value_node (const RowReader *reader, const HrNode *node, HrType *type, char **text)
{
  const char *name;

  if (node->kind != HR_NODE_VALUE)
    return FALSE;
  name = hr_arena_strndup (reader->arena, node->value.name, node->value.name_length);
  return read_typed (hr_json_get (reader->values, name), type, text);
}

static gboolean
find_key_operator (const HrNode *node, HrKeyOperator *op)
{
  static const struct
  {
    HrOperatorId id;
    HrKeyOperator op;
  } operators[] = {
    { HR_OPERATOR_EQ, HR_KEY_EQ }, { HR_OPERATOR_LT, HR_KEY_LT }, { HR_OPERATOR_LE, HR_KEY_LE },
    { HR_OPERATOR_GT, HR_KEY_GT }, { HR_OPERATOR_GE, HR_KEY_GE }, { HR_OPERATOR_BETWEEN, HR_KEY_BETWEEN },
    { HR_OPERATOR_BEGINS_WITH, HR_KEY_BEGINS_WITH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (hr_node_is_operation (node, operators[i].id))
      {
        *op = operators[i].op;
        return TRUE;
      }
  return FALSE;
}

static char *
dup_placeholder (const HrNode *node)
{
  return g_strndup (node->value.name, node->value.name_length);
}

/* An attribute at the left, values of one type at the right. */
static gboolean
read_row (RowReader *reader, const HrNode *node)
{
  HrNode *const *operands = node->operation.operands;
  guint wanted;
  HrKeyOperator op;
  HrType type, upper_type;
  const char *attribute;
  g_autofree char *value = NULL;
  g_autofree char *upper = NULL;
  HrFormCondition *row;

  if (!find_key_operator (node, &op))
    return FALSE;
  wanted = op == HR_KEY_BETWEEN ? 3 : 2;
  if (node->operation.n_operands != wanted)
    return FALSE;
  attribute = hr_spell_get_attribute (reader->arena, operands[0], reader->names);
  if (attribute == NULL || !read_value_node (reader, operands[1], &type, &value))
    return FALSE;
  if (wanted == 3 && (!read_value_node (reader, operands[2], &upper_type, &upper) || upper_type != type))
    return FALSE;
  row = hr_form_condition_new (attribute, op, type, value, upper);
  row->placeholder = dup_placeholder (operands[1]);
  row->upper_placeholder = wanted == 3 ? dup_placeholder (operands[2]) : NULL;
  g_ptr_array_add (reader->conditions, row);
  return TRUE;
}

static gboolean
read_rows (RowReader *reader, const HrNode *node)
{
  if (!hr_node_is_operation (node, HR_OPERATOR_AND))
    return node->kind == HR_NODE_OPERATION && read_row (reader, node);
  for (guint i = 0; i < node->operation.n_operands; i++)
    if (!read_rows (reader, node->operation.operands[i]))
      return FALSE;
  return TRUE;
}

static char *
dup_spelled (const HrJson *request, HrExpressionKind kind, const char *member)
{
  char *text = dup_string (hr_json_get (request, member));
  char *spelled;

  if (text == NULL)
    return NULL;
  spelled = hr_spell_out (kind, text, hr_json_get (request, "ExpressionAttributeNames"),
                          hr_json_get (request, "ExpressionAttributeValues"));
  if (spelled == NULL)
    return text;
  g_free (text);
  return spelled;
}

static void
read_key_condition (HrStepForm *self, HrArena *arena, const HrJson *request)
{
  RowReader reader = { arena, hr_json_get (request, "ExpressionAttributeNames"),
                       hr_json_get (request, "ExpressionAttributeValues"), self->conditions };
  g_autofree char *text = dup_string (hr_json_get (request, "KeyConditionExpression"));
  const HrTree *tree;

  if (text == NULL)
    return;
  tree = hr_spell_parse (arena, HR_EXPRESSION_KEY_CONDITION, text, strlen (text));
  if (tree != NULL && read_rows (&reader, tree->condition))
    return;
  g_ptr_array_set_size (self->conditions, 0);
  self->written = dup_spelled (request, HR_EXPRESSION_KEY_CONDITION, "KeyConditionExpression");
}

static char *
dup_pretty (const HrJson *json)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_json_write_pretty (&out, json, 0);
  return hr_buffer_steal (&out, NULL);
}

static void
read_key (HrStepForm *self, const HrJson *request)
{
  const HrJson *key = hr_json_get (request, "Key");

  for (guint32 i = 0; key != NULL && key->type == HR_JSON_OBJECT && i < key->length; i++)
    {
      g_autofree char *name = g_strndup (key->members[i].name, key->members[i].name_length);
      g_autofree char *text = NULL;
      HrType type;

      if (read_typed (&key->members[i].value, &type, &text))
        {
          g_ptr_array_add (self->conditions, hr_form_condition_new (name, HR_KEY_EQ, type, text, NULL));
          continue;
        }
      g_ptr_array_set_size (self->conditions, 0);
      self->written = dup_pretty (key);
      return;
    }
}

static char *
dup_limit (const HrJson *limit)
{
  if (limit != NULL && limit->type == HR_JSON_NUMBER)
    return g_strndup (limit->text, limit->length);
  return dup_string (limit);
}

static void
read_request (HrStepForm *self, HrArena *arena, const HrJson *request)
{
  const HrFormShape *shape = hr_form_shape_find (self->operation);
  const HrJson *forward = hr_json_get (request, "ScanIndexForward");
  const HrJson *consistent = hr_json_get (request, "ConsistentRead");
  const HrJson *item = hr_json_get (request, "Item");

  self->table = dup_string (hr_json_get (request, "TableName"));
  self->index = dup_string (hr_json_get (request, "IndexName"));
  if (shape->has_key_condition)
    read_key_condition (self, arena, request);
  if (shape->has_key)
    read_key (self, request);
  if (shape->filter != NULL)
    self->filter = dup_spelled (request, shape->filter_kind, shape->filter);
  self->update = dup_spelled (request, HR_EXPRESSION_UPDATE, "UpdateExpression");
  self->projection = dup_spelled (request, HR_EXPRESSION_PROJECTION, "ProjectionExpression");
  self->page_size = dup_limit (hr_json_get (request, "Limit"));
  self->descending = forward != NULL && forward->type == HR_JSON_FALSE;
  self->consistent = consistent != NULL && consistent->type == HR_JSON_TRUE;
  if (shape->has_item && item != NULL)
    self->item = dup_pretty (item);
}

const HrJson *
hr_form_parse_object (HrArena *arena, const char *request)
{
  char *text = hr_arena_strdup (arena, request);
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL);

  return json != NULL && json->type == HR_JSON_OBJECT ? json : NULL;
}

HrStepForm *
hr_step_form_new (const char *operation, const char *request)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = hr_form_parse_object (arena, request);
  const HrFormShape *shape = hr_form_shape_find (operation);
  HrStepForm *self = g_new0 (HrStepForm, 1);

  self->operation = g_strdup (operation);
  self->request = g_strdup (request);
  self->conditions = g_ptr_array_new_with_free_func (condition_free);
  self->has_conditions = shape->has_key_condition || shape->has_key;
  if (json != NULL)
    read_request (self, arena, json);
  return self;
}

static void
append_literal (HrBuffer *out, HrType type, const char *text)
{
  if (type == HR_TYPE_N)
    {
      hr_buffer_append_string (out, text);
      return;
    }
  if (type == HR_TYPE_B)
    hr_buffer_append_char (out, 'b');
  hr_json_write_string (out, text, strlen (text));
}

void
hr_step_form_move_to_filter (HrStepForm *self, guint index)
{
  static const char *const signs[] = {
    [HR_KEY_EQ] = " = ", [HR_KEY_LT] = " < ", [HR_KEY_LE] = " <= ", [HR_KEY_GT] = " > ", [HR_KEY_GE] = " >= ",
    [HR_KEY_BETWEEN] = " BETWEEN ", [HR_KEY_BEGINS_WITH] = ", ",
  };
  const HrFormCondition *row;
  HrBuffer out = HR_BUFFER_INIT;
  gboolean has_filter = self->filter != NULL && *self->filter != '\0';

  g_return_if_fail (index < self->conditions->len);

  row = self->conditions->pdata[index];
  if (has_filter)
    hr_buffer_printf (&out, strstr (self->filter, " OR ") != NULL ? "(%s) AND " : "%s AND ", self->filter);
  if (row->op == HR_KEY_BEGINS_WITH)
    hr_buffer_append_string (&out, "begins_with(");
  hr_spell_append_name (&out, row->attribute);
  hr_buffer_append_string (&out, signs[row->op]);
  append_literal (&out, row->type, row->value);
  if (row->op == HR_KEY_BETWEEN)
    {
      hr_buffer_append_string (&out, " AND ");
      append_literal (&out, row->type, row->upper != NULL ? row->upper : "");
    }
  if (row->op == HR_KEY_BEGINS_WITH)
    hr_buffer_append_char (&out, ')');
  g_free (self->filter);
  self->filter = hr_buffer_steal (&out, NULL);
  g_ptr_array_remove_index (self->conditions, index);
}

/* Fitting to a target */

/* Partition key and sort key of the target. */
static void
get_keys (const HrStepForm *self, const HrTable *table, const GPtrArray **keys)
{
  const HrIndex *index = self->index != NULL ? hr_table_find_index (table, self->index) : NULL;

  keys[0] = index != NULL ? index->partition_key : table->partition_key;
  keys[1] = index != NULL ? index->sort_key : table->sort_key;
}

gboolean
hr_step_form_is_key (const HrStepForm *self, const HrTable *table, const char *attribute)
{
  const GPtrArray *keys[2];

  g_return_val_if_fail (table != NULL, FALSE);

  get_keys (self, table, keys);
  return hr_attributes_find (keys[0], attribute) != NULL || hr_attributes_find (keys[1], attribute) != NULL;
}

static HrFormCondition *
find_row (HrStepForm *self, const char *attribute)
{
  for (guint i = 0; i < self->conditions->len; i++)
    {
      HrFormCondition *row = self->conditions->pdata[i];

      if (g_str_equal (row->attribute, attribute))
        return row;
    }
  return NULL;
}

static void
require_rows (HrStepForm *self, const GPtrArray *keys, guint at)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const HrAttribute *key = keys->pdata[i];
      gboolean can = strpbrk (key->name, ".[]{}") == NULL && !g_str_equal (key->name, "item");
      g_autofree char *value = g_strdup_printf ("{%s}", can ? key->name : "key");
      HrFormCondition *row = find_row (self, key->name);

      if (row == NULL)
        g_ptr_array_insert (self->conditions, (int) MIN (at + i, self->conditions->len),
                            hr_form_condition_new (key->name, HR_KEY_EQ, key->type, value, NULL));
      else if (row->op != HR_KEY_EQ)
        {
          row->op = HR_KEY_EQ;
          g_clear_pointer (&row->upper, g_free);
        }
    }
}

void
hr_step_form_fit_keys (HrStepForm *self, const HrTable *table)
{
  const HrFormShape *shape = hr_form_shape_find (self->operation);
  const GPtrArray *keys[2];

  g_return_if_fail (table != NULL);

  self->has_conditions = shape->has_key_condition || shape->has_key;
  if (self->written != NULL || !self->has_conditions)
    return;
  if (shape->has_key)
    g_clear_pointer (&self->index, g_free);
  get_keys (self, table, keys);
  for (guint i = self->conditions->len; i > 0; i--)
    if (!hr_step_form_is_key (self, table, ((HrFormCondition *) self->conditions->pdata[i - 1])->attribute))
      g_ptr_array_remove_index (self->conditions, i - 1);
  require_rows (self, keys[0], 0);
  if (shape->has_key)
    require_rows (self, keys[1], keys[0]->len);
}

/* The text that a template begins with, or NULL. */
static const char *
get_beginning (const HrEntityKey *key)
{
  return key != NULL && key->template->n_parts > 0 && !key->template->parts[0].is_variable
             ? key->template->parts[0].text : NULL;
}

gboolean
hr_step_form_ask_for (HrStepForm *self, const HrTable *table, const HrEntity *entity)
{
  const HrFormShape *shape = hr_form_shape_find (self->operation);
  const HrAttribute *sort_key = hr_table_get_sort_key (table);
  const char *beginning;

  if (!shape->has_key_condition && !shape->has_key)
    return FALSE;
  g_free (self->table);
  self->table = g_strdup (table->name);
  g_clear_pointer (&self->index, g_free);
  g_clear_pointer (&self->written, g_free);
  g_ptr_array_set_size (self->conditions, 0);
  hr_step_form_fit_keys (self, table);
  for (guint i = 0; i < self->conditions->len; i++)
    {
      HrFormCondition *row = g_ptr_array_index (self->conditions, i);
      const HrEntityKey *key = hr_entity_get_key (entity, row->attribute);

      if (key == NULL)
        continue;
      g_free (row->value);
      row->value = g_strdup (key->template->text);
    }
  beginning = sort_key != NULL ? get_beginning (hr_entity_get_key (entity, sort_key->name)) : NULL;
  if (shape->has_key_condition && beginning != NULL && sort_key->type == HR_TYPE_S)
    g_ptr_array_add (self->conditions,
                     hr_form_condition_new (sort_key->name, HR_KEY_BEGINS_WITH, HR_TYPE_S, beginning, NULL));
  return TRUE;
}
