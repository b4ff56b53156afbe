#pragma once

#include "model/document/outline.h"
#include "model/document/row-set.h"
#include "render/marks.h"
#include "render/scene.h"

G_BEGIN_DECLS

typedef enum
{
  HR_DENSITY_COMPACT,      /* rows of 30 px */
  HR_DENSITY_COMFORTABLE,  /* 38 */
  HR_DENSITY_PRESENTATION, /* 57 */
} HrDensity;

/**
 * HrTableLayout: the flat table, partition by partition, as boxes in a scene.
 *
 * Holds the columns and their widths; everything else is said at each call, so one layout serves the screen,
 * the pages of a PDF and a thumbnail. Lays out only what is visible.
 */
typedef struct _HrTableLayout HrTableLayout;

typedef struct
{
  HrOutline *outline;       /* borrowed */
  const HrTable *table;     /* definition with entities, borrowed */
  const char *index;        /* NULL: the table */
  HrText *text;             /* borrowed */
  HrDensity density;
  double zoom;              /* 0.5 to 3: under 0.6 texts become bars, nothing else changes */
  gboolean right_to_left;
  const HrMarks *marks;     /* or NULL */
  gboolean dim_others;      /* what a run did not touch */
  double dim;               /* opacity for it, from the theme */
} HrTableLook;

HrTableLayout *hr_table_layout_new  (void);
void           hr_table_layout_free (HrTableLayout *self);
/**
 * Chooses columns, measures their widths from a sample of rows, and places what a run adds; call when the outline,
 * its attributes, the text scale, the marks or their stage change.
 */
void           hr_table_layout_set_look (HrTableLayout *self, const HrTableLook *look);
/** Shows only these attributes (NULL: all). */
void           hr_table_layout_set_columns (HrTableLayout *self, const char *const *names);
guint          hr_table_layout_get_n_columns (const HrTableLayout *self);
const char    *hr_table_layout_get_column_name (const HrTableLayout *self, guint column);

/** Size of the whole table in unzoomed px, as everything here: who paints scales by the zoom. */
double hr_table_layout_get_width  (const HrTableLayout *self);
double hr_table_layout_get_height (const HrTableLayout *self);

typedef struct
{
  double x, y;          /* of the table that is at the top left of the viewport, px */
  double width, height; /* of the viewport, px */
  HrHit selected;    /* or none */
  HrHit hovered;
  gboolean has_focus;
  const HrRowSet *rows; /* several selected ones by number, among which @selected is the cursor; or NULL. Borrowed */
} HrViewport;

/** Adds what the viewport shows, in viewport coordinates. FALSE with @error when rows could not be fetched. */
gboolean hr_table_layout_draw (HrTableLayout *self, const HrViewport *viewport, HrScene *scene, GError **error);

/**
 * The line above the table that names its keys, in @rect of the scene; its place along the viewport is that of the
 * blocks below.
 */
void     hr_table_layout_draw_header (HrTableLayout *self, const HrViewport *viewport, const HrRect *rect,
                                      HrScene *scene);

/**
 * Where a target is, in px of the table (also when it is not visible). x counts from the start edge, which is the
 * right one in right to left; a partition's key cell stays at its place whatever viewport.x is. Rows past those of
 * the outline are the ones that a run added, in order.
 */
gboolean hr_table_layout_get_rect (HrTableLayout *self, const HrHit *target, HrRect *rect);
/**
 * The first row that a run returned (or touched, also one that it added or took away), to bring into sight; else the
 * partition that it asked for. FALSE when there is none.
 */
gboolean hr_table_layout_find_answer (HrTableLayout *self, HrHit *target);
/** The figures of the run's plan; FALSE without marks. */
gboolean hr_table_layout_get_plan (HrTableLayout *self, HrPlanFigures *figures);
/** The greatest height at most @height at which a page that starts at @y does not cut a row or a header. */
double   hr_table_layout_get_page_height (HrTableLayout *self, double y, double height);
/** The target one step away: for keyboards. */
typedef enum
{
  HR_MOVE_LEFT, HR_MOVE_RIGHT, HR_MOVE_UP, HR_MOVE_DOWN,
  HR_MOVE_PARTITION_UP, HR_MOVE_PARTITION_DOWN, HR_MOVE_PAGE_UP, HR_MOVE_PAGE_DOWN,
  HR_MOVE_ROW_START, HR_MOVE_ROW_END, HR_MOVE_TABLE_START, HR_MOVE_TABLE_END,
} HrMove;
gboolean hr_table_layout_move (HrTableLayout *self, const HrHit *from, HrMove move, double page_height,
                               HrHit *to);
/** The text of a cell as people read it and as it is copied. Free with g_free(); NULL when there is no such cell. */
char    *hr_table_layout_dup_cell_text (HrTableLayout *self, const HrHit *target);

/**
 * The minimap of the whole table in a column of @rect; the viewport is framed. Constant cost. Its target is as high as
 * the map, so that a place in it is to its height as the place in the table is to the table's.
 */
void     hr_table_layout_draw_minimap (HrTableLayout *self, const HrViewport *viewport, const HrRect *rect,
                                       HrScene *scene);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTableLayout, hr_table_layout_free)

G_END_DECLS
