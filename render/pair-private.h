#pragma once

#include "model/base/arena.h"
#include "render/pair-layout.h"
#include "render/table-frame.h"

G_BEGIN_DECLS

/* How a table and its index are laid out together; for render/pair-*.c. */

struct _HrPairLayout
{
  /* owned */
  HrTableLayout *sides[HR_N_SIDES];
  HrTablePairing pairings[HR_N_SIDES];
  GPtrArray *absent;   /* char*, borrowed from the outline of the table */
  GHashTable *ends;    /* HrPairEnd: those that were looked up since the look was set */
  HrArena *arena;      /* of one frame */

  /* as of the look */
  HrPairLook look;
  const HrIndex *index; /* or NULL: nothing to show */
  HrKeyLayout keys;     /* of the index */
};

/** HrPairEnd: a row and where it leads. */
typedef struct
{
  HrSide side;
  guint64 partition;
  guint64 row;
  HrHit end; /* kind NONE: nowhere */
} HrPairEnd;

/** HrPairRow: a row that is in sight, with its other end. */
typedef struct
{
  HrHit row;      /* of this side */
  HrHit other;    /* of the other side; kind NONE: it has none */
  double middle;  /* of the row, px of the viewport */
  guint entity;
  HrMark mark;
} HrPairRow;

/** HrPairLink: in coordinates of the viewport, x along the reading direction. */
typedef struct
{
  HrHit ends[HR_N_SIDES];
  double middles[HR_N_SIDES];
  guint entity;
  gboolean is_fetched; /* the run read the item for the entry */
  gboolean is_touched; /* the run read or wrote the entry */
} HrPairLink;

/** Lengths of a viewport's parts, x along the reading direction. */
typedef struct
{
  double start[HR_N_SIDES]; /* where the side begins */
  double width[HR_N_SIDES];
} HrPairPlaces;

/* pair-layout.c */
HrPairPlaces hr_pair_get_places (const HrPairLayout *self, double width);
static inline HrSide
hr_pair_other_side (HrSide side)
{
  return side == HR_SIDE_TABLE ? HR_SIDE_INDEX : HR_SIDE_TABLE;
}
static inline HrOutline *
hr_pair_get_outline (const HrPairLayout *self, HrSide side)
{
  return side == HR_SIDE_TABLE ? self->look.table_outline : self->look.index_outline;
}
/** The place of a row in px of the viewport's height; FALSE when there is no such row. */
gboolean hr_pair_get_row_rect (HrPairLayout *self, const HrPairViewport *viewport, const HrHit *row, HrRect *rect);

/* pair-links.c */
/** The other end of a row of the outline. FALSE when it has none, or none that is shown. */
gboolean hr_pair_find_end   (HrPairLayout *self, const HrHit *row, const HrValue *item, HrHit *end);
/** Fetches one row. */
gboolean hr_pair_fetch_row  (HrPairLayout *self, const HrHit *row, HrArena *arena, HrOutlineRow *fetched);
/** Rows of a side that are in sight, from top to bottom, HrPairRow; those of folded partitions left out. */
GArray  *hr_pair_list_rows  (HrPairLayout *self, const HrPairViewport *viewport, HrSide side);
void     hr_pair_draw_links (HrPairLayout *self, const HrPairViewport *viewport, HrScene *scene);

/* pair-move.c */
void     hr_pair_draw_stage (HrPairLayout *self, const HrPairViewport *viewport, HrScene *scene);

G_END_DECLS
