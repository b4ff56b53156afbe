/*
 * Two runs side by side.
 *
 * Figures stand in two columns, the older run at the start; equal ones are dim, so that the eye finds the others. What
 * differs in the answers is told in one sentence, and item by item below.
 */
#include "app/ui/pages/compare-view.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/document/run-compare.h"
#include "model/value/codec.h"
#include "render/cell-text.h"

#define ROWS_MAX 200
#define NAME_CHARS_MAX 16

struct _HrCompareView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;

  /* children */
  GtkWidget *scroller;
  GtkWidget *figures; /* grid */
  GtkWidget *sentence;
  GtkWidget *list;
  GtkWidget *more;

  int n_figures; /* rows of the grid */
};

G_DEFINE_FINAL_TYPE (HrCompareView, hr_compare_view, GTK_TYPE_WIDGET)

static char *
dup_read (HrRunRecord *record)
{
  return hr_figure_units (hr_run_record_get_figures (record)->read_units, "RCU");
}

static char *
dup_written (HrRunRecord *record)
{
  return hr_figure_units (hr_run_record_get_figures (record)->write_units, "WCU");
}

static char *
dup_requests (HrRunRecord *record)
{
  return hr_figure_number (hr_run_record_get_figures (record)->n_requests);
}

static const struct
{
  const char *name;
  char *(*dup_text) (HrRunRecord *record);
} figures[] = {
  { N_("Run at"), hr_run_record_dup_time },
  { N_("Pattern"), hr_run_record_dup_pattern },
  { N_("Items"), hr_run_record_dup_items },
  { N_("Looked at"), hr_run_record_dup_scanned },
  { N_("Reading"), dup_read },
  { N_("Writing"), dup_written },
  { N_("Requests"), dup_requests },
};

static GtkWidget *
new_figure (const char *text, gboolean is_equal)
{
  GtkWidget *label = hr_label_new (text, is_equal ? "numeric dim-label" : "numeric");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  hr_tooltip_set (label, *text != '\0' ? text : NULL);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
add_figure (HrCompareView *self, const char *name, const char *first, const char *second)
{
  gboolean is_equal = g_str_equal (first, second);
  GtkWidget *label = hr_label_new (name, "hr-caption dim-label");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS_MAX);
  hr_tooltip_set (label, name);
  gtk_grid_attach (GTK_GRID (self->figures), label, 0, self->n_figures, 1, 1);
  gtk_grid_attach (GTK_GRID (self->figures), new_figure (first, is_equal), 1, self->n_figures, 1, 1);
  gtk_grid_attach (GTK_GRID (self->figures), new_figure (second, is_equal), 2, self->n_figures, 1, 1);
  self->n_figures++;
}

/* Values that both were asked with need not be said. */
static void
show_values (HrCompareView *self, GHashTable *first, GHashTable *second)
{
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      const char *other = g_hash_table_lookup (second, name);

      if (g_strcmp0 (text, other) != 0)
        add_figure (self, name, text, other != NULL ? other : "–");
    }
  g_hash_table_iter_init (&iter, second);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (!g_hash_table_contains (first, name))
      add_figure (self, name, "–", text);
}

static void
show_figures (HrCompareView *self, HrRunRecord *first, HrRunRecord *second)
{
  hr_widget_remove_children (self->figures);
  self->n_figures = 0;
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *left = figures[i].dup_text (first);
      g_autofree char *right = figures[i].dup_text (second);

      add_figure (self, _(figures[i].name), left, right);
    }
  show_values (self, hr_run_record_get_values (first), hr_run_record_get_values (second));
}

static char *
describe (const HrRunComparison *comparison)
{
  g_autofree char *first = hr_figure_number (comparison->n_only_first);
  g_autofree char *second = hr_figure_number (comparison->n_only_second);
  g_autofree char *changed = hr_figure_number (comparison->n_changed);

  if (comparison->is_incomplete)
    return g_strdup (_("Items came without their keys, so only their number can be compared."));
  if (comparison->differences->len == 0)
    return g_strdup (comparison->is_other_order ? _("Both give the same items, in another order.")
                                                : _("Both give the same items."));
  if (comparison->is_other_order)
    return g_strdup_printf (_("Only in the earlier run: %s. Only in the later: %s. With other attributes: %s. "
                              "The order is another one."),
                            first, second, changed);
  return g_strdup_printf (_("Only in the earlier run: %s. Only in the later: %s. With other attributes: %s."), first,
                          second, changed);
}

