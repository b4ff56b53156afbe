/*
 * Members of the project file that hold others: lists of definitions, objects, and the few members of a
 * form of their own.
 *
 * Whatever in them is not understood (an element that is no object, a template that does not parse) is
 * reported and kept as an extra of the owner under the member's name; the writer puts it back behind what
 * was understood.
 */
#include "model/exchange/native-format.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"

#include <string.h>

/* Objects whose members have names of their own */

/* One of them, into @target; FALSE: it is not understood, which has been said. */
typedef gboolean (*ReadMember) (HrNativeReader *self, const HrJsonMember *member, gpointer target);

static gboolean
read_members (HrNativeReader *self, const HrNativeField *field, const HrJson *json, ReadMember read, gpointer target,
              HrExtras **odd)
{
  HrOdd rest = HR_ODD_OBJECT;
  const gboolean *overridden;

  if (json->type != HR_JSON_OBJECT)
    return FALSE;
  overridden = hr_native_mark_overridden (self, json);
  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJsonMember *member = &json->members[i];

      if (overridden[i])
        hr_native_report_duplicate (self, member);
      else if (!read (self, member, target))
        hr_odd_add_member (&rest, member);
    }
  hr_odd_finish (&rest, field->name, odd);
  return TRUE;
}

/* Lists of objects */

static gboolean
read_list (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
           HrExtras **odd)
{
  GPtrArray *list = *HR_NATIVE_SLOT (GPtrArray *, field, target);
  const HrNativeShape *shape = field->detail;
  HrOdd rest = HR_ODD_LIST;

  if (json->type != HR_JSON_ARRAY)
    return FALSE;

  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJson *element = &json->elements[i];
      gpointer definition;

      if (element->type != HR_JSON_OBJECT)
        {
          hr_native_report_type (self, element, field->name, _("an object"));
          hr_odd_add_element (&rest, element);
          continue;
        }
      definition = shape->create ();
      g_ptr_array_add (list, definition);
      hr_native_read_object (self, shape, element, definition);
    }
  hr_odd_finish (&rest, field->name, odd);
  return TRUE;
}

static gboolean
is_default_list (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return (*HR_NATIVE_CONST_SLOT (GPtrArray *, field, target))->len == 0;
}

static void
write_list (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const GPtrArray *list = *HR_NATIVE_CONST_SLOT (GPtrArray *, field, target);
  HrLines lines = hr_lines_open (self, FALSE, (field->flags & HR_NATIVE_ONE_LINE) != 0);

  for (guint i = 0; i < list->len; i++)
    {
      hr_lines_element (&lines);
      hr_native_write_object (self, field->detail, list->pdata[i]);
    }
  hr_lines_add_odd (&lines, odd);
  hr_lines_close (&lines);
}

const HrNativeKind hr_native_list = { N_("a list"), read_list, is_default_list, write_list };

/* The reader has pulled a list of this name before; what comes here is something else. */
static gboolean
read_pulled (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
             HrExtras **odd)
{
  return FALSE;
}

const HrNativeKind hr_native_tables = { N_("a list"), read_pulled, is_default_list, write_list };

/* Objects */

static gboolean
read_object (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
             HrExtras **odd)
{
  if (json->type != HR_JSON_OBJECT)
    return FALSE;
  hr_native_read_object (self, field->detail, json, HR_NATIVE_SLOT (char, field, target));
  return TRUE;
}

static gboolean
is_default_object (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrNativeShape *shape = field->detail;
  const char *object = HR_NATIVE_CONST_SLOT (char, field, target);

  for (guint i = 0; i < shape->n_fields; i++)
    if (!shape->fields[i].kind->is_default (self, &shape->fields[i], object))
      return FALSE;
  return *(HrExtras *const *) (gconstpointer) (object + shape->extras_offset) == NULL;
}

static void
write_object (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  hr_native_write_object (self, field->detail, HR_NATIVE_CONST_SLOT (char, field, target));
}

const HrNativeKind hr_native_object = { N_("an object"), read_object, is_default_object, write_object };

static gboolean
read_flagged_object (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                     HrExtras **odd)
{
  if (!read_object (self, field, json, target, odd))
    return FALSE;
  HR_NATIVE_SET_FLAG (field, target) = TRUE;
  return TRUE;
}

static gboolean
is_flag_unset (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return !*(const gboolean *) (gconstpointer) ((const char *) target + field->flag_offset);
}

const HrNativeKind hr_native_flagged_object = {
  N_("an object"),
  read_flagged_object,
  is_flag_unset,
  write_object,
};

