#pragma once

#include "model/document/runner.h"
#include "model/document/step-form.h"

G_BEGIN_DECLS

/*
 * Patterns from what there is: a partition somebody looks at, a request that somebody pastes, a run that was as it
 * should be. New patterns have no letter yet: hr_document_insert_pattern() (edit-definitions.h) gives them one.
 */

/**
 * "Query this partition": a Query of the table or an index by the values of its partition key.
 * @index: (nullable)
 * @partition: M of the partition key attributes
 * @entity: (nullable): whose template says which parts of the key are parameters; else the whole value is one
 */
HrPattern *hr_pattern_new_from_partition (const HrTable *table, const char *index, const HrValue *partition,
                                          const HrEntity *entity);

/**
 * From a command (`aws dynamodb query --table-name …`) or the JSON of a request, as the service and SDKs have it, or
 * with plain values as some SDKs do. The operation is told by the command, else by the members.
 *
 * Values of keys that fit a template of the table become parameters, with the value as example; references that are in
 * the text already are kept, other braces become literal.
 * NULL with HR_ERROR_INVALID when it is no request.
 */
HrPattern *hr_pattern_new_from_text (const HrModel *model, const char *text, gsize length, GError **error);

typedef enum
{
  HR_TAKE_COUNT = 1 << 0,
  HR_TAKE_SCANNED = 1 << 1,
  HR_TAKE_UNITS = 1 << 2, /* read and write units */
  HR_TAKE_KEYS = 1 << 3,  /* left out when items came back without their keys */
  HR_TAKE_ALL = (1 << 4) - 1,
} HrTake;

/** Makes what the run gave what its pattern expects (of the totals; other members of it stay), as one undo step. A run
 *  that ended with an error of the service expects that error. HR_ERROR_INVALID for one that could not run. */
gboolean hr_document_take_expectations (HrDocument *self, const HrPatternRun *run, HrTake what, GError **error);

G_END_DECLS
