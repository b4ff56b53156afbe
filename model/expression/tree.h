#pragma once

#include "model/expression/condition.h"
#include "model/expression/operators.h"
#include "model/value/path.h"

G_BEGIN_DECLS

/*
 * The syntax tree. The parser builds it in an arena and fills in what the text says; the checker
 * adds what the request says (paths and values behind placeholders). From then on it is read only.
 */
typedef enum
{
  HR_NODE_PATH,
  HR_NODE_VALUE,
  HR_NODE_OPERATION,
} HrNodeKind;

/** One step of a path as it was written. */
typedef struct
{
  const char *text; /* `name`, `#ref` or the digits of an index; borrowed from the expression */
  guint32 length;
  HrTokenType type; /* NAME, NAME_REF or NUMBER */
  HrRange range;
} HrWrittenStep;

struct _HrNode
{
  HrNodeKind kind;
  gboolean in_parentheses; /* as written */
  HrRange range;
  union
  {
    struct
    {
      const HrWrittenStep *written;
      guint n_written;
      HrPath path; /* by the checker */
    } path;
    struct
    {
      const char *name; /* `:ref`; borrowed from the expression */
      guint32 name_length;
      HrValue value; /* by the checker */
    } value;
    struct
    {
      const HrOperator *op; /* NULL: a function that does not exist */
      const char *name;           /* as written; borrowed from the expression */
      HrRange name_range;
      HrNode **operands;
      guint n_operands;
    } operation;
  };
};

typedef enum
{
  HR_SECTION_SET,
  HR_SECTION_REMOVE,
  HR_SECTION_ADD,
  HR_SECTION_DELETE,
  HR_N_SECTIONS,
} HrSection;

/** One action of an update: a path, and a value except for REMOVE. */
typedef struct
{
  HrSection section;
  HrNode *path;
  HrNode *value;
} HrAction;

/** HrTree: what the parser found; which members count depends on the kind of expression. */
typedef struct
{
  HrNode *condition;
  HrNode **paths; /* of a projection */
  guint n_paths;
  const HrAction *actions;
  guint n_actions;
  HrRange redundant_parentheses; /* the first pair too many, or HR_RANGE_NONE */
  HrRange repeated_section;      /* the keyword of the first section that comes again, or HR_RANGE_NONE */
  HrSection repeated;
} HrTree;

static inline gboolean
hr_node_is_operation (const HrNode *node, HrOperatorId id)
{
  return node->kind == HR_NODE_OPERATION && node->operation.op != NULL
         && node->operation.op->id == id;
}

typedef gboolean (*HrNodeFunc) (HrNode *node, gpointer user_data);
/** Calls @func for @node's operands, theirs and so on, and last for @node, until it returns FALSE. */
gboolean hr_node_foreach (HrNode *node, HrNodeFunc func, gpointer user_data);
/** Calls @func for each document path in a checked tree, in the order of the text. */
void hr_node_foreach_path (HrNode *node, HrPathFunc func, gpointer user_data);
/** Bytes of the values in it together, each as often as it stands there. */
gsize hr_node_get_values_size (HrNode *node);

G_END_DECLS
