/*
 * "Which patterns read this?": a menu of the patterns that return the selected item; the chosen one is gone to and run.
 */
#include "app/ui/canvas/table-view-private.h"

#include "app/session/pattern-actions.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/i18n.h"

static GMenu *
new_menu (const GPtrArray *readers)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < readers->len; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (readers, i);
      g_auto (GStrv) parts = g_strsplit (pattern->name, "_", -1);
      g_autofree char *name = g_strjoinv ("__", parts); /* no mnemonic */
      g_autofree char *label = g_strdup_printf ("%s  %s", pattern->id, name);

      hr_menu_append (section, label, "table-view.run-reader", g_variant_new_string (pattern->id));
    }
  g_menu_append_section (menu, _("Read by"), G_MENU_MODEL (section));
  return menu;
}

void
hr_table_view_readers_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  const HrTable *table = hr_session_get_table (self->session);
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  g_autoptr (GPtrArray) readers = NULL;
  g_autoptr (GMenu) menu = NULL;
  GtkAllocation place;

  if (table == NULL || key == NULL)
    return;
  readers = hr_pattern_list_readers (self->session, table->name, key);
  if (readers->len == 0)
    {
      hr_toast (widget, _("No access pattern returns this item with the values that it has now."));
      return;
    }
  menu = new_menu (readers);
  hr_table_view_place_editor (self, &self->selected, &place);
  g_set_weak_pointer (&self->menu, hr_menu_popup (widget, G_MENU_MODEL (menu),
                                                  &(GdkRectangle){ place.x + 12, place.y + place.height, 1, 1 }));
}

void
hr_table_view_run_reader_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hr_session_select_pattern (HR_TABLE_VIEW (widget)->session, g_variant_get_string (parameter, NULL));
  gtk_widget_activate_action (widget, "win.run-pattern", NULL);
}
