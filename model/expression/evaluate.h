#pragma once

#include "model/expression/tree.h"

G_BEGIN_DECLS

/** The value of an operand: of the request, of the item, or computed. FALSE when there is none. */
gboolean hr_node_get_value (const HrNode *node, HrScope *scope, HrValue *value);

/* Bodies of the table in operators.c; an operation's number of operands has been checked. */
gboolean hr_test_or                   (const HrNode *node, HrScope *scope);
gboolean hr_test_and                  (const HrNode *node, HrScope *scope);
gboolean hr_test_not                  (const HrNode *node, HrScope *scope);
gboolean hr_test_equal                (const HrNode *node, HrScope *scope);
gboolean hr_test_not_equal            (const HrNode *node, HrScope *scope);
gboolean hr_test_less                 (const HrNode *node, HrScope *scope);
gboolean hr_test_less_or_equal        (const HrNode *node, HrScope *scope);
gboolean hr_test_greater              (const HrNode *node, HrScope *scope);
gboolean hr_test_greater_or_equal     (const HrNode *node, HrScope *scope);
gboolean hr_test_between              (const HrNode *node, HrScope *scope);
gboolean hr_test_in                   (const HrNode *node, HrScope *scope);
gboolean hr_test_attribute_exists     (const HrNode *node, HrScope *scope);
gboolean hr_test_attribute_not_exists (const HrNode *node, HrScope *scope);
gboolean hr_test_attribute_type       (const HrNode *node, HrScope *scope);
gboolean hr_test_begins_with          (const HrNode *node, HrScope *scope);
gboolean hr_test_contains             (const HrNode *node, HrScope *scope);
gboolean hr_compute_size              (const HrNode *node, HrScope *scope, HrValue *value);
gboolean hr_compute_sum               (const HrNode *node, HrScope *scope, HrValue *value);
gboolean hr_compute_difference        (const HrNode *node, HrScope *scope, HrValue *value);
gboolean hr_compute_if_not_exists     (const HrNode *node, HrScope *scope, HrValue *value);
gboolean hr_compute_list_append       (const HrNode *node, HrScope *scope, HrValue *value);

/** @a + @b or @a - @b, exactly; FALSE with the service's error when it leaves the range of numbers. */
gboolean hr_compute_arithmetic (const HrValue *a, const HrValue *b, gboolean subtract, HrScope *scope,
                                HrValue *value);
/** The elements of list @a and behind them those of @b; shares them. */
HrValue  hr_compute_joined_list (const HrValue *a, const HrValue *b, HrArena *arena);
/** Sets `An operand in the update expression has an incorrect data type`; always FALSE. */
gboolean hr_scope_fail_type (HrScope *scope);

G_END_DECLS
