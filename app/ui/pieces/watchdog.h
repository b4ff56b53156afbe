#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The watchdog: a thread that asks the main loop again and again whether it turns, and notes when it does
 * not, and where it stands then. Off unless it is started; one in a process. For tests and for whoever looks
 * for what blocks.
 */

#define HR_STALL_FRAMES_MAX 48

/** HrStall: the main loop did not turn. */
typedef struct
{
  const char *during; /* what hr_watchdog_set_action() had said; borrowed */
  double wall_ms;
  double
      cpu_ms; /* what the main thread itself worked meanwhile: less when the machine is busy, or it waited */
  void *frames[HR_STALL_FRAMES_MAX]; /* where the main thread was in its second half, the innermost first */
  int n_frames;
} HrStall;

/**
 * Watches the default main loop, from its thread. What takes longer than @limit_ms is a stall. It is told on
 * standard error, with a backtrace of the main thread, when @is_told.
 */
void hr_watchdog_start (guint limit_ms, gboolean is_told);
void hr_watchdog_stop (void);
/** Starts it with the limit, in ms, that HASHRANGE_WATCHDOG says; nothing when it says none. */
void hr_watchdog_start_if_wanted (void);
gboolean hr_watchdog_is_on (void);
/** What stalls from now on are put down to: a static string. */
void hr_watchdog_set_action (const char *name);
/** The stalls since it was started, or since the last call, in order (HrStall). */
GArray *hr_watchdog_take_stalls (void);
/** Where the main loop stood, in a line: functions that have names, the innermost first. Free with g_free(). */
char *hr_stall_describe_place (const HrStall *self);

G_END_DECLS
