#pragma once

#include "app/session/session.h"
#include "model/exchange/exchange.h"

G_BEGIN_DECLS

/** HrExportResult: what an export of the open document gave, with what was tried with it. */
typedef struct
{
  const HrExchangeFormat *format;
  HrExport *export;
  GPtrArray *checks; /* HrExportCheck */
} HrExportResult;

void            hr_export_result_free (HrExportResult *self);

/** Exports the document of @session as it is now, and tries the result, in a thread. */
void            hr_export_job_async  (HrSession *session, const HrExchangeFormat *format, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
/** NULL with @error; of a cancelled job HR_ERROR_CANCELLED or G_IO_ERROR_CANCELLED. */
HrExportResult *hr_export_job_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrExportResult, hr_export_result_free)

G_END_DECLS
