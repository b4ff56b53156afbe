#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HR_N_RESERVED_WORDS 573

/**
 * Whether the service refuses @word (in any case) as a bare attribute name in an expression.
 * Source: Developer Guide, "Reserved words in DynamoDB".
 */
gboolean    hr_reserved_word_find (const char *word, gsize length);
/** The words in order, in capitals; @index below HR_N_RESERVED_WORDS. */
const char *hr_reserved_word_get  (guint index);

G_END_DECLS
