#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What is wrong with how a window looks and with what assistive tools hear of it, found by walking over its widgets.
 * Each finding is one line: what, and where.
 */
typedef enum
{
  HR_LOOK_CUT_OFF = 1 << 0,      /* a text of ours that is shortened with an ellipsis */
  HR_LOOK_OUTSIDE = 1 << 1,      /* beyond the edge of the window, where nothing scrolls */
  HR_LOOK_OVERLAP = 1 << 2,      /* two texts or buttons in one place */
  HR_LOOK_UNNAMED = 1 << 3,      /* can be focused, and assistive tools have no name for it */
  HR_LOOK_UNTRANSLATED = 1 << 4, /* in the made-up language: words that it does not have */
  HR_LOOK_SHORTENED = 1 << 5,    /* in the sidebar: a name that is shortened */
} HrLookFlags;

/**
 * @width, @height: what the window was asked to be, 0: as it likes
 * @own: texts that are nobody's to translate: the contents of the model that is shown.
 *
 * Lines that g_ptr_array_unref() frees; empty when all is well.
 */
GPtrArray *hr_look_find (GtkWidget *window, int width, int height, HrLookFlags wanted, const char *own);

G_END_DECLS
