#pragma once

#include <gio/gio.h>

#include "model/document/runner.h"

G_BEGIN_DECLS

/**
 * HrRunRecord: one run of a pattern, as the history lists it: what it was asked with, what it gave, what it cost.
 *
 * The figures stay; the result itself may be given back when there are many large ones.
 */
#define HR_TYPE_RUN_RECORD (hr_run_record_get_type ())
G_DECLARE_FINAL_TYPE (HrRunRecord, hr_run_record, HR, RUN_RECORD, GObject)

typedef struct
{
  HrRunStatus status;
  guint64 count;
  guint64 scanned;
  double read_units;
  double write_units;
  double ms;          /* on this computer */
  guint n_requests;
  gboolean has_writes; /* items were inserted, replaced or deleted */
} HrRunFigures;

/** What differs from what was expected, a line each; "" when nothing does. g_free() */
char               *hr_run_describe_mismatches (const HrPatternRun *run);
/** @values: parameter → text. The copy owns both. */
GHashTable         *hr_run_values_copy         (GHashTable *values);

/** Takes @run. @values: parameter → text, copied: all that it was asked with. @generation: of the document. */
HrRunRecord        *hr_run_record_new          (HrPatternRun *run, GHashTable *values, double ms, guint64 generation);
const char         *hr_run_record_get_pattern  (HrRunRecord *self); /* its id */
const char         *hr_run_record_get_name     (HrRunRecord *self); /* of the pattern */
GDateTime          *hr_run_record_get_time     (HrRunRecord *self); /* borrowed, local time */
GHashTable         *hr_run_record_get_values   (HrRunRecord *self); /* borrowed */
/** "message_group_uuid 5ae290ed, year 2026" in the order of the names; "" without. g_free() */
char               *hr_run_record_dup_values   (HrRunRecord *self);
/** The same facts as texts for people, each to be freed with g_free(). */
char               *hr_run_record_dup_time     (HrRunRecord *self);
char               *hr_run_record_dup_pattern  (HrRunRecord *self);
char               *hr_run_record_dup_items    (HrRunRecord *self);
char               *hr_run_record_dup_scanned  (HrRunRecord *self);
const HrRunFigures *hr_run_record_get_figures  (HrRunRecord *self);
/** NULL when it has been given back. */
const HrPatternRun *hr_run_record_get_run      (HrRunRecord *self);
/** Bytes that the result takes, roughly; 0 when it has been given back. */
gsize               hr_run_record_get_size     (HrRunRecord *self);
void                hr_run_record_drop_result  (HrRunRecord *self);

/** The document that it ran on, and whether what it wrote was kept there. */
guint64             hr_run_record_get_generation (HrRunRecord *self);
gboolean            hr_run_record_is_kept        (HrRunRecord *self);
/** What it wrote is part of the document as it is at @generation. */
void                hr_run_record_set_kept       (HrRunRecord *self, guint64 generation);

G_END_DECLS
