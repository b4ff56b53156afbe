#pragma once

#include "app/session/item-actions.h"
#include "app/ui/canvas/canvas-strips.h"
#include "app/ui/canvas/table-cells.h"
#include "app/ui/canvas/table-view.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/* What the files of the canvas share. */

struct _HrTableView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  HrText *text;          /* NULL until the font is known */
  HrTableLayout *layout;
  HrScene *scene;        /* the table in viewport px of the layout */
  HrScene *header;
  GskRenderNode *node;   /* the scenes as painted, or NULL */
  HrCanvasStrips *strips;        /* that it consists of */
  HrCanvasStrips *header_strips;
  HrTableCells *cells;
  char *font_family;     /* that @text was made with */

  HrTableViewFlags flags;
  GtkScrollablePolicy hpolicy;
  GtkScrollablePolicy vpolicy;
  double text_scale;
  double zoom;           /* that the adjustments speak of */
  gboolean has_look;     /* the layout knows the session's outline */
  gboolean has_scene;    /* the scenes show what is in sight */
  gboolean answer_wanted; /* to be scrolled to when there is a size */
  double full_width;     /* of the whole table, px of the layout; the last known while the session is busy */
  double full_height;
  double answer_y;       /* where it was scrolled to; -1: not at all */
  int width;             /* that the scene was made for */
  int height;
  GtkWidget *editor;     /* over the selected cell, or hidden; NULL: not needed yet */
  GtkWidget *menu;       /* weak: the menu or popover that is shown */
  gint64 dropped_on;     /* position of the partition under an item that is dragged; -1: none */
  gboolean has_hidden;   /* the layout leaves columns out */
  HrEditedItem *edited;  /* that the editor is about; NULL: none */
  char *edited_name;     /* its attribute */
  HrHit edited_at;       /* where it stood when editing began */
  guint cells_source;    /* pending update of the cells */
  double pointer_x;
  double pointer_y;
  gboolean is_zooming;   /* by the pointer, about which the zoom goes then */
  HrHit selected;        /* the cursor */
  HrHit hovered;
  HrHit pressed;         /* one of several selected rows, while the button is down */
  gboolean is_cursor;    /* @selected is only where the keyboard came in; the session knows nothing of it */
};

/** px of the widget for one px of the layout. */
double   hr_table_view_get_scale    (HrTableView *self);
/** Height in px of the widget of the line that stays in sight; 0 without. */
double   hr_table_view_get_header_height (HrTableView *self);
static inline gboolean
hr_table_view_is_right_to_left (HrTableView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}
/** Tells the layout what it shows; FALSE when there is nothing, or not now. */
gboolean hr_table_view_ensure_look  (HrTableView *self);
/** Makes layout and scenes current; FALSE when there is nothing to show. */
gboolean hr_table_view_prepare      (HrTableView *self);
/** The picture of what is in sight is no longer true. */
void     hr_table_view_invalidate_scene (HrTableView *self);
/** Brings the assistive children up to date now. */
void     hr_table_view_update_cells (HrTableView *self);
/** The target at a point of the widget; FALSE when there is none. */
gboolean hr_table_view_pick_target (HrTableView *self, double x, double y, HrHit *target,
                                    const char **tooltip);

/* table-view-scroll.c */
/** Makes full_width and full_height current. */
void     hr_table_view_measure_table (HrTableView *self);
/** Tells the adjustments the sizes of table and view. */
void     hr_table_view_configure    (HrTableView *self);
void     hr_table_view_scroll_to_answer (HrTableView *self);
/** Zooms so that what is at this point of the widget stays there. */
void     hr_table_view_zoom_about   (HrTableView *self, double x, double y, double zoom);

/* table-view-input.c */
void     hr_table_view_class_add_input (GtkWidgetClass *widget_class);
void     hr_table_view_add_input    (HrTableView *self);
/** Selects in the session what the target stands for. */
void     hr_table_view_select       (HrTableView *self, const HrHit *target, HrSelectMode mode);
/** What a button of the pointer is pressed on at this point. It ends typing, after which the target may be elsewhere.
 *  FALSE: on nothing, or what was typed has to be mended first. */
gboolean hr_table_view_press        (HrTableView *self, double x, double y, HrHit *target);
/** Takes the session's selection over. */
void     hr_table_view_find_selection (HrTableView *self);
/** The selected cell, or the first in sight when the keyboard comes in. */
gboolean hr_table_view_take_focus   (HrTableView *self);

/* table-view-edit.c */
void     hr_table_view_class_add_editing (GtkWidgetClass *widget_class);
void     hr_table_view_add_editing  (HrTableView *self);
void     hr_table_view_allocate_editor (HrTableView *self);
/** Where an editor of this cell is, or would be. */
void     hr_table_view_place_editor (HrTableView *self, const HrHit *cell, GtkAllocation *place);
/** Where the attribute stands; FALSE: nowhere. */
gboolean hr_table_view_find_column  (HrTableView *self, const char *name, guint *column);
/** Takes what is being typed, here or elsewhere in the window. FALSE: it is nothing that could be taken, which has been
 *  said; the editor stays. */
gboolean hr_table_view_end_typing   (HrTableView *self);

/* table-view-menu.c */
void     hr_table_view_class_add_menus (GtkWidgetClass *widget_class);
void     hr_table_view_add_menus    (HrTableView *self);
/** The attribute of the selected cell as a definition: KEY or ATTRIBUTE; NULL: it is none. g_free(). */
HrTarget *hr_table_view_dup_attribute (HrTableView *self);

/* table-view-drag.c */
void     hr_table_view_add_drag     (HrTableView *self);
/** Draws where an item that is dragged would go. */
void     hr_table_view_snapshot_drop (HrTableView *self, GtkSnapshot *snapshot);

/* table-view-readers.c, actions */
void     hr_table_view_readers_cb   (GtkWidget *widget, const char *action, GVariant *parameter);
void     hr_table_view_run_reader_cb (GtkWidget *widget, const char *action, GVariant *parameter);

/* table-view-copies.c */
void     hr_table_view_class_add_copies (GtkWidgetClass *widget_class);
/** The other places where the selected item may be. */
GMenu   *hr_table_view_new_copies_menu (HrTableView *self);

/* table-view-popovers.c, actions */
void     hr_table_view_rename_cb    (GtkWidget *widget, const char *action, GVariant *parameter);
void     hr_table_view_sizes_cb     (GtkWidget *widget, const char *action, GVariant *parameter);

static inline gboolean
hr_hit_is_same_row (const HrHit *a, const HrHit *b)
{
  return a->partition == b->partition && a->row == b->row;
}

G_END_DECLS