/* Differences */

static const struct
{
  const char *sign;
  const char *words;
} kinds[] = {
  [HR_RUN_ONLY_FIRST] = { "−", N_("only at first") },
  [HR_RUN_ONLY_SECOND] = { "+", N_("only then") },
  [HR_RUN_CHANGED] = { "~", N_("other attributes") },
};

static gboolean
read_key (const char *text, HrArena *arena, HrValue *key)
{
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL);
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  return json != NULL && hr_item_from_json (arena, json, key, &error);
}

static char *
dup_key_text (const char *text)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) joined = g_string_new (NULL);
  HrValue key;

  if (!read_key (text, arena, &key))
    return g_strdup (text);
  for (guint32 i = 0; i < key.length; i++)
    {
      g_autofree char *value = hr_cell_dup_text (&key.members[i].value);

      g_string_append_printf (joined, "%s%s", i > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static GtkWidget *
new_row (const HrRunDifference *difference)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *text = dup_key_text (difference->key);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", _(kinds[difference->kind].words), text);
  GtkWidget *sign = hr_label_new (kinds[difference->kind].sign, "dim-label");
  GtkWidget *key = hr_label_new (text, "hr-mono");

  gtk_widget_set_size_request (sign, 12, -1);
  gtk_label_set_ellipsize (GTK_LABEL (key), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (key, TRUE);
  hr_tooltip_set (key, text);
  gtk_box_append (GTK_BOX (line), sign);
  gtk_box_append (GTK_BOX (line), key);
  gtk_box_append (GTK_BOX (line), hr_label_new (_(kinds[difference->kind].words), "hr-caption dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (difference->key), g_free);
  hr_a11y_set_label (row, spoken);
  return row;
}

static void
show_differences (HrCompareView *self, const HrRunComparison *comparison)
{
  guint n = comparison->is_incomplete ? 0 : comparison->differences->len;
  g_autofree char *more = NULL;

  hr_widget_remove_children (self->list);
  for (guint i = 0; i < MIN (n, ROWS_MAX); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         new_row (&g_array_index (comparison->differences, HrRunDifference, i)));
  if (n > ROWS_MAX)
    more = g_strdup_printf (ngettext_ ("and %u more", "and %u more", n - ROWS_MAX), n - ROWS_MAX);
  gtk_label_set_text (GTK_LABEL (self->more), more);
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->more, more != NULL);
}

void
hr_compare_view_set_runs (HrCompareView *self, HrRunRecord *first, HrRunRecord *second)
{
  g_autoptr (HrRunComparison) comparison = NULL;
  g_autofree char *sentence = NULL;

  g_return_if_fail (HR_IS_COMPARE_VIEW (self));

  comparison = hr_run_compare (hr_run_record_get_run (first), hr_run_record_get_run (second));
  sentence = describe (comparison);
  show_figures (self, first, second);
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  show_differences (self, comparison);
}

/* The canvas shows where it is, if it still is. */
static void
row_activated_cb (HrCompareView *self, GtkListBoxRow *row)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue key;

  if (read_key (g_object_get_data (G_OBJECT (row), "key"), arena, &key))
    hr_session_select_item (self->session, &key, 0);
}

static void
hr_compare_view_dispose (GObject *object)
{
  HrCompareView *self = HR_COMPARE_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_compare_view_parent_class)->dispose (object);
}

static void
hr_compare_view_class_init (HrCompareViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_compare_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
hr_compare_view_init (HrCompareView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->scroller = gtk_scrolled_window_new ();
  self->figures = gtk_grid_new ();
  self->sentence = hr_text_label_new ("", "hr-caption");
  self->list = gtk_list_box_new ();
  self->more = hr_label_new ("", "hr-caption dim-label");
  gtk_grid_set_column_spacing (GTK_GRID (self->figures), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->figures), 3);
  gtk_widget_add_css_class (self->list, "hr-results");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  hr_a11y_set_label (self->list, _("Differences"));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (box), self->sentence);
  gtk_box_append (GTK_BOX (box), self->figures);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_widget_add_css_class (box, "hr-plan");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_focusable (self->scroller, FALSE);
  hr_a11y_set_label (self->scroller, _("Comparison"));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
hr_compare_view_new (HrSession *session)
{
  HrCompareView *self = g_object_new (HR_TYPE_COMPARE_VIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
