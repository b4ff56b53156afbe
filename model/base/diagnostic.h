#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** HrRange: a piece of a text, in bytes from its start; @end is behind the last byte. */
typedef struct
{
  guint32 start;
  guint32 end;
} HrRange;

#define HR_RANGE_NONE ((HrRange) { G_MAXUINT32, G_MAXUINT32 })

static inline gboolean
hr_range_is_none (HrRange range)
{
  return range.start == G_MAXUINT32;
}

/**
 * hr_range_locate: line and column (both from 1; the column counts characters) of byte @offset
 * in @text. Linear in the offset; an offset past the end gives the end.
 */
void hr_range_locate (const char *text, gsize length, guint32 offset, guint *line, guint *column);

typedef enum
{
  HR_SEVERITY_NOTE,
  HR_SEVERITY_WARNING,
  HR_SEVERITY_ERROR,
} HrSeverity;

const char *hr_severity_get_name (HrSeverity severity); /* "error", untranslated */

/** HrConcern: what a finding is about, for whoever leads there or mends it: a definition by its names, or an entry of a
 *  table. As an argument it may stand on the stack and borrow its texts. */
typedef struct
{
  int kind;           /* an HrTargetKind (model/schema/target.h) */
  const char *table;  /* names as that kind of target has them, NULL where it has none */
  const char *owner;
  const char *name;
  gint64 ordinal;     /* of an item or draft of @table, which the target says more about; -1: no entry */
  const char *detail; /* (nullable): the name in it that is wrong */
} HrConcern;

/** A single block: g_free(). NULL of NULL. */
HrConcern *hr_concern_copy (const HrConcern *self);

/** HrDiagnostic: one finding in a file or a model. */
typedef struct
{
  HrSeverity severity;
  const char *code; /* static, kebab-case, stable: "unknown-member", "key-missing" */
  HrRange range;    /* in the file, or HR_RANGE_NONE */
  guint line;       /* from 1; 0 when there is no place */
  guint column;
  char *message;    /* translated: names the thing and what to do */
  HrConcern *concern; /* or NULL */
} HrDiagnostic;

/** HrDiagnostics: an ordered list of findings about one text, which it borrows for locating. */
typedef struct _HrDiagnostics HrDiagnostics;

HrDiagnostics *hr_diagnostics_new  (void);
void           hr_diagnostics_free (HrDiagnostics *self);

/** Text to locate ranges in; it must outlive the adding, not the list. NULL: no places. */
void hr_diagnostics_set_text (HrDiagnostics *self, const char *text, gsize length);

void hr_diagnostics_add (HrDiagnostics *self, HrSeverity severity, const char *code, HrRange range,
                         const char *format, ...) G_GNUC_PRINTF (5, 6);

/** What the finding that was added last is about; copied. */
void hr_diagnostics_set_concern (HrDiagnostics *self, const HrConcern *concern);

/** Copies of all findings of @other, with their places. */
void hr_diagnostics_append (HrDiagnostics *self, const HrDiagnostics *other);

guint               hr_diagnostics_get_count (const HrDiagnostics *self);
const HrDiagnostic *hr_diagnostics_get       (const HrDiagnostics *self, guint index);
gboolean            hr_diagnostics_has_error (const HrDiagnostics *self);
/** Orders by place in the text (stable; those without a place come last). */
void                hr_diagnostics_sort      (HrDiagnostics *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrDiagnostics, hr_diagnostics_free)

G_END_DECLS
