/* Decimals: texts, range, sizes, order, arithmetic against a long schoolbook number, the sortable form. */
#include "sample.h"

#include <string.h>

#define NINES38 "99999999999999999999999999999999999999"

static HrDecimal
decimal_of (const char *text)
{
  HrDecimal decimal;

  if (hr_decimal_parse (&decimal, text, strlen (text)) != HR_DECIMAL_OK)
    g_error ("no decimal: %s", text);
  return decimal;
}

/* The canonical text: @digits, then @count times @filler, then @end. */
static char *
filled (const char *digits, char filler, guint count, const char *end)
{
  g_autofree char *fill = g_strnfill (count, filler);

  return g_strconcat (digits, fill, end, NULL);
}

static void
assert_text (const HrDecimal *decimal, const char *expected)
{
  char text[HR_DECIMAL_TEXT_MAX];
  guint8 bytes[HR_DECIMAL_BYTES_MAX];

  g_assert_cmpuint (hr_decimal_format (decimal, text), ==, strlen (expected));
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (hr_decimal_format_encoded (bytes, hr_decimal_encode (decimal, bytes), text), ==,
                    strlen (expected));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
  } cases[] = {
    { "0", "0" },
    { "-0", "0" },
    { "+0", "0" },
    { "0.000", "0" },
    { "0e125", "0" },
    { "0.0e126", "0" },
    { "0e-130", "0" },
    { "00000", "0" },
    { "1", "1" },
    { "-1", "-1" },
    { "+5", "5" },
    { ".5", "0.5" },
    { "-.5", "-0.5" },
    { "5.", "5" },
    { "1.e5", "100000" },
    { "1E5", "100000" },
    { "1e+5", "100000" },
    { "1e00000000000000000000000000005", "100000" },
    { "1.5E2", "150" },
    { "15e-1", "1.5" },
    { "0042.1200", "42.12" },
    { "1000.0", "1000" },
    { "1e3", "1000" },
    { "0.00015", "0.00015" },
    { "100.5", "100.5" },
    { "-123.456e-5", "-0.00123456" },
    { NINES38, NINES38 },
    { "0." NINES38, "0." NINES38 },
    { NINES38 "0000000000", NINES38 "0000000000" },
    { "000000000000000000000000000000000000000000000000001", "1" },
    { "1.0000000000000000000000000000000000000000000000000", "1" },
    { "18446744073709551616", "18446744073709551616" },
    { "-18446744073709551615", "-18446744073709551615" },
    { "10000000000000000000000000000000000001", "10000000000000000000000000000000000001" },
    { "12345678901234567890.1234567890123456780", "12345678901234567890.123456789012345678" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrDecimal decimal = decimal_of (cases[i].text);

      assert_text (&decimal, cases[i].canonical);
    }
}

