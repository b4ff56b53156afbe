#pragma once

#include "app/ui/window/window.h"

G_BEGIN_DECLS

/* A window with the sample, or with the sample and many more items, for tests and benchmarks that ask how
 * long. */

/* Writes the sample's definitions with @n_items more items than it has to a file, whose name is the caller's.
 */
char *large_model_write (guint n_items);
/* The application of this process, with windows that nobody sees. */
HrApplication *large_model_start (int *argc, char ***argv);
/* A window with what the file holds. */
HrWindow *large_model_open (HrApplication *application, const char *path);
/* Until nothing is under way any more. */
void large_model_settle (HrWindow *window);
/* One of the items that large_model_write() makes, in @arena: its primary key. */
HrValue large_model_key (guint number, HrArena *arena);

#define LARGE_MODEL_TABLE "cruddur-messages"

G_END_DECLS
