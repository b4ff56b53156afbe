/*
 * The definition of a restored table.
 *
 * A list of indexes takes the place of those of the source, and an empty one leaves none; each must be one that the
 * source had, by another name if you like. Source: observed.
 */
#include "model/api/restore-request.h"

#include <string.h>

#define INVALID "Invalid Request: "

typedef struct
{
  HrTableRequest request; /* only where the reading of indexes keeps what it reads */
  const HrTable *source;
  gboolean has_billing;
  gboolean on_demand;     /* of the new table */
  HrThroughput units;
  HrRequestUnits limits;
  HrSseRequest sse;
  HrArena *arena;
  HrServiceError *error;
} Restore;

#define FAIL(self, ...) hr_service_error_set ((self)->error, (self)->arena, HR_SERVICE_VALIDATION, __VA_ARGS__)

static void
read_overrides (Restore *self, const HrJson *const *overrides)
{
  static const HrField billing_row = HR_ROW_WORD ("BillingModeOverride", HR_WORDS_BILLING);
  int word = hr_field_get_word (&billing_row, overrides[HR_OVERRIDE_BILLING]);

  self->has_billing = word >= 0;
  self->on_demand = self->has_billing ? word == HR_BILLING_WORD_ON_DEMAND
                                      : self->source->settings.billing == HR_BILLING_ON_DEMAND;
  self->units = hr_throughput_read (overrides[HR_OVERRIDE_UNITS]);
  self->limits = hr_request_units_read (&HR_SHAPE_ON_DEMAND_THROUGHPUT, overrides[HR_OVERRIDE_ON_DEMAND]);
  self->sse = hr_sse_request_read (overrides[HR_OVERRIDE_SSE], self->arena);
}

static gboolean
check_limits (const Restore *self)
{
  static const char *const names[] = { "MaxReadRequestUnits", "MaxWriteRequestUnits" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!self->limits.has[i])
        continue;
      if (!self->on_demand)
        return FAIL (self, INVALID "Cannot override %s for OnDemandThroughput unless BillingModeOverride is"
                                   " PAY_PER_REQUEST", names[i]);
      if (self->limits.units[i] < 1)
        return FAIL (self, INVALID "Requested %s for OnDemandThroughput is outside of valid range", names[i]);
    }
  return TRUE;
}

