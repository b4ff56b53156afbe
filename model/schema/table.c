/*
 * Tables as a model defines them: keys, settings, indexes and entities.
 *
 * The lists are short (a table has at most 25 indexes), so names are found by walking them.
 */
#include "model/schema/definitions-private.h"

#include <string.h>

static gpointer
copy_index_cb (gconstpointer index, gpointer user_data)
{
  return hr_index_copy (index);
}

static gpointer
copy_entity_cb (gconstpointer entity, gpointer user_data)
{
  return hr_entity_copy (entity);
}

HrTable *
hr_table_new (const char *name)
{
  HrTable *self = g_new0 (HrTable, 1);

  self->name = g_strdup (name);
  self->partition_key = hr_attributes_new ();
  self->sort_key = hr_attributes_new ();
  hr_settings_init (&self->settings);
  self->indexes = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_index_free);
  self->entities = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_entity_free);
  self->place = HR_RANGE_NONE;
  return self;
}

HrTable *
hr_table_copy (const HrTable *self)
{
  HrTable *copy = g_new (HrTable, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  copy->partition_key = hr_attributes_copy (self->partition_key);
  copy->sort_key = hr_attributes_copy (self->sort_key);
  hr_settings_copy (&copy->settings, &self->settings);
  copy->indexes = hr_definitions_copy (self->indexes, copy_index_cb);
  copy->entities = hr_definitions_copy (self->entities, copy_entity_cb);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_table_free (HrTable *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->description);
  g_ptr_array_unref (self->partition_key);
  g_ptr_array_unref (self->sort_key);
  hr_settings_clear (&self->settings);
  g_ptr_array_unref (self->indexes);
  g_ptr_array_unref (self->entities);
  hr_extras_free (self->extras);
  g_free (self);
}

static const HrAttribute *
first_attribute (const GPtrArray *list)
{
  return list->len > 0 ? list->pdata[0] : NULL;
}

const HrAttribute *
hr_table_get_partition_key (const HrTable *self)
{
  return first_attribute (self->partition_key);
}

const HrAttribute *
hr_table_get_sort_key (const HrTable *self)
{
  return first_attribute (self->sort_key);
}

gboolean
hr_table_is_key (const HrTable *self, const char *name)
{
  return hr_attributes_find (self->partition_key, name) != NULL || hr_attributes_find (self->sort_key, name) != NULL;
}

gboolean
hr_attributes_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const HrAttribute *left = g_ptr_array_index (a, i);
      const HrAttribute *right = g_ptr_array_index (b, i);

      if (left->type != right->type || g_strcmp0 (left->name, right->name) != 0)
        return FALSE;
    }
  return TRUE;
}

const HrIndex *
hr_table_find_index (const HrTable *self, const char *name)
{
  for (guint i = 0; i < self->indexes->len; i++)
    {
      const HrIndex *index = self->indexes->pdata[i];

      if (strcmp (index->name, name) == 0)
        return index;
    }
  return NULL;
}

const HrEntity *
hr_table_find_entity (const HrTable *self, const char *name)
{
  for (guint i = 0; i < self->entities->len; i++)
    {
      const HrEntity *entity = self->entities->pdata[i];

      if (strcmp (entity->name, name) == 0)
        return entity;
    }
  return NULL;
}

static const HrAttribute *
find_key (const GPtrArray *partition_key, const GPtrArray *sort_key, const char *name)
{
  const HrAttribute *attribute = hr_attributes_find (partition_key, name);

  return attribute != NULL ? attribute : hr_attributes_find (sort_key, name);
}

const HrAttribute *
hr_table_find_key_attribute (const HrTable *self, const char *name)
{
  const HrAttribute *attribute = find_key (self->partition_key, self->sort_key, name);

  for (guint i = 0; attribute == NULL && i < self->indexes->len; i++)
    {
      const HrIndex *index = self->indexes->pdata[i];

      attribute = find_key (index->partition_key, index->sort_key, name);
    }
  return attribute;
}

typedef struct
{
  GHashTable *seen;
  void (*func) (const HrAttribute *, gpointer);
  gpointer user_data;
} KeyWalk;

static void
walk_keys (KeyWalk *walk, const GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const HrAttribute *attribute = list->pdata[i];

      if (g_hash_table_add (walk->seen, attribute->name))
        walk->func (attribute, walk->user_data);
    }
}

void
hr_table_foreach_key_attribute (const HrTable *self, void (*func) (const HrAttribute *, gpointer),
                                gpointer user_data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  KeyWalk walk = { seen, func, user_data };

  walk_keys (&walk, self->partition_key);
  walk_keys (&walk, self->sort_key);
  for (guint i = 0; i < self->indexes->len; i++)
    {
      const HrIndex *index = self->indexes->pdata[i];

      walk_keys (&walk, index->partition_key);
      walk_keys (&walk, index->sort_key);
    }
}
