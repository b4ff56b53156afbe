/*
 * Members of steps and expectations: pages, requests and expected keys.
 */
#include "model/exchange/native-format.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/value/codec.h"

#include <string.h>

/* Pages: a number from 1 on, or "all" */

static gboolean
read_pages (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
            HrExtras **odd)
{
  HrStep *step = target;
  gint64 pages;

  if (hr_json_string_equals (json, "all"))
    step->pages = HR_PAGES_ALL;
  else if (hr_json_get_int64 (json, &pages) && pages >= 1 && pages < HR_PAGES_ALL)
    step->pages = (guint) pages;
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_default_pages (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrStep *step = target;

  return step->pages == 1;
}

static void
write_pages (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrStep *step = target;

  if (step->pages == HR_PAGES_ALL)
    hr_buffer_append_string (self->out, "\"all\"");
  else
    hr_buffer_printf (self->out, "%u", step->pages);
}

const HrNativeKind hr_native_pages = {
  N_("a whole number from 1 on, or \"all\""),
  read_pages,
  is_default_pages,
  write_pages,
};

/* Requests: kept as compact JSON, with the place of each string for findings about references */

static void
collect_places (const HrJson *json, GArray *places)
{
  if (json->type == HR_JSON_STRING)
    g_array_append_val (places, json->range);
  for (guint32 i = 0; json->type == HR_JSON_ARRAY && i < json->length; i++)
    collect_places (&json->elements[i], places);
  for (guint32 i = 0; json->type == HR_JSON_OBJECT && i < json->length; i++)
    collect_places (&json->members[i].value, places);
}

static gboolean
read_request (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
              HrExtras **odd)
{
  HrStep *step = target;
  HrBuffer text = HR_BUFFER_INIT;
  GArray *places;

  step->request_place = json->range;
  if (json->type != HR_JSON_OBJECT)
    return FALSE;

  hr_json_write_compact (&text, json, FALSE);
  g_free (step->request);
  step->request = hr_buffer_steal (&text, NULL);
  places = g_array_new (FALSE, FALSE, sizeof (HrRange));
  collect_places (json, places);
  step->n_string_places = places->len;
  step->string_places = (HrRange *) (gpointer) g_array_free (places, FALSE);
  return TRUE;
}

static gboolean
is_default_request (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrStep *step = target;

  return strcmp (step->request, "{}") == 0;
}

static void
write_request (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrStep *step = target;

  hr_native_write_json (self, step->request, FALSE);
}

const HrNativeKind hr_native_request = { N_("an object"), read_request, is_default_request, write_request };

/* Expected keys: typed JSON objects, canonical where they are values */

static char *
print_key (HrNativeReader *self, const HrJson *json)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrBuffer text = HR_BUFFER_INIT;
  HrValue key;

  if (hr_item_from_json (self->arena, json, &key, &error))
    hr_item_to_json (&key, FALSE, &text);
  else
    {
      hr_diagnostics_add (self->diagnostics, HR_SEVERITY_ERROR, "expected-key", json->range,
                          _("This is no key in typed JSON such as {\"pk\": {\"S\": \"…\"}}: %s."),
                          error.message);
      hr_json_write_compact (&text, json, FALSE);
    }
  return hr_buffer_steal (&text, NULL);
}

static gboolean
read_keys (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
           HrExtras **odd)
{
  HrExpectation *expect = target;
  HrOdd rest = HR_ODD_LIST;

  if (json->type != HR_JSON_ARRAY)
    return FALSE;
  expect->keys = g_ptr_array_new_with_free_func (g_free);
  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJson *element = &json->elements[i];

      if (element->type == HR_JSON_OBJECT)
        {
          g_ptr_array_add (expect->keys, print_key (self, element));
          continue;
        }
      hr_native_report_type (self, element, field->name, _("an object"));
      hr_odd_add_element (&rest, element);
    }
  hr_odd_finish (&rest, field->name, odd);
  return TRUE;
}

static gboolean
is_default_keys (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrExpectation *expect = target;

  return expect->keys == NULL;
}

static void
write_keys (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrExpectation *expect = target;
  HrLines lines = hr_lines_open (self, FALSE, FALSE);

  for (guint i = 0; i < expect->keys->len; i++)
    {
      hr_lines_element (&lines);
      hr_native_write_json (self, expect->keys->pdata[i], TRUE);
    }
  hr_lines_add_odd (&lines, odd);
  hr_lines_close (&lines);
}

const HrNativeKind hr_native_keys = { N_("a list of keys"), read_keys, is_default_keys, write_keys };
