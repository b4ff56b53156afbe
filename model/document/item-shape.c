/*
 * What a text looks like, and the next one of its kind.
 *
 * Dates are read into parts with the number of digits that each has, and written with the same: a new key must sort
 * among the old ones, so that its shape matters more than its meaning.
 */
#include "model/document/item-private.h"

#include <string.h>

#define UUID_LENGTH 36

gint64
hr_item_maker_now_us (const HrItemMaker *self)
{
  return hr_clock_now_us (self != NULL && self->clock != NULL ? self->clock : &HR_CLOCK_SYSTEM);
}

char *
hr_item_maker_dup_uuid (const HrItemMaker *self)
{
  return self != NULL && self->new_uuid != NULL ? self->new_uuid (self->user_data) : g_uuid_string_random ();
}

/* DateShape: the parts of a date as it is written. */
typedef struct
{
  int numbers[6];      /* year to second */
  guint n_numbers;     /* 3, 5 or 6 */
  char separator;      /* between day and hour */
  char point;          /* before the fraction */
  guint fraction;      /* digits of it */
  gint64 fraction_us;
  const char *zone;    /* "", "Z", "+02:00" */
} DateShape;

static gboolean
read_digits (const char **at, guint count, int *number)
{
  *number = 0;
  for (guint i = 0; i < count; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *number = *number * 10 + (**at - '0');
    }
  return TRUE;
}

static gboolean
read_char (const char **at, const char *set, char *found)
{
  if (**at == '\0' || strchr (set, **at) == NULL)
    return FALSE;
  *found = *(*at)++;
  return TRUE;
}

static gboolean
read_zone (const char *zone)
{
  const char *at = zone + 1;
  int number;
  char colon;

  if (*zone == '\0' || g_str_equal (zone, "Z"))
    return TRUE;
  if ((*zone != '+' && *zone != '-') || !read_digits (&at, 2, &number))
    return FALSE;
  read_char (&at, ":", &colon);
  return read_digits (&at, 2, &number) && *at == '\0';
}

static void
read_fraction (const char **at, DateShape *shape)
{
  gint64 unit = 100000;

  for (; g_ascii_isdigit (**at); (*at)++, shape->fraction++, unit /= 10)
    shape->fraction_us += (**at - '0') * unit;
}

static gboolean
read_date (const char *text, DateShape *shape)
{
  const char *at = text;
  char mark;

  *shape = (DateShape) { .zone = "" };
  if (!read_digits (&at, 4, &shape->numbers[0]) || !read_char (&at, "-", &mark)
      || !read_digits (&at, 2, &shape->numbers[1]) || !read_char (&at, "-", &mark)
      || !read_digits (&at, 2, &shape->numbers[2]))
    return FALSE;
  shape->n_numbers = 3;
  if (*at == '\0')
    return TRUE;
  if (!read_char (&at, "T _", &shape->separator) || !read_digits (&at, 2, &shape->numbers[3])
      || !read_char (&at, ":", &mark) || !read_digits (&at, 2, &shape->numbers[4]))
    return FALSE;
  shape->n_numbers = 5;
  if (read_char (&at, ":", &mark))
    {
      if (!read_digits (&at, 2, &shape->numbers[5]))
        return FALSE;
      shape->n_numbers = 6;
      if (read_char (&at, ".,", &shape->point))
        read_fraction (&at, shape);
    }
  shape->zone = at;
  return read_zone (at) && (shape->point == '\0' || shape->fraction > 0);
}

static gboolean
is_uuid (const char *text)
{
  if (strlen (text) != UUID_LENGTH)
    return FALSE;
  for (guint i = 0; i < UUID_LENGTH; i++)
    {
      gboolean is_dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (is_dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]))
        return FALSE;
    }
  return TRUE;
}

HrTextShape
hr_text_shape_find (const char *text)
{
  DateShape date;

  if (is_uuid (text))
    return HR_SHAPE_UUID;
  if (read_date (text, &date))
    return HR_SHAPE_DATE;
  if (*text != '\0' && strspn (text, "0123456789") == strlen (text))
    return HR_SHAPE_NUMBER;
  return HR_SHAPE_TEXT;
}

