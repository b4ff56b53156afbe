/* hashrange-workbench: the application with windows. */

#include "app/ui/config.h"
#include "app/ui/pieces/watchdog.h"
#include "app/ui/window/application.h"
#include "model/base/i18n.h"

int
main (int argc, char **argv)
{
  g_autoptr (HrApplication) application = NULL;

  hr_i18n_set_up (HR_LOCALEDIR);
  hr_watchdog_start_if_wanted ();
  application = hr_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
