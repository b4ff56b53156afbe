/*
 * Patterns from partitions, requests and runs.
 *
 * A key value that fits a template is written as the template: its variables are what changes from call to call, so
 * they become parameters, and their texts the examples.
 */
#include "model/document/pattern-make.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-build.h"
#include "model/base/json-writer.h"
#include "model/document/edit-definitions.h"
#include "model/document/pattern-read-private.h"
#include "model/schema/reference.h"
#include "model/value/codec.h"

#include <string.h>

static gboolean
has_parameter (const HrPattern *pattern, const char *name)
{
  for (guint i = 0; i < pattern->parameters->len; i++)
    if (g_str_equal (((HrParameter *) pattern->parameters->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static void
add_parameter (HrPattern *pattern, const char *name, HrType type, const char *example)
{
  if (!has_parameter (pattern, name))
    g_ptr_array_add (pattern->parameters, hr_parameter_new (name, type, example));
}

/* What the template can be in a request: its variables must be able to stand as references, and mean one thing each. */
static gboolean
can_be_referred_to (const HrPattern *pattern, const HrBindings *bindings)
{
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, (GHashTable *) bindings);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (strpbrk (name, ".[]{}") != NULL || g_str_equal (name, "item") || has_parameter (pattern, name))
      return FALSE;
  return TRUE;
}

/* The template of an entity in the place of a key's text; NULL when the text does not fit it. */
static char *
dup_template_text (HrPattern *pattern, const HrEntity *entity, const char *attribute, const char *text)
{
  const HrEntityKey *key = hr_entity_get_key (entity, attribute);
  g_autoptr (HrBindings) bindings = hr_bindings_new ();

  if (key == NULL || !hr_key_template_match (key->template, text, strlen (text), bindings)
      || !can_be_referred_to (pattern, bindings))
    return NULL;
  for (guint i = 0; i < key->template->n_parts; i++)
    {
      const HrTemplatePart *part = &key->template->parts[i];
      const HrAttribute *variable = part->is_variable ? hr_entity_find_variable (entity, part->text) : NULL;

      if (part->is_variable)
        add_parameter (pattern, part->text, variable != NULL ? variable->type : HR_TYPE_S,
                       g_hash_table_lookup (bindings, part->text));
    }
  return g_strdup (key->template->text);
}

/* A row of a key condition, of one entity or of the first that fits. */
static void
parametrise_row (HrPattern *pattern, const HrTable *table, const HrEntity *entity, HrFormCondition *row)
{
  char *text = NULL;

  if (row->op != HR_KEY_EQ || strpbrk (row->value, "{}") != NULL)
    return;
  if (entity != NULL)
    text = dup_template_text (pattern, entity, row->attribute, row->value);
  for (guint i = 0; entity == NULL && text == NULL && i < table->entities->len; i++)
    text = dup_template_text (pattern, table->entities->pdata[i], row->attribute, row->value);
  if (text == NULL)
    return;
  g_free (row->value);
  row->value = text;
}

static char *
dup_value_text (const HrValue *value)
{
  HrBuffer text = HR_BUFFER_INIT;

  hr_buffer_reserve (&text, 1);
  if (!hr_value_to_text (value, &text))
    hr_base64_encode (value->bytes, value->length, &text);
  return hr_buffer_steal (&text, NULL);
}

static void
add_partition_row (HrPattern *pattern, HrStepForm *form, const HrTable *table, const HrEntity *entity,
                   const HrMember *member)
{
  g_autofree char *name = g_strndup (member->name, member->name_length);
  g_autofree char *text = dup_value_text (&member->value);
  HrFormCondition *row = hr_form_condition_new (name, HR_KEY_EQ, (HrType) member->value.type, text, NULL);

  if (entity != NULL)
    parametrise_row (pattern, table, entity, row);
  if (g_str_equal (row->value, text))
    {
      gboolean can = strpbrk (name, ".[]{}") == NULL && !g_str_equal (name, "item") && !has_parameter (pattern, name);

      add_parameter (pattern, can ? name : "key", (HrType) member->value.type, text);
      g_free (row->value);
      row->value = g_strdup_printf ("{%s}", can ? name : "key");
    }
  g_ptr_array_add (form->conditions, row);
}

static HrStep *
add_step (HrPattern *pattern, const char *operation)
{
  HrStep *step = hr_step_new ("items", operation);

  g_ptr_array_add (pattern->steps, step);
  return step;
}

static void
set_request (HrStep *step, char *request)
{
  if (request == NULL)
    return;
  g_free (step->request);
  step->request = request;
}

HrPattern *
hr_pattern_new_from_partition (const HrTable *table, const char *index, const HrValue *partition,
                               const HrEntity *entity)
{
  g_autoptr (HrStepForm) form = hr_step_form_new ("Query", "{}");
  g_autofree char *name = NULL;
  HrPattern *pattern;

  g_return_val_if_fail (table != NULL && partition != NULL && partition->type == HR_TYPE_M, NULL);

  name = entity != NULL ? g_strdup_printf (_("Query %s"), entity->name) : g_strdup_printf (_("Query %s"), table->name);
  pattern = hr_pattern_new ("", name);
  form->table = g_strdup (table->name);
  form->index = g_strdup (index);
  for (guint32 i = 0; i < partition->length; i++)
    add_partition_row (pattern, form, table, entity, &partition->members[i]);
  set_request (add_step (pattern, "Query"), hr_step_form_dup_request (form, NULL));
  return pattern;
}

/* References that were in the text already name parameters. */
static void
declare_references (HrPattern *pattern, const HrJson *json)
{
  g_autoptr (GPtrArray) parts = NULL;

  for (guint32 i = 0; json->type == HR_JSON_ARRAY && i < json->length; i++)
    declare_references (pattern, &json->elements[i]);
  for (guint32 i = 0; json->type == HR_JSON_OBJECT && i < json->length; i++)
    declare_references (pattern, &json->members[i].value);
  if (json->type != HR_JSON_STRING || memchr (json->text, '{', json->length) == NULL)
    return;
  parts = hr_reference_parse (json->text, json->length, NULL, NULL);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (!part->is_literal && !g_str_equal (part->root, "item"))
        add_parameter (pattern, part->root, HR_TYPE_S, NULL);
    }
}

static char *
dup_compact (const HrJson *json)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_json_write_compact (&out, json, FALSE);
  return hr_buffer_steal (&out, NULL);
}

static void
parametrise (HrPattern *pattern, HrStep *step, const HrModel *model)
{
  g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);
  const HrTable *table = form->table != NULL ? hr_model_find_table (model, form->table) : NULL;

  if (table == NULL)
    return;
  for (guint i = 0; i < form->conditions->len; i++)
    parametrise_row (pattern, table, NULL, form->conditions->pdata[i]);
  set_request (step, hr_step_form_dup_request (form, NULL));
}

