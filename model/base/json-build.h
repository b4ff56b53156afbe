#pragma once

#include "model/base/json-reader.h"

G_BEGIN_DECLS

/*
 * JSON trees made or changed in an arena. Trees are never changed in place: these return copies of one level that share
 * the rest. Texts are borrowed; ranges are HR_RANGE_NONE.
 */
HrJson hr_json_new_string  (const char *text, gsize length);
HrJson hr_json_new_integer (HrArena *arena, gint64 value);
HrJson hr_json_new_boolean (gboolean value);
HrJson hr_json_new_object  (void);
/** @object with this member: in its place when it is there (the last of that name), else behind the others; NULL takes
 *  all of that name away. */
HrJson hr_json_with        (HrArena *arena, const HrJson *object, const char *name, const HrJson *value);

G_END_DECLS
