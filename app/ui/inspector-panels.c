/*
 * What the inspector's panels are made of, and the panel for an item.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "app/ui/a11y.h"
#include "app/ui/look.h"
#include "app/ui/pattern-facts.h"
#include "app/ui/pieces.h"
#include "app/ui/swatch.h"
#include "app/ui/template-label.h"
#include "model/base/i18n.h"
#include "model/engine/rows.h"
#include "model/value/record.h"
#include "render/cell-text.h"

#define VALUE_BESIDE_CHARS_MAX 22
#define NAME_BESIDE_CHARS_MAX 8

GtkWidget *
hr_inspector_panel_new (void)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_BOX (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

GtkWidget *
hr_inspector_add_group (GtkWidget *panel, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = find_list (group);

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  else if (list != NULL)
    hr_a11y_set_label (list, _("Facts"));
  gtk_box_append (GTK_BOX (panel), group);
  return group;
}

static GtkWidget *
new_row (const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

GtkWidget *
hr_inspector_add_row (GtkWidget *group, const char *title, const char *value)
{
  GtkWidget *row = new_row (title);
  g_autofree char *spoken = value != NULL ? g_strdup_printf ("%s: %s", title, value) : NULL;

  if (spoken != NULL)
    hr_a11y_drop_mnemonic (row, spoken);
  if (value != NULL && g_utf8_strlen (value, -1) <= VALUE_BESIDE_CHARS_MAX)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), hr_label_new (value, "numeric"));
  else if (value != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* A long name has a line of its own. */
void
hr_inspector_add_template_row (GtkWidget *group, const char *name, const char *op, const char *text)
{
  gboolean is_long = g_utf8_strlen (name, -1) > NAME_BESIDE_CHARS_MAX;
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *lines =
      gtk_box_new (is_long ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, is_long ? 4 : 10);
  GtkWidget *value = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = hr_label_new (name, "hr-mono dim-label");
  g_autofree char *spoken = g_strdup_printf ("%s %s %s", name, op != NULL ? op : "=", text);

  gtk_widget_add_css_class (lines, "hr-template-row");
  gtk_widget_set_size_request (label, 24, -1);
  if (op != NULL)
    gtk_box_append (GTK_BOX (value), hr_label_new (op, NULL));
  gtk_box_append (GTK_BOX (value), hr_template_label_new (text));
  gtk_box_append (GTK_BOX (lines), label);
  gtk_box_append (GTK_BOX (lines), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), lines);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  hr_a11y_drop_mnemonic (row, spoken);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_item_facts (GtkWidget *panel, const HrTable *table, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (table, item, NULL);
  gsize size = hr_item_size_bytes (item);
  g_autofree char *size_text = hr_look_format_size (size);
  g_autofree char *units = hr_look_format_units ((size + 1023) / 1024, "WCU");
  GtkWidget *group = hr_inspector_add_group (panel, NULL);
  GtkWidget *row = hr_inspector_add_row (group, _("Entity"), entity != NULL ? entity->name : _("fits none"));

  adw_action_row_add_prefix (
      ADW_ACTION_ROW (row),
      hr_swatch_new (entity != NULL ? hr_table_get_entity_number (table, entity) : HR_ENTITY_NONE, 12));
  hr_inspector_add_row (group, _("Size"), size_text);
  hr_inspector_add_row (group, _("Writing it costs"), units);
}

static void
add_item_attribute (GtkWidget *group, const HrMember *member)
{
  g_autofree char *name = g_strndup (member->name, member->name_length);
  g_autofree char *value = hr_cell_dup_text (&member->value);
  GtkWidget *row = hr_inspector_add_row (group, name, NULL);

  gtk_widget_add_css_class (row, "hr-mono-title");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             hr_label_new (hr_type_get_name (member->value.type), "hr-mono dim-label"));
}

GtkWidget *
hr_inspector_new_item_panel (HrSession *session, const HrTable *table, const HrValue *key)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  GtkWidget *panel, *group;
  HrValue item;
  HrRow row;

  if (hr_session_is_busy (session)
      || !hr_engine_get_row (hr_document_get_engine (document), table->name, key, arena, &row, NULL)
      || !hr_record_decode (row.record, row.record_length, arena, &item))
    return NULL;
  panel = hr_inspector_panel_new ();
  add_item_facts (panel, table, &item);
  group = hr_inspector_add_group (panel, _("Attributes"));
  for (guint i = 0; i < item.length; i++)
    add_item_attribute (group, &item.members[i]);
  return panel;
}
