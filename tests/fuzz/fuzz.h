#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What libFuzzer or replay.c calls for one input; returns 0. A finding ends the program. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
