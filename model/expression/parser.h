#pragma once

#include "model/expression/context.h"
#include "model/expression/tree.h"

G_BEGIN_DECLS

/**
 * hr_parse:
 *
 * Lexes and parses the text of @context by the grammar of its kind; checks the size of the text and
 * the number of operators on the way. Paths and values keep their placeholders.
 * FALSE with the first syntax error.
 */
gboolean hr_parse (HrContext *context, HrTree *tree);

G_END_DECLS
