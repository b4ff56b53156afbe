/*
 * Row keys from key attributes.
 *
 * The hash spreads partitions as the service does, so that nobody comes to rely on an order of a scan, and
 * is part of the file format: it must never change. It is taken of the encoded components, which makes a
 * partition key of several attributes no special case. FF FF FF FF is never a hash and so ends every scan.
 */
#include "model/engine/key-codec.h"

#include "model/value/record.h"

#define HASH_SEED     G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define HASH_MULTIPLY G_GUINT64_CONSTANT (0xd6e8feb86659fd93)

static guint32
hash_bytes (const char *bytes, gsize length)
{
  guint64 hash = HASH_SEED ^ (length * HASH_MULTIPLY);

  while (length > 0)
    {
      guint64 word = 0;
      gsize taken = MIN (length, sizeof word);

      memcpy (&word, bytes, taken);
      hash = (hash ^ GUINT64_FROM_LE (word)) * HASH_MULTIPLY;
      hash ^= hash >> 32;
      bytes += taken;
      length -= taken;
    }
  hash *= HASH_MULTIPLY;
  return (guint32) MIN (hash >> 32, G_MAXUINT32 - 1);
}

static void
write_hash (char *to, guint32 hash)
{
  hash = GUINT32_TO_BE (hash);
  memcpy (to, &hash, HR_KEY_HASH_BYTES);
}

static gboolean
layout_has (const HrKeyLayout *layout, const char *name)
{
  for (guint i = 0; i < layout->n_parts; i++)
    if (strcmp (layout->parts[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
layout_add (HrKeyLayout *layout, const GPtrArray *attributes)
{
  for (guint i = 0; attributes != NULL && i < attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (attributes, i);

      if (attribute->type > HR_TYPE_B || layout->n_parts == HR_KEY_PARTS_MAX)
        return FALSE;
      if (!layout_has (layout, attribute->name))
        layout->parts[layout->n_parts++] =
            (HrKeyPart) { attribute->name, strlen (attribute->name), attribute->type };
    }
  return TRUE;
}

gboolean
hr_key_layout_init (HrKeyLayout *layout, const HrTable *table, const HrIndex *index)
{
  memset (layout, 0, sizeof *layout);
  if (!layout_add (layout, index != NULL ? index->partition_key : table->partition_key))
    return FALSE;
  layout->n_hash = layout->n_parts;
  if (!layout_add (layout, index != NULL ? index->sort_key : table->sort_key))
    return FALSE;
  layout->n_key = layout->n_parts;
  return layout->n_hash > 0
         && layout_add (layout, table->partition_key)
         && layout_add (layout, table->sort_key);
}

gsize
hr_key_layout_get_limit (const HrKeyLayout *layout, guint position)
{
  return position < layout->n_hash || position >= layout->n_key ? HR_LIMIT_PARTITION_KEY_BYTES
                                                                : HR_LIMIT_SORT_KEY_BYTES;
}

static gboolean
is_key_value (const HrKeyLayout *layout, guint position, const HrValue *value)
{
  return value->type == layout->parts[position].type
         && value->length > 0
         && value->length <= hr_key_layout_get_limit (layout, position);
}

gboolean
hr_key_layout_gather (const HrKeyLayout *layout, const HrValue *item, HrValue *values)
{
  for (guint i = 0; i < layout->n_parts; i++)
    {
      const HrValue *value = hr_map_get (item, layout->parts[i].name, layout->parts[i].name_length);

      if (value == NULL || !is_key_value (layout, i, value))
        return FALSE;
      values[i] = *value;
    }
  return TRUE;
}

gboolean
hr_key_layout_gather_record (const HrKeyLayout *layout, const guint8 *record, gsize length, HrArena *arena,
                             HrValue *values)
{
  for (guint i = 0; i < layout->n_parts; i++)
    if (!hr_record_get (record, length, layout->parts[i].name, layout->parts[i].name_length, arena,
                        &values[i])
        || !is_key_value (layout, i, &values[i]))
      return FALSE;
  return TRUE;
}

HrValue
hr_key_layout_to_map (const HrKeyLayout *layout, const HrValue *values, HrArena *arena)
{
  HrMember *members = hr_arena_array (arena, HrMember, layout->n_parts);

  for (guint i = 0; i < layout->n_parts; i++)
    members[i] = (HrMember) { layout->parts[i].name, layout->parts[i].name_length, values[i] };
  hr_members_sort (members, layout->n_parts);
  return hr_value_map (members, layout->n_parts);
}

void
hr_key_append_component (HrBuffer *out, const HrValue *value, gboolean closed)
{
  const char *bytes = value->bytes;
  gsize length = value->length;
  char *to = hr_buffer_reserve (out, 2 * length + 2);

  while (length > 0)
    {
      const char *zero = memchr (bytes, 0, length);
      gsize run = zero != NULL ? (gsize) (zero - bytes) : length;

      memcpy (to, bytes, run);
      to += run;
      bytes += run;
      length -= run;
      if (zero != NULL)
        {
          *to++ = 0;
          *to++ = (char) 0xff;
          bytes++;
          length--;
        }
    }
  if (closed)
    {
      *to++ = 0;
      *to++ = 0;
    }
  out->length = to - out->data;
}

void
hr_key_encode (const HrKeyLayout *layout, const HrValue *values, guint count, HrBuffer *out)
{
  gsize start = out->length;
  gsize hashed;

  g_assert (count >= layout->n_hash && count <= layout->n_parts);
  hr_buffer_reserve (out, HR_KEY_HASH_BYTES);
  out->length += HR_KEY_HASH_BYTES;
  for (guint i = 0; i < layout->n_hash; i++)
    hr_key_append_component (out, &values[i], TRUE);
  hashed = start + HR_KEY_HASH_BYTES;
  write_hash (out->data + start, hash_bytes (out->data + hashed, out->length - hashed));
  for (guint i = layout->n_hash; i < count; i++)
    hr_key_append_component (out, &values[i], TRUE);
}

void
hr_key_to_successor (HrBuffer *key)
{
  while (key->length > 0 && (guint8) key->data[key->length - 1] == 0xff)
    key->length--;
  g_assert (key->length > 0);
  key->data[key->length - 1]++;
}

void
hr_key_append_segment_start (guint segment, guint total, HrBuffer *out)
{
  guint64 start = ((guint64) segment << 32) / total;

  write_hash (hr_buffer_reserve (out, HR_KEY_HASH_BYTES), (guint32) MIN (start, G_MAXUINT32));
  out->length += HR_KEY_HASH_BYTES;
}
