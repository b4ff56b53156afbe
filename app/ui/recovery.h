#pragma once

#include "app/ui/session.h"

G_BEGIN_DECLS

/**
 * HrRecovery: keeps what one session has not saved in the user's state folder, so that nothing is lost when the
 * program or the machine stops.
 *
 * Within a second after a change the whole model is written there by a thread, as a project file, and beside it where
 * its own file is. Both go when the model is saved or closed. While the program runs it holds a lock on its entries,
 * so that what nobody holds is what was left behind.
 */
#define HR_TYPE_RECOVERY (hr_recovery_get_type ())
G_DECLARE_FINAL_TYPE (HrRecovery, hr_recovery, HR, RECOVERY, GObject)

HrRecovery *hr_recovery_new    (HrSession *session);
/** Nothing is unsaved any more, or it is not wanted. */
void        hr_recovery_clear  (HrRecovery *self);
/** The session shows what was kept as @entry, which is its own from now on. */
void        hr_recovery_adopt  (HrRecovery *self, const char *entry);

/** Paths of what was left behind, the latest first. Free with g_strfreev(). */
char      **hr_recovery_list_left (void);
/** The model's own file; NULL when it had none. */
char       *hr_recovery_dup_original (const char *entry);
void        hr_recovery_discard  (const char *entry);

G_END_DECLS
