#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

/*
 * Patterns that come from what somebody looks at or has at hand. Each is one undo step; the new pattern is selected
 * and shown in the Patterns view, and a toast says what came of it.
 */

/** "Query this partition": of the selected item, in the table or the index that is shown; runs it at once. */
gboolean hr_pattern_query_partition (HrSession *session, GError **error);
/**
 * hr_pattern_list_readers:
 * @key: primary key of an item of @table
 *
 * The patterns (const HrPattern*, the model's) that return the item when they run with the values that they have now.
 * What reads very much is not run for that: its last run tells, if nothing has changed since. g_ptr_array_unref()
 */
GPtrArray *hr_pattern_list_readers   (HrSession *session, const char *table, const HrValue *key);
/** From a command of the AWS CLI or the JSON of a request. */
gboolean hr_pattern_paste           (HrSession *session, const char *text, GError **error);

/** The chosen pattern is to give what it gave in the run that is shown: totals, not keys. */
gboolean hr_session_expect_run      (HrSession *session, GError **error);
/** Nothing is expected of it any more. */
gboolean hr_session_expect_nothing  (HrSession *session, GError **error);

G_END_DECLS
