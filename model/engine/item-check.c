/*
 * What the service refuses to store or to look up, in its words.
 *
 * Table keys come first, in the order of the key schema; index keys after them, by index name, as the service
 * goes about it. An absent index key is no fault: the item is not in that index.
 */
#include "model/engine/item-check.h"

static G_GNUC_PRINTF (3, 4) gboolean
refuse (HrItemCheck *self, HrFault fault, const char *format, ...)
{
  va_list arguments;

  self->fault = fault;
  va_start (arguments, format);
  hr_service_error_set (self->error, self->arena, HR_SERVICE_VALIDATION, "%s",
                        hr_arena_vprintf (self->arena, format, arguments));
  va_end (arguments);
  return FALSE;
}

static gboolean
refuse_schema (HrItemCheck *self)
{
  return refuse (self, HR_FAULT_ITEM, "The provided key element does not match the schema");
}

static gboolean
is_empty (const HrValue *value)
{
  return value->length == 0 && (value->type == HR_TYPE_S || value->type == HR_TYPE_B);
}

static const char *
describe_empty (const HrValue *value)
{
  return value->type == HR_TYPE_B ? "binary" : "string";
}

static gboolean
check_size (HrItemCheck *self, const HrKeyLayout *layout, guint position, const HrValue *value)
{
  if (value->length <= hr_key_layout_get_limit (layout, position))
    return TRUE;
  if (position < layout->n_hash)
    return refuse (self, HR_FAULT_REQUEST, "One or more parameter values were invalid:"
                   " Size of hashkey has exceeded the maximum size limit of2048 bytes");
  return refuse (self, HR_FAULT_REQUEST, "One or more parameter values were invalid:"
                 " Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
}

/* Of a value that has the type of its key part. */
static gboolean
check_key_value (HrItemCheck *self, const HrKeyLayout *layout, guint position, const HrValue *value)
{
  if (is_empty (value))
    return refuse (self, HR_FAULT_REQUEST,
                   "One or more parameter values are not valid. The AttributeValue for a key"
                   " attribute cannot contain an empty %s value. Key: %s",
                   describe_empty (value), layout->parts[position].name);
  return check_size (self, layout, position, value);
}

gboolean
hr_item_check_key (HrItemCheck *self, const HrStoredTable *table, const HrValue *key, HrValue *values)
{
  const HrKeyLayout *layout = &table->layout;

  if (key->length != layout->n_key)
    return refuse_schema (self);
  for (guint i = 0; i < layout->n_key; i++)
    {
      const HrValue *value = hr_map_get (key, layout->parts[i].name, layout->parts[i].name_length);

      if (value == NULL || value->type != layout->parts[i].type)
        return refuse_schema (self);
      values[i] = *value;
    }
  for (guint i = 0; i < layout->n_key; i++)
    if (!check_key_value (self, layout, i, &values[i]))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_mistyped (HrItemCheck *self, const HrKeyPart *part, const HrValue *value, gboolean is_batch)
{
  if (is_batch)
    return refuse_schema (self);
  if (value == NULL)
    return refuse (self, HR_FAULT_ITEM,
                   "One or more parameter values were invalid: Missing the key %s in the item", part->name);
  return refuse (self, HR_FAULT_ITEM,
                 "One or more parameter values were invalid:"
                 " Type mismatch for key %s expected: %s actual: %s",
                 part->name, hr_type_get_name (part->type), hr_type_get_name (value->type));
}

static gboolean
check_table_key (HrItemCheck *self, const HrStoredTable *table, const HrValue *item, gboolean is_batch,
                 HrValue *values)
{
  const HrKeyLayout *layout = &table->layout;

  for (guint i = 0; i < layout->n_key; i++)
    {
      const HrKeyPart *part = &layout->parts[i];
      const HrValue *value = hr_map_get (item, part->name, part->name_length);

      if (value == NULL || value->type != part->type)
        return refuse_mistyped (self, part, value, is_batch);
      if (!check_key_value (self, layout, i, value))
        return FALSE;
      values[i] = *value;
    }
  return TRUE;
}

/* What the request does not show is told in fewer words. */
static gboolean
check_computed_value (HrItemCheck *self, const HrStoredIndex *index, guint position, const HrValue *value)
{
  if (value->type != index->layout.parts[position].type)
    return refuse (self, HR_FAULT_ITEM,
                   "The update expression attempted to update the secondary index key to unsupported type");
  if (value->length > hr_key_layout_get_limit (&index->layout, position))
    return refuse (self, HR_FAULT_ITEM,
                   "The update expression attempted to update the secondary index key beyond allowed size limits");
  return TRUE;
}

static gboolean
check_index_value (HrItemCheck *self, const HrStoredIndex *index, guint position, const HrValue *value,
                   const HrUpdate *update)
{
  const HrKeyPart *part = &index->layout.parts[position];

  if (update != NULL && hr_update_computes (update, part->name, part->name_length)
      && !check_computed_value (self, index, position, value))
    return FALSE;
  if (value->type != part->type)
    return refuse (self, HR_FAULT_ITEM, "One or more parameter values were invalid:"
                   " Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s", part->name,
                   hr_type_get_name (part->type), hr_type_get_name (value->type), index->definition->name);
  if (is_empty (value) && update != NULL)
    return refuse (
        self, HR_FAULT_REQUEST,
        "One or more parameter values are not valid. The update expression attempted"
        " to update a secondary index key to a value that is not supported. The AttributeValue for a key"
        " attribute cannot contain an empty %s value.",
        describe_empty (value));
  if (is_empty (value))
    return refuse (
        self, HR_FAULT_REQUEST,
        "One or more parameter values are not valid. A value specified for a"
        " secondary index key is not supported. The AttributeValue for a key attribute cannot contain an"
        " empty %s value. IndexName: %s, IndexKey: %s",
        describe_empty (value), index->definition->name, part->name);
  return check_size (self, &index->layout, position, value);
}

/* @old_item: (nullable): index keys that are equal there are taken as checked */
static gboolean
check_index_keys (HrItemCheck *self, const HrStoredTable *table, const HrValue *old_item, const HrValue *item,
                  const HrUpdate *update)
{
  for (guint i = 0; i < table->n_indexes; i++)
    {
      const HrStoredIndex *index = table->indexes_by_name[i];

      for (guint j = 0; j < index->layout.n_key; j++)
        {
          const HrKeyPart *part = &index->layout.parts[j];
          const HrValue *value = hr_map_get (item, part->name, part->name_length);
          const HrValue *old = old_item != NULL ? hr_map_get (old_item, part->name, part->name_length) : NULL;

          if (value != NULL && (old == NULL || !hr_value_equal (old, value))
              && !check_index_value (self, index, j, value, update))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_nesting (HrItemCheck *self, const HrValue *item)
{
  for (guint i = 0; i < item->length; i++)
    {
      const HrValue *value = &item->members[i].value;

      if ((value->type == HR_TYPE_M || value->type == HR_TYPE_L) && hr_value_depth (value) > HR_LIMIT_NESTING)
        return refuse (self, HR_FAULT_ITEM,
                       "Nesting Levels have exceeded supported limits: Attributes in the item have"
                       " nested levels beyond supported limit");
    }
  return TRUE;
}

gboolean
hr_item_check_put (HrItemCheck *self, const HrStoredTable *table, const HrValue *item, gboolean is_batch,
                   HrValue *values)
{
  return check_table_key (self, table, item, is_batch, values)
         && check_index_keys (self, table, NULL, item, NULL)
         && check_nesting (self, item);
}

gboolean
hr_item_check_put_size (HrItemCheck *self, gsize size_bytes)
{
  if (size_bytes <= HR_LIMIT_ITEM_BYTES)
    return TRUE;
  return refuse (self, HR_FAULT_REQUEST, "Item size has exceeded the maximum allowed size");
}

gboolean
hr_item_check_updated (HrItemCheck *self, const HrStoredTable *table, const HrValue *old_item,
                       const HrValue *new_item, const HrUpdate *update, gsize size_bytes)
{
  if (!check_index_keys (self, table, old_item, new_item, update) || !check_nesting (self, new_item))
    return FALSE;
  if (size_bytes > HR_LIMIT_ITEM_BYTES)
    return refuse (self, HR_FAULT_ITEM, "Item size to update has exceeded the maximum allowed size");
  return TRUE;
}

static gboolean
starts_with (const HrPath *path, const HrKeyPart *part)
{
  const HrPathStep *step = &path->steps[0];

  return step->name_length == part->name_length && memcmp (step->name, part->name, part->name_length) == 0;
}

static gboolean
refuse_nested (HrItemCheck *self, const char *what, const HrKeyPart *part)
{
  return refuse (self, HR_FAULT_REQUEST,
                 "Key attributes must be scalars; list random access '[]' and map lookup '.'"
                 " are not allowed: %s: %s",
                 what, part->name);
}

static gboolean
check_path (HrItemCheck *self, const HrStoredTable *table, const HrPath *path)
{
  if (path->n_steps < 2)
    return TRUE;

  for (guint i = 0; i < table->layout.n_key; i++)
    if (starts_with (path, &table->layout.parts[i]))
      return refuse_nested (self, "Key", &table->layout.parts[i]);
  for (guint i = 0; i < table->n_indexes; i++)
    for (guint j = 0; j < table->indexes_by_name[i]->layout.n_key; j++)
      if (starts_with (path, &table->indexes_by_name[i]->layout.parts[j]))
        return refuse_nested (self, "IndexKey", &table->indexes_by_name[i]->layout.parts[j]);
  return TRUE;
}

typedef struct
{
  HrItemCheck *check;
  const HrStoredTable *table;
  gboolean is_refused;
} PathWalk;

static void
check_path_cb (const HrPath *path, gpointer user_data)
{
  PathWalk *walk = user_data;

  if (!walk->is_refused)
    walk->is_refused = !check_path (walk->check, walk->table, path);
}

gboolean
hr_item_check_condition (HrItemCheck *self, const HrStoredTable *table, const HrCondition *condition)
{
  PathWalk walk = { self, table, FALSE };

  if (condition != NULL)
    hr_condition_foreach_path (condition, check_path_cb, &walk);
  return !walk.is_refused;
}

gboolean
hr_item_check_projection (HrItemCheck *self, const HrStoredTable *table, const HrProjection *projection)
{
  for (guint i = 0; projection != NULL && i < projection->n_paths; i++)
    if (!check_path (self, table, &projection->paths[i]))
      return FALSE;
  return TRUE;
}

gboolean
hr_item_check_update (HrItemCheck *self, const HrStoredTable *table, const HrUpdate *update)
{
  const HrProjection *targets = hr_update_get_targets (update);
  PathWalk walk = { self, table, FALSE };

  for (guint i = 0; i < targets->n_paths; i++)
    for (guint j = 0; j < table->layout.n_key; j++)
      if (starts_with (&targets->paths[i], &table->layout.parts[j]))
        return refuse (self, HR_FAULT_REQUEST,
                       "One or more parameter values were invalid: Cannot update attribute %s."
                       " This attribute is part of the key",
                       table->layout.parts[j].name);
  hr_update_foreach_path (update, check_path_cb, &walk);
  return !walk.is_refused;
}
