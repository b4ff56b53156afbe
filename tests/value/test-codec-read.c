/* Reading typed JSON: the ten types, the service's refusals word by word, nesting, repeats, NUL. */
#include "model/base/service-limits.h"
#include "model/value/codec.h"

#include <string.h>

#define INVALID "One or more parameter values were invalid: "

static const HrJson *
parse (HrArena *arena, const char *text)
{
  HrJsonError error = { 0 };
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &error);

  if (json == NULL)
    g_error ("%s: %s", text, error.message);
  return json;
}

static gboolean
read_item (HrArena *arena, const char *text, HrValue *item, HrServiceError *error)
{
  return hr_item_from_json (arena, parse (arena, text), item, error);
}

static HrValue
value_of (HrArena *arena, const char *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue value;

  if (!hr_value_from_json (arena, parse (arena, text), &value, &error))
    g_error ("%s: %s", text, error.message);
  return value;
}

/* Each type and notation with the canonical form it has when written again. */
static void
test_accepts (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
    HrType type;
    guint length;
  } cases[] = {
    { "{\"S\":\"\"}", "{\"S\":\"\"}", HR_TYPE_S, 0 },
    { "{\"S\":\"a\\u0000b\"}", "{\"S\":\"a\\u0000b\"}", HR_TYPE_S, 3 },
    { "{\"N\":\"0042.1200\"}", "{\"N\":\"42.12\"}", HR_TYPE_N, 3 },
    { "{\"N\":\"-0\"}", "{\"N\":\"0\"}", HR_TYPE_N, 1 },
    { "{\"B\":\"\"}", "{\"B\":\"\"}", HR_TYPE_B, 0 },
    { "{\"B\":\"AP8=\"}", "{\"B\":\"AP8=\"}", HR_TYPE_B, 2 },
    { "{\"BOOL\":true}", "{\"BOOL\":true}", HR_TYPE_BOOL, 0 },
    { "{\"BOOL\":false}", "{\"BOOL\":false}", HR_TYPE_BOOL, 0 },
    { "{\"BOOL\":\"TRUE\"}", "{\"BOOL\":true}", HR_TYPE_BOOL, 0 },
    { "{\"BOOL\":\"no\"}", "{\"BOOL\":false}", HR_TYPE_BOOL, 0 },
    { "{\"NULL\":true}", "{\"NULL\":true}", HR_TYPE_NULL, 0 },
    { "{\"NULL\":\"yes\"}", "{\"NULL\":true}", HR_TYPE_NULL, 0 },
    { "{\"M\":{}}", "{\"M\":{}}", HR_TYPE_M, 0 },
    { "{\"M\":{\"b\":{\"S\":\"1\"},\"a\":{\"S\":\"2\"}}}",
      "{\"M\":{\"a\":{\"S\":\"2\"},\"b\":{\"S\":\"1\"}}}", HR_TYPE_M, 2 },
    { "{\"M\":{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"},\"a\":{\"S\":\"3\"}}}",
      "{\"M\":{\"a\":{\"S\":\"3\"},\"b\":{\"S\":\"2\"}}}", HR_TYPE_M, 2 },
    { "{\"L\":[]}", "{\"L\":[]}", HR_TYPE_L, 0 },
    { "{\"L\":[{\"S\":\"\"},{\"L\":[{\"B\":\"\"}]}]}",
      "{\"L\":[{\"S\":\"\"},{\"L\":[{\"B\":\"\"}]}]}", HR_TYPE_L, 2 },
    { "{\"SS\":[\"b\",\"\",\"a\"]}", "{\"SS\":[\"\",\"a\",\"b\"]}", HR_TYPE_SS, 3 },
    { "{\"NS\":[\"10\",\"9\",\"-1\",\"1e-3\"]}", "{\"NS\":[\"-1\",\"0.001\",\"9\",\"10\"]}", HR_TYPE_NS, 4 },
    { "{\"BS\":[\"/w==\",\"AA==\",\"\"]}", "{\"BS\":[\"\",\"AA==\",\"/w==\"]}", HR_TYPE_BS, 3 },
    { "{\"S\":\"x\",\"N\":null,\"comment\":5}", "{\"S\":\"x\"}", HR_TYPE_S, 1 },
    { "{\"S\":\"x\",\"S\":\"yy\"}", "{\"S\":\"yy\"}", HR_TYPE_S, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_auto (HrBuffer) out = HR_BUFFER_INIT;
      HrValue value = value_of (arena, cases[i].text);

      g_assert_cmpint (value.type, ==, cases[i].type);
      g_assert_cmpuint (value.length, ==, cases[i].length);
      hr_value_to_json (&value, FALSE, &out);
      g_assert_cmpmem (out.data, out.length, cases[i].canonical, strlen (cases[i].canonical));
    }
}

