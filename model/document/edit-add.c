/*
 * Adding definitions: each begins as something that is right, so that there is nothing to mend before going on.
 */
#include "model/document/edit-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/text.h"

#include <string.h>

/* The name for something new: the one that is wanted, checked, or a fresh one. NULL with @error. */
static char *
dup_new_name (const HrModelEdit *edit, HrTargetKind kind, const char *wanted, const char *fresh, GError **error)
{
  if (wanted == NULL)
    return hr_model_edit_dup_free_name (edit, kind, fresh);
  return hr_model_edit_check_name (edit, kind, wanted, error) ? g_strdup (wanted) : NULL;
}

HrTarget *
hr_document_add_table (HrDocument *self, const char *name, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *new_name = NULL;
  HrTable *table;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  if (!hr_model_edit_begin (&edit, self, NULL, error))
    return NULL;
  new_name = dup_new_name (&edit, HR_TARGET_TABLE, name, "table", error);
  if (new_name == NULL)
    return NULL;
  table = hr_table_new (new_name);
  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  g_ptr_array_add (edit.model->tables, table);
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Add table %s"), new_name), error))
    return NULL;
  return hr_target_new (HR_TARGET_TABLE, new_name, NULL, NULL);
}

/* "Message group" in the manner of keys and of attributes: MESSAGE_GROUP, message_group. */
static char *
dup_identifier (const char *name, gboolean upper)
{
  char *text = upper ? g_ascii_strup (name, -1) : g_ascii_strdown (name, -1);

  g_strcanon (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", '_');
  return text;
}

static void
add_first_template (HrEntity *entity, const HrAttribute *key)
{
  g_autofree char *prefix = dup_identifier (entity->name, TRUE);
  g_autofree char *stem = dup_identifier (entity->name, FALSE);
  g_autofree char *id = g_strconcat (stem, "_id", NULL);
  g_autofree char *text = NULL;

  if (key->type == HR_TYPE_S)
    text = g_strdup_printf ("%s#{%s}", prefix, id);
  else
    text = g_strdup_printf ("{%s}", id);
  g_ptr_array_add (entity->keys, hr_entity_key_new (key->name, hr_key_template_parse (text, NULL, NULL)));
  if (hr_entity_find_variable (entity, id) == NULL)
    g_ptr_array_add (entity->key_parts, hr_attribute_new (id, key->type == HR_TYPE_N ? HR_TYPE_N : HR_TYPE_S));
}

HrTarget *
hr_document_add_entity (HrDocument *self, const char *table, const char *name, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *new_name = NULL;
  HrEntity *entity;
  const HrTable *around;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL, NULL);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (TABLE, table, NULL, NULL), error))
    return NULL;
  new_name = dup_new_name (&edit, HR_TARGET_ENTITY, name, "Entity", error);
  if (new_name == NULL)
    return NULL;
  around = edit.place.table;
  entity = hr_entity_new (new_name);
  if (around->partition_key->len > 0)
    add_first_template (entity, hr_table_get_partition_key (around));
  if (around->sort_key->len > 0)
    add_first_template (entity, hr_table_get_sort_key (around));
  g_ptr_array_add (around->entities, entity);
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Add entity %s"), new_name), error))
    return NULL;
  return hr_target_new (HR_TARGET_ENTITY, table, NULL, new_name);
}

static HrTarget *
add_variable (HrDocument *self, const HrTarget *wanted, HrType type, const char *fresh, const char *step,
              GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *name = NULL;
  GPtrArray *list;

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (ENTITY, wanted->table, NULL, wanted->owner), error))
    return NULL;
  name = dup_new_name (&edit, wanted->kind, wanted->name, fresh, error);
  if (name == NULL)
    return NULL;
  list = hr_target_place_get_list (&edit.place, edit.model, wanted->kind);
  g_ptr_array_add (list, hr_attribute_new (name, type));
  if (!hr_model_edit_apply (&edit, hr_text_fill (step, name), error))
    return NULL;
  return hr_target_new (wanted->kind, wanted->table, wanted->owner, name);
}

HrTarget *
hr_document_add_attribute (HrDocument *self, const char *table, const char *entity, const char *name, HrType type,
                           GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && entity != NULL && type < HR_N_TYPES, NULL);

  return add_variable (self, &HR_TARGET (ATTRIBUTE, table, entity, name), type, "attribute",
                       _("Add attribute %s"), error);
}

