#pragma once

#include "model/base/json-reader.h"
#include "model/exchange/native.h"
#include "model/schema/model.h"

G_BEGIN_DECLS

/*
 * The project file as data: a shape for each object, a field for each member, a kind for each sort of
 * value. The reader and the writer walk the same tables, so a member is read and written the same way,
 * in the order of its table.
 */
typedef struct _HrNativeField HrNativeField;
typedef struct _HrNativeKind HrNativeKind;
typedef struct _HrNativeShape HrNativeShape;

#define HR_NATIVE_FIELDS_MAX 16

/** HrNativeReader: one reading. A plain value. */
typedef struct
{
  HrDiagnostics *diagnostics;
  HrArena *arena; /* of names and trees of definitions */
} HrNativeReader;

/** HrNativeWriter: one writing. A plain value. */
typedef struct
{
  HrBuffer *out;
  guint indent;           /* levels */
  HrDocument *document;   /* NULL: definitions only */
  const HrCancel *cancel;
  GError **error;
  gboolean failed;        /* @error is set */
} HrNativeWriter;

struct _HrNativeKind
{
  const char *expected; /* N_(): "a text" */
  /**
   * Sets the member of @target from @json. FALSE when @json is not what is expected: it is then reported and
   * kept. Parts that are not understood are reported and added to @odd under the field's name.
   */
  gboolean (*read) (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
                    HrExtras **odd);
  gboolean (*is_default) (HrNativeWriter *self, const HrNativeField *field, gconstpointer target);
  /** Writes the value; @odd (nullable) holds parts to be put behind the others. */
  void (*write) (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd);
};

typedef enum
{
  HR_NATIVE_ALWAYS = 1 << 0,   /* written also with its default */
  HR_NATIVE_ONE_LINE = 1 << 1, /* a list whose elements stand on one line together */
} HrNativeFieldFlags;

struct _HrNativeField
{
  const char *name;
  const HrNativeKind *kind;
  gsize offset;       /* of the value in the target */
  const void *detail; /* what the kind wants to know more */
  guint flags;
  gsize flag_offset;  /* of the gboolean that says whether the value is set, for kinds that have one */
};

struct _HrNativeShape
{
  const HrNativeField *fields;
  guint n_fields;
  gboolean is_one_line;
  gsize extras_offset;
  gpointer (*create) (void);   /* of an element of a list or of an object that may be absent */
  const char *place_member;    /* whose place is the object's; NULL: the object itself */
  gssize place_offset;         /* -1: none */
};

/** HrNativeChoice: the names of an enum, counted from 0; NULL stands for JSON's null. */
typedef struct
{
  guint count;
  const char *(*get_name) (guint value);
} HrNativeChoice;

/* native-shapes.c */
extern const HrNativeShape hr_native_shape_model;
extern const HrNativeShape hr_native_shape_table;
extern const HrNativeShape hr_native_shape_entity;
extern const HrNativeShape hr_native_shape_index;
extern const HrNativeShape hr_native_shape_pattern;

/* native-fields.c: values of one member */
extern const HrNativeKind hr_native_text;          /* char *, never NULL */
extern const HrNativeKind hr_native_optional_text; /* char * or NULL */
extern const HrNativeKind hr_native_flag;          /* gboolean */
extern const HrNativeKind hr_native_integer;       /* gint64 */
extern const HrNativeKind hr_native_choice;        /* an enum; detail: HrNativeChoice */
extern const HrNativeKind hr_native_type;          /* HrType */
extern const HrNativeKind hr_native_rate;          /* double */
extern const HrNativeKind hr_native_units;         /* double with flag_offset */
extern const HrNativeKind hr_native_count;         /* guint64 with flag_offset */
extern const HrNativeKind hr_native_json_array;    /* char *, compact JSON, or NULL */

