/*
 * ORDER BY: the order of the reads, and the direction within each.
 *
 * Items come sorted by the sort key from each partition; partitions can be put in the order of their keys. An order by
 * the partition key alone reads backwards, which is the service's own way. Source: observed, 2026-09.
 */
#include "model/partiql/plan-private.h"

#include "model/base/buffer.h"

#include <string.h>

typedef struct
{
  const HrPartiqlPlan *plan;
  HrArena *arena;
  gboolean has_hash;
  gboolean is_hash_descending;
} Order;

static gboolean
find_part (const HrPartiqlPlan *plan, const HrPath *path, guint *position)
{
  for (guint i = 0; i < plan->layout.n_key && path->n_steps == 1; i++)
    if (path->steps[0].name_length == plan->layout.parts[i].name_length
        && memcmp (path->steps[0].name, plan->layout.parts[i].name, path->steps[0].name_length) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
refuse_attribute (const HrPath *path, HrArena *arena, HrServiceError *error)
{
  g_auto (HrBuffer) name = HR_BUFFER_INIT;

  for (guint i = 0; i < path->n_steps; i++)
    {
      if (path->steps[i].name == NULL)
        hr_buffer_printf (&name, "[%u]", path->steps[i].index);
      else
        {
          hr_buffer_append_string (&name, i > 0 ? "." : "");
          hr_buffer_append (&name, path->steps[i].name, path->steps[i].name_length);
        }
    }
  return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                               "Attribute %.*s in ORDER BY clause must be part of the primary key",
                               (int) name.length, name.data);
}

static gboolean
has_several_partitions (const HrPartiqlPlan *plan)
{
  for (guint i = 1; i < plan->n_reads; i++)
    if (!hr_partiql_reads_share_partition (plan, &plan->reads[0], &plan->reads[i]))
      return TRUE;
  return FALSE;
}

static int
compare_reads (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Order *order = user_data;
  const HrPartiqlPlan *plan = order->plan;
  int result = 0;

  for (guint i = 0; i < plan->layout.n_hash && order->has_hash && result == 0; i++)
    result = hr_value_compare (&hr_partiql_read_find_clause (a, plan, i)->value,
                               &hr_partiql_read_find_clause (b, plan, i)->value);
  if (result != 0)
    return order->is_hash_descending ? -result : result;
  result = hr_partiql_reads_compare_ranges (plan, a, b, order->arena);
  return plan->backward ? -result : result;
}

static gboolean
read_terms (HrPartiqlPlan *plan, const HrPartiqlTree *tree, Order *order, HrServiceError *error)
{
  gboolean has_sort = FALSE;

  for (guint i = 0; i < tree->n_order; i++)
    {
      const HrPartiqlOrder *term = &tree->order[i];
      guint position;

      if (!find_part (plan, &term->path->path, &position))
        return refuse_attribute (&term->path->path, order->arena, error);
      if (position < plan->layout.n_hash)
        {
          order->has_hash = TRUE;
          order->is_hash_descending = term->is_descending;
        }
      else
        {
          has_sort = TRUE;
          plan->backward = term->is_descending;
        }
    }
  if (!has_sort)
    plan->backward = TRUE;
  return TRUE;
}

gboolean
hr_partiql_plan_order (HrPartiqlPlan *plan, const HrPartiql *statement, HrArena *arena, HrServiceError *error)
{
  const HrPartiqlTree *tree = statement->tree;
  Order order = { plan, arena, FALSE, FALSE };

  if (tree->n_order == 0)
    return TRUE;
  if (statement->where == NULL)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "Must have WHERE clause in the statement when using ORDER BY clause.");
  if (!read_terms (plan, tree, &order, error))
    return FALSE;
  if (plan->reads[0].access == HR_PARTIQL_SCAN)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "Must have at least one non-optional hash key condition in WHERE clause when "
                                 "using ORDER BY clause.");
  if (!order.has_hash && has_several_partitions (plan))
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "Must have hash key in ORDER BY clause when more than one hash key condition "
                                 "specified in WHERE clause.");
  if (plan->n_reads > 1)
    g_qsort_with_data (plan->reads, (gint) plan->n_reads, sizeof *plan->reads, compare_reads, &order);
  return TRUE;
}
