/*
 * Values as a cell shows them.
 *
 * One line each, without control characters. A uuid, wherever it stands, keeps its first eight and last four digits;
 * what is longer than any cell is cut before it is measured, so that a value of 400 KB costs no more than another.
 */

#include "render/cell-text.h"

#include "model/base/i18n.h"
#include "model/value/codec.h"

#define CELL_BYTES_MAX     320 /* more than the widest cell shows */
#define DESCRIPTION_MAX    600
#define CELL_DEPTH_MAX     8   /* deeper containers show as an ellipsis */
#define IDENTIFIER_CHARS   8
#define UUID_CHARS         36
#define UUID_HEAD          8
#define UUID_TAIL          4
#define BINARY_BYTES_SHOWN 24
#define ELLIPSIS           "…"

/* A text that grows up to a limit; @is_cut tells that something was left out. */
typedef struct
{
  HrBuffer buffer;
  gsize limit;
  gboolean is_cut;
} Line;

static void
add (Line *line, const char *text, gsize length)
{
  if (line->buffer.length + length > line->limit)
    {
      length = line->limit - MIN (line->limit, line->buffer.length);
      while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
        length--;
      line->is_cut = TRUE;
    }
  hr_buffer_append (&line->buffer, text, length);
}

static gboolean
is_full (const Line *line)
{
  return line->is_cut;
}

static gboolean
is_uuid (const char *text, gsize length)
{
  if (length < UUID_CHARS)
    return FALSE;
  for (guint i = 0; i < UUID_CHARS; i++)
    {
      gboolean is_dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (is_dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]))
        return FALSE;
    }
  return length == UUID_CHARS || !g_ascii_isalnum (text[UUID_CHARS]);
}

/* Control characters become blanks; they would be drawn as boxes or break the line. */
static void
add_character (Line *line, const char *text, gsize length)
{
  if (length == 1 && ((guchar) *text < 0x20 || *text == 0x7f))
    add (line, " ", 1);
  else
    add (line, text, length);
}

static void
add_string (Line *line, const char *text, gsize length, gboolean shorten_uuids)
{
  gsize i = 0;

  while (i < length && !is_full (line))
    {
      gboolean at_start = i == 0 || !g_ascii_isalnum (text[i - 1]);

      if (shorten_uuids && at_start && is_uuid (text + i, length - i))
        {
          gboolean was_cut = line->is_cut;

          add (line, text + i, UUID_HEAD);
          add (line, ELLIPSIS, strlen (ELLIPSIS));
          add (line, text + i + UUID_CHARS - UUID_TAIL, UUID_TAIL);
          line->is_cut = was_cut || line->buffer.length >= line->limit;
          i += UUID_CHARS;
        }
      else
        {
          gsize size = MIN ((gsize) (g_utf8_next_char (text + i) - (text + i)), length - i);

          add_character (line, text + i, size);
          i += size;
        }
    }
}

static void add_data (Line *line, const HrValue *value, gboolean shorten_uuids, guint depth);

static void
add_number (Line *line, const HrValue *value)
{
  char text[HR_DECIMAL_TEXT_MAX];

  add (line, text, hr_decimal_format_encoded ((const guint8 *) value->bytes, value->length, text));
}

static void
add_base64 (Line *line, const HrValue *value, gsize limit)
{
  g_auto (HrBuffer) encoded = HR_BUFFER_INIT;
  gboolean is_long = value->length > limit;

  hr_base64_encode (value->bytes, is_long ? limit : value->length, &encoded);
  add (line, encoded.data != NULL ? encoded.data : "", encoded.length);
  if (is_long)
    add (line, ELLIPSIS, strlen (ELLIPSIS));
}

static void
add_quoted (Line *line, const HrValue *value, gboolean shorten_uuids)
{
  add (line, "\"", 1);
  add_string (line, value->bytes, value->length, shorten_uuids);
  add (line, "\"", 1);
}

