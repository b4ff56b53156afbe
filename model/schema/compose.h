#pragma once

#include "model/schema/table.h"

G_BEGIN_DECLS

/*
 * Composed keys: the keys of an item follow from its attributes and key parts through the templates of its entity,
 * and these can be read back out of the keys. Everything here is pure; values live in the arena given, or borrow from
 * what was passed in.
 */

/** HrComposed: an item after a change of one of its variables, attributes or keys. */
typedef struct
{
  HrValue item;
  GPtrArray *rewritten; /* char*: attributes that changed besides the one asked for, by name; g_ptr_array_unref() */
  gboolean does_not_fit; /* a key set by hand does not fit the entity's template any more */
  const char *missing;  /* a variable without a value, so that a key of the table is lacking; or NULL; borrowed */
} HrComposed;

void hr_composed_clear (HrComposed *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrComposed, hr_composed_clear)

/**
 * hr_entity_bind:
 *
 * What each variable of the entity is in this item: its text in the keys, where there are keys that fit, else the text
 * of the attribute (S and N). Keys that do not fit give nothing.
 */
HrBindings *hr_entity_bind (const HrEntity *self, const HrTable *table, const HrValue *item);

/**
 * hr_entity_set_value:
 * @self: (nullable): entity of the item; NULL: nothing is composed
 * @name: an attribute, a key part, or a key attribute
 * @value: (nullable): NULL takes it away
 *
 * An attribute or key part: the keys whose templates name it are made anew, the others stay as they are. A padded
 * number keeps its width ("00042" → "00043"). A key without all its variables goes; of an index that is sparseness.
 * A key attribute, by hand: it is parsed through its template back into key parts and declared attributes, from which
 * the other keys follow; or it does not fit, and nothing else changes.
 */
void hr_entity_set_value (const HrEntity *self, const HrTable *table, const HrValue *item, const char *name,
                          const HrValue *value, HrArena *arena, HrComposed *composed);

/**
 * Makes all keys of the item from @bindings; where a variable is not bound, from its attribute. Keys that lack a
 * variable are left as they are when @keep, else go. @composed->missing names the first variable that a key of
 * the table lacks.
 */
void hr_entity_compose (const HrEntity *self, const HrTable *table, const HrValue *item, const HrBindings *bindings,
                        gboolean keep, HrArena *arena, HrComposed *composed);

/** The value of a variable or key attribute from its text; FALSE when it is no number as @type N asks for. */
gboolean hr_value_from_text (HrArena *arena, HrType type, const char *text, HrValue *value);

/** @text as wide as @like (nullable) when that is padded with zeros: ("43", "00042") → "00043". Takes @text. */
char    *hr_digits_take_padded (char *text, const char *like);

/**
 * The entity that an item belongs to or, when it fits none, the one it is most like: with the most keys that fit its
 * templates and no attribute of another type, then with the most attributes declared. For items that are being made or
 * mended. NULL when there is no likeness.
 */
const HrEntity *hr_table_guess_entity (const HrTable *self, const HrValue *item);

/** Whether a template of the entity for a key attribute names this variable; @key NULL: any. */
gboolean hr_entity_key_names (const HrEntity *self, const char *key, const char *variable);

G_END_DECLS
