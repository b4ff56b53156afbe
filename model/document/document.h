#pragma once

#include <glib-object.h>
#include "model/engine/engine.h"
#include "model/schema/model.h"

G_BEGIN_DECLS

/**
 * HrDocument: a model with its items, observable, with undo.
 *
 * Definitions are an immutable HrModel; items live in an HrEngine that holds the model's tables; what
 * the service would refuse waits as a draft in the order of the file. Every change goes through an edit
 * (hr_document_begin_edit … commit): one named undo step with an exact inverse. Rows keep their
 * ordinals ("as entered" order), also through undo. Ordinals grow from entry to entry and leave room
 * between them; they are no row numbers.
 *
 * Properties (read only, notified): "model" (pointer, HrModel), "modified" (since the last
 * hr_document_mark_saved()), "can-undo", "can-redo". Signal "changed" (HrDocumentChange const*) after each
 * commit, undo and redo that changed something and after a load; never for what failed or was cancelled.
 * Not thread-safe: one thread owns a document.
 */
#define HR_TYPE_DOCUMENT (hr_document_get_type ())
G_DECLARE_FINAL_TYPE (HrDocument, hr_document, HR, DOCUMENT, GObject)

/**
 * A new document with an engine in memory that holds the model's tables (takes a reference on @model).
 * A table whose keys no engine could have (hr_document_check() says so) holds drafts only; indexes that
 * make no sense are left out. Items belong to the first table of a name.
 */
HrDocument *hr_document_new        (HrModel *model, GError **error);
HrModel    *hr_document_get_model  (HrDocument *self); /* borrowed */
HrEngine   *hr_document_get_engine (HrDocument *self); /* borrowed */

/** HrDraft: an item that cannot be stored yet, and why. Owned by the document. */
typedef struct
{
  char *table;
  gint64 ordinal;    /* among the rows and drafts of its table */
  char *json;        /* what was written: any JSON value on one line, a space behind : and , */
  /** Static: "not-an-item", "key-missing", "key-type", "key-empty", "key-duplicate", "item-too-large",
   *  "item-refused" (by the service, for a value), "table-invalid". */
  const char *code;
  char *reason;      /* translated, to stand behind a colon: what is wrong and what to do */
  HrRange place;     /* in the file it was read from */
} HrDraft;

guint          hr_document_get_n_drafts (HrDocument *self);
/** Ordered by table as in the model, then by ordinal. Lives until the next change. */
const HrDraft *hr_document_get_draft    (HrDocument *self, guint index);

/*
 * Edits. All changes between begin and commit are one undo step; cancel takes them back. Not nested.
 *
 * The functions below need an open edit (HR_ERROR_INVALID otherwise). One that fails for what was asked
 * leaves the edit as it was; after a failure of the store the edit can only be cancelled. Commit first
 * turns drafts into items whose key has become free, in their order; a commit that fails has cancelled the edit.
 * An edit that changed nothing is no step.
 */
gboolean hr_document_begin_edit  (HrDocument *self, const char *name, GError **error);
gboolean hr_document_commit_edit (HrDocument *self, GError **error);
/** The same, and one step with the edit before, whose name goes: for somebody who is typing. A step of its own all the
 *  same when that edit was undone or the document marked as saved since. */
gboolean hr_document_commit_edit_merged (HrDocument *self, GError **error);
void     hr_document_cancel_edit (HrDocument *self);

/**
 * Replaces the definitions. Where tables change keys or indexes, items that no longer fit become drafts, drafts
 * that now fit become items (an item that is stored goes before a draft with its key, else the lower ordinal). A
 * table of another name in the place of one that vanished, with the same primary key, is that table renamed and
 * keeps its items.
 * Linear in the drafts of tables that change, and in the rows of those that get an index, another primary key or
 * another name.
 */
gboolean hr_document_set_model   (HrDocument *self, HrModel *model, GError **error);

/**
 * Puts an item (typed JSON object in @json, compact or not) into a table: stored when the service would take it and
 * no other item has the key, else a draft. @ordinal -1 puts it behind the last; one that is taken moves the entries
 * from there on up by one, as far as the next gap. @place for diagnostics.
 * HR_ERROR_NOT_FOUND without such a table, HR_ERROR_INVALID when @json is no JSON.
 */
gboolean hr_document_add_item    (HrDocument *self, const char *table, const char *json, gsize length,
                                  gint64 ordinal, HrRange place, GError **error);
/** Replaces the item with the primary key of @old_key (M of the key attributes) by @item; keeps the ordinal.
 *  Refused: HR_ERROR_EXISTS when another item has the new key, HR_ERROR_INVALID when the service would not store it. */
gboolean hr_document_replace_item (HrDocument *self, const char *table, const HrValue *old_key,
                                   const HrValue *item, GError **error);
gboolean hr_document_remove_item  (HrDocument *self, const char *table, const HrValue *key, GError **error);
gboolean hr_document_move_item    (HrDocument *self, const char *table, const HrValue *key, gint64 ordinal,
                                   GError **error);
/** The primary key (M, in @arena) of an item, as the functions above want it; FALSE when the table is unknown or an
 *  attribute of its key is missing or mistyped. */
gboolean hr_document_get_key      (HrDocument *self, const char *table, const HrValue *item, HrArena *arena,
                                   HrValue *key);
gboolean hr_document_replace_draft (HrDocument *self, guint index, const char *json, gsize length, GError **error);
gboolean hr_document_remove_draft  (HrDocument *self, guint index, GError **error);
gboolean hr_document_move_draft    (HrDocument *self, guint index, gint64 ordinal, GError **error);

