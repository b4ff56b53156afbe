/*
 * TagResource, UntagResource and ListTagsOfResource.
 *
 * Tags are settings of the table, so to change them is to give it a definition with others.
 */
#include "model/api/tags.h"

#include "model/api/arn.h"
#include "model/api/operations.h"
#include "model/api/table-json.h"

#include <string.h>

enum
{
  RESOURCE_ARN,
  RESOURCE_SECOND, /* Tags, TagKeys or NextToken */
};

static const HrField tag_fields[] = {
  [RESOURCE_ARN] = HR_ROW_RESOURCE_ARN,
  [RESOURCE_SECOND] = HR_ROW_LIST ("Tags", HR_FIELD_REQUIRED, 0, 0, HR_ELEMENT_TAG),
};

static const HrField untag_fields[] = {
  [RESOURCE_ARN] = HR_ROW_RESOURCE_ARN,
  [RESOURCE_SECOND] = HR_ROW_LIST ("TagKeys", HR_FIELD_REQUIRED, 0, 0, HR_ELEMENT_STRING),
};

static const HrField list_fields[] = {
  [RESOURCE_ARN] = HR_ROW_RESOURCE_ARN,
  [RESOURCE_SECOND] = HR_ROW_STRING ("NextToken"),
};

const HrShape HR_SHAPE_TAG_RESOURCE = HR_SHAPE ("TagResourceInput", tag_fields);
const HrShape HR_SHAPE_UNTAG_RESOURCE = HR_SHAPE ("UntagResourceInput", untag_fields);
const HrShape HR_SHAPE_LIST_TAGS = HR_SHAPE ("ListTagsOfResourceInput", list_fields);

/* Letters, digits and spaces of any script, and a few signs; lengths in characters. */
static gboolean
is_tag_text (const HrJson *json, glong least, glong most)
{
  const char *end = json != NULL ? json->text + json->length : NULL;
  glong count = 0;

  if (json == NULL)
    return FALSE;
  for (const char *c = json->text; c < end; c = g_utf8_next_char (c), count++)
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter == 0
          || (letter < 128 && !g_ascii_isalnum (letter) && strchr (" +-=._:/@", (int) letter) == NULL)
          || (letter >= 128 && !g_unichar_isalnum (letter) && !g_unichar_ismark (letter)
              && !g_unichar_isspace (letter)))
        return FALSE;
    }
  return count >= least && count <= most;
}

static gboolean
fail_text (const char *words, const HrJson *json, HrArena *arena, HrServiceError *error)
{
  return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION, "%s%.*s", words,
                               json != NULL ? (int) json->length : 4, json != NULL ? json->text : "null");
}

static gboolean
tag_check (const HrJson *json, HrArena *arena, HrServiceError *error)
{
  const HrJson *key;
  HrFields fields;

  hr_shape_read (&HR_SHAPE_TAG, json, fields);
  key = fields[HR_AT_TAG_KEY];
  if (key != NULL && key->length >= 4 && g_ascii_strncasecmp (key->text, "aws:", 4) == 0)
    return fail_text ("Tag Key cannot be prefixed with aws:, Key: ", key, arena, error);
  if (!is_tag_text (key, 1, HR_LIMIT_TAG_KEY_CHARS))
    return fail_text ("The Tag Key provided is invalid, Key: ", key, arena, error);
  if (!is_tag_text (fields[HR_AT_TAG_VALUE], 0, HR_LIMIT_TAG_VALUE_CHARS))
    return fail_text ("The Tag Value provided is invalid, Value: ", fields[HR_AT_TAG_VALUE], arena, error);
  return TRUE;
}

static const HrJson *
get_key (const HrJson *list, guint i)
{
  HrFields fields;

  hr_shape_read (&HR_SHAPE_TAG, &list->elements[i], fields);
  return fields[HR_AT_TAG_KEY];
}

gboolean
hr_tags_check (const HrJson *list, guint n_others, HrArena *arena, HrServiceError *error)
{
  guint count = list != NULL ? list->length : 0;

  if (count + n_others > HR_LIMIT_TAGS)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "Number of Tags exceed the current limit for the provided ResourceArn");
  for (guint i = 0; i < count; i++)
    {
      const HrJson *key;

      if (!tag_check (&list->elements[i], arena, error))
        return FALSE;
      key = get_key (list, i);
      for (guint j = 0; j < i; j++)
        {
          const HrJson *other = get_key (list, j);

          if (other->length == key->length && memcmp (other->text, key->text, key->length) == 0)
            return fail_text ("Duplicate Tag Keys provided as input: Duplicate Tag Key found ", key, arena, error);
        }
    }
  return TRUE;
}

