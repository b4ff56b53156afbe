#pragma once

#include "model/base/buffer.h"
#include "tests/api/case-file.h"

G_BEGIN_DECLS

/** CaseDoor: one way to the operations, each time with an empty engine behind it. */
typedef struct
{
  gpointer (*open) (gboolean is_old_layer);
  void (*close) (gpointer door);
  /** Carries out the request of a step: the answer's body into @out, which is empty; returns the status. */
  guint (*call) (gpointer door, const CaseStep *step, HrBuffer *out);
  gboolean is_stateless; /* nothing lasts from one request to the next but what is stored */
} CaseDoor;

/** Runs all case files of the folder that HR_CASES names through the door: the main function of a test. */
int case_run_main (int argc, char **argv, const CaseDoor *door);

G_END_DECLS
