#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HrFileMark: how a file was when it was read or written, so that it can be told whether somebody else has changed it.
 * A plain value; all zero: there was none.
 */
typedef struct
{
  gint64 modified_us; /* by the file system's clock; 0: not known */
  gint64 size_bytes;  /* -1: there is no file */
  guint64 digest;     /* of the content */
} HrFileMark;

#define HR_FILE_MARK_NONE ((HrFileMark) { 0, -1, 0 })

/** Of @path, whose content is this. */
HrFileMark hr_file_mark_of_content (const char *path, const char *content, gsize length);
/** Of what is there now, whatever it is. */
HrFileMark hr_file_mark_of_file    (const char *path);
/**
 * Whether somebody else has put another content into the file. It is read only when it was written since, and the mark
 * knows the new time when the content is the same. FALSE also when the file is gone.
 */
gboolean   hr_file_mark_is_overtaken (HrFileMark *self, const char *path);

/** As a text, and back. FALSE when it is none. */
char      *hr_file_mark_print (const HrFileMark *self);
gboolean   hr_file_mark_parse (HrFileMark *self, const char *text);

G_END_DECLS
