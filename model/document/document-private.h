#pragma once

#include "model/base/buffer.h"
#include "model/base/json-reader.h"
#include "model/document/store.h"
#include "model/engine/definition-compare.h"
#include "model/engine/rows.h"

G_BEGIN_DECLS

/* Free ordinals behind each entry that is put at the end, so that moving one seldom moves others. */
#define HR_ORDINAL_STEP ((gint64) 1024)
#define HR_ORDINAL_MAX  (G_MAXINT64 / 4)

/** HrRowImage: a row as undo keeps it; @record is a g_atomic_rc_box, NULL for no row. */
typedef struct
{
  gint64 ordinal;
  guint8 *record;
} HrRowImage;

#define HR_ROW_IMAGE_NONE ((HrRowImage) { 0, NULL })

/** HrDraftEntry: an immutable draft, shared also between threads (g_atomic_rc_box). */
typedef struct
{
  HrDraft draft;
  char *key; /* canonical JSON of the primary key when the draft waits for it, else NULL */
} HrDraftEntry;

typedef enum
{
  HR_CHANGE_ROW,
  HR_CHANGE_DRAFT,
  HR_CHANGE_MODEL,
} HrChangeKind;

/** HrChange: one change with its inverse. Images of one row change have the same primary key. */
typedef struct
{
  HrChangeKind kind;
  char *table; /* GRefString; NULL of MODEL; of DRAFT the entries name their tables */
  union
  {
    struct
    {
      HrRowImage before;
      HrRowImage after;
    } row;
    struct
    {
      HrDraftEntry *before;
      HrDraftEntry *after;
    } draft;
    struct
    {
      HrModel *before;
      HrModel *after;
    } model;
  };
} HrChange;

typedef struct
{
  char *table; /* GRefString */
  gint64 next;
} HrNextOrdinal;

/** HrUndoStep: changes in the order they were made, and the next ordinals of all tables at both ends. */
typedef struct
{
  char *name;
  GArray *changes;     /* HrChange */
  GArray *next_before; /* HrNextOrdinal */
  GArray *next_after;
} HrUndoStep;

typedef struct
{
  gint64 ordinal;
  HrRange range;
} HrPlace;

/** HrTableLoad: rows on their way into a table; see load.c. */
typedef struct _HrTableLoad HrTableLoad;

/** HrDocumentTable: what the document itself keeps about a table of the model. */
typedef struct
{
  char *name;        /* GRefString */
  GPtrArray *drafts; /* HrDraftEntry, by ordinal */
  GArray *places;    /* HrPlace of rows as loaded, by ordinal */
  HrTableLoad *load; /* while a load is open, else NULL */
} HrDocumentTable;

/** HrKeptState: what the store says of the document. */
typedef enum
{
  HR_KEPT_UNKNOWN,
  HR_KEPT_MODIFIED,
  HR_KEPT_SAVED,
} HrKeptState;

/** HrCapture: rows that others changed, each with how it was when they began; see capture.c. */
typedef struct _HrCapture HrCapture;

struct _HrDocument
{
  GObject parent_instance;

  /* owned */
  HrModel *model;
  HrEngine *engine;
  GPtrArray *tables;  /* HrDocumentTable, in order of the model */
  GPtrArray *steps;   /* HrUndoStep: done ones, then undone ones */
  HrUndoStep *edit;   /* the open one, or NULL */
  GHashTable *freed;  /* table and key texts whose row went away in the open edit */
  HrCapture *capture; /* or NULL */
  HrArena *scratch;   /* of hr_document_add_item() */
  char *store;        /* path of its file, or NULL: in memory */

  GPtrArray *held; /* HrAnnouncement; NULL: they are sent at once */

  /* borrowed */
  HrProgress *progress; /* of long edits, or NULL */
  HrDeferFunc defer;    /* or NULL */
  gpointer defer_data;
  const HrModelText *text; /* of definitions in the store; NULL: there is none */

  guint n_done;
  guint saved_at;        /* n_done when it was saved; G_MAXUINT: no step leads back there */
  guint n_loaded;        /* rows of the load that is open */
  guint n_drafts_loaded;
  gboolean is_loading;
  gboolean is_broken;    /* the store failed within the edit or load */
  gboolean is_snapshot;
  gboolean forget_places; /* the file has changed since places were taken */
  HrKeptState kept_state;

  /* as last notified */
  gboolean was_modified;
  gboolean could_undo;
  gboolean could_redo;
};

/** HrJudgement: whether an item can be stored, and if not, why. A plain value; text from g_malloc. */
typedef struct
{
  const char *code; /* NULL: it can */
  char *reason;
  char *key_text;   /* canonical JSON of the primary key, when it has one */
  HrValue item;     /* in the arena it was judged with */
  HrValue key;
} HrJudgement;

void hr_judgement_clear (HrJudgement *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrJudgement, hr_judgement_clear)

