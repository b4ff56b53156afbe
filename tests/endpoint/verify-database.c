/*
 * verify-database FILE TABLE: whether the indexes of a table hold exactly what its rows make them hold.
 */
#include <stdio.h>

#include "model/engine/rows.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *difference = NULL;
  g_autoptr (HrEngine) engine = argc == 3 ? hr_engine_open (argv[1], NULL, &error) : NULL;

  if (engine != NULL && hr_engine_verify_indexes (engine, argv[2], &difference, &error))
    return 0;
  fprintf (stderr, "%s\n",
           difference != NULL ? difference
           : error != NULL    ? error->message
                              : "name a file and a table");
  return 1;
}
