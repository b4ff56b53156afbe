/*
 * ConsumedCapacity and ItemCollectionMetrics in responses.
 *
 * Units are whole or half; the service prints them with one decimal. A request reports the table's own arm
 * even when it is zero (a query of an index), but an index only when it consumed something.
 */
#include "model/api/call.h"
#include "model/base/json-writer.h"
#include "model/value/codec.h"

#include <string.h>

static void
write_units (HrBuffer *out, const char *name, guint64 halves)
{
  hr_write_member (out, name);
  hr_buffer_printf (out, "%" G_GUINT64_FORMAT ".%c", halves / 2, halves % 2 == 0 ? '0' : '5');
}

static void
write_arm (HrBuffer *out, HrCapacityStyle style, guint64 read_halves, guint64 whole_writes)
{
  write_units (out, "CapacityUnits", read_halves + 2 * whole_writes);
  if (style == HR_CAPACITY_READS)
    write_units (out, "ReadCapacityUnits", read_halves);
  else if (style == HR_CAPACITY_WRITES)
    write_units (out, "WriteCapacityUnits", 2 * whole_writes);
}

static void
write_indexes (HrBuffer *out, const char *name, const HrTableCapacity *table, gboolean local,
               HrCapacityStyle style)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < table->n_arms; i++)
    {
      const HrCapacityArm *arm = &table->arms[i];

      if (arm->local != local || (arm->read_halves == 0 && arm->write_units == 0))
        continue;
      if (!is_open)
        {
          hr_write_member (out, name);
          hr_buffer_append_char (out, '{');
          is_open = TRUE;
        }
      hr_write_member (out, arm->name);
      hr_buffer_append_char (out, '{');
      write_arm (out, style, arm->read_halves, arm->write_units);
      hr_buffer_append_char (out, '}');
    }
  if (is_open)
    hr_buffer_append_char (out, '}');
}

static void
write_table (HrBuffer *out, const HrTableCapacity *table, gboolean with_indexes, HrCapacityStyle style)
{
  guint64 read_halves = table->read_halves;
  guint64 whole_writes = table->write_units;

  for (guint i = 0; i < table->n_arms; i++)
    {
      read_halves += table->arms[i].read_halves;
      whole_writes += table->arms[i].write_units;
    }
  hr_buffer_append_char (out, '{');
  hr_write_text_member (out, "TableName", table->table);
  write_arm (out, style, read_halves, whole_writes);
  if (with_indexes)
    {
      hr_write_member (out, "Table");
      hr_buffer_append_char (out, '{');
      write_arm (out, style, table->read_halves, table->write_units);
      hr_buffer_append_char (out, '}');
      write_indexes (out, "GlobalSecondaryIndexes", table, FALSE, style);
      write_indexes (out, "LocalSecondaryIndexes", table, TRUE, style);
    }
  hr_buffer_append_char (out, '}');
}

static gboolean
wants_indexes (const HrApiCall *call)
{
  const HrShape *shape = call->operation->shape;

  for (guint i = 0; i < shape->n_fields; i++)
    {
      if (shape->fields[i].values == HR_WORDS_CAPACITY)
        return hr_json_string_equals (call->fields[i], HR_WORDS_CAPACITY[HR_CAPACITY_INDEXES]);
    }
  return FALSE;
}

void
hr_call_write_capacity (HrApiCall *call)
{
  if (call->engine.capacity == NULL || call->capacity.n_tables == 0)
    return;

  hr_write_member (call->out, "ConsumedCapacity");
  write_table (call->out, &call->capacity.tables[0], wants_indexes (call), HR_CAPACITY_PLAIN);
}

void
hr_call_write_capacities (HrApiCall *call, HrCapacityStyle style)
{
  if (call->engine.capacity == NULL)
    return;

  hr_write_member (call->out, "ConsumedCapacity");
  hr_buffer_append_char (call->out, '[');
  for (guint i = 0; i < call->capacity.n_tables; i++)
    {
      hr_write_comma (call->out);
      write_table (call->out, &call->capacity.tables[i], wants_indexes (call), style);
    }
  hr_buffer_append_char (call->out, ']');
}