/**
 * hr_document_begin_capture:
 * @name: of the undo step
 *
 * Opens an edit that takes over what others write to the document's engine until commit: a kept pattern run
 * (run it with options->keep on a backend of hr_document_get_engine()) or a client. Commit makes all of it one
 * undo step, also when it was written in savepoints that were rolled back in part. Commit refuses
 * (HR_ERROR_UNSUPPORTED) and takes everything back when tables were created, changed or deleted.
 */
gboolean hr_document_begin_capture  (HrDocument *self, const char *name, GError **error);
gboolean hr_document_commit_capture (HrDocument *self, GError **error);
void     hr_document_cancel_capture (HrDocument *self);

/* Undo */
gboolean    hr_document_can_undo (HrDocument *self);
gboolean    hr_document_can_redo (HrDocument *self);
const char *hr_document_get_undo_name (HrDocument *self); /* or NULL */
const char *hr_document_get_redo_name (HrDocument *self);
gboolean    hr_document_undo (HrDocument *self, GError **error);
gboolean    hr_document_redo (HrDocument *self, GError **error);
gboolean    hr_document_is_modified (HrDocument *self);
void        hr_document_mark_saved  (HrDocument *self);

typedef enum
{
  HR_DOCUMENT_EDITED,
  HR_DOCUMENT_UNDONE,
  HR_DOCUMENT_REDONE,
  HR_DOCUMENT_LOADED,
} HrDocumentEvent;

/** HrRowChange: a row before and after. Both are the same item when only its ordinal changed. */
typedef struct
{
  const char *table;
  const HrValue *before; /* M, or NULL: there was none */
  const HrValue *after;  /* M, or NULL: it is gone */
  gint64 ordinal;        /* afterwards; of a row that is gone, before */
} HrRowChange;

/* More changed rows are not told one by one: going through a table anew is quicker then. */
#define HR_ROW_CHANGES_MAX 1000

/** HrDocumentChange: what a commit, undo, redo or load changed. Dies with the signal. */
typedef struct
{
  HrDocumentEvent event;
  const char *name;          /* of the step; NULL of a load */
  gboolean model_changed;
  HrModel *model_before;     /* when it changed, else NULL */
  gboolean drafts_changed;
  guint n_rows_changed;      /* rows written, moved or removed; not those that a rebuild carried over */
  /** These rows in the order in which they changed, one of them more than once perhaps: what an outline follows
   *  (hr_outline_apply_change()). NULL when there are none or too many. */
  const HrRowChange *rows;
  const char *const *tables; /* names of tables with changed rows or drafts, each once, then NULL */
} HrDocumentChange;

/*
 * Long edits, undo and redo in another thread. A document may be handed over to a thread, which then is the
 * only one to touch it, while others read a snapshot (store.h). What it would tell is held back until it is
 * back again.
 */

/** From now on "changed" and notifications wait for hr_document_release_changes(). */
void hr_document_hold_changes (HrDocument *self);
/** Tells what was held back, in order. */
void hr_document_release_changes (HrDocument *self);
/**
 * Rows are counted in @progress (nullable, borrowed) from now on; when that is called off, what is going on
 * fails with HR_ERROR_CANCELLED, or with what the store says to that, and is taken back.
 */
void hr_document_set_progress (HrDocument *self, HrProgress *progress);
/** Rows that undoing the last step (or redoing the next) goes through, about: what it costs. */
guint64 hr_document_count_undo (HrDocument *self);
guint64 hr_document_count_redo (HrDocument *self);
/** The same of hr_document_set_model(). */
guint64 hr_document_count_set_model (HrDocument *self, const HrModel *model);

/**
 * HrDeferFunc: asked before a change of definitions (edit-definitions.h) that no edit is open for and that
 * goes through
 * @n_rows rows. TRUE: it is somebody else's from now on, who gives the document @model in an edit called
 * @name, later; whoever asked for the change is told that it is done. FALSE: it is done now.
 */
typedef gboolean (*HrDeferFunc) (HrDocument *self, HrModel *model, const char *name, guint64 n_rows,
                                 gpointer user_data);
void hr_document_set_defer (HrDocument *self, HrDeferFunc func, gpointer user_data);

/*
 * Loading in bulk: no undo steps, one transaction; used by readers before the document is shown. Between begin and
 * end only hr_document_add_item() may be called. Refused while steps can be undone or redone. Rows are written at the
 * end; an end that fails has cancelled the load, of which then nothing is left.
 */
gboolean hr_document_begin_load  (HrDocument *self, GError **error);
gboolean hr_document_end_load    (HrDocument *self, GError **error);
void     hr_document_cancel_load (HrDocument *self);

/**
 * hr_document_foreach_entry: rows and drafts of a table in order of their ordinals.
 * Exactly one of @item and @draft is set; both die with the call.
 */
typedef gboolean (*HrEntryFunc) (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data);
gboolean hr_document_foreach_entry (HrDocument *self, const char *table, HrEntryFunc func, gpointer user_data,
                                    GError **error);

/** Makes what finds entries by their ordinals, which else the first who looks for one waits for. Linear in
 * the items, unless it is there already. */
gboolean hr_document_index_entries (HrDocument *self, GError **error);

/** Findings about the model and about each item (fits no entity, attribute of another type than declared, drafts). */
void hr_document_check (HrDocument *self, HrDiagnostics *diagnostics);
/** The same for who may lose interest: FALSE when @progress was called off, and findings are missing. One step for each
 *  entry. */
gboolean hr_document_check_cancellable (HrDocument *self, HrDiagnostics *diagnostics, HrProgress *progress);

/** A deterministic text of definitions, rows, ordinals, index entries and drafts, for tests. */
char *hr_document_dump (HrDocument *self, GError **error);

G_END_DECLS
