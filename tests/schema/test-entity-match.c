/*
 * Which entity an item is of.
 */
#include "model/schema/table.h"
#include "model/value/codec.h"

#include <string.h>

static void
add_key (HrEntity *entity, const char *attribute, const char *text)
{
  g_ptr_array_add (entity->keys, hr_entity_key_new (attribute, hr_key_template_parse (text, NULL, NULL)));
}

static HrTable *
create_table (void)
{
  HrTable *table = hr_table_new ("chat");
  HrIndex *index = hr_index_new ("by-group", HR_INDEX_GLOBAL);
  HrEntity *message = hr_entity_new ("Message");
  HrEntity *group = hr_entity_new ("Group");
  HrEntity *order = hr_entity_new ("Order");

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  g_ptr_array_add (index->partition_key, hr_attribute_new ("gsi", HR_TYPE_S));
  g_ptr_array_add (table->indexes, index);

  add_key (message, "pk", "MSG#{group}");
  add_key (message, "sk", "{at}");
  g_ptr_array_add (message->key_parts, hr_attribute_new ("group", HR_TYPE_S));
  g_ptr_array_add (message->attributes, hr_attribute_new ("text", HR_TYPE_S));
  g_ptr_array_add (table->entities, message);

  add_key (group, "pk", "GRP#{user}");
  add_key (group, "sk", "{at}#{group}");
  add_key (group, "gsi", "G#{group}");
  g_ptr_array_add (group->attributes, hr_attribute_new ("group", HR_TYPE_S));
  g_ptr_array_add (table->entities, group);

  add_key (order, "pk", "ORDER#{number}");
  add_key (order, "sk", "ORDER");
  g_ptr_array_add (order->attributes, hr_attribute_new ("number", HR_TYPE_N));
  g_ptr_array_add (table->entities, order);
  return table;
}

typedef struct
{
  const char *item;
  const char *entity; /* or NULL */
} Case;

static const Case cases[] = {
  { "{'pk':{'S':'MSG#1'},'sk':{'S':'2026'}}", "Message" },
  { "{'pk':{'S':'MSG#1'},'sk':{'S':'2026'},'text':{'S':'hi'}}", "Message" },
  { "{'pk':{'S':'MSG#1'},'sk':{'S':'2026'},'text':{'N':'5'}}", NULL },
  { "{'pk':{'S':'MSG#1'},'sk':{'S':'2026'},'other':{'N':'5'}}", "Message" },
  { "{'pk':{'S':'MSG#'},'sk':{'S':'2026'}}", NULL },
  { "{'pk':{'S':'MSG#1'}}", NULL },
  { "{'pk':{'S':'MSG#1'},'sk':{'N':'7'}}", "Message" },
  { "{'pk':{'S':'MSG#1'},'sk':{'B':'AAEC'}}", "Message" },
  { "{'pk':{'B':'AAEC'},'sk':{'S':'x'}}", NULL },
  { "{'pk':{'S':'MSG#1'},'sk':{'L':[]}}", NULL },
  { "{'pk':{'S':'MSG#1'},'sk':{'S':'a\\u0000b'}}", "Message" },
  { "{'pk':{'S':'MSG#\\u0000'},'sk':{'S':'a'}}", NULL },
  { "{'pk':{'S':'GRP#1'},'sk':{'S':'2026#7'}}", "Group" },
  { "{'pk':{'S':'GRP#1'},'sk':{'S':'2026#7'},'gsi':{'S':'G#7'}}", "Group" },
  { "{'pk':{'S':'GRP#1'},'sk':{'S':'2026#7'},'gsi':{'S':'G#8'}}", NULL },
  { "{'pk':{'S':'GRP#1'},'sk':{'S':'2026#7'},'gsi':{'S':'7'}}", NULL },
  { "{'pk':{'S':'GRP#1'},'sk':{'S':'2026#7'},'group':{'S':'7'}}", "Group" },
  { "{'pk':{'S':'GRP#1'},'sk':{'S':'2026#7'},'group':{'S':'8'}}", NULL },
  { "{'pk':{'S':'ORDER#00042'},'sk':{'S':'ORDER'},'number':{'N':'42'}}", "Order" },
  { "{'pk':{'S':'ORDER#00042'},'sk':{'S':'ORDER'},'number':{'N':'43'}}", NULL },
  { "{'pk':{'S':'ORDER#x'},'sk':{'S':'ORDER'},'number':{'N':'42'}}", NULL },
  { "{'pk':{'S':'ORDER#x'},'sk':{'S':'ORDER'}}", "Order" },
  { "{}", NULL },
};

static HrValue
parse_item (HrArena *arena, const char *text)
{
  char *json = hr_arena_strdup (arena, text);
  HrJsonError json_error;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *tree;
  HrValue item;

  g_strdelimit (json, "'", '"');
  tree = hr_json_parse (arena, json, strlen (json), 64, &json_error);
  g_assert_nonnull (tree);
  g_assert_true (hr_item_from_json (arena, tree, &item, &error));
  return item;
}

static void
test_match (void)
{
  HrTable *table = create_table ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrValue item = parse_item (arena, cases[i].item);
      const HrEntity *entity = hr_table_match_entity (table, &item, NULL);

      g_test_message ("%s", cases[i].item);
      g_assert_cmpstr (entity != NULL ? entity->name : NULL, ==, cases[i].entity);
    }
  hr_table_free (table);
}

static void
test_bindings (void)
{
  HrTable *table = create_table ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item = parse_item (arena, "{'pk':{'S':'GRP#u'},'sk':{'S':'2026#7'},'gsi':{'S':'G#7'}}");
  g_autoptr (GHashTable) bindings = hr_bindings_new ();

  g_assert_nonnull (hr_table_match_entity (table, &item, bindings));
  g_assert_cmpuint (g_hash_table_size (bindings), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (bindings, "user"), ==, "u");
  g_assert_cmpstr (g_hash_table_lookup (bindings, "at"), ==, "2026");
  g_assert_cmpstr (g_hash_table_lookup (bindings, "group"), ==, "7");

  g_hash_table_insert (bindings, g_strdup ("group"), g_strdup ("8"));
  g_assert_null (hr_table_match_entity (table, &item, bindings));
  g_assert_cmpuint (g_hash_table_size (bindings), ==, 3);
  hr_table_free (table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/entity-match/cases", test_match);
  g_test_add_func ("/schema/entity-match/bindings", test_bindings);
  return g_test_run ();
}
