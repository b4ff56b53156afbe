/*
 * The Patterns view: a question, the table with what it touched, and below how it came to its answer.
 *
 * Everything shown is the session's run of the chosen pattern. A result is told to assistive tools by an
 * alert that is not seen, so that the focus stays where it is.
 */
#include "app/ui/pages/patterns-page.h"

#include "app/session/figures.h"
#include "app/ui/canvas/table-map.h"
#include "app/ui/canvas/table-view.h"
#include "app/ui/pages/coverage-view.h"
#include "app/ui/pages/history-view.h"
#include "app/ui/pages/plan-view.h"
#include "app/ui/pages/request-view.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/mark-sample.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"

#define PANEL_HEIGHT 236
#define PILL_CHARS 36 /* of a text that is never cut off */

#define HR_TYPE_PATTERNS_PAGE (hr_patterns_page_get_type ())
G_DECLARE_FINAL_TYPE (HrPatternsPage, hr_patterns_page, HR, PATTERNS_PAGE, GtkWidget)

struct _HrPatternsPage
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;

  /* borrowed: children made in code */
  GtkWidget *view;
  GtkWidget *plan;
  GtkWidget *request;
  GtkWidget *coverage;
  GtkWidget *legend;
  GtkWidget *alert;

  HrRunRecord *last_shown; /* to be compared with only */
  int paned_height;   /* that the panel was placed for */
  guint place_source;

  /* template children */
  GtkToggleButton *coverage_button;
  GtkWidget *heading;
  GtkWidget *coverage_title;
  GtkStack *stack;
  GtkLabel *letter;
  GtkLabel *name;
  GtkLabel *question;
  GtkWidget *pill;
  GtkImage *pill_icon;
  GtkLabel *pill_label;
  GtkWidget *keep;
  GtkWidget *take_back;
  GtkWidget *clear;
  GtkPaned *paned;
  GtkWidget *canvas_place;
  GtkScrolledWindow *scroller;
  GtkWidget *legend_place;
  GtkSwitch *dim_others;
  GtkToggleButton *history_button;
  GtkLabel *figures;
  GtkButton *panel_button;
  GtkStack *panel;
};

G_DEFINE_FINAL_TYPE (HrPatternsPage, hr_patterns_page, GTK_TYPE_WIDGET)

typedef struct
{
  const char *css_class; /* "ok", "warning", "error", "neutral" */
  const char *icon;      /* or NULL */
} PillLook;

static const PillLook pill_ok = { "ok", "hr-check-symbolic" };
static const PillLook pill_warning = { "warning", "hr-warning-symbolic" };
static const PillLook pill_error = { "error", "hr-error-symbolic" };
static const PillLook pill_neutral = { "neutral", NULL };

static void
set_pill (HrPatternsPage *self, const PillLook *look, const char *text, const char *tooltip)
{
  static const PillLook *const looks[] = { &pill_ok, &pill_warning, &pill_error, &pill_neutral };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->pill, looks[i]->css_class);
  gtk_widget_add_css_class (self->pill, look->css_class);
  gtk_image_set_from_icon_name (self->pill_icon, look->icon);
  gtk_widget_set_visible (GTK_WIDGET (self->pill_icon), look->icon != NULL);
  gtk_label_set_text (self->pill_label, text);
  gtk_label_set_ellipsize (self->pill_label,
                           g_utf8_strlen (text, -1) > PILL_CHARS ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  hr_tooltip_set (self->pill, tooltip);
}

static char *
describe_items (guint64 count)
{
  g_autofree char *number = hr_figure_number (count);

  return g_strdup_printf (ngettext_ ("%s item", "%s items", count), number);
}

static gboolean
is_expected (HrSession *session)
{
  const HrPattern *pattern = hr_session_get_pattern (session);

  if (pattern == NULL)
    return FALSE;
  for (guint i = 0; i < pattern->steps->len; i++)
    if (((const HrStep *) g_ptr_array_index (pattern->steps, i))->expect != NULL)
      return TRUE;
  return pattern->expect != NULL;
}

/* What came of a run, in a few words. */
static char *
describe_outcome (HrPatternsPage *self, const HrPatternRun *run)
{
  g_autofree char *items = describe_items (run->count);
  g_autofree char *units = hr_figure_units (run->write_units, "WCU");
  const char *outcome = run->write_units > 0 ? units : items;

  if (run->status == HR_RUN_PASSED && is_expected (self->session))
    return g_strdup_printf (_("%s as expected"), outcome);
  if (run->status == HR_RUN_FAILED)
    return g_strdup_printf (_("%s, not as expected"), outcome);
  return g_strdup (outcome);
}

/* Part of the run is still to be told. */
static gboolean
is_stepping (HrPatternsPage *self)
{
  HrMarks *marks = hr_session_get_marks (self->session);
  guint stage = hr_session_get_run_stage (self->session);

  return marks != NULL && stage > 0 && stage < hr_marks_get_n_stages (marks);
}

