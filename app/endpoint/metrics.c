/*
 * Counters in the text format of Prometheus.
 *
 * Source: prometheus.io, "Exposition formats", text format 0.0.4.
 */

#include "app/endpoint/metrics.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const double bounds_s[] = { 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 1.0 };

typedef struct
{
  guint64 by_class[6]; /* of status: 2xx, 4xx, 5xx */
  guint64 buckets[G_N_ELEMENTS (bounds_s) + 1];
  guint64 count;
  gint64 total_us;
} Series;

struct _HrMetrics
{
  guint n_operations;
  gint64 start_s;
  guint64 commits;
  guint64 committed_requests;
  Series series[]; /* one an operation, and one for what was none */
};

HrMetrics *
hr_metrics_new (void)
{
  guint count = hr_operation_get_count ();
  HrMetrics *self = g_malloc0 (sizeof (HrMetrics) + sizeof (Series) * (count + 1));

  self->n_operations = count;
  self->start_s = g_get_real_time () / G_USEC_PER_SEC;
  return self;
}

void
hr_metrics_free (HrMetrics *self)
{
  g_free (self);
}

static guint
find_series (const HrMetrics *self, const HrOperation *operation)
{
  for (guint i = 0; operation != NULL && i < self->n_operations; i++)
    if (hr_operation_get (i) == operation)
      return i;
  return self->n_operations;
}

void
hr_metrics_count (HrMetrics *self, const HrOperation *operation, guint status, gint64 elapsed_us)
{
  Series *series = &self->series[find_series (self, operation)];
  guint bucket = 0;

  while (bucket < G_N_ELEMENTS (bounds_s) && elapsed_us > bounds_s[bucket] * G_USEC_PER_SEC)
    bucket++;
  series->buckets[bucket]++;
  series->by_class[MIN (status / 100, 5)]++;
  series->count++;
  series->total_us += elapsed_us;
}

void
hr_metrics_count_commit (HrMetrics *self, guint n_requests)
{
  self->commits++;
  self->committed_requests += n_requests;
}

static const char *
get_name (const HrMetrics *self, guint index)
{
  return index < self->n_operations ? hr_operation_get_name (hr_operation_get (index)) : "none";
}

static void
write_head (HrBuffer *out, const char *name, const char *type, const char *help)
{
  hr_buffer_printf (out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void
write_value (HrBuffer *out, const char *name, const char *type, const char *help, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  write_head (out, name, type, help);
  hr_buffer_printf (out, "%s %s\n", name, g_ascii_dtostr (text, sizeof text, value));
}

static void
write_requests (const HrMetrics *self, HrBuffer *out)
{
  write_head (out, "hashrange_requests_total", "counter", "Requests answered.");
  for (guint i = 0; i <= self->n_operations; i++)
    for (guint j = 0; j < G_N_ELEMENTS (self->series[i].by_class); j++)
      if (self->series[i].by_class[j] > 0)
        hr_buffer_printf (
            out, "hashrange_requests_total{operation=\"%s\",status=\"%uxx\"} %" G_GUINT64_FORMAT "\n",
            get_name (self, i), j, self->series[i].by_class[j]);
}

static void
write_histogram (const Series *series, const char *operation, HrBuffer *out)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  guint64 count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (bounds_s); i++)
    {
      count += series->buckets[i];
      hr_buffer_printf (
          out, "hashrange_request_seconds_bucket{operation=\"%s\",le=\"%s\"} %" G_GUINT64_FORMAT "\n",
          operation, g_ascii_formatd (text, sizeof text, "%g", bounds_s[i]), count);
    }
  hr_buffer_printf (out,
                    "hashrange_request_seconds_bucket{operation=\"%s\",le=\"+Inf\"} %" G_GUINT64_FORMAT "\n",
                    operation, series->count);
  hr_buffer_printf (out, "hashrange_request_seconds_sum{operation=\"%s\"} %s\n", operation,
                    g_ascii_dtostr (text, sizeof text, (double) series->total_us / G_USEC_PER_SEC));
  hr_buffer_printf (out, "hashrange_request_seconds_count{operation=\"%s\"} %" G_GUINT64_FORMAT "\n",
                    operation, series->count);
}

static double
get_resident_bytes (void)
{
  g_autofree char *text = NULL;
  const char *second;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  second = strchr (text, ' ');
  return second != NULL ? (double) g_ascii_strtoull (second, NULL, 10) * (double) sysconf (_SC_PAGESIZE) : 0;
}

static double
get_cpu_s (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

void
hr_metrics_write (const HrMetrics *self, const HrMetricsNow *now, HrBuffer *out)
{
  write_requests (self, out);
  write_head (out, "hashrange_request_seconds", "histogram",
              "From the whole request received to its answer ready.");
  for (guint i = 0; i <= self->n_operations; i++)
    if (self->series[i].count > 0)
      write_histogram (&self->series[i], get_name (self, i), out);
  write_value (out, "hashrange_commits_total", "counter", "Commits that requests shared.",
               (double) self->commits);
  write_value (out, "hashrange_committed_requests_total", "counter", "Requests in those commits.",
               (double) self->committed_requests);
  write_value (out, "hashrange_connections", "gauge", "Open connections.", now->connections);
  write_value (out, "hashrange_buffered_bytes", "gauge", "Memory that requests and answers hold.",
               (double) now->buffered_bytes);
  write_value (out, "process_cpu_seconds_total", "counter", "User and system CPU time.", get_cpu_s ());
  write_value (out, "process_resident_memory_bytes", "gauge", "Resident memory.", get_resident_bytes ());
  write_value (out, "process_start_time_seconds", "gauge", "Start, since the epoch.", (double) self->start_s);
}
