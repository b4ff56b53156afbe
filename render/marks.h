#pragma once

#include "model/base/service-limits.h"
#include "model/document/runner.h"

G_BEGIN_DECLS

/**
 * HrMarks: what a run touched, by item, for drawing: taken from the run's trace, never recomputed.
 */
typedef struct _HrMarks HrMarks;

typedef enum
{
  HR_MARK_NOT_READ,
  HR_MARK_RETURNED,
  HR_MARK_FILTERED,
  HR_MARK_INSERTED,
  HR_MARK_REPLACED,
  HR_MARK_DELETED,
  HR_MARK_READ, /* read; the stage does not tell yet what the filter made of it */
  HR_MARK_CHECKED, /* a condition looked at it */
} HrMarkState;

typedef struct
{
  HrMarkState state;
  gboolean in_range;     /* read by a Query or a Scan, also before the stage that tells its state */
  guint64 number;        /* of RETURNED: place in the answer, from 1 */
  gboolean in_transaction; /* written or checked in a transaction */
  gboolean is_fetched;   /* of an index entry: the item was read as well, for attributes that the entry lacks */
  const HrValue *before; /* of writes, or NULL */
  const HrValue *after;
} HrMark;

/** HrPageLine: a page of an answer ended behind this item. */
typedef struct
{
  guint page;            /* from 1 */
  const HrValue *key;    /* LastEvaluatedKey: of an index with the index's keys */
  double read_units;     /* of the page */
  gboolean backward;     /* read from the end: the line stands above its item */
} HrPageLine;

/** HrPartitionMark: figures are 0 until the stage shows them. */
typedef struct
{
  HrValue keys[HR_LIMIT_INDEX_KEY_ATTRIBUTES]; /* of the partition */
  guint n_keys;
  gboolean is_hit;       /* something of it was read or written; told at every stage */
  guint64 n_read;
  guint64 n_returned;
  guint64 n_written;
  gsize size_bytes;
  guint64 n_fetched;     /* entries of an index for which the table was read, too, */
  double fetch_units;    /* and what that cost */
  double read_units;
  double write_units;
  double page_units;     /* read units of each page; 0 when they differ */
  guint n_pages;
  gboolean has_range;    /* a range was read: a Query or a Scan, no reads of single items */
  char *range_text;      /* "sk begins with 2026-03"; NULL when the whole partition was asked for */
  gboolean backward;     /* read from the end */
  gboolean has_transaction; /* some of it was written or checked in one */
  guint64 range_rows;
} HrPartitionMark;

/** Marks on @table, or on its index @index when not NULL. @run must have a trace and outlive the marks. */
HrMarks *hr_marks_new  (const HrPatternRun *run, const HrTable *table, const char *index);
void     hr_marks_free (HrMarks *self);

/** How many stages the run has for stepping (question, partition, range, each page, filter, capacity). */
guint    hr_marks_get_n_stages (const HrMarks *self);
/** Shows only the first @stage of them; the layout's look must be set again. */
void     hr_marks_set_stage    (HrMarks *self, guint stage);
/** Whether the stage tells what came of all that was read and written. */
gboolean hr_marks_has_told_outcome (const HrMarks *self);

gboolean hr_marks_is_scan      (const HrMarks *self);
/** Whether entries of the index sent the run to the table for what they lack. */
gboolean hr_marks_has_fetched  (const HrMarks *self);
guint64  hr_marks_get_n_returned (const HrMarks *self);
/** The mark of an item with this primary key; NOT_READ when it has none. */
void     hr_marks_get_item      (const HrMarks *self, const HrValue *item, HrMark *mark);
/** NULL when the partition with this partition key (as many values as it has attributes) was not touched. */
const HrPartitionMark *hr_marks_get_partition (const HrMarks *self, const HrValue *partition_key);
/** Touched partitions in the order in which they were, also those that hold nothing; NULL past the last. */
const HrPartitionMark *hr_marks_get_nth_partition (const HrMarks *self, guint index);
/** The page that ends behind this item, or NULL. */
const HrPageLine *hr_marks_get_page_line (const HrMarks *self, const HrValue *item);
guint    hr_marks_get_page_lines (const HrMarks *self, const HrPageLine *const **lines);
/** Items that a write inserted; the outline does not hold them when the run was taken back: to draw in place. */
guint    hr_marks_get_insertions (const HrMarks *self, const HrMark **insertions);
/** Items that a write deleted; the outline does not hold them when the run was kept. */
guint    hr_marks_get_removals   (const HrMarks *self, const HrMark **removals);
/**
 * What is known of the first item of the answer, or else of what was touched, for hr_outline_find_row(); of an item
 * that was written all of it, as it is or was. FALSE when nothing was touched.
 */
gboolean hr_marks_get_first      (const HrMarks *self, HrValue *item);

/**
 * The plan in figures, for the funnel: items in the table, in the partition, in the key range, after the filter.
 * The run knows the last two and how many partitions it touched; hr_table_layout_get_plan() knows the others, and
 * which of the touched partitions were there.
 */
typedef struct
{
  guint64 table_rows, partition_rows, range_rows, returned_rows;
  guint64 table_partitions, read_partitions;
} HrPlanFigures;
void     hr_marks_get_plan (const HrMarks *self, HrPlanFigures *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrMarks, hr_marks_free)

G_END_DECLS
