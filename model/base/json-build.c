/*
 * JSON trees made or changed in an arena, one level at a time.
 */
#include "model/base/json-build.h"

#include <string.h>

HrJson
hr_json_new_string (const char *text, gsize length)
{
  return (HrJson) { .type = HR_JSON_STRING, .length = (guint32) length, .text = text, .range = HR_RANGE_NONE };
}

HrJson
hr_json_new_integer (HrArena *arena, gint64 value)
{
  const char *text = hr_arena_printf (arena, "%" G_GINT64_FORMAT, value);

  return (HrJson) { .type = HR_JSON_NUMBER, .length = (guint32) strlen (text), .text = text, .range = HR_RANGE_NONE };
}

HrJson
hr_json_new_boolean (gboolean value)
{
  return (HrJson) { .type = value ? HR_JSON_TRUE : HR_JSON_FALSE, .range = HR_RANGE_NONE };
}

HrJson
hr_json_new_object (void)
{
  return (HrJson) { .type = HR_JSON_OBJECT, .range = HR_RANGE_NONE };
}

static gboolean
is_named (const HrJsonMember *member, const char *name)
{
  return member->name_length == strlen (name) && memcmp (member->name, name, member->name_length) == 0;
}

HrJson
hr_json_with (HrArena *arena, const HrJson *object, const char *name, const HrJson *value)
{
  HrJsonMember *members = hr_arena_array (arena, HrJsonMember, object->length + 1);
  const HrJson *old = hr_json_get (object, name);
  HrJson copy = *object;

  copy.length = 0;
  copy.members = members;
  for (guint32 i = 0; i < object->length; i++)
    {
      const HrJsonMember *member = &object->members[i];

      if (value == NULL && is_named (member, name))
        continue;
      members[copy.length] = *member;
      if (value != NULL && &member->value == old)
        members[copy.length].value = *value;
      copy.length++;
    }
  if (value != NULL && old == NULL)
    members[copy.length++] = (HrJsonMember) { name, (guint32) strlen (name), HR_RANGE_NONE, *value };
  return copy;
}
