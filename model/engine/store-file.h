#pragma once

#include <sqlite3.h>
#include "model/engine/engine.h"

G_BEGIN_DECLS

/**
 * hr_store_open:
 * @path: (nullable): in the file system's encoding; NULL for memory
 * @lock: takes a file descriptor that keeps others out until it is closed, or -1
 *
 * Opens the database, makes a new one where there is none (or an empty file), and checks that an existing one
 * is ours. Whatever is not ours, newer or damaged is refused and not changed.
 */
sqlite3 *hr_store_open (const char *path, HrSync synchronous, int *lock, GError **error);

/** To be called before closing a database that turned out to be damaged: what lies in its log stays there. */
void     hr_store_leave_alone (sqlite3 *db);

G_END_DECLS
