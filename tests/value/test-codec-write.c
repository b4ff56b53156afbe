/* Writing typed JSON: forms, and that every value reads back as itself. */
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "sample.h"

#include <string.h>

static const char all_types[]
    = "{\"b\":{\"B\":\"AP8=\"},\"bool\":{\"BOOL\":false},\"bs\":{\"BS\":[\"\",\"AA==\"]},"
      "\"l\":{\"L\":[{\"S\":\"x\"},{\"L\":[]}]},\"m\":{\"M\":{\"k\":{\"M\":{}}}},"
      "\"n\":{\"N\":\"-0.5\"},\"ns\":{\"NS\":[\"1\",\"20\"]},\"null\":{\"NULL\":true},"
      "\"s\":{\"S\":\"q\\\"\\u0000\"},\"ss\":{\"SS\":[\"a\",\"b\"]}}";

static const char all_types_spaced[]
    = "{\"b\": {\"B\": \"AP8=\"}, \"bool\": {\"BOOL\": false}, \"bs\": {\"BS\": [\"\", \"AA==\"]}, "
      "\"l\": {\"L\": [{\"S\": \"x\"}, {\"L\": []}]}, \"m\": {\"M\": {\"k\": {\"M\": {}}}}, "
      "\"n\": {\"N\": \"-0.5\"}, \"ns\": {\"NS\": [\"1\", \"20\"]}, \"null\": {\"NULL\": true}, "
      "\"s\": {\"S\": \"q\\\"\\u0000\"}, \"ss\": {\"SS\": [\"a\", \"b\"]}}";

static HrValue
item_of (HrArena *arena, const char *text, gsize length)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, NULL);
  HrValue item;

  g_assert_nonnull (json);
  g_assert_true (hr_item_from_json (arena, json, &item, &error));
  return item;
}

static void
test_forms (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrValue item = item_of (arena, all_types, strlen (all_types));

  hr_item_to_json (&item, FALSE, &out);
  g_assert_cmpmem (out.data, out.length, all_types, strlen (all_types));
  hr_buffer_truncate (&out, 0);
  hr_item_to_json (&item, TRUE, &out);
  g_assert_cmpmem (out.data, out.length, all_types_spaced, strlen (all_types_spaced));
  hr_buffer_truncate (&out, 0);
  hr_value_to_json (hr_map_get (&item, "ss", 2), TRUE, &out);
  g_assert_cmpmem (out.data, out.length, "{\"SS\": [\"a\", \"b\"]}", 18);
}

static void
test_round_trip (void)
{
  GRand *rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_auto (HrBuffer) out = HR_BUFFER_INIT;
      HrValue item = sample_item (rand, arena, 5);
      HrValue again;

      hr_item_to_json (&item, i % 2 == 0, &out);
      again = item_of (arena, out.data, out.length);
      g_assert_true (hr_value_equal (&item, &again));
      g_assert_cmpuint (hr_item_size_bytes (&item), ==, hr_item_size_bytes (&again));
    }
  g_rand_free (rand);
}

static void
test_text (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrValue item = item_of (arena, all_types, strlen (all_types));

  g_assert_true (hr_value_to_text (hr_map_get (&item, "s", 1), &out));
  g_assert_cmpmem (out.data, out.length, "q\"\0", 3);
  g_assert_true (hr_value_to_text (hr_map_get (&item, "n", 1), &out));
  g_assert_cmpmem (out.data, out.length, "q\"\0-0.5", 7);
  for (guint i = 0; i < item.length; i++)
    {
      const HrValue *value = &item.members[i].value;

      if (value->type != HR_TYPE_S && value->type != HR_TYPE_N)
        g_assert_false (hr_value_to_text (value, &out));
    }
  g_assert_cmpuint (out.length, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/codec-write/forms", test_forms);
  g_test_add_func ("/value/codec-write/round-trip", test_round_trip);
  g_test_add_func ("/value/codec-write/text", test_text);
  return g_test_run ();
}
