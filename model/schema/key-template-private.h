#pragma once

#include "model/schema/key-template.h"

G_BEGIN_DECLS

/* More variables than a key of 2048 bytes makes sense of; bounds the recursion of the matcher. */
#define HR_TEMPLATE_VARIABLES_MAX 100

/** HrSlice: a variable bound to a piece of a key; name and text are borrowed. */
typedef struct
{
  const char *name;
  const char *text; /* not terminated, without NUL characters */
  gsize length;
} HrSlice;

/** HrSlices: variables while keys are taken apart, without a copy. Initialised with hr_slices_init(). */
typedef struct
{
  HrSlice *slices;
  guint count;
  guint capacity;
  HrSlice first[16];
} HrSlices;

void           hr_slices_init  (HrSlices *self);
void           hr_slices_clear (HrSlices *self);
const HrSlice *hr_slices_find  (const HrSlices *self, const char *name);
void           hr_slices_add   (HrSlices *self, const char *name, const char *text, gsize length);

/** hr_key_template_match() on borrowed pieces: FALSE leaves @slices as they were. */
gboolean hr_key_template_match_slices (const HrKeyTemplate *self, const char *key, gsize length,
                                       HrSlices *slices);
/** Whether the template is one variable and nothing else. */
gboolean hr_key_template_is_bare (const HrKeyTemplate *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrSlices, hr_slices_clear)

G_END_DECLS
