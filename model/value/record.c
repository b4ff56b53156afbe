/*
 * Items as bytes.
 *
 *   record  = version (1) width (1) billed-size (4) count (4) offset{count} entry{count}
 *   offset  = where the entry begins, from the start of the record, in `width` bytes (2 if all fit, else 4)
 *   entry   = varint name-length, name, value; sorted by name
 *   value   = tag, content; the tag is the type plus 16 for true
 *   content = S N B: varint length, bytes      BOOL NULL: nothing
 *             L SS NS BS: size (4) varint count, values (of sets: content without tags)
 *             M: size (4) varint count, entries
 *
 * Numbers are little-endian. The size of a container counts what is behind it, so that it can be stepped
 * over. Encoding measures first and then writes without looking at bounds; decoding looks at every bound.
 */
#include "model/value/record-private.h"

#include "model/base/service-limits.h"

#include <string.h>

#define RECORD_VERSION 1
#define HEADER_BYTES   10
#define TAG_TRUE       0x10
#define TAG_TYPE       0x0f

/* No value is nested deeper than the service allows; twice that bounds the recursion over damaged bytes. */
#define DEPTH_MAX (2 * HR_LIMIT_NESTING)

/* Measuring */

static gsize
varint_size (guint32 number)
{
  gsize size = 1;

  for (; number >= 0x80; number >>= 7)
    size++;
  return size;
}

static gsize value_size (const HrValue *value);

static gsize
bytes_size (guint32 length)
{
  return varint_size (length) + length;
}

static gsize
content_size (const HrValue *value)
{
  gsize size = 4 + varint_size (value->length);

  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
    case HR_TYPE_N:
    case HR_TYPE_B:
      return bytes_size (value->length);
    case HR_TYPE_BOOL:
    case HR_TYPE_NULL:
      return 0;
    case HR_TYPE_M:
      for (guint32 i = 0; i < value->length; i++)
        size += bytes_size (value->members[i].name_length) + value_size (&value->members[i].value);
      return size;
    case HR_TYPE_L:
      for (guint32 i = 0; i < value->length; i++)
        size += value_size (&value->elements[i]);
      return size;
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      for (guint32 i = 0; i < value->length; i++)
        size += bytes_size (value->elements[i].length);
      return size;
    case HR_N_TYPES:
      break;
    }
  g_return_val_if_reached (0);
}

static gsize
value_size (const HrValue *value)
{
  return 1 + content_size (value);
}

/* Writing */

static guint8 *
put_fixed (guint8 *to, guint32 number, guint width)
{
  for (guint i = 0; i < width; i++, number >>= 8)
    *to++ = (guint8) number;
  return to;
}

static guint8 *
put_varint (guint8 *to, guint32 number)
{
  for (; number >= 0x80; number >>= 7)
    *to++ = (guint8) (number | 0x80);
  *to++ = (guint8) number;
  return to;
}

static guint8 *
put_bytes (guint8 *to, const char *bytes, guint32 length)
{
  to = put_varint (to, length);
  if (length > 0)
    memcpy (to, bytes, length);
  return to + length;
}

static guint8 *put_value (guint8 *to, const HrValue *value);

static guint8 *
put_entry (guint8 *to, const HrMember *member)
{
  return put_value (put_bytes (to, member->name, member->name_length), &member->value);
}

static guint8 *
put_container (guint8 *to, const HrValue *value)
{
  guint8 *size = to;

  to = put_varint (to + 4, value->length);
  for (guint32 i = 0; i < value->length; i++)
    {
      if (value->type == HR_TYPE_M)
        to = put_entry (to, &value->members[i]);
      else if (value->type == HR_TYPE_L)
        to = put_value (to, &value->elements[i]);
      else
        to = put_bytes (to, value->elements[i].bytes, value->elements[i].length);
    }
  put_fixed (size, (guint32) (to - size - 4), 4);
  return to;
}

