#pragma once

#include "model/base/json-reader.h"
#include "model/schema/table.h"

G_BEGIN_DECLS

/** HrPasteReader: items on their way from a text; they live in @arena. */
typedef struct
{
  const HrTable *table;
  const HrEntity *entity; /* or NULL */
  HrArena *arena;
  GArray *items;          /* HrValue: M; those that are none have type NULL and their JSON stands in @texts */
  GPtrArray *texts;       /* char *: of an item that is none, or NULL */
} HrPasteReader;

/** paste-json.c: one value, or one a line. FALSE with HR_ERROR_INVALID. */
gboolean hr_paste_read_json (HrPasteReader *self, const char *text, gsize length, GError **error);
/** A put-item or batch-write-item command. */
gboolean hr_paste_read_command (HrPasteReader *self, const char *text, GError **error);
/** paste-rows.c */
gboolean hr_paste_read_rows (HrPasteReader *self, const char *text, gsize length, GError **error);

/** Words of a command as a POSIX shell splits them, or NULL with HR_ERROR_INVALID. g_strfreev() */
char       **hr_command_split  (const char *text, GError **error);
/** The word behind an option such as `--item`, also of `--item=…`; NULL when it is not there. */
const char  *hr_command_get    (char **words, const char *option);
/** Whether the text begins like a command of the AWS CLI for DynamoDB. */
gboolean     hr_command_is_aws (const char *text, gsize length);

G_END_DECLS
