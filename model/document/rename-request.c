/*
 * Names in the request of a step.
 *
 * The request is rebuilt as a tree, member by member; a table says what a member of an object holds wherever it
 * stands, so that batches, transactions and the legacy parameters need no code of their own. What is not renamed is
 * the same tree, and so the same bytes.
 */
#include "model/document/rename-private.h"

#include "model/base/json-writer.h"
#include "model/document/reach.h"

#include <string.h>

/* What a value in a request is. */
typedef enum
{
  PLAIN,      /* whatever else: only references in its strings */
  REQUEST,    /* an object of members as below */
  TABLE_NAME,
  INDEX_NAME,
  TABLES,     /* members are tables */
  ITEM,       /* members are attributes */
  ATTRIBUTES, /* list of attribute names */
  NAMES,      /* ExpressionAttributeNames */
  EXPRESSION,
  STATEMENT,
} Role;

static const struct
{
  const char *member;
  Role role;
} roles[] = {
  { "TableName", TABLE_NAME },
  { "IndexName", INDEX_NAME },
  { "RequestItems", TABLES },
  { "Key", ITEM },
  { "Item", ITEM },
  { "Keys", ITEM },
  { "ExclusiveStartKey", ITEM },
  { "KeyConditions", ITEM },
  { "QueryFilter", ITEM },
  { "ScanFilter", ITEM },
  { "Expected", ITEM },
  { "AttributeUpdates", ITEM },
  { "AttributesToGet", ATTRIBUTES },
  { "ExpressionAttributeNames", NAMES },
  { "KeyConditionExpression", EXPRESSION },
  { "FilterExpression", EXPRESSION },
  { "ConditionExpression", EXPRESSION },
  { "ProjectionExpression", EXPRESSION },
  { "UpdateExpression", EXPRESSION },
  { "Statement", STATEMENT },
  { "ExpressionAttributeValues", PLAIN },
};

static Role
get_role (const HrJsonMember *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strlen (roles[i].member) == member->name_length
        && memcmp (roles[i].member, member->name, member->name_length) == 0)
      return roles[i].role;
  return member->value.type == HR_JSON_OBJECT || member->value.type == HR_JSON_ARRAY ? REQUEST : PLAIN;
}

static gboolean
member_is (const HrJsonMember *member, const char *name)
{
  return member->name_length == strlen (name) && memcmp (member->name, name, member->name_length) == 0;
}

/* Walks one request. */
typedef struct
{
  HrRename *rename;
  HrNameUse *use;     /* of the object around, or NULL */
  const char *member; /* of the request, in which the walk is: the place that a change is noted at */
  gboolean changed;
} Walk;

static HrJson rewrite (Walk *walk, const HrJson *json, Role role);

static gboolean
is_attribute_here (const Walk *walk)
{
  const HrName *name = walk->rename->name;

  return name->kind == HR_NAME_ATTRIBUTE && g_strcmp0 (walk->rename->table, name->table) == 0;
}

static HrJson
new_string (Walk *walk, const HrJson *old, const char *text, gsize length)
{
  HrJson json = { .type = HR_JSON_STRING, .length = (guint32) length, .text = text, .range = HR_RANGE_NONE };
  g_autofree char *before = g_strndup (old->text, old->length);

  walk->changed = TRUE;
  hr_rename_note (walk->rename, walk->member, before, text);
  return json;
}

static HrJson
rewrite_references (Walk *walk, const HrJson *json)
{
  gsize length;
  char *text = hr_rename_references (walk->rename, json->text, json->length, &length);

  return text != NULL ? new_string (walk, json, text, length) : *json;
}

