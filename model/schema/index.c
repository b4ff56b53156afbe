/*
 * Secondary indexes as a model defines them.
 */
#include "model/schema/definitions-private.h"

static gpointer
copy_name_cb (gconstpointer name, gpointer user_data)
{
  return g_strdup (name);
}

HrIndex *
hr_index_new (const char *name, HrIndexKind kind)
{
  HrIndex *self = g_new0 (HrIndex, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  self->partition_key = hr_attributes_new ();
  self->sort_key = hr_attributes_new ();
  self->projection = HR_PROJECT_ALL;
  self->included = g_ptr_array_new_with_free_func (g_free);
  self->place = HR_RANGE_NONE;
  return self;
}

HrIndex *
hr_index_copy (const HrIndex *self)
{
  HrIndex *copy = g_new (HrIndex, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->partition_key = hr_attributes_copy (self->partition_key);
  copy->sort_key = hr_attributes_copy (self->sort_key);
  copy->included = hr_definitions_copy (self->included, copy_name_cb);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_index_free (HrIndex *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_ptr_array_unref (self->partition_key);
  g_ptr_array_unref (self->sort_key);
  g_ptr_array_unref (self->included);
  hr_extras_free (self->extras);
  g_free (self);
}