static void
remove_tag (HrSettings *settings, const HrJson *key)
{
  for (guint i = 0; settings->tags != NULL && i < settings->tags->len; i++)
    {
      const HrTag *tag = g_ptr_array_index (settings->tags, i);

      if (hr_json_string_equals (key, tag->key))
        {
          g_ptr_array_remove_index (settings->tags, i);
          return;
        }
    }
}

void
hr_tags_apply (const HrJson *list, HrSettings *settings)
{
  for (guint i = 0; list != NULL && i < list->length; i++)
    {
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;
      HrFields fields;

      hr_shape_read (&HR_SHAPE_TAG, &list->elements[i], fields);
      remove_tag (settings, fields[HR_AT_TAG_KEY]);
      key = g_strndup (fields[HR_AT_TAG_KEY]->text, fields[HR_AT_TAG_KEY]->length);
      value = g_strndup (fields[HR_AT_TAG_VALUE]->text, fields[HR_AT_TAG_VALUE]->length);
      hr_settings_add_tag (settings, key, value);
    }
}

/* The table of the request, or NULL with an error. */
static const HrTable *
find_table (HrApiCall *call)
{
  const HrTable *table;
  HrArn arn;

  if (!hr_arn_read_resource (call->fields[RESOURCE_ARN], FALSE, call->arena, &arn, call->error))
    return NULL;
  table = hr_engine_get_table (call->api->engine, arn.table);
  if (table == NULL)
    hr_call_fail_no_table (call, arn.table);
  return table;
}

/* Answers nothing but the status. */
static gboolean
update_table (HrApiCall *call, const HrTable *table)
{
  return hr_engine_update_table (call->api->engine, table, &call->engine, call->error);
}

gboolean
hr_operation_tag_resource (HrApiCall *call)
{
  const HrJson *list = call->fields[RESOURCE_SECOND];
  g_autoptr (HrTable) changed = NULL;
  const HrTable *table;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  if (list->length == 0)
    return hr_call_fail (call, "Atleast one Tag needs to be provided as Input.");
  table = find_table (call);
  if (table == NULL || !hr_tags_check (list, 0, call->arena, call->error))
    return FALSE;

  changed = hr_table_copy (table);
  hr_tags_apply (list, &changed->settings);
  if (changed->settings.tags->len > HR_LIMIT_TAGS)
    return hr_call_fail (call, "Number of Tags exceed the current limit for the provided ResourceArn");
  return update_table (call, changed);
}

gboolean
hr_operation_untag_resource (HrApiCall *call)
{
  const HrJson *list = call->fields[RESOURCE_SECOND];
  g_autoptr (HrTable) changed = NULL;
  const HrTable *table;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  if (list->length == 0)
    return hr_call_fail (call, "Atleast one Tag Key needs to be provided as Input.");
  table = find_table (call);
  if (table == NULL)
    return FALSE;
  for (guint i = 0; i < list->length; i++)
    if (!is_tag_text (&list->elements[i], 1, HR_LIMIT_TAG_KEY_CHARS))
      return fail_text ("The Tag Key provided is invalid, Key: ", &list->elements[i], call->arena, call->error);

  changed = hr_table_copy (table);
  for (guint i = 0; i < list->length; i++)
    remove_tag (&changed->settings, &list->elements[i]);
  return update_table (call, changed);
}

/* The service does not say of a table that is not there that it is not: it may be another's. */
static gboolean
hide_absence (HrApiCall *call)
{
  if (call->error->kind == HR_SERVICE_RESOURCE_NOT_FOUND)
    hr_service_error_set (call->error, call->arena, HR_SERVICE_ACCESS_DENIED,
                          "User is not authorized to perform: dynamodb:ListTagsOfResource on resource: %.*s",
                          (int) call->fields[RESOURCE_ARN]->length, call->fields[RESOURCE_ARN]->text);
  return FALSE;
}

gboolean
hr_operation_list_tags_of_resource (HrApiCall *call)
{
  const HrTable *table;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  table = find_table (call);
  if (table == NULL)
    return hide_absence (call);
  if (call->fields[RESOURCE_SECOND] != NULL) /* all tags fit on the first page */
    return hr_call_fail (call, "Invalid NextToken provided");

  hr_buffer_append_char (call->out, '{');
  hr_write_tags (&table->settings, call->out);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