/* "name", or an ARN that ends in "table/name". */
static HrJson
rewrite_table_name (Walk *walk, const HrJson *json)
{
  const HrName *name = walk->rename->name;
  g_autofree char *text = g_strndup (json->text, json->length);
  g_autofree char *ending = g_strconcat (":table/", name->from, NULL);

  if (name->kind != HR_NAME_TABLE)
    return rewrite_references (walk, json);
  if (g_str_equal (text, name->from))
    return new_string (walk, json, name->to, strlen (name->to));
  if (g_str_has_prefix (text, "arn:") && g_str_has_suffix (text, ending))
    {
      char *renamed = hr_arena_printf (walk->rename->arena, "%.*s%s", (int) (strlen (text) - strlen (name->from)), text,
                                       name->to);

      return new_string (walk, json, renamed, strlen (renamed));
    }
  return rewrite_references (walk, json);
}

static HrJson
rewrite_index_name (Walk *walk, const HrJson *json)
{
  const HrName *name = walk->rename->name;

  if (name->kind == HR_NAME_INDEX && g_strcmp0 (walk->rename->table, name->table) == 0
      && hr_json_string_equals (json, name->from))
    return new_string (walk, json, name->to, strlen (name->to));
  return rewrite_references (walk, json);
}

static HrJson
rewrite_expression (Walk *walk, const HrJson *json)
{
  HrJson changed = *json;
  gsize length;
  char *text = NULL;

  if (is_attribute_here (walk) && walk->use != NULL)
    text = hr_rename_expression (walk->rename, walk->use, json->text, json->length, &length);
  if (text != NULL)
    changed = new_string (walk, json, text, length);
  return rewrite_references (walk, &changed);
}

static HrJson
rewrite_statement (Walk *walk, const HrJson *json)
{
  HrJson changed = *json;
  gsize length;
  char *text = hr_rename_statement (walk->rename, json->text, json->length, &length);

  if (text != NULL)
    changed = new_string (walk, json, text, length);
  return rewrite_references (walk, &changed);
}

static HrJson
rewrite_attribute_name (Walk *walk, const HrJson *json)
{
  const HrName *name = walk->rename->name;

  if (is_attribute_here (walk) && hr_json_string_equals (json, name->from))
    return new_string (walk, json, name->to, strlen (name->to));
  return rewrite_references (walk, json);
}

static HrJson
rewrite_string (Walk *walk, const HrJson *json, Role role)
{
  switch (role)
    {
    case TABLE_NAME:
      return rewrite_table_name (walk, json);
    case INDEX_NAME:
      return rewrite_index_name (walk, json);
    case EXPRESSION:
      return rewrite_expression (walk, json);
    case STATEMENT:
      return rewrite_statement (walk, json);
    case ATTRIBUTES:
      return rewrite_attribute_name (walk, json);
    case PLAIN:
    case REQUEST:
    case TABLES:
    case ITEM:
    case NAMES:
      break;
    }
  return rewrite_references (walk, json);
}

static HrJson
rewrite_array (Walk *walk, const HrJson *json, Role role)
{
  HrJson *elements = hr_arena_array (walk->rename->arena, HrJson, json->length);
  HrJson copy = *json;

  for (guint32 i = 0; i < json->length; i++)
    elements[i] = rewrite (walk, &json->elements[i], role);
  copy.elements = elements;
  return copy;
}

static void
rename_member (Walk *walk, HrJsonMember *member)
{
  const HrName *name = walk->rename->name;

  member->name = name->to;
  member->name_length = (guint32) strlen (name->to);
  walk->changed = TRUE;
  hr_rename_note (walk->rename, walk->member, name->from, name->to);
}

/* The table around an object is said by the object itself. */
static void
enter_table (Walk *walk, const HrJson *object)
{
  const HrJson *table = hr_json_get (object, "TableName");
  const char *name = hr_json_dup_string (table, walk->rename->arena);
  const char *ending = name != NULL && g_str_has_prefix (name, "arn:") ? g_strrstr (name, ":table/") : NULL;

  if (ending != NULL)
    name = ending + strlen (":table/");
  if (name != NULL)
    walk->rename->table = name;
}

