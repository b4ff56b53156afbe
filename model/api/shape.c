/*
 * Reading objects by their shape: which member goes to which row, and whether its JSON type fits.
 *
 * The words of a SerializationException depend on what was expected and on what came, and a little on where;
 * all of them are here. An attribute value is a shape like any other, one that contains itself.
 */
#include "model/api/shape.h"

#include "model/api/arn.h"
#include "model/value/codec.h"

#include <string.h>

#define JAVA_PACKAGE "com.amazonaws.dynamodb.v20120810."
#define CAST_FAILED                                                                                          \
  "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class "              \
  "java.lang.Class "                                                                                         \
  "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module "         \
  "java.base of "                                                                                            \
  "loader 'bootstrap')"

static const HrField text_element = { .kind = HR_FIELD_STRING };
static const HrField blob_element = { .kind = HR_FIELD_BLOB };
const HrField HR_ELEMENT_VALUE = { .kind = HR_FIELD_STRUCT, .shape = &HR_SHAPE_VALUE };

static const HrField value_fields[] = {
  { .name = "S", .kind = HR_FIELD_STRING },
  { .name = "N", .kind = HR_FIELD_STRING },
  { .name = "B", .kind = HR_FIELD_BLOB },
  { .name = "BOOL", .kind = HR_FIELD_BOOLEAN },
  { .name = "NULL", .kind = HR_FIELD_BOOLEAN },
  { .name = "SS", .kind = HR_FIELD_LIST, .element = &text_element },
  { .name = "NS", .kind = HR_FIELD_LIST, .element = &text_element },
  { .name = "BS", .kind = HR_FIELD_LIST, .element = &blob_element },
  { .name = "L", .kind = HR_FIELD_LIST, .element = &HR_ELEMENT_VALUE },
  { .name = "M", .kind = HR_FIELD_MAP, .element = &HR_ELEMENT_VALUE },
};

const HrShape HR_SHAPE_VALUE = HR_SHAPE ("AttributeValue", value_fields);

void
hr_shape_read (const HrShape *shape, const HrJson *object, HrFields fields)
{
  guint next = 0;

  memset (fields, 0, sizeof (HrJson *) * shape->n_fields);
  if (object == NULL || object->type != HR_JSON_OBJECT)
    return;

  for (guint32 i = 0; i < object->length; i++)
    {
      const HrJsonMember *member = &object->members[i];

      /* Clients send members more or less as declared: the search goes on where the last one ended. */
      for (guint j = 0; j < shape->n_fields; j++)
        {
          guint k = next + j < shape->n_fields ? next + j : next + j - shape->n_fields;
          const char *name = shape->fields[k].name;

          if (strlen (name) != member->name_length || memcmp (name, member->name, member->name_length) != 0)
            continue;
          fields[k] = member->value.type == HR_JSON_NULL ? NULL : &member->value;
          next = k + 1 < shape->n_fields ? k + 1 : 0;
          break;
        }
    }
}

static const char *
kind_java_class (HrFieldKind kind)
{
  static const char *const names[] = {
    [HR_FIELD_STRING] = "java.lang.String",  [HR_FIELD_INTEGER] = "java.lang.Integer",
    [HR_FIELD_LONG] = "java.lang.Long",      [HR_FIELD_BOOLEAN] = "java.lang.Boolean",
    [HR_FIELD_BLOB] = "java.nio.ByteBuffer",
  };

  return kind < G_N_ELEMENTS (names) ? names[kind] : NULL;
}

static const char *
json_token_name (const HrJson *json)
{
  switch (json->type)
    {
    case HR_JSON_TRUE:
      return "TRUE_VALUE";
    case HR_JSON_FALSE:
      return "FALSE_VALUE";
    case HR_JSON_STRING:
      return "STRING_VALUE";
    case HR_JSON_NUMBER:
      for (guint32 i = 0; i < json->length; i++)
        {
          if (json->text[i] == '.' || (json->text[i] | 0x20) == 'e')
            return "DECIMAL_VALUE";
        }
      return "NUMBER_VALUE";
    case HR_JSON_NULL:
    case HR_JSON_ARRAY:
    case HR_JSON_OBJECT:
      break;
    }
  return "null";
}

