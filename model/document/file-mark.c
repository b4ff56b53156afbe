/*
 * Whether a file is still the one that was read.
 *
 * Time and size answer nearly always. A file that was only touched, or written again with what it had (a checkout, a
 * backup put back), is read and compared by a digest, which need not withstand anybody who forges files.
 */
#include "model/document/file-mark.h"

#include <string.h>
#include <sys/stat.h>

#include "model/document/file.h"

#define FNV_OFFSET G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME  G_GUINT64_CONSTANT (0x100000001b3)

/* Eight bytes at a time, with the high bits carried back: as good for this as one at a time, and as fast as memory. */
static guint64
digest (const char *content, gsize length)
{
  guint64 sum = FNV_OFFSET ^ length;

  for (gsize i = 0; i < length; i += sizeof (guint64))
    {
      guint64 word = 0;

      memcpy (&word, content + i, MIN (sizeof word, length - i));
      sum = (sum ^ word) * FNV_PRIME;
      sum ^= sum >> 29;
    }
  return sum;
}

/* What was written just now may be written again with the same time: then the time says nothing, and is left out. */
#define SETTLED_US (2 * G_USEC_PER_SEC)

static gint64
get_settled_time (const struct stat *status)
{
  gint64 modified_us = (gint64) status->st_mtim.tv_sec * G_USEC_PER_SEC + status->st_mtim.tv_nsec / 1000;

  return g_get_real_time () - modified_us > SETTLED_US ? modified_us : 0;
}

static gboolean
look (const char *path, HrFileMark *mark)
{
  struct stat status;

  *mark = HR_FILE_MARK_NONE;
  if (stat (path, &status) != 0)
    return FALSE;
  mark->modified_us = get_settled_time (&status);
  mark->size_bytes = status.st_size;
  return TRUE;
}

HrFileMark
hr_file_mark_of_content (const char *path, const char *content, gsize length)
{
  HrFileMark mark;

  look (path, &mark);
  mark.size_bytes = (gint64) length; /* if it is another by now, it has been changed */
  mark.digest = digest (content, length);
  return mark;
}

HrFileMark
hr_file_mark_of_file (const char *path)
{
  g_autoptr (GBytes) bytes = hr_file_read (path, NULL);
  gconstpointer content;
  gsize length;

  if (bytes == NULL)
    return HR_FILE_MARK_NONE;
  content = g_bytes_get_data (bytes, &length);
  return hr_file_mark_of_content (path, content, length);
}

gboolean
hr_file_mark_is_overtaken (HrFileMark *self, const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  HrFileMark present;
  gconstpointer content;
  gsize length;

  if (!look (path, &present))
    return FALSE;
  if (present.size_bytes != self->size_bytes)
    return TRUE;
  if (present.modified_us != 0 && present.modified_us == self->modified_us)
    return FALSE;

  bytes = hr_file_read (path, NULL);
  if (bytes == NULL)
    return FALSE;
  content = g_bytes_get_data (bytes, &length);
  if (length != (gsize) self->size_bytes || digest (content, length) != self->digest)
    return TRUE;
  self->modified_us = present.modified_us;
  return FALSE;
}

char *
hr_file_mark_print (const HrFileMark *self)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT, self->modified_us,
                          self->size_bytes, self->digest);
}

gboolean
hr_file_mark_parse (HrFileMark *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  *self = HR_FILE_MARK_NONE;
  return g_strv_length (parts) == 3
         && g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64, &self->modified_us, NULL)
         && g_ascii_string_to_signed (parts[1], 10, -1, G_MAXINT64, &self->size_bytes, NULL)
         && g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXUINT64, &self->digest, NULL);
}