static void
collect_use (Walk *walk, const HrJson *object, HrNameUse *use)
{
  for (guint32 i = 0; i < object->length; i++)
    {
      const HrJsonMember *member = &object->members[i];

      if (get_role (member) == EXPRESSION && member->value.type == HR_JSON_STRING)
        hr_name_use_add (use, walk->rename, member->value.text, member->value.length);
    }
}

/* The entry of a placeholder that expressions needed anew; the member is there or is made. */
static HrJson
add_placeholder (Walk *walk, const HrJson *object, const HrNameUse *use)
{
  HrArena *arena = walk->rename->arena;
  const HrName *name = walk->rename->name;
  HrJsonMember entry = { use->placeholder, (guint32) strlen (use->placeholder), HR_RANGE_NONE,
                         { .type = HR_JSON_STRING, .length = (guint32) strlen (name->to), .text = name->to,
                           .range = HR_RANGE_NONE } };
  HrJsonMember *members = hr_arena_array (arena, HrJsonMember, object->length + 1);
  HrJson names = { .type = HR_JSON_OBJECT, .range = HR_RANGE_NONE };
  HrJson copy = *object;
  HrJsonMember *entries;
  guint32 at = 0;

  memcpy (members, object->members, object->length * sizeof *members);
  while (at < object->length && !member_is (&members[at], "ExpressionAttributeNames"))
    at++;
  if (at < object->length && members[at].value.type == HR_JSON_OBJECT)
    names = members[at].value;
  entries = hr_arena_array (arena, HrJsonMember, names.length + 1);
  if (names.length > 0)
    memcpy (entries, names.members, names.length * sizeof *entries);
  entries[names.length++] = entry;
  names.members = entries;
  members[at] = (HrJsonMember) { "ExpressionAttributeNames", 24, HR_RANGE_NONE, names };
  copy.members = members;
  copy.length = MAX (copy.length, at + 1);
  return copy;
}

static HrJson
rewrite_request (Walk *walk, const HrJson *json)
{
  const char *table = walk->rename->table;
  const char *place = walk->member;
  HrNameUse *outer = walk->use;
  HrJsonMember *members = hr_arena_array (walk->rename->arena, HrJsonMember, json->length);
  HrJson copy = *json;
  HrNameUse use;

  enter_table (walk, json);
  hr_name_use_init (&use, hr_json_get (json, "ExpressionAttributeNames"));
  if (is_attribute_here (walk))
    collect_use (walk, json, &use);
  walk->use = &use;
  for (guint32 i = 0; i < json->length; i++)
    {
      members[i] = json->members[i];
      walk->member = hr_arena_strndup (walk->rename->arena, members[i].name, members[i].name_length);
      members[i].value = rewrite (walk, &json->members[i].value, get_role (&json->members[i]));
    }
  copy.members = members;
  if (use.placeholder != NULL)
    copy = add_placeholder (walk, &copy, &use);
  hr_name_use_clear (&use);
  walk->use = outer;
  walk->member = place;
  walk->rename->table = table;
  return copy;
}

/* Each member is a table with requests, or with keys and what to read of them. */
static HrJson
rewrite_tables (Walk *walk, const HrJson *json)
{
  const HrName *name = walk->rename->name;
  const char *table = walk->rename->table;
  HrJsonMember *members = hr_arena_array (walk->rename->arena, HrJsonMember, json->length);
  HrJson copy = *json;

  for (guint32 i = 0; i < json->length; i++)
    {
      members[i] = json->members[i];
      walk->rename->table = hr_arena_strndup (walk->rename->arena, members[i].name, members[i].name_length);
      members[i].value = rewrite (walk, &json->members[i].value, REQUEST);
      if (name->kind == HR_NAME_TABLE && member_is (&members[i], name->from))
        rename_member (walk, &members[i]);
    }
  walk->rename->table = table;
  copy.members = members;
  return copy;
}

