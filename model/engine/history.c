/*
 * When a table went on demand, and when it last got more or fewer units: a property of four numbers.
 *
 * A table that was made on demand and never changed has none; it went on demand when it was made. How many decreases
 * there were is counted for the day (UTC) of the last one.
 */
#include "model/engine/history.h"

#include "model/engine/properties.h"

#include <stdio.h>

#define PROPERTY "history"
#define DAY_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

static HrTableHistory
read_stored (HrEngine *engine, const HrStoredTable *table, HrArena *arena)
{
  const char *text = hr_property_read (engine, table->number, PROPERTY, arena);
  HrTableHistory history = { 0, 0, 0, 0 };

  if (text == NULL && table->definition->settings.billing == HR_BILLING_ON_DEMAND)
    history.on_demand_us = table->created_us;
  if (text != NULL)
    sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u", &history.on_demand_us,
            &history.increased_us, &history.decreased_us, &history.decreases_today);
  return history;
}

static void
note_units (HrTableHistory *history, const HrSettings *old, const HrSettings *new, gint64 now_us)
{
  if (new->read_units > old->read_units || new->write_units > old->write_units)
    history->increased_us = now_us;
  if (new->read_units < old->read_units || new->write_units < old->write_units)
    {
      gboolean is_same_day = history->decreased_us / DAY_US == now_us / DAY_US;

      history->decreases_today = (is_same_day ? history->decreases_today : 0) + 1;
      history->decreased_us = now_us;
    }
}

gboolean
hr_history_note (HrEngine *engine, const HrStoredTable *table, const HrSettings *old)
{
  const HrSettings *new = &table->definition->settings;
  g_autoptr (HrArena) arena = NULL;
  gint64 now_us = hr_clock_now_us (engine->clock);
  HrTableHistory history;

  if (old->billing == new->billing && old->read_units == new->read_units && old->write_units == new->write_units)
    return TRUE;
  arena = hr_arena_new ();
  history = read_stored (engine, table, arena);
  if (old->billing == HR_BILLING_ON_DEMAND && history.on_demand_us == 0)
    history.on_demand_us = table->created_us;
  if (old->billing != HR_BILLING_ON_DEMAND && new->billing == HR_BILLING_ON_DEMAND)
    history.on_demand_us = now_us;
  if (old->billing == new->billing)
    note_units (&history, old, new, now_us);
  return hr_property_store (engine, table->number, PROPERTY,
                            hr_arena_printf (arena, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u",
                                             history.on_demand_us, history.increased_us, history.decreased_us,
                                             history.decreases_today));
}

void
hr_history_read (HrEngine *engine, const HrStoredTable *table, HrArena *arena, HrTableHistory *history)
{
  *history = read_stored (engine, table, arena);
  if (history->decreased_us / DAY_US != hr_clock_now_us (engine->clock) / DAY_US)
    history->decreases_today = 0;
}
