/*
 * Entities: the kinds of items in a table, with the templates of their keys.
 *
 * Whether an item is of a kind is decided in entity-match.c.
 */
#include "model/schema/definitions-private.h"

#include <string.h>

HrEntityKey *
hr_entity_key_new (const char *attribute, HrKeyTemplate *key_template)
{
  HrEntityKey *self = g_new0 (HrEntityKey, 1);

  self->attribute = g_strdup (attribute);
  self->template = key_template;
  self->place = HR_RANGE_NONE;
  return self;
}

static void
entity_key_free (gpointer data)
{
  HrEntityKey *self = data;

  g_free (self->attribute);
  hr_key_template_free (self->template);
  g_free (self);
}

static gpointer
copy_entity_key_cb (gconstpointer data, gpointer user_data)
{
  const HrEntityKey *key = data;
  HrEntityKey *copy = hr_entity_key_new (key->attribute, hr_key_template_copy (key->template));

  copy->place = key->place;
  return copy;
}

HrEntity *
hr_entity_new (const char *name)
{
  HrEntity *self = g_new0 (HrEntity, 1);

  self->name = g_strdup (name);
  self->keys = g_ptr_array_new_with_free_func (entity_key_free);
  self->key_parts = hr_attributes_new ();
  self->attributes = hr_attributes_new ();
  self->place = HR_RANGE_NONE;
  return self;
}

HrEntity *
hr_entity_copy (const HrEntity *self)
{
  HrEntity *copy = g_new (HrEntity, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  copy->keys = hr_definitions_copy (self->keys, copy_entity_key_cb);
  copy->key_parts = hr_attributes_copy (self->key_parts);
  copy->attributes = hr_attributes_copy (self->attributes);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_entity_free (HrEntity *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->description);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->key_parts);
  g_ptr_array_unref (self->attributes);
  hr_extras_free (self->extras);
  g_free (self);
}

const HrEntityKey *
hr_entity_get_key (const HrEntity *self, const char *attribute)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const HrEntityKey *key = self->keys->pdata[i];

      if (strcmp (key->attribute, attribute) == 0)
        return key;
    }
  return NULL;
}

const HrAttribute *
hr_entity_find_variable (const HrEntity *self, const char *name)
{
  const HrAttribute *attribute = hr_attributes_find (self->attributes, name);

  return attribute != NULL ? attribute : hr_attributes_find (self->key_parts, name);
}
