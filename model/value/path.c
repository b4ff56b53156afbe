/*
 * Document paths: finding what one names, and how two relate.
 *
 * In a packed item the path is walked over the bytes, so that only the value at its end is decoded.
 */
#include "model/value/path.h"

#include "model/value/record-private.h"

#include <string.h>

static gboolean
lookup_in_tree (const HrPath *path, const HrValue *tree, HrValue *value)
{
  for (guint i = 0; i < path->n_steps; i++)
    {
      const HrPathStep *step = &path->steps[i];

      if (step->name != NULL)
        tree = hr_map_get (tree, step->name, step->name_length);
      else
        tree = tree->type == HR_TYPE_L && step->index < tree->length ? &tree->elements[step->index] : NULL;
      if (tree == NULL)
        return FALSE;
    }
  *value = *tree;
  return TRUE;
}

static gboolean
lookup_in_record (const HrPath *path, const HrItemView *view, HrArena *arena, HrValue *value)
{
  const HrPathStep *first = &path->steps[0];
  HrRecordCursor cursor;

  if (!hr_record_find (view->record, view->record_length, first->name, first->name_length, &cursor))
    return FALSE;
  for (guint i = 1; i < path->n_steps; i++)
    {
      const HrPathStep *step = &path->steps[i];

      if (step->name != NULL ? !hr_record_cursor_member (&cursor, step->name, step->name_length)
                             : !hr_record_cursor_element (&cursor, step->index))
        return FALSE;
    }
  return hr_record_cursor_decode (&cursor, arena, value);
}

gboolean
hr_path_lookup (const HrPath *path, const HrItemView *view, HrArena *arena, HrValue *value)
{
  g_return_val_if_fail (path->n_steps > 0 && path->steps[0].name != NULL, FALSE);

  if (view->tree != NULL)
    return lookup_in_tree (path, view->tree, value);
  return view->record != NULL && lookup_in_record (path, view, arena, value);
}

static gboolean
steps_equal (const HrPathStep *a, const HrPathStep *b)
{
  if (a->name == NULL || b->name == NULL)
    return a->name == b->name && a->index == b->index;
  return a->name_length == b->name_length && memcmp (a->name, b->name, a->name_length) == 0;
}

HrPathRelation
hr_path_relate (const HrPath *a, const HrPath *b)
{
  guint common = MIN (a->n_steps, b->n_steps);

  for (guint i = 0; i < common; i++)
    {
      if (steps_equal (&a->steps[i], &b->steps[i]))
        continue;
      return (a->steps[i].name == NULL) != (b->steps[i].name == NULL) ? HR_PATHS_CONFLICT : HR_PATHS_DISTINCT;
    }
  return HR_PATHS_OVERLAP;
}

gboolean
hr_path_equal (const HrPath *a, const HrPath *b)
{
  return a->n_steps == b->n_steps && hr_path_relate (a, b) == HR_PATHS_OVERLAP;
}

char *
hr_path_describe (const HrPath *path, HrArena *arena)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  hr_buffer_append_char (&text, '[');
  for (guint i = 0; i < path->n_steps; i++)
    {
      const HrPathStep *step = &path->steps[i];

      if (i > 0)
        hr_buffer_append_string (&text, ", ");
      if (step->name != NULL)
        hr_buffer_append (&text, step->name, step->name_length);
      else
        hr_buffer_printf (&text, "[%u]", step->index);
    }
  hr_buffer_append_char (&text, ']');
  return hr_arena_strndup (arena, text.data, text.length);
}
