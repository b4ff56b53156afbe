/*
 * Reading one object of the project file by its shape.
 *
 * Members may come in any order. One that is not known, or not what is expected, is reported with its
 * place and kept among the extras of the definition, so that saving never loses what was typed.
 */
#include "model/exchange/native-format.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/schema/suggest.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN_BYTES 40 /* of a text in a message */

/* Odd parts of a list or an object */

static void
odd_next (HrOdd *self)
{
  hr_buffer_append_char (&self->json, self->json.length > 0 ? ',' : self->is_object ? '{' : '[');
}

void
hr_odd_add_element (HrOdd *self, const HrJson *element)
{
  odd_next (self);
  hr_json_write_compact (&self->json, element, FALSE);
}

void
hr_odd_add_member (HrOdd *self, const HrJsonMember *member)
{
  odd_next (self);
  hr_json_write_string (&self->json, member->name, member->name_length);
  hr_buffer_append_char (&self->json, ':');
  hr_json_write_compact (&self->json, &member->value, FALSE);
}

void
hr_odd_finish (HrOdd *self, const char *name, HrExtras **extras)
{
  if (self->json.length == 0)
    return;
  hr_buffer_append_char (&self->json, self->is_object ? '}' : ']');
  *extras = hr_extras_take (*extras, name, strlen (name), hr_buffer_steal (&self->json, NULL));
}

/* Findings */

/* A piece of a text for a message: whole characters, controls as spaces. */
static char *
dup_shown (const char *text, gsize length)
{
  gsize end = MIN (length, SHOWN_BYTES);
  char *shown;

  while (end > 0 && end < length && ((guchar) text[end] & 0xc0) == 0x80)
    end--;
  shown = g_strndup (text, end);
  for (gsize i = 0; i < end; i++)
    if ((guchar) text[i] < 0x20)
      shown[i] = ' ';
  return shown;
}

static char *
describe_found (const HrJson *json)
{
  g_autofree char *shown = NULL;

  switch (json->type)
    {
    case HR_JSON_NULL:
      return g_strdup ("null");
    case HR_JSON_FALSE:
      return g_strdup ("false");
    case HR_JSON_TRUE:
      return g_strdup ("true");
    case HR_JSON_NUMBER:
      return dup_shown (json->text, json->length);
    case HR_JSON_STRING:
      shown = dup_shown (json->text, json->length);
      return g_strdup_printf ("\"%s\"%s", shown, json->length > SHOWN_BYTES ? "…" : "");
    case HR_JSON_ARRAY:
      return g_strdup (_("a list"));
    case HR_JSON_OBJECT:
      return g_strdup (_("an object"));
    }
  g_return_val_if_reached (NULL);
}

void
hr_native_report_type (HrNativeReader *self, const HrJson *json, const char *name, const char *expected)
{
  g_autofree char *found = describe_found (json);

  hr_diagnostics_add (self->diagnostics, HR_SEVERITY_ERROR, "wrong-type", json->range,
                      _("`%s`: expected %s, found %s. It is kept but has no effect."), name, expected,
                      found);
}

void
hr_native_report_unknown (HrNativeReader *self, const HrJsonMember *member, const HrNativeShape *shape)
{
  g_autofree char *name = dup_shown (member->name, member->name_length);
  HrSuggestion suggestion = HR_SUGGESTION (name);
  g_autofree char *hint = NULL;

  for (guint i = 0; shape != NULL && i < shape->n_fields; i++)
    hr_suggestion_offer (&suggestion, shape->fields[i].name);
  hint = hr_suggestion_dup_hint (&suggestion);
  hr_diagnostics_add (self->diagnostics, HR_SEVERITY_NOTE, "unknown-member", member->name_range,
                      _("`%s` is no known member here. It is kept but has no effect.%s"), name, hint);
}

