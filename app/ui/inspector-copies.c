/*
 * The trace of an item, in its panel: where it is in the table and in each index, or why it is not there.
 *
 * Entries are looked up in the store. A row goes to the copy that it tells of.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "app/ui/look.h"
#include "app/ui/pieces.h"
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
place_free (gpointer data, GClosure *closure)
{
  Place *self = data;

  g_free (self->table);
  g_free (self->index);
  hr_arena_free (self->arena);
  g_free (self);
}

static void
go_cb (AdwActionRow *row, Place *place)
{
  HrSession *session = place->session;
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue key = hr_value_copy (arena, &place->key); /* the row goes when another item is selected */

  hr_session_show_table (session, place->table, place->index);
  hr_session_select_item (session, &key, 0);
  g_object_set (session, "view", "table", NULL);
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
  g_autofree char *size = hr_look_format_size (copy->size_bytes);
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
make_link (GtkWidget *row, HrSession *session, const HrTable *table, const HrItemCopy *copy, const HrValue *key)
{
  Place *place = g_new0 (Place, 1);

  place->session = session;
  place->table = g_strdup (table->name);
  place->index = g_strdup (copy->index);
  place->arena = hr_arena_new ();
  place->key = hr_value_copy (place->arena, key);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), hr_icon_new ("go-next-symbolic"));
  g_signal_connect_data (row, "activated", G_CALLBACK (go_cb), place, place_free, 0);
}

static void
add_copy (HrSession *session, GtkWidget *group, const HrTable *table, const HrItemCopy *copy, const HrValue *key)
{
  const char *name = copy->index != NULL ? copy->index : table->name;
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *markup = describe_copy (table, copy);
  GtkWidget *row = hr_inspector_add_row (group, title, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             hr_icon_new (copy->index != NULL ? "hr-index-symbolic" : "hr-table-symbolic"));
  gtk_widget_add_css_class (row, "hr-copy");
  if (copy->is_present)
    make_link (row, session, table, copy, key);
}

void
hr_inspector_add_copies (HrSession *session, GtkWidget *panel, const HrTable *table, const HrValue *key)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrItemCopy *copies;
  GtkWidget *group;
  guint n;

  if (table->indexes->len == 0)
    return;
  n = hr_item_find_copies (hr_document_get_engine (document), table, key, arena, &copies, NULL);
  if (n == 0)
    return;
  group = hr_inspector_add_group (panel, _("Where it is"));
  for (guint i = 0; i < n; i++)
    add_copy (session, group, table, &copies[i], key);
}
