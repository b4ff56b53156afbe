#pragma once

#include "app/session/session.h"
#include "model/document/item-text.h"

G_BEGIN_DECLS

/*
 * What a person does to the selected item or draft (the cursor, when several are), and to the table's items. Each is
 * one undo step; what came of it is selected, and what is worth knowing (a draft, a key that does not fit) is said in a
 * toast of the session.
 */

/** The item of the chosen table with this primary key, in @arena. */
gboolean hr_item_fetch    (HrSession *session, const HrValue *key, HrArena *arena, HrValue *item);
/** The primary key of an item of @table (M), in @arena; FALSE when it has none. */
gboolean hr_item_dup_key  (const HrTable *table, const HrValue *item, HrArena *arena, HrValue *key);
/** The selected item, in @arena, or the draft (FALSE with *@draft: one that is no item). *@draft lives until the next
 *  change. */
gboolean hr_item_get_selected (HrSession *session, HrArena *arena, HrValue *item, const HrDraft **draft);
/** Sets an attribute, key part or key of the selected item from what was typed. */
gboolean hr_item_set_text (HrSession *session, const char *name, HrType type, const char *text, GError **error);
/**
 * HrEditedItem: the item or draft that was selected when somebody began to type, which is the one that the text is for,
 * whatever has been selected since.
 */
typedef struct _HrEditedItem HrEditedItem;

/** NULL: none is selected, or the session is busy. */
HrEditedItem *hr_edited_item_new (HrSession *session);
void     hr_edited_item_free (HrEditedItem *self);
gboolean hr_edited_item_is_selected (const HrEditedItem *self, HrSession *session);
/** As hr_item_set_text(); what came of it is selected only if the item still is. Once it is done @self is of no use. */
gboolean hr_edited_item_set_text (HrEditedItem *self, HrSession *session, const char *name, HrType type,
                                  const char *text, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrEditedItem, hr_edited_item_free)

/** Shows the item in the Table view, in @table or one of its indexes (NULL: none), and selects it. */
void     hr_item_show_copy (HrSession *session, const char *table, const char *index, const HrValue *key);
/** Puts typed JSON in the place of the whole item. */
gboolean hr_item_set_json (HrSession *session, const char *json, GError **error);
/** Takes an attribute away from the selected item. */
gboolean hr_item_unset    (HrSession *session, const char *name, GError **error);
/** A new item of the entity (NULL: of the kind that is selected, else the first), in the selected item's partition. */
gboolean hr_item_add      (HrSession *session, const char *entity, GError **error);

/*
 * What is done to all selected items (item-several.c): to very many in a thread; TRUE: it is done, or under way.
 */
gboolean hr_item_duplicate (HrSession *session, GError **error);
gboolean hr_item_remove   (HrSession *session, GError **error);
/** Gives them the partition key that is written as @text. */
gboolean hr_item_move     (HrSession *session, const char *text, GError **error);
/** What that would change, or why it cannot be, in a sentence; g_free(). */
char    *hr_item_describe_move (HrSession *session, const char *text);
/** The selected items as text, g_free(); of very many the first ones. @note: (out): says how many, g_free(). */
char    *hr_item_dup_text (HrSession *session, HrItemFormat format, char **note, GError **error);
/** The same for who is going to delete them: NULL when they are more than can be copied. */
char    *hr_item_dup_whole_text (HrSession *session, HrItemFormat format, GError **error);

/** Adds what stands in @text (item-text.h) to the chosen table, and says how many items came of it. */
gboolean hr_item_paste    (HrSession *session, const char *text, GError **error);

/** Selects what an edit of @table left: one item or draft, or several items. Nothing while another table is shown. */
void     hr_item_select_result (HrSession *session, const char *table, const HrItemResult *result, guint column);
/** Says of drafts and of a key that does not fit; FALSE: there is nothing to say. */
gboolean hr_item_tell_result (HrSession *session, const HrItemResult *result);

G_END_DECLS
