/*
 * Words of the older layer for bad values.
 *
 * The codec speaks as the newer layer does. The older one, still in production for batches of writes,
 * transactions and scans, lists a set as it was sent and without quotes, says less of a set of numbers, ends a
 * sentence early when the text of a number is empty, and reads exponents with 32 bits. Only refused requests come
 * here. Source: observed.
 */
#include "model/api/call.h"

#include <string.h>

#define REPEATS_START "One or more parameter values were invalid: Input collection"
#define REPEATS_END "contains duplicates."
#define NUMERIC "numeric value: "
#define RANGE "Number "

/* Recursion ends with the JSON, whose depth the reader limits. */
static const HrJson *
find_at (const HrJson *json, HrRange range)
{
  const HrJson *found = NULL;

  if (json->range.start == range.start && json->range.end == range.end)
    return json;
  if (json->range.start > range.start || json->range.end < range.end)
    return NULL;

  for (guint32 i = 0; json->type == HR_JSON_ARRAY && found == NULL && i < json->length; i++)
    found = find_at (&json->elements[i], range);
  for (guint32 i = 0; json->type == HR_JSON_OBJECT && found == NULL && i < json->length; i++)
    found = find_at (&json->members[i].value, range);
  return found;
}

static const char *
list_members (HrArena *arena, const HrJson *set)
{
  GString *list = g_string_new (NULL);
  const char *text;

  for (guint32 i = 0; i < set->length; i++)
    {
      g_string_append (list, i == 0 ? "" : ", ");
      g_string_append_len (list, set->elements[i].text, set->elements[i].length);
    }
  text = hr_arena_strndup (arena, list->str, list->len);
  g_string_free (list, TRUE);
  return text;
}

static void
reword_repeats (HrApiCall *call, const HrJson *set)
{
  const char *message = call->error->message;
  const char *start = strstr (message, REPEATS_START);
  const char *end = g_strrstr (message, REPEATS_END);
  int before = (int) (start - message);
  const char *after = end + strlen (REPEATS_END);

  if (start[strlen (REPEATS_START)] != ' ' || start[strlen (REPEATS_START) + 1] != '[')
    call->error->message
        = hr_arena_printf (call->arena, "%.*sInput collection contains duplicates%s", before, message, after);
  else
    call->error->message = hr_arena_printf (
        call->arena, "%.*s" REPEATS_START " [%s]%s" REPEATS_END "%s", before, message,
        list_members (call->arena, set),
        end - message >= 11 && strncmp (end - 11, "of type BS ", 11) == 0 ? "of type BS " : " ", after);
}

/* How a decimal of that layer sees the text of a number: its digits, and how far the point is from their end. */
static void
read_decimal (const HrJson *text, gint64 *precision, gint64 *scale)
{
  gboolean is_fraction = FALSE;
  gint64 exponent = 0;
  gboolean is_negative = FALSE;
  guint32 i = 0;

  *precision = 0;
  *scale = 0;
  for (; i < text->length && (text->text[i] | 0x20) != 'e'; i++)
    {
      is_fraction |= text->text[i] == '.';
      if (!g_ascii_isdigit (text->text[i]))
        continue;
      *scale += is_fraction;
      *precision += *precision > 0 || text->text[i] != '0';
    }
  for (i++; i < text->length; i++)
    {
      is_negative |= text->text[i] == '-';
      if (g_ascii_isdigit (text->text[i]))
        exponent = MIN (exponent * 10 + g_ascii_digit_value (text->text[i]), G_MAXINT64 / 20);
    }
  *precision = MAX (*precision, 1);
  *scale -= is_negative ? -exponent : exponent;
}

/* The scale has 32 bits or there is no number, and the place of the first digit wraps around in them. */
static void
reword_range (HrApiCall *call, const HrJson *text)
{
  gint64 precision;
  gint64 scale;

  read_decimal (text, &precision, &scale);
  if (scale < G_MININT32 || scale > G_MAXINT32)
    call->error->message
        = hr_arena_printf (call->arena, "The parameter cannot be converted to a " NUMERIC "%.*s",
                           (int) text->length, text->text);
  else if (precision - scale > G_MAXINT32)
    call->error->message = "Number underflow. Attempting to store a number with magnitude smaller than "
                           "supported range";
}

void
hr_call_reword_value (HrApiCall *call, const HrJson *json)
{
  HrServiceError *error = call->error;
  const HrJson *place;
  char *numeric;

  if (error->kind != HR_SERVICE_VALIDATION || !error->has_range)
    return;
  place = find_at (json, error->range);
  if (place == NULL)
    return;

  numeric = strstr (error->message, NUMERIC);
  if (place->type == HR_JSON_ARRAY && strstr (error->message, REPEATS_START) != NULL)
    reword_repeats (call, place);
  else if (place->type == HR_JSON_STRING && g_str_has_prefix (error->message, RANGE))
    reword_range (call, place);
  else if (place->type == HR_JSON_STRING && place->length == 0 && numeric != NULL)
    error->message
        = hr_arena_printf (call->arena, "%.*s%s", (int) (numeric + strlen (NUMERIC) - 2 - error->message),
                           error->message, numeric + strlen (NUMERIC));
}
