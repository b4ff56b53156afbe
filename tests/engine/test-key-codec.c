/*
 * Row keys: the order of bytes is the order of values, ranges hold what they should, and the hash never
 * changes.
 */
#include "model/engine/key-codec.h"
#include "tests/engine/fixture.h"

static const HrKeyLayout one = { { { "a", 1, HR_TYPE_S } }, 1, 1, 1 };

static void
assert_hex (const HrBuffer *buffer, const char *expected)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  for (gsize i = 0; i < buffer->length; i++)
    g_string_append_printf (hex, "%02x", (guint8) buffer->data[i]);
  g_assert_cmpstr (hex->str, ==, expected);
}

/* Written into files: these bytes must stay what they are. */
static void
test_bytes (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *expected;
  } cases[] = {
    { "a", 1, "b34a5d47" "610000" },
    { "a\0b", 3, "b1d8360b" "6100ff620000" },
    { "\0", 1, "5d424423" "00ff0000" },
    { "MSG#5ae290ed", 12, "a5436c77" "4d5347233561653239306564" "0000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HrBuffer) key = HR_BUFFER_INIT;
      HrValue value = hr_value_string (cases[i].bytes, cases[i].length);

      hr_key_encode (&one, &value, 1, &key);
      assert_hex (&key, cases[i].expected);
    }
}

static HrValue
random_value (HrArena *arena, HrType type)
{
  HrDecimal decimal = { g_test_rand_int_range (0, 2000), g_test_rand_int_range (-3, 4),
                        g_test_rand_int_range (0, 2) };
  char bytes[4];
  gsize length = g_test_rand_int_range (1, 5);
  char text[32];

  if (type == HR_TYPE_N)
    {
      HrDecimal parsed;

      g_snprintf (text, sizeof text, "%s%de%d", decimal.negative ? "-" : "", (int) decimal.coefficient,
                  decimal.exponent);
      g_assert_cmpint (hr_decimal_parse (&parsed, text, strlen (text)), ==, HR_DECIMAL_OK);
      return hr_value_number (arena, &parsed);
    }
  for (gsize i = 0; i < length; i++)
    bytes[i] = "\0\x01" "a\xfe\xff"[g_test_rand_int_range (0, 5)];
  return type == HR_TYPE_S ? hr_value_string (hr_arena_memdup (arena, bytes, length), length)
                           : hr_value_binary (hr_arena_memdup (arena, bytes, length), length);
}

static int
compare_lists (const HrValue *a, const HrValue *b, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      int order = hr_value_compare (&a[i], &b[i]);

      if (order != 0)
        return order;
    }
  return 0;
}

static int
compare_buffers (const HrBuffer *a, const HrBuffer *b)
{
  int order = memcmp (a->data, b->data, MIN (a->length, b->length));

  return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static int
sign (int value)
{
  return (value > 0) - (value < 0);
}

/* Components one after another compare as their values do one after another. */
static void
test_order (void)
{
  static const HrType types[] = { HR_TYPE_S, HR_TYPE_N, HR_TYPE_B };
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < 20000; i++)
    {
      HrValue a[3], b[3];
      g_auto (HrBuffer) x = HR_BUFFER_INIT;
      g_auto (HrBuffer) y = HR_BUFFER_INIT;

      for (guint j = 0; j < 3; j++)
        {
          a[j] = random_value (arena, types[j]);
          b[j] = g_test_rand_int_range (0, 3) == 0 ? a[j] : random_value (arena, types[j]);
          hr_key_append_component (&x, &a[j], TRUE);
          hr_key_append_component (&y, &b[j], TRUE);
        }
      g_assert_cmpint (sign (compare_buffers (&x, &y)), ==, sign (compare_lists (a, b, 3)));
    }
}

