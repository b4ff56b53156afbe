/*
 * The coverage of the model by its patterns.
 *
 * What a pattern uses is told by the model (model/document/coverage.h): from its requests, and from its last run as
 * long as that is about the model as it is. Cells are buttons; one of them takes part in Tab, the others are reached by
 * arrows. All is made anew when something changes while it is seen, or when it comes into sight.
 */
#include "app/ui/pages/coverage-view.h"

#include <adwaita.h>

#include "app/session/edit-target.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"
#include "model/document/coverage.h"

#define NAME_CHARS_MAX 26
#define COLUMN_CHARS_MAX 22

struct _HrCoverageView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  GPtrArray *lines; /* GPtrArray of GtkWidget*: the buttons of all grids, line by line */

  /* children */
  GtkWidget *scroller;
  GtkWidget *box;

  guint line;       /* of the button that takes part in Tab */
  guint column;
  gboolean is_made; /* shows what is */
};

G_DEFINE_FINAL_TYPE (HrCoverageView, hr_coverage_view, GTK_TYPE_WIDGET)

enum
{
  PATTERN_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Moving */

static GtkWidget *
get_button (HrCoverageView *self, guint line, guint column)
{
  GPtrArray *buttons = line < self->lines->len ? g_ptr_array_index (self->lines, line) : NULL;

  if (buttons == NULL || buttons->len == 0)
    return NULL;
  return g_ptr_array_index (buttons, MIN (column, buttons->len - 1));
}

/* The only one that Tab stops at. */
static void
set_current (HrCoverageView *self, guint line, guint column)
{
  GtkWidget *old = get_button (self, self->line, self->column);
  GtkWidget *button = get_button (self, line, column);

  if (button == NULL)
    return;
  if (old != NULL && old != button)
    gtk_widget_set_focusable (old, FALSE);
  gtk_widget_set_focusable (button, TRUE);
  self->line = line;
  self->column = column;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrCoverageView *self)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int columns = 0, lines = 0;
  guint n_columns;
  GtkWidget *old = get_button (self, self->line, self->column);

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 || old == NULL || !gtk_widget_has_focus (old))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    columns = (key == GDK_KEY_Right) != is_rtl ? 1 : -1;
  else if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    lines = key == GDK_KEY_Down ? 1 : -1;
  else
    return GDK_EVENT_PROPAGATE;
  n_columns = ((GPtrArray *) g_ptr_array_index (self->lines, self->line))->len;
  self->column = MIN (self->column, n_columns - 1);
  if ((columns < 0 && self->column == 0) || (columns > 0 && self->column + 1 >= n_columns)
      || (lines < 0 && self->line == 0) || (lines > 0 && self->line + 1 >= self->lines->len))
    return GDK_EVENT_STOP;
  gtk_widget_set_focusable (old, FALSE);
  set_current (self, self->line + (guint) lines, self->column + (guint) columns);
  gtk_widget_grab_focus (get_button (self, self->line, self->column));
  return GDK_EVENT_STOP;
}

/* Buttons */

static void
clicked_cb (GtkWidget *button, HrCoverageView *self)
{
  GVariant *variant = g_object_get_data (G_OBJECT (button), "target");
  g_autofree HrTarget *target = hr_target_from_variant (variant);

  if (target->kind != HR_TARGET_PATTERN)
    g_object_set (self->session, "view", "design", NULL);
  hr_session_select_target (self->session, target);
  if (target->kind == HR_TARGET_PATTERN)
    g_signal_emit (self, signals[PATTERN_CHOSEN], 0);
}

static GtkWidget *
new_button (HrCoverageView *self, GtkWidget *child, const HrTarget *target, const char *label)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), child);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "hr-coverage-cell");
  gtk_widget_set_focusable (button, FALSE);
  hr_a11y_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "target", g_variant_ref_sink (hr_target_to_variant (target)),
                          (GDestroyNotify) g_variant_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  return button;
}

static GtkWidget *
new_name (const char *text, int n_chars)
{
  GtkWidget *label = hr_label_new (text, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), n_chars);
  hr_tooltip_set (label, text);
  return label;
}

