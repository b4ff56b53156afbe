/*
 * Names in definitions.
 *
 * One walk over the model in its own order, with a row a kind for what the definition itself and those around it say;
 * everything that is said in requests is left to rename-request.c, in all patterns alike.
 */
#include "model/document/rename-private.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/document/edit-private.h"
#include "model/document/reach.h"
#include "model/value/codec.h"

#include <string.h>

void
hr_rename_note (HrRename *self, const char *member, const char *before, const char *after)
{
  HrRefactorChange *change = g_new0 (HrRefactorChange, 1);

  change->target = hr_target_copy (&self->target);
  change->place = member != NULL ? g_strdup_printf (_("%s: %s"), self->place, member) : g_strdup (self->place);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (self->changes, change);
}

/* Where the walk is; @place is taken into the arena. */
static void
go_to (HrRename *self, HrTarget target, char *place)
{
  self->target = target;
  self->place = hr_arena_strdup (self->arena, place);
  g_free (place);
}

/* A name in a definition: replaced and noted when it is the one. */
static gboolean
rename_slot (HrRename *self, char **slot, const char *member)
{
  if (g_strcmp0 (*slot, self->name->from) != 0)
    return FALSE;
  hr_rename_note (self, member, self->name->from, self->name->to);
  g_free (*slot);
  *slot = g_strdup (self->name->to);
  return TRUE;
}

/* Attributes of one table */

static void
rename_keys (HrRename *self, GPtrArray *keys, const char *member)
{
  for (guint i = 0; i < keys->len; i++)
    rename_slot (self, &((HrAttribute *) keys->pdata[i])->name, member);
}

static void
rename_index_attributes (HrRename *self, const HrTable *table, HrIndex *index)
{
  go_to (self, HR_TARGET (INDEX, table->name, NULL, index->name), g_strdup_printf (_("Index %s"), index->name));
  rename_keys (self, index->partition_key, _("partition key"));
  rename_keys (self, index->sort_key, _("sort key"));
  for (guint i = 0; i < index->included->len; i++)
    rename_slot (self, (char **) &index->included->pdata[i], _("projection"));
}

static void
rename_variable (HrRename *self, HrEntityKey *key)
{
  const HrName *name = self->name;
  g_autofree char *text = hr_key_template_rename (key->template, name->from, name->to);
  g_autofree char *same = hr_key_template_rename (key->template, name->from, name->from);
  HrKeyTemplate *parsed;

  if (g_str_equal (text, same))
    return;
  parsed = hr_key_template_parse (text, NULL, NULL);
  if (parsed == NULL)
    return;
  hr_rename_note (self, key->attribute, key->template->text, text);
  hr_key_template_free (key->template);
  key->template = parsed;
}

static gboolean
declares (const GPtrArray *list, const char *name)
{
  return hr_attributes_find (list, name) != NULL;
}

static void
rename_entity_attributes (HrRename *self, const HrTable *table, HrEntity *entity)
{
  const HrName *name = self->name;
  GPtrArray *list = name->kind == HR_NAME_KEY_PART ? entity->key_parts : entity->attributes;
  gboolean is_declared = declares (list, name->from);

  if (name->entity != NULL && !g_str_equal (name->entity, entity->name))
    return;
  go_to (self, HR_TARGET (ENTITY, table->name, NULL, entity->name), g_strdup_printf (_("Entity %s"), entity->name));
  if (name->kind == HR_NAME_ATTRIBUTE && name->entity == NULL)
    for (guint i = 0; i < entity->keys->len; i++)
      rename_slot (self, &((HrEntityKey *) entity->keys->pdata[i])->attribute, _("key"));
  for (guint i = 0; is_declared && i < entity->keys->len; i++)
    rename_variable (self, entity->keys->pdata[i]);
  for (guint i = 0; i < list->len; i++)
    rename_slot (self, &((HrAttribute *) list->pdata[i])->name,
                 name->kind == HR_NAME_KEY_PART ? _("key part") : _("attribute"));
}

static void
rename_in_table (HrRename *self, HrTable *table)
{
  gboolean is_wide = self->name->kind == HR_NAME_ATTRIBUTE && self->name->entity == NULL;

  if (is_wide)
    {
      go_to (self, HR_TARGET (TABLE, table->name, NULL, NULL), g_strdup_printf (_("Table %s"), table->name));
      rename_keys (self, table->partition_key, _("partition key"));
      rename_keys (self, table->sort_key, _("sort key"));
      rename_slot (self, &table->settings.ttl_attribute, _("time to live"));
      for (guint i = 0; i < table->indexes->len; i++)
        rename_index_attributes (self, table, table->indexes->pdata[i]);
    }
  for (guint i = 0; i < table->entities->len; i++)
    rename_entity_attributes (self, table, table->entities->pdata[i]);
}

