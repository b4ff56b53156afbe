#pragma once

#include "render/table-private.h"

G_BEGIN_DECLS

/* One drawing of the table, in coordinates of the viewport; for render/table-*.c. */

typedef struct
{
  HrTableLayout *table;
  const HrViewport *viewport;
  HrPen pen;
  HrArena *arena;     /* dies with the next frame */
  gboolean shows_bars; /* instead of texts */
} HrTableFrame;

/** HrStrip: one line across a block. */
typedef enum
{
  HR_STRIP_HEADER,
  HR_STRIP_ROW,
  HR_STRIP_PAGE_LINE,
} HrStripKind;

typedef struct
{
  HrStripKind kind;
  double y;
  double height;
  HrRowView view;         /* of ROW; of HEADER the first row's number and entity */
  const HrPageLine *line; /* of PAGE_LINE */
  gboolean is_last;       /* of the block */
} HrStrip;

/** HrBlockFrame: one block of the drawing. */
typedef struct
{
  HrTableFrame *frame;
  HrBlock block;
  HrRect rect;      /* of the border; may be far higher than the viewport */
  HrRect shape;     /* the same, cut off a little outside of the viewport: to draw */
  double rows_x;    /* where rows begin; they stay there when texts scroll */
  double end;       /* where rows end in sight */
  double texts_x;   /* where the rows' texts begin, scrolled */
  double status_x;  /* what is said of rows begins here; @end without a run */
  HrStrip *strips;  /* what is in sight, and a row beyond on each side */
  guint n_strips;
} HrBlockFrame;

/** Adds a text, or a bar as long, shortened when it is wider than the rectangle. TRUE when it was. */
gboolean hr_frame_add_text (const HrTableFrame *self, const HrRect *rect, const HrTextLook *look, const char *text,
                            gssize length);
/**
 * Adds words in which names stand between backticks, these in the mono face and the others in captions, shortened at
 * the end of the rectangle. With @draws FALSE nothing is added. Returns how wide they are.
 */
double   hr_frame_add_words (const HrTableFrame *self, const HrRect *rect, HrColor color, const char *words,
                             gboolean draws);
double   hr_frame_measure  (const HrTableFrame *self, HrTextStyle style, const char *text);
/** A pill with a text; returns its width. @x is its start, or with @from_end its end. */
double   hr_frame_add_pill (const HrTableFrame *self, double x, double y, const char *text, HrColor fill, HrColor ink,
                            gboolean from_end);
/** A number with its unit, kept left to right within a text of the other direction. */
const char *hr_frame_isolate (const HrTableFrame *self, const char *text);
/** "1.0 RCU", kept left to right; read and write units joined; NULL when there are none. */
const char *hr_frame_format_units (const HrTableFrame *self, double read_units, double write_units);

static inline gboolean
hr_frame_is_in_sight (const HrTableFrame *self, double y, double height)
{
  return y < self->viewport->height && y + height > 0;
}

/** Items of the partition as it is; of one that a run made, those that it put there. */
static inline guint64
hr_block_count_items (const HrBlockFrame *self)
{
  return self->block.is_extra ? self->block.n_slots : self->block.partition.n_rows;
}

/* table-key-cell.c */
void   hr_block_draw_key_cell  (const HrBlockFrame *self);
/** The line that says how many items there are, as far as the block reaches. */
HrRect hr_block_get_items_rect (const HrBlockFrame *self);

/* table-rows.c */
void hr_block_draw_header (const HrBlockFrame *self, const HrStrip *strip);
void hr_block_draw_row    (const HrBlockFrame *self, const HrStrip *strip);
/** What of a rectangle is in sight of the rows; FALSE when nothing is. */
gboolean hr_block_clip_to_rows (const HrBlockFrame *self, HrRect *rect);
/** The rectangle of a cell, not cut off at the sides. */
HrRect hr_block_get_cell_rect (const HrBlockFrame *self, const HrTableColumn *column, const HrStrip *strip);

/* table-run.c */
void hr_block_draw_brackets  (const HrBlockFrame *self);
void hr_block_draw_page_line (const HrBlockFrame *self, const HrStrip *strip);
void hr_block_draw_status    (const HrBlockFrame *self, const HrStrip *strip, HrColor background);
/** What a mark says of its row: "returned 3"; NULL when there is nothing to say. */
const char *hr_block_describe_mark (const HrBlockFrame *self, const HrMark *mark);

/* table-pair.c */
/** A partition none of whose items is in the index beside it: one line. */
void hr_block_draw_folded   (const HrBlockFrame *self);
/** The reason has no room beside the key: it takes the line of the items. */
gboolean hr_block_is_reason_below (const HrBlockFrame *self);
/** A cell for what the index does not hold. */
void hr_block_draw_absent   (const HrBlockFrame *self, const HrStrip *strip, guint column);
/** At the end of a row, from this place on: that it is not in the index, and why. */
double hr_block_get_left_out_x (const HrBlockFrame *self, const HrStrip *strip);
void hr_block_draw_left_out (const HrBlockFrame *self, const HrStrip *strip);
/** "not in the index: no owner", for labels; NULL when nothing keeps it out. */
const char *hr_block_describe_lack (const HrBlockFrame *self, HrIndexLack lack);

/* table-selection.c */
/** Marks those of several selected rows that are in sight. */
void hr_block_draw_several (const HrBlockFrame *self);

/* table-labels.c */
void hr_block_label_partition (const HrBlockFrame *self, gboolean is_shortened, const HrRect *rect);
void hr_block_label_row  (const HrBlockFrame *self, const HrStrip *strip, const HrRect *rect);
void hr_block_label_absent (const HrBlockFrame *self, const HrStrip *strip, guint column, gboolean is_local);
void hr_block_label_cell (const HrBlockFrame *self, const HrStrip *strip, guint column, const HrValue *value,
                          gboolean is_shortened, const HrRect *rect);

G_END_DECLS
