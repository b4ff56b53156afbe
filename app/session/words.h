#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

/** "S", "N", … of the service as a word: "String". Translated. */
const char *hr_type_describe (HrType type);
/** A key for a narrow place: its start and its end. Free with g_free(). */
char       *hr_key_shorten   (const char *key);
/** "All attributes", "Keys only", or the names. Free with g_free(). */
char       *hr_index_describe_projection (const HrIndex *index);
/** What a stream tells: "new image"; NULL: there is none. Translated. */
const char *hr_stream_describe (HrStreamView view);

/** What the pattern cost when it last ran, or else what it is expected to; NULL when nobody knows. Free with
 * g_free(). */
char       *hr_session_describe_cost (HrSession *session, const HrPattern *pattern);
/** Number of the entity in its table, or HR_ENTITY_NONE. */
guint       hr_table_get_entity_number (const HrTable *table, const HrEntity *entity);

G_END_DECLS
