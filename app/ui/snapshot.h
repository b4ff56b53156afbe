#pragma once

#include <gio/gio.h>

#include "app/ui/session.h"

G_BEGIN_DECLS

/**
 * HrSnapshot: everything a project file has of a document, as it was at one moment.
 *
 * Taken on the thread of the document, a few milliseconds at a time when the main loop has nothing else to do, and
 * begun anew when the document changes meanwhile; then independent of the document, for any thread.
 */
typedef struct _HrSnapshot HrSnapshot;

/** Of the document that is open. Waits while the session is busy. */
void        hr_snapshot_take_async   (HrSession *session, GAsyncReadyCallback callback, gpointer user_data);
HrSnapshot *hr_snapshot_take_finish  (GAsyncResult *result, GError **error);
void        hr_snapshot_free         (HrSnapshot *self);
/** Only to be compared. */
HrDocument *hr_snapshot_get_document (const HrSnapshot *self);
/** Of the session, at the moment that the snapshot shows. */
guint64     hr_snapshot_get_generation (const HrSnapshot *self);

/** A document of its own with the same content, for the thread that asks. */
HrDocument *hr_snapshot_new_document (const HrSnapshot *self, const HrCancel *cancel, GError **error);
/** The project file: the same bytes as hr_native_write() of the document gave at that moment. */
gboolean    hr_snapshot_write        (const HrSnapshot *self, HrBuffer *out, const HrCancel *cancel, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrSnapshot, hr_snapshot_free)

G_END_DECLS
