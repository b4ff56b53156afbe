#pragma once

#include "model/document/runner.h"

G_BEGIN_DECLS

/* What `hashrange run` prints: @runs holds HrPatternRun. */

/** Described by resources/hashrange-run-1.schema.json. */
void hr_run_report_print_json (GPtrArray *runs, const char *model_name, gboolean with_trace);
void hr_run_report_print_text (GPtrArray *runs, const HrModel *model, gboolean with_trace);

G_END_DECLS
