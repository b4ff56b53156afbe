/*
 * hashrange-open: what `hashrange open` starts: the workbench, which lies beside this program in a build folder and
 * where programs lie when it is installed. The command line itself links no toolkit.
 */
#include <errno.h>
#include <glib.h>
#include <unistd.h>

#include "app/cli/command.h"
#include "app/ui/config.h"
#include "model/base/i18n.h"

#define WORKBENCH "hashrange-workbench"

int
main (int argc, char **argv)
{
  char *model[] = { NULL, NULL, NULL };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, WORKBENCH, NULL);
  g_autofree char *installed = g_build_filename (HR_BINDIR, WORKBENCH, NULL);

  hr_command_set_up ();
  if (!hr_command_parse ("open", NULL, NULL, &argc, &argv))
    return HR_EXIT_FAILED;
  if (argc > 2)
    return hr_command_fail ("open", _("name one model, or none."));
  model[0] = g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE) ? beside : installed;
  model[1] = argc == 2 ? argv[1] : NULL;
  execv (model[0], model);
  return hr_command_fail ("open", _("%s could not be started: %s"), model[0], g_strerror (errno));
}
