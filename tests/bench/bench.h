#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Benchmarks print figures and ratios measured in one run; none of them asserts seconds.
 * Two contenders take turns in short slices, so that what else the machine does hits both.
 */

/** Does the work once; @user_data is the contender's state. */
typedef void (*HrBenchFunc) (gpointer user_data);

typedef struct
{
  const char *name;
  HrBenchFunc func;
  gpointer user_data;
  double per_call;  /* operations, or bytes, that one call stands for */
  double per_second; /* out: median over the slices */
} HrBenchContender;

/** Measures all contenders side by side for about @seconds each. */
void hr_bench_run (HrBenchContender *contenders, guint count, double seconds);

/** One line: name, rate with its unit, and what share of @reference it is (NULL: none). */
void hr_bench_print (const HrBenchContender *contender, const char *unit, const HrBenchContender *reference);

/** Sorts the values. */
double hr_bench_find_median (double *values, guint count);

/** Seconds of process CPU time so far. */
double hr_bench_cpu_seconds (void);
/** Resident memory of this process in bytes. */
gsize  hr_bench_resident_bytes (void);

/** A deterministic item of about @size_bytes as typed JSON; @number varies its keys. */
char *hr_bench_item_json (guint number, gsize size_bytes);

G_END_DECLS
