#pragma once

#include "model/schema/model.h"

G_BEGIN_DECLS

/**
 * HrTarget: one definition of a model by its names: what an edit is about, and what to select afterwards.
 *
 * | kind      | table | owner         | name                                       |
 * |-----------|-------|---------------|--------------------------------------------|
 * | MODEL     | –     | –             | –                                          |
 * | TABLE     | name  | –             | –                                          |
 * | KEY       | name  | index or NULL | key attribute of the table or of the index |
 * | INDEX     | name  | –             | index                                      |
 * | ENTITY    | name  | –             | entity                                     |
 * | TEMPLATE  | name  | entity        | key attribute that the template makes      |
 * | ATTRIBUTE | name  | entity        | attribute                                  |
 * | KEY_PART  | name  | entity        | key part                                   |
 * | PATTERN   | –     | –             | id                                         |
 * | PARAMETER | –     | pattern id    | parameter                                  |
 * | STEP      | –     | pattern id    | step                                       |
 *
 * Of repeated names the first one is meant. As an argument it may stand on the stack and borrow its names; one that
 * is returned is a single block: g_free().
 */
typedef enum
{
  HR_TARGET_MODEL,
  HR_TARGET_TABLE,
  HR_TARGET_KEY,
  HR_TARGET_INDEX,
  HR_TARGET_ENTITY,
  HR_TARGET_TEMPLATE,
  HR_TARGET_ATTRIBUTE,
  HR_TARGET_KEY_PART,
  HR_TARGET_PATTERN,
  HR_TARGET_PARAMETER,
  HR_TARGET_STEP,
  HR_N_TARGETS,
} HrTargetKind;

typedef struct
{
  HrTargetKind kind;
  const char *table;
  const char *owner;
  const char *name;
} HrTarget;

/** On the stack, names borrowed: `&HR_TARGET (ENTITY, "notes", NULL, "Note")`. */
#define HR_TARGET(kind, table, owner, name) ((HrTarget) { HR_TARGET_##kind, (table), (owner), (name) })

HrTarget *hr_target_new   (HrTargetKind kind, const char *table, const char *owner, const char *name);
HrTarget *hr_target_copy  (const HrTarget *self);
gboolean  hr_target_equal (const HrTarget *a, const HrTarget *b);
/** The name that a person calls it by: of a table its name, else `name`; "" of the model. Borrowed. */
const char *hr_target_get_name (const HrTarget *self);

/*
 * What a target names, in a model of one's own (hr_model_copy()) that may be changed; NULL when it is not there.
 * The list it stands in is returned, too: the owner's keys, indexes, steps and so on.
 */
typedef struct
{
  HrModel *model;
  gpointer definition; /* HrTable, HrAttribute (KEY, ATTRIBUTE, KEY_PART), HrIndex, HrEntity, HrEntityKey, HrPattern,
                          HrParameter or HrStep; the HrModel itself */
  GPtrArray *list;     /* NULL of MODEL */
  guint position;      /* in the list */
  HrTable *table;      /* around it, or NULL; likewise the following */
  HrEntity *entity;
  HrIndex *index;
  HrPattern *pattern;
} HrTargetPlace;

/** FALSE with HR_ERROR_NOT_FOUND, which names the first thing that is not there. */
gboolean hr_target_find (const HrTarget *self, HrModel *model, HrTargetPlace *place, GError **error);
/** The list of definitions of @kind beside or in what @place has found: of ENTITY that of place->table, and so on. Not
 *  for MODEL and KEY. */
GPtrArray  *hr_target_place_get_list (const HrTargetPlace *place, HrModel *model, HrTargetKind kind);
/** A definition's name (of a pattern its id). Borrowed. */
const char *hr_definition_get_name   (HrTargetKind kind, gconstpointer definition);
/** The place of the name, to be set after g_free(). */
char      **hr_definition_get_name_slot (HrTargetKind kind, gpointer definition);

G_END_DECLS
