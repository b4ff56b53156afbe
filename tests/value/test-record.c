/* Records: round trips, single attributes, walking down, damaged bytes. */
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/record-private.h"
#include "sample.h"

#include <string.h>

static HrValue
item_of (HrArena *arena, const char *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL);
  HrValue item;

  g_assert_nonnull (json);
  if (!hr_item_from_json (arena, json, &item, &error))
    g_error ("%s", error.message);
  return item;
}

/* The record in a block of its own size, so that the sanitizer sees any step beyond its end. */
static guint8 *
encode_exactly (const HrValue *item, gsize *length)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  hr_record_encode (item, &out);
  *length = out.length;
  return g_memdup2 (out.data, out.length);
}

static void
test_round_trip (void)
{
  GRand *rand = g_rand_new_with_seed (9);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrValue item = sample_item (rand, arena, 5);
      gsize length;
      g_autofree guint8 *record = encode_exactly (&item, &length);
      HrValue again;

      g_assert_true (hr_record_decode (record, length, arena, &again));
      g_assert_true (hr_value_equal (&item, &again));
      g_assert_cmpuint (hr_record_size_bytes (record, length), ==, hr_item_size_bytes (&item));
    }
  g_rand_free (rand);
}

/* However an item was written, its bytes are the same. */
static void
test_one_form (void)
{
  static const char *const same[] = {
    "{\"a\":{\"N\":\"100\"},\"b\":{\"SS\":[\"x\",\"y\"]},"
    "\"c\":{\"M\":{\"k\":{\"S\":\"\"},\"l\":{\"NULL\":true}}}}",
    "{\"c\":{\"M\":{\"l\":{\"NULL\":true},\"k\":{\"S\":\"\"}}},\"b\":{\"SS\":[\"y\",\"x\"]},"
    "\"a\":{\"N\":\"1e2\"}}",
    "{\"b\":{\"SS\":[\"\\u0079\",\"x\"]},\"a\":{\"N\":\"0\"},\"a\":{\"N\":\"+00100.0\"},"
    "\"c\":{\"M\":{\"l\":{\"NULL\":true},\"\\u006b\":{\"S\":\"\"}}}}",
  };
  g_autofree guint8 *first = NULL;
  gsize first_length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrValue item = item_of (arena, same[i]);
      gsize length;
      g_autofree guint8 *record = encode_exactly (&item, &length);

      if (i == 0)
        {
          first = g_steal_pointer (&record);
          first_length = length;
        }
      else
        g_assert_cmpmem (record, length, first, first_length);
    }
}

static void
test_get (void)
{
  GRand *rand = g_rand_new_with_seed (10);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrValue item = sample_item (rand, arena, 3);
      gsize length;
      g_autofree guint8 *record = encode_exactly (&item, &length);
      HrItemView packed = { NULL, record, length };
      HrItemView tree = { &item, NULL, 0 };
      HrValue value;

      for (guint j = 0; j < item.length; j++)
        {
          const HrMember *member = &item.members[j];

          g_assert_true (hr_record_get (record, length, member->name, member->name_length, arena, &value));
          g_assert_true (hr_value_equal (&value, &member->value));
          g_assert_true (hr_item_view_get (&packed, member->name, member->name_length, arena, &value));
          g_assert_true (hr_value_equal (&value, &member->value));
          g_assert_true (hr_item_view_get (&tree, member->name, member->name_length, arena, &value));
          g_assert_true (hr_value_equal (&value, &member->value));
        }
      g_assert_false (hr_record_get (record, length, "no such name", 12, arena, &value));
      g_assert_false (hr_record_get (record, length, "", 0, arena, &value));
      g_assert_false (hr_item_view_get (&tree, "no such name", 12, arena, &value));
    }
  g_rand_free (rand);
}

static void
test_view_absent (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrItemView absent = HR_ITEM_VIEW_ABSENT;
  HrValue value;

  g_assert_false (hr_item_view_exists (&absent));
  g_assert_false (hr_item_view_get (&absent, "a", 1, arena, &value));
}

