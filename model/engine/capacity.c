/*
 * Sums of consumed capacity, by table and index.
 *
 * Lists are short and in order of first use, so they are searched; they grow in the arena by doubling.
 */
#include "model/engine/capacity.h"

static gpointer
grow (HrArena *arena, gpointer elements, guint count, gsize size)
{
  gpointer larger;

  if (count > 0 && (count & (count - 1)) != 0)
    return elements;
  larger = hr_arena_alloc0 (arena, size * (count > 0 ? 2 * count : 1));
  if (count > 0)
    memcpy (larger, elements, size * count);
  return larger;
}

static HrTableCapacity *
need_table (HrCapacity *capacity, HrArena *arena, const char *name)
{
  HrTableCapacity *table;

  for (guint i = 0; i < capacity->n_tables; i++)
    if (strcmp (capacity->tables[i].table, name) == 0)
      return &capacity->tables[i];
  capacity->tables = grow (arena, capacity->tables, capacity->n_tables, sizeof (HrTableCapacity));
  table = &capacity->tables[capacity->n_tables++];
  table->table = hr_arena_strdup (arena, name);
  return table;
}

static HrCapacityArm *
need_arm (HrTableCapacity *table, HrArena *arena, const char *name, gboolean local)
{
  HrCapacityArm *arm;

  for (guint i = 0; i < table->n_arms; i++)
    if (strcmp (table->arms[i].name, name) == 0)
      return &table->arms[i];
  table->arms = grow (arena, table->arms, table->n_arms, sizeof (HrCapacityArm));
  arm = &table->arms[table->n_arms++];
  arm->name = hr_arena_strdup (arena, name);
  arm->local = local;
  return arm;
}

static void
add (HrCapacity *capacity, HrArena *arena, const char *table_name, const HrCapacityArm *amount)
{
  HrTableCapacity *table = need_table (capacity, arena, table_name);

  if (amount->name == NULL)
    {
      table->read_halves += amount->read_halves;
      table->write_units += amount->write_units;
    }
  else
    {
      HrCapacityArm *arm = need_arm (table, arena, amount->name, amount->local);

      arm->read_halves += amount->read_halves;
      arm->write_units += amount->write_units;
    }
}

static void
charge (HrCharge *self, const HrStoredTable *table, const HrStoredIndex *index, guint64 read_halves,
        guint64 write_units)
{
  HrCapacityArm amount = { NULL, FALSE, read_halves, write_units };

  if (!self->is_wanted)
    return;
  if (index != NULL)
    {
      amount.name = index->definition->name;
      amount.local = index->definition->kind == HR_INDEX_LOCAL;
    }
  add (&self->capacity, self->call->arena, table->definition->name, &amount);
}

void
hr_charge_read (HrCharge *self, const HrStoredTable *table, const HrStoredIndex *index, guint64 read_halves)
{
  charge (self, table, index, read_halves, 0);
}

void
hr_charge_write (HrCharge *self, const HrStoredTable *table, const HrStoredIndex *index, guint64 write_units)
{
  charge (self, table, index, 0, write_units);
}

static void
settle_amount (HrCharge *self, const char *table, const HrCapacityArm *amount)
{
  HrCall *call = self->call;

  if (amount->name == NULL && amount->read_halves == 0 && amount->write_units == 0)
    return;
  if (call->capacity != NULL)
    add (call->capacity, call->arena, table, amount);
  if (call->trace != NULL)
    {
      HrTraceEvent event = {
        .kind = HR_TRACE_CAPACITY,
        .table = table,
        .index = amount->name,
        .key = hr_value_null (),
        .read_halves = amount->read_halves,
        .write_units = amount->write_units,
      };

      hr_trace_add (call->trace, &event);
    }
}

void
hr_charge_settle (HrCharge *self)
{
  for (guint i = 0; i < self->capacity.n_tables; i++)
    {
      const HrTableCapacity *table = &self->capacity.tables[i];
      HrCapacityArm own = { NULL, FALSE, table->read_halves, table->write_units };

      settle_amount (self, table->table, &own);
      for (guint j = 0; j < table->n_arms; j++)
        settle_amount (self, table->table, &table->arms[j]);
    }
}
