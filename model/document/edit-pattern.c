/*
 * Setting what belongs to a pattern: its question, rate, examples, steps and what is expected of it.
 */
#include "model/document/edit-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

#include <string.h>

gboolean
hr_document_set_question (HrDocument *self, const char *pattern, const char *text, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (PATTERN, NULL, NULL, pattern), error))
    return FALSE;
  if (!hr_edit_set_text (&edit.place.pattern->question, text))
    return TRUE;
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change question of pattern %s"), pattern), error);
}

gboolean
hr_document_set_pattern_name (HrDocument *self, const char *pattern, const char *text, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  char **slot;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL && text != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (PATTERN, NULL, NULL, pattern), error))
    return FALSE;
  slot = &edit.place.pattern->name;
  if (g_str_equal (*slot, text))
    return TRUE;
  g_free (*slot);
  *slot = g_strdup (text);
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change name of pattern %s"), pattern), error);
}

gboolean
hr_document_set_rate (HrDocument *self, const char *pattern, gboolean has_rate, double average, double peak,
                      GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrPattern *definition;
  gboolean is_number = average >= 0 && peak >= 0 && average <= G_MAXDOUBLE && peak <= G_MAXDOUBLE;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (PATTERN, NULL, NULL, pattern), error))
    return FALSE;
  if (has_rate && !is_number)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                   _("The rate of pattern %s is a number of runs a second, from 0 on."), pattern);
      return FALSE;
    }
  definition = edit.place.pattern;
  if (definition->has_rate == !!has_rate
      && (!has_rate || (definition->rate_average == average && definition->rate_peak == peak)))
    return TRUE;
  definition->has_rate = !!has_rate;
  definition->rate_average = has_rate ? average : 0;
  definition->rate_peak = has_rate ? peak : 0;
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change rate of pattern %s"), pattern), error);
}

gboolean
hr_document_set_example (HrDocument *self, const char *pattern, const char *parameter, const char *text, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrParameter *definition;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL && parameter != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (PARAMETER, NULL, pattern, parameter), error))
    return FALSE;
  definition = edit.place.definition;
  if (g_strcmp0 (definition->example, text) == 0)
    return TRUE;
  g_free (definition->example);
  definition->example = g_strdup (text);
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change example of %s"), parameter), error);
}

static gboolean
same_keys (const GPtrArray *a, const GPtrArray *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
same_expectation (const HrExpectation *a, const HrExpectation *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->has_count == b->has_count && a->has_scanned == b->has_scanned && a->has_read_units == b->has_read_units
         && a->has_write_units == b->has_write_units && a->count == b->count && a->scanned == b->scanned
         && a->read_units == b->read_units && a->write_units == b->write_units && same_keys (a->keys, b->keys)
         && g_strcmp0 (a->error, b->error) == 0 && hr_extras_equal (a->extras, b->extras);
}

gboolean
hr_document_set_expectation (HrDocument *self, const HrTarget *target, const HrExpectation *expect, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrExpectation **slot;
  const char *pattern;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && target != NULL, FALSE);
  g_return_val_if_fail (target->kind == HR_TARGET_PATTERN || target->kind == HR_TARGET_STEP, FALSE);

  if (!hr_model_edit_begin (&edit, self, target, error))
    return FALSE;
  slot = target->kind == HR_TARGET_PATTERN ? &((HrPattern *) edit.place.definition)->expect
                                           : &((HrStep *) edit.place.definition)->expect;
  if (same_expectation (*slot, expect))
    return TRUE;
  hr_expectation_free (*slot);
  *slot = hr_expectation_copy (expect);
  pattern = target->kind == HR_TARGET_PATTERN ? target->name : target->owner;
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change what pattern %s expects"), pattern), error);
}

char *
hr_edit_dup_request (const char *text, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError json_error = { 0 };
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &json_error);
  HrBuffer out = HR_BUFFER_INIT;
  guint line, column;

  if (json == NULL)
    {
      hr_range_locate (text, strlen (text), json_error.offset, &line, &column);
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("This is no JSON: line %u, column %u: %s"), line, column,
                   _ (json_error.message));
      return NULL;
    }
  if (json->type != HR_JSON_OBJECT)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID,
                           _("A request is a JSON object such as {\"TableName\": \"…\"}."));
      return NULL;
    }
  hr_json_write_compact (&out, json, FALSE);
  return hr_buffer_steal (&out, NULL);
}

/* Places in the file are those of another text now. */
void
hr_edit_take_request (HrStep *step, char *request)
{
  g_free (step->request);
  step->request = request;
  g_clear_pointer (&step->string_places, g_free);
  step->n_string_places = 0;
}

gboolean
hr_document_set_step (HrDocument *self, const char *pattern, const char *name, const HrStep *step, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *request = NULL;
  HrStep *slot;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && pattern != NULL && name != NULL && step != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (STEP, NULL, pattern, name), error))
    return FALSE;
  request = hr_edit_dup_request (step->request, error);
  if (request == NULL)
    return FALSE;
  slot = edit.place.definition;
  if (g_str_equal (slot->operation, step->operation) && slot->pages == step->pages
      && g_strcmp0 (slot->for_each, step->for_each) == 0 && g_str_equal (slot->request, request))
    return TRUE;
  if (!g_str_equal (slot->operation, step->operation))
    {
      g_free (slot->operation);
      slot->operation = g_strdup (step->operation);
    }
  hr_edit_set_text (&slot->for_each, step->for_each);
  slot->pages = step->pages;
  if (!g_str_equal (slot->request, request))
    hr_edit_take_request (slot, g_steal_pointer (&request));
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change request of pattern %s"), pattern), error);
}
