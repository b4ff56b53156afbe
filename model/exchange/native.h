#pragma once

#include "model/document/store.h"
#include "model/exchange/exchange.h"

G_BEGIN_DECLS

#define HR_NATIVE_VERSION 1
#define HR_NATIVE_SUFFIX ".hashrange.json"

extern const HrExchangeFormat hr_native_format;

/**
 * hr_native_read: a project file's text to a document.
 *
 * Lenient: whatever is odd becomes a diagnostic with its place, and nothing is dropped (unknown
 * members become extras, items that cannot be stored become drafts; so does an item that is no JSON, if it
 * has a line to itself). Where the text breaks off otherwise, what stood before is read and an error with the code
 * "cut-off" says so: do not save such a document over its file. NULL with @error when that holds no table (the error
 * begins with LINE:COLUMN: and stands in @diagnostics too) or the version is newer.
 * Findings here are about the form of the file; hr_document_check() adds those about definitions and items.
 * @diagnostics is given @text to locate places in.
 */
HrDocument *hr_native_read (const char *text, gsize length, HrDiagnostics *diagnostics,
                            HrProgress *progress, GError **error);

/** The document as a project file: deterministic; reading and writing it again gives the same bytes. */
gboolean hr_native_write (HrDocument *document, HrBuffer *out, const HrCancel *cancel, GError **error);

/*
 * Definitions without items.
 */

/** The model as hr_native_write() would write it if it had no items. */
void     hr_native_write_model (const HrModel *model, HrBuffer *out);
/** What that wrote, again. NULL with @error when the text is something else. */
HrModel *hr_native_read_model  (const char *text, gsize length, GError **error);
/** The two, for documents in a store. */
extern const HrModelText hr_native_model_text;

typedef enum
{
  HR_NATIVE_TABLE,   /* HrTable, with indexes and entities */
  HR_NATIVE_ENTITY,  /* HrEntity */
  HR_NATIVE_INDEX,   /* HrIndex */
  HR_NATIVE_PATTERN, /* HrPattern */
} HrNativeDefinition;

/** The text of one definition: the same exactly when definitions are. */
char    *hr_native_print (HrNativeDefinition which, gconstpointer definition);

G_END_DECLS
