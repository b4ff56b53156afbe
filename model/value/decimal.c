/*
 * Exact decimal numbers of up to 38 digits.
 *
 * The coefficient fits 128 bits (10^38 < 2^127), so arithmetic is plain integer arithmetic after bringing
 * two numbers to one exponent. "Adjusted" below is the exponent of the first digit, which is what the range
 * of the service speaks of.
 *
 * The sortable form. Zero is the byte 80. A positive number is 80 + e, where e is the adjusted exponent
 * halved and moved to 0…127, then its digits in pairs, aligned to even exponents, as pair + 1. A negative
 * number is 7f - e, then 101 - pair for each pair, then ff, which puts -1.5 before -1. No pair of zeros
 * stands at either end, so every number has one form. Zero is a prefix of the smallest positive numbers,
 * hence before them.
 */
#include "model/value/decimal.h"

#include "model/base/service-limits.h"

#include <string.h>

#define DIGITS_MAX   HR_LIMIT_NUMBER_DIGITS
#define ADJUSTED_MAX HR_LIMIT_NUMBER_EXPONENT_MAX
#define ADJUSTED_MIN HR_LIMIT_NUMBER_EXPONENT_MIN

#define SIGN_BYTE    0x80
#define END_NEGATIVE 0xff

typedef unsigned __int128 Coefficient;

/* A number taken apart: digits 0…9 from the first to the last that is not zero. None means zero. */
typedef struct
{
  guint8 digits[DIGITS_MAX + 2];
  guint n_digits;
  gint adjusted;
  gboolean negative;
} Digits;

static const guint64 powers[] = {
  1u,
  10u,
  100u,
  1000u,
  10000u,
  100000u,
  1000000u,
  10000000u,
  100000000u,
  1000000000u,
  10000000000u,
  100000000000u,
  1000000000000u,
  10000000000000u,
  100000000000000u,
  1000000000000000u,
  10000000000000000u,
  100000000000000000u,
  1000000000000000000u,
  10000000000000000000u,
};

#define POWER_MAX ((guint) G_N_ELEMENTS (powers) - 1)

static Coefficient
power_of_ten (guint exponent)
{
  if (exponent <= POWER_MAX)
    return powers[exponent];
  return (Coefficient) powers[POWER_MAX] * powers[exponent - POWER_MAX];
}

static guint
count_digits (Coefficient coefficient)
{
  guint64 high = (guint64) (coefficient >> 64);
  guint bits;
  guint digits;

  if (coefficient == 0)
    return 0;
  bits = high != 0 ? 128 - (guint) __builtin_clzll (high)
                   : 64 - (guint) __builtin_clzll ((guint64) coefficient);
  digits = bits * 1233 >> 12; /* bits × log10 2, rounded down: exact up to 128 bits */
  return digits + (coefficient >= power_of_ten (digits));
}

static gint
get_adjusted (const HrDecimal *decimal)
{
  return decimal->exponent + (gint) count_digits (decimal->coefficient) - 1;
}

static void
take_apart (const HrDecimal *decimal, Digits *parts)
{
  Coefficient rest = decimal->coefficient;
  guint n = count_digits (rest);

  parts->n_digits = n;
  parts->adjusted = decimal->exponent + (gint) n - 1;
  parts->negative = decimal->negative;

  /* 128-bit division is slow, so it is done once. */
  if (n > POWER_MAX)
    {
      guint64 low = (guint64) (rest % powers[POWER_MAX]);

      rest /= powers[POWER_MAX];
      for (guint i = 0; i < POWER_MAX; i++, low /= 10)
        parts->digits[--n] = low % 10;
    }
  for (guint64 low = (guint64) rest; n > 0; low /= 10)
    parts->digits[--n] = low % 10;
}

static HrDecimalStatus
check_range (__int128 adjusted)
{
  return adjusted > ADJUSTED_MAX ? HR_DECIMAL_OVERFLOW
         : adjusted < ADJUSTED_MIN ? HR_DECIMAL_UNDERFLOW
                                   : HR_DECIMAL_OK;
}

/* Parsing */

/* A number as it is written, trailing zeros of its digits counted apart. */
typedef struct
{
  Coefficient coefficient; /* of the first 38 significant digits */
  guint64 n_significant;   /* from the first to the last digit that is not zero */
  guint64 n_zeros;         /* behind those */
  guint64 n_fraction;      /* digits behind the point */
  gint64 exponent;
  gboolean negative;
} Written;

