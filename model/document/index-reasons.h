#pragma once

#include "model/engine/key-codec.h"

G_BEGIN_DECLS

/*
 * What enters an index and what does not, and why: for pictures of an index beside its table, cards of indexes and the
 * copies of one item. Which items are in an index follows from the rule by which the engine makes entries; which
 * entities can be there from their definitions.
 */

/**
 * HrIndexLack: why an item is not in an index, as a bit set; 0: nothing keeps it out. Key attribute N of the index
 * (from 0, partition key first, as in HrKeyLayout) is missing, has another type, or is empty or too long for a key.
 */
typedef guint32 HrIndexLack;

#define HR_LACK_MISSING(n) ((HrIndexLack) 1 << (n))
#define HR_LACK_TYPE(n)    ((HrIndexLack) 1 << (8 + (n)))
#define HR_LACK_VALUE(n)   ((HrIndexLack) 1 << (16 + (n)))
#define HR_LACK_BITS       24

/** @layout: of the index. Whether the index holds the item (M), as the engine decides it. */
HrIndexLack hr_index_judge_item (const HrKeyLayout *layout, const HrValue *item);

typedef enum
{
  HR_ENTRY_NEVER, /* an item of the entity never has what the index needs */
  HR_ENTRY_SOME,  /* those that have an optional attribute */
  HR_ENTRY_ALL,
} HrIndexEntry;

/**
 * What the definitions say of an entity's items. Key attributes of the table are always there; others are made by a
 * template or declared. @lack: (nullable): what items lack that do not enter.
 */
HrIndexEntry hr_index_judge_entity (const HrTable *table, const HrIndex *index, const HrEntity *entity,
                                    HrIndexLack *lack);

/**
 * In words, translated, to stand behind a colon: "no `owner`, `score` is no number". Names of attributes stand between
 * backticks, which whoever shows it replaces by another face. Free with g_free(). @lack must not be 0.
 */
char *hr_index_lack_describe (HrIndexLack lack, const HrKeyLayout *layout);

G_END_DECLS