static guint8 *
put_value (guint8 *to, const HrValue *value)
{
  *to++ = (guint8) (value->type | (value->type == HR_TYPE_BOOL && value->boolean ? TAG_TRUE : 0));
  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
    case HR_TYPE_N:
    case HR_TYPE_B:
      return put_bytes (to, value->bytes, value->length);
    case HR_TYPE_M:
    case HR_TYPE_L:
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      return put_container (to, value);
    case HR_TYPE_BOOL:
    case HR_TYPE_NULL:
    case HR_N_TYPES:
      break;
    }
  return to;
}

void
hr_record_encode (const HrValue *item, HrBuffer *out)
{
  gsize entries = 0;
  gsize total;
  guint width;
  guint8 *start;
  guint8 *to;

  for (guint32 i = 0; i < item->length; i++)
    entries += bytes_size (item->members[i].name_length) + value_size (&item->members[i].value);
  total = HEADER_BYTES + 2 * (gsize) item->length + entries;
  width = total <= G_MAXUINT16 ? 2 : 4;
  total = HEADER_BYTES + width * (gsize) item->length + entries;
  g_return_if_fail (total <= G_MAXUINT32);

  start = (guint8 *) hr_buffer_reserve (out, total);
  start[0] = RECORD_VERSION;
  start[1] = (guint8) width;
  put_fixed (start + 2, (guint32) hr_item_size_bytes (item), 4);
  put_fixed (start + 6, item->length, 4);
  to = start + HEADER_BYTES + width * (gsize) item->length;
  for (guint32 i = 0; i < item->length; i++)
    {
      put_fixed (start + HEADER_BYTES + width * (gsize) i, (guint32) (to - start), width);
      to = put_entry (to, &item->members[i]);
    }
  out->length += total;
}

/* Reading */

typedef HrRecordCursor Cursor;

static gsize
room (const Cursor *cursor)
{
  return (gsize) (cursor->end - cursor->at);
}

static guint32
get_fixed (const guint8 *at, guint width)
{
  guint32 number = 0;

  for (guint i = 0; i < width; i++)
    number |= (guint32) at[i] << (8 * i);
  return number;
}

static inline gboolean
take_varint (Cursor *cursor, guint32 *number)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 35 && cursor->at < cursor->end; shift += 7)
    {
      guint8 byte = *cursor->at++;

      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        {
          *number = (guint32) value;
          return value <= G_MAXUINT32;
        }
    }
  return FALSE;
}

static inline gboolean
take_bytes (Cursor *cursor, const char **bytes, guint32 *length)
{
  if (!take_varint (cursor, length) || *length > room (cursor))
    return FALSE;
  *bytes = (const char *) cursor->at;
  cursor->at += *length;
  return TRUE;
}

static gboolean
take_type (Cursor *cursor, HrType *type, gboolean *is_true)
{
  guint8 tag;

  if (cursor->at == cursor->end)
    return FALSE;
  tag = *cursor->at++;
  *type = (HrType) (tag & TAG_TYPE);
  *is_true = (tag & TAG_TRUE) != 0;
  return *type < HR_N_TYPES && tag <= (*type == HR_TYPE_BOOL ? (TAG_TYPE | TAG_TRUE) : TAG_TYPE);
}

/* Steps over the content of a container, which @inside then holds, behind its count. */
static gboolean
take_container (Cursor *cursor, Cursor *inside, guint32 *count)
{
  guint32 size;

  if (room (cursor) < 4)
    return FALSE;
  size = get_fixed (cursor->at, 4);
  cursor->at += 4;
  if (size > room (cursor))
    return FALSE;
  *inside = (Cursor) { cursor->at, cursor->at + size };
  cursor->at += size;
  /* Each child takes a byte at least, so a count that is too large cannot make the arena grow. */
  return take_varint (inside, count) && *count <= room (inside);
}

static gboolean decode_value (Cursor *cursor, HrArena *arena, guint depth, HrValue *value);

static gboolean
decode_entry (Cursor *cursor, HrArena *arena, guint depth, HrMember *member)
{
  return take_bytes (cursor, &member->name, &member->name_length)
         && decode_value (cursor, arena, depth, &member->value);
}

