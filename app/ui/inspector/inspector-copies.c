/*
 * The trace of an item, in its panel: where it is in the table and in each index, or why it is not there.
 *
 * Entries are looked up in the store. A row goes to the copy that it tells of, and stays while there are as many
 * copies.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/item-actions.h"
#include "app/session/words.h"
#include "app/ui/pieces/pieces.h"
#include "model/base/i18n.h"
#include "model/document/item-copies.h"
#include "render/cell-text.h"

/* Place: what a row leads to. */
typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  char *table;
  char *index;        /* NULL: the table */
  HrArena *arena;
  HrValue key;        /* of the item, in @arena */
} Place;

static void
place_free (gpointer data)
{
  Place *self = data;

  g_free (self->table);
  g_free (self->index);
  hr_arena_free (self->arena);
  g_free (self);
}

/* What a row consists of: its data. */
static const char place_data[] = "hr-place";
static const char icon_data[] = "hr-icon";
static const char arrow_data[] = "hr-arrow"; /* only of a row that leads somewhere */

static void
go_cb (AdwActionRow *row)
{
  const Place *place = g_object_get_data (G_OBJECT (row), place_data);

  hr_item_show_copy (place->session, place->table, place->index, &place->key);
}

/* A line each. */
static void
add_key_values (GString *text, const GPtrArray *attributes, const HrValue *item)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      const char *name = ((const HrAttribute *) g_ptr_array_index (attributes, i))->name;
      const HrValue *value = hr_map_get (item, name, strlen (name));
      g_autofree char *full = value != NULL ? hr_cell_dup_text (value) : NULL;
      g_autofree char *shown = full != NULL ? hr_key_shorten (full) : NULL;

      if (shown != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", shown);
    }
}

/* Its key there, and its size: indexes hold what they project. */
static char *
describe_copy (const HrTable *table, const HrItemCopy *copy)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *size = hr_figure_size (copy->size_bytes);
  g_autofree char *reason = NULL;
  g_autofree char *escaped = NULL;

  if (!copy->is_present)
    {
      reason = g_strdup_printf (_("Left out: %s."), copy->reason);
      return hr_words_to_markup (reason);
    }
  add_key_values (key, copy->definition != NULL ? copy->definition->partition_key : table->partition_key,
                  &copy->content);
  add_key_values (key, copy->definition != NULL ? copy->definition->sort_key : table->sort_key, &copy->content);
  escaped = g_markup_escape_text (key->str, -1);
  return g_strdup_printf ("<tt>%s</tt>\n%s", escaped, size);
}

static void
set_arrow (GtkWidget *row, gboolean is_wanted)
{
  GtkWidget *arrow = g_object_get_data (G_OBJECT (row), arrow_data);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), is_wanted);
  if (is_wanted == (arrow != NULL))
    return;
  if (arrow != NULL)
    adw_action_row_remove (ADW_ACTION_ROW (row), arrow);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow = hr_icon_new ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), arrow_data, is_wanted ? arrow : NULL);
}

static void
set_place (GtkWidget *row, HrSession *session, const HrTable *table, const HrItemCopy *copy, const HrValue *key)
{
  Place *place = g_new0 (Place, 1);

  place->session = session;
  place->table = g_strdup (table->name);
  place->index = g_strdup (copy->index);
  place->arena = hr_arena_new ();
  place->key = hr_value_copy (place->arena, key);
  g_object_set_data_full (G_OBJECT (row), place_data, place, place_free);
}

static GtkWidget *
new_row (GtkWidget *group)
{
  GtkWidget *row = hr_inspector_add_row (group, "", NULL);
  GtkWidget *icon = hr_icon_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_add_css_class (row, "hr-copy");
  g_object_set_data (G_OBJECT (row), icon_data, icon);
  g_signal_connect (row, "activated", G_CALLBACK (go_cb), NULL);
  return row;
}

static void
show_copy (GtkWidget *row, HrSession *session, const HrTable *table, const HrItemCopy *copy, const HrValue *key)
{
  const char *name = copy->index != NULL ? copy->index : table->name;
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *markup = describe_copy (table, copy);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  gtk_image_set_from_icon_name (g_object_get_data (G_OBJECT (row), icon_data),
                                copy->index != NULL ? "hr-index-symbolic" : "hr-table-symbolic");
  set_arrow (row, copy->is_present);
  set_place (row, session, table, copy, key);
}

/* What shows the copies. */
typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  GPtrArray *rows;    /* borrowed: children of the group */
} Copies;

static const char copies_data[] = "hr-copies"; /* of the group */

static void
copies_free (gpointer data)
{
  Copies *self = data;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

GtkWidget *
hr_inspector_add_copies (HrSession *session, GtkWidget *panel)
{
  GtkWidget *group = hr_inspector_add_group (panel, _("Where it is"));
  Copies *self = g_new0 (Copies, 1);

  self->session = session;
  self->rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (group), copies_data, self, copies_free);
  return group;
}

void
hr_inspector_show_copies (GtkWidget *group, const HrTable *table, const HrValue *key)
{
  Copies *self = g_object_get_data (G_OBJECT (group), copies_data);
  HrDocument *document = hr_session_get_document (self->session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrItemCopy *copies = NULL;
  guint n = 0;

  if (key != NULL && table->indexes->len > 0)
    n = hr_item_find_copies (hr_document_get_engine (document), table, key, arena, &copies, NULL);
  gtk_widget_set_visible (group, n > 0);
  while (self->rows->len > n)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group),
                                  g_ptr_array_steal_index (self->rows, self->rows->len - 1));
  while (self->rows->len < n)
    g_ptr_array_add (self->rows, new_row (group));
  for (guint i = 0; i < n; i++)
    show_copy (g_ptr_array_index (self->rows, i), self->session, table, &copies[i], key);
}
