/*
 * Attributes: names with a type, in keys, in entities, and as key parts.
 *
 * Also the helpers for lists of definitions that the other files of this folder share.
 */
#include "model/schema/definitions-private.h"

#include <string.h>

HrAttribute *
hr_attribute_new (const char *name, HrType type)
{
  HrAttribute *self = g_new0 (HrAttribute, 1);

  self->name = g_strdup (name);
  self->type = type;
  self->place = HR_RANGE_NONE;
  return self;
}

HrAttribute *
hr_attribute_copy (const HrAttribute *self)
{
  HrAttribute *copy = g_new (HrAttribute, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_attribute_free (HrAttribute *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->description);
  hr_extras_free (self->extras);
  g_free (self);
}

GPtrArray *
hr_definitions_copy (const GPtrArray *list, GCopyFunc copy)
{
  return list != NULL ? g_ptr_array_copy ((GPtrArray *) list, copy, NULL) : NULL;
}

static gpointer
copy_attribute_cb (gconstpointer attribute, gpointer user_data)
{
  return hr_attribute_copy (attribute);
}

GPtrArray *
hr_attributes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) hr_attribute_free);
}

GPtrArray *
hr_attributes_copy (const GPtrArray *list)
{
  return hr_definitions_copy (list, copy_attribute_cb);
}

const HrAttribute *
hr_attributes_find (const GPtrArray *list, const char *name)
{
  for (guint i = 0; i < list->len; i++)
    {
      const HrAttribute *attribute = list->pdata[i];

      if (strcmp (attribute->name, name) == 0)
        return attribute;
    }
  return NULL;
}
