/*
 * HrWindow: one model file, or the start page.
 *
 * The frame: header bar, sidebar, inspector, the stack of views and the status bar, and how they share the width. It
 * follows the session and holds no state of the model itself. What can be done is in window-actions.c, files are in
 * window-file.c, the focus is in window-focus.c.
 */
#include "app/ui/pieces/identity.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/window/window-private.h"

#include "app/session/edit-target.h"
#include "app/ui/inspector/inspector.h"
#include "app/ui/pages/design-page.h"
#include "app/ui/pages/patterns-page.h"
#include "app/ui/pages/start-page.h"
#include "app/ui/pages/table-page.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/skeleton.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/window/help.h"
#include "app/ui/window/palette.h"
#include "app/ui/window/sidebar.h"
#include "app/ui/window/status-bar.h"
#include "app/ui/window/tour.h"
#include "app/ui/window/window-shot.h"
#include "model/base/i18n.h"

/* A title of so many characters is never cut off. */
#define TITLE_CHARS 20

typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  GtkWidget *(*create) (HrSession *session);
  gboolean has_inspector; /* at first */
} View;

static const View views[] = {
  { "design", N_("Design"), "hr-design-symbolic", hr_design_page_new, TRUE },
  { "table", N_("Table"), "hr-table-symbolic", hr_table_page_new, FALSE },
  { "patterns", N_("Patterns"), "hr-patterns-symbolic", hr_patterns_page_new, TRUE },
};

G_DEFINE_FINAL_TYPE (HrWindow, hr_window, ADW_TYPE_APPLICATION_WINDOW)

HrSession *
hr_window_get_session (HrWindow *self)
{
  g_return_val_if_fail (HR_IS_WINDOW (self), NULL);

  return self->session;
}

/* Said as long as it is true: the edit that it offers to undo is the last one. */
static void
dismiss_undo_toast (HrWindow *self)
{
  hr_toasts_withdraw (GTK_WIDGET (self), self->undo_toast);
}

static void
toast_cb (HrWindow *self, const char *text, gboolean can_undo)
{
  AdwToast *toast;

  if (!can_undo)
    {
      hr_toast (GTK_WIDGET (self), text);
      return;
    }
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-edit");
  dismiss_undo_toast (self);
  g_set_weak_pointer (&self->undo_toast, toast);
  hr_toasts_show (GTK_WIDGET (self), toast, TRUE);
}

guint
hr_window_get_view (HrWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (views[i].name, name) == 0)
      return i;
  return 0;
}

void
hr_window_show_sidebar (HrWindow *self, gboolean shown)
{
  if (!adw_flap_get_folded (self->sidebar_flap))
    self->sidebar_wanted = shown;
  adw_flap_set_reveal_flap (self->sidebar_flap, shown);
}

void
hr_window_show_inspector (HrWindow *self, gboolean shown)
{
  if (!adw_flap_get_folded (self->inspector_flap))
    self->inspector_wanted[hr_window_get_view (self)] = shown;
  adw_flap_set_reveal_flap (self->inspector_flap, shown);
}

static void
update_title (HrWindow *self)
{
  g_autofree char *title = hr_session_dup_title (self->session);
  const char *path = hr_session_get_path (self->session);
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;
  gboolean has_document = hr_session_get_document (self->session) != NULL;
  gboolean modified = hr_session_is_modified (self->session);
  const char *state = modified ? _("Edited") : path != NULL ? _("Saved") : _("Not saved yet");

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_text (self->title, title);
  gtk_label_set_ellipsize (self->title,
                           g_utf8_strlen (title, -1) > TITLE_CHARS ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_text (self->state, has_document ? state : "");
  hr_tooltip_set (GTK_WIDGET (self->title_button), name);
  hr_a11y_set_label (GTK_WIDGET (self->title_button), title);
  adw_view_switcher_title_set_title (self->switcher, has_document ? "" : title);
}

/* Nothing else changes with the place of the switcher: what it leaves free must not bring it back. */
static void
update_header (HrWindow *self)
{
  gboolean has_document = hr_session_get_document (self->session) != NULL;
  gboolean is_narrow = adw_view_switcher_title_get_title_visible (self->switcher);

  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, has_document);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, has_document && is_narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->title_button), has_document);
  gtk_widget_set_visible (GTK_WIDGET (self->state), has_document);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), has_document);
  gtk_widget_set_visible (GTK_WIDGET (self->redo_button), has_document);
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_button), has_document);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector_button), has_document);
}

static gboolean
update_header_cb (gpointer user_data)
{
  HrWindow *self = user_data;

  self->header_idle = 0;
  update_header (self);
  return G_SOURCE_REMOVE;
}

