#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HrCancel: a flag that one thread raises and long work in another looks at.
 *
 * A plain value, initialised with { 0 }; NULL stands for "never cancelled" everywhere.
 */
typedef struct
{
  gint raised;
} HrCancel;

static inline void
hr_cancel_raise (HrCancel *cancel)
{
  g_atomic_int_set (&cancel->raised, 1);
}

static inline gboolean
hr_cancel_is_raised (const HrCancel *cancel)
{
  return cancel != NULL && g_atomic_int_get (&cancel->raised) != 0;
}

G_END_DECLS
