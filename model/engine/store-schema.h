#pragma once

#include <sqlite3.h>
#include <glib.h>

G_BEGIN_DECLS

#define HR_STORE_APPLICATION_ID 0x48725267 /* "HrRg", in the header of the file */

/** The version of the store that this program writes, and the newest that it reads. */
guint    hr_store_schema_get_version (void);
/**
 * hr_store_schema_bring_up:
 * @is_changed: takes whether the database was new or of an older version
 *
 * Marks the database as ours and makes the engine's own tables (those that hold neither items nor index entries) as
 * this version wants them, in one transaction. FALSE when that failed, or an older one is not sound: what is left to do
 * is to close the database.
 */
gboolean hr_store_schema_bring_up (sqlite3 *db, gboolean *is_changed);

G_END_DECLS
