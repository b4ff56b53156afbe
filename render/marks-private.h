#pragma once

#include "render/marks-request.h"
#include "render/marks.h"

G_BEGIN_DECLS

/* How marks are kept; for marks.c and marks-trace.c. */

typedef struct
{
  const guint8 *bytes;
  gsize length;
} HrMarksKey;

typedef struct
{
  HrPageLine line;
  guint stage;
} HrMarksLine;

typedef struct
{
  HrMarksKey key;
  HrMark mark;
  HrValue item;      /* of reads: its key */
  guint stage;       /* the first one, of those that requests make, which shows it */
  gboolean is_read;
  gboolean in_range;
  const HrMarksLine *line;
} HrMarksItem;

typedef struct
{
  HrMarksKey key;
  HrPartitionMark all;
  HrPartitionMark shown;
  gboolean has_uneven_pages;
} HrMarksPartition;

struct _HrMarks
{
  /* borrowed */
  const HrPatternRun *run;
  const HrTable *table;

  /* owned */
  HrArena *arena;
  HrBuffer *scratch;
  GHashTable *reads;      /* HrMarksItem, by the table's key */
  GHashTable *writes;     /* HrMarksItem, by the row key of what is shown */
  GHashTable *by_key;     /* HrMarksPartition */
  GPtrArray *partitions;  /* HrMarksPartition, in the arena */
  GPtrArray *written;     /* HrMarksItem, in the arena */
  GPtrArray *lines;       /* HrMarksLine, in the arena */
  GPtrArray *shown_lines; /* HrPageLine */
  GArray *insertions;     /* HrMark */
  GArray *removals;
  const char *index;      /* in the arena */

  HrKeyLayout table_layout;
  HrKeyLayout layout;     /* of what is shown */
  gboolean is_scan;
  gboolean has_range;
  gboolean has_filtered;
  gboolean has_fetched;
  guint64 n_read;
  guint64 n_returned;
  const HrMarksItem *first; /* of the answer, or else of what was read */
  guint n_scan_pages;
  guint n_request_stages;
  guint stage;
};

/* The key of the first @count values, in the scratch buffer. */
HrMarksKey hr_marks_encode (const HrMarks *self, const HrKeyLayout *layout, const HrValue *values, guint count);

/* marks-trace.c */
void hr_marks_read_trace (HrMarks *self);

G_END_DECLS
