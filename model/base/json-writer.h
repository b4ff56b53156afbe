#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"

G_BEGIN_DECLS

/** Appends @text as a quoted JSON string: UTF-8 as it is, the rest escaped in its shortest form. */
void hr_json_write_string (HrBuffer *out, const char *text, gsize length);

/** Appends a colon or comma, with one space behind it when @spaced. */
static inline void
hr_json_write_mark (HrBuffer *out, char mark, gboolean spaced)
{
  char *to = hr_buffer_reserve (out, 2);

  to[0] = mark;
  to[1] = ' ';
  out->length += spaced ? 2 : 1;
}

/** Appends @json on one line, `{"a": 1, "b": [true]}` with one space behind : and , when @spaced. */
void hr_json_write_compact (HrBuffer *out, const HrJson *json, gboolean spaced);

/**
 * Appends @json with two-space indentation, starting at @indent levels (the first line is not indented). A short
 * container of scalars stays on one line: `{"S": "x"}`. */
void hr_json_write_pretty (HrBuffer *out, const HrJson *json, guint indent);

G_END_DECLS
