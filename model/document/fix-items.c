/*
 * What would mend an item, or a draft on its way to become one.
 */
#include "model/document/fix-private.h"

#include "model/base/i18n.h"
#include "model/document/item-private.h"
#include "model/engine/rows.h"
#include "model/schema/compose.h"
#include "model/value/codec.h"
#include "model/value/edit-text.h"
#include "model/value/record.h"

#include <string.h>

static HrItemRef
get_ref (const HrFix *self)
{
  return (HrItemRef) { self->target->table, NULL, self->ordinal };
}

static gboolean
apply_text (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  const HrItemRef ref = get_ref (self);

  return hr_document_set_item_text (document, &ref, self->name, self->type, self->text, strlen (self->text), NULL,
                                    error);
}

/* The value of an attribute as another type, if what is written can be one. */
static HrFix *
use_value_type (const HrFixPlace *place, const HrAttribute *attribute)
{
  const HrValue *value = hr_map_get (&place->item, attribute->name, strlen (attribute->name));
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  HrValue converted;
  HrFix *self;

  if (value == NULL || value->type == attribute->type)
    return NULL;
  hr_value_to_edit_text (value, FALSE, &text);
  hr_buffer_reserve (&text, 1); /* data, even of an empty text */
  if (!hr_value_from_edit_text (place->arena, attribute->type, text.data, text.length, &converted, NULL, NULL))
    return NULL;
  self = hr_fix_new (place, g_strdup_printf (_("Make %s of type %s"), attribute->name,
                                             hr_type_get_name (attribute->type)));
  self->apply = apply_text;
  self->name = g_strdup (attribute->name);
  self->type = attribute->type;
  self->text = g_strndup (text.data, text.length);
  return self;
}

HrFix *
hr_fix_find_value_type (const HrFixPlace *place)
{
  return use_value_type (place, place->found.definition);
}

HrFix *
hr_fix_find_key_type (const HrFixPlace *place)
{
  const HrTable *table = place->found.table;
  const GPtrArray *const lists[] = { table->partition_key, table->sort_key };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        HrFix *self = use_value_type (place, lists[i]->pdata[j]);

        if (self != NULL)
          return self;
      }
  return NULL;
}

static gboolean
apply_fresh (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  const HrItemRef ref = get_ref (self);
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), self->target->table);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrBindings) bindings = hr_bindings_new ();
  const HrEntity *entity;
  const char *text;
  HrValue item, fresh;

  if (!hr_document_get_entry (document, &ref, arena, &item, NULL, error))
    return FALSE;
  entity = hr_table_guess_entity (table, &item);
  fresh = hr_value_map (NULL, 0);
  if (entity == NULL || !hr_item_invent (document, table, entity, maker, arena, bindings, &fresh, error))
    return entity == NULL;
  text = g_hash_table_lookup (bindings, self->name);
  if (text == NULL)
    return TRUE;
  return hr_document_set_item_text (document, &ref, self->name, self->type, text, strlen (text), NULL, error);
}

static gboolean
apply_keys (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  const HrItemRef ref = get_ref (self);

  return hr_document_set_item_json (document, &ref, self->text, strlen (self->text), NULL, error);
}

/* The key follows from attributes that are all there. */
static HrFix *
use_composed (const HrFixPlace *place, const HrValue *item)
{
  HrBuffer json = HR_BUFFER_INIT;
  HrFix *self = hr_fix_new (place, g_strdup_printf (_("Make its keys like those of %s"), place->entity->name));

  hr_item_to_json (item, FALSE, &json);
  self->apply = apply_keys;
  self->text = hr_buffer_steal (&json, NULL);
  return self;
}

