/*
 * When a table went on demand, and when it or one of its global indexes last got more or fewer units: a property of
 * four numbers for each.
 *
 * A table that was made on demand and never changed has none; it went on demand when it was made. How many decreases
 * there were is counted for the day (UTC) of the last one.
 */
#include "model/engine/history.h"

#include "model/engine/properties.h"

#include <stdio.h>

#define PROPERTY "history"
#define PROPERTY_OF_INDEX PROPERTY "/%s"
#define DAY_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* @name of the property */
static HrTableHistory
read_property (HrEngine *engine, const HrStoredTable *table, const char *name, HrArena *arena, gboolean *is_there)
{
  const char *text = hr_property_read (engine, table->number, name, arena);
  HrTableHistory history = { 0, 0, 0, 0 };

  *is_there = text != NULL;
  if (text != NULL)
    sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u", &history.on_demand_us,
            &history.increased_us, &history.decreased_us, &history.decreases_today);
  return history;
}

static gboolean
store_property (HrEngine *engine, const HrStoredTable *table, const char *name, const HrTableHistory *history)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u",
                                           history->on_demand_us, history->increased_us, history->decreased_us,
                                           history->decreases_today);

  return hr_property_store (engine, table->number, name, text);
}

static HrTableHistory
read_of_table (HrEngine *engine, const HrStoredTable *table, HrArena *arena)
{
  gboolean is_there;
  HrTableHistory history = read_property (engine, table, PROPERTY, arena, &is_there);

  if (!is_there && table->definition->settings.billing == HR_BILLING_ON_DEMAND)
    history.on_demand_us = table->created_us;
  return history;
}

static void
note_units (HrTableHistory *history, const HrUnits *old, const HrUnits *new, gint64 now_us)
{
  if (new->read > old->read || new->write > old->write)
    history->increased_us = now_us;
  if (new->read < old->read || new->write < old->write)
    {
      gboolean is_same_day = history->decreased_us / DAY_US == now_us / DAY_US;

      history->decreases_today = (is_same_day ? history->decreases_today : 0) + 1;
      history->decreased_us = now_us;
    }
}

static gboolean
note_table (HrEngine *engine, const HrStoredTable *table, const HrSettings *old, HrArena *arena)
{
  const HrSettings *new = &table->definition->settings;
  gint64 now_us = hr_clock_now_us (engine->clock);
  HrTableHistory history;

  if (old->billing == new->billing && old->read_units == new->read_units && old->write_units == new->write_units)
    return TRUE;
  history = read_of_table (engine, table, arena);
  if (old->billing == HR_BILLING_ON_DEMAND && history.on_demand_us == 0)
    history.on_demand_us = table->created_us;
  if (old->billing != HR_BILLING_ON_DEMAND && new->billing == HR_BILLING_ON_DEMAND)
    history.on_demand_us = now_us;
  if (old->billing == new->billing)
    note_units (&history, &(HrUnits) { old->read_units, old->write_units },
                &(HrUnits) { new->read_units, new->write_units }, now_us);
  return store_property (engine, table, PROPERTY, &history);
}

/* @new NULL: the index is gone, and one that gets its name begins anew. */
static gboolean
note_index (HrEngine *engine, const HrStoredTable *table, const HrIndex *old, const HrIndex *new, gboolean is_priced,
            HrArena *arena)
{
  const char *name = hr_arena_printf (arena, PROPERTY_OF_INDEX, old->name);
  HrTableHistory history;
  gboolean is_there;

  if (new == NULL)
    return hr_property_store (engine, table->number, name, NULL);
  if (!is_priced || (old->read_units == new->read_units && old->write_units == new->write_units))
    return TRUE;
  history = read_property (engine, table, name, arena, &is_there);
  note_units (&history, &(HrUnits) { old->read_units, old->write_units },
              &(HrUnits) { new->read_units, new->write_units }, hr_clock_now_us (engine->clock));
  return store_property (engine, table, name, &history);
}

gboolean
hr_history_note (HrEngine *engine, const HrStoredTable *table, const HrTable *old)
{
  const HrTable *new = table->definition;
  g_autoptr (HrArena) arena = hr_arena_new ();

  if (!note_table (engine, table, &old->settings, arena))
    return FALSE;
  for (guint i = 0; i < old->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (old->indexes, i);

      if (index->kind == HR_INDEX_GLOBAL
          && !note_index (engine, table, index, hr_table_find_index (new, index->name),
                          old->settings.billing == new->settings.billing, arena))
        return FALSE;
    }
  return TRUE;
}

static void
end_day (const HrEngine *engine, HrTableHistory *history)
{
  if (history->decreased_us / DAY_US != hr_clock_now_us (engine->clock) / DAY_US)
    history->decreases_today = 0;
}

void
hr_history_read (HrEngine *engine, const HrStoredTable *table, HrArena *arena, HrTableHistory *history)
{
  *history = read_of_table (engine, table, arena);
  end_day (engine, history);
}

const HrTableHistory *
hr_history_read_indexes (HrEngine *engine, const HrStoredTable *table, HrArena *arena)
{
  HrTableHistory *histories = hr_arena_alloc0 (arena, sizeof (HrTableHistory) * table->n_indexes);
  gboolean is_there;

  for (guint i = 0; i < table->n_indexes; i++)
    if (table->indexes[i].definition->kind == HR_INDEX_GLOBAL)
      {
        const char *name = hr_arena_printf (arena, PROPERTY_OF_INDEX, table->indexes[i].definition->name);

        histories[i] = read_property (engine, table, name, arena, &is_there);
        end_day (engine, &histories[i]);
      }
  return histories;
}
