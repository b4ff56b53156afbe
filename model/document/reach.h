#pragma once

#include "model/document/step-form.h"

G_BEGIN_DECLS

/*
 * What a request can touch, told from its text alone: the entities of a table whose key templates agree with the keys
 * that the request names. References (`{year}`) can be anything, so an entity counts unless the literals speak against
 * it.
 */

/** Bits of the entities of @table (62 at most) that one request object may read or write. A Scan, and what cannot be
 *  told, may touch all of them; in an index, those that have its keys. */
guint64 hr_request_get_reach (const HrTable *table, const char *operation, const HrJson *request);

/** The same for a step with all requests in it: batches and transactions, too. 0 when it is about other tables. */
guint64 hr_step_get_reach    (const HrTable *table, const HrStep *step);

guint64 hr_table_get_all_entities (const HrTable *table);

/** The table that a PartiQL statement names first, in @arena; NULL when it names none or is none. */
const char *hr_statement_find_table (HrArena *arena, const char *text, gsize length);

/** Whether a template and a text with references (NUL-terminated) can be the same key; @is_prefix: the text need only
 *  be its beginning. */
gboolean hr_template_may_be (const HrKeyTemplate *key_template, const char *text, gboolean is_prefix);

G_END_DECLS
