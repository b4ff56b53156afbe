#pragma once

#include "model/api/call.h"

G_BEGIN_DECLS

/*
 * Members of the interface before expressions, compiled to what expressions compile to. Each function reads one
 * member, so that operations keep the service's order of checks; an absent member leaves @result alone. FALSE
 * with the service's error. Private to model/api.
 */

gboolean hr_call_read_attributes_to_get (HrApiCall *call, const HrJson *names, const HrProjection **result);
gboolean hr_call_read_attribute_updates (HrApiCall *call, const HrJson *updates, const HrUpdate **result);
/** Expected. Of @conditional_operator also that it has something to join. */
gboolean hr_call_read_expected          (HrApiCall *call, const HrJson *expected,
                                         const HrJson *conditional_operator, const HrCondition **result);
/** QueryFilter or ScanFilter; likewise. */
gboolean hr_call_read_filter            (HrApiCall *call, const HrJson *filter,
                                         const HrJson *conditional_operator, const HrCondition **result);
gboolean hr_call_read_key_conditions    (HrApiCall *call, const HrJson *conditions,
                                         const HrKeyCondition **result);

G_END_DECLS
