/*
 * Items from JSON and from commands.
 *
 * What the JSON is shows in its members: a batch, a put, an answer, or an item itself. An item is typed when all of it
 * reads as typed JSON, else plain; that can only differ where every member looks like `{"S": "…"}`.
 */
#include "model/document/paste-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/plain-json.h"

#include <string.h>

static void
add_item (HrPasteReader *self, const HrJson *json)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrValue item = { .type = HR_TYPE_NULL };
  char *text = NULL;

  if (json->type != HR_JSON_OBJECT
      || (!hr_item_from_json (self->arena, json, &item, &service_error)
          && !hr_value_from_plain_json (self->arena, json, &item, NULL, NULL)))
    {
      HrBuffer out = HR_BUFFER_INIT;

      item = hr_value_null ();
      hr_json_write_compact (&out, json, TRUE);
      text = hr_buffer_steal (&out, NULL);
    }
  g_array_append_val (self->items, item);
  g_ptr_array_add (self->texts, text);
}

static void
add_all (HrPasteReader *self, const HrJson *list)
{
  for (guint32 i = 0; i < list->length; i++)
    {
      const HrJson *put = hr_json_get (&list->elements[i], "PutRequest");
      const HrJson *item = put != NULL ? hr_json_get (put, "Item") : NULL;

      add_item (self, item != NULL ? item : &list->elements[i]);
    }
}

static gboolean
is_batch (const HrJson *json)
{
  for (guint32 i = 0; json->type == HR_JSON_OBJECT && i < json->length; i++)
    {
      const HrJson *list = &json->members[i].value;

      if (list->type == HR_JSON_ARRAY && list->length > 0 && hr_json_get (&list->elements[0], "PutRequest") != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
add_batch (HrPasteReader *self, const HrJson *tables)
{
  const HrJson *own = hr_json_get (tables, self->table->name);

  for (guint32 i = 0; tables->type == HR_JSON_OBJECT && i < tables->length; i++)
    if ((own == NULL || own == &tables->members[i].value) && tables->members[i].value.type == HR_JSON_ARRAY)
      add_all (self, &tables->members[i].value);
}

static void
add_tree (HrPasteReader *self, const HrJson *json)
{
  const HrJson *tables = hr_json_get (json, "RequestItems");
  const HrJson *items = hr_json_get (json, "Items");
  const HrJson *item = hr_json_get (json, "Item");

  if (tables != NULL)
    add_batch (self, tables);
  else if (is_batch (json))
    add_batch (self, json);
  else if (items != NULL && items->type == HR_JSON_ARRAY)
    add_all (self, items);
  else if (item != NULL && item->type == HR_JSON_OBJECT && (json->length == 1 || hr_json_get (json, "TableName") != NULL
                                                            || hr_json_get (json, "ConsumedCapacity") != NULL))
    add_item (self, item);
  else if (json->type == HR_JSON_ARRAY)
    add_all (self, json);
  else
    add_item (self, json);
}

static gboolean
read_lines (HrPasteReader *self, const char *text, gsize length)
{
  gsize at = 0;
  guint count = 0;

  while (at < length)
    {
      const char *end = memchr (text + at, '\n', length - at);
      gsize line = end != NULL ? (gsize) (end - text) - at : length - at;
      const HrJson *json;

      if (strspn (text + at, " \t\r") < line)
        {
          json = hr_json_parse (self->arena, text + at, line, HR_LIMIT_JSON_DEPTH, NULL);
          if (json == NULL || json->type != HR_JSON_OBJECT)
            return FALSE;
          add_tree (self, json);
          count++;
        }
      at += line + 1;
    }
  return count > 1;
}

gboolean
hr_paste_read_json (HrPasteReader *self, const char *text, gsize length, GError **error)
{
  char *copy = hr_arena_strndup (self->arena, text, length);
  HrJsonError json_error = { 0 };
  const HrJson *json = hr_json_parse (self->arena, copy, length, HR_LIMIT_JSON_DEPTH, &json_error);
  guint line, column;

  if (json != NULL)
    {
      add_tree (self, json);
      return TRUE;
    }
  if (read_lines (self, copy, length))
    return TRUE;
  hr_range_locate (text, length, json_error.offset, &line, &column);
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("This is no JSON: line %u, column %u: %s"), line, column,
               _ (json_error.message));
  return FALSE;
}

/* Commands */

gboolean
hr_command_is_aws (const char *text, gsize length)
{
  gsize at = 0;

  while (at < length && (g_ascii_isspace (text[at]) || text[at] == '$'))
    at++;
  return length - at > 4 && strncmp (text + at, "aws", 3) == 0 && g_ascii_isspace (text[at + 3]);
}

char **
hr_command_split (const char *text, GError **error)
{
  g_autoptr (GError) failure = NULL;
  char **words = NULL;

  while (g_ascii_isspace (*text) || *text == '$')
    text++;
  if (g_shell_parse_argv (text, NULL, &words, &failure))
    return words;
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("This command cannot be read: %s"), failure->message);
  return NULL;
}

const char *
hr_command_get (char **words, const char *option)
{
  gsize length = strlen (option);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], option))
        return words[i + 1];
      if (strncmp (words[i], option, length) == 0 && words[i][length] == '=')
        return words[i] + length + 1;
    }
  return NULL;
}

gboolean
hr_paste_read_command (HrPasteReader *self, const char *text, GError **error)
{
  static const char *const options[] = { "--item", "--request-items", "--cli-input-json" };
  g_auto (GStrv) words = hr_command_split (text, error);

  if (words == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const char *json = hr_command_get (words, options[i]);

      if (json != NULL)
        return hr_paste_read_json (self, json, strlen (json), error);
    }
  g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID,
                       _("This command has no items: put-item has --item, batch-write-item has --request-items."));
  return FALSE;
}
