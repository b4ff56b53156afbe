#pragma once

#include <gio/gio.h>

#include "app/session/run-record.h"
#include "model/document/index-census.h"
#include "model/document/outline.h"
#include "model/document/row-set.h"
#include "model/document/runner.h"
#include "render/marks.h"
#include "render/table-layout.h"

G_BEGIN_DECLS

/**
 * HrSession: what one window looks at: the open document and the state around it that is not part of the model.
 *
 * Widgets hold no truth: they read the session's properties and act through the window's actions, which call the
 * session. All properties notify. Main thread only.
 *
 * Properties: "document" (HrDocument or NULL: the start screen), "path" (string or NULL: never saved), "title",
 * "modified" (boolean: differs from the file),
 * "table" and "index" (names; index NULL: the table), "view" ("design", "table", "patterns"), "pattern" (id or NULL),
 * "selected-entity" (name or NULL), "subject" (guint, HrSubject: what was selected last), "filter" (string or NULL),
 * "hidden-entities" (guint64), "hidden-columns" (GStrv: attributes that the table does not show, or NULL), "order"
 * (guint, HrPartitionOrder), "density" (guint, HrDensity), "zoom" (double),
 * "dim-others" (boolean), "busy" (string: another model is being opened, or NULL), "working" (string: what is going on
 * while the model can be used, or NULL), "overtaken" (boolean: another program has changed the file, and there are
 * changes here, too).
 * Signals: "outline-changed" when the outline is another one or has changed; "run-changed" when marks or the run
 * are others or another stage is shown; "selection-changed", upon which views bring what is selected into sight;
 * "document-changed" (const HrDocumentChange *change): everything above is as the changed document wants it;
 * "diagnostics-changed" some time after that; "toast" (const char *text, gboolean can_undo): to be said, with a button
 * that undoes the last edit.
 */
#define HR_TYPE_SESSION (hr_session_get_type ())
G_DECLARE_FINAL_TYPE (HrSession, hr_session, HR, SESSION, GObject)

/** What was selected last: what an inspector shows. */
typedef enum
{
  HR_SUBJECT_NONE,
  HR_SUBJECT_TABLE,
  HR_SUBJECT_ENTITY,
  HR_SUBJECT_INDEX,
  HR_SUBJECT_PATTERN,
  HR_SUBJECT_ITEM,
  HR_SUBJECT_DRAFT,
} HrSubject;

HrSession  *hr_session_new (void);

/* The document. Opening and saving work off the main loop; "busy" says so; cancellable. Paths are those of local
 * files. */
