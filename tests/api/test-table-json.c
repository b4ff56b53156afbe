/*
 * Definitions to the service's JSON and back.
 */
#include "model/api/api.h"

#include <string.h>

static HrTable *
from_request (const char *text, HrArena *arena)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error;
  const HrJson *json = hr_json_parse (arena, text, strlen (text), 256, &json_error);
  HrTable *table;

  g_assert_nonnull (json);
  table = hr_table_from_create_request (json, HR_VALIDATION_NEW, arena, &error);
  g_assert_cmpstr (error.message, ==, NULL);
  g_assert_nonnull (table);
  return table;
}

static char *
to_request (const HrTable *table)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_table_to_create_request (table, &out);
  return hr_buffer_steal (&out, NULL);
}

static const char small[] = "{\n"
                            "  \"TableName\": \"small\",\n"
                            "  \"AttributeDefinitions\": [\n"
                            "    {\"AttributeName\": \"pk\", \"AttributeType\": \"S\"}\n"
                            "  ],\n"
                            "  \"KeySchema\": [\n"
                            "    {\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"}\n"
                            "  ],\n"
                            "  \"BillingMode\": \"PAY_PER_REQUEST\"\n"
                            "}";

static void
test_print (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrTable) table = from_request (small, arena);
  g_autofree char *text = to_request (table);

  g_assert_cmpstr (text, ==, small);
}

/* Members in another order than ours, everything that can be set. */
static const char full[]
    = "{\"Tags\":[{\"Key\":\"team\",\"Value\":\"blue\"},{\"Key\":\"k\",\"Value\":\"\"}],"
      "\"DeletionProtectionEnabled\":true,\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\","
      "\"SSESpecification\":{\"Enabled\":true,\"SSEType\":\"KMS\",\"KMSMasterKeyId\":\"alias/k\"},"
      "\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"OLD_IMAGE\"},"
      "\"ProvisionedThroughput\":{\"WriteCapacityUnits\":7,\"ReadCapacityUnits\":5},\"BillingMode\":"
      "\"PROVISIONED\","
      "\"LocalSecondaryIndexes\":[{\"IndexName\":\"local\",\"KeySchema\":[{\"AttributeName\":\"z\","
      "\"KeyType\":"
      "\"HASH\"},{\"AttributeName\":\"b\",\"KeyType\":\"RANGE\"}],\"Projection\":{\"ProjectionType\":"
      "\"INCLUDE\","
      "\"NonKeyAttributes\":[\"y\",\"x\"]}}],"
      "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"global\",\"KeySchema\":[{\"AttributeName\":\"b\","
      "\"KeyType\":"
      "\"HASH\"},{\"AttributeName\":\"c\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"a\",\"KeyType\":"
      "\"RANGE\"}],"
      "\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"},\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,"
      "\"WriteCapacityUnits\":2},\"WarmThroughput\":{\"ReadUnitsPerSecond\":30}}],"
      "\"WarmThroughput\":{\"ReadUnitsPerSecond\":50,\"WriteUnitsPerSecond\":70},"
      "\"KeySchema\":[{\"AttributeName\":\"z\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"a\",\"KeyType\":"
      "\"RANGE\"}],"
      "\"AttributeDefinitions\":[{\"AttributeName\":\"z\",\"AttributeType\":\"S\"},{\"AttributeName\":\"c\","
      "\"AttributeType\":\"S\"},{\"AttributeName\":\"b\",\"AttributeType\":\"N\"},{\"AttributeName\":\"a\","
      "\"AttributeType\":\"B\"}],\"TableName\":\"full\"}";

static void
test_read (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrTable) table = from_request (full, arena);
  const HrIndex *global = hr_table_find_index (table, "global");
  const HrIndex *local = hr_table_find_index (table, "local");

  g_assert_cmpstr (hr_table_get_partition_key (table)->name, ==, "z");
  g_assert_cmpint (hr_table_get_sort_key (table)->type, ==, HR_TYPE_B);
  g_assert_cmpint (table->settings.billing, ==, HR_BILLING_PROVISIONED);
  g_assert_cmpint (table->settings.read_units, ==, 5);
  g_assert_cmpint (table->settings.write_units, ==, 7);
  g_assert_cmpint (table->settings.stream, ==, HR_STREAM_OLD_IMAGE);
  g_assert_cmpint (table->settings.table_class, ==, HR_CLASS_INFREQUENT_ACCESS);
  g_assert_true (table->settings.deletion_protection);
  g_assert_true (table->settings.kms_encryption);
  g_assert_cmpstr (table->settings.kms_key, ==, "alias/k");
  g_assert_cmpuint (table->settings.tags->len, ==, 2);
  g_assert_cmpuint (global->partition_key->len, ==, 2);
  g_assert_cmpuint (global->sort_key->len, ==, 1);
  g_assert_cmpint (global->projection, ==, HR_PROJECT_KEYS_ONLY);
  g_assert_cmpint (global->write_units, ==, 2);
  g_assert_cmpint (global->warm.read, ==, 30);
  g_assert_cmpint (global->warm.write, ==, 0);
  g_assert_cmpint (table->settings.warm.read, ==, 50);
  g_assert_cmpint (table->settings.warm.write, ==, 70);
  g_assert_cmpint (local->kind, ==, HR_INDEX_LOCAL);
  g_assert_cmpstr (local->included->pdata[0], ==, "y");
}

/* What is printed reads back to what prints the same. */
static void
test_fixed_point (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrTable) first = from_request (full, arena);
  g_autofree char *text = to_request (first);
  g_autoptr (HrTable) second = from_request (text, arena);
  g_autofree char *again = to_request (second);
  const char *const order[] = { "TableName",
                                "AttributeDefinitions",
                                "KeySchema",
                                "GlobalSecondaryIndexes",
                                "LocalSecondaryIndexes",
                                "BillingMode",
                                "ProvisionedThroughput",
                                "StreamSpecification",
                                "SSESpecification",
                                "TableClass",
                                "DeletionProtectionEnabled",
                                "Tags" };
  const char *place = text;

  g_assert_cmpstr (text, ==, again);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *member = g_strdup_printf ("\n  \"%s\": ", order[i]);

      place = strstr (place, member);
      g_assert_nonnull (place);
    }
}

static void
test_no_object (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error;
  const HrJson *json = hr_json_parse (arena, "[]", 2, 256, &json_error);

  g_assert_null (hr_table_from_create_request (json, HR_VALIDATION_NEW, arena, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_SERIALIZATION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/table-json/print", test_print);
  g_test_add_func ("/api/table-json/read", test_read);
  g_test_add_func ("/api/table-json/fixed-point", test_fixed_point);
  g_test_add_func ("/api/table-json/no-object", test_no_object);
  return g_test_run ();
}
