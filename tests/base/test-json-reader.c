/* The JSON reader: grammar, UTF-8, escapes, places, depth, the pull interface, hostile input. */
#include "model/base/json-reader.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

#include <string.h>

/* A copy without a byte behind it, so that the sanitizer sees any step beyond the end. */
static char *
exact_copy (const char *text, gsize length)
{
  char *copy = g_malloc (MAX (length, 1));

  memcpy (copy, text, length);
  return copy;
}

static const HrJson *
parse (HrArena *arena, const char *text)
{
  HrJsonError error = { 0 };
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &error);

  if (json == NULL)
    g_error ("%s: %s at %u", text, error.message, error.offset);
  return json;
}

static void
test_accepts (void)
{
  static const struct
  {
    const char *text;
    const char *compact; /* NULL: as the text */
  } cases[] = {
    { "null", NULL },
    { "true", NULL },
    { "false", NULL },
    { "0", NULL },
    { "-0", NULL },
    { "10.50", NULL },
    { "-12.5e+007", NULL },
    { "1E-9", NULL },
    { "123456789012345678901234567890", NULL },
    { "\"\"", NULL },
    { "\"\\u0041\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "\"A/\\b\\f\\n\\r\\t\\\"\\\\\"" },
    { "\"\\u00e9\\u20AC\\ud83d\\ude00\"", "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"" },
    { "\"a\\u0000b\"", NULL },
    { "\"\x7f\"", NULL },
    { "\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"", NULL },
    { "[]", NULL },
    { "{}", NULL },
    { " \t\r\n[ 1 , [ ] , { } ]\n", "[1,[],{}]" },
    { "{\"a\":1,\"b\":{\"c\":[true,false,null]},\"a\":2,\"\":3}", NULL },
    { "{ \"a\" : { \"S\" : \"x\" } }", "{\"a\":{\"S\":\"x\"}}" },
    { "[[[[[[]]]]],[[]]]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_auto (HrBuffer) out = HR_BUFFER_INIT;
      const char *expected = cases[i].compact != NULL ? cases[i].compact : cases[i].text;
      gsize length = strlen (cases[i].text);
      g_autofree char *text = exact_copy (cases[i].text, length);
      HrJsonError error = { 0 };
      const HrJson *json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, &error);

      g_assert_cmpstr (error.message, ==, NULL);
      hr_json_write_compact (&out, json, FALSE);
      g_assert_cmpmem (out.data, out.length, expected, strlen (expected));
    }
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text;
    guint32 offset;
    const char *message;
  } cases[] = {
    { "", 0, "expected a value" },
    { "  ", 2, "expected a value" },
    { "nul", 0, "expected a value" },
    { "nulL", 0, "expected a value" },
    { "True", 0, "expected a value" },
    { "NaN", 0, "expected a value" },
    { "+1", 0, "expected a value" },
    { ".5", 0, "expected a value" },
    { "\xef\xbb\xbf{}", 0, "expected a value" },
    { "'a'", 0, "expected a value" },
    { "// x\n1", 0, "expected a value" },
    { "-", 1, "expected a digit" },
    { "-a", 1, "expected a digit" },
    { "1.", 2, "expected a digit" },
    { "1.e5", 2, "expected a digit" },
    { "1e", 2, "expected a digit" },
    { "1e+", 3, "expected a digit" },
    { "01", 0, "a number must not begin with zeros" },
    { "-00", 1, "a number must not begin with zeros" },
    { "1 2", 2, "nothing may follow the value" },
    { "nullx", 4, "nothing may follow the value" },
    { "0x10", 1, "nothing may follow the value" },
    { "{}}", 2, "nothing may follow the value" },
    { "\"", 0, "this string is not closed" },
    { "[\"abc", 1, "this string is not closed" },
    { "\"abc\\", 4, "this is no valid escape" },
    { "\"\\x\"", 1, "this is no valid escape" },
    { "\"\\u12\"", 1, "this is no valid escape" },
    { "\"\\u12g4\"", 1, "this is no valid escape" },
    { "\"ab\\ud800\"", 3, "this is no valid escape" },
    { "\"\\ud800\\n\"", 1, "this is no valid escape" },
    { "\"\\ud800\\ud800\"", 1, "this is no valid escape" },
    { "\"\\udc00\\ud800\"", 1, "this is no valid escape" },
    { "\"\\ude00\"", 1, "this is no valid escape" },
    { "\"a\nb\"", 2, "a control character must be escaped" },
    { "\"abcdefgh\x1f\"", 9, "a control character must be escaped" },
    { "\"\x80\"", 1, "this is no valid UTF-8" },
    { "\"\xc0\xaf\"", 1, "this is no valid UTF-8" },
    { "\"\xc1\xbf\"", 1, "this is no valid UTF-8" },
    { "\"\xe0\x9f\xbf\"", 1, "this is no valid UTF-8" },
    { "\"\xed\xa0\x80\"", 1, "this is no valid UTF-8" },
    { "\"\xf0\x8f\xbf\xbf\"", 1, "this is no valid UTF-8" },
    { "\"\xf4\x90\x80\x80\"", 1, "this is no valid UTF-8" },
    { "\"\xf5\x80\x80\x80\"", 1, "this is no valid UTF-8" },
    { "\"\xff\"", 1, "this is no valid UTF-8" },
    { "\"\xe2\x82\"", 1, "this is no valid UTF-8" },
    { "\"\xe2\x82", 1, "this is no valid UTF-8" },
    { "\"\xe2(\xa1\"", 1, "this is no valid UTF-8" },
    { "[", 1, "expected a comma or the end of the array" },
    { "[1", 2, "expected a comma or the end of the array" },
    { "[1 2]", 3, "expected a comma or the end of the array" },
    { "[1}", 2, "expected a comma or the end of the array" },
    { "[1,]", 3, "expected a value" },
    { "[,1]", 1, "expected a value" },
    { "[1,,2]", 3, "expected a value" },
    { "{", 1, "expected a comma or the end of the object" },
    { "{\"a\":1", 6, "expected a comma or the end of the object" },
    { "{\"a\":1]", 6, "expected a comma or the end of the object" },
    { "{a:1}", 1, "expected the name of a member" },
    { "{1:1}", 1, "expected the name of a member" },
    { "{\"a\":1,}", 7, "expected the name of a member" },
    { "{,}", 1, "expected the name of a member" },
    { "{\"a\"}", 4, "expected a colon" },
    { "{\"a\" 1}", 5, "expected a colon" },
    { "{\"a\":}", 5, "expected a value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      gsize length = strlen (cases[i].text);
      g_autofree char *text = exact_copy (cases[i].text, length);
      HrJsonError error = { 0 };
      HrJsonReader reader;

      g_assert_null (hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, &error));
      g_test_message ("case %u", i);
      g_assert_cmpstr (error.message, ==, cases[i].message);
      g_assert_cmpuint (error.offset, ==, cases[i].offset);

      hr_json_reader_init (&reader, text, length, HR_LIMIT_JSON_DEPTH, arena, NULL);
      g_assert_false (hr_json_reader_skip (&reader, NULL) && hr_json_reader_finish (&reader));
      g_assert_cmpstr (reader.error.message, ==, cases[i].message);
      g_assert_cmpuint (reader.error.offset, ==, cases[i].offset);
    }
}

/* A NUL is no end of text: inside a string it must be escaped, outside it is nothing that JSON knows. */
static void
test_nul (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = parse (arena, "{\"a\\u0000\": \"\\u0000b\\u0000\"}");

  g_assert_cmpmem (json->members[0].name, json->members[0].name_length, "a\0", 2);
  g_assert_cmpmem (json->members[0].value.text, json->members[0].value.length + 1, "\0b\0", 4);
  g_assert_null (hr_json_parse (arena, "\"a\0b\"", 5, 9, NULL));
  g_assert_null (hr_json_parse (arena, "1\0", 2, 9, NULL));
  g_assert_null (hr_json_parse (arena, "\0", 1, 9, NULL));
  g_assert_null (hr_json_parse (arena, NULL, 0, 9, NULL));
}

static void
test_places (void)
{
  static const char text[] = " {\"k\\n\": [12, \"v\"], \"t\": true} ";
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = parse (arena, text);
  const HrJsonMember *first = &json->members[0];
  const HrJson *list = &first->value;

  g_assert_cmpuint (json->range.start, ==, 1);
  g_assert_cmpuint (json->range.end, ==, strlen (text) - 1);
  g_assert_cmpuint (first->name_range.start, ==, 2);
  g_assert_cmpuint (first->name_range.end, ==, 7);
  g_assert_cmpint (list->type, ==, HR_JSON_ARRAY);
  g_assert_cmpuint (list->length, ==, 2);
  g_assert_cmpuint (list->range.start, ==, 9);
  g_assert_cmpuint (list->range.end, ==, 18);
  g_assert_cmpuint (list->elements[0].range.start, ==, 10);
  g_assert_cmpuint (list->elements[0].range.end, ==, 12);
  g_assert_cmpuint (list->elements[1].range.start, ==, 14);
  g_assert_cmpuint (list->elements[1].range.end, ==, 17);
  g_assert_cmpuint (json->members[1].value.range.end, ==, strlen (text) - 2);

  /* Only what has an escape is copied. */
  g_assert_true (list->elements[0].text == text + 10);
  g_assert_true (list->elements[1].text == text + 15);
  g_assert_true (json->members[1].name == text + 21);
  g_assert_cmpstr (first->name, ==, "k\n");
}

static char *
nested (guint depth, const char *open, const char *middle, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct
  {
    guint depth;
    guint max_depth;
    gboolean accepted;
  } cases[] = {
    { 0, 0, TRUE },     { 1, 0, FALSE },      { 1, 1, TRUE },         { 256, 256, TRUE },
    { 257, 256, FALSE }, { 1024, 5000, TRUE }, { 1025, 5000, FALSE }, { 100000, G_MAXUINT, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *arrays = nested (cases[i].depth, "[", "1", "]");
      g_autofree char *objects = nested (cases[i].depth, "{\"a\":", "1", "}");
      const char *texts[] = { arrays, objects };

      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          g_autoptr (HrArena) arena = hr_arena_new ();
          HrJsonError error = { 0 };
          HrJsonReader reader;
          gsize length = strlen (texts[j]);
          const HrJson *json = hr_json_parse (arena, texts[j], length, cases[i].max_depth, &error);

          g_assert_true ((json != NULL) == cases[i].accepted);
          g_assert_cmpstr (error.message, ==, json != NULL ? NULL : "this is nested too deeply");
          hr_json_reader_init (&reader, texts[j], length, cases[i].max_depth, arena, NULL);
          g_assert_true (hr_json_reader_skip (&reader, NULL) == cases[i].accepted);
        }
    }
}

/* 100 000 brackets of every unfinished kind. */
static void
test_deep_and_open (void)
{
  static const char *const opens[] = { "[", "{\"a\":", "[[", "[{\"a\":", "{\"a\":[" };

  for (guint i = 0; i < G_N_ELEMENTS (opens); i++)
    {
      g_autofree char *text = nested (100000, opens[i], "", "");
      g_autoptr (HrArena) arena = hr_arena_new ();

      g_assert_null (hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL));
      g_assert_cmpuint (hr_arena_size_bytes (arena), <, 100000);
    }
}

