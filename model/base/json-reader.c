/*
 * The pull reader of JSON, and the tree built on top of it.
 *
 * There is one grammar: the pull functions. Reading a tree and skipping a value are loops over them with a
 * stack of their own, so that no text, however deep, can exhaust the C stack. Strings are scanned a block at
 * a time; only those with an escape are copied. Children of an open container wait on a scratch stack and move
 * into the arena together when it closes, so arrays and objects are contiguous.
 */
#include "model/base/json-reader.h"

#include "model/base/json-scan.h"

#include <string.h>

#define TICKS_PER_LOOK 4096

static gboolean
reader_fail (HrJsonReader *reader, const char *at, const char *message)
{
  if (reader->error.message == NULL)
    {
      reader->error.message = message;
      reader->error.offset = (guint32) (at - reader->text);
    }
  return FALSE;
}

static guint32
offset_of (const HrJsonReader *reader, const char *at)
{
  return (guint32) (at - reader->text);
}

static inline void
skip_space (HrJsonReader *reader)
{
  const char *cursor = reader->cursor;

  if (G_LIKELY (cursor < reader->end && (guchar) *cursor > ' '))
    return;
  while (cursor < reader->end && (*cursor == ' ' || *cursor == '\n' || *cursor == '\r' || *cursor == '\t'))
    cursor++;
  reader->cursor = cursor;
}

/* Strings */

static inline const char *
skip_plain (const char *cursor, const char *end)
{
  while ((gsize) (end - cursor) >= HR_JSON_BLOCK)
    {
      gsize run = hr_json_scan_block (cursor, TRUE);

      cursor += run;
      if (run < HR_JSON_BLOCK)
        return cursor;
    }
  while (cursor < end && !hr_json_is_special ((guchar) *cursor) && (guchar) *cursor < 0x80)
    cursor++;
  return cursor;
}

static inline gboolean
is_tail (const char *cursor, const char *end, guchar low, guchar high)
{
  return cursor < end && (guchar) *cursor >= low && (guchar) *cursor <= high;
}

/*
 * Behind the character at @cursor (not ASCII), or NULL when it is not well-formed: the ranges are those
 * of the Unicode standard, table 3-7, which leaves out surrogates and overlong forms.
 */
static const char *
skip_utf8 (const char *cursor, const char *end)
{
  guchar lead = (guchar) *cursor++;
  guchar low = 0x80;
  guchar high = 0xbf;
  guint tails;

  if (lead < 0xc2 || lead > 0xf4)
    return NULL;
  tails = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  if (lead == 0xe0)
    low = 0xa0;
  else if (lead == 0xed)
    high = 0x9f;
  else if (lead == 0xf0)
    low = 0x90;
  else if (lead == 0xf4)
    high = 0x8f;

  if (!is_tail (cursor++, end, low, high))
    return NULL;
  for (; tails > 1; tails--)
    {
      if (!is_tail (cursor++, end, 0x80, 0xbf))
        return NULL;
    }
  return cursor;
}

