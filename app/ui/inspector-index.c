/*
 * The inspector's panel for an index: its keys, its projection, and which entities enter it.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "app/ui/pieces.h"
#include "app/ui/pattern-facts.h"
#include "app/ui/rename.h"
#include "app/ui/swatch.h"
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

static const char *const kind_words[] = { N_("Global"), N_("Local"), NULL };
static const char *const projection_words[] = { N_("All attributes"), N_("Keys only"), N_("Some attributes"), NULL };

static const HrTextProperty index_name = {
  .title = N_("Name"), .get = get_name, .set = hr_session_rename, .is_code = TRUE,
  .describe = hr_session_describe_rename,
};
static const HrChoiceProperty index_kind = {
  .title = N_("Kind"), .words = kind_words, .get = get_kind, .set = set_kind
};
static const HrChoiceProperty projection = {
  .title = N_("Projection"), .words = projection_words, .get = get_projection, .set = set_projection
};
static const HrTextProperty included = {
  .title = N_("Attributes besides the keys"), .get = get_included, .set = set_included, .is_code = TRUE
};
static const HrTextProperty key_attribute = {
  .title = N_("Attribute"), .get = get_key_attribute, .set = set_key_attribute, .is_code = TRUE
};

#define KEYS_MAX 4 /* of one role in a global index */

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

      adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), hr_label_new (hr_type_describe (key->type), "dim-label"));
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

static void
add_entities (HrSession *session, GtkWidget *panel, const HrTable *table, const HrIndex *index)
{
  GtkWidget *group = hr_inspector_add_group (panel, _("Who enters"));

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

char *
hr_inspector_describe_index (const HrTable *table, const HrIndex *index)
{
  GString *text = g_string_new (NULL);
  const GPtrArray *const lists[] = { index->partition_key, index->sort_key };

  g_string_append_printf (text, "%d/%d/%u/", index->kind, index->projection, table->entities->len);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (guint j = 0; j < lists[i]->len; j++)
        g_string_append_printf (text, "%s ", ((HrAttribute *) g_ptr_array_index (lists[i], j))->name);
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
  add_keys (fields, panel, _("Partition key"), table, index, index->partition_key, FALSE);
  add_keys (fields, panel, _("Sort key"), table, index, index->sort_key, TRUE);
  if (table->entities->len > 0)
    add_entities (hr_fields_get_session (fields), panel, table, index);
  return panel;
}
