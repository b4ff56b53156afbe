#pragma once

#include "model/expression/key-condition.h"
#include "model/schema/model.h"

G_BEGIN_DECLS

/*
 * What the requests of a pattern say, for people: the pieces of their JSON that have a place of their own in
 * the window. Values are as the model has them, with references in braces.
 */

/** HrFactClause: one condition on a key attribute; of a Key or an Item: `=`. */
typedef struct
{
  char *attribute;
  HrKeyOperator op;
  char *value;     /* "MSG#{message_group_uuid}" */
  char *upper;     /* of BETWEEN, else NULL */
} HrFactClause;

/** HrStepFacts: one step. */
typedef struct
{
  const HrStep *step;      /* borrowed */
  char *table;             /* first table it names, or NULL */
  char *index;             /* or NULL: the table itself */
  GPtrArray *clauses;      /* HrFactClause: of its key condition, key or item; empty for a Scan */
  char *filter;            /* spelled out, or NULL */
  gint64 limit;            /* items a page; 0: as many as fit */
  char *statement;         /* PartiQL, or NULL; of several none */
  gboolean is_read;        /* Query, Scan, GetItem and their likes; a SELECT */
  gboolean is_scan;        /* a Scan, or a statement that reads all of it */
  gboolean is_ranged;      /* Query or Scan: has filter, page size and consistency of its own */
  gboolean newest_first;
  gboolean consistent;
} HrStepFacts;

HrStepFacts *hr_step_facts_new  (const HrStep *step, const HrModel *model);
void         hr_step_facts_free (HrStepFacts *self);

/** HrStepFacts of each step, owned. */
GPtrArray   *hr_pattern_facts_new (const HrPattern *pattern, const HrModel *model);

/** "Query" or, of several, "Query, Write". Free with g_free(). */
char        *hr_pattern_describe_operation (const HrPattern *pattern);
/** For each entity of the table the patterns that read or write items of it, as their examples tell: a GPtrArray of
 * GPtrArrays of HrPattern, which are the model's. g_ptr_array_unref(). */
GPtrArray   *hr_table_list_serving    (const HrTable *table, const HrModel *model);
gboolean     hr_pattern_uses_index    (const HrPattern *pattern, const HrModel *model, const HrTable *table,
                                       const char *index);
/** "begins with" and its likes, translated. */
const char  *hr_key_operator_describe (HrKeyOperator op);

/** The key attribute of the index that keeps the entity's items out, or NULL when they enter it. */
const HrAttribute *hr_entity_find_missing_key (const HrEntity *entity, const HrIndex *index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrStepFacts, hr_step_facts_free)

G_END_DECLS
