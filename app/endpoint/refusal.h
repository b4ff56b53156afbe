#pragma once

#include "model/base/buffer.h"

G_BEGIN_DECLS

/** HrRefusal: why the endpoint itself answers a request with an error, before any operation sees it. */
typedef enum
{
  HR_REFUSAL_NONE,
  HR_REFUSAL_MALFORMED,
  HR_REFUSAL_HEAD_TOO_LARGE,
  HR_REFUSAL_BODY_TOO_LARGE,
  HR_REFUSAL_FOREIGN_HOST,
  HR_REFUSAL_FOREIGN_ORIGIN,
  HR_REFUSAL_BUSY,
  HR_REFUSAL_NOT_FOUND,
  HR_REFUSAL_METHOD,
  HR_REFUSAL_ENCODING,
  HR_REFUSAL_UNKNOWN_OPERATION,
  HR_REFUSAL_MISSING_TOKEN,
  HR_REFUSAL_INCOMPLETE_SIGNATURE,
  HR_REFUSAL_INVALID_SIGNATURE,
  HR_REFUSAL_UNRECOGNIZED_CLIENT,
  HR_REFUSAL_DATABASE,
  HR_REFUSAL_N_KINDS,
} HrRefusal;

guint       hr_refusal_get_status  (HrRefusal self);
const char *hr_refusal_get_type    (HrRefusal self); /* "com.amazon.coral.service#…" */
/** What is said when there is nothing more exact to say; NULL: nothing. */
const char *hr_refusal_get_message (HrRefusal self);

/** `{"__type":"…","message":"…"}`; @message may be NULL for the kind's own. */
void        hr_refusal_write       (HrRefusal self, const char *message, HrBuffer *out);

G_END_DECLS
