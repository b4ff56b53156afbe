#pragma once

#include "model/base/json-reader.h"

G_BEGIN_DECLS

/** Notes the first error; always returns FALSE. @message is static, @at inside the text. */
gboolean hr_json_reader_fail (HrJsonReader *reader, const char *at, const char *message);

/** Reads the string that the quote at the cursor opens; @text may be NULL when only the grammar matters. */
gboolean hr_json_reader_read_any_string (HrJsonReader *reader, const char **text, guint32 *length);

G_END_DECLS
