#pragma once

#include "model/document/runner.h"

G_BEGIN_DECLS

/* Figures as people read them, by locale. Texts are to be freed with g_free(). */

char      *hr_figure_number (guint64 number);               /* "12,345", by locale */
char      *hr_figure_time   (gint64 time_s);                /* Unix time: local date and time by locale, or "" */
char      *hr_figure_size   (guint64 size_bytes);           /* "252 B", "4.1 KB"; KB = 1024 */
char      *hr_figure_units  (double units, const char *name); /* "1.0 RCU" */
/** What a run cost: its write units when it wrote, else its read units. */
char      *hr_figure_cost   (const HrPatternRun *run);

G_END_DECLS
