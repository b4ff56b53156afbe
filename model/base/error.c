/*
 * The error domain of operations that fail for the person.
 *
 * Codes are few on purpose: they say what a caller can act on, the message says the rest.
 */
#include "model/base/error.h"

G_DEFINE_QUARK (hr-error-quark, hr_error)