static GPtrArray *
start_line (HrCoverageView *self)
{
  GPtrArray *buttons = g_ptr_array_new ();

  g_ptr_array_add (self->lines, buttons);
  return buttons;
}

static void
put_button (GPtrArray *line, GtkWidget *grid, GtkWidget *button, int row)
{
  gtk_grid_attach (GTK_GRID (grid), button, (int) line->len, row, 1, 1);
  g_ptr_array_add (line, button);
}

/* What a cell says */

typedef struct
{
  HrUse use;
  const char *words;
  const char *icon;
  const char *css_class;
} UseLook;

static const UseLook use_looks[] = {
  { HR_USE_READ, N_("reads"), "hr-check-symbolic", "read" },
  { HR_USE_SCAN, N_("scans"), "hr-warning-symbolic", "scan" },
  { HR_USE_WRITE, N_("writes"), "hr-plus-symbolic", "write" },
};

static GtkWidget *
new_use (const UseLook *look)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  gtk_box_append (GTK_BOX (chip), hr_icon_new (look->icon));
  gtk_box_append (GTK_BOX (chip), hr_label_new (_(look->words), NULL));
  gtk_widget_add_css_class (chip, "hr-use");
  gtk_widget_add_css_class (chip, look->css_class);
  return chip;
}

static GtkWidget *
new_uses (HrUses uses)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  for (guint i = 0; i < G_N_ELEMENTS (use_looks); i++)
    if ((uses & (1 << use_looks[i].use)) != 0)
      gtk_box_append (GTK_BOX (box), new_use (&use_looks[i]));
  if (uses == 0)
    gtk_box_append (GTK_BOX (box), hr_label_new ("–", "dim-label"));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  return box;
}

/* "A, cruddur-messages: reads, writes" */
static char *
describe_uses (const HrPattern *pattern, const char *column, HrUses uses)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (use_looks); i++)
    if ((uses & (1 << use_looks[i].use)) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", _(use_looks[i].words));
  return g_strdup_printf ("%s %s, %s: %s", pattern->id, pattern->name, column,
                          uses != 0 ? words->str : _("not used"));
}

/* Grid */

static gboolean
has_bit (guint64 bits, guint number)
{
  return number < 64 && ((bits >> number) & 1) != 0;
}

static GtkWidget *
new_reached (const HrTable *table, guint64 reached)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);

  for (guint i = 0; i < table->entities->len; i++)
    if (has_bit (reached, i))
      {
        GtkWidget *swatch = hr_swatch_new (i, 12);

        hr_tooltip_set (swatch, ((HrEntity *) g_ptr_array_index (table->entities, i))->name);
        gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
        gtk_box_append (GTK_BOX (box), swatch);
      }
  return box;
}

static char *
describe_pattern (const HrPattern *pattern, const HrTable *table, guint64 reached)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < table->entities->len; i++)
    if (has_bit (reached, i))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              ((HrEntity *) g_ptr_array_index (table->entities, i))->name);
  if (names->len == 0)
    return g_strdup_printf ("%s %s", pattern->id, pattern->name);
  return g_strdup_printf (_("%s %s, reaches %s"), pattern->id, pattern->name, names->str);
}

static void
add_heading (HrCoverageView *self, GtkWidget *grid, const HrTable *table)
{
  GPtrArray *line = start_line (self);
  GtkWidget *reached = hr_label_new (_("Entities"), "hr-caption dim-label");

  gtk_grid_attach (GTK_GRID (grid), hr_label_new (_("Pattern"), "hr-caption dim-label"), 0, 0, 1, 1);
  for (guint i = 0; i <= table->indexes->len; i++)
    {
      const HrIndex *index = i > 0 ? g_ptr_array_index (table->indexes, i - 1) : NULL;
      const char *name = index != NULL ? index->name : table->name;
      const HrTarget target = index != NULL ? HR_TARGET (INDEX, table->name, NULL, name)
                                            : HR_TARGET (TABLE, name, NULL, NULL);
      GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *button;

      gtk_box_append (GTK_BOX (child), hr_icon_new (index != NULL ? "hr-index-symbolic" : "hr-table-symbolic"));
      gtk_box_append (GTK_BOX (child), new_name (name, COLUMN_CHARS_MAX));
      gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
      button = new_button (self, child, &target, name);
      gtk_grid_attach (GTK_GRID (grid), button, (int) i + 1, 0, 1, 1);
      g_ptr_array_add (line, button);
    }
  gtk_grid_attach (GTK_GRID (grid), reached, (int) table->indexes->len + 2, 0, 1, 1);
}

