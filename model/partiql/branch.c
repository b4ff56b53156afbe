/*
 * Taking a condition apart by what it says about a key.
 *
 * `pk IN ['a', 'b'] AND x = 1` is two branches, one a partition; `pk = 'a' AND (x = 1 OR y = 2)` is one, because the
 * OR has nothing to do with the key. Whether all branches name a partition is found out first, which takes one walk;
 * only then are they spelled out, and not more of them than the service would read.
 */
#include "model/partiql/branch-private.h"

#include "model/expression/build.h"

#include <string.h>

/* Clauses */

static gboolean
is_part (const HrNode *node, const HrKeyPart *part)
{
  const HrPathStep *step;

  if (node->kind != HR_NODE_PATH || node->path.path.n_steps != 1)
    return FALSE;
  step = &node->path.path.steps[0];
  return step->name_length == part->name_length && memcmp (step->name, part->name, part->name_length) == 0;
}

static gboolean
are_values (HrNode *const *nodes, guint count)
{
  for (guint i = 0; i < count; i++)
    if (nodes[i]->kind != HR_NODE_VALUE)
      return FALSE;
  return TRUE;
}

static gboolean
is_turnable (HrKeyOperator op)
{
  return op != HR_KEY_BETWEEN && op != HR_KEY_BEGINS_WITH;
}

gboolean
hr_partiql_read_clause (const HrNode *node, const HrKeyPart *part, HrKeyClause *clause)
{
  HrNode *const *operands;
  gboolean is_turned;
  HrKeyOperator op;

  if (!hr_key_operator_find (node, FALSE, &op))
    return FALSE;
  operands = node->operation.operands;
  is_turned = is_turnable (op) && is_part (operands[1], part) && are_values (operands, 1);
  if (is_turned)
    hr_key_operator_find (node, TRUE, &op);
  else if (!is_part (operands[0], part) || !are_values (operands + 1, node->operation.n_operands - 1))
    return FALSE;
  *clause = (HrKeyClause) {
    .name = part->name,
    .name_length = part->name_length,
    .op = op,
    .value = operands[is_turned ? 0 : 1]->value.value,
    .range = node->range,
  };
  if (op == HR_KEY_BETWEEN)
    clause->upper = operands[2]->value.value;
  return TRUE;
}

/* `part IN [values]` */
static gboolean
is_choice (const HrNode *node, const HrKeyPart *part)
{
  return hr_node_is_operation (node, HR_OPERATOR_IN) && node->operation.n_operands > 1
         && is_part (node->operation.operands[0], part)
         && are_values (node->operation.operands + 1, node->operation.n_operands - 1);
}

static gboolean
pins (const HrNode *node, const HrKeyPart *part)
{
  gboolean is_or = hr_node_is_operation (node, HR_OPERATOR_OR);
  HrKeyClause clause;

  if (!is_or && !hr_node_is_operation (node, HR_OPERATOR_AND))
    return is_choice (node, part) || (hr_partiql_read_clause (node, part, &clause) && clause.op == HR_KEY_EQ);
  for (guint i = 0; i < node->operation.n_operands; i++)
    if (pins (node->operation.operands[i], part) != is_or)
      return !is_or;
  return is_or;
}

gboolean
hr_partiql_pins_partition (const HrNode *node, const HrKeyLayout *layout)
{
  for (guint i = 0; i < layout->n_hash; i++)
    if (!pins (node, &layout->parts[i]))
      return FALSE;
  return TRUE;
}

gboolean
hr_partiql_mentions (const HrNode *node, const HrKeyLayout *layout, guint first, guint end)
{
  if (node->kind == HR_NODE_PATH)
    {
      const HrPathStep *step = &node->path.path.steps[0];

      for (guint i = first; i < end; i++)
        if (step->name_length == layout->parts[i].name_length
            && memcmp (step->name, layout->parts[i].name, step->name_length) == 0)
          return TRUE;
      return FALSE;
    }
  for (guint i = 0; node->kind == HR_NODE_OPERATION && i < node->operation.n_operands; i++)
    if (hr_partiql_mentions (node->operation.operands[i], layout, first, end))
      return TRUE;
  return FALSE;
}

/* Branches */

typedef struct
{
  HrArena *arena;
  const HrKeyLayout *layout;
  guint max;
} Divider;

