/*
 * The panel of several selected items: how many of which entity, what they take, and which values they share.
 *
 * Items are read to tell that. Of very many only the numbers are told that the outline has.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/item-selection.h"
#include "app/session/words.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "render/cell-text.h"

#define READ_MAX 1000  /* items */
#define SHARED_MAX 40  /* attributes */

static guint
get_entity_number (const HrTable *table, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (table, item, NULL);

  return entity != NULL ? MIN (hr_table_get_entity_number (table, entity), HR_ENTITY_NONE) : HR_ENTITY_NONE;
}

static void
add_entities (GtkWidget *panel, const HrTable *table, const GArray *items)
{
  guint counts[HR_ENTITY_NONE + 1] = { 0 };
  GtkWidget *group = hr_inspector_add_group (panel, _("Entities"));

  for (guint i = 0; i < items->len; i++)
    counts[get_entity_number (table, &g_array_index (items, HrValue, i))]++;
  for (guint i = 0; i <= HR_ENTITY_NONE; i++)
    {
      g_autofree char *count = hr_figure_number (counts[i]);
      const char *name = i < table->entities->len ? ((const HrEntity *) g_ptr_array_index (table->entities, i))->name
                                                  : _("fits none");

      if (counts[i] > 0)
        adw_action_row_add_prefix (ADW_ACTION_ROW (hr_inspector_add_row (group, name, count)), hr_swatch_new (i, 12));
    }
}

static void
add_facts (HrSession *session, GtkWidget *panel, const GArray *items)
{
  guint64 count = hr_session_count_selected (session);
  GtkWidget *group = hr_inspector_add_group (panel, NULL);
  g_autofree char *number = hr_figure_number (count);
  guint64 size_bytes, units = 0;

  hr_inspector_add_row (group, _("Items"), number);
  if (hr_session_measure_selected (session, &size_bytes))
    {
      g_autofree char *size = hr_figure_size (size_bytes);

      hr_inspector_add_row (group, _("Size"), size);
    }
  for (guint i = 0; i < items->len; i++)
    units += (hr_item_size_bytes (&g_array_index (items, HrValue, i)) + HR_UNIT_WRITE_BYTES - 1) / HR_UNIT_WRITE_BYTES;
  if (items->len == count)
    {
      g_autofree char *text = hr_figure_units ((double) units, "WCU");

      hr_inspector_add_row (group, _("Writing them costs"), text);
    }
}

static gboolean
is_shared (const HrMember *member, const GArray *items)
{
  for (guint i = 1; i < items->len; i++)
    {
      const HrValue *value = hr_map_get (&g_array_index (items, HrValue, i), member->name, member->name_length);

      if (value == NULL || !hr_value_equal (value, &member->value))
        return FALSE;
    }
  return TRUE;
}

static void
add_shared (GtkWidget *panel, const GArray *items)
{
  const HrValue *first = &g_array_index (items, HrValue, 0);
  GtkWidget *group = hr_inspector_add_group (panel, _("In common"));
  guint n_shown = 0;

  for (guint32 i = 0; i < first->length && n_shown < SHARED_MAX; i++)
    {
      const HrMember *member = &first->members[i];
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;

      if (!is_shared (member, items))
        continue;
      name = g_strndup (member->name, member->name_length);
      text = hr_cell_dup_text (&member->value);
      hr_inspector_add_template_row (group, name, NULL, text);
      n_shown++;
    }
  if (n_shown == 0)
    gtk_box_append (GTK_BOX (panel), hr_text_label_new (_("No attribute has the same value in all of them."),
                                                         "dim-label"));
  gtk_widget_set_visible (group, n_shown > 0);
}

GtkWidget *
hr_inspector_new_items_panel (HrSession *session, const HrTable *table)
{
  GtkWidget *panel = hr_inspector_panel_new ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (HrValue));
  guint64 count = hr_session_count_selected (session);

  if (count <= READ_MAX)
    hr_session_read_selected (session, READ_MAX, arena, items);
  add_facts (session, panel, items);
  if (items->len == 0)
    return panel;
  add_entities (panel, table, items);
  add_shared (panel, items);
  return panel;
}
