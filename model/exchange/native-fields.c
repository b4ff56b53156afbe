/*
 * Members of the project file that hold one value: how each sort of value is read and written.
 */
#include "model/exchange/native-format.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"

#include <math.h>
#include <string.h>

static void
write_text (HrNativeWriter *self, const char *text)
{
  hr_json_write_string (self->out, text, strlen (text));
}

/* Texts. The arena's copy is not kept: definitions own theirs. */

static gboolean
read_text (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
           HrExtras **odd)
{
  char **slot = HR_NATIVE_SLOT (char *, field, target);
  const char *text = hr_json_dup_string (json, self->arena);

  if (text == NULL)
    return FALSE;
  g_free (*slot);
  *slot = g_strdup (text);
  return TRUE;
}

static gboolean
is_default_text (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return **HR_NATIVE_CONST_SLOT (char *, field, target) == '\0';
}

static void
write_text_field (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  write_text (self, *HR_NATIVE_CONST_SLOT (char *, field, target));
}

const HrNativeKind hr_native_text = { N_("a text"), read_text, is_default_text, write_text_field };

static gboolean
read_optional_text (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                    HrExtras **odd)
{
  return json->type == HR_JSON_NULL || read_text (self, field, json, target, odd);
}

static gboolean
is_default_pointer (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return *HR_NATIVE_CONST_SLOT (gconstpointer, field, target) == NULL;
}

const HrNativeKind hr_native_optional_text = {
  N_("a text"),
  read_optional_text,
  is_default_pointer,
  write_text_field,
};

/* Flags and whole numbers */

static gboolean
read_flag (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
           HrExtras **odd)
{
  *HR_NATIVE_SLOT (gboolean, field, target) = json->type == HR_JSON_TRUE;
  return json->type == HR_JSON_TRUE || json->type == HR_JSON_FALSE;
}

static gboolean
is_default_flag (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return !*HR_NATIVE_CONST_SLOT (gboolean, field, target);
}

static void
write_flag (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  hr_buffer_append_string (self->out, *HR_NATIVE_CONST_SLOT (gboolean, field, target) ? "true" : "false");
}

const HrNativeKind hr_native_flag = { N_("true or false"), read_flag, is_default_flag, write_flag };

static gboolean
read_integer (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
              HrExtras **odd)
{
  return hr_json_get_int64 (json, HR_NATIVE_SLOT (gint64, field, target));
}

static gboolean
is_default_integer (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return *HR_NATIVE_CONST_SLOT (gint64, field, target) == 0;
}

static void
write_integer (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  hr_buffer_printf (self->out, "%" G_GINT64_FORMAT, *HR_NATIVE_CONST_SLOT (gint64, field, target));
}

const HrNativeKind hr_native_integer = { N_("a whole number"), read_integer, is_default_integer,
                                         write_integer };

static gboolean
read_count (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
            HrExtras **odd)
{
  gint64 value;

  if (!hr_json_get_int64 (json, &value) || value < 0)
    return FALSE;
  *HR_NATIVE_SLOT (guint64, field, target) = (guint64) value;
  HR_NATIVE_SET_FLAG (field, target) = TRUE;
  return TRUE;
}

static gboolean
is_flag_unset (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return !*(const gboolean *) (gconstpointer) ((const char *) target + field->flag_offset);
}

static void
write_count (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  hr_buffer_printf (self->out, "%" G_GUINT64_FORMAT, *HR_NATIVE_CONST_SLOT (guint64, field, target));
}

const HrNativeKind hr_native_count = { N_("a whole number from 0 on"), read_count, is_flag_unset,
                                       write_count };

/* Numbers with a fraction */

/* The shortest text that is this number when read again. */
static void
write_double (HrNativeWriter *self, double value, gboolean with_fraction)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  hr_buffer_append_string (self->out, text);
  if (with_fraction && strpbrk (text, ".e") == NULL)
    hr_buffer_append_string (self->out, ".0");
}

