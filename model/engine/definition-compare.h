#pragma once

#include "model/schema/table.h"

G_BEGIN_DECLS

/* What a new definition of a table leaves as it was. */
gboolean hr_definition_has_same_primary_key (const HrTable *a, const HrTable *b);
gboolean hr_index_has_same_keys    (const HrIndex *a, const HrIndex *b);
/** Whether the two hold the same entries when they belong to tables with one primary key; their units may differ. */
gboolean hr_index_has_same_entries (const HrIndex *a, const HrIndex *b);

G_END_DECLS
