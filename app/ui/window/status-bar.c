/* HrStatusBar: follows the session; has nothing to do but to say it. */
#include "app/ui/window/status-bar.h"

#include <math.h>

#include "app/session/figures.h"
#include "app/session/item-selection.h"
#include "app/ui/pieces/a11y.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/engine/rows.h"
#include "model/value/codec.h"
#include "model/value/record.h"

struct _HrStatusBar
{
  AdwBin parent_instance;

  /* owned */
  HrSession *session;

  /* template children */
  GtkLabel *items;
  GtkLabel *partitions;
  GtkLabel *size;
  GtkLabel *hidden;
  GtkLabel *selection;
  GtkWidget *scale;
  GtkLabel *density;
  GtkMenuButton *density_button;
  GtkLabel *zoom;
  GtkWidget *zoom_button;
  GtkWidget *zoom_in;
  GtkWidget *zoom_out;
};

G_DEFINE_FINAL_TYPE (HrStatusBar, hr_status_bar, ADW_TYPE_BIN)

static const char *const density_names[] = {
  [HR_DENSITY_COMPACT] = N_("Compact"),
  [HR_DENSITY_COMFORTABLE] = N_("Comfortable"),
  [HR_DENSITY_PRESENTATION] = N_("Presentation"),
};

/* @format has one %s for the number, which is set in bold. */
static void
show_number (GtkLabel *label, const char *format, const char *number)
{
  g_autofree char *bold = g_strdup_printf ("<b>%s</b>", number);
  g_autofree char *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (format, bold);
#pragma GCC diagnostic pop
  gtk_label_set_markup (label, text);
}

static void
update_counts (HrStatusBar *self)
{
  HrOutline *outline = hr_session_get_outline (self->session);
  HrOutlineTotals totals = { 0 };
  g_autofree char *items = NULL;
  g_autofree char *partitions = NULL;
  g_autofree char *size = NULL;
  g_autofree char *hidden = NULL;

  if (outline != NULL)
    hr_outline_get_totals (outline, &totals);
  items = hr_figure_number (totals.n_rows);
  partitions = hr_figure_number (totals.n_partitions);
  size = hr_figure_size (totals.size_bytes);
  hidden = hr_figure_number (totals.hidden_rows);
  show_number (self->items, ngettext_ ("%s item", "%s items", totals.n_rows), items);
  show_number (self->partitions, ngettext_ ("%s partition", "%s partitions", totals.n_partitions), partitions);
  show_number (self->size, "%s", size);
  show_number (self->hidden, ngettext_ ("%s hidden", "%s hidden", totals.hidden_rows), hidden);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), totals.hidden_rows > 0);
}

/* The selected key as people name it: the sort key, or the partition key where there is none. */
static char *
format_key (const HrTable *table, const HrValue *key)
{
  const HrAttribute *attribute =
      hr_table_get_sort_key (table) != NULL ? hr_table_get_sort_key (table) : hr_table_get_partition_key (table);
  const HrValue *value = hr_map_get (key, attribute->name, strlen (attribute->name));
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  g_autofree char *plain = NULL;

  if (value != NULL && !hr_value_to_text (value, &text))
    hr_value_to_json (value, TRUE, &text);
  plain = g_utf8_make_valid (text.data != NULL ? text.data : "", text.length);
  return g_markup_escape_text (plain, -1);
}

static char *
describe_several (HrStatusBar *self)
{
  guint64 count = hr_session_count_selected (self->session);
  g_autofree char *number = hr_figure_number (count);
  g_autofree char *size = NULL;
  guint64 size_bytes;

  if (!hr_session_measure_selected (self->session, &size_bytes))
    return g_strdup_printf (ngettext_ ("Selected: <b>%s item</b>", "Selected: <b>%s items</b>", count), number);
  size = hr_figure_size (size_bytes);
  return g_strdup_printf (ngettext_ ("Selected: <b>%s item</b> · %s", "Selected: <b>%s items</b> · %s", count), number,
                          size);
}

