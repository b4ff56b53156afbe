/* Where a program finds its translations. */

#include "model/base/i18n.h"

#include <libintl.h>
#include <locale.h>

void
hr_i18n_set_up (const char *folder)
{
  const char *named = g_getenv ("HASHRANGE_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (HR_TEXT_DOMAIN, named != NULL && *named != '\0' ? named : folder);
  bind_textdomain_codeset (HR_TEXT_DOMAIN, "UTF-8");
  textdomain (HR_TEXT_DOMAIN);
}
