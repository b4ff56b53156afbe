#pragma once

#include "model/engine/engine.h"

G_BEGIN_DECLS

/*
 * What the service does by itself, when the owner of the engine lets it: items whose time has come are removed (with
 * their index entries, and a stream record that names the service), stream records of yesterday and ended streams go,
 * large indexes are built, large tables backed up, restored and taken away in the midst of other requests, and what
 * takes its time comes to an end. Without sweeping nothing goes wrong: items stay, what is too old of a stream cannot
 * be read anyway, and changes happen at once.
 */
typedef struct
{
  guint expired; /* items removed */
  guint trimmed; /* stream records */
} HrSweep;

/**
 * hr_engine_sweep:
 * @limit: rows to look at, about
 * @result: (nullable): takes what was done
 *
 * One step in a transaction of its own, to be taken whenever hr_engine_get_sweep_pause_us() is 0. When the database
 * fails, it will not be for a while.
 */
gboolean hr_engine_sweep (HrEngine *self, guint limit, HrSweep *result, GError **error);

/** Ends at once what is under way in tables, in an engine that is swept: no status but ACTIVE is left. */
gboolean hr_engine_finish_changes (HrEngine *self, GError **error);

/** How long there is nothing to sweep on the engine's clock; 0: there is something now; G_MAXINT64: for ever. */
gint64   hr_engine_get_sweep_pause_us (HrEngine *self);

G_END_DECLS
