/*
 * Updates. The paths that an expression writes never overlap, so they form a tree; applying it
 * rebuilds just the maps and lists along those paths, each in one pass over its old content, and
 * shares everything else. Because every index refers to the old list, several removals cannot get in
 * each other's way. All values of SET are computed from the old item before anything is written.
 */
#include "model/expression/update.h"

#include "model/base/service-limits.h"
#include "model/expression/build.h"
#include "model/expression/checker.h"
#include "model/expression/evaluate.h"
#include "model/expression/parser.h"

#include <string.h>

struct _HrUpdate
{
  const HrAction *actions;
  guint n_actions;
  HrProjection targets;
  HrUpdateOrigin origin;
};

/* One application of an update. */
typedef struct
{
  const HrUpdate *update;
  HrScope scope;
  HrValue *values; /* of the SET actions, by index of the action */
  gboolean leads_nowhere; /* some path does */
} Application;

/* A place in the item: what was or will be there; nothing when not present. */
typedef struct
{
  HrValue value;
  gboolean is_present;
} Place;

static gboolean apply_tree (Application *self, const HrPathTree *tree, const Place *old, Place *new);

const HrUpdate *
hr_update_new (HrArena *arena, const HrAction *actions, guint n_actions, HrUpdateOrigin origin)
{
  HrContext context = { .arena = arena, .kind = HR_EXPRESSION_UPDATE };
  HrUpdate *update = hr_arena_new0 (arena, HrUpdate);
  HrPath *paths = hr_arena_array (arena, HrPath, n_actions);

  for (guint i = 0; i < n_actions; i++)
    paths[i] = actions[i].path->path.path;
  update->actions = actions;
  update->n_actions = n_actions;
  update->targets = (HrProjection) {
    .paths = paths,
    .n_paths = n_actions,
    .tree = hr_path_tree_new (&context, paths, NULL, n_actions),
  };
  update->origin = origin;
  return update;
}

const HrUpdate *
hr_update_new_checked (HrArena *arena, const HrAction *actions, guint n_actions, HrServiceError *error)
{
  HrContext context = { .arena = arena, .kind = HR_EXPRESSION_UPDATE, .error = error, .is_statement = TRUE };
  HrUpdate *update = hr_arena_new0 (arena, HrUpdate);
  HrTree tree = { .actions = actions, .n_actions = n_actions };

  if (!hr_check_built_update (&context, &tree, &update->targets.paths, &update->targets.tree))
    return NULL;
  update->actions = actions;
  update->n_actions = n_actions;
  update->targets.n_paths = n_actions;
  return update;
}

const HrAction *
hr_update_get_actions (const HrUpdate *update, guint *n_actions)
{
  *n_actions = update->n_actions;
  return update->actions;
}

const HrUpdate *
hr_update_compile (HrArena *arena, const char *text, gsize length, HrPlaceholders *placeholders,
                   HrServiceError *error)
{
  HrContext context = {
    .arena = arena,
    .kind = HR_EXPRESSION_UPDATE,
    .text = text,
    .length = length,
    .placeholders = placeholders,
    .error = error,
  };
  HrUpdate *update = hr_arena_new0 (arena, HrUpdate);
  HrTree tree;

  if (!hr_parse (&context, &tree)
      || !hr_check_update (&context, &tree, &update->targets.paths, &update->targets.tree))
    return NULL;
  update->actions = tree.actions;
  update->n_actions = tree.n_actions;
  update->targets.n_paths = tree.n_actions;
  return update;
}

static gboolean
fail (Application *self, const char *message)
{
  return hr_service_error_set (self->scope.error, self->scope.arena, HR_SERVICE_VALIDATION, "%s", message);
}

/* The values of ADD and DELETE in the sorted order of sets. */
static void
unite_sets (Application *self, const HrValue *a, const HrValue *b, HrValue *united)
{
  HrValue *elements = hr_arena_array (self->scope.arena, HrValue, (gsize) a->length + b->length);
  guint i = 0;
  guint j = 0;
  guint count = 0;

  while (i < a->length || j < b->length)
    {
      int order = i == a->length   ? 1
                  : j == b->length ? -1
                                   : hr_value_compare (&a->elements[i], &b->elements[j]);

      elements[count++] = order <= 0 ? a->elements[i] : b->elements[j];
      i += order <= 0;
      j += order >= 0;
    }
  *united = *a;
  united->elements = elements;
  united->length = count;
}

