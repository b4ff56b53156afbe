/*
 * Requests that somebody pastes.
 *
 * Options of the AWS CLI are the members of a request in other letters (`--table-name`, TableName), so there is no
 * table of them; only what the CLI has for itself is listed. Values without types, as higher SDKs take them, get the
 * types of plain JSON.
 */
#include "model/document/pattern-read-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-build.h"
#include "model/base/service-limits.h"
#include "model/document/paste-private.h"
#include "model/schema/reference.h"
#include "model/value/codec.h"
#include "model/value/plain-json.h"

#include <string.h>

static const struct
{
  const char *command;
  const char *operation;
} commands[] = {
  { "get-item", "GetItem" },
  { "put-item", "PutItem" },
  { "update-item", "UpdateItem" },
  { "delete-item", "DeleteItem" },
  { "query", "Query" },
  { "scan", "Scan" },
  { "batch-get-item", "BatchGetItem" },
  { "batch-write-item", "BatchWriteItem" },
  { "transact-get-items", "TransactGetItems" },
  { "transact-write-items", "TransactWriteItems" },
  { "execute-statement", "ExecuteStatement" },
  { "batch-execute-statement", "BatchExecuteStatement" },
  { "execute-transaction", "ExecuteTransaction" },
};

/* Options of the CLI itself; those with a value take the next word with them. */
static const struct
{
  const char *option;
  gboolean has_value;
} foreign[] = {
  { "--region", TRUE },      { "--profile", TRUE },     { "--endpoint-url", TRUE }, { "--output", TRUE },
  { "--query", TRUE },       { "--max-items", TRUE },   { "--page-size", TRUE },    { "--starting-token", TRUE },
  { "--color", TRUE },       { "--ca-bundle", TRUE },   { "--no-cli-pager", FALSE }, { "--debug", FALSE },
  { "--no-paginate", FALSE }, { "--no-verify-ssl", FALSE }, { "--no-sign-request", FALSE },
  { "--cli-input-json", TRUE }, { "--cli-binary-format", TRUE }, { "--cli-read-timeout", TRUE },
  { "--cli-connect-timeout", TRUE }, { "--cli-auto-prompt", FALSE }, { "--no-cli-auto-prompt", FALSE },
};

/* Members that are no texts, numbers or switches. */
static const char *const structures[] = {
  "Key", "Item", "ExpressionAttributeNames", "ExpressionAttributeValues", "ExclusiveStartKey", "RequestItems",
  "TransactItems", "Statements", "TransactStatements", "Parameters", "KeyConditions", "QueryFilter", "ScanFilter",
  "AttributeUpdates", "Expected", "AttributesToGet", NULL,
};

static gboolean
is_foreign (const char *word, gboolean *has_value)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (g_str_equal (foreign[i].option, word))
      {
        *has_value = foreign[i].has_value;
        return TRUE;
      }
  return FALSE;
}

/* "table-name" → "TableName" */
static const char *
dup_member (HrArena *arena, const char *option)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean upper = TRUE;

  for (; *option != '\0'; option++)
    {
      if (*option != '-')
        g_string_append_c (name, upper ? g_ascii_toupper (*option) : *option);
      upper = *option == '-';
    }
  return hr_arena_strdup (arena, name->str);
}

/* The quotes of PowerShell let the quotes within through only with a backslash, which the shell leaves there. */
static const HrJson *
parse_word (HrArena *arena, const char *word)
{
  g_autofree char *unescaped = NULL;
  const HrJson *json = hr_json_parse (arena, hr_arena_strdup (arena, word), strlen (word), HR_LIMIT_JSON_DEPTH, NULL);

  if (json != NULL || strstr (word, "\\\"") == NULL)
    return json;
  unescaped = g_strcompress (word);
  return hr_json_parse (arena, hr_arena_strdup (arena, unescaped), strlen (unescaped), HR_LIMIT_JSON_DEPTH, NULL);
}

static gboolean
is_structure (const HrJson *json)
{
  return json != NULL && (json->type == HR_JSON_OBJECT || json->type == HR_JSON_ARRAY);
}

static void
refuse_value (const char *option, GError **error)
{
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
               _("What stands behind %s is no JSON. Put the JSON itself there instead of a file or a shorthand."),
               option);
}

