/*
 * A large model: opening and saving 200 000 items, beside cJSON reading the same text; then edits of it, each with
 * its undo.
 */

#include <cjson/cJSON.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "model/document/file.h"
#include "model/exchange/native.h"
#include "model/value/codec.h"
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

static void
begin (HrDocument *document)
{
  g_autoptr (GError) error = NULL;

  hr_document_begin_edit (document, "Edit", &error);
  g_assert_no_error (error);
}

static void
print_milliseconds (const char *name, double start)
{
  printf ("  %-44s %12.2f ms\n", name, (now () - start) * 1e3);
}

static void
commit (HrDocument *document, const char *name, double start)
{
  g_autofree char *undo_name = g_strconcat (name, ", undone", NULL);
  g_autoptr (GError) error = NULL;

  hr_document_commit_edit (document, &error);
  g_assert_no_error (error);
  print_milliseconds (name, start);
  start = now ();
  hr_document_undo (document, &error);
  g_assert_no_error (error);
  print_milliseconds (undo_name, start);
}

/* To the place of another item, which makes room. */
static void
measure_move (HrDocument *document, const char *name, guint number)
{
  g_autofree char *text = hr_bench_item_json (number, ITEM_BYTES);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error;
  HrMember members[2];
  HrValue item, key;
  double start;

  g_assert_true (hr_item_from_json (arena, hr_json_parse (arena, text, strlen (text), 32, &json_error), &item,
                                    &service_error));
  members[0] = (HrMember) { "pk", 2, *hr_map_get (&item, "pk", 2) };
  members[1] = (HrMember) { "sk", 2, *hr_map_get (&item, "sk", 2) };
  key = hr_value_map (members, 2);

  start = now ();
  begin (document);
  hr_document_move_item (document, "large", &key, 1024 * 100, &error);
  g_assert_no_error (error);
  commit (document, name, start);
}

static void
measure_model (HrDocument *document, const char *name, HrModel *model)
{
  g_autoptr (GError) error = NULL;
  double start = now ();

  begin (document);
  hr_document_set_model (document, model, &error);
  g_assert_no_error (error);
  commit (document, name, start);
}

static void
measure_edits (HrDocument *document)
{
  g_autoptr (HrModel) with_stream = hr_model_copy (hr_document_get_model (document));
  g_autoptr (HrModel) with_index = hr_model_copy (hr_document_get_model (document));
  HrIndex *index = hr_index_new ("by-amount", HR_INDEX_GLOBAL);

  measure_move (document, "move an item, the first time", 1000);
  measure_move (document, "move an item", 2000);
  ((HrTable *) g_ptr_array_index (with_stream->tables, 0))->settings.stream = HR_STREAM_NEW_IMAGE;
  measure_model (document, "change a setting", with_stream);
  g_ptr_array_add (index->partition_key, hr_attribute_new ("amount", HR_TYPE_N));
  index->projection = HR_PROJECT_KEYS_ONLY;
  g_ptr_array_add (((HrTable *) g_ptr_array_index (with_index->tables, 0))->indexes, index);
  measure_model (document, "add an index", with_index);
}

/* What of an edit reaches the file of a document that is open in the workbench. */
static void
measure_write (HrDocument *document)
{
  g_autoptr (GError) error = NULL;
  const guint n_edits = 200;
  double start = now ();

  for (guint i = 0; i < n_edits; i++)
    {
      g_autofree char *item = hr_bench_item_json (N_ITEMS + i, ITEM_BYTES);

      begin (document);
      hr_document_add_item (document, "large", item, strlen (item), -1, HR_RANGE_NONE, &error);
      g_assert_no_error (error);
      hr_document_commit_edit (document, &error);
      g_assert_no_error (error);
    }
  printf ("  %-44s %12.2f ms\n", "add an item, mean of 200", (now () - start) * 1e3 / n_edits);
  start = now ();
  for (guint i = 0; i < n_edits; i++)
    hr_document_undo (document, NULL);
  printf ("  %-44s %12.2f ms\n", "add an item, undone, mean of 200", (now () - start) * 1e3 / n_edits);
}

static void
measure_store (HrDocument *document, const char *path)
{
  g_autoptr (HrDocument) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  double start = now ();

  hr_document_move_to_store (document, path, &hr_native_model_text, &error);
  g_assert_no_error (error);
  print_milliseconds ("move to a store", start);
  measure_write (document);
  measure_edits (document);
  start = now ();
  snapshot = hr_document_open_snapshot (document, &error);
  g_assert_no_error (error);
  print_milliseconds ("open a snapshot", start);
  hr_document_remove_store (document);
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
  g_autofree char *store = g_build_filename (folder, "large.store", NULL);
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
  malloc_trim (0); /* or the next to ask for memory tidies up behind it */

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

  printf ("  in memory:\n");
  measure_write (document);
  measure_edits (document);
  printf ("  in a store:\n");
  measure_store (document, store);

  remove (path);
  remove (folder);
  return 0;
}
