/*
 * Typed JSON to values, with the service's own refusals.
 *
 * The service reads a request in two steps: first the JSON must have the right shape (else a
 * SerializationException), then the values must be valid (else a ValidationException); a wrong shape anywhere
 * wins over an invalid value before it. Here both are checked in one pass, and only when a value turns out
 * invalid is the rest looked over for a wrong shape, so valid input is read once.
 *
 * Source of the messages: observed on the service, 2026-10; `An string set  may` and `dectected` are its own.
 */
#include "model/value/codec.h"

#include "model/base/service-limits.h"

#include <string.h>

#define INVALID "One or more parameter values were invalid: "

typedef struct
{
  HrArena *arena;
  HrServiceError *error;
  guint levels_max;
} Reader;

/* Shapes */

typedef enum
{
  SHAPE_STRING,
  SHAPE_BLOB,
  SHAPE_BOOLEAN,
  SHAPE_LIST,
  SHAPE_MAP,
  SHAPE_VALUE,
  N_SHAPES,
} Shape;

#define VALUE_CLASS  "com.amazonaws.dynamodb.v20120810.AttributeValue"
#define NOT_A_MAP    "Unrecognized collection type java.util.Map<java.lang.String, " VALUE_CLASS ">"
#define NOT_A_VALUE  "Unrecognized collection type class " VALUE_CLASS
#define NO_STRUCTURE "Start of structure or map found where not expected"
#define NO_BASE64    "only base-64-encoded strings are convertible to bytes"
#define NO_FIELD     "Unexpected field type"
#define NO_PAYLOAD   "Unexpected value type in payload"

/* What is wrong with JSON of this type where that shape should be; NULL: nothing. */
static const char *const shape_refusals[N_SHAPES][HR_JSON_OBJECT + 1] = {
  [SHAPE_STRING] = {
    [HR_JSON_NULL] = "NULL_VALUE cannot be converted to String",
    [HR_JSON_FALSE] = "FALSE_VALUE cannot be converted to String",
    [HR_JSON_TRUE] = "TRUE_VALUE cannot be converted to String",
    [HR_JSON_NUMBER] = "NUMBER_VALUE cannot be converted to String",
    [HR_JSON_ARRAY] = "Unrecognized collection type class java.lang.String",
    [HR_JSON_OBJECT] = NO_STRUCTURE,
  },
  [SHAPE_BLOB] = {
    [HR_JSON_NULL] = NO_BASE64,
    [HR_JSON_FALSE] = NO_BASE64,
    [HR_JSON_TRUE] = NO_BASE64,
    [HR_JSON_NUMBER] = NO_BASE64,
    [HR_JSON_ARRAY] = "Unrecognized collection type class java.nio.ByteBuffer",
    [HR_JSON_OBJECT] = NO_STRUCTURE,
  },
  [SHAPE_BOOLEAN] = {
    [HR_JSON_NUMBER] = "NUMBER_VALUE cannot be converted to Boolean",
    [HR_JSON_ARRAY] = "Unrecognized collection type class java.lang.Boolean",
    [HR_JSON_OBJECT] = NO_STRUCTURE,
  },
  [SHAPE_LIST] = {
    [HR_JSON_NULL] = NO_FIELD,
    [HR_JSON_FALSE] = NO_FIELD,
    [HR_JSON_TRUE] = NO_FIELD,
    [HR_JSON_NUMBER] = NO_FIELD,
    [HR_JSON_STRING] = NO_FIELD,
    [HR_JSON_OBJECT] = NO_STRUCTURE,
  },
  [SHAPE_MAP] = {
    [HR_JSON_NULL] = NO_FIELD,
    [HR_JSON_FALSE] = NO_FIELD,
    [HR_JSON_TRUE] = NO_FIELD,
    [HR_JSON_NUMBER] = NO_FIELD,
    [HR_JSON_STRING] = NO_FIELD,
    [HR_JSON_ARRAY] = NOT_A_MAP,
  },
  [SHAPE_VALUE] = {
    [HR_JSON_FALSE] = NO_PAYLOAD,
    [HR_JSON_TRUE] = NO_PAYLOAD,
    [HR_JSON_NUMBER] = NO_PAYLOAD,
    [HR_JSON_STRING] = NO_PAYLOAD,
    [HR_JSON_ARRAY] = NOT_A_VALUE,
  },
};

