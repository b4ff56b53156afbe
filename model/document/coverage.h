#pragma once

#include "model/document/document.h"
#include "model/document/reach.h"
#include "model/document/step-use.h"
#include "model/engine/trace.h"

G_BEGIN_DECLS

typedef guint8 HrUses; /* bits 1 << HrUse */

/** HrCoverage: patterns × (table, indexes), told from the requests alone. Read only; hr_coverage_free(). */
typedef struct
{
  guint n_patterns; /* rows, as in the model */
  guint n_columns;  /* the table itself, then its indexes */
  HrUses *uses;     /* n_patterns × n_columns, row by row */
  guint64 *reached; /* for each pattern: bits of the entities of the table that it may read or write */
  guint64 reached_by_reads;  /* by all patterns */
  guint64 reached_by_writes;
  GArray *unused_indexes;      /* guint: indexes that no pattern reads */
  GArray *unread_entities;     /* guint: entities that no pattern reads */
  guint n_traced;   /* patterns whose trace said more than their requests */
} HrCoverage;

static inline HrUses
hr_coverage_get (const HrCoverage *self, guint pattern, guint column)
{
  return self->uses[pattern * self->n_columns + column];
}

/**
 * hr_coverage_new:
 * @get_trace: (nullable): the trace of the last run of a pattern (by id), or NULL when it has not run
 *
 * Where there is a trace, entities are those of the items that it names; otherwise those that the templates allow.
 * NULL when the model has no such table.
 */
typedef const HrTrace *(*HrTraceFunc) (const char *pattern, gpointer user_data);
HrCoverage *hr_coverage_new  (const HrModel *model, const char *table, HrTraceFunc get_trace, gpointer user_data);
void        hr_coverage_free (HrCoverage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrCoverage, hr_coverage_free)

G_END_DECLS
