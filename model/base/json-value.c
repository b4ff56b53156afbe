/*
 * Questions to a JSON tree: members, strings and numbers.
 *
 * Numbers are kept as text, so an integer is read from its decimal digits and is exact whatever notation
 * it was written in.
 */
#include "model/base/json-reader.h"

#include <math.h>
#include <string.h>

const HrJson *
hr_json_get_n (const HrJson *object, const char *name, gsize name_length)
{
  if (object == NULL || object->type != HR_JSON_OBJECT)
    return NULL;

  for (guint32 i = object->length; i > 0; i--)
    {
      const HrJsonMember *member = &object->members[i - 1];

      if (member->name_length == name_length && memcmp (member->name, name, name_length) == 0)
        return &member->value;
    }
  return NULL;
}

const HrJson *
hr_json_get (const HrJson *object, const char *name)
{
  return hr_json_get_n (object, name, strlen (name));
}

gboolean
hr_json_string_equals (const HrJson *json, const char *text)
{
  return json != NULL && json->type == HR_JSON_STRING && json->length == strlen (text)
         && memcmp (json->text, text, json->length) == 0;
}

const char *
hr_json_dup_string (const HrJson *json, HrArena *arena)
{
  if (json == NULL || json->type != HR_JSON_STRING || memchr (json->text, '\0', json->length) != NULL)
    return NULL;
  return hr_arena_strndup (arena, json->text, json->length);
}

/* A decimal number as digits × 10^scale, without zeros at the end of the digits. */
typedef struct
{
  guint64 digits;
  gint64 scale;
  gboolean is_negative;
} Number;

/* FALSE when there are more significant digits than 64 bits hold. */
static gboolean
number_add_digit (Number *number, guint digit, guint *zeros)
{
  if (digit == 0)
    {
      *zeros += number->digits != 0;
      return TRUE;
    }
  for (; *zeros > 0; (*zeros)--)
    {
      if (__builtin_mul_overflow (number->digits, 10, &number->digits))
        return FALSE;
    }
  return !__builtin_mul_overflow (number->digits, 10, &number->digits)
         && !__builtin_add_overflow (number->digits, digit, &number->digits);
}

static gboolean
number_parse (Number *number, const char *text, gsize length)
{
  const char *end = text + length;
  gboolean in_fraction = FALSE;
  gboolean is_small = FALSE;
  gint64 exponent = 0;
  guint zeros = 0;

  *number = (Number) { 0 };
  number->is_negative = text < end && *text == '-';
  for (text += number->is_negative; text < end && (*text == '.' || g_ascii_isdigit (*text)); text++)
    {
      if (*text == '.')
        in_fraction = TRUE;
      else if (!number_add_digit (number, (guint) (*text - '0'), &zeros))
        return FALSE;
      else
        number->scale -= in_fraction;
    }
  if (text < end)
    {
      text++;
      is_small = text < end && *text == '-';
      text += text < end && (*text == '-' || *text == '+');
      for (; text < end; text++)
        exponent = MIN (exponent * 10 + (*text - '0'), G_MAXINT64 / 20);
    }
  number->scale += zeros + (is_small ? -exponent : exponent);
  return TRUE;
}

gboolean
hr_json_get_int64 (const HrJson *json, gint64 *value)
{
  Number number;

  if (json == NULL || json->type != HR_JSON_NUMBER || !number_parse (&number, json->text, json->length))
    return FALSE;

  if (number.digits == 0)
    number.scale = 0;
  if (number.scale < 0)
    return FALSE;
  for (; number.scale > 0; number.scale--)
    {
      if (__builtin_mul_overflow (number.digits, 10, &number.digits))
        return FALSE;
    }
  if (number.digits > (guint64) G_MAXINT64 + number.is_negative)
    return FALSE;
  *value = number.is_negative ? (gint64) (0 - number.digits) : (gint64) number.digits;
  return TRUE;
}

gboolean
hr_json_get_double (const HrJson *json, double *value)
{
  g_autofree char *text = NULL;
  double result;

  if (json == NULL || json->type != HR_JSON_NUMBER)
    return FALSE;
  text = g_strndup (json->text, json->length);
  result = g_ascii_strtod (text, NULL);
  if (!isfinite (result))
    return FALSE;
  *value = result;
  return TRUE;
}
