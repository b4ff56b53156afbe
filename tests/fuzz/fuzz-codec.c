/*
 * Any bytes as a typed JSON item, and the same bytes as a stored record.
 *
 * An item goes value → record → value → JSON → value, and every stop must hold the same item: equal
 * values, equal bytes, equal sizes, each attribute found on its own. Bytes that only claim to be a
 * record, and records with one byte changed or cut off, may be refused or read as something else,
 * but never read out of bounds.
 */
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/record.h"
#include "tests/fuzz/fuzz.h"

/** Reads bytes that need not be a record; the copy ends where they end, so that sanitizers see more. */
static void
read_damaged (HrArena *arena, const guint8 *bytes, gsize length)
{
  g_autofree guint8 *record = g_memdup2 (bytes, length);
  g_auto (HrBuffer) json = HR_BUFFER_INIT;
  HrValue item;
  HrValue value;

  if (length == 0)
    return;
  if (hr_record_decode (record, length, arena, &item))
    hr_item_to_json (&item, FALSE, &json);
  hr_record_get (record, length, "pk", 2, arena, &value);
}

static void
check_damaged_copies (HrArena *arena, const HrBuffer *record)
{
  gsize step = MAX (1, record->length / 16);

  for (gsize i = 0; i < record->length; i += step)
    {
      read_damaged (arena, (const guint8 *) record->data, i);
      record->data[i] ^= 0x55;
      read_damaged (arena, (const guint8 *) record->data, record->length);
      record->data[i] ^= 0x55;
    }
}

static void
check_record (HrArena *arena, const HrValue *item, HrValue *decoded, HrBuffer *record)
{
  g_auto (HrBuffer) again = HR_BUFFER_INIT;
  const guint8 *bytes;

  hr_record_encode (item, record);
  bytes = (const guint8 *) record->data;
  g_assert_true (hr_record_decode (bytes, record->length, arena, decoded));
  g_assert_true (hr_value_equal (item, decoded));
  g_assert_cmpuint (hr_record_size_bytes (bytes, record->length), ==, hr_item_size_bytes (item));
  hr_record_encode (decoded, &again);
  g_assert_cmpmem (record->data, record->length, again.data, again.length);

  for (guint32 i = 0; i < item->length; i++)
    {
      const HrMember *member = &item->members[i];
      HrValue value;

      g_assert_true (hr_record_get (bytes, record->length, member->name, member->name_length, arena, &value));
      g_assert_true (hr_value_equal (&value, &member->value));
    }
}

static void
check_json (HrArena *arena, const HrValue *item, gboolean spaced)
{
  g_auto (HrBuffer) first = HR_BUFFER_INIT;
  g_auto (HrBuffer) second = HR_BUFFER_INIT;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error = { NULL, 0, FALSE };
  const HrJson *json;
  HrValue again;

  hr_item_to_json (item, spaced, &first);
  json = hr_json_parse (arena, first.data, first.length, HR_LIMIT_JSON_DEPTH, &json_error);
  g_assert_nonnull (json);
  g_assert_true (hr_item_from_json (arena, json, &again, &error));
  g_assert_true (hr_value_equal (item, &again));
  hr_item_to_json (&again, spaced, &second);
  g_assert_cmpmem (first.data, first.length, second.data, second.length);
}

static void
check_refusal (const HrServiceError *error, gsize length)
{
  g_assert_true (error->kind == HR_SERVICE_VALIDATION || error->kind == HR_SERVICE_SERIALIZATION);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (error->has_range)
    g_assert_true (error->range.start <= error->range.end && error->range.end <= length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error = { NULL, 0, FALSE };
  const HrJson *json;
  HrValue item;
  HrValue decoded;

  read_damaged (arena, data, size);
  json = hr_json_parse (arena, (const char *) data, size, HR_LIMIT_JSON_DEPTH, &json_error);
  if (json == NULL)
    return 0;
  if (!hr_item_from_json (arena, json, &item, &error))
    {
      check_refusal (&error, size);
      return 0;
    }
  for (guint32 i = 0; i < item.length; i++)
    g_assert_cmpuint (hr_value_depth (&item.members[i].value), <=, HR_LIMIT_NESTING);
  check_record (arena, &item, &decoded, &record);
  check_json (arena, &decoded, FALSE);
  check_json (arena, &item, TRUE);
  check_damaged_copies (arena, &record);
  return 0;
}
