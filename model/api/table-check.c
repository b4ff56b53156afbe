/*
 * What must hold between the members of a CreateTable request.
 *
 * Billing comes first, then the table's own keys, then those of its indexes, local ones before global ones. An
 * attribute that none of them uses hides whatever else is wrong with the indexes. Each check says the first thing that
 * is wrong. Source: observed.
 */
#include "model/api/table-request.h"
#include "model/api/tags.h"

#define INVALID "One or more parameter values were invalid: "
#define UNITS_MAX G_GINT64_CONSTANT (1000000000000)
#define DEFINITIONS_MAX 512 /* more than keys of a table and its indexes can use */

/* Sets the error and gives FALSE; texts go through one place, so that they stay in the request's arena. */
#define FAIL(...) hr_service_error_set (error, self->arena, HR_SERVICE_VALIDATION, __VA_ARGS__)

const HrKeyDefinition *
hr_table_request_find (const HrTableRequest *self, const char *name)
{
  for (guint i = 0; i < self->n_definitions; i++)
    {
      if (g_str_equal (self->definitions[i].name, name))
        return &self->definitions[i];
    }
  return NULL;
}

static const char *
list_definitions (const HrTableRequest *self, gboolean only_used)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->n_definitions; i++)
    {
      if (!only_used || self->definitions[i].is_used)
        g_string_append_printf (list, "%s%s", list->len == 0 ? "" : ", ", self->definitions[i].name);
    }
  return hr_arena_strndup (self->arena, list->str, list->len);
}

static const char *
list_keys (const HrTableRequest *self, const HrKeySchema *keys)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < keys->count; i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", keys->elements[i].name);
  return hr_arena_strndup (self->arena, list->str, list->len);
}

gboolean
hr_throughput_check (const HrThroughput *units, HrArena *arena, HrServiceError *error)
{
  if (units->read_units > UNITS_MAX)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "Given value %" G_GINT64_FORMAT " for ReadCapacityUnits is out of bounds",
                                 units->read_units);
  if (units->write_units > UNITS_MAX)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "Given value %" G_GINT64_FORMAT " for WriteCapacityUnits is out of bounds",
                                 units->write_units);
  return TRUE;
}

static gboolean
check_billing (const HrTableRequest *self, HrServiceError *error)
{
  if (self->on_demand && self->units.is_given)
    return FAIL (INVALID
                 "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                 "PAY_PER_REQUEST");
  if (!self->on_demand && !self->units.is_given)
    return FAIL (INVALID
                 "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
                 "PROVISIONED");
  return hr_throughput_check (&self->units, self->arena, error);
}

gboolean
hr_table_request_check_definitions (const HrTableRequest *self, HrServiceError *error)
{
  if (self->has_nul)
    return FAIL (INVALID "Attribute names of keys and projections cannot have NUL characters");
  if (self->n_definitions > DEFINITIONS_MAX)
    return FAIL (INVALID
                 "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                 "AttributeDefinitions");
  for (guint i = 0; i < self->n_definitions; i++)
    {
      if (hr_table_request_find (self, self->definitions[i].name) != &self->definitions[i])
        return FAIL ("Attribute Name is duplicated: %s", self->definitions[i].name);
    }
  return TRUE;
}

static gboolean
check_defined (const HrTableRequest *self, const HrKeySchema *keys, HrServiceError *error)
{
  for (guint i = 0; i < keys->count; i++)
    {
      if (hr_table_request_find (self, keys->elements[i].name) == NULL)
        return FAIL (INVALID "Some index key attributes are not defined in AttributeDefinitions. Keys: [%s], "
                             "AttributeDefinitions: [%s]",
                     list_keys (self, keys), list_definitions (self, FALSE));
    }
  return TRUE;
}

/* A pair of partition and sort key has a sentence of its own. */
static gboolean
check_names_once (const HrTableRequest *self, const HrKeySchema *keys, gboolean is_multiple, HrServiceError *error)
{
  gboolean is_pair = !is_multiple || (keys->count == 2 && keys->elements[1].is_sort);
  const char *message = is_pair ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
                                : "The KeySchema contains multiple key attributes with the same name";

  for (guint i = 0; i < keys->count; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (keys->elements[i].name, keys->elements[j].name))
            return FAIL ("%s", message);
        }
    }
  return TRUE;
}

