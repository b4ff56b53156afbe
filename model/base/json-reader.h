#pragma once

#include "model/base/arena.h"
#include "model/base/cancel.h"
#include "model/base/diagnostic.h"

G_BEGIN_DECLS

/**
 * HrJson: a JSON value in an arena, with its place in the text.
 *
 * Strings are unescaped UTF-8 with explicit lengths (NUL characters included, one more NUL
 * behind); strings without escapes point into the text itself and are then NOT terminated, so the
 * text must outlive the tree. Numbers keep their text. Objects keep order and duplicates.
 */
typedef enum
{
  HR_JSON_NULL,
  HR_JSON_FALSE,
  HR_JSON_TRUE,
  HR_JSON_NUMBER,
  HR_JSON_STRING,
  HR_JSON_ARRAY,
  HR_JSON_OBJECT,
} HrJsonType;

typedef struct _HrJson HrJson;
typedef struct _HrJsonMember HrJsonMember;

struct _HrJson
{
  HrJsonType type;
  guint32 length; /* bytes of a string or number, elements of an array, members of an object */
  union
  {
    const char *text;
    const HrJson *elements;
    const HrJsonMember *members;
  };
  HrRange range;
};

struct _HrJsonMember
{
  const char *name;
  guint32 name_length;
  HrRange name_range;
  HrJson value;
};

typedef struct
{
  const char *message; /* static, untranslated: "expected a value" */
  guint32 offset;      /* where in the text */
  gboolean cancelled;
} HrJsonError;

/* No tree is deeper than this, whatever max_depth says, so walks over trees may recurse. */
#define HR_JSON_DEPTH_CEILING 1024

/** A strict RFC 8259 parse of the whole text (UTF-8 checked, surrogates paired, no BOM, nothing behind). */
const HrJson *hr_json_parse (HrArena *arena, const char *text, gsize length, guint max_depth,
                             HrJsonError *error);

/** The last member of @object with this name (the service takes the last), or NULL; also for non-objects. */
const HrJson *hr_json_get   (const HrJson *object, const char *name);
const HrJson *hr_json_get_n (const HrJson *object, const char *name, gsize name_length);
gboolean      hr_json_string_equals (const HrJson *json, const char *text);
/** The string with a NUL behind it, copied into @arena; NULL when @json is no string or has a NUL in it. */
const char   *hr_json_dup_string (const HrJson *json, HrArena *arena);
/** TRUE and the integer when @json is a number without fraction that fits; 1e3 and 1.0 do. */
gboolean      hr_json_get_int64 (const HrJson *json, gint64 *value);
gboolean      hr_json_get_double (const HrJson *json, double *value);

/**
 * HrJsonReader: the same grammar, pulled piece by piece, for texts too large for one tree.
 *
 * A plain value on the stack. Each call returns FALSE at the end of its container or after an
 * error; hr_json_reader_failed() tells which. Looks at @cancel every few thousand values.
 */
typedef struct
{
  const char *text;
  const char *cursor;
  const char *end;
  HrArena *arena; /* for strings and trees; may be swapped and reset between values */
  const HrCancel *cancel;
  guint depth;
  guint max_depth;
  gboolean first;
  guint ticks;
  HrJsonError error;
} HrJsonReader;

void     hr_json_reader_init        (HrJsonReader *reader, const char *text, gsize length, guint max_depth,
                                     HrArena *arena, const HrCancel *cancel);
HrJsonType hr_json_reader_peek      (HrJsonReader *reader); /* of the next value; HR_JSON_NULL on error */
gboolean hr_json_reader_enter_object (HrJsonReader *reader);
gboolean hr_json_reader_next_member (HrJsonReader *reader, const char **name, guint32 *name_length,
                                     HrRange *name_range);
gboolean hr_json_reader_enter_array (HrJsonReader *reader);
gboolean hr_json_reader_next_element (HrJsonReader *reader);
gboolean hr_json_reader_skip        (HrJsonReader *reader, HrRange *range); /* checks the grammar */
gboolean hr_json_reader_read        (HrJsonReader *reader, HrJson *value);  /* a tree in the arena */
gboolean hr_json_reader_finish      (HrJsonReader *reader);                 /* nothing but space is left */

static inline gboolean
hr_json_reader_failed (const HrJsonReader *reader)
{
  return reader->error.message != NULL;
}

G_END_DECLS
