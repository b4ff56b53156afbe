#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/** Makes @error a TransactionCanceledException with its message as the one reason, of action @position. FALSE. */
gboolean hr_transaction_cancel_item (guint position, guint count, HrArena *arena, HrServiceError *error);

/* A set of items of several tables, to find repeats by. */
GHashTable *hr_key_set_new (void);
/** FALSE when the item is in the set already. */
gboolean hr_key_set_add (GHashTable *set, const HrStoredTable *table, const HrValue *key_values,
                         HrArena *arena);

G_END_DECLS
