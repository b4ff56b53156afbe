/* Figures as people read them: one place, so that they read the same everywhere. */
#include "app/session/figures.h"

#include "render/cell-text.h"

char *
hr_figure_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

char *
hr_figure_time (gint64 time_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_s);

  return time != NULL ? g_date_time_format (time, "%x %H:%M") : g_strdup ("");
}

char *
hr_figure_size (guint64 size_bytes)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  return g_strdup (hr_format_size (arena, size_bytes));
}

char *
hr_figure_units (double units, const char *name)
{
  return g_strdup_printf ("%.1f %s", units, name);
}

char *
hr_figure_cost (const HrPatternRun *run)
{
  if (run->write_units > 0)
    return hr_figure_units (run->write_units, "WCU");
  return hr_figure_units (run->read_units, "RCU");
}
