/*
 * A large model: opening and saving 200 000 items, beside cJSON reading the same text.
 */

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "model/document/file.h"
#include "model/exchange/native.h"
#include "tests/bench/bench.h"

#define N_ITEMS 200000
#define ITEM_BYTES 400

static const char head[] =
    "{\n  \"hashrange\": 1,\n  \"name\": \"Large\",\n  \"tables\": [\n    {\n      \"name\": \"large\",\n"
    "      \"partition_key\": [{\"name\": \"pk\", \"type\": \"S\"}],\n"
    "      \"sort_key\": [{\"name\": \"sk\", \"type\": \"S\"}],\n"
    "      \"settings\": {\n        \"billing\": \"PAY_PER_REQUEST\"\n      },\n"
    "      \"indexes\": [\n        {\n          \"name\": \"by-owner\",\n          \"kind\": \"global\",\n"
    "          \"partition_key\": [{\"name\": \"owner\", \"type\": \"S\"}],\n"
    "          \"sort_key\": [{\"name\": \"amount\", \"type\": \"N\"}],\n"
    "          \"projection\": \"ALL\"\n        }\n      ],\n"
    "      \"items\": [\n";
static const char tail[] = "\n      ]\n    }\n  ]\n}\n";

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void
make_text (HrBuffer *text)
{
  hr_buffer_append_string (text, head);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *item = hr_bench_item_json (i, ITEM_BYTES);

      hr_buffer_append_string (text, i == 0 ? "        " : ",\n        ");
      hr_buffer_append_string (text, item);
    }
  hr_buffer_append_string (text, tail);
}

static void
print_seconds (const char *name, double seconds, gsize bytes, double reference)
{
  printf ("  %-44s %12.2f s        %7.1f MB/s", name, seconds, bytes / 1e6 / seconds);
  if (reference > 0)
    printf (" %7.2f x the time of cJSON's reading", seconds / reference);
  printf ("\n");
}

static double
print_time (const char *name, double start, gsize bytes, double reference)
{
  double seconds = now () - start;

  print_seconds (name, seconds, bytes, reference);
  return seconds;
}

int
main (void)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("hashrange-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "large.hashrange.json", NULL);
  gsize resident;
  double start;
  double opening;
  double reference;
  cJSON *json;

  make_text (&text);
  printf ("Model of %u items, %.1f MB of JSON, one global index\n", N_ITEMS, text.length / 1e6);

  resident = hr_bench_resident_bytes ();
  start = now ();
  document = hr_native_read (text.data, text.length, diagnostics, NULL, &error);
  g_assert_no_error (error);
  opening = now () - start;
  printf ("  %-44s %12.1f MB\n", "memory of the open model", (hr_bench_resident_bytes () - resident) / 1e6);

  start = now ();
  json = cJSON_ParseWithLength (text.data, text.length);
  reference = print_time ("cJSON reads it", start, text.length, 0);
  cJSON_Delete (json);

  print_seconds ("open (read, check, store, index)", opening, text.length, reference);

  start = now ();
  hr_document_check (document, diagnostics);
  print_time ("check", start, text.length, reference);

  start = now ();
  g_assert_true (hr_native_write (document, &out, NULL, &error));
  print_time ("write", start, out.length, reference);
  g_assert_true (hr_file_save (path, out.data, out.length, TRUE, &error));
  print_time ("write and save to disk", start, out.length, reference);
  printf ("  %s\n", out.length == text.length && memcmp (out.data, text.data, out.length) == 0
                        ? "the same bytes as before"
                        : "NOT the same bytes as before");

  remove (path);
  remove (folder);
  return 0;
}
