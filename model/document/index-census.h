#pragma once

#include "model/document/index-reasons.h"
#include "model/engine/rows.h"

G_BEGIN_DECLS

/**
 * HrIndexCensus: how many items of each entity are in each index of a table, and what the others lack. Counted from the
 * items by the rule that makes index entries, so the counts are those of real entries.
 *
 * Counts only, so that it follows a change at the cost of that item.
 */
typedef struct _HrIndexCensus HrIndexCensus;

typedef struct
{
  guint64 n_items;
  guint64 n_entries;
  HrIndexLack lacks; /* what some of the items that are left out lack */
} HrIndexTally;

/** @table: with entities; copied. Linear in the items. NULL with @error (HR_ERROR_CANCELLED too). */
HrIndexCensus *hr_index_census_new  (HrEngine *engine, const HrTable *table, const HrCancel *cancel, GError **error);
void           hr_index_census_free (HrIndexCensus *self);
/** One change of the table: the items before and after, NULL when there is none. */
void           hr_index_census_apply_change (HrIndexCensus *self, const HrValue *before, const HrValue *after);

/** Of entity number @entity of the table; its number of entities stands for items that fit none. FALSE without such an
 *  index. */
gboolean hr_index_census_get       (const HrIndexCensus *self, const char *index, guint entity, HrIndexTally *tally);
/** Of all items. */
gboolean hr_index_census_get_total (const HrIndexCensus *self, const char *index, HrIndexTally *tally);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrIndexCensus, hr_index_census_free)

G_END_DECLS
