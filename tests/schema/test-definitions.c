/*
 * Definitions: copies are whole and independent, names are found, extras are kept.
 */
#include "model/schema/model.h"

#include <string.h>

static HrExtras *
extras_with (HrExtras *extras, const char *name, const char *json)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError error;
  const HrJson *value = hr_json_parse (arena, json, strlen (json), 16, &error);

  g_assert_nonnull (value);
  return hr_extras_add (extras, name, strlen (name), value);
}

static HrPattern *
create_pattern (void)
{
  HrPattern *pattern = hr_pattern_new ("A", "Show");
  HrStep *step = hr_step_new ("messages", "Query");

  g_ptr_array_add (pattern->parameters, hr_parameter_new ("year", HR_TYPE_S, "2026"));
  step->expect = hr_expectation_new ();
  step->expect->keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (step->expect->keys, g_strdup ("{}"));
  step->string_places = g_new0 (HrRange, 3);
  step->n_string_places = 3;
  step->extras = extras_with (NULL, "note", "[1]");
  g_ptr_array_add (pattern->steps, step);
  pattern->rate_extras = extras_with (NULL, "burst", "9");
  return pattern;
}

static HrModel *
create_model (void)
{
  HrModel *model = hr_model_new ("Chat");
  HrTable *table = hr_table_new ("chat");
  HrIndex *index = hr_index_new ("by-time", HR_INDEX_LOCAL);
  HrEntity *entity = hr_entity_new ("Message");

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_N));
  g_ptr_array_add (index->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (index->sort_key, hr_attribute_new ("at", HR_TYPE_N));
  g_ptr_array_add (index->included, g_strdup ("text"));
  g_ptr_array_add (table->indexes, index);
  g_ptr_array_add (entity->keys, hr_entity_key_new ("pk", hr_key_template_parse ("M#{id}", NULL, NULL)));
  g_ptr_array_add (entity->key_parts, hr_attribute_new ("id", HR_TYPE_S));
  g_ptr_array_add (entity->attributes, hr_attribute_new ("text", HR_TYPE_S));
  g_ptr_array_add (table->entities, entity);
  hr_settings_add_tag (&table->settings, "team", "chat");
  table->settings.ttl_attribute = g_strdup ("expires");
  table->extras = extras_with (NULL, "colour", "\"red\"");
  g_ptr_array_add (model->tables, table);
  g_ptr_array_add (model->patterns, create_pattern ());
  model->lessons = g_strdup ("[]");
  return model;
}

static void
test_copy (void)
{
  g_autoptr (HrModel) model = create_model ();
  HrModel *copy = hr_model_copy (model);
  const HrTable *table;
  const HrPattern *pattern;
  const HrStep *step;

  hr_model_unref (g_steal_pointer (&model));
  table = hr_model_find_table (copy, "chat");
  g_assert_nonnull (table);
  g_assert_cmpstr (table->settings.ttl_attribute, ==, "expires");
  g_assert_cmpstr (((HrTag *) table->settings.tags->pdata[0])->value, ==, "chat");
  g_assert_nonnull (hr_table_find_index (table, "by-time"));
  g_assert_nonnull (hr_entity_get_key (hr_table_find_entity (table, "Message"), "pk"));
  g_assert_nonnull (hr_entity_find_variable (hr_table_find_entity (table, "Message"), "id"));
  g_assert_nonnull (hr_entity_find_variable (hr_table_find_entity (table, "Message"), "text"));
  g_assert_null (hr_entity_find_variable (hr_table_find_entity (table, "Message"), "nothing"));
  pattern = hr_model_find_pattern (copy, "A");
  step = pattern->steps->pdata[0];
  g_assert_cmpuint (step->n_string_places, ==, 3);
  g_assert_cmpstr (step->expect->keys->pdata[0], ==, "{}");
  g_assert_cmpstr (hr_extras_find (pattern->rate_extras, "burst")->json, ==, "9");
  g_assert_null (hr_model_find_table (copy, "other"));
  g_assert_null (hr_model_find_pattern (copy, "Z"));
  hr_model_unref (copy);
}

static void
collect_name_cb (const HrAttribute *attribute, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", attribute->name);
}

static void
test_key_attributes (void)
{
  g_autoptr (HrModel) model = create_model ();
  const HrTable *table = model->tables->pdata[0];
  g_autoptr (GString) names = g_string_new (NULL);

  hr_table_foreach_key_attribute (table, collect_name_cb, names);
  g_assert_cmpstr (names->str, ==, "pk sk at ");
  g_assert_cmpint (hr_table_find_key_attribute (table, "at")->type, ==, HR_TYPE_N);
  g_assert_null (hr_table_find_key_attribute (table, "text"));
  g_assert_true (hr_table_is_key (table, hr_table_get_partition_key (table)->name));
  g_assert_false (hr_table_is_key (table, "text"));
  g_assert_cmpstr (hr_table_get_partition_key (table)->name, ==, "pk");
  g_assert_cmpstr (hr_table_get_sort_key (table)->name, ==, "sk");
}

static void
test_extras (void)
{
  HrExtras *a = extras_with (extras_with (NULL, "x", "{ \"a\" : [ 1.50 ] }"), "y", "null");
  HrExtras *b = hr_extras_copy (a);

  g_assert_cmpstr (hr_extras_find (a, "x")->json, ==, "{\"a\":[1.50]}");
  g_assert_null (hr_extras_find (a, "z"));
  g_assert_null (hr_extras_find (NULL, "z"));
  g_assert_true (hr_extras_equal (a, b));
  b = extras_with (b, "x", "2");
  g_assert_false (hr_extras_equal (a, b));
  g_assert_cmpstr (hr_extras_find (b, "x")->json, ==, "2");
  g_assert_true (hr_extras_equal (NULL, NULL));
  g_assert_false (hr_extras_equal (NULL, b));
  g_assert_null (hr_extras_copy (NULL));
  hr_extras_free (a);
  hr_extras_free (b);
  hr_extras_free (NULL);
}

static void
test_names (void)
{
  HrStreamView view;
  HrTableClass table_class;
  HrBillingMode billing;

  g_assert_true (hr_stream_view_from_name ("NEW_AND_OLD_IMAGES", &view));
  g_assert_cmpstr (hr_stream_view_get_name (view), ==, "NEW_AND_OLD_IMAGES");
  g_assert_null (hr_stream_view_get_name (HR_STREAM_NONE));
  g_assert_false (hr_stream_view_from_name ("new_image", &view));
  g_assert_false (hr_stream_view_from_name (NULL, &view));
  g_assert_true (hr_table_class_from_name ("STANDARD_INFREQUENT_ACCESS", &table_class));
  g_assert_cmpint (table_class, ==, HR_CLASS_INFREQUENT_ACCESS);
  g_assert_true (hr_billing_mode_from_name ("PROVISIONED", &billing));
  g_assert_cmpstr (hr_billing_mode_get_name (billing), ==, "PROVISIONED");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/definitions/copy", test_copy);
  g_test_add_func ("/schema/definitions/key-attributes", test_key_attributes);
  g_test_add_func ("/schema/definitions/extras", test_extras);
  g_test_add_func ("/schema/definitions/names", test_names);
  return g_test_run ();
}
