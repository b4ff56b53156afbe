/*
 * What can be done in a window. Each action takes what it needs from the session, calls it and reports; actions that
 * make no sense now are insensitive, and so are their buttons, menu entries and keys.
 */
#include "app/ui/pieces/toasts.h"
#include "app/ui/window/window-private.h"

#include <string.h>

#include "app/ui/canvas/cell-editor.h"
#include "app/ui/inspector/inspector.h"
#include "app/ui/pages/sample-card.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/window/dialogs.h"
#include "app/ui/window/export-window.h"
#include "app/ui/window/help.h"
#include "app/ui/window/palette.h"
#include "app/ui/window/preferences-window.h"
#include "app/ui/window/tour.h"
#include "model/base/i18n.h"

#define ZOOM_STEP 1.1
#define ZOOM_MIN  0.5
#define ZOOM_MAX  3.0

static void
report (HrWindow *self, GError *error)
{
  if (error == NULL)
    return;
  hr_toast (GTK_WIDGET (self), error->message);
  g_error_free (error);
}

static void
new_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_window_new_model (HR_WINDOW (widget));
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_window_ask_open (HR_WINDOW (widget));
}

static void
open_sample_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_window_open_sample (HR_WINDOW (widget),
                         parameter != NULL ? g_variant_get_string (parameter, NULL) : HR_FIRST_SAMPLE);
}

static void
restore_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_window_restore (HR_WINDOW (widget), g_variant_get_bytestring (parameter));
}

static void
locate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_window_locate (HR_WINDOW (widget), g_variant_get_bytestring (parameter));
}

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_window_reload (HR_WINDOW (widget));
}

static void
keep_mine_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_session_overrule_file (HR_WINDOW (widget)->session);
}

static void
open_backup_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_window_open_backup (HR_WINDOW (widget));
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_cell_editor_finish_focused (GTK_ROOT (widget)); /* what is being typed is meant, too */
  hr_window_save (HR_WINDOW (widget));
}

static void
save_as_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_cell_editor_finish_focused (GTK_ROOT (widget));
  hr_window_save_as (HR_WINDOW (widget));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_session_cancel (HR_WINDOW (widget)->session);
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *window = hr_export_window_new (GTK_WINDOW (widget), HR_WINDOW (widget)->session, NULL);

  gtk_window_present (GTK_WINDOW (window));
}

/* While somebody types, Ctrl+Z is about what they typed. FALSE: that was nothing. */
static gboolean
forward_to_text (HrWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *before = NULL;

  if (!GTK_IS_TEXT (focus))
    return FALSE;
  before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  gtk_widget_activate_action (focus, action, NULL);
  return strcmp (before, gtk_editable_get_text (GTK_EDITABLE (focus))) != 0;
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  if (!forward_to_text (self, "text.undo") && !hr_session_undo (self->session, &error))
    report (self, error);
}

/* What a toast offers, whoever has the focus. */
static void
undo_edit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  if (!hr_session_undo (self->session, &error))
    report (self, error);
}

static void
redo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  if (!forward_to_text (self, "text.redo") && !hr_session_redo (self->session, &error))
    report (self, error);
}

static void
view_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_object_set (HR_WINDOW (widget)->session, "view", g_variant_get_string (parameter, NULL), NULL);
}

static void
toggle_sidebar_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_show_sidebar (self, !adw_flap_get_reveal_flap (self->sidebar_flap));
}

static void
toggle_inspector_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_show_inspector (self, !adw_flap_get_reveal_flap (self->inspector_flap));
}

/* What stands below a view: a run, or problems. The table has none. */
static void
toggle_panel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GtkWidget *page = self->pages[hr_window_get_view (self)];

  if (!gtk_widget_activate_action (page, "patterns.toggle-panel", NULL))
    gtk_widget_activate_action (page, "design.show-problems", NULL);
}

/* They are listed at the foot of the design, where they are mended. */
static void
show_problems_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  g_object_set (self->session, "view", "design", NULL);
  gtk_widget_activate_action (self->pages[hr_window_get_view (self)], "design.show-problems", NULL);
}

/* What is missing is said, and where it is to be typed. */
static void
ask_for_value (HrWindow *self)
{
  const char *missing = hr_session_get_missing_value (self->session);

  if (missing == NULL)
    return;
  hr_window_show_inspector (self, TRUE);
  hr_inspector_edit_value (self->inspector, missing);
}

