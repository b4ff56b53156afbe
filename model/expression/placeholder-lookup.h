#pragma once

#include "model/expression/placeholders.h"

G_BEGIN_DECLS

/** The placeholder called @name (with its # or :), or NULL; logarithmic. */
HrPlaceholder *hr_placeholders_find_name  (HrPlaceholders *self, const char *name, gsize length);
HrPlaceholder *hr_placeholders_find_value (HrPlaceholders *self, const char *name, gsize length);

G_END_DECLS