/* A key of several attributes has all its partition attributes before its sort attributes. */
static gboolean
check_order (const HrTableRequest *self, const HrKeySchema *keys, gboolean is_multiple, HrServiceError *error)
{
  guint n_sort = 0;

  if (!check_names_once (self, keys, is_multiple, error))
    return FALSE;
  if (keys->elements[0].is_sort)
    return FAIL ("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");

  for (guint i = 1; i < keys->count; i++)
    {
      n_sort += keys->elements[i].is_sort;
      if (!is_multiple && n_sort == 0)
        return FAIL ("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
      if (n_sort > 0 && !keys->elements[i].is_sort)
        return FAIL (INVALID "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }
  if (n_sort > HR_LIMIT_INDEX_KEY_ATTRIBUTES || keys->count - n_sort > HR_LIMIT_INDEX_KEY_ATTRIBUTES)
    return FAIL (INVALID "The KeySchema exceeds the maximum allowed number of %s key attributes",
                 n_sort > HR_LIMIT_INDEX_KEY_ATTRIBUTES ? "RANGE" : "HASH");
  return TRUE;
}

static void
mark_used (HrTableRequest *self, const HrKeySchema *keys)
{
  for (guint i = 0; i < keys->count; i++)
    {
      const HrKeyDefinition *definition = hr_table_request_find (self, keys->elements[i].name);

      self->definitions[definition - self->definitions].is_used = TRUE;
    }
}

static gboolean
check_table_keys (HrTableRequest *self, HrServiceError *error)
{
  if (self->keys.count > self->n_definitions)
    return FAIL ("Invalid KeySchema: Some index key attribute have no definition");
  if (!check_defined (self, &self->keys, error) || !check_order (self, &self->keys, FALSE, error))
    return FALSE;

  if (!self->has_global_list && !self->has_local_list && self->keys.count != self->n_definitions)
    return FAIL (INVALID
                 "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                 "AttributeDefinitions");
  mark_used (self, &self->keys);
  return TRUE;
}

static gboolean
check_projection (const HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error)
{
  static const char *const names[]
      = { [HR_PROJECT_ALL] = "ALL", [HR_PROJECT_KEYS_ONLY] = "KEYS_ONLY", [HR_PROJECT_INCLUDE] = "INCLUDE" };

  if (!index->has_projection)
    return FAIL (INVALID "Unknown ProjectionType: null");
  if (index->projection != HR_PROJECT_INCLUDE && index->has_included)
    return FAIL (INVALID "ProjectionType is %s, but NonKeyAttributes is specified", names[index->projection]);
  if (index->projection == HR_PROJECT_INCLUDE && !index->has_included)
    return FAIL (INVALID "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");

  for (guint i = 0; i < index->n_included; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (index->included[i], index->included[j]))
            return FAIL (INVALID "Duplicate element in NonKeyAttributes: %s", index->included[i]);
        }
    }
  return TRUE;
}

static gboolean
check_local_key (const HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error)
{
  const char *hash = index->keys.elements[0].name;

  if (index->keys.count < 2)
    return FAIL (INVALID "Index KeySchema does not have a range key for index: %s", index->name);
  if (!g_str_equal (hash, self->keys.elements[0].name))
    return FAIL (INVALID
                 "Index KeySchema does not have the same leading hash key as table KeySchema for index: %s. "
                 "index hash key: %s, table hash key: %s",
                 index->name, hash, self->keys.elements[0].name);
  return TRUE;
}

/* Limits of requests for tables on demand, which nothing acts on here. */
gboolean
hr_request_units_check_limits (const HrRequestUnits *self, const char *index, gboolean on_demand, gboolean may_clear,
                               HrArena *arena, HrServiceError *error)
{
  static const char *const names[] = { "MaxReadRequestUnits", "MaxWriteRequestUnits" };
  const char *where = index == NULL ? "" : hr_arena_printf (arena, " for index: %s", index);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (self->has[i] && !on_demand)
        return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                     INVALID "%s for OnDemandThroughput%s cannot be specified when table BillingMode "
                                             "is PROVISIONED.",
                                     names[i], where);
    }
  where = index == NULL ? "table" : hr_arena_printf (arena, "index : %s", index);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (self->has[i] && self->units[i] < 1 && !(may_clear && self->units[i] == -1))
        return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                     INVALID "Requested %s for OnDemandThroughput for %s is outside of valid range",
                                     names[i], where);
    }
  return TRUE;
}