/* The words in which the service takes a string for a boolean. */
static gboolean
text_is_boolean (const HrJson *json, gboolean *value)
{
  static const struct
  {
    const char *word;
    gboolean value;
  } words[] = { { "true", TRUE },   { "1", TRUE },  { "yes", TRUE },
                { "false", FALSE }, { "0", FALSE }, { "no", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (json->length == strlen (words[i].word)
          && g_ascii_strncasecmp (json->text, words[i].word, json->length) == 0)
        {
          *value = words[i].value;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
fail (HrArena *arena, HrServiceError *error, const char *text, const char *detail)
{
  return hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION, "%s%s", text, detail);
}

static gboolean
fail_array (const HrField *field, HrArena *arena, HrServiceError *error)
{
  const char *element = field->kind == HR_FIELD_VALUES ? JAVA_PACKAGE "AttributeValue" : "java.lang.String";

  if (kind_java_class (field->kind) != NULL)
    return fail (arena, error, "Unrecognized collection type class ", kind_java_class (field->kind));
  if (field->kind == HR_FIELD_STRUCT)
    return fail (arena, error, "Unrecognized collection type class " JAVA_PACKAGE, field->shape->name);

  if (field->element != NULL && field->element->kind == HR_FIELD_LIST)
    element
        = hr_arena_printf (arena, "java.util.List<" JAVA_PACKAGE "%s>", field->element->element->shape->name);
  else if (field->element != NULL && field->element->kind == HR_FIELD_STRUCT)
    element = hr_arena_printf (arena, JAVA_PACKAGE "%s", field->element->shape->name);
  return hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION,
                               "Unrecognized collection type java.util.Map<java.lang.String, %s>", element);
}

/* A scalar where a structure, list or map should be. */
static gboolean
fail_scalar (const HrField *field, gboolean in_container, HrArena *arena, HrServiceError *error)
{
  if (!in_container)
    return fail (arena, error, "Unexpected field type", "");
  if (field->kind == HR_FIELD_STRUCT)
    return fail (arena, error, "Unexpected value type in payload", "");
  return fail (arena, error, CAST_FAILED, "");
}

static gboolean
scalar_check (const HrField *field, const HrJson *json, HrArena *arena, HrServiceError *error)
{
  const char *wanted = kind_java_class (field->kind);
  gboolean value;
  gsize length;

  switch (field->kind)
    {
    case HR_FIELD_STRING:
      if (json->type == HR_JSON_STRING)
        return TRUE;
      break;
    case HR_FIELD_INTEGER:
    case HR_FIELD_LONG:
      if (json->type == HR_JSON_NUMBER)
        return TRUE;
      break;
    case HR_FIELD_BOOLEAN:
      if (json->type == HR_JSON_TRUE || json->type == HR_JSON_FALSE)
        return TRUE;
      if (json->type == HR_JSON_STRING)
        return text_is_boolean (json, &value)
               || fail (arena, error, "Unexpected token received from parser", "");
      break;
    case HR_FIELD_BLOB:
      if (json->type != HR_JSON_STRING)
        return fail (arena, error, "only base-64-encoded strings are convertible to bytes", "");
      return hr_blob_from_text (arena, json->text, json->length, &length, error) != NULL;
    case HR_FIELD_STRUCT:
    case HR_FIELD_LIST:
    case HR_FIELD_MAP:
    case HR_FIELD_VALUES:
      break;
    }
  return hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION, "%s cannot be converted to %s",
                               json_token_name (json), strrchr (wanted, '.') + 1);
}

static gboolean field_check (const HrField *field, const HrJson *json, gboolean in_container,
                             gboolean with_values, HrArena *arena, HrServiceError *error);

static gboolean
elements_check (const HrField *element, const HrJson *json, gboolean with_values, HrArena *arena,
                HrServiceError *error)
{
  for (guint32 i = 0; element != NULL && i < json->length; i++)
    {
      const HrJson *child = json->type == HR_JSON_ARRAY ? &json->elements[i] : &json->members[i].value;

      if (child->type != HR_JSON_NULL && !field_check (element, child, TRUE, with_values, arena, error))
        return FALSE;
    }
  return TRUE;
}

/* Recursion ends with the JSON, whose depth the reader limits. */
static gboolean
field_check (const HrField *field, const HrJson *json, gboolean in_container, gboolean with_values,
             HrArena *arena, HrServiceError *error)
{
  gboolean is_scalar = kind_java_class (field->kind) != NULL;

  if (json->type == HR_JSON_ARRAY)
    return field->kind == HR_FIELD_LIST ? elements_check (field->element, json, with_values, arena, error)
                                        : fail_array (field, arena, error);
  if (json->type == HR_JSON_OBJECT && (is_scalar || field->kind == HR_FIELD_LIST))
    return fail (arena, error, "Start of structure or map found where not expected", "");
  if (json->type != HR_JSON_OBJECT)
    return is_scalar ? scalar_check (field, json, arena, error)
                     : fail_scalar (field, in_container, arena, error);

  if (field->kind == HR_FIELD_STRUCT)
    return hr_shape_check_types (field->shape, json, with_values, arena, error);
  if (field->kind == HR_FIELD_MAP)
    return elements_check (field->element, json, with_values, arena, error);
  return !with_values || elements_check (&HR_ELEMENT_VALUE, json, with_values, arena, error);
}

gboolean
hr_shape_check_types (const HrShape *shape, const HrJson *object, gboolean with_values, HrArena *arena,
                      HrServiceError *error)
{
  HrFields fields;

  hr_shape_read (shape, object, fields);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      if (fields[i] != NULL && !field_check (&shape->fields[i], fields[i], FALSE, with_values, arena, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_field_get_boolean (const HrJson *json, gboolean fallback)
{
  gboolean value = fallback;

  if (json == NULL)
    return fallback;
  if (json->type == HR_JSON_STRING)
    {
      text_is_boolean (json, &value);
      return value;
    }
  return json->type == HR_JSON_TRUE;
}

/* Fractions are cut off and what does not fit goes to the nearest end. */
gint64
hr_field_get_integer (const HrJson *json, gint64 fallback)
{
  gint64 value;
  double number;

  if (json == NULL)
    return fallback;
  if (hr_json_get_int64 (json, &value))
    return value;
  if (!hr_json_get_double (json, &number))
    return json->length > 0 && json->text[0] == '-' ? G_MININT64 : G_MAXINT64;
  if (number >= (double) G_MAXINT64)
    return G_MAXINT64;
  return number <= (double) G_MININT64 ? G_MININT64 : (gint64) number;
}

const char *
hr_field_get_string (const HrJson *json, HrArena *arena)
{
  return json == NULL || json->type != HR_JSON_STRING ? NULL
                                                      : hr_arena_strndup (arena, json->text, json->length);
}

const char *
hr_field_get_table_name (const HrJson *json, HrArena *arena)
{
  return json == NULL || json->type != HR_JSON_STRING ? NULL
                                                      : hr_arn_get_table_name (json->text, json->length, arena);
}

int
hr_field_get_word (const HrField *field, const HrJson *json)
{
  if (json == NULL)
    return -1;
  for (int i = 0; field->values[i] != NULL; i++)
    {
      if (hr_json_string_equals (json, field->values[i]))
        return i;
    }
  return -1;
}
