#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"
#include "model/value/value.h"

G_BEGIN_DECLS

/*
 * JSON as people and other programs write it, without types: {"name": "Ann", "age": 7}.
 *
 * Strings are S, numbers N (all 38 digits), true and false BOOL, null NULL, arrays L, objects M. Sets and B have no
 * form of their own: they become arrays and base64 strings, and come back as L and S.
 */

/** Appends @value; spaced: `{"a": 1}`, else `{"a":1}`. An item is a value of type M. */
void     hr_value_to_plain_json   (const HrValue *value, gboolean spaced, HrBuffer *out);
/** FALSE with a translated @message (g_free()) and the @range of what cannot be a value: a number out of range, a name
 *  that comes twice, more levels than the service takes. Strings point into the text or @arena. */
gboolean hr_value_from_plain_json (HrArena *arena, const HrJson *json, HrValue *value, char **message, HrRange *range);

G_END_DECLS
