#pragma once

#include "model/schema/table.h"

G_BEGIN_DECLS

/** A copy of the list with each element copied; NULL for NULL. */
GPtrArray *hr_definitions_copy (const GPtrArray *list, GCopyFunc copy);

GPtrArray *hr_attributes_new (void); /* owns HrAttribute */
GPtrArray *hr_attributes_copy (const GPtrArray *list);
const HrAttribute *hr_attributes_find (const GPtrArray *list, const char *name);

void hr_settings_init  (HrSettings *self);
void hr_settings_copy  (HrSettings *self, const HrSettings *source);
void hr_settings_clear (HrSettings *self);

G_END_DECLS
