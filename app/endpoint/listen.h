#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HR_LISTEN_MAX 2

/** HrListeners: the sockets that connections come in on. A plain value. */
typedef struct
{
  int sockets[HR_LISTEN_MAX];
  guint count;
  guint16 port;
  guint16 free_port;    /* when the port is taken: one that is not, or 0 */
  gboolean is_loopback; /* nobody but this machine can connect */
} HrListeners;

/**
 * hr_listeners_open:
 * @host: a numeric address or a name; "localhost" is this machine by both its addresses
 * @port: 0 for any that is free
 *
 * Fails with HR_ERROR_EXISTS when the port is taken, saying by whom when that can be known and which port is
 * free.
 */
gboolean hr_listeners_open  (HrListeners *self, const char *host, guint16 port, GError **error);
void     hr_listeners_close (HrListeners *self);

G_END_DECLS
