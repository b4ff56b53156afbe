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

/** How many requests and responses of one step are kept to be looked at. */
#define HR_RUN_EXCHANGES_KEPT 1000

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
  GPtrArray *requests; /* char*: request JSON as sent, the first HR_RUN_EXCHANGES_KEPT */
  GPtrArray *responses; /* char*: response JSON as received, to the same requests */
  char *error_name;    /* of the last request, or NULL */
  char *error_message;
  GPtrArray *mismatches; /* char*: "count: expected 19, got 20" */
  gboolean keys_incomplete; /* items came back without their keys (projection, COUNT): keys cannot be compared */
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
  GPtrArray *keys;       /* char*, borrowed from the steps: all returned keys in order */
  GPtrArray *steps;      /* HrStepRun */
  GPtrArray *mismatches; /* char*, of the totals and steps, each naming its step */
  char *message;         /* of ERROR: translated sentence, or NULL */
  HrTrace *trace;        /* or NULL when the backend has none or it was not wanted */
} HrPatternRun;

void hr_pattern_run_free (HrPatternRun *self);
/** Whether items of any step came back without their keys, so that keys say nothing. */
gboolean hr_pattern_run_lacks_keys (const HrPatternRun *self);

typedef struct
{
  GHashTable *values;   /* (nullable): parameter name → text; otherwise the examples */
  gboolean want_trace;
  gboolean keep;        /* keep what it writes; else it runs on a savepoint that is rolled back */
  const HrCancel *cancel;
} HrRunOptions;

/**
 * hr_pattern_run:
 * @model: its tables tell which attributes of returned items are their keys
 * @options: (nullable)
 *
 * Runs the steps in order and waits for the answers (it iterates the main context for a remote backend).
 * What a value, a reference or the service makes impossible gives a run with status HR_RUN_ERROR and a message
 * that names pattern and step. NULL with @error when the run itself failed: HR_ERROR_CANCELLED, no connection, or
 * HR_ERROR_UNSUPPORTED for a pattern that writes on a backend without savepoints unless options->keep.
 *
 * With savepoints, a run that is not kept, that fails, or that ends in HR_RUN_ERROR leaves no trace. To keep what a
 * run writes to a document's own engine as an undo step, run it within hr_document_begin_capture().
 *
 * A step refers to an earlier one as to one response: over its pages and rows, lists of the responses are
 * joined, Count and ScannedCount are summed, everything else is the last one's.
 */
HrPatternRun *hr_pattern_run (const HrPattern *pattern, const HrModel *model, HrBackend *backend,
                              const HrRunOptions *options, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrPatternRun, hr_pattern_run_free)

G_END_DECLS
