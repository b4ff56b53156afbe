/*
 * Composed keys.
 *
 * An item is taken apart into bindings (variable → text as it stands in the keys), one of them is changed, and the keys
 * that name it are put together again. Texts come from the keys first: they know of padding, and of key parts, which
 * are nowhere else.
 */
#include "model/schema/compose.h"

#include "model/schema/definitions-private.h"
#include "model/schema/key-template-private.h"
#include "model/value/codec.h"

#include <string.h>

void
hr_composed_clear (HrComposed *self)
{
  g_clear_pointer (&self->rewritten, g_ptr_array_unref);
}

static const HrValue *
get_value (const HrValue *item, const char *name)
{
  return hr_map_get (item, name, strlen (name));
}

/* The text of a scalar that a key can hold, or NULL. */
static char *
dup_text (const HrValue *value)
{
  HrBuffer text = HR_BUFFER_INIT;

  if (value == NULL || (value->type != HR_TYPE_S && value->type != HR_TYPE_N))
    return NULL;
  if (value->type == HR_TYPE_S && memchr (value->bytes, '\0', value->length) != NULL)
    return NULL;
  hr_buffer_reserve (&text, 1);
  hr_value_to_text (value, &text);
  return hr_buffer_steal (&text, NULL);
}

gboolean
hr_value_from_text (HrArena *arena, HrType type, const char *text, HrValue *value)
{
  HrDecimal decimal;

  if (type == HR_TYPE_N)
    {
      if (hr_decimal_parse (&decimal, text, strlen (text)) != HR_DECIMAL_OK)
        return FALSE;
      *value = hr_value_number (arena, &decimal);
      return TRUE;
    }
  *value = hr_value_string (hr_arena_strdup (arena, text), strlen (text));
  return type == HR_TYPE_S;
}

static gboolean
template_names (const HrKeyTemplate *key_template, const char *variable)
{
  for (guint i = 0; i < key_template->n_parts; i++)
    if (key_template->parts[i].is_variable && g_str_equal (key_template->parts[i].text, variable))
      return TRUE;
  return FALSE;
}

gboolean
hr_entity_key_names (const HrEntity *self, const char *key, const char *variable)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const HrEntityKey *one = self->keys->pdata[i];

      if ((key == NULL || g_str_equal (one->attribute, key)) && template_names (one->template, variable))
        return TRUE;
    }
  return FALSE;
}

static void
bind_keys (const HrEntity *self, const HrValue *item, HrBindings *bindings)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const HrEntityKey *key = self->keys->pdata[i];
      g_autofree char *text = dup_text (get_value (item, key->attribute));

      if (text != NULL)
        hr_key_template_match (key->template, text, strlen (text), bindings);
    }
}

HrBindings *
hr_entity_bind (const HrEntity *self, const HrTable *table, const HrValue *item)
{
  HrBindings *bindings = hr_bindings_new ();

  bind_keys (self, item, bindings);
  for (guint i = 0; i < self->attributes->len; i++)
    {
      const HrAttribute *attribute = self->attributes->pdata[i];
      char *text;

      if (g_hash_table_contains (bindings, attribute->name) || !hr_entity_key_names (self, NULL, attribute->name))
        continue;
      text = dup_text (get_value (item, attribute->name));
      if (text != NULL)
        g_hash_table_insert (bindings, g_strdup (attribute->name), text);
    }
  return bindings;
}

/* A change on its way. */
typedef struct
{
  const HrEntity *entity;
  const HrTable *table;
  HrArena *arena;
  HrComposed *composed;
} Change;

static void
set_member (Change *change, const char *name, const HrValue *value)
{
  const char *kept = hr_arena_strdup (change->arena, name);

  change->composed->item = hr_map_with (change->arena, &change->composed->item, kept, strlen (kept), value);
}

/* Sets what follows from the change, and notes it when it is something new. */
static void
rewrite (Change *change, const char *name, const HrValue *value)
{
  const HrValue *old = get_value (&change->composed->item, name);

  if ((old == NULL && value == NULL) || (old != NULL && value != NULL && hr_value_equal (old, value)))
    return;
  set_member (change, name, value);
  g_ptr_array_add (change->composed->rewritten, g_strdup (name));
}

static HrType
get_key_type (const Change *change, const char *key)
{
  const HrAttribute *attribute = hr_table_find_key_attribute (change->table, key);

  return attribute != NULL ? attribute->type : HR_TYPE_S;
}

