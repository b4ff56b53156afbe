/*
 * From a Query or Scan to one range of row keys.
 *
 * A key condition gives equality for the first attributes of a key and at most one range for the next, which
 * is a prefix of components and a piece of one component: two row keys. A scan is the whole tree, or the
 * hashes of a segment. An exclusive start key moves the bound that the walk begins at. Checks come in the
 * order that the service reports them.
 */
#include "model/engine/planner.h"

#include "model/engine/item-check.h"

typedef struct
{
  HrPlan *plan;
  HrEngine *engine;
  const HrPageRequest *request;
  HrArena *arena;
  HrServiceError *error;
} Planner;

static G_GNUC_PRINTF (2, 3) gboolean
refuse (Planner *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  hr_service_error_set (self->error, self->arena, HR_SERVICE_VALIDATION, "%s",
                        hr_arena_vprintf (self->arena, format, arguments));
  va_end (arguments);
  return FALSE;
}

static gboolean
find_target (Planner *self)
{
  HrPlan *plan = self->plan;

  plan->table = hr_engine_need_table (self->engine, self->request->table, self->arena, self->error);
  if (plan->table == NULL)
    return FALSE;
  plan->layout = &plan->table->layout;
  plan->tree = &plan->table->tree;
  if (self->request->index == NULL)
    return TRUE;

  plan->index = hr_stored_table_find_index (plan->table, self->request->index);
  if (plan->index == NULL || plan->index->status == HR_TABLE_DELETING)
    return refuse (self, "The table does not have the specified index: %s", self->request->index);
  if (plan->index->status == HR_TABLE_CREATING)
    return refuse (self, "Cannot read from backfilling global secondary index: %s", self->request->index);
  plan->layout = &plan->index->layout;
  plan->tree = &plan->index->tree;
  if (self->request->consistent && plan->index->definition->kind == HR_INDEX_GLOBAL)
    return refuse (self, "Consistent reads are not supported on global secondary indexes");
  return TRUE;
}

/* Key conditions */

static const HrKeyClause *
find_clause (const HrKeyCondition *condition, const HrKeyPart *part)
{
  for (guint i = 0; i < condition->n_clauses; i++)
    if (condition->clauses[i].name_length == part->name_length
        && memcmp (condition->clauses[i].name, part->name, part->name_length) == 0)
      return &condition->clauses[i];
  return NULL;
}

static gboolean
check_repeats (Planner *self, const HrKeyCondition *condition)
{
  for (guint i = 0; i < condition->n_clauses; i++)
    {
      const HrKeyClause *clause = &condition->clauses[i];
      HrKeyPart part = { clause->name, clause->name_length, HR_TYPE_S };

      if (find_clause (condition, &part) != clause)
        return refuse (self, "Invalid KeyConditionExpression:"
                       " KeyConditionExpressions must only contain one condition per key");
    }
  return TRUE;
}

