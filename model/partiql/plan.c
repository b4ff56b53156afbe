/*
 * How a SELECT is read.
 *
 * When each branch of WHERE names a partition, each is a read of its own: a GetItem when it names the whole key and
 * nothing else, else a Query whose remaining conditions are its filter. In all other cases the table or index is
 * scanned. Branches must not overlap, or an item would come twice; the service refuses that, except where a sort key
 * stands in a condition that no range can express: then the branches of a partition are read as one.
 */
#include "model/partiql/plan-private.h"

#include "model/base/buffer.h"
#include "model/partiql/binder-private.h"
#include "model/partiql/branch-private.h"
#include "model/partiql/span-private.h"

#include <string.h>

/* Into how many reads a statement may fall apart. Source: observed, 2026-09. */
#define MAX_READS 50
/* Enough to see that there are more, with the repeats that are another fault. */
#define MAX_BRANCHES 1000

typedef struct
{
  HrPartiqlPlan *plan;
  HrArena *arena;
  HrServiceError *error;
  HrPartiqlBranch *branches;
  guint n_branches;
  gboolean is_lenient;
  gboolean *is_open; /* of each read: a sort key is in a condition that is no range */
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

const HrKeyClause *
hr_partiql_read_find_clause (const HrPartiqlRead *read, const HrPartiqlPlan *plan, guint position)
{
  const HrKeyPart *part = &plan->layout.parts[position];

  for (guint i = 0; i < read->condition.n_clauses; i++)
    if (read->condition.clauses[i].name_length == part->name_length
        && memcmp (read->condition.clauses[i].name, part->name, part->name_length) == 0)
      return &read->condition.clauses[i];
  return NULL;
}

gboolean
hr_partiql_reads_share_partition (const HrPartiqlPlan *plan, const HrPartiqlRead *a, const HrPartiqlRead *b)
{
  for (guint i = 0; i < plan->layout.n_hash; i++)
    if (!hr_value_equal (&hr_partiql_read_find_clause (a, plan, i)->value,
                         &hr_partiql_read_find_clause (b, plan, i)->value))
      return FALSE;
  return TRUE;
}

int
hr_partiql_reads_compare_ranges (const HrPartiqlPlan *plan, const HrPartiqlRead *a, const HrPartiqlRead *b,
                                 HrArena *arena)
{
  for (guint i = plan->layout.n_hash; i < plan->layout.n_key; i++)
    {
      HrPartiqlSpan left;
      HrPartiqlSpan right;
      int order;

      hr_partiql_span_init (&left, hr_partiql_read_find_clause (a, plan, i), arena);
      hr_partiql_span_init (&right, hr_partiql_read_find_clause (b, plan, i), arena);
      order = hr_partiql_span_compare (&left, &right);
      if (order != 0)
        return order;
    }
  return 0;
}

/* One branch */

typedef struct
{
  HrKeyClause clauses[HR_KEY_PARTS_MAX];
  guint n_clauses;
  GPtrArray *rest; /* nodes that no clause stands for */
  gboolean is_contradiction;
} Sorter;

static gboolean
check_type (Planner *self, const HrKeyPart *part, const HrKeyClause *clause)
{
  if ((clause->value.type == part->type && (clause->op != HR_KEY_BETWEEN || clause->upper.type == part->type))
      || (self->is_lenient && self->n_branches == 1))
    return TRUE;
  return refuse (self, "Key attribute's data type should match its data type in table's schema: Key %s",
                 part->name);
}

/* The clause of @branch for @part: an equality if there is one, else the first range. */
static gboolean
choose_clause (Planner *self, const HrPartiqlBranch *branch, const HrKeyPart *part, HrKeyClause *chosen,
               gboolean *is_found)
{
  *is_found = FALSE;
  for (guint i = 0; i < branch->n_nodes; i++)
    {
      HrKeyClause clause;

      if (!hr_partiql_read_clause (branch->nodes[i], part, &clause))
        continue;
      if (!check_type (self, part, &clause))
        return FALSE;
      if (!*is_found || (clause.op == HR_KEY_EQ && chosen->op != HR_KEY_EQ))
        *chosen = clause;
      *is_found = TRUE;
    }
  return TRUE;
}

static gboolean
choose_clauses (Planner *self, const HrPartiqlBranch *branch, Sorter *sorter)
{
  const HrKeyLayout *layout = &self->plan->layout;
  gboolean is_closed = FALSE;

  for (guint i = 0; i < layout->n_key; i++)
    {
      HrKeyClause *clause = &sorter->clauses[sorter->n_clauses];
      gboolean is_found;

      if (!choose_clause (self, branch, &layout->parts[i], clause, &is_found))
        return FALSE;
      /* Behind a range, or a part that is not named, a key condition cannot go on. */
      if (is_found && !is_closed)
        sorter->n_clauses++;
      is_closed = is_closed || !is_found || (i >= layout->n_hash && clause->op != HR_KEY_EQ);
    }
  return TRUE;
}

/* Whether one of the clauses says all that @node says. */
static gboolean
is_said (const Planner *self, Sorter *sorter, const HrNode *node)
{
  for (guint i = 0; i < sorter->n_clauses; i++)
    {
      const HrKeyClause *chosen = &sorter->clauses[i];
      HrKeyClause clause;

      if (!hr_partiql_read_clause (node, &self->plan->layout.parts[i], &clause))
        continue;
      if (clause.op == chosen->op && hr_value_equal (&clause.value, &chosen->value)
          && (clause.op != HR_KEY_BETWEEN || hr_value_equal (&clause.upper, &chosen->upper)))
        return TRUE;
      sorter->is_contradiction |= i < self->plan->layout.n_hash && clause.op == HR_KEY_EQ;
    }
  return FALSE;
}

static HrNode *
join (Planner *self, HrOperatorId op, HrNode *const *nodes, guint count)
{
  if (count == 0)
    return NULL;
  return count == 1 ? nodes[0] : hr_partiql_new_operation (self->arena, op, HR_RANGE_NONE, nodes, count);
}

/* `sk <> 'x'` and NOT about a sort key are no ranges. */
static gboolean
is_open_node (const Planner *self, const HrNode *node)
{
  const HrKeyLayout *layout = &self->plan->layout;

  return (hr_node_is_operation (node, HR_OPERATOR_NE) || hr_node_is_operation (node, HR_OPERATOR_NOT))
         && hr_partiql_mentions (node, layout, layout->n_hash, layout->n_key);
}

static void
set_key (Planner *self, HrPartiqlRead *read)
{
  const HrKeyLayout *layout = &self->plan->layout;
  HrValue values[HR_KEY_PARTS_MAX];

  if (self->plan->index != NULL || read->filter != NULL || read->condition.n_clauses < layout->n_key)
    return;
  for (guint i = 0; i < layout->n_key; i++)
    {
      if (read->condition.clauses[i].op != HR_KEY_EQ)
        return;
      values[i] = read->condition.clauses[i].value;
    }
  read->access = HR_PARTIQL_GET;
  read->key = hr_key_layout_to_map (layout, values, self->arena);
}

static gboolean
read_branch (Planner *self, guint index, gboolean *is_contradiction)
{
  const HrPartiqlBranch *branch = &self->branches[index];
  HrPartiqlRead *read = &self->plan->reads[index];
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  Sorter sorter = { .rest = rest };

  if (!choose_clauses (self, branch, &sorter))
    return FALSE;
  for (guint i = 0; i < branch->n_nodes; i++)
    {
      if (is_said (self, &sorter, branch->nodes[i]))
        continue;
      g_ptr_array_add (rest, branch->nodes[i]);
      self->is_open[index] |= is_open_node (self, branch->nodes[i]);
    }
  read->access = HR_PARTIQL_QUERY;
  read->condition.clauses
      = hr_arena_memdup (self->arena, sorter.clauses, sorter.n_clauses * sizeof (HrKeyClause));
  read->condition.n_clauses = sorter.n_clauses;
  read->filter = join (self, HR_OPERATOR_AND, (HrNode **) rest->pdata, rest->len);
  set_key (self, read);
  *is_contradiction |= sorter.is_contradiction;
  return TRUE;
}

/* All branches */

/* The conditions of a branch without those on the partition, which all that are joined share. */
static HrNode *
get_remainder (Planner *self, const HrPartiqlBranch *branch)
{
  const HrKeyLayout *layout = &self->plan->layout;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (guint i = 0; i < branch->n_nodes; i++)
    {
      gboolean is_partition = FALSE;
      HrKeyClause clause;

      for (guint j = 0; j < layout->n_hash; j++)
        is_partition |= hr_partiql_read_clause (branch->nodes[i], &layout->parts[j], &clause);
      if (!is_partition)
        g_ptr_array_add (nodes, branch->nodes[i]);
    }
  return join (self, HR_OPERATOR_AND, (HrNode **) nodes->pdata, nodes->len);
}

/* Makes read @into one of the whole partition that lets through what any of the reads in it would. */
static void
join_partition (Planner *self, guint into)
{
  HrPartiqlPlan *plan = self->plan;
  g_autoptr (GPtrArray) alternatives = g_ptr_array_new ();
  gboolean is_everything = FALSE;
  guint count = into + 1;

  for (guint i = into; i < plan->n_reads; i++)
    {
      HrNode *remainder;

      if (!hr_partiql_reads_share_partition (plan, &plan->reads[into], &plan->reads[i]))
        {
          plan->reads[count] = plan->reads[i];
          self->branches[count] = self->branches[i];
          self->is_open[count++] = self->is_open[i];
          continue;
        }
      remainder = get_remainder (self, &self->branches[i]);
      is_everything |= remainder == NULL;
      if (remainder != NULL)
        g_ptr_array_add (alternatives, remainder);
    }
  plan->n_reads = count;
  plan->reads[into].access = HR_PARTIQL_QUERY;
  plan->reads[into].condition.n_clauses = plan->layout.n_hash;
  plan->reads[into].filter
      = is_everything ? NULL : join (self, HR_OPERATOR_OR, (HrNode **) alternatives->pdata, alternatives->len);
}

static gboolean
resolve_overlaps (Planner *self)
{
  HrPartiqlPlan *plan = self->plan;

  for (guint i = 0; i < plan->n_reads; i++)
    for (guint j = i + 1; j < plan->n_reads; j++)
      {
        if (!hr_partiql_reads_share_partition (plan, &plan->reads[i], &plan->reads[j])
            || hr_partiql_reads_compare_ranges (plan, &plan->reads[i], &plan->reads[j], self->arena) != 0)
          continue;
        if (!self->is_open[i] && !self->is_open[j])
          return refuse (self, "Overlapping conditions with range keys are not supported in where clause");
        join_partition (self, i);
        break;
      }
  return TRUE;
}

static void
plan_scan (HrPartiqlPlan *plan, HrNode *where, HrArena *arena)
{
  plan->reads = hr_arena_new0 (arena, HrPartiqlRead);
  plan->reads->access = HR_PARTIQL_SCAN;
  plan->reads->filter = where;
  plan->n_reads = 1;
}

static gboolean
plan_branches (Planner *self, HrNode *where)
{
  HrPartiqlPlan *plan = self->plan;
  gboolean is_contradiction = FALSE;

  self->branches = hr_partiql_get_branches (self->arena, where, &plan->layout, MAX_BRANCHES, &self->n_branches);
  if (self->branches == NULL || self->n_branches > MAX_READS)
    return refuse (self, "Too many decomposed read operations for a given query.");
  plan->n_reads = self->n_branches;
  plan->reads = hr_arena_alloc0 (self->arena, sizeof (HrPartiqlRead) * self->n_branches);
  self->is_open = hr_arena_alloc0 (self->arena, sizeof (gboolean) * self->n_branches);
  for (guint i = 0; i < self->n_branches; i++)
    if (!read_branch (self, i, &is_contradiction))
      return FALSE;
  if (is_contradiction)
    {
      plan_scan (plan, where, self->arena);
      return TRUE;
    }
  return resolve_overlaps (self);
}

/* Filters of indexes */

static gboolean
index_projects (const Planner *self, const HrPathStep *step)
{
  const HrIndex *index = self->plan->index;

  if (index->projection == HR_PROJECT_ALL)
    return TRUE;
  for (guint i = 0; i < self->plan->layout.n_parts; i++)
    if (self->plan->layout.parts[i].name_length == step->name_length
        && memcmp (self->plan->layout.parts[i].name, step->name, step->name_length) == 0)
      return TRUE;
  for (guint i = 0; index->projection == HR_PROJECT_INCLUDE && i < index->included->len; i++)
    {
      const char *name = index->included->pdata[i];

      if (strlen (name) == step->name_length && memcmp (name, step->name, step->name_length) == 0)
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  const Planner *planner;
  GPtrArray *names; /* owned; that are not projected, each once */
} MissingWalk;

static void
find_missing_cb (const HrPath *path, gpointer user_data)
{
  MissingWalk *walk = user_data;
  g_autofree char *name = NULL;

  if (index_projects (walk->planner, &path->steps[0]))
    return;
  name = g_strndup (path->steps[0].name, path->steps[0].name_length);
  if (!g_ptr_array_find_with_equal_func (walk->names, name, g_str_equal, NULL))
    g_ptr_array_add (walk->names, g_steal_pointer (&name));
}

static const char *
list_missing (const Planner *self, HrNode *filter)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (HrBuffer) list = HR_BUFFER_INIT;
  MissingWalk walk = { self, names };

  if (filter != NULL)
    hr_node_foreach_path (filter, find_missing_cb, &walk);
  for (guint i = 0; i < names->len; i++)
    {
      hr_buffer_append_string (&list, i > 0 ? ", " : "");
      hr_buffer_append_string (&list, names->pdata[i]);
    }
  return names->len > 0 ? hr_arena_strndup (self->arena, list.data, list.length) : NULL;
}

/* A query refuses a filter on what the index lacks, when no branch could do without; it names those of the branch
 * with the greatest partition key. A scan just finds nothing there. Source: observed, 2026-09. */
static gboolean
check_filters (Planner *self)
{
  const HrPartiqlPlan *plan = self->plan;
  const HrValue *greatest = NULL;
  const char *named = NULL;

  if (plan->index == NULL || plan->reads[0].access == HR_PARTIQL_SCAN)
    return TRUE;
  for (guint i = 0; i < plan->n_reads; i++)
    {
      const char *missing = list_missing (self, plan->reads[i].filter);
      const HrValue *value = &plan->reads[i].condition.clauses[0].value;

      if (missing == NULL)
        return TRUE;
      if (greatest == NULL || hr_value_compare (value, greatest) > 0)
        {
          greatest = value;
          named = missing;
        }
    }
  return refuse (self,
                 "One or more parameter values were invalid: Secondary index %s does not project one or more "
                 "filter attributes: [%s]",
                 plan->index->name, named);
}

gboolean
hr_partiql_plan_init (HrPartiqlPlan *plan, const HrPartiql *statement, const HrTable *table, gboolean is_lenient,
                      HrArena *arena, HrServiceError *error)
{
  Planner planner = { .plan = plan, .arena = arena, .error = error, .is_lenient = is_lenient };
  const HrPartiqlTree *tree = statement->tree;

  memset (plan, 0, sizeof *plan);
  if (tree->index != NULL)
    {
      plan->index = hr_table_find_index (table, tree->index);
      if (plan->index == NULL)
        return refuse (&planner, "The table does not have the specified index");
    }
  if (!hr_key_layout_init (&plan->layout, table, plan->index))
    return refuse (&planner, "The table %s has no usable key", table->name);
  if (statement->where == NULL || !hr_partiql_pins_partition (statement->where, &plan->layout))
    plan_scan (plan, statement->where, arena);
  else if (!plan_branches (&planner, statement->where))
    return FALSE;
  return hr_partiql_plan_order (plan, statement, arena, error) && check_filters (&planner);
}

gboolean
hr_partiql_summarise (const HrPartiql *self, const HrTable *table, HrArena *arena, HrPartiqlSummary *summary,
                      HrServiceError *error)
{
  HrPartiqlPlan plan;

  if (!hr_partiql_plan_init (&plan, self, table, FALSE, arena, error))
    return FALSE;
  *summary = (HrPartiqlSummary) { .access = HR_PARTIQL_GET, .n_reads = plan.n_reads, .backward = plan.backward };
  for (guint i = 0; i < plan.n_reads; i++)
    summary->access = MAX (summary->access, plan.reads[i].access);
  if (plan.n_reads == 1 && summary->access == HR_PARTIQL_QUERY)
    summary->condition = &plan.reads[0].condition;
  return TRUE;
}
