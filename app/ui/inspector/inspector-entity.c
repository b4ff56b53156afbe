/*
 * The inspector's panel for an entity: its name, how it makes its keys, and its attributes.
 */
#include "app/ui/inspector/inspector-private.h"

#include "app/session/edit-target.h"
#include "app/session/rename.h"
#include "app/session/words.h"
#include "app/ui/editing/drag.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"

/* Properties */

static char *
get_entity_name (const HrTargetPlace *place)
{
  return g_strdup (place->entity->name);
}

static char *
get_entity_description (const HrTargetPlace *place)
{
  return g_strdup (place->entity->description);
}

static char *
get_attribute_name (const HrTargetPlace *place)
{
  return g_strdup (((HrAttribute *) place->definition)->name);
}

static char *
get_attribute_description (const HrTargetPlace *place)
{
  return g_strdup (((HrAttribute *) place->definition)->description);
}

static guint
get_type (const HrTargetPlace *place)
{
  return ((HrAttribute *) place->definition)->type;
}

static gboolean
get_optional (const HrTargetPlace *place)
{
  return ((HrAttribute *) place->definition)->optional;
}

static gboolean
set_optional (HrSession *session, const HrTarget *target, gboolean value, GError **error)
{
  return hr_document_set_optional (hr_session_get_document (session), target, value, error);
}

static gboolean
set_type (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return hr_session_retype (session, target, (HrType) word, error);
}

/* In the order of HrType. */
static const char *const type_words[] = { N_("String"),     N_("Number"), N_("Binary"),     N_("Boolean"),
                                          N_("Null"),       N_("Map"),    N_("List"),       N_("String set"),
                                          N_("Number set"), N_("Binary set"), NULL };

static const HrTextProperty entity_name = {
  .title = N_("Name"), .get = get_entity_name, .set = hr_session_rename, .describe = hr_session_describe_rename,
  .codes = "entity-name entity-duplicate",
};
static const HrTextProperty entity_description = {
  .title = N_("Description"),
  .get = get_entity_description,
  .set = hr_inspector_set_description,
  .typing = N_("Change the description of an entity"),
};
static const HrTextProperty attribute_name = {
  .title = N_("Name"), .get = get_attribute_name, .set = hr_session_rename, .is_code = TRUE,
  .describe = hr_session_describe_rename, .codes = "key-part-unused",
};
static const HrTextProperty attribute_description = {
  .title = N_("Description"),
  .get = get_attribute_description,
  .set = hr_inspector_set_description,
  .typing = N_("Change the description of an attribute"),
};
static const HrChoiceProperty attribute_type = {
  .title = N_("Type"), .words = type_words, .get = get_type, .set = set_type,
  .codes = "attribute-type key-part-type variable-type",
};
static const HrSwitchProperty attribute_optional = {
  .title = N_("Optional"), .subtitle = N_("Not every item has it"), .get = get_optional, .set = set_optional,
  .codes = "variable-optional",
};

/* Attributes */

static void
refresh_attribute (GtkWidget *row, const HrTargetPlace *place)
{
  const HrAttribute *attribute = place->definition;
  GtkWidget *type = g_object_get_data (G_OBJECT (row), "type");
  GtkWidget *optional = g_object_get_data (G_OBJECT (row), "optional");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), attribute->name);
  gtk_label_set_text (GTK_LABEL (type), hr_type_describe (attribute->type));
  gtk_widget_set_visible (optional, attribute->optional);
}

static void
add_remove_row (GtkWidget *row, const HrTarget *target, const char *label)
{
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (label);
  GVariant *parameter = hr_target_to_variant (target);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remove-target");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), parameter);
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

static GMenuModel *
menu_cb (GtkWidget *row, gpointer session)
{
  g_autofree HrTarget *target = hr_target_from_variant (g_object_get_data (G_OBJECT (row), "hr-dragged"));

  return hr_drag_new_menu (session, target);
}

static GtkWidget *
new_attribute_row (HrFields *fields, const HrTarget *target, const HrAttribute *attribute)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *type = hr_label_new (hr_type_describe (attribute->type), "dim-label");
  GtkWidget *optional = hr_label_new (_("optional"), "hr-pill");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_set_valign (optional, GTK_ALIGN_CENTER);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), type);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), optional);
  gtk_widget_add_css_class (row, "hr-mono-title");
  g_object_set_data (G_OBJECT (row), "type", type);
  g_object_set_data (G_OBJECT (row), "optional", optional);
  hr_fields_add_custom (fields, row, target, refresh_attribute);
  hr_fields_add_text (fields, row, &attribute_name, target);
  hr_fields_add_choice (fields, row, &attribute_type, target);
  if (target->kind == HR_TARGET_ATTRIBUTE)
    hr_fields_add_switch (fields, row, &attribute_optional, target);
  hr_fields_add_text (fields, row, &attribute_description, target);
  add_remove_row (row, target, target->kind == HR_TARGET_ATTRIBUTE ? _("Remove attribute") : _("Remove key part"));
  hr_drag_make_movable (row, target);
  hr_menu_attach (row, menu_cb, hr_fields_get_session (fields));
  return row;
}