static GArray *divide (Divider *self, HrNode *node);

static GArray *
new_branches (void)
{
  return g_array_new (FALSE, FALSE, sizeof (HrPartiqlBranch));
}

static void
add_branch (GArray *branches, HrNode *const *nodes, guint n_nodes, HrArena *arena)
{
  HrPartiqlBranch branch = { hr_arena_memdup (arena, nodes, n_nodes * sizeof *nodes), n_nodes };

  g_array_append_val (branches, branch);
}

static HrNode *
new_equality (Divider *self, HrNode *in, guint index)
{
  HrNode *operands[] = { in->operation.operands[0], in->operation.operands[index] };

  return hr_node_new_operation (self->arena, HR_OPERATOR_EQ, operands, G_N_ELEMENTS (operands));
}

static GArray *
divide_choice (Divider *self, HrNode *node)
{
  GArray *branches = new_branches ();

  for (guint i = 1; i < node->operation.n_operands; i++)
    {
      HrNode *equality = new_equality (self, node, i);

      add_branch (branches, &equality, 1, self->arena);
    }
  return branches;
}

static GArray *
divide_or (Divider *self, HrNode *node)
{
  GArray *branches = new_branches ();

  for (guint i = 0; i < node->operation.n_operands && branches != NULL; i++)
    {
      g_autoptr (GArray) more = divide (self, node->operation.operands[i]);

      if (more != NULL && branches->len + more->len <= self->max)
        g_array_append_vals (branches, more->data, more->len);
      else
        g_clear_pointer (&branches, g_array_unref);
    }
  return branches;
}

/* Each branch of @a with each of @b; NULL when they are too many. */
static GArray *
multiply (Divider *self, const GArray *a, const GArray *b)
{
  GArray *product;

  if ((guint64) a->len * b->len > self->max)
    return NULL;
  product = new_branches ();
  for (guint i = 0; i < a->len; i++)
    for (guint j = 0; j < b->len; j++)
      {
        const HrPartiqlBranch *left = &g_array_index (a, HrPartiqlBranch, i);
        const HrPartiqlBranch *right = &g_array_index (b, HrPartiqlBranch, j);
        HrNode **nodes = hr_arena_array (self->arena, HrNode *, left->n_nodes + right->n_nodes);
        HrPartiqlBranch branch = { nodes, left->n_nodes + right->n_nodes };

        memcpy (nodes, left->nodes, left->n_nodes * sizeof *nodes);
        memcpy (nodes + left->n_nodes, right->nodes, right->n_nodes * sizeof *nodes);
        g_array_append_val (product, branch);
      }
  return product;
}

static GArray *
divide_and (Divider *self, HrNode *node)
{
  GArray *branches = new_branches ();

  add_branch (branches, NULL, 0, self->arena);
  for (guint i = 0; i < node->operation.n_operands && branches != NULL; i++)
    {
      g_autoptr (GArray) before = branches;
      g_autoptr (GArray) more = divide (self, node->operation.operands[i]);

      branches = more != NULL ? multiply (self, before, more) : NULL;
    }
  return branches;
}

static GArray *
divide (Divider *self, HrNode *node)
{
  const HrKeyLayout *layout = self->layout;
  GArray *branches;

  for (guint i = 0; i < layout->n_key; i++)
    if (is_choice (node, &layout->parts[i]))
      return divide_choice (self, node);
  if (hr_node_is_operation (node, HR_OPERATOR_AND))
    return divide_and (self, node);
  if (hr_node_is_operation (node, HR_OPERATOR_OR) && hr_partiql_mentions (node, layout, 0, layout->n_key))
    return divide_or (self, node);
  branches = new_branches ();
  add_branch (branches, &node, 1, self->arena);
  return branches;
}

HrPartiqlBranch *
hr_partiql_get_branches (HrArena *arena, HrNode *where, const HrKeyLayout *layout, guint max, guint *n_branches)
{
  Divider divider = { arena, layout, max };
  g_autoptr (GArray) branches = divide (&divider, where);

  *n_branches = branches != NULL ? branches->len : 0;
  if (branches == NULL || branches->len > max)
    return NULL;
  return hr_arena_memdup (arena, branches->data, branches->len * sizeof (HrPartiqlBranch));
}
