/* The error domain. */
#include "model/base/error.h"

static void
test_domain (void)
{
  g_autoptr (GError) error = g_error_new (HR_ERROR, HR_ERROR_NOT_FOUND, "There is no table “%s”.", "t");

  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, "hr-error-quark");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/domain", test_domain);
  return g_test_run ();
}
