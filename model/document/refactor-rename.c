/*
 * Renaming: what is refused, what the name is called where, and the items.
 */
#include "model/document/refactor-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/edit-private.h"
#include "model/document/rename-private.h"

#include <string.h>

static gboolean
refuse (GError **error, HrErrorCode code, const char *message)
{
  g_set_error_literal (error, HR_ERROR, code, message);
  return FALSE;
}

/* What a reference can begin with. */
static gboolean
check_root (const char *name, GError **error)
{
  g_autofree char *message = NULL;

  if (!g_str_equal (name, "item") && strpbrk (name, ".[]{}") == NULL)
    return TRUE;
  message = g_strdup_printf (_("“%s” cannot be referred to: a name is not “item” and has none of . [ ] { }."), name);
  return refuse (error, HR_ERROR_INVALID, message);
}

/* A key part is in the way only where the entity has the attribute: names of variables are the entity's own. */
static gboolean
has_name (const HrEntity *entity, const HrName *name)
{
  return hr_attributes_find (entity->attributes, name->to) != NULL || hr_entity_get_key (entity, name->to) != NULL
         || (hr_attributes_find (entity->attributes, name->from) != NULL
             && hr_attributes_find (entity->key_parts, name->to) != NULL);
}

static gboolean
check_variable (const char *name, GError **error)
{
  g_autofree char *message = NULL;

  if (strpbrk (name, "{}") == NULL)
    return TRUE;
  message = g_strdup_printf (_("“%s” cannot stand in a template: a name has no braces."), name);
  return refuse (error, HR_ERROR_INVALID, message);
}

static gboolean
taken (const char *where, const char *name, GError **error)
{
  g_autofree char *message = g_strdup_printf (_("%s has an attribute or key %s already."), where, name);

  return refuse (error, HR_ERROR_EXISTS, message);
}

/* An attribute of all entities must be new to each of them, and to the keys. */
static gboolean
check_attribute (const HrTable *table, const HrName *name, GError **error)
{
  if (*name->to == '\0')
    return refuse (error, HR_ERROR_INVALID, _("An attribute needs a name."));
  if (!check_variable (name->to, error))
    return FALSE;
  if (name->entity == NULL && hr_table_find_key_attribute (table, name->to) != NULL)
    return taken (table->name, name->to, error);
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = table->entities->pdata[i];
      gboolean is_meant = name->entity == NULL || g_str_equal (entity->name, name->entity);

      if (is_meant && has_name (entity, name))
        return taken (entity->name, name->to, error);
    }
  return TRUE;
}

static gboolean
check_name (const HrModelEdit *edit, const HrTarget *target, const HrName *name, GError **error)
{
  switch (target->kind)
    {
    case HR_TARGET_TABLE:
    case HR_TARGET_INDEX:
    case HR_TARGET_ENTITY:
    case HR_TARGET_PATTERN:
      return hr_model_edit_check_name (edit, target->kind, name->to, error);
    case HR_TARGET_PARAMETER:
    case HR_TARGET_STEP:
      return hr_model_edit_check_name (edit, target->kind, name->to, error) && check_root (name->to, error);
    case HR_TARGET_KEY_PART:
      return hr_model_edit_check_name (edit, target->kind, name->to, error) && check_variable (name->to, error);
    case HR_TARGET_KEY:
    case HR_TARGET_ATTRIBUTE:
      return check_attribute (edit->place.table, name, error);
    case HR_TARGET_MODEL:
    case HR_TARGET_TEMPLATE:
    case HR_N_TARGETS:
      break;
    }
  return FALSE;
}

static const HrNameKind kinds[HR_N_TARGETS] = {
  [HR_TARGET_TABLE] = HR_NAME_TABLE,         [HR_TARGET_KEY] = HR_NAME_ATTRIBUTE,
  [HR_TARGET_INDEX] = HR_NAME_INDEX,         [HR_TARGET_ENTITY] = HR_NAME_ENTITY,
  [HR_TARGET_ATTRIBUTE] = HR_NAME_ATTRIBUTE, [HR_TARGET_KEY_PART] = HR_NAME_KEY_PART,
  [HR_TARGET_PATTERN] = HR_NAME_PATTERN,     [HR_TARGET_PARAMETER] = HR_NAME_PARAMETER,
  [HR_TARGET_STEP] = HR_NAME_STEP,
};