static void
run_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  g_object_set (self->session, "view", "patterns", NULL);
  if (!hr_session_run_pattern (self->session, &error))
    ask_for_value (self);
  report (self, error);
}

static void
step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  g_object_set (self->session, "view", "patterns", NULL);
  if (!hr_session_step_pattern (self->session, &error))
    ask_for_value (self);
  report (self, error);
}

static void
run_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  if (!hr_session_run_all (self->session, &error))
    report (self, error);
}

static void
keep_run_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  if (!hr_session_can_keep_run (self->session))
    hr_toast (widget, _("Run a pattern that writes first."));
  else if (!hr_session_keep_pattern (self->session, &error))
    report (self, error);
}

static void
clear_run_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_session_clear_run (HR_WINDOW (widget)->session);
}

/* What is within the Patterns view: "win.show-history" is its "patterns.show-history". */
static void
show_in_patterns_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree char *action = g_strdup_printf ("patterns.%s", name + strlen ("win."));

  g_object_set (self->session, "view", "patterns", NULL);
  gtk_widget_activate_action (self->pages[hr_window_get_view (self)], action, NULL);
}

static void
filter_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  g_object_set (self->session, "view", "table", NULL);
  gtk_widget_activate_action (self->pages[hr_window_get_view (self)], "table.focus-filter", NULL);
}

static void
side_by_side_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  g_object_set (self->session, "view", "table", NULL);
  gtk_widget_activate_action (self->pages[hr_window_get_view (self)], "table.side-by-side", NULL);
}

static void
cycle_density_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  guint density;

  g_object_get (self->session, "density", &density, NULL);
  g_object_set (self->session, "density", (density + 1) % (HR_DENSITY_PRESENTATION + 1), NULL);
}

static void
density_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_object_set (HR_WINDOW (widget)->session, "density", (guint) g_variant_get_int32 (parameter), NULL);
}

static void
zoom_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  double zoom;

  g_object_get (self->session, "zoom", &zoom, NULL);
  if (g_str_equal (name, "win.zoom-in"))
    zoom *= ZOOM_STEP;
  else if (g_str_equal (name, "win.zoom-out"))
    zoom /= ZOOM_STEP;
  else
    zoom = 1;
  if (zoom > 0.96 && zoom < 1.04)
    zoom = 1;
  g_object_set (self->session, "zoom", CLAMP (zoom, ZOOM_MIN, ZOOM_MAX), NULL);
}

static gboolean
focus_pane (HrWindow *self, GtkWidget *pane)
{
  if (!gtk_widget_get_mapped (pane))
    return FALSE;
  if (pane == GTK_WIDGET (self->views))
    return hr_window_focus_view (self);
  return gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

/* Panes in the order of reading; those that are not shown are passed over. */
static void
go_to_pane (HrWindow *self, int step)
{
  GtkWidget *const panes[] = { GTK_WIDGET (self->switcher), self->sidebar, GTK_WIDGET (self->views), self->inspector,
                               self->status_bar };
  const int n_panes = G_N_ELEMENTS (panes);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  int present = 0;

  for (int i = 0; i < n_panes; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
      present = i;
  for (int i = 1; i <= n_panes; i++)
    {
      GtkWidget *pane = panes[(present + step * i + n_panes * i) % n_panes];

      if (focus_pane (self, pane))
        return;
    }
}

static void
next_pane_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_to_pane (HR_WINDOW (widget), 1);
}

static void
previous_pane_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_to_pane (HR_WINDOW (widget), -1);
}

static void
palette_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_palette_open (HR_PALETTE (HR_WINDOW (widget)->palette), "");
}

static void
main_menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (HR_WINDOW (widget)->menu_button);
}

static void
shortcuts_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (hr_actions_new_shortcuts_window (GTK_WINDOW (widget))));
}

/* Below the menu, where help is found by whoever looks for it. */
static void
help_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GtkWidget *parent = gtk_widget_get_parent (self->help);
  graphene_rect_t place;

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->menu_button), parent, &place))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->help),
                                 &(GdkRectangle) { place.origin.x, place.origin.y, place.size.width,
                                                   place.size.height });
  hr_help_open (HR_HELP (self->help));
}

static void
preferences_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  gtk_window_present (GTK_WINDOW (hr_preferences_window_new (GTK_WINDOW (widget), HR_APPLICATION (application))));
}

