#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What a mark on the canvas looks like, for a legend. */
typedef enum
{
  HR_SAMPLE_RETURNED,
  HR_SAMPLE_FILTERED,
  HR_SAMPLE_RANGE,
  HR_SAMPLE_PAGE,
  HR_SAMPLE_ADDED,
  HR_SAMPLE_REMOVED,
  HR_SAMPLE_CHANGED,
} HrSample;

/** HrMarkSample: one of them, small. Part of what it stands beside; not read out. */
#define HR_TYPE_MARK_SAMPLE (hr_mark_sample_get_type ())
G_DECLARE_FINAL_TYPE (HrMarkSample, hr_mark_sample, HR, MARK_SAMPLE, GtkWidget)

GtkWidget *hr_mark_sample_new (HrSample sample);

G_END_DECLS
