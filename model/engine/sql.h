#pragma once

#include <sqlite3.h>

#include "model/engine/engine.h"

G_BEGIN_DECLS

/*
 * Statements that are used once or rarely, on the engine's own file; those of items are kept (tree.h). Formats are
 * printf's, for names of tables: values are bound.
 */

/** NULL when SQLite refuses; its functions take that, and fail. To be finalized. */
sqlite3_stmt *hr_sql_prepare (HrEngine *engine, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Carries out a statement that gives no rows, and finalizes it. */
gboolean hr_sql_run_once (sqlite3_stmt *statement);

/** Both, without values. */
gboolean hr_sql_execute (HrEngine *engine, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