static void
test_parse_range (void)
{
  g_autofree char *largest = filled (NINES38, '0', 88, "");
  g_autofree char *smallest = filled ("0.", '0', 129, "1");
  g_autofree char *largest_power = filled ("1", '0', 125, "");
  g_autofree char *smallest_long = filled ("-0.", '0', 129, NINES38);
  HrDecimal decimal;

  decimal = decimal_of ("9.9999999999999999999999999999999999999E+125");
  assert_text (&decimal, largest);
  decimal = decimal_of (largest);
  assert_text (&decimal, largest);
  decimal = decimal_of ("1E-130");
  assert_text (&decimal, smallest);
  decimal = decimal_of ("1E125");
  assert_text (&decimal, largest_power);
  decimal = decimal_of ("-9.9999999999999999999999999999999999999E-130");
  assert_text (&decimal, smallest_long);
  decimal = decimal_of ("0.00000000001e136");
  assert_text (&decimal, largest_power);
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text;
    HrDecimalStatus status;
  } cases[] = {
    { "", HR_DECIMAL_SYNTAX },
    { " 1", HR_DECIMAL_SYNTAX },
    { "1 ", HR_DECIMAL_SYNTAX },
    { "1+2", HR_DECIMAL_SYNTAX },
    { "1.2.3", HR_DECIMAL_SYNTAX },
    { "+e2", HR_DECIMAL_SYNTAX },
    { "e2", HR_DECIMAL_SYNTAX },
    { ".e2", HR_DECIMAL_SYNTAX },
    { ".", HR_DECIMAL_SYNTAX },
    { "+", HR_DECIMAL_SYNTAX },
    { "-", HR_DECIMAL_SYNTAX },
    { "+-1", HR_DECIMAL_SYNTAX },
    { "1e", HR_DECIMAL_SYNTAX },
    { "1e+", HR_DECIMAL_SYNTAX },
    { "1e1.5", HR_DECIMAL_SYNTAX },
    { "1e1e1", HR_DECIMAL_SYNTAX },
    { "0x10", HR_DECIMAL_SYNTAX },
    { "1f", HR_DECIMAL_SYNTAX },
    { "1,5", HR_DECIMAL_SYNTAX },
    { "NaN", HR_DECIMAL_SYNTAX },
    { "Infinity", HR_DECIMAL_SYNTAX },
    { "\xd9\xa1", HR_DECIMAL_SYNTAX },
    { "1e9223372036854775808", HR_DECIMAL_SYNTAX },
    { "1e-9223372036854775809", HR_DECIMAL_SYNTAX },
    { "0e99999999999999999999", HR_DECIMAL_SYNTAX },
    { "1e9223372036854775807", HR_DECIMAL_OVERFLOW },
    { "1e-9223372036854775808", HR_DECIMAL_UNDERFLOW },
    { "0.1e-9223372036854775808", HR_DECIMAL_UNDERFLOW },
    { "10e9223372036854775807", HR_DECIMAL_OVERFLOW },
    { "1e2147483647", HR_DECIMAL_OVERFLOW },
    { "1e2147483648", HR_DECIMAL_OVERFLOW },
    { "1e-2147483648", HR_DECIMAL_UNDERFLOW },
    { "1e99999999999", HR_DECIMAL_OVERFLOW },
    { "-1e99999999999", HR_DECIMAL_OVERFLOW },
    { "1e-99999999999", HR_DECIMAL_UNDERFLOW },
    { "1e126", HR_DECIMAL_OVERFLOW },
    { "10e125", HR_DECIMAL_OVERFLOW },
    { "-1e126", HR_DECIMAL_OVERFLOW },
    { "1e-131", HR_DECIMAL_UNDERFLOW },
    { "0.1e-130", HR_DECIMAL_UNDERFLOW },
    { "0e126", HR_DECIMAL_OVERFLOW },
    { "-0e126", HR_DECIMAL_OVERFLOW },
    { "0.0e127", HR_DECIMAL_OVERFLOW },
    { "0e-131", HR_DECIMAL_UNDERFLOW },
    { "0.0e-130", HR_DECIMAL_UNDERFLOW },
    { "0e2147483648", HR_DECIMAL_OVERFLOW },
    { NINES38 "1", HR_DECIMAL_PRECISION },
    { "1." NINES38, HR_DECIMAL_PRECISION },
    { "1.00000000000000000000000000000000000001", HR_DECIMAL_PRECISION },
    { "1234567890123456789012345678901234567890", HR_DECIMAL_PRECISION },
    { "12345678901234567890123456789012345678901", HR_DECIMAL_PRECISION },
    { "1000000000000000000000000000000000000000000000000000001", HR_DECIMAL_PRECISION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrDecimal decimal;
      HrDecimalStatus status = hr_decimal_parse (&decimal, cases[i].text, strlen (cases[i].text));

      g_test_message ("case %u", i);
      g_assert_cmpint (status, ==, cases[i].status);
    }
}

static void
test_parse_embedded_nul (void)
{
  HrDecimal decimal;

  g_assert_cmpint (hr_decimal_parse (&decimal, "1\0", 2), ==, HR_DECIMAL_SYNTAX);
  g_assert_cmpint (hr_decimal_parse (&decimal, "\0", 1), ==, HR_DECIMAL_SYNTAX);
  g_assert_cmpint (hr_decimal_parse (&decimal, NULL, 0), ==, HR_DECIMAL_SYNTAX);
}

