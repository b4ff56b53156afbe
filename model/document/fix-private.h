#pragma once

#include "model/document/fix.h"
#include "model/document/refactor.h"

G_BEGIN_DECLS

typedef HrRefactoring *(*HrFixMakeFunc) (const HrFix *self, HrDocument *document, GError **error);
typedef gboolean (*HrFixApplyFunc) (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error);

struct _HrFix
{
  char *label;
  HrFixMakeFunc make;   /* of what reaches far; else */
  HrFixApplyFunc apply;
  HrTarget *target;     /* the definition, or the table of the entry */
  gint64 ordinal;       /* of the entry; -1: none */
  char *name;           /* of an attribute, a parameter, a member of a request */
  char *text;           /* what to write */
  HrType type;
};

/** HrFixPlace: what a finding is about, found again. */
typedef struct
{
  HrDocument *document;
  const HrConcern *concern;
  HrTarget target;
  HrTargetPlace found;
  HrArena *arena;
  HrValue item;            /* of the entry, if there is one */
  const HrEntity *entity;  /* that it is, or is most like; or NULL */
} HrFixPlace;

/** For this place. Takes @label. */
HrFix *hr_fix_new          (const HrFixPlace *place, char *label);
/** Another template for the key that self->target names, and the keys of its items made anew. Takes @label. */
HrFix *hr_fix_new_template (const HrFixPlace *place, const char *text, char *label);

/* fix-items.c: NULL: the finding is no longer so, or has no likely remedy */
HrFix *hr_fix_find_value_type  (const HrFixPlace *place); /* of an attribute that its entity declares */
HrFix *hr_fix_find_key         (const HrFixPlace *place); /* that is missing */
HrFix *hr_fix_find_key_type    (const HrFixPlace *place);
HrFix *hr_fix_find_distinction (const HrFixPlace *place); /* of two items with one key */

G_END_DECLS
