/*
 * Projections walk the merged tree of paths alongside the item: each attribute is looked up once,
 * however many paths go through it, and what is found is collected in the order of names and of
 * indexes, which is the order that maps and lists need.
 */
#include "model/expression/projection.h"

#include "model/expression/build.h"
#include "model/expression/checker.h"
#include "model/expression/parser.h"

#include <stdlib.h>
#include <string.h>

static gboolean project (const HrPathTree *tree, const HrValue *value, HrArena *arena, HrValue *result);

static const HrProjection *
merge (HrContext *context, const HrPath *paths, const HrRange *ranges, guint n_paths)
{
  HrProjection *projection = hr_arena_new0 (context->arena, HrProjection);

  projection->paths = paths;
  projection->n_paths = n_paths;
  projection->tree = hr_path_tree_new (context, paths, ranges, n_paths);
  return projection->tree != NULL ? projection : NULL;
}

const HrProjection *
hr_projection_new (HrArena *arena, const HrPathStep *attributes, guint n_attributes)
{
  HrContext context = { .arena = arena, .kind = HR_EXPRESSION_PROJECTION };
  HrPath *paths = hr_arena_array (arena, HrPath, n_attributes);

  for (guint i = 0; i < n_attributes; i++)
    paths[i] = (HrPath) { &attributes[i], 1 };
  return merge (&context, paths, NULL, n_attributes);
}

const HrProjection *
hr_projection_compile (HrArena *arena, const char *text, gsize length, HrPlaceholders *placeholders,
                       HrServiceError *error)
{
  HrContext context = {
    .arena = arena,
    .kind = HR_EXPRESSION_PROJECTION,
    .text = text,
    .length = length,
    .placeholders = placeholders,
    .error = error,
  };
  HrPath *paths;
  HrRange *ranges;
  HrTree tree;

  if (!hr_parse (&context, &tree) || !hr_check_projection (&context, &tree))
    return NULL;
  paths = hr_arena_array (arena, HrPath, tree.n_paths);
  ranges = hr_arena_array (arena, HrRange, tree.n_paths);
  for (guint i = 0; i < tree.n_paths; i++)
    {
      paths[i] = tree.paths[i]->path.path;
      ranges[i] = tree.paths[i]->range;
    }
  return merge (&context, paths, ranges, tree.n_paths);
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const HrColumn *left = a;
  const HrColumn *right = b;
  int order = memcmp (left->name, right->name, MIN (left->name_length, right->name_length));

  return order != 0 ? order : (left->name_length > right->name_length) - (left->name_length < right->name_length);
}

const HrProjection *
hr_projection_new_columns (HrArena *arena, const HrPath *paths, guint n_paths, HrColumn *columns)
{
  HrProjection *projection = hr_arena_new0 (arena, HrProjection);

  qsort (columns, n_paths, sizeof *columns, compare_columns);
  projection->paths = paths;
  projection->n_paths = n_paths;
  projection->columns = columns;
  return projection;
}

static gboolean
project_map (const HrPathTree *tree, const HrValue *map, HrArena *arena, HrValue *result)
{
  HrMember *members = hr_arena_array (arena, HrMember, tree->n_children);
  guint count = 0;

  for (guint i = 0; i < tree->n_children; i++)
    {
      const HrPathStep *step = &tree->children[i].step;
      const HrValue *value = hr_map_get (map, step->name, step->name_length);

      if (value == NULL || !project (&tree->children[i], value, arena, &members[count].value))
        continue;
      members[count].name = step->name;
      members[count].name_length = step->name_length;
      count++;
    }
  *result = hr_value_map (members, count);
  return count > 0;
}

static gboolean
project_list (const HrPathTree *tree, const HrValue *list, HrArena *arena, HrValue *result)
{
  HrValue *elements = hr_arena_array (arena, HrValue, tree->n_children);
  guint count = 0;

  for (guint i = 0; i < tree->n_children; i++)
    {
      guint32 index = tree->children[i].step.index;

      if (index < list->length
          && project (&tree->children[i], &list->elements[index], arena, &elements[count]))
        count++;
    }
  *result = hr_value_list (elements, count);
  return count > 0;
}

/* FALSE when no path through @tree leads to anything in @value. */
static gboolean
project (const HrPathTree *tree, const HrValue *value, HrArena *arena, HrValue *result)
{
  gboolean by_name;

  if (hr_path_tree_is_leaf (tree))
    {
      *result = *value;
      return TRUE;
    }
  by_name = tree->children[0].step.name != NULL;
  if (value->type == HR_TYPE_M && by_name)
    return project_map (tree, value, arena, result);
  if (value->type == HR_TYPE_L && !by_name)
    return project_list (tree, value, arena, result);
  return FALSE;
}

static HrValue
apply_columns (const HrProjection *projection, const HrItemView *item, HrArena *arena)
{
  HrMember *members = hr_arena_array (arena, HrMember, projection->n_paths);
  guint count = 0;

  for (guint i = 0; i < projection->n_paths && hr_item_view_exists (item); i++)
    {
      const HrColumn *column = &projection->columns[i];

      if (!hr_path_lookup (&projection->paths[column->path], item, arena, &members[count].value))
        continue;
      members[count].name = column->name;
      members[count].name_length = column->name_length;
      count++;
    }
  return hr_value_map (members, count);
}

HrValue
hr_projection_apply (const HrProjection *projection, const HrItemView *item, HrArena *arena)
{
  const HrPathTree *tree = projection->tree;
  HrMember *members;
  guint count = 0;

  if (projection->columns != NULL)
    return apply_columns (projection, item, arena);
  members = hr_arena_array (arena, HrMember, tree->n_children);
  for (guint i = 0; i < tree->n_children && hr_item_view_exists (item); i++)
    {
      const HrPathStep *step = &tree->children[i].step;
      HrValue value;

      if (!hr_item_view_get (item, step->name, step->name_length, arena, &value)
          || !project (&tree->children[i], &value, arena, &members[count].value))
        continue;
      members[count].name = step->name;
      members[count].name_length = step->name_length;
      count++;
    }
  return hr_value_map (members, count);
}
