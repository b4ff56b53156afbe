#pragma once

#include "model/document/document.h"
#include "model/document/index-reasons.h"

G_BEGIN_DECLS

/**
 * HrOutline: the shape of a table or index as a picture shows it: partitions in a display order, and
 * in each its rows in key order, cut into runs of one entity.
 *
 * Knows counts, sizes and entities of everything but keeps no item: rows are fetched when they come into
 * view. Finding a place by height or by key, and following one change, cost the same for a hundred and for a
 * million rows, in one partition or in as many. The engine must outlive the outline, and one thread uses both.
 *
 * The entity of a row is found from what the table or index holds of the item: in an index, attributes that are not
 * projected do not count against an entity.
 */
typedef struct _HrOutline HrOutline;

typedef enum
{
  HR_ORDER_ENTERED, /* by the earliest entry of a partition, rows left out included; of an index, by the items' */
  HR_ORDER_KEY,
  HR_ORDER_SIZE,    /* largest first, of what is shown; equal ones by key */
  HR_ORDER_HASH,    /* as a Scan walks */
} HrPartitionOrder;

#define HR_ENTITY_NONE 63 /* fits no entity; entities past 62 count as this, too */

typedef struct
{
  const char *table;
  const char *index; /* NULL: the table itself */
  HrPartitionOrder order;
  guint64 hidden_entities; /* bit I: entity I of the table is left out; bit HR_ENTITY_NONE */
  /** Text that a row's key or some attribute contains, any case: in strings, numbers, true, false, null, also inside
   *  lists and maps, whose names count, too; not in binary. NULL or "": all rows. */
  const char *filter;
  /**
   * An index to stand beside the table (then @index is NULL): rows tell what keeps them out of it, and partitions with
   * none of its items are folded. NULL: none.
   */
  const char *paired_index;
  gboolean hides_left_out; /* rows that are not in @paired_index are left out */
} HrOutlineOptions;

/** @table_definition: with entities; copied. Linear in the rows, each a step of @progress. NULL with @error
 *  (HR_ERROR_CANCELLED too). */
HrOutline *hr_outline_new  (HrEngine *engine, const HrTable *table_definition, const HrOutlineOptions *options,
                            HrProgress *progress, GError **error);
void       hr_outline_free (HrOutline *self);

/** Totals over what is shown. */
typedef struct
{
  guint64 n_partitions;
  guint64 n_rows;
  guint64 n_runs;
  guint64 size_bytes;
  guint64 rows_of_entity[HR_ENTITY_NONE + 1];
  guint64 hidden_rows; /* left out by hidden_entities, the filter or hides_left_out */
  guint64 unpaired_rows; /* shown, but not in the paired index */
  gsize widest_key_chars; /* of sort keys that are strings, seen so far; at most 64 */
} HrOutlineTotals;

void hr_outline_get_totals (const HrOutline *self, HrOutlineTotals *totals);

/** Attributes that some shown row has, in display order: those that entities declare, entity by entity, then those that
 *  entities make by key templates, then the rest by name; keys of the table or index excepted. Owned by the outline,
 *  borrowed until it changes. */
typedef struct
{
  const char *name;
  guint64 n_rows;     /* how many rows have it */
  /** Characters of the longest text seen, at most 64: of strings as they are, of the rest as plain JSON on one line and
   *  only of the first 2000 rows that have it. Does not shrink when rows go. */
  gsize widest_chars;
} HrOutlineAttribute;

guint hr_outline_get_attributes (const HrOutline *self, const HrOutlineAttribute **attributes);

typedef struct
{
  guint64 position;     /* in display order */
  HrValue keys[4];      /* partition key values, borrowed until the outline changes */
  guint n_keys;
  guint64 n_rows;
  guint64 n_runs;
  guint64 size_bytes;
  guint64 entities;     /* bit set of the entities in it */
  gboolean is_folded;   /* one line, its rows have no places: none of them is in the paired index, or somebody did it */
  HrIndexLack lack;     /* of a folded one: what some of its rows lack */
} HrPartition;

/** FALSE past the end. */
gboolean hr_outline_get_partition  (const HrOutline *self, guint64 position, HrPartition *partition);
/** Folds a partition by hand, until it is unfolded or has no more rows to show. FALSE: it was so already, or there is
 *  none. */
gboolean hr_outline_set_folded     (HrOutline *self, guint64 position, gboolean folded);
gboolean hr_outline_find_partition (const HrOutline *self, const HrValue *keys, guint n_keys, guint64 *position);

/** Heights in pixels: a partition is runs × header + rows × row high, a folded one two headers; a gap stands below. */
typedef struct
{
  double row;
  double header;
  double gap;
} HrOutlineMetrics;

double   hr_outline_get_height        (const HrOutline *self, const HrOutlineMetrics *metrics);
double   hr_outline_get_partition_top (const HrOutline *self, const HrOutlineMetrics *metrics, guint64 position);
/** The partition at height @y, of a gap the one above it, past the end the last one. FALSE when there is none. */
gboolean hr_outline_locate_partition  (const HrOutline *self, const HrOutlineMetrics *metrics, double y,
                                       guint64 *position);
/** Height of a row's top below its partition's top, headers above it included; past the end, and in a folded partition
 *  for all rows, of the gap. */
double   hr_outline_get_row_top       (const HrOutline *self, const HrOutlineMetrics *metrics, guint64 position,
                                       guint64 row);
/** The row at height @y below its partition's top (the nearest row when a header is there). */
guint64  hr_outline_locate_row        (const HrOutline *self, const HrOutlineMetrics *metrics, guint64 position,
                                       double y);

/** How many rows stand above a row, those of folded partitions not counted, and the row below so many. */
guint64  hr_outline_get_row_number    (const HrOutline *self, guint64 position, guint64 row);
gboolean hr_outline_locate_row_number (const HrOutline *self, guint64 number, guint64 *position, guint64 *row);

typedef struct
{
  HrValue item;      /* M: what the table or index holds */
  guint entity;      /* number in the table, or HR_ENTITY_NONE */
  gboolean run_start; /* a header line stands above it */
  gint64 ordinal;    /* as entered; -1 in an index */
  gsize size_bytes;
  HrIndexLack lack;  /* what keeps it out of the paired index; 0: it is there, or no index is */
} HrOutlineRow;

/** Fetches up to @count rows from number @first of a partition; returns how many (@error is set when the store failed).
 *  Items live in @arena. */
guint    hr_outline_fetch (const HrOutline *self, guint64 position, guint64 first, guint count, HrArena *arena,
                           HrOutlineRow *rows, GError **error);
/** Where the item with this table key stands (@item: the keys at least; of an index, its key attributes too). */
gboolean hr_outline_find_row (const HrOutline *self, const HrValue *item, guint64 *position, guint64 *row);

/**
 * Follows one change of the table: the items before and after (NULL when there is none), the same one when only its
 * ordinal changed. To be called once for each change and when the engine holds the result: the rows around both
 * places are read again (so @ordinal is not relied on). An undone or rolled back change is a change.
 */
void     hr_outline_apply_change (HrOutline *self, const HrValue *before, const HrValue *after, gint64 ordinal);
/** From now on rows are read from @engine, which holds what the other one held, but for changes that will be told: the
 *  outline was made from a snapshot. */
void     hr_outline_set_engine    (HrOutline *self, HrEngine *engine);
/** Around many changes: what they touched is read at the end, each place once. Till then the outline is as before.
 *  Nests. */
void     hr_outline_begin_changes (HrOutline *self);
void     hr_outline_end_changes   (HrOutline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrOutline, hr_outline_free)

G_END_DECLS
