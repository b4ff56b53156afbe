#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"
#include "model/document/runner.h"

G_BEGIN_DECLS

/* runner-operations.c: what the runner knows about operations */
typedef enum
{
  HR_UNITS_NONE, /* the operation tells no capacity */
  HR_UNITS_READ,
  HR_UNITS_WRITE,
  HR_UNITS_STATEMENT, /* its statements tell which */
} HrRunUnits;

typedef enum
{
  HR_ITEMS_NONE,
  HR_ITEMS_ONE,       /* Item */
  HR_ITEMS_PAGE,      /* Items, Count, ScannedCount */
  HR_ITEMS_BY_TABLE,  /* Responses: { table: [item] } */
  HR_ITEMS_EACH,      /* Responses: [ { Item } ] */
} HrRunItems;

/** HrRunOperation: a row of the table of operations. */
typedef struct
{
  const char *name;
  HrRunUnits units;
  HrRunItems items;
  const char *continued_by; /* member of a response that says there is more, or NULL */
  const char *continue_at;  /* member of the next request that takes it */
} HrRunOperation;

/** Never NULL: an operation that is not known has no units, items or pages. */
const HrRunOperation *hr_run_operation_find (const char *name);
/** Adds count, scanned, keys and units of one response to the step. */
void hr_run_operation_read (const HrRunOperation *operation, const HrModel *model, const HrJson *request,
                            const HrJson *response, HrArena *arena, HrStepRun *step);
/** Of an operation that is not known here, TRUE. @request may be a template; NULL when it cannot be read. */
gboolean hr_run_operation_may_write (const char *name, const HrJson *request);
/** What @response asks to go on with, or NULL. */
const HrJson *hr_run_operation_get_rest (const HrRunOperation *operation, const HrJson *response);

/** HrStepAnswers: responses of one step, as later ones refer to them. */
typedef struct
{
  const char *name;
  GPtrArray *responses; /* HrJson const*, in the scope's arena; NULL when no later step refers to them */
  const HrJson *joined; /* all of them as one, made on demand */
} HrStepAnswers;

/** HrScope: what references in a step can name. Everything but @arena is borrowed. */
typedef struct
{
  const HrPattern *pattern;
  GHashTable *values;    /* parameter → text, or NULL */
  HrStepAnswers *steps;  /* of the steps before */
  guint n_steps;
  const HrJson *item;    /* of for_each, or NULL */
  HrArena *arena;
} HrScope;

/** Appends @request with its references replaced; FALSE with a translated @message that names the reference. */
gboolean hr_scope_substitute (HrScope *scope, const HrJson *request, gboolean add_capacity, HrBuffer *out,
                              char **message);
/** The list that a for_each names. */
gboolean hr_scope_find_list  (HrScope *scope, const char *reference, const HrJson **list, char **message);
/** Whether a step refers to the responses of the step @name (or may). */
gboolean hr_step_refers_to   (const HrStep *step, const char *name);

/* runner-expect.c: adds what is not as expected to @mismatches */
typedef struct
{
  guint64 count;
  guint64 scanned;
  double read_units;
  double write_units;
  const GPtrArray *keys;
  gboolean keys_incomplete;
  const char *error_name;
} HrOutcome;

void hr_expectation_compare (const HrExpectation *expect, const HrOutcome *outcome, GPtrArray *mismatches);

G_END_DECLS
