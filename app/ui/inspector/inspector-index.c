/*
 * The inspector's panel for an index: its keys, its projection, and which entities enter it.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/index-words.h"
#include "app/session/rename.h"
#include "app/session/words.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"

static char *
get_name (const HrTargetPlace *place)
{
  return g_strdup (place->index->name);
}

static guint
get_kind (const HrTargetPlace *place)
{
  return place->index->kind;
}

static gboolean
set_kind (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return hr_document_set_index_kind (hr_session_get_document (session), target->table, target->name,
                                     (HrIndexKind) word, error);
}

static guint
get_projection (const HrTargetPlace *place)
{
  return place->index->projection;
}

static gboolean
set_projection (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  HrDocument *document = hr_session_get_document (session);

  return hr_document_set_projection (document, target->table, target->name, (HrProjectionType) word, NULL, error);
}

/* The attributes of a projection are written as people list them. */
static char *
get_included (const HrTargetPlace *place)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < place->index->included->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) g_ptr_array_index (place->index->included, i));
  return g_string_free (text, FALSE);
}

static gboolean
set_included (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (names, words[i]);
  g_ptr_array_add (names, NULL);
  return hr_document_set_projection (hr_session_get_document (session), target->table, target->name,
                                     HR_PROJECT_INCLUDE, (const char *const *) names->pdata, error);
}

/* A key of an index is chosen among what items have. */
static char *
get_key_attribute (const HrTargetPlace *place)
{
  return g_strdup (((HrAttribute *) place->definition)->name);
}

static gboolean
set_key_attribute (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return hr_document_set_index_key (hr_session_get_document (session), target, text, error);
}

static gint64
get_read_units (const HrTargetPlace *place)
{
  return place->index->read_units;
}

static gint64
get_write_units (const HrTargetPlace *place)
{
  return place->index->write_units;
}

static const HrIndex *
find_index (HrSession *session, const HrTarget *target)
{
  const HrTable *table = hr_model_find_table (hr_document_get_model (hr_session_get_document (session)), target->table);

  return table != NULL ? hr_table_find_index (table, target->name) : NULL;
}

static gboolean
set_read_units (HrSession *session, const HrTarget *target, gint64 value, GError **error)
{
  const HrIndex *index = find_index (session, target);

  return index == NULL || hr_document_set_index_units (hr_session_get_document (session), target->table, target->name,
                                                       value, index->write_units, error);
}

static gboolean
set_write_units (HrSession *session, const HrTarget *target, gint64 value, GError **error)
{
  const HrIndex *index = find_index (session, target);

  return index == NULL || hr_document_set_index_units (hr_session_get_document (session), target->table, target->name,
                                                       index->read_units, value, error);
}

static const char *const kind_words[] = { N_("Global"), N_("Local"), NULL };
static const char *const projection_words[] = { N_("All attributes"), N_("Keys only"), N_("Some attributes"), NULL };

static const HrTextProperty index_name = {
  .title = N_("Name"), .get = get_name, .set = hr_session_rename, .is_code = TRUE,
  .describe = hr_session_describe_rename, .codes = "index-name index-duplicate",
};
static const HrChoiceProperty index_kind = {
  .title = N_("Kind"), .words = kind_words, .get = get_kind, .set = set_kind,
  .codes = "index-local index-key-missing index-key-count index-key-duplicate",
};
static const HrChoiceProperty projection = {
  .title = N_("Projection"), .words = projection_words, .get = get_projection, .set = set_projection,
  .codes = "projection-empty"
};
static const HrTextProperty included = {
  .title = N_("Attributes besides the keys"), .get = get_included, .set = set_included, .is_code = TRUE,
  .codes = "projection-count projection-name projection-duplicate",
};
static const HrNumberProperty read_units = {
  .title = N_("Read units"), .min = 1, .max = HR_UNITS_MAX, .get = get_read_units, .set = set_read_units
};
static const HrNumberProperty write_units = {
  .title = N_("Write units"), .min = 1, .max = HR_UNITS_MAX, .get = get_write_units, .set = set_write_units,
  .codes = "index-capacity",
};
static const HrTextProperty key_attribute = {
  .title = N_("Attribute"), .get = get_key_attribute, .set = set_key_attribute, .is_code = TRUE
};

#define KEYS_MAX 4 /* of one role in a global index */

/* Then its type is the one that it has there. */
static gboolean
is_declared (const HrTable *table, const char *name)
{
  if (hr_table_is_key (table, name))
    return TRUE;
  for (guint i = 0; i < table->entities->len; i++)
    if (hr_attributes_find (((HrEntity *) g_ptr_array_index (table->entities, i))->attributes, name) != NULL)
      return TRUE;
  return FALSE;
}

static void
add_keys (HrFields *fields, GtkWidget *panel, const char *title, const HrTable *table,
          const HrIndex *index, const GPtrArray *keys, gboolean is_sort)
{
  const HrTarget owner = HR_TARGET (INDEX, table->name, NULL, index->name);
  GtkWidget *group = hr_inspector_add_group (panel, title);
  guint max = index->kind == HR_INDEX_GLOBAL ? KEYS_MAX : is_sort ? 1 : 0;

  for (guint i = 0; i < keys->len; i++)
    {
      const HrAttribute *key = g_ptr_array_index (keys, i);
      const HrTarget target = { HR_TARGET_KEY, table->name, index->name, key->name };
      GtkWidget *row = hr_fields_add_text (fields, group, &key_attribute, &target);

      if (is_declared (table, key->name))
        adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), hr_label_new (hr_type_describe (key->type), "dim-label"));
      else
        hr_inspector_add_key_type (fields, group, &target);
      if (is_sort || keys->len > 1)
        adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), hr_inspector_new_remove_button (&target));
    }
  if (keys->len >= max)
    return;
  if (is_sort)
    hr_inspector_add_group_button (group, _("Add a sort key attribute"), "win.add-sort-key", &owner);
  else
    hr_inspector_add_group_button (group, _("Add a partition key attribute"), "win.add-partition-key", &owner);
}