static gboolean
check_billing (const Restore *self)
{
  if (self->units.is_given && self->has_billing && self->on_demand)
    return FAIL (self, INVALID "Cannot override ProvisionedThroughput if BillingMode is overridden to"
                               " PAY_PER_REQUEST");
  if (self->units.is_given && self->on_demand)
    return FAIL (self, INVALID "Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED");
  if (!self->units.is_given && self->has_billing && !self->on_demand)
    return FAIL (self, INVALID "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
  return hr_throughput_check (&self->units, self->arena, self->error) && check_limits (self)
         && hr_sse_request_check (&self->sse, self->arena, self->error);
}

static gboolean
has_same_keys (const HrIndexRequest *request, const HrIndex *index)
{
  guint n_partition = index->partition_key->len;

  if (request->keys.count != n_partition + index->sort_key->len)
    return FALSE;
  for (guint i = 0; i < request->keys.count; i++)
    {
      const HrKeyElement *element = &request->keys.elements[i];
      const HrAttribute *attribute = i < n_partition ? g_ptr_array_index (index->partition_key, i)
                                                     : g_ptr_array_index (index->sort_key, i - n_partition);

      if (element->is_sort != (i >= n_partition) || strcmp (element->name, attribute->name) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_same_projection (const HrIndexRequest *request, const HrIndex *index)
{
  if (!request->has_projection || request->projection != index->projection
      || request->n_included != (index->projection == HR_PROJECT_INCLUDE ? index->included->len : 0))
    return FALSE;
  for (guint i = 0; i < request->n_included; i++)
    if (!g_ptr_array_find_with_equal_func (index->included, request->included[i], g_str_equal, NULL))
      return FALSE;
  return TRUE;
}

static const HrIndex *
find_source_index (const Restore *self, const HrIndexRequest *request)
{
  for (guint i = 0; i < self->source->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (self->source->indexes, i);

      if (index->kind == request->kind && has_same_keys (request, index) && has_same_projection (request, index))
        return index;
    }
  return NULL;
}

static gboolean
has_index (const HrTable *table, const char *name)
{
  return hr_table_find_index (table, name) != NULL;
}

/* FALSE with an error. */
static gboolean
add_overridden (Restore *self, const HrShape *shape, const HrJson *json, HrTable *target)
{
  HrIndexRequest request = { 0 };
  const HrIndex *source;
  HrIndex *index;

  hr_table_request_read_index (&self->request, shape, json, &request);
  source = find_source_index (self, &request);
  if (source == NULL)
    return FAIL (self, INVALID "Index %s does not match a secondary index that existed in the source table and cannot"
                               " be created during the restore operation", request.name);
  if (has_index (target, request.name))
    return FAIL (self, "One or more parameter values were invalid: Duplicate index name: %s", request.name);
  if (request.units.is_given && self->on_demand)
    return FAIL (self, INVALID "Cannot override ProvisionedThroughput for index %s unless BillingMode is PROVISIONED",
                 request.name);
  index = hr_index_copy (source);
  g_free (index->name);
  index->name = g_strdup (request.name);
  if (request.units.is_given)
    {
      index->read_units = request.units.read_units;
      index->write_units = request.units.write_units;
    }
  hr_request_units_apply (&request.on_demand, &index->on_demand_limit);
  g_ptr_array_add (target->indexes, index);
  return TRUE;
}

static void
add_from_source (const Restore *self, HrIndexKind kind, HrTable *target)
{
  for (guint i = 0; i < self->source->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (self->source->indexes, i);

      if (index->kind == kind && !has_index (target, index->name))
        g_ptr_array_add (target->indexes, hr_index_copy (index));
    }
}

static gboolean
add_indexes (Restore *self, HrIndexKind kind, const HrShape *shape, const HrJson *list, HrTable *target)
{
  if (list == NULL)
    add_from_source (self, kind, target);
  for (guint i = 0; list != NULL && i < list->length; i++)
    if (!add_overridden (self, shape, &list->elements[i], target))
      return FALSE;
  return TRUE;
}

/* Indexes go with the table from one way of billing to the other. */
static gboolean
settle_index_units (const Restore *self, HrTable *target)
{
  for (guint i = 0; i < target->indexes->len; i++)
    {
      HrIndex *index = g_ptr_array_index (target->indexes, i);

      if (self->on_demand)
        index->read_units = index->write_units = 0;
      else
        index->on_demand_limit = (HrUnits) { 0, 0 };
      if (!self->on_demand && index->kind == HR_INDEX_GLOBAL && index->read_units == 0)
        return FAIL (self, INVALID "Must specify provisioned throughput for index %s", index->name);
    }
  return TRUE;
}

static void
apply_settings (const Restore *self, HrSettings *settings)
{
  settings->billing = self->on_demand ? HR_BILLING_ON_DEMAND : HR_BILLING_PROVISIONED;
  if (self->on_demand)
    settings->read_units = settings->write_units = 0;
  else
    settings->on_demand_limit = (HrUnits) { 0, 0 };
  if (self->units.is_given)
    {
      settings->read_units = self->units.read_units;
      settings->write_units = self->units.write_units;
    }
  hr_request_units_apply (&self->limits, &settings->on_demand_limit);
  if (self->sse.is_given)
    hr_sse_request_apply (&self->sse, settings);
}

/* What is set up around a table is not restored. */
static void
clear_surroundings (HrSettings *settings)
{
  settings->stream = HR_STREAM_NONE;
  g_clear_pointer (&settings->ttl_attribute, g_free);
  settings->point_in_time_recovery = FALSE;
  settings->deletion_protection = FALSE;
  settings->table_class = HR_CLASS_STANDARD;
  settings->warm = (HrUnits) { 0, 0 };
  g_clear_pointer (&settings->tags, g_ptr_array_unref);
}

HrTable *
hr_restore_make_target (const HrTable *source, const char *name, const HrJson *const *overrides, HrArena *arena,
                        HrServiceError *error)
{
  Restore self = { .request = { .arena = arena }, .source = source, .arena = arena, .error = error };
  g_autoptr (HrTable) target = hr_table_copy (source);

  read_overrides (&self, overrides);
  if (!check_billing (&self))
    return NULL;
  g_free (target->name);
  target->name = g_strdup (name);
  clear_surroundings (&target->settings);
  apply_settings (&self, &target->settings);
  g_ptr_array_set_size (target->indexes, 0);
  if (!add_indexes (&self, HR_INDEX_GLOBAL, &HR_SHAPE_GLOBAL_INDEX, overrides[HR_OVERRIDE_GLOBAL], target)
      || !add_indexes (&self, HR_INDEX_LOCAL, &HR_SHAPE_LOCAL_INDEX, overrides[HR_OVERRIDE_LOCAL], target)
      || !settle_index_units (&self, target))
    return NULL;
  return g_steal_pointer (&target);
}