static void
test_wide (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) text = g_string_new ("[{}");
  const HrJson *json;

  for (guint i = 1; i < 50000; i++)
    g_string_append_printf (text, ",{\"k%u\": [%u, []]}", i, i);
  g_string_append_c (text, ']');
  json = parse (arena, text->str);
  g_assert_cmpuint (json->length, ==, 50000);
  for (guint i = 1; i < 50000; i += 77)
    {
      const HrJson *list = &json->elements[i].members[0].value;
      gint64 number;

      g_assert_true (hr_json_get_int64 (&list->elements[0], &number));
      g_assert_cmpint (number, ==, i);
      g_assert_cmpint (list->elements[1].type, ==, HR_JSON_ARRAY);
      g_assert_cmpuint (list->elements[1].length, ==, 0);
    }
}

static void
test_pull (void)
{
  static const char text[]
      = "{\"version\": 1, \"items\": [{\"a\": 1}, {\"b\": [2]}, 3], \"rest\": {\"x\": null}}";
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrArena) item_arena = hr_arena_new ();
  HrJsonReader reader;
  const char *name;
  guint32 length;
  HrRange range;
  HrJson value;
  guint n_items = 0;

  hr_json_reader_init (&reader, text, strlen (text), 10, arena, NULL);
  g_assert_cmpint (hr_json_reader_peek (&reader), ==, HR_JSON_OBJECT);
  g_assert_true (hr_json_reader_enter_object (&reader));
  g_assert_true (hr_json_reader_next_member (&reader, &name, &length, &range));
  g_assert_cmpmem (name, length, "version", 7);
  g_assert_cmpuint (range.start, ==, 1);
  g_assert_cmpuint (range.end, ==, 10);
  g_assert_cmpint (hr_json_reader_peek (&reader), ==, HR_JSON_NUMBER);
  g_assert_true (hr_json_reader_skip (&reader, &range));
  g_assert_cmpuint (range.start, ==, 12);
  g_assert_cmpuint (range.end, ==, 13);

  g_assert_true (hr_json_reader_next_member (&reader, &name, &length, NULL));
  g_assert_true (hr_json_reader_enter_array (&reader));
  while (hr_json_reader_next_element (&reader))
    {
      hr_arena_reset (item_arena);
      reader.arena = item_arena;
      g_assert_true (hr_json_reader_read (&reader, &value));
      n_items++;
    }
  reader.arena = arena;
  g_assert_cmpuint (n_items, ==, 3);
  g_assert_cmpint (value.type, ==, HR_JSON_NUMBER);

  g_assert_true (hr_json_reader_next_member (&reader, NULL, NULL, NULL));
  g_assert_true (hr_json_reader_skip (&reader, &range));
  g_assert_cmpmem (text + range.start, range.end - range.start, "{\"x\": null}", 11);
  g_assert_false (hr_json_reader_next_member (&reader, &name, &length, NULL));
  g_assert_false (hr_json_reader_failed (&reader));
  g_assert_true (hr_json_reader_finish (&reader));
}

