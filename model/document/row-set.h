#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HrRowSet: rows of an outline by their numbers (hr_outline_get_row_number()), as ranges: that all of a million are in
 * it costs as much as that one is. Says nothing any more once the outline has changed.
 */
typedef struct _HrRowSet HrRowSet;

/** HrRowRange: rows from @first to the one before @end. */
typedef struct
{
  guint64 first;
  guint64 end;
} HrRowRange;

HrRowSet *hr_row_set_new  (void);
HrRowSet *hr_row_set_copy (const HrRowSet *self);
void      hr_row_set_free (HrRowSet *self);

void      hr_row_set_clear  (HrRowSet *self);
void      hr_row_set_add    (HrRowSet *self, guint64 first, guint64 end);
void      hr_row_set_remove (HrRowSet *self, guint64 first, guint64 end);

/** Logarithmic in the ranges. */
gboolean  hr_row_set_contains (const HrRowSet *self, guint64 row);
guint64   hr_row_set_count    (const HrRowSet *self);
/** Ascending, apart from each other, none of them empty. Borrowed until the set changes. */
guint     hr_row_set_get_ranges (const HrRowSet *self, const HrRowRange **ranges);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrRowSet, hr_row_set_free)

G_END_DECLS
