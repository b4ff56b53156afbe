/* What the palette finds, and in which order. No display is needed. */
#include <string.h>

#include "app/ui/window/palette-search.h"
#include "model/exchange/native.h"

static HrSession *
open_sample (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  HrSession *session = hr_session_new ();
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  document = hr_native_read (text, length, diagnostics, NULL, &error);
  g_assert_no_error (error);
  hr_session_set_document (session, document, NULL);
  return session;
}

static void
test_fuzzy (void)
{
  g_assert_cmpint (hr_fuzzy_score ("xyz", "Message"), ==, -1);
  g_assert_cmpint (hr_fuzzy_score ("", "Message"), ==, 0);
  g_assert_cmpint (hr_fuzzy_score ("mg", "Message group"), >, 0);
  g_assert_cmpint (hr_fuzzy_score ("MESS", "Message"), ==, hr_fuzzy_score ("mess", "Message"));
  /* starts of words before letters here and there, whole words before both */
  g_assert_cmpint (hr_fuzzy_score ("mg", "message_group"), >, hr_fuzzy_score ("mg", "mashing"));
  g_assert_cmpint (hr_fuzzy_score ("group", "Message group"), >, hr_fuzzy_score ("group", "ge run other up"));
  g_assert_cmpint (hr_fuzzy_score ("message", "Message"), >, hr_fuzzy_score ("message", "last_message_at"));
}

static gboolean
has_title (GPtrArray *found, HrFoundKind kind, const char *title)
{
  for (guint i = 0; i < found->len; i++)
    {
      const HrFound *each = g_ptr_array_index (found, i);

      if (each->kind == kind && strcmp (each->title, title) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_names (void)
{
  g_autoptr (HrSession) session = open_sample ();
  g_autoptr (GPtrArray) entity = hr_palette_search (session, "message gr", 50);
  g_autoptr (GPtrArray) commands = hr_palette_search (session, ">sav", 50);
  g_autoptr (GPtrArray) letter = hr_palette_search (session, "a2", 50);
  g_autoptr (GPtrArray) everything = hr_palette_search (session, "e", 7);

  g_assert_cmpstr (((HrFound *) g_ptr_array_index (entity, 0))->title, ==, "Message group");
  g_assert_true (has_title (entity, HR_FOUND_INDEX, "message-group-sk-index"));
  g_assert_true (has_title (commands, HR_FOUND_COMMAND, "Save"));
  for (guint i = 0; i < commands->len; i++)
    g_assert_cmpint (((HrFound *) g_ptr_array_index (commands, i))->kind, ==, HR_FOUND_COMMAND);
  g_assert_cmpint (((HrFound *) g_ptr_array_index (letter, 0))->kind, ==, HR_FOUND_RUN);
  g_assert_cmpstr (((HrFound *) g_ptr_array_index (letter, 0))->name, ==, "A2");
  g_assert_cmpuint (everything->len, ==, 7);
}

static GPtrArray *
find_items (HrSession *session, const char *query, guint max)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_found_free);
  g_autoptr (HrItemSearch) search = hr_item_search_new (session, query);

  while (search != NULL && hr_item_search_step (search, found, max))
    continue;
  return found;
}

static void
test_items (void)
{
  g_autoptr (HrSession) session = open_sample ();
  g_autoptr (GPtrArray) keys = find_items (session, "#MSG#", 1000);
  g_autoptr (GPtrArray) some = find_items (session, "#msg#", 5);
  g_autoptr (GPtrArray) none = find_items (session, "no such text anywhere", 1000);
  g_autoptr (GPtrArray) commands = find_items (session, ">MSG#", 1000);
  const HrFound *first;

  g_assert_cmpuint (keys->len, ==, hr_session_get_table_totals (session, "cruddur-messages")->rows_of_entity[0]);
  g_assert_cmpuint (some->len, ==, 5);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (commands->len, ==, 0);
  first = g_ptr_array_index (keys, 0);
  g_assert_cmpstr (first->table, ==, "cruddur-messages");
  g_assert_nonnull (hr_map_get (&first->key, "pk", 2));
  g_assert_nonnull (hr_map_get (&first->key, "sk", 2));
  g_assert_cmpuint (first->key.length, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/fuzzy", test_fuzzy);
  g_test_add_func ("/palette/names", test_names);
  g_test_add_func ("/palette/items", test_items);
  return g_test_run ();
}
