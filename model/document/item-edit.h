#pragma once

#include "model/base/clock.h"
#include "model/document/document.h"

G_BEGIN_DECLS

/*
 * What a person does to items. Keys are composed (model/schema/compose.h): setting `created_at` changes `sk`; setting
 * `sk` by hand changes what its template is made of. Nothing is lost: what cannot be stored becomes a draft with the
 * reason, and a draft that becomes right is stored.
 *
 * Each function is one undo step, or part of the edit that is open. FALSE with @error (HR_ERROR_NOT_FOUND for an entry
 * that is not there) has changed nothing.
 */

/** HrItemRef: an entry of a table: a stored item by its primary key or, without @key, anything by its ordinal. */
typedef struct
{
  const char *table;
  const HrValue *key; /* (nullable): M of the key attributes */
  gint64 ordinal;     /* looked at when @key is NULL */
} HrItemRef;

/** HrItemResult: what became of it. A plain value: hr_item_result_clear(). The out argument may be NULL everywhere. */
typedef struct
{
  guint n_stored;
  guint n_drafts;       /* of the entries touched, how many are drafts now */
  gint64 ordinal;       /* of the first entry touched that is still there, to be selected; -1: none */
  GArray *ordinals;     /* gint64: of all of those; never NULL after success */
  char *key;            /* of the first: its primary key in typed JSON, NULL of a draft */
  char *reason;         /* of the first draft: why, to stand behind a colon; or NULL */
  GPtrArray *rewritten; /* char*: attributes that changed besides the one asked for: "sk"; never NULL after success */
  gboolean does_not_fit; /* a key set by hand does not fit the template of its entity */
} HrItemResult;

void hr_item_result_clear (HrItemResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrItemResult, hr_item_result_clear)

/**
 * hr_document_set_item_value:
 * @refs: entries of one table
 * @name: an attribute, key part or key attribute
 * @value: (nullable): NULL takes it away
 *
 * Sets one attribute of one item or of several. A draft that is no item is refused: HR_ERROR_INVALID.
 */
gboolean hr_document_set_item_value (HrDocument *self, const HrItemRef *refs, guint n_refs, const char *name,
                                     const HrValue *value, HrItemResult *result, GError **error);
/** The same from the text of a cell (model/value/edit-text.h). HR_ERROR_INVALID when the text is no such value. */
gboolean hr_document_set_item_text  (HrDocument *self, const HrItemRef *ref, const char *name, HrType type,
                                     const char *text, gsize length, HrItemResult *result, GError **error);
/** The whole entry, from typed JSON of an item (or whatever else a draft holds); nothing is composed. */
gboolean hr_document_set_item_json  (HrDocument *self, const HrItemRef *ref, const char *json, gsize length,
                                     HrItemResult *result, GError **error);

/** HrItemMaker: where fresh values come from. NULL members (and a NULL maker) mean the system's. */
typedef struct
{
  const HrClock *clock;
  char *(*new_uuid) (gpointer user_data); /* g_malloc */
  gpointer user_data;
} HrItemMaker;

/**
 * hr_document_new_item:
 * @entity: (nullable): NULL: nothing but keys
 * @partition: (nullable): M of partition key attributes that the item gets
 *
 * An item with sensible first values behind the last: dates are now, in the shape that the entity's items have; uuids
 * are fresh, or those of the item before when items share them; numbers are the next; texts are empty. Attributes that
 * are optional are left out. Its key is free. Looks at up to 2000 entries.
 */
gboolean hr_document_new_item       (HrDocument *self, const char *table, const char *entity, const HrValue *partition,
                                     const HrItemMaker *maker, HrItemResult *result, GError **error);
/** Copies with free keys, as a block behind the last of them: the last part of the key moves on (a number or date by
 *  one, a uuid is fresh, a text gets a number). */
gboolean hr_document_duplicate_items (HrDocument *self, const HrItemRef *refs, guint n_refs, const HrItemMaker *maker,
                                      HrItemResult *result, GError **error);
gboolean hr_document_remove_items   (HrDocument *self, const HrItemRef *refs, guint n_refs, HrItemResult *result,
                                     GError **error);
/**
 * Gives items another partition key (M of its attributes); result->rewritten says which attributes behind it, and which
 * other keys, changed with it.
 */
gboolean hr_document_move_items_to_partition (HrDocument *self, const HrItemRef *refs, guint n_refs,
                                              const HrValue *partition, HrItemResult *result, GError **error);

/** An entry as it is: TRUE and the item, in @arena. FALSE when it is a draft that is no item, or with @error when it is
 *  not there. *@draft (nullable) is set for drafts of both sorts, and lives until the next change. */
gboolean hr_document_get_entry      (HrDocument *self, const HrItemRef *ref, HrArena *arena, HrValue *item,
                                     const HrDraft **draft, GError **error);

/** What the field for @name of this item shows: type and value, of a key part too (read from the key); NULL: it has
 *  none, and @type is what the model says it would be. In @arena. */
const HrValue *hr_item_get_field    (const HrTable *table, const HrEntity *entity, const HrValue *item,
                                     const char *name, HrArena *arena, HrType *type);

G_END_DECLS
