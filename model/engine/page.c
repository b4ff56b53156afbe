/*
 * One page of a Query or Scan.
 *
 * The walk ends when Limit items were looked at, when their sizes reach 1 MB (the item that reaches it is in
 * the page), or at the end of the range. In the first two cases the page has a last key, also when nothing
 * follows: the service does not look ahead either. Filters look into packed records; only what is returned is
 * copied out and decoded.
 *
 * Others are let through every few rows, for a filter may take long. The walk then holds no row, only its key.
 */
#include "model/engine/capacity.h"
#include "model/engine/planner.h"
#include "model/value/record.h"

#define ROWS_A_TURN 64
#define BYTES_A_TURN ((gsize) 64 * 1024)

typedef struct
{
  HrEngine *engine;
  const HrPageRequest *request;
  HrCall *call;
  HrServiceError *error;
  HrPage *page;
  HrPlan plan;
  HrCharge charge;
  HrTreeCursor cursor;
  HrBuffer place; /* where it goes on after others were let through */
  gsize looked_bytes; /* page->read_bytes when it was last time to think of that */
  guint capacity; /* of page->items */
} Walk;

typedef struct
{
  const guint8 *record;
  gsize length;
} Packed;

static void
append_item (Walk *self, const HrValue *item)
{
  HrPage *page = self->page;

  if (page->count == self->capacity)
    {
      guint larger = self->capacity > 0 ? 2 * self->capacity : 32;
      HrValue *items = hr_arena_array (self->call->arena, HrValue, larger);

      if (page->count > 0)
        memcpy (items, page->items, sizeof (HrValue) * page->count);
      page->items = items;
      self->capacity = larger;
    }
  page->items[page->count] = *item;
}

static gboolean
fail_damaged (Walk *self)
{
  return hr_engine_fail_damaged (self->plan.table, self->call->arena, self->error);
}

static gboolean
return_item (Walk *self, const Packed *packed)
{
  HrArena *arena = self->call->arena;
  const HrProjection *projection = self->request->projection;
  HrItemView view = { NULL, hr_arena_memdup (arena, packed->record, packed->length), packed->length };
  HrValue item;

  if (projection != NULL)
    item = hr_projection_apply (projection, &view, arena);
  else if (!hr_record_decode (view.record, view.record_length, arena, &item))
    return fail_damaged (self);
  append_item (self, &item);
  return TRUE;
}

/* The key of an item; of an index entry those of the index and of the item. */
static gboolean
make_key (Walk *self, const HrKeyLayout *layout, const Packed *packed, HrArena *arena, HrValue *key)
{
  HrValue values[HR_KEY_PARTS_MAX];

  if (!hr_key_layout_gather_record (layout, packed->record, packed->length, arena, values))
    return fail_damaged (self);
  *key = hr_key_layout_to_map (layout, values, arena);
  return TRUE;
}

static gboolean
trace_row (Walk *self, const Packed *packed, HrTraceKind kind, HrReadFate fate)
{
  const HrKeyLayout *layout = kind == HR_TRACE_FETCH ? &self->plan.table->layout : self->plan.layout;
  HrTraceEvent event = {
    .kind = kind,
    .table = self->plan.table->definition->name,
    .index = kind == HR_TRACE_FETCH ? NULL : self->request->index,
    .fate = fate,
    .size_bytes = hr_record_size_bytes (packed->record, packed->length),
  };

  if (self->call->trace == NULL)
    return TRUE;
  if (!make_key (self, layout, packed, self->engine->scratch, &event.key))
    return FALSE;
  hr_trace_add (self->call->trace, &event);
  return TRUE;
}

/* Replaces an entry by the item that it stands for. Charged like a read of its own. */
static gboolean
fetch (Walk *self, Packed *packed)
{
  HrStoredTable *table = self->plan.table;
  HrBuffer *key = &self->engine->buffer;
  HrValue values[HR_KEY_PARTS_MAX];
  HrRow row;
  int code;

  if (!hr_key_layout_gather_record (&table->layout, packed->record, packed->length, self->engine->scratch,
                                    values))
    return fail_damaged (self);
  hr_buffer_truncate (key, 0);
  hr_key_encode (&table->layout, values, table->layout.n_key, key);
  code = hr_tree_get (&table->tree, (const guint8 *) key->data, key->length, self->engine->scratch, &row);
  if (code == SQLITE_DONE)
    return fail_damaged (self);
  if (code != SQLITE_ROW)
    return hr_engine_fail_service (self->engine, self->call->arena, self->error);

  *packed = (Packed) { row.record, row.record_length };
  hr_charge_read (&self->charge, table, NULL,
                  (self->request->consistent ? 2 : 1)
                    * hr_units_of (hr_record_size_bytes (row.record, row.record_length), HR_UNIT_READ_BYTES));
  return TRUE;
}

static gboolean
passes (Walk *self, const Packed *packed)
{
  HrItemView view = { NULL, packed->record, packed->length };

  return self->request->filter == NULL
         || hr_condition_evaluate (self->request->filter, &view, self->engine->scratch);
}

static gboolean
finish_visit (Walk *self, const Packed *entry, const Packed *packed, gboolean is_returned)
{
  if (!trace_row (self, entry, HR_TRACE_READ, is_returned ? HR_FATE_RETURNED : HR_FATE_FILTERED)
      || (packed->record != entry->record && !trace_row (self, packed, HR_TRACE_FETCH, HR_FATE_RETURNED)))
    return FALSE;
  if (is_returned && !self->plan.is_count && !return_item (self, packed))
    return FALSE;
  self->page->count += is_returned;
  return TRUE;
}