static gboolean
read_optional_object (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                      HrExtras **odd)
{
  const HrNativeShape *shape = field->detail;
  gpointer *slot = HR_NATIVE_SLOT (gpointer, field, target);

  if (json->type != HR_JSON_OBJECT)
    return FALSE;
  *slot = shape->create ();
  hr_native_read_object (self, shape, json, *slot);
  return TRUE;
}

static gboolean
is_default_optional_object (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return *HR_NATIVE_CONST_SLOT (gconstpointer, field, target) == NULL;
}

static void
write_optional_object (HrNativeWriter *self, const HrNativeField *field, gconstpointer target,
                       const HrExtra *odd)
{
  hr_native_write_object (self, field->detail, *HR_NATIVE_CONST_SLOT (gconstpointer, field, target));
}

const HrNativeKind hr_native_optional_object = {
  N_("an object"),
  read_optional_object,
  is_default_optional_object,
  write_optional_object,
};

/* The key templates of an entity: {"pk": "MSG#{group}"} */

/* The place of a string without its quotes. */
static HrRange
inside (const HrJson *string)
{
  return (HrRange) { string->range.start + 1, string->range.end - 1 };
}

static HrRange
inside_part (const HrJson *string, HrRange part)
{
  HrRange place = inside (string);

  if (place.end - place.start != string->length)
    return place;
  return (HrRange) { place.start + part.start, place.start + part.end };
}

static gboolean
read_template (HrNativeReader *self, const HrJsonMember *member, gpointer target)
{
  HrEntity *entity = target;
  const HrJson name = { HR_JSON_STRING, member->name_length, { member->name }, member->name_range };
  const char *attribute = hr_json_dup_string (&name, self->arena);
  const char *text = hr_json_dup_string (&member->value, self->arena);
  g_autofree char *message = NULL;
  HrKeyTemplate *template;
  HrEntityKey *key;
  HrRange range;

  if (attribute == NULL || text == NULL)
    {
      hr_native_report_type (self, &member->value, "keys", _("a text with a template"));
      return FALSE;
    }
  template = hr_key_template_parse (text, &message, &range);
  if (template == NULL)
    {
      hr_diagnostics_add (self->diagnostics, HR_SEVERITY_ERROR, "template-syntax",
                          inside_part (&member->value, range), _("The template of `%s` cannot be read: %s."),
                          attribute, message);
      return FALSE;
    }
  key = hr_entity_key_new (attribute, template);
  key->place = inside (&member->value);
  g_ptr_array_add (entity->keys, key);
  return TRUE;
}

static gboolean
read_templates (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                HrExtras **odd)
{
  return read_members (self, field, json, read_template, target, odd);
}

static gboolean
is_default_templates (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrEntity *entity = target;

  return entity->keys->len == 0;
}

static void
write_templates (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrEntity *entity = target;
  HrLines lines = hr_lines_open (self, TRUE, TRUE);

  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = entity->keys->pdata[i];

      hr_lines_member (&lines, key->attribute, strlen (key->attribute));
      hr_json_write_string (self->out, key->template->text, strlen (key->template->text));
    }
  hr_lines_add_odd (&lines, odd);
  hr_lines_close (&lines);
}

const HrNativeKind hr_native_templates = {
  N_("an object of templates"),
  read_templates,
  is_default_templates,
  write_templates,
};

/* The tags of a table: {"team": "chat"} */

static gboolean
read_tag (HrNativeReader *self, const HrJsonMember *member, gpointer target)
{
  const HrJson name = { HR_JSON_STRING, member->name_length, { member->name }, member->name_range };
  const char *key = hr_json_dup_string (&name, self->arena);
  const char *value = hr_json_dup_string (&member->value, self->arena);

  if (key == NULL || value == NULL)
    {
      hr_native_report_type (self, &member->value, "tags", _("a text"));
      return FALSE;
    }
  hr_settings_add_tag (target, key, value);
  return TRUE;
}

static gboolean
read_tags (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
           HrExtras **odd)
{
  return read_members (self, field, json, read_tag, target, odd);
}

static gboolean
is_default_tags (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrSettings *settings = target;

  return settings->tags == NULL || settings->tags->len == 0;
}

static void
write_tags (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrSettings *settings = target;
  HrLines lines = hr_lines_open (self, TRUE, FALSE);

  for (guint i = 0; i < settings->tags->len; i++)
    {
      const HrTag *tag = settings->tags->pdata[i];

      hr_lines_member (&lines, tag->key, strlen (tag->key));
      hr_json_write_string (self->out, tag->value, strlen (tag->value));
    }
  hr_lines_add_odd (&lines, odd);
  hr_lines_close (&lines);
}

