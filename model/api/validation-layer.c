/* Names of the generations of wording; what differs between them is in constraints.c, reword.c and operations.c. */
#include "model/api/validation-layer.h"

#include <string.h>

gboolean
hr_validation_layer_from_name (const char *name, HrValidationLayer *layer)
{
  static const char *const names[] = { [HR_VALIDATION_NEW] = "new", [HR_VALIDATION_OLD] = "old" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      {
        *layer = (HrValidationLayer) i;
        return TRUE;
      }
  return FALSE;
}