/* A set that loses its last member goes altogether. */
static void
subtract_sets (Application *self, const HrValue *a, const HrValue *b, Place *new)
{
  HrValue *elements = hr_arena_array (self->scope.arena, HrValue, a->length);
  guint count = 0;

  for (guint i = 0; i < a->length; i++)
    if (!hr_set_contains (b, &a->elements[i]))
      elements[count++] = a->elements[i];
  new->value = *a;
  new->value.elements = elements;
  new->value.length = count;
  new->is_present = count > 0;
}

static gboolean
fail_mismatch (Application *self)
{
  return self->update->origin == HR_UPDATE_OF_EXPRESSION
             ? hr_scope_fail_type (&self->scope)
             : fail (self, "Type mismatch for attribute to update");
}

static gboolean
apply_add (Application *self, const HrValue *operand, const Place *old, Place *new)
{
  if (!old->is_present)
    {
      *new = (Place) { *operand, TRUE };
      return TRUE;
    }
  if (old->value.type != operand->type)
    return fail_mismatch (self);
  new->is_present = TRUE;
  if (operand->type == HR_TYPE_N)
    return hr_compute_arithmetic (&old->value, operand, FALSE, &self->scope, &new->value);
  if (operand->type == HR_TYPE_L)
    new->value = hr_compute_joined_list (&old->value, operand, self->scope.arena);
  else
    unite_sets (self, &old->value, operand, &new->value);
  return TRUE;
}

static gboolean
apply_delete (Application *self, const HrValue *operand, const Place *old, Place *new)
{
  if (!old->is_present)
    return TRUE;
  if (old->value.type != operand->type)
    return fail_mismatch (self);
  subtract_sets (self, &old->value, operand, new);
  return TRUE;
}

/* @new comes empty. */
static gboolean
apply_action (Application *self, guint index, const Place *old, Place *new)
{
  const HrAction *action = &self->update->actions[index];

  switch (action->section)
    {
    case HR_SECTION_SET:
      *new = (Place) { self->values[index], TRUE };
      return TRUE;
    case HR_SECTION_REMOVE:
      return TRUE;
    case HR_SECTION_ADD:
      return apply_add (self, &action->value->value.value, old, new);
    case HR_SECTION_DELETE:
      return apply_delete (self, &action->value->value.value, old, new);
    case HR_N_SECTIONS:
      break;
    }
  g_return_val_if_reached (FALSE);
}

static int
compare_names (const HrPathStep *step, const HrMember *member)
{
  int order = memcmp (step->name, member->name, MIN (step->name_length, member->name_length));

  return order != 0 ? order
                    : (step->name_length > member->name_length) - (step->name_length < member->name_length);
}

/* Merges the children, sorted by name like the members, into the old members. */
static gboolean
apply_to_map (Application *self, const HrPathTree *tree, const HrValue *map, HrValue *result)
{
  HrMember *members = hr_arena_array (self->scope.arena, HrMember, (gsize) map->length + tree->n_children);
  guint next = 0;
  guint count = 0;

  for (guint i = 0; i < tree->n_children; i++)
    {
      const HrPathStep *step = &tree->children[i].step;
      Place old = { .is_present = FALSE };
      Place new = { .is_present = FALSE };

      while (next < map->length && compare_names (step, &map->members[next]) > 0)
        members[count++] = map->members[next++];
      if (next < map->length && compare_names (step, &map->members[next]) == 0)
        old = (Place) { map->members[next++].value, TRUE };
      if (!apply_tree (self, &tree->children[i], &old, &new))
        return FALSE;
      if (new.is_present)
        members[count++] = (HrMember) { step->name, step->name_length, new.value };
    }
  if (next < map->length)
    memcpy (members + count, map->members + next, (map->length - next) * sizeof *members);
  *result = hr_value_map (members, count + map->length - next);
  return TRUE;
}