/* Entries: who enters, counted again when items change. */
typedef struct
{
  HrSession *session;
  char *table;
  char *index;
  GPtrArray *rows;   /* AdwActionRow of each entity, then of items that fit none */
} Entries;

static void
entries_free (gpointer data)
{
  Entries *self = data;

  g_free (self->table);
  g_free (self->index);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gboolean
has_loose_items (HrSession *session, const HrTable *table)
{
  const HrOutlineTotals *totals = hr_session_get_table_totals (session, table->name);

  return totals != NULL && totals->rows_of_entity[HR_ENTITY_NONE] > 0;
}

static void
show_entry (Entries *self, const HrTable *table, const HrIndex *index, guint number)
{
  GtkWidget *row = g_ptr_array_index (self->rows, number);
  g_autofree char *words = hr_session_describe_entry (self->session, table, index, number, HR_WORDS_SENTENCE);
  g_autofree char *markup = hr_words_to_markup (words);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  if (number == table->entities->len)
    gtk_widget_set_visible (row, has_loose_items (self->session, table));
}

static void
update_entries (GtkWidget *group)
{
  Entries *self = g_object_get_data (G_OBJECT (group), "hr-entries");
  HrDocument *document = hr_session_get_document (self->session);
  const HrTable *table =
      document != NULL ? hr_model_find_table (hr_document_get_model (document), self->table) : NULL;
  const HrIndex *index = table != NULL ? hr_table_find_index (table, self->index) : NULL;
  g_autofree char *total = NULL;

  /* a panel about something else, or of another shape, is on its way */
  if (index == NULL || table->entities->len + 1 != self->rows->len || hr_session_is_busy (self->session))
    return;
  total = hr_session_describe_entries (self->session, table, index);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), total);
  for (guint i = 0; i < self->rows->len; i++)
    show_entry (self, table, index, i);
}

static void
add_entities (HrSession *session, GtkWidget *panel, const HrTable *table, const HrIndex *index)
{
  GtkWidget *group = hr_inspector_add_group (panel, _("Who enters"));
  Entries *self = g_new0 (Entries, 1);

  self->session = session;
  self->table = g_strdup (table->name);
  self->index = g_strdup (index->name);
  self->rows = g_ptr_array_new ();
  for (guint i = 0; i <= table->entities->len; i++)
    {
      const HrEntity *entity = i < table->entities->len ? g_ptr_array_index (table->entities, i) : NULL;
      const char *name = entity != NULL ? entity->name : _("Other items");
      g_autofree char *title = g_markup_escape_text (name, -1);
      GtkWidget *row = hr_inspector_add_row (group, title, NULL);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), TRUE);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), hr_swatch_new (entity != NULL ? i : HR_ENTITY_NONE, 12));
      g_ptr_array_add (self->rows, row);
    }
  g_object_set_data_full (G_OBJECT (group), "hr-entries", self, entries_free);
  g_signal_connect_object (session, "outline-changed", G_CALLBACK (update_entries), group, G_CONNECT_SWAPPED);
  update_entries (group);
}

char *
hr_inspector_describe_index (const HrTable *table, const HrIndex *index)
{
  GString *text = g_string_new (NULL);
  const GPtrArray *const lists[] = { index->partition_key, index->sort_key };

  g_string_append_printf (text, "%d/%d/%d/%u/", index->kind, index->projection, table->settings.billing,
                          table->entities->len);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (guint j = 0; j < lists[i]->len; j++)
        {
          const HrAttribute *key = g_ptr_array_index (lists[i], j);

          g_string_append_printf (text, "%s:%s ", key->name,
                                  is_declared (table, key->name) ? hr_type_get_name (key->type) : "");
        }
      g_string_append_c (text, '/');
    }
  return g_string_free (text, FALSE);
}

GtkWidget *
hr_inspector_new_index_panel (HrFields *fields, const HrTable *table, const HrIndex *index)
{
  const HrTarget target = HR_TARGET (INDEX, table->name, NULL, index->name);
  GtkWidget *panel = hr_inspector_panel_new ();
  GtkWidget *group = hr_inspector_add_group (panel, NULL);

  hr_fields_add_text (fields, group, &index_name, &target);
  hr_fields_add_choice (fields, group, &index_kind, &target);
  hr_fields_add_choice (fields, group, &projection, &target);
  if (index->projection == HR_PROJECT_INCLUDE)
    hr_fields_add_text (fields, group, &included, &target);
  if (table->settings.billing == HR_BILLING_PROVISIONED && index->kind == HR_INDEX_GLOBAL)
    {
      hr_fields_add_number (fields, group, &read_units, &target);
      hr_fields_add_number (fields, group, &write_units, &target);
    }
  add_keys (fields, panel, _("Partition key"), table, index, index->partition_key, FALSE);
  add_keys (fields, panel, _("Sort key"), table, index, index->sort_key, TRUE);
  add_entities (hr_fields_get_session (fields), panel, table, index);
  return panel;
}
