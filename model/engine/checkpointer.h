#pragma once

#include <sqlite3.h>

#include "model/engine/engine.h"

G_BEGIN_DECLS

/**
 * HrCheckpointer: moves what was committed from the write-ahead log into the database, in a thread of its
 * own.
 *
 * Without one, every so many commits one of them does it and takes milliseconds longer.
 */
typedef struct _HrCheckpointer HrCheckpointer;

/** Takes over the checkpoints of @db, a connection to the database file at @path. NULL with an HR_ERROR. */
HrCheckpointer *hr_checkpointer_new  (sqlite3 *db, const char *path, HrSync synchronous, GError **error);
/** To be called before @db is closed. */
void            hr_checkpointer_free (HrCheckpointer *self);

G_END_DECLS
