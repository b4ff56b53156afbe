/*
 * Unknown members of a JSON object.
 *
 * A file may have been written by a newer version or by a person who keeps notes in it. What is not
 * understood is kept as compact JSON text beside the definition it stood in: cheap to copy with the
 * definition, and independent of the arena and the text it was read from.
 */
#include "model/schema/extras.h"

#include "model/base/json-writer.h"

static void
extra_free (gpointer data)
{
  HrExtra *extra = data;

  g_free (extra->name);
  g_free (extra->json);
  g_free (extra);
}

static char *
dup_bytes (const char *bytes, gsize length)
{
  char *copy = g_malloc (length + 1);

  if (length > 0)
    memcpy (copy, bytes, length);
  copy[length] = '\0';
  return copy;
}

HrExtras *
hr_extras_take (HrExtras *extras, const char *name, gsize name_length, char *json)
{
  HrExtra *extra = g_new (HrExtra, 1);

  extra->name = dup_bytes (name, name_length);
  extra->name_length = name_length;
  extra->json = json;
  if (extras == NULL)
    extras = g_ptr_array_new_with_free_func (extra_free);
  g_ptr_array_add (extras, extra);
  return extras;
}

HrExtras *
hr_extras_add (HrExtras *extras, const char *name, gsize name_length, const HrJson *value)
{
  g_auto (HrBuffer) json = HR_BUFFER_INIT;

  hr_json_write_compact (&json, value, FALSE);
  return hr_extras_take (extras, name, name_length, hr_buffer_steal (&json, NULL));
}

const HrExtra *
hr_extras_find (const HrExtras *extras, const char *name)
{
  gsize length = strlen (name);

  for (guint i = extras != NULL ? extras->len : 0; i > 0; i--)
    {
      const HrExtra *extra = extras->pdata[i - 1];

      if (extra->name_length == length && memcmp (extra->name, name, length) == 0)
        return extra;
    }
  return NULL;
}

HrExtras *
hr_extras_copy (const HrExtras *extras)
{
  HrExtras *copy = NULL;

  for (guint i = 0; extras != NULL && i < extras->len; i++)
    {
      const HrExtra *extra = extras->pdata[i];

      copy = hr_extras_take (copy, extra->name, extra->name_length, g_strdup (extra->json));
    }
  return copy;
}

void
hr_extras_free (HrExtras *extras)
{
  if (extras != NULL)
    g_ptr_array_unref (extras);
}

gboolean
hr_extras_equal (const HrExtras *a, const HrExtras *b)
{
  guint a_count = a != NULL ? a->len : 0;
  guint b_count = b != NULL ? b->len : 0;

  if (a_count != b_count)
    return FALSE;
  for (guint i = 0; i < a_count; i++)
    {
      const HrExtra *x = a->pdata[i];
      const HrExtra *y = b->pdata[i];

      if (x->name_length != y->name_length || memcmp (x->name, y->name, x->name_length) != 0
          || strcmp (x->json, y->json) != 0)
        return FALSE;
    }
  return TRUE;
}