/* @option: as it is written; FALSE when its value stands elsewhere, or in the shorthand of the CLI. */
static gboolean
read_option_value (HrArena *arena, const char *option, const char *member, const char *word, HrJson *value,
                   GError **error)
{
  const HrJson *json = parse_word (arena, word);
  char *text;

  if (g_str_has_prefix (word, "file://") || g_str_has_prefix (word, "fileb://")
      || (g_strv_contains (structures, member) && !is_structure (json)))
    {
      refuse_value (option, error);
      return FALSE;
    }
  text = hr_arena_strdup (arena, word);
  *value = json != NULL && json->type != HR_JSON_STRING ? *json : hr_json_new_string (text, strlen (text));
  return TRUE;
}

static gboolean
read_options (HrArena *arena, char **words, HrJson *request, GError **error)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);
      gboolean is_inline = pair[0] != NULL && pair[1] != NULL;
      gboolean has_value = FALSE;
      const char *member, *word;
      HrJson value;

      if (pair[0] == NULL || !g_str_has_prefix (pair[0], "--"))
        continue;
      if (is_foreign (pair[0], &has_value))
        {
          i += has_value && !is_inline && words[i + 1] != NULL;
          continue;
        }
      member = dup_member (arena, pair[0] + (g_str_has_prefix (pair[0], "--no-") ? 5 : 2));
      word = is_inline ? pair[1] : words[i + 1] != NULL && !g_str_has_prefix (words[i + 1], "--") ? words[++i] : NULL;
      if (word == NULL)
        value = hr_json_new_boolean (!g_str_has_prefix (pair[0], "--no-"));
      else if (!read_option_value (arena, pair[0], member, word, &value, error))
        return FALSE;
      *request = hr_json_with (arena, request, member, &value);
    }
  return TRUE;
}

/* Options say more than the JSON, and are stronger. */
static gboolean
read_command (HrArena *arena, const char *text, const char **operation, HrJson *request, GError **error)
{
  g_auto (GStrv) words = hr_command_split (text, error);
  const HrJson *json;
  const char *input;

  if (words == NULL)
    return FALSE;
  for (guint i = 0; words[i] != NULL && *operation == NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
      if (g_str_equal (words[i], commands[j].command))
        *operation = commands[j].operation;
  if (*operation == NULL)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID,
                           _("This command asks nothing of a table, as query, get-item and put-item do."));
      return FALSE;
    }
  *request = hr_json_new_object ();
  input = hr_command_get (words, "--cli-input-json");
  json = input != NULL ? parse_word (arena, input) : request;
  if (json == NULL)
    {
      refuse_value ("--cli-input-json", error);
      return FALSE;
    }
  if (json->type != HR_JSON_OBJECT)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("The JSON behind --cli-input-json is no object."));
      return FALSE;
    }
  *request = *json;
  return read_options (arena, words, request, error);
}

/* The operation that takes such members. */
static const char *
guess_operation (const HrJson *request)
{
  static const struct
  {
    const char *member;
    const char *operation;
  } members[] = {
    { "KeyConditionExpression", "Query" }, { "KeyConditions", "Query" },      { "UpdateExpression", "UpdateItem" },
    { "AttributeUpdates", "UpdateItem" },  { "Item", "PutItem" },             { "Statement", "ExecuteStatement" },
    { "Statements", "BatchExecuteStatement" }, { "TransactStatements", "ExecuteTransaction" },
    { "ConditionExpression", "DeleteItem" },   { "ReturnValues", "DeleteItem" },
    { "Key", "GetItem" },
  };
  const HrJson *tables = hr_json_get (request, "RequestItems");
  const HrJson *actions = hr_json_get (request, "TransactItems");

  if (tables != NULL && tables->type == HR_JSON_OBJECT && tables->length > 0)
    return tables->members[0].value.type == HR_JSON_ARRAY ? "BatchWriteItem" : "BatchGetItem";
  if (actions != NULL && actions->type == HR_JSON_ARRAY && actions->length > 0)
    return hr_json_get (&actions->elements[0], "Get") != NULL ? "TransactGetItems" : "TransactWriteItems";
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (hr_json_get (request, members[i].member) != NULL)
      return members[i].operation;
  return hr_json_get (request, "TableName") != NULL ? "Scan" : NULL;
}

