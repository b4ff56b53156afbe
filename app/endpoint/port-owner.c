/*
 * Who has a port.
 *
 * The kernel lists listening sockets by inode, and each process its open files by what they are; a process of
 * somebody else does not let us look, and then there is no answer.
 */

#include "app/endpoint/port-owner.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "model/base/i18n.h"

#define STATE_LISTEN 0x0a
#define FIELDS_BEFORE_INODE 9

/* One line of /proc/net/tcp: "sl local:port remote:port state …", the inode in the tenth field. */
static gboolean
parse_line (char *line, guint16 port, char *inode, gsize size)
{
  char *rest = NULL;
  const char *local = NULL;
  const char *state = NULL;
  const char *field = strtok_r (line, " \n", &rest);

  for (guint i = 0; field != NULL; i++, field = strtok_r (NULL, " \n", &rest))
    {
      if (i == 1)
        local = strrchr (field, ':');
      else if (i == 3)
        state = field;
      else if (i == FIELDS_BEFORE_INODE)
        {
          g_strlcpy (inode, field, size);
          return local != NULL && g_ascii_strtoull (local + 1, NULL, 16) == port
                 && g_ascii_strtoull (state, NULL, 16) == STATE_LISTEN;
        }
    }
  return FALSE;
}

static gboolean
find_inode (const char *list, guint16 port, char *inode, gsize size)
{
  FILE *file = fopen (list, "re");
  char line[512];
  gboolean found = FALSE;

  if (file == NULL)
    return FALSE;
  while (!found && fgets (line, sizeof line, file) != NULL)
    found = parse_line (line, port, inode, size);
  fclose (file);
  return found;
}

static gboolean
has_file (const char *process, const char *wanted)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%s/fd", process);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char target[64];
      gssize length = readlink (path, target, sizeof target - 1);

      if (length > 0 && strlen (wanted) == (gsize) length && memcmp (target, wanted, length) == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
describe_process (const char *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/comm", process);
  g_autofree char *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return NULL;
  g_strchomp (name);
  return g_utf8_validate (name, -1, NULL) ? g_strdup_printf (_ ("%s (process %s)"), name, process) : NULL;
}

char *
hr_port_owner_describe (guint16 port)
{
  char inode[32];
  g_autofree char *wanted = NULL;
  g_autoptr (GDir) processes = NULL;
  const char *process;

  if (!find_inode ("/proc/net/tcp", port, inode, sizeof inode)
      && !find_inode ("/proc/net/tcp6", port, inode, sizeof inode))
    return NULL;
  wanted = g_strdup_printf ("socket:[%s]", inode);
  processes = g_dir_open ("/proc", 0, NULL);
  while (processes != NULL && (process = g_dir_read_name (processes)) != NULL)
    if (g_ascii_isdigit (*process) && has_file (process, wanted))
      return describe_process (process);
  return NULL;
}
