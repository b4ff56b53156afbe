/*
 * From an item to its copies: its row in the table and its entries in indexes, in the order of their definitions. Keys
 * go from one to the next, the menu to any of them; of one that is not there it is said why.
 */
#include "app/ui/canvas/table-view-private.h"

#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/i18n.h"
#include "model/document/item-copies.h"

static guint
find_copies (HrTableView *self, HrArena *arena, HrItemCopy **copies)
{
  HrDocument *document = hr_session_get_document (self->session);
  const HrTable *table = hr_session_get_table (self->session);
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);

  if (table == NULL || key == NULL || hr_session_is_busy (self->session))
    return 0;
  return hr_item_find_copies (hr_document_get_engine (document), table, key, arena, copies, NULL);
}

GMenu *
hr_table_view_new_copies_menu (HrTableView *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const char *shown = hr_session_get_index (self->session);
  GMenu *menu = g_menu_new ();

  if (shown != NULL)
    hr_menu_append (menu, _("Base table"), "table-view.find-in", g_variant_new_string (""));
  for (guint i = 0; i < table->indexes->len; i++)
    {
      const char *name = ((const HrIndex *) g_ptr_array_index (table->indexes, i))->name;
      g_auto (GStrv) words = g_strsplit (name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", words); /* no mnemonic */

      if (g_strcmp0 (name, shown) != 0)
        hr_menu_append (menu, label, "table-view.find-in", g_variant_new_string (name));
    }
  return menu;
}

static void
find_in_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  const char *wanted = g_variant_get_string (parameter, NULL);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *words = NULL;
  HrItemCopy *copies = NULL;
  guint n = find_copies (self, arena, &copies);

  for (guint i = 0; i < n; i++)
    {
      const HrItemCopy *copy = &copies[i];

      if (g_strcmp0 (copy->index != NULL ? copy->index : "", wanted) != 0)
        continue;
      if (copy->is_present)
        {
          hr_item_show_copy (self->session, hr_session_get_table (self->session)->name, copy->index,
                             hr_session_get_selected_key (self->session, NULL));
          return;
        }
      words = g_strdup_printf (_("Left out: %s."), copy->reason);
      g_strdelimit (words, "`", '"');
      hr_toast (widget, words);
    }
}

/* Around: behind the last one comes the first. */
static gboolean
step_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  const char *shown = hr_session_get_index (self->session);
  gboolean is_forward = g_variant_get_boolean (parameters);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrItemCopy *copies = NULL;
  guint n = find_copies (self, arena, &copies), at = 0;

  if (n < 2)
    return FALSE;
  while (at + 1 < n && g_strcmp0 (copies[at].index, shown) != 0)
    at++;
  for (guint i = 1; i < n; i++)
    {
      const HrItemCopy *copy = &copies[(at + (is_forward ? i : n - i)) % n];

      if (!copy->is_present)
        continue;
      hr_item_show_copy (self->session, hr_session_get_table (self->session)->name, copy->index,
                         hr_session_get_selected_key (self->session, NULL));
      gtk_widget_grab_focus (widget);
      return TRUE;
    }
  hr_toast (widget, _("No index holds this item."));
  return TRUE;
}

void
hr_table_view_class_add_copies (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, step_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_ALT_MASK, step_cb, "b", TRUE);
  gtk_widget_class_install_action (widget_class, "table-view.find-in", "s", find_in_cb);
}
