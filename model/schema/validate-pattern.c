/*
 * Checks of access patterns: parameters, names of steps, rates.
 */
#include "model/schema/validate-private.h"

#include "model/base/i18n.h"
#include "model/base/service-error.h"
#include "model/base/service-limits.h"

#include <string.h>

static HrNamed
pattern_get_named (gconstpointer data)
{
  const HrPattern *pattern = data;

  return (HrNamed) { pattern->id, pattern->place };
}

static HrNamed
parameter_get_named (gconstpointer data)
{
  const HrParameter *parameter = data;

  return (HrNamed) { parameter->name, parameter->place };
}

static HrNamed
step_get_named (gconstpointer data)
{
  const HrStep *step = data;

  return (HrNamed) { step->name, step->place };
}

void
hr_check_pattern_repeats (const HrCheck *self)
{
  hr_check_repeats (self, self->model->patterns, pattern_get_named,
                    _("there is a pattern of this id already; give one of them another."));
}

void
hr_check_pattern_id (const HrCheck *self)
{
  if (*self->pattern->id == '\0')
    hr_check_report (self, self->pattern->place,
                     _("This pattern has no id to call it by; add `\"id\": \"A\"`."));
}

void
hr_check_pattern_steps (const HrCheck *self)
{
  if (self->pattern->steps->len == 0)
    hr_check_report (
        self, self->pattern->place,
        _("Pattern %s has no steps, so there is nothing to run; add a request that answers it."),
        self->pattern->id);
}

void
hr_check_pattern_rate (const HrCheck *self)
{
  const HrPattern *pattern = self->pattern;

  if (!pattern->has_rate)
    return;
  if (pattern->rate_average < 0 || pattern->rate_peak < 0)
    hr_check_report (self, pattern->place, _("The rate of pattern %s is negative."), pattern->id);
  else if (pattern->rate_peak < pattern->rate_average)
    hr_check_report (self, pattern->place, _("The peak rate of pattern %s is below its average."),
                     pattern->id);
}

gboolean
hr_reference_root_is_valid (const char *name)
{
  return *name != '\0' && strpbrk (name, ".[]{}") == NULL && strcmp (name, "item") != 0;
}

void
hr_check_parameter_names (const HrCheck *self)
{
  for (guint i = 0; i < self->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = self->pattern->parameters->pdata[i];

      if (!hr_reference_root_is_valid (parameter->name))
        hr_check_report (self, parameter->place,
                         _("`%s` cannot name a parameter: a name is not empty, not `item` and has none of "
                           "`.[]{}`."),
                         parameter->name);
    }
}

void
hr_check_parameter_repeats (const HrCheck *self)
{
  hr_check_repeats (self, self->pattern->parameters, parameter_get_named,
                    _("there is a parameter of this name already; rename one of them."));
}

void
hr_check_parameter_types (const HrCheck *self)
{
  for (guint i = 0; i < self->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = self->pattern->parameters->pdata[i];

      if (parameter->type > HR_TYPE_BOOL)
        hr_check_report_part (self, HR_TARGET_PARAMETER, parameter->name, NULL, parameter->place,
                              _("Parameter %s cannot be of type %s; a parameter is S, N, B or BOOL."),
                              parameter->name, hr_type_get_name (parameter->type));
    }
}

void
hr_check_parameter_examples (const HrCheck *self)
{
  for (guint i = 0; i < self->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = self->pattern->parameters->pdata[i];
      HrDecimal number;

      if (parameter->type == HR_TYPE_N && parameter->example != NULL
          && hr_decimal_parse (&number, parameter->example, strlen (parameter->example)) != HR_DECIMAL_OK)
        hr_check_report_part (self, HR_TARGET_PARAMETER, parameter->name, NULL, parameter->place,
                              _("Parameter %s is a number but its example is `%s`."), parameter->name,
                              parameter->example);
    }
}

static void
mark_used_cb (const HrReferencePart *reference, HrRange place, gpointer user_data)
{
  g_hash_table_add (user_data, g_strdup (reference->root));
}

void
hr_check_parameters_used (const HrCheck *self)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < self->pattern->steps->len; i++)
    {
      const HrStep *step = self->pattern->steps->pdata[i];
      HrJsonError error = { 0 };
      const HrJson *request =
          hr_json_parse (arena, step->request, strlen (step->request), HR_LIMIT_JSON_DEPTH, &error);

      hr_step_foreach_reference (step, request, mark_used_cb, used);
      hr_arena_reset (arena);
    }
  for (guint i = 0; i < self->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = self->pattern->parameters->pdata[i];

      if (!g_hash_table_contains (used, parameter->name))
        hr_check_report_part (self, HR_TARGET_PARAMETER, parameter->name, NULL, parameter->place,
                              _("No step of pattern %s uses `{%s}`; use it or remove it."),
                              self->pattern->id, parameter->name);
    }
}

void
hr_check_step_repeats (const HrCheck *self)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);

  hr_check_repeats (self, self->pattern->steps, step_get_named,
                    _("there is a step of this name already; rename one of them."));
  for (guint i = 0; i < self->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = self->pattern->parameters->pdata[i];

      g_hash_table_add (parameters, parameter->name);
    }
  for (guint i = 0; i < self->pattern->steps->len; i++)
    {
      const HrStep *step = self->pattern->steps->pdata[i];

      if (*step->name != '\0' && g_hash_table_contains (parameters, step->name))
        hr_check_report (self, step->place,
                         _("Step %s has the name of a parameter; `{%s}` could mean both."), step->name,
                         step->name);
    }
}

void
hr_check_expected_error (const HrCheck *self, const HrExpectation *expect)
{
  HrSuggestion suggestion;
  g_autofree char *hint = NULL;

  if (expect == NULL || expect->error == NULL)
    return;

  suggestion = (HrSuggestion) HR_SUGGESTION (expect->error);
  for (guint kind = HR_SERVICE_OK + 1; kind < HR_SERVICE_N_KINDS; kind++)
    {
      const char *name = hr_service_error_kind_get_name (kind);

      if (strcmp (name, expect->error) == 0)
        return;
      hr_suggestion_offer (&suggestion, name);
    }
  hint = hr_suggestion_dup_hint (&suggestion);
  hr_check_report (self, expect->place, _("The service has no error `%s`.%s"), expect->error, hint);
}

void
hr_check_pattern_error (const HrCheck *self)
{
  hr_check_expected_error (self, self->pattern->expect);
}
