/*
 * Documents in stores: whatever was done to one is found again by whoever opens the file as a crash leaves it.
 */
#include "tests/document/player.h"
#include "tests/engine/place.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "model/base/error.h"
#include "model/exchange/native.h"

static HrDocument *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  HrDocument *document = hr_document_open_store (path, &hr_native_model_text, &error);

  g_assert_no_error (error);
  return document;
}

static void
move_to_store (HrDocument *document, const char *path)
{
  g_autoptr (GError) error = NULL;

  hr_document_move_to_store (document, path, &hr_native_model_text, &error);
  g_assert_no_error (error);
}

/* Ordinals go on behind some that were never given to anybody. */
static char *
dump_entries (HrDocument *document)
{
  g_autofree char *dump = fixture_dump (document);
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_str_has_prefix (lines[i], "next "))
      g_string_append_printf (text, "%s\n", lines[i]);
  return g_string_free (text, FALSE);
}

static void
assert_same (HrDocument *document, HrDocument *expected)
{
  g_autofree char *entries = dump_entries (document);
  g_autofree char *expected_entries = dump_entries (expected);
  g_auto (HrBuffer) model = HR_BUFFER_INIT;
  g_auto (HrBuffer) expected_model = HR_BUFFER_INIT;

  fixture_assert_same (entries, expected_entries);
  hr_native_write_model (hr_document_get_model (document), &model);
  hr_native_write_model (hr_document_get_model (expected), &expected_model);
  g_assert_cmpmem (model.data, model.length, expected_model.data, expected_model.length);
  g_assert_cmpint (hr_document_is_modified (document), ==, hr_document_is_modified (expected));
}

/* As if the program had died now. */
static void
check_crash (HrDocument *document, const Place *place)
{
  g_auto (Place) crashed = { 0 };
  g_autoptr (HrDocument) found = NULL;

  place_init (&crashed);
  place_crash (place, &crashed);
  found = open_store (crashed.path);
  assert_same (found, document);
  fixture_verify (found);
}

static void
play (Player *player)
{
  HrDocument *document = player->document;
  guint choice = player_pick (player, 20);

  if (choice < 4 && hr_document_can_undo (document))
    fixture_undo (document);
  else if (choice < 7 && hr_document_can_redo (document))
    fixture_redo (document);
  else if (choice == 7)
    hr_document_mark_saved (document);
  else
    {
      fixture_begin (document, "Step");
      for (guint rounds = 1 + player_pick (player, 4); rounds > 0; rounds--)
        player_play (player);
      if (choice == 8)
        hr_document_cancel_edit (document);
      else if (choice == 9)
        g_assert_true (hr_document_commit_edit_merged (document, NULL));
      else
        fixture_commit (document);
    }
}

static void
test_crashes (void)
{
  for (guint32 seed = 1; seed <= 4; seed++)
    {
      g_auto (Place) place = { 0 };
      Player player = { 0 };

      place_init (&place);
      player_init (&player, seed);
      for (guint i = 0; i < 20; i++) /* something to begin with */
        play (&player);
      while (hr_document_can_undo (player.document))
        fixture_undo (player.document);
      move_to_store (player.document, place.path);
      g_assert_cmpstr (hr_document_get_store (player.document), ==, place.path);
      for (guint i = 0; i < 120; i++)
        {
          play (&player);
          if (i % 3 == 0)
            check_crash (player.document, &place);
        }
      player_clear (&player);
    }
}

/* Restored once, edited on, closed in peace, opened once more. */
static void
test_reopened (void)
{
  g_auto (Place) place = { 0 };
  Player player = { 0 };
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autofree char *note = NULL;

  place_init (&place);
  player_init (&player, 9);
  g_assert_null (hr_document_get_store (player.document));
  move_to_store (player.document, place.path);
  for (guint i = 0; i < 30; i++)
    play (&player);
  g_assert_true (hr_document_set_note (player.document, "from here", NULL));
  g_object_unref (player.document);

  player.document = open_store (place.path);
  g_assert_false (hr_document_can_undo (player.document));
  note = hr_document_dup_note (player.document);
  g_assert_cmpstr (note, ==, "from here");
  for (guint i = 0; i < 30; i++)
    play (&player);
  check_crash (player.document, &place);
  expected = fixture_dump (player.document);
  g_object_unref (player.document);
  player.document = open_store (place.path);
  found = fixture_dump (player.document); /* ordinals, too */
  fixture_assert_same (found, expected);
  player_clear (&player);
}

static void
test_modified (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (HrDocument) document = fixture_document_new ();

  place_init (&place);
  move_to_store (document, place.path);
  check_crash (document, &place);
  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
  check_crash (document, &place);
  fixture_undo (document);
  g_assert_false (hr_document_is_modified (document));
  check_crash (document, &place);
  fixture_redo (document);
  hr_document_mark_saved (document);
  check_crash (document, &place);
  fixture_undo (document);
  g_assert_true (hr_document_is_modified (document));
  check_crash (document, &place);
  fixture_begin (document, "Add and take back");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  hr_document_cancel_edit (document);
  check_crash (document, &place);
}