/* What the shown run wrote is there, and nothing came after it. */
static gboolean
is_kept (HrPatternsPage *self)
{
  HrRunRecord *record = hr_session_get_shown_run (self->session);

  return record != NULL && hr_run_record_is_kept (record) && !hr_session_is_run_stale (self->session);
}

static void
show_pill (HrPatternsPage *self, const HrPatternRun *run)
{
  g_autofree char *outcome = NULL;
  g_autofree char *mismatches = NULL;

  if (hr_session_is_running (self->session))
    {
      set_pill (self, &pill_neutral, _("Running… Esc stops it"), NULL);
      return;
    }
  if (run == NULL)
    {
      set_pill (self, &pill_neutral, _("Press F5 to run"), NULL);
      return;
    }
  if (hr_session_is_run_stale (self->session))
    {
      set_pill (self, &pill_warning, _("Run again, data changed"), NULL);
      return;
    }
  if (is_stepping (self))
    {
      outcome = g_strdup_printf (_("Step %u of %u"), hr_session_get_run_stage (self->session),
                                 hr_marks_get_n_stages (hr_session_get_marks (self->session)));
      set_pill (self, &pill_neutral, outcome, NULL);
      return;
    }
  if (run->status == HR_RUN_ERROR)
    {
      set_pill (self, &pill_error, run->message != NULL ? run->message : _("The pattern could not run"),
                run->message);
      return;
    }
  outcome = is_kept (self) ? g_strdup (_("The changes are kept")) : describe_outcome (self, run);
  mismatches = hr_run_describe_mismatches (run);
  set_pill (self, run->status == HR_RUN_PASSED ? &pill_ok : &pill_warning, outcome,
            *mismatches != '\0' ? mismatches : NULL);
}

static void
show_figures (HrPatternsPage *self, const HrPatternRun *run)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HrRunRecord *record = hr_session_get_shown_run (self->session);

  if (run != NULL && !is_stepping (self))
    {
      guint n_pages = hr_run_record_get_figures (record)->n_requests;

      if (run->read_units > 0 || run->write_units == 0)
        g_string_append_printf (text, "<b>%.1f</b> RCU    ", run->read_units);
      if (run->write_units > 0)
        g_string_append_printf (text, "<b>%.1f</b> WCU    ", run->write_units);
      g_string_append_printf (text, ngettext_ ("<b>%u</b> request", "<b>%u</b> requests", n_pages), n_pages);
      g_string_append (text, "    ");
      /* Translators: how long a run took on this computer, in milliseconds */
      g_string_append_printf (text, _("<b>%.2f</b> ms local"), hr_session_get_run_ms (self->session));
    }
  gtk_label_set_markup (self->figures, text->str);
}

/* "20 items returned, 0 filtered out, 1.0 RCU", and below it what differs from what was expected. */
static char *
describe_run (const HrPatternRun *run)
{
  g_autofree char *returned = NULL, *filtered = NULL, *units = NULL, *outcome = NULL, *mismatches = NULL;

  if (run->status == HR_RUN_ERROR)
    return g_strdup (run->message);
  returned = describe_items (run->count);
  filtered = hr_figure_number (run->scanned > run->count ? run->scanned - run->count : 0);
  units = hr_figure_units (run->read_units, "RCU");
  if (run->write_units > 0)
    outcome = g_strdup_printf (_("%.1f WCU written, %.1f RCU read"), run->write_units, run->read_units);
  else
    outcome = g_strdup_printf (_("%s returned, %s filtered out, %s"), returned, filtered, units);
  mismatches = hr_run_describe_mismatches (run);
  return g_strconcat (outcome, *mismatches != '\0' ? "\n" : "", mismatches, NULL);
}

static void
announce (HrPatternsPage *self, const HrPatternRun *run)
{
  g_autofree char *text =
      run != NULL && hr_session_get_run_stage (self->session) == 0 ? describe_run (run) : NULL;

  gtk_label_set_text (GTK_LABEL (self->alert), text != NULL ? text : "");
  hr_a11y_set_label (self->alert, text != NULL ? text : "");
}

typedef struct
{
  HrSample sample;
  const char *text;
} LegendRow;

static const LegendRow read_legend[] = {
  { HR_SAMPLE_RETURNED, N_("returned") },
  { HR_SAMPLE_FILTERED, N_("read, filtered out") },
  { HR_SAMPLE_RANGE, N_("key range") },
  { HR_SAMPLE_PAGE, N_("page boundary") },
};

static const LegendRow write_legend[] = {
  { HR_SAMPLE_RETURNED, N_("returned") },
  { HR_SAMPLE_ADDED, N_("added") },
  { HR_SAMPLE_REMOVED, N_("removed") },
  { HR_SAMPLE_CHANGED, N_("changed") },
};

