#pragma once

#include "model/base/service-error.h"
#include "model/engine/key-codec.h"
#include "model/expression/key-condition.h"
#include "model/expression/tree.h"

G_BEGIN_DECLS

/*
 * Branches of a condition: it holds when all nodes of one of them do. Only what concerns the key is taken apart; any
 * other OR stays whole.
 */
typedef struct
{
  HrNode **nodes;
  guint n_nodes;
} HrPartiqlBranch;

/** What @node says about one attribute of a key, as a key condition could; FALSE when it says nothing so. */
gboolean hr_partiql_read_clause (const HrNode *node, const HrKeyPart *part, HrKeyClause *clause);
/** Whether all branches have an equality for each attribute of the partition key. */
gboolean hr_partiql_pins_partition (const HrNode *node, const HrKeyLayout *layout);
/** Whether @node names one of the parts from @first up to @end. */
gboolean hr_partiql_mentions (const HrNode *node, const HrKeyLayout *layout, guint first, guint end);
/** At most @max branches, in written order; NULL when there are more. */
HrPartiqlBranch *hr_partiql_get_branches (HrArena *arena, HrNode *where, const HrKeyLayout *layout, guint max,
                                          guint *n_branches);

G_END_DECLS
