/*
 * Values to typed JSON.
 *
 * Text goes straight into the buffer, without a tree in between: an item is printed many times as often as
 * it is looked into.
 */
#include "model/base/json-writer.h"
#include "model/value/codec.h"

typedef struct
{
  HrBuffer *out;
  gboolean is_spaced;
} Writer;

/* How a value begins, of one size so that it is copied without a call. */
#define OPENING_ROOM 12

static const struct
{
  char text[OPENING_ROOM];
  guint8 length; /* without the space */
} openings[HR_N_TYPES] = {
  [HR_TYPE_S] = { "{\"S\": ", 5 },
  [HR_TYPE_N] = { "{\"N\": ", 5 },
  [HR_TYPE_B] = { "{\"B\": ", 5 },
  [HR_TYPE_BOOL] = { "{\"BOOL\": ", 8 },
  [HR_TYPE_NULL] = { "{\"NULL\": ", 8 },
  [HR_TYPE_M] = { "{\"M\": ", 5 },
  [HR_TYPE_L] = { "{\"L\": ", 5 },
  [HR_TYPE_SS] = { "{\"SS\": ", 6 },
  [HR_TYPE_NS] = { "{\"NS\": ", 6 },
  [HR_TYPE_BS] = { "{\"BS\": ", 6 },
};

static void write_value (const Writer *writer, const HrValue *value);

static void
write_opening (const Writer *writer, HrType type)
{
  memcpy (hr_buffer_reserve (writer->out, OPENING_ROOM), openings[type].text, OPENING_ROOM);
  writer->out->length += writer->is_spaced ? openings[type].length + 1 : openings[type].length;
}

static void
write_number (const Writer *writer, const HrValue *value)
{
  char *to = hr_buffer_reserve (writer->out, HR_DECIMAL_TEXT_MAX + 2);
  gsize length = hr_decimal_format_encoded ((const guint8 *) value->bytes, value->length, to + 1);

  to[0] = to[length + 1] = '"';
  writer->out->length += length + 2;
}

static void
write_bytes (const Writer *writer, HrType type, const HrValue *value)
{
  if (type == HR_TYPE_S)
    {
      hr_json_write_string (writer->out, value->bytes, value->length);
      return;
    }
  if (type == HR_TYPE_N)
    {
      write_number (writer, value);
      return;
    }
  hr_buffer_append_char (writer->out, '"');
  hr_base64_encode (value->bytes, value->length, writer->out);
  hr_buffer_append_char (writer->out, '"');
}

static void
write_members (const Writer *writer, const HrValue *map)
{
  hr_buffer_append_char (writer->out, '{');
  for (guint32 i = 0; i < map->length; i++)
    {
      const HrMember *member = &map->members[i];

      if (i > 0)
        hr_json_write_mark (writer->out, ',', writer->is_spaced);
      hr_json_write_string (writer->out, member->name, member->name_length);
      hr_json_write_mark (writer->out, ':', writer->is_spaced);
      write_value (writer, &member->value);
    }
  hr_buffer_append_char (writer->out, '}');
}

static void
write_elements (const Writer *writer, const HrValue *list)
{
  gboolean is_set = list->type != HR_TYPE_L;

  hr_buffer_append_char (writer->out, '[');
  for (guint32 i = 0; i < list->length; i++)
    {
      if (i > 0)
        hr_json_write_mark (writer->out, ',', writer->is_spaced);
      if (is_set)
        write_bytes (writer, hr_type_get_element ((HrType) list->type), &list->elements[i]);
      else
        write_value (writer, &list->elements[i]);
    }
  hr_buffer_append_char (writer->out, ']');
}

static void
write_content (const Writer *writer, const HrValue *value)
{
  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
    case HR_TYPE_N:
    case HR_TYPE_B:
      write_bytes (writer, (HrType) value->type, value);
      break;
    case HR_TYPE_BOOL:
      hr_buffer_append_string (writer->out, value->boolean ? "true" : "false");
      break;
    case HR_TYPE_NULL:
      hr_buffer_append_string (writer->out, "true");
      break;
    case HR_TYPE_M:
      write_members (writer, value);
      break;
    case HR_TYPE_L:
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      write_elements (writer, value);
      break;
    case HR_N_TYPES:
      break;
    }
}

static void
write_value (const Writer *writer, const HrValue *value)
{
  write_opening (writer, (HrType) value->type);
  write_content (writer, value);
  hr_buffer_append_char (writer->out, '}');
}

void
hr_value_to_json (const HrValue *value, gboolean spaced, HrBuffer *out)
{
  const Writer writer = { out, spaced };

  write_value (&writer, value);
}

void
hr_item_to_json (const HrValue *item, gboolean spaced, HrBuffer *out)
{
  const Writer writer = { out, spaced };

  write_members (&writer, item);
}

gboolean
hr_value_to_text (const HrValue *value, HrBuffer *out)
{
  char text[HR_DECIMAL_TEXT_MAX];

  if (value->type == HR_TYPE_S)
    hr_buffer_append (out, value->bytes, value->length);
  else if (value->type == HR_TYPE_N)
    hr_buffer_append (out, text,
                      hr_decimal_format_encoded ((const guint8 *) value->bytes, value->length, text));
  else
    return FALSE;
  return TRUE;
}
