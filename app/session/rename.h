#pragma once

#include "app/session/session.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/*
 * Changes that reach far: names that stand in templates, requests and items; types and templates of keys, after which
 * items are made anew. Each is one undo step. FALSE with @error, and nothing has changed, when it is refused.
 */
gboolean hr_session_rename     (HrSession *session, const HrTarget *target, const char *name, GError **error);
gboolean hr_session_retype     (HrSession *session, const HrTarget *target, HrType type, GError **error);
/** @target: TEMPLATE */
gboolean hr_session_retemplate (HrSession *session, const HrTarget *target, const char *text, GError **error);

/* What they would do, in a sentence; NULL: nothing beyond what is obvious. g_free(). With many items that takes a
 * thread and a while: see hr_session_is_previewing(). */
char *hr_session_describe_rename     (HrSession *session, const HrTarget *target, const char *name);
char *hr_session_describe_retemplate (HrSession *session, const HrTarget *target, const char *text);

G_END_DECLS