/* The same for a list: what comes behind its end is appended in the order of the indexes. */
static gboolean
apply_to_list (Application *self, const HrPathTree *tree, const HrValue *list, HrValue *result)
{
  HrValue *elements = hr_arena_array (self->scope.arena, HrValue, (gsize) list->length + tree->n_children);
  guint32 next = 0;
  guint count = 0;

  for (guint i = 0; i < tree->n_children; i++)
    {
      guint32 index = tree->children[i].step.index;
      Place old = { .is_present = FALSE };
      Place new = { .is_present = FALSE };

      while (next < list->length && next < index)
        elements[count++] = list->elements[next++];
      if (index < list->length)
        old = (Place) { list->elements[next++], TRUE };
      if (!apply_tree (self, &tree->children[i], &old, &new))
        return FALSE;
      if (new.is_present)
        elements[count++] = new.value;
    }
  if (next < list->length)
    memcpy (elements + count, list->elements + next, (list->length - next) * sizeof *elements);
  *result = hr_value_list (elements, count + list->length - next);
  return TRUE;
}

/* That a path leads nowhere is said last: the service looks at all operands before. */
static gboolean
apply_tree (Application *self, const HrPathTree *tree, const Place *old, Place *new)
{
  gboolean by_name;

  if (hr_path_tree_is_leaf (tree))
    return apply_action (self, tree->index, old, new);
  by_name = tree->children[0].step.name != NULL;
  new->is_present = TRUE;
  if (old->is_present && old->value.type == HR_TYPE_M && by_name)
    return apply_to_map (self, tree, &old->value, &new->value);
  if (old->is_present && old->value.type == HR_TYPE_L && !by_name)
    return apply_to_list (self, tree, &old->value, &new->value);
  self->leads_nowhere = TRUE;
  return TRUE;
}

static gboolean
compute_value (Application *self, guint index)
{
  const HrAction *action = &self->update->actions[index];

  if (!hr_node_get_value (action->value, &self->scope, &self->values[index]))
    return self->scope.error->kind != HR_SERVICE_OK
               ? FALSE
               : fail (self,
                       "The provided expression refers to an attribute that does not exist in the item");
  /* The value of a top-level attribute may have all the levels, one deeper in a path fewer. */
  if (hr_value_depth (&self->values[index]) + self->update->targets.paths[index].n_steps - 1
      > HR_LIMIT_NESTING)
    return fail (self, "Nesting Levels have exceeded supported limits: "
                       "Attributes in the item have nested levels beyond supported limit");
  return TRUE;
}

gboolean
hr_update_apply (const HrUpdate *update, const HrValue *old_item, HrArena *arena, HrValue *new_item,
                 HrServiceError *error)
{
  HrItemView view = { old_item, NULL, 0 };
  Application self = { .update = update,
                       .scope = { &view, arena, error },
                       .values = hr_arena_array (arena, HrValue, update->n_actions) };

  for (guint i = 0; i < update->n_actions; i++)
    if (update->actions[i].section == HR_SECTION_SET && !compute_value (&self, i))
      return FALSE;
  return apply_to_map (&self, update->targets.tree, old_item, new_item)
         && (!self.leads_nowhere
             || fail (&self, "The document path provided in the update expression is invalid for update"));
}

const HrProjection *
hr_update_get_targets (const HrUpdate *update)
{
  return &update->targets;
}

gboolean
hr_update_can_create (const HrUpdate *update)
{
  for (guint i = 0; i < update->n_actions; i++)
    if (update->actions[i].section == HR_SECTION_SET || update->actions[i].section == HR_SECTION_ADD)
      return TRUE;
  return FALSE;
}

gboolean
hr_update_computes (const HrUpdate *update, const char *name, gsize name_length)
{
  for (guint i = 0; i < update->n_actions; i++)
    {
      const HrAction *action = &update->actions[i];
      const HrPath *path = &action->path->path.path;

      if (action->section == HR_SECTION_SET && action->value->kind != HR_NODE_VALUE && path->n_steps == 1
          && path->steps[0].name_length == name_length && memcmp (path->steps[0].name, name, name_length) == 0)
        return TRUE;
    }
  return FALSE;
}

void
hr_update_foreach_path (const HrUpdate *update, HrPathFunc func, gpointer user_data)
{
  for (guint i = 0; i < update->n_actions; i++)
    {
      hr_node_foreach_path (update->actions[i].path, func, user_data);
      if (update->actions[i].value != NULL)
        hr_node_foreach_path (update->actions[i].value, func, user_data);
    }
}

gsize
hr_update_get_values_size (const HrUpdate *update)
{
  gsize size = 0;

  for (guint i = 0; i < update->n_actions; i++)
    if (update->actions[i].value != NULL)
      size += hr_node_get_values_size (update->actions[i].value);
  return size;
}
