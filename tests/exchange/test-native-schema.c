/*
 * The published schema has the members that the reader knows, in the order in which they are written.
 */
#include "native-testing.h"

#include "model/exchange/native-format.h"

#include <string.h>

/* The schema that a reference leads to; one that adds to another stands for that one. */
static const HrJson *
resolve (const HrJson *root, const HrJson *schema)
{
  for (;;)
    {
      const HrJson *all = hr_json_get (schema, "allOf");
      const HrJson *reference = hr_json_get (all != NULL ? &all->elements[0] : schema, "$ref");

      if (reference == NULL)
        return schema;
      g_assert_cmpmem (reference->text, 8, "#/$defs/", 8);
      schema = hr_json_get_n (hr_json_get (root, "$defs"), reference->text + 8, reference->length - 8);
      g_assert_nonnull (schema);
    }
}

static void
compare (const HrJson *root, const HrJson *schema, const HrNativeShape *shape)
{
  const HrJson *properties;

  schema = resolve (root, schema);
  properties = hr_json_get (schema, "properties");
  g_assert_nonnull (properties);
  for (guint i = 0; i < shape->n_fields && i < properties->length; i++)
    {
      const HrNativeField *field = &shape->fields[i];
      const HrJsonMember *property = &properties->members[i];
      g_autofree char *name = g_strndup (property->name, property->name_length);

      g_assert_cmpstr (field->name, ==, name);
      if (field->kind == &hr_native_list || field->kind == &hr_native_tables)
        compare (root, hr_json_get (&property->value, "items"), field->detail);
      else if (field->kind == &hr_native_object || field->kind == &hr_native_flagged_object
               || field->kind == &hr_native_optional_object)
        compare (root, &property->value, field->detail);
    }
  g_assert_cmpuint (shape->n_fields, ==, properties->length);
}

static void
test_members (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_SCHEMA, &length);
  HrJsonError error;
  const HrJson *schema = hr_json_parse (arena, text, length, 64, &error);

  g_assert_nonnull (schema);
  compare (schema, schema, &hr_native_shape_model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/native-schema/members", test_members);
  return g_test_run ();
}
