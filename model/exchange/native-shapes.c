/*
 * The project file, object by object: which members there are, of what kind, and in what order.
 *
 * This is the format. A new member is a row here (and in resources/hashrange-1.schema.json); reading,
 * writing, unknown and repeated members need no other line.
 */
#include "model/exchange/native-format.h"

#define N(rows) (rows), G_N_ELEMENTS (rows)
#define OF(Type, member) G_STRUCT_OFFSET (Type, member)

static const char *
index_kind_get_name (guint kind)
{
  return kind == HR_INDEX_LOCAL ? "local" : "global";
}

static const char *
stream_view_get_name (guint view)
{
  return hr_stream_view_get_name ((HrStreamView) view);
}

static const char *
table_class_get_name (guint table_class)
{
  return hr_table_class_get_name ((HrTableClass) table_class);
}

static const char *
billing_mode_get_name (guint mode)
{
  return hr_billing_mode_get_name ((HrBillingMode) mode);
}

static const HrNativeChoice index_kinds = { HR_INDEX_LOCAL + 1, index_kind_get_name };
static const HrNativeChoice stream_views = { HR_STREAM_NEW_AND_OLD_IMAGES + 1, stream_view_get_name };
static const HrNativeChoice table_classes = { HR_CLASS_INFREQUENT_ACCESS + 1, table_class_get_name };
static const HrNativeChoice billing_modes = { HR_BILLING_PROVISIONED + 1, billing_mode_get_name };

static gpointer
create_attribute (void)
{
  return hr_attribute_new ("", HR_TYPE_S);
}

static gpointer
create_entity (void)
{
  return hr_entity_new ("");
}

static gpointer
create_index (void)
{
  return hr_index_new ("", HR_INDEX_GLOBAL);
}

static gpointer
create_pattern (void)
{
  return hr_pattern_new ("", "");
}

static gpointer
create_parameter (void)
{
  return hr_parameter_new ("", HR_TYPE_S, NULL);
}

static gpointer
create_step (void)
{
  return hr_step_new ("", "");
}

static gpointer
create_expectation (void)
{
  return hr_expectation_new ();
}

static const HrNativeField attribute_fields[] = {
  { "name", &hr_native_text, OF (HrAttribute, name), NULL, HR_NATIVE_ALWAYS, 0 },
  { "type", &hr_native_type, OF (HrAttribute, type), NULL, HR_NATIVE_ALWAYS, 0 },
  { "optional", &hr_native_flag, OF (HrAttribute, optional), NULL, 0, 0 },
  { "description", &hr_native_optional_text, OF (HrAttribute, description), NULL, 0, 0 },
};

static const HrNativeShape attribute_shape = {
  N (attribute_fields), TRUE, OF (HrAttribute, extras), create_attribute, "name", OF (HrAttribute, place),
};

static const HrNativeField settings_fields[] = {
  { "billing", &hr_native_choice, OF (HrSettings, billing), &billing_modes, HR_NATIVE_ALWAYS, 0 },
  { "read_units", &hr_native_integer, OF (HrSettings, read_units), NULL, 0, 0 },
  { "write_units", &hr_native_integer, OF (HrSettings, write_units), NULL, 0, 0 },
  { "on_demand_read_limit", &hr_native_integer, OF (HrSettings, on_demand_limit.read), NULL, 0, 0 },
  { "on_demand_write_limit", &hr_native_integer, OF (HrSettings, on_demand_limit.write), NULL, 0, 0 },
  { "warm_read_units", &hr_native_integer, OF (HrSettings, warm.read), NULL, 0, 0 },
  { "warm_write_units", &hr_native_integer, OF (HrSettings, warm.write), NULL, 0, 0 },
  { "stream", &hr_native_choice, OF (HrSettings, stream), &stream_views, 0, 0 },
  { "ttl", &hr_native_optional_text, OF (HrSettings, ttl_attribute), NULL, 0, 0 },
  { "point_in_time_recovery", &hr_native_flag, OF (HrSettings, point_in_time_recovery), NULL, 0, 0 },
  { "deletion_protection", &hr_native_flag, OF (HrSettings, deletion_protection), NULL, 0, 0 },
  { "encryption", &hr_native_encryption, 0, NULL, 0, 0 },
  { "table_class", &hr_native_choice, OF (HrSettings, table_class), &table_classes, 0, 0 },
  { "tags", &hr_native_tags, 0, NULL, 0, 0 },
};

