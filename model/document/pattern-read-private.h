#pragma once

#include "model/base/json-reader.h"

G_BEGIN_DECLS

/**
 * pattern-read.c: a request from a command or from JSON, with typed values and with braces that are references or
 * literal. *@operation is static. FALSE with HR_ERROR_INVALID.
 */
gboolean hr_pattern_read_request (HrArena *arena, const char *text, gsize length, const char **operation,
                                  HrJson *request, GError **error);

G_END_DECLS
