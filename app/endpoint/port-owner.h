#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** “java (process 4711)” that listens on @port of this machine, or NULL when that cannot be known. */
char *hr_port_owner_describe (guint16 port);

G_END_DECLS
