#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What libFuzzer or replay.c calls for one input. Returns 0; an assertion or a sanitizer reports a finding. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