/* The filter comes before the fetch, which it does not spare. */
static gboolean
visit_for_statement (Walk *self, const Packed *entry)
{
  gboolean is_returned = passes (self, entry);
  Packed packed = *entry;

  return (!self->plan.fetches || fetch (self, &packed))
         && finish_visit (self, entry, &packed, is_returned);
}

static gboolean
visit (Walk *self, const Packed *entry)
{
  Packed packed = *entry;
  gboolean is_returned;

  if (self->request->is_select_statement)
    return visit_for_statement (self, entry);
  is_returned = passes (self, entry);
  if (self->plan.fetches && is_returned && !self->plan.is_count && !fetch (self, &packed))
    return FALSE;
  return finish_visit (self, entry, &packed, is_returned);
}

static gboolean
is_full (const Walk *self)
{
  gsize page_bytes = self->request->page_bytes > 0 ? self->request->page_bytes : HR_LIMIT_PAGE_BYTES;

  return (self->request->limit > 0 && self->page->scanned >= self->request->limit)
         || self->page->read_bytes >= page_bytes;
}

static gboolean
end_page (Walk *self, const Packed *last)
{
  HrArena *arena = self->call->arena;
  Packed kept = { hr_arena_memdup (arena, last->record, last->length), last->length };

  self->page->has_last_key = TRUE;
  return make_key (self, self->plan.layout, &kept, arena, &self->page->last_key);
}

/* The time is looked at after so many rows or bytes. */
static gboolean
is_to_give_way (Walk *self)
{
  if (self->page->scanned % ROWS_A_TURN != 0 && self->page->read_bytes - self->looked_bytes < BYTES_A_TURN)
    return FALSE;
  self->looked_bytes = self->page->read_bytes;
  return hr_engine_is_to_give_way (self->engine);
}

/* Leaves the row, and goes on behind it. */
static gboolean
give_way (Walk *self)
{
  HrKeyRange *range = &self->plan.range;
  gboolean backward = self->request->backward;
  const guint8 *key;
  gsize length;

  hr_tree_cursor_get_key (&self->cursor, &key, &length);
  hr_buffer_truncate (&self->place, 0);
  hr_buffer_append (&self->place, key, length);
  if (!backward)
    hr_buffer_append_char (&self->place, '\0'); /* the next key that there can be */
  hr_tree_cursor_close (&self->cursor);
  hr_engine_give_way (self->engine);

  *(backward ? &range->upper : &range->lower) = (const guint8 *) self->place.data;
  *(backward ? &range->upper_length : &range->lower_length) = self->place.length;
  return hr_tree_cursor_open (&self->cursor, self->plan.tree, range, backward) == SQLITE_OK
         || hr_engine_fail_service (self->engine, self->call->arena, self->error);
}

static gboolean
walk (Walk *self)
{
  Packed packed;
  int code;

  while ((code = hr_tree_cursor_next (&self->cursor, &packed.record, &packed.length)) == SQLITE_ROW)
    {
      if (hr_cancel_is_raised (self->call->cancel))
        return hr_service_error_set (self->error, self->call->arena, HR_SERVICE_INTERNAL,
                                     "The request was cancelled");
      self->page->scanned++;
      self->page->read_bytes += hr_record_size_bytes (packed.record, packed.length);
      if (!visit (self, &packed))
        return FALSE;
      hr_arena_reset (self->engine->scratch);
      if (is_full (self))
        return end_page (self, &packed);
      if (is_to_give_way (self) && !give_way (self))
        return FALSE;
    }
  return code == SQLITE_DONE || hr_engine_fail_service (self->engine, self->call->arena, self->error);
}

static void
trace_end (Walk *self)
{
  HrTraceEvent event = {
    .kind = HR_TRACE_PAGE_END,
    .table = self->plan.table->definition->name,
    .index = self->request->index,
    .key = hr_value_null (),
    .size_bytes = self->page->read_bytes,
  };

  if (self->call->trace != NULL)
    hr_trace_add (self->call->trace, &event);
}

gboolean
hr_engine_read_page (HrEngine *self, const HrPageRequest *request, HrCall *call, HrPage *page,
                     HrServiceError *error)
{
  Walk state = { self, request, call, error, page, .charge = HR_CHARGE (call) };
  gboolean ok;

  memset (page, 0, sizeof *page);
  if (!hr_plan_init (&state.plan, self, request, call->arena, error))
    return FALSE;
  if (!state.plan.is_count)
    page->items = hr_arena_array (call->arena, HrValue, 0);
  if (hr_tree_cursor_open (&state.cursor, state.plan.tree, &state.plan.range, request->backward) != SQLITE_OK)
    return hr_engine_fail_service (self, call->arena, error);
  ok = walk (&state);
  hr_tree_cursor_close (&state.cursor);
  hr_buffer_clear (&state.place);
  hr_arena_reset (self->scratch);
  if (!ok)
    return FALSE;

  hr_charge_read (&state.charge, state.plan.table, state.plan.index,
                  (request->consistent ? 2 : 1) * hr_units_of (page->read_bytes, HR_UNIT_READ_BYTES));
  trace_end (&state);
  hr_charge_settle (&state.charge);
  return TRUE;
}
