#pragma once

#include "model/base/buffer.h"

G_BEGIN_DECLS

typedef enum
{
  HR_INFLATE_DONE,
  HR_INFLATE_BROKEN,    /* no gzip or not all of it */
  HR_INFLATE_TOO_LARGE, /* more than @limit bytes */
} HrInflateResult;

/** Appends what the gzip data holds, never more than @limit bytes. */
HrInflateResult hr_inflate (const char *data, gsize length, gsize limit, HrBuffer *out);

G_END_DECLS
