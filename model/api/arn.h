#pragma once

#include "model/api/api.h"

G_BEGIN_DECLS

/*
 * Names of resources: `arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE[/KIND/PART]`. Private to model/api.
 */

/** @kind, as `index` or `stream`, with @part; NULL for the table itself. */
void        hr_arn_append (const HrApi *api, const char *table, const char *kind, const char *part, HrBuffer *out);
char       *hr_arn_format (const HrApi *api, const char *table, const char *kind, const char *part, HrArena *arena);
/** FALSE when this is no name of a part of that kind in the service. What it names need not be there, nor be ours. */
gboolean    hr_arn_parse  (const char *arn, const char *kind, HrArena *arena, const char **table, const char **part);
const char *hr_api_get_region (const HrApi *api);

G_END_DECLS
