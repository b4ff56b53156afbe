/*
 * What of a table the engine is given.
 *
 * A model may be half finished: keys of an odd type, an index without a key, two indexes of one name. The
 * engine holds tables as the service has them, so it gets a copy with the parts that make sense and nothing of
 * the rest (which hr_model_validate() complains about): entities are left out, indexes that contradict the table
 * are skipped, and a table without a proper primary key is not given to it at all.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/engine/definition-text.h"
#include "model/value/codec.h"

static gboolean
is_key_attribute (const HrAttribute *attribute)
{
  gsize length = attribute->name != NULL ? strlen (attribute->name) : 0;

  return length > 0 && length <= HR_LIMIT_KEY_NAME_BYTES && attribute->type <= HR_TYPE_B;
}

static gboolean
is_key_list (const GPtrArray *attributes, guint min, guint max)
{
  if (attributes->len < min || attributes->len > max)
    return FALSE;
  for (guint i = 0; i < attributes->len; i++)
    if (!is_key_attribute (g_ptr_array_index (attributes, i)))
      return FALSE;
  return TRUE;
}

/* Names of one key are distinct, and an attribute has one type in all keys of a table: @types has the table's
 * and those of the indexes before. */
static gboolean
claim_attributes (GHashTable *types, const HrIndex *index)
{
  const GPtrArray *lists[] = { index->partition_key, index->sort_key };
  g_autoptr (GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, type;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        const HrAttribute *attribute = g_ptr_array_index (lists[i], j);

        if (g_hash_table_lookup_extended (types, attribute->name, NULL, &type)
            && GPOINTER_TO_UINT (type) != attribute->type)
          return FALSE;
        if (!g_hash_table_insert (own, attribute->name, GUINT_TO_POINTER (attribute->type)))
          return FALSE;
      }

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &type))
    g_hash_table_insert (types, name, type);
  return TRUE;
}

static gboolean
has_sound_keys (const HrTable *table, const HrIndex *index)
{
  if (index->kind == HR_INDEX_GLOBAL)
    return is_key_list (index->partition_key, 1, HR_LIMIT_INDEX_KEY_ATTRIBUTES)
           && is_key_list (index->sort_key, 0, HR_LIMIT_INDEX_KEY_ATTRIBUTES);
  return table->sort_key->len == 1 && hr_attributes_equal (index->partition_key, table->partition_key)
         && is_key_list (index->sort_key, 1, 1);
}

static void
remove_odd_indexes (HrTable *table)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const GPtrArray *lists[] = { table->partition_key, table->sort_key };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        HrAttribute *attribute = g_ptr_array_index (lists[i], j);

        g_hash_table_insert (types, attribute->name, GUINT_TO_POINTER (attribute->type));
      }

  for (guint i = 0; i < table->indexes->len;)
    {
      HrIndex *index = g_ptr_array_index (table->indexes, i);

      if (index->name != NULL && *index->name != '\0' && !g_hash_table_contains (names, index->name)
          && has_sound_keys (table, index) && claim_attributes (types, index))
        {
          g_hash_table_add (names, index->name);
          i++;
        }
      else
        g_ptr_array_remove_index (table->indexes, i);
    }
}

static gboolean
has_sound_primary_key (const HrTable *table)
{
  const HrAttribute *partition, *sort;

  if (!is_key_list (table->partition_key, 1, 1) || !is_key_list (table->sort_key, 0, 1))
    return FALSE;
  partition = hr_table_get_partition_key (table);
  sort = hr_table_get_sort_key (table);
  return sort == NULL || !g_str_equal (partition->name, sort->name);
}

HrTable *
hr_definition_new (const HrTable *table)
{
  HrTable *definition;

  if (table->name == NULL || *table->name == '\0' || strlen (table->name) > HR_LIMIT_TABLE_NAME_MAX
      || !has_sound_primary_key (table))
    return NULL;

  definition = hr_table_copy (table);
  g_ptr_array_set_size (definition->entities, 0);
  remove_odd_indexes (definition);
  return definition;
}

char *
hr_definition_print (const HrTable *definition)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_definition_write (definition, &out);
  return hr_buffer_steal (&out, NULL);
}

gboolean
hr_definition_is_same_to_engine (const HrTable *a, const HrTable *b)
{
  g_autoptr (HrTable) left = hr_definition_new (a);
  g_autoptr (HrTable) right = hr_definition_new (b);
  g_autofree char *left_text = left != NULL ? hr_definition_print (left) : NULL;
  g_autofree char *right_text = right != NULL ? hr_definition_print (right) : NULL;

  return g_str_equal (a->name, b->name) && g_strcmp0 (left_text, right_text) == 0;
}

gboolean
hr_definition_get_key (const HrTable *definition, const HrValue *item, HrArena *arena, HrValue *key)
{
  const HrAttribute *attributes[] = { hr_table_get_partition_key (definition),
                                      hr_table_get_sort_key (definition) };
  HrMember *members = hr_arena_array (arena, HrMember, G_N_ELEMENTS (attributes));
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (attributes) && attributes[i] != NULL; i++)
    {
      gsize length = strlen (attributes[i]->name);
      const HrValue *value = hr_map_get (item, attributes[i]->name, length);

      if (value == NULL || value->type != attributes[i]->type)
        return FALSE;
      members[count++] = (HrMember) { hr_arena_strndup (arena, attributes[i]->name, length), (guint32) length,
                                      *value };
    }
  hr_members_sort (members, count);
  *key = hr_value_map (members, count);
  return TRUE;
}

char *
hr_definition_print_key (const HrValue *key)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_item_to_json (key, TRUE, &out);
  return hr_buffer_steal (&out, NULL);
}

/* A table that is refused for what it says (not because the store failed) is left out like one that makes no sense. */
gboolean
hr_definition_create (HrEngine *engine, const HrTable *table, GError **error)
{
  g_autoptr (HrTable) definition = hr_definition_new (table);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };

  if (definition == NULL || hr_engine_create_table (engine, definition, &call, &service_error)
      || service_error.kind != HR_SERVICE_INTERNAL)
    return TRUE;

  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("Table %s could not be created: %s"), definition->name,
               service_error.message);
  return FALSE;
}

gboolean
hr_definition_update (HrEngine *engine, const HrTable *table, GError **error)
{
  g_autoptr (HrTable) definition = hr_definition_new (table);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };

  g_assert (definition != NULL); /* the engine has a table with these keys */
  if (hr_engine_update_table (engine, definition, &call, &service_error))
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("Table %s could not be changed: %s"), definition->name,
               service_error.message);
  return FALSE;
}