/* What is kept warm is never less than what comes with the table anyway. @index NULL: of the table. */
static gboolean
check_warm (const HrTableRequest *self, const char *index, const HrRequestUnits *warm, const HrThroughput *units,
            HrServiceError *error)
{
  static const char *const names[] = { "ReadUnitsPerSecond", "WriteUnitsPerSecond" };
  static const char *const provisioned[] = { "ReadCapacityUnits", "WriteCapacityUnits" };
  const gint64 least[2] = {
    self->on_demand ? HR_LIMIT_WARM_READ_UNITS : units->read_units,
    self->on_demand ? HR_LIMIT_WARM_WRITE_UNITS : units->write_units,
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!warm->has[i] || warm->units[i] >= least[i])
        continue;
      return FAIL (INVALID "Requested %s for WarmThroughput for %s%s is lower than %s%s", names[i],
                   index != NULL ? "index " : "table", index != NULL ? index : "",
                   self->on_demand ? "initial throughput for OnDemand" : provisioned[i],
                   self->on_demand ? "" : " of ProvisionedThroughput");
    }
  return TRUE;
}

/* Source: observed. */
gboolean
hr_sse_request_check (const HrSseRequest *self, HrArena *arena, HrServiceError *error)
{
  const char *problem = NULL;

  if (!self->is_enabled && self->type >= 0)
    problem = "SSEType can not be specified if Enabled is false";
  else if (!self->is_enabled && self->key != NULL)
    problem = "KMSMasterKeyId can not be specified if Enabled is false";
  else if (self->type == 0)
    problem = "SSEType AES256 is not supported";
  else if (self->key != NULL && self->type < 0)
    problem = "SSEType KMS is required if KMSMasterKeyId is specified";
  return problem == NULL
         || hr_service_error_set (error, arena, HR_SERVICE_VALIDATION, INVALID "%s", problem);
}

static gboolean
check_index_billing (const HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error)
{
  if (self->on_demand && index->units.is_given)
    return FAIL (INVALID "ProvisionedThroughput should not be specified for index: %s when BillingMode is "
                         "PAY_PER_REQUEST",
                 index->name);
  if (!self->on_demand && !index->units.is_given)
    return FAIL (INVALID "ProvisionedThroughput is not specified for index: %s", index->name);
  return hr_throughput_check (&index->units, self->arena, error)
         && hr_request_units_check_limits (&index->on_demand, index->name, self->on_demand, FALSE, self->arena, error)
         && check_warm (self, index->name, &index->warm, &index->units, error);
}

static gboolean
check_index_name (const HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error)
{
  guint count = self->n_global + self->n_local;

  for (guint i = 0; i < count; i++)
    {
      if (&self->indexes[i] != index && g_str_equal (self->indexes[i].name, index->name))
        return FAIL (INVALID "Duplicate index name: %s", index->name);
    }
  return TRUE;
}

static gboolean
check_index_keys (HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error)
{
  gboolean is_global = index->kind == HR_INDEX_GLOBAL;

  if (!check_defined (self, &index->keys, error) || !check_order (self, &index->keys, is_global, error)
      || (!is_global && !check_local_key (self, index, error)))
    return FALSE;
  mark_used (self, &index->keys);
  return TRUE;
}

