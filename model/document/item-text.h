#pragma once

#include "model/document/item-edit.h"

G_BEGIN_DECLS

/*
 * Items as text, out of and into other programs.
 */

typedef enum
{
  HR_ITEMS_JSON,     /* plain JSON (model/value/plain-json.h): one object, or an array of several */
  HR_ITEMS_TYPED,    /* DynamoDB JSON: likewise */
  HR_ITEMS_TSV,      /* for spreadsheets: a header and a row each, cells as they are edited (model/value/edit-text.h) */
  HR_ITEMS_PUT_ITEM, /* `aws dynamodb put-item …`, a line each, for a POSIX shell */
} HrItemFormat;

/** Appends items of @table. Columns of TSV: keys of the table, what entities declare, then the rest by name. */
void hr_items_to_text (const HrTable *table, const HrValue *items, guint n_items, HrItemFormat format, HrBuffer *out);

/**
 * hr_document_paste_items:
 * @entity: (nullable): makes keys from columns or members that are its key parts and attributes
 *
 * Adds what stands in @text behind the last entry, as one step: typed or plain JSON (one object, an array, one a line);
 * requests of PutItem and BatchWriteItem; answers with Item or Items; `aws dynamodb put-item` and `batch-write-item`;
 * rows of a spreadsheet with a header, separated by tabs, semicolons or commas, with its quoting. In a batch only items
 * for this table are taken, unless it has none.
 * A column has the type that the table or the entity declares, else the one that all its cells can have; empty cells
 * are left out. What cannot be stored becomes a draft. HR_ERROR_INVALID when nothing can be read, with the place.
 */
gboolean hr_document_paste_items (HrDocument *self, const char *table, const char *entity, const char *text,
                                  gsize length, HrItemResult *result, GError **error);

G_END_DECLS
