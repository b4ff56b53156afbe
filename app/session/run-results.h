#pragma once

#include <gio/gio.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/** HrResultRow: one line of what a run gave or wrote, as a list shows it. */
#define HR_TYPE_RESULT_ROW (hr_result_row_get_type ())
G_DECLARE_FINAL_TYPE (HrResultRow, hr_result_row, HR, RESULT_ROW, GObject)

typedef enum
{
  HR_RESULT_RETURNED,
  HR_RESULT_INSERTED,
  HR_RESULT_REPLACED,
  HR_RESULT_DELETED,
} HrResultKind;

HrResultKind   hr_result_row_get_kind     (HrResultRow *self);
guint64        hr_result_row_get_number   (HrResultRow *self); /* from 1, of RETURNED */
const char    *hr_result_row_get_key_text (HrResultRow *self); /* of the sort key of what it is from, or "" */
const char    *hr_result_row_get_text     (HrResultRow *self); /* of an attribute that says most, or "" */
const char    *hr_result_row_get_table    (HrResultRow *self);
const char    *hr_result_row_get_index    (HrResultRow *self); /* of an entry that was written, or NULL */
gboolean       hr_result_row_starts_page  (HrResultRow *self); /* a page ended before it */
/** Its primary key (M), or NULL when it came without. */
const HrValue *hr_result_row_get_key      (HrResultRow *self);

/** At most @max rows: returned items as far as their responses were kept, then what was written: to the tables, and
 *  entries of indexes. */
GListStore *hr_run_results_new (const HrPatternRun *run, const HrModel *model, guint max);

G_END_DECLS