static void
written_add_digit (Written *written, guint digit)
{
  if (digit == 0)
    {
      written->n_zeros += written->n_significant > 0;
      return;
    }
  written->n_significant += written->n_zeros + 1;
  if (written->n_significant <= DIGITS_MAX)
    written->coefficient = written->coefficient * power_of_ten ((guint) written->n_zeros + 1) + digit;
  written->n_zeros = 0;
}

/* Behind the digits and the point at @cursor, or NULL when there is no digit. */
static const char *
written_scan_digits (Written *written, const char *cursor, const char *end)
{
  const char *start = cursor;
  gboolean has_point = FALSE;

  for (; cursor < end; cursor++)
    {
      if (*cursor == '.' && !has_point)
        has_point = TRUE;
      else if (g_ascii_isdigit (*cursor))
        {
          written_add_digit (written, (guint) (*cursor - '0'));
          written->n_fraction += has_point;
        }
      else
        break;
    }
  return cursor - start > has_point ? cursor : NULL;
}

/* The exponent in all its 64 bits: one that needs more makes the text no number. */
static gboolean
written_scan_exponent (Written *written, const char *cursor, const char *end)
{
  gboolean negative = cursor < end && *cursor == '-';
  gint64 exponent = 0;

  if (cursor < end && (*cursor == '-' || *cursor == '+'))
    cursor++;
  if (cursor == end)
    return FALSE;
  for (; cursor < end; cursor++)
    {
      gint digit = *cursor - '0';

      if (!g_ascii_isdigit (*cursor) || __builtin_mul_overflow (exponent, 10, &exponent)
          || __builtin_add_overflow (exponent, negative ? -digit : digit, &exponent))
        return FALSE;
    }
  written->exponent = exponent;
  return TRUE;
}

static gboolean
written_scan (Written *written, const char *text, gsize length)
{
  const char *cursor = text;
  const char *end = text + length;

  *written = (Written) { 0 };
  written->negative = cursor < end && *cursor == '-';
  if (cursor < end && (*cursor == '-' || *cursor == '+'))
    cursor++;
  cursor = written_scan_digits (written, cursor, end);
  if (cursor == NULL)
    return FALSE;
  if (cursor == end)
    return TRUE;
  return (*cursor == 'e' || *cursor == 'E') && written_scan_exponent (written, cursor + 1, end);
}

HrDecimalStatus
hr_decimal_parse (HrDecimal *decimal, const char *text, gsize length)
{
  Written written;
  HrDecimalStatus status;
  __int128 exponent;

  *decimal = (HrDecimal) { 0 };
  if (length == 0 || !written_scan (&written, text, length))
    return HR_DECIMAL_SYNTAX;

  /* Of zero too the range counts, and its exponent is the written one: 0e126 overflows, 0.0e126 does not. */
  exponent = (__int128) written.exponent - written.n_fraction;
  if (written.n_significant == 0)
    return check_range (exponent);

  exponent += written.n_zeros;
  status = check_range (exponent + written.n_significant - 1);
  if (status != HR_DECIMAL_OK)
    return status;
  if (written.n_significant > DIGITS_MAX)
    return HR_DECIMAL_PRECISION;

  decimal->coefficient = written.coefficient;
  decimal->exponent = (gint16) exponent;
  decimal->negative = written.negative;
  return HR_DECIMAL_OK;
}

/* Formatting */

static char *
put_zeros (char *to, guint count)
{
  memset (to, '0', count);
  return to + count;
}

static char *
put_digits (char *to, const guint8 *digits, guint count)
{
  for (guint i = 0; i < count; i++)
    *to++ = (char) ('0' + digits[i]);
  return to;
}

static gsize
format_digits (const Digits *parts, char text[HR_DECIMAL_TEXT_MAX])
{
  char *to = text;
  gint n = (gint) parts->n_digits;
  gint before_point = parts->adjusted + 1;

  if (n == 0)
    {
      memcpy (text, "0", 2);
      return 1;
    }
  if (parts->negative)
    *to++ = '-';
  if (before_point <= 0)
    {
      *to++ = '0';
      *to++ = '.';
      to = put_zeros (to, (guint) -before_point);
      to = put_digits (to, parts->digits, (guint) n);
    }
  else if (before_point >= n)
    {
      to = put_digits (to, parts->digits, (guint) n);
      to = put_zeros (to, (guint) (before_point - n));
    }
  else
    {
      to = put_digits (to, parts->digits, (guint) before_point);
      *to++ = '.';
      to = put_digits (to, parts->digits + before_point, (guint) (n - before_point));
    }
  *to = '\0';
  return (gsize) (to - text);
}

