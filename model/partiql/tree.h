#pragma once

#include "model/expression/operators.h"
#include "model/value/path.h"

G_BEGIN_DECLS

/*
 * The syntax tree of a statement, as the parser makes it in an arena: what was written, before anything is known of
 * parameters and tables. Read only.
 */
typedef enum
{
  HR_PARTIQL_EXPR_PATH,
  HR_PARTIQL_EXPR_STRING,
  HR_PARTIQL_EXPR_NUMBER,
  HR_PARTIQL_EXPR_BOOLEAN,
  HR_PARTIQL_EXPR_NULL,
  HR_PARTIQL_EXPR_MISSING,
  HR_PARTIQL_EXPR_PARAMETER,
  HR_PARTIQL_EXPR_LIST,
  HR_PARTIQL_EXPR_BAG,
  HR_PARTIQL_EXPR_STRUCT,
  HR_PARTIQL_EXPR_CALL,
  HR_PARTIQL_EXPR_OPERATION,   /* of @op; IN has its list as second operand */
  HR_PARTIQL_EXPR_IS,          /* a test of the type @word */
  HR_PARTIQL_EXPR_UNSUPPORTED, /* grammatical, but nothing that the service does; @text says what */
} HrPartiqlExprKind;

typedef struct _HrPartiqlExpr HrPartiqlExpr;

struct _HrPartiqlExpr
{
  HrPartiqlExprKind kind;
  HrRange range;
  HrRange place;        /* the token that messages point at */
  const char *text;     /* of STRING and PATH's last name unescaped; NUMBER without sign; CALL in lower case */
  guint32 length;
  gboolean is_negative; /* of NUMBER */
  gboolean is_negated;  /* of IS NOT */
  gboolean boolean;
  guint parameter;      /* from 0 */
  guint word;           /* of IS: HrPartiqlWord */
  HrOperatorId op;
  HrPath path;
  HrPartiqlExpr **operands; /* also elements, members and arguments */
  guint n_operands;
  guint levels;         /* of nodes below this one */
  const HrPathStep *names;  /* of STRUCT: of each member */
};

typedef enum
{
  HR_PARTIQL_STATEMENT_SELECT,
  HR_PARTIQL_STATEMENT_INSERT,
  HR_PARTIQL_STATEMENT_UPDATE,
  HR_PARTIQL_STATEMENT_DELETE,
  HR_PARTIQL_STATEMENT_EXISTS, /* a SELECT that must find something */
} HrPartiqlKind;

typedef struct
{
  const HrPartiqlExpr *path;
  gboolean is_descending;
} HrPartiqlOrder;

/** One SET or REMOVE; REMOVE has no value. */
typedef struct
{
  HrPartiqlExpr *path;
  HrPartiqlExpr *value;
} HrPartiqlAction;

typedef struct
{
  HrPartiqlKind kind;
  const char *table;
  const char *index; /* or NULL */
  HrPartiqlExpr **columns; /* of SELECT; none for * */
  guint n_columns;
  HrPartiqlExpr *where; /* or NULL */
  const HrPartiqlOrder *order;
  guint n_order;
  HrPartiqlExpr *value; /* of INSERT */
  const HrPartiqlAction *actions; /* of UPDATE */
  guint n_actions;
  gboolean has_returning;
  gboolean returns_modified;
  gboolean returns_new;
  guint n_parameters;
} HrPartiqlTree;

G_END_DECLS
