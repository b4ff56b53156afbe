/*
 * A growing run of bytes.
 *
 * Room doubles, so appending costs constant time a byte. The fast path (there is room) is inline in the
 * header; this file only grows the block and hands it over.
 */
#include "model/base/buffer.h"

#define BUFFER_FIRST_CAPACITY ((gsize) 256)

void
hr_buffer_grow (HrBuffer *buffer, gsize extra)
{
  gsize needed;
  gsize capacity;

  if (!g_size_checked_add (&needed, buffer->length, extra) || needed >= G_MAXSSIZE)
    g_error ("cannot grow a buffer of %" G_GSIZE_FORMAT " bytes by %" G_GSIZE_FORMAT, buffer->length, extra);

  capacity = MAX (buffer->capacity * 2, BUFFER_FIRST_CAPACITY);
  capacity = MAX (capacity, needed + 1);
  buffer->data = g_realloc (buffer->data, capacity);
  buffer->capacity = capacity;
}

void
hr_buffer_clear (HrBuffer *buffer)
{
  g_free (buffer->data);
  *buffer = (HrBuffer) HR_BUFFER_INIT;
}

char *
hr_buffer_steal (HrBuffer *buffer, gsize *length)
{
  char *data;

  *hr_buffer_reserve (buffer, 0) = '\0';
  if (length != NULL)
    *length = buffer->length;
  data = buffer->data;
  *buffer = (HrBuffer) HR_BUFFER_INIT;
  return data;
}

GBytes *
hr_buffer_steal_bytes (HrBuffer *buffer)
{
  gsize length;
  char *data = hr_buffer_steal (buffer, &length);

  return g_bytes_new_take (data, length);
}

void
hr_buffer_printf (HrBuffer *buffer, const char *format, ...)
{
  va_list arguments;
  va_list again;
  gsize room;
  int length;

  va_start (arguments, format);
  va_copy (again, arguments);
  room = buffer->capacity - buffer->length;
  length = g_vsnprintf (room > 0 ? buffer->data + buffer->length : NULL, room, format, arguments);
  length = MAX (length, 0);
  if ((gsize) length >= room)
    g_vsnprintf (hr_buffer_reserve (buffer, (gsize) length + 1), (gsize) length + 1, format, again);
  buffer->length += (gsize) length;
  va_end (again);
  va_end (arguments);
}
