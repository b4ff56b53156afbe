#pragma once

#include "model/base/json-reader.h"
#include "model/base/service-error.h"
#include "model/value/value.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* with its # or :, not terminated */
  guint32 name_length;
  const char *target; /* attribute name that a # stands for, not terminated */
  guint32 target_length;
  HrValue value; /* that a : stands for */
  gboolean used; /* by any expression of the request */
} HrPlaceholder;

/**
 * HrPlaceholders: ExpressionAttributeNames and ExpressionAttributeValues of one request.
 *
 * Compiling an expression marks what it uses; after the last one hr_placeholders_check_used()
 * reports what none did. Lives in an arena; zero-initialised means none given. Whoever fills one
 * in without JSON keeps each list sorted by the bytes of the names.
 */
typedef struct
{
  HrPlaceholder *names;
  guint n_names;
  gboolean has_names; /* the member was in the request */
  HrPlaceholder *values;
  guint n_values;
  gboolean has_values;
} HrPlaceholders;

/**
 * From the two JSON members (NULL when absent), with the service's checks of keys, sizes and values.
 * Overwrites @self. Names and values borrow from the JSON and its text.
 */
gboolean hr_placeholders_from_json (HrPlaceholders *self, HrArena *arena, const HrJson *names,
                                    const HrJson *values, HrServiceError *error);
/** Likewise, but values may nest as deep as the JSON does. */
gboolean hr_placeholders_from_deep_json (HrPlaceholders *self, HrArena *arena, const HrJson *names,
                                         const HrJson *values, HrServiceError *error);
/**
 * `… can only be specified when using expressions` when there are any without an expression.
 * Looks at has_names and has_values only, so it can be asked before hr_placeholders_from_json():
 * the service reports this first.
 */
gboolean hr_placeholders_check_wanted (const HrPlaceholders *self, gboolean has_expression, HrArena *arena,
                                       HrServiceError *error);
/** `Value provided in … unused in expressions: keys: {#a}` */
gboolean hr_placeholders_check_used (const HrPlaceholders *self, HrArena *arena, HrServiceError *error);

G_END_DECLS
