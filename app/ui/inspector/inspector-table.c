/*
 * The inspector's panel for a table: its keys and settings.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/edit-target.h"
#include "app/session/rename.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"

static char *
get_name (const HrTargetPlace *place)
{
  return g_strdup (place->table->name);
}

static char *
get_description (const HrTargetPlace *place)
{
  return g_strdup (place->table->description);
}

static char *
get_key_name (const HrTargetPlace *place)
{
  return g_strdup (((HrAttribute *) place->definition)->name);
}

/* Of the types that a key may have; their words are in this order. */
static const HrType key_types[] = { HR_TYPE_S, HR_TYPE_N, HR_TYPE_B };

static guint
get_key_type (const HrTargetPlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (key_types); i++)
    if (key_types[i] == ((HrAttribute *) place->definition)->type)
      return i;
  return 0;
}

static gboolean
set_key_type (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return hr_session_retype (session, target, key_types[word], error);
}

#define UNITS_FIRST 5 /* as consoles offer them */

/* A change of one setting is a change of a copy of all. */
typedef void (*SettingsFunc) (HrSettings *settings, gint64 value, const char *text);

static gboolean
change_settings (HrSession *session, const HrTarget *target, SettingsFunc func, gint64 value, const char *text,
                 GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), target->table);
  HrTable *copy = table != NULL ? hr_table_copy (table) : NULL;
  gboolean done;

  if (copy == NULL)
    return TRUE; /* its field is about to go */
  func (&copy->settings, value, text);
  done = hr_document_set_settings (document, target->table, &copy->settings, error);
  hr_table_free (copy);
  return done;
}

static guint
get_billing (const HrTargetPlace *place)
{
  return place->table->settings.billing;
}

typedef struct
{
  const char *table;
  HrBillingMode mode;
} Billing;

static void
put_units (HrBillingMode mode, gint64 *units)
{
  *units = mode == HR_BILLING_PROVISIONED ? MAX (*units, UNITS_FIRST) : 0;
}

/* The table's global indexes are paid for as it is, each with units of its own. */
static gboolean
put_billing_cb (HrModel *model, gpointer user_data, GError **error)
{
  const Billing *billing = user_data;
  HrTable *table = (HrTable *) hr_model_find_table (model, billing->table);

  if (table == NULL)
    return TRUE; /* its field is about to go */
  table->settings.billing = billing->mode;
  put_units (billing->mode, &table->settings.read_units);
  put_units (billing->mode, &table->settings.write_units);
  for (guint i = 0; i < table->indexes->len; i++)
    {
      HrIndex *index = g_ptr_array_index (table->indexes, i);

      if (index->kind != HR_INDEX_GLOBAL)
        continue;
      put_units (billing->mode, &index->read_units);
      put_units (billing->mode, &index->write_units);
    }
  return TRUE;
}

static gboolean
set_billing (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  Billing billing = { target->table, (HrBillingMode) word };
  g_autofree char *name = g_strdup_printf (_("Change capacity of %s"), target->table);
  const HrEdit edit = { .name = name };

  return hr_session_edit_model (session, &edit, put_billing_cb, &billing, error);
}

static gint64
get_read_units (const HrTargetPlace *place)
{
  return place->table->settings.read_units;
}

static void
put_read_units (HrSettings *settings, gint64 value, const char *text)
{
  settings->read_units = value;
}

static gboolean
set_read_units (HrSession *session, const HrTarget *target, gint64 value, GError **error)
{
  return change_settings (session, target, put_read_units, value, NULL, error);
}

static gint64
get_write_units (const HrTargetPlace *place)
{
  return place->table->settings.write_units;
}

static void
put_write_units (HrSettings *settings, gint64 value, const char *text)
{
  settings->write_units = value;
}

static gboolean
set_write_units (HrSession *session, const HrTarget *target, gint64 value, GError **error)
{
  return change_settings (session, target, put_write_units, value, NULL, error);
}

static guint
get_stream (const HrTargetPlace *place)
{
  return place->table->settings.stream;
}

static void
put_stream (HrSettings *settings, gint64 value, const char *text)
{
  settings->stream = (HrStreamView) value;
}

static gboolean
set_stream (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return change_settings (session, target, put_stream, word, text, error);
}

static char *
get_ttl (const HrTargetPlace *place)
{
  return g_strdup (place->table->settings.ttl_attribute);
}

