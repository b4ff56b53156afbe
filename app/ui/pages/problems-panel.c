/*
 * The list of problems: one row a finding, errors first. A row leads to what it is about, and mends it where it can.
 *
 * A draft is an item that the service would refuse; it is in the file but not in the table, so this list is
 * where it can be seen. At most a few hundred rows are made: whoever has more problems reads the first ones.
 */
#include "app/ui/pages/problems-panel.h"

#include "app/session/edit-target.h"
#include "app/ui/editing/fixes.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "model/schema/target.h"

#define ROWS_MAX 300
#define DRAFT_CHARS_MAX 200

struct _HrProblemsPanel
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;

  /* children */
  GtkWidget *box;
  GtkWidget *count;
  GtkWidget *list;
  gboolean is_current;
};

G_DEFINE_FINAL_TYPE (HrProblemsPanel, hr_problems_panel, GTK_TYPE_WIDGET)

typedef struct
{
  const char *icon;
  const char *css_class;
  const char *name;
} SeverityRow;

static const SeverityRow severities[] = {
  [HR_SEVERITY_NOTE] = { "hr-note-symbolic", "dim-label", N_("Note") },
  [HR_SEVERITY_WARNING] = { "hr-warning-symbolic", "hr-warning", N_("Warning") },
  [HR_SEVERITY_ERROR] = { "hr-error-symbolic", "hr-error", N_("Error") },
};

/* @concern: (nullable): where the row leads; @code: what may be mended there. */
static GtkWidget *
new_row (HrProblemsPanel *self, HrSeverity severity, const char *message, const char *detail, const char *place,
         const char *code, const HrConcern *concern)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = hr_icon_new (severities[severity].icon);
  g_autofree char *label = g_strdup_printf ("%s: %s", _(severities[severity].name), message);
  GtkWidget *fix = hr_fix_button_new (self->session, code, concern);

  gtk_widget_add_css_class (icon, severities[severity].css_class);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), hr_text_label_new (message, NULL));
  if (detail != NULL)
    {
      GtkWidget *sample = hr_label_new (detail, "hr-mono dim-label");

      gtk_label_set_ellipsize (GTK_LABEL (sample), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (texts), sample);
    }
  if (fix != NULL)
    {
      gtk_widget_set_halign (fix, GTK_ALIGN_START);
      gtk_widget_set_margin_top (fix, 4);
      gtk_box_append (GTK_BOX (texts), fix);
    }
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), texts);
  if (place != NULL)
    {
      GtkWidget *where = hr_label_new (place, "hr-caption dim-label numeric");

      gtk_widget_set_valign (where, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (line), where);
    }
  gtk_widget_add_css_class (line, "hr-problem");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), concern != NULL);
  g_object_set_data_full (G_OBJECT (row), "hr-concern", hr_concern_copy (concern), g_free);
  hr_a11y_set_label (row, label);
  return row;
}

static guint
add_findings (HrProblemsPanel *self, HrDiagnostics *diagnostics, HrSeverity severity, guint room)
{
  guint n = 0;

  for (guint i = 0; i < hr_diagnostics_get_count (diagnostics); i++)
    {
      const HrDiagnostic *finding = hr_diagnostics_get (diagnostics, i);
      g_autofree char *place = NULL;

      if (finding->severity != severity)
        continue;
      if (++n > room)
        continue;
      if (finding->line > 0)
        place = g_strdup_printf (_("line %u, column %u"), finding->line, finding->column);
      gtk_list_box_append (
          GTK_LIST_BOX (self->list),
          new_row (self, severity, finding->message, NULL, place, finding->code, finding->concern));
    }
  return n;
}

/* Of a model that nobody has checked. */
static guint
add_drafts (HrProblemsPanel *self, HrDocument *document)
{
  guint n = hr_document_get_n_drafts (document);

  for (guint i = 0; i < MIN (n, ROWS_MAX); i++)
    {
      const HrDraft *draft = hr_document_get_draft (document, i);
      g_autofree char *message =
          g_strdup_printf (_("An item of %s waits as a draft: %s"), draft->table, draft->reason);
      const HrConcern concern = { HR_TARGET_TABLE, draft->table, NULL, NULL, draft->ordinal, NULL };
      g_autofree char *json =
          g_utf8_substring (draft->json, 0, MIN (DRAFT_CHARS_MAX, g_utf8_strlen (draft->json, -1)));

      gtk_list_box_append (GTK_LIST_BOX (self->list),
                           new_row (self, HR_SEVERITY_WARNING, message, json, NULL, draft->code, &concern));
    }
  return n;
}

