#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** @sentence with each `%s` replaced by @name: for translated sentences that stand in tables; g_free(). */
char *hr_text_fill (const char *sentence, const char *name);

/** For structs that have their texts behind them in the same block: copies @text (nullable) with its NUL to *@to, which
 *  moves on behind it, and gives where it stands. */
char *hr_text_put  (char **to, const char *text);
/** What it takes: 0 of NULL. */
gsize hr_text_size (const char *text);

G_END_DECLS