gsize
hr_decimal_format (const HrDecimal *decimal, char text[HR_DECIMAL_TEXT_MAX])
{
  Digits parts;

  take_apart (decimal, &parts);
  return format_digits (&parts, text);
}

/* Order and arithmetic */

static int
compare_magnitudes (const HrDecimal *a, const HrDecimal *b)
{
  Coefficient one = a->coefficient;
  Coefficient two = b->coefficient;
  gint difference = get_adjusted (a) - get_adjusted (b);
  gint shift = a->exponent - b->exponent;

  if (difference != 0)
    return difference > 0 ? 1 : -1;
  /* Same first position, so bringing both to the lower exponent needs at most 38 digits. */
  if (shift > 0)
    one *= power_of_ten ((guint) shift);
  else
    two *= power_of_ten ((guint) -shift);
  return (one > two) - (one < two);
}

static int
get_sign (const HrDecimal *decimal)
{
  return decimal->coefficient == 0 ? 0 : decimal->negative ? -1 : 1;
}

int
hr_decimal_compare (const HrDecimal *a, const HrDecimal *b)
{
  int sign = get_sign (a);

  if (sign != get_sign (b))
    return sign > get_sign (b) ? 1 : -1;
  return sign == 0 ? 0 : sign * compare_magnitudes (a, b);
}

static void
strip_zeros (Coefficient *coefficient, gint *exponent)
{
  guint64 small;

  for (; *coefficient > G_MAXUINT64; (*exponent)++)
    {
      Coefficient tenth = *coefficient / 10;

      if (tenth * 10 != *coefficient)
        return;
      *coefficient = tenth;
    }
  for (small = (guint64) *coefficient; small % 10 == 0; small /= 10)
    (*exponent)++;
  *coefficient = small;
}

/*
 * Adds @low to @high × 10^@shift, or subtracts it. FALSE when the result has more than 38 digits for sure:
 * a product beyond 128 bits is at least 2^128, and taking off less than 10^38 leaves more than 10^38.
 */
static gboolean
combine (Coefficient high, guint shift, Coefficient low, gboolean subtract, Coefficient *result,
         gboolean *flipped)
{
  if (shift > DIGITS_MAX || __builtin_mul_overflow (high, power_of_ten (shift), &high))
    return FALSE;

  *flipped = subtract && low > high;
  if (!subtract)
    return !__builtin_add_overflow (high, low, result);
  *result = *flipped ? low - high : high - low;
  return TRUE;
}

HrDecimalStatus
hr_decimal_add (HrDecimal *result, const HrDecimal *a, const HrDecimal *b)
{
  const HrDecimal *high = a->exponent >= b->exponent ? a : b;
  const HrDecimal *low = high == a ? b : a;
  gint exponent = low->exponent;
  gboolean negative = high->negative;
  HrDecimalStatus status;
  Coefficient sum;
  gboolean flipped;

  if (a->coefficient == 0 || b->coefficient == 0)
    {
      *result = a->coefficient == 0 ? *b : *a;
      return HR_DECIMAL_OK;
    }
  if (!combine (high->coefficient, (guint) (high->exponent - low->exponent), low->coefficient,
                high->negative != low->negative, &sum, &flipped))
    return HR_DECIMAL_PRECISION;
  if (sum == 0)
    {
      *result = (HrDecimal) { 0 };
      return HR_DECIMAL_OK;
    }

  strip_zeros (&sum, &exponent);
  status = check_range (exponent + (gint) count_digits (sum) - 1);
  if (status != HR_DECIMAL_OK)
    return status;
  if (sum >= power_of_ten (DIGITS_MAX))
    return HR_DECIMAL_PRECISION;

  result->coefficient = sum;
  result->exponent = (gint16) exponent;
  result->negative = negative != flipped;
  return HR_DECIMAL_OK;
}

HrDecimalStatus
hr_decimal_subtract (HrDecimal *result, const HrDecimal *a, const HrDecimal *b)
{
  HrDecimal opposite = *b;

  opposite.negative = b->coefficient != 0 && !b->negative;
  return hr_decimal_add (result, a, &opposite);
}

/* The sortable form */