static void
tour_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_tour_start (HR_WINDOW (widget));
}

static void
about_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_dialog_show_about (GTK_WINDOW (widget));
}

typedef enum
{
  NEEDS_NOTHING, /* that is known here */
  NEEDS_DOCUMENT,
  NEEDS_QUIET,   /* a document that nobody else works on */
  NEEDS_PATTERN, /* the same with an access pattern */
} Need;

typedef struct
{
  const char *name;
  const char *parameter; /* its type, or NULL */
  GtkWidgetActionActivateFunc activate;
  Need need;
} WindowAction;

static const WindowAction window_actions[] = {
  { "win.new", NULL, new_cb, NEEDS_NOTHING },
  { "win.open", NULL, open_cb, NEEDS_NOTHING },
  { "win.open-sample", NULL, open_sample_cb, NEEDS_NOTHING },
  { "win.open-sample-named", "s", open_sample_cb, NEEDS_NOTHING },
  { "win.open-backup", NULL, open_backup_cb, NEEDS_NOTHING },
  { "win.reload", NULL, reload_cb, NEEDS_NOTHING },
  { "win.keep-mine", NULL, keep_mine_cb, NEEDS_NOTHING },
  { "win.locate", "ay", locate_cb, NEEDS_NOTHING },
  { "win.restore", "ay", restore_cb, NEEDS_NOTHING },
  { "win.save", NULL, save_cb, NEEDS_QUIET },
  { "win.save-as", NULL, save_as_cb, NEEDS_DOCUMENT },
  { "win.export", NULL, export_cb, NEEDS_QUIET },
  { "win.cancel", NULL, cancel_cb, NEEDS_NOTHING },
  { "win.undo", NULL, undo_cb, NEEDS_NOTHING },
  { "win.undo-edit", NULL, undo_edit_cb, NEEDS_NOTHING },
  { "win.redo", NULL, redo_cb, NEEDS_NOTHING },
  { "win.view", "s", view_cb, NEEDS_DOCUMENT },
  { "win.toggle-sidebar", NULL, toggle_sidebar_cb, NEEDS_DOCUMENT },
  { "win.toggle-inspector", NULL, toggle_inspector_cb, NEEDS_DOCUMENT },
  { "win.toggle-panel", NULL, toggle_panel_cb, NEEDS_DOCUMENT },
  { "win.show-problems", NULL, show_problems_cb, NEEDS_DOCUMENT },
  { "win.run-pattern", NULL, run_cb, NEEDS_PATTERN },
  { "win.step-pattern", NULL, step_cb, NEEDS_PATTERN },
  { "win.run-all", NULL, run_all_cb, NEEDS_PATTERN },
  { "win.keep-run", NULL, keep_run_cb, NEEDS_NOTHING },
  { "win.show-history", NULL, show_in_patterns_cb, NEEDS_DOCUMENT },
  { "win.show-coverage", NULL, show_in_patterns_cb, NEEDS_DOCUMENT },
  { "win.clear-run", NULL, clear_run_cb, NEEDS_NOTHING },
  { "win.filter", NULL, filter_cb, NEEDS_DOCUMENT },
  { "win.side-by-side", NULL, side_by_side_cb, NEEDS_DOCUMENT },
  { "win.cycle-density", NULL, cycle_density_cb, NEEDS_NOTHING },
  { "win.density", "i", density_cb, NEEDS_NOTHING },
  { "win.zoom-in", NULL, zoom_cb, NEEDS_NOTHING },
  { "win.zoom-out", NULL, zoom_cb, NEEDS_NOTHING },
  { "win.zoom-reset", NULL, zoom_cb, NEEDS_NOTHING },
  { "win.next-pane", NULL, next_pane_cb, NEEDS_NOTHING },
  { "win.previous-pane", NULL, previous_pane_cb, NEEDS_NOTHING },
  { "win.palette", NULL, palette_cb, NEEDS_DOCUMENT },
  { "win.main-menu", NULL, main_menu_cb, NEEDS_NOTHING },
  { "win.shortcuts", NULL, shortcuts_cb, NEEDS_NOTHING },
  { "win.help", NULL, help_cb, NEEDS_NOTHING },
  { "win.preferences", NULL, preferences_cb, NEEDS_NOTHING },
  { "win.tour", NULL, tour_cb, NEEDS_NOTHING },
  { "win.about", NULL, about_cb, NEEDS_NOTHING },
};

