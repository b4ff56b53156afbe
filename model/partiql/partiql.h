#pragma once

#include "model/engine/engine.h"

G_BEGIN_DECLS

/**
 * HrPartiql: a statement with its parameters, ready to be carried out; immutable, lives in an arena.
 *
 * What it does is said in the structs of the engine, so that sizes, capacity, indexes, pages, trace and messages are
 * those of the other operations. Source: observed, 2026-10.
 */
typedef struct _HrPartiql HrPartiql;

/**
 * hr_partiql_prepare:
 * @parameters: for the question marks, in order; more than there are question marks is no fault
 *
 * Parses, puts in the parameters and checks what needs no table: grammar, literals, functions, types of operands.
 * NULL with a ValidationException, whose range is in @text where there is one. @text and @parameters are borrowed.
 */
const HrPartiql *hr_partiql_prepare (HrArena *arena, const char *text, gsize length, const HrValue *parameters,
                                     guint n_parameters, HrServiceError *error);

/** HrPartiqlSource: what a statement is about, as its text alone tells. */
typedef struct
{
  const char *table;
  const char *index;   /* or NULL */
  gboolean is_reading; /* SELECT or EXISTS */
} HrPartiqlSource;

/** FALSE when the text is no statement. */
gboolean hr_partiql_find_source (HrArena *arena, const char *text, gsize length, HrPartiqlSource *source);

const char *hr_partiql_get_table     (const HrPartiql *self);
const char *hr_partiql_get_index     (const HrPartiql *self); /* or NULL */
gboolean    hr_partiql_is_select     (const HrPartiql *self);
gboolean    hr_partiql_is_exists     (const HrPartiql *self); /* EXISTS(SELECT …), of transactions only */
gboolean    hr_partiql_has_returning (const HrPartiql *self);

/* SELECT */

/** How a SELECT finds its items. */
typedef enum
{
  HR_PARTIQL_GET,   /* each by its primary key */
  HR_PARTIQL_QUERY, /* ranges of one or more partitions */
  HR_PARTIQL_SCAN,  /* the whole table or index */
} HrPartiqlAccess;

typedef struct
{
  HrPartiqlAccess access; /* the most costly one of its reads */
  guint n_reads;          /* into how many reads the service takes the statement apart */
  const HrKeyCondition *condition; /* of the one QUERY that it is; NULL when it is none, or several reads */
  gboolean backward;
} HrPartiqlSummary;

/** What a SELECT will do on @table, without doing it. FALSE with the error that doing it would give. */
gboolean hr_partiql_summarise (const HrPartiql *self, const HrTable *table, HrArena *arena,
                               HrPartiqlSummary *summary, HrServiceError *error);

typedef struct
{
  guint limit; /* items to look at; 0: no limit but the size of a page */
  gboolean consistent;
  const char *next_token; /* of the page before, or NULL */
  gsize next_token_length;
} HrPartiqlReadOptions;

typedef struct
{
  HrValue *items;
  guint count;
  guint scanned;
  char *next_token; /* or NULL; good for this statement with these parameters only */
} HrPartiqlPage;

/** One page of a SELECT: up to about 1 MB, over as many reads of the engine as it takes. */
gboolean hr_partiql_read (const HrPartiql *self, HrEngine *engine, const HrPartiqlReadOptions *options,
                          HrCall *call, HrPartiqlPage *page, HrServiceError *error);

/** A SELECT of one item by its primary key and nothing else to @get; @is_get tells whether it is one. Types of
 *  keys are left to the engine. */
gboolean hr_partiql_to_get (const HrPartiql *self, const HrTable *table, HrArena *arena, gboolean consistent,
                            HrGet *get, gboolean *is_get, HrServiceError *error);

/* INSERT, UPDATE, DELETE and EXISTS */

/**
 * hr_partiql_to_write:
 *
 * To a put, update, delete or check on one item. FALSE when WHERE does not name the whole key, or names it twice.
 * Types of keys are left to the engine.
 */
gboolean hr_partiql_to_write (const HrPartiql *self, const HrTable *table, HrArena *arena, HrWrite *write,
                              HrServiceError *error);
/** What is wrong with the key of a write, in the service's words, or NULL: something missing or of another type. */
const char *hr_partiql_find_key_fault (const HrWrite *write, const HrTable *table, HrArena *arena);
/** Whether a condition that failed is that the item of an INSERT is there already. */
gboolean hr_partiql_is_insert (const HrPartiql *self);

G_END_DECLS