typedef struct
{
  const char *text;
  const char *message;
  const char *place; /* what the range covers */
} Refusal;

static void
assert_refused (const Refusal *refusal, HrServiceErrorKind kind)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *json = parse (arena, refusal->text);
  HrValue value;

  g_test_message ("%s", refusal->text);
  g_assert_false (hr_value_from_json (arena, json, &value, &error));
  g_assert_cmpstr (error.message, ==, refusal->message);
  g_assert_cmpint (error.kind, ==, kind);
  g_assert_cmpint (error.family, ==, kind == HR_SERVICE_VALIDATION ? HR_FAMILY_ENVELOPED : HR_FAMILY_BARE);
  g_assert_true (error.has_range);
  g_assert_cmpmem (refusal->text + error.range.start, error.range.end - error.range.start, refusal->place,
                   strlen (refusal->place));
  g_assert_true (hr_value_check_shape (arena, json, &error) == (kind == HR_SERVICE_VALIDATION));
}

static void
test_serialization (void)
{
  static const Refusal cases[] = {
    { "5", "Unexpected value type in payload", "5" },
    { "\"x\"", "Unexpected value type in payload", "\"x\"" },
    { "true", "Unexpected value type in payload", "true" },
    { "[]", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue", "[]" },
    { "{\"S\":5}", "NUMBER_VALUE cannot be converted to String", "5" },
    { "{\"S\":5.5}", "DECIMAL_VALUE cannot be converted to String", "5.5" },
    { "{\"S\":1e3}", "DECIMAL_VALUE cannot be converted to String", "1e3" },
    { "{\"S\":true}", "TRUE_VALUE cannot be converted to String", "true" },
    { "{\"S\":false}", "FALSE_VALUE cannot be converted to String", "false" },
    { "{\"S\":[]}", "Unrecognized collection type class java.lang.String", "[]" },
    { "{\"S\":{}}", "Start of structure or map found where not expected", "{}" },
    { "{\"N\":123}", "NUMBER_VALUE cannot be converted to String", "123" },
    { "{\"N\":-1.5}", "DECIMAL_VALUE cannot be converted to String", "-1.5" },
    { "{\"B\":5}", "only base-64-encoded strings are convertible to bytes", "5" },
    { "{\"B\":true}", "only base-64-encoded strings are convertible to bytes", "true" },
    { "{\"B\":[]}", "Unrecognized collection type class java.nio.ByteBuffer", "[]" },
    { "{\"B\":{}}", "Start of structure or map found where not expected", "{}" },
    { "{\"B\":\"23456\"}",
      "Base64 encoded length is expected a multiple of 4 bytes but found: 5", "\"23456\"" },
    { "{\"B\":\"=+/=\"}", "Invalid last non-pad Base64 character dectected", "\"=+/=\"" },
    { "{\"B\":\"+/+=\"}", "Invalid last non-pad Base64 character dectected", "\"+/+=\"" },
    { "{\"BOOL\":0}", "NUMBER_VALUE cannot be converted to Boolean", "0" },
    { "{\"BOOL\":0.5}", "DECIMAL_VALUE cannot be converted to Boolean", "0.5" },
    { "{\"BOOL\":\"abc\"}", "Unexpected token received from parser", "\"abc\"" },
    { "{\"BOOL\":[]}", "Unrecognized collection type class java.lang.Boolean", "[]" },
    { "{\"BOOL\":{}}", "Start of structure or map found where not expected", "{}" },
    { "{\"NULL\":1}", "NUMBER_VALUE cannot be converted to Boolean", "1" },
    { "{\"L\":\"x\"}", "Unexpected field type", "\"x\"" },
    { "{\"L\":{}}", "Start of structure or map found where not expected", "{}" },
    { "{\"L\":[5]}", "Unexpected value type in payload", "5" },
    { "{\"M\":5}", "Unexpected field type", "5" },
    { "{\"M\":[]}",
      "Unrecognized collection type java.util.Map<java.lang.String, "
      "com.amazonaws.dynamodb.v20120810.AttributeValue>",
      "[]" },
    { "{\"M\":{\"a\":\"x\"}}", "Unexpected value type in payload", "\"x\"" },
    { "{\"SS\":\"x\"}", "Unexpected field type", "\"x\"" },
    { "{\"SS\":{}}", "Start of structure or map found where not expected", "{}" },
    { "{\"SS\":[\"a\",5]}", "NUMBER_VALUE cannot be converted to String", "5" },
    { "{\"NS\":[5]}", "NUMBER_VALUE cannot be converted to String", "5" },
    { "{\"BS\":[true]}", "only base-64-encoded strings are convertible to bytes", "true" },
    /* a wrong shape wins over an invalid value before it */
    { "{\"M\":{\"a\":{\"NULL\":false},\"b\":{\"N\":5}}}", "NUMBER_VALUE cannot be converted to String", "5" },
    { "{\"L\":[{\"N\":\"x\"},{\"SS\":[]},{},{\"B\":\"a\"}]}",
      "Base64 encoded length is expected a multiple of 4 bytes but found: 1", "\"a\"" },
    { "{\"S\":\"a\",\"N\":\"x\",\"BS\":[5]}", "only base-64-encoded strings are convertible to bytes", "5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (&cases[i], HR_SERVICE_SERIALIZATION);
}

#define EMPTY "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
#define MANY \
  "Supplied AttributeValue has more than one datatypes set, " \
  "must contain exactly one of the supported datatypes"
#define NOT_NUMERIC "The parameter cannot be converted to a numeric value: "
#define OVERFLOW "Number overflow. Attempting to store a number with magnitude larger than supported range"
#define UNDERFLOW "Number underflow. Attempting to store a number with magnitude smaller than supported range"

static void
test_validation (void)
{
  static const Refusal cases[] = {
    { "null", EMPTY, "null" },
    { "{}", EMPTY, "{}" },
    { "{\"X\":\"a\"}", EMPTY, "{\"X\":\"a\"}" },
    { "{\"s\":\"a\"}", EMPTY, "{\"s\":\"a\"}" },
    { "{\"S\":null}", EMPTY, "{\"S\":null}" },
    { "{\"L\":[{}]}", EMPTY, "{}" },
    { "{\"M\":{\"a\":null}}", EMPTY, "null" },
    { "{\"S\":\"a\",\"N\":\"1\"}", MANY, "{\"S\":\"a\",\"N\":\"1\"}" },
    { "{\"L\":[],\"M\":{}}", MANY, "{\"L\":[],\"M\":{}}" },
    { "{\"S\":\"a\",\"N\":\"b\"}", NOT_NUMERIC "b", "\"b\"" },
    { "{\"NULL\":false}", INVALID "Null attribute value types must have the value of true", "false" },
    { "{\"NULL\":\"no\"}", INVALID "Null attribute value types must have the value of true", "\"no\"" },
    { "{\"SS\":[]}", INVALID "An string set  may not be empty", "[]" },
    { "{\"NS\":[]}", INVALID "An number set  may not be empty", "[]" },
    { "{\"BS\":[]}", INVALID "Binary sets should not be empty", "[]" },
    { "{\"L\":[{\"M\":{\"a\":{\"SS\":[]}}}]}", INVALID "An string set  may not be empty", "[]" },
    { "{\"SS\":[\"b\",\"a\",\"b\"]}", INVALID "Input collection [\"a\", \"b\", \"b\"] contains duplicates.",
      "[\"b\",\"a\",\"b\"]" },
    { "{\"SS\":[\"a\",\"a\"]}",
      INVALID "Input collection [\"a\", \"a\"] contains duplicates.", "[\"a\",\"a\"]" },
    { "{\"SS\":[\"d\",\"c\",\"d\",\"b\",\"a\",\"c\"]}",
      INVALID "Input collection [\"c\", \"d\", \"d\", \"b\", \"a\", \"c\"] contains duplicates.",
      "[\"d\",\"c\",\"d\",\"b\",\"a\",\"c\"]" },
    { "{\"BS\":[\"/w==\",\"AA==\",\"AA==\"]}",
      INVALID "Input collection [\"AA==\",\"/w==\",\"AA==\"]of type BS contains duplicates.",
      "[\"/w==\",\"AA==\",\"AA==\"]" },
    { "{\"NS\":[\"2\",\"1\",\"2\"]}",
      INVALID "Input collection contains duplicates.", "[\"2\",\"1\",\"2\"]" },
    { "{\"NS\":[\"1\",\"1.0\"]}", INVALID "Input collection contains duplicates.", "[\"1\",\"1.0\"]" },
    { "{\"NS\":[\"1\",\"\"]}", NOT_NUMERIC, "\"\"" },
    { "{\"NS\":[\"1\",\"1e126\"]}", OVERFLOW, "\"1e126\"" },
    { "{\"N\":\"\"}", NOT_NUMERIC, "\"\"" },
    { "{\"N\":\"abc\"}", NOT_NUMERIC "abc", "\"abc\"" },
    { "{\"N\":\" 1\"}", NOT_NUMERIC " 1", "\" 1\"" },
    { "{\"N\":\"1 \"}", NOT_NUMERIC "1 ", "\"1 \"" },
    { "{\"N\":\"1.2.3\"}", NOT_NUMERIC "1.2.3", "\"1.2.3\"" },
    { "{\"N\":\"0x10\"}", NOT_NUMERIC "0x10", "\"0x10\"" },
    { "{\"N\":\"1e\"}", NOT_NUMERIC "1e", "\"1e\"" },
    { "{\"N\":\"NaN\"}", NOT_NUMERIC "NaN", "\"NaN\"" },
    { "{\"N\":\"Infinity\"}", NOT_NUMERIC "Infinity", "\"Infinity\"" },
    { "{\"N\":\"1e9223372036854775808\"}", NOT_NUMERIC "1e9223372036854775808", "\"1e9223372036854775808\"" },
    { "{\"N\":\"1e126\"}", OVERFLOW, "\"1e126\"" },
    { "{\"N\":\"1e2147483647\"}", OVERFLOW, "\"1e2147483647\"" },
    { "{\"N\":\"-1e99999999999\"}", OVERFLOW, "\"-1e99999999999\"" },
    { "{\"N\":\"0e126\"}", OVERFLOW, "\"0e126\"" },
    { "{\"N\":\"1e-131\"}", UNDERFLOW, "\"1e-131\"" },
    { "{\"N\":\"1e-99999999999\"}", UNDERFLOW, "\"1e-99999999999\"" },
    { "{\"N\":\"0e-131\"}", UNDERFLOW, "\"0e-131\"" },
    { "{\"N\":\"123456789012345678901234567890123456789\"}",
      "Attempting to store more than 38 significant digits in a Number",
      "\"123456789012345678901234567890123456789\"" },
    { "{\"M\":{\"a\":{\"M\":{\"\":{\"S\":\"x\"}}}}}", "Empty attribute name", "\"\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (&cases[i], HR_SERVICE_VALIDATION);
}

/* The value @leaf in @levels - 1 maps or lists. */
static char *
nested (guint levels, gboolean maps, const char *leaf)
{
  GString *text = g_string_new (NULL);

  for (guint i = 1; i < levels; i++)
    g_string_append (text, maps ? "{\"M\":{\"n\":" : "{\"L\":[");
  g_string_append (text, leaf);
  for (guint i = 1; i < levels; i++)
    g_string_append (text, maps ? "}}" : "]}");
  return g_string_free (text, FALSE);
}

static void
test_nesting (void)
{
  static const char message[] = "Nesting Levels have exceeded supported limits: "
                                "Attributes in the item have nested levels beyond supported limit";

  for (guint maps = 0; maps < 2; maps++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autofree char *deepest = nested (32, maps, "{\"S\":\"x\"}");
      g_autofree char *too_deep = nested (33, maps, "{\"S\":\"x\"}");
      g_autofree char *much_too_deep = nested (120, maps, "{\"S\":\"x\"}");
      g_autofree char *item_text = g_strdup_printf ("{\"pk\":{\"S\":\"x\"},\"data\":%s}", deepest);
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrValue value = value_of (arena, deepest);
      HrValue item;

      g_assert_cmpuint (hr_value_depth (&value), ==, 32);
      g_assert_true (read_item (arena, item_text, &item, &error));
      g_assert_false (hr_value_from_json (arena, parse (arena, too_deep), &value, &error));
      g_assert_cmpstr (error.message, ==, message);
      g_assert_false (hr_value_from_json (arena, parse (arena, much_too_deep), &value, &error));
      g_assert_cmpstr (error.message, ==, message);
    }
}

/* The deepest JSON that can be read at all, with and without a wrong shape at its bottom. */
static void
test_ceiling (void)
{
  static const struct
  {
    const char *leaf;
    HrServiceErrorKind kind;
  } cases[] = { { "{\"S\":\"x\"}", HR_SERVICE_VALIDATION }, { "{\"S\":5}", HR_SERVICE_SERIALIZATION } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autofree char *text = nested (HR_JSON_DEPTH_CEILING / 2, TRUE, cases[i].leaf);
      const HrJson *json = hr_json_parse (arena, text, strlen (text), G_MAXUINT, NULL);
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrValue value;

      g_assert_nonnull (json);
      g_assert_false (hr_value_from_json (arena, json, &value, &error));
      g_assert_cmpint (error.kind, ==, cases[i].kind);
    }
}

static void
test_item (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue item;

  g_assert_true (read_item (arena, "{\"b\":{\"N\":\"1\"},\"a\":{\"S\":\"x\"}}", &item, &error));
  g_assert_cmpint (item.type, ==, HR_TYPE_M);
  g_assert_cmpuint (item.length, ==, 2);
  g_assert_cmpmem (item.members[0].name, item.members[0].name_length, "a", 1);
  g_assert_true (read_item (arena, "{}", &item, &error));
  g_assert_cmpuint (item.length, ==, 0);

  g_assert_false (read_item (arena, "[]", &item, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_SERIALIZATION);
  g_assert_true (g_str_has_prefix (error.message, "Unrecognized collection type java.util.Map<"));
  g_assert_false (read_item (arena, "5", &item, &error));
  g_assert_cmpstr (error.message, ==, "Unexpected field type");
  g_assert_false (read_item (arena, "{\"\":{\"S\":\"x\"}}", &item, &error));
  g_assert_cmpstr (error.message, ==, "Empty attribute name");
  g_assert_false (read_item (arena, "{\"a\":{\"SS\":[]},\"b\":{\"S\":1}}", &item, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_SERIALIZATION);
  g_assert_false (hr_item_check_shape (arena, parse (arena, "{\"a\":{\"SS\":[5]}}"), &error));
  g_assert_true (hr_item_check_shape (arena, parse (arena, "{\"a\":{\"SS\":[]}}"), &error));
}

static void
test_name_length (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *name = g_strnfill (HR_LIMIT_ATTRIBUTE_NAME_BYTES, 'x');
  g_autofree char *longest = g_strdup_printf ("{\"%s\":{\"S\":\"\"}}", name);
  g_autofree char *too_long = g_strdup_printf ("{\"%sy\":{\"S\":\"\"}}", name);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue item;

  g_assert_true (read_item (arena, longest, &item, &error));
  g_assert_false (read_item (arena, too_long, &item, &error));
  g_assert_cmpstr (error.message, ==, "Attribute name is too large, must be less than 65536 bytes");
}

/* More members than the sort does by insertion: the last of equal names still wins. */
static void
test_many_repeated_members (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) text = g_string_new ("{");
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue item;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (text, "%s\"k%u\":{\"N\":\"%u\"}", i > 0 ? "," : "", i * 7 % 100, i);
  g_string_append_c (text, '}');
  g_assert_true (read_item (arena, text->str, &item, &error));
  g_assert_cmpuint (item.length, ==, 100);
  for (guint i = 200; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("k%u", i * 7 % 100);
      HrDecimal decimal = hr_value_get_decimal (hr_map_get (&item, name, strlen (name)));

      while (decimal.exponent-- > 0)
        decimal.coefficient *= 10;
      g_assert_cmpuint ((guint) decimal.coefficient, ==, i);
    }
}

/* Repeats in a large set are found in less than quadratic time and named at their first place. */
static void
test_large_set (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) text = g_string_new ("{\"SS\":[\"z\"");
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue value;

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (text, ",\"%u\"", (i * 7919) % 50000);
  g_string_append (text, ",\"z\"]}");
  g_assert_false (hr_value_from_json (arena, parse (arena, text->str), &value, &error));
  g_assert_true (g_str_has_prefix (error.message, INVALID "Input collection [\"0\", \"1\", \"10\", "));
  g_assert_true (g_str_has_suffix (error.message, ", \"z\", \"z\"] contains duplicates."));
}

static void
test_number_from_text (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue one;
  HrValue two;

  g_assert_true (hr_number_from_text (arena, "1000", 4, &one, &error));
  g_assert_true (hr_number_from_text (arena, "1e3", 3, &two, &error));
  g_assert_true (hr_value_equal (&one, &two));
  g_assert_false (hr_number_from_text (arena, "x%sy", 4, &one, &error));
  g_assert_cmpstr (error.message, ==, NOT_NUMERIC "x%sy");
  g_assert_cmpint (error.family, ==, HR_FAMILY_ENVELOPED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/codec-read/accepts", test_accepts);
  g_test_add_func ("/value/codec-read/serialization", test_serialization);
  g_test_add_func ("/value/codec-read/validation", test_validation);
  g_test_add_func ("/value/codec-read/nesting", test_nesting);
  g_test_add_func ("/value/codec-read/ceiling", test_ceiling);
  g_test_add_func ("/value/codec-read/item", test_item);
  g_test_add_func ("/value/codec-read/name-length", test_name_length);
  g_test_add_func ("/value/codec-read/many-repeated-members", test_many_repeated_members);
  g_test_add_func ("/value/codec-read/large-set", test_large_set);
  g_test_add_func ("/value/codec-read/number-from-text", test_number_from_text);
  return g_test_run ();
}