static const HrNativeShape settings_shape = {
  N (settings_fields), FALSE, OF (HrSettings, extras), NULL, NULL, -1,
};

static const HrNativeField index_fields[] = {
  { "name", &hr_native_text, OF (HrIndex, name), NULL, HR_NATIVE_ALWAYS, 0 },
  { "kind", &hr_native_choice, OF (HrIndex, kind), &index_kinds, HR_NATIVE_ALWAYS, 0 },
  { "partition_key", &hr_native_list, OF (HrIndex, partition_key), &attribute_shape,
    HR_NATIVE_ALWAYS | HR_NATIVE_ONE_LINE, 0 },
  { "sort_key", &hr_native_list, OF (HrIndex, sort_key), &attribute_shape, HR_NATIVE_ONE_LINE, 0 },
  { "projection", &hr_native_projection, 0, NULL, HR_NATIVE_ALWAYS, 0 },
  { "read_units", &hr_native_integer, OF (HrIndex, read_units), NULL, 0, 0 },
  { "write_units", &hr_native_integer, OF (HrIndex, write_units), NULL, 0, 0 },
  { "on_demand_read_limit", &hr_native_integer, OF (HrIndex, on_demand_limit.read), NULL, 0, 0 },
  { "on_demand_write_limit", &hr_native_integer, OF (HrIndex, on_demand_limit.write), NULL, 0, 0 },
  { "warm_read_units", &hr_native_integer, OF (HrIndex, warm.read), NULL, 0, 0 },
  { "warm_write_units", &hr_native_integer, OF (HrIndex, warm.write), NULL, 0, 0 },
};

const HrNativeShape hr_native_shape_index = {
  N (index_fields), FALSE, OF (HrIndex, extras), create_index, "name", OF (HrIndex, place),
};

static const HrNativeField entity_fields[] = {
  { "name", &hr_native_text, OF (HrEntity, name), NULL, HR_NATIVE_ALWAYS, 0 },
  { "description", &hr_native_optional_text, OF (HrEntity, description), NULL, 0, 0 },
  { "keys", &hr_native_templates, 0, NULL, 0, 0 },
  { "key_parts", &hr_native_list, OF (HrEntity, key_parts), &attribute_shape, 0, 0 },
  { "attributes", &hr_native_list, OF (HrEntity, attributes), &attribute_shape, 0, 0 },
};

const HrNativeShape hr_native_shape_entity = {
  N (entity_fields), FALSE, OF (HrEntity, extras), create_entity, "name", OF (HrEntity, place),
};

static const HrNativeField table_fields[] = {
  { "name", &hr_native_text, OF (HrTable, name), NULL, HR_NATIVE_ALWAYS, 0 },
  { "description", &hr_native_optional_text, OF (HrTable, description), NULL, 0, 0 },
  { "partition_key", &hr_native_list, OF (HrTable, partition_key), &attribute_shape,
    HR_NATIVE_ALWAYS | HR_NATIVE_ONE_LINE, 0 },
  { "sort_key", &hr_native_list, OF (HrTable, sort_key), &attribute_shape, HR_NATIVE_ONE_LINE, 0 },
  { "settings", &hr_native_object, OF (HrTable, settings), &settings_shape, HR_NATIVE_ALWAYS, 0 },
  { "indexes", &hr_native_list, OF (HrTable, indexes), &hr_native_shape_index, 0, 0 },
  { "entities", &hr_native_list, OF (HrTable, entities), &hr_native_shape_entity, 0, 0 },
  { "items", &hr_native_items, 0, NULL, 0, 0 },
};

const HrNativeShape hr_native_shape_table = {
  N (table_fields), FALSE, OF (HrTable, extras), NULL, "name", OF (HrTable, place),
};

static const HrNativeField expectation_fields[] = {
  { "count", &hr_native_count, OF (HrExpectation, count), NULL, 0, OF (HrExpectation, has_count) },
  { "scanned", &hr_native_count, OF (HrExpectation, scanned), NULL, 0, OF (HrExpectation, has_scanned) },
  { "keys", &hr_native_keys, OF (HrExpectation, keys), NULL, 0, 0 },
  { "read_units", &hr_native_units, OF (HrExpectation, read_units), NULL, 0,
    OF (HrExpectation, has_read_units) },
  { "write_units", &hr_native_units, OF (HrExpectation, write_units), NULL, 0,
    OF (HrExpectation, has_write_units) },
  { "error", &hr_native_optional_text, OF (HrExpectation, error), NULL, 0, 0 },
};