static gboolean
decode_map (Cursor *cursor, HrArena *arena, guint depth, HrValue *value)
{
  Cursor inside;
  guint32 count;
  HrMember *members;

  if (!take_container (cursor, &inside, &count))
    return FALSE;
  members = hr_arena_array (arena, HrMember, count);
  for (guint32 i = 0; i < count; i++)
    {
      if (!decode_entry (&inside, arena, depth + 1, &members[i]))
        return FALSE;
    }
  *value = hr_value_map (members, count);
  return inside.at == inside.end;
}

static gboolean
decode_list (Cursor *cursor, HrArena *arena, guint depth, HrValue *value)
{
  Cursor inside;
  guint32 count;
  HrValue *elements;

  if (!take_container (cursor, &inside, &count))
    return FALSE;
  elements = hr_arena_array (arena, HrValue, count);
  for (guint32 i = 0; i < count; i++)
    {
      if (!decode_value (&inside, arena, depth + 1, &elements[i]))
        return FALSE;
    }
  *value = hr_value_list (elements, count);
  return inside.at == inside.end;
}

static gboolean
decode_set (Cursor *cursor, HrArena *arena, HrType type, HrValue *value)
{
  Cursor inside;
  guint32 count;
  HrValue *elements;

  if (!take_container (cursor, &inside, &count))
    return FALSE;
  elements = hr_arena_array (arena, HrValue, count);
  for (guint32 i = 0; i < count; i++)
    {
      elements[i] = (HrValue) { .type = (guint8) hr_type_get_element (type) };
      if (!take_bytes (&inside, &elements[i].bytes, &elements[i].length))
        return FALSE;
    }
  *value = (HrValue) { .type = (guint8) type, .length = count, .elements = elements };
  return inside.at == inside.end;
}

static gboolean
decode_value (Cursor *cursor, HrArena *arena, guint depth, HrValue *value)
{
  HrType type;
  gboolean is_true;

  if (depth > DEPTH_MAX || !take_type (cursor, &type, &is_true))
    return FALSE;

  switch (type)
    {
    case HR_TYPE_S:
    case HR_TYPE_N:
    case HR_TYPE_B:
      *value = (HrValue) { .type = (guint8) type };
      return take_bytes (cursor, &value->bytes, &value->length);
    case HR_TYPE_BOOL:
      *value = hr_value_boolean (is_true);
      return TRUE;
    case HR_TYPE_NULL:
      *value = hr_value_null ();
      return TRUE;
    case HR_TYPE_M:
      return decode_map (cursor, arena, depth, value);
    case HR_TYPE_L:
      return decode_list (cursor, arena, depth, value);
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      return decode_set (cursor, arena, type, value);
    case HR_N_TYPES:
      break;
    }
  return FALSE;
}

/* The table of attributes */

typedef struct
{
  const guint8 *record;
  const guint8 *end;
  const guint8 *offsets;
  guint32 count;
  guint width;
} Table;

static gboolean
table_open (Table *table, const guint8 *record, gsize length)
{
  if (length < HEADER_BYTES || record[0] != RECORD_VERSION || (record[1] != 2 && record[1] != 4))
    return FALSE;
  table->record = record;
  table->end = record + length;
  table->offsets = record + HEADER_BYTES;
  table->width = record[1];
  table->count = get_fixed (record + 6, 4);
  return table->count <= (length - HEADER_BYTES) / table->width;
}

static gboolean
table_entry (const Table *table, guint32 index, Cursor *cursor)
{
  guint32 offset = get_fixed (table->offsets + (gsize) index * table->width, table->width);

  *cursor = (Cursor) { table->record + offset, table->end };
  return offset <= (gsize) (table->end - table->record);
}

gboolean
hr_record_decode (const guint8 *record, gsize length, HrArena *arena, HrValue *item)
{
  Table table;
  Cursor cursor;
  HrMember *members;

  if (!table_open (&table, record, length))
    return FALSE;
  members = hr_arena_array (arena, HrMember, table.count);
  cursor = (Cursor) { table.offsets + (gsize) table.count * table.width, table.end };
  for (guint32 i = 0; i < table.count; i++)
    {
      Cursor entry;

      if (!table_entry (&table, i, &entry) || entry.at != cursor.at
          || !decode_entry (&cursor, arena, 1, &members[i]))
        return FALSE;
    }
  *item = hr_value_map (members, table.count);
  return cursor.at == cursor.end;
}

