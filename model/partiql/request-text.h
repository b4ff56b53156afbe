#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"
#include "model/base/service-error.h"
#include "model/schema/model.h"

G_BEGIN_DECLS

/** HrPartiqlText: one statement with a question mark for each value. */
typedef struct
{
  const char *text;
  const HrJson *const *parameters; /* typed values as they stand in the request, not looked into */
  guint n_parameters;
  gboolean consistent;             /* in a batch, where each statement says so for itself */
} HrPartiqlText;

/**
 * HrPartiqlRequest: a request of another operation said in PartiQL. Lives in an arena and borrows from the request.
 */
typedef struct
{
  const char *operation; /* "ExecuteStatement" and its kin; NULL: nothing in PartiQL does the like */
  const HrPartiqlText *texts;
  guint n_texts;
  /** Translated: what the statement does otherwise, or why there is none; NULL: it does just the same. */
  const char *remark;
  const HrJson *request;
} HrPartiqlRequest;

/**
 * hr_partiql_from_request:
 * @request: body of the operation, an object; values may be templates, as in a pattern
 * @model: (nullable): knows the tables' keys, for the order of a query and what a filter makes of a scan
 *
 * For people who want to see both. FALSE when an expression cannot be read, with the service's error.
 */
gboolean hr_partiql_from_request (HrArena *arena, const char *operation, const HrJson *request,
                                  const HrModel *model, HrPartiqlRequest *said, HrServiceError *error);

/** Appends the body of the PartiQL operation as JSON: statements, parameters, and what else it shares with the
 *  request (Limit, ConsistentRead, tokens, capacity). Only when there is an operation. */
void hr_partiql_request_write (const HrPartiqlRequest *said, HrBuffer *out);

G_END_DECLS
