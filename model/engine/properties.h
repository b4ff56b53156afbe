#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/* Properties by the number of their table (0: of the database); see engine.h. */

/** In @arena; NULL when there is none. */
const char *hr_property_read  (HrEngine *self, gint64 number, const char *name, HrArena *arena);
/** @text NULL takes it away. FALSE when the database failed. */
gboolean    hr_property_store (HrEngine *self, gint64 number, const char *name, const char *text);

G_END_DECLS
