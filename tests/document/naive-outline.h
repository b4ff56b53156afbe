#pragma once

#include "model/document/outline.h"

G_BEGIN_DECLS

/*
 * An outline worked out the slow way: every row of the table in one list, everything computed from it when asked.
 */
typedef struct
{
  HrEngine *engine;     /* borrowed */
  const HrTable *table; /* borrowed */
  HrOutlineOptions options;
} NaiveOutline;

/** Asserts that the outline says what the rows say: everything about it, @gentle: with fewer rows fetched. */
void naive_outline_check (const NaiveOutline *self, const HrOutline *outline, GRand *rand, gboolean gentle);
/** Asserts that widths are right, which holds until rows go. */
void naive_outline_check_widths (const NaiveOutline *self, const HrOutline *outline);

G_END_DECLS
