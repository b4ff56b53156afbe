#pragma once

#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/schema/table.h"

G_BEGIN_DECLS

/*
 * A table definition as the catalogue keeps it: JSON with keys, indexes and settings, without entities and
 * whatever else is no concern of the engine.
 */
void     hr_definition_write (const HrTable *table, HrBuffer *out);
/** NULL when the text is no definition or has no usable keys. */
HrTable *hr_definition_read  (const char *text, gsize length);
/** A copy with only what hr_definition_write() writes; NULL without usable keys. */
HrTable *hr_definition_reduce (const HrTable *table);
/** One partition key, at most one sort key, keys of type S, N or B, indexes within the service's numbers. */
gboolean hr_definition_has_keys (const HrTable *table);

G_END_DECLS
