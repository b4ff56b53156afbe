#pragma once

#include "model/api/api.h"
#include "model/base/json-reader.h"

G_BEGIN_DECLS

/*
 * Names of resources: `arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE[/KIND/PART]`. Private to model/api.
 *
 * Which region and account a name has is not looked at: an engine has the tables of one of each.
 */
typedef struct
{
  const char *table;
  const char *kind; /* "index", "stream"; NULL for the table itself, likewise below */
  const char *part;
} HrArn;

/** @kind with @part; NULL for the table itself. */
void        hr_arn_append (const HrApi *api, const char *table, const char *kind, const char *part, HrBuffer *out);
char       *hr_arn_format (const HrApi *api, const char *table, const char *kind, const char *part, HrArena *arena);
/** FALSE when the text is no name of a table or a part of one. What it names need not be there, nor be ours. */
gboolean    hr_arn_read   (const char *text, gsize length, HrArena *arena, HrArn *arn);
/** Likewise, of a part of that kind. */
gboolean    hr_arn_parse  (const char *arn, const char *kind, HrArena *arena, const char **table, const char **part);
gboolean    hr_arn_is_of_table (const char *text, gsize length);
/** The name of a table that was given by its name or its ARN. */
const char *hr_arn_get_table_name (const char *text, gsize length, HrArena *arena);
/** A ResourceArn of a table or, with @takes_stream, of its stream; otherwise FALSE with the service's words. */
gboolean    hr_arn_read_resource (const HrJson *json, gboolean takes_stream, HrArena *arena, HrArn *arn,
                                  HrServiceError *error);
const char *hr_api_get_region  (const HrApi *api);
const char *hr_api_get_account (const HrApi *api);

G_END_DECLS
