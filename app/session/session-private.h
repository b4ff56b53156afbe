#pragma once

#include "app/session/session.h"
#include "model/base/progress.h"
#include "model/document/file-mark.h"
#include "model/document/item-edit.h"
#include "model/document/refactor.h"
#include "model/document/store.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/** HrSessionOutline: an outline and what it was made of. */
typedef struct
{
  HrOutlineOptions options; /* with strings of its own */
  char *definition;         /* of the table, as hr_native_print() writes it */
  HrOutline *outline;       /* NULL in a job: not made yet */
  gboolean is_stale;        /* to be made anew; shows what was */
} HrSessionOutline;

typedef struct _HrOutlineJob HrOutlineJob;

/** HrSessionWork: something that a thread does for the session. */
typedef struct
{
  HrProgress progress;
  gatomicrefcount ref_count;
} HrSessionWork;

struct _HrSession
{
  GObject parent_instance;

  /* owned: the document */
  HrDocument *document;
  char *path;
  HrFileMark mark;      /* of the file, as it was read or written */
  HrDiagnostics *diagnostics;
  HrDiagnostics *file_findings; /* those about the form of the file, or NULL */
  GSignalGroup *document_signals;
  guint64 generation;   /* grows with each change */
  gboolean has_backup;  /* the version at opening has been put aside */
  gboolean is_saving;
  HrSessionWork *opening; /* the thread that reads another document, or NULL */
  char *opening_path;
  GFileMonitor *monitor; /* of the file, or NULL */
  guint watch_timeout;
  HrDocument *lent;        /* to the thread that changes it, while @document is a snapshot; or NULL */
  HrSessionWork *changing; /* that thread, or NULL */
  char *change_name;
  guint change_timeout; /* says how far it is */
  gboolean lent_is_modified;
  gboolean is_discarded;  /* the document's store has been removed */
  gboolean lent_is_saved; /* as it was in @saved_generation, which it has not been told */
  guint64 saved_generation;
  HrTarget *wanted;       /* to be selected when it is there, or NULL */
  char *wanted_toast;     /* to be said when it is done, or NULL */
  HrSessionWork *looking; /* the thread that compares the file with its mark, or NULL */
  gboolean is_overtaken; /* somebody else has changed the file */

  /* owned: the latest edit, which the next one may continue */
  char *typed_field;    /* or NULL: nothing to continue */
  gint64 typed_at;      /* monotonic */
  guint64 typed_generation;

  /* owned: what is shown */
  char *table;
  char *index;
  char *view;
  char *pattern;
  char *entity;
  char *filter;
  char *busy;
  HrSubject subject;
  guint64 hidden_entities;
  GStrv hidden_columns;   /* attributes; NULL: none */
  guint order;          /* HrPartitionOrder */
  guint density;        /* HrDensity */
  double zoom;
  gboolean dim_others;
  guint history_max;
  HrArena *key_arena;
  HrValue key;          /* of the selected item, in key_arena */
  gboolean has_key;
  gboolean has_folded;  /* some partition was folded since all were unfolded */
  gboolean has_draft;   /* is selected, instead of an item */
  gint64 draft;         /* its ordinal */
  guint column;
  HrRowSet *rows;       /* several that are selected; empty: the item alone */
  guint64 anchor;       /* row from which on more are selected */
  gboolean has_anchor;
  gboolean is_marking;
  guint64 selection_serial;
  guint64 rows_generation; /* that rows and anchor are of, */

  /* owned: outlines */
  GPtrArray *outlines;  /* HrSessionOutline */
  GHashTable *totals;   /* table name → HrOutlineTotals */
  GHashTable *censuses; /* table name → HrIndexCensus, made when asked for */
  GArray *missed;       /* HrRowChange, that the outlines in the making have not been told */
  HrArena *missed_arena;
  char *working;
  HrSessionWork *work;  /* the thread that makes outlines, or NULL */
  gboolean outline_wanted; /* others, when the present work is done */
  guint outline_retry;

  /* borrowed */
  gboolean pair_wanted;
  gboolean hides_left_out; /* of the pair */
  HrSessionOutline *shown;   /* one of the outlines, or NULL */
  const HrOutline *rows_outline; /* and the outline, only to be compared */
  HrOutlineJob *present_job; /* of the thread; only what is wanted may be looked at */
  HrOutlineJob *made_job;    /* by the thread that changed the document, which is about to say how */

  /* owned: previews */
  HrSessionWork *previewing; /* the thread, or NULL */
  guint preview_timeout;

  /* owned: checks */
  HrSessionWork *checking; /* the thread, or NULL */
  guint check_timeout;
  gboolean check_wanted;