static void
rename_definitions (HrRename *self)
{
  const HrName *name = self->name;

  for (guint i = 0; i < self->model->tables->len; i++)
    {
      HrTable *table = self->model->tables->pdata[i];

      if (name->kind == HR_NAME_TABLE && g_str_equal (table->name, name->from))
        {
          go_to (self, HR_TARGET (TABLE, table->name, NULL, NULL), g_strdup_printf (_("Table %s"), table->name));
          rename_slot (self, &table->name, NULL);
          return;
        }
      if (g_strcmp0 (table->name, name->table) != 0)
        continue;
      for (guint j = 0; name->kind == HR_NAME_INDEX && j < table->indexes->len; j++)
        {
          HrIndex *index = table->indexes->pdata[j];

          go_to (self, HR_TARGET (INDEX, table->name, NULL, index->name), g_strdup_printf (_("Index %s"), index->name));
          if (rename_slot (self, &index->name, NULL))
            return;
        }
      for (guint j = 0; name->kind == HR_NAME_ENTITY && j < table->entities->len; j++)
        {
          HrEntity *entity = table->entities->pdata[j];

          go_to (self, HR_TARGET (ENTITY, table->name, NULL, entity->name),
                 g_strdup_printf (_("Entity %s"), entity->name));
          if (rename_slot (self, &entity->name, NULL))
            return;
        }
      if (name->kind == HR_NAME_ATTRIBUTE || name->kind == HR_NAME_KEY_PART)
        rename_in_table (self, table);
      return; /* of repeated names the first table counts */
    }
}

/* Patterns */

static const HrTable *
find_before (const HrRename *self)
{
  return self->name->table != NULL ? hr_model_find_table (self->before, self->name->table) : NULL;
}

/* Whether a step reads or writes nothing of the table but this entity's items. */
static gboolean
is_left_out (const HrRename *self, const HrStep *step)
{
  const HrTable *table = find_before (self);
  guint64 reach;

  if (self->name->kind != HR_NAME_ATTRIBUTE || self->name->entity == NULL || table == NULL)
    return FALSE;
  reach = hr_step_get_reach (table, step);
  for (guint i = 0; i < table->entities->len && i < 62; i++)
    if (((reach >> i) & 1) != 0
        && !g_str_equal (((HrEntity *) table->entities->pdata[i])->name, self->name->entity))
      return TRUE;
  return FALSE;
}

/* It would have been renamed, but for the other entities: said once a step. */
static void
note_left_out (HrRename *self, const HrStep *step)
{
  g_autoptr (GPtrArray) ignored = g_ptr_array_new_with_free_func (hr_refactor_change_free);
  GPtrArray *changes = self->changes;
  g_autofree char *renamed = NULL;

  self->changes = ignored;
  renamed = hr_rename_request (self, step->request);
  self->changes = changes;
  if (renamed != NULL)
    g_ptr_array_add (self->notes,
                     g_strdup_printf (_("%s names %s and can read other entities, too; it is left as it is."),
                                      self->place, self->name->from));
}

static void
rename_in_request (HrRename *self, HrStep *step)
{
  char *renamed;

  if (is_left_out (self, step))
    {
      note_left_out (self, step);
      return;
    }
  renamed = hr_rename_request (self, step->request);
  if (renamed != NULL)
    hr_edit_take_request (step, renamed);
}

