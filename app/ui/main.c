/* hashrange-workbench: the application with windows. */

#include <libintl.h>
#include <locale.h>

#include "app/ui/application.h"
#include "app/ui/config.h"
#include "model/base/i18n.h"

int
main (int argc, char **argv)
{
  g_autoptr (HrApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (HR_TEXT_DOMAIN, HR_LOCALEDIR);
  bind_textdomain_codeset (HR_TEXT_DOMAIN, "UTF-8");
  textdomain (HR_TEXT_DOMAIN);

  application = hr_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