HrPattern *
hr_pattern_new_from_text (const HrModel *model, const char *text, gsize length, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const char *operation = NULL;
  HrPattern *pattern;
  HrStep *step;
  HrJson request;

  g_return_val_if_fail (model != NULL && text != NULL, NULL);

  if (!hr_pattern_read_request (arena, text, length, &operation, &request, error))
    return NULL;
  pattern = hr_pattern_new ("", operation);
  step = add_step (pattern, operation);
  set_request (step, dup_compact (&request));
  declare_references (pattern, &request);
  parametrise (pattern, step, model);
  return pattern;
}

/* Runs */

static GPtrArray *
copy_keys (const GPtrArray *keys)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (copy, g_strdup (keys->pdata[i]));
  return copy;
}

static const char *
get_error (const HrPatternRun *run)
{
  const HrStepRun *last = run->steps->len > 0 ? run->steps->pdata[run->steps->len - 1] : NULL;

  return last != NULL ? last->error_name : NULL;
}

static void
take (HrExpectation *expect, const HrPatternRun *run, HrTake what)
{
  if ((what & HR_TAKE_COUNT) != 0)
    {
      expect->has_count = TRUE;
      expect->count = run->count;
    }
  if ((what & HR_TAKE_SCANNED) != 0)
    {
      expect->has_scanned = TRUE;
      expect->scanned = run->scanned;
    }
  if ((what & HR_TAKE_UNITS) != 0)
    {
      expect->has_read_units = expect->has_write_units = TRUE;
      expect->read_units = run->read_units;
      expect->write_units = run->write_units;
    }
  if ((what & HR_TAKE_KEYS) != 0)
    g_clear_pointer (&expect->keys, g_ptr_array_unref);
  if ((what & HR_TAKE_KEYS) != 0 && run->keys->len > 0 && !hr_pattern_run_lacks_keys (run))
    expect->keys = copy_keys (run->keys);
  g_free (expect->error);
  expect->error = g_strdup (get_error (run));
}

gboolean
hr_document_take_expectations (HrDocument *self, const HrPatternRun *run, HrTake what, GError **error)
{
  const HrPattern *pattern;
  HrExpectation *expect;
  gboolean done;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && run != NULL, FALSE);

  pattern = hr_model_find_pattern (hr_document_get_model (self), run->id);
  if (run->status == HR_RUN_ERROR && get_error (run) == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("Pattern %s could not run, so there is nothing to expect."),
                   run->id);
      return FALSE;
    }
  expect = pattern != NULL && pattern->expect != NULL ? hr_expectation_copy (pattern->expect) : hr_expectation_new ();
  take (expect, run, what);
  done = hr_document_set_expectation (self, &HR_TARGET (PATTERN, NULL, NULL, run->id), expect, error);
  hr_expectation_free (expect);
  return done;
}