/* Decoding scalars takes nothing from the arena and points into the record. */
static void
test_borrows (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrArena) scratch = hr_arena_new ();
  HrValue item = item_of (arena, "{\"a\":{\"S\":\"text\"},\"b\":{\"N\":\"5\"},\"c\":{\"B\":\"AAEC\"}}");
  gsize before = hr_arena_size_bytes (scratch);
  gsize length;
  g_autofree guint8 *record = encode_exactly (&item, &length);
  HrValue value;

  for (const char *name = "abc"; *name != '\0'; name++)
    {
      g_assert_true (hr_record_get (record, length, name, 1, scratch, &value));
      g_assert_true ((const guint8 *) value.bytes > record && (const guint8 *) value.bytes < record + length);
    }
  g_assert_cmpuint (hr_arena_size_bytes (scratch), ==, before);
}

static void
test_append (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrValue item = item_of (arena, "{\"a\":{\"S\":\"x\"}}");
  HrValue again;

  hr_buffer_append_string (&out, "prefix");
  hr_record_encode (&item, &out);
  g_assert_true (hr_record_decode ((const guint8 *) out.data + 6, out.length - 6, arena, &again));
  g_assert_true (hr_value_equal (&item, &again));
}

/* Offsets take two bytes while they can and four beyond. */
static void
test_wide (void)
{
  for (gsize size = 65490; size < 65560; size++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autofree char *text = g_strnfill (size, 'x');
      HrMember members[] = { { "a", 1, hr_value_string (text, size) }, { "b", 1, hr_value_boolean (TRUE) } };
      HrValue item = hr_value_map (members, 2);
      gsize length;
      g_autofree guint8 *record = encode_exactly (&item, &length);
      HrValue again;

      g_assert_true (hr_record_decode (record, length, arena, &again));
      g_assert_true (hr_value_equal (&item, &again));
      g_assert_true (hr_record_get (record, length, "b", 1, arena, &again));
      g_assert_true (again.boolean);
      g_assert_cmpuint (record[1], ==, length > G_MAXUINT16 ? 4 : 2);
    }
}

static void
test_deepest (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue value = hr_value_string ("leaf", 4);
  HrValue *levels = hr_arena_array (arena, HrValue, 200);
  HrValue again;

  for (guint i = 0; i < 200; i++)
    {
      HrMember member = { "n", 1, value };
      HrValue item = hr_value_map (&member, 1);
      gsize length;
      g_autofree guint8 *record = encode_exactly (&item, &length);

      /* All that the service stores can be decoded; what is far deeper is no record. */
      if (i < HR_LIMIT_NESTING)
        g_assert_true (hr_record_decode (record, length, arena, &again));
      if (i >= 2 * HR_LIMIT_NESTING)
        g_assert_false (hr_record_decode (record, length, arena, &again));
      levels[i] = value;
      value = hr_value_list (&levels[i], 1);
    }
}

static const char document[]
    = "{\"a\":{\"M\":{\"b\":{\"L\":[{\"N\":\"1\"},{\"M\":{\"c\":{\"S\":\"x\"}}},{\"SS\":[\"p\"]}]},"
      "\"a\":{\"L\":[]},\"e\":{\"BOOL\":true}}},\"z\":{\"NS\":[\"1\"]}}";

static void
test_cursor (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item = item_of (arena, document);
  gsize length;
  g_autofree guint8 *record = encode_exactly (&item, &length);
  HrRecordCursor a;
  HrRecordCursor cursor;
  HrValue value;

  g_assert_false (hr_record_find (record, length, "b", 1, &cursor));
  g_assert_true (hr_record_find (record, length, "a", 1, &a));
  cursor = a;
  g_assert_true (hr_record_cursor_member (&cursor, "e", 1));
  g_assert_true (hr_record_cursor_decode (&cursor, arena, &value));
  g_assert_true (value.type == HR_TYPE_BOOL && value.boolean);
  cursor = a;
  g_assert_true (hr_record_cursor_member (&cursor, "b", 1));
  g_assert_true (hr_record_cursor_element (&cursor, 1));
  g_assert_true (hr_record_cursor_member (&cursor, "c", 1));
  g_assert_true (hr_record_cursor_decode (&cursor, arena, &value));
  g_assert_cmpmem (value.bytes, value.length, "x", 1);
  g_assert_false (hr_record_cursor_member (&cursor, "c", 1));

  cursor = a;
  g_assert_false (hr_record_cursor_member (&cursor, "d", 1));
  cursor = a;
  g_assert_false (hr_record_cursor_member (&cursor, "zz", 2));
  cursor = a;
  g_assert_false (hr_record_cursor_element (&cursor, 0));
  cursor = a;
  g_assert_true (hr_record_cursor_member (&cursor, "b", 1));
  g_assert_false (hr_record_cursor_element (&cursor, 3));
  g_assert_true (hr_record_find (record, length, "z", 1, &cursor));
  g_assert_false (hr_record_cursor_element (&cursor, 0));
}

