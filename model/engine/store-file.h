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

/**
 * hr_store_copy:
 * @path: (nullable): of a file that does not exist; NULL for memory
 *
 * Another database with what @from holds, which is in no transaction. The file comes into being as a whole: until then
 * it is called as @path with “.new” behind, and it is locked from the beginning.
 */
sqlite3 *hr_store_copy (sqlite3 *from, const char *path, HrSync synchronous, int *lock, GError **error);

/** A second connection to the file of @from, in a transaction that sees what is in there now and cannot write. */
sqlite3 *hr_store_open_snapshot (sqlite3 *from, GError **error);

/** The file of a database; NULL when it is in memory. */
const char *hr_store_get_path (sqlite3 *db);

/** To be called before closing a database that turned out to be damaged: what lies in its log stays there. */
void     hr_store_leave_alone (sqlite3 *db);

G_END_DECLS
