#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"

G_BEGIN_DECLS

/**
 * HrExtras: members of a JSON object that this version does not know, kept to be written again.
 * A GPtrArray of HrExtra in the order of the file; NULL stands for none.
 *
 * A known member of the wrong type is kept here too, under its own name. For a member that is a list
 * or an object this holds the elements or members that could not be understood; the writer puts them
 * behind the others.
 */
typedef struct
{
  char *name;        /* NUL-terminated, and may contain NUL characters */
  gsize name_length; /* bytes */
  char *json;        /* the value, compact JSON */
} HrExtra;

typedef GPtrArray HrExtras;

/** @extras or, when it is NULL, a new list, with the member added. */
HrExtras *hr_extras_add  (HrExtras *extras, const char *name, gsize name_length, const HrJson *value);
/** The same for a value that is compact JSON already; takes @json. */
HrExtras *hr_extras_take (HrExtras *extras, const char *name, gsize name_length, char *json);
/** The last member with this name, or NULL. */
const HrExtra *hr_extras_find (const HrExtras *extras, const char *name);
HrExtras *hr_extras_copy (const HrExtras *extras);
void      hr_extras_free (HrExtras *extras);
gboolean  hr_extras_equal (const HrExtras *a, const HrExtras *b);

G_END_DECLS
