/*
 * One operation from request JSON to response JSON.
 *
 * The service checks a request in stages, and an earlier stage wins wherever in the request it fails: the
 * types of the JSON, then the members one by one, then what they mean. Attribute values take part in the
 * first stage and the third; a good request reads them once, in the third, and only when something is wrong
 * are they gone through for a wrong type before the answer is settled.
 */
#include "model/api/operations.h"

#include "model/base/json-writer.h"
#include "model/value/codec.h"

#include <string.h>

#define ENVELOPE "1 validation error detected: "

static void
settle_error (HrApiCall *call)
{
  HrServiceError *error = call->error;
  HrServiceError earlier = HR_SERVICE_ERROR_INIT;

  if (error->kind == HR_SERVICE_VALIDATION
      && !hr_shape_check_types (call->operation->shape, call->body, TRUE, call->arena, &earlier))
    *error = earlier;
  if (error->kind == HR_SERVICE_VALIDATION && error->family == HR_FAMILY_ENVELOPED
      && call->wording == HR_WORDING_ENVELOPED)
    error->message = hr_arena_printf (call->arena, ENVELOPE "%s", error->message);
}

static const HrJson *
parse_body (const char *body, gsize length, HrArena *arena, HrServiceError *error)
{
  HrJsonError json_error = { 0 };
  const HrJson *json = hr_json_parse (arena, body, length, HR_LIMIT_JSON_DEPTH, &json_error);

  if (json != NULL && json->type == HR_JSON_OBJECT)
    return json;

  hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION, "%s",
                        json == NULL ? json_error.message : "expected an object");
  error->range = (HrRange) { json_error.offset, json_error.offset };
  error->has_range = TRUE;
  return NULL;
}

/* Of a body that is no JSON object the service says nothing but that. */
static guint
answer_no_object (const HrServiceError *error, HrBuffer *out)
{
  hr_buffer_append_char (out, '{');
  hr_write_text_member (out, "__type", hr_service_error_kind_get_type (error->kind));
  hr_buffer_append_char (out, '}');
  return hr_service_error_kind_get_status (error->kind);
}

static guint
answer_error (const HrServiceError *error, HrBuffer *out)
{
  hr_api_write_error (error, out);
  return hr_service_error_kind_get_status (error->kind);
}

guint
hr_api_call (const HrApi *self, const char *operation, const char *body, gsize length, HrArena *arena,
             HrTrace *trace, const HrCancel *cancel, HrBuffer *out, HrServiceError *error)
{
  gsize start = out->length;
  HrServiceError own_error;
  HrApiCall call;

  if (trace != NULL)
    hr_trace_begin_request (trace);
  call.error = error != NULL ? error : &own_error;
  *call.error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  call.operation = hr_operation_find (operation);
  if (call.operation == NULL)
    {
      hr_service_error_set (call.error, arena, HR_SERVICE_UNKNOWN_OPERATION, "Unknown operation %s",
                            operation);
      return answer_error (call.error, out);
    }
  call.body = parse_body (body, length, arena, call.error);
  if (call.body == NULL)
    return answer_no_object (call.error, out);

  call.api = self;
  call.wording = self->layer == HR_VALIDATION_OLD ? HR_WORDING_OLD : call.operation->wording;
  call.body_length = length;
  call.arena = arena;
  call.out = out;
  call.engine = (HrCall) { .arena = arena, .trace = trace, .cancel = cancel };
  call.capacity = (HrCapacity) { 0 };
  hr_shape_read (call.operation->shape, call.body, call.fields);
  if (hr_shape_check_types (call.operation->shape, call.body, FALSE, arena, call.error)
      && call.operation->run (&call))
    return 200;

  settle_error (&call);
  hr_buffer_truncate (out, start);
  return answer_error (call.error, out);
}

static void
write_reasons (const HrServiceError *error, HrBuffer *out)
{
  hr_write_member (out, "CancellationReasons");
  hr_buffer_append_char (out, '[');
  for (guint i = 0; i < error->n_reasons; i++)
    {
      const HrCancellationReason *reason = &error->reasons[i];

      hr_write_comma (out);
      hr_buffer_append_char (out, '{');
      hr_write_text_member (out, "Code", reason->code);
      if (reason->message != NULL)
        hr_write_text_member (out, "Message", reason->message);
      if (reason->item != NULL)
        {
          hr_write_member (out, "Item");
          hr_item_to_json (reason->item, FALSE, out);
        }
      hr_buffer_append_char (out, '}');
    }
  hr_buffer_append_char (out, ']');
}

/* What the service calls the text; it sends none with an unknown operation. Source: observed. */
static const char *
get_message_member (HrServiceErrorKind kind)
{
  if (kind == HR_SERVICE_UNKNOWN_OPERATION)
    return NULL;
  return kind == HR_SERVICE_SERIALIZATION || kind == HR_SERVICE_TRANSACTION_CANCELED ? "Message" : "message";
}

void
hr_api_write_error (const HrServiceError *error, HrBuffer *out)
{
  const char *member = get_message_member (error->kind);

  hr_buffer_append_char (out, '{');
  hr_write_text_member (out, "__type", hr_service_error_kind_get_type (error->kind));
  if (member != NULL && error->message != NULL)
    hr_write_text_member (out, member, error->message);
  if (error->item != NULL)
    {
      hr_write_member (out, "Item");
      hr_item_to_json (error->item, FALSE, out);
    }
  if (error->kind == HR_SERVICE_TRANSACTION_CANCELED)
    write_reasons (error, out);
  hr_buffer_append_char (out, '}');
}