static GTimeZone *
zone_new (const char *zone)
{
  return *zone == '\0' ? g_time_zone_new_utc () : g_time_zone_new_identifier (zone);
}

static char *
write_date (const DateShape *shape, GDateTime *date)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%04d-%02d-%02d", g_date_time_get_year (date), g_date_time_get_month (date),
                   g_date_time_get_day_of_month (date));
  if (shape->n_numbers >= 5)
    g_string_append_printf (text, "%c%02d:%02d", shape->separator, g_date_time_get_hour (date),
                            g_date_time_get_minute (date));
  if (shape->n_numbers == 6)
    g_string_append_printf (text, ":%02d", g_date_time_get_second (date));
  if (shape->fraction > 0)
    {
      g_autofree char *digits = g_strdup_printf ("%06d", g_date_time_get_microsecond (date));

      g_string_append_c (text, shape->point);
      for (guint i = 0; i < shape->fraction; i++)
        g_string_append_c (text, i < 6 ? digits[i] : '0');
    }
  g_string_append (text, shape->zone);
  return g_string_free (text, FALSE);
}

char *
hr_text_shape_dup_time (const char *sample, gint64 time_us)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) second = NULL;
  g_autoptr (GDateTime) date = NULL;
  DateShape shape;

  if (!read_date (sample, &shape))
    return NULL;
  zone = zone_new (shape.zone);
  utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  if (zone == NULL || utc == NULL)
    return NULL;
  second = g_date_time_add (utc, time_us % G_USEC_PER_SEC);
  date = g_date_time_to_timezone (second, zone);
  return write_date (&shape, date);
}

/* One of the smallest unit that is written, but no fraction of a second: neighbours are told apart at a glance. */
static char *
dup_next_date (const char *text)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) next = NULL;
  DateShape shape;

  read_date (text, &shape);
  zone = zone_new (shape.zone);
  if (zone != NULL)
    date = g_date_time_new (zone, shape.numbers[0], shape.numbers[1], shape.numbers[2], shape.numbers[3],
                            shape.numbers[4], shape.numbers[5] + (double) shape.fraction_us / G_USEC_PER_SEC);
  if (date == NULL)
    return NULL;
  if (shape.n_numbers == 3)
    next = g_date_time_add_days (date, 1);
  else
    next = shape.n_numbers == 5 ? g_date_time_add_minutes (date, 1) : g_date_time_add_seconds (date, 1);
  return next != NULL ? write_date (&shape, next) : NULL;
}

/* Adds one to digits of any number: "099" → "100", "99" → "100". */
static void
append_next_number (GString *out, const char *digits, gsize length)
{
  gsize start = out->len;
  gsize at = length;

  g_string_append_len (out, digits, (gssize) length);
  while (at > 0 && out->str[start + at - 1] == '9')
    out->str[start + --at] = '0';
  if (at > 0)
    out->str[start + at - 1]++;
  else
    g_string_insert_c (out, (gssize) start, '1');
}

static char *
dup_next_numbered (const char *text)
{
  gsize length = strlen (text);
  gsize digits = 0;
  GString *out = g_string_new (NULL);

  while (digits < length && g_ascii_isdigit (text[length - digits - 1]))
    digits++;
  g_string_append_len (out, text, (gssize) (length - digits));
  if (digits == 0)
    g_string_append (out, "-2");
  else
    append_next_number (out, text + length - digits, digits);
  return g_string_free (out, FALSE);
}

char *
hr_text_dup_next (const char *text, const HrItemMaker *maker)
{
  char *next = NULL;

  switch (hr_text_shape_find (text))
    {
    case HR_SHAPE_UUID:
      return hr_item_maker_dup_uuid (maker);
    case HR_SHAPE_DATE:
      next = dup_next_date (text);
      break;
    case HR_SHAPE_NUMBER:
    case HR_SHAPE_TEXT:
      break;
    }
  return next != NULL ? next : dup_next_numbered (text);
}
