#pragma once

#include "model/base/diagnostic.h"
#include "model/document/item-edit.h"

G_BEGIN_DECLS

/**
 * HrFix: what would mend a finding (model/base/diagnostic.h), as one undo step. It is made from what the document is
 * now: a finding that is no longer so has none.
 */
typedef struct _HrFix HrFix;

/** NULL: there is nothing that is most likely meant. Cost: of a draft whose key is taken reading that item, else none
 *  that depends on the items. */
HrFix      *hr_fix_find       (HrDocument *document, const char *code, const HrConcern *concern);
void        hr_fix_free       (HrFix *self);
/** Translated, of a button: "Use message_group_uuid". */
const char *hr_fix_get_label  (const HrFix *self);
/** Rows that applying it goes through, about. */
guint64     hr_fix_count_rows (const HrFix *self, HrDocument *document);
/** One step. FALSE with @error, and nothing has changed, when the document has changed so that it cannot be done.
 *  @maker: (nullable): where fresh values come from. */
gboolean    hr_fix_apply      (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrFix, hr_fix_free)

G_END_DECLS
