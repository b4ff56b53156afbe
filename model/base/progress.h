#pragma once

#include "model/base/cancel.h"

G_BEGIN_DECLS

/**
 * HrProgress: how far long work in one thread has come, for another one to see, and a flag to call it off.
 *
 * A plain value, initialised with { 0 }; NULL stands for "nobody asks" everywhere. What is counted is rows
 * gone through, each once for each time that it is looked at. How many that will be may be known beforehand,
 * or is said on the way, and guessed until then.
 */
typedef struct
{
  HrCancel cancel;
  gint n_done;
  gint n_expected;      /* 0: nobody knows yet */
  guint n_times_behind; /* that each row is looked at behind the part of the work that calls
                           hr_progress_expect(); not to be changed once a thread has this */
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

/** The same without counting. */
static inline gboolean
hr_progress_goes_on (const HrProgress *self)
{
  return self == NULL || !hr_cancel_is_raised (&self->cancel);
}

/** There are @n_rows rows, and the caller's part of the work, from the beginning on, has @n_steps steps. */
static inline void
hr_progress_expect (HrProgress *self, guint64 n_rows, guint64 n_steps)
{
  if (self != NULL)
    g_atomic_int_set (&self->n_expected, (gint)MIN (n_steps + n_rows * self->n_times_behind, G_MAXINT));
}

/** Nobody knew how many steps there would be up to now; from now on there are @n_steps more. */
static inline void
hr_progress_expect_more (HrProgress *self, guint64 n_steps)
{
  if (self != NULL)
    g_atomic_int_set (&self->n_expected, (gint)MIN ((guint64)g_atomic_int_get (&self->n_done) + n_steps, G_MAXINT));
}

/** How much of the work is done: from 0 to 1, or -1 when nobody knows. */
static inline double
hr_progress_get_share (const HrProgress *self)
{
  int n_expected = g_atomic_int_get (&self->n_expected);

  return n_expected > 0 ? MIN ((double)g_atomic_int_get (&self->n_done) / n_expected, 1) : -1;
}

G_END_DECLS