/* A key that is missing, because a variable is: a time or an id can be made up, a text cannot. */
HrFix *
hr_fix_find_key (const HrFixPlace *place)
{
  const HrTable *table = place->found.table;
  g_autoptr (HrBindings) bindings = NULL;
  g_auto (HrComposed) composed = { 0 };
  const HrAttribute *attribute;
  HrTextShape shape;
  HrFix *self;

  if (place->entity == NULL)
    return NULL;
  bindings = hr_entity_bind (place->entity, table, &place->item);
  hr_entity_compose (place->entity, table, &place->item, bindings, TRUE, place->arena, &composed);
  if (composed.missing == NULL)
    return composed.rewritten->len > 0 ? use_composed (place, &composed.item) : NULL;
  attribute = hr_entity_find_variable (place->entity, composed.missing);
  shape = attribute != NULL && !attribute->optional ? hr_name_guess_shape (attribute->name) : HR_SHAPE_TEXT;
  if (shape == HR_SHAPE_TEXT)
    return NULL;
  self = hr_fix_new (place, g_strdup_printf (shape == HR_SHAPE_UUID ? _("Set %s to a new id") : _("Set %s to now"),
                                          attribute->name));
  self->apply = apply_fresh;
  self->name = g_strdup (attribute->name);
  self->type = attribute->type;
  return self;
}

/* The item that has the key of a draft. */
static gboolean
get_holder (const HrFixPlace *place, HrValue *holder)
{
  HrValue key;
  HrRow row;

  return hr_document_get_key (place->document, place->concern->table, &place->item, place->arena, &key)
         && hr_engine_get_row (hr_document_get_engine (place->document), place->concern->table, &key, place->arena,
                               &row, NULL)
         && hr_record_decode (row.record, row.record_length, place->arena, holder);
}

/* Whether the attribute tells the two apart, in every item of the entity. */
static gboolean
tells_apart (const HrFixPlace *place, const HrAttribute *attribute, const HrValue *holder)
{
  const HrValue *one = hr_map_get (&place->item, attribute->name, strlen (attribute->name));
  const HrValue *two = hr_map_get (holder, attribute->name, strlen (attribute->name));

  return !attribute->optional && (attribute->type == HR_TYPE_S || attribute->type == HR_TYPE_N) && one != NULL
         && two != NULL && one->type == attribute->type && one->length > 0 && !hr_value_equal (one, two);
}

/* What is best behind a sort key: an id, else a time, else anything that differs. */
static const HrAttribute *
choose_distinction (const HrFixPlace *place, const char *sort_key, const HrValue *holder)
{
  static const HrTextShape preferred[] = { HR_SHAPE_UUID, HR_SHAPE_DATE, HR_SHAPE_TEXT };
  const GPtrArray *attributes = place->entity->attributes;

  for (guint i = 0; i < G_N_ELEMENTS (preferred); i++)
    for (guint j = 0; j < attributes->len; j++)
      {
        const HrAttribute *attribute = attributes->pdata[j];

        if (hr_name_guess_shape (attribute->name) == preferred[i] && tells_apart (place, attribute, holder)
            && !hr_table_is_key (place->found.table, attribute->name)
            && !hr_entity_key_names (place->entity, sort_key, attribute->name))
          return attribute;
      }
  return NULL;
}

HrFix *
hr_fix_find_distinction (const HrFixPlace *place)
{
  const HrAttribute *sort_key = hr_table_get_sort_key (place->found.table);
  const HrEntityKey *key;
  g_autofree char *text = NULL;
  const HrAttribute *attribute;
  HrValue holder;
  HrFix *self;

  if (place->entity == NULL || sort_key == NULL || sort_key->type != HR_TYPE_S || !get_holder (place, &holder)
      || hr_table_match_entity (place->found.table, &holder, NULL) != place->entity)
    return NULL;
  key = hr_entity_get_key (place->entity, sort_key->name);
  attribute = key != NULL ? choose_distinction (place, sort_key->name, &holder) : NULL;
  if (attribute == NULL)
    return NULL;
  text = g_strdup_printf ("%s#{%s}", key->template->text, attribute->name);
  self = hr_fix_new_template (place, text, g_strdup_printf (_("Add %s to the sort key"), attribute->name));
  g_free (self->target);
  self->target = hr_target_new (HR_TARGET_TEMPLATE, place->concern->table, place->entity->name, sort_key->name);
  return self;
}