  /* owned: runs */
  GHashTable *runs;     /* pattern id → HrRunRecord, its last */
  GListStore *history;  /* HrRunRecord, the latest first */
  HrRunRecord *shown_run; /* of the chosen pattern, or NULL */
  GHashTable *values;   /* pattern id, US, parameter → text */
  HrSessionWork *running; /* the thread that makes a long run, or NULL */
  guint run_timeout;
  GPtrArray *run_queue; /* ids of patterns that are to be run after it, or NULL */
  gboolean is_run_told; /* it takes long enough to be said */
  HrMarks *marks;       /* made when asked for */
  HrModel *marks_model;
  guint stage;
};

typedef enum
{
  HR_SESSION_PROP_0,
  HR_SESSION_PROP_DOCUMENT,
  HR_SESSION_PROP_PATH,
  HR_SESSION_PROP_TITLE,
  HR_SESSION_PROP_MODIFIED,
  HR_SESSION_PROP_TABLE,
  HR_SESSION_PROP_INDEX,
  HR_SESSION_PROP_VIEW,
  HR_SESSION_PROP_PATTERN,
  HR_SESSION_PROP_SELECTED_ENTITY,
  HR_SESSION_PROP_SUBJECT,
  HR_SESSION_PROP_FILTER,
  HR_SESSION_PROP_HIDDEN_ENTITIES,
  HR_SESSION_PROP_HIDDEN_COLUMNS,
  HR_SESSION_PROP_ORDER,
  HR_SESSION_PROP_DENSITY,
  HR_SESSION_PROP_ZOOM,
  HR_SESSION_PROP_DIM_OTHERS,
  HR_SESSION_PROP_BUSY,
  HR_SESSION_PROP_WORKING,
  HR_SESSION_PROP_OVERTAKEN,
  HR_SESSION_N_PROPS,
} HrSessionProperty;

void hr_session_notify       (HrSession *self, HrSessionProperty property);
void hr_session_set_busy     (HrSession *self, const char *text);
void hr_session_set_working  (HrSession *self, const char *text);
void hr_session_set_subject  (HrSession *self, HrSubject subject);
void hr_session_emit_outline_changed   (HrSession *self);
void hr_session_emit_run_changed       (HrSession *self);
void hr_session_emit_selection_changed (HrSession *self);
void hr_session_emit_diagnostics_changed (HrSession *self);
void hr_session_emit_preview           (HrSession *self, const char *text);
void hr_session_emit_toast             (HrSession *self, const char *text, gboolean can_undo);

HrSessionWork *hr_session_work_new   (void);
HrSessionWork *hr_session_work_ref   (HrSessionWork *self);
void           hr_session_work_unref (HrSessionWork *self);

/* session-selection.c */
/** Selects items of the shown table as far as they are shown; the first one is the cursor. */
void     hr_session_select_items (HrSession *self, const HrValue *const *items, guint n_items, guint column);
/** What is shown is another now: several end, the cursor stays. TRUE when there were several. */
gboolean hr_session_forget_rows  (HrSession *self);
/** The same if it is another. */
gboolean hr_session_follow_rows  (HrSession *self);
/** After a change: what is selected may be gone. */
void     hr_session_check_selection (HrSession *self);

/* session-thread.c */
typedef void (*HrThreadFunc)     (gpointer data);
typedef void (*HrThreadDoneFunc) (HrSession *self, gpointer data);
/** Does @func in a thread, then @done in the main loop, unless the session has gone by then. @data is freed after that,
 *  in the main loop. */
void hr_session_run_in_thread (HrSession *self, HrThreadFunc func, HrThreadDoneFunc done, gpointer data,
                               GDestroyNotify free_data);

/* outline-job.c */
/** HrOutlineJob: outlines to be made, on any thread. */
struct _HrOutlineJob
{
  HrDocument *document; /* to read */
  GPtrArray *outlines;  /* HrSessionOutline: what is wanted, and the result */
};

HrOutlineJob *hr_outline_job_new  (HrDocument *document);
/** One for each table as it is. */
HrOutlineJob *hr_outline_job_new_plain (HrDocument *document);
void          hr_outline_job_free (HrOutlineJob *self);
/** Rows that it goes through, each a step of its progress. */
guint64       hr_outline_job_count_rows (HrOutlineJob *self);
gboolean      hr_outline_job_run  (HrOutlineJob *self, HrProgress *progress, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrOutlineJob, hr_outline_job_free)

/* Lists of HrSessionOutline, each once. */
GPtrArray        *hr_session_outlines_new  (void);
HrSessionOutline *hr_session_outlines_find (const GPtrArray *outlines, const HrOutlineOptions *options);
/** One that is to be made, unless it is there. */
void              hr_session_outlines_add  (GPtrArray *outlines, const HrOutlineOptions *options);
/** The same of each table as it is. */
void              hr_session_outlines_add_plain (GPtrArray *outlines, HrDocument *document);
gboolean          hr_session_outline_is_for (const HrSessionOutline *self, const HrOutlineOptions *options);
/** FALSE: the engine could not be given the table, so it holds drafts only. */
gboolean          hr_session_is_stored     (HrDocument *document, const char *table);

