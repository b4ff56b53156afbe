#pragma once

#include "model/base/service-error.h"
#include "model/partiql/tree.h"

G_BEGIN_DECLS

/**
 * hr_partiql_parse:
 *
 * One statement, with an optional semicolon behind it. NULL with a ValidationException whose range is in @text and
 * whose words are the service's, as far as it says more than that the statement was not well formed. Names and
 * strings of the tree point into @arena or @text.
 * Source: observed, 2026-10.
 */
const HrPartiqlTree *hr_partiql_parse (HrArena *arena, const char *text, gsize length, HrServiceError *error);

/** `1:8:5`: line, column and length in characters of @range, the way messages give a place. */
char *hr_partiql_describe_place (const char *text, gsize length, HrRange range, HrArena *arena);

G_END_DECLS