static void
update (HrProblemsPanel *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  HrDiagnostics *diagnostics = hr_session_get_diagnostics (self->session);
  g_autofree char *text = NULL;
  guint n = 0;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->is_current)
    return;
  self->is_current = TRUE;
  hr_widget_remove_children (self->list);
  for (int severity = HR_SEVERITY_ERROR; diagnostics != NULL && severity >= HR_SEVERITY_NOTE; severity--)
    n += add_findings (self, diagnostics, severity, n < ROWS_MAX ? ROWS_MAX - n : 0);
  if (document != NULL && diagnostics == NULL)
    n += add_drafts (self, document);

  if (n > ROWS_MAX)
    text = g_strdup_printf (_("the first %u of %u"), ROWS_MAX, n);
  else if (n > 0)
    text = g_strdup_printf ("%u", n);
  gtk_label_set_text (GTK_LABEL (self->count), text != NULL ? text : "");
}

/* What is an entry is selected, a definition is there to be edited. */
static void
row_activated_cb (HrProblemsPanel *self, GtkListBoxRow *row)
{
  const HrConcern *concern = g_object_get_data (G_OBJECT (row), "hr-concern");
  g_autofree HrConcern *copy = hr_concern_copy (concern); /* the list may be made anew meanwhile */

  if (copy == NULL)
    return;
  if (copy->ordinal < 0)
    {
      const HrTarget target = { (HrTargetKind) copy->kind, copy->table, copy->owner, copy->name };
      g_autoptr (GVariant) parameter = g_variant_ref_sink (hr_target_to_variant (&target));

      if (gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.edit-target", parameter))
        return;
    }
  hr_session_show_concern (self->session, copy);
}

static void
changed_cb (HrProblemsPanel *self)
{
  self->is_current = FALSE;
  update (self);
}

static void
hr_problems_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hr_problems_panel_parent_class)->map (widget);
  update (HR_PROBLEMS_PANEL (widget));
}

static void
hr_problems_panel_dispose (GObject *object)
{
  HrProblemsPanel *self = HR_PROBLEMS_PANEL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_problems_panel_parent_class)->dispose (object);
}

static void
hr_problems_panel_class_init (HrProblemsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_problems_panel_dispose;
  GTK_WIDGET_CLASS (klass)->map = hr_problems_panel_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_placeholder (void)
{
  GtkWidget *label = hr_label_new (_("No problems found."), "dim-label");

  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (label, 24);
  gtk_widget_set_margin_bottom (label, 24);
  return label;
}

static void
hr_problems_panel_init (HrProblemsPanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->list = gtk_list_box_new ();
  self->count = hr_label_new ("", "dim-label numeric");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), new_placeholder ());
  hr_a11y_set_label (self->list, _("Problems"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->list, "hr-problem-list");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), scroller);
}

static GtkWidget *
new_heading (HrProblemsPanel *self, const char *close_action)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *close = gtk_button_new_from_icon_name ("pan-down-symbolic");

  gtk_widget_add_css_class (line, "hr-panel-heading");
  gtk_box_append (GTK_BOX (line), hr_label_new (_("Problems"), "heading"));
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_box_append (GTK_BOX (line), self->count);
  gtk_widget_add_css_class (close, "flat");
  hr_tooltip_set (close, _("Hide the list of problems"));
  hr_a11y_set_label (close, _("Hide the list of problems"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), close_action);
  gtk_box_append (GTK_BOX (line), close);
  return line;
}

GtkWidget *
hr_problems_panel_new (HrSession *session, const char *close_action)
{
  HrProblemsPanel *self = g_object_new (HR_TYPE_PROBLEMS_PANEL, NULL);

  self->session = g_object_ref (session);
  gtk_box_prepend (GTK_BOX (self->box), new_heading (self, close_action));
  g_signal_connect_object (session, "diagnostics-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