static void
put_ttl (HrSettings *settings, gint64 value, const char *text)
{
  g_free (settings->ttl_attribute);
  settings->ttl_attribute = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
set_ttl (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return change_settings (session, target, put_ttl, 0, text, error);
}

static gboolean
get_recovery (const HrTargetPlace *place)
{
  return place->table->settings.point_in_time_recovery;
}

static void
put_recovery (HrSettings *settings, gint64 value, const char *text)
{
  settings->point_in_time_recovery = value != 0;
}

static gboolean
set_recovery (HrSession *session, const HrTarget *target, gboolean value, GError **error)
{
  return change_settings (session, target, put_recovery, value, NULL, error);
}

static gboolean
get_protection (const HrTargetPlace *place)
{
  return place->table->settings.deletion_protection;
}

static void
put_protection (HrSettings *settings, gint64 value, const char *text)
{
  settings->deletion_protection = value != 0;
}

static gboolean
set_protection (HrSession *session, const HrTarget *target, gboolean value, GError **error)
{
  return change_settings (session, target, put_protection, value, NULL, error);
}

static guint
get_class (const HrTargetPlace *place)
{
  return place->table->settings.table_class;
}

static void
put_class (HrSettings *settings, gint64 value, const char *text)
{
  settings->table_class = (HrTableClass) value;
}

static gboolean
set_class (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return change_settings (session, target, put_class, word, text, error);
}

/* Words are in the order of their enumerations. */
static const char *const key_type_words[] = { N_("String"), N_("Number"), N_("Binary"), NULL };
static const char *const billing_words[] = { N_("On-demand"), N_("Provisioned"), NULL };
static const char *const stream_words[] = { N_("Off"),       N_("Keys only"),          N_("New image"),
                                            N_("Old image"), N_("New and old images"), NULL };
static const char *const class_words[] = { N_("Standard"), N_("Infrequent access"), NULL };

static const HrTextProperty table_name = {
  .title = N_("Name"), .get = get_name, .set = hr_session_rename, .is_code = TRUE,
  .describe = hr_session_describe_rename, .codes = "table-name table-duplicate",
};
static const HrTextProperty table_description = {
  .title = N_("Description"),
  .get = get_description,
  .set = hr_inspector_set_description,
  .typing = N_("Change the description of a table"),
};
static const HrTextProperty key_name = {
  .title = N_("Attribute"), .get = get_key_name, .set = hr_session_rename, .is_code = TRUE,
  .describe = hr_session_describe_rename, .codes = "key-name",
};
static const HrChoiceProperty key_type = {
  .title = N_("Type"), .words = key_type_words, .get = get_key_type, .set = set_key_type, .codes = "key-type"
};
static const HrChoiceProperty billing = {
  .title = N_("Capacity"), .words = billing_words, .get = get_billing, .set = set_billing, .codes = "capacity-unused"
};
static const HrNumberProperty read_units = {
  .title = N_("Read units"), .min = 1, .max = HR_UNITS_MAX, .get = get_read_units, .set = set_read_units
};
static const HrNumberProperty write_units = {
  .title = N_("Write units"), .min = 1, .max = HR_UNITS_MAX, .get = get_write_units, .set = set_write_units
};
static const HrChoiceProperty stream = {
  .title = N_("Stream"), .words = stream_words, .get = get_stream, .set = set_stream
};
static const HrTextProperty ttl = {
  .title = N_("Time to live: attribute"), .get = get_ttl, .set = set_ttl, .is_code = TRUE, .codes = "ttl-name"
};
static const HrSwitchProperty recovery = {
  .title = N_("Point-in-time recovery"), .get = get_recovery, .set = set_recovery
};
static const HrSwitchProperty protection = {
  .title = N_("Deletion protection"), .get = get_protection, .set = set_protection
};
static const HrChoiceProperty table_class = {
  .title = N_("Table class"), .words = class_words, .get = get_class, .set = set_class
};

void
hr_inspector_add_key_type (HrFields *fields, GtkWidget *group, const HrTarget *key)
{
  hr_fields_add_choice (fields, group, &key_type, key);
}

void
hr_inspector_add_key_fields (HrFields *fields, GtkWidget *panel, const char *title, const HrTable *table,
                             const HrIndex *index, const HrAttribute *key)
{
  const HrTarget target = { HR_TARGET_KEY, table->name, index != NULL ? index->name : NULL, key->name };
  GtkWidget *group = hr_inspector_add_group (panel, title);

  hr_fields_add_text (fields, group, &key_name, &target);
  hr_inspector_add_key_type (fields, group, &target);
}

/* A table without a sort key can be given one. */
static void
add_sort_key (HrFields *fields, GtkWidget *panel, const HrTable *table)
{
  const HrAttribute *key = hr_table_get_sort_key (table);
  const HrTarget target = HR_TARGET (TABLE, table->name, NULL, table->name);
  GtkWidget *button;

  if (key != NULL)
    {
      hr_inspector_add_key_fields (fields, panel, _("Sort key"), table, NULL, key);
      return;
    }
  button = gtk_button_new_with_label (_("Add a sort key"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-sort-key");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), hr_target_to_variant (&target));
  gtk_box_append (GTK_BOX (panel), button);
}

char *
hr_inspector_describe_table (const HrTable *table)
{
  const HrAttribute *sort_key = hr_table_get_sort_key (table);

  return g_strdup_printf ("%s/%s/%d", hr_table_get_partition_key (table)->name,
                          sort_key != NULL ? sort_key->name : "", table->settings.billing);
}

GtkWidget *
hr_inspector_new_table_panel (HrFields *fields, const HrTable *table)
{
  const HrTarget target = HR_TARGET (TABLE, table->name, NULL, table->name);
  GtkWidget *panel = hr_inspector_panel_new ();
  GtkWidget *group = hr_inspector_add_group (panel, NULL);

  hr_fields_add_text (fields, group, &table_name, &target);
  hr_fields_add_text (fields, group, &table_description, &target);
  hr_inspector_add_key_fields (fields, panel, _("Partition key"), table, NULL, hr_table_get_partition_key (table));
  add_sort_key (fields, panel, table);

  group = hr_inspector_add_group (panel, _("Settings"));
  hr_fields_add_choice (fields, group, &billing, &target);
  if (table->settings.billing == HR_BILLING_PROVISIONED)
    {
      hr_fields_add_number (fields, group, &read_units, &target);
      hr_fields_add_number (fields, group, &write_units, &target);
    }
  hr_fields_add_choice (fields, group, &stream, &target);
  hr_fields_add_text (fields, group, &ttl, &target);
  hr_fields_add_switch (fields, group, &recovery, &target);
  hr_fields_add_switch (fields, group, &protection, &target);
  hr_fields_add_choice (fields, group, &table_class, &target);
  return panel;
}
