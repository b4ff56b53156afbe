#pragma once

#include "model/expression/tree.h"
#include "model/partiql/request-text.h"

G_BEGIN_DECLS

/** HrPartiqlPrinter: a statement in the making. */
typedef struct
{
  HrArena *arena;
  HrServiceError *error;
  const HrJson *names;  /* ExpressionAttributeNames, or NULL */
  const HrJson *values; /* ExpressionAttributeValues, or NULL */
  HrBuffer out;
  GPtrArray *parameters; /* owned; const HrJson */
  GPtrArray *remarks;    /* borrowed; const char, translated */
  gboolean is_impossible;
} HrPartiqlPrinter;

void     hr_partiql_print_text      (HrPartiqlPrinter *self, const char *text);
/** In double quotes: no reserved word can get in the way. */
void     hr_partiql_print_name      (HrPartiqlPrinter *self, const char *name, gsize length);
/** A question mark. */
void     hr_partiql_print_parameter (HrPartiqlPrinter *self, const HrJson *value);
/** `"pk" = ? AND "sk" = ?` of a Key. */
void     hr_partiql_print_key       (HrPartiqlPrinter *self, const HrJson *key);
/** What is said once, for all statements of a request. */
void     hr_partiql_print_remark    (HrPartiqlPrinter *self, const char *remark);
/** There is no statement for it; @remark says why. */
void     hr_partiql_print_give_up   (HrPartiqlPrinter *self, const char *remark);

/* Of trees that were parsed, not checked. FALSE with the service's error for an undefined placeholder. */
gboolean hr_partiql_print_node      (HrPartiqlPrinter *self, const HrNode *node);
/** With parentheses when it is an OR, to stand beside an AND. */
gboolean hr_partiql_print_conjunct  (HrPartiqlPrinter *self, const HrNode *node);
gboolean hr_partiql_print_columns   (HrPartiqlPrinter *self, const HrTree *tree);
gboolean hr_partiql_print_actions   (HrPartiqlPrinter *self, const HrTree *tree);

G_END_DECLS
