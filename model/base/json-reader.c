/*
 * The pull reader of JSON, and the tree built on top of it.
 *
 * There is one grammar: the pull functions. Reading a tree and skipping a value are loops over them with a
 * stack of their own, so that no text, however deep, can exhaust the C stack. Children of an open container
 * wait on a scratch stack and move into the arena together when it closes, so arrays and objects are
 * contiguous. Strings that are long or not plain are read in json-string.c.
 */
#include "model/base/json-reader-private.h"
#include "model/base/json-scan.h"

#include <string.h>

#include "model/base/i18n.h"

#define TICKS_PER_LOOK 4096

gboolean
hr_json_reader_fail (HrJsonReader *reader, const char *at, const char *message)
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

/* Scalars */

/*
 * The string at the cursor; @text may be NULL when only the grammar matters. Most strings are short and
 * plain: the first block holds them whole.
 */
static inline gboolean
read_string (HrJsonReader *reader, const char **text, guint32 *length)
{
  const char *start = reader->cursor + 1;
  gsize run = HR_JSON_BLOCK;

  if (G_LIKELY ((gsize) (reader->end - start) >= HR_JSON_BLOCK))
    run = hr_json_scan_block (start, TRUE);
  if (run == HR_JSON_BLOCK || start[run] != '"')
    return hr_json_reader_read_any_string (reader, text, length);

  reader->cursor = start + run + 1;
  if (text != NULL)
    {
      *text = start;
      *length = (guint32) run;
    }
  return TRUE;
}

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
    return hr_json_reader_fail (reader, cursor, N_("expected a digit"));
  if (*digits == '0' && cursor - digits > 1)
    return hr_json_reader_fail (reader, digits, N_("a number must not begin with zeros"));

  if (cursor < end && *cursor == '.')
    {
      digits = ++cursor;
      cursor = skip_digits (cursor, end);
      if (cursor == digits)
        return hr_json_reader_fail (reader, cursor, N_("expected a digit"));
    }
  if (cursor < end && (*cursor == 'e' || *cursor == 'E'))
    {
      cursor++;
      cursor += cursor < end && (*cursor == '+' || *cursor == '-');
      digits = cursor;
      cursor = skip_digits (cursor, end);
      if (cursor == digits)
        return hr_json_reader_fail (reader, cursor, N_("expected a digit"));
    }
  reader->cursor = cursor;
  return TRUE;
}

static gboolean
read_word (HrJsonReader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->cursor) < length || memcmp (reader->cursor, word, length) != 0)
    return hr_json_reader_fail (reader, reader->cursor, N_("expected a value"));
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
    .end = text,
    .arena = arena,
    .cancel = cancel,
    .max_depth = MIN (max_depth, HR_JSON_DEPTH_CEILING),
  };
  if (length < G_MAXUINT32)
    reader->end += length;
  else
    hr_json_reader_fail (reader, text, N_("the text is too long"));
}

static gboolean
look_at_cancel (HrJsonReader *reader)
{
  reader->ticks = 0;
  if (!hr_cancel_is_raised (reader->cancel))
    return TRUE;
  reader->error.cancelled = TRUE;
  return hr_json_reader_fail (reader, reader->cursor, N_("cancelled"));
}

/* The type of a value by its first character, plus one: what is missing begins no value. */
#define STARTS(type) (1 + HR_JSON_##type)

static const guint8 types_by_start[256] = {
  ['n'] = STARTS (NULL),   ['f'] = STARTS (FALSE),  ['t'] = STARTS (TRUE),   ['"'] = STARTS (STRING),
  ['['] = STARTS (ARRAY),  ['{'] = STARTS (OBJECT), ['-'] = STARTS (NUMBER), ['0' ... '9'] = STARTS (NUMBER),
};

static inline gboolean
reader_peek (HrJsonReader *reader, HrJsonType *type)
{
  guint8 found;

  *type = HR_JSON_NULL;
  if (G_UNLIKELY (hr_json_reader_failed (reader)))
    return FALSE;
  if (G_UNLIKELY (++reader->ticks >= TICKS_PER_LOOK) && !look_at_cancel (reader))
    return FALSE;

  skip_space (reader);
  found = reader->cursor < reader->end ? types_by_start[(guchar) *reader->cursor] : 0;
  if (G_UNLIKELY (found == 0))
    return hr_json_reader_fail (reader, reader->cursor, N_("expected a value"));
  *type = (HrJsonType) (found - 1);
  return TRUE;
}

HrJsonType
hr_json_reader_peek (HrJsonReader *reader)
{
  HrJsonType type;

  reader_peek (reader, &type);
  return type;
}

static inline gboolean
reader_open (HrJsonReader *reader)
{
  if (reader->depth >= reader->max_depth)
    return hr_json_reader_fail (reader, reader->cursor, N_("this is nested too deeply"));
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
                                : hr_json_reader_fail (reader, reader->cursor, N_("expected an object"));
}

gboolean
hr_json_reader_enter_array (HrJsonReader *reader)
{
  HrJsonType type;

  if (!reader_peek (reader, &type))
    return FALSE;
  return type == HR_JSON_ARRAY ? reader_open (reader)
                               : hr_json_reader_fail (reader, reader->cursor, N_("expected an array"));
}

/* Moves to the next child of the open container; FALSE behind the container or after an error. */
static inline gboolean
reader_next (HrJsonReader *reader, char close, const char *expected)
{
  if (G_UNLIKELY (hr_json_reader_failed (reader)))
    return FALSE;

  skip_space (reader);
  if (reader->cursor == reader->end)
    return hr_json_reader_fail (reader, reader->cursor, expected);
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
        return hr_json_reader_fail (reader, reader->cursor, expected);
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
    return hr_json_reader_fail (reader, reader->cursor, N_("expected the name of a member"));
  if (name_range != NULL)
    name_range->start = offset_of (reader, reader->cursor);
  if (!read_string (reader, name, name_length))
    return FALSE;
  if (name_range != NULL)
    name_range->end = offset_of (reader, reader->cursor);

  skip_space (reader);
  if (reader->cursor == reader->end || *reader->cursor != ':')
    return hr_json_reader_fail (reader, reader->cursor, N_("expected a colon"));
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
         || hr_json_reader_fail (reader, reader->cursor, N_("nothing may follow the value"));
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
