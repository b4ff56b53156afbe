#pragma once

#include "render/table-layout.h"

G_BEGIN_DECLS

/**
 * HrPairLayout: a table and one of its indexes side by side, each partition by partition by its own key, and between
 * them a curve from each item to its copy.
 *
 * Both sides are flat tables (table-layout.h) and keep their promises: only what is visible is laid out, a frame costs
 * the same whatever the number of items, lengths are unzoomed px. Partitions of the table with no item in the index are
 * one line with the reason. Targets of the index have HR_SIDE_INDEX; HR_HIT_LINK names the row of the table.
 */
typedef struct _HrPairLayout HrPairLayout;

/** HrPairLook: everything borrowed. The outlines hold the same entities and follow the same changes. */
typedef struct
{
  HrOutline *table_outline;   /* of the table, with options.paired_index: the index */
  HrOutline *index_outline;   /* of the index, in the same order */
  const HrTable *table;       /* definition with entities */
  const char *index;
  HrText *text;
  HrDensity density;
  double zoom;                /* as in HrTableLook */
  gboolean right_to_left;     /* the table stands at the right then */
  gboolean shows_attributes;  /* besides keys; always when the index does not hold all of them */
  const HrMarks *table_marks; /* of one run, on the table and on the index; or NULL both */
  const HrMarks *index_marks;
  gboolean dim_others;
  double dim;
} HrPairLook;

/** HrPairViewport: what is in sight, and where each side is scrolled to. */
typedef struct
{
  double x[HR_N_SIDES]; /* px of the side at its start edge and top; above its top (negative y) it begins lower */
  double y[HR_N_SIDES];
  double width, height; /* of both sides and what is between them, px */
  HrHit selected;    /* or none; of a row, cell or link also its copy is framed and their link is drawn strong */
  HrHit hovered;
  gboolean has_focus;
  guint stage;          /* of the move of the selected item into the index, 1 to HR_PAIR_STAGES; 0: none */
  double progress;      /* of that stage, 0 to 1; 1 without motion */
} HrPairViewport;

/** How many links are drawn at most; else those of the selected partition, and marks where the others begin and end. */
#define HR_PAIR_LINKS_MAX 200

HrPairLayout *hr_pair_layout_new  (void);
void          hr_pair_layout_free (HrPairLayout *self);
/** As hr_table_layout_set_look(), for both sides. */
void          hr_pair_layout_set_look (HrPairLayout *self, const HrPairLook *look);

/** The least width in which no column is cut off. */
double   hr_pair_layout_get_width  (const HrPairLayout *self);
/** Of one side, as hr_table_layout_get_width() and _get_height(). */
double   hr_pair_layout_get_side_width  (const HrPairLayout *self, HrSide side);
double   hr_pair_layout_get_side_height (const HrPairLayout *self, HrSide side);
/** Where a side is in a viewport of this width, as it is seen (mirrored in right to left). Height is not set. */
void     hr_pair_layout_get_side_rect   (const HrPairLayout *self, HrSide side, double width, HrRect *rect);

/** Adds what the viewport shows, in viewport coordinates. FALSE with @error when rows could not be fetched. */
gboolean hr_pair_layout_draw (HrPairLayout *self, const HrPairViewport *viewport, HrScene *scene, GError **error);
/** The line above with the names of both and their keys, in @rect of the scene, which is as wide as the viewport. */
void     hr_pair_layout_draw_header (HrPairLayout *self, const HrPairViewport *viewport, const HrRect *rect,
                                     HrScene *scene);

/**
 * hr_pair_layout_follow:
 * @moved: the side that was scrolled
 *
 * Linked scrolling: the y of the other side that brings into sight what is linked to the topmost linked rows of @moved;
 * its y as it is when that is in sight already or nothing is linked. May be negative: the other side begins lower, with
 * a row beside its copy, and goes up with them.
 */
double   hr_pair_layout_follow (HrPairLayout *self, const HrPairViewport *viewport, HrSide moved);
/** The same for one row: the y of the other side that brings its copy into sight, beside it. */
double   hr_pair_layout_follow_row (HrPairLayout *self, const HrPairViewport *viewport, const HrHit *row);
/**
 * The y of the index that puts the first linked partition beside its copies', when the table is at @table_y: to begin
 * with. At the top of the table nothing of the index is passed over for it.
 */
double   hr_pair_layout_align  (HrPairLayout *self, double table_y);

/** How high a page may be that shows each side from its @y on, so that no row of either is torn apart. */
double   hr_pair_layout_get_page_height (HrPairLayout *self, const double *y, double height);

/** Places, moves and texts of targets as in table-layout.h; places are px of the target's side. */
gboolean hr_pair_layout_get_rect (HrPairLayout *self, const HrHit *target, HrRect *rect);
gboolean hr_pair_layout_move (HrPairLayout *self, const HrHit *from, HrMove move, double page_height, HrHit *to);
char    *hr_pair_layout_dup_cell_text (HrPairLayout *self, const HrHit *target);
/**
 * The other end of a row, a cell or a link (of a partition: of its first row that has one), in the same column where
 * there is such a one. FALSE when it has none.
 */
gboolean hr_pair_layout_find_copy (HrPairLayout *self, const HrHit *from, HrHit *to);
/**
 * "Item 1 of 4": the items of the index, in its order. Steps from @from (of any side; none: before the first) by @step
 * to a row of the table. FALSE past both ends. @number (from 1) and @total are nullable.
 */
gboolean hr_pair_layout_step (HrPairLayout *self, const HrHit *from, int step, HrHit *to, guint64 *number,
                              guint64 *total);

typedef struct
{
  guint64 n_items;    /* of the table, those left out of its outline included */
  guint64 n_entries;  /* of the index */
  guint64 size_bytes; /* of the index */
} HrPairFacts;

void     hr_pair_layout_get_facts (const HrPairLayout *self, HrPairFacts *facts);

/*
 * The move: how one item gets into the index, or why it does not. Stages: it has the index keys; it goes to another
 * partition; each write is paid twice. An item that does not get there has the first one only.
 */
#define HR_PAIR_STAGES 3

/** HrPairSentence: translated; names and keys in @text stand between backticks, to be shown in another face. */
typedef struct
{
  char *title;
  char *text;
} HrPairSentence;

/** @row: a row, cell or link of any side, or a partition, which stands for its first row. FALSE when there is no such
 *  stage or row. Free with the below. */
gboolean hr_pair_layout_describe_stage (HrPairLayout *self, const HrHit *row, guint stage, HrPairSentence *sentence);
void     hr_pair_sentence_clear (HrPairSentence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrPairLayout, hr_pair_layout_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrPairSentence, hr_pair_sentence_clear)

G_END_DECLS
