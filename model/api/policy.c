/*
 * PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy.
 *
 * A policy is a property of its table: the time of its last change, which is its revision, and the document without
 * space. It is kept and told, and nobody is held to it.
 */
#include "model/api/policy.h"

#include "model/api/arn.h"
#include "model/api/operations.h"
#include "model/base/json-writer.h"

#include <string.h>

#define INVALID "One or more parameter values were invalid: "
#define NOT_FOUND "Resource-based policy not found for the provided ResourceArn: "
#define NO_POLICY "NO_POLICY"

enum
{
  POLICY_ARN,
  POLICY_EXPECTED,
  POLICY_DOCUMENT,
  POLICY_CONFIRM,
};

#define POLICY_ROWS                                                                                          \
  [POLICY_ARN] = HR_ROW_RESOURCE_ARN,                                                                        \
  [POLICY_EXPECTED] = { .name = "ExpectedRevisionId",                                                        \
                        .kind = HR_FIELD_STRING,                                                             \
                        .flags = HR_FIELD_MIN | HR_FIELD_MAX,                                                \
                        .min = 1,                                                                            \
                        .max = 255 }

static const HrField policy_fields[] = { POLICY_ROWS };
static const HrField put_fields[] = {
  POLICY_ROWS,
  [POLICY_DOCUMENT] = { .name = "Policy", .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED },
  [POLICY_CONFIRM] = HR_ROW_BOOLEAN ("ConfirmRemoveSelfResourceAccess"),
};

const HrShape HR_SHAPE_PUT_RESOURCE_POLICY = HR_SHAPE ("PutResourcePolicyInput", put_fields);
const HrShape HR_SHAPE_RESOURCE_POLICY = HR_SHAPE ("GetResourcePolicyInput", policy_fields);

/* What a call is about: the policy that stands in one property. */
typedef struct
{
  const char *table;
  const char *property;
  const char *revision; /* NULL: there is no policy */
  const char *document;
} Policy;

static gboolean
fail_document (HrApiCall *call, const char *problem)
{
  return hr_call_fail (call, INVALID "Invalid policy document: %s", problem);
}

/* The text as a document, or NULL. */
static const HrJson *
parse (HrApiCall *call, const HrJson *policy)
{
  HrJsonError error = { 0 };
  const HrJson *json = hr_json_parse (call->arena, policy->text, policy->length, HR_LIMIT_JSON_DEPTH, &error);

  return json != NULL && json->type == HR_JSON_OBJECT ? json : NULL;
}

gboolean
hr_policy_check (HrApiCall *call, const HrJson *policy)
{
  const HrJson *statements;
  const HrJson *json;

  if (policy->length > HR_LIMIT_POLICY_BYTES)
    return hr_call_fail (call, INVALID "Maximum policy size of %d bytes exceeded", HR_LIMIT_POLICY_BYTES);
  json = parse (call, policy);
  if (json == NULL)
    return fail_document (call, "This policy contains invalid Json");
  statements = hr_json_get (json, "Statement");
  if (statements == NULL || (statements->type == HR_JSON_ARRAY && statements->length == 0))
    return fail_document (call, "Could not parse the policy: Statement is empty!");
  for (guint i = 0; statements->type == HR_JSON_ARRAY && i < statements->length; i++)
    if (hr_json_get (&statements->elements[i], "Resource") == NULL)
      return fail_document (call, "Missing required field Resource");
  return TRUE;
}

/* The property holds `REVISION DOCUMENT`. */
static void
read_policy (HrApiCall *call, Policy *self)
{
  const char *text = hr_engine_get_property (call->api->engine, self->table, self->property, &call->engine);
  const char *space = text != NULL ? strchr (text, ' ') : NULL;

  self->revision = space != NULL ? hr_arena_strndup (call->arena, text, space - text) : NULL;
  self->document = space != NULL ? space + 1 : NULL;
}

static gboolean
find_policy (HrApiCall *call, Policy *self)
{
  const HrTableInfo *info;
  HrArn arn;

  if (!hr_call_begin (call, HR_NO_ROW)
      || !hr_arn_read_resource (call->fields[POLICY_ARN], TRUE, call->arena, &arn, call->error))
    return FALSE;
  info = hr_engine_describe_table (call->api->engine, arn.table, &call->engine);
  if (info == NULL)
    return hr_call_fail_no_table (call, arn.table);
  if (arn.kind != NULL && g_strcmp0 (info->stream_label, arn.part) != 0)
    return hr_service_error_set (call->error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                                 "Requested resource not found: Stream: %s not found", arn.part);

  self->table = arn.table;
  self->property = arn.kind == NULL ? "policy" : hr_arena_printf (call->arena, "policy/%s", arn.part);
  read_policy (call, self);
  return TRUE;
}

