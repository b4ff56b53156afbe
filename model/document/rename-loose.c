/*
 * Names in lessons and scenarios.
 *
 * The model keeps these as JSON whose shape is somebody else's. What can be relied on is how they call things: a member
 * "table" holds the name of a table, "patterns" a list of letters or an object with a member for each. So names are
 * found by the members that they stand in.
 */
#include "model/document/rename-private.h"

#include "model/base/json-build.h"
#include "model/base/json-writer.h"

#include <string.h>

static const struct
{
  HrNameKind kind;
  const char *one;
  const char *many;
} members[] = {
  { HR_NAME_TABLE, "table", "tables" },
  { HR_NAME_INDEX, "index", "indexes" },
  { HR_NAME_ENTITY, "entity", "entities" },
  { HR_NAME_ATTRIBUTE, "attribute", "attributes" },
  { HR_NAME_PATTERN, "pattern", "patterns" },
  { HR_NAME_PARAMETER, "parameter", "parameters" },
  { HR_NAME_PARAMETER, "parameter", "values" },
  { HR_NAME_STEP, "step", "steps" },
};

/* What surrounds a value, when that is said; NULL when not. */
typedef struct
{
  const char *table;
  const char *entity;
  const char *pattern;
} Around;

typedef struct
{
  HrRename *rename;
  gboolean changed;
} Walk;

static HrJson rewrite (Walk *walk, const HrJson *json, Around around);

/* A name that is around says which definition is meant; without one, it is the one that is renamed. */
static gboolean
is_meant (const HrName *name, Around around)
{
  return (around.table == NULL || name->table == NULL || g_str_equal (around.table, name->table))
         && (around.entity == NULL || name->entity == NULL || g_str_equal (around.entity, name->entity))
         && (around.pattern == NULL || name->pattern == NULL || g_str_equal (around.pattern, name->pattern));
}

static HrJson
rename_string (Walk *walk, const HrJson *json)
{
  const HrName *name = walk->rename->name;

  if (!hr_json_string_equals (json, name->from))
    return *json;
  walk->changed = TRUE;
  hr_rename_note (walk->rename, NULL, name->from, name->to);
  return hr_json_new_string (name->to, strlen (name->to));
}

static gboolean
member_is (const HrJsonMember *member, const char *name)
{
  return member->name_length == strlen (name) && memcmp (member->name, name, member->name_length) == 0;
}

/* The names in a list, or the members of an object that are names. */
static HrJson
rename_many (Walk *walk, const HrJson *json, Around around)
{
  HrArena *arena = walk->rename->arena;
  const HrName *name = walk->rename->name;
  HrJson copy = *json;

  if (json->type == HR_JSON_ARRAY)
    {
      HrJson *elements = hr_arena_array (arena, HrJson, json->length);

      for (guint32 i = 0; i < json->length; i++)
        elements[i] = json->elements[i].type == HR_JSON_STRING ? rename_string (walk, &json->elements[i])
                                                               : json->elements[i];
      copy.elements = elements;
    }
  else if (json->type == HR_JSON_OBJECT)
    {
      HrJsonMember *all = hr_arena_array (arena, HrJsonMember, json->length);

      for (guint32 i = 0; i < json->length; i++)
        {
          all[i] = json->members[i];
          if (!member_is (&all[i], name->from))
            continue;
          all[i].name = name->to;
          all[i].name_length = (guint32) strlen (name->to);
          walk->changed = TRUE;
          hr_rename_note (walk->rename, NULL, name->from, name->to);
        }
      copy.members = all;
    }
  return copy;
}

static HrJson
rewrite_member (Walk *walk, const HrJsonMember *member, Around around)
{
  const HrName *name = walk->rename->name;
  HrJson value = member->value;

  for (guint i = 0; is_meant (name, around) && i < G_N_ELEMENTS (members); i++)
    {
      if (members[i].kind != name->kind)
        continue;
      if (value.type == HR_JSON_STRING && member_is (member, members[i].one))
        return rename_string (walk, &value);
      if (member_is (member, members[i].many))
        value = rename_many (walk, &value, around);
    }
  return rewrite (walk, &value, around);
}

static void
look_around (Walk *walk, const HrJson *object, Around *around)
{
  HrArena *arena = walk->rename->arena;
  const char *table = hr_json_dup_string (hr_json_get (object, "table"), arena);
  const char *entity = hr_json_dup_string (hr_json_get (object, "entity"), arena);
  const char *pattern = hr_json_dup_string (hr_json_get (object, "pattern"), arena);

  around->table = table != NULL ? table : around->table;
  around->entity = entity != NULL ? entity : around->entity;
  around->pattern = pattern != NULL ? pattern : around->pattern;
}

/* The depth is that of the parse, which is limited. */
static HrJson
rewrite (Walk *walk, const HrJson *json, Around around)
{
  HrArena *arena = walk->rename->arena;
  HrJson copy = *json;

  if (json->type == HR_JSON_ARRAY)
    {
      HrJson *elements = hr_arena_array (arena, HrJson, json->length);

      for (guint32 i = 0; i < json->length; i++)
        elements[i] = rewrite (walk, &json->elements[i], around);
      copy.elements = elements;
    }
  else if (json->type == HR_JSON_OBJECT)
    {
      HrJsonMember *all = hr_arena_array (arena, HrJsonMember, json->length);

      look_around (walk, json, &around);
      for (guint32 i = 0; i < json->length; i++)
        {
          all[i] = json->members[i];
          all[i].value = rewrite_member (walk, &json->members[i], around);
        }
      copy.members = all;
    }
  return copy;
}

char *
hr_rename_loose (HrRename *self, const char *json)
{
  char *text = hr_arena_strdup (self->arena, json);
  const HrJson *tree = hr_json_parse (self->arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  Walk walk = { self, FALSE };
  HrBuffer out = HR_BUFFER_INIT;
  HrJson renamed;

  if (tree == NULL)
    return NULL;
  renamed = rewrite (&walk, tree, (Around) { NULL, NULL, NULL });
  if (!walk.changed)
    return NULL;
  hr_json_write_compact (&out, &renamed, FALSE);
  return hr_buffer_steal (&out, NULL);
}