/* The switcher notices that it is narrow while it is given its place; places must not change meanwhile. */
static void
title_visible_cb (HrWindow *self)
{
  if (self->header_idle == 0)
    self->header_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_header_cb, self, NULL);
}

static char *
describe_drafts (guint n_drafts)
{
  return g_strdup_printf (ngettext_ ("%u item cannot be stored and is kept as a draft: shown, saved, never lost.",
                                     "%u items cannot be stored and are kept as drafts: shown, saved, never lost.",
                                     n_drafts), n_drafts);
}

static char *
describe_cut_off (const HrDiagnostic *finding)
{
  return g_strdup_printf (_("Line %u, column %u: %s The file itself stays as it is."),
                          finding->line, finding->column, finding->message);
}

static void
update_notice (HrWindow *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  const HrDiagnostic *cut_off = hr_session_get_cut_off (self->session);
  guint n_drafts = document != NULL ? hr_document_get_n_drafts (document) : 0;
  g_autofree char *text = cut_off != NULL ? describe_cut_off (cut_off) : describe_drafts (n_drafts);

  gtk_label_set_text (self->notice_label, text);
  gtk_info_bar_set_message_type (self->notice, cut_off != NULL ? GTK_MESSAGE_ERROR : GTK_MESSAGE_WARNING);
  gtk_widget_set_visible (GTK_WIDGET (self->backup_button), cut_off != NULL && self->backup != NULL);
  gtk_info_bar_set_revealed (self->notice, cut_off != NULL || n_drafts > 0);
}

static void
document_cb (HrWindow *self)
{
  gboolean has_document = hr_session_get_document (self->session) != NULL;

  hr_window_follow_work (self);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), has_document);
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), has_document);
  if (has_document)
    hr_window_focus_view_soon (self);
  update_title (self);
  update_header (self);
  update_notice (self);
  hr_window_update_actions (self);
}

static void
document_changed_cb (HrWindow *self)
{
  dismiss_undo_toast (self);
  update_notice (self);
  hr_window_update_actions (self);
}

static void
overtaken_cb (HrWindow *self)
{
  gboolean is_overtaken;

  g_object_get (self->session, "overtaken", &is_overtaken, NULL);
  gtk_info_bar_set_revealed (self->overtaken_bar, is_overtaken);
}

static void
update_inspector (HrWindow *self)
{
  gboolean folded = adw_flap_get_folded (self->inspector_flap);

  adw_flap_set_reveal_flap (self->inspector_flap, !folded && self->inspector_wanted[hr_window_get_view (self)]);
}

/* The session and the stack follow each other; the focus goes from view to view, and out of an inspector that goes. */
static void
view_cb (HrWindow *self)
{
  gboolean was_in_inspector = hr_window_has_focus_within (self, self->inspector);
  gboolean was_in_view = hr_window_has_focus_within (self, GTK_WIDGET (self->views));
  g_autofree char *view = NULL;

  g_object_get (self->session, "view", &view, NULL);
  if (view != NULL && g_strcmp0 (view, adw_view_stack_get_visible_child_name (self->views)) != 0
      && adw_view_stack_get_child_by_name (self->views, view) != NULL)
    adw_view_stack_set_visible_child_name (self->views, view);
  if (was_in_view || (was_in_inspector && !self->inspector_wanted[hr_window_get_view (self)]))
    hr_window_focus_view_soon (self);
  hr_window_update_actions (self);
}

static void
visible_view_cb (HrWindow *self)
{
  guint view = hr_window_get_view (self);

  g_object_set (self->session, "view", views[view].name, NULL);
  /* a run is explained by its own legend and panel */
  gtk_widget_set_visible (self->status_bar, !g_str_equal (views[view].name, "patterns"));
  update_inspector (self);
}

static gboolean
update_flaps_cb (gpointer user_data)
{
  HrWindow *self = user_data;

  self->flaps_idle = 0;
  adw_flap_set_reveal_flap (self->sidebar_flap, !adw_flap_get_folded (self->sidebar_flap) && self->sidebar_wanted);
  update_inspector (self);
  return G_SOURCE_REMOVE;
}

/* A flap that would lie over the view goes; when there is room again it comes back, if it was wanted. */
static void
folded_cb (HrWindow *self)
{
  if (self->flaps_idle == 0)
    self->flaps_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_flaps_cb, self, NULL);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, HrWindow *self)
{
  const GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  hr_window_open_dropped (self, files->data);
  return TRUE;
}

static void
notice_response_cb (GtkInfoBar *notice, int response, HrWindow *self)
{
  gtk_info_bar_set_revealed (notice, FALSE);
}

