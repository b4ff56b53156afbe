#pragma once

#include "app/session/session.h"
#include "model/document/item-edit.h"

G_BEGIN_DECLS

/*
 * The selected items, one or several, for who reads them and for who changes them.
 */

/** HrSelectedItems: which items were selected at a moment. */
typedef struct _HrSelectedItems HrSelectedItems;

/** NULL with @error: nothing is selected, or the session is busy. Of few items what is needed is read at once; many are
 *  looked up by whoever resolves them. */
HrSelectedItems *hr_selected_items_new   (HrSession *session, GError **error);
void             hr_selected_items_free  (HrSelectedItems *self);
guint64          hr_selected_items_count (const HrSelectedItems *self);
const char      *hr_selected_items_get_table (const HrSelectedItems *self);
/**
 * Entries of @document, which holds what the session showed when they were selected; on any thread. Borrowed from
 * @self. NULL with @error.
 */
const HrItemRef *hr_selected_items_resolve (HrSelectedItems *self, HrDocument *document, guint *n_refs, GError **error);

/** The first @limit selected items as a whole, as they are shown from top to bottom, appended to @items (HrValue) in
 *  @arena. A draft is no item. Linear in what it reads. */
void     hr_session_read_selected (HrSession *session, guint limit, HrArena *arena, GArray *items);
/** What all of them take; FALSE: too many parts of partitions are selected to look at each row. */
gboolean hr_session_measure_selected (HrSession *session, guint64 *size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrSelectedItems, hr_selected_items_free)

G_END_DECLS
