#pragma once

#include "model/base/json-reader.h"
#include "model/base/service-error.h"

G_BEGIN_DECLS

/*
 * Shapes: what a request may hold, as rows of const tables.
 *
 * Rows stand in the service's order of declaration, which is the order of its findings. Private to model/api.
 */
typedef enum
{
  HR_FIELD_STRING,
  HR_FIELD_INTEGER,
  HR_FIELD_LONG,
  HR_FIELD_BOOLEAN,
  HR_FIELD_BLOB,
  HR_FIELD_STRUCT, /* of @shape */
  HR_FIELD_LIST,   /* of @element */
  HR_FIELD_MAP,    /* of @element by any name */
  HR_FIELD_VALUES, /* attribute values by name; left to the codec */
} HrFieldKind;

typedef enum
{
  HR_FIELD_REQUIRED = 1 << 0,
  HR_FIELD_MIN = 1 << 1, /* @min holds: of a number's value, else of the length */
  HR_FIELD_MAX = 1 << 2,
  HR_FIELD_NAME = 1 << 3,       /* of a table or index: the name pattern holds */
  HR_FIELD_TABLE_NAME = 1 << 4, /* one finding at most */
  HR_FIELD_TABLE_KEYS = 1 << 5, /* of a map: its names are table names */
  HR_FIELD_LAST = 1 << 6,       /* looked at only when nothing was found before */
  HR_FIELD_NEWER = 1 << 7,      /* the newer layer checks its word or bounds before all else, and stops at it */
  HR_FIELD_NEWER_IN_BOTH = 1 << 8, /* likewise, and has reached all regions: so in the older layer, too */
  HR_FIELD_ARN = 1 << 9,        /* the ARN of a table will do as well */
} HrFieldFlags;

typedef struct _HrField HrField;

typedef struct
{
  const char *name; /* as messages call it: "KeySchemaElement" */
  const HrField *fields;
  guint n_fields;
} HrShape;

struct _HrField
{
  const char *name;
  HrFieldKind kind;
  HrFieldFlags flags;
  gint64 min;
  gint64 max;
  const char *const *values; /* the words allowed, NULL-terminated, in the order that messages list */
  const char *new_words;     /* what the newer layer says instead of that list, when nothing else is wrong */
  const HrShape *shape;
  const HrField *element;
};

extern const HrShape HR_SHAPE_VALUE; /* of an attribute value */
extern const HrField HR_ELEMENT_VALUE;

#define HR_SHAPE_MAX_FIELDS 24

#define HR_SHAPE(java_name, rows) { java_name, rows, G_N_ELEMENTS (rows) }

/** The members of an object by the rows of its shape; NULL for absent ones and JSON null. */
typedef const HrJson *HrFields[HR_SHAPE_MAX_FIELDS];

/** One pass over @object (NULL and null count as empty); of repeated members the last counts. */
void     hr_shape_read  (const HrShape *shape, const HrJson *object, HrFields fields);
/**
 * hr_shape_check_types:
 * @with_values: looks into attribute values, too, which the codec otherwise does while it reads them
 *
 * FALSE with a SerializationException for the first member, in order of declaration, whose JSON has the wrong
 * type. @object must be an object.
 */
gboolean hr_shape_check_types (const HrShape *shape, const HrJson *object, gboolean with_values,
                               HrArena *arena, HrServiceError *error);

/* Values of members that passed the checks; for absent ones the default. */
gboolean    hr_field_get_boolean (const HrJson *json, gboolean fallback);
gint64      hr_field_get_integer (const HrJson *json, gint64 fallback);
const char *hr_field_get_string  (const HrJson *json, HrArena *arena); /* terminated; NULL when absent */
/** The name of a table that was given by its name or its ARN. */
const char *hr_field_get_table_name (const HrJson *json, HrArena *arena);
/** Index into the row's words, or -1. */
int         hr_field_get_word    (const HrField *field, const HrJson *json);

G_END_DECLS