static void
test_summary (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_auto (HrStoreSummary) summary = { 0 };
  g_auto (HrStoreSummary) later = { 0 };
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) missing = NULL;

  place_init (&place);
  g_assert_false (hr_store_summary_read (&summary, place.path, &missing));
  g_assert_error (missing, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (place.path, G_FILE_TEST_EXISTS));

  move_to_store (document, place.path);
  g_assert_false (hr_store_summary_read (&summary, place.path, &busy));
  g_assert_error (busy, HR_ERROR, HR_ERROR_BUSY);
  g_clear_error (&busy);
  g_assert_null (hr_document_open_store (place.path, &hr_native_model_text, &busy));
  g_assert_error (busy, HR_ERROR, HR_ERROR_BUSY);
  g_clear_object (&document);

  g_assert_true (hr_store_summary_read (&summary, place.path, NULL));
  g_assert_cmpstr (summary.note, ==, NULL);
  g_assert_false (summary.is_modified);
  document = open_store (place.path);
  g_assert_cmpstr (summary.name, ==, hr_document_get_model (document)->name);
  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
  hr_document_set_note (document, "note", NULL);
  g_clear_object (&document);
  g_assert_true (hr_store_summary_read (&later, place.path, NULL));
  g_assert_cmpstr (later.note, ==, "note");
  g_assert_true (later.is_modified);
}

static void
write_at (const char *path, gsize offset, const char *bytes, gsize length)
{
  int file = open (path, O_WRONLY);

  g_assert_cmpint (pwrite (file, bytes, length, (off_t) offset), ==, (gssize) length);
  close (file);
}

static void
assert_refused (const char *path)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto (HrStoreSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  gsize before_length, after_length;

  g_assert_true (g_file_get_contents (path, &before, &before_length, NULL));
  g_assert_null (hr_document_open_store (path, &hr_native_model_text, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
  g_clear_error (&error);
  g_assert_false (hr_store_summary_read (&summary, path, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (after, after_length, before, before_length);
}

/* A store that is damaged or somebody else's is said to be so, and stays as it is. */
static void
test_damaged (void)
{
  static const char zeros[4096] = { 0 };
  g_auto (Place) place = { 0 };
  g_autoptr (HrDocument) document = fixture_document_new ();

  place_init (&place);
  fixture_begin (document, "Add");
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *item = g_strdup_printf ("{'id':{'N':'%u'},'text':{'S':'%0100u'}}", i, i);

      fixture_add (document, "counters", item);
    }
  fixture_commit (document);
  move_to_store (document, place.path);
  g_clear_object (&document);
  write_at (place.path, 4096, zeros, sizeof zeros);
  assert_refused (place.path);
  g_assert_true (g_file_set_contents (place.path, "SQLite format 3", -1, NULL));
  assert_refused (place.path);
}

/* What clears up does so also while the document is open, and nobody finds it again. */
static void
test_removed (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) error = NULL;

  place_init (&place);
  hr_document_remove_store (document); /* which has none */
  move_to_store (document, place.path);
  hr_document_remove_store (document);
  g_assert_false (g_file_test (place.path, G_FILE_TEST_EXISTS));
  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
  fixture_undo (document);
  g_clear_object (&document);
  g_assert_null (hr_document_open_store (place.path, &hr_native_model_text, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
}

static void
test_nowhere (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (hr_document_move_to_store (document, "/nowhere/at/all.store", &hr_native_model_text, &error));
  g_assert_nonnull (error);
  g_assert_null (hr_document_get_store (document));
  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
  fixture_verify (document);
}

static gpointer
write_cb (gpointer user_data)
{
  HrBuffer out = HR_BUFFER_INIT;

  g_assert_true (hr_native_write (user_data, &out, NULL, NULL));
  return hr_buffer_steal (&out, NULL);
}

/* A thread writes what the document was while the document goes on. */
static void
check_snapshot (Player *player)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *expected = write_cb (player->document);
      g_autoptr (HrDocument) snapshot = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;
      GThread *thread;

      snapshot = hr_document_open_snapshot (player->document, &error);
      g_assert_no_error (error);
      thread = g_thread_new ("writer", write_cb, snapshot);
      for (guint j = 0; j < 5; j++)
        play (player);
      written = g_thread_join (thread);
      g_assert_cmpstr (written, ==, expected);
    }
}

static void
test_snapshot (void)
{
  g_auto (Place) place = { 0 };
  Player player = { 0 };
  g_autoptr (GError) error = NULL;

  place_init (&place);
  player_init (&player, 3);
  check_snapshot (&player);
  while (hr_document_can_undo (player.document))
    fixture_undo (player.document);
  move_to_store (player.document, place.path);
  check_snapshot (&player);
  fixture_begin (player.document, "Open");
  g_assert_null (hr_document_open_snapshot (player.document, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_BUSY);
  hr_document_cancel_edit (player.document);
  player_clear (&player);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/crashes", test_crashes);
  g_test_add_func ("/store/reopened", test_reopened);
  g_test_add_func ("/store/modified", test_modified);
  g_test_add_func ("/store/summary", test_summary);
  g_test_add_func ("/store/damaged", test_damaged);
  g_test_add_func ("/store/removed", test_removed);
  g_test_add_func ("/store/nowhere", test_nowhere);
  g_test_add_func ("/store/snapshot", test_snapshot);
  return g_test_run ();
}
