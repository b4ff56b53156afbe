#pragma once

#include "model/document/document.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/*
 * Changes that reach further than one definition: a name wherever it stands, the keys of items when a
 * template changes, values when a type changes. First a refactoring is made, which says what would change in
 * the definitions and refuses what these cannot have. It may then be tried, which says what would happen to
 * the items; at last it is applied, as one undo step. Free one that is not wanted.
 */

/** HrRefactorChange: one place in the definitions that changes. */
typedef struct
{
  HrTarget *target; /* what it belongs to: to be shown */
  char *place;      /* translated: "Pattern A, step messages: KeyConditionExpression" */
  char *before;     /* as it stands there; the text alone, not what is around it */
  char *after;
} HrRefactorChange;

/** HrRefactorProblem: an item that does not come along. */
typedef struct
{
  gint64 ordinal;         /* of the entry in the table */
  char *key;              /* typed JSON of its primary key as it is before, or NULL of a draft */
  char *reason;           /* translated, to stand behind a colon */
  gboolean becomes_draft; /* else it stays as it is */
} HrRefactorProblem;

/* Problems beyond this are counted, not listed. */
#define HR_REFACTOR_PROBLEMS_MAX 1000

/** HrRefactoring: what would happen. Read only. Numbers and problems are known once it has been tried or
 * applied. */
typedef struct
{
  char *name;          /* of the undo step: "Rename pk to PK" */
  GPtrArray *changes;  /* HrRefactorChange, in the order of the model */
  GPtrArray *notes;    /* char*: translated sentences: what is left as it is on purpose */
  const char *table;   /* whose items change, or NULL */
  guint n_items;       /* stored items that change */
  guint n_drafts;      /* drafts that change */
  guint n_become_drafts; /* items that could not be stored afterwards */
  guint n_stay;        /* items that the change cannot be made for */
  GPtrArray *problems; /* HrRefactorProblem: of both, in order of the items */
  HrTarget *selection; /* what to select when it is done */
} HrRefactoring;

void hr_refactoring_free (HrRefactoring *self);

/**
 * Tries it on the document and takes it back, so its counts are what comes of it; nobody is notified. That
 * costs what applying costs: linear in the table's items. FALSE with @error when it cannot be done, and
 * nothing is left to do but to free it.
 */
gboolean hr_refactoring_try (HrRefactoring *self, HrDocument *document, GError **error);
/** Rows that trying or applying it goes through, about; 0: definitions only. */
guint64 hr_refactoring_count_rows (const HrRefactoring *self, HrDocument *document);
/**
 * Both fail with HR_ERROR_INVALID when the definitions have changed since it was made, and while an edit is
 * open. Items are taken as they are by then.
 */
gboolean hr_refactoring_apply (HrRefactoring *self, HrDocument *document, GError **error);

typedef enum
{
  HR_RENAME_TABLE_WIDE, /* an attribute of all entities of the table, of keys and of items */
  HR_RENAME_ENTITY_ONLY, /* an attribute of one entity, and of its items */
} HrRenameScope;

/**
 * hr_refactor_rename:
 * @target: anything but MODEL and TEMPLATE; of a PATTERN its letter
 * @scope: of an ATTRIBUTE, else ignored. A KEY is always renamed wherever the table and its indexes use it.
 * An attribute that one entity alone has may get a name that others or keys of indexes have: these stay as they are.
 *
 * Follows the name through keys of indexes, templates, projections, time to live, requests (expressions,
 * placeholders, keys and items, legacy parameters, PartiQL, table and index names), references between steps,
 * expected keys, lessons, scenarios, and items. Renaming back gives the same file, except where a bare name
 * in an expression needed a placeholder. HR_ERROR_EXISTS when the name is taken (by items: when it is tried
 * or applied); HR_ERROR_INVALID when it is empty or could not be referred to.
 */
HrRefactoring *hr_refactor_rename   (HrDocument *document, const HrTarget *target, const char *new_name,
                                     HrRenameScope scope, GError **error);

/**
 * hr_refactor_template: another template for a key of an entity, and the keys of its items made anew from it.
 * @declare: as for hr_document_set_template()
 *
 * The variables are read out of the old keys. Items that lack one stay as they are; two that would get the same key
 * do not both: one becomes a draft. Requests that hold the old template with references for its variables get the new
 * one, where it needs no others.
 */
HrRefactoring *hr_refactor_template (HrDocument *document, const char *table, const char *entity, const char *key,
                                     const char *text, gboolean declare, GError **error);

/**
 * hr_refactor_type: another type for an ATTRIBUTE (in the items of its entity) or a KEY (in all items of the table).
 * Values are converted by what is written (model/value/edit-text.h): "12" becomes 12 and back. Others stay. Requests
 * that name the attribute keep the types of their values, and are noted.
 */
HrRefactoring *hr_refactor_type     (HrDocument *document, const HrTarget *target, HrType type, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrRefactoring, hr_refactoring_free)

G_END_DECLS