/* native-objects.c: values that hold others */
extern const HrNativeKind hr_native_list;          /* GPtrArray of detail: HrNativeShape */
extern const HrNativeKind hr_native_object;        /* a struct in the target; detail: HrNativeShape */
extern const HrNativeKind hr_native_flagged_object; /* members of the target itself, present by flag_offset */
extern const HrNativeKind hr_native_optional_object; /* a pointer or NULL */
extern const HrNativeKind hr_native_templates;     /* of HrEntity */
extern const HrNativeKind hr_native_tags;          /* of HrSettings */
extern const HrNativeKind hr_native_encryption;    /* of HrSettings */
extern const HrNativeKind hr_native_projection;    /* of HrIndex */

/* native-steps.c: values of steps and expectations */
extern const HrNativeKind hr_native_pages;         /* of HrStep */
extern const HrNativeKind hr_native_request;       /* of HrStep */
extern const HrNativeKind hr_native_keys;          /* of HrExpectation */

/* native-items.c: what is pulled from the text and streamed from the document */
extern const HrNativeKind hr_native_version;
extern const HrNativeKind hr_native_tables;        /* a list that the reader has pulled */
extern const HrNativeKind hr_native_items;         /* of HrTable */

#define HR_NATIVE_SLOT(Type, field, target) ((Type *) (gpointer) ((char *) (target) + (field)->offset))
#define HR_NATIVE_CONST_SLOT(Type, field, target) \
  ((const Type *) (gconstpointer) ((const char *) (target) + (field)->offset))
#define HR_NATIVE_SET_FLAG(field, target) \
  (*(gboolean *) (gpointer) ((char *) (target) + (field)->flag_offset))

/* native-read.c */
void hr_native_read_object (HrNativeReader *self, const HrNativeShape *shape, const HrJson *object,
                            gpointer target);
/** Reports that @json is not @expected (translated) at the member or in the list @name. */
void hr_native_report_type (HrNativeReader *self, const HrJson *json, const char *name, const char *expected);
/** Reports a member that @shape (or NULL) does not know, with the name that was probably meant. */
void hr_native_report_unknown (HrNativeReader *self, const HrJsonMember *member, const HrNativeShape *shape);
void hr_native_report_duplicate (HrNativeReader *self, const HrJsonMember *member);
/** For each member of the object, whether a later one has the same name. */
const gboolean *hr_native_mark_overridden (HrNativeReader *self, const HrJson *object);

/**
 * HrOdd: collects what is not understood in a list or an object, and adds it to the extras at the end.
 */
typedef struct
{
  HrBuffer json;
  gboolean is_object;
} HrOdd;

#define HR_ODD_LIST { HR_BUFFER_INIT, FALSE }
#define HR_ODD_OBJECT { HR_BUFFER_INIT, TRUE }

void hr_odd_add_element (HrOdd *self, const HrJson *element);
void hr_odd_add_member  (HrOdd *self, const HrJsonMember *member);
void hr_odd_finish      (HrOdd *self, const char *name, HrExtras **extras);

/* native-write.c */
void hr_native_write_object (HrNativeWriter *self, const HrNativeShape *shape, gconstpointer target);
/** Compact JSON written again, over several lines or on one. */
void hr_native_write_json   (HrNativeWriter *self, const char *json, gboolean is_one_line);

/** HrLines: the parts of an object or array as they are written. A plain value. */
typedef struct
{
  HrNativeWriter *writer;
  gboolean is_one_line;
  gboolean is_object;
  guint count;
} HrLines;

HrLines hr_lines_open   (HrNativeWriter *writer, gboolean is_object, gboolean is_one_line);
void    hr_lines_element (HrLines *self);
void    hr_lines_member (HrLines *self, const char *name, gsize name_length);
/** The elements or members of @odd; a value that is neither becomes one element. */
void    hr_lines_add_odd (HrLines *self, const HrExtra *odd);
void    hr_lines_close  (HrLines *self);

G_END_DECLS