/* Places are 32 bits wide; a longer text is refused before it is looked at. */
static void
test_too_long (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError error = { 0 };

  g_assert_null (hr_json_parse (arena, "1", G_MAXUINT32, 8, &error));
  g_assert_cmpstr (error.message, ==, "the text is too long");
}

static void
test_pull_wrong_type (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonReader reader;

  hr_json_reader_init (&reader, " [1]", 4, 10, arena, NULL);
  g_assert_false (hr_json_reader_enter_object (&reader));
  g_assert_cmpstr (reader.error.message, ==, "expected an object");
  g_assert_cmpuint (reader.error.offset, ==, 1);

  /* After an error everything says no and the first error stays. */
  g_assert_false (hr_json_reader_enter_array (&reader));
  g_assert_false (hr_json_reader_next_element (&reader));
  g_assert_false (hr_json_reader_skip (&reader, NULL));
  g_assert_false (hr_json_reader_finish (&reader));
  g_assert_cmpint (hr_json_reader_peek (&reader), ==, HR_JSON_NULL);
  g_assert_cmpstr (reader.error.message, ==, "expected an object");

  hr_json_reader_init (&reader, "{}", 2, 10, arena, NULL);
  g_assert_false (hr_json_reader_enter_array (&reader));
  g_assert_cmpstr (reader.error.message, ==, "expected an array");
}