/* Notes where in the text the error just set is; always FALSE. */
static gboolean
at (Reader *reader, const HrJson *json)
{
  reader->error->range = json->range;
  reader->error->has_range = TRUE;
  return FALSE;
}

static gboolean
refuse_shape (Reader *reader, const HrJson *json, const char *message)
{
  hr_service_error_set (reader->error, reader->arena, HR_SERVICE_SERIALIZATION, "%s", message);
  return at (reader, json);
}

static gboolean
refuse_value (Reader *reader, const HrJson *json, const char *message)
{
  hr_service_error_set_value (reader->error, reader->arena, "%s", message);
  return at (reader, json);
}

static gboolean
is_decimal_fraction (const HrJson *json)
{
  return json->type == HR_JSON_NUMBER
         && (memchr (json->text, '.', json->length) != NULL || memchr (json->text, 'e', json->length) != NULL
             || memchr (json->text, 'E', json->length) != NULL);
}

static inline gboolean
expect (Reader *reader, const HrJson *json, Shape shape)
{
  const char *refusal = shape_refusals[shape][json->type];

  if (G_LIKELY (refusal == NULL))
    return TRUE;
  if (g_str_has_prefix (refusal, "NUMBER_VALUE") && is_decimal_fraction (json))
    refusal = hr_arena_printf (reader->arena, "DECIMAL_VALUE%s", refusal + strlen ("NUMBER_VALUE"));
  return refuse_shape (reader, json, refusal);
}

static gboolean
expect_boolean (Reader *reader, const HrJson *json, gboolean *value)
{
  static const struct
  {
    const char *word;
    gboolean value;
  } words[] = {
    { "true", TRUE }, { "false", FALSE }, { "1", TRUE }, { "0", FALSE }, { "yes", TRUE }, { "no", FALSE },
  };

  if (!expect (reader, json, SHAPE_BOOLEAN))
    return FALSE;
  *value = json->type == HR_JSON_TRUE;
  if (json->type != HR_JSON_STRING)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strlen (words[i].word) == json->length
          && g_ascii_strncasecmp (words[i].word, json->text, json->length) == 0)
        {
          *value = words[i].value;
          return TRUE;
        }
    }
  return refuse_shape (reader, json, "Unexpected token received from parser");
}

const char *
hr_blob_from_text (HrArena *arena, const char *text, gsize length, gsize *decoded_length, HrServiceError *error)
{
  const char *bytes = length % 4 == 0 ? hr_base64_decode (arena, text, length, decoded_length) : NULL;

  if (length % 4 != 0)
    hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION,
                          "Base64 encoded length is expected a multiple of 4 bytes but found: %u", (guint) length);
  else if (bytes == NULL)
    hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION,
                          "Invalid last non-pad Base64 character dectected");
  return bytes;
}

static gboolean
expect_blob (Reader *reader, const HrJson *json, HrValue *value)
{
  gsize length;
  const char *bytes;

  if (!expect (reader, json, SHAPE_BLOB))
    return FALSE;
  bytes = hr_blob_from_text (reader->arena, json->text, json->length, &length, reader->error);
  if (bytes == NULL)
    return at (reader, json);
  *value = hr_value_binary (bytes, length);
  return TRUE;
}

/* Looking over a value for a wrong shape; recursion ends with that of the JSON. */

static gboolean check_shape (Reader *reader, const HrJson *json);

static gboolean
check_scalar_shape (Reader *reader, HrType type, const HrJson *json)
{
  HrValue value;
  gboolean boolean;

  if (type == HR_TYPE_B)
    return expect_blob (reader, json, &value);
  if (type == HR_TYPE_BOOL || type == HR_TYPE_NULL)
    return expect_boolean (reader, json, &boolean);
  return expect (reader, json, SHAPE_STRING);
}

