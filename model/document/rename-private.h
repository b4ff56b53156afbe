#pragma once

#include "model/base/json-reader.h"
#include "model/document/refactor.h"

G_BEGIN_DECLS

/*
 * A name on its way through the definitions. Attribute names are those of the items of one table; KEY and ATTRIBUTE of
 * an HrTarget both lead to RENAME_ATTRIBUTE.
 */
typedef enum
{
  HR_NAME_TABLE,
  HR_NAME_INDEX,
  HR_NAME_ENTITY,
  HR_NAME_ATTRIBUTE,
  HR_NAME_KEY_PART,
  HR_NAME_PATTERN,
  HR_NAME_PARAMETER,
  HR_NAME_STEP,
} HrNameKind;

typedef struct
{
  HrNameKind kind;
  const char *table;  /* around an INDEX, ENTITY, ATTRIBUTE or KEY_PART; its name is that of now */
  const char *entity; /* around an ATTRIBUTE (NULL: all) or a KEY_PART */
  const char *pattern; /* around a PARAMETER or STEP */
  const char *from;
  const char *to;
} HrName;

/** HrRename: the walk. */
typedef struct
{
  const HrName *name;
  const HrModel *before; /* as it was: to look up what steps are */
  HrModel *model;        /* being changed */
  HrArena *arena;
  GPtrArray *changes;    /* HrRefactorChange */
  GPtrArray *notes;      /* char* */

  /* where the walk is */
  const HrPattern *pattern;
  const HrStep *step;
  const char *table;     /* of the request around, or NULL */
  const char *place;     /* translated, of the definition around */
  HrTarget target;       /* likewise */
} HrRename;

/** Notes a change at the place where the walk is; @member (nullable) is added to the place. */
void hr_rename_note (HrRename *self, const char *member, const char *before, const char *after);
static inline gboolean
hr_rename_is (const HrRename *self, HrNameKind kind)
{
  return self->name->kind == kind;
}

/* rename.c: the definitions themselves; calls the others */
void hr_rename_run (HrRename *self);

void hr_refactor_change_free (gpointer change);

/* rename-request.c: the request of a step; NULL when nothing changes, else compact JSON */
char *hr_rename_request (HrRename *self, const char *request);
/** The table that a request reads or writes, in @arena; NULL when there are several or it is not told. */
const char *hr_request_get_table (const HrJson *request, HrArena *arena);

/* rename-text.c: texts in a request. NULL when nothing changes, else the text in the arena of the walk */

/** A copy for a lexer: `1` for each byte of a reference, a brace and a space for two braces. */
char *hr_references_mask   (HrArena *arena, const char *text, gsize length);
/** References of a string of a request; @text may have NUL characters. */
char *hr_rename_references (HrRename *self, const char *text, gsize length, gsize *new_length);
/** A `for_each`. */
char *hr_rename_for_each   (HrRename *self, const char *for_each);
char *hr_rename_statement  (HrRename *self, const char *text, gsize length, gsize *new_length);

/** HrNameUse: how the expressions of one request use the name, and what placeholders they need. */
typedef struct
{
  const HrJson *names;       /* ExpressionAttributeNames, or NULL */
  GHashTable *top;           /* placeholders used as first step of a path (char*) */
  GHashTable *inner;         /* placeholders used further in */
  char *placeholder;         /* a new one that stands for the new name, when one is needed; in the arena */
  gboolean needs_placeholder;
} HrNameUse;

void  hr_name_use_init   (HrNameUse *self, const HrJson *names);
void  hr_name_use_clear  (HrNameUse *self);
/** Looks through an expression before any is rewritten. */
void  hr_name_use_add    (HrNameUse *self, HrRename *rename, const char *text, gsize length);
/** Whether the placeholder's own entry gets the new name. */
gboolean hr_name_use_renames (const HrNameUse *self, const char *placeholder);
char *hr_rename_expression (HrRename *self, HrNameUse *use, const char *text, gsize length, gsize *new_length);

/* rename-loose.c: lessons and scenarios, whose shape is not fixed; NULL when nothing changes */
char *hr_rename_loose (HrRename *self, const char *json);

G_END_DECLS