HrDocument *hr_session_get_document (HrSession *self); /* borrowed, or NULL */
const char *hr_session_get_path     (HrSession *self);
char       *hr_session_dup_title    (HrSession *self);
void        hr_session_open_async   (HrSession *self, const char *path, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/** The same with the content of a file at hand: a model that has never been saved. */
void        hr_session_open_content_async (HrSession *self, GBytes *content, const char *name,
                                           GAsyncReadyCallback callback, gpointer user_data);
/** The same with a store that was left behind: the model, its path and what was unsaved are as they were. */
void        hr_session_restore_async (HrSession *self, const char *store, GAsyncReadyCallback callback,
                                      gpointer user_data);
/** Opens the session's own file again. What is shown and selected stays, as far as it is still there; unsaved changes
 *  stay in their store, as if the program had died. */
void        hr_session_reload_async (HrSession *self, GAsyncReadyCallback callback, gpointer user_data);
/** FALSE with @error; the document that was open stays. */
gboolean    hr_session_open_finish  (HrSession *self, GAsyncResult *result, GError **error);
void        hr_session_new_model    (HrSession *self);
/** Shows @document in place of the one that is open (@path NULL: it has never been saved). */
void        hr_session_set_document (HrSession *self, HrDocument *document, const char *path);
void        hr_session_close        (HrSession *self);
/** What is not saved is not wanted: nobody will find it after this. */
void        hr_session_discard_unsaved (HrSession *self);
/** Path of the file that is being opened, or NULL. */
const char *hr_session_get_opening_path (HrSession *self);
void        hr_session_save_async   (HrSession *self, const char *path, GAsyncReadyCallback callback,
                                     gpointer user_data);
/** HR_ERROR_EXISTS, and nothing is written: another program has changed the session's file. */
gboolean    hr_session_save_finish  (HrSession *self, GAsyncResult *result, GError **error);
/** The other program's version may go: from now on the file is taken for ours. */
void        hr_session_overrule_file (HrSession *self);
/** Findings of the last check, and about the form of the file until it is saved; or NULL. Borrowed until
 *  "diagnostics-changed". */
HrDiagnostics *hr_session_get_diagnostics (HrSession *self);
/** Where the file that was opened broke off: what stood before is shown, as a model without a file. Or NULL. */
const HrDiagnostic *hr_session_get_cut_off (HrSession *self);
/** Grows with each change of the document. */
guint64        hr_session_get_generation  (HrSession *self);
/** Findings that are more than notes; a check tells of drafts, too. */
guint          hr_session_count_problems  (HrSession *self);
gboolean       hr_session_is_busy         (HrSession *self);
/** Sets the error and returns FALSE while another document is being opened or there is none. */
gboolean       hr_session_check_ready     (HrSession *self, GError **error);
/** How much of the opening, the long change or the arranging that is going on is done: from 0 to 1, or -1 when nobody
 *  knows. */
double         hr_session_get_progress    (HrSession *self);
/** Calls off the opening that is going on, which then ends with HR_ERROR_CANCELLED, or the long change. */
void           hr_session_cancel          (HrSession *self);
/** Whether there is something that the file does not have. */
gboolean       hr_session_is_modified     (HrSession *self);

/*
 * Editing. What a person means to do is one edit: a step with a name that undo shows ("Rename entity Message"). Between
 * begin and commit the functions of HrDocument change the document; at the end everything follows: outline, selection,
 * findings, the recovery store.
 */

/** HrEdit: what an edit is called. Strings are translated and borrowed for the call. */
typedef struct
{
  const char *name;  /* of the undo step, to stand behind “Undo” */
  /** Where somebody types, or drags ("entity/Message/name", any text that is the same each time); NULL: nowhere. Edits
   *  of one field within a second after each other are one step. */
  const char *field;
  const char *toast; /* said when it is done, with a button to undo; NULL: nothing */
} HrEdit;

/** Changes @document, in which an edit is open. FALSE with @error takes back what was done. */
typedef gboolean (*HrEditFunc) (HrDocument *document, gpointer user_data, GError **error);
/** Changes @model, a copy of the document's, which then takes its place. */
typedef gboolean (*HrEditModelFunc) (HrModel *model, gpointer user_data, GError **error);

/** One edit from begin to commit. FALSE with @error: it failed, or the session is busy, and nothing has changed. What
 *  changes nothing succeeds and is no step. */
gboolean       hr_session_edit        (HrSession *self, const HrEdit *edit, HrEditFunc func, gpointer user_data,
                                       GError **error);
gboolean       hr_session_edit_model  (HrSession *self, const HrEdit *edit, HrEditModelFunc func, gpointer user_data,
                                       GError **error);
/** The same in pieces. @edit is the one that was begun; a commit that fails has cancelled it. */
gboolean       hr_session_begin_edit  (HrSession *self, const HrEdit *edit, GError **error);
gboolean       hr_session_commit_edit (HrSession *self, const HrEdit *edit, GError **error);
void           hr_session_cancel_edit (HrSession *self);
/** What is typed into a field from now on is another step: it lost the focus. */
void           hr_session_end_typing  (HrSession *self);
/** These select what changed, in the view that shows it. TRUE: done, or under way (see hr_session_change()).
 */
gboolean       hr_session_undo        (HrSession *self, GError **error);
gboolean       hr_session_redo        (HrSession *self, GError **error);

/*
 * Changes that may take long: of definitions that many items depend on, of names and types in all items, of
 * very many items. What goes through few rows is done at once; else a thread does it, "working" says how far
 * it is, everything shows the model as it was, edits are refused, and hr_session_cancel() takes it back.
 */

/** HrChangeFunc: makes one undo step, or undoes one. On any thread, but only one at a time. */
typedef gboolean (*HrChangeFunc) (HrDocument *document, gpointer data, GError **error);
/** In the main loop, when it is done and everything has followed. */
typedef void (*HrChangeDoneFunc) (HrSession *session, gpointer data);

typedef struct
{
  const char *name; /* what it is called: that of the step */
  guint64 n_rows;   /* that it goes through, about */
  guint cost;       /* of a row, in rows that are only read and written once; 0: 1 */
  HrChangeFunc func;
  HrChangeDoneFunc done; /* (nullable) */
  gpointer data;
  GDestroyNotify free_data; /* (nullable) */
} HrSessionChange;

/** Takes the data. TRUE: it is done, or under way; a failure is said in a toast then. */
gboolean hr_session_change (HrSession *self, const HrSessionChange *change, GError **error);
gboolean hr_session_is_changing (HrSession *self);
/** Whether a thread finds out what a change would do (rename.h). "preview" (string or NULL) then says how far it is,
 *  and last of all what came of it; NULL when it is called off, or the document changes. */
gboolean hr_session_is_previewing  (HrSession *self);
void     hr_session_cancel_preview (HrSession *self);
/** Says what was done in a toast with a button to undo it: now or, when it is under way, as soon as it is
 * done. */
void hr_session_say_done (HrSession *self, const char *text);

/* What is shown. */
const HrTable *hr_session_get_table   (HrSession *self); /* definition of the chosen table, or NULL */
const char    *hr_session_get_index   (HrSession *self); /* or NULL */
void           hr_session_show_table  (HrSession *self, const char *table, const char *index);
/** The outline of the chosen table or index with the present order and filter; NULL without a table. */
HrOutline     *hr_session_get_outline (HrSession *self);

/** While somebody wants it there are outlines of the chosen table and its chosen index side by side:
 * everything but what is hidden, in the present order. */
void hr_session_want_pair (HrSession *self, gboolean wanted);
/** Whether the table's side leaves out what is not in the index. */
void hr_session_hide_left_out (HrSession *self, gboolean hides);
/** NULL while it is being made. Borrowed until "outline-changed". */
HrOutline *hr_session_get_pair_outline (HrSession *self, HrSide side);

/** Folds a partition of it, or unfolds it. Selecting an item unfolds, and so does a run. */
void           hr_session_fold_partition (HrSession *self, guint64 position, gboolean folded);
void           hr_session_unfold_all     (HrSession *self);

/** Of everything that a table of the model holds, whatever is filtered or hidden; NULL when there is no such table. */
const HrOutlineTotals *hr_session_get_table_totals (HrSession *self, const char *table);
/**
 * Which of a table's items are in its indexes, counted when it is asked for; NULL when there is no such table, or
 * when counting would take longer than a frame. Borrowed until the table changes.
 */
const HrIndexCensus *hr_session_get_index_census (HrSession *self, const char *table);

/** By name, of the chosen table; NULL selects the table itself. */
void           hr_session_select_entity    (HrSession *self, const char *name);
/** The selected item: its primary key (M, borrowed), or NULL. Column 0 is the sort key. */
const HrValue *hr_session_get_selected_key (HrSession *self, guint *column);
void           hr_session_select_item      (HrSession *self, const HrValue *key, guint column);
/** The selected draft of the chosen table, instead of an item; FALSE when there is none. */
gboolean       hr_session_get_selected_draft (HrSession *self, gint64 *ordinal);
void           hr_session_select_draft     (HrSession *self, gint64 ordinal);
/** Neither an item nor a draft. */
void           hr_session_clear_selection  (HrSession *self);

/*
 * Several items. The selected item then is the cursor, which may be outside of them. They are rows of the outline that
 * is shown, and only the cursor is left when that changes.
 */
typedef enum
{
  HR_SELECT_ONLY,
  HR_SELECT_EXTEND, /* all from where selecting began to the row */
  HR_SELECT_TOGGLE,
  HR_SELECT_MARK,   /* the same, beginning with what is selected; hr_session_is_marking() from then on */
  HR_SELECT_CURSOR, /* only the cursor goes there */
} HrSelectMode;

/** Where the item stands in the shown outline. */
gboolean hr_session_locate_item (HrSession *self, const HrValue *key, guint64 *position, guint64 *row);
/** The primary key of a row of it, in @arena; FALSE: there is no such item. */
gboolean hr_session_fetch_key   (HrSession *self, guint64 partition, guint64 row, HrArena *arena, HrValue *key);
/** Selects a row of the shown outline; @column as of hr_session_select_item(). */
void            hr_session_select_row        (HrSession *self, guint64 partition, guint64 row, guint column,
                                              HrSelectMode mode);
/** All rows of the shown outline; constant time. */
void            hr_session_select_all        (HrSession *self);
/** Numbers of the rows, or NULL: the selected item is alone. Borrowed until "selection-changed". */
const HrRowSet *hr_session_get_selected_rows (HrSession *self);
/** Whether it is one of several. */
gboolean        hr_session_is_among_selected (HrSession *self, guint64 partition, guint64 row);
/** How many items actions are about. */
guint64         hr_session_count_selected    (HrSession *self);
/** Rows are being picked one by one: keys that move the cursor are to leave the others selected. */
gboolean        hr_session_is_marking        (HrSession *self);
/** Grows with each change of what is selected. */
guint64         hr_session_get_selection_serial (HrSession *self);

/* Patterns. */
const HrPattern    *hr_session_get_pattern   (HrSession *self); /* or NULL */
void                hr_session_select_pattern (HrSession *self, const char *id);
/** Values for the next run: parameter → text; the example when never set. */
const char         *hr_session_get_value     (HrSession *self, const char *parameter);
void                hr_session_set_value     (HrSession *self, const char *parameter, const char *text);
/** The first parameter of the chosen pattern that has no value, or NULL: nothing is missing. */
const char         *hr_session_get_missing_value (HrSession *self);
/** Runs the chosen pattern; writes are taken back. What reads very much is done later, upon which "run-changed" is
 *  emitted. FALSE with @error when it could not be started, as when a
 *  value is missing. */
gboolean            hr_session_run_pattern   (HrSession *self, GError **error);
/** Runs the chosen pattern and keeps what it writes, as one edit; when its run is shown, that one once more, with the
 *  values that it had. */
gboolean            hr_session_keep_pattern  (HrSession *self, GError **error);
/** Runs all patterns and keeps each result; a toast says what came of them, maybe later. */
gboolean            hr_session_run_all       (HrSession *self, GError **error);
/** The next stage of the run (runs it first when there is none); wraps round. */
gboolean            hr_session_step_pattern  (HrSession *self, GError **error);
void                hr_session_clear_run     (HrSession *self);
/** A run that reads very much goes on in a thread, and has done so for a moment. hr_session_clear_run() ends it. */
gboolean            hr_session_is_running    (HrSession *self);
/** The shown run of the chosen pattern, or NULL. Borrowed. */
const HrPatternRun *hr_session_get_run       (HrSession *self);
/** The last result of any pattern, or NULL: for badges. */
const HrPatternRun *hr_session_get_last_run  (HrSession *self, const char *id);
/** TRUE when the document changed since that run. */
gboolean            hr_session_is_last_run_stale (HrSession *self, const char *id);
/** TRUE when the document changed since the shown run. */
gboolean            hr_session_is_run_stale  (HrSession *self);
/** Marks of the run on what is shown, or NULL. Borrowed until "run-changed". */
HrMarks            *hr_session_get_marks     (HrSession *self);
double              hr_session_get_run_ms    (HrSession *self);
/** The same with figures and values, or NULL. Borrowed until "run-changed". */
HrRunRecord        *hr_session_get_shown_run (HrSession *self);
/** Whether what the shown run would write can be kept: it wrote, and nothing has changed since. */
gboolean            hr_session_can_keep_run  (HrSession *self);
/** How many runs are remembered from now on. */
void                hr_session_set_history_max (HrSession *self, guint n_runs);
/** HrRunRecord: runs of this model since it was opened, the latest first; some tens, and of the older ones maybe the
 *  figures alone. Borrowed. */
GListModel         *hr_session_get_history   (HrSession *self);
/** Chooses the run's pattern and shows the result again; when that has been given back, runs it again with its values.
 *  FALSE with @error: the pattern is gone. */
gboolean            hr_session_show_run      (HrSession *self, HrRunRecord *record, GError **error);
/** The stage that stepping has come to, from 1; 0: all of the run is shown. */
guint               hr_session_get_run_stage (HrSession *self);

G_END_DECLS
