/*
 * Another template for a key, and the keys of its entity's items made anew from it.
 */
#include "model/document/refactor-private.h"

#include "model/base/i18n.h"
#include "model/document/edit-private.h"
#include "model/schema/compose.h"

#include <string.h>

/* The other keys stay: they are made of the same variables as before. */
static void
compose_item_cb (HrRefactorPlan *plan, const HrValue *item, HrArena *arena, HrItemChange *change)
{
  g_autoptr (HrBindings) bindings = NULL;
  g_auto (HrComposed) composed = { 0 };
  const HrValue *value;

  if (hr_table_match_entity (plan->old_table, item, NULL) != plan->old_entity)
    return;
  bindings = hr_entity_bind (plan->old_entity, plan->old_table, item);
  hr_entity_compose (plan->new_entity, plan->new_table, item, bindings, FALSE, arena, &composed);
  value = hr_map_get (&composed.item, plan->from, strlen (plan->from));
  if (composed.missing != NULL && value == NULL)
    {
      change->reason = hr_arena_printf (arena, _("it has no value for %s."), composed.missing);
      return;
    }
  change->item = hr_map_with (arena, item, plan->from, strlen (plan->from), value);
  change->is_changed = !hr_value_equal (&change->item, item);
}

static void
note_template (HrRefactorPlan *plan, const HrTarget *target, const char *before, const char *after)
{
  HrRefactorChange *change = g_new0 (HrRefactorChange, 1);

  change->target = hr_target_copy (target);
  change->place = g_strdup_printf (_("Entity %s: %s"), target->owner, target->name);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (plan->report.changes, change);
}

static void
plan_items (HrRefactorPlan *plan, const HrTargetPlace *place, const char *key)
{
  plan->table = g_strdup (place->table->name);
  plan->report.table = plan->table;
  plan->from = g_strdup (key);
  plan->func = compose_item_cb;
  plan->old_table = hr_model_find_table (plan->before, place->table->name);
  plan->old_entity = hr_table_find_entity (plan->old_table, place->entity->name);
  plan->new_table = place->table;
  plan->new_entity = place->entity;
}

HrRefactoring *
hr_refactor_template (HrDocument *document, const char *table, const char *entity, const char *key, const char *text,
                      gboolean declare, GError **error)
{
  const HrTarget target = HR_TARGET (TEMPLATE, table, entity, key);
  g_autoptr (HrKeyTemplate) parsed = hr_edit_parse_template (text, error);
  HrRefactorPlan *plan;
  HrTargetPlace place;
  const HrEntityKey *old;

  g_return_val_if_fail (HR_IS_DOCUMENT (document) && table != NULL && entity != NULL && key != NULL && text != NULL,
                        NULL);

  if (parsed == NULL)
    return NULL;
  plan = hr_refactor_plan_new (document);
  if (!hr_target_find (&HR_TARGET (ENTITY, table, NULL, entity), plan->after, &place, error))
    {
      hr_refactoring_free (&plan->report);
      return NULL;
    }
  plan_items (plan, &place, key);
  plan->report.name = hr_edit_dup_template_step (place.table, entity, key);
  plan->report.selection = hr_target_copy (&target);
  old = hr_entity_get_key (plan->old_entity, key);
  note_template (plan, &target, old != NULL ? old->template->text : "", text);
  hr_edit_set_template (place.entity, key, hr_key_template_copy (parsed));
  if (declare)
    hr_edit_declare_key_parts (place.entity);
  hr_refactor_follow_keys (plan);
  if (old != NULL)
    hr_refactor_requests (plan, old->template, parsed);
  return &plan->report;
}