gsize
hr_decimal_encode (const HrDecimal *decimal, guint8 bytes[HR_DECIMAL_BYTES_MAX])
{
  Digits parts;
  guint8 *to = bytes;
  guint i = 0;

  take_apart (decimal, &parts);
  if (parts.n_digits == 0)
    {
      *to = SIGN_BYTE;
      return 1;
    }

  /* Moving the exponent to 0… first makes halving round down for negative ones too. */
  *to++ = (guint8) (SIGN_BYTE + (parts.adjusted - ADJUSTED_MIN) / 2);
  parts.digits[parts.n_digits] = 0;
  if (parts.adjusted % 2 == 0)
    *to++ = (guint8) (parts.digits[i++] + 1);
  for (; i < parts.n_digits; i += 2)
    *to++ = (guint8) (parts.digits[i] * 10 + parts.digits[i + 1] + 1);
  if (!parts.negative)
    return (gsize) (to - bytes);

  bytes[0] = (guint8) (0xff - bytes[0]);
  for (guint8 *pair = bytes + 1; pair < to; pair++)
    *pair = (guint8) (102 - *pair);
  *to++ = END_NEGATIVE;
  return (gsize) (to - bytes);
}

/* FALSE when @bytes is no sortable form. */
static gboolean
split_encoded (const guint8 *bytes, gsize length, Digits *parts)
{
  gsize n_pairs;

  parts->n_digits = 0;
  parts->adjusted = 0;
  parts->negative = FALSE;
  if (length == 0 || length > HR_DECIMAL_BYTES_MAX)
    return FALSE;
  if (length == 1)
    return bytes[0] == SIGN_BYTE;

  parts->negative = bytes[0] < SIGN_BYTE;
  if (parts->negative && bytes[--length] != END_NEGATIVE)
    return FALSE;
  n_pairs = length - 1;
  if (n_pairs == 0 || n_pairs > (DIGITS_MAX + 2) / 2)
    return FALSE;

  for (gsize i = 0; i < n_pairs; i++)
    {
      guint pair = parts->negative ? 101u - bytes[i + 1] : bytes[i + 1] - 1u;
      gboolean is_first = i == 0;

      if (pair > 99 || (pair == 0 && (is_first || i == n_pairs - 1)))
        return FALSE;
      if (!is_first || pair >= 10)
        parts->digits[parts->n_digits++] = (guint8) (pair / 10);
      parts->digits[parts->n_digits++] = (guint8) (pair % 10);
      if (is_first)
        parts->adjusted = pair >= 10;
    }
  parts->n_digits -= parts->digits[parts->n_digits - 1] == 0;
  parts->adjusted += 2 * (parts->negative ? 0xff - bytes[0] - SIGN_BYTE : bytes[0] - SIGN_BYTE);
  parts->adjusted += ADJUSTED_MIN;
  return parts->n_digits <= DIGITS_MAX;
}

gboolean
hr_decimal_decode (HrDecimal *decimal, const guint8 *bytes, gsize length)
{
  Digits parts;

  *decimal = (HrDecimal) { 0 };
  if (!split_encoded (bytes, length, &parts))
    return FALSE;

  for (guint i = 0; i < parts.n_digits; i++)
    decimal->coefficient = decimal->coefficient * 10 + parts.digits[i];
  if (parts.n_digits > 0)
    decimal->exponent = (gint16) (parts.adjusted - (gint) parts.n_digits + 1);
  decimal->negative = parts.negative;
  return TRUE;
}

gsize
hr_decimal_format_encoded (const guint8 *bytes, gsize length, char text[HR_DECIMAL_TEXT_MAX])
{
  Digits parts;

  if (!split_encoded (bytes, length, &parts))
    parts.n_digits = 0;
  return format_digits (&parts, text);
}

/* Size */

static guint
size_of (guint n_digits, gint adjusted, gboolean negative)
{
  gint n = (gint) n_digits;
  gint whole = CLAMP (adjusted + 1, 0, n);

  return n == 0 ? 1 : 1 + (guint) (whole + 1) / 2 + (guint) (n - whole + 1) / 2 + negative;
}

guint
hr_decimal_size_bytes (const HrDecimal *decimal)
{
  return size_of (count_digits (decimal->coefficient), get_adjusted (decimal), decimal->negative);
}

guint
hr_decimal_size_bytes_encoded (const guint8 *bytes, gsize length)
{
  Digits parts;

  if (!split_encoded (bytes, length, &parts))
    parts.n_digits = 0;
  return size_of (parts.n_digits, parts.adjusted, parts.negative);
}
