/*
 * hashrange-open: what `hashrange open` starts: the workbench, which lies beside this program in a build folder and
 * where programs lie when it is installed. The command line itself links no toolkit.
 */
#include <errno.h>
#include <glib.h>
#include <unistd.h>

#include "app/ui/config.h"
#include "model/base/i18n.h"

#define WORKBENCH "hashrange-workbench"

int
main (int argc, char **argv)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, WORKBENCH, NULL);
  g_autofree char *installed = g_build_filename (HR_BINDIR, WORKBENCH, NULL);

  argv[0] = g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE) ? beside : installed;
  execv (argv[0], argv);
  g_printerr (_("hashrange open: %s could not be started: %s\n"), argv[0], g_strerror (errno));
  return 2;
}
