/*
 * Answers other than success, under the service's own names.
 *
 * One table holds for each kind its name, the namespace that the wire puts before it and the HTTP status;
 * everything that names an error reads it from here.
 */
#include "model/base/service-error.h"

#include <stdarg.h>

#define DYNAMODB "com.amazonaws.dynamodb.v20120810#"
#define VALIDATE "com.amazon.coral.validate#"
#define CORAL    "com.amazon.coral.service#"

typedef struct
{
  const char *name;
  const char *type;
  guint status;
} KindInfo;

#define KIND(namespace, name, status) { name, namespace name, status }

/* Source: observed on the wire; names from the service's API reference. */
static const KindInfo kinds[HR_SERVICE_N_KINDS] = {
  [HR_SERVICE_OK] = { "OK", "OK", 200 },
  [HR_SERVICE_VALIDATION] = KIND (VALIDATE, "ValidationException", 400),
  [HR_SERVICE_SERIALIZATION] = KIND (CORAL, "SerializationException", 400),
  [HR_SERVICE_UNKNOWN_OPERATION] = KIND (CORAL, "UnknownOperationException", 400),
  [HR_SERVICE_RESOURCE_NOT_FOUND] = KIND (DYNAMODB, "ResourceNotFoundException", 400),
  [HR_SERVICE_RESOURCE_IN_USE] = KIND (DYNAMODB, "ResourceInUseException", 400),
  [HR_SERVICE_TABLE_NOT_FOUND] = KIND (DYNAMODB, "TableNotFoundException", 400),
  [HR_SERVICE_TABLE_IN_USE] = KIND (DYNAMODB, "TableInUseException", 400),
  [HR_SERVICE_LIMIT_EXCEEDED] = KIND (DYNAMODB, "LimitExceededException", 400),
  [HR_SERVICE_CONDITIONAL_CHECK_FAILED] = KIND (DYNAMODB, "ConditionalCheckFailedException", 400),
  [HR_SERVICE_TRANSACTION_CANCELED] = KIND (DYNAMODB, "TransactionCanceledException", 400),
  [HR_SERVICE_TRANSACTION_CONFLICT] = KIND (DYNAMODB, "TransactionConflictException", 400),
  [HR_SERVICE_TRANSACTION_IN_PROGRESS] = KIND (DYNAMODB, "TransactionInProgressException", 400),
  [HR_SERVICE_IDEMPOTENT_PARAMETER_MISMATCH] = KIND (DYNAMODB, "IdempotentParameterMismatchException", 400),
  [HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED]
    = KIND (DYNAMODB, "ItemCollectionSizeLimitExceededException", 400),
  [HR_SERVICE_DUPLICATE_ITEM] = KIND (DYNAMODB, "DuplicateItemException", 400),
  [HR_SERVICE_EXPIRED_ITERATOR] = KIND (DYNAMODB, "ExpiredIteratorException", 400),
  [HR_SERVICE_TRIMMED_DATA_ACCESS] = KIND (DYNAMODB, "TrimmedDataAccessException", 400),
  [HR_SERVICE_POLICY_NOT_FOUND] = KIND (DYNAMODB, "PolicyNotFoundException", 400),
  [HR_SERVICE_ACCESS_DENIED] = KIND (CORAL, "AccessDeniedException", 400),
  [HR_SERVICE_UNSUPPORTED] = KIND (CORAL, "UnknownOperationException", 400),
  [HR_SERVICE_BACKUP_NOT_FOUND] = KIND (DYNAMODB, "BackupNotFoundException", 400),
  [HR_SERVICE_BACKUP_IN_USE] = KIND (DYNAMODB, "BackupInUseException", 400),
  [HR_SERVICE_TABLE_ALREADY_EXISTS] = KIND (DYNAMODB, "TableAlreadyExistsException", 400),
  [HR_SERVICE_INVALID_RESTORE_TIME] = KIND (DYNAMODB, "InvalidRestoreTimeException", 400),
  [HR_SERVICE_RECOVERY_UNAVAILABLE] = KIND (DYNAMODB, "PointInTimeRecoveryUnavailableException", 400),
  [HR_SERVICE_INTERNAL] = KIND (DYNAMODB, "InternalServerError", 500),
};

static G_GNUC_PRINTF (5, 0) void
error_set (HrServiceError *error, HrArena *arena, HrServiceErrorKind kind, HrMessageFamily family,
           const char *format, va_list arguments)
{
  if (error == NULL)
    return;

  *error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  error->kind = kind;
  error->family = family;
  error->message = hr_arena_vprintf (arena, format, arguments);
}

gboolean
hr_service_error_set (HrServiceError *error, HrArena *arena, HrServiceErrorKind kind, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  error_set (error, arena, kind, HR_FAMILY_BARE, format, arguments);
  va_end (arguments);
  return FALSE;
}

gboolean
hr_service_error_set_value (HrServiceError *error, HrArena *arena, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  error_set (error, arena, HR_SERVICE_VALIDATION, HR_FAMILY_ENVELOPED, format, arguments);
  va_end (arguments);
  return FALSE;
}

HrCancellationReason *
hr_cancellation_reasons_new (HrArena *arena, guint count)
{
  HrCancellationReason *reasons = hr_arena_array (arena, HrCancellationReason, count);

  for (guint i = 0; i < count; i++)
    reasons[i] = (HrCancellationReason) { "None", NULL, NULL };
  return reasons;
}

gboolean
hr_service_error_set_canceled (HrServiceError *error, HrArena *arena, HrCancellationReason *reasons, guint count)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  if (error == NULL)
    return FALSE;
  for (guint i = 0; i < count; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? ", " : "", reasons[i].code);
  hr_service_error_set (error, arena, HR_SERVICE_TRANSACTION_CANCELED,
                        "Transaction cancelled, please refer cancellation reasons for specific reasons [%s]",
                        codes->str);
  error->reasons = reasons;
  error->n_reasons = count;
  return FALSE;
}

const char *
hr_service_error_kind_get_name (HrServiceErrorKind kind)
{
  g_return_val_if_fail (kind < HR_SERVICE_N_KINDS, NULL);
  return kinds[kind].name;
}

const char *
hr_service_error_kind_get_type (HrServiceErrorKind kind)
{
  g_return_val_if_fail (kind < HR_SERVICE_N_KINDS, NULL);
  return kinds[kind].type;
}

guint
hr_service_error_kind_get_status (HrServiceErrorKind kind)
{
  g_return_val_if_fail (kind < HR_SERVICE_N_KINDS, 500);
  return kinds[kind].status;
}