static void
test_cancel (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) text = g_string_new ("[0");
  HrCancel cancel = { 0 };
  HrJsonReader reader;
  HrJson value;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');

  hr_json_reader_init (&reader, text->str, text->len, 10, arena, &cancel);
  g_assert_true (hr_json_reader_read (&reader, &value));
  hr_cancel_raise (&cancel);
  hr_json_reader_init (&reader, text->str, text->len, 10, arena, &cancel);
  g_assert_false (hr_json_reader_read (&reader, &value));
  g_assert_true (reader.error.cancelled);
  g_assert_cmpuint (reader.error.offset, <, 10000);
}

static const char sample[]
    = "{\"pk\": {\"S\": \"MSG#5ae2\\u00e9\\ud83d\\ude00\"}, \"n\": [-12.5e+3, 0, \"x\\\"y\"], "
      "\"z\xc3\xa9\": {\"L\": [true, false, null, {\"deep\": [[[{}]]]}]}}";

/* Every beginning of a text that is not the whole is refused and read no further than it goes. */
static void
test_truncated (void)
{
  for (gsize length = 0; length < strlen (sample); length++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autofree char *text = exact_copy (sample, length);
      HrJsonReader reader;

      g_assert_null (hr_json_parse (arena, text, length, 64, NULL));
      hr_json_reader_init (&reader, text, length, 64, arena, NULL);
      g_assert_false (hr_json_reader_skip (&reader, NULL));
    }
}

