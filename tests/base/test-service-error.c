/* Service errors: names, wire types, statuses, families. */
#include "model/base/service-error.h"

#include <string.h>

static void
test_kinds (void)
{
  static const struct
  {
    HrServiceErrorKind kind;
    const char *type;
    guint status;
  } cases[] = {
    { HR_SERVICE_VALIDATION, "com.amazon.coral.validate#ValidationException", 400 },
    { HR_SERVICE_SERIALIZATION, "com.amazon.coral.service#SerializationException", 400 },
    { HR_SERVICE_UNKNOWN_OPERATION, "com.amazon.coral.service#UnknownOperationException", 400 },
    { HR_SERVICE_RESOURCE_NOT_FOUND, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", 400 },
    { HR_SERVICE_DUPLICATE_ITEM, "com.amazonaws.dynamodb.v20120810#DuplicateItemException", 400 },
    { HR_SERVICE_TRANSACTION_CANCELED, "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", 400 },
    { HR_SERVICE_INTERNAL, "com.amazonaws.dynamodb.v20120810#InternalServerError", 500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (hr_service_error_kind_get_type (cases[i].kind), ==, cases[i].type);
      g_assert_cmpstr (hr_service_error_kind_get_name (cases[i].kind), ==, strchr (cases[i].type, '#') + 1);
      g_assert_cmpuint (hr_service_error_kind_get_status (cases[i].kind), ==, cases[i].status);
    }
}

static void
test_every_kind_is_named (void)
{
  for (guint kind = HR_SERVICE_VALIDATION; kind < HR_SERVICE_N_KINDS; kind++)
    {
      const char *name = hr_service_error_kind_get_name (kind);

      g_assert_nonnull (name);
      g_assert_true (g_str_has_suffix (hr_service_error_kind_get_type (kind), name));
      g_assert_cmpuint (hr_service_error_kind_get_status (kind), ==, kind == HR_SERVICE_INTERNAL ? 500 : 400);
    }
}

static void
test_set (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  g_assert_false (hr_service_error_set (&error, arena, HR_SERVICE_RESOURCE_NOT_FOUND, "no %s", "table"));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_NOT_FOUND);
  g_assert_cmpint (error.family, ==, HR_FAMILY_BARE);
  g_assert_cmpstr (error.message, ==, "no table");

  error.has_range = TRUE;
  g_assert_false (hr_service_error_set_value (&error, arena, "bad %d", 7));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_VALIDATION);
  g_assert_cmpint (error.family, ==, HR_FAMILY_ENVELOPED);
  g_assert_cmpstr (error.message, ==, "bad 7");
  g_assert_false (error.has_range);

  g_assert_false (hr_service_error_set (NULL, arena, HR_SERVICE_INTERNAL, "nobody asks"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/service-error/kinds", test_kinds);
  g_test_add_func ("/base/service-error/every-kind-is-named", test_every_kind_is_named);
  g_test_add_func ("/base/service-error/set", test_set);
  return g_test_run ();
}