static void
show_legend (HrPatternsPage *self, const HrPatternRun *run)
{
  gboolean has_writes = run != NULL && run->write_units > 0;
  const LegendRow *rows = has_writes ? write_legend : read_legend;
  guint n = has_writes ? G_N_ELEMENTS (write_legend) : G_N_ELEMENTS (read_legend);

  hr_widget_remove_children (self->legend);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);

      gtk_box_append (GTK_BOX (entry), hr_mark_sample_new (rows[i].sample));
      gtk_box_append (GTK_BOX (entry), hr_label_new (_(rows[i].text), "hr-caption"));
      gtk_box_append (GTK_BOX (self->legend), entry);
    }
}

static void
show_pattern (HrPatternsPage *self)
{
  const HrPattern *pattern = hr_session_get_pattern (self->session);
  gboolean is_coverage = gtk_toggle_button_get_active (self->coverage_button);
  gboolean has_heading = !is_coverage && pattern != NULL;

  gtk_stack_set_visible_child_name (self->stack, is_coverage ? "coverage" : pattern != NULL ? "pattern" : "none");
  gtk_widget_set_visible (self->heading, has_heading);
  gtk_widget_set_visible (self->coverage_title, is_coverage);
  gtk_widget_set_hexpand (GTK_WIDGET (self->coverage_button), !has_heading && !is_coverage);
  if (pattern == NULL)
    return;
  gtk_label_set_text (self->letter, pattern->id);
  gtk_label_set_text (self->name, pattern->name);
  gtk_label_set_text (self->question, pattern->question != NULL ? pattern->question : "");
  hr_tooltip_set (GTK_WIDGET (self->question), pattern->question);
}

static void
coverage_toggled_cb (GtkToggleButton *button, HrPatternsPage *self)
{
  show_pattern (self);
}

static void
update_run (HrPatternsPage *self)
{
  const HrPatternRun *run = hr_session_get_run (self->session);
  HrTableLayout *layout = run != NULL ? hr_table_view_get_layout (HR_TABLE_VIEW (self->view)) : NULL;
  HrPlanFigures figures;
  gboolean has_plan = run != NULL && layout != NULL && hr_table_layout_get_plan (layout, &figures);

  show_pattern (self);
  show_pill (self, run);
  show_figures (self, run);
  show_legend (self, run);
  gtk_widget_set_visible (self->keep, hr_session_can_keep_run (self->session));
  gtk_widget_set_visible (self->take_back, is_kept (self));
  if (hr_session_is_run_stale (self->session))
    gtk_widget_add_css_class (self->plan, "hr-outdated");
  else
    gtk_widget_remove_css_class (self->plan, "hr-outdated");
  gtk_widget_set_visible (self->clear, run != NULL);
  hr_plan_view_update (HR_PLAN_VIEW (self->plan), has_plan ? &figures : NULL);
  hr_request_view_update (HR_REQUEST_VIEW (self->request));
}

static void
run_changed_cb (HrPatternsPage *self)
{
  if (hr_session_get_run (self->session) != NULL && hr_session_get_shown_run (self->session) != self->last_shown)
    gtk_toggle_button_set_active (self->coverage_button, FALSE);
  self->last_shown = hr_session_get_shown_run (self->session);
  update_run (self);
  announce (self, hr_session_get_run (self->session));
  if (hr_session_get_run (self->session) != NULL)
    hr_table_view_show_answer (HR_TABLE_VIEW (self->view));
}

static void
pattern_chosen_cb (HrPatternsPage *self)
{
  gtk_toggle_button_set_active (self->coverage_button, FALSE);
  gtk_widget_grab_focus (self->view);
}

static void
tab_toggled_cb (GtkToggleButton *button, HrPatternsPage *self)
{
  if (gtk_toggle_button_get_active (button))
    gtk_stack_set_visible_child_name (self->panel, gtk_widget_get_name (GTK_WIDGET (button)));
}

/* Before somebody moves it, the panel has its usual height, but never most of a low window. */
static void
place_panel (HrPatternsPage *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));

  if (gtk_widget_get_visible (GTK_WIDGET (self->panel)))
    gtk_paned_set_position (self->paned, MAX (height - PANEL_HEIGHT, height / 2));
  else
    gtk_paned_set_position (self->paned, G_MAXINT);
}

static gboolean
place_panel_cb (gpointer user_data)
{
  HrPatternsPage *self = user_data;

  self->place_source = 0;
  place_panel (self);
  return G_SOURCE_REMOVE;
}

static void
panel_room_changed_cb (HrPatternsPage *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));

  if (height == self->paned_height)
    return;
  self->paned_height = height;
  if (self->place_source == 0)
    self->place_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, place_panel_cb, self, NULL);
}

