/*
 * What every operation does with its call: the checks at its start, values, errors, and pieces of JSON.
 */
#include "model/api/call.h"

#include "model/api/backup-call.h"
#include "model/base/json-writer.h"
#include "model/value/codec.h"

#include <string.h>

gboolean
hr_call_begin (HrApiCall *call, guint capacity_row)
{
  const HrOperation *operation = call->operation;

  if (!hr_constraints_check (operation->shape, call->fields, call->wording, operation->constraints,
                             call->arena, call->error))
    return FALSE;

  if (capacity_row != HR_NO_ROW
      && hr_field_get_word (&operation->shape->fields[capacity_row], call->fields[capacity_row])
             != HR_CAPACITY_NONE
      && call->fields[capacity_row] != NULL)
    call->engine.capacity = &call->capacity;
  return TRUE;
}

gboolean
hr_call_read_item (HrApiCall *call, const HrJson *json, HrValue *item)
{
  if (hr_item_from_json (call->arena, json, item, call->error))
    return TRUE;

  if (call->wording == HR_WORDING_OLD)
    hr_call_reword_value (call, json);
  return FALSE;
}

/* No value is billed more bytes than its JSON has, so that a short request needs no measuring. */
gboolean
hr_call_check_item_size (HrApiCall *call, const HrValue *item)
{
  if (call->body_length <= HR_LIMIT_ITEM_BYTES || hr_item_size_bytes (item) <= HR_LIMIT_ITEM_BYTES)
    return TRUE;
  return hr_call_fail (call, "Item size has exceeded the maximum allowed size");
}

gboolean
hr_call_fail (HrApiCall *call, const char *format, ...)
{
  va_list arguments;
  const char *text;

  va_start (arguments, format);
  text = hr_arena_vprintf (call->arena, format, arguments);
  va_end (arguments);
  return hr_service_error_set (call->error, call->arena, HR_SERVICE_VALIDATION, "%s", text);
}

gboolean
hr_call_fail_value (HrApiCall *call, const char *format, ...)
{
  va_list arguments;
  const char *text;

  va_start (arguments, format);
  text = hr_arena_vprintf (call->arena, format, arguments);
  va_end (arguments);
  return hr_service_error_set_value (call->error, call->arena, "%s", text);
}

gboolean
hr_call_refuse_members (HrApiCall *call, guint first_row, guint last_row)
{
  for (guint i = first_row; i <= last_row; i++)
    if (call->fields[i] != NULL)
      return hr_call_fail_unsupported (call, call->operation->shape->fields[i].name);
  return TRUE;
}

gboolean
hr_call_fail_unsupported (HrApiCall *call, const char *member)
{
  return hr_call_fail (call, "%s is not supported here: Hashrange has nothing that it could act on", member);
}

gboolean
hr_call_fail_no_table (HrApiCall *call, const char *name)
{
  return hr_service_error_set (call->error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                               "Requested resource not found: Table: %s not found", name);
}

void
hr_call_write_table (HrApiCall *call, const char *member, const HrTableInfo *info)
{
  hr_buffer_append_char (call->out, '{');
  hr_write_member (call->out, member);
  hr_table_write_description (call->api, info, call->out);
  hr_restore_write_summary (call, info);
  hr_buffer_append_char (call->out, '}');
}

static gboolean
fail_store (HrApiCall *call, GError *error)
{
  hr_service_error_set (call->error, call->arena, HR_SERVICE_INTERNAL, "%s", error->message);
  g_error_free (error);
  return FALSE;
}

gboolean
hr_call_begin_changes (HrApiCall *call)
{
  GError *error = NULL;

  return hr_engine_begin (call->api->engine, &error) || fail_store (call, error);
}

gboolean
hr_call_end_changes (HrApiCall *call, gboolean ok)
{
  GError *error = NULL;

  if (ok)
    return hr_engine_commit (call->api->engine, &error) || fail_store (call, error);
  hr_engine_rollback (call->api->engine, NULL);
  return FALSE;
}

void
hr_write_member (HrBuffer *out, const char *name)
{
  if (out->data[out->length - 1] != '{')
    hr_buffer_append_char (out, ',');
  hr_buffer_append_char (out, '"');
  hr_buffer_append_string (out, name);
  hr_buffer_append (out, "\":", 2);
}

void
hr_write_comma (HrBuffer *out)
{
  if (out->data[out->length - 1] != '[')
    hr_buffer_append_char (out, ',');
}

void
hr_write_text_member (HrBuffer *out, const char *name, const char *text)
{
  hr_write_member (out, name);
  hr_json_write_string (out, text, strlen (text));
}

void
hr_write_integer_member (HrBuffer *out, const char *name, gint64 value)
{
  hr_write_member (out, name);
  hr_buffer_printf (out, "%" G_GINT64_FORMAT, value);
}

void
hr_write_boolean_member (HrBuffer *out, const char *name, gboolean value)
{
  hr_write_member (out, name);
  hr_buffer_append_string (out, value ? "true" : "false");
}

void
hr_write_time_member (HrBuffer *out, const char *name, gint64 time_us)
{
  gint64 time_ms = time_us / 1000;

  hr_write_member (out, name);
  hr_buffer_printf (out, "%" G_GINT64_FORMAT ".%03d", time_ms / 1000, (int) (time_ms % 1000));
}
