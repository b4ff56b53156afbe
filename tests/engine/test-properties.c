/*
 * Properties stand beside definitions: kept in the file, rolled back, gone with their table.
 */
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

static void
set (Fixture *f, const char *table, const char *name, const char *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  hr_engine_set_property (f->engine, table, name, text, &f->call, &error);
  g_assert_cmpstr (error.message, ==, NULL);
}

#define assert_property(fixture, table, name, expected) \
  g_assert_cmpstr (hr_engine_get_property ((fixture)->engine, table, name, &(fixture)->call), ==, expected)

static void
test_set (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  fixture_create (f, fixture_table ("u", "pk:S", NULL));
  assert_property (f, "t", "policy", NULL);
  set (f, "t", "policy", "one");
  set (f, "u", "policy", "two");
  set (f, NULL, "policy", "three");
  set (f, "t", "insights/g", "");
  set (f, "t", "policy", "four");
  assert_property (f, "t", "policy", "four");
  assert_property (f, "t", "insights/g", "");
  assert_property (f, "u", "policy", "two");
  assert_property (f, NULL, "policy", "three");
  set (f, "t", "policy", NULL);
  set (f, "t", "policy", NULL);
  assert_property (f, "t", "policy", NULL);

  assert_property (f, "none", "policy", NULL);
  g_assert_false (hr_engine_set_property (f->engine, "none", "policy", "x", &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_NOT_FOUND);
}

static void
test_table_goes (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrTable *other = fixture_table ("t", "pk:S", NULL);

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  set (f, "t", "a", "b");
  fixture_add_index (other, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  g_assert_true (hr_engine_update_table (f->engine, other, &f->call, &error));
  hr_table_free (other);
  assert_property (f, "t", "a", "b");
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  assert_property (f, "t", "a", NULL);
}

static void
test_rollback (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  place_init (&place);
  f = fixture_new (place.path);
  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  set (f, "t", "a", "before");
  g_assert_true (hr_engine_begin (f->engine, NULL));
  set (f, "t", "a", "after");
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  assert_property (f, "t", "a", "before");
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  fixture_reopen (f, place.path);
  assert_property (f, "t", "a", "before");
}

static void
list_cb (const char *name, const char *text, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%s;", name, text);
}

static void
test_list (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (GString) list = g_string_new (NULL);

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  set (f, NULL, "draft/2", "b");
  set (f, NULL, "draft/10", "a");
  set (f, NULL, "drafts", "no");
  set (f, NULL, "a", "no");
  set (f, "t", "draft/3", "no");
  g_assert_true (hr_engine_foreach_property (f->engine, NULL, "draft/", list_cb, list, NULL));
  g_assert_cmpstr (list->str, ==, "draft/10=a;draft/2=b;");
  g_assert_true (hr_engine_foreach_property (f->engine, "none", "", list_cb, list, NULL));
  g_assert_true (hr_engine_foreach_property (f->engine, "t", "", list_cb, list, NULL));
  g_assert_cmpstr (list->str, ==, "draft/10=a;draft/2=b;draft/3=no;");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/properties/set", test_set);
  g_test_add_func ("/engine/properties/table-goes", test_table_goes);
  g_test_add_func ("/engine/properties/rollback", test_rollback);
  g_test_add_func ("/engine/properties/list", test_list);
  return g_test_run ();
}
