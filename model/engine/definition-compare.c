/*
 * Comparing definitions: what has to be made anew when one takes the place of another, and what may stay.
 */
#include "model/engine/definition-compare.h"

gboolean
hr_definition_has_same_primary_key (const HrTable *a, const HrTable *b)
{
  return hr_attributes_equal (a->partition_key, b->partition_key) && hr_attributes_equal (a->sort_key, b->sort_key);
}

gboolean
hr_index_has_same_keys (const HrIndex *a, const HrIndex *b)
{
  return hr_attributes_equal (a->partition_key, b->partition_key) && hr_attributes_equal (a->sort_key, b->sort_key);
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
