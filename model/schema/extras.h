#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"

G_BEGIN_DECLS

/**
 * HrExtras: members of a JSON object that this version does not know, kept to be written again.
 * A GPtrArray of HrExtra in the order of the file; NULL stands for none.
 */
typedef struct
{
  char *name;
  char *json; /* the value, compact JSON */
} HrExtra;

typedef GPtrArray HrExtras;

HrExtras *hr_extras_add  (HrExtras *extras, const char *name, gsize name_length, const HrJson *value);
HrExtras *hr_extras_copy (const HrExtras *extras);
void      hr_extras_free (HrExtras *extras);
gboolean  hr_extras_equal (const HrExtras *a, const HrExtras *b);

G_END_DECLS
