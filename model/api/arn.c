/*
 * Names of resources: written, taken apart, and refused in the service's words. Source of the words: observed.
 */
#include "model/api/arn.h"

#include "model/api/constraints.h"

#include <string.h>

#define INVALID "One or more parameter values were invalid: "
#define ARN_PREFIX "arn:"
#define ARN_PARTS 6 /* arn:PARTITION:dynamodb:REGION:ACCOUNT:RESOURCE */

enum
{
  PART_ARN,
  PART_PARTITION,
  PART_SERVICE,
  PART_REGION,
  PART_ACCOUNT,
  PART_RESOURCE, /* the rest, colons and all */
};

const char *
hr_api_get_region (const HrApi *api)
{
  return api->region != NULL ? api->region : "ddblocal";
}

const char *
hr_api_get_account (const HrApi *api)
{
  return api->account != NULL ? api->account : "000000000000";
}

void
hr_arn_append (const HrApi *api, const char *table, const char *kind, const char *part, HrBuffer *out)
{
  hr_buffer_printf (out, "arn:aws:dynamodb:%s:%s:table/%s", hr_api_get_region (api), hr_api_get_account (api), table);
  if (part != NULL)
    hr_buffer_printf (out, "/%s/%s", kind, part);
}

char *
hr_arn_format (const HrApi *api, const char *table, const char *kind, const char *part, HrArena *arena)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  hr_arn_append (api, table, kind, part, &text);
  return hr_arena_strndup (arena, text.data, text.length);
}

static gboolean
has_prefix (const char *text, gsize length)
{
  return length >= strlen (ARN_PREFIX) && memcmp (text, ARN_PREFIX, strlen (ARN_PREFIX)) == 0;
}

/* table/TABLE[/KIND/PART]; a part may have slashes of its own. */
static gboolean
read_resource (const char *text, HrArena *arena, HrArn *arn)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 4);
  guint count = g_strv_length (parts);

  if ((count != 2 && count != 4) || strcmp (parts[0], "table") != 0
      || !hr_name_is_valid (parts[1], strlen (parts[1])) || (count == 4 && *parts[3] == '\0'))
    return FALSE;
  *arn = (HrArn) { .table = hr_arena_strdup (arena, parts[1]) };
  if (count == 4)
    {
      arn->kind = hr_arena_strdup (arena, parts[2]);
      arn->part = hr_arena_strdup (arena, parts[3]);
    }
  return TRUE;
}

gboolean
hr_arn_read (const char *text, gsize length, HrArena *arena, HrArn *arn)
{
  g_auto (GStrv) parts = NULL;

  if (!has_prefix (text, length) || memchr (text, '\0', length) != NULL)
    return FALSE;
  parts = g_strsplit (hr_arena_strndup (arena, text, length), ":", ARN_PARTS);
  return g_strv_length (parts) == ARN_PARTS && g_str_has_prefix (parts[PART_PARTITION], "aws")
         && strcmp (parts[PART_SERVICE], "dynamodb") == 0 && read_resource (parts[PART_RESOURCE], arena, arn);
}

gboolean
hr_arn_parse (const char *arn, const char *kind, HrArena *arena, const char **table, const char **part)
{
  HrArn read;

  if (!hr_arn_read (arn, strlen (arn), arena, &read) || g_strcmp0 (read.kind, kind) != 0)
    return FALSE;
  *table = read.table;
  *part = read.part;
  return TRUE;
}

gboolean
hr_arn_is_of_table (const char *text, gsize length)
{
  g_autoptr (HrArena) arena = NULL;
  HrArn arn;

  if (!has_prefix (text, length)) /* nearly always */
    return FALSE;
  arena = hr_arena_new ();
  return hr_arn_read (text, length, arena, &arn) && arn.kind == NULL;
}

const char *
hr_arn_get_table_name (const char *text, gsize length, HrArena *arena)
{
  HrArn arn;

  if (hr_arn_read (text, length, arena, &arn) && arn.kind == NULL)
    return arn.table;
  return hr_arena_strndup (arena, text, length);
}

gboolean
hr_arn_read_resource (const HrJson *json, gboolean takes_stream, HrArena *arena, HrArn *arn, HrServiceError *error)
{
  const char *text = hr_arena_strndup (arena, json->text, json->length);

  if (!has_prefix (json->text, json->length))
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION, INVALID "ARNs must start with 'arn:': %s", text);
  if (!hr_arn_read (json->text, json->length, arena, arn))
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 INVALID "Provided Arn is not a DynamoDB resource arn: %s", text);
  if (arn->kind != NULL && !(takes_stream && strcmp (arn->kind, "stream") == 0))
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 INVALID "Invalid resource arn provided, only table or stream is accepted. "
                                         "Provided resource arn: %s",
                                 text);
  return TRUE;
}
