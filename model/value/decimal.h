#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HrDecimal: an exact decimal number of up to 38 significant digits, 1E-130 to 9.99…E+125.
 *
 * A plain value, always normalised: the coefficient has no trailing zero, zero is { 0, 0, FALSE }.
 * Value: (-1)^negative × coefficient × 10^exponent. Source: DG, "Data types: Number".
 */
typedef struct
{
  unsigned __int128 coefficient;
  gint16 exponent;
  gboolean negative;
} HrDecimal;

typedef enum
{
  HR_DECIMAL_OK,
  HR_DECIMAL_SYNTAX,    /* no number */
  HR_DECIMAL_PRECISION, /* more than 38 significant digits */
  HR_DECIMAL_OVERFLOW,
  HR_DECIMAL_UNDERFLOW,
} HrDecimalStatus;

#define HR_DECIMAL_TEXT_MAX  176 /* bytes of the longest plain text with its NUL */
#define HR_DECIMAL_BYTES_MAX 24  /* bytes of the longest sortable form */

/** Accepts what the service accepts: `+5`, `.5`, `5.`, `1.e5`, `1E5`; no space, no NaN. */
HrDecimalStatus hr_decimal_parse      (HrDecimal *decimal, const char *text, gsize length);
/** Canonical plain text (exponent expanded), NUL-terminated; returns its length in bytes. */
gsize           hr_decimal_format     (const HrDecimal *decimal, char text[HR_DECIMAL_TEXT_MAX]);
int             hr_decimal_compare    (const HrDecimal *a, const HrDecimal *b);
/** Exact; PRECISION when the exact result needs more than 38 digits. @result may be an operand. */
HrDecimalStatus hr_decimal_add        (HrDecimal *result, const HrDecimal *a, const HrDecimal *b);
HrDecimalStatus hr_decimal_subtract   (HrDecimal *result, const HrDecimal *a, const HrDecimal *b);

/**
 * The sortable form: bytes whose memcmp order (shorter first on a common prefix) is the order of
 * the numbers, two digits a byte; equal numbers have equal bytes. Returns the length in bytes.
 */
gsize           hr_decimal_encode     (const HrDecimal *decimal, guint8 bytes[HR_DECIMAL_BYTES_MAX]);
/** FALSE when the bytes are no sortable form. */
gboolean        hr_decimal_decode     (HrDecimal *decimal, const guint8 *bytes, gsize length);

/**
 * Size in bytes as the service bills it: 1 + ceil(integer digits / 2) + ceil(fraction digits / 2)
 * + 1 if negative, zeros trimmed at both ends; 0 is 1 byte. Source: observed, 2026-08.
 */
guint           hr_decimal_size_bytes (const HrDecimal *decimal);

/** The same of a number in its sortable form; bytes that are none count as 0. */
gsize           hr_decimal_format_encoded (const guint8 *bytes, gsize length, char text[HR_DECIMAL_TEXT_MAX]);
guint           hr_decimal_size_bytes_encoded (const guint8 *bytes, gsize length);

G_END_DECLS
