/*
 * Names of resources.
 */
#include "model/api/arn.h"

#include <string.h>

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

void
hr_arn_append (const HrApi *api, const char *table, const char *kind, const char *part, HrBuffer *out)
{
  hr_buffer_printf (out, "arn:aws:dynamodb:%s:%s:table/%s", hr_api_get_region (api),
                    api->account != NULL ? api->account : "000000000000", table);
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

gboolean
hr_arn_parse (const char *arn, const char *kind, HrArena *arena, const char **table, const char **part)
{
  g_auto (GStrv) parts = g_strsplit (arn, ":", ARN_PARTS);
  g_auto (GStrv) resource = NULL;

  if (g_strv_length (parts) != ARN_PARTS || strcmp (parts[PART_ARN], "arn") != 0
      || !g_str_has_prefix (parts[PART_PARTITION], "aws") || strcmp (parts[PART_SERVICE], "dynamodb") != 0)
    return FALSE;
  resource = g_strsplit (parts[PART_RESOURCE], "/", 4);
  if (g_strv_length (resource) != 4 || strcmp (resource[0], "table") != 0 || *resource[1] == '\0'
      || strcmp (resource[2], kind) != 0 || *resource[3] == '\0')
    return FALSE;
  *table = hr_arena_strdup (arena, resource[1]);
  *part = hr_arena_strdup (arena, resource[3]);
  return TRUE;
}
