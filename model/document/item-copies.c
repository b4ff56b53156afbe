/*
 * The trace of one item: what the table and each index hold of it.
 *
 * Entries are looked up, not computed: an index that is still being built does not hold what it will.
 */
#include "model/document/item-copies.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/rows.h"
#include "model/value/record.h"

typedef struct
{
  HrArena *arena;
  const HrRowPlace *place;
  HrItemCopy *copy;
} Search;

/* The first row that is not before the place. */
static gboolean
take_row_cb (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length, gpointer user_data)
{
  Search *self = user_data;
  HrItemCopy *copy = self->copy;

  if (key_length != self->place->key_length || memcmp (key, self->place->key, key_length) != 0)
    return FALSE;
  copy->size_bytes = hr_record_size_bytes (row->record, row->record_length);
  copy->is_present = hr_record_decode (hr_arena_memdup (self->arena, row->record, row->record_length),
                                       row->record_length, self->arena, &copy->content);
  return FALSE;
}

static gboolean
look_up (HrEngine *engine, const HrTable *table, const HrValue *item, HrArena *arena, HrItemCopy *copy, GError **error)
{
  g_auto (HrBuffer) end = HR_BUFFER_INIT;
  HrRowWalk walk = { .table = table->name, .index = copy->index };
  HrRowPlace place;
  Search search = { arena, &place, copy };

  if (!hr_engine_place_item (engine, table->name, copy->index, item, arena, &place))
    return TRUE;
  hr_buffer_append (&end, place.key, place.key_length);
  hr_key_to_successor (&end);
  walk.range = (HrKeyRange) { place.key, (const guint8 *) end.data, place.key_length, end.length };
  return hr_engine_walk_rows (engine, &walk, take_row_cb, &search, error);
}

static void
take_key (const HrTable *table, HrArena *arena, HrItemCopy *copy)
{
  HrValue values[HR_KEY_PARTS_MAX];
  HrKeyLayout layout;

  if (hr_key_layout_init (&layout, table, copy->definition) && hr_key_layout_gather (&layout, &copy->content, values))
    copy->key = hr_key_layout_to_map (&layout, values, arena);
}

static const char *
give_reason (const HrTable *table, const HrValue *item, HrArena *arena, HrItemCopy *copy)
{
  g_autofree char *words = NULL;
  HrKeyLayout layout;

  if (!hr_key_layout_init (&layout, table, copy->definition))
    return _ ("the index has no usable key");
  copy->lack = hr_index_judge_item (&layout, item);
  if (copy->lack == 0)
    return _ ("the index is still being built");
  words = hr_index_lack_describe (copy->lack, &layout);
  return hr_arena_strdup (arena, words);
}

guint
hr_item_find_copies (HrEngine *engine, const HrTable *table, const HrValue *key, HrArena *arena, HrItemCopy **copies,
                     GError **error)
{
  guint n_indexes = table->indexes->len;
  HrItemCopy *found = hr_arena_array (arena, HrItemCopy, n_indexes + 1);
  HrItemCopy *base = &found[0];

  *copies = found;
  *base = (HrItemCopy) { .key = hr_value_null (), .content = hr_value_null () };
  if (!look_up (engine, table, key, arena, base, error))
    return 0;
  if (!base->is_present)
    {
      base->reason = _ ("there is no such item");
      return 1;
    }
  take_key (table, arena, base);
  for (guint i = 0; i < n_indexes; i++)
    {
      HrItemCopy *copy = &found[i + 1];

      *copy = (HrItemCopy) { .key = hr_value_null (), .content = hr_value_null () };
      copy->definition = g_ptr_array_index (table->indexes, i);
      copy->index = copy->definition->name;
      if (!look_up (engine, table, &base->content, arena, copy, error))
        return 0;
      if (copy->is_present)
        take_key (table, arena, copy);
      else
        copy->reason = give_reason (table, &base->content, arena, copy);
    }
  return n_indexes + 1;
}