static gboolean
read_json (HrArena *arena, const char *text, gsize length, const char **operation, HrJson *request, GError **error)
{
  char *copy = hr_arena_strndup (arena, text, length);
  HrJsonError json_error = { 0 };
  const HrJson *json = hr_json_parse (arena, copy, length, HR_LIMIT_JSON_DEPTH, &json_error);
  guint line, column;

  if (json == NULL)
    {
      hr_range_locate (text, length, json_error.offset, &line, &column);
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("This is no JSON: line %u, column %u: %s"), line, column,
                   _ (json_error.message));
      return FALSE;
    }
  *request = *json;
  *operation = json->type == HR_JSON_OBJECT ? guess_operation (json) : NULL;
  if (*operation != NULL)
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID,
                       _("This is no request: it has neither a TableName nor what a request is made of."));
  return FALSE;
}

/* Objects of attributes or values that have no types get those of plain JSON; typed ones and references stay. */
static HrJson
add_types (HrArena *arena, const HrJson *object)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrBuffer out = HR_BUFFER_INIT;
  const HrJson *typed;
  HrValue item;
  char *text;

  if (object->type != HR_JSON_OBJECT || object->length == 0 || object->members[0].value.type == HR_JSON_OBJECT
      || hr_item_from_json (arena, object, &item, &service_error)
      || !hr_value_from_plain_json (arena, object, &item, NULL, NULL))
    return *object;
  hr_item_to_json (&item, FALSE, &out);
  text = hr_arena_strndup (arena, out.data, out.length);
  typed = hr_json_parse (arena, text, out.length, HR_JSON_DEPTH_CEILING, NULL);
  hr_buffer_clear (&out);
  return typed != NULL ? *typed : *object;
}

static HrJson
sound_string (HrArena *arena, const HrJson *json)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  if (memchr (json->text, '{', json->length) == NULL && memchr (json->text, '}', json->length) == NULL)
    return *json;
  parts = hr_reference_parse (json->text, json->length, NULL, NULL);
  if (parts != NULL)
    return *json;
  for (guint32 i = 0; i < json->length; i++)
    {
      if (json->text[i] == '{' || json->text[i] == '}')
        hr_buffer_append_char (&out, json->text[i]);
      hr_buffer_append_char (&out, json->text[i]);
    }
  return hr_json_new_string (hr_arena_strndup (arena, out.data, out.length), out.length);
}

/* The depth is that of the parse, which is limited. */
static HrJson
make_sound (HrArena *arena, const HrJson *json)
{
  static const char *const typed[] = { "Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey" };
  HrJson copy = *json;
  HrJsonMember *members;

  if (json->type == HR_JSON_STRING)
    return sound_string (arena, json);
  if (json->type == HR_JSON_ARRAY)
    {
      HrJson *elements = hr_arena_array (arena, HrJson, json->length);

      for (guint32 i = 0; i < json->length; i++)
        elements[i] = make_sound (arena, &json->elements[i]);
      copy.elements = elements;
    }
  if (json->type != HR_JSON_OBJECT)
    return copy;
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      const HrJson *object = hr_json_get (&copy, typed[i]);
      HrJson with_types;

      if (object == NULL)
        continue;
      with_types = add_types (arena, object);
      copy = hr_json_with (arena, &copy, typed[i], &with_types);
    }
  members = hr_arena_array (arena, HrJsonMember, copy.length);
  for (guint32 i = 0; i < copy.length; i++)
    {
      members[i] = copy.members[i];
      members[i].value = make_sound (arena, &copy.members[i].value);
    }
  copy.members = members;
  return copy;
}

gboolean
hr_pattern_read_request (HrArena *arena, const char *text, gsize length, const char **operation, HrJson *request,
                         GError **error)
{
  gboolean is_read;
  HrJson raw;

  *operation = NULL;
  if (hr_command_is_aws (text, length))
    is_read = read_command (arena, hr_arena_strndup (arena, text, length), operation, &raw, error);
  else
    is_read = read_json (arena, text, length, operation, &raw, error);
  if (!is_read)
    return FALSE;
  *request = make_sound (arena, &raw);
  return TRUE;
}
