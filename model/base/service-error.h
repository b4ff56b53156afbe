#pragma once

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

G_BEGIN_DECLS

/**
 * HrServiceError: an answer other than success, with the service's own name and words.
 *
 * A plain value on the stack, zero-initialised; texts live in the arena of the request.
 * Messages are the service's and never translated.
 */
typedef enum
{
  HR_SERVICE_OK,
  HR_SERVICE_VALIDATION,
  HR_SERVICE_SERIALIZATION,
  HR_SERVICE_UNKNOWN_OPERATION,
  HR_SERVICE_RESOURCE_NOT_FOUND,
  HR_SERVICE_RESOURCE_IN_USE,
  HR_SERVICE_TABLE_NOT_FOUND,
  HR_SERVICE_TABLE_IN_USE,
  HR_SERVICE_LIMIT_EXCEEDED,
  HR_SERVICE_CONDITIONAL_CHECK_FAILED,
  HR_SERVICE_TRANSACTION_CANCELED,
  HR_SERVICE_TRANSACTION_CONFLICT,
  HR_SERVICE_TRANSACTION_IN_PROGRESS,
  HR_SERVICE_IDEMPOTENT_PARAMETER_MISMATCH,
  HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
  HR_SERVICE_DUPLICATE_ITEM,
  HR_SERVICE_EXPIRED_ITERATOR,
  HR_SERVICE_TRIMMED_DATA_ACCESS,
  HR_SERVICE_POLICY_NOT_FOUND,
  HR_SERVICE_ACCESS_DENIED,
  HR_SERVICE_UNSUPPORTED, /* the service has the operation, we do not: as an unknown one, with a message */
  HR_SERVICE_BACKUP_NOT_FOUND,
  HR_SERVICE_BACKUP_IN_USE,
  HR_SERVICE_TABLE_ALREADY_EXISTS,
  HR_SERVICE_INVALID_RESTORE_TIME,
  HR_SERVICE_RECOVERY_UNAVAILABLE, /* PointInTimeRecoveryUnavailableException */
  HR_SERVICE_INTERNAL,
  HR_SERVICE_N_KINDS,
} HrServiceErrorKind;

/**
 * Whether the newer validation layer of the service puts `1 validation error detected: ` before a
 * message of this family (on PutItem, UpdateItem, DeleteItem). Source: observed, 2026-10.
 */
typedef enum
{
  HR_FAMILY_BARE,
  HR_FAMILY_ENVELOPED,
} HrMessageFamily;

typedef struct
{
  const char *code;            /* "None", "ConditionalCheckFailed", "ValidationError", … */
  const char *message;         /* NULL with "None" */
  const struct _HrValue *item; /* or NULL */
} HrCancellationReason;

typedef struct
{
  HrServiceErrorKind kind;
  HrMessageFamily family;
  const char *message;
  HrRange range;               /* in the expression that the message is about, when has_range */
  gboolean has_range;
  const struct _HrValue *item; /* the item that failed a condition, when asked for */
  const HrCancellationReason *reasons; /* of a cancelled transaction, one an action */
  guint n_reasons;
} HrServiceError;

#define HR_SERVICE_ERROR_INIT { HR_SERVICE_OK, HR_FAMILY_BARE, NULL, { 0, 0 }, FALSE, NULL, NULL, 0 }

/** Sets @error (always returns FALSE, so that callers can return it). */
gboolean hr_service_error_set (HrServiceError *error, HrArena *arena, HrServiceErrorKind kind,
                               const char *format, ...) G_GNUC_PRINTF (4, 5);
/** A ValidationException of the value and expression family, with the envelope on newer operations. */
gboolean hr_service_error_set_value (HrServiceError *error, HrArena *arena, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/** @count reasons in @arena, all None. */
HrCancellationReason *hr_cancellation_reasons_new (HrArena *arena, guint count);
/** Makes @error a TransactionCanceledException that lists the codes of @reasons. Returns FALSE. */
gboolean hr_service_error_set_canceled (HrServiceError *error, HrArena *arena, HrCancellationReason *reasons,
                                        guint count);

const char *hr_service_error_kind_get_name   (HrServiceErrorKind kind); /* "ResourceNotFoundException" */
const char *hr_service_error_kind_get_type   (HrServiceErrorKind kind); /* "com.amazonaws.dynamodb.v20120810#…" */
guint       hr_service_error_kind_get_status (HrServiceErrorKind kind); /* HTTP status */

G_END_DECLS
