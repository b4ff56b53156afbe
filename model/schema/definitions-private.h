#pragma once

#include "model/schema/table.h"

G_BEGIN_DECLS

/** A copy of the list with each element copied; NULL for NULL. */
GPtrArray *hr_definitions_copy (const GPtrArray *list, GCopyFunc copy);

GPtrArray *hr_attributes_new (void); /* owns HrAttribute */
GPtrArray *hr_attributes_copy (const GPtrArray *list);

G_END_DECLS
