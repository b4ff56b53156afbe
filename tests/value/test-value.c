/* Values: types, equality, order, maps, sets, sizes, depth, copies. */
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "sample.h"

#include <string.h>

static HrValue
value_of (HrArena *arena, const char *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL);
  HrValue value;

  if (json == NULL || !hr_value_from_json (arena, json, &value, &error))
    g_error ("%s: %s", text, json == NULL ? "no JSON" : error.message);
  return value;
}

static void
test_types (void)
{
  static const char *const names[] = { "S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS" };
  static const char *const long_names[] = { "STRING", "NUMBER", "BINARY",     "BOOLEAN",    "NULL",
                                            "MAP",    "LIST",   "STRING_SET", "NUMBER_SET", "BINARY_SET" };
  HrType type;

  for (guint i = 0; i < HR_N_TYPES; i++)
    {
      g_assert_cmpstr (hr_type_get_name ((HrType) i), ==, names[i]);
      g_assert_cmpstr (hr_type_get_long_name ((HrType) i), ==, long_names[i]);
      g_assert_true (hr_type_from_name (names[i], strlen (names[i]), &type));
      g_assert_cmpint (type, ==, i);
      g_assert_true (hr_type_is_set (type) == (i >= HR_TYPE_SS));
    }
  g_assert_cmpint (hr_type_get_element (HR_TYPE_SS), ==, HR_TYPE_S);
  g_assert_cmpint (hr_type_get_element (HR_TYPE_NS), ==, HR_TYPE_N);
  g_assert_cmpint (hr_type_get_element (HR_TYPE_BS), ==, HR_TYPE_B);
  g_assert_false (hr_type_from_name ("s", 1, &type));
  g_assert_false (hr_type_from_name ("", 0, &type));
  g_assert_false (hr_type_from_name ("SSS", 3, &type));
  g_assert_false (hr_type_from_name ("NUL", 3, &type));
  g_assert_cmpuint (sizeof (HrValue), ==, 16);
}

static void
test_equal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean equal;
  } cases[] = {
    { "{\"S\":\"a\"}", "{\"S\":\"a\"}", TRUE },
    { "{\"S\":\"a\"}", "{\"S\":\"b\"}", FALSE },
    { "{\"S\":\"a\\u0000b\"}", "{\"S\":\"a\\u0000c\"}", FALSE },
    { "{\"S\":\"AA==\"}", "{\"B\":\"AA==\"}", FALSE },
    { "{\"N\":\"1000\"}", "{\"N\":\"1e3\"}", TRUE },
    { "{\"N\":\"1.0\"}", "{\"N\":\"1\"}", TRUE },
    { "{\"N\":\"1\"}", "{\"N\":\"-1\"}", FALSE },
    { "{\"N\":\"9007199254740993\"}", "{\"N\":\"9007199254740992\"}", FALSE },
    { "{\"BOOL\":true}", "{\"BOOL\":false}", FALSE },
    { "{\"NULL\":true}", "{\"NULL\":true}", TRUE },
    { "{\"NULL\":true}", "{\"BOOL\":true}", FALSE },
    { "{\"SS\":[\"a\",\"b\"]}", "{\"SS\":[\"b\",\"a\"]}", TRUE },
    { "{\"SS\":[\"a\",\"b\"]}", "{\"SS\":[\"a\",\"c\"]}", FALSE },
    { "{\"NS\":[\"1\",\"2.0\"]}", "{\"NS\":[\"2\",\"1e0\"]}", TRUE },
    { "{\"L\":[{\"S\":\"a\"},{\"S\":\"b\"}]}", "{\"L\":[{\"S\":\"b\"},{\"S\":\"a\"}]}", FALSE },
    { "{\"L\":[]}", "{\"M\":{}}", FALSE },
    { "{\"M\":{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"}}}",
      "{\"M\":{\"b\":{\"S\":\"2\"},\"a\":{\"S\":\"1\"}}}", TRUE },
    { "{\"M\":{\"a\":{\"S\":\"1\"}}}", "{\"M\":{\"b\":{\"S\":\"1\"}}}", FALSE },
    { "{\"M\":{\"a\":{\"S\":\"1\"}}}", "{\"M\":{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"1\"}}}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrValue a = value_of (arena, cases[i].a);
      HrValue b = value_of (arena, cases[i].b);

      g_test_message ("%s %s", cases[i].a, cases[i].b);
      g_assert_true (hr_value_equal (&a, &b) == cases[i].equal);
      g_assert_true (hr_value_equal (&b, &a) == cases[i].equal);
      g_assert_true (hr_value_equal (&a, &a));
    }
}

