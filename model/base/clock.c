/*
 * The system's clock.
 *
 * Everything that needs the time takes an HrClock, so only this file asks the machine.
 */
#include "model/base/clock.h"

static gint64
system_now_us (gpointer user_data)
{
  return g_get_real_time ();
}

const HrClock HR_CLOCK_SYSTEM = { system_now_us, NULL };
