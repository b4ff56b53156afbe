#pragma once

#include "model/api/call.h"

G_BEGIN_DECLS

/** A policy as the service takes it: FALSE with the service's words otherwise. Private to model/api. */
gboolean hr_policy_check  (HrApiCall *call, const HrJson *policy);
/** Attaches it to a table. */
gboolean hr_policy_attach (HrApiCall *call, const char *table, const HrJson *policy);

G_END_DECLS
