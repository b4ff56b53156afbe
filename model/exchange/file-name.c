/*
 * Names of exported files.
 *
 * Names of tables are plain in a sound model, but a model may be anything; a file name must never lead
 * out of the folder that was asked for.
 */
#include "model/exchange/formats.h"

#include <string.h>

#define BASE_BYTES_MAX 200

static gboolean
is_taken (const HrExport *export, const char *name)
{
  for (guint i = 0; i < export->files->len; i++)
    {
      const HrExportFile *file = export->files->pdata[i];

      if (g_ascii_strcasecmp (file->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
dup_plain (const char *base)
{
  gsize end = MIN (strlen (base), BASE_BYTES_MAX);
  char *plain;

  while (end > 0 && ((guchar) base[end] & 0xc0) == 0x80)
    end--;
  plain = g_strndup (base, end);
  for (char *c = plain; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && (guchar) *c < 0x80 && strchr ("_-.", *c) == NULL)
      *c = '-';
  if (*plain == '.' || *plain == '-')
    *plain = '_';
  return plain;
}

char *
hr_export_dup_file_name (const HrExport *export, const char *base, const char *suffix)
{
  g_autofree char *plain = dup_plain (base);
  char *name = g_strconcat (*plain != '\0' ? plain : "unnamed", suffix, NULL);

  for (guint i = 2; is_taken (export, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u%s", plain, i, suffix);
    }
  return name;
}

char *
hr_export_dup_file_argument (const char *name)
{
  g_autofree char *argument = g_strconcat ("file://", name, NULL);

  for (const char *c = argument; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("_-./:+,@%", *c) == NULL)
      return g_shell_quote (argument);
  return g_steal_pointer (&argument);
}
