#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"
#include "model/base/service-error.h"
#include "model/value/value.h"

G_BEGIN_DECLS

/*
 * Typed JSON (`{"S": "x"}`) to values and back.
 *
 * Reading reports the service's own errors: SerializationException where the JSON has the wrong
 * shape (`{"N": 5}`), ValidationException for what is no value (two types, no type, an empty or
 * repeating set, NULL: false, a number out of range, 33 levels). @error's range is in the text.
 * Strings of the result point into the text or @arena: both must outlive the value.
 */
gboolean hr_value_from_json (HrArena *arena, const HrJson *json, HrValue *value, HrServiceError *error);
/** Likewise, but with as many levels as the JSON has. */
gboolean hr_value_from_deep_json (HrArena *arena, const HrJson *json, HrValue *value, HrServiceError *error);
/** An object of named typed values, as in Item, Key and ExpressionAttributeValues. */
gboolean hr_item_from_json  (HrArena *arena, const HrJson *json, HrValue *item, HrServiceError *error);

/**
 * Only the shape, without building anything: FALSE with a SerializationException. The readers above let it
 * win within what they read; a request with several such members checks them all when one is invalid.
 */
gboolean hr_value_check_shape (HrArena *arena, const HrJson *json, HrServiceError *error);
gboolean hr_item_check_shape  (HrArena *arena, const HrJson *json, HrServiceError *error);

/** Appends typed JSON; spaced: `{"S": "x"}`, else `{"S":"x"}`. Numbers canonical, B base64. */
void hr_value_to_json (const HrValue *value, gboolean spaced, HrBuffer *out);
void hr_item_to_json  (const HrValue *item, gboolean spaced, HrBuffer *out);

/** Parses the text of a number into a value, with the service's messages. */
gboolean hr_number_from_text (HrArena *arena, const char *text, gsize length, HrValue *value,
                              HrServiceError *error);
/** Bytes of base64 in a request, or NULL with the service's SerializationException. */
const char *hr_blob_from_text (HrArena *arena, const char *text, gsize length, gsize *decoded_length,
                               HrServiceError *error);
/** Text of a scalar for people and templates: S as it is, N canonical; FALSE for other types. */
gboolean hr_value_to_text (const HrValue *value, HrBuffer *out);

/** Canonical base64 only (padding right, unused bits zero); NULL when it is not. */
const char *hr_base64_decode (HrArena *arena, const char *text, gsize length, gsize *decoded_length);
void        hr_base64_encode (const char *bytes, gsize length, HrBuffer *out);

G_END_DECLS