static void
add_recent (HrWindow *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

  if (g_str_has_suffix (name, ".hashrange.json"))
    name[strlen (name) - strlen (".hashrange.json")] = '\0';
  g_menu_item_set_label (item, name);
  g_menu_item_set_action_and_target_value (item, "app.open-path", g_variant_new_bytestring (path));
  g_menu_append_item (self->recent_menu, item);
}

static void
recent_cb (HrWindow *self)
{
  GListModel *recent = hr_preferences_get_recent (hr_preferences_get_default ());

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; i < g_list_model_get_n_items (recent); i++)
    add_recent (self, gtk_string_list_get_string (GTK_STRING_LIST (recent), i));
}

static GMenuModel *
new_title_menu (HrWindow *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();

  hr_menu_append (file, _("_Rename"), "win.edit-target", hr_target_to_variant (&HR_TARGET (MODEL, NULL, NULL, NULL)));
  g_menu_append (file, _("_Save"), "win.save");
  g_menu_append (file, _("Save _As…"), "win.save-as");
  g_menu_append (file, _("_Open…"), "win.open");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));
  g_menu_append_section (menu, _("Recent"), G_MENU_MODEL (self->recent_menu));
  return G_MENU_MODEL (menu);
}

static void
add_pages (HrWindow *self)
{
  self->start_page = hr_start_page_new ();
  gtk_stack_add_named (self->stack, self->start_page, "start");
  gtk_stack_add_named (self->stack, hr_skeleton_new (), "opening");
  self->sidebar = hr_sidebar_new (self->session);
  adw_flap_set_flap (self->sidebar_flap, self->sidebar);
  self->inspector = hr_inspector_new (self->session);
  gtk_widget_set_size_request (self->inspector, 336, -1);
  gtk_widget_add_css_class (self->inspector, "hr-inspector");
  adw_flap_set_flap (self->inspector_flap, self->inspector);
  self->status_bar = hr_status_bar_new (self->session);
  gtk_box_append (self->content, self->status_bar);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      self->pages[i] = views[i].create (self->session);
      self->inspector_wanted[i] = views[i].has_inspector;
      adw_view_stack_add_titled (self->views, self->pages[i], views[i].name, _(views[i].title));
      adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->views, self->pages[i]), views[i].icon);
    }
}

static void
name_widgets (HrWindow *self)
{
  hr_a11y_name_by_label (self->reload_button);
  hr_a11y_name_by_label (self->keep_button);
  hr_a11y_name_close (self->notice, _("Close"));
  hr_a11y_set_label (GTK_WIDGET (self->sidebar_button), _("Sidebar"));
  hr_a11y_set_label (GTK_WIDGET (self->inspector_button), _("Inspector"));
  hr_a11y_set_label (GTK_WIDGET (self->undo_button), _("Undo"));
  hr_a11y_set_label (GTK_WIDGET (self->redo_button), _("Redo"));
  hr_a11y_set_label (GTK_WIDGET (self->menu_button), _("Menu"));
  hr_a11y_set_label (GTK_WIDGET (self->search_button), _("Search and commands"));
}

