#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/*
 * Trees that nobody has any more. To drop a large one takes as long as it has pages, so in an engine that is swept it
 * gets another name at once and is taken to pieces by sweeps. Everything belongs into a transaction; FALSE when the
 * database failed.
 */

/** @name: of an SQLite table in order of its first column; @size_bytes: of its rows, about; -1: not known. */
gboolean hr_garbage_drop      (HrEngine *engine, const char *name, gint64 size_bytes);
gboolean hr_garbage_drop_tree (HrEngine *engine, HrTree *tree, gint64 size_bytes);
/** Looks for what an earlier engine left. */
gboolean hr_garbage_find      (HrEngine *engine);
/** Takes one piece away; @has_more: there are others. */
gboolean hr_garbage_sweep     (HrEngine *engine, gboolean *has_more);
/** Drops everything at once. */
gboolean hr_garbage_finish    (HrEngine *engine);

G_END_DECLS
