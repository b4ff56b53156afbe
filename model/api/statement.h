#pragma once

#include "model/api/call.h"
#include "model/partiql/partiql.h"

G_BEGIN_DECLS

/*
 * What the three operations of PartiQL share. Private to model/api.
 */

/* The longest statement. Source: API reference. */
#define HR_STATEMENT_CHARS_MAX 8192

#define HR_ROW_STATEMENT                                                                                     \
  {                                                                                                          \
    .name = "Statement", .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,  \
    .min = 1, .max = HR_STATEMENT_CHARS_MAX                                                                  \
  }
#define HR_ROW_PARAMETERS                                                                                    \
  {                                                                                                          \
    .name = "Parameters", .kind = HR_FIELD_LIST, .flags = HR_FIELD_MIN, .min = 1,                            \
    .element = &HR_ELEMENT_VALUE                                                                             \
  }

/** HrStatement: one statement of a request on its way. Members after @error are for whoever carries it out. */
typedef struct
{
  const HrJson *text;
  const HrJson *parameters_json; /* or NULL */
  HrValue *parameters;
  guint n_parameters;
  const HrPartiql *partiql; /* NULL after an error */
  HrServiceError error;
  const HrTable *table;     /* NULL: not there, or nothing known of it */
  gboolean consistent;
  gboolean is_get;
  HrGet get;                /* of a SELECT by its key */
  HrWrite write;            /* of other statements */
  gboolean has_result;
  HrValue result;           /* an item */
  gboolean has_run;         /* as far as its table */
} HrStatement;

/* Each FALSE with an error of the statement. */
gboolean hr_statement_read_parameters (HrStatement *self, HrApiCall *call);
gboolean hr_statement_prepare (HrStatement *self, HrApiCall *call);
/** A statement that writes, alone. Needs @write. */
gboolean hr_statement_write (HrStatement *self, HrApiCall *call);
/** Puts the words of the engine into those of statements. */
void     hr_statement_reword (const HrStatement *self, HrServiceError *error);
/** Whether two statements are about the same item. */
gboolean hr_statement_shares_item (const HrStatement *a, const HrStatement *b, HrApiCall *call);
/** `Requested resource not found`; FALSE. */
gboolean hr_statement_fail_table (HrStatement *self, HrApiCall *call);
gboolean hr_statement_fail (HrStatement *self, HrApiCall *call, const char *message);

#define HR_DUPLICATE_ITEM_MESSAGE "Duplicate primary key exists in table"

G_END_DECLS