static gboolean
is_opening_first (HrWindow *self)
{
  return hr_session_get_document (self->session) == NULL && hr_session_is_busy (self->session);
}

/* What is asked of a model that is still being opened is done when it is there. */
static void
activate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (window_actions); i++)
    {
      const WindowAction *action = &window_actions[i];

      if (strcmp (action->name, name) != 0)
        continue;
      if (action->need == NEEDS_NOTHING || !is_opening_first (self))
        action->activate (widget, name, parameter);
      else
        {
          if (self->awaited == NULL)
            self->awaited = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (self->awaited, g_action_print_detailed_name (name, parameter));
        }
    }
}

void
hr_window_do_awaited (HrWindow *self)
{
  g_autoptr (GPtrArray) awaited = g_steal_pointer (&self->awaited);

  for (guint i = 0; awaited != NULL && i < awaited->len && hr_session_get_document (self->session) != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) parameter = NULL;

      if (g_action_parse_detailed_name (g_ptr_array_index (awaited, i), &name, &parameter, NULL))
        gtk_widget_activate_action_variant (GTK_WIDGET (self), name, parameter);
    }
}

/* No accelerators: those come before popovers and entries, which need the keys. */
static void
install_local_keys (GtkWidgetClass *klass)
{
  for (guint i = 0; i < hr_actions_get_count (); i++)
    {
      const HrAction *action = hr_actions_get (i);
      GdkModifierType modifiers;
      guint key;

      if (action->is_local && action->name != NULL && gtk_accelerator_parse (action->keys, &key, &modifiers))
        gtk_widget_class_add_binding_action (klass, key, modifiers, action->name, NULL);
    }
}

void
hr_window_install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (window_actions); i++)
    gtk_widget_class_install_action (klass, window_actions[i].name, window_actions[i].parameter, activate_cb);
  install_local_keys (klass);
}

static void
update_undo (HrWindow *self, HrDocument *document, gboolean ready)
{
  const char *undo = document != NULL ? hr_document_get_undo_name (document) : NULL;
  const char *redo = document != NULL ? hr_document_get_redo_name (document) : NULL;
  g_autofree char *undo_text = undo != NULL ? g_strdup_printf (_("Undo %s"), undo) : g_strdup (_("Undo"));
  g_autofree char *redo_text = redo != NULL ? g_strdup_printf (_("Redo %s"), redo) : g_strdup (_("Redo"));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", ready && hr_document_can_undo (document));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", ready && hr_document_can_redo (document));
  hr_tooltip_set (GTK_WIDGET (self->undo_button), undo_text);
  hr_tooltip_set (GTK_WIDGET (self->redo_button), redo_text);
  hr_a11y_set_label (GTK_WIDGET (self->undo_button), undo_text);
  hr_a11y_set_label (GTK_WIDGET (self->redo_button), redo_text);
}

static gboolean
is_met (HrWindow *self, Need need, gboolean ready)
{
  HrDocument *document = hr_session_get_document (self->session);

  if (is_opening_first (self)) /* it is known when the model is there */
    return TRUE;
  switch (need)
    {
    case NEEDS_NOTHING:
      break;
    case NEEDS_DOCUMENT:
      return document != NULL;
    case NEEDS_QUIET:
      return ready;
    case NEEDS_PATTERN:
      return ready && hr_document_get_model (document)->patterns->len > 0;
    }
  return TRUE;
}

void
hr_window_update_actions (HrWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  HrDocument *document = hr_session_get_document (self->session);
  gboolean busy = hr_session_is_busy (self->session) || hr_session_is_changing (self->session);
  gboolean ready = document != NULL && !busy;

  for (guint i = 0; i < G_N_ELEMENTS (window_actions); i++)
    if (window_actions[i].need != NEEDS_NOTHING)
      gtk_widget_action_set_enabled (widget, window_actions[i].name, is_met (self, window_actions[i].need, ready));
  gtk_widget_action_set_enabled (widget, "win.clear-run",
                                 hr_session_get_run (self->session) != NULL || hr_session_is_running (self->session));
  gtk_widget_action_set_enabled (widget, "win.cancel", busy);
  update_undo (self, document, ready);
  hr_window_update_edit_actions (self, ready);
}
