/*
 * Listening sockets.
 *
 * "localhost" is two addresses, and which of them a client tries first differs from one runtime to the next;
 * so who listens on 127.0.0.1 listens on ::1 as well when it can be had.
 */

#include "app/endpoint/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/endpoint/port-owner.h"
#include "model/base/error.h"
#include "model/base/i18n.h"

#define BACKLOG 511
#define PORTS_TRIED 100

static const char *
get_numeric_host (const char *host)
{
  return strcmp (host, "localhost") == 0 ? "127.0.0.1" : host;
}

static struct addrinfo *
look_up (const char *host, int flags, int *code)
{
  struct addrinfo hints = { .ai_flags = flags, .ai_socktype = SOCK_STREAM };
  struct addrinfo *found = NULL;

  *code = getaddrinfo (host, NULL, &hints, &found);
  return *code == 0 ? found : NULL;
}

static gboolean
resolve (const char *host, struct sockaddr_storage *address, socklen_t *length, GError **error)
{
  int code;
  struct addrinfo *found = look_up (get_numeric_host (host), AI_NUMERICHOST, &code);

  if (found == NULL)
    found = look_up (host, 0, &code);
  if (found == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _ ("the host “%s” is not known: %s."), host,
                   gai_strerror (code));
      return FALSE;
    }
  memcpy (address, found->ai_addr, found->ai_addrlen);
  *length = found->ai_addrlen;
  freeaddrinfo (found);
  return TRUE;
}

static void
set_port (struct sockaddr_storage *address, guint16 port)
{
  if (address->ss_family == AF_INET)
    ((struct sockaddr_in *) address)->sin_port = g_htons (port);
  else
    ((struct sockaddr_in6 *) address)->sin6_port = g_htons (port);
}

static guint16
get_port (int socket)
{
  struct sockaddr_storage address = { 0 };
  socklen_t length = sizeof address;

  if (getsockname (socket, (struct sockaddr *) &address, &length) != 0)
    return 0;
  return g_ntohs (address.ss_family == AF_INET ? ((struct sockaddr_in *) &address)->sin_port
                                               : ((struct sockaddr_in6 *) &address)->sin6_port);
}

static gboolean
is_loopback (const struct sockaddr_storage *address)
{
  if (address->ss_family == AF_INET)
    return g_ntohl (((const struct sockaddr_in *) address)->sin_addr.s_addr) >> 24 == 127;
  return IN6_IS_ADDR_LOOPBACK (&((const struct sockaddr_in6 *) address)->sin6_addr);
}

/* The socket, or -1 with errno. */
static int
open_socket (const struct sockaddr_storage *address, socklen_t length)
{
  int fd = socket (address->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int on = 1;

  if (fd < 0)
    return -1;
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address->ss_family == AF_INET6 && is_loopback (address))
    setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (bind (fd, (const struct sockaddr *) address, length) != 0 || listen (fd, BACKLOG) != 0)
    {
      int code = errno;

      close (fd);
      errno = code;
      return -1;
    }
  return fd;
}

static guint16
find_free_port (struct sockaddr_storage *address, socklen_t length, guint16 port)
{
  for (guint next = port + 1u; next < MIN (port + 1u + PORTS_TRIED, 65536u); next++)
    {
      int fd;

      set_port (address, next);
      fd = open_socket (address, length);
      if (fd >= 0)
        {
          close (fd);
          return next;
        }
    }
  return 0;
}

static gboolean
fail_taken (const char *host, guint16 port, guint16 free_port, GError **error)
{
  g_autofree char *owner = hr_port_owner_describe (port);
  g_autofree char *way = free_port != 0
                             ? g_strdup_printf (_ (" Port %u is free: --port %u."), free_port, free_port)
                             : g_strdup ("");

  if (owner != NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_EXISTS, _ ("port %u of %s is taken by %s.%s"), port, host, owner,
                 way);
  else
    g_set_error (error, HR_ERROR, HR_ERROR_EXISTS, _ ("port %u of %s is taken by another program.%s"), port,
                 host, way);
  return FALSE;
}

static void
open_second (HrListeners *self)
{
  struct sockaddr_storage address = { 0 };
  struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *) &address;
  int fd;

  ipv6->sin6_family = AF_INET6;
  ipv6->sin6_addr = in6addr_loopback;
  ipv6->sin6_port = g_htons (self->port);
  fd = open_socket (&address, sizeof *ipv6);
  if (fd >= 0)
    self->sockets[self->count++] = fd;
}

gboolean
hr_listeners_open (HrListeners *self, const char *host, guint16 port, GError **error)
{
  struct sockaddr_storage address = { 0 };
  socklen_t length = 0;
  int fd;

  *self = (HrListeners) { .count = 0 };
  if (!resolve (host, &address, &length, error))
    return FALSE;
  set_port (&address, port);
  fd = open_socket (&address, length);
  if (fd < 0 && errno == EADDRINUSE)
    {
      self->free_port = find_free_port (&address, length, port);
      return fail_taken (host, port, self->free_port, error);
    }
  if (fd < 0)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_IO, _ ("cannot listen on port %u of %s: %s."), port, host,
                   g_strerror (errno));
      return FALSE;
    }

  self->sockets[self->count++] = fd;
  self->port = get_port (fd);
  self->is_loopback = is_loopback (&address);
  if (strcmp (get_numeric_host (host), "127.0.0.1") == 0)
    open_second (self);
  return TRUE;
}

void
hr_listeners_close (HrListeners *self)
{
  for (guint i = 0; i < self->count; i++)
    close (self->sockets[i]);
  self->count = 0;
}