const HrNativeKind hr_native_tags = { N_("an object of texts"), read_tags, is_default_tags, write_tags };

/* Encryption: null or "AWS_OWNED" is the service's own key, else {"type": "KMS", "key": "…"} */

static gboolean
read_encryption (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                 HrExtras **odd)
{
  HrSettings *settings = target;
  const HrJson *key = hr_json_get (json, "key");
  HrOdd rest = HR_ODD_OBJECT;

  if (json->type == HR_JSON_NULL || hr_json_string_equals (json, "AWS_OWNED"))
    return TRUE;
  if (!hr_json_string_equals (hr_json_get (json, "type"), "KMS"))
    return FALSE;
  if (key != NULL && key->type != HR_JSON_NULL && hr_json_dup_string (key, self->arena) == NULL)
    return FALSE;

  settings->kms_encryption = TRUE;
  settings->kms_key = g_strdup (hr_json_dup_string (key, self->arena));
  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJsonMember *member = &json->members[i];
      const HrJson name = { HR_JSON_STRING, member->name_length, { member->name }, member->name_range };

      if (hr_json_string_equals (&name, "type") || hr_json_string_equals (&name, "key"))
        continue;
      hr_native_report_unknown (self, member, NULL);
      hr_odd_add_member (&rest, member);
    }
  hr_odd_finish (&rest, field->name, odd);
  return TRUE;
}

static gboolean
is_default_encryption (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrSettings *settings = target;

  return !settings->kms_encryption;
}

static void
write_encryption (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrSettings *settings = target;
  HrLines lines = hr_lines_open (self, TRUE, TRUE);

  hr_lines_member (&lines, "type", strlen ("type"));
  hr_buffer_append_string (self->out, "\"KMS\"");
  if (settings->kms_key != NULL)
    {
      hr_lines_member (&lines, "key", strlen ("key"));
      hr_json_write_string (self->out, settings->kms_key, strlen (settings->kms_key));
    }
  hr_lines_add_odd (&lines, odd);
  hr_lines_close (&lines);
}

const HrNativeKind hr_native_encryption = {
  N_("null or {\"type\": \"KMS\", \"key\": \"…\"}"),
  read_encryption,
  is_default_encryption,
  write_encryption,
};

/* The projection of an index: "ALL", "KEYS_ONLY" or a list of names */

static gboolean
read_projection (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                 HrExtras **odd)
{
  HrIndex *index = target;
  HrOdd rest = HR_ODD_LIST;

  if (hr_json_string_equals (json, "ALL"))
    return TRUE;
  if (hr_json_string_equals (json, "KEYS_ONLY"))
    {
      index->projection = HR_PROJECT_KEYS_ONLY;
      return TRUE;
    }
  if (json->type != HR_JSON_ARRAY)
    return FALSE;

  index->projection = HR_PROJECT_INCLUDE;
  for (guint32 i = 0; i < json->length; i++)
    {
      const char *name = hr_json_dup_string (&json->elements[i], self->arena);

      if (name != NULL)
        {
          g_ptr_array_add (index->included, g_strdup (name));
          continue;
        }
      hr_native_report_type (self, &json->elements[i], field->name, _("the name of an attribute"));
      hr_odd_add_element (&rest, &json->elements[i]);
    }
  hr_odd_finish (&rest, field->name, odd);
  return TRUE;
}

static gboolean
is_default_projection (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrIndex *index = target;

  return index->projection == HR_PROJECT_ALL;
}

static void
write_projection (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  const HrIndex *index = target;
  HrLines lines;

  if (index->projection != HR_PROJECT_INCLUDE)
    {
      hr_buffer_append_string (self->out, index->projection == HR_PROJECT_ALL ? "\"ALL\"" : "\"KEYS_ONLY\"");
      return;
    }
  lines = hr_lines_open (self, FALSE, TRUE);
  for (guint i = 0; i < index->included->len; i++)
    {
      const char *name = index->included->pdata[i];

      hr_lines_element (&lines);
      hr_json_write_string (self->out, name, strlen (name));
    }
  hr_lines_add_odd (&lines, odd);
  hr_lines_close (&lines);
}

const HrNativeKind hr_native_projection = {
  N_("\"ALL\", \"KEYS_ONLY\" or a list of attributes"),
  read_projection,
  is_default_projection,
  write_projection,
};