/* Keys are kept in canonical form, in which their members have an order. */
static char *
rename_key (HrRename *self, const char *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *json = hr_json_parse (self->arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  const char *from = self->name->from;
  const HrValue *value;
  HrBuffer out = HR_BUFFER_INIT;
  HrValue key;

  if (json == NULL || !hr_item_from_json (self->arena, json, &key, &error))
    return NULL;
  value = hr_map_get (&key, from, strlen (from));
  if (value == NULL)
    return NULL;
  key = hr_map_with (self->arena, &key, from, strlen (from), NULL);
  key = hr_map_with (self->arena, &key, self->name->to, strlen (self->name->to), value);
  hr_item_to_json (&key, FALSE, &out);
  return hr_buffer_steal (&out, NULL);
}

static void
rename_in_expectation (HrRename *self, HrExpectation *expect)
{
  guint count = 0;

  for (guint i = 0; expect != NULL && expect->keys != NULL && i < expect->keys->len; i++)
    {
      char *renamed = rename_key (self, hr_arena_strdup (self->arena, expect->keys->pdata[i]));

      if (renamed == NULL)
        continue;
      g_free (expect->keys->pdata[i]);
      expect->keys->pdata[i] = renamed;
      count++;
    }
  if (count > 0)
    hr_rename_note (self, _("expected keys"), self->name->from, self->name->to);
}

/* Keys do not say of which table they are: they are renamed where only this table is asked. */
static gboolean
asks_only_table (HrRename *self, const HrPattern *pattern)
{
  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = pattern->steps->pdata[i];
      const HrJson *request = hr_json_parse (self->arena, step->request, strlen (step->request), HR_JSON_DEPTH_CEILING,
                                             NULL);
      const char *table = request != NULL ? hr_request_get_table (request, self->arena) : NULL;

      if (table != NULL && g_strcmp0 (table, self->name->table) != 0)
        return FALSE;
    }
  return pattern->steps->len > 0;
}

static gboolean
renames_expected_keys (HrRename *self, const HrPattern *pattern)
{
  const HrTable *table = find_before (self);

  return self->name->kind == HR_NAME_ATTRIBUTE && table != NULL
         && (declares (table->partition_key, self->name->from) || declares (table->sort_key, self->name->from))
         && asks_only_table (self, pattern);
}

static void
rename_in_step (HrRename *self, HrStep *step)
{
  char *for_each = step->for_each != NULL ? hr_rename_for_each (self, step->for_each) : NULL;

  rename_in_request (self, step);
  if (for_each == NULL)
    return;
  hr_rename_note (self, "for_each", step->for_each, for_each);
  g_free (step->for_each);
  step->for_each = g_strdup (for_each);
}

static void
rename_pattern_names (HrRename *self, HrPattern *pattern)
{
  const HrName *name = self->name;

  if (name->kind == HR_NAME_PATTERN && hr_model_find_pattern (self->before, name->from) == self->pattern)
    rename_slot (self, &pattern->id, NULL);
  if (name->pattern == NULL || hr_model_find_pattern (self->before, name->pattern) != self->pattern)
    return;
  for (guint i = 0; name->kind == HR_NAME_PARAMETER && i < pattern->parameters->len; i++)
    if (rename_slot (self, &((HrParameter *) pattern->parameters->pdata[i])->name, _("parameter")))
      break;
  for (guint i = 0; name->kind == HR_NAME_STEP && i < pattern->steps->len; i++)
    if (rename_slot (self, &((HrStep *) pattern->steps->pdata[i])->name, _("step")))
      break;
}

static void
rename_in_pattern (HrRename *self, HrPattern *pattern, const HrPattern *before)
{
  self->pattern = before;
  go_to (self, HR_TARGET (PATTERN, NULL, NULL, before->id), g_strdup_printf (_("Pattern %s"), before->id));
  rename_pattern_names (self, pattern);
  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = before->steps->pdata[i];

      self->step = step;
      go_to (self, HR_TARGET (STEP, NULL, before->id, step->name),
             g_strdup_printf (_("Pattern %s, step %s"), before->id, step->name));
      rename_in_step (self, pattern->steps->pdata[i]);
      if (renames_expected_keys (self, before))
        rename_in_expectation (self, ((HrStep *) pattern->steps->pdata[i])->expect);
    }
  go_to (self, HR_TARGET (PATTERN, NULL, NULL, before->id), g_strdup_printf (_("Pattern %s"), before->id));
  if (renames_expected_keys (self, before))
    rename_in_expectation (self, pattern->expect);
}

static void
rename_loose (HrRename *self, char **slot, const char *place)
{
  char *renamed;

  if (*slot == NULL)
    return;
  go_to (self, HR_TARGET (MODEL, NULL, NULL, NULL), g_strdup (place));
  renamed = hr_rename_loose (self, *slot);
  if (renamed == NULL)
    return;
  g_free (*slot);
  *slot = renamed;
}

void
hr_rename_run (HrRename *self)
{
  rename_definitions (self);
  for (guint i = 0; i < self->model->patterns->len; i++)
    rename_in_pattern (self, self->model->patterns->pdata[i], self->before->patterns->pdata[i]);
  rename_loose (self, &self->model->scenarios, _("Scenarios"));
  rename_loose (self, &self->model->lessons, _("Lessons"));
}