/* A text of 200 000 zeros on either side of the point is still read exactly. */
static void
test_parse_long (void)
{
  g_autofree char *small = filled ("0.", '0', 200000, "1e200010");
  g_autofree char *large = filled ("1", '0', 200000, "e-199990");
  g_autofree char *zero = filled ("0.", '0', 200000, "e200000");
  HrDecimal decimal;

  decimal = decimal_of (small);
  assert_text (&decimal, "1000000000");
  decimal = decimal_of (large);
  assert_text (&decimal, "10000000000");
  decimal = decimal_of (zero);
  assert_text (&decimal, "0");
}

static void
test_size (void)
{
  static const struct
  {
    const char *text;
    guint size;
  } cases[] = {
    /* captured on the service */
    { "0", 1 },
    { "-0", 1 },
    { "1", 2 },
    { "12", 2 },
    { "15", 2 },
    { "123", 3 },
    { "1234", 3 },
    { "123456", 4 },
    { NINES38, 20 },
    { "100", 2 },
    { "1010", 3 },
    { "1E125", 2 },
    { "1.5", 3 },
    { "1.234", 4 },
    { "3.14159", 5 },
    { "100.5", 4 },
    { "0.15", 2 },
    { "-42", 3 },
    /* by the formula */
    { "120", 2 },
    { "12340", 3 },
    { "0.012", 2 },
    { "-0.5", 3 },
    { "1E-130", 2 },
    { "-" NINES38, 21 },
    { "9." "9999999999999999999999999999999999999", 21 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrDecimal decimal = decimal_of (cases[i].text);
      guint8 bytes[HR_DECIMAL_BYTES_MAX];

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (hr_decimal_size_bytes (&decimal), ==, cases[i].size);
      g_assert_cmpuint (hr_decimal_size_bytes_encoded (bytes, hr_decimal_encode (&decimal, bytes)), ==,
                        cases[i].size);
    }
}

/* A number by places, 10^(index - 170): slow, long enough for any sum and nothing like the code under test */
#define PLACES 320

typedef struct
{
  gint places[PLACES]; /* each with the sign of the number */
} Long;

static Long
long_of (const HrDecimal *decimal)
{
  char text[HR_DECIMAL_TEXT_MAX];
  gsize length = hr_decimal_format (decimal, text);
  gboolean negative = text[0] == '-';
  const char *point = strchr (text, '.');
  gint place = 170 + (gint) ((point != NULL ? (gsize) (point - text) : length) - (gsize) negative) - 1;
  Long number = { { 0 } };

  for (gsize i = negative; i < length; i++)
    {
      if (text[i] != '.')
        number.places[place--] = (text[i] - '0') * (negative ? -1 : 1);
    }
  return number;
}

static int
long_sign (const Long *number)
{
  for (gint i = PLACES - 1; i >= 0; i--)
    {
      if (number->places[i] != 0)
        return number->places[i] > 0 ? 1 : -1;
    }
  return 0;
}

/* Adds @factor times @other, then gives all places one sign and one digit. */
static void
long_add (Long *number, const Long *other, gint factor)
{
  int sign;

  for (guint i = 0; i < PLACES; i++)
    number->places[i] += factor * other->places[i];
  sign = long_sign (number);
  for (guint i = 0; i + 1 < PLACES; i++)
    {
      gint digit = number->places[i] * sign;
      gint carry = digit >= 0 ? digit / 10 : -((9 - digit) / 10);

      number->places[i] = (digit - carry * 10) * sign;
      number->places[i + 1] += carry * sign;
    }
}

static HrDecimalStatus
long_status (const Long *number)
{
  gint first = PLACES - 1;
  gint last = 0;

  if (long_sign (number) == 0)
    return HR_DECIMAL_OK;
  while (number->places[first] == 0)
    first--;
  while (number->places[last] == 0)
    last++;
  if (first - 170 > 125)
    return HR_DECIMAL_OVERFLOW;
  if (first - 170 < -130)
    return HR_DECIMAL_UNDERFLOW;
  return first - last + 1 > 38 ? HR_DECIMAL_PRECISION : HR_DECIMAL_OK;
}

static void
assert_sum (const HrDecimal *a, const HrDecimal *b, gint factor)
{
  Long expected = long_of (a);
  Long other = long_of (b);
  HrDecimal result;
  HrDecimalStatus status = factor > 0 ? hr_decimal_add (&result, a, b) : hr_decimal_subtract (&result, a, b);
  HrDecimalStatus expected_status;

  long_add (&expected, &other, factor);
  expected_status = long_status (&expected);
  if (expected_status == HR_DECIMAL_OK)
    {
      Long got;

      g_assert_cmpint (status, ==, HR_DECIMAL_OK);
      got = long_of (&result);
      g_assert_cmpmem (&got, sizeof got, &expected, sizeof expected);
      g_assert_true (result.coefficient != 0 ? result.coefficient % 10 != 0
                                             : result.exponent == 0 && !result.negative);
    }
  else if (expected_status == HR_DECIMAL_PRECISION)
    g_assert_cmpint (status, ==, HR_DECIMAL_PRECISION);
  else
    g_assert_cmpint (status, !=, HR_DECIMAL_OK); /* may be too precise as well */
}

static void
test_add (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    const char *sum;
  } cases[] = {
    { "0", "0", "0" },
    { "0", "-5", "-5" },
    { "1", "-1", "0" },
    { "0.1", "0.2", "0.3" },
    { "99", "1", "100" },
    { "1e125", "-1e125", "0" },
    { "9007199254740993", "1", "9007199254740994" },
    { NINES38, "1", "100000000000000000000000000000000000000" },
    { "1e38", "-1", NINES38 },
    { "-1e38", "1", "-" NINES38 },
    { "-1", "1e38", NINES38 },
    { "50000000000000000000000000000000000000", "50000000000000000000000000000000000000",
      "100000000000000000000000000000000000000" },
    { "1.5", "-2.75", "-1.25" },
    { "2e20", "-2.00000000000000000001e20", "-1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrDecimal a = decimal_of (cases[i].a);
      HrDecimal b = decimal_of (cases[i].b);
      HrDecimal sum;

      g_assert_cmpint (hr_decimal_add (&sum, &a, &b), ==, HR_DECIMAL_OK);
      assert_text (&sum, cases[i].sum);
      g_assert_cmpint (hr_decimal_add (&b, &b, &a), ==, HR_DECIMAL_OK); /* the result may be an operand */
      assert_text (&b, cases[i].sum);
    }
}

static void
test_add_refuses (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    HrDecimalStatus status;
  } cases[] = {
    { NINES38, "0.1", HR_DECIMAL_PRECISION },
    { "1e38", "1", HR_DECIMAL_PRECISION },
    { "1e39", "-1", HR_DECIMAL_PRECISION },
    { "4e38", "-1", HR_DECIMAL_PRECISION },
    { "1e125", "1e-130", HR_DECIMAL_PRECISION },
    { "9e125", "1e125", HR_DECIMAL_OVERFLOW },
    { "-9e125", "-9e125", HR_DECIMAL_OVERFLOW },
    { "1.1e-130", "-1e-130", HR_DECIMAL_UNDERFLOW },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrDecimal a = decimal_of (cases[i].a);
      HrDecimal b = decimal_of (cases[i].b);
      HrDecimal sum;

      g_assert_cmpint (hr_decimal_add (&sum, &a, &b), ==, cases[i].status);
    }
}

