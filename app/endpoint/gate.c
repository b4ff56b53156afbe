/*
 * Hosts and origins.
 */

#include "app/endpoint/gate.h"

#include <string.h>

/* The part of "name:port" or "[::1]:port" before the port. */
static gsize
measure_host (const char *authority)
{
  const char *end = *authority == '[' ? strchr (authority, ']') : NULL;

  return end != NULL ? (gsize) (end + 1 - authority) : strcspn (authority, ":");
}

static gboolean
equals (const char *text, gsize length, const char *name)
{
  return strlen (name) == length && g_ascii_strncasecmp (text, name, length) == 0;
}

static gboolean
is_loopback_address (const char *text, gsize length)
{
  return length > 4 && memcmp (text, "127.", 4) == 0 && strspn (text, "0123456789.") >= length;
}

/* The names that nobody else can have, and what containers call the machine they run on. */
static gboolean
is_this_machine (const char *host)
{
  static const char *const names[] = { "localhost", "[::1]", "host.docker.internal" };
  static const char suffix[] = ".localhost";
  gsize length = measure_host (host);
  gsize suffix_length = strlen (suffix);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (equals (host, length, names[i]))
      return TRUE;
  return is_loopback_address (host, length)
         || (length > suffix_length && equals (host + length - suffix_length, suffix_length, suffix));
}

static gboolean
is_allowed_host (const HrGate *self, const char *host)
{
  gsize length = measure_host (host);

  for (guint i = 0; self->origins != NULL && self->origins[i] != NULL; i++)
    {
      const char *name = strstr (self->origins[i], "://");

      if (strcmp (self->origins[i], "*") == 0
          || (name != NULL && measure_host (name + 3) == length
              && g_ascii_strncasecmp (name + 3, host, length) == 0))
        return TRUE;
    }
  return FALSE;
}

const char *
hr_gate_get_allowed_origin (const HrGate *self, const HrHead *head)
{
  for (guint i = 0; head->origin != NULL && self->origins != NULL && self->origins[i] != NULL; i++)
    {
      if (strcmp (self->origins[i], "*") == 0)
        return "*";
      if (g_ascii_strcasecmp (self->origins[i], head->origin) == 0)
        return head->origin;
    }
  return NULL;
}

/* A page that the endpoint itself served. */
static gboolean
is_own_origin (const HrHead *head)
{
  return head->host != NULL && g_str_has_prefix (head->origin, "http://")
         && g_ascii_strcasecmp (head->origin + strlen ("http://"), head->host) == 0;
}

HrRefusal
hr_gate_check (const HrGate *self, const HrHead *head)
{
  if (self->is_loopback && head->host != NULL && !is_this_machine (head->host)
      && !is_allowed_host (self, head->host))
    return HR_REFUSAL_FOREIGN_HOST;
  if (head->origin != NULL && hr_gate_get_allowed_origin (self, head) == NULL && !is_own_origin (head))
    return HR_REFUSAL_FOREIGN_ORIGIN;
  return HR_REFUSAL_NONE;
}
