#pragma once

#include "model/document/index-reasons.h"
#include "model/engine/engine.h"

G_BEGIN_DECLS

/** HrItemCopy: where an item is in a table, or in one of its indexes. Lives in an arena. */
typedef struct
{
  const char *index;     /* NULL: the table itself, which comes first */
  const HrIndex *definition; /* borrowed, or NULL */
  gboolean is_present;   /* an entry is there */
  HrValue key;           /* M: key of the table or index, and the item's own; NULL when it is not there */
  HrValue content;       /* M: what is held of the item */
  gsize size_bytes;      /* of that */
  HrIndexLack lack;      /* why it is not there */
  const char *reason;    /* the same in words, as from hr_index_lack_describe(); NULL when it is there */
} HrItemCopy;

/**
 * hr_item_find_copies:
 * @table: definition of the table
 * @key: the item's primary key (M)
 *
 * The trace of one item: its row in the table and its entry, or why there is none, in each index in the order of their
 * definitions. Looked up in the store, one seek each. Without such an item only the table is told of, not present.
 *
 * Returns: how many copies are in @copies, in @arena; 0 with @error when the store failed or there is no such table.
 */
guint hr_item_find_copies (HrEngine *engine, const HrTable *table, const HrValue *key, HrArena *arena,
                           HrItemCopy **copies, GError **error);

G_END_DECLS
