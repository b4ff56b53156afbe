#pragma once

#include "app/session/session.h"
#include "app/ui/pieces/actions.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/* What the palette finds: commands, parts of the model, and items. No widgets here. */

typedef enum
{
  HR_FOUND_COMMAND,
  HR_FOUND_RUN,     /* of a pattern, whose letter was typed */
  HR_FOUND_TABLE,
  HR_FOUND_ENTITY,
  HR_FOUND_ATTRIBUTE,
  HR_FOUND_INDEX,
  HR_FOUND_PATTERN,
  HR_FOUND_ITEM,
} HrFoundKind;

typedef struct
{
  HrFoundKind kind;
  char *title;
  char *detail;          /* where or what it is; translated */
  const HrAction *action; /* of a command */
  char *table;           /* of parts of a table and items */
  char *name;            /* of the entity, index or pattern (its id) */
  HrTarget *target;      /* of an attribute or key part */
  HrArena *arena;        /* of the key */
  HrValue key;           /* of an item: its primary key */
  int score;             /* larger is better */
} HrFound;

void hr_found_free (HrFound *self);

/**
 * hr_fuzzy_score: how well @text matches @query, case ignored: -1 when not all characters of @query appear in
 * @text in their order; more for starts of words, for neighbours, and for short texts. 0 of an empty query.
 */
int hr_fuzzy_score (const char *query, const char *text);

/**
 * Commands and parts of the model that match, the best first, at most @max. `>` at the start of @query asks for
 * commands only, `#` for keys of items only: that is, nothing here. HrFounds, to be freed with the array.
 */
GPtrArray *hr_palette_search (HrSession *session, const char *query, guint max);

/**
 * HrItemSearch: items of all tables whose keys or values contain a text, found a page at a time.
 *
 * Gives up what it has when the document changes: make a new one then.
 */
typedef struct _HrItemSearch HrItemSearch;

/** NULL when @query does not ask for items. */
HrItemSearch *hr_item_search_new  (HrSession *session, const char *query);
void          hr_item_search_free (HrItemSearch *self);
/** Looks at one more page and adds what it finds to @found, which then has at most @max. FALSE: that was all. */
gboolean      hr_item_search_step (HrItemSearch *self, GPtrArray *found, guint max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrItemSearch, hr_item_search_free)

G_END_DECLS
