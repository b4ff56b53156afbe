#pragma once

#include "app/session/session.h"
#include "model/document/step-form.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/* Changes of the request that a STEP of a pattern makes; one undo step each. */

/** @table: that the form is about, or NULL when the model has none. */
typedef void (*HrFormFunc) (HrStepForm *form, const HrTable *table, gpointer user_data);

/** Reads the request as a form, has @func change that, and writes it back. */
gboolean hr_session_change_form (HrSession *session, const HrTarget *target, HrFormFunc func, gpointer user_data,
                                 GError **error);
/** Puts another operation and @request, which it takes, into the place of those of @old. */
gboolean hr_session_set_request (HrSession *session, const HrTarget *target, const HrStep *old, const char *operation,
                                 char *request, GError **error);
/** Copies @step. */
gboolean hr_session_set_step    (HrSession *session, const HrTarget *target, const HrStep *step, GError **error);

G_END_DECLS