/* The number that four hexadecimal digits at @cursor write, or -1. */
static int
read_hex4 (const char *cursor, const char *end)
{
  int value = 0;

  if (end - cursor < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (cursor[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* The character that the escape at *@cursor stands for, moving behind it; -1 when it is none. */
static int
read_escape (const char **cursor, const char *end)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;
  int unit;
  int second;

  if (end - *cursor < 2)
    return -1;
  if ((*cursor)[1] != 'u')
    {
      letter = (*cursor)[1] != '\0' ? strchr (letters, (*cursor)[1]) : NULL;
      *cursor += 2;
      return letter != NULL ? meanings[letter - letters] : -1;
    }

  unit = read_hex4 (*cursor + 2, end);
  *cursor += 6;
  if (unit < 0xd800 || unit > 0xdfff)
    return unit;
  if (unit > 0xdbff || end - *cursor < 6 || (*cursor)[0] != '\\' || (*cursor)[1] != 'u')
    return -1;
  second = read_hex4 (*cursor + 2, end);
  *cursor += 6;
  if (second < 0xdc00 || second > 0xdfff)
    return -1;
  return 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
}

/* Decodes a string whose escapes have been checked; never longer than what it was written as. */
static const char *
unescape (HrArena *arena, const char *cursor, const char *end, guint32 *length)
{
  char *text = hr_arena_alloc (arena, (gsize) (end - cursor) + 1);
  char *to = text;

  while (cursor < end)
    {
      const char *backslash = memchr (cursor, '\\', (gsize) (end - cursor));
      gsize run = (gsize) ((backslash != NULL ? backslash : end) - cursor);

      memcpy (to, cursor, run);
      to += run;
      cursor += run;
      if (backslash != NULL)
        to += g_unichar_to_utf8 ((gunichar) read_escape (&cursor, end), to);
    }
  *to = '\0';
  *length = (guint32) (to - text);
  return text;
}

static gboolean
read_any_string (HrJsonReader *reader, const char **text, guint32 *length)
{
  const char *start = reader->cursor + 1;
  const char *cursor = start;
  gboolean has_escape = FALSE;

  for (;;)
    {
      const char *stop = skip_plain (cursor, reader->end);

      cursor = stop;
      if (cursor == reader->end)
        return reader_fail (reader, start - 1, "this string is not closed");
      if (*cursor == '"')
        break;
      if (*cursor == '\\')
        {
          has_escape = TRUE;
          if (read_escape (&cursor, reader->end) < 0)
            return reader_fail (reader, stop, "this is no valid escape");
        }
      else if ((guchar) *cursor < 0x20)
        return reader_fail (reader, stop, "a control character must be escaped");
      else if ((cursor = skip_utf8 (cursor, reader->end)) == NULL)
        return reader_fail (reader, stop, "this is no valid UTF-8");
    }

  reader->cursor = cursor + 1;
  if (text == NULL)
    return TRUE;
  *text = start;
  *length = (guint32) (cursor - start);
  if (has_escape)
    *text = unescape (reader->arena, start, cursor, length);
  return TRUE;
}

/*
 * The string at the cursor; @text may be NULL when only the grammar matters. Most strings are short and plain:
 * the first block holds them whole.
 */
static inline gboolean
read_string (HrJsonReader *reader, const char **text, guint32 *length)
{
  const char *start = reader->cursor + 1;
  gsize run = HR_JSON_BLOCK;

  if (G_LIKELY ((gsize) (reader->end - start) >= HR_JSON_BLOCK))
    run = hr_json_scan_block (start, TRUE);
  if (run == HR_JSON_BLOCK || start[run] != '"')
    return read_any_string (reader, text, length);

  reader->cursor = start + run + 1;
  if (text != NULL)
    {
      *text = start;
      *length = (guint32) run;
    }
  return TRUE;
}

/* Other scalars */

static const char *
skip_digits (const char *cursor, const char *end)
{
  while (cursor < end && g_ascii_isdigit (*cursor))
    cursor++;
  return cursor;
}

static gboolean
read_number (HrJsonReader *reader)
{
  const char *end = reader->end;
  const char *cursor = reader->cursor;
  const char *digits;

  cursor += *cursor == '-';
  digits = cursor;
  cursor = skip_digits (cursor, end);
  if (cursor == digits)
    return reader_fail (reader, cursor, "expected a digit");
  if (*digits == '0' && cursor - digits > 1)
    return reader_fail (reader, digits, "a number must not begin with zeros");

  if (cursor < end && *cursor == '.')
    {
      digits = ++cursor;
      cursor = skip_digits (cursor, end);
      if (cursor == digits)
        return reader_fail (reader, cursor, "expected a digit");
    }
  if (cursor < end && (*cursor == 'e' || *cursor == 'E'))
    {
      cursor++;
      cursor += cursor < end && (*cursor == '+' || *cursor == '-');
      digits = cursor;
      cursor = skip_digits (cursor, end);
      if (cursor == digits)
        return reader_fail (reader, cursor, "expected a digit");
    }
  reader->cursor = cursor;
  return TRUE;
}

static gboolean
read_word (HrJsonReader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->cursor) < length || memcmp (reader->cursor, word, length) != 0)
    return reader_fail (reader, reader->cursor, "expected a value");
  reader->cursor += length;
  return TRUE;
}

/* The scalar at the cursor; @value may be NULL when only the grammar matters. */
static gboolean
read_scalar (HrJsonReader *reader, HrJsonType type, HrJson *value)
{
  const char *start = reader->cursor;

  switch (type)
    {
    case HR_JSON_STRING:
      return read_string (reader, value != NULL ? &value->text : NULL, value != NULL ? &value->length : NULL);
    case HR_JSON_NUMBER:
      if (!read_number (reader))
        return FALSE;
      if (value != NULL)
        {
          value->text = start;
          value->length = (guint32) (reader->cursor - start);
        }
      return TRUE;
    case HR_JSON_NULL:
      return read_word (reader, "null");
    case HR_JSON_FALSE:
      return read_word (reader, "false");
    case HR_JSON_TRUE:
      return read_word (reader, "true");
    case HR_JSON_ARRAY:
    case HR_JSON_OBJECT:
      break;
    }
  g_return_val_if_reached (FALSE);
}

/* The pull interface */

void
hr_json_reader_init (HrJsonReader *reader, const char *text, gsize length, guint max_depth, HrArena *arena,
                     const HrCancel *cancel)
{
  if (text == NULL)
    text = "";
  *reader = (HrJsonReader) {
    .text = text,
    .cursor = text,
    .end = text + length,
    .arena = arena,
    .cancel = cancel,
    .max_depth = MIN (max_depth, HR_JSON_DEPTH_CEILING),
  };
  if (length >= G_MAXUINT32)
    {
      reader->end = text;
      reader_fail (reader, text, "the text is too long");
    }
}

static gboolean
look_at_cancel (HrJsonReader *reader)
{
  reader->ticks = 0;
  if (!hr_cancel_is_raised (reader->cancel))
    return TRUE;
  reader->error.cancelled = TRUE;
  return reader_fail (reader, reader->cursor, "cancelled");
}

/* The type of a value by its first character, plus one: what is missing begins no value. */
static const guint8 types_by_start[256] = {
  ['n'] = 1 + HR_JSON_NULL,   ['f'] = 1 + HR_JSON_FALSE,  ['t'] = 1 + HR_JSON_TRUE,   ['-'] = 1 + HR_JSON_NUMBER,
  ['0'] = 1 + HR_JSON_NUMBER, ['1'] = 1 + HR_JSON_NUMBER, ['2'] = 1 + HR_JSON_NUMBER, ['3'] = 1 + HR_JSON_NUMBER,
  ['4'] = 1 + HR_JSON_NUMBER, ['5'] = 1 + HR_JSON_NUMBER, ['6'] = 1 + HR_JSON_NUMBER, ['7'] = 1 + HR_JSON_NUMBER,
  ['8'] = 1 + HR_JSON_NUMBER, ['9'] = 1 + HR_JSON_NUMBER, ['"'] = 1 + HR_JSON_STRING, ['['] = 1 + HR_JSON_ARRAY,
  ['{'] = 1 + HR_JSON_OBJECT,
};

static inline gboolean
reader_peek (HrJsonReader *reader, HrJsonType *type)
{
  guint8 found;

  if (G_UNLIKELY (hr_json_reader_failed (reader)))
    return FALSE;
  if (G_UNLIKELY (++reader->ticks >= TICKS_PER_LOOK) && !look_at_cancel (reader))
    return FALSE;

  skip_space (reader);
  found = reader->cursor < reader->end ? types_by_start[(guchar) *reader->cursor] : 0;
  if (G_UNLIKELY (found == 0))
    return reader_fail (reader, reader->cursor, "expected a value");
  *type = (HrJsonType) (found - 1);
  return TRUE;
}

HrJsonType
hr_json_reader_peek (HrJsonReader *reader)
{
  HrJsonType type;

  return reader_peek (reader, &type) ? type : HR_JSON_NULL;
}

static inline gboolean
reader_open (HrJsonReader *reader)
{
  if (reader->depth >= reader->max_depth)
    return reader_fail (reader, reader->cursor, "this is nested too deeply");
  reader->depth++;
  reader->cursor++;
  reader->first = TRUE;
  return TRUE;
}

gboolean
hr_json_reader_enter_object (HrJsonReader *reader)
{
  HrJsonType type;

  if (!reader_peek (reader, &type))
    return FALSE;
  return type == HR_JSON_OBJECT ? reader_open (reader)
                                : reader_fail (reader, reader->cursor, "expected an object");
}

gboolean
hr_json_reader_enter_array (HrJsonReader *reader)
{
  HrJsonType type;

  if (!reader_peek (reader, &type))
    return FALSE;
  return type == HR_JSON_ARRAY ? reader_open (reader)
                               : reader_fail (reader, reader->cursor, "expected an array");
}

/* Moves to the next child of the open container; FALSE behind the container or after an error. */
static inline gboolean
reader_next (HrJsonReader *reader, char close, const char *expected)
{
  if (G_UNLIKELY (hr_json_reader_failed (reader)))
    return FALSE;

  skip_space (reader);
  if (reader->cursor == reader->end)
    return reader_fail (reader, reader->cursor, expected);
  if (*reader->cursor == close)
    {
      reader->cursor++;
      reader->depth--;
      reader->first = FALSE;
      return FALSE;
    }
  if (!reader->first)
    {
      if (*reader->cursor != ',')
        return reader_fail (reader, reader->cursor, expected);
      reader->cursor++;
    }
  reader->first = FALSE;
  return TRUE;
}

static inline gboolean
reader_next_element (HrJsonReader *reader)
{
  return reader_next (reader, ']', "expected a comma or the end of the array");
}

static inline gboolean
reader_next_member (HrJsonReader *reader, const char **name, guint32 *name_length, HrRange *name_range)
{
  if (!reader_next (reader, '}', "expected a comma or the end of the object"))
    return FALSE;

  skip_space (reader);
  if (reader->cursor == reader->end || *reader->cursor != '"')
    return reader_fail (reader, reader->cursor, "expected the name of a member");
  if (name_range != NULL)
    name_range->start = offset_of (reader, reader->cursor);
  if (!read_string (reader, name, name_length))
    return FALSE;
  if (name_range != NULL)
    name_range->end = offset_of (reader, reader->cursor);

  skip_space (reader);
  if (reader->cursor == reader->end || *reader->cursor != ':')
    return reader_fail (reader, reader->cursor, "expected a colon");
  reader->cursor++;
  return TRUE;
}

gboolean
hr_json_reader_next_element (HrJsonReader *reader)
{
  return reader_next_element (reader);
}

gboolean
hr_json_reader_next_member (HrJsonReader *reader, const char **name, guint32 *name_length,
                            HrRange *name_range)
{
  return reader_next_member (reader, name, name_length, name_range);
}

gboolean
hr_json_reader_skip (HrJsonReader *reader, HrRange *range)
{
  guint8 kinds[HR_JSON_DEPTH_CEILING]; /* HrJsonType of each container that this call opened */
  guint depth = 0;

  skip_space (reader);
  if (range != NULL)
    range->start = offset_of (reader, reader->cursor);
  do
    {
      HrJsonType type;

      if (!reader_peek (reader, &type))
        return FALSE;
      if (type < HR_JSON_ARRAY ? !read_scalar (reader, type, NULL) : !reader_open (reader))
        return FALSE;
      if (type >= HR_JSON_ARRAY)
        kinds[depth++] = (guint8) type;
      while (depth > 0
             && !(kinds[depth - 1] == HR_JSON_OBJECT ? reader_next_member (reader, NULL, NULL, NULL)
                                                     : reader_next_element (reader)))
        {
          if (hr_json_reader_failed (reader))
            return FALSE;
          depth--;
        }
    }
  while (depth > 0);
  if (range != NULL)
    range->end = offset_of (reader, reader->cursor);
  return TRUE;
}

gboolean
hr_json_reader_finish (HrJsonReader *reader)
{
  if (hr_json_reader_failed (reader))
    return FALSE;
  skip_space (reader);
  return reader->cursor == reader->end
         || reader_fail (reader, reader->cursor, "nothing may follow the value");
}

/* Trees */

/* The slot of a value ends its entry, so it is found from where the entries of its children begin. */
G_STATIC_ASSERT (sizeof (HrJsonMember) == G_STRUCT_OFFSET (HrJsonMember, value) + sizeof (HrJson));

typedef struct
{
  HrJsonReader *reader;
  char *entries; /* HrJson or HrJsonMember of every open container, one behind the other */
  gsize length;
  gsize capacity;
  guint depth;
  struct
  {
    gsize start; /* of the children in @entries */
    guint32 count;
    HrJsonType type;
  } open[HR_JSON_DEPTH_CEILING];
  char initial[4096] __attribute__ ((aligned (16)));
} Tree;

static G_GNUC_NO_INLINE void
tree_grow (Tree *tree)
{
  gboolean is_initial = tree->entries == tree->initial;

  tree->capacity *= 2;
  tree->entries = g_realloc (is_initial ? NULL : tree->entries, tree->capacity);
  if (is_initial)
    memcpy (tree->entries, tree->initial, tree->length);
}

static inline gpointer
tree_push (Tree *tree, gsize size)
{
  gpointer entry;

  if (G_UNLIKELY (tree->length + size > tree->capacity))
    tree_grow (tree);
  entry = tree->entries + tree->length;
  tree->length += size;
  return entry;
}

static inline HrJson *
slot_before (Tree *tree, gsize end)
{
  return (HrJson *) (gpointer) (tree->entries + end - sizeof (HrJson));
}

/* Reads a scalar into the newest slot, or opens the container that stands there. */
static gboolean
tree_read_value (Tree *tree)
{
  HrJsonReader *reader = tree->reader;
  HrJson *slot = slot_before (tree, tree->length);
  HrJsonType type;

  if (G_UNLIKELY (!reader_peek (reader, &type)))
    return FALSE;
  slot->type = type;
  slot->length = 0;
  slot->text = NULL;
  slot->range.start = offset_of (reader, reader->cursor);
  if (type < HR_JSON_ARRAY)
    {
      if (!read_scalar (reader, type, slot))
        return FALSE;
      slot->range.end = offset_of (reader, reader->cursor);
      return TRUE;
    }

  if (!reader_open (reader))
    return FALSE;
  tree->open[tree->depth].start = tree->length;
  tree->open[tree->depth].count = 0;
  tree->open[tree->depth].type = type;
  tree->depth++;
  return TRUE;
}

/* Makes a slot for the next child of the innermost container; FALSE at its end or after an error. */
static gboolean
tree_next_slot (Tree *tree)
{
  HrJsonMember *member;

  if (tree->open[tree->depth - 1].type == HR_JSON_ARRAY)
    {
      if (!reader_next_element (tree->reader))
        return FALSE;
      tree_push (tree, sizeof (HrJson));
    }
  else
    {
      member = tree_push (tree, sizeof (HrJsonMember));
      if (!reader_next_member (tree->reader, &member->name, &member->name_length, &member->name_range))
        {
          tree->length -= sizeof (HrJsonMember);
          return FALSE;
        }
    }
  tree->open[tree->depth - 1].count++;
  return TRUE;
}

static void
tree_close (Tree *tree)
{
  gsize start = tree->open[--tree->depth].start;
  HrJson *slot = slot_before (tree, start);

  slot->length = tree->open[tree->depth].count;
  if (slot->length > 0)
    slot->elements = hr_arena_memdup (tree->reader->arena, tree->entries + start, tree->length - start);
  slot->range.end = offset_of (tree->reader, tree->reader->cursor);
  tree->length = start;
}

static gboolean
tree_read (Tree *tree)
{
  tree_push (tree, sizeof (HrJson));
  do
    {
      if (!tree_read_value (tree))
        return FALSE;
      while (tree->depth > 0 && !tree_next_slot (tree))
        {
          if (hr_json_reader_failed (tree->reader))
            return FALSE;
          tree_close (tree);
        }
    }
  while (tree->depth > 0);
  return TRUE;
}

gboolean
hr_json_reader_read (HrJsonReader *reader, HrJson *value)
{
  Tree tree;
  gboolean done;

  tree.reader = reader;
  tree.entries = tree.initial;
  tree.length = 0;
  tree.capacity = sizeof tree.initial;
  tree.depth = 0;

  done = tree_read (&tree);
  if (done)
    *value = *slot_before (&tree, sizeof (HrJson));
  if (tree.entries != tree.initial)
    g_free (tree.entries);
  return done;
}

const HrJson *
hr_json_parse (HrArena *arena, const char *text, gsize length, guint max_depth, HrJsonError *error)
{
  HrJsonReader reader;
  HrJson value;

  hr_json_reader_init (&reader, text, length, max_depth, arena, NULL);
  if (hr_json_reader_read (&reader, &value) && hr_json_reader_finish (&reader))
    return hr_arena_memdup (arena, &value, sizeof value);
  if (error != NULL)
    *error = reader.error;
  return NULL;
}