/* definition.c: what of a table the engine is given */
HrTable   *hr_definition_new     (const HrTable *table); /* NULL when no engine could have it */
/** Text that is equal exactly when the engine holds equal tables. */
char      *hr_definition_print   (const HrTable *definition);
gboolean   hr_definition_is_same_to_engine (const HrTable *a, const HrTable *b);
/** The primary key (M) of an item, in @arena; FALSE when an attribute of it is missing or mistyped. */
gboolean   hr_definition_get_key (const HrTable *definition, const HrValue *item, HrArena *arena, HrValue *key);
char      *hr_definition_print_key (const HrValue *key);
gboolean   hr_definition_create  (HrEngine *engine, const HrTable *table, GError **error);
/** Of a table that the engine has with the same primary key. */
gboolean   hr_definition_update  (HrEngine *engine, const HrTable *table, GError **error);

/* judge.c */
gboolean hr_judge_json (HrEngine *engine, const char *table, const HrJson *json, HrArena *arena,
                        HrJudgement *judgement);
gboolean hr_judge_item (HrEngine *engine, const char *table, const HrValue *item, HrArena *arena,
                        HrJudgement *judgement);
/** Adds the last question to a judgement that found nothing: whether another row has the key. */
gboolean hr_judge_duplicate (HrDocument *self, const char *table, HrArena *arena, HrJudgement *judgement,
                             GError **error);
void     hr_judgement_refuse_duplicate (HrJudgement *judgement);

/* drafts.c */
HrDraftEntry *hr_draft_entry_new   (const char *table, gint64 ordinal, char *json, const HrJudgement *judgement,
                                    HrRange place); /* takes @json */
HrDraftEntry *hr_draft_entry_ref   (HrDraftEntry *self);
void          hr_draft_entry_unref (HrDraftEntry *self);
/** The code as HrDraft has it; "item-refused" for one that is unknown. */
const char   *hr_draft_intern_code (const char *code);
HrDraftEntry *hr_draft_entry_place (const HrDraftEntry *self, const char *table, gint64 ordinal);
HrDocumentTable *hr_document_table_new  (const char *name);
void             hr_document_table_free (HrDocumentTable *self);
HrDocumentTable *hr_document_find_table (HrDocument *self, const char *name);
/** Where a draft of this ordinal stands or would stand among the table's drafts. */
guint            hr_document_table_find_draft (const HrDocumentTable *self, gint64 ordinal, gboolean *found);
HrDraftEntry    *hr_document_get_draft_entry (HrDocument *self, guint index);
/** Tries to store drafts whose key has become free in the open edit. */
gboolean         hr_document_settle_drafts (HrDocument *self, GError **error);
/** Judges a draft again; a row, a draft with another reason, or no change comes of it. */
gboolean         hr_document_retry_draft (HrDocument *self, HrDraftEntry *entry, GError **error);

/* places.c */
void    hr_document_table_add_place (HrDocumentTable *self, gint64 ordinal, HrRange range);
HrRange hr_document_table_get_place (const HrDocumentTable *self, gint64 ordinal);
/** A row has changed: its place follows when it only moved, else it is forgotten. */
void    hr_document_table_move_place (HrDocumentTable *self, const HrRowImage *before, const HrRowImage *after);
/** All rows of a table, to be changed while they are gone through. */
GArray *hr_document_take_rows (HrDocument *self, const char *table, GError **error);

/* write.c: the only ways to change something; each records its inverse in the open edit */
gboolean hr_document_write_row   (HrDocument *self, const char *table, const HrRowImage *before,
                                  const HrRowImage *after, GError **error);
void     hr_document_write_draft (HrDocument *self, HrDraftEntry *before, HrDraftEntry *after);
gboolean hr_document_write_model (HrDocument *self, HrModel *model, GError **error);
/** Only notes a change that the engine has made already. */
void     hr_document_note_row    (HrDocument *self, const char *table, const HrRowImage *before,
                                  const HrRowImage *after);
HrRowImage hr_row_image_new      (gint64 ordinal, const guint8 *record, gsize length);
HrRowImage hr_row_image_from_item (gint64 ordinal, const HrValue *item);
HrRowImage hr_row_image_copy     (const HrRowImage *self);
void       hr_row_image_clear    (HrRowImage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrRowImage, hr_row_image_clear)
gboolean   hr_row_image_equal    (const HrRowImage *a, const HrRowImage *b);
/** FALSE with HR_ERROR_STORE when the record is damaged. */
gboolean   hr_row_image_decode   (const HrRowImage *self, HrArena *arena, HrValue *item, GError **error);