static void
add_pattern (HrCoverageView *self, GtkWidget *grid, const HrTable *table, const HrCoverage *coverage, guint number)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (self->session));
  const HrPattern *pattern = g_ptr_array_index (model->patterns, number);
  const HrTarget target = HR_TARGET (PATTERN, NULL, NULL, pattern->id);
  GPtrArray *line = start_line (self);
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *label = describe_pattern (pattern, table, coverage->reached[number]);
  int row = (int) number + 1;

  gtk_box_append (GTK_BOX (child), hr_look_new_keycap (pattern->id));
  gtk_box_append (GTK_BOX (child), new_name (pattern->name, NAME_CHARS_MAX));
  put_button (line, grid, new_button (self, child, &target, label), row);
  for (guint i = 0; i < coverage->n_columns; i++)
    {
      HrUses uses = hr_coverage_get (coverage, number, i);
      const char *name = i > 0 ? ((HrIndex *) g_ptr_array_index (table->indexes, i - 1))->name : table->name;
      g_autofree char *words = describe_uses (pattern, name, uses);

      put_button (line, grid, new_button (self, new_uses (uses), &target, words), row);
    }
  gtk_grid_attach (GTK_GRID (grid), new_reached (table, coverage->reached[number]), (int) line->len, row, 1, 1);
}

/* Findings */

static void
add_finding (HrCoverageView *self, const char *text, const HrTarget *target, GtkWidget *mark)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *button;

  gtk_box_append (GTK_BOX (child), mark);
  gtk_box_append (GTK_BOX (child), hr_text_label_new (text, NULL));
  button = new_button (self, child, target, text);
  gtk_widget_add_css_class (button, "hr-finding");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), button);
  g_ptr_array_add (start_line (self), button);
}

static void
add_scans (HrCoverageView *self, const HrTable *table, const HrCoverage *coverage)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (self->session));

  for (guint i = 0; i < coverage->n_patterns; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (model->patterns, i);
      g_autofree char *text = g_strdup_printf (_("%s %s scans: it reads everything, whatever it returns."), pattern->id,
                                               pattern->name);
      gboolean scans = FALSE;

      for (guint j = 0; j < coverage->n_columns; j++)
        scans = scans || (hr_coverage_get (coverage, i, j) & (1 << HR_USE_SCAN)) != 0;
      if (scans)
        add_finding (self, text, &HR_TARGET (PATTERN, NULL, NULL, pattern->id), hr_icon_new ("hr-warning-symbolic"));
    }
}

static void
add_findings (HrCoverageView *self, const HrTable *table, const HrCoverage *coverage)
{
  add_scans (self, table, coverage);
  for (guint i = 0; i < coverage->unused_indexes->len; i++)
    {
      const HrIndex *index =
          g_ptr_array_index (table->indexes, g_array_index (coverage->unused_indexes, guint, i));
      g_autofree char *text = g_strdup_printf (_("No pattern reads the index “%s”, but writes pay for it."),
                                               index->name);

      add_finding (self, text, &HR_TARGET (INDEX, table->name, NULL, index->name),
                   hr_icon_new ("hr-warning-symbolic"));
    }
  for (guint i = 0; i < coverage->unread_entities->len; i++)
    {
      guint number = g_array_index (coverage->unread_entities, guint, i);
      const HrEntity *entity = g_ptr_array_index (table->entities, number);
      g_autofree char *text = g_strdup_printf (_("No pattern reads %s."), entity->name);

      add_finding (self, text, &HR_TARGET (ENTITY, table->name, NULL, entity->name), hr_swatch_new (number, 13));
    }
}