static int
compare_names (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize common = MIN (a_length, b_length);
  int order = common > 0 ? memcmp (a, b, common) : 0;

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

gboolean
hr_record_find (const guint8 *record, gsize length, const char *name, gsize name_length,
                HrRecordCursor *cursor)
{
  Table table;
  guint32 low = 0;
  guint32 high;

  if (!table_open (&table, record, length))
    return FALSE;
  for (high = table.count; low < high;)
    {
      guint32 middle = low + (high - low) / 2;
      const char *other;
      guint32 other_length;
      int order;

      if (!table_entry (&table, middle, cursor) || !take_bytes (cursor, &other, &other_length))
        return FALSE;
      order = compare_names (name, name_length, other, other_length);
      if (order == 0)
        return TRUE;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return FALSE;
}

gboolean
hr_record_get (const guint8 *record, gsize length, const char *name, gsize name_length, HrArena *arena,
               HrValue *value)
{
  HrRecordCursor cursor;

  return hr_record_find (record, length, name, name_length, &cursor)
         && hr_record_cursor_decode (&cursor, arena, value);
}

gsize
hr_record_size_bytes (const guint8 *record, gsize length)
{
  Table table;

  return table_open (&table, record, length) ? get_fixed (record + 2, 4) : 0;
}

/* Walking down without decoding */

static gboolean
skip_value (Cursor *cursor)
{
  Cursor inside;
  const char *bytes;
  guint32 length;
  HrType type;
  gboolean is_true;

  if (!take_type (cursor, &type, &is_true))
    return FALSE;
  if (type == HR_TYPE_BOOL || type == HR_TYPE_NULL)
    return TRUE;
  return type <= HR_TYPE_B ? take_bytes (cursor, &bytes, &length) : take_container (cursor, &inside, &length);
}

/* Moves @cursor from the container of this type before its first child. */
static gboolean
enter (Cursor *cursor, HrType wanted, guint32 *count)
{
  Cursor inside;
  HrType type;
  gboolean is_true;

  if (!take_type (cursor, &type, &is_true) || type != wanted || !take_container (cursor, &inside, count))
    return FALSE;
  *cursor = inside;
  return TRUE;
}

gboolean
hr_record_cursor_member (HrRecordCursor *cursor, const char *name, gsize name_length)
{
  guint32 count;

  if (!enter (cursor, HR_TYPE_M, &count))
    return FALSE;
  for (; count > 0; count--)
    {
      const char *other;
      guint32 other_length;
      int order;

      if (!take_bytes (cursor, &other, &other_length))
        return FALSE;
      order = compare_names (name, name_length, other, other_length);
      if (order <= 0)
        return order == 0;
      if (!skip_value (cursor))
        return FALSE;
    }
  return FALSE;
}

gboolean
hr_record_cursor_element (HrRecordCursor *cursor, guint32 index)
{
  guint32 count;

  if (!enter (cursor, HR_TYPE_L, &count) || index >= count)
    return FALSE;
  for (; index > 0; index--)
    {
      if (!skip_value (cursor))
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_record_cursor_decode (const HrRecordCursor *cursor, HrArena *arena, HrValue *value)
{
  Cursor copy = *cursor;

  return decode_value (&copy, arena, 1, value);
}

gboolean
hr_item_view_get (const HrItemView *view, const char *name, gsize name_length, HrArena *arena, HrValue *value)
{
  const HrValue *member;

  if (view->tree == NULL)
    return view->record != NULL
           && hr_record_get (view->record, view->record_length, name, name_length, arena, value);

  member = hr_map_get (view->tree, name, name_length);
  if (member == NULL)
    return FALSE;
  *value = *member;
  return TRUE;
}
