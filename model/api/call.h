#pragma once

#include "model/api/api.h"
#include "model/api/constraints.h"
#include "model/api/shape-rows.h"

G_BEGIN_DECLS

/*
 * One call on its way through an operation. Private to model/api.
 */
typedef struct _HrApiCall HrApiCall;

struct _HrOperation
{
  const char *name;
  HrOperationFlags flags;
  HrWording wording; /* in the newer layer; in the older one all say HR_WORDING_OLD */
  HrConstraintsFlags constraints;
  const HrShape *shape;
  /** Writes the response to the end of @out or fills the error. Asks the engine when all is known good. */
  gboolean (*run) (HrApiCall *call);
};

struct _HrApiCall
{
  const HrApi *api;
  const HrOperation *operation;
  HrWording wording;
  gsize body_length;
  const HrJson *body;
  HrFields fields; /* of the body, by the rows of the operation's shape */
  HrArena *arena;
  HrBuffer *out;
  HrServiceError *error;
  HrCall engine;
  HrCapacity capacity;
};

/* Reading */

/** The constraints of the whole request; reads ReturnConsumedCapacity (row @capacity_row). */
gboolean hr_call_begin (HrApiCall *call, guint capacity_row);
/** An Item or Key. Words of a bad value follow the operation's wording. */
gboolean hr_call_read_item (HrApiCall *call, const HrJson *json, HrValue *item);
/** FALSE with the service's words when a put is larger than an item may be. */
gboolean hr_call_check_item_size (HrApiCall *call, const HrValue *item);
gboolean hr_call_fail (HrApiCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** Of the family that the newest layer puts an envelope around. */
gboolean hr_call_fail_value (HrApiCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** FALSE when one of these members of the body is there, which the service has and we do not. */
gboolean hr_call_refuse_members (HrApiCall *call, guint first_row, guint last_row);
/** A member that the service has and we do not. */
gboolean hr_call_fail_unsupported (HrApiCall *call, const char *member);
/** As operations on tables say that there is none. */
gboolean hr_call_fail_no_table (HrApiCall *call, const char *name);

#define HR_NO_ROW 255

/** Which rows of a shape take part in expressions. Lists are in the order that messages have them. */
typedef struct
{
  struct
  {
    guint8 row;
    HrExpressionKind kind;
  } expressions[3];
  guint8 n_expressions;
  guint8 legacy[4]; /* what must not be mixed with expressions */
  guint8 n_legacy;
  guint8 names; /* rows of the placeholders, or HR_NO_ROW */
  guint8 values;
  gboolean has_deep_values; /* how deep they nest is not checked */
} HrExpressionRows;

/** The compiled expressions of a request; NULL for absent ones. */
typedef struct
{
  const HrCondition *condition; /* condition or filter */
  const HrKeyCondition *key_condition;
  HrKeyConditionTree *key_condition_tree; /* what it is made of */
  const HrProjection *projection;
  const HrUpdate *update;
} HrExpressions;

/** Mixed interfaces, placeholders without expression. Comes before values are looked at. */
gboolean hr_call_check_parameters (HrApiCall *call, const HrShape *shape, const HrFields fields,
                                   const HrExpressionRows *rows);
/** Compiles what is there of the expressions; leaves the rest of @result alone. */
gboolean hr_call_compile (HrApiCall *call, const HrFields fields, const HrExpressionRows *rows,
                          HrExpressions *result);
/** Puts the error of a value inside @json into the older layer's words; the codec speaks the newer ones. */
void     hr_call_reword_value (HrApiCall *call, const HrJson *json);

/* Writing */

/** `"name":`, after a comma unless it is the first member of its object. */
void hr_write_member (HrBuffer *out, const char *name);
void hr_write_text_member (HrBuffer *out, const char *name, const char *text);
void hr_write_integer_member (HrBuffer *out, const char *name, gint64 value);
void hr_write_boolean_member (HrBuffer *out, const char *name, gboolean value);
/** Seconds since the epoch with milliseconds, as the service tells time. */
void hr_write_time_member (HrBuffer *out, const char *name, gint64 time_us);
/** A comma unless it is the first element of its array. */
void hr_write_comma (HrBuffer *out);

/** A whole body: an object with one member, the description of a table. */
void hr_call_write_table (HrApiCall *call, const char *member, const HrTableInfo *info);

/** Several changes as one: all are kept when @ok, or none. FALSE with an error, or when @ok is. */
gboolean hr_call_begin_changes (HrApiCall *call);
gboolean hr_call_end_changes   (HrApiCall *call, gboolean ok);

typedef enum
{
  HR_CAPACITY_PLAIN,
  HR_CAPACITY_READS,  /* of a transaction: read units are named too */
  HR_CAPACITY_WRITES, /* likewise write units */
} HrCapacityStyle;

/** ConsumedCapacity as ReturnConsumedCapacity asks: of one table, or a list with an entry a table. */
void hr_call_write_capacity (HrApiCall *call);
void hr_call_write_capacities (HrApiCall *call, HrCapacityStyle style);

/* ItemCollectionMetrics of one write, or of many by table, when asked for: of tables with local indexes. */
void hr_call_write_metrics (HrApiCall *call, const HrJson *wanted, const HrWrite *write);
void hr_call_write_metrics_by_table (HrApiCall *call, const HrJson *wanted, const HrWrite *writes,
                                     guint n_writes);

G_END_DECLS