/* session-fold.c */
void hr_session_unfold_selected (HrSession *self);

/* session-outline.c */
/** Takes over what a finished job made. */
void hr_session_adopt_outlines (HrSession *self, HrOutlineJob *job);
void hr_session_drop_outlines  (HrSession *self);
void hr_session_cancel_outline (HrSession *self);
/** Tells the outlines what changed. hr_session_update_outline() then does what is left to do. */
void hr_session_follow_document (HrSession *self, const HrDocumentChange *change);
/** Makes what is wanted and not there: at once or, when that takes long, in a thread. */
void hr_session_update_outline (HrSession *self);

/** Has all outlines read from @engine from now on, which holds the same. */
void hr_session_move_outlines (HrSession *self, HrEngine *engine);
/** For what the session shows and will show of @document, in any order and filter. */
HrOutlineJob *hr_session_new_job (HrSession *self, HrDocument *document);

/* session-thread.c */
/** Takes @document, whose store has been removed: it is closed in a thread, unless somebody else has it, too.
 */
void hr_session_let_go (HrDocument *document);

/* session-change.c */
/** Long changes of definitions are made in a thread. */
void hr_session_defer_changes (HrSession *self);
/** The document itself, also while a thread has it: only what never changes may be asked of it then. */
HrDocument *hr_session_get_own_document (HrSession *self);
/** Calls the change that is being made off and gives up waiting for it: the document is to be let go. */
void hr_session_abandon_change (HrSession *self);
/** Tells the document that it is saved as it was in @generation of the session: as soon as it is back. */
void hr_session_mark_saved (HrSession *self, guint64 generation);

/* session-preview.c */
/** What it would do, in a sentence, or NULL; in the main loop, when it has been tried. */
typedef char *(*HrDescribeFunc) (const HrRefactoring *refactoring);
/** Tries @refactoring in a thread. Takes it. A sentence to be shown until "preview" says something, g_free(); or NULL
 *  with @error. */
char *hr_session_start_preview (HrSession *self, HrRefactoring *refactoring, HrDescribeFunc describe, GError **error);

/* session-check.c */
/** Checks the document when it has been left alone for a moment. */
void hr_session_check_later   (HrSession *self);
void hr_session_cancel_check  (HrSession *self);
/** @findings (nullable, copied) are those about the document, beside those about the file. */
void hr_session_take_findings (HrSession *self, const HrDiagnostics *findings);

/* session-watch.c */
/** Watches the session's file, and compares it with the mark now. */
void hr_session_watch_file    (HrSession *self);
void hr_session_unwatch_file  (HrSession *self);
void hr_session_set_overtaken (HrSession *self, gboolean is_overtaken);

/* session-file.c */
/** Where the document comes from, into its store. */
void hr_session_write_note    (HrSession *self);

/* session-document.c */
/** HrSessionContent: a document with what is known of it. */
typedef struct
{
  HrDocument *document;
  const char *path;             /* or NULL: it has never been saved */
  HrFileMark mark;              /* of this file */
  HrOutlineJob *job;            /* or NULL; its outlines, made already */
  HrDiagnostics *file_findings; /* or NULL */
  HrDiagnostics *findings;      /* or NULL: it has not been checked */
  gboolean keeps_former;        /* the store of the one that was open stays, for it has what is nowhere else */
} HrSessionContent;

/** Shows a document in place of the one that is open. Copies what it wants. */
void hr_session_install         (HrSession *self, const HrSessionContent *content);
void hr_session_forget_document (HrSession *self);

/* session-reveal.c */
/** Selects what an undone or redone step changed, and chooses the view that shows it. */
void hr_session_reveal (HrSession *self, const HrDocumentChange *change);

/* session-run.c */
void hr_session_drop_marks    (HrSession *self);
/** A run that is done becomes the last one of its pattern; when that is chosen and @show, it is shown up to @stage.
 *  Takes it. */
void hr_session_take_run      (HrSession *self, HrRunRecord *record, guint stage, gboolean show);
/** What was set, and else the examples: parameter → text, both borrowed. What has neither is missing. */
GHashTable *hr_session_collect_values (HrSession *self, const HrPattern *pattern);

/* session-run-long.c */
/** Whether the pattern only reads, and may read so much that a thread should. */
gboolean hr_session_is_long_run (HrSession *self, const HrPattern *pattern);
/** Runs it in a thread, in place of a run that is going on. Copies what it wants. */
gboolean hr_session_start_run (HrSession *self, const HrPattern *pattern, GHashTable *values, guint stage,
                               GError **error);
/** One after the other, without showing them; then says how many patterns of the model gave what they should. Takes
 *  @patterns (ids). */
void     hr_session_start_runs (HrSession *self, GPtrArray *patterns);
void     hr_session_stop_run  (HrSession *self);

/* session-run.c */
/** The table and index that the pattern's requests name. */
void hr_session_show_target_of_pattern (HrSession *self, const HrPattern *pattern);

G_END_DECLS
