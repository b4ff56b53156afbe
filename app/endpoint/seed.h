#pragma once

#include "model/engine/engine.h"

G_BEGIN_DECLS

/**
 * HrSeed: a model whose tables and items a database gets.
 *
 * Code for models lives in an executable of its own, `hashrange-serve-model`, which is this same server with
 * it linked in: without a model the server stays small.
 */
typedef struct _HrSeed HrSeed;

/**
 * Reads the file; NULL after saying why it cannot. Where there is no code for models, replaces this process
 * by the program that has it, with @arguments.
 */
HrSeed  *hr_seed_open  (const char *model, char **arguments);
void     hr_seed_free  (HrSeed *self);
/** HrSeedFunc: makes those of the model's tables that @engine does not have yet, with their items. */
gboolean hr_seed_apply (HrEngine *engine, gpointer seed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrSeed, hr_seed_free)

G_END_DECLS
