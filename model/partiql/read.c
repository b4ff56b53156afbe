/*
 * A page of a SELECT: the reads of its plan one after the other, until there were enough items or bytes.
 *
 * The limit and the size of a page are shared by all reads of the page; what is left is taken up by the next one.
 */
#include "model/partiql/partiql.h"

#include "model/base/service-limits.h"
#include "model/partiql/page-token-private.h"

#include <string.h>

typedef struct
{
  const HrPartiql *statement;
  HrEngine *engine;
  const HrPartiqlReadOptions *options;
  HrCall *call;
  HrPartiqlPage *page;
  HrServiceError *error;
  HrPartiqlPlan plan;
  HrPartiqlPlace place;
  gsize read_bytes;
  guint capacity; /* of page->items */
} Walk;

static void
append_items (Walk *self, const HrValue *items, guint count)
{
  HrPartiqlPage *page = self->page;

  if (page->count + count > self->capacity)
    {
      guint larger = MAX (2 * self->capacity, page->count + count);
      HrValue *moved = hr_arena_array (self->call->arena, HrValue, larger);

      if (page->count > 0)
        memcpy (moved, page->items, page->count * sizeof *moved);
      page->items = moved;
      self->capacity = larger;
    }
  if (count > 0)
    memcpy (page->items + page->count, items, count * sizeof *items);
  page->count += count;
}

static gboolean
get_item (Walk *self, const HrPartiqlRead *read)
{
  HrGet get = {
    .table = self->statement->tree->table,
    .key = read->key,
    .projection = self->statement->projection,
    .consistent = self->options->consistent,
  };
  HrGetResult result;

  if (!hr_engine_get (self->engine, &get, 1, FALSE, self->call, &result, self->error))
    return FALSE;
  if (result.found)
    {
      append_items (self, &result.item, 1);
      self->page->scanned++;
      self->read_bytes += hr_item_size_bytes (&result.item);
    }
  self->place = (HrPartiqlPlace) { .read = self->place.read + 1 };
  return TRUE;
}

static gboolean
read_range (Walk *self, const HrPartiqlRead *read)
{
  const HrPartiqlTree *tree = self->statement->tree;
  HrPageRequest request = {
    .table = tree->table,
    .index = tree->index,
    .key_condition = read->access == HR_PARTIQL_QUERY ? &read->condition : NULL,
    .filter = read->filter != NULL ? hr_condition_new (self->call->arena, read->filter) : NULL,
    .projection = self->statement->projection,
    .limit = self->options->limit > 0 ? self->options->limit - self->page->scanned : 0,
    .backward = self->plan.backward,
    .consistent = self->options->consistent,
    .start_key = self->place.has_key ? &self->place.key : NULL,
    .page_bytes = HR_LIMIT_PAGE_BYTES - self->read_bytes,
    .is_select_statement = TRUE,
  };
  HrPage page;

  if (!hr_engine_read_page (self->engine, &request, self->call, &page, self->error))
    return FALSE;
  append_items (self, page.items, page.count);
  self->page->scanned += page.scanned;
  self->read_bytes += page.read_bytes;
  self->place.has_key = page.has_last_key;
  self->place.key = page.last_key;
  self->place.read += page.has_last_key ? 0 : 1;
  return TRUE;
}

static gboolean
is_full (const Walk *self)
{
  return (self->options->limit > 0 && self->page->scanned >= self->options->limit)
         || self->read_bytes >= HR_LIMIT_PAGE_BYTES;
}

static gboolean
walk (Walk *self)
{
  const HrPartiqlPlan *plan = &self->plan;

  while (self->place.read < plan->n_reads && !is_full (self))
    {
      const HrPartiqlRead *read = &plan->reads[self->place.read];

      if (read->access == HR_PARTIQL_GET ? !get_item (self, read) : !read_range (self, read))
        return FALSE;
    }
  if (self->place.read < plan->n_reads)
    self->page->next_token = hr_partiql_token_new (self->statement, &self->place, self->call->arena);
  return TRUE;
}

static gboolean
begin (Walk *self)
{
  const HrPartiql *statement = self->statement;
  const HrPartiqlReadOptions *options = self->options;
  HrArena *arena = self->call->arena;
  const HrTable *table = hr_engine_get_table (self->engine, statement->tree->table);

  if (table == NULL)
    return hr_service_error_set (self->error, arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                                 "Requested resource not found");
  if (!hr_partiql_plan_init (&self->plan, statement, table, FALSE, arena, self->error))
    return FALSE;
  if (options->consistent && self->plan.index != NULL && self->plan.index->kind == HR_INDEX_GLOBAL)
    return hr_service_error_set (self->error, arena, HR_SERVICE_VALIDATION,
                                 "Strongly consistent read is not supported on Global Secondary Indexes");
  if (options->next_token == NULL)
    return TRUE;
  if (!hr_partiql_token_read (statement, options->next_token, options->next_token_length, arena, &self->place,
                              self->error))
    return FALSE;
  return self->place.read < self->plan.n_reads
         || hr_service_error_set (self->error, arena, HR_SERVICE_VALIDATION, "NextToken does not match request");
}

gboolean
hr_partiql_read (const HrPartiql *self, HrEngine *engine, const HrPartiqlReadOptions *options, HrCall *call,
                 HrPartiqlPage *page, HrServiceError *error)
{
  Walk state = {
    .statement = self,
    .engine = engine,
    .options = options,
    .call = call,
    .page = page,
    .error = error,
  };

  g_return_val_if_fail (hr_partiql_is_select (self), FALSE);

  *page = (HrPartiqlPage) { .items = hr_arena_array (call->arena, HrValue, 0) };
  return begin (&state) && walk (&state);
}

gboolean
hr_partiql_to_get (const HrPartiql *self, const HrTable *table, HrArena *arena, gboolean consistent, HrGet *get,
                   gboolean *is_get, HrServiceError *error)
{
  HrPartiqlPlan plan;

  if (!hr_partiql_plan_init (&plan, self, table, TRUE, arena, error))
    return FALSE;
  *is_get = plan.n_reads == 1 && plan.reads[0].access == HR_PARTIQL_GET;
  if (*is_get)
    *get = (HrGet) {
      .table = self->tree->table,
      .key = plan.reads[0].key,
      .projection = self->projection,
      .consistent = consistent,
    };
  return TRUE;
}