static HrJson
rewrite_item (Walk *walk, const HrJson *json)
{
  HrJsonMember *members = hr_arena_array (walk->rename->arena, HrJsonMember, json->length);
  HrJson copy = *json;

  for (guint32 i = 0; i < json->length; i++)
    {
      members[i] = json->members[i];
      members[i].value = rewrite (walk, &json->members[i].value, PLAIN);
      if (is_attribute_here (walk) && member_is (&members[i], walk->rename->name->from))
        rename_member (walk, &members[i]);
    }
  copy.members = members;
  return copy;
}

static HrJson
rewrite_names (Walk *walk, const HrJson *json)
{
  HrJsonMember *members = hr_arena_array (walk->rename->arena, HrJsonMember, json->length);
  HrJson copy = *json;

  for (guint32 i = 0; i < json->length; i++)
    {
      g_autofree char *placeholder = g_strndup (json->members[i].name, json->members[i].name_length);
      gboolean is_renamed = walk->use != NULL && hr_name_use_renames (walk->use, placeholder);

      members[i] = json->members[i];
      if (members[i].value.type == HR_JSON_STRING)
        members[i].value = is_renamed ? rewrite_attribute_name (walk, &json->members[i].value)
                                      : rewrite_references (walk, &json->members[i].value);
    }
  copy.members = members;
  return copy;
}

static HrJson
rewrite_members (Walk *walk, const HrJson *json, Role role)
{
  HrJsonMember *members;
  HrJson copy = *json;

  switch (role)
    {
    case REQUEST:
      return rewrite_request (walk, json);
    case TABLES:
      return rewrite_tables (walk, json);
    case ITEM:
      return rewrite_item (walk, json);
    case NAMES:
      return rewrite_names (walk, json);
    case PLAIN:
    case TABLE_NAME:
    case INDEX_NAME:
    case ATTRIBUTES:
    case EXPRESSION:
    case STATEMENT:
      break;
    }
  members = hr_arena_array (walk->rename->arena, HrJsonMember, json->length);
  for (guint32 i = 0; i < json->length; i++)
    {
      members[i] = json->members[i];
      members[i].value = rewrite (walk, &json->members[i].value, PLAIN);
    }
  copy.members = members;
  return copy;
}

/* The depth is that of the parse, which is limited. */
static HrJson
rewrite (Walk *walk, const HrJson *json, Role role)
{
  if (json->type == HR_JSON_STRING)
    return rewrite_string (walk, json, role);
  if (json->type == HR_JSON_ARRAY)
    return rewrite_array (walk, json, role);
  if (json->type == HR_JSON_OBJECT)
    return rewrite_members (walk, json, role);
  return *json;
}

char *
hr_rename_request (HrRename *self, const char *request)
{
  char *text = hr_arena_strdup (self->arena, request);
  const HrJson *json = hr_json_parse (self->arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  Walk walk = { .rename = self };
  HrBuffer out = HR_BUFFER_INIT;
  HrJson renamed;

  if (json == NULL)
    return NULL;
  self->table = NULL;
  renamed = rewrite (&walk, json, REQUEST);
  self->table = NULL;
  if (!walk.changed)
    return NULL;
  hr_json_write_compact (&out, &renamed, FALSE);
  return hr_buffer_steal (&out, NULL);
}

const char *
hr_request_get_table (const HrJson *request, HrArena *arena)
{
  const HrJson *tables = hr_json_get (request, "RequestItems");
  const char *name = hr_json_dup_string (hr_json_get (request, "TableName"), arena);
  const HrJson *statement = hr_json_get (request, "Statement");

  if (name != NULL)
    return name;
  if (tables != NULL && tables->type == HR_JSON_OBJECT && tables->length == 1)
    return hr_arena_strndup (arena, tables->members[0].name, tables->members[0].name_length);
  if (statement != NULL && statement->type == HR_JSON_STRING)
    return hr_statement_find_table (arena, statement->text, statement->length);
  return NULL;
}
