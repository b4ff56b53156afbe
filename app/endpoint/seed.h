#pragma once

#include "model/document/document.h"

G_BEGIN_DECLS

/** HrSeedFunc for an HrDocument: makes those of its tables that @engine does not have yet, with their items. */
gboolean hr_seed_from_document (HrEngine *engine, gpointer document, GError **error);

G_END_DECLS