static void
test_compare (void)
{
  static const char *const strings[]
      = { "", "\0", "\0\0", "A", "a", "a\0", "a\0b", "ab", "\xc3\xa9", "\xf0\x9f\x98\x80" };
  static const gsize lengths[] = { 0, 1, 2, 1, 1, 2, 3, 2, 2, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (strings); j++)
        {
          HrValue a = hr_value_string (strings[i], lengths[i]);
          HrValue b = hr_value_string (strings[j], lengths[j]);
          int order = hr_value_compare (&a, &b);

          g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
        }
    }
}

static void
test_compare_numbers (void)
{
  GRand *rand = g_rand_new_with_seed (6);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrDecimal a = sample_decimal (rand);
      HrDecimal b = sample_decimal (rand);
      HrValue one = hr_value_number (arena, &a);
      HrValue two = hr_value_number (arena, &b);
      HrDecimal again = hr_value_get_decimal (&one);
      int order = hr_value_compare (&one, &two);

      g_assert_cmpint (hr_decimal_compare (&a, &again), ==, 0);
      g_assert_cmpint ((order > 0) - (order < 0), ==, hr_decimal_compare (&a, &b));
    }
  g_rand_free (rand);
}

static void
test_sort (void)
{
  GRand *rand = g_rand_new_with_seed (7);

  for (guint count = 0; count < 60; count++)
    {
      g_autofree HrMember *members = g_new0 (HrMember, count + 1);
      char names[60];

      for (guint i = 0; i < count; i++)
        {
          names[i] = (char) ('!' + i);
          members[i] = (HrMember) { &names[i], 1, hr_value_null () };
        }
      for (guint i = count; i > 1; i--)
        {
          guint other = (guint) g_rand_int_range (rand, 0, (gint32) i);
          HrMember member = members[i - 1];

          members[i - 1] = members[other];
          members[other] = member;
        }
      g_assert_true (hr_members_sort (members, count));
      for (guint i = 0; i < count; i++)
        g_assert_true (members[i].name == &names[i]);

      if (count < 2)
        continue;
      members[count - 1].name = members[0].name;
      g_assert_false (hr_members_sort (members, count));
    }
  g_rand_free (rand);
}

static void
test_elements (void)
{
  HrValue elements[] = {
    hr_value_string ("b", 1), hr_value_string ("a", 1),  hr_value_string ("b", 1),
    hr_value_string ("", 0),  hr_value_string ("ab", 2), hr_value_string ("", 0),
  };
  HrValue set = { .type = HR_TYPE_SS, .elements = elements };
  HrValue absent = hr_value_string ("c", 1);
  HrValue other_type = hr_value_binary ("a", 1);

  g_assert_cmpuint (hr_elements_sort (elements, 0), ==, 0);
  set.length = hr_elements_sort (elements, G_N_ELEMENTS (elements));
  g_assert_cmpuint (set.length, ==, 4);
  g_assert_cmpuint (elements[0].length, ==, 0);
  g_assert_cmpmem (elements[2].bytes, elements[2].length, "ab", 2);
  for (guint i = 0; i < set.length; i++)
    g_assert_true (hr_set_contains (&set, &elements[i]));
  g_assert_false (hr_set_contains (&set, &absent));
  g_assert_false (hr_set_contains (&set, &other_type));
  g_assert_false (hr_set_contains (&absent, &absent));
}

static void
test_map (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue map = hr_value_map (NULL, 0);
  HrValue one = hr_value_string ("1", 1);
  HrValue two = hr_value_string ("2", 1);
  HrValue without;

  g_assert_null (hr_map_get (&map, "a", 1));
  g_assert_null (hr_map_get (&one, "a", 1));
  map = hr_map_with (arena, &map, "m", 1, &one);
  map = hr_map_with (arena, &map, "z", 1, &one);
  map = hr_map_with (arena, &map, "", 0, &one);
  map = hr_map_with (arena, &map, "a\0b", 3, &one);
  map = hr_map_with (arena, &map, "a", 1, &one);
  map = hr_map_with (arena, &map, "m", 1, &two);
  g_assert_cmpuint (map.length, ==, 5);
  g_assert_true (hr_value_equal (hr_map_get (&map, "m", 1), &two));
  g_assert_true (hr_value_equal (hr_map_get (&map, "a\0b", 3), &one));
  g_assert_nonnull (hr_map_get (&map, "", 0));
  g_assert_null (hr_map_get (&map, "mm", 2));
  for (guint i = 1; i < map.length; i++)
    {
      HrValue a = hr_value_string (map.members[i - 1].name, map.members[i - 1].name_length);
      HrValue b = hr_value_string (map.members[i].name, map.members[i].name_length);

      g_assert_cmpint (hr_value_compare (&a, &b), <, 0);
    }

  without = hr_map_with (arena, &map, "m", 1, NULL);
  g_assert_cmpuint (without.length, ==, 4);
  g_assert_null (hr_map_get (&without, "m", 1));
  g_assert_nonnull (hr_map_get (&map, "m", 1));
  without = hr_map_with (arena, &without, "absent", 6, NULL);
  g_assert_cmpuint (without.length, ==, 4);
}

