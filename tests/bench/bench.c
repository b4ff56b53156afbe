/*
 * What the benchmarks share: contenders in turns, medians, plain output.
 */

#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define SLICE_SECONDS 0.05

static double
now_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

double
hr_bench_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

gsize
hr_bench_resident_bytes (void)
{
  FILE *file = fopen ("/proc/self/statm", "r");
  unsigned long total = 0;
  unsigned long resident = 0;

  if (file == NULL)
    return 0;
  if (fscanf (file, "%lu %lu", &total, &resident) != 2)
    resident = 0;
  fclose (file);
  return resident * (gsize) sysconf (_SC_PAGESIZE);
}

static double
measure_slice (const HrBenchContender *contender)
{
  double start = now_seconds ();
  double elapsed;
  guint64 calls = 0;

  do
    {
      contender->func (contender->user_data);
      calls++;
      elapsed = now_seconds () - start;
    }
  while (elapsed < SLICE_SECONDS);
  return calls * contender->per_call / elapsed;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
hr_bench_find_median (double *values, guint count)
{
  qsort (values, count, sizeof *values, compare_doubles);
  return values[count / 2];
}

void
hr_bench_run (HrBenchContender *contenders, guint count, double seconds)
{
  guint n_slices = MAX (3, seconds / SLICE_SECONDS);
  g_autofree double *rates = g_new (double, count * n_slices);

  for (guint slice = 0; slice < n_slices; slice++)
    for (guint i = 0; i < count; i++)
      rates[i * n_slices + slice] = measure_slice (&contenders[i]);
  for (guint i = 0; i < count; i++)
    contenders[i].per_second = hr_bench_find_median (rates + i * n_slices, n_slices);
}

void
hr_bench_print (const HrBenchContender *contender, const char *unit, const HrBenchContender *reference)
{
  printf ("  %-44s %12.1f %-8s", contender->name, contender->per_second, unit);
  if (reference != NULL)
    printf (" %7.2f x %s", contender->per_second / reference->per_second, reference->name);
  printf ("\n");
  fflush (stdout);
}

char *
hr_bench_item_json (guint number, gsize size_bytes)
{
  gsize filler = size_bytes > 260 ? size_bytes - 260 : 0;
  g_autofree char *text = g_strnfill (filler, 'a' + number % 26);

  /* attributes in the order that the project file writes them: keys, then by name */
  return g_strdup_printf (
      "{\"pk\": {\"S\": \"USER#%08u\"}, \"sk\": {\"S\": \"ORDER#2026-03-02T10:%02u:%02u.%06u\"}, "
      "\"amount\": {\"N\": \"%u.%u\"}, \"open\": {\"BOOL\": %s}, \"owner\": {\"S\": \"owner-%05u\"}, "
      "\"place\": {\"M\": {\"city\": {\"S\": \"Kraków\"}, "
      "\"lines\": {\"L\": [{\"S\": \"Rynek 1\"}, {\"N\": \"31042\"}]}}}, "
      "\"tags\": {\"SS\": [\"blue\", \"green\", \"red\"]}, \"text\": {\"S\": \"%s\"}}",
      number / 10, number / 60 % 60, number % 60, number, number % 9000 + 1, number % 9 + 1,
      number % 2 ? "true" : "false", number % 1000, text);
}
