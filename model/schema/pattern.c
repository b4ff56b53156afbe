/*
 * Access patterns: parameters, steps and what a run of them should give.
 */
#include "model/schema/pattern.h"

#include "model/schema/definitions-private.h"

static gpointer
copy_text_cb (gconstpointer text, gpointer user_data)
{
  return g_strdup (text);
}

static gpointer
copy_parameter_cb (gconstpointer parameter, gpointer user_data)
{
  return hr_parameter_copy (parameter);
}

static gpointer
copy_step_cb (gconstpointer step, gpointer user_data)
{
  return hr_step_copy (step);
}

HrParameter *
hr_parameter_new (const char *name, HrType type, const char *example)
{
  HrParameter *self = g_new0 (HrParameter, 1);

  self->name = g_strdup (name);
  self->type = type;
  self->example = g_strdup (example);
  self->place = HR_RANGE_NONE;
  return self;
}

HrParameter *
hr_parameter_copy (const HrParameter *self)
{
  HrParameter *copy = g_new (HrParameter, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->example = g_strdup (self->example);
  copy->description = g_strdup (self->description);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_parameter_free (HrParameter *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->example);
  g_free (self->description);
  hr_extras_free (self->extras);
  g_free (self);
}

HrExpectation *
hr_expectation_new (void)
{
  HrExpectation *self = g_new0 (HrExpectation, 1);

  self->place = HR_RANGE_NONE;
  return self;
}

HrExpectation *
hr_expectation_copy (const HrExpectation *self)
{
  HrExpectation *copy;

  if (self == NULL)
    return NULL;

  copy = g_new (HrExpectation, 1);
  *copy = *self;
  copy->keys = hr_definitions_copy (self->keys, copy_text_cb);
  copy->error = g_strdup (self->error);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_expectation_free (HrExpectation *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self->error);
  hr_extras_free (self->extras);
  g_free (self);
}

HrStep *
hr_step_new (const char *name, const char *operation)
{
  HrStep *self = g_new0 (HrStep, 1);

  self->name = g_strdup (name);
  self->operation = g_strdup (operation);
  self->pages = 1;
  self->request = g_strdup ("{}");
  self->place = HR_RANGE_NONE;
  self->request_place = HR_RANGE_NONE;
  return self;
}

HrStep *
hr_step_copy (const HrStep *self)
{
  HrStep *copy = g_new (HrStep, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->operation = g_strdup (self->operation);
  copy->for_each = g_strdup (self->for_each);
  copy->request = g_strdup (self->request);
  copy->string_places = g_memdup2 (self->string_places, self->n_string_places * sizeof (HrRange));
  copy->expect = hr_expectation_copy (self->expect);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_step_free (HrStep *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->operation);
  g_free (self->for_each);
  g_free (self->request);
  g_free (self->string_places);
  hr_expectation_free (self->expect);
  hr_extras_free (self->extras);
  g_free (self);
}

HrPattern *
hr_pattern_new (const char *id, const char *name)
{
  HrPattern *self = g_new0 (HrPattern, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_parameter_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_step_free);
  self->place = HR_RANGE_NONE;
  return self;
}

HrPattern *
hr_pattern_copy (const HrPattern *self)
{
  HrPattern *copy = g_new (HrPattern, 1);

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->question = g_strdup (self->question);
  copy->description = g_strdup (self->description);
  copy->parameters = hr_definitions_copy (self->parameters, copy_parameter_cb);
  copy->steps = hr_definitions_copy (self->steps, copy_step_cb);
  copy->expect = hr_expectation_copy (self->expect);
  copy->rate_extras = hr_extras_copy (self->rate_extras);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

void
hr_pattern_free (HrPattern *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->question);
  g_free (self->description);
  g_ptr_array_unref (self->parameters);
  g_ptr_array_unref (self->steps);
  hr_expectation_free (self->expect);
  hr_extras_free (self->rate_extras);
  hr_extras_free (self->extras);
  g_free (self);
}
