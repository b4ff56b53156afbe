#pragma once

#include "model/document/document-private.h"
#include "model/document/refactor.h"

G_BEGIN_DECLS

/** HrItemChange: what a refactoring does to one item. */
typedef struct
{
  HrValue item;       /* as it becomes; in the arena that was passed */
  gboolean is_changed;
  const char *reason; /* translated, static or in the arena: why it stays as it is though it should change; or NULL */
} HrItemChange;

typedef struct _HrRefactorPlan HrRefactorPlan;
/** Sets the error: @n_stay items cannot come along, and without them it makes no sense. */
typedef void (*HrStayFunc) (const HrRefactorPlan *plan, guint n_stay, GError **error);
typedef void (*HrItemFunc) (HrRefactorPlan *plan, const HrValue *item, HrArena *arena, HrItemChange *change);

/** HrRefactorPlan: the refactoring and how to do it. The public part comes first. */
struct _HrRefactorPlan
{
  HrRefactoring report;

  /* owned */
  HrModel *before;
  HrModel *after;
  char *table;        /* before; or NULL: no items change */
  char *from;         /* whatever the function needs */
  char *to;
  GHashTable *keys;   /* texts of keys that are to be followed → what they become (char *, or NULL); or NULL */

  HrItemFunc func;
  HrStayFunc refuse_stay; /* or NULL: items may stay as they are */
  gboolean has_report;
  HrType type;
  const HrTable *old_table;   /* in before */
  const HrEntity *old_entity;
  const HrTable *new_table;   /* in after */
  const HrEntity *new_entity;
};

/** A plan with a copy of the document's model to be changed. */
HrRefactorPlan *hr_refactor_plan_new (HrDocument *document);
/* refactor-items.c: all of it within an open edit */
/** Fills in the report, the first time. */
gboolean hr_refactor_plan_carry_out (HrRefactorPlan *plan, HrDocument *document, GError **error);

void     hr_refactor_note (HrRefactorPlan *plan, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* refactor-requests.c: requests and expected keys of a template that changes */
void     hr_refactor_requests (HrRefactorPlan *plan, const HrKeyTemplate *from, const HrKeyTemplate *to);
/** Collects the keys that patterns expect of the plan's table, to be followed. */
void     hr_refactor_follow_keys  (HrRefactorPlan *plan);
/** Puts what became of them into the new model; keys of no item stay. */
void     hr_refactor_replace_keys (HrRefactorPlan *plan);

G_END_DECLS
