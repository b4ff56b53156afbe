#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** HrValidationLayer: which of the service's two generations of wording to answer with. */
typedef enum
{
  HR_VALIDATION_NEW,
  HR_VALIDATION_OLD,
} HrValidationLayer;

/** What options call them: "new" and "old". FALSE for any other name. */
gboolean hr_validation_layer_from_name (const char *name, HrValidationLayer *layer);

G_END_DECLS