static char *
describe_selection (HrStatusBar *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  HrDocument *document = hr_session_get_document (self->session);
  g_autoptr (HrArena) arena = NULL;
  g_autofree char *name = NULL;
  g_autofree char *size = NULL;
  HrRow row;
  gsize size_bytes;

  if (table == NULL || key == NULL || hr_session_is_busy (self->session))
    return NULL;
  if (hr_session_get_selected_rows (self->session) != NULL)
    return describe_several (self);
  arena = hr_arena_new ();
  if (!hr_engine_get_row (hr_document_get_engine (document), table->name, key, arena, &row, NULL))
    return NULL;
  size_bytes = hr_record_size_bytes (row.record, row.record_length);
  name = format_key (table, key);
  size = hr_figure_size (size_bytes);
  /* Translators: what is selected, its size, and what writing it costs. WCU is not translated. */
  return g_strdup_printf (_("Selected: <tt><b>%s</b></tt> · %s · %u WCU to write"), name, size,
                          (guint) MAX (1, (size_bytes + HR_UNIT_WRITE_BYTES - 1) / HR_UNIT_WRITE_BYTES));
}

static void
update_selection (HrStatusBar *self)
{
  g_autofree char *text = describe_selection (self);

  /* of a key the end tells as much as the beginning */
  gtk_label_set_ellipsize (self->selection, hr_session_get_selected_rows (self->session) != NULL
                                                ? PANGO_ELLIPSIZE_END
                                                : PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_markup (self->selection, text != NULL ? text : "");
}

static void
update_all (HrStatusBar *self)
{
  update_counts (self);
  update_selection (self);
}

static void
update_scale (HrStatusBar *self)
{
  g_autofree char *text = NULL;
  g_autofree char *view = NULL;
  g_autofree char *spoken = NULL;
  guint density;
  double zoom;

  g_object_get (self->session, "density", &density, "zoom", &zoom, "view", &view, NULL);
  text = g_strdup_printf ("%.0f %%", round (zoom * 100));
  spoken = g_strdup_printf (_("Zoom: %s"), text);
  gtk_label_set_text (self->zoom, text);
  hr_a11y_set_label (self->zoom_button, spoken);
  gtk_label_set_text (self->density, _(density_names[density]));
  gtk_widget_set_visible (self->scale, g_strcmp0 (view, "design") != 0);
}

GtkWidget *
hr_status_bar_new (HrSession *session)
{
  const char *const scales[] = { "notify::density", "notify::zoom", "notify::view" };
  HrStatusBar *self = g_object_new (HR_TYPE_STATUS_BAR, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "outline-changed", G_CALLBACK (update_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (update_selection), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    g_signal_connect_object (session, scales[i], G_CALLBACK (update_scale), self, G_CONNECT_SWAPPED);
  update_all (self);
  update_scale (self);
  return GTK_WIDGET (self);
}

static void
hr_status_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_STATUS_BAR);
  g_clear_object (&HR_STATUS_BAR (object)->session);
  G_OBJECT_CLASS (hr_status_bar_parent_class)->dispose (object);
}

static void
hr_status_bar_class_init (HrStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_status_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hashrange/Hashrange/status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, items);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, partitions);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, size);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, hidden);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, selection);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, scale);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, density);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, density_button);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, zoom);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, zoom_in);
  gtk_widget_class_bind_template_child (widget_class, HrStatusBar, zoom_out);
}

static void
hr_status_bar_init (HrStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_a11y_set_label (GTK_WIDGET (self->density_button), _("Density"));
  gtk_widget_set_direction (GTK_WIDGET (self->zoom), GTK_TEXT_DIR_LTR); /* else "% 100" */
  hr_a11y_set_label (self->zoom_in, _("Zoom in"));
  hr_a11y_set_label (self->zoom_out, _("Zoom out"));
}
