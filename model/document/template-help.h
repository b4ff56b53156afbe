#pragma once

#include "model/base/diagnostic.h"
#include "model/document/document.h"

G_BEGIN_DECLS

/*
 * What the field of a key template needs while somebody types: names to complete, what is wrong and where, an example,
 * and how many keys the items there are would get.
 */

typedef struct
{
  const char *name; /* borrowed from the entity */
  HrType type;
  gboolean is_key_part;
  gboolean is_optional;
} HrTemplateCandidate;

/** What `{@prefix` can become, in an array of HrTemplateCandidate to be unreffed: names that begin with it (in any
 *  case), then those that contain it; each in the order of the entity, key parts first. Types that no key can hold are
 *  left out. */
GArray *hr_template_complete (const HrEntity *entity, const char *prefix);

typedef struct
{
  char *message;  /* translated sentence */
  HrRange range;  /* in the text */
  char *fixed;    /* the whole text with the name that was probably meant; or NULL */
  char *meant;    /* then that name */
  gboolean is_unknown; /* a variable that is no attribute and no key part: it could be declared */
  char *variable; /* then its name */
} HrTemplateFinding;

void hr_template_finding_free (gpointer finding);

/** Findings about a template of this entity, HrTemplateFinding each; empty when it is right. */
GPtrArray *hr_template_check (const HrEntity *entity, const char *text);

/** The key that the item (nullable) gets; variables without a value stand as `{name}`. NULL when the text is no
 *  template. */
char *hr_template_dup_example (const HrTable *table, const HrEntity *entity, const char *text, const HrValue *item);

typedef struct
{
  guint64 n_items;    /* of the entity, in the sample */
  guint64 n_keys;     /* distinct keys among them */
  guint64 n_without;  /* items that lack a variable */
  gboolean is_complete; /* no item was left out of the sample */
} HrTemplateCount;

/** Counts over the first @limit entries of the table. FALSE with @error when the text is no template, or the store
 *  failed. */
gboolean hr_template_count (HrDocument *document, const char *table, const char *entity, const char *text, guint limit,
                            HrTemplateCount *count, GError **error);

G_END_DECLS
