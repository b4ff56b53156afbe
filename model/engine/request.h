#pragma once

#include "model/expression/condition.h"
#include "model/expression/key-condition.h"
#include "model/expression/projection.h"
#include "model/expression/update.h"

G_BEGIN_DECLS

/*
 * Typed requests and results of the engine. Everything is borrowed from the request's arena;
 * keys and items are values of type M. Table and index names are NUL-terminated.
 */

typedef struct
{
  const char *table;
  HrValue key;                    /* exactly the primary key attributes, else an error */
  const HrProjection *projection; /* or NULL */
  gboolean consistent;
} HrGet;

typedef struct
{
  gboolean found;
  gboolean unprocessed; /* left out of a batch whose answer is full (16 MB) */
  HrValue item; /* projected */
} HrGetResult;

typedef enum
{
  HR_WRITE_PUT,
  HR_WRITE_UPDATE,
  HR_WRITE_DELETE,
  HR_WRITE_CHECK, /* ConditionCheck of a transaction */
} HrWriteKind;

typedef enum
{
  HR_RETURN_NONE,
  HR_RETURN_ALL_OLD,
  HR_RETURN_UPDATED_OLD,
  HR_RETURN_ALL_NEW,
  HR_RETURN_UPDATED_NEW,
} HrReturnValues;

typedef struct
{
  HrWriteKind kind;
  const char *table;
  HrValue item;                 /* of PUT: the whole item; else the key */
  const HrUpdate *update;       /* of UPDATE; NULL: only creates the key */
  const HrCondition *condition; /* or NULL */
  HrReturnValues return_values;
  gboolean return_failed_item;  /* ReturnValuesOnConditionCheckFailure ALL_OLD */
} HrWrite;

typedef struct
{
  gboolean has_attributes;
  HrValue attributes; /* as return_values asks */
  gboolean changed;   /* the stored item differs from before */
} HrWriteResult;

typedef enum
{
  HR_SELECT_ALL_ATTRIBUTES,
  HR_SELECT_ALL_PROJECTED,
  HR_SELECT_COUNT,
  HR_SELECT_SPECIFIC, /* @projection says which */
} HrSelect;

typedef struct
{
  const char *table;
  const char *index;                       /* NULL: the table */
  const HrKeyCondition *key_condition;     /* NULL: Scan */
  const HrCondition *filter;               /* or NULL */
  gboolean is_legacy_filter;               /* for messages: it is a QueryFilter or ScanFilter */
  const HrProjection *projection;          /* or NULL */
  gboolean has_select;                     /* else all, or all projected of an index */
  HrSelect select;
  guint limit;                             /* items to look at; 0: no limit but the page size */
  gboolean backward;
  gboolean consistent;
  const HrValue *start_key;                /* ExclusiveStartKey, or NULL */
  guint segment;                           /* of a parallel scan */
  guint total_segments;                    /* 0: not parallel */
  gsize page_bytes;                        /* the page ends when so much was read; 0: 1 MB */
  /** Of a SELECT: the filter may name the key and sees only what the index has, and attributes that a local
   *  index lacks are fetched for all entries that are read, also those that the filter drops. */
  gboolean is_select_statement;
} HrPageRequest;

typedef struct
{
  HrValue *items; /* NULL when only counted */
  guint count;    /* returned */
  guint scanned;  /* looked at */
  gsize read_bytes;
  gboolean has_last_key;
  HrValue last_key; /* LastEvaluatedKey */
} HrPage;

/**
 * HrCapacity: units that one request consumed, by table and index. Zero-initialised with an arena's
 * lifetime; operations add to it. Read units are kept in halves, so that sums are exact.
 */
typedef struct
{
  const char *name; /* of the index */
  gboolean local;
  guint64 read_halves;
  guint64 write_units;
} HrCapacityArm;

typedef struct
{
  const char *table;
  guint64 read_halves; /* of the table itself */
  guint64 write_units;
  HrCapacityArm *arms;
  guint n_arms;
} HrTableCapacity;

typedef struct
{
  HrTableCapacity *tables; /* in order of first use */
  guint n_tables;
} HrCapacity;

G_END_DECLS
