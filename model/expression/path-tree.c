/*
 * Sorting the paths step by step brings those with a common beginning together: then any overlap
 * or conflict shows between two neighbours, and each level of the tree is a run of the sorted list.
 * Only when there is something to report are all pairs looked at, in the order they were written.
 */
#include "model/expression/path-tree.h"

#include <string.h>

/* Elements before members, so that a mixture meets at one place. */
static int
compare_steps (const HrPathStep *a, const HrPathStep *b)
{
  int order;

  if (a->name == NULL || b->name == NULL)
    return a->name == NULL && b->name == NULL ? (a->index > b->index) - (a->index < b->index)
                                              : (a->name != NULL) - (b->name != NULL);
  order = memcmp (a->name, b->name, MIN (a->name_length, b->name_length));
  return order != 0 ? order : (a->name_length > b->name_length) - (a->name_length < b->name_length);
}

static int
compare_paths (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const HrPath *paths = user_data;
  const HrPath *left = &paths[*(const guint *) a];
  const HrPath *right = &paths[*(const guint *) b];

  for (guint i = 0; i < left->n_steps && i < right->n_steps; i++)
    {
      int order = compare_steps (&left->steps[i], &right->steps[i]);

      if (order != 0)
        return order;
    }
  return (left->n_steps > right->n_steps) - (left->n_steps < right->n_steps);
}

/* An overlap is reported before any conflict; of several, the one that is complete first. */
static gboolean
fail_paths (HrContext *context, const HrPath *paths, const HrRange *ranges, guint n_paths,
            HrPathRelation relation)
{
  for (guint second = 1; second < n_paths; second++)
    for (guint first = 0; first < second; first++)
      if (hr_path_relate (&paths[first], &paths[second]) == relation)
        return hr_context_fail (
            context, ranges[second],
            "Two document paths %s with each other; must remove or rewrite one of these paths; "
            "path one: %s, path two: %s",
            relation == HR_PATHS_OVERLAP ? "overlap" : "conflict",
            hr_path_describe (&paths[first], context->arena),
            hr_path_describe (&paths[second], context->arena));
  return TRUE;
}

static gboolean
check_neighbours (HrContext *context, const HrPath *paths, const HrRange *ranges, const guint *order,
                  guint n_paths)
{
  for (guint i = 1; i < n_paths; i++)
    if (hr_path_relate (&paths[order[i - 1]], &paths[order[i]]) != HR_PATHS_DISTINCT)
      return fail_paths (context, paths, ranges, n_paths, HR_PATHS_OVERLAP)
             && fail_paths (context, paths, ranges, n_paths, HR_PATHS_CONFLICT);
  return TRUE;
}

/* How many of the sorted paths go through the same step at @depth as the first. */
static guint
count_run (const HrPath *paths, const guint *order, guint n_paths, guint depth)
{
  guint count = 1;

  while (count < n_paths
         && compare_steps (&paths[order[0]].steps[depth], &paths[order[count]].steps[depth]) == 0)
    count++;
  return count;
}

/* Recursion goes as deep as the longest path, which the checker has limited. */
static void
fill_children (HrArena *arena, HrPathTree *parent, const HrPath *paths, const guint *order, guint n_paths,
               guint depth)
{
  HrPathTree *children;
  guint count = 0;

  for (guint i = 0; i < n_paths; i += count_run (paths, order + i, n_paths - i, depth))
    count++;
  children = hr_arena_array (arena, HrPathTree, count);
  parent->children = children;
  parent->n_children = count;

  for (guint i = 0, run; i < n_paths; i += run, children++)
    {
      const HrPath *path = &paths[order[i]];

      run = count_run (paths, order + i, n_paths - i, depth);
      *children = (HrPathTree) { .step = path->steps[depth], .index = order[i] };
      if (path->n_steps > depth + 1)
        fill_children (arena, children, paths, order + i, run, depth + 1);
    }
}

const HrPathTree *
hr_path_tree_new (HrContext *context, const HrPath *paths, const HrRange *ranges, guint n_paths)
{
  HrPathTree *root = hr_arena_new0 (context->arena, HrPathTree);
  guint *order = hr_arena_array (context->arena, guint, n_paths);

  for (guint i = 0; i < n_paths; i++)
    order[i] = i;
  if (n_paths > 1)
    g_qsort_with_data (order, (gint) n_paths, sizeof *order, compare_paths, (gpointer) paths);
  if (!check_neighbours (context, paths, ranges, order, n_paths))
    return NULL;
  fill_children (context->arena, root, paths, order, n_paths, 0);
  return root;
}