static gboolean
check_value (Planner *self, guint position, const HrValue *value)
{
  const HrKeyLayout *layout = self->plan->layout;
  const HrKeyPart *part = &layout->parts[position];

  if (value->length == 0)
    return refuse (self,
                   "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
                   " contain an empty %s value. Key: %s",
                   part->type == HR_TYPE_B ? "binary" : "string", part->name);
  if (value->length <= hr_key_layout_get_limit (layout, position))
    return TRUE;
  return refuse (self, position < layout->n_hash
                           ? "One or more parameter values were invalid:"
                             " Size of hashkey has exceeded the maximum size limit of2048 bytes"
                           : "One or more parameter values were invalid:"
                             " Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
}

static gboolean
check_clause (Planner *self, guint position, const HrKeyClause *clause)
{
  const HrKeyLayout *layout = self->plan->layout;
  HrType type = layout->parts[position].type;

  if (clause->is_unindexable)
    return refuse (self, "Attempted conditional constraint is not an indexable operation");
  if (clause->value.type != type || (clause->op == HR_KEY_BETWEEN && clause->upper.type != type))
    return refuse (
        self,
        "One or more parameter values were invalid: Condition parameter type does not match schema type");
  if (position < layout->n_hash && clause->op != HR_KEY_EQ)
    return refuse (self, "Query key condition not supported");
  return check_value (self, position, &clause->value)
         && (clause->op != HR_KEY_BETWEEN || check_value (self, position, &clause->upper));
}

/* The parts of a sort key, left to right: all but the last that is named need equality. */
static gboolean
check_gaps (Planner *self, const HrKeyCondition *condition)
{
  const HrKeyLayout *layout = self->plan->layout;
  const HrKeyPart *open = NULL;

  for (guint i = layout->n_hash; i < layout->n_key; i++)
    {
      const HrKeyClause *clause = find_clause (condition, &layout->parts[i]);

      if (clause != NULL && open != NULL)
        return refuse (
            self,
            "RANGE key attributes %s must have equality conditions specified in the query because a"
            " condition is present on key attribute %s",
            open->name, layout->parts[i].name);
      if (open == NULL && (clause == NULL || clause->op != HR_KEY_EQ))
        open = &layout->parts[i];
    }
  return TRUE;
}

static gboolean
check_condition (Planner *self)
{
  const HrKeyCondition *condition = self->request->key_condition;
  const HrKeyLayout *layout = self->plan->layout;
  guint found = 0;

  if (!check_repeats (self, condition))
    return FALSE;
  if (condition->n_clauses > layout->n_key)
    return refuse (
        self,
        "The number of query conditions (%u) exceeds the number of key attributes defined in the schema (%u)",
        condition->n_clauses, layout->n_key);
  for (guint i = 0; i < layout->n_key; i++)
    {
      const HrKeyClause *clause = find_clause (condition, &layout->parts[i]);

      if (clause == NULL && i < layout->n_hash)
        return refuse (self, "Query condition missed key schema element: %s", layout->parts[i].name);
      if (clause != NULL && !check_clause (self, i, clause))
        return FALSE;
      found += clause != NULL;
    }
  for (guint i = 0; found < condition->n_clauses && i < layout->n_key; i++)
    if (find_clause (condition, &layout->parts[i]) == NULL)
      return refuse (self, "Query condition missed key schema element: %s", layout->parts[i].name);
  return check_gaps (self, condition);
}

/* Where a bound lies, from the prefix of the parts with equality on. */
typedef enum
{
  BOUND_PREFIX,       /* before everything with the prefix */
  BOUND_AFTER_PREFIX, /* behind it */
  BOUND_VALUE,        /* before keys with the value */
  BOUND_AFTER_VALUE,
  BOUND_OPEN,         /* before keys whose value begins with the value */
  BOUND_AFTER_OPEN,
  BOUND_AFTER_UPPER,  /* behind keys with the upper value */
} Bound;

static const struct
{
  Bound lower;
  Bound upper;
} operator_bounds[] = {
  [HR_KEY_EQ] = { BOUND_VALUE, BOUND_AFTER_VALUE },
  [HR_KEY_LT] = { BOUND_PREFIX, BOUND_VALUE },
  [HR_KEY_LE] = { BOUND_PREFIX, BOUND_AFTER_VALUE },
  [HR_KEY_GT] = { BOUND_AFTER_VALUE, BOUND_AFTER_PREFIX },
  [HR_KEY_GE] = { BOUND_VALUE, BOUND_AFTER_PREFIX },
  [HR_KEY_BETWEEN] = { BOUND_VALUE, BOUND_AFTER_UPPER },
  [HR_KEY_BEGINS_WITH] = { BOUND_OPEN, BOUND_AFTER_OPEN },
};

static const guint8 *
make_bound (Planner *self, const HrBuffer *prefix, const HrKeyClause *clause, Bound bound, gsize *length)
{
  HrBuffer *buffer = &self->engine->buffer;
  gboolean is_after = bound == BOUND_AFTER_PREFIX || bound == BOUND_AFTER_VALUE || bound == BOUND_AFTER_OPEN
                      || bound == BOUND_AFTER_UPPER;

  hr_buffer_truncate (buffer, 0);
  hr_buffer_append (buffer, prefix->data, prefix->length);
  if (bound == BOUND_AFTER_UPPER)
    hr_key_append_component (buffer, &clause->upper, TRUE);
  else if (bound == BOUND_OPEN || bound == BOUND_AFTER_OPEN)
    hr_key_append_component (buffer, &clause->value, FALSE);
  else if (bound == BOUND_VALUE || bound == BOUND_AFTER_VALUE)
    hr_key_append_component (buffer, &clause->value, TRUE);
  if (is_after)
    hr_key_to_successor (buffer);
  *length = buffer->length;
  return hr_arena_memdup (self->arena, buffer->data, buffer->length);
}

static void
make_query_range (Planner *self)
{
  const HrKeyCondition *condition = self->request->key_condition;
  const HrKeyLayout *layout = self->plan->layout;
  HrKeyRange *range = &self->plan->range;
  const HrKeyClause *last = NULL;
  HrValue values[HR_KEY_PARTS_MAX];
  g_auto (HrBuffer) prefix = HR_BUFFER_INIT;
  guint count = 0;

  while (count < layout->n_key)
    {
      const HrKeyClause *clause = find_clause (condition, &layout->parts[count]);

      if (clause == NULL || clause->op != HR_KEY_EQ)
        {
          last = clause;
          break;
        }
      values[count++] = clause->value;
    }
  hr_key_encode (layout, values, count, &prefix);
  range->lower =
      make_bound (self, &prefix, last, last != NULL ? operator_bounds[last->op].lower : BOUND_PREFIX,
                  &range->lower_length);
  range->upper =
      make_bound (self, &prefix, last, last != NULL ? operator_bounds[last->op].upper : BOUND_AFTER_PREFIX,
                  &range->upper_length);
}

static const guint8 *
make_segment_bound (Planner *self, guint segment, gsize *length)
{
  HrBuffer *buffer = &self->engine->buffer;

  hr_buffer_truncate (buffer, 0);
  hr_key_append_segment_start (segment, self->request->total_segments, buffer);
  *length = buffer->length;
  return hr_arena_memdup (self->arena, buffer->data, buffer->length);
}

static void
make_scan_range (Planner *self)
{
  const HrPageRequest *request = self->request;
  HrKeyRange *range = &self->plan->range;

  *range = HR_KEY_RANGE_ALL;
  if (request->total_segments < 2)
    return;
  range->lower = make_segment_bound (self, request->segment, &range->lower_length);
  range->upper = make_segment_bound (self, request->segment + 1, &range->upper_length);
}

/* The start key */

static int
compare_keys (const guint8 *a, gsize a_length, const guint8 *b, gsize b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static gboolean
gather_start (Planner *self, HrValue *values)
{
  gboolean is_plain_scan = self->request->key_condition == NULL && self->plan->index == NULL;

  if (self->request->start_key->length == self->plan->layout->n_parts
      && hr_key_layout_gather (self->plan->layout, self->request->start_key, values))
    return TRUE;
  return refuse (self, "The provided starting key is invalid%s",
                 is_plain_scan ? ": The provided key element does not match the schema" : "");
}

static gboolean
is_in_range (Planner *self, const HrValue *values)
{
  const HrKeyRange *range = &self->plan->range;
  HrBuffer *key = &self->engine->buffer;

  hr_buffer_truncate (key, 0);
  hr_key_encode (self->plan->layout, values, self->plan->layout->n_parts, key);
  return compare_keys ((guint8 *) key->data, key->length, range->lower, range->lower_length) >= 0
         && compare_keys ((guint8 *) key->data, key->length, range->upper, range->upper_length) < 0;
}

/* The service looks at the sort key first, and with a condition on it has other words for the partition key. */
static gboolean
refuse_start (Planner *self, HrValue *values)
{
  const HrKeyLayout *layout = self->plan->layout;
  const HrPageRequest *request = self->request;

  if (request->key_condition == NULL)
    return refuse (
        self,
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey"
        " with correct Segment. TotalSegments: %u Segment: %u",
        request->total_segments, request->segment);
  if (request->key_condition->n_clauses == layout->n_hash)
    return refuse (self,
                   "The provided starting key is outside query boundaries based on provided conditions");
  for (guint i = 0; i < layout->n_hash; i++)
    values[i] = find_clause (request->key_condition, &layout->parts[i])->value;
  return refuse (self, "%s",
                 is_in_range (self, values)
                     ? "The query can return at most one row and cannot be restarted"
                     : "The provided starting key does not match the range key predicate");
}

/* Exclusive: the walk goes on behind the key, whichever way it goes. One more byte makes the next key. The key is in
 * the buffer since it was looked at. */
static gboolean
apply_start (Planner *self, HrValue *values)
{
  HrKeyRange *range = &self->plan->range;
  HrBuffer *key = &self->engine->buffer;

  if (!is_in_range (self, values))
    return refuse_start (self, values);

  if (self->request->backward)
    {
      range->upper = hr_arena_memdup (self->arena, key->data, key->length);
      range->upper_length = key->length;
      return TRUE;
    }
  hr_buffer_append_char (key, 0);
  range->lower = hr_arena_memdup (self->arena, key->data, key->length);
  range->lower_length = key->length;
  return TRUE;
}

/* What is returned */

typedef struct
{
  Planner *planner;
  guint first_key;    /* of the attributes of the key, the first that is named; as many as there are: none */
  GPtrArray *missing; /* names of attributes that the index lacks, owned */
} FilterWalk;

static gboolean
path_starts_with (const HrPath *path, const HrKeyPart *part)
{
  return path->steps[0].name_length == part->name_length
         && memcmp (path->steps[0].name, part->name, part->name_length) == 0;
}

static void
check_filter_path_cb (const HrPath *path, gpointer user_data)
{
  FilterWalk *walk = user_data;
  const HrPlan *plan = walk->planner->plan;
  const HrPathStep *step = &path->steps[0];
  g_autofree char *name = g_strndup (step->name, step->name_length);

  if (plan->index != NULL && !hr_stored_index_projects (plan->index, step->name, step->name_length)
      && !g_ptr_array_find_with_equal_func (walk->missing, name, g_str_equal, NULL))
    g_ptr_array_add (walk->missing, g_steal_pointer (&name));
  for (guint i = 0; i < walk->first_key; i++)
    if (path_starts_with (path, &plan->layout->parts[i]))
      walk->first_key = i;
}

/* What a key condition is there for. */
static gboolean
refuse_key (Planner *self, const HrKeyPart *part)
{
  return refuse (self, "%s can only contain non-primary key attributes: Primary key attribute: %s",
                 self->request->is_legacy_filter ? "QueryFilter" : "Filter Expression", part->name);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
refuse_missing (Planner *self, GPtrArray *names)
{
  g_autofree char *list = NULL;

  g_ptr_array_sort (names, compare_names_cb);
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (", ", (char **) names->pdata);
  return refuse (self,
                 "One or more parameter values were invalid: Secondary index %s does not project one or more filter "
                 "attributes: [%s]",
                 self->plan->index->definition->name, list);
}

/* No filter sees more than the index has: a query is refused for that, a scan finds nothing there. Source: clients of
 * the service report the former; of statements both are observed, whose own check it is. */
static gboolean
check_filter (Planner *self)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  const HrKeyLayout *layout = self->plan->layout;
  FilterWalk walk = { self, layout->n_key, missing };
  HrItemCheck check = HR_ITEM_CHECK (self->arena, self->error);

  if (self->request->filter == NULL)
    return TRUE;
  if (self->request->key_condition != NULL && !self->request->is_select_statement)
    hr_condition_foreach_path (self->request->filter, check_filter_path_cb, &walk);
  if (walk.first_key < layout->n_key)
    return refuse_key (self, &layout->parts[walk.first_key]);
  if (!hr_item_check_condition (&check, self->plan->table, self->request->filter))
    return FALSE;
  return missing->len == 0 || refuse_missing (self, missing);
}

/* Names of the projection that the index lacks, as messages print them. */
static gboolean
check_projection (Planner *self)
{
  const HrProjection *projection = self->request->projection;
  HrPlan *plan = self->plan;
  g_auto (HrBuffer) missing = HR_BUFFER_INIT;
  HrItemCheck check = HR_ITEM_CHECK (self->arena, self->error);

  if (!hr_item_check_projection (&check, plan->table, projection))
    return FALSE;
  for (guint i = 0; projection != NULL && plan->index != NULL && i < projection->n_paths; i++)
    {
      const HrPathStep *step = &projection->paths[i].steps[0];

      if (hr_stored_index_projects (plan->index, step->name, step->name_length))
        continue;
      if (missing.length > 0)
        hr_buffer_append_string (&missing, ", ");
      hr_buffer_append (&missing, step->name, step->name_length);
    }
  if (missing.length == 0)
    return TRUE;
  if (plan->index->definition->kind == HR_INDEX_GLOBAL)
    return refuse (
        self, "One or more parameter values were invalid: Global secondary index %s does not project [%.*s]",
        plan->index->definition->name, (int) missing.length, missing.data);
  plan->fetches = TRUE;
  return TRUE;
}

static gboolean
check_select (Planner *self)
{
  const HrPageRequest *request = self->request;
  HrPlan *plan = self->plan;

  plan->is_count = request->has_select && request->select == HR_SELECT_COUNT;
  if (!request->has_select || request->select != HR_SELECT_ALL_ATTRIBUTES || plan->index == NULL
      || plan->index->projected == NULL)
    return TRUE;
  if (plan->index->definition->kind == HR_INDEX_GLOBAL)
    return refuse (
        self,
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for"
        " global secondary index %s because its projection type is not ALL",
        plan->index->definition->name);
  plan->fetches = TRUE;
  return TRUE;
}

gboolean
hr_plan_init (HrPlan *plan, HrEngine *engine, const HrPageRequest *request, HrArena *arena,
              HrServiceError *error)
{
  Planner planner = { plan, engine, request, arena, error };
  HrValue start[HR_KEY_PARTS_MAX];

  memset (plan, 0, sizeof *plan);
  if (!find_target (&planner)
      || (request->start_key != NULL && !gather_start (&planner, start))
      || (request->key_condition != NULL && !check_condition (&planner)))
    return FALSE;
  if (request->key_condition != NULL)
    make_query_range (&planner);
  else
    make_scan_range (&planner);
  if (request->start_key != NULL && !apply_start (&planner, start))
    return FALSE;
  return check_filter (&planner) && check_select (&planner) && check_projection (&planner);
}