static gboolean
check_members_shape (Reader *reader, const HrJson *json)
{
  if (!expect (reader, json, SHAPE_MAP))
    return FALSE;
  for (guint32 i = 0; i < json->length; i++)
    {
      if (!check_shape (reader, &json->members[i].value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_typed_shape (Reader *reader, HrType type, const HrJson *json)
{
  if (type == HR_TYPE_M)
    return check_members_shape (reader, json);
  if (type != HR_TYPE_L && !hr_type_is_set (type))
    return check_scalar_shape (reader, type, json);

  if (!expect (reader, json, SHAPE_LIST))
    return FALSE;
  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJson *element = &json->elements[i];

      if (type == HR_TYPE_L ? !check_shape (reader, element)
                            : !check_scalar_shape (reader, hr_type_get_element (type), element))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_shape (Reader *reader, const HrJson *json)
{
  if (!expect (reader, json, SHAPE_VALUE))
    return FALSE;
  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJsonMember *member = &json->members[i];
      HrType type;

      if (member->value.type != HR_JSON_NULL && hr_type_from_name (member->name, member->name_length, &type)
          && !check_typed_shape (reader, type, &member->value))
        return FALSE;
    }
  return TRUE;
}

/* Numbers */

static const char *const decimal_refusals[] = {
  [HR_DECIMAL_OK] = NULL,
  [HR_DECIMAL_SYNTAX] = NULL,
  [HR_DECIMAL_PRECISION] = "Attempting to store more than 38 significant digits in a Number",
  [HR_DECIMAL_OVERFLOW]
    = "Number overflow. Attempting to store a number with magnitude larger than supported range",
  [HR_DECIMAL_UNDERFLOW]
    = "Number underflow. Attempting to store a number with magnitude smaller than supported range",
};

gboolean
hr_number_from_text (HrArena *arena, const char *text, gsize length, HrValue *value, HrServiceError *error)
{
  HrDecimal decimal;
  HrDecimalStatus status = hr_decimal_parse (&decimal, text, length);

  if (status == HR_DECIMAL_SYNTAX)
    return hr_service_error_set_value (error, arena,
                                       "The parameter cannot be converted to a numeric value: %.*s",
                                       (int) MIN (length, G_MAXINT), text);
  if (status != HR_DECIMAL_OK)
    return hr_service_error_set_value (error, arena, "%s", decimal_refusals[status]);
  *value = hr_value_number (arena, &decimal);
  return TRUE;
}

/* Values by type */

static gboolean read_value (Reader *reader, const HrJson *json, guint level, HrValue *value);

static gboolean
read_text (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  if (!expect (reader, json, SHAPE_STRING))
    return FALSE;
  *value = hr_value_string (json->text, json->length);
  return TRUE;
}

static gboolean
read_number (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  return expect (reader, json, SHAPE_STRING)
         && (hr_number_from_text (reader->arena, json->text, json->length, value, reader->error)
             || at (reader, json));
}

static gboolean
read_binary (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  return expect_blob (reader, json, value);
}

static gboolean
read_boolean (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  gboolean boolean;

  if (!expect_boolean (reader, json, &boolean))
    return FALSE;
  *value = hr_value_boolean (boolean);
  return TRUE;
}

static gboolean
read_null (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  gboolean boolean;

  if (!expect_boolean (reader, json, &boolean))
    return FALSE;
  if (!boolean)
    return refuse_value (reader, json, INVALID "Null attribute value types must have the value of true");
  *value = hr_value_null ();
  return TRUE;
}

static gboolean
read_list (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  HrValue *elements;

  if (!expect (reader, json, SHAPE_LIST))
    return FALSE;
  elements = hr_arena_array (reader->arena, HrValue, json->length);
  for (guint32 i = 0; i < json->length; i++)
    {
      if (!read_value (reader, &json->elements[i], level + 1, &elements[i]))
        return FALSE;
    }
  *value = hr_value_list (elements, json->length);
  return TRUE;
}

static gboolean
check_name (Reader *reader, const HrJsonMember *member)
{
  if (member->name_length == 0)
    hr_service_error_set_value (reader->error, reader->arena, "Empty attribute name");
  else if (member->name_length > HR_LIMIT_ATTRIBUTE_NAME_BYTES)
    hr_service_error_set_value (reader->error, reader->arena,
                                "Attribute name is too large, must be less than %u bytes",
                                HR_LIMIT_ATTRIBUTE_NAME_BYTES + 1);
  else
    return TRUE;
  reader->error->range = member->name_range;
  reader->error->has_range = TRUE;
  return FALSE;
}

/* Of members with one name the last counts, as when the service reads a JSON object. Sorting was stable. */
static guint32
drop_repeated_members (HrMember *members, guint32 count)
{
  guint32 kept = 0;

  for (guint32 i = 0; i < count; i++)
    {
      const HrMember *next = &members[i + 1];

      if (i + 1 == count || members[i].name_length != next->name_length
          || memcmp (members[i].name, next->name, next->name_length) != 0)
        members[kept++] = members[i];
    }
  return kept;
}

static gboolean
read_members (Reader *reader, const HrJson *json, guint level, HrValue *value)
{
  guint32 count = json->length;
  HrMember *members = hr_arena_array (reader->arena, HrMember, count);

  for (guint32 i = 0; i < count; i++)
    {
      const HrJsonMember *member = &json->members[i];

      if (!check_name (reader, member) || !read_value (reader, &member->value, level, &members[i].value))
        return FALSE;
      members[i].name = member->name;
      members[i].name_length = member->name_length;
    }
  if (!hr_members_sort (members, count))
    count = drop_repeated_members (members, count);
  *value = hr_value_map (members, count);
  return TRUE;
}

static gboolean
read_map (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  return expect (reader, json, SHAPE_MAP) && read_members (reader, json, level + 1, value);
}

/* Sets */

typedef struct
{
  const HrValue *element;
  guint32 position;
} Placed;

static gint
compare_placed_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return hr_value_compare (((const Placed *) a)->element, ((const Placed *) b)->element);
}

/* The position of the first element that repeats an earlier one; there is one. */
static guint32
find_repeat (const HrValue *elements, guint32 count)
{
  g_autofree Placed *placed = g_new (Placed, count);
  guint32 first = count;

  for (guint32 i = 0; i < count; i++)
    placed[i] = (Placed) { &elements[i], i };
  g_qsort_with_data (placed, (gint) count, sizeof *placed, compare_placed_cb, NULL); /* stable */
  for (guint32 i = 1; i < count; i++)
    {
      if (hr_value_compare (placed[i - 1].element, placed[i].element) == 0)
        first = MIN (first, placed[i].position);
    }
  return first;
}

/*
 * The message lists the distinct members before the first repeat in byte order, then the repeat, then the
 * rest as sent; binary members are separated and introduced without a space.
 */
static gboolean
refuse_repeats (Reader *reader, HrType type, const HrJson *json, HrValue *elements)
{
  g_auto (HrBuffer) list = HR_BUFFER_INIT;
  guint32 repeat;

  if (type == HR_TYPE_NS)
    return refuse_value (reader, json, INVALID "Input collection contains duplicates.");

  repeat = find_repeat (elements, json->length);
  hr_elements_sort (elements, repeat);
  for (guint32 i = 0; i < json->length; i++)
    {
      if (i > 0)
        hr_buffer_append_string (&list, type == HR_TYPE_BS ? "," : ", ");
      hr_buffer_append_char (&list, '"');
      if (type == HR_TYPE_BS)
        hr_base64_encode (elements[i].bytes, elements[i].length, &list);
      else
        hr_buffer_append (&list, elements[i].bytes, elements[i].length);
      hr_buffer_append_char (&list, '"');
    }
  hr_buffer_append_char (&list, '\0');
  hr_service_error_set_value (reader->error, reader->arena,
                              INVALID "Input collection [%s]%s contains duplicates.", list.data,
                              type == HR_TYPE_BS ? "of type BS" : "");
  return at (reader, json);
}

static gboolean
refuse_empty_set (Reader *reader, HrType type, const HrJson *json)
{
  if (type == HR_TYPE_BS)
    return refuse_value (reader, json, INVALID "Binary sets should not be empty");
  return refuse_value (reader, json, type == HR_TYPE_NS ? INVALID "An number set  may not be empty"
                                                        : INVALID "An string set  may not be empty");
}

static gboolean
read_set (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value)
{
  HrType element_type = hr_type_get_element (type);
  HrValue *elements;
  HrValue *sorted;

  if (!expect (reader, json, SHAPE_LIST))
    return FALSE;
  if (json->length == 0)
    return refuse_empty_set (reader, type, json);

  elements = hr_arena_array (reader->arena, HrValue, json->length);
  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJson *element = &json->elements[i];

      if (element_type == HR_TYPE_N   ? !read_number (reader, element_type, element, level, &elements[i])
          : element_type == HR_TYPE_B ? !read_binary (reader, element_type, element, level, &elements[i])
                                      : !read_text (reader, element_type, element, level, &elements[i]))
        return FALSE;
    }

  sorted = hr_arena_memdup (reader->arena, elements, sizeof *elements * json->length);
  if (hr_elements_sort (sorted, json->length) != json->length)
    return refuse_repeats (reader, type, json, elements);
  *value = (HrValue) { .type = (guint8) type, .length = json->length, .elements = sorted };
  return TRUE;
}

/* Any value */

typedef gboolean (*ReadFunc) (Reader *reader, HrType type, const HrJson *json, guint level, HrValue *value);

static const ReadFunc read_funcs[HR_N_TYPES] = {
  [HR_TYPE_S] = read_text,       [HR_TYPE_N] = read_number, [HR_TYPE_B] = read_binary,
  [HR_TYPE_BOOL] = read_boolean, [HR_TYPE_NULL] = read_null, [HR_TYPE_M] = read_map,
  [HR_TYPE_L] = read_list,       [HR_TYPE_SS] = read_set,   [HR_TYPE_NS] = read_set,
  [HR_TYPE_BS] = read_set,
};

/* Members of other names are ignored, and those that are null count as absent. */
static gboolean
read_value (Reader *reader, const HrJson *json, guint level, HrValue *value)
{
  guint seen = 0;

  if (!expect (reader, json, SHAPE_VALUE))
    return FALSE;
  if (level > reader->levels_max)
    return refuse_value (reader, json,
                         "Nesting Levels have exceeded supported limits: "
                         "Attributes in the item have nested levels beyond supported limit");

  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJsonMember *member = &json->members[i];
      HrType type;

      if (member->value.type == HR_JSON_NULL || !hr_type_from_name (member->name, member->name_length, &type))
        continue;
      if (!read_funcs[type](reader, type, &member->value, level, value))
        return FALSE;
      seen |= 1u << type;
    }
  if (seen == 0)
    return refuse_value (reader, json,
                         "Supplied AttributeValue is empty, "
                         "must contain exactly one of the supported datatypes");
  if ((seen & (seen - 1)) != 0)
    return refuse_value (reader, json,
                         "Supplied AttributeValue has more than one datatypes set, "
                         "must contain exactly one of the supported datatypes");
  return TRUE;
}

/* Lets a wrong shape anywhere in @json win over the invalid value that was found; always FALSE. */
static gboolean
prefer_shape (Reader *reader, const HrJson *json, gboolean (*check) (Reader *, const HrJson *))
{
  HrServiceError shape_error = HR_SERVICE_ERROR_INIT;
  Reader again = { reader->arena, &shape_error, reader->levels_max };

  if (reader->error->kind == HR_SERVICE_VALIDATION && !check (&again, json))
    *reader->error = shape_error;
  return FALSE;
}

gboolean
hr_value_check_shape (HrArena *arena, const HrJson *json, HrServiceError *error)
{
  Reader reader = { arena, error, HR_LIMIT_NESTING };

  return check_shape (&reader, json);
}

gboolean
hr_item_check_shape (HrArena *arena, const HrJson *json, HrServiceError *error)
{
  Reader reader = { arena, error, HR_LIMIT_NESTING };

  return check_members_shape (&reader, json);
}

static gboolean
read_one (Reader *reader, const HrJson *json, HrValue *value)
{
  return read_value (reader, json, 1, value) || prefer_shape (reader, json, check_shape);
}

gboolean
hr_value_from_json (HrArena *arena, const HrJson *json, HrValue *value, HrServiceError *error)
{
  return read_one (&(Reader) { arena, error, HR_LIMIT_NESTING }, json, value);
}

gboolean
hr_value_from_deep_json (HrArena *arena, const HrJson *json, HrValue *value, HrServiceError *error)
{
  return read_one (&(Reader) { arena, error, G_MAXUINT }, json, value);
}

gboolean
hr_item_from_json (HrArena *arena, const HrJson *json, HrValue *item, HrServiceError *error)
{
  Reader reader = { arena, error, HR_LIMIT_NESTING };

  if (!expect (&reader, json, SHAPE_MAP))
    return FALSE;
  return read_members (&reader, json, 1, item) || prefer_shape (&reader, json, check_members_shape);
}