/* Bytes have no text, so a template that is one attribute of type B takes its value as it is. */
static gboolean
compose_bare (Change *change, const HrEntityKey *key)
{
  const HrValue *value;

  if (!hr_key_template_is_bare (key->template))
    return FALSE;
  value = get_value (&change->composed->item, key->template->parts[0].text);
  if (value == NULL || value->type != HR_TYPE_B)
    return FALSE;
  rewrite (change, key->attribute, value);
  return TRUE;
}

/* A number that is none stays text, which the item's judge then names. */
static void
compose_key (Change *change, const HrEntityKey *key, const HrBindings *bindings, gboolean keep)
{
  const char *missing = NULL;
  g_autofree char *text = NULL;
  HrValue value;

  if (compose_bare (change, key))
    return;
  text = hr_key_template_format (key->template, bindings, &missing);
  if (text == NULL)
    {
      if (!keep)
        rewrite (change, key->attribute, NULL);
      if (change->composed->missing == NULL && hr_table_is_key (change->table, key->attribute))
        change->composed->missing = missing;
      return;
    }
  if (!hr_value_from_text (change->arena, get_key_type (change, key->attribute), text, &value))
    value = hr_value_string (hr_arena_strdup (change->arena, text), strlen (text));
  rewrite (change, key->attribute, &value);
}

static void
compose_keys_of (Change *change, const char *variable, const HrBindings *bindings)
{
  for (guint i = 0; i < change->entity->keys->len; i++)
    {
      const HrEntityKey *key = change->entity->keys->pdata[i];

      if (template_names (key->template, variable))
        compose_key (change, key, bindings, FALSE);
    }
}

char *
hr_digits_take_padded (char *text, const char *like)
{
  g_autofree char *bare = text;
  gsize width = like != NULL ? strlen (like) : 0;
  gsize length = strlen (text);

  if (length >= width || like[0] != '0' || strspn (like, "0123456789") != width
      || strspn (text, "0123456789") != length)
    return g_steal_pointer (&bare);
  return g_strdup_printf ("%0*d%s", (int) (width - length), 0, text);
}

static void
set_variable (Change *change, const char *name, const HrValue *value)
{
  g_autoptr (HrBindings) bindings = hr_entity_bind (change->entity, change->table, &change->composed->item);
  gboolean is_stored = hr_attributes_find (change->entity->attributes, name) != NULL
                       || hr_entity_get_key (change->entity, name) != NULL;
  char *text = dup_text (value);

  if (is_stored)
    set_member (change, name, value);
  if (text != NULL && value->type == HR_TYPE_N)
    text = hr_digits_take_padded (text, g_hash_table_lookup (bindings, name));
  if (text != NULL)
    g_hash_table_insert (bindings, g_strdup (name), text);
  else
    g_hash_table_remove (bindings, name);
  compose_keys_of (change, name, bindings);
}

/* All parts are known before the first key is made of them. */
static GPtrArray *
take_parts (const HrEntityKey *key, HrBindings *parts, HrBindings *bindings)
{
  GPtrArray *changed = g_ptr_array_new ();

  for (guint i = 0; i < key->template->n_parts; i++)
    {
      const HrTemplatePart *part = &key->template->parts[i];
      const char *text = part->is_variable ? g_hash_table_lookup (parts, part->text) : NULL;

      if (text == NULL || g_strcmp0 (g_hash_table_lookup (bindings, part->text), text) == 0)
        continue;
      g_hash_table_insert (bindings, g_strdup (part->text), g_strdup (text));
      g_ptr_array_add (changed, part->text);
    }
  return changed;
}

static void
follow_part (Change *change, const char *variable, const HrEntityKey *from, const HrBindings *bindings)
{
  const HrAttribute *attribute = hr_attributes_find (change->entity->attributes, variable);
  HrValue value;

  if (attribute != NULL && !g_str_equal (variable, from->attribute)
      && hr_value_from_text (change->arena, attribute->type, g_hash_table_lookup ((GHashTable *) bindings, variable),
                             &value))
    rewrite (change, variable, &value);
  for (guint i = 0; i < change->entity->keys->len; i++)
    {
      const HrEntityKey *key = change->entity->keys->pdata[i];

      if (key != from && template_names (key->template, variable))
        compose_key (change, key, bindings, FALSE);
    }
}

/* Whether the parts that a key fell into can be what the entity says they are. */
static gboolean
are_of_type (const HrEntity *entity, const HrBindings *parts)
{
  GHashTableIter iter;
  gpointer name, text;
  HrDecimal decimal;

  g_hash_table_iter_init (&iter, (GHashTable *) parts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      const HrAttribute *variable = hr_entity_find_variable (entity, name);

      if (variable != NULL && variable->type == HR_TYPE_N
          && hr_decimal_parse (&decimal, text, strlen (text)) != HR_DECIMAL_OK)
        return FALSE;
    }
  return TRUE;
}

