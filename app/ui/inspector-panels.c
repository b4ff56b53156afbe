/*
 * The inspector's panels for tables, entities, indexes and items. They show; nothing in them is edited.
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

static GtkWidget *
new_panel (void)
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
add_attributes (GtkWidget *panel, const char *title, const GPtrArray *attributes)
{
  GtkWidget *group;

  if (attributes->len == 0)
    return;
  group = hr_inspector_add_group (panel, title);
  for (guint i = 0; i < attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (attributes, i);
      GtkWidget *row = hr_inspector_add_row (group, attribute->name, NULL);

      gtk_widget_add_css_class (row, "hr-mono-title");
      if (attribute->description != NULL)
        {
          adw_action_row_set_subtitle (ADW_ACTION_ROW (row), attribute->description);
          adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
        }
      if (attribute->optional)
        {
          GtkWidget *pill = hr_label_new (_("optional"), "hr-pill");

          gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
        }
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 hr_label_new (hr_type_describe (attribute->type), "dim-label"));
    }
}

static void
add_description (GtkWidget *panel, const char *text)
{
  if (text != NULL)
    gtk_box_append (GTK_BOX (panel), hr_text_label_new (text, "hr-description dim-label"));
}

static void
add_key_group (GtkWidget *panel, const char *title, const GPtrArray *attributes)
{
  GtkWidget *group;

  if (attributes->len == 0)
    return;
  group = hr_inspector_add_group (panel, title);
  for (guint i = 0; i < attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (attributes, i);
      GtkWidget *row = hr_inspector_add_row (group, attribute->name, hr_type_describe (attribute->type));

      gtk_widget_add_css_class (row, "hr-mono-title");
    }
}

static void
add_units (GtkWidget *group, gint64 read_units, gint64 write_units)
{
  g_autofree char *read = hr_look_format_number ((guint64) MAX (0, read_units));
  g_autofree char *write = hr_look_format_number ((guint64) MAX (0, write_units));

  hr_inspector_add_row (group, _("Read units"), read);
  hr_inspector_add_row (group, _("Write units"), write);
}

GtkWidget *
hr_inspector_new_table_panel (HrSession *session, const HrTable *table)
{
  const HrSettings *settings = &table->settings;
  const char *stream = hr_stream_describe (settings->stream);
  GtkWidget *panel = new_panel ();
  GtkWidget *group;

  add_description (panel, table->description);
  add_key_group (panel, _("Partition key"), table->partition_key);
  add_key_group (panel, _("Sort key"), table->sort_key);

  group = hr_inspector_add_group (panel, _("Settings"));
  hr_inspector_add_row (group, _("Capacity"),
                        settings->billing == HR_BILLING_ON_DEMAND ? _("On-demand") : _("Provisioned"));
  if (settings->billing == HR_BILLING_PROVISIONED)
    add_units (group, settings->read_units, settings->write_units);
  hr_inspector_add_row (group, _("Stream"), stream != NULL ? stream : _("Off"));
  hr_inspector_add_row (group, _("Time to live"),
                        settings->ttl_attribute != NULL ? settings->ttl_attribute : _("Off"));
  hr_inspector_add_row (group, _("Point-in-time recovery"),
                        settings->point_in_time_recovery ? _("On") : _("Off"));
  hr_inspector_add_row (group, _("Deletion protection"), settings->deletion_protection ? _("On") : _("Off"));
  if (settings->table_class == HR_CLASS_INFREQUENT_ACCESS)
    hr_inspector_add_row (group, _("Table class"), _("Infrequent access"));
  return panel;
}

static const HrAttribute *
get_key (const GPtrArray *keys)
{
  return keys->len > 0 ? g_ptr_array_index (keys, 0) : NULL;
}

/* How the entity makes one key attribute. */
static void
add_entity_key (GtkWidget *panel, const char *title, const HrEntity *entity, const HrAttribute *key)
{
  const HrEntityKey *entity_key = key != NULL ? hr_entity_get_key (entity, key->name) : NULL;
  GtkWidget *group;

  if (entity_key == NULL)
    return;
  group = hr_inspector_add_group (panel, title);
  hr_inspector_add_template_row (group, key->name, NULL, entity_key->template->text);
}

