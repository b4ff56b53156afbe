/*
 * Writing statements to writes of the engine.
 *
 * What tells them from PutItem, UpdateItem and DeleteItem is a condition: an INSERT wants the item not to be there, an
 * UPDATE that it is, a DELETE is content when it is not. The key comes from WHERE; all else in there is a condition.
 */
#include "model/partiql/binder-private.h"
#include "model/partiql/branch-private.h"
#include "model/partiql/partiql-private.h"

#include <string.h>

typedef struct
{
  const HrPartiql *statement;
  const HrTable *table;
  HrArena *arena;
  HrServiceError *error;
  HrKeyLayout layout;
  HrValue values[HR_KEY_PARTS_MAX];
  gboolean has_value[HR_KEY_PARTS_MAX];
  GPtrArray *rest; /* of the conditions */
  const char *repeated; /* the part that is named with two values */
} Reader;

/* What stands for itself in a chain of AND, parentheses included. Depth ends with the tree. */
static void
sort_node (Reader *self, HrNode *node)
{
  if (hr_node_is_operation (node, HR_OPERATOR_AND))
    {
      for (guint i = 0; i < node->operation.n_operands; i++)
        sort_node (self, node->operation.operands[i]);
      return;
    }
  for (guint i = 0; i < self->layout.n_key; i++)
    {
      HrKeyClause clause;

      if (!hr_partiql_read_clause (node, &self->layout.parts[i], &clause) || clause.op != HR_KEY_EQ)
        continue;
      if (!self->has_value[i])
        {
          self->has_value[i] = TRUE;
          self->values[i] = clause.value;
          return;
        }
      if (hr_value_equal (&self->values[i], &clause.value))
        return;
      self->repeated = self->layout.parts[i].name;
    }
  g_ptr_array_add (self->rest, node);
}

static gboolean
refuse (Reader *self, const char *message)
{
  return hr_service_error_set (self->error, self->arena, HR_SERVICE_VALIDATION, "%s", message);
}

static gboolean
read_key (Reader *self)
{
  gboolean is_exists = hr_partiql_is_exists (self->statement);

  if (self->statement->where != NULL)
    sort_node (self, self->statement->where);
  for (guint i = 0; i < self->layout.n_key; i++)
    if (!self->has_value[i])
      return refuse (self, is_exists
                               ? "EXISTS() must contain a single item read with additional condition"
                               : "Where clause does not contain a mandatory equality on all key attributes");
  if (self->repeated != NULL && !is_exists)
    return refuse (self,
                   hr_arena_printf (self->arena,
                                    "Multiple conditions on same key %s. Only single item Update/Insert/Delete "
                                    "are supported",
                                    self->repeated));
  if (is_exists && self->rest->len == 0)
    return refuse (self, "EXISTS() must contain a single item read with additional condition");
  return TRUE;
}

static const HrCondition *
make_condition (Reader *self, HrNode *own, HrOperatorId op)
{
  HrNode *rest = NULL;
  HrNode *both[2];

  if (self->rest->len > 0)
    rest = hr_partiql_new_operation (self->arena, HR_OPERATOR_AND, HR_RANGE_NONE, (HrNode **) self->rest->pdata,
                                     self->rest->len);
  if (own == NULL || rest == NULL)
    return own != NULL || rest != NULL ? hr_condition_new (self->arena, own != NULL ? own : rest) : NULL;
  both[0] = own;
  both[1] = rest;
  return hr_condition_new (self->arena, hr_partiql_new_operation (self->arena, op, HR_RANGE_NONE, both, 2));
}

static HrReturnValues
get_return_values (const HrPartiqlTree *tree)
{
  static const HrReturnValues values[2][2] = {
    { HR_RETURN_ALL_OLD, HR_RETURN_ALL_NEW },
    { HR_RETURN_UPDATED_OLD, HR_RETURN_UPDATED_NEW },
  };

  return tree->has_returning ? values[tree->returns_modified ? 1 : 0][tree->returns_new ? 1 : 0] : HR_RETURN_NONE;
}

static gboolean
read_write (Reader *self, HrWrite *write)
{
  const HrPartiqlTree *tree = self->statement->tree;
  const char *partition_key = hr_table_get_partition_key (self->table)->name;

  if (!read_key (self))
    return FALSE;
  write->item = hr_key_layout_to_map (&self->layout, self->values, self->arena);
  write->return_values = get_return_values (tree);
  switch (tree->kind)
    {
    case HR_PARTIQL_STATEMENT_UPDATE:
      write->kind = HR_WRITE_UPDATE;
      write->update = self->statement->update;
      write->condition
          = make_condition (self, hr_partiql_new_presence (self->arena, partition_key, TRUE), HR_OPERATOR_AND);
      break;
    case HR_PARTIQL_STATEMENT_DELETE:
      write->kind = HR_WRITE_DELETE;
      if (self->rest->len > 0)
        write->condition
            = make_condition (self, hr_partiql_new_presence (self->arena, partition_key, FALSE), HR_OPERATOR_OR);
      break;
    case HR_PARTIQL_STATEMENT_EXISTS:
      write->kind = HR_WRITE_CHECK;
      write->condition = make_condition (self, NULL, HR_OPERATOR_AND);
      break;
    case HR_PARTIQL_STATEMENT_SELECT:
    case HR_PARTIQL_STATEMENT_INSERT:
      break;
    }
  return TRUE;
}

gboolean
hr_partiql_to_write (const HrPartiql *self, const HrTable *table, HrArena *arena, HrWrite *write,
                     HrServiceError *error)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  Reader reader = { .statement = self, .table = table, .arena = arena, .error = error, .rest = rest };

  g_return_val_if_fail (!hr_partiql_is_select (self), FALSE);

  *write = (HrWrite) { .kind = HR_WRITE_PUT, .table = self->tree->table };
  if (self->tree->index != NULL)
    return refuse (&reader, "This operation is not supported on an index");
  if (!hr_key_layout_init (&reader.layout, table, NULL))
    return refuse (&reader, "The table has no usable key");
  if (!hr_partiql_is_insert (self))
    return read_write (&reader, write);

  write->item = self->item;
  write->condition = hr_condition_new (
      arena, hr_partiql_new_presence (arena, hr_table_get_partition_key (table)->name, FALSE));
  return TRUE;
}

const char *
hr_partiql_find_key_fault (const HrWrite *write, const HrTable *table, HrArena *arena)
{
  HrKeyLayout layout;

  if (!hr_key_layout_init (&layout, table, NULL))
    return NULL;
  for (guint i = 0; i < layout.n_key; i++)
    {
      const HrKeyPart *part = &layout.parts[i];
      const HrValue *value = hr_map_get (&write->item, part->name, part->name_length);

      if (value != NULL && value->type == part->type)
        continue;
      if (write->kind != HR_WRITE_PUT)
        return "The provided key element does not match the schema";
      if (value == NULL)
        return hr_arena_printf (
            arena, "One or more parameter values were invalid: Missing the key %s in the item", part->name);
      return hr_arena_printf (arena,
                              "One or more parameter values were invalid:"
                              " Type mismatch for key %s expected: %s actual: %s",
                              part->name, hr_type_get_name (part->type), hr_type_get_name ((HrType) value->type));
    }
  return NULL;
}
