/*
 * Which entity is this item? Derived from the templates each time, never stored.
 *
 * An item is of the first entity whose key templates fit. The pieces of the keys are compared with each
 * other and with the attributes of the same name, so a row whose key says one conversation and whose
 * attribute says another is of no kind. Attributes that are absent do not count against an entity: an
 * incomplete item is still recognised, and can then be told what it lacks.
 */
#include "model/schema/definitions-private.h"
#include "model/schema/key-template-private.h"
#include "model/value/codec.h"

#include <string.h>

typedef struct
{
  const HrEntity *entity;
  const HrTable *table;
  const HrValue *item;
  HrSlices slices;
  GPtrArray *texts; /* of number keys; or NULL */
} Match;

static const HrValue *
get_attribute (const HrValue *item, const char *name)
{
  return hr_map_get (item, name, strlen (name));
}

/* The text that a template is held against: strings as they are, numbers canonical. */
static gboolean
key_text (Match *match, const HrValue *value, const char **text, gsize *length)
{
  g_auto (HrBuffer) buffer = HR_BUFFER_INIT;
  char *copy;

  if (value->type == HR_TYPE_S)
    {
      *text = value->bytes;
      *length = value->length;
      return TRUE;
    }
  if (value->type != HR_TYPE_N || !hr_value_to_text (value, &buffer))
    return FALSE;

  if (match->texts == NULL)
    match->texts = g_ptr_array_new_with_free_func (g_free);
  copy = hr_buffer_steal (&buffer, length);
  g_ptr_array_add (match->texts, copy);
  *text = copy;
  return TRUE;
}

static gboolean
match_key (Match *match, const HrEntityKey *key)
{
  const HrValue *value = get_attribute (match->item, key->attribute);
  const char *text;
  gsize length;

  if (value == NULL)
    return !hr_table_is_key (match->table, key->attribute);
  if (!key_text (match, value, &text, &length))
    return value->type == HR_TYPE_B && hr_key_template_is_bare (key->template);
  return hr_key_template_match_slices (key->template, text, length, &match->slices);
}

/* In a key a number may be padded ("00042"), so numbers agree by value. */
static gboolean
agrees (const HrValue *value, const HrSlice *slice)
{
  HrDecimal in_item;
  HrDecimal in_key;

  if (value->type == HR_TYPE_S)
    return value->length == slice->length && memcmp (value->bytes, slice->text, slice->length) == 0;
  if (value->type != HR_TYPE_N)
    return FALSE;
  if (hr_decimal_parse (&in_key, slice->text, slice->length) != HR_DECIMAL_OK)
    return FALSE;
  in_item = hr_value_get_decimal (value);
  return hr_decimal_compare (&in_item, &in_key) == 0;
}

static gboolean
match_attribute (const Match *match, const HrAttribute *attribute)
{
  const HrValue *value = get_attribute (match->item, attribute->name);
  const HrSlice *slice;

  if (value == NULL)
    return TRUE;
  if (value->type != attribute->type)
    return FALSE;
  slice = hr_slices_find (&match->slices, attribute->name);
  return slice == NULL || agrees (value, slice);
}

static gboolean
match_all (Match *match)
{
  for (guint i = 0; i < match->entity->keys->len; i++)
    if (!match_key (match, match->entity->keys->pdata[i]))
      return FALSE;
  for (guint i = 0; i < match->entity->attributes->len; i++)
    if (!match_attribute (match, match->entity->attributes->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
add_bound (Match *match, HrBindings *bindings)
{
  GHashTableIter iter;
  gpointer name;
  gpointer text;

  if (bindings == NULL)
    return;
  g_hash_table_iter_init (&iter, bindings);
  while (g_hash_table_iter_next (&iter, &name, &text))
    hr_slices_add (&match->slices, name, text, strlen (text));
}

gboolean
hr_entity_match_item (const HrEntity *self, const HrTable *table, const HrValue *item, HrBindings *bindings)
{
  Match match = { .entity = self, .table = table, .item = item };
  guint n_bound;
  gboolean fits;

  hr_slices_init (&match.slices);
  add_bound (&match, bindings);
  n_bound = match.slices.count;

  fits = match_all (&match);
  for (guint i = n_bound; fits && bindings != NULL && i < match.slices.count; i++)
    {
      const HrSlice *slice = &match.slices.slices[i];

      g_hash_table_insert (bindings, g_strdup (slice->name), g_strndup (slice->text, slice->length));
    }
  hr_slices_clear (&match.slices);
  g_clear_pointer (&match.texts, g_ptr_array_unref);
  return fits;
}

const HrEntity *
hr_table_match_entity (const HrTable *self, const HrValue *item, HrBindings *bindings)
{
  for (guint i = 0; i < self->entities->len; i++)
    if (hr_entity_match_item (self->entities->pdata[i], self, item, bindings))
      return self->entities->pdata[i];
  return NULL;
}