static void
add_members (Line *line, const HrValue *map, gboolean shorten_uuids, guint depth)
{
  add (line, "{", 1);
  for (guint i = 0; i < map->length && !is_full (line); i++)
    {
      const HrMember *member = &map->members[i];

      if (i > 0)
        add (line, ", ", 2);
      add_string (line, member->name, member->name_length, FALSE);
      add (line, ": ", 2);
      add_data (line, &member->value, shorten_uuids, depth + 1);
    }
  add (line, "}", 1);
}

static void
add_elements (Line *line, const HrValue *value, gboolean shorten_uuids, guint depth)
{
  gboolean is_list = value->type == HR_TYPE_L;

  add (line, is_list ? "[" : "{", 1);
  for (guint i = 0; i < value->length && !is_full (line); i++)
    {
      if (i > 0)
        add (line, ", ", 2);
      add_data (line, &value->elements[i], shorten_uuids, depth + 1);
    }
  add (line, is_list ? "]" : "}", 1);
}

/* JSON as people would write it on a board: names without quotes, sets in braces. */
static void
add_data (Line *line, const HrValue *value, gboolean shorten_uuids, guint depth)
{
  if (depth > CELL_DEPTH_MAX && shorten_uuids)
    {
      add (line, ELLIPSIS, strlen (ELLIPSIS));
      return;
    }
  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
      add_quoted (line, value, shorten_uuids);
      break;
    case HR_TYPE_N:
      add_number (line, value);
      break;
    case HR_TYPE_B:
      add_base64 (line, value, shorten_uuids ? BINARY_BYTES_SHOWN : G_MAXUINT32);
      break;
    case HR_TYPE_BOOL:
      add (line, value->boolean ? "true" : "false", value->boolean ? 4 : 5);
      break;
    case HR_TYPE_NULL:
      add (line, "null", 4);
      break;
    case HR_TYPE_M:
      add_members (line, value, shorten_uuids, depth);
      break;
    case HR_TYPE_L:
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      add_elements (line, value, shorten_uuids, depth);
      break;
    case HR_N_TYPES:
      break;
    }
}

static void
finish (HrCellText *self, Line *line, HrArena *arena)
{
  if (line->is_cut)
    {
      hr_buffer_append_string (&line->buffer, ELLIPSIS);
      self->is_shortened = TRUE;
    }
  self->text = hr_arena_strndup (arena, line->buffer.data != NULL ? line->buffer.data : "", line->buffer.length);
  self->length = line->buffer.length;
  hr_buffer_clear (&line->buffer);
}

static gboolean
is_identifier (const HrValue *value)
{
  gboolean has_digit = FALSE;

  if (value->length < IDENTIFIER_CHARS)
    return FALSE;
  for (guint32 i = 0; i < value->length; i++)
    {
      guchar c = (guchar) value->bytes[i];

      if (c <= ' ' || c >= 0x7f)
        return FALSE;
      has_digit = has_digit || g_ascii_isdigit (c);
    }
  return has_digit;
}

static void
init_string (HrCellText *self, const HrValue *value, Line *line)
{
  self->kind = value->length == 0 ? HR_CELL_EMPTY : is_identifier (value) ? HR_CELL_IDENTIFIER : HR_CELL_PROSE;
  if (value->length == 0)
    add (line, "“”", strlen ("“”"));
  else
    add_string (line, value->bytes, value->length, TRUE);
  /* a uuid is longer than what stands for it, and nothing else changes the length */
  self->is_shortened = value->length > 0 && line->buffer.length != value->length;
}

static void
init_binary (HrCellText *self, const HrValue *value, Line *line, HrArena *arena)
{
  const char *bytes = hr_arena_printf (arena, ngettext_ ("%u byte", "%u bytes", value->length), value->length);

  self->kind = HR_CELL_DATA;
  self->is_shortened = value->length > BINARY_BYTES_SHOWN;
  add_base64 (line, value, BINARY_BYTES_SHOWN);
  if (value->length > 0)
    add (line, " · ", strlen (" · "));
  add (line, bytes, strlen (bytes));
}