static void
follow_session (HrWindow *self)
{
  static const char *const possibilities[] = { "notify::modified", "run-changed", "outline-changed" };

  g_signal_connect_object (self->session, "notify::document", G_CALLBACK (document_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::title", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::path", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::modified", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::busy", G_CALLBACK (hr_window_follow_work), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::working", G_CALLBACK (hr_window_follow_work), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::overtaken", G_CALLBACK (overtaken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::view", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (possibilities); i++)
    g_signal_connect_object (self->session, possibilities[i], G_CALLBACK (hr_window_update_actions), self,
                             G_CONNECT_SWAPPED);
}

static void
apply_setting (HrWindow *self, HrPreferences *preferences, HrSetting setting)
{
  int value = hr_preferences_get (preferences, setting);

  switch (setting)
    {
    case HR_SETTING_DENSITY:
      g_object_set (self->session, "density", (guint) value, NULL);
      break;
    case HR_SETTING_ZOOM_PERCENT:
      g_object_set (self->session, "zoom", value / 100.0, NULL);
      break;
    case HR_SETTING_DIM_PERCENT: /* the canvas asks for it when it draws anew */
      g_object_notify (G_OBJECT (self->session), "dim-others");
      break;
    case HR_SETTING_RUNS:
      hr_session_set_history_max (self->session, value);
      break;
    case HR_SETTING_PORT:
    case HR_SETTING_RECENT:
    case HR_N_SETTINGS:
      break;
    }
}

/* A zoom that somebody has chosen in a window stays. */
static void
setting_cb (HrWindow *self, guint setting, HrPreferences *preferences)
{
  if (setting != HR_SETTING_ZOOM_PERCENT)
    apply_setting (self, preferences, setting);
}

HrWindow *
hr_window_new (HrApplication *application)
{
  HrPreferences *preferences = hr_preferences_get_default ();
  HrWindow *self = g_object_new (HR_TYPE_WINDOW, "application", application, NULL);
  GListModel *recent = hr_preferences_get_recent (preferences);

  gtk_window_set_default_size (GTK_WINDOW (self), hr_preferences_get_int (preferences, "Width", 1440),
                               hr_preferences_get_int (preferences, "Height", 900));
  if (hr_preferences_get_int (preferences, "Maximized", 0) != 0)
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect_object (recent, "items-changed", G_CALLBACK (recent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "changed", G_CALLBACK (setting_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < HR_N_SETTINGS; i++)
    apply_setting (self, preferences, i);
  recent_cb (self);
  hr_start_page_set_recent (HR_START_PAGE (self->start_page), recent);
  hr_window_shot_prepare (self);
  return self;
}

static void
remember_size (HrWindow *self)
{
  HrPreferences *preferences = hr_preferences_get_default ();
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  hr_preferences_set_int (preferences, "Width", width);
  hr_preferences_set_int (preferences, "Height", height);
  hr_preferences_set_int (preferences, "Maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
hr_window_close_request (GtkWindow *window)
{
  HrWindow *self = HR_WINDOW (window);

  if (!self->may_close && !hr_window_check_close (self))
    return TRUE;
  if (self->tour != NULL)
    hr_tour_end (HR_TOUR (self->tour));
  remember_size (self);
  hr_session_discard_unsaved (self->session); /* the person has been asked */
  return GTK_WINDOW_CLASS (hr_window_parent_class)->close_request (window);
}

/* Once: what is disposed of again has none of them any more. */
static void
let_parts_go (HrWindow *self)
{
  GtkWidget *const parts[] = { self->pages[0], self->pages[1], self->pages[2], self->sidebar, self->inspector };
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_ptr_array_add (kept, g_object_ref (parts[i]));
  hr_widgets_let_go (kept);
}

static void
hr_window_dispose (GObject *object)
{
  HrWindow *self = HR_WINDOW (object);

  g_clear_handle_id (&self->work_timeout, g_source_remove);
  g_clear_handle_id (&self->header_idle, g_source_remove);
  g_clear_handle_id (&self->flaps_idle, g_source_remove);
  hr_window_drop_focus (self);
  if (self->tour != NULL)
    hr_tour_end (HR_TOUR (self->tour));
  if (self->session != NULL)
    {
      hr_session_cancel (self->session);
      let_parts_go (self);
    }
  hr_toasts_remove (GTK_WIDGET (self));
  G_OBJECT_CLASS (hr_window_parent_class)->dispose (object);
  g_clear_object (&self->recent_menu);
  g_clear_pointer (&self->awaited, g_ptr_array_unref);
  g_clear_weak_pointer (&self->undo_toast);
  g_clear_weak_pointer (&self->tour_toast);
  g_clear_object (&self->session);
  g_clear_pointer (&self->backup, g_free);
  g_clear_pointer (&self->locating, g_free);
}

static void
hr_window_class_init (HrWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = hr_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, HR_RESOURCE_PATH "/window.ui");
  gtk_widget_class_bind_template_child (widget_class, HrWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, title_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, state);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, inspector_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, work_card);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, work_bar);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, work_label);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, notice_label);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, backup_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, overtaken_bar);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, reload_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, keep_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, sidebar_flap);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, inspector_flap);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, views);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, content);
  gtk_widget_class_bind_template_callback (widget_class, notice_response_cb);
  hr_window_install_actions (widget_class);
  hr_window_install_edit_actions (widget_class);
}

static void
hr_window_init (HrWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autoptr (GMenuModel) title_menu = NULL;

  self->session = hr_session_new ();
  self->recent_menu = g_menu_new ();
  self->sidebar_wanted = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  if (!hr_window_shot_is_wanted ())
    hr_toasts_install (self->toasts);

  add_pages (self);
  self->palette = hr_palette_new (self->session);
  gtk_menu_button_set_popover (self->search_button, self->palette);
  self->help = hr_help_new (self->session);
  gtk_widget_set_parent (self->help, adw_toast_overlay_get_child (self->toasts));
  name_widgets (self);
  title_menu = new_title_menu (self);
  gtk_menu_button_set_menu_model (self->title_button, title_menu);
  g_object_bind_property (self->sidebar_flap, "reveal-flap", self->sidebar_button, "active", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->inspector_flap, "reveal-flap", self->inspector_button, "active",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->sidebar_flap, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector_flap, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher, "notify::title-visible", G_CALLBACK (title_visible_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (visible_view_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  hr_window_follow_focus (self);
  follow_session (self);
  visible_view_cb (self);
  document_cb (self);
}
