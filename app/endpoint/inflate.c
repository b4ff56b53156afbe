/*
 * Compressed request bodies.
 *
 * A few kilobytes of gzip can stand for gigabytes, so the output is made in steps and given up at a limit.
 */

#include "app/endpoint/inflate.h"

#include <zlib.h>

#define STEP_BYTES ((gsize) 64 * 1024)

static int
inflate_step (z_stream *stream, gsize limit, HrBuffer *out)
{
  gsize room = MIN (STEP_BYTES, limit - out->length);
  int code;

  stream->next_out = (Bytef *) hr_buffer_reserve (out, room);
  stream->avail_out = (uInt) room;
  code = inflate (stream, Z_NO_FLUSH);
  out->length += room - stream->avail_out;
  return code;
}

HrInflateResult
hr_inflate (const char *data, gsize length, gsize limit, HrBuffer *out)
{
  z_stream stream = { .next_in = (Bytef *) data, .avail_in = (uInt) length };
  gsize last = out->length + limit;
  int code;

  if (length > G_MAXUINT32 || inflateInit2 (&stream, 16 + MAX_WBITS) != Z_OK)
    return HR_INFLATE_BROKEN;
  /* one byte more than allowed tells an end from a beginning of too much */
  do
    code = inflate_step (&stream, last + 1, out);
  while (code == Z_OK && out->length <= last);
  inflateEnd (&stream);

  if (out->length > last)
    return HR_INFLATE_TOO_LARGE;
  return code == Z_STREAM_END && stream.avail_in == 0 ? HR_INFLATE_DONE : HR_INFLATE_BROKEN;
}
