#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Files on disk. Names are in the file system's encoding.
 */

/** The whole content (`-` is standard input), at most 4 GiB; NULL with a message that names the file. */
GBytes  *hr_file_read (const char *name, GError **error);

/** Past the byte order mark that editors of other systems begin a text with. */
void     hr_text_skip_mark (const char **text, gsize *length);

/**
 * Replaces the file atomically: write beside it, fsync, rename, fsync of the folder; keeps mode bits and
 * follows a symbolic link to its target. When @backup, the version that was there is kept as NAME~ (beside
 * the target) first. On any failure the old file is as it was. `-` is standard output; devices and pipes are
 * written directly.
 */
gboolean hr_file_save (const char *name, const char *content, gsize length, gboolean backup, GError **error);

G_END_DECLS