static gboolean
fail_revision (HrApiCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail_revision (HrApiCall *call, const char *format, ...)
{
  va_list arguments;
  const char *text;

  va_start (arguments, format);
  text = hr_arena_vprintf (call->arena, format, arguments);
  va_end (arguments);
  return hr_service_error_set (call->error, call->arena, HR_SERVICE_POLICY_NOT_FOUND, NOT_FOUND "%s", text);
}

static gboolean
check_expected (HrApiCall *call, const Policy *self)
{
  const char *expected = hr_field_get_string (call->fields[POLICY_EXPECTED], call->arena);

  if (expected == NULL || g_strcmp0 (expected, self->revision != NULL ? self->revision : NO_POLICY) == 0)
    return TRUE;
  if (strcmp (expected, NO_POLICY) == 0)
    return fail_revision (call,
                          "Requested policy update expecting none to be present for table %s, but a policy exists "
                          "with revision id %s.",
                          self->table, self->revision);
  if (self->revision == NULL)
    return fail_revision (call, "Requested update for policy with revision id %s, but no policy is associated to "
                                "target table %s.",
                          expected, self->table);
  return fail_revision (call,
                        "Requested update for policy with revision id %s, but the policy associated to target table "
                        "%s has revision id %s.",
                        expected, self->table, self->revision);
}

/* Milliseconds, later than those of the policy before. */
static const char *
make_revision (HrApiCall *call, const Policy *self)
{
  gint64 now_ms = hr_engine_get_time_us (call->api->engine) / 1000;
  gint64 least_ms = self->revision != NULL ? g_ascii_strtoll (self->revision, NULL, 10) + 1 : 0;

  return hr_arena_printf (call->arena, "%" G_GINT64_FORMAT, MAX (now_ms, least_ms));
}

/* The same document again changes nothing. */
static gboolean
store (HrApiCall *call, Policy *self, const HrJson *policy)
{
  g_auto (HrBuffer) document = HR_BUFFER_INIT;
  const char *text;

  hr_json_write_compact (&document, parse (call, policy), FALSE);
  text = hr_arena_strndup (call->arena, document.data, document.length);
  if (self->document != NULL && strcmp (text, self->document) == 0)
    return TRUE;
  self->revision = make_revision (call, self);
  return hr_engine_set_property (call->api->engine, self->table, self->property,
                                 hr_arena_printf (call->arena, "%s %s", self->revision, text), &call->engine,
                                 call->error);
}

gboolean
hr_policy_attach (HrApiCall *call, const char *table, const HrJson *policy)
{
  Policy self = { .table = table, .property = "policy" };

  return store (call, &self, policy);
}

static gboolean
answer (HrApiCall *call, const Policy *self, gboolean has_document)
{
  hr_buffer_append_char (call->out, '{');
  if (has_document)
    hr_write_text_member (call->out, "Policy", self->document);
  if (self->revision != NULL)
    hr_write_text_member (call->out, "RevisionId", self->revision);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

gboolean
hr_operation_put_resource_policy (HrApiCall *call)
{
  Policy self = { 0 };

  return find_policy (call, &self) && hr_policy_check (call, call->fields[POLICY_DOCUMENT])
         && check_expected (call, &self) && store (call, &self, call->fields[POLICY_DOCUMENT])
         && answer (call, &self, FALSE);
}

gboolean
hr_operation_get_resource_policy (HrApiCall *call)
{
  Policy self = { 0 };

  if (!find_policy (call, &self))
    return FALSE;
  if (self.document == NULL)
    return fail_revision (call, "%s", hr_field_get_string (call->fields[POLICY_ARN], call->arena));
  return answer (call, &self, TRUE);
}

/* One that is not there is gone already. */
gboolean
hr_operation_delete_resource_policy (HrApiCall *call)
{
  Policy self = { 0 };

  if (!find_policy (call, &self) || !check_expected (call, &self)
      || !hr_engine_set_property (call->api->engine, self.table, self.property, NULL, &call->engine, call->error))
    return FALSE;
  if (self.revision != NULL)
    self.revision = make_revision (call, &self);
  return answer (call, &self, FALSE);
}