/* That nothing is wrong is worth a line, too. */
static void
add_praise (HrCoverageView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = hr_text_label_new (_("Nothing is scanned, and every index and entity is read."), NULL);

  gtk_box_append (GTK_BOX (line), hr_icon_new ("hr-check-symbolic"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_add_css_class (line, "hr-finding");
  gtk_box_append (GTK_BOX (self->box), line);
}

static const HrTrace *
get_trace (const char *pattern, gpointer user_data)
{
  HrSession *session = user_data;
  const HrPatternRun *run = hr_session_get_last_run (session, pattern);

  return run != NULL && run->status != HR_RUN_ERROR && !hr_session_is_last_run_stale (session, pattern) ? run->trace
                                                                                                      : NULL;
}

static void
add_table (HrCoverageView *self, const HrModel *model, const HrTable *table)
{
  g_autoptr (HrCoverage) coverage = hr_coverage_new (model, table->name, get_trace, self->session);
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *label = g_strdup_printf (_("Coverage of %s"), table->name);
  guint n_lines;

  gtk_widget_add_css_class (grid, "hr-coverage");
  gtk_widget_set_halign (grid, GTK_ALIGN_START);
  hr_a11y_set_label (grid, label);
  add_heading (self, grid, table);
  for (guint i = 0; i < coverage->n_patterns; i++)
    add_pattern (self, grid, table, coverage, i);
  gtk_box_append (GTK_BOX (self->box), grid);
  n_lines = self->lines->len;
  add_findings (self, table, coverage);
  if (self->lines->len == n_lines && coverage->n_patterns > 0)
    add_praise (self);
}

static void
make (HrCoverageView *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  const HrModel *model = document != NULL ? hr_document_get_model (document) : NULL;
  GtkWidget *old = get_button (self, self->line, self->column);
  gboolean had_focus = old != NULL && gtk_widget_has_focus (old);
  GtkWidget *button;

  g_ptr_array_set_size (self->lines, 0);
  hr_widget_remove_children (self->box);
  for (guint i = 0; model != NULL && i < model->tables->len; i++)
    add_table (self, model, g_ptr_array_index (model->tables, i));
  self->is_made = TRUE;
  if (self->line >= self->lines->len)
    self->line = self->column = 0;
  set_current (self, self->line, self->column);
  button = get_button (self, self->line, self->column);
  if (had_focus && button != NULL)
    gtk_widget_grab_focus (button);
}

static void
changed_cb (HrCoverageView *self)
{
  self->is_made = FALSE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    make (self);
}

static void
hr_coverage_view_map (GtkWidget *widget)
{
  HrCoverageView *self = HR_COVERAGE_VIEW (widget);

  if (!self->is_made)
    make (self);
  GTK_WIDGET_CLASS (hr_coverage_view_parent_class)->map (widget);
}

static gboolean
hr_coverage_view_grab_focus (GtkWidget *widget)
{
  HrCoverageView *self = HR_COVERAGE_VIEW (widget);
  GtkWidget *button = get_button (self, self->line, self->column);

  return button != NULL && gtk_widget_grab_focus (button);
}

static void
hr_coverage_view_dispose (GObject *object)
{
  HrCoverageView *self = HR_COVERAGE_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_coverage_view_parent_class)->dispose (object);
}

static void
hr_coverage_view_class_init (HrCoverageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_coverage_view_dispose;
  widget_class->map = hr_coverage_view_map;
  widget_class->grab_focus = hr_coverage_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[PATTERN_CHOSEN] = g_signal_new ("pattern-chosen", HR_TYPE_COVERAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
hr_coverage_view_init (HrCoverageView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->scroller = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "hr-coverage-page");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
hr_coverage_view_new (HrSession *session)
{
  static const char *const changes[] = { "notify::document", "document-changed", "run-changed" };
  HrCoverageView *self = g_object_new (HR_TYPE_COVERAGE_VIEW, NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (session, changes[i], G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