static void
test_add_random (void)
{
  GRand *rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++)
    {
      HrDecimal a = sample_decimal (rand);
      HrDecimal b = sample_decimal (rand);
      gint shift = g_rand_int_range (rand, -40, 41);

      /* Every other pair is brought close, so that cancellation and carries are common. */
      if (i % 2 == 0)
        b.exponent = (gint16) (b.coefficient != 0 ? CLAMP (a.exponent + shift, -130, 80) : 0);
      assert_sum (&a, &b, 1);
      assert_sum (&a, &b, -1);
      assert_sum (&a, &a, -1);
    }
  g_rand_free (rand);
}

static void
test_round_trip (void)
{
  GRand *rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 20000; i++)
    {
      HrDecimal decimal = sample_decimal (rand);
      HrDecimal again;
      char text[HR_DECIMAL_TEXT_MAX];
      char text_again[HR_DECIMAL_TEXT_MAX];
      guint8 bytes[HR_DECIMAL_BYTES_MAX];
      gsize length = hr_decimal_format (&decimal, text);

      g_assert_cmpint (hr_decimal_parse (&again, text, length), ==, HR_DECIMAL_OK);
      g_assert_true (again.coefficient == decimal.coefficient && again.exponent == decimal.exponent
                     && again.negative == decimal.negative);

      length = hr_decimal_encode (&decimal, bytes);
      g_assert_cmpuint (length, <=, HR_DECIMAL_BYTES_MAX);
      g_assert_true (hr_decimal_decode (&again, bytes, length));
      g_assert_true (again.coefficient == decimal.coefficient && again.exponent == decimal.exponent
                     && again.negative == decimal.negative);
      hr_decimal_format_encoded (bytes, length, text_again);
      g_assert_cmpstr (text_again, ==, text);
      g_assert_cmpuint (hr_decimal_size_bytes_encoded (bytes, length), ==, hr_decimal_size_bytes (&decimal));
    }
  g_rand_free (rand);
}

