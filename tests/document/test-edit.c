/*
 * Edits of items: what each does, what it refuses, and that what failed or was cancelled leaves no trace.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"

#include <string.h>

#define NOTE(pk, sk, more) "{'pk':{'S':'" pk "'},'sk':{'S':'" sk "'}" more "}"
#define TEXT(text) ",'text':{'S':'" text "'}"

static void
assert_list (HrDocument *document, const char *expected)
{
  g_autofree char *list = fixture_list (document, "notes");

  g_assert_cmpstr (list, ==, expected);
  fixture_verify (document);
}

static HrDocument *
three_notes_new (void)
{
  HrDocument *document = fixture_document_new ();

  fixture_begin (document, "Add");
  fixture_add (document, "notes", NOTE ("a", "1", ""));
  fixture_add (document, "notes", NOTE ("a", "2", ""));
  fixture_add (document, "notes", NOTE ("b", "1", ""));
  fixture_commit (document);
  return document;
}

static void
test_add (void)
{
  g_autoptr (HrDocument) document = three_notes_new ();

  assert_list (document, "item {'pk':{'S':'a'},'sk':{'S':'1'}}\n"
                         "item {'pk':{'S':'a'},'sk':{'S':'2'}}\n"
                         "item {'pk':{'S':'b'},'sk':{'S':'1'}}\n");
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add");
  g_assert_true (hr_document_is_modified (document));
  fixture_undo (document);
  assert_list (document, "");
  g_assert_false (hr_document_is_modified (document));
  g_assert_cmpstr (hr_document_get_redo_name (document), ==, "Add");
}

static gboolean
take_ordinal_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, ordinal);
  return TRUE;
}

static GArray *
list_ordinals (HrDocument *document)
{
  GArray *ordinals = g_array_new (FALSE, FALSE, sizeof (gint64));

  hr_document_foreach_entry (document, "notes", take_ordinal_cb, ordinals, NULL);
  return ordinals;
}

static gint64
get_ordinal (HrDocument *document, guint position)
{
  g_autoptr (GArray) ordinals = list_ordinals (document);

  g_assert_cmpuint (position, <, ordinals->len);
  return g_array_index (ordinals, gint64, position);
}

/* Puts before an entry again and again, so that the gaps are used up. */
static void
test_insert_before (void)
{
  g_autoptr (HrDocument) document = three_notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;

  fixture_begin (document, "Insert");
  fixture_add_at (document, "notes", NOTE ("x", "1", ""), get_ordinal (document, 1));
  fixture_add_at (document, "notes", NOTE ("x", "2", ""), get_ordinal (document, 1));
  fixture_add_at (document, "notes", "'draft'", get_ordinal (document, 1));
  fixture_add_at (document, "notes", NOTE ("x", "3", ""), get_ordinal (document, 1));
  fixture_commit (document);
  assert_list (document, "item {'pk':{'S':'a'},'sk':{'S':'1'}}\n"
                         "item {'pk':{'S':'x'},'sk':{'S':'3'}}\n"
                         "draft not-an-item 'draft'\n"
                         "item {'pk':{'S':'x'},'sk':{'S':'2'}}\n"
                         "item {'pk':{'S':'x'},'sk':{'S':'1'}}\n"
                         "item {'pk':{'S':'a'},'sk':{'S':'2'}}\n"
                         "item {'pk':{'S':'b'},'sk':{'S':'1'}}\n");
  fixture_undo (document);
  after = fixture_dump (document);
  g_assert_cmpstr (after, ==, before);
}

static void
test_replace (void)
{
  g_autoptr (HrDocument) document = three_notes_new ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue key = fixture_item (arena, NOTE ("a", "1", ""));
  HrValue same_key = fixture_item (arena, NOTE ("a", "1", TEXT ("one")));
  HrValue other_key = fixture_item (arena, NOTE ("a", "9", TEXT ("nine")));

  fixture_begin (document, "Edit");
  g_assert_true (hr_document_replace_item (document, "notes", &key, &same_key, &error));
  g_assert_true (hr_document_replace_item (document, "notes", &key, &other_key, &error));
  fixture_commit (document);
  assert_list (document, "item {'pk':{'S':'a'},'sk':{'S':'9'},'text':{'S':'nine'}}\n"
                         "item {'pk':{'S':'a'},'sk':{'S':'2'}}\n"
                         "item {'pk':{'S':'b'},'sk':{'S':'1'}}\n");
  fixture_undo (document);
  assert_list (document, "item {'pk':{'S':'a'},'sk':{'S':'1'}}\n"
                         "item {'pk':{'S':'a'},'sk':{'S':'2'}}\n"
                         "item {'pk':{'S':'b'},'sk':{'S':'1'}}\n");
}

