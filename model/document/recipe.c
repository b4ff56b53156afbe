/*
 * Recipes as tables: what entities there are, how each makes its keys, and which attributes it has.
 *
 * Names are those of a made-up shop, club and workshop: a person renames them, and sees then that the names go along
 * everywhere.
 */
#include "model/document/recipe.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/edit-private.h"

#define ENTITIES_MAX 3
#define ATTRIBUTES_MAX 6

typedef struct
{
  const char *name;
  const char *partition; /* templates */
  const char *sort;
  struct
  {
    const char *name;
    HrType type;
  } attributes[ATTRIBUTES_MAX]; /* up to one without a name */
} EntityRecipe;

typedef struct
{
  HrRecipe recipe;
  EntityRecipe entities[ENTITIES_MAX]; /* likewise */
  const char *inverted; /* name of a global index by the sort key, or NULL */
} Recipe;

static const Recipe recipes[] = {
  { .recipe = { N_("Parent and children"),
                N_("A customer and her orders share a partition: one query reads both, newest orders first.") },
    .entities = {
      { "Customer", "CUSTOMER#{customer_id}", "PROFILE",
        { { "customer_id", HR_TYPE_S }, { "name", HR_TYPE_S }, { "email", HR_TYPE_S } } },
      { "Order", "CUSTOMER#{customer_id}", "ORDER#{ordered_at}#{order_id}",
        { { "customer_id", HR_TYPE_S }, { "order_id", HR_TYPE_S }, { "ordered_at", HR_TYPE_S },
          { "status", HR_TYPE_S }, { "total", HR_TYPE_N } } },
    } },
  { .recipe = { N_("Adjacency list"),
                N_("Persons, groups, and who is in which: an index by the sort key reads the same from the other "
                   "side.") },
    .entities = {
      { "Person", "PERSON#{person_id}", "PERSON#{person_id}",
        { { "person_id", HR_TYPE_S }, { "name", HR_TYPE_S } } },
      { "Group", "GROUP#{group_id}", "GROUP#{group_id}", { { "group_id", HR_TYPE_S }, { "title", HR_TYPE_S } } },
      { "Membership", "PERSON#{person_id}", "GROUP#{group_id}",
        { { "person_id", HR_TYPE_S }, { "group_id", HR_TYPE_S }, { "joined_at", HR_TYPE_S } } },
    },
    .inverted = "by-sort-key" },
  { .recipe = { N_("Time series"),
                N_("Readings of a device, a partition for each day: old days are left alone, and no partition grows "
                   "without end.") },
    .entities = {
      { "Device", "DEVICE#{device_id}", "DEVICE",
        { { "device_id", HR_TYPE_S }, { "place", HR_TYPE_S } } },
      { "Reading", "DEVICE#{device_id}#{day}", "{measured_at}",
        { { "device_id", HR_TYPE_S }, { "day", HR_TYPE_S }, { "measured_at", HR_TYPE_S }, { "value", HR_TYPE_N } } },
    } },
};

guint
hr_recipes_get_count (void)
{
  return G_N_ELEMENTS (recipes);
}

const HrRecipe *
hr_recipes_get (guint number)
{
  g_return_val_if_fail (number < G_N_ELEMENTS (recipes), NULL);

  return &recipes[number].recipe;
}

gboolean
hr_recipe_suits (const HrTable *table)
{
  const HrAttribute *partition = hr_table_get_partition_key (table);
  const HrAttribute *sort = hr_table_get_sort_key (table);

  return partition != NULL && sort != NULL && partition->type == HR_TYPE_S && sort->type == HR_TYPE_S;
}

static void
set_template (HrEntity *entity, const HrAttribute *key, const char *text)
{
  hr_edit_set_template (entity, key->name, hr_key_template_parse (text, NULL, NULL));
}

static char *
add_entity (HrModelEdit *edit, const EntityRecipe *recipe)
{
  HrTable *table = edit->place.table;
  g_autofree char *name = hr_model_edit_dup_free_name (edit, HR_TARGET_ENTITY, recipe->name);
  HrEntity *entity = hr_entity_new (name);

  for (guint i = 0; i < ATTRIBUTES_MAX && recipe->attributes[i].name != NULL; i++)
    g_ptr_array_add (entity->attributes,
                     hr_attribute_new (recipe->attributes[i].name, recipe->attributes[i].type));
  set_template (entity, hr_table_get_partition_key (table), recipe->partition);
  set_template (entity, hr_table_get_sort_key (table), recipe->sort);
  g_ptr_array_add (table->entities, entity);
  return g_steal_pointer (&name);
}

/* The table's keys the other way round. */
static void
add_inverted (HrModelEdit *edit, const char *wanted)
{
  HrTable *table = edit->place.table;
  g_autofree char *name = hr_model_edit_dup_free_name (edit, HR_TARGET_INDEX, wanted);
  HrIndex *index = hr_index_new (name, HR_INDEX_GLOBAL);

  g_ptr_array_add (index->partition_key, hr_attribute_copy (hr_table_get_sort_key (table)));
  g_ptr_array_add (index->sort_key, hr_attribute_copy (hr_table_get_partition_key (table)));
  g_ptr_array_add (table->indexes, index);
}

HrTarget *
hr_document_add_recipe (HrDocument *self, const char *table, guint number, GError **error)
{
  const Recipe *recipe = &recipes[MIN (number, G_N_ELEMENTS (recipes) - 1)];
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *first = NULL;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && number < G_N_ELEMENTS (recipes), NULL);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (TABLE, table, NULL, NULL), error))
    return NULL;
  if (!hr_recipe_suits (edit.place.table))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                   _("Table %s needs a partition key and a sort key that are strings for this."), table);
      return NULL;
    }
  for (guint i = 0; i < ENTITIES_MAX && recipe->entities[i].name != NULL; i++)
    {
      g_autofree char *name = add_entity (&edit, &recipe->entities[i]);

      if (first == NULL)
        first = g_steal_pointer (&name);
    }
  if (recipe->inverted != NULL)
    add_inverted (&edit, recipe->inverted);
  if (!hr_model_edit_apply (&edit, g_strdup_printf (_("Begin with: %s"), _(recipe->recipe.title)), error))
    return NULL;
  return hr_target_new (HR_TARGET_ENTITY, table, NULL, first);
}