static void
test_size (void)
{
  static const struct
  {
    const char *text;
    gsize size;
  } cases[] = {
    { "{\"S\":\"\"}", 0 },
    { "{\"S\":\"\xc3\xa9\xf0\x9f\x98\x80\"}", 6 },
    { "{\"S\":\"a\\u0000b\"}", 3 },
    { "{\"N\":\"0\"}", 1 },
    { "{\"N\":\"-42\"}", 3 },
    { "{\"N\":\"3.14159\"}", 5 },
    { "{\"B\":\"AAECAw==\"}", 4 },
    { "{\"BOOL\":false}", 1 },
    { "{\"NULL\":true}", 1 },
    { "{\"SS\":[\"a\",\"bc\"]}", 3 },
    { "{\"NS\":[\"1\",\"123\"]}", 5 },
    { "{\"BS\":[\"AAEC\",\"\"]}", 3 },
    { "{\"L\":[]}", 3 },
    { "{\"M\":{}}", 3 },
    { "{\"L\":[{\"S\":\"ab\"},{\"NULL\":true}]}", 3 + (1 + 2) + (1 + 1) },
    { "{\"M\":{\"key\":{\"S\":\"ab\"},\"\xc3\xa9\":{\"L\":[]}}}", 3 + (1 + 3 + 2) + (1 + 2 + 3) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrValue value = value_of (arena, cases[i].text);
      HrMember member = { "name", 4, value };
      HrValue item = hr_value_map (&member, 1);

      g_test_message ("case %u", i);
      g_assert_cmpuint (hr_value_size_bytes (&value), ==, cases[i].size);
      g_assert_cmpuint (hr_item_size_bytes (&item), ==, 4 + cases[i].size);
    }
}

static void
test_depth (void)
{
  static const struct
  {
    const char *text;
    guint depth;
  } cases[] = {
    { "{\"S\":\"\"}", 1 },
    { "{\"SS\":[\"a\"]}", 1 },
    { "{\"L\":[]}", 1 },
    { "{\"M\":{\"a\":{\"S\":\"x\"}}}", 2 },
    { "{\"L\":[{\"S\":\"x\"},{\"L\":[{\"M\":{}}]},{\"S\":\"x\"}]}", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrValue value = value_of (arena, cases[i].text);

      g_assert_cmpuint (hr_value_depth (&value), ==, cases[i].depth);
    }
}

/* A copy outlives the arena that it was made from. */
static void
test_copy (void)
{
  GRand *rand = g_rand_new_with_seed (8);

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autoptr (HrArena) copy_arena = hr_arena_new ();
      g_auto (HrBuffer) before = HR_BUFFER_INIT;
      g_auto (HrBuffer) after = HR_BUFFER_INIT;
      HrValue value = sample_value (rand, arena, 4);
      HrValue copy = hr_value_copy (copy_arena, &value);

      g_assert_true (hr_value_equal (&value, &copy));
      hr_value_to_json (&value, FALSE, &before);
      hr_arena_reset (arena);
      hr_value_to_json (&copy, FALSE, &after);
      g_assert_cmpmem (before.data, before.length, after.data, after.length);
    }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/value/types", test_types);
  g_test_add_func ("/value/value/equal", test_equal);
  g_test_add_func ("/value/value/compare", test_compare);
  g_test_add_func ("/value/value/compare-numbers", test_compare_numbers);
  g_test_add_func ("/value/value/sort", test_sort);
  g_test_add_func ("/value/value/elements", test_elements);
  g_test_add_func ("/value/value/map", test_map);
  g_test_add_func ("/value/value/size", test_size);
  g_test_add_func ("/value/value/depth", test_depth);
  g_test_add_func ("/value/value/copy", test_copy);
  return g_test_run ();
}