static void
test_replace_refused (void)
{
  g_autoptr (HrDocument) document = three_notes_new ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) taken = NULL;
  g_autoptr (GError) bad = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) table = NULL;
  HrValue key = fixture_item (arena, NOTE ("a", "1", ""));
  HrValue other = fixture_item (arena, NOTE ("a", "2", ""));
  HrValue keyless = fixture_item (arena, "{'pk':{'S':'a'}}");
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;

  fixture_begin (document, "Edit");
  g_assert_false (hr_document_replace_item (document, "notes", &key, &other, &taken));
  g_assert_error (taken, HR_ERROR, HR_ERROR_EXISTS);
  g_assert_false (hr_document_replace_item (document, "notes", &key, &keyless, &bad));
  g_assert_error (bad, HR_ERROR, HR_ERROR_INVALID);
  g_assert_false (hr_document_replace_item (document, "notes", &keyless, &key, &missing));
  g_assert_error (missing, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_assert_false (hr_document_replace_item (document, "nothing", &key, &key, &table));
  g_assert_error (table, HR_ERROR, HR_ERROR_NOT_FOUND);
  fixture_commit (document);
  after = fixture_dump (document);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add"); /* nothing is no step */
}

static void
test_move (void)
{
  g_autoptr (HrDocument) document = three_notes_new ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue key = fixture_item (arena, NOTE ("b", "1", ""));
  g_autofree char *before = fixture_dump (document);
  g_autofree char *undone = NULL;

  fixture_begin (document, "Move up");
  g_assert_true (hr_document_move_item (document, "notes", &key, get_ordinal (document, 0), &error));
  fixture_commit (document);
  assert_list (document, "item {'pk':{'S':'b'},'sk':{'S':'1'}}\n"
                         "item {'pk':{'S':'a'},'sk':{'S':'1'}}\n"
                         "item {'pk':{'S':'a'},'sk':{'S':'2'}}\n");
  fixture_begin (document, "Move down");
  g_assert_true (hr_document_move_item (document, "notes", &key, -1, &error));
  g_assert_false (hr_document_move_item (document, "notes", &key, -2, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  fixture_commit (document);
  assert_list (document, "item {'pk':{'S':'a'},'sk':{'S':'1'}}\n"
                         "item {'pk':{'S':'a'},'sk':{'S':'2'}}\n"
                         "item {'pk':{'S':'b'},'sk':{'S':'1'}}\n");
  fixture_undo (document);
  fixture_undo (document);
  undone = fixture_dump (document);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_no_edit (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nested = NULL;
  g_autoptr (GError) nothing = NULL;

  g_assert_false (hr_document_add_item (document, "notes", "{}", 2, -1, HR_RANGE_NONE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_assert_false (hr_document_undo (document, &nothing));
  g_assert_error (nothing, HR_ERROR, HR_ERROR_INVALID);
  fixture_begin (document, "One");
  g_assert_false (hr_document_begin_edit (document, "Two", &nested));
  g_assert_error (nested, HR_ERROR, HR_ERROR_INVALID);
  hr_document_cancel_edit (document);
}

static void
test_no_json (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) error = NULL;

  fixture_begin (document, "Add");
  g_assert_false (hr_document_add_item (document, "notes", "{\n 'pk'", 7, -1, HR_RANGE_NONE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "line 2, column 2"));
  fixture_commit (document);
  assert_list (document, "");
}

typedef struct
{
  guint n_changed;
  guint n_modified;
  guint n_can_undo;
  HrDocumentChange last;
  char *tables;
} Watch;

static void
changed_cb (HrDocument *document, const HrDocumentChange *change, gpointer user_data)
{
  Watch *watch = user_data;

  watch->n_changed++;
  watch->last = *change;
  g_free (watch->tables);
  watch->tables = g_strjoinv (",", (char **) change->tables);
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_signals (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  Watch watch = { 0 };

  g_signal_connect (document, "changed", G_CALLBACK (changed_cb), &watch);
  g_signal_connect (document, "notify::modified", G_CALLBACK (count_cb), &watch.n_modified);
  g_signal_connect (document, "notify::can-undo", G_CALLBACK (count_cb), &watch.n_can_undo);

  fixture_begin (document, "Add");
  fixture_add (document, "notes", NOTE ("a", "1", ""));
  fixture_add (document, "counters", "5");
  g_assert_cmpuint (watch.n_changed, ==, 0);
  fixture_commit (document);
  g_assert_cmpuint (watch.n_changed, ==, 1);
  g_assert_cmpuint (watch.last.n_rows_changed, ==, 1);
  g_assert_true (watch.last.drafts_changed);
  g_assert_false (watch.last.model_changed);
  g_assert_cmpstr (watch.tables, ==, "notes,counters");
  g_assert_cmpuint (watch.n_modified, ==, 1);
  g_assert_cmpuint (watch.n_can_undo, ==, 1);

  fixture_begin (document, "Cancelled");
  fixture_add (document, "notes", NOTE ("a", "2", ""));
  hr_document_cancel_edit (document);
  fixture_begin (document, "Nothing");
  fixture_add (document, "notes", NOTE ("a", "2", ""));
  fixture_commit (document);
  fixture_undo (document);
  g_assert_cmpuint (watch.n_changed, ==, 3);

  hr_document_mark_saved (document);
  g_assert_cmpuint (watch.n_modified, ==, 2);
  fixture_undo (document);
  g_assert_cmpuint (watch.n_modified, ==, 3);
  fixture_redo (document);
  g_assert_cmpuint (watch.n_modified, ==, 4);
  g_assert_false (hr_document_is_modified (document));
  g_free (watch.tables);
}

/* A new edit after undo makes the saved state unreachable. */
static void
test_modified_for_good (void)
{
  g_autoptr (HrDocument) document = three_notes_new ();

  hr_document_mark_saved (document);
  fixture_undo (document);
  fixture_begin (document, "Other");
  fixture_add (document, "notes", NOTE ("z", "1", ""));
  fixture_commit (document);
  g_assert_true (hr_document_is_modified (document));
  fixture_undo (document);
  g_assert_true (hr_document_is_modified (document));
  g_assert_true (hr_document_can_redo (document));
}

static void
test_cancel (void)
{
  g_autoptr (HrDocument) document = three_notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;

  fixture_begin (document, "Much");
  fixture_remove (document, "notes", NOTE ("a", "1", ""));
  fixture_add (document, "notes", NOTE ("c", "1", ""));
  fixture_add_at (document, "notes", "[1, 2]", 0);
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  hr_document_cancel_edit (document);
  after = fixture_dump (document);
  g_assert_cmpstr (after, ==, before);
  fixture_verify (document);
}

/* A handler that edits, undoes and drops the document while it is told about a change. */
static void
edit_again_cb (HrDocument *document, const HrDocumentChange *change, gpointer user_data)
{
  guint *rounds = user_data;

  if (++*rounds == 1)
    {
      fixture_undo (document);
      fixture_begin (document, "Again");
      fixture_add (document, "notes", NOTE ("again", "1", ""));
      fixture_commit (document);
    }
  g_assert_cmpstr (change->tables[0], ==, "notes");
}

static void
test_edit_in_handler (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  guint rounds = 0;

  g_signal_connect (document, "changed", G_CALLBACK (edit_again_cb), &rounds);
  fixture_begin (document, "Add");
  fixture_add (document, "notes", NOTE ("a", "1", ""));
  fixture_commit (document);
  g_assert_cmpuint (rounds, ==, 3);
  assert_list (document, "item {'pk':{'S':'again'},'sk':{'S':'1'}}\n");
}

static void
test_finalize_in_edit (void)
{
  HrDocument *document = three_notes_new ();

  fixture_begin (document, "Open");
  fixture_add (document, "notes", NOTE ("c", "1", ""));
  g_assert_finalize_object (document);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/edit/add", test_add);
  g_test_add_func ("/document/edit/insert-before", test_insert_before);
  g_test_add_func ("/document/edit/replace", test_replace);
  g_test_add_func ("/document/edit/replace-refused", test_replace_refused);
  g_test_add_func ("/document/edit/move", test_move);
  g_test_add_func ("/document/edit/no-edit", test_no_edit);
  g_test_add_func ("/document/edit/no-json", test_no_json);
  g_test_add_func ("/document/edit/signals", test_signals);
  g_test_add_func ("/document/edit/modified-for-good", test_modified_for_good);
  g_test_add_func ("/document/edit/cancel", test_cancel);
  g_test_add_func ("/document/edit/edit-in-handler", test_edit_in_handler);
  g_test_add_func ("/document/edit/finalize", test_finalize_in_edit);
  return g_test_run ();
}
