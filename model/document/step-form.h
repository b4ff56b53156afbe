#pragma once

#include "model/expression/key-condition.h"
#include "model/schema/model.h"

G_BEGIN_DECLS

/**
 * HrStepForm: the request of a step as a form that reads like a sentence.
 *
 * Texts are those of the request's strings, with references: `MSG#{message_group_uuid}`. Members that the form does not
 * show stay in the request as they are, and what was not changed is written as it was read, to the byte.
 */
typedef struct
{
  char *attribute;
  HrKeyOperator op; /* HR_KEY_EQ except in a Query */
  HrType type;      /* S, N or B */
  char *value;
  char *upper;      /* of BETWEEN, else NULL */
  char *placeholder; /* of value in the request it was read from, kept if it can be; or NULL */
  char *upper_placeholder;
} HrFormCondition;

HrFormCondition *hr_form_condition_new (const char *attribute, HrKeyOperator op, HrType type, const char *value,
                                        const char *upper);

typedef struct
{
  char *operation;
  char *table;           /* or NULL: in a batch, a transaction or a statement */
  char *index;           /* or NULL: the table itself */
  /** Rows of the key condition of a Query, of the Key of GetItem, UpdateItem and DeleteItem. */
  GPtrArray *conditions; /* HrFormCondition */
  gboolean has_conditions; /* the operation has such rows */
  /** The key condition is written by hand beyond rows (a value on the left, a nested path …): then this is what counts,
   *  spelled out (of a Key: JSON), and @conditions is empty. NULL otherwise. */
  char *written;
  /** FilterExpression of Query and Scan, ConditionExpression of writes; in the spelled-out form of hr_spell_out().
   *  NULL: none. */
  char *filter;
  char *update;          /* UpdateExpression of an UpdateItem, likewise; or NULL */
  char *projection;      /* ProjectionExpression, likewise; or NULL */
  char *page_size;       /* Limit: digits or a reference; or NULL */
  gboolean descending;   /* ScanIndexForward is false */
  gboolean consistent;   /* ConsistentRead is true */
  char *item;            /* Item of a PutItem, typed JSON over several lines; or NULL */
  char *request;         /* the request that it was read from */
} HrStepForm;

/** Reads the request of a step. Always gives a form; what cannot be shown in it stays in @request. */
HrStepForm *hr_step_form_new  (const char *operation, const char *request);
HrStepForm *hr_step_form_copy (const HrStepForm *self);
void        hr_step_form_free (HrStepForm *self);

/**
 * hr_step_form_dup_request: the request, compact JSON.
 *
 * NULL with HR_ERROR_INVALID when a text of the form cannot be read; @error names the field and the place.
 * Another operation than the request was read for takes over what it has: target, rows, filter.
 */
char       *hr_step_form_dup_request (const HrStepForm *self, GError **error);

/**
 * hr_spell_out:
 * @names: (nullable): ExpressionAttributeNames; @values: (nullable): ExpressionAttributeValues
 *
 * The expression with what placeholders stand for: `status = "open" AND #"my key" > 5`. S in quotes (JSON's), N bare,
 * also a reference as number `{n}`; true, false, null; B as b"aGk=". Values without such a form, and placeholders that
 * are not defined, stay placeholders. NULL when the text is no expression of this kind.
 */
char *hr_spell_out (HrExpressionKind kind, const char *text, const HrJson *names, const HrJson *values);

/** Whether an attribute is a key of @table, or of the index of it that the form names. */
gboolean hr_step_form_is_key (const HrStepForm *self, const HrTable *table, const char *attribute);

/** Gives the form the rows that its operation needs of @table, or of the index that it names: of a Query the partition
 *  key, of what is about one item both. A new row asks for the reference `{attribute}`; rows that are no keys go. */
void hr_step_form_fit_keys (HrStepForm *self, const HrTable *table);

/**
 * Makes the form ask for items of @entity of @table itself: each key for what its template makes, with references for
 * the variables; of a Query the sort key for how the template begins, if it begins with a text. What is written by hand
 * goes. FALSE: the operation asks for no key.
 */
gboolean hr_step_form_ask_for (HrStepForm *self, const HrTable *table, const HrEntity *entity);

/** Moves row @index of the key condition to the filter: what is no key can only be looked at after the read. */
void hr_step_form_move_to_filter (HrStepForm *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrStepForm, hr_step_form_free)

G_END_DECLS