static void
add_variables (HrFields *fields, GtkWidget *panel, const char *title, HrTargetKind kind, const HrTable *table,
               const HrEntity *entity)
{
  const GPtrArray *variables = kind == HR_TARGET_ATTRIBUTE ? entity->attributes : entity->key_parts;
  const HrTarget owner = HR_TARGET (ENTITY, table->name, NULL, entity->name);
  GtkWidget *group = hr_inspector_add_group (panel, title);

  if (kind == HR_TARGET_ATTRIBUTE)
    hr_inspector_add_group_button (group, _("Add an attribute"), "win.add-attribute", &owner);
  else
    hr_inspector_add_group_button (group, _("Add a key part"), "win.add-key-part", &owner);
  for (guint i = 0; i < variables->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (variables, i);
      const HrTarget target = { kind, table->name, entity->name, attribute->name };

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_attribute_row (fields, &target, attribute));
    }
  if (variables->len == 0)
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (group),
        kind == HR_TARGET_ATTRIBUTE ? _("Nothing but keys yet.")
                                    : _("What a key is made of but is not stored on its own. A name in braces in a "
                                        "template that is no attribute becomes one."));
}

/* Keys */

static void
add_key (HrFields *fields, GtkWidget *panel, const char *title, const HrTable *table, const HrEntity *entity,
         const HrAttribute *key)
{
  const HrTarget target = { HR_TARGET_TEMPLATE, table->name, entity->name, key->name };

  hr_fields_add_template (fields, hr_inspector_add_group (panel, title), &target);
}

static void
add_key_cb (const HrAttribute *key, gpointer keys)
{
  g_ptr_array_add (keys, (gpointer) key);
}

/* The key attributes of all indexes that are not keys of the table, each once. */
static GPtrArray *
list_index_keys (const HrTable *table)
{
  GPtrArray *keys = g_ptr_array_new ();

  hr_table_foreach_key_attribute (table, add_key_cb, keys);
  for (guint i = keys->len; i-- > 0;)
    if (hr_table_is_key (table, ((HrAttribute *) g_ptr_array_index (keys, i))->name))
      g_ptr_array_remove_index (keys, i);
  return keys;
}

/* An index key that is an attribute of its own needs no template. */
static void
add_index_keys (HrFields *fields, GtkWidget *panel, const HrTable *table, const HrEntity *entity)
{
  g_autoptr (GPtrArray) keys = list_index_keys (table);
  GtkWidget *group = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      const HrAttribute *key = g_ptr_array_index (keys, i);
      const HrTarget target = { HR_TARGET_TEMPLATE, table->name, entity->name, key->name };

      if (hr_entity_find_variable (entity, key->name) != NULL && hr_entity_get_key (entity, key->name) == NULL)
        continue;
      if (group == NULL)
        group = hr_inspector_add_group (panel, _("Keys of indexes"));
      hr_fields_add_template (fields, group, &target);
    }
}

static void
describe_names (GString *text, const GPtrArray *attributes)
{
  for (guint i = 0; i < attributes->len; i++)
    g_string_append_printf (text, "%s ", ((HrAttribute *) g_ptr_array_index (attributes, i))->name);
  g_string_append_c (text, '/');
}

char *
hr_inspector_describe_entity (const HrTable *table, const HrEntity *entity)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) index_keys = list_index_keys (table);

  describe_names (text, table->partition_key);
  describe_names (text, table->sort_key);
  describe_names (text, index_keys);
  describe_names (text, entity->attributes);
  describe_names (text, entity->key_parts);
  return g_string_free (text, FALSE);
}

/* The colour goes with the place among the entities. */
static void
refresh_swatch (GtkWidget *row, const HrTargetPlace *place)
{
  hr_swatch_set_entity (g_object_get_data (G_OBJECT (row), "swatch"), place->position);
}

static void
add_swatch (HrFields *fields, GtkWidget *group, const HrTarget *target, guint number)
{
  GtkWidget *row = hr_inspector_add_row (group, _("Colour and shape"), NULL);
  GtkWidget *swatch = hr_swatch_new (number, 14);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), swatch);
  g_object_set_data (G_OBJECT (row), "swatch", swatch);
  hr_fields_add_custom (fields, row, target, refresh_swatch);
}

GtkWidget *
hr_inspector_new_entity_panel (HrFields *fields, const HrTable *table, const HrEntity *entity)
{
  const HrTarget target = HR_TARGET (ENTITY, table->name, NULL, entity->name);
  guint number = hr_table_get_entity_number (table, entity);
  GtkWidget *panel = hr_inspector_panel_new ();
  GtkWidget *group = hr_inspector_add_group (panel, NULL);
  const HrAttribute *sort_key = hr_table_get_sort_key (table);

  hr_fields_add_text (fields, group, &entity_name, &target);
  add_swatch (fields, group, &target, number);
  hr_fields_add_text (fields, group, &entity_description, &target);
  add_key (fields, panel, _("Partition key"), table, entity, hr_table_get_partition_key (table));
  if (sort_key != NULL)
    add_key (fields, panel, _("Sort key"), table, entity, sort_key);
  add_index_keys (fields, panel, table, entity);
  add_variables (fields, panel, _("Attributes"), HR_TARGET_ATTRIBUTE, table, entity);
  add_variables (fields, panel, _("Only in keys"), HR_TARGET_KEY_PART, table, entity);
  return panel;
}