static void
add_index_keys (GtkWidget *panel, const HrTable *table, const HrEntity *entity)
{
  GtkWidget *group = NULL;

  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = g_ptr_array_index (entity->keys, i);
      const HrAttribute *sort_key = hr_table_get_sort_key (table);

      if (strcmp (key->attribute, hr_table_get_partition_key (table)->name) == 0
          || (sort_key != NULL && strcmp (key->attribute, sort_key->name) == 0))
        continue;
      if (group == NULL)
        group = hr_inspector_add_group (panel, _("Keys of indexes"));
      hr_inspector_add_template_row (group, key->attribute, NULL, key->template->text);
    }
}

GtkWidget *
hr_inspector_new_entity_panel (HrSession *session, const HrTable *table, const HrEntity *entity)
{
  const HrOutlineTotals *totals = hr_session_get_table_totals (session, table->name);
  guint number = hr_table_get_entity_number (table, entity);
  g_autofree char *count = hr_look_format_number (totals != NULL ? totals->rows_of_entity[number] : 0);
  GtkWidget *panel = new_panel ();
  GtkWidget *group, *row;

  add_description (panel, entity->description);
  group = hr_inspector_add_group (panel, NULL);
  hr_inspector_add_row (group, _("Name"), entity->name);
  row = hr_inspector_add_row (group, _("Colour and shape"), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), hr_swatch_new (number, 14));
  hr_inspector_add_row (group, _("Items"), count);

  add_entity_key (panel, _("Partition key"), entity, get_key (table->partition_key));
  add_entity_key (panel, _("Sort key"), entity, get_key (table->sort_key));
  add_index_keys (panel, table, entity);
  add_attributes (panel, _("Attributes"), entity->attributes);
  add_attributes (panel, _("Only in keys"), entity->key_parts);
  return panel;
}

static void
add_index_entities (GtkWidget *panel, const HrTable *table, const HrIndex *index)
{
  GtkWidget *group = hr_inspector_add_group (panel, _("Entities"));

  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);
      const HrAttribute *missing = hr_entity_find_missing_key (entity, index);
      g_autofree char *reason = NULL;
      GtkWidget *row;

      if (missing != NULL)
        reason = g_strdup_printf (_("Does not enter: it has no %s."), missing->name);
      row = hr_inspector_add_row (group, entity->name, NULL);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), missing != NULL ? reason : _("Enters the index."));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), hr_swatch_new (i, 12));
    }
}

GtkWidget *
hr_inspector_new_index_panel (HrSession *session, const HrTable *table, const HrIndex *index)
{
  g_autofree char *projection = hr_index_describe_projection (index);
  GtkWidget *panel = new_panel ();
  GtkWidget *group = hr_inspector_add_group (panel, NULL);

  hr_inspector_add_row (group, _("Kind"), index->kind == HR_INDEX_GLOBAL ? _("Global") : _("Local"));
  hr_inspector_add_row (group, _("Projection"), projection);
  if (index->read_units > 0 || index->write_units > 0)
    add_units (group, index->read_units, index->write_units);
  add_key_group (panel, _("Partition key"), index->partition_key);
  add_key_group (panel, _("Sort key"), index->sort_key);
  if (table->entities->len > 0)
    add_index_entities (panel, table, index);
  return panel;
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
  panel = new_panel ();
  add_item_facts (panel, table, &item);
  group = hr_inspector_add_group (panel, _("Attributes"));
  for (guint i = 0; i < item.length; i++)
    add_item_attribute (group, &item.members[i]);
  return panel;
}
