/*
 * Another type for an attribute or a key: values are converted by what is written.
 */
#include "model/document/refactor-private.h"

#include "model/base/i18n.h"
#include "model/document/edit-private.h"
#include "model/document/rename-private.h"
#include "model/value/codec.h"
#include "model/value/edit-text.h"

#include <string.h>

static void
convert_item_cb (HrRefactorPlan *plan, const HrValue *item, HrArena *arena, HrItemChange *change)
{
  const HrValue *value = hr_map_get (item, plan->from, strlen (plan->from));
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  HrValue converted;

  if (value == NULL || value->type == plan->type
      || (plan->old_entity != NULL && hr_table_match_entity (plan->old_table, item, NULL) != plan->old_entity))
    return;
  hr_value_to_edit_text (value, FALSE, &text);
  if (!hr_value_from_edit_text (arena, plan->type, text.data, text.length, &converted, NULL, NULL))
    {
      change->reason = hr_arena_printf (arena, _("“%.*s” cannot become %s."), (int) MIN (text.length, 40), text.data,
                                        hr_type_get_name (plan->type));
      return;
    }
  change->item = hr_map_with (arena, item, plan->from, strlen (plan->from), &converted);
  change->is_changed = TRUE;
}

static void
retype (GPtrArray *list, const char *name, HrType type)
{
  HrAttribute *attribute = (HrAttribute *) hr_attributes_find (list, name);

  if (attribute != NULL)
    attribute->type = type;
}

/* A key has one type wherever the table, its indexes and its entities have it. */
static void
retype_key (const HrTable *table, const char *name, HrType type)
{
  retype (table->partition_key, name, type);
  retype (table->sort_key, name, type);
  for (guint i = 0; i < table->indexes->len; i++)
    {
      retype (((HrIndex *) table->indexes->pdata[i])->partition_key, name, type);
      retype (((HrIndex *) table->indexes->pdata[i])->sort_key, name, type);
    }
  for (guint i = 0; i < table->entities->len; i++)
    retype (((HrEntity *) table->entities->pdata[i])->attributes, name, type);
}

static void
note_definition (HrRefactorPlan *plan, const HrTarget *target, HrType from, HrType to)
{
  HrRefactorChange *change = g_new0 (HrRefactorChange, 1);

  change->target = hr_target_copy (target);
  change->place = target->kind == HR_TARGET_KEY ? g_strdup_printf (_("Key %s"), target->name)
                                                : g_strdup_printf (_("Attribute %s"), target->name);
  change->before = g_strdup (hr_type_get_name (from));
  change->after = g_strdup (hr_type_get_name (to));
  g_ptr_array_add (plan->report.changes, change);
}

/* Requests write types out; which values are the attribute's is for a person to see. */
static void
note_requests (HrRefactorPlan *plan, const HrTarget *target)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (hr_refactor_change_free);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HrModel) copy = hr_model_copy (plan->before);
  g_autofree char *other = g_strconcat (target->name, "_", NULL);
  const HrName name = { .kind = HR_NAME_ATTRIBUTE, .table = target->table, .from = target->name, .to = other };
  HrRename rename = { .name = &name, .before = plan->before, .model = copy, .arena = arena, .changes = changes,
                      .notes = notes };
  const HrTarget *last = NULL;

  hr_rename_run (&rename);
  for (guint i = 0; i < changes->len; i++)
    {
      const HrTarget *at = ((HrRefactorChange *) changes->pdata[i])->target;

      if (at->kind != HR_TARGET_STEP || (last != NULL && hr_target_equal (at, last)))
        continue;
      hr_refactor_note (plan, _("Pattern %s, step %s names %s. Look whether the types of its values still fit."),
                        at->owner, at->name, target->name);
      last = at;
    }
}

HrRefactoring *
hr_refactor_type (HrDocument *document, const HrTarget *target, HrType type, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrRefactorPlan *plan;
  HrTargetPlace place;
  HrAttribute *attribute;
  gboolean is_key;

  g_return_val_if_fail (HR_IS_DOCUMENT (document) && target != NULL && type < HR_N_TYPES, NULL);
  g_return_val_if_fail (target->kind == HR_TARGET_KEY || target->kind == HR_TARGET_ATTRIBUTE, NULL);

  if (!hr_model_edit_begin (&edit, document, target, error))
    return NULL;
  plan = hr_refactor_plan_new (document);
  hr_target_find (target, plan->after, &place, NULL);
  attribute = place.definition;
  note_definition (plan, target, attribute->type, type);
  note_requests (plan, target);
  is_key = hr_table_find_key_attribute (place.table, target->name) != NULL;
  attribute->type = type;
  if (is_key)
    retype_key (place.table, target->name, type);
  plan->report.name = g_strdup_printf (_("Change type of %s"), target->name);
  plan->report.selection = hr_target_copy (target);
  plan->table = g_strdup (target->table);
  plan->report.table = plan->table;
  plan->from = g_strdup (target->name);
  plan->type = type;
  plan->func = convert_item_cb;
  plan->old_table = hr_model_find_table (plan->before, target->table);
  plan->new_table = place.table;
  if (!is_key)
    plan->old_entity = hr_table_find_entity (plan->old_table, target->owner);
  return &plan->report;
}
