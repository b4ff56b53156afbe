#pragma once

#include "model/api/backend.h"
#include "model/document/document.h"

G_BEGIN_DECLS

typedef enum
{
  HR_RUN_PASSED,   /* everything expected came true, or nothing was expected and no error came */
  HR_RUN_FAILED,   /* an expectation was not met */
  HR_RUN_ERROR,    /* the pattern could not run: an unexpected service error, a missing value */
} HrRunStatus;

typedef struct
{
  char *name;
  char *operation;
  guint n_requests;   /* pages and rows of for_each */
  guint64 count;      /* items returned */
  guint64 scanned;    /* items looked at */
  double read_units;
  double write_units;
  GPtrArray *keys;     /* char*: primary keys of returned items, compact typed JSON */
  GPtrArray *requests; /* char*: request JSON as sent */
  GPtrArray *responses; /* char*: response JSON as received */
  char *error_name;    /* of the last request, or NULL */
  char *error_message;
  GPtrArray *mismatches; /* char*: "count: expected 19, got 20" */
} HrStepRun;

/** HrPatternRun: what one run of a pattern did: totals, steps, mismatches and trace. */
typedef struct
{
  char *id;
  char *name;
  HrRunStatus status;
  guint64 count;
  guint64 scanned;
  double read_units;
  double write_units;
  GPtrArray *keys;       /* char*, borrowed from steps' order: all returned keys */
  GPtrArray *steps;      /* HrStepRun */
  GPtrArray *mismatches; /* char*, of the totals and steps, each naming its step */
  char *message;         /* of ERROR: translated sentence, or NULL */
  HrTrace *trace;        /* or NULL when the backend has none or it was not wanted */
} HrPatternRun;

void hr_pattern_run_free (HrPatternRun *self);

typedef struct
{
  GHashTable *values;   /* (nullable): parameter name → text; otherwise the examples */
  gboolean want_trace;
  gboolean keep;        /* keep what it writes; else it runs on a savepoint that is rolled back */
  const HrCancel *cancel;
} HrRunOptions;

/**
 * hr_pattern_run:
 * @keys: table definitions by which returned items are reduced to their keys
 *
 * Runs the steps in order and waits for the answers (it iterates the main context for a remote backend).
 * Without savepoints in @backend a pattern that writes is refused unless options->keep.
 */
HrPatternRun *hr_pattern_run (const HrPattern *pattern, const HrModel *model, HrBackend *backend,
                              const HrRunOptions *options, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrPatternRun, hr_pattern_run_free)

G_END_DECLS
