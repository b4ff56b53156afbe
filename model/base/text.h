#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** @sentence with each `%s` replaced by @name: for translated sentences that stand in tables; g_free(). */
char *hr_text_fill (const char *sentence, const char *name);

G_END_DECLS