HrTarget *
hr_document_add_key_part (HrDocument *self, const char *table, const char *entity, const char *name, HrType type,
                          GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && entity != NULL && type < HR_N_TYPES, NULL);

  return add_variable (self, &HR_TARGET (KEY_PART, table, entity, name), type, "part", _("Add key part %s"),
                       error);
}

static void
add_index_key (GPtrArray *list, const HrTable *table, const char *attribute)
{
  g_ptr_array_add (list, hr_attribute_new (attribute, hr_table_guess_type (table, attribute)));
}

static char *
dup_index_stem (const char *partition, const char *sort)
{
  g_autofree char *stem = g_strjoin ("-", partition != NULL ? partition : sort, partition != NULL ? sort : NULL, NULL);

  g_strcanon (stem, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-", '-');
  return stem != NULL && *stem != '\0' ? g_strconcat (stem, "-index", NULL) : g_strdup ("index");
}

HrTarget *
hr_document_add_index (HrDocument *self, const char *table, const char *name, HrIndexKind kind, const char *partition,
                       const char *sort, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *stem = dup_index_stem (partition, sort);
  g_autofree char *new_name = NULL;
  const HrTable *around;
  HrIndex *index;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL, NULL);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (TABLE, table, NULL, NULL), error))
    return NULL;
  new_name = dup_new_name (&edit, HR_TARGET_INDEX, name, stem, error);
  if (new_name == NULL)
    return NULL;
  around = edit.place.table;
  index = hr_index_new (new_name, kind);
  if (partition == NULL && kind == HR_INDEX_LOCAL && around->partition_key->len > 0)
    partition = hr_table_get_partition_key (around)->name;
  add_index_key (index->partition_key, around, partition != NULL ? partition : "index_pk");
  if (sort != NULL)
    add_index_key (index->sort_key, around, sort);
  g_ptr_array_add (around->indexes, index);
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Add index %s"), new_name), error))
    return NULL;
  return hr_target_new (HR_TARGET_INDEX, table, NULL, new_name);
}

static gboolean
is_key (GPtrArray *const lists[2], const char *name)
{
  return hr_attributes_find (lists[HR_KEY_PARTITION], name) != NULL
         || hr_attributes_find (lists[HR_KEY_SORT], name) != NULL;
}

/* Most indexes are sorted as their table is. */
static char *
dup_free_key (const HrTable *table, const HrIndex *index, HrKeyRole role, GPtrArray *const lists[2])
{
  const char *stem = role == HR_KEY_SORT ? "sk" : "pk";
  const HrAttribute *sort_key = table->sort_key->len > 0 ? hr_table_get_sort_key (table) : NULL;
  char *name;

  if (index != NULL && role == HR_KEY_SORT && sort_key != NULL && !is_key (lists, sort_key->name))
    return g_strdup (sort_key->name);
  name = g_strconcat (index != NULL ? "index_" : "", stem, NULL);
  for (guint i = 2; is_key (lists, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s%s_%u", index != NULL ? "index_" : "", stem, i);
    }
  return name;
}

HrTarget *
hr_document_add_key (HrDocument *self, const char *table, const char *index, HrKeyRole role, const char *name,
                     HrType type, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *fresh = NULL;
  GPtrArray *lists[2];
  HrTarget target = index != NULL ? HR_TARGET (INDEX, table, NULL, index) : HR_TARGET (TABLE, table, NULL, NULL);

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && type < HR_N_TYPES, NULL);

  if (!hr_model_edit_begin (&edit, self, &target, error))
    return NULL;
  lists[HR_KEY_PARTITION] = index != NULL ? edit.place.index->partition_key : edit.place.table->partition_key;
  lists[HR_KEY_SORT] = index != NULL ? edit.place.index->sort_key : edit.place.table->sort_key;
  if (name == NULL)
    {
      name = fresh = dup_free_key (edit.place.table, edit.place.index, role, lists);
      type = hr_table_guess_type (edit.place.table, name);
    }
  if (*name == '\0')
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("A key attribute needs a name."));
      return NULL;
    }
  if (is_key (lists, name))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_EXISTS, _("%s is part of this key already."), name);
      return NULL;
    }
  g_ptr_array_add (lists[role], hr_attribute_new (name, type));
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Add key %s to %s"), name, index != NULL ? index : table), error))
    return NULL;
  return hr_target_new (HR_TARGET_KEY, table, index, name);
}

