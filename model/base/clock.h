#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HrClock: where the engine takes the time from, so that tests and demos can set it.
 *
 * A plain value; HR_CLOCK_SYSTEM reads the machine's real-time clock.
 */
typedef struct
{
  /** Microseconds since the epoch, UTC. */
  gint64 (*now_us) (gpointer user_data);
  gpointer user_data;
} HrClock;

extern const HrClock HR_CLOCK_SYSTEM;

static inline gint64
hr_clock_now_us (const HrClock *clock)
{
  return clock->now_us (clock->user_data);
}

G_END_DECLS