static void
toggle_panel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrPatternsPage *self = HR_PATTERNS_PAGE (widget);
  gboolean shown = !gtk_widget_get_visible (GTK_WIDGET (self->panel));

  gtk_widget_set_visible (GTK_WIDGET (self->panel), shown);
  gtk_button_set_icon_name (self->panel_button, shown ? "pan-down-symbolic" : "pan-up-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->panel_button), GTK_ACCESSIBLE_STATE_EXPANDED, shown, -1);
  place_panel (self);
}

static void
show_coverage_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrPatternsPage *self = HR_PATTERNS_PAGE (widget);

  gtk_toggle_button_set_active (self->coverage_button, TRUE);
  gtk_widget_grab_focus (self->coverage);
}

/* The canvas is what the view is for, or the grid when that is shown. */
static gboolean
hr_patterns_page_grab_focus (GtkWidget *widget)
{
  HrPatternsPage *self = HR_PATTERNS_PAGE (widget);

  return gtk_widget_grab_focus (gtk_toggle_button_get_active (self->coverage_button) ? self->coverage : self->view);
}

static void
show_history_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrPatternsPage *self = HR_PATTERNS_PAGE (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->panel)))
    toggle_panel_cb (widget, NULL, NULL);
  gtk_toggle_button_set_active (self->history_button, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->panel), GTK_DIR_TAB_FORWARD);
}

static void
hr_patterns_page_dispose (GObject *object)
{
  HrPatternsPage *self = HR_PATTERNS_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->place_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_patterns_page_parent_class)->dispose (object);
}

static void
hr_patterns_page_class_init (HrPatternsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_patterns_page_dispose;
  widget_class->grab_focus = hr_patterns_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "patternspage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hashrange/Hashrange/patterns-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, coverage_button);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, heading);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, coverage_title);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, letter);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, name);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, question);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, pill);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, pill_icon);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, pill_label);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, keep);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, take_back);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, clear);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, paned);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, canvas_place);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, legend_place);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, dim_others);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, history_button);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, figures);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, panel_button);
  gtk_widget_class_bind_template_child (widget_class, HrPatternsPage, panel);
  gtk_widget_class_bind_template_callback (widget_class, tab_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, coverage_toggled_cb);
  gtk_widget_class_install_action (widget_class, "patterns.toggle-panel", NULL, toggle_panel_cb);
  gtk_widget_class_install_action (widget_class, "patterns.show-coverage", NULL, show_coverage_cb);
  gtk_widget_class_install_action (widget_class, "patterns.show-history", NULL, show_history_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste-request", NULL);
}

/* Seen by nobody, read to everybody who listens. */
static GtkWidget *
new_alert (void)
{
  GtkWidget *alert = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  gtk_widget_set_opacity (alert, 0);
  gtk_widget_set_can_target (alert, FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (alert), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (alert, GTK_ALIGN_START);
  gtk_widget_set_valign (alert, GTK_ALIGN_END);
  return alert;
}

static void
hr_patterns_page_init (HrPatternsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->legend = hr_wrap_box_new (18);
  gtk_widget_set_hexpand (self->legend, TRUE);
  gtk_widget_set_valign (self->legend, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->legend_place), self->legend);
  self->alert = new_alert ();
  gtk_widget_set_parent (self->alert, GTK_WIDGET (self));
}

GtkWidget *
hr_patterns_page_new (HrSession *session)
{
  HrPatternsPage *self = g_object_new (HR_TYPE_PATTERNS_PAGE, NULL);

  self->session = g_object_ref (session);
  self->view = hr_table_view_new (session, HR_TABLE_VIEW_MARKS);
  gtk_scrolled_window_set_child (self->scroller, self->view);
  gtk_box_append (GTK_BOX (self->canvas_place), hr_table_map_new (HR_TABLE_VIEW (self->view)));
  self->plan = hr_plan_view_new (session);
  self->request = hr_request_view_new (session);
  self->coverage = hr_coverage_view_new (session);
  gtk_stack_add_named (self->stack, self->coverage, "coverage");
  gtk_stack_add_named (self->panel, self->plan, "plan");
  gtk_stack_add_named (self->panel, self->request, "request");
  gtk_stack_add_named (self->panel, hr_history_view_new (session), "history");
  g_object_bind_property (session, "dim-others", self->dim_others, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  hr_a11y_set_label (GTK_WIDGET (self), _("Patterns"));

  g_signal_connect_object (self->coverage, "pattern-chosen", G_CALLBACK (pattern_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->paned, "notify::max-position", G_CALLBACK (panel_room_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "outline-changed", G_CALLBACK (update_run), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::pattern", G_CALLBACK (show_pattern), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (show_pattern), self, G_CONNECT_SWAPPED);
  update_run (self);
  return GTK_WIDGET (self);
}