/* What begins with a value lies from its open component to the successor, and nothing else does. */
static void
test_prefix (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < 20000; i++)
    {
      HrValue prefix = random_value (arena, HR_TYPE_B);
      HrValue value = random_value (arena, HR_TYPE_B);
      gboolean begins =
          value.length >= prefix.length && memcmp (value.bytes, prefix.bytes, prefix.length) == 0;
      g_auto (HrBuffer) lower = HR_BUFFER_INIT;
      g_auto (HrBuffer) upper = HR_BUFFER_INIT;
      g_auto (HrBuffer) key = HR_BUFFER_INIT;

      /* A byte before, as the hash is in real keys. */
      hr_buffer_append_char (&lower, 1);
      hr_buffer_append_char (&upper, 1);
      hr_buffer_append_char (&key, 1);
      hr_key_append_component (&lower, &prefix, FALSE);
      hr_key_append_component (&upper, &prefix, FALSE);
      hr_key_to_successor (&upper);
      hr_key_append_component (&key, &value, TRUE);
      g_assert_cmpint (begins, ==, compare_buffers (&key, &lower) >= 0 && compare_buffers (&key, &upper) < 0);
    }
}

static void
test_segments (void)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  hr_key_append_segment_start (0, 3, &out);
  hr_key_append_segment_start (1, 3, &out);
  hr_key_append_segment_start (2, 3, &out);
  hr_key_append_segment_start (3, 3, &out);
  hr_key_append_segment_start (999999, 1000000, &out);
  assert_hex (&out, "00000000" "55555555" "aaaaaaaa" "ffffffff" "ffffef39");
}

/* Hashes fill the space evenly enough for segments to be of use. */
static void
test_spread (void)
{
  guint counts[16] = { 0 };

  for (guint i = 0; i < 16000; i++)
    {
      g_auto (HrBuffer) key = HR_BUFFER_INIT;
      char text[32];
      HrValue value;

      g_snprintf (text, sizeof text, "USER#%u", i);
      value = hr_value_string (text, strlen (text));
      hr_key_encode (&one, &value, 1, &key);
      counts[(guint8) key.data[0] >> 4]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_assert_cmpuint (counts[i], >, 800);
      g_assert_cmpuint (counts[i], <, 1200);
    }
}

static void
test_layout (void)
{
  g_autoptr (HrTable) table = fixture_table ("t", "pk:S", "sk:N");
  HrIndex *global = fixture_add_index (table, "g", HR_INDEX_GLOBAL, "sk:N", "x:B", HR_PROJECT_ALL);
  HrIndex *wrong = fixture_add_index (table, "w", HR_INDEX_GLOBAL, "m:M", NULL, HR_PROJECT_ALL);
  HrKeyLayout layout;

  g_assert_true (hr_key_layout_init (&layout, table, NULL));
  g_assert_cmpuint (layout.n_hash, ==, 1);
  g_assert_cmpuint (layout.n_key, ==, 2);
  g_assert_cmpuint (layout.n_parts, ==, 2);
  g_assert_cmpuint (hr_key_layout_get_limit (&layout, 0), ==, 2048);
  g_assert_cmpuint (hr_key_layout_get_limit (&layout, 1), ==, 1024);

  /* The table's sort key is in the index key already and is not repeated. */
  g_assert_true (hr_key_layout_init (&layout, table, global));
  g_assert_cmpuint (layout.n_hash, ==, 1);
  g_assert_cmpuint (layout.n_key, ==, 2);
  g_assert_cmpuint (layout.n_parts, ==, 3);
  g_assert_cmpstr (layout.parts[2].name, ==, "pk");

  g_assert_false (hr_key_layout_init (&layout, table, wrong));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/key-codec/bytes", test_bytes);
  g_test_add_func ("/engine/key-codec/order", test_order);
  g_test_add_func ("/engine/key-codec/prefix", test_prefix);
  g_test_add_func ("/engine/key-codec/segments", test_segments);
  g_test_add_func ("/engine/key-codec/spread", test_spread);
  g_test_add_func ("/engine/key-codec/layout", test_layout);
  return g_test_run ();
}
