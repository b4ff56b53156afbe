#pragma once

#include "app/ui/canvas/canvas-strips.h"
#include "app/ui/canvas/pair-canvas.h"
#include "app/ui/canvas/table-cells.h"

G_BEGIN_DECLS

/* What the files of the canvas of a pair share. */

#define HR_PAIR_HEADER_HEIGHT 31 /* px of the layout */

struct _HrPairCanvas
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  HrModel *model; /* that the layout borrows from; NULL: there are no outlines */
  HrText *text;
  HrPairLayout *layout;
  HrScene *scene;
  HrScene *header;
  HrCanvasStrips *strips;        /* of the scene as it was painted */
  HrCanvasStrips *header_strips;
  HrTableCells *cells;

  /* borrowed */
  HrOutline *outlines[HR_N_SIDES]; /* of the session, until it says that they changed */

  HrPairViewport viewport;
  gboolean has_look;
  gboolean has_scene;     /* the scenes show the viewport as it is */
  int width;              /* of the widget that the scenes were made for */
  int height;
  gboolean is_aligned;    /* the index has been put beside the table */
  double zoom;            /* that places in the viewport speak of */
  double text_scale;
  double pointer_x;
  double pointer_y;
  gboolean is_zooming;    /* by the pointer, about which the zoom goes then */
  gboolean is_cursor;     /* what is selected is only where the keyboard came in; the session knows nothing of it */
  gboolean is_selecting;  /* in the session, which tells everybody */
  guint cells_source;     /* pending update of the cells */
  guint motion;           /* tick of the stage that is played; 0: nothing moves */
  gint64 motion_start;    /* frame time in us; 0: with the next frame */
};

/** px of the widget for one px of the layout. */
double   hr_pair_canvas_get_scale     (HrPairCanvas *self);
/** Height in px of the widget of the line that stays in sight. */
double   hr_pair_canvas_get_header_height (HrPairCanvas *self);
static inline gboolean
hr_pair_canvas_is_right_to_left (HrPairCanvas *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}
/** Makes the layout current; FALSE when there is nothing to show. */
gboolean hr_pair_canvas_prepare       (HrPairCanvas *self);
/** Takes over what the widget shows of the layout. */
void     hr_pair_canvas_size_viewport (HrPairCanvas *self);
/** The picture is no longer true; what assistive tools see comes a little later. */
void     hr_pair_canvas_invalidate    (HrPairCanvas *self);
/** Brings the assistive children up to date now. */
void     hr_pair_canvas_update_cells  (HrPairCanvas *self);

/* pair-canvas-scroll.c */
void     hr_pair_canvas_add_scrolling (HrPairCanvas *self);
/** What is at this height of the widget stays there, on both sides. */
void     hr_pair_canvas_zoom_about    (HrPairCanvas *self, double y, double zoom);
/** Puts both sides where they belong, in a layout that is another. */
void     hr_pair_canvas_align         (HrPairCanvas *self);
/** Keeps both sides within their widths. */
void     hr_pair_canvas_clamp_across  (HrPairCanvas *self);
/** Brings a target into sight, and its copy. */
void     hr_pair_canvas_show          (HrPairCanvas *self, const HrHit *hit);

/* pair-canvas-input.c */
void     hr_pair_canvas_class_add_input (GtkWidgetClass *widget_class);
void     hr_pair_canvas_add_input     (HrPairCanvas *self);
/** Takes the session's selection over. */
void     hr_pair_canvas_find_selection (HrPairCanvas *self);
/** Tells of the selected item, its stage, or everything. */
void     hr_pair_canvas_tell          (HrPairCanvas *self);
gboolean hr_pair_canvas_grab_focus    (GtkWidget *widget);
void     hr_pair_canvas_stop_motion   (HrPairCanvas *self);

G_END_DECLS