static int
sign_of (int order)
{
  return (order > 0) - (order < 0);
}

static int
compare_encoded (const HrDecimal *a, const HrDecimal *b)
{
  guint8 one[HR_DECIMAL_BYTES_MAX];
  guint8 two[HR_DECIMAL_BYTES_MAX];
  gsize one_length = hr_decimal_encode (a, one);
  gsize two_length = hr_decimal_encode (b, two);
  int order = memcmp (one, two, MIN (one_length, two_length));

  return order != 0 ? sign_of (order) : sign_of ((int) one_length - (int) two_length);
}

static void
assert_order (const HrDecimal *a, const HrDecimal *b)
{
  Long difference = long_of (a);
  Long other = long_of (b);

  long_add (&difference, &other, -1);
  g_assert_cmpint (sign_of (hr_decimal_compare (a, b)), ==, long_sign (&difference));
  g_assert_cmpint (compare_encoded (a, b), ==, long_sign (&difference));
}

static void
test_order_random (void)
{
  GRand *rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++)
    {
      HrDecimal a = sample_decimal (rand);
      HrDecimal b = sample_decimal (rand);
      HrDecimal near = a;

      /* Numbers that share a beginning differ only in length. */
      near.coefficient /= 10;
      near.exponent++;
      while (near.coefficient != 0 && near.coefficient % 10 == 0)
        {
          near.coefficient /= 10;
          near.exponent++;
        }
      if (near.coefficient == 0)
        near = (HrDecimal) { 0 };
      assert_order (&a, &b);
      assert_order (&a, &near);
      assert_order (&near, &a);
      assert_order (&a, &a);
    }
  g_rand_free (rand);
}

/* Numbers in order over the whole range, each against each. */
static void
test_order_ladder (void)
{
  static const char *const mantissas[] = { "1",  "1.00001", "1.5", "9.9", "9.99999",
                                           "10", "10.5",    "99",  "99.9" };
  g_autoptr (GArray) ladder = g_array_new (FALSE, FALSE, sizeof (HrDecimal));
  HrDecimal zero = { 0 };

  for (gint exponent = 124; exponent >= -130; exponent -= exponent > 3 || exponent < -4 ? 6 : 2)
    {
      for (guint i = G_N_ELEMENTS (mantissas); i > 0; i--)
        {
          g_autofree char *text = g_strdup_printf ("-%se%d", mantissas[i - 1], exponent);
          HrDecimal decimal = decimal_of (text);

          g_array_append_val (ladder, decimal);
        }
    }
  g_array_append_val (ladder, zero);
  for (guint i = ladder->len - 1; i > 0; i--)
    {
      HrDecimal decimal = g_array_index (ladder, HrDecimal, i - 1);

      decimal.negative = FALSE;
      g_array_append_val (ladder, decimal);
    }

  for (guint i = 0; i < ladder->len; i++)
    {
      for (guint j = 0; j < ladder->len; j++)
        {
          const HrDecimal *a = &g_array_index (ladder, HrDecimal, i);
          const HrDecimal *b = &g_array_index (ladder, HrDecimal, j);
          int expected = (i > j) - (i < j);

          g_assert_cmpint (sign_of (hr_decimal_compare (a, b)), ==, expected);
          g_assert_cmpint (compare_encoded (a, b), ==, expected);
        }
    }
}

