/*
 * The table of operators and functions. A new one is a row here, an id in the header and a function
 * in evaluate.c; parser, checker and printer work from the row.
 */
#include "model/expression/operators.h"

#include "model/expression/evaluate.h"

#include <string.h>

#define S HR_TYPE_BIT (HR_TYPE_S)
#define N HR_TYPE_BIT (HR_TYPE_N)
#define B HR_TYPE_BIT (HR_TYPE_B)
#define L HR_TYPE_BIT (HR_TYPE_L)
#define M HR_TYPE_BIT (HR_TYPE_M)
#define SETS (HR_TYPE_BIT (HR_TYPE_SS) | HR_TYPE_BIT (HR_TYPE_NS) | HR_TYPE_BIT (HR_TYPE_BS))
#define ANY HR_TYPES_ANY
#define ORDERED (S | N | B)
#define SIZED (S | B | L | M | SETS)

#define COMPARISON(id, name, types, test) \
  [id] = { id, name, HR_FORM_COMPARISON, HR_PLACE_CONDITION, 2, 0, TRUE, TRUE, types, types, 0, test, NULL }
#define CONNECTIVE(id, name, form, count, test) \
  [id] = { id, name, form, HR_PLACE_CONDITION, count, 0, TRUE, FALSE, 0, 0, 0, test, NULL }
#define TEST(id, name, count, paths, first, others, test) \
  [id] = { id, name, HR_FORM_FUNCTION, HR_PLACE_CONDITION, count, paths, FALSE, TRUE, first, others, 0, test, \
           NULL }
#define VALUE(id, name, form, places, count, paths, types, result, compute) \
  [id] = { id, name, form, places, count, paths, form == HR_FORM_ARITHMETIC, FALSE, types, types, result, \
           NULL, compute }

static const HrOperator operators[HR_N_OPERATORS] = {
  CONNECTIVE (HR_OPERATOR_OR, "OR", HR_FORM_OR, 0, hr_test_or),
  CONNECTIVE (HR_OPERATOR_AND, "AND", HR_FORM_AND, 0, hr_test_and),
  CONNECTIVE (HR_OPERATOR_NOT, "NOT", HR_FORM_NOT, 1, hr_test_not),

  COMPARISON (HR_OPERATOR_EQ, "=", ANY, hr_test_equal),
  COMPARISON (HR_OPERATOR_NE, "<>", ANY, hr_test_not_equal),
  COMPARISON (HR_OPERATOR_LT, "<", ORDERED, hr_test_less),
  COMPARISON (HR_OPERATOR_LE, "<=", ORDERED, hr_test_less_or_equal),
  COMPARISON (HR_OPERATOR_GT, ">", ORDERED, hr_test_greater),
  COMPARISON (HR_OPERATOR_GE, ">=", ORDERED, hr_test_greater_or_equal),

  [HR_OPERATOR_BETWEEN] = { HR_OPERATOR_BETWEEN, "BETWEEN", HR_FORM_BETWEEN, HR_PLACE_CONDITION, 3, 0, TRUE,
                            TRUE, ORDERED, ORDERED, 0, hr_test_between, NULL },
  [HR_OPERATOR_IN] = { HR_OPERATOR_IN, "IN", HR_FORM_IN, HR_PLACE_CONDITION, 0, 0, TRUE, TRUE, ANY, ANY, 0,
                       hr_test_in, NULL },

  TEST (HR_OPERATOR_ATTRIBUTE_EXISTS, "attribute_exists", 1, 1, ANY, ANY, hr_test_attribute_exists),
  TEST (HR_OPERATOR_ATTRIBUTE_NOT_EXISTS, "attribute_not_exists", 1, 1, ANY, ANY,
        hr_test_attribute_not_exists),
  TEST (HR_OPERATOR_ATTRIBUTE_TYPE, "attribute_type", 2, 0, ANY, S, hr_test_attribute_type),
  TEST (HR_OPERATOR_BEGINS_WITH, "begins_with", 2, 0, S | B, S | B, hr_test_begins_with),
  TEST (HR_OPERATOR_CONTAINS, "contains", 2, 0, S | B | L | SETS, ANY, hr_test_contains),

  VALUE (HR_OPERATOR_SIZE, "size", HR_FORM_FUNCTION, HR_PLACE_OPERAND, 1, 0, SIZED, N, hr_compute_size),
  VALUE (HR_OPERATOR_PLUS, "+", HR_FORM_ARITHMETIC, HR_PLACE_SET_VALUE, 2, 0, N, N, hr_compute_sum),
  VALUE (HR_OPERATOR_MINUS, "-", HR_FORM_ARITHMETIC, HR_PLACE_SET_VALUE, 2, 0, N, N, hr_compute_difference),
  VALUE (HR_OPERATOR_IF_NOT_EXISTS, "if_not_exists", HR_FORM_FUNCTION, HR_PLACE_SET_VALUE | HR_PLACE_ARGUMENT,
         2, 1, ANY, ANY, hr_compute_if_not_exists),
  VALUE (HR_OPERATOR_LIST_APPEND, "list_append", HR_FORM_FUNCTION, HR_PLACE_SET_VALUE, 2, 0, L, L,
         hr_compute_list_append),
};

const HrOperator *
hr_operator_get (HrOperatorId id)
{
  return &operators[id];
}

const HrOperator *
hr_operator_find_function (const char *name, gsize length)
{
  for (guint i = 0; i < HR_N_OPERATORS; i++)
    if (operators[i].form == HR_FORM_FUNCTION && strlen (operators[i].name) == length
        && memcmp (operators[i].name, name, length) == 0)
      return &operators[i];
  return NULL;
}

const HrOperator *
hr_operator_find_token (HrTokenType token)
{
  static const struct
  {
    HrTokenType token;
    HrOperatorId id;
  } tokens[] = {
    { HR_TOKEN_EQ, HR_OPERATOR_EQ },     { HR_TOKEN_NE, HR_OPERATOR_NE },
    { HR_TOKEN_LT, HR_OPERATOR_LT },     { HR_TOKEN_LE, HR_OPERATOR_LE },
    { HR_TOKEN_GT, HR_OPERATOR_GT },     { HR_TOKEN_GE, HR_OPERATOR_GE },
    { HR_TOKEN_PLUS, HR_OPERATOR_PLUS }, { HR_TOKEN_MINUS, HR_OPERATOR_MINUS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (tokens[i].token == token)
      return &operators[tokens[i].id];
  return NULL;
}
