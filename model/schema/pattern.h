#pragma once

#include "model/schema/table.h"

G_BEGIN_DECLS

#define HR_PAGES_ALL G_MAXUINT

typedef struct
{
  char *name;
  HrType type;
  char *example;     /* text of the value used when none is given, or NULL */
  char *description; /* or NULL */
  HrExtras *extras;
  HrRange place;
} HrParameter;

/** HrExpectation: what a run should give; only members that are set are compared. */
typedef struct
{
  gboolean has_count, has_scanned, has_read_units, has_write_units;
  guint64 count;
  guint64 scanned;
  double read_units;
  double write_units;
  GPtrArray *keys; /* char*: compact typed JSON of primary keys in order, canonical; or NULL */
  char *error;     /* "ConditionalCheckFailedException", or NULL */
  HrExtras *extras;
  HrRange place;
} HrExpectation;

typedef struct
{
  char *name;
  char *operation;  /* "Query" */
  guint pages;      /* at most so many; HR_PAGES_ALL; 1 by default */
  char *for_each;   /* reference to a list of an earlier step, "groups.Items", or NULL */
  char *request;    /* the service's JSON with references in its strings, compact */
  HrExpectation *expect; /* or NULL */
  HrExtras *extras;
  HrRange place;         /* of the step */
  HrRange request_place; /* of the request object */
  HrRange *string_places; /* of the request's string values in order, quotes included; NULL without a file */
  guint n_string_places;
} HrStep;

/** HrPattern: a question of the application and the requests that answer it. */
typedef struct
{
  char *id;   /* "A", "C1" */
  char *name;
  char *question;    /* or NULL */
  char *description; /* or NULL */
  GPtrArray *parameters; /* HrParameter */
  GPtrArray *steps;      /* HrStep */
  HrExpectation *expect; /* of the totals, or NULL */
  gboolean has_rate;
  double rate_average;   /* runs a second */
  double rate_peak;
  HrExtras *rate_extras;
  HrExtras *extras;
  HrRange place;
} HrPattern;

HrPattern     *hr_pattern_new  (const char *id, const char *name);
HrPattern     *hr_pattern_copy (const HrPattern *self);
void           hr_pattern_free (HrPattern *self);
HrStep        *hr_step_new     (const char *name, const char *operation);
HrStep        *hr_step_copy    (const HrStep *self);
void           hr_step_free    (HrStep *self);
HrParameter   *hr_parameter_new  (const char *name, HrType type, const char *example);
HrParameter   *hr_parameter_copy (const HrParameter *self);
void           hr_parameter_free (HrParameter *self);
HrExpectation *hr_expectation_new  (void);
HrExpectation *hr_expectation_copy (const HrExpectation *self);
void           hr_expectation_free (HrExpectation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrPattern, hr_pattern_free)

G_END_DECLS