/* ordinals.c */
gint64   hr_document_get_next_ordinal   (HrDocument *self, const char *table);
gboolean hr_document_check_ordinal      (HrDocument *self, const char *table, gint64 ordinal, GError **error);
/** Makes @ordinal free (-1: one behind the last) and tells it. */
gboolean hr_document_take_ordinal       (HrDocument *self, const char *table, gint64 *ordinal, GError **error);
GArray  *hr_document_save_next_ordinals (HrDocument *self);
void     hr_document_load_next_ordinals (HrDocument *self, const GArray *next);

/* rebuild.c */
/** Gives the engine the tables of @to instead of those of @from; rows of tables in both are kept or carried over. */
gboolean hr_document_rebuild_engine (HrDocument *self, const HrModel *from, const HrModel *to, GError **error);
/** Whether the engine's table @from only needs other indexes and settings to become @to. */
gboolean hr_document_can_update_table (HrDocument *self, const HrTable *from, const HrTable *to);
/** How many rows are gone through when @from becomes @to. */
guint64 hr_document_count_rebuild (HrDocument *self, const HrModel *from, const HrModel *to);
/** Takes over @to; drafts and places stay with their tables. */
void     hr_document_adopt_model    (HrDocument *self, const HrModel *from, HrModel *to);
/** What becomes of table @name of @from in @to: the same, a renamed one, or NULL. Symmetric. */
const HrTable *hr_model_follow_table (const HrModel *from, const HrModel *to, const char *name);

/* undo.c */
HrUndoStep *hr_undo_step_new  (const char *name);
void        hr_undo_step_free (HrUndoStep *self);
void        hr_change_apply_in_memory (HrDocument *self, const HrChange *change, gboolean forward);
gboolean    hr_change_apply_in_engine (HrDocument *self, const HrChange *change, gboolean forward, GError **error);
/** Changes are gone through as they happen: of a step that is undone, from the last one, each the other way round. */
const HrChange *hr_undo_step_get_change (const HrUndoStep *step, guint i, gboolean forward);
/** Puts a new step behind the done ones; undone ones are gone. Takes @step. */
void        hr_document_push_step (HrDocument *self, HrUndoStep *step);

/* merge.c */
/** Makes @step a part of the last one that was done, if that may still change. Takes @step when it returns TRUE. */
gboolean    hr_document_merge_step (HrDocument *self, HrUndoStep *step);

/* store.c: these do nothing in memory */
/** To be called in the transaction that makes the change. */
gboolean    hr_document_keep_step   (HrDocument *self, const HrUndoStep *step, gboolean forward, GError **error);
gboolean    hr_document_keep_drafts (HrDocument *self, GError **error);
/** To be called after a commit, and when the document has been saved. */
void        hr_document_keep_state  (HrDocument *self);

/* announce.c */
/** HrAnnouncement: what a step did when it was done, undone or done again, independent of it. */
typedef struct _HrAnnouncement HrAnnouncement;
HrAnnouncement *hr_announcement_new      (const HrUndoStep *step, HrDocumentEvent event);
HrAnnouncement *hr_announcement_new_load (HrDocument *document, guint n_rows, guint n_drafts);
/** Tells everybody, now or when the document may speak again; takes it. */
void            hr_announcement_send     (HrAnnouncement *self, HrDocument *document);
void hr_announcement_free (HrAnnouncement *self);

/* edit.c, document.c */
gboolean hr_document_require_edit (HrDocument *self, GError **error);
gboolean hr_document_fail_store   (HrDocument *self); /* marks the edit as broken; returns FALSE */
/** Counts one more row of long work. FALSE with HR_ERROR_CANCELLED when it is called off: the edit can only
 * be cancelled then. */
gboolean hr_document_step (HrDocument *self, GError **error);
/** Brings properties up to date and emits the signal. */
void     hr_document_emit_changed (HrDocument *self, const HrDocumentChange *change);
gboolean hr_document_unknown_table (const char *table, GError **error); /* sets the error; returns FALSE */

/* items.c, load.c */
/** NULL with HR_ERROR_INVALID that tells line and column. */
const HrJson *hr_document_parse_json (HrArena *arena, const char *text, gsize length, GError **error);
/** Puts what was written at an ordinal that is free and below the next one: an item if it can be, else a draft. */
gboolean hr_document_put_entry    (HrDocument *self, HrDocumentTable *table, gint64 ordinal, const char *text,
                                   HrRange place, GError **error);
/** Makes a draft of what was written and could not be stored. */
void     hr_document_add_draft    (HrDocument *self, const HrDocumentTable *table, gint64 ordinal, const HrJson *json,
                                   const HrJudgement *judgement, HrRange place);
/** The same as hr_document_add_item() for the load that is open; @json lies in the document's scratch arena. */
gboolean hr_document_load_entry   (HrDocument *self, HrDocumentTable *table, gint64 ordinal, const HrJson *json,
                                   HrRange place, GError **error);
void     hr_table_load_free       (HrTableLoad *self);

/* capture.c */
void     hr_capture_free (HrCapture *self);

G_END_DECLS