void
hr_native_report_duplicate (HrNativeReader *self, const HrJsonMember *member)
{
  g_autofree char *name = dup_shown (member->name, member->name_length);

  hr_diagnostics_add (self->diagnostics, HR_SEVERITY_WARNING, "duplicate-member", member->name_range,
                      _("`%s` stands again further down in this object. Only the last one counts."), name);
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const HrJsonMember *x = *(const HrJsonMember *const *) a;
  const HrJsonMember *y = *(const HrJsonMember *const *) b;
  int order = memcmp (x->name, y->name, MIN (x->name_length, y->name_length));

  if (order == 0)
    order = (x->name_length > y->name_length) - (x->name_length < y->name_length);
  return order != 0 ? order : (x > y) - (x < y);
}

const gboolean *
hr_native_mark_overridden (HrNativeReader *self, const HrJson *object)
{
  gboolean *marks = hr_arena_alloc0 (self->arena, object->length * sizeof (gboolean));
  const HrJsonMember **sorted = hr_arena_array (self->arena, const HrJsonMember *, object->length);

  for (guint32 i = 0; i < object->length; i++)
    sorted[i] = &object->members[i];
  if (object->length > 1)
    qsort (sorted, object->length, sizeof *sorted, compare_members);
  for (guint32 i = 1; i < object->length; i++)
    if (sorted[i - 1]->name_length == sorted[i]->name_length
        && memcmp (sorted[i - 1]->name, sorted[i]->name, sorted[i]->name_length) == 0)
      marks[sorted[i - 1] - object->members] = TRUE;
  return marks;
}

/* Objects */

static gint
find_field (const HrNativeShape *shape, const HrJsonMember *member)
{
  for (guint i = 0; i < shape->n_fields; i++)
    if (strlen (shape->fields[i].name) == member->name_length
        && memcmp (shape->fields[i].name, member->name, member->name_length) == 0)
      return (gint) i;
  return -1;
}

/* Editors look for the schema of a file under this name. */
static gboolean
is_for_editors (const HrJsonMember *member)
{
  return member->name_length == strlen ("$schema")
         && memcmp (member->name, "$schema", member->name_length) == 0;
}

static void
read_member (HrNativeReader *self, const HrNativeField *field, const HrJsonMember *member, gpointer target,
             HrExtras **extras)
{
  if (field->kind->read (self, field, &member->value, target, extras))
    return;
  hr_native_report_type (self, &member->value, field->name, _ (field->kind->expected));
  *extras = hr_extras_add (*extras, field->name, strlen (field->name), &member->value);
}

static void
set_place (const HrNativeShape *shape, const HrJson *object, gpointer target)
{
  const HrJson *named = object;

  if (shape->place_offset < 0)
    return;
  if (shape->place_member != NULL && hr_json_get (object, shape->place_member) != NULL)
    named = hr_json_get (object, shape->place_member);
  *(HrRange *) (gpointer) ((char *) target + shape->place_offset) = named->range;
}

void
hr_native_read_object (HrNativeReader *self, const HrNativeShape *shape, const HrJson *object,
                       gpointer target)
{
  HrExtras **extras = (HrExtras **) (gpointer) ((char *) target + shape->extras_offset);
  guint32 last[HR_NATIVE_FIELDS_MAX] = { 0 };

  g_assert (shape->n_fields <= HR_NATIVE_FIELDS_MAX);

  set_place (shape, object, target);
  for (guint32 i = 0; i < object->length; i++)
    {
      gint index = find_field (shape, &object->members[i]);

      if (index >= 0)
        last[index] = i;
    }

  for (guint32 i = 0; i < object->length; i++)
    {
      const HrJsonMember *member = &object->members[i];
      gint index = find_field (shape, member);

      if (index < 0)
        {
          if (!is_for_editors (member))
            hr_native_report_unknown (self, member, shape);
          *extras = hr_extras_add (*extras, member->name, member->name_length, &member->value);
        }
      else if (last[index] != i)
        hr_native_report_duplicate (self, member);
      else
        read_member (self, &shape->fields[index], member, target, extras);
    }
}
