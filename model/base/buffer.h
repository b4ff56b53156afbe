#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/**
 * HrBuffer: a growing run of bytes, for writers of JSON and of records.
 *
 * A plain value: HR_BUFFER_INIT, then append, then hr_buffer_clear() or hr_buffer_steal().
 * Bytes may contain NUL; hr_buffer_steal() puts one more NUL behind the content.
 */
typedef struct
{
  char *data;
  gsize length;
  gsize capacity;
} HrBuffer;

#define HR_BUFFER_INIT { NULL, 0, 0 }

void   hr_buffer_clear      (HrBuffer *buffer);
/** The content, to be freed with g_free(); @buffer is empty afterwards. */
char  *hr_buffer_steal      (HrBuffer *buffer, gsize *length);
GBytes *hr_buffer_steal_bytes (HrBuffer *buffer);
void   hr_buffer_printf     (HrBuffer *buffer, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** Makes the block larger; the slow half of hr_buffer_reserve(). */
void   hr_buffer_grow       (HrBuffer *buffer, gsize extra);

/**
 * Makes room for @extra more bytes and one NUL, and returns where they go; does not change the length.
 * The result is valid until the buffer grows, also when @extra is 0.
 */
static inline char *
hr_buffer_reserve (HrBuffer *buffer, gsize extra)
{
  if (G_UNLIKELY (buffer->capacity - buffer->length <= extra))
    hr_buffer_grow (buffer, extra);
  return buffer->data + buffer->length;
}

static inline void
hr_buffer_append (HrBuffer *buffer, gconstpointer data, gsize length)
{
  if (length > 0)
    memcpy (hr_buffer_reserve (buffer, length), data, length);
  buffer->length += length;
}

static inline void
hr_buffer_append_char (HrBuffer *buffer, char c)
{
  *hr_buffer_reserve (buffer, 1) = c;
  buffer->length++;
}

static inline void
hr_buffer_append_string (HrBuffer *buffer, const char *text)
{
  hr_buffer_append (buffer, text, strlen (text));
}

static inline void
hr_buffer_truncate (HrBuffer *buffer, gsize length)
{
  buffer->length = length;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrBuffer, hr_buffer_clear)

G_END_DECLS