static gboolean
has_local_index (const HrTable *table)
{
  for (guint i = 0; table != NULL && i < table->indexes->len; i++)
    {
      const HrIndex *index = table->indexes->pdata[i];

      if (index->kind == HR_INDEX_LOCAL)
        return TRUE;
    }
  return FALSE;
}

static const HrValue *
get_partition (const HrTable *table, const HrWrite *write)
{
  const char *name = hr_table_get_partition_key (table)->name;

  return hr_map_get (&write->item, name, strlen (name));
}

static void
write_metrics (HrApiCall *call, const HrTable *table, const HrWrite *write)
{
  guint lower = hr_engine_estimate_collection_gb (call->api->engine, write->table, &write->item);
  const char *name = hr_table_get_partition_key (table)->name;

  hr_buffer_append_string (call->out, "{\"ItemCollectionKey\":{");
  hr_json_write_string (call->out, name, strlen (name));
  hr_buffer_append_char (call->out, ':');
  hr_value_to_json (get_partition (table, write), FALSE, call->out);
  hr_buffer_printf (call->out, "},\"SizeEstimateRangeGB\":[%u.0,%u.0]}", lower, lower + 1);
}

static gboolean
wants_metrics (const HrJson *wanted)
{
  return hr_json_string_equals (wanted, HR_WORDS_METRICS[HR_METRICS_SIZE]);
}

void
hr_call_write_metrics (HrApiCall *call, const HrJson *wanted, const HrWrite *write)
{
  const HrTable *table;

  if (!wants_metrics (wanted))
    return;
  table = hr_engine_get_table (call->api->engine, write->table);
  if (!has_local_index (table) || get_partition (table, write) == NULL)
    return;

  hr_write_member (call->out, "ItemCollectionMetrics");
  write_metrics (call, table, write);
}

/* Whether an earlier write, from @first on, was to the same collection of the same table. */
static gboolean
is_repeat (const HrTable *table, const HrWrite *writes, guint first, guint index)
{
  for (guint i = first; i < index; i++)
    {
      if (writes[i].kind != HR_WRITE_CHECK && g_str_equal (writes[i].table, writes[index].table)
          && hr_value_equal (get_partition (table, &writes[i]), get_partition (table, &writes[index])))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_first_of_table (const HrWrite *writes, guint index)
{
  for (guint i = 0; i < index; i++)
    {
      if (writes[i].kind != HR_WRITE_CHECK && g_str_equal (writes[i].table, writes[index].table))
        return FALSE;
    }
  return TRUE;
}

static void
write_metrics_of_table (HrApiCall *call, const HrTable *table, const HrWrite *writes, guint first,
                        guint n_writes)
{
  hr_write_member (call->out, writes[first].table);
  hr_buffer_append_char (call->out, '[');
  for (guint i = first; i < n_writes; i++)
    {
      if (writes[i].kind == HR_WRITE_CHECK || !g_str_equal (writes[i].table, writes[first].table)
          || is_repeat (table, writes, first, i))
        continue;
      hr_write_comma (call->out);
      write_metrics (call, table, &writes[i]);
    }
  hr_buffer_append_char (call->out, ']');
}

void
hr_call_write_metrics_by_table (HrApiCall *call, const HrJson *wanted, const HrWrite *writes, guint n_writes)
{
  gboolean is_open = FALSE;

  for (guint i = 0; wants_metrics (wanted) && i < n_writes; i++)
    {
      const HrTable *table = hr_engine_get_table (call->api->engine, writes[i].table);

      if (!has_local_index (table) || writes[i].kind == HR_WRITE_CHECK || !is_first_of_table (writes, i))
        continue;
      if (!is_open)
        {
          hr_write_member (call->out, "ItemCollectionMetrics");
          hr_buffer_append_char (call->out, '{');
          is_open = TRUE;
        }
      write_metrics_of_table (call, table, writes, i, n_writes);
    }
  if (is_open)
    hr_buffer_append_char (call->out, '}');
}
