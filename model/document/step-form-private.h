#pragma once

#include "model/document/step-form.h"
#include "model/expression/tree.h"

G_BEGIN_DECLS

/** HrFormShape: what the form has for an operation. */
typedef struct
{
  const char *name;
  gboolean has_key_condition;
  gboolean has_key;
  gboolean has_item;
  const char *filter; /* the member that it is in, or NULL */
  HrExpressionKind filter_kind;
} HrFormShape;

const HrFormShape *hr_form_shape_find (const char *operation); /* never NULL */
/** A JSON object in @arena, or NULL. */
const HrJson *hr_form_parse_object (HrArena *arena, const char *text);

/*
 * spell.c: expressions with their placeholders spelled out, and back.
 */

/** The tree of an expression, in @arena; NULL when it is none. Its texts point into @text. */
const HrTree *hr_spell_parse (HrArena *arena, HrExpressionKind kind, const char *text, gsize length);
/** What a path of one step names, in @arena, placeholders resolved; NULL for others. */
const char   *hr_spell_get_attribute (HrArena *arena, const HrNode *path, const HrJson *names);

/** Appends a name as spelled-out text has it: bare, or `#"my name"`. */
void          hr_spell_append_name   (HrBuffer *out, const char *name);

/** HrSpelling: what spelled-out texts become on their way back into a request. */
typedef struct
{
  HrArena *arena;
  HrJson names;  /* the two members of the request as they become */
  HrJson values;
} HrSpelling;

/** Whether one of the expressions (and a NULL) has the placeholder. */
gboolean    hr_spelling_uses   (const char *const *texts, const char *placeholder);
/** Takes the placeholders that the expression uses out of @self, unless they occur in @others. */
void        hr_spelling_forget (HrSpelling *self, const char *text, const char *const *others);
/** A name as it stands in an expression: bare, or a placeholder that is there or is made. In the arena. */
const char *hr_spelling_name   (HrSpelling *self, const char *attribute);
/** A placeholder for a typed value, made from @hint (":sk"). */
const char *hr_spelling_value  (HrSpelling *self, const char *hint, const HrJson *typed);
/** The expression for the request, in the arena; NULL with a translated @message and a range in @text. */
const char *hr_spelling_read   (HrSpelling *self, HrExpressionKind kind, const char *text, char **message,
                                HrRange *range);
HrJson      hr_typed_json_new  (HrArena *arena, HrType type, const char *text);

G_END_DECLS