static gboolean
read_rate (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
           HrExtras **odd)
{
  double value;

  if (!hr_json_get_double (json, &value))
    return FALSE;
  *HR_NATIVE_SLOT (double, field, target) = value == 0 ? 0 : value; /* no -0 */
  return TRUE;
}

static gboolean
is_default_rate (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return *HR_NATIVE_CONST_SLOT (double, field, target) == 0;
}

static void
write_rate (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  write_double (self, *HR_NATIVE_CONST_SLOT (double, field, target), FALSE);
}

const HrNativeKind hr_native_rate = { N_("a number"), read_rate, is_default_rate, write_rate };

static gboolean
read_units (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
            HrExtras **odd)
{
  if (!read_rate (self, field, json, target, odd))
    return FALSE;
  HR_NATIVE_SET_FLAG (field, target) = TRUE;
  return TRUE;
}

static void
write_units (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  write_double (self, *HR_NATIVE_CONST_SLOT (double, field, target), TRUE);
}

const HrNativeKind hr_native_units = { N_("a number"), read_units, is_flag_unset, write_units };

/* Names of an enum */

static gboolean
choose (const HrNativeChoice *choice, const HrJson *json, guint *value)
{
  for (guint i = 0; i < choice->count; i++)
    {
      const char *name = choice->get_name (i);

      if (name == NULL ? json->type == HR_JSON_NULL : hr_json_string_equals (json, name))
        {
          *value = i;
          return TRUE;
        }
    }
  return FALSE;
}

static char *
describe_choice (const HrNativeChoice *choice)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < choice->count; i++)
    {
      const char *name = choice->get_name (i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name != NULL ? name : "null");
    }
  return g_strdup_printf (_("one of %s"), names->str);
}

static gboolean
read_choice (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
             HrExtras **odd)
{
  g_autofree char *expected = NULL;

  if (choose (field->detail, json, HR_NATIVE_SLOT (guint, field, target)))
    return TRUE;
  expected = describe_choice (field->detail);
  hr_native_report_type (self, json, field->name, expected);
  *odd = hr_extras_add (*odd, field->name, strlen (field->name), json);
  return TRUE;
}

static gboolean
is_default_choice (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return *HR_NATIVE_CONST_SLOT (guint, field, target) == 0;
}

static void
write_choice (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrNativeChoice *choice = field->detail;

  write_text (self, choice->get_name (*HR_NATIVE_CONST_SLOT (guint, field, target)));
}

const HrNativeKind hr_native_choice = { N_("a name"), read_choice, is_default_choice, write_choice };

static const char *
type_get_name (guint type)
{
  return hr_type_get_name ((HrType) type);
}

static const HrNativeChoice types = { HR_N_TYPES, type_get_name };

static gboolean
read_type (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
           HrExtras **odd)
{
  HrNativeField as_choice = *field;

  as_choice.detail = &types;
  return read_choice (self, &as_choice, json, target, odd);
}

static void
write_type (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  write_text (self, type_get_name (*HR_NATIVE_CONST_SLOT (guint, field, target)));
}

const HrNativeKind hr_native_type = { N_("a type"), read_type, is_default_choice, write_type };

/* JSON that is kept as it is */

static gboolean
read_json_array (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                 HrExtras **odd)
{
  char **slot = HR_NATIVE_SLOT (char *, field, target);
  HrBuffer text = HR_BUFFER_INIT;

  if (json->type != HR_JSON_ARRAY)
    return FALSE;
  hr_json_write_compact (&text, json, FALSE);
  g_free (*slot);
  *slot = hr_buffer_steal (&text, NULL);
  return TRUE;
}

static gboolean
is_default_json_array (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const char *json = *HR_NATIVE_CONST_SLOT (char *, field, target);

  return json == NULL || strcmp (json, "[]") == 0;
}

static void
write_json_array (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  hr_native_write_json (self, *HR_NATIVE_CONST_SLOT (char *, field, target), FALSE);
}

const HrNativeKind hr_native_json_array = {
  N_("a list"),
  read_json_array,
  is_default_json_array,
  write_json_array,
};
