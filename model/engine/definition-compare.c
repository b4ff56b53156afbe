/*
 * Comparing definitions: what has to be made anew when one takes the place of another, and what may stay.
 */
#include "model/engine/definition-compare.h"

static gboolean
has_same_attributes (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const HrAttribute *left = g_ptr_array_index (a, i);
      const HrAttribute *right = g_ptr_array_index (b, i);

      if (left->type != right->type || g_strcmp0 (left->name, right->name) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_definition_has_same_primary_key (const HrTable *a, const HrTable *b)
{
  return has_same_attributes (a->partition_key, b->partition_key) && has_same_attributes (a->sort_key, b->sort_key);
}

gboolean
hr_index_has_same_keys (const HrIndex *a, const HrIndex *b)
{
  return has_same_attributes (a->partition_key, b->partition_key) && has_same_attributes (a->sort_key, b->sort_key);
}

static gboolean
includes (const HrIndex *index, const char *name)
{
  for (guint i = 0; i < index->included->len; i++)
    if (g_str_equal (g_ptr_array_index (index->included, i), name))
      return TRUE;
  return FALSE;
}

static gboolean
includes_all_of (const HrIndex *self, const HrIndex *other)
{
  for (guint i = 0; i < other->included->len; i++)
    if (!includes (self, g_ptr_array_index (other->included, i)))
      return FALSE;
  return TRUE;
}

gboolean
hr_index_has_same_entries (const HrIndex *a, const HrIndex *b)
{
  if (!hr_index_has_same_keys (a, b) || a->projection != b->projection)
    return FALSE;
  return a->projection != HR_PROJECT_INCLUDE || (includes_all_of (a, b) && includes_all_of (b, a));
}