/* A Query by the partition key, whose value is a parameter: what can be asked of any table. */
static void
add_first_step (HrPattern *pattern, const HrTable *table)
{
  HrStep *step = hr_step_new ("items", "Query");
  const HrAttribute *key = table->partition_key->len > 0 ? hr_table_get_partition_key (table) : NULL;
  const char *type = key != NULL ? hr_type_get_name (key->type) : "S";
  g_auto (HrBuffer) request = HR_BUFFER_INIT;

  hr_buffer_append_string (&request, "{\"TableName\":");
  hr_json_write_string (&request, table->name, strlen (table->name));
  hr_buffer_append_string (&request, ",\"KeyConditionExpression\":\"#pk = :pk\",");
  hr_buffer_append_string (&request, "\"ExpressionAttributeNames\":{\"#pk\":");
  hr_json_write_string (&request, key != NULL ? key->name : "pk", key != NULL ? strlen (key->name) : 2);
  hr_buffer_printf (&request, "},\"ExpressionAttributeValues\":{\":pk\":{\"%s\":\"{pk}\"}}}", type);
  g_free (step->request);
  step->request = hr_buffer_steal (&request, NULL);
  g_ptr_array_add (pattern->steps, step);
  g_ptr_array_add (pattern->parameters, hr_parameter_new ("pk", key != NULL ? key->type : HR_TYPE_S, NULL));
}

HrTarget *
hr_document_insert_pattern (HrDocument *self, const HrPattern *pattern, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrPattern *copy;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL, NULL);

  if (!hr_model_edit_begin (&edit, self, NULL, error))
    return NULL;
  copy = hr_pattern_copy (pattern);
  if (*copy->id == '\0' || hr_model_find_pattern (edit.model, copy->id) != NULL)
    {
      g_free (copy->id);
      copy->id = hr_model_dup_next_pattern_id (edit.model);
    }
  g_ptr_array_add (edit.model->patterns, copy);
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Add pattern %s"), copy->id), error))
    return NULL;
  return hr_target_new (HR_TARGET_PATTERN, NULL, NULL, copy->id);
}

HrTarget *
hr_document_add_pattern (HrDocument *self, const char *table, const char *name, GError **error)
{
  const HrModel *model;
  const HrTable *around = NULL;
  g_autoptr (HrPattern) pattern = NULL;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  model = hr_document_get_model (self);
  if (table != NULL)
    around = hr_model_find_table (model, table);
  else if (model->tables->len > 0)
    around = model->tables->pdata[0];
  if (table != NULL && around == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("The model has no table %s."), table);
      return NULL;
    }
  pattern = hr_pattern_new ("", name != NULL ? name : _("New question"));
  if (around != NULL)
    add_first_step (pattern, around);
  return hr_document_insert_pattern (self, pattern, error);
}

HrTarget *
hr_document_add_parameter (HrDocument *self, const char *pattern, const char *name, HrType type, const char *example,
                           GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *new_name = NULL;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL && type < HR_N_TYPES, NULL);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (PATTERN, NULL, NULL, pattern), error))
    return NULL;
  new_name = dup_new_name (&edit, HR_TARGET_PARAMETER, name, "value", error);
  if (new_name == NULL)
    return NULL;
  g_ptr_array_add (edit.place.pattern->parameters, hr_parameter_new (new_name, type, example));
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Add parameter %s to pattern %s"), new_name, pattern), error))
    return NULL;
  return hr_target_new (HR_TARGET_PARAMETER, NULL, pattern, new_name);
}

HrTarget *
hr_document_add_step (HrDocument *self, const char *pattern, const char *name, const char *operation,
                      const char *request, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *new_name = NULL;
  g_autofree char *text = NULL;
  HrStep *step;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL && operation != NULL, NULL);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (PATTERN, NULL, NULL, pattern), error))
    return NULL;
  new_name = dup_new_name (&edit, HR_TARGET_STEP, name, "step", error);
  if (new_name != NULL)
    text = hr_edit_dup_request (request != NULL ? request : "{}", error);
  if (text == NULL)
    return NULL;
  step = hr_step_new (new_name, operation);
  g_free (step->request);
  step->request = g_steal_pointer (&text);
  g_ptr_array_add (edit.place.pattern->steps, step);
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Add step %s to pattern %s"), new_name, pattern), error))
    return NULL;
  return hr_target_new (HR_TARGET_STEP, NULL, pattern, new_name);
}
