#pragma once

#include "model/base/service-error.h"
#include "model/expression/lexer.h"
#include "model/value/record.h"

G_BEGIN_DECLS

typedef struct _HrNode HrNode;

typedef enum
{
  HR_OPERATOR_OR,
  HR_OPERATOR_AND,
  HR_OPERATOR_NOT,
  HR_OPERATOR_EQ,
  HR_OPERATOR_NE,
  HR_OPERATOR_LT,
  HR_OPERATOR_LE,
  HR_OPERATOR_GT,
  HR_OPERATOR_GE,
  HR_OPERATOR_BETWEEN,
  HR_OPERATOR_IN,
  HR_OPERATOR_ATTRIBUTE_EXISTS,
  HR_OPERATOR_ATTRIBUTE_NOT_EXISTS,
  HR_OPERATOR_ATTRIBUTE_TYPE,
  HR_OPERATOR_BEGINS_WITH,
  HR_OPERATOR_CONTAINS,
  HR_OPERATOR_SIZE,
  HR_OPERATOR_PLUS,
  HR_OPERATOR_MINUS,
  HR_OPERATOR_IF_NOT_EXISTS,
  HR_OPERATOR_LIST_APPEND,
  HR_N_OPERATORS,
} HrOperatorId;

/** How an operator is written; also its binding strength, the loosest first. */
typedef enum
{
  HR_FORM_OR,
  HR_FORM_AND,
  HR_FORM_NOT,
  HR_FORM_COMPARISON,
  HR_FORM_BETWEEN,
  HR_FORM_IN,
  HR_FORM_ARITHMETIC,
  HR_FORM_FUNCTION,
} HrOperatorForm;

/** Where an operator or function may stand. */
typedef enum
{
  HR_PLACE_CONDITION = 1 << 0, /* by itself in a condition */
  HR_PLACE_OPERAND = 1 << 1,   /* as an operand in a condition */
  HR_PLACE_SET_VALUE = 1 << 2, /* as the value of SET, or an operand of + and - there */
  HR_PLACE_ARGUMENT = 1 << 3,  /* as the argument of a function in SET */
} HrPlace;

/** A set of types, one bit an HrType. */
typedef guint16 HrTypeSet;
#define HR_TYPE_BIT(type) ((HrTypeSet) (1 << (type)))
#define HR_TYPES_ANY ((HrTypeSet) ((1 << HR_N_TYPES) - 1))

/** What evaluation looks at. Errors are for updates only; a condition has none. */
typedef struct
{
  const HrItemView *item;
  HrArena *arena;
  HrServiceError *error;
} HrScope;

/** Whether the condition holds. */
typedef gboolean (*HrTestFunc) (const HrNode *node, HrScope *scope);
/** The operation's value; FALSE when it has none: something is missing, or there is an error in the scope. */
typedef gboolean (*HrComputeFunc) (const HrNode *node, HrScope *scope, HrValue *value);

/** HrOperator: all that parser, checker, evaluator and printer know of an operator or function. */
typedef struct
{
  HrOperatorId id;
  const char *name;
  HrOperatorForm form;
  guint8 places;        /* HrPlace */
  guint8 n_operands;    /* 0: any number */
  guint8 path_operands; /* a bit for each operand that must be a document path */
  gboolean is_counted;  /* towards the limit of operators */
  gboolean is_distinct; /* the first operand, when a path, may not come again */
  HrTypeSet first;      /* types that the first operand may have, if it is known from the request */
  HrTypeSet others;     /* types that the other operands may have */
  HrTypeSet result;     /* types of the result; none for a condition */
  HrTestFunc test;
  HrComputeFunc compute;
} HrOperator;

const HrOperator *hr_operator_get           (HrOperatorId id);
/** The function with this name (case matters), or NULL. */
const HrOperator *hr_operator_find_function (const char *name, gsize length);
/** The operator behind a comparison or arithmetic token, or NULL. */
const HrOperator *hr_operator_find_token    (HrTokenType token);

G_END_DECLS