void
hr_cell_text_init (HrCellText *self, const HrValue *value, HrArena *arena)
{
  static const HrCellKind kinds[HR_N_TYPES] = {
    [HR_TYPE_N] = HR_CELL_NUMBER, [HR_TYPE_BOOL] = HR_CELL_PROSE, [HR_TYPE_NULL] = HR_CELL_NULL,
    [HR_TYPE_M] = HR_CELL_DATA,   [HR_TYPE_L] = HR_CELL_DATA,     [HR_TYPE_SS] = HR_CELL_DATA,
    [HR_TYPE_NS] = HR_CELL_DATA,  [HR_TYPE_BS] = HR_CELL_DATA,
  };
  Line line = { HR_BUFFER_INIT, CELL_BYTES_MAX, FALSE };

  *self = (HrCellText) { .kind = HR_CELL_MISSING };
  if (value == NULL)
    add (&line, "–", strlen ("–"));
  else if (value->type == HR_TYPE_S)
    init_string (self, value, &line);
  else if (value->type == HR_TYPE_B)
    init_binary (self, value, &line, arena);
  else
    {
      self->kind = kinds[value->type];
      add_data (&line, value, TRUE, 0);
    }
  finish (self, &line, arena);
}

void
hr_cell_text_init_key (HrCellText *self, const HrValue *value, HrArena *arena)
{
  hr_cell_text_init (self, value, arena);
  if (self->kind == HR_CELL_PROSE)
    self->kind = HR_CELL_IDENTIFIER;
}

HrTextLook
hr_cell_text_get_look (const HrCellText *self)
{
  static const HrTextLook looks[] = {
    [HR_CELL_MISSING] = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT_FAINT },
    [HR_CELL_EMPTY] = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT_FAINT },
    [HR_CELL_PROSE] = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT },
    [HR_CELL_IDENTIFIER] = { .style = HR_STYLE_CAPTION_MONO, .color = HR_COLOR_TEXT_DIM },
    [HR_CELL_NUMBER] = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT },
    [HR_CELL_NULL] = { .style = HR_STYLE_CAPTION_MONO, .color = HR_COLOR_TEXT_DIM },
    [HR_CELL_DATA] = { .style = HR_STYLE_CAPTION_MONO, .color = HR_COLOR_TEXT_DIM },
  };

  return looks[self->kind];
}

char *
hr_cell_dup_text (const HrValue *value)
{
  Line line = { HR_BUFFER_INIT, G_MAXUINT32, FALSE };

  if (value->type == HR_TYPE_S)
    hr_buffer_append (&line.buffer, value->bytes, value->length);
  else
    add_data (&line, value, FALSE, 0);
  return hr_buffer_steal (&line.buffer, NULL);
}

const char *
hr_cell_describe (const HrValue *value, HrArena *arena)
{
  Line line = { HR_BUFFER_INIT, DESCRIPTION_MAX, FALSE };
  HrCellText text = { 0 };

  if (value->type == HR_TYPE_S)
    add_string (&line, value->bytes, value->length, FALSE);
  else
    add_data (&line, value, FALSE, 0);
  finish (&text, &line, arena);
  return text.text;
}

const char *
hr_format_size (HrArena *arena, guint64 size_bytes)
{
  static const char *const formats[] = { N_ ("%.1f KB"), N_ ("%.1f MB"), N_ ("%.1f GB"), N_ ("%.1f TB") };
  double size = size_bytes / 1024.0;
  guint unit = 0;

  if (size_bytes < 1024)
    return hr_arena_printf (arena, _ ("%u B"), (guint) size_bytes);
  for (; size >= 1024 && unit + 1 < G_N_ELEMENTS (formats); unit++)
    size /= 1024;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return hr_arena_printf (arena, _ (formats[unit]), size);
#pragma GCC diagnostic pop
}

/* Translations take texts: the format of a 64-bit number differs between machines. */
const char *
hr_format_count (HrArena *arena, guint64 count)
{
  return hr_arena_printf (arena, "%" G_GUINT64_FORMAT, count);
}

const char *
hr_format_items (HrArena *arena, guint64 count)
{
  return hr_arena_printf (arena, ngettext_ ("%s item", "%s items", count), hr_format_count (arena, count));
}

const char *
hr_format_partitions (HrArena *arena, guint64 count)
{
  return hr_arena_printf (arena, ngettext_ ("%s partition", "%s partitions", count), hr_format_count (arena, count));
}
