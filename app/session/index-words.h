#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

typedef enum
{
  HR_WORDS_SHORT,    /* beside others in a line: "none, no `owner`", "3 of 12" */
  HR_WORDS_SENTENCE, /* "No item enters: no `owner`." */
} HrWordsLength;

/**
 * hr_session_describe_entry:
 * @entity: number of the entity in @table; its number of entities: the items that fit none
 *
 * Which items of an entity enter an index and which do not, and why. Counted; of a table that is too large for that,
 * what the definitions say. Names stand between backticks. Free with g_free().
 */
char *hr_session_describe_entry (HrSession *session, const HrTable *table, const HrIndex *index, guint entity,
                                 HrWordsLength length);
/** The same of all items of the table; NULL when they were not counted. */
char *hr_session_describe_entries (HrSession *session, const HrTable *table, const HrIndex *index);

G_END_DECLS
