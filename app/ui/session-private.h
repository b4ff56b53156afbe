#pragma once

#include "app/ui/session.h"
#include "app/ui/snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  HrPatternRun *run;
  guint64 generation; /* of the document when it ran */
  double ms;
} HrSessionRun;

/** HrSessionWork: something that a thread does for the session, which alone uses the engine meanwhile. */
typedef struct
{
  HrCancel cancel;
  gatomicrefcount ref_count;
} HrSessionWork;

struct _HrSession
{
  GObject parent_instance;

  /* owned: the document */
  HrDocument *document;
  char *path;
  HrDiagnostics *diagnostics;
  GSignalGroup *document_signals;
  guint64 generation;   /* grows with each change */
  gboolean was_restored; /* differs from its file without an undo step saying so */
  gboolean has_backup;  /* the version at opening has been put aside */
  gboolean is_saving;
  HrSessionWork *opening; /* the thread that reads another document, or NULL */

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
  guint order;          /* HrPartitionOrder */
  guint density;        /* HrDensity */
  double zoom;
  gboolean dim_others;
  HrArena *key_arena;
  HrValue key;          /* of the selected item, in key_arena */
  gboolean has_key;
  guint column;

  /* owned: the outline, with the model that it was made from, for it borrows definitions */
  HrOutline *outline;
  HrModel *outline_model;
  GHashTable *totals;   /* table name → HrOutlineTotals */
  GHashTable *censuses; /* table name → HrIndexCensus, made when asked for */
  gboolean outline_wanted; /* again, when the present work is done */
  HrSessionWork *work;  /* the thread that makes it, or NULL */

  /* owned: runs */
  GHashTable *runs;     /* pattern id → HrSessionRun */
  GHashTable *values;   /* pattern id, US, parameter → text */
  HrMarks *marks;       /* made when asked for */
  HrModel *marks_model;
  gboolean run_shown;
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
  HR_SESSION_PROP_ORDER,
  HR_SESSION_PROP_DENSITY,
  HR_SESSION_PROP_ZOOM,
  HR_SESSION_PROP_DIM_OTHERS,
  HR_SESSION_PROP_BUSY,
  HR_SESSION_N_PROPS,
} HrSessionProperty;

void hr_session_notify       (HrSession *self, HrSessionProperty property);
void hr_session_set_busy     (HrSession *self, const char *text);
void hr_session_set_subject  (HrSession *self, HrSubject subject);
/** Sets the error and returns FALSE while a thread uses the engine or there is no document. */
gboolean hr_session_check_ready (HrSession *self, GError **error);
void hr_session_emit_outline_changed   (HrSession *self);
void hr_session_emit_run_changed       (HrSession *self);
void hr_session_emit_selection_changed (HrSession *self);
void hr_session_emit_toast             (HrSession *self, const char *text, gboolean can_undo);

HrSessionWork *hr_session_work_new   (void);
HrSessionWork *hr_session_work_ref   (HrSessionWork *self);
void           hr_session_work_unref (HrSessionWork *self);

/* session-outline.c */
/** HrOutlineJob: an outline to be made and totals to be counted, on any thread. */
typedef struct
{
  HrDocument *document;
  HrModel *model;
  char *table;
  char *index;
  char *filter;
  HrPartitionOrder order;
  guint64 hidden_entities;
  GHashTable *totals;  /* of tables that are known; the job adds the others */
  HrOutline *outline;  /* the result */
} HrOutlineJob;

HrOutlineJob *hr_outline_job_new  (HrDocument *document, const char *table, const char *index);
void          hr_outline_job_free (HrOutlineJob *self);
gboolean      hr_outline_job_run  (HrOutlineJob *self, const HrCancel *cancel, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrOutlineJob, hr_outline_job_free)

/** Takes over what a finished job made. */
void hr_session_adopt_outline   (HrSession *self, HrOutlineJob *job);
void hr_session_drop_outline    (HrSession *self);
/** Makes the outline anew, at once or, when the table is big, in a thread. */
void hr_session_update_outline  (HrSession *self);

/* session-document.c */
/** Shows @document in place of the one that is open; @job: (nullable): its outline, made already. Takes
 *  @diagnostics. */
void hr_session_install         (HrSession *self, HrDocument *document, const char *path, HrOutlineJob *job,
                                 HrDiagnostics *diagnostics);
void hr_session_forget_document (HrSession *self);

/* session-reveal.c */
/** Selects what an undone or redone step changed, and chooses the view that shows it. */
void hr_session_reveal (HrSession *self, const HrDocumentChange *change);

/* session-run.c */
void hr_session_run_free      (HrSessionRun *self);
void hr_session_drop_marks    (HrSession *self);
/** The table and index that the pattern's requests name. */
void hr_session_show_target_of_pattern (HrSession *self, const HrPattern *pattern);

G_END_DECLS
