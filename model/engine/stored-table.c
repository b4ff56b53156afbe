/*
 * A table at work: its definition with everything derived from it that operations need at hand.
 */
#include "model/engine/engine-private.h"

static int
compare_names (const char *a, gsize a_length, const char *b, gsize b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const HrKeyPart *x = a;
  const HrKeyPart *y = b;

  return compare_names (x->name, x->name_length, y->name, y->name_length);
}

static int
compare_indexes_cb (gconstpointer a, gconstpointer b)
{
  const HrStoredIndex *const *x = a;
  const HrStoredIndex *const *y = b;

  return strcmp ((*x)->definition->name, (*y)->definition->name);
}

static void
index_init_projection (HrStoredIndex *self)
{
  const HrIndex *definition = self->definition;
  GPtrArray *included = definition->projection == HR_PROJECT_INCLUDE ? definition->included : NULL;
  guint n_included = included != NULL ? included->len : 0;

  if (definition->projection == HR_PROJECT_ALL)
    return;

  self->projected = g_new (HrKeyPart, self->layout.n_parts + n_included);
  memcpy (self->projected, self->layout.parts, sizeof (HrKeyPart) * self->layout.n_parts);
  self->n_projected = self->layout.n_parts;
  for (guint i = 0; i < n_included; i++)
    {
      const char *name = g_ptr_array_index (included, i);

      self->projected[self->n_projected++] = (HrKeyPart) { name, strlen (name), HR_TYPE_S };
    }
  qsort (self->projected, self->n_projected, sizeof (HrKeyPart), compare_parts);
}

HrStoredTable *
hr_stored_table_new (sqlite3 *db, HrTable *definition, gint64 number, const gint64 *index_numbers)
{
  HrStoredTable *self = g_new0 (HrStoredTable, 1);

  self->definition = definition;
  self->number = number;
  self->status = HR_TABLE_ACTIVE;
  hr_key_layout_init (&self->layout, definition, NULL);
  hr_tree_init (&self->tree, db, TRUE, number);
  self->n_indexes = definition->indexes != NULL ? definition->indexes->len : 0;
  self->indexes = g_new0 (HrStoredIndex, self->n_indexes);
  self->indexes_by_name = g_new0 (const HrStoredIndex *, self->n_indexes);
  self->counters = g_malloc0 (sizeof (HrCounters) + sizeof (HrIndexInfo) * self->n_indexes);
  for (guint i = 0; i < self->n_indexes; i++)
    {
      HrStoredIndex *index = &self->indexes[i];

      index->definition = g_ptr_array_index (definition->indexes, i);
      index->number = index_numbers[i];
      index->status = HR_TABLE_ACTIVE;
      hr_key_layout_init (&index->layout, definition, index->definition);
      index_init_projection (index);
      hr_tree_init (&index->tree, db, FALSE, index->number);
      self->indexes_by_name[i] = index;
      self->has_local_indexes |= index->definition->kind == HR_INDEX_LOCAL;
    }
  if (self->n_indexes > 0)
    qsort (self->indexes_by_name, self->n_indexes, sizeof (gpointer), compare_indexes_cb);
  return self;
}

void
hr_stored_table_free (HrStoredTable *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_indexes; i++)
    {
      hr_tree_clear (&self->indexes[i].tree);
      g_free (self->indexes[i].projected);
      hr_buffer_clear (&self->indexes[i].built_to);
    }
  hr_tree_clear (&self->tree);
  sqlite3_finalize (self->stream.append);
  sqlite3_finalize (self->recovery.append);
  for (guint i = 0; i < HR_EXPIRY_N_STATEMENTS; i++)
    sqlite3_finalize (self->expiry.statements[i]);
  g_free (self->stream.label);
  g_free (self->indexes);
  g_free (self->indexes_by_name);
  g_free (self->counters);
  g_free (self->base);
  g_clear_pointer (&self->collections.by_partition, g_hash_table_unref);
  g_free (self->id);
  hr_table_free (self->definition);
  g_free (self);
}

HrStoredIndex *
hr_stored_table_find_index (const HrStoredTable *self, const char *name)
{
  for (guint i = 0; i < self->n_indexes; i++)
    if (strcmp (self->indexes[i].definition->name, name) == 0)
      return &self->indexes[i];
  return NULL;
}

gboolean
hr_stored_index_covers (const HrStoredIndex *self, const guint8 *key, gsize key_length)
{
  const HrBuffer *last = &self->built_to;

  if (!self->is_partial)
    return TRUE;
  return compare_names ((const char *) key, key_length, last->data != NULL ? last->data : "", last->length) <= 0;
}

gboolean
hr_stored_index_projects (const HrStoredIndex *self, const char *name, gsize name_length)
{
  HrKeyPart wanted = { name, name_length, HR_TYPE_S };

  return self->projected == NULL
         || bsearch (&wanted, self->projected, self->n_projected, sizeof (HrKeyPart), compare_parts) != NULL;
}

HrValue
hr_stored_index_project (const HrStoredIndex *self, const HrValue *item, HrArena *arena)
{
  HrMember *members;
  guint count = 0;

  if (self->projected == NULL)
    return *item;

  members = hr_arena_array (arena, HrMember, MIN (item->length, self->n_projected));
  for (guint i = 0, j = 0; i < item->length && j < self->n_projected;)
    {
      const HrMember *member = &item->members[i];
      const HrKeyPart *part = &self->projected[j];
      int order = compare_names (member->name, member->name_length, part->name, part->name_length);

      if (order == 0)
        members[count++] = *member;
      i += order <= 0;
      j += order >= 0;
    }
  return hr_value_map (members, count);
}
