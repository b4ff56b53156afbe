#pragma once

#include "model/document/document.h"

G_BEGIN_DECLS

/*
 * A document in a file of its own, its store: items and definitions, drafts, and what its owner notes about it. Every
 * commit, undo and redo is there when it returns, so that a program that dies loses nothing but what can be undone; a
 * power cut may damage a store, since nothing is waited for. One program at a time has a store open.
 */

/** HrModelText: definitions as text, with all that they have (hr_native_model_text of model/exchange/native.h). */
typedef struct
{
  void     (*write) (const HrModel *model, HrBuffer *out);
  HrModel *(*read)  (const char *text, gsize length, GError **error); /* HR_ERROR_INVALID: this is none */
} HrModelText;

/**
 * Moves a document from memory to a new file at @path. Its engine is another one from then on: who had the former one
 * (outlines, backends) must be gone. FALSE with @error leaves it in memory. @text must outlive the document.
 */
gboolean    hr_document_move_to_store (HrDocument *self, const char *path, const HrModelText *text, GError **error);
/**
 * The document that a store has, as it was last; with its drafts, without steps to undo, and modified when it was.
 * HR_ERROR_BUSY when somebody has it open, HR_ERROR_NOT_FOUND without such a file, HR_ERROR_STORE when it is damaged
 * or no document, HR_ERROR_UNSUPPORTED when it is a newer version's. Whatever is refused is not changed.
 */
HrDocument *hr_document_open_store    (const char *path, const HrModelText *text, GError **error);
const char *hr_document_get_store     (HrDocument *self); /* path, or NULL: in memory */
/** Takes the file away: the document is not wanted any more once it is closed. Does nothing in memory. */
void        hr_document_remove_store  (HrDocument *self);

/** A text of the owner's (where the document comes from), kept in the store. NULL: none. */
gboolean    hr_document_set_note (HrDocument *self, const char *note, GError **error);
char       *hr_document_dup_note (HrDocument *self);

/** HrStoreSummary: what a store says of itself without being read. */
typedef struct
{
  char *name;           /* of the model */
  char *note;           /* or NULL */
  gboolean is_modified;
} HrStoreSummary;

/** Errors as of hr_document_open_store(). */
gboolean    hr_store_summary_read  (HrStoreSummary *self, const char *path, GError **error);
void        hr_store_summary_clear (HrStoreSummary *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrStoreSummary, hr_store_summary_clear)
/** Removes a store that nobody has open, with what SQLite has put beside it. */
void        hr_store_remove (const char *path);

/**
 * hr_document_open_snapshot: another document that is as this one is now, whatever is done to this one later: to check,
 * write or export it in another thread. It can be read, not changed. HR_ERROR_BUSY within an edit. In a store it costs
 * as much as opening a file, in memory as much as a copy of all items.
 */
HrDocument *hr_document_open_snapshot (HrDocument *self, GError **error);
/** Another document that begins as this one, in memory: also of a snapshot, in the snapshot's thread. */
HrDocument *hr_document_copy (HrDocument *self, GError **error);

G_END_DECLS