/* What decodes at all is the one form of its number. */
static void
test_decode_garbage (void)
{
  GRand *rand = g_rand_new_with_seed (4);
  guint n_accepted = 0;

  for (guint i = 0; i < 100000; i++)
    {
      gsize length = (gsize) g_rand_int_range (rand, 0, 26);
      g_autofree guint8 *bytes = g_malloc (MAX (length, 1));
      guint8 again[HR_DECIMAL_BYTES_MAX];
      char text[HR_DECIMAL_TEXT_MAX];
      HrDecimal decimal;

      for (gsize j = 0; j < length; j++)
        bytes[j] = (guint8) g_rand_int_range (rand, j == 0 ? 0 : 1, j == 0 ? 256 : 103);
      if (length > 0 && g_rand_boolean (rand))
        bytes[length - 1] = 0xff;
      hr_decimal_format_encoded (bytes, length, text);
      hr_decimal_size_bytes_encoded (bytes, length);
      if (!hr_decimal_decode (&decimal, bytes, length))
        continue;
      n_accepted++;
      g_assert_cmpmem (again, hr_decimal_encode (&decimal, again), bytes, length);
    }
  g_assert_cmpuint (n_accepted, >, 10000);
  g_rand_free (rand);
}

static void
test_decode_refuses (void)
{
  static const struct
  {
    guint8 bytes[26];
    gsize length;
  } cases[] = {
    { { 0 }, 0 },
    { { 0x81 }, 1 },
    { { 0x7f }, 1 },
    { { 0xc1, 0 }, 2 },          /* no pair */
    { { 0xc1, 101 }, 2 },        /* too large a pair */
    { { 0xc1, 1 }, 2 },          /* zeros first */
    { { 0xc1, 2, 1 }, 3 },       /* zeros last */
    { { 0x3e, 100 }, 2 },        /* negative without an end */
    { { 0x3e, 0xff }, 2 },       /* negative without a digit */
    { { 0x3e, 101, 0xff }, 3 },  /* zeros first */
    { { 0x80, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 }, 22 },      /* 41 digits */
    { { 0x80, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12 }, 21 }, /* 40 */
  };
  HrDecimal decimal;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_false (hr_decimal_decode (&decimal, cases[i].bytes, cases[i].length));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/decimal/parse", test_parse);
  g_test_add_func ("/value/decimal/parse-range", test_parse_range);
  g_test_add_func ("/value/decimal/parse-refuses", test_parse_refuses);
  g_test_add_func ("/value/decimal/parse-embedded-nul", test_parse_embedded_nul);
  g_test_add_func ("/value/decimal/parse-long", test_parse_long);
  g_test_add_func ("/value/decimal/size", test_size);
  g_test_add_func ("/value/decimal/add", test_add);
  g_test_add_func ("/value/decimal/add-refuses", test_add_refuses);
  g_test_add_func ("/value/decimal/add-random", test_add_random);
  g_test_add_func ("/value/decimal/round-trip", test_round_trip);
  g_test_add_func ("/value/decimal/order-random", test_order_random);
  g_test_add_func ("/value/decimal/order-ladder", test_order_ladder);
  g_test_add_func ("/value/decimal/decode-garbage", test_decode_garbage);
  g_test_add_func ("/value/decimal/decode-refuses", test_decode_refuses);
  return g_test_run ();
}
