/*
 * What the menus of the canvas show beside the selected cell: a field for another name, and what a partition holds.
 */
#include "app/ui/canvas/table-view-private.h"

#include "app/session/figures.h"
#include "app/session/rename.h"
#include "app/ui/editing/fields.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "model/base/i18n.h"

#define FIELD_WIDTH 280
#define ROWS_AT_ONCE 256

static void
show (HrTableView *self, GtkWidget *child)
{
  GtkAllocation place;

  hr_table_view_place_editor (self, &self->selected, &place);
  g_set_weak_pointer (&self->menu, hr_popover_popup (GTK_WIDGET (self), child, &place));
}

/* Another name */

static char *
get_attribute_name (const HrTargetPlace *place)
{
  return g_strdup (((HrAttribute *) place->definition)->name);
}

/* Renaming selects the definition; in the table, the item stays what is looked at. */
static gboolean
rename_attribute (HrSession *session, const HrTarget *target, const char *name, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  guint column;
  const HrValue *selected = hr_session_get_selected_key (session, &column);
  HrValue key = hr_value_null ();

  if (selected != NULL)
    key = hr_value_copy (arena, selected);
  if (!hr_session_rename (session, target, name, error))
    return FALSE;
  if (selected != NULL && target->kind == HR_TARGET_ATTRIBUTE)
    hr_session_select_item (session, &key, column);
  return TRUE;
}

static void
forget_fields (GtkWidget *row)
{
  HrFields *fields = g_object_steal_data (G_OBJECT (row), "hr-fields");

  if (fields != NULL)
    hr_fields_free (fields);
}

/* The field, which is still at it, must not take the loss of the focus for another name. */
static gboolean
close_cb (gpointer user_data)
{
  GtkWidget *popover = gtk_widget_get_ancestor (user_data, GTK_TYPE_POPOVER);

  forget_fields (user_data);
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GtkWidget *row)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, close_cb, g_object_ref (row), g_object_unref);
}

void
hr_table_view_rename_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const HrTextProperty property = {
    .title = N_("Name"), .get = get_attribute_name, .set = rename_attribute, .is_code = TRUE,
    .describe = hr_session_describe_rename,
  };
  HrTableView *self = HR_TABLE_VIEW (widget);
  g_autofree HrTarget *target = hr_table_view_dup_attribute (self);
  GtkWidget *group;
  GtkWidget *row;
  HrFields *fields;

  if (target == NULL)
    return;
  group = adw_preferences_group_new ();
  fields = hr_fields_new (self->session);
  row = hr_fields_add_text (fields, group, &property, target);
  gtk_widget_set_size_request (group, FIELD_WIDTH, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Rename everywhere"));
  g_object_set_data (G_OBJECT (row), "hr-fields", fields);
  g_signal_connect (row, "destroy", G_CALLBACK (forget_fields), NULL);
  show (self, group);
  g_signal_connect_object (self->session, "document-changed", G_CALLBACK (changed_cb), row, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (row);
  gtk_editable_select_region (GTK_EDITABLE (row), 0, -1);
}

/* What a partition holds */

typedef struct
{
  guint64 n_items;
  guint64 size_bytes;
} Share;

/* A partition that large takes a moment to be read. */
static void
measure (const HrOutline *outline, guint64 position, guint64 n_rows, Share *shares)
{
  HrOutlineRow rows[ROWS_AT_ONCE];
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint64 first = 0; first < n_rows; first += ROWS_AT_ONCE)
    {
      guint n = hr_outline_fetch (outline, position, first, ROWS_AT_ONCE, arena, rows, NULL);

      for (guint i = 0; i < n; i++)
        {
          shares[rows[i].entity].n_items++;
          shares[rows[i].entity].size_bytes += rows[i].size_bytes;
        }
      hr_arena_reset (arena);
    }
}

static void
add_share (GtkWidget *grid, int line, const HrTable *table, guint entity, const Share *share, guint64 total)
{
  const char *name = entity < table->entities->len
                         ? ((const HrEntity *) g_ptr_array_index (table->entities, entity))->name
                         : _("Other items");
  g_autofree char *number = hr_figure_number (share->n_items);
  g_autofree char *items = g_strdup_printf (ngettext_ ("%s item", "%s items", share->n_items), number);
  g_autofree char *size = hr_figure_size (share->size_bytes);
  double percent = total > 0 ? 100.0 * (double) share->size_bytes / (double) total : 0;
  g_autofree char *part = g_strdup_printf ("%.0f %%", percent);
  const char *const words[] = { name, items, size, part };

  gtk_grid_attach (GTK_GRID (grid), hr_swatch_new (entity, 12), 0, line, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *label = hr_label_new (words[i], i > 0 ? "numeric" : NULL);

      gtk_label_set_xalign (GTK_LABEL (label), i > 0 ? 1 : 0);
      gtk_grid_attach (GTK_GRID (grid), label, (int) i + 1, line, 1, 1);
    }
}

void
hr_table_view_sizes_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  HrOutline *outline = hr_session_get_outline (self->session);
  const HrTable *table = hr_session_get_table (self->session);
  g_autofree Share *shares = g_new0 (Share, HR_ENTITY_NONE + 1);
  HrPartition partition;
  GtkWidget *grid;
  int line = 0;

  if (outline == NULL || table == NULL || hr_session_is_busy (self->session)
      || !hr_outline_get_partition (outline, self->selected.partition, &partition))
    return;
  measure (outline, self->selected.partition, partition.n_rows, shares);
  grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (grid, "hr-shares");
  for (guint i = 0; i <= HR_ENTITY_NONE; i++)
    if (shares[i].n_items > 0)
      add_share (grid, line++, table, i, &shares[i], partition.size_bytes);
  show (self, grid);
}
