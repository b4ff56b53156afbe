#pragma once

#include "app/ui/pieces/watchdog.h"
#include "app/ui/window/window.h"

G_BEGIN_DECLS

/* What people do with a model, one thing after the other, while the watchdog looks on. */

typedef enum
{
  STALLS_ALL,
  STALLS_SHORT, /* a few of each kind: for every run of the tests */
} StallsLength;

/* Stalls: for each action how long the main thread worked at one go, at worst. */
typedef struct
{
  const char *action;
  HrStall worst;
} Stalls;

/* Does it to the sample with @n_items more, in a window of its own. Stalls; g_array_unref(). */
GArray *stalls_measure (HrApplication *application, guint n_items, StallsLength length);
/* Says what there was, and where when it is longer than it may be; the number of actions that hold the main loop up
 * with many items, several times longer than anything does with few. */
guint   stalls_compare (const GArray *few, const GArray *many);

G_END_DECLS