static void
set_key (Change *change, const HrEntityKey *key, const HrValue *value)
{
  g_autoptr (HrBindings) bindings = hr_entity_bind (change->entity, change->table, &change->composed->item);
  g_autoptr (HrBindings) parts = hr_bindings_new ();
  g_autoptr (GPtrArray) changed = NULL;
  g_autofree char *text = dup_text (value);
  gboolean fits = text != NULL && hr_key_template_match (key->template, text, strlen (text), parts)
                  && are_of_type (change->entity, parts);

  set_member (change, key->attribute, value);
  if (!fits)
    {
      change->composed->does_not_fit =
          value != NULL && !(value->type == HR_TYPE_B && hr_key_template_is_bare (key->template));
      return;
    }
  changed = take_parts (key, parts, bindings);
  for (guint i = 0; i < changed->len; i++)
    follow_part (change, changed->pdata[i], key, bindings);
}

void
hr_entity_set_value (const HrEntity *self, const HrTable *table, const HrValue *item, const char *name,
                     const HrValue *value, HrArena *arena, HrComposed *composed)
{
  Change change = { self, table, arena, composed };
  const HrEntityKey *key = self != NULL ? hr_entity_get_key (self, name) : NULL;

  *composed = (HrComposed) { .item = *item, .rewritten = g_ptr_array_new_with_free_func (g_free) };
  if (key != NULL && !template_names (key->template, name))
    set_key (&change, key, value);
  else if (self != NULL && hr_entity_find_variable (self, name) != NULL)
    set_variable (&change, name, value);
  else if (key != NULL)
    set_key (&change, key, value);
  else
    set_member (&change, name, value);
}

static HrBindings *
bind_attributes (const HrEntity *self, const HrValue *item, const HrBindings *given)
{
  HrBindings *bindings = hr_bindings_new ();
  GHashTableIter iter;
  gpointer name, text;

  for (guint i = 0; i < self->attributes->len; i++)
    {
      const HrAttribute *attribute = self->attributes->pdata[i];
      char *own = dup_text (get_value (item, attribute->name));

      if (own != NULL)
        g_hash_table_insert (bindings, g_strdup (attribute->name), own);
    }
  g_hash_table_iter_init (&iter, (GHashTable *) given);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_hash_table_insert (bindings, g_strdup (name), g_strdup (text));
  return bindings;
}

void
hr_entity_compose (const HrEntity *self, const HrTable *table, const HrValue *item, const HrBindings *given,
                   gboolean keep, HrArena *arena, HrComposed *composed)
{
  Change change = { self, table, arena, composed };
  g_autoptr (HrBindings) bindings = bind_attributes (self, item, given);

  *composed = (HrComposed) { .item = *item, .rewritten = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; i < self->keys->len; i++)
    compose_key (&change, self->keys->pdata[i], bindings, keep);
}

/* Keys that fit count most; FALSE when something speaks against the entity. */
static gboolean
rate_entity (const HrEntity *entity, const HrValue *item, guint *likeness)
{
  g_autoptr (HrBindings) bindings = hr_bindings_new ();
  guint n_keys = 0;
  guint n_attributes = 0;

  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = entity->keys->pdata[i];
      g_autofree char *text = dup_text (get_value (item, key->attribute));

      n_keys += text != NULL && hr_key_template_match (key->template, text, strlen (text), bindings)
                && !hr_key_template_is_bare (key->template);
    }
  for (guint i = 0; i < entity->attributes->len; i++)
    {
      const HrAttribute *attribute = entity->attributes->pdata[i];
      const HrValue *value = get_value (item, attribute->name);

      if (value != NULL && value->type != attribute->type)
        return FALSE;
      n_attributes += value != NULL;
    }
  *likeness = n_keys * 1000 + n_attributes;
  return *likeness > 0;
}

const HrEntity *
hr_table_guess_entity (const HrTable *self, const HrValue *item)
{
  const HrEntity *best = hr_table_match_entity (self, item, NULL);
  guint best_likeness = 0;

  if (best != NULL)
    return best;
  for (guint i = 0; i < self->entities->len; i++)
    {
      guint likeness;

      if (rate_entity (self->entities->pdata[i], item, &likeness) && likeness > best_likeness)
        {
          best = self->entities->pdata[i];
          best_likeness = likeness;
        }
    }
  return best;
}
