#pragma once

#include "model/base/buffer.h"
#include "model/base/diagnostic.h"
#include "model/value/value.h"

G_BEGIN_DECLS

/*
 * Values as text in a field that a person edits. Text and type together give the value back exactly.
 *
 * S as it is; N its digits; B base64; BOOL true or false; NULL null; sets a JSON array (`["a", "b"]`, `[1, 2]`); M and
 * L plain JSON (plain-json.h) where that gives the value back, else typed JSON with the type around it (`{"M": {…}}`).
 */

/** Appends the text; of M and L over several lines when @pretty. */
void     hr_value_to_edit_text   (const HrValue *value, gboolean pretty, HrBuffer *out);

/**
 * hr_value_from_edit_text:
 * @message: (out) (nullable): translated sentence that says what is wrong and what to write; g_free()
 * @range: (out) (nullable): where in the text
 *
 * Takes what the other writes, and besides: space around everything but S; a set also as words between commas or
 * lines; yes and no for BOOL; nothing for NULL. Empty sets, which the service does not have, are refused. Content lives
 * in @arena.
 */
gboolean hr_value_from_edit_text (HrArena *arena, HrType type, const char *text, gsize length, HrValue *value,
                                  char **message, HrRange *range);

/** What a person most likely means by a text without a type: N, BOOL, NULL, M, L, else S. Digits that a number would
 *  not give back ("007", 39 digits) stay S. */
HrType   hr_edit_text_guess_type (const char *text, gsize length);

G_END_DECLS
