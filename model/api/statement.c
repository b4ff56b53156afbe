/*
 * Statements of PartiQL in requests: reading, and what becomes of errors.
 *
 * Statements are carried out by the same engine calls as other operations; only some errors have names of their own.
 */
#include "model/api/statement.h"

#include "model/api/write.h"
#include "model/value/codec.h"

#include <string.h>

gboolean
hr_statement_fail (HrStatement *self, HrApiCall *call, const char *message)
{
  return hr_service_error_set (&self->error, call->arena, HR_SERVICE_VALIDATION, "%s", message);
}

gboolean
hr_statement_fail_table (HrStatement *self, HrApiCall *call)
{
  return hr_service_error_set (&self->error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                               "Requested resource not found");
}

static gboolean
read_parameter (HrStatement *self, HrApiCall *call, const HrJson *json, HrValue *value)
{
  HrServiceError *outer = call->error;

  if (hr_value_from_json (call->arena, json, value, &self->error))
    return TRUE;
  call->error = &self->error;
  hr_call_reword_value (call, json);
  call->error = outer;
  return FALSE;
}

gboolean
hr_statement_read_parameters (HrStatement *self, HrApiCall *call)
{
  const HrJson *list = self->parameters_json;

  self->n_parameters = list != NULL ? list->length : 0;
  self->parameters = hr_arena_array (call->arena, HrValue, self->n_parameters);
  for (guint i = 0; i < self->n_parameters; i++)
    if (!read_parameter (self, call, &list->elements[i], &self->parameters[i]))
      return FALSE;
  return TRUE;
}

gboolean
hr_statement_prepare (HrStatement *self, HrApiCall *call)
{
  self->partiql = hr_partiql_prepare (call->arena, self->text->text, self->text->length, self->parameters,
                                      self->n_parameters, &self->error);
  if (self->partiql == NULL)
    return FALSE;
  self->table = hr_engine_get_table (call->api->engine, hr_partiql_get_table (self->partiql));
  return TRUE;
}

void
hr_statement_reword (const HrStatement *self, HrServiceError *error)
{
  static const char nesting[] = "Nesting Levels have exceeded supported limits";

  if (error->kind == HR_SERVICE_CONDITIONAL_CHECK_FAILED && hr_partiql_is_insert (self->partiql))
    {
      error->kind = HR_SERVICE_DUPLICATE_ITEM;
      error->message = HR_DUPLICATE_ITEM_MESSAGE;
      error->item = NULL;
    }
  else if (error->kind == HR_SERVICE_VALIDATION && g_str_has_prefix (error->message, nesting))
    error->message = nesting;
}

gboolean
hr_statement_write (HrStatement *self, HrApiCall *call)
{
  HrWriteResult result = { 0 };

  self->has_run = TRUE;
  if (!hr_engine_write (call->api->engine, &self->write, &call->engine, &result, &self->error))
    {
      hr_statement_reword (self, &self->error);
      return FALSE;
    }
  self->has_result = result.has_attributes;
  self->result = result.attributes;
  return TRUE;
}

static HrValue
get_key (const HrStatement *self, HrApiCall *call)
{
  if (hr_partiql_is_select (self->partiql))
    return self->get.key;
  return self->write.kind == HR_WRITE_PUT ? hr_call_get_key (call, self->table, &self->write.item)
                                          : self->write.item;
}

gboolean
hr_statement_shares_item (const HrStatement *a, const HrStatement *b, HrApiCall *call)
{
  HrValue left;
  HrValue right;

  if (a->table != b->table)
    return FALSE;
  left = get_key (a, call);
  right = get_key (b, call);
  return hr_value_equal (&left, &right);
}
