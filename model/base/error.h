#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HR_ERROR: what can fail for the person, as opposed to what the service would answer
 * (HrServiceError) and to findings in a file (HrDiagnostic). Messages are translated sentences
 * that name the thing and the way out.
 */
#define HR_ERROR (hr_error_quark ())

typedef enum
{
  HR_ERROR_INVALID,     /* input is not what it should be */
  HR_ERROR_NOT_FOUND,   /* a named file, table, pattern or format does not exist */
  HR_ERROR_EXISTS,      /* the target is there already */
  HR_ERROR_IO,          /* reading or writing failed */
  HR_ERROR_STORE,       /* the database refused or is damaged */
  HR_ERROR_UNSUPPORTED, /* a newer format, a missing capability */
  HR_ERROR_CANCELLED,
  HR_ERROR_BUSY,        /* somebody else uses it */
} HrErrorCode;

GQuark hr_error_quark (void);

G_END_DECLS