gboolean
hr_table_request_check_index (HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error)
{
  return check_index_keys (self, index, error) && check_projection (self, index, error);
}

static gboolean
check_local_list (HrTableRequest *self, HrServiceError *error)
{
  if (self->has_local_list && self->n_local == 0)
    return FAIL (INVALID "List of LocalSecondaryIndexes is empty");
  if (self->has_local_list && self->keys.count < 2)
    return FAIL (INVALID "Table KeySchema does not have a range key, which is required when specifying a "
                         "LocalSecondaryIndex");
  if (self->n_local > HR_LIMIT_LOCAL_INDEXES)
    return FAIL (INVALID "Number of LocalSecondaryIndexes exceeds per-table limit of %d",
                 HR_LIMIT_LOCAL_INDEXES);
  for (guint i = 0; i < self->n_local; i++)
    {
      if (!check_index_keys (self, &self->indexes[self->n_global + i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_global_list (HrTableRequest *self, HrServiceError *error)
{
  if (self->has_global_list && self->n_global == 0)
    return FAIL (INVALID "List of GlobalSecondaryIndexes is empty");
  if (self->n_global > HR_LIMIT_GLOBAL_INDEXES)
    return FAIL (INVALID "GlobalSecondaryIndex count exceeds the per-table limit of %d",
                 HR_LIMIT_GLOBAL_INDEXES);
  for (guint i = 0; i < self->n_global; i++)
    {
      if (!check_index_keys (self, &self->indexes[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_unused (const HrTableRequest *self, HrServiceError *error)
{
  for (guint i = 0; i < self->n_definitions; i++)
    {
      if (!self->definitions[i].is_used)
        return FAIL (INVALID
                     "Some AttributeDefinitions are not used. AttributeDefinitions: [%s], keys used: [%s]",
                     list_definitions (self, FALSE), list_definitions (self, TRUE));
    }
  return TRUE;
}

static gboolean
check_index_terms (const HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error)
{
  return check_projection (self, index, error)
         && (index->kind != HR_INDEX_GLOBAL || check_index_billing (self, index, error))
         && check_index_name (self, index, error);
}

/* Local indexes come first. */
static gboolean
check_indexes (const HrTableRequest *self, HrServiceError *error)
{
  guint count = self->n_global + self->n_local;

  for (guint i = 0; i < count; i++)
    {
      if (!check_index_terms (self, &self->indexes[(self->n_global + i) % count], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_totals (const HrTableRequest *self, HrServiceError *error)
{
  guint n_included = 0;

  for (guint i = 0; i < self->n_global + self->n_local; i++)
    n_included += self->indexes[i].n_included;
  if (n_included > HR_LIMIT_PROJECTED_PER_TABLE)
    return FAIL (INVALID "The number of projected attributes of all indexes exceeds the limit of %d",
                 HR_LIMIT_PROJECTED_PER_TABLE);
  if (self->stream.is_enabled && self->stream.view == HR_STREAM_NONE)
    return FAIL (INVALID "Table is being created with a stream enabled, UpdateViewType is required");
  if (!self->stream.is_enabled && self->stream.view != HR_STREAM_NONE)
    return FAIL (INVALID
                 "Table is being created with a stream disabled, UpdateViewType should not be specified");
  return hr_sse_request_check (&self->sse, self->arena, error) && hr_tags_check (self->tags, 0, self->arena, error);
}

gboolean
hr_table_request_check (HrTableRequest *self, HrServiceError *error)
{
  return check_billing (self, error) && hr_table_request_check_definitions (self, error)
         && check_table_keys (self, error) && check_local_list (self, error) && check_global_list (self, error)
         && check_unused (self, error) && check_indexes (self, error)
         && hr_request_units_check_limits (&self->request_limits, NULL, self->on_demand, FALSE, self->arena, error)
         && check_warm (self, NULL, &self->warm, &self->units, error) && check_totals (self, error);
}
