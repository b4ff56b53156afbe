#pragma once

#include "model/base/cancel.h"

G_BEGIN_DECLS

/**
 * HrProgress: how far long work in one thread has come, for another one to see, and a flag to call it off.
 *
 * A plain value, initialised with { 0 }; NULL stands for "nobody asks" everywhere. What is counted is rows
 * gone through, each once for each time that it is looked at: how many there will be is for the one who asks
 * to estimate.
 */
typedef struct
{
  HrCancel cancel;
  gint n_done;
} HrProgress;

/** Counts one more; FALSE when the work is called off. */
static inline gboolean
hr_progress_step (HrProgress *self)
{
  if (self == NULL)
    return TRUE;
  g_atomic_int_inc (&self->n_done);
  return !hr_cancel_is_raised (&self->cancel);
}

static inline guint
hr_progress_get (const HrProgress *self)
{
  return (guint)g_atomic_int_get (&self->n_done);
}

G_END_DECLS
