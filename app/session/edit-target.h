#pragma once

#include "app/session/session.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/* Definitions as what actions are about, and as what is selected. */

/** A floating variant for actions' parameters, of type HR_TARGET_VARIANT. */
#define HR_TARGET_VARIANT "(ismss)"
GVariant *hr_target_to_variant   (const HrTarget *self);
HrTarget *hr_target_from_variant (GVariant *variant); /* g_free() */

/** The definition that is selected: of an item its table. NULL: there is none. g_free(). */
HrTarget *hr_session_dup_target    (HrSession *session);
/** Selects the definition, or what it is part of, so that the inspector shows it. */
void      hr_session_select_target (HrSession *session, const HrTarget *target);

G_END_DECLS