static const HrNativeShape expectation_shape = {
  N (expectation_fields), FALSE, OF (HrExpectation, extras),
  create_expectation,     NULL,  OF (HrExpectation, place),
};

static const HrNativeField step_fields[] = {
  { "name", &hr_native_text, OF (HrStep, name), NULL, HR_NATIVE_ALWAYS, 0 },
  { "operation", &hr_native_text, OF (HrStep, operation), NULL, HR_NATIVE_ALWAYS, 0 },
  { "pages", &hr_native_pages, 0, NULL, 0, 0 },
  { "for_each", &hr_native_optional_text, OF (HrStep, for_each), NULL, 0, 0 },
  { "request", &hr_native_request, 0, NULL, HR_NATIVE_ALWAYS, 0 },
  { "expect", &hr_native_optional_object, OF (HrStep, expect), &expectation_shape, 0, 0 },
};

static const HrNativeShape step_shape = {
  N (step_fields), FALSE, OF (HrStep, extras), create_step, "name", OF (HrStep, place),
};

static const HrNativeField parameter_fields[] = {
  { "name", &hr_native_text, OF (HrParameter, name), NULL, HR_NATIVE_ALWAYS, 0 },
  { "type", &hr_native_type, OF (HrParameter, type), NULL, HR_NATIVE_ALWAYS, 0 },
  { "example", &hr_native_optional_text, OF (HrParameter, example), NULL, 0, 0 },
  { "description", &hr_native_optional_text, OF (HrParameter, description), NULL, 0, 0 },
};

static const HrNativeShape parameter_shape = {
  N (parameter_fields), TRUE, OF (HrParameter, extras), create_parameter, "name", OF (HrParameter, place),
};

static const HrNativeField rate_fields[] = {
  { "average", &hr_native_rate, OF (HrPattern, rate_average), NULL, HR_NATIVE_ALWAYS, 0 },
  { "peak", &hr_native_rate, OF (HrPattern, rate_peak), NULL, HR_NATIVE_ALWAYS, 0 },
};

static const HrNativeShape rate_shape = {
  N (rate_fields), TRUE, OF (HrPattern, rate_extras), NULL, NULL, -1,
};

static const HrNativeField pattern_fields[] = {
  { "id", &hr_native_text, OF (HrPattern, id), NULL, HR_NATIVE_ALWAYS, 0 },
  { "name", &hr_native_text, OF (HrPattern, name), NULL, 0, 0 },
  { "question", &hr_native_optional_text, OF (HrPattern, question), NULL, 0, 0 },
  { "description", &hr_native_optional_text, OF (HrPattern, description), NULL, 0, 0 },
  { "parameters", &hr_native_list, OF (HrPattern, parameters), &parameter_shape, 0, 0 },
  { "steps", &hr_native_list, OF (HrPattern, steps), &step_shape, HR_NATIVE_ALWAYS, 0 },
  { "expect", &hr_native_optional_object, OF (HrPattern, expect), &expectation_shape, 0, 0 },
  { "rate", &hr_native_flagged_object, 0, &rate_shape, 0, OF (HrPattern, has_rate) },
};

const HrNativeShape hr_native_shape_pattern = {
  N (pattern_fields), FALSE, OF (HrPattern, extras), create_pattern, "id", OF (HrPattern, place),
};

static const HrNativeField model_fields[] = {
  { "hashrange", &hr_native_version, 0, NULL, HR_NATIVE_ALWAYS, 0 },
  { "name", &hr_native_text, OF (HrModel, name), NULL, HR_NATIVE_ALWAYS, 0 },
  { "description", &hr_native_optional_text, OF (HrModel, description), NULL, 0, 0 },
  { "tables", &hr_native_tables, OF (HrModel, tables), &hr_native_shape_table, HR_NATIVE_ALWAYS, 0 },
  { "patterns", &hr_native_list, OF (HrModel, patterns), &hr_native_shape_pattern, 0, 0 },
  { "scenarios", &hr_native_json_array, OF (HrModel, scenarios), NULL, 0, 0 },
  { "lessons", &hr_native_json_array, OF (HrModel, lessons), NULL, 0, 0 },
};

const HrNativeShape hr_native_shape_model = {
  N (model_fields), FALSE, OF (HrModel, extras), NULL, NULL, -1,
};
