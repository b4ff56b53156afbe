/*
 * Targets: a definition of a model by its names.
 *
 * A row of the table says in which list definitions of a kind stand and where in the struct their name is, so that one
 * walk finds all of them: first what is around the definition, then the definition in its list.
 */
#include "model/schema/target.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/text.h"
#include "model/schema/definitions-private.h"

#include <string.h>

/* What a list belongs to. */
typedef enum
{
  OWNER_MODEL,
  OWNER_TABLE,
  OWNER_INDEX_OR_TABLE,
  OWNER_ENTITY,
  OWNER_PATTERN,
} Owner;

typedef struct
{
  Owner owner;
  glong list_offset; /* in the owner; of keys see find_key() */
  glong name_offset; /* in the definition */
  const char *missing; /* N_(): a sentence with the name */
} Kind;

static const Kind kinds[HR_N_TARGETS] = {
  [HR_TARGET_MODEL] = { OWNER_MODEL, -1, -1, NULL },
  [HR_TARGET_TABLE] = { OWNER_MODEL, G_STRUCT_OFFSET (HrModel, tables), G_STRUCT_OFFSET (HrTable, name),
                        N_("The model has no table %s.") },
  [HR_TARGET_KEY] = { OWNER_INDEX_OR_TABLE, -1, G_STRUCT_OFFSET (HrAttribute, name),
                      N_("There is no key attribute %s.") },
  [HR_TARGET_INDEX] = { OWNER_TABLE, G_STRUCT_OFFSET (HrTable, indexes), G_STRUCT_OFFSET (HrIndex, name),
                        N_("The table has no index %s.") },
  [HR_TARGET_ENTITY] = { OWNER_TABLE, G_STRUCT_OFFSET (HrTable, entities), G_STRUCT_OFFSET (HrEntity, name),
                         N_("The table has no entity %s.") },
  [HR_TARGET_TEMPLATE] = { OWNER_ENTITY, G_STRUCT_OFFSET (HrEntity, keys), G_STRUCT_OFFSET (HrEntityKey, attribute),
                           N_("The entity has no template for the key %s.") },
  [HR_TARGET_ATTRIBUTE] = { OWNER_ENTITY, G_STRUCT_OFFSET (HrEntity, attributes), G_STRUCT_OFFSET (HrAttribute, name),
                            N_("The entity has no attribute %s.") },
  [HR_TARGET_KEY_PART] = { OWNER_ENTITY, G_STRUCT_OFFSET (HrEntity, key_parts), G_STRUCT_OFFSET (HrAttribute, name),
                           N_("The entity has no key part %s.") },
  [HR_TARGET_PATTERN] = { OWNER_MODEL, G_STRUCT_OFFSET (HrModel, patterns), G_STRUCT_OFFSET (HrPattern, id),
                          N_("The model has no pattern %s.") },
  [HR_TARGET_PARAMETER] = { OWNER_PATTERN, G_STRUCT_OFFSET (HrPattern, parameters), G_STRUCT_OFFSET (HrParameter, name),
                            N_("The pattern has no parameter %s.") },
  [HR_TARGET_STEP] = { OWNER_PATTERN, G_STRUCT_OFFSET (HrPattern, steps), G_STRUCT_OFFSET (HrStep, name),
                       N_("The pattern has no step %s.") },
};

HrTarget *
hr_target_new (HrTargetKind kind, const char *table, const char *owner, const char *name)
{
  HrTarget *self = g_malloc (sizeof *self + hr_text_size (table) + hr_text_size (owner) + hr_text_size (name));
  char *texts = (char *) (self + 1);

  self->kind = kind;
  self->table = hr_text_put (&texts, table);
  self->owner = hr_text_put (&texts, owner);
  self->name = hr_text_put (&texts, name);
  return self;
}

HrTarget *
hr_target_copy (const HrTarget *self)
{
  return self != NULL ? hr_target_new (self->kind, self->table, self->owner, self->name) : NULL;
}

gboolean
hr_target_equal (const HrTarget *a, const HrTarget *b)
{
  return a->kind == b->kind && g_strcmp0 (a->table, b->table) == 0 && g_strcmp0 (a->owner, b->owner) == 0
         && g_strcmp0 (a->name, b->name) == 0;
}

const char *
hr_target_get_name (const HrTarget *self)
{
  const char *name = self->kind == HR_TARGET_TABLE ? self->table : self->name;

  return name != NULL ? name : "";
}

static gboolean
not_found (HrTargetKind kind, const char *name, GError **error)
{
  g_autofree char *sentence = hr_text_fill (_ (kinds[kind].missing), name != NULL ? name : "");

  g_set_error_literal (error, HR_ERROR, HR_ERROR_NOT_FOUND, sentence);
  return FALSE;
}