/* Looks at every part of bytes that may be anything. */
static void
probe (const guint8 *record, gsize length)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrRecordCursor cursor;
  HrValue value;

  hr_record_size_bytes (record, length);
  if (hr_record_decode (record, length, arena, &value))
    hr_item_to_json (&value, FALSE, &out);
  hr_record_get (record, length, "a", 1, arena, &value);
  hr_record_get (record, length, "z", 1, arena, &value);
  if (hr_record_find (record, length, "a", 1, &cursor) && hr_record_cursor_member (&cursor, "b", 1)
      && hr_record_cursor_element (&cursor, 1) && hr_record_cursor_member (&cursor, "c", 1))
    hr_record_cursor_decode (&cursor, arena, &value);
  /* A count in the bytes is no reason to allocate more than they are worth. */
  g_assert_cmpuint (hr_arena_size_bytes (arena), <, 1024 * 1024);
}

static void
test_truncated (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item = item_of (arena, document);
  gsize length;
  g_autofree guint8 *record = encode_exactly (&item, &length);
  HrValue value;

  for (gsize end = 0; end < length; end++)
    {
      g_autofree guint8 *part = g_malloc (MAX (end, 1));

      memcpy (part, record, end);
      g_assert_false (hr_record_decode (part, end, arena, &value));
      probe (part, end);
    }
  probe (NULL, 0);
}

static void
test_damaged (void)
{
  GRand *rand = g_rand_new_with_seed (11);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item = item_of (arena, document);
  gsize length;
  g_autofree guint8 *record = encode_exactly (&item, &length);

  for (guint i = 0; i < 30000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (record, length);

      for (gint n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        copy[g_rand_int_range (rand, 0, (gint32) length)] = (guint8) g_rand_int_range (rand, 0, 256);
      probe (copy, length);
    }
  g_rand_free (rand);
}

static void
test_garbage (void)
{
  GRand *rand = g_rand_new_with_seed (12);

  for (guint i = 0; i < 20000; i++)
    {
      gsize length = (gsize) g_rand_int_range (rand, 0, 80);
      g_autofree guint8 *bytes = g_malloc (MAX (length, 1));

      for (gsize j = 0; j < length; j++)
        bytes[j] = (guint8) g_rand_int_range (rand, 0, g_rand_boolean (rand) ? 256 : 4);
      if (length > 10)
        memcpy (bytes, "\1\2\0\0\0\0\1\0\0\0", 10);
      probe (bytes, length);
    }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/record/round-trip", test_round_trip);
  g_test_add_func ("/value/record/one-form", test_one_form);
  g_test_add_func ("/value/record/get", test_get);
  g_test_add_func ("/value/record/view-absent", test_view_absent);
  g_test_add_func ("/value/record/borrows", test_borrows);
  g_test_add_func ("/value/record/append", test_append);
  g_test_add_func ("/value/record/wide", test_wide);
  g_test_add_func ("/value/record/deepest", test_deepest);
  g_test_add_func ("/value/record/cursor", test_cursor);
  g_test_add_func ("/value/record/truncated", test_truncated);
  g_test_add_func ("/value/record/damaged", test_damaged);
  g_test_add_func ("/value/record/garbage", test_garbage);
  return g_test_run ();
}
