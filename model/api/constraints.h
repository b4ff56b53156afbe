#pragma once

#include "model/api/shape.h"

G_BEGIN_DECLS

/**
 * HrWording: how an operation words what is wrong with a request. Both generations of the service's
 * validation are in production, by operation. Source: observed, 2026-10.
 */
typedef enum
{
  HR_WORDING_OLD,       /* `Value 'x' at 'tableName' failed …` */
  HR_WORDING_NEW,       /* some members are checked first, by the newer layer: `Value at 'TableName' failed …` */
  HR_WORDING_ENVELOPED, /* likewise, and value and expression errors have the prefix of findings */
} HrWording;

typedef enum
{
  HR_CONSTRAINTS_FIRST_WORD_ONLY = 1 << 0, /* the newer layer checks all words that it has a text for */
} HrConstraintsFlags;

/**
 * hr_constraints_check: what a request's members must satisfy, before anything is looked up.
 *
 * FALSE with a ValidationException that lists up to ten findings in order of declaration. @fields are those
 * of a request that passed hr_shape_check_types(). Costs no memory when all is well.
 */
gboolean hr_constraints_check (const HrShape *shape, const HrFields fields, HrWording wording,
                               HrConstraintsFlags flags, HrArena *arena, HrServiceError *error);

/** Whether @text is made of the characters that table and index names may have. */
gboolean hr_name_is_valid (const char *text, gsize length);

G_END_DECLS
