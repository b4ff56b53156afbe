#pragma once

#include "app/ui/window/window.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

struct _HrWindow
{
  AdwApplicationWindow parent_instance;

  /* owned */
  HrSession *session;
  char *locating;           /* a recent file that has gone and is being looked for */
  char *backup;             /* a file that may be opened instead of one that is broken */
  GMenu *recent_menu;
  GPtrArray *awaited;       /* detailed names of actions that wait for a model, or NULL */
  guint work_timeout;       /* while something is under way; 0: nothing is */
  gint64 work_since_us;
  double work_share;        /* that is shown, which never goes back */
  guint header_idle;
  guint flaps_idle;
  guint focus_idle;
  guint inspector_idle;
  guint mend_idle;
  HrTarget *edited;         /* what the inspector's focus is to be about; or NULL */
  GPtrArray *around_focus;  /* what was around the focus that has gone, from the inside; or NULL */
  gboolean has_sample;      /* shows the first sample, or what has been made of it */
  gboolean wants_tour;      /* once that is open */
  gboolean may_close;       /* asked, or nothing to ask */
  gboolean close_when_saved;
  gboolean sidebar_wanted;  /* when there is room */
  gboolean inspector_wanted[3]; /* by view */

  /* template children */
  AdwToastOverlay *toasts;
  GtkMenuButton *title_button;
  GtkLabel *title;
  GtkLabel *state;
  GtkButton *undo_button;
  GtkButton *redo_button;
  GtkToggleButton *sidebar_button;
  GtkToggleButton *inspector_button;
  GtkMenuButton *menu_button;
  GtkMenuButton *search_button;
  GtkButton *export_button;
  AdwViewSwitcherTitle *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *work_card;
  GtkLabel *work_label;
  GtkProgressBar *work_bar;
  GtkButton *cancel_button;
  GtkInfoBar *notice;
  GtkLabel *notice_label;
  GtkButton *backup_button;
  GtkInfoBar *overtaken_bar;
  GtkButton *reload_button;
  GtkButton *keep_button;
  GtkStack *stack;
  AdwFlap *sidebar_flap;
  AdwFlap *inspector_flap;
  AdwViewStack *views;
  GtkBox *content;

  /* borrowed: children that are made in code */
  GtkWidget *sidebar;
  GtkWidget *inspector;
  GtkWidget *start_page;
  GtkWidget *palette;
  GtkWidget *status_bar;
  GtkWidget *help;
  GtkWidget *focus;         /* weak: what has the keyboard, or NULL */
  gpointer tour;            /* HrTour, or NULL */
  AdwToast *undo_toast;     /* weak: that offers to undo the last edit, or NULL */
  AdwToast *tour_toast;     /* weak: that offers the tour, or NULL */
  GtkWidget *pages[3];
};

/* window-actions.c */
void hr_window_install_actions (GtkWidgetClass *klass);
void hr_window_update_actions  (HrWindow *self);
/** What was asked for while a model was being opened: done now if it is, else forgotten. */
void hr_window_do_awaited      (HrWindow *self);

/* window-edit.c */
void hr_window_install_edit_actions (GtkWidgetClass *klass);
void hr_window_update_edit_actions  (HrWindow *self, gboolean ready);

/* window-file.c */
/** @name: of a sample that is part of the program. */
void hr_window_open_sample     (HrWindow *self, const char *name);
void hr_window_open_dropped    (HrWindow *self, GFile *file);
void hr_window_ask_open        (HrWindow *self);
void hr_window_save            (HrWindow *self);
void hr_window_save_as         (HrWindow *self);
void hr_window_save_to         (HrWindow *self, const char *path);
void hr_window_new_model       (HrWindow *self);
/** TRUE when the window may close now; else it has asked, and closes itself when that is answered. */
gboolean hr_window_check_close (HrWindow *self);
void hr_window_open_backup     (HrWindow *self);
/** Asks where the recent file @path has gone to. */
void hr_window_locate          (HrWindow *self, const char *path);
/** It is @found: opens it, and forgets the old place. */
void hr_window_located         (HrWindow *self, const char *path, const char *found);
void hr_window_restore         (HrWindow *self, const char *store);
void hr_window_reload          (HrWindow *self);

/* window-work.c */
/** Shows the page that there is something for, and what is under way. */
void hr_window_follow_work    (HrWindow *self);

/* window.c */
/** Number of the view that is shown, as in pages. */
guint hr_window_get_view       (HrWindow *self);
void  hr_window_show_sidebar   (HrWindow *self, gboolean shown);
void  hr_window_show_inspector (HrWindow *self, gboolean shown);

/* window-focus.c */
void     hr_window_follow_focus     (HrWindow *self);
void     hr_window_drop_focus       (HrWindow *self);
/** What is not seen does not count. */
gboolean hr_window_has_focus_within (HrWindow *self, GtkWidget *widget);
gboolean hr_window_focus_view       (HrWindow *self);
/** Not at once, for views make their content when they hear of a document, but before the next key. */
void     hr_window_focus_view_soon  (HrWindow *self);
/** Not at once, for the inspector follows the selection, but before the next key, so that what is typed goes there.
 * @target: whose field; NULL: the first one. */
void     hr_window_focus_inspector  (HrWindow *self, const HrTarget *target);

G_END_DECLS
