#pragma once

#include "model/document/document.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/*
 * Recipes: entities that show how one table answers more than one question, to begin with and to be renamed.
 */

typedef struct
{
  const char *title;       /* N_() */
  const char *description; /* N_(): a sentence */
} HrRecipe;

guint           hr_recipes_get_count (void);
const HrRecipe *hr_recipes_get       (guint number);

/** Whether the keys of a table are such as recipes need: a partition and a sort key, both strings. */
gboolean  hr_recipe_suits (const HrTable *table);

/**
 * Adds the entities of a recipe to a table, with the index that it needs: one undo step, or part of the edit that is
 * open. Names that are taken get a number. Returns the first entity, g_free(); NULL with @error: HR_ERROR_NOT_FOUND,
 * or HR_ERROR_INVALID for a table that does not suit.
 */
HrTarget *hr_document_add_recipe (HrDocument *self, const char *table, guint number, GError **error);

G_END_DECLS
