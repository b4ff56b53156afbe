/* hashrange-workbench: the application with windows. */

#include "app/ui/application.h"
#include "app/ui/config.h"
#include "model/base/i18n.h"

int
main (int argc, char **argv)
{
  g_autoptr (HrApplication) application = NULL;

  hr_i18n_set_up (HR_LOCALEDIR);
  application = hr_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
