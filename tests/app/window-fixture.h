#pragma once

#include "app/ui/window/window-private.h"

G_BEGIN_DECLS

/* A real window of the application, on a display that nobody sees. */
typedef struct
{
  HrApplication *application;
  HrWindow *window;
  HrSession *session;
} WindowFixture;

/* Runs the tests that @add adds; one application for all of them: a process can register it once. For main(). */
int  window_run                 (int argc, char **argv, void (*add) (HrApplication *application));
void window_set_up              (WindowFixture *fixture, gconstpointer application);
void window_tear_down           (WindowFixture *fixture, gconstpointer application);
/* Until nothing is going on and nothing is to be done. */
void window_wait_until_idle     (HrSession *session);
void window_wait_for_draw       (WindowFixture *fixture);
void window_activate            (WindowFixture *fixture, const char *action);
void window_open_sample         (WindowFixture *fixture);
void window_close_other_windows (void);

typedef void (*WindowWidgetFunc) (GtkWidget *widget, gpointer user_data);

/* The widget and all below it. */
void window_foreach_widget      (GtkWidget *widget, WindowWidgetFunc func, gpointer user_data);

G_END_DECLS
