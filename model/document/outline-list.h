#pragma once

#include "model/document/outline.h"

G_BEGIN_DECLS

/** HrOutlineSum: of the nodes of a list: how many, and the shown rows and runs in them. */
typedef struct
{
  guint64 nodes;
  guint64 rows;
  guint64 runs;
} HrOutlineSum;

typedef struct
{
  guint32 rows;
  guint32 runs;
} HrOutlineWeight;

typedef struct
{
  HrOutlineSum before; /* of all blocks before this one */
  guint count;
  guint capacity;
  gpointer *nodes;
  HrOutlineWeight *weights; /* behind the nodes; NULL in a list without weights */
} HrOutlineBlock;

/**
 * HrOutlineList: ordered nodes, found by position, by order, by row or by height.
 *
 * Finding is a bisection of blocks and a look at one block; changing a node moves at most one block's nodes
 * and adds to the sums of those behind it. The list does not own its nodes. A plain value.
 */
typedef struct
{
  HrOutlineBlock *blocks;
  guint n_blocks;
  guint capacity;
  gboolean has_weights;
  HrOutlineSum total;
} HrOutlineList;

/** The order of a node of the list and what is looked for. */
typedef int (*HrOutlineCompare) (gconstpointer node, gconstpointer wanted);

void     hr_outline_list_init    (HrOutlineList *list, gboolean has_weights);
void     hr_outline_list_clear   (HrOutlineList *list, GDestroyNotify free_node); /* nullable */
void     hr_outline_list_insert  (HrOutlineList *list, guint64 position, gpointer node, HrOutlineWeight weight);
void     hr_outline_list_append  (HrOutlineList *list, gpointer node, HrOutlineWeight weight);
void     hr_outline_list_replace (HrOutlineList *list, guint64 position, gpointer node, HrOutlineWeight weight);
void     hr_outline_list_remove  (HrOutlineList *list, guint64 position);
/** NULL past the end. @before and @weight are nullable. */
gpointer hr_outline_list_get     (const HrOutlineList *list, guint64 position, HrOutlineSum *before,
                                  HrOutlineWeight *weight);
/** Position of the first node that is not before @wanted. */
guint64  hr_outline_list_search  (const HrOutlineList *list, HrOutlineCompare compare, gconstpointer wanted);
/** The node with row number @row, which must be less than the total. */
guint64  hr_outline_list_find_row (const HrOutlineList *list, guint64 row);
/** The node at @y, which must be less than the total height. */
guint64  hr_outline_list_find_height (const HrOutlineList *list, const HrOutlineMetrics *metrics, double y);

static inline double
hr_outline_sum_height (const HrOutlineSum *sum, const HrOutlineMetrics *metrics)
{
  return metrics->gap * (double) sum->nodes + metrics->header * (double) sum->runs + metrics->row * (double) sum->rows;
}

G_END_DECLS