/* Whether only this entity has the attribute: then it is the table's, and everything can follow. */
static gboolean
is_alone (const HrTable *table, const HrEntity *entity, const char *attribute)
{
  for (guint i = 0; i < table->entities->len; i++)
    if (table->entities->pdata[i] != entity
        && hr_attributes_find (((HrEntity *) table->entities->pdata[i])->attributes, attribute) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_table_key (const HrTable *table, const char *attribute)
{
  return hr_attributes_find (table->partition_key, attribute) != NULL
         || hr_attributes_find (table->sort_key, attribute) != NULL;
}

/* Whether an attribute that only this entity has gets a name that other entities or indexes use: it joins them alone,
 * and they stay as they are. */
static gboolean
joins (const HrTable *table, const HrEntity *entity, const char *attribute, const char *new_name)
{
  return is_alone (table, entity, attribute) && hr_table_find_key_attribute (table, attribute) == NULL
         && !is_table_key (table, new_name)
         && (!is_alone (table, entity, new_name) || hr_table_find_key_attribute (table, new_name) != NULL);
}

static HrName
get_name (const HrTarget *target, const HrTargetPlace *place, const char *new_name, HrRenameScope scope)
{
  HrName name = { .kind = kinds[target->kind], .from = hr_target_get_name (target), .to = new_name };

  if (target->kind != HR_TARGET_TABLE)
    name.table = target->table;
  if (target->kind == HR_TARGET_KEY_PART
      || (target->kind == HR_TARGET_ATTRIBUTE
          && (scope == HR_RENAME_ENTITY_ONLY ? !is_alone (place->table, place->entity, target->name)
                                             : joins (place->table, place->entity, target->name, new_name))))
    name.entity = target->owner;
  if (target->kind == HR_TARGET_PARAMETER || target->kind == HR_TARGET_STEP)
    name.pattern = target->owner;
  return name;
}

/* Items. One that has the new name as well is a reason to refuse, which is told by the count. */
static void
rename_item_cb (HrRefactorPlan *plan, const HrValue *item, HrArena *arena, HrItemChange *change)
{
  const HrValue *value = hr_map_get (item, plan->from, strlen (plan->from));

  if (value == NULL
      || (plan->old_entity != NULL && hr_table_match_entity (plan->old_table, item, NULL) != plan->old_entity))
    return;
  if (hr_map_get (item, plan->to, strlen (plan->to)) != NULL)
    {
      change->reason = _("it has an attribute of the new name already.");
      return;
    }
  change->item = hr_map_with (arena, item, plan->from, strlen (plan->from), NULL);
  change->item = hr_map_with (arena, &change->item, plan->to, strlen (plan->to), value);
  change->is_changed = TRUE;
}

static void
plan_items (HrRefactorPlan *plan, const HrName *name)
{
  if (name->kind != HR_NAME_ATTRIBUTE)
    return;
  plan->table = g_strdup (name->table);
  plan->report.table = plan->table;
  plan->from = g_strdup (name->from);
  plan->to = g_strdup (name->to);
  plan->func = rename_item_cb;
  plan->old_table = hr_model_find_table (plan->before, name->table);
  plan->new_table = hr_model_find_table (plan->after, name->table);
  if (name->entity != NULL)
    plan->old_entity = hr_table_find_entity (plan->old_table, name->entity);
}

static void
note_index (HrRefactorPlan *plan, const HrName *name)
{
  if (name->kind == HR_NAME_ATTRIBUTE && name->entity != NULL
      && hr_table_find_key_attribute (plan->old_table, name->from) != NULL)
    hr_refactor_note (plan, _("%s is a key: without it, items of %s are no longer in that table or index."), name->from,
                    name->entity);
}

static HrTarget *
target_renamed (const HrTarget *target, const char *name)
{
  if (target->kind == HR_TARGET_TABLE)
    return hr_target_new (target->kind, name, NULL, NULL);
  return hr_target_new (target->kind, target->table, target->owner, name);
}

static void
rename_definitions (HrRefactorPlan *plan, const HrName *name)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrRename rename = { .name = name, .before = plan->before, .model = plan->after, .arena = arena,
                      .changes = plan->report.changes, .notes = plan->report.notes };

  hr_rename_run (&rename);
}

static void
refuse_taken_by_items (const HrRefactorPlan *plan, guint n_stay, GError **error)
{
  g_set_error (
      error, HR_ERROR, HR_ERROR_EXISTS,
      ngettext_ ("%u item has an attribute %s already. Choose another name, or rename that one first.",
                 "%u items have an attribute %s already. Choose another name, or rename that one first.",
                 n_stay),
      n_stay, plan->to);
}

HrRefactoring *
hr_refactor_rename (HrDocument *document, const HrTarget *target, const char *new_name, HrRenameScope scope,
                    GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrRefactorPlan *plan;
  HrName name;

  g_return_val_if_fail (HR_IS_DOCUMENT (document) && target != NULL && new_name != NULL, NULL);
  g_return_val_if_fail (target->kind != HR_TARGET_MODEL && target->kind != HR_TARGET_TEMPLATE, NULL);

  if (!hr_model_edit_begin (&edit, document, target, error))
    return NULL;
  name = get_name (target, &edit.place, new_name, scope);
  plan = hr_refactor_plan_new (document);
  plan->report.name = g_strdup_printf (_("Rename %s to %s"), name.from, name.to);
  plan->report.selection = target_renamed (target, new_name);
  if (g_str_equal (name.from, name.to))
    {
      hr_model_unref (plan->after);
      plan->after = hr_model_ref (plan->before);
      return &plan->report;
    }
  if (!check_name (&edit, target, &name, error))
    {
      hr_refactoring_free (&plan->report);
      return NULL;
    }
  rename_definitions (plan, &name);
  plan_items (plan, &name);
  note_index (plan, &name);
  plan->refuse_stay = refuse_taken_by_items;
  return &plan->report;
}
