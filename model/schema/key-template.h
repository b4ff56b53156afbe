#pragma once

#include "model/base/diagnostic.h"
#include "model/value/value.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_variable;
  char *text;    /* the literal with braces resolved, or the variable's name */
  HrRange range; /* in the template's text */
} HrTemplatePart;

/**
 * HrKeyTemplate: how a key value is made of literals and variables: `MSG#{message_group_uuid}`.
 * `{{` and `}}` are literal braces. A plain heap value; immutable after parsing.
 */
typedef struct
{
  char *text;
  HrTemplatePart *parts;
  guint n_parts;
} HrKeyTemplate;

/** NULL with a message and the range in @text when braces do not pair, a name is empty or too many. */
HrKeyTemplate *hr_key_template_parse (const char *text, char **message, HrRange *range);
HrKeyTemplate *hr_key_template_copy  (const HrKeyTemplate *self);
void           hr_key_template_free  (HrKeyTemplate *self);

/** HrBindings: variable names to texts while keys are put together and taken apart. */
typedef GHashTable HrBindings; /* char* → char*, both owned */
HrBindings *hr_bindings_new (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrBindings, g_hash_table_unref)

/** The key text, or NULL with *@missing (borrowed) naming the first variable without a value or with "". */
char    *hr_key_template_format (const HrKeyTemplate *self, const HrBindings *bindings, const char **missing);

/**
 * Takes @key apart into @bindings; variables bound before must agree. Adjacent variables take as
 * little as possible from the left (with backtracking); a variable is never empty. FALSE leaves
 * @bindings as they were. A key with a NUL character fits only a template that is one variable, which
 * then stays unbound. A template that repeats an unbound variable gives up after a bounded number of steps.
 */
gboolean hr_key_template_match (const HrKeyTemplate *self, const char *key, gsize length,
                                HrBindings *bindings);

/** The template with a variable renamed, as text. */
char    *hr_key_template_rename (const HrKeyTemplate *self, const char *variable, const char *new_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrKeyTemplate, hr_key_template_free)

G_END_DECLS