/* Damaged texts: skipping and reading agree, and what is read prints to a text that reads the same. */
static void
test_damaged (void)
{
  GRand *rand = g_rand_new_with_seed (20261120);
  guint n_accepted = 0;

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autofree char *text = exact_copy (sample, strlen (sample));
      g_auto (HrBuffer) first = HR_BUFFER_INIT;
      g_auto (HrBuffer) second = HR_BUFFER_INIT;
      HrJsonReader reader;
      const HrJson *json;

      for (gint n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, (gint32) strlen (sample))]
            = g_rand_boolean (rand) ? "{}[]\",:\\0e-. tu"[g_rand_int_range (rand, 0, 15)]
                                    : (char) g_rand_int_range (rand, 0, 256);
      json = hr_json_parse (arena, text, strlen (sample), 64, NULL);
      hr_json_reader_init (&reader, text, strlen (sample), 64, arena, NULL);
      if (json == NULL)
        {
          g_assert_false (hr_json_reader_skip (&reader, NULL) && hr_json_reader_finish (&reader));
          continue;
        }
      g_assert_true (hr_json_reader_skip (&reader, NULL) && hr_json_reader_finish (&reader));

      n_accepted++;
      hr_json_write_compact (&first, json, FALSE);
      json = hr_json_parse (arena, first.data, first.length, 64, NULL);
      g_assert_nonnull (json);
      hr_json_write_compact (&second, json, FALSE);
      g_assert_cmpmem (first.data, first.length, second.data, second.length);
    }
  g_assert_cmpuint (n_accepted, >, 100);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json-reader/accepts", test_accepts);
  g_test_add_func ("/base/json-reader/refuses", test_refuses);
  g_test_add_func ("/base/json-reader/nul", test_nul);
  g_test_add_func ("/base/json-reader/places", test_places);
  g_test_add_func ("/base/json-reader/depth", test_depth);
  g_test_add_func ("/base/json-reader/deep-and-open", test_deep_and_open);
  g_test_add_func ("/base/json-reader/wide", test_wide);
  g_test_add_func ("/base/json-reader/too-long", test_too_long);
  g_test_add_func ("/base/json-reader/pull", test_pull);
  g_test_add_func ("/base/json-reader/pull-wrong-type", test_pull_wrong_type);
  g_test_add_func ("/base/json-reader/cancel", test_cancel);
  g_test_add_func ("/base/json-reader/truncated", test_truncated);
  g_test_add_func ("/base/json-reader/damaged", test_damaged);
  return g_test_run ();
}
