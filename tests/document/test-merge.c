/*
 * Edits that become one step with the one before: what undo takes back, and when they do not.
 */
#include "tests/document/player.h"

#include "model/engine/rows.h"

#include <string.h>

static void
commit_merged (HrDocument *document)
{
  g_autoptr (GError) error = NULL;

  hr_document_commit_edit_merged (document, &error);
  g_assert_no_error (error);
}

static void
replace (HrDocument *document, const char *key, const char *item)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue old_key = fixture_item (arena, key);
  HrValue value = fixture_item (arena, item);

  hr_document_replace_item (document, "counters", &old_key, &value, &error);
  g_assert_no_error (error);
}

static void
add_counter (HrDocument *document)
{
  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
}

static void
type (HrDocument *document, const char *name, const char *item)
{
  fixture_begin (document, name);
  replace (document, "{'id':{'N':'1'}}", item);
  commit_merged (document);
}

static void
test_typing (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  add_counter (document);
  before = fixture_dump (document);
  fixture_begin (document, "Type");
  replace (document, "{'id':{'N':'1'}}", "{'id':{'N':'1'},'a':{'S':'h'}}");
  fixture_commit (document);
  type (document, "Type h", "{'id':{'N':'1'},'a':{'S':'he'}}");
  type (document, "Type he", "{'id':{'N':'1'},'a':{'S':'hey'}}");
  after = fixture_dump (document);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Type he");

  fixture_undo (document);
  undone = fixture_dump (document);
  fixture_assert_same (undone, before);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add");
  fixture_redo (document);
  redone = fixture_dump (document);
  fixture_assert_same (redone, after);
  fixture_verify (document);
}

/* Typed and taken back by hand: nothing is left of it, and the document is as it was saved. */
static void
test_nothing_left (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();

  add_counter (document);
  hr_document_mark_saved (document);
  fixture_begin (document, "Type");
  replace (document, "{'id':{'N':'1'}}", "{'id':{'N':'2'}}");
  fixture_commit (document);
  g_assert_true (hr_document_is_modified (document));
  fixture_begin (document, "Type");
  replace (document, "{'id':{'N':'2'}}", "{'id':{'N':'1'}}");
  commit_merged (document);
  g_assert_false (hr_document_is_modified (document));
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add");
}

/* What was saved, and what was undone, stays as it is. */
static void
test_not_merged (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();

  add_counter (document);
  hr_document_mark_saved (document);
  type (document, "Type", "{'id':{'N':'1'},'a':{'S':'h'}}");
  g_assert_true (hr_document_is_modified (document));
  fixture_undo (document);
  g_assert_false (hr_document_is_modified (document));
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add");

  type (document, "Type again", "{'id':{'N':'1'},'a':{'S':'x'}}");
  g_assert_false (hr_document_can_redo (document));
  fixture_undo (document);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add");

  fixture_undo (document);
  fixture_begin (document, "First");
  fixture_add (document, "counters", "{'id':{'N':'7'}}");
  commit_merged (document);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "First");
}

static void
rename_table (HrDocument *document, guint number, const char *name, gboolean is_merged)
{
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  HrTable *table = g_ptr_array_index (model->tables, number);
  g_autoptr (GError) error = NULL;

  g_free (table->name);
  table->name = g_strdup (name);
  fixture_begin (document, "Rename");
  hr_document_set_model (document, model, &error);
  g_assert_no_error (error);
  if (is_merged)
    commit_merged (document);
  else
    fixture_commit (document);
}

/* Also when by way of another name a table goes where it would not go at once. */
static void
test_renaming (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;

  add_counter (document);
  before = fixture_dump (document);
  rename_table (document, 1, "c", FALSE);
  rename_table (document, 1, "co", TRUE);
  rename_table (document, 1, "counters", TRUE);
  rename_table (document, 1, "totals", TRUE);
  fixture_verify (document);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Rename");
  fixture_undo (document);
  undone = fixture_dump (document);
  fixture_assert_same (undone, before);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add");
}

/* Whatever is merged with whatever, undo leads back and redo forth. */
static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 10; seed++)
    {
      Player player = { 0 };
      g_autofree char *before = NULL;

      player_init (&player, seed);
      for (guint i = 0; i < 60; i++)
        {
          g_autofree char *after = NULL;
          g_autofree char *undone = NULL;
          g_autofree char *redone = NULL;
          guint n_edits = 2 + player_pick (&player, 4);

          g_free (before);
          before = fixture_dump (player.document);
          hr_document_mark_saved (player.document); /* so that the first is a step of its own */
          for (guint j = 0; j < n_edits; j++)
            {
              fixture_begin (player.document, "Step");
              player_play (&player);
              commit_merged (player.document);
            }
          after = fixture_dump (player.document);
          if (!hr_document_is_modified (player.document))
            continue;
          fixture_undo (player.document);
          fixture_verify (player.document);
          undone = fixture_dump (player.document);
          fixture_assert_same (undone, before);
          g_assert_false (hr_document_is_modified (player.document));
          fixture_redo (player.document);
          redone = fixture_dump (player.document);
          fixture_assert_same (redone, after);
        }
      player_clear (&player);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/merge/typing", test_typing);
  g_test_add_func ("/document/merge/nothing-left", test_nothing_left);
  g_test_add_func ("/document/merge/not-merged", test_not_merged);
  g_test_add_func ("/document/merge/renaming", test_renaming);
  g_test_add_func ("/document/merge/random", test_random);
  return g_test_run ();
}