char **
hr_definition_get_name_slot (HrTargetKind kind, gpointer definition)
{
  return G_STRUCT_MEMBER_P (definition, kinds[kind].name_offset);
}

const char *
hr_definition_get_name (HrTargetKind kind, gconstpointer definition)
{
  return *hr_definition_get_name_slot (kind, (gpointer) definition);
}

/* The definition with this name in the list, and where it stands. */
static gpointer
find_in_list (GPtrArray *list, HrTargetKind kind, const char *name, guint *position)
{
  for (guint i = 0; name != NULL && i < list->len; i++)
    if (strcmp (hr_definition_get_name (kind, list->pdata[i]), name) == 0)
      {
        *position = i;
        return list->pdata[i];
      }
  return NULL;
}

static gpointer
find_one (gpointer owner, HrTargetKind kind, const char *name, GError **error)
{
  GPtrArray *list = G_STRUCT_MEMBER (GPtrArray *, owner, kinds[kind].list_offset);
  guint position;
  gpointer found = find_in_list (list, kind, name, &position);

  if (found == NULL)
    not_found (kind, name, error);
  return found;
}

static gboolean
find_around (const HrTarget *self, HrModel *model, HrTargetPlace *place, GError **error)
{
  Owner owner = kinds[self->kind].owner;

  if (owner == OWNER_PATTERN)
    {
      place->pattern = find_one (model, HR_TARGET_PATTERN, self->owner, error);
      return place->pattern != NULL;
    }
  if (owner == OWNER_MODEL)
    return TRUE;
  place->table = find_one (model, HR_TARGET_TABLE, self->table, error);
  if (place->table == NULL)
    return FALSE;
  if (owner == OWNER_INDEX_OR_TABLE && self->owner != NULL)
    {
      place->index = find_one (place->table, HR_TARGET_INDEX, self->owner, error);
      return place->index != NULL;
    }
  if (owner == OWNER_ENTITY)
    {
      place->entity = find_one (place->table, HR_TARGET_ENTITY, self->owner, error);
      return place->entity != NULL;
    }
  return TRUE;
}

static gboolean
find_key (const HrTarget *self, HrTargetPlace *place)
{
  GPtrArray *lists[2] = { place->index != NULL ? place->index->partition_key : place->table->partition_key,
                          place->index != NULL ? place->index->sort_key : place->table->sort_key };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      place->list = lists[i];
      place->definition = find_in_list (lists[i], HR_TARGET_KEY, self->name, &place->position);
      if (place->definition != NULL)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
hr_target_place_get_list (const HrTargetPlace *place, HrModel *model, HrTargetKind kind)
{
  const gpointer owners[] = {
    [OWNER_MODEL] = model,
    [OWNER_TABLE] = place->table,
    [OWNER_INDEX_OR_TABLE] = NULL,
    [OWNER_ENTITY] = place->entity,
    [OWNER_PATTERN] = place->pattern,
  };
  gpointer owner = owners[kinds[kind].owner];

  g_return_val_if_fail (owner != NULL && kinds[kind].list_offset >= 0, NULL);

  return G_STRUCT_MEMBER (GPtrArray *, owner, kinds[kind].list_offset);
}

static gboolean
find_definition (const HrTarget *self, HrModel *model, HrTargetPlace *place)
{
  if (self->kind == HR_TARGET_KEY)
    return find_key (self, place);
  place->list = hr_target_place_get_list (place, model, self->kind);
  place->definition = find_in_list (place->list, self->kind, hr_target_get_name (self), &place->position);
  return place->definition != NULL;
}

/* What a target is itself is around it, too. */
static void
note_itself (const HrTarget *self, HrTargetPlace *place)
{
  if (self->kind == HR_TARGET_TABLE)
    place->table = place->definition;
  else if (self->kind == HR_TARGET_INDEX)
    place->index = place->definition;
  else if (self->kind == HR_TARGET_ENTITY)
    place->entity = place->definition;
  else if (self->kind == HR_TARGET_PATTERN)
    place->pattern = place->definition;
}

gboolean
hr_target_find (const HrTarget *self, HrModel *model, HrTargetPlace *place, GError **error)
{
  *place = (HrTargetPlace) { .model = model };
  if (self->kind == HR_TARGET_MODEL)
    {
      place->definition = model;
      return TRUE;
    }
  if (!find_around (self, model, place, error))
    return FALSE;
  if (!find_definition (self, model, place))
    return not_found (self->kind, hr_target_get_name (self), error);
  note_itself (self, place);
  return TRUE;
}
