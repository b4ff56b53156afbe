#pragma once

#include "model/base/service-error.h"
#include "model/expression/build.h"
#include "model/partiql/tree.h"

G_BEGIN_DECLS

/** HrPartiqlBinder: what turns the parts of a tree into values and nodes, once parameters are known. */
typedef struct
{
  HrArena *arena;
  const char *text; /* of the statement */
  gsize length;
  const HrValue *parameters;
  guint n_parameters;
  HrServiceError *error;
} HrPartiqlBinder;

gboolean hr_partiql_binder_refuse    (HrPartiqlBinder *self, HrRange range, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
/** The message and ` at L:C:N`. */
gboolean hr_partiql_binder_refuse_at (HrPartiqlBinder *self, HrRange range, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/** A literal or a parameter; parameters inside collections are refused, as the service does. */
gboolean hr_partiql_bind_value     (HrPartiqlBinder *self, const HrPartiqlExpr *expr, HrValue *value);
/** The item of an INSERT: a struct whose members may be parameters, or one parameter. */
gboolean hr_partiql_bind_item      (HrPartiqlBinder *self, const HrPartiqlExpr *expr, HrValue *item);
/** NULL when the expression is no condition. Operands are not checked yet. */
HrNode  *hr_partiql_bind_condition (HrPartiqlBinder *self, const HrPartiqlExpr *expr);
HrNode  *hr_partiql_bind_operand   (HrPartiqlBinder *self, const HrPartiqlExpr *expr);
/** A node of a constant operator with operands in the arena. */
HrNode  *hr_partiql_new_operation  (HrArena *arena, HrOperatorId op, HrRange range, HrNode *const *operands,
                                    guint n_operands);
/** `attribute_exists(name)`, or not. */
HrNode  *hr_partiql_new_presence   (HrArena *arena, const char *name, gboolean is_there);
const HrUpdate *hr_partiql_bind_update (HrPartiqlBinder *self, const HrPartiqlTree *tree);

G_END_DECLS
