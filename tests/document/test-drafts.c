/*
 * Drafts: every reason why an item cannot be stored, and how drafts become items.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"

#include <string.h>

static void
assert_list (HrDocument *document, const char *table, const char *expected)
{
  g_autofree char *list = fixture_list (document, table);

  g_assert_cmpstr (list, ==, expected);
  fixture_verify (document);
}

typedef struct
{
  const char *json;
  const char *code;
  const char *words; /* in the reason */
} Case;

static const Case cases[] = {
  { "5", "not-an-item", "no item" },
  { "[{'S':'a'}]", "not-an-item", "no item" },
  { "null", "not-an-item", "no item" },
  { "{'pk':'a','sk':{'S':'b'}}", "not-an-item", "typed JSON" },
  { "{'pk':{'S':'a'},'sk':{'S':'b'},'n':{'N':'1x'}}", "not-an-item", "typed JSON" },
  { "{'pk':{'S':'a'},'sk':{'S':'b'},'s':{'SS':['a','a']}}", "not-an-item", "typed JSON" },
  { "{'sk':{'S':'b'}}", "key-missing", "key attribute pk is missing" },
  { "{'pk':{'S':'a'}}", "key-missing", "key attribute sk is missing" },
  { "{}", "key-missing", "pk" },
  { "{'pk':{'N':'1'},'sk':{'S':'b'}}", "key-type", "type N, the table wants S" },
  { "{'pk':{'S':'a'},'sk':{'S':'b'},'rank':{'S':'high'}}", "key-type", "rank" },
  { "{'pk':{'S':''},'sk':{'S':'b'}}", "key-empty", "pk is empty" },
  { "{'pk':{'S':'a'},'sk':{'S':'b'},'owner':{'S':''}}", "key-empty", "owner" },
  { "{'pk':{'S':'first'},'sk':{'S':'1'},'again':{'BOOL':true}}", "key-duplicate", "another item has the key" },
};

static void
test_reasons (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'first'},'sk':{'S':'1'}}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_add (document, "notes", cases[i].json);
  fixture_commit (document);

  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const HrDraft *draft = hr_document_get_draft (document, i);

      g_assert_cmpstr (draft->table, ==, "notes");
      g_assert_cmpstr (draft->code, ==, cases[i].code);
      if (strstr (draft->reason, cases[i].words) == NULL)
        g_error ("%s: “%s” does not say “%s”", cases[i].json, draft->reason, cases[i].words);
    }
  g_assert_null (hr_document_get_draft (document, G_N_ELEMENTS (cases)));
}

static void
test_too_large (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *text = g_strnfill (410000, 'x');
  g_autofree char *item = g_strdup_printf ("{'pk':{'S':'a'},'sk':{'S':'b'},'text':{'S':'%s'}}", text);
  g_autofree char *key = g_strdup_printf ("{'pk':{'S':'%.3000s'},'sk':{'S':'b'}}", text);

  fixture_begin (document, "Add");
  fixture_add (document, "notes", item);
  fixture_add (document, "notes", key);
  fixture_commit (document);
  g_assert_cmpstr (hr_document_get_draft (document, 0)->code, ==, "item-too-large");
  g_assert_cmpstr (hr_document_get_draft (document, 0)->reason, ==,
                   "the item has 400.4 KB; 400 KB is the limit. Shorten text, which alone has 400.4 KB.");
  g_assert_cmpstr (hr_document_get_draft (document, 1)->code, ==, "item-refused");
}

/* What was written is kept to the letter, but for white space. */
static void
test_text_is_kept (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{ 'pk' : {'S':'a\\u0000b'}, 'n':{'N':'1.50'},\n 'pk2':[ 1e3,true , null,{}] }");
  fixture_commit (document);
  assert_list (document, "notes",
               "draft not-an-item {'pk': {'S': 'a\\u0000b'}, 'n': {'N': '1.50'}, 'pk2': [1e3, true, null, {}]}\n");
}

static void
test_duplicate_moves_up (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;

  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'},'v':{'S':'a'}}");
  fixture_add (document, "counters", "{'id':{'N':'1.0'},'v':{'S':'b'}}");
  fixture_add (document, "counters", "{'id':{'N':'2'}}");
  fixture_add (document, "counters", "{'id':{'N':'1'},'v':{'S':'c'}}");
  fixture_commit (document);
  before = fixture_dump (document);
  assert_list (document, "counters",
               "item {'id':{'N':'1'},'v':{'S':'a'}}\n"
               "draft key-duplicate {'id': {'N': '1.0'}, 'v': {'S': 'b'}}\n"
               "item {'id':{'N':'2'}}\n"
               "draft key-duplicate {'id': {'N': '1'}, 'v': {'S': 'c'}}\n");

  fixture_begin (document, "Remove");
  fixture_remove (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
  assert_list (document, "counters",
               "item {'id':{'N':'1'},'v':{'S':'b'}}\n"
               "item {'id':{'N':'2'}}\n"
               "draft key-duplicate {'id': {'N': '1'}, 'v': {'S': 'c'}}\n");
  fixture_undo (document);
  undone = fixture_dump (document);
  g_assert_cmpstr (undone, ==, before);
  fixture_redo (document);
  assert_list (document, "counters",
               "item {'id':{'N':'1'},'v':{'S':'b'}}\n"
               "item {'id':{'N':'2'}}\n"
               "draft key-duplicate {'id': {'N': '1'}, 'v': {'S': 'c'}}\n");
}

/* A key that is free for a moment within an edit belongs to who takes it next. */
static void
test_key_taken_again (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();

  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'},'v':{'S':'a'}}");
  fixture_add (document, "counters", "{'id':{'N':'1'},'v':{'S':'b'}}");
  fixture_commit (document);
  fixture_begin (document, "Swap");
  fixture_remove (document, "counters", "{'id':{'N':'1'}}");
  fixture_add (document, "counters", "{'id':{'N':'1'},'v':{'S':'c'}}");
  fixture_commit (document);
  assert_list (document, "counters",
               "draft key-duplicate {'id': {'N': '1'}, 'v': {'S': 'b'}}\n"
               "item {'id':{'N':'1'},'v':{'S':'c'}}\n");
}

static void
test_replace_draft (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_json = NULL;
  g_autoptr (GError) no_draft = NULL;
  static const char better[] = "{\"id\":{\"S\":\"x\"}}";
  static const char good[] = "{\"id\":{\"N\":\"7\"}}";

  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_add (document, "counters", "{}");
  fixture_add (document, "counters", "{'id':{'N':'3'}}");
  fixture_commit (document);

  fixture_begin (document, "Better");
  g_assert_true (hr_document_replace_draft (document, 0, better, strlen (better), &error));
  g_assert_false (hr_document_replace_draft (document, 0, "{", 1, &no_json));
  g_assert_error (no_json, HR_ERROR, HR_ERROR_INVALID);
  g_assert_false (hr_document_replace_draft (document, 1, better, strlen (better), &no_draft));
  g_assert_error (no_draft, HR_ERROR, HR_ERROR_NOT_FOUND);
  fixture_commit (document);
  assert_list (document, "counters", "item {'id':{'N':'1'}}\n"
                                     "draft key-type {'id': {'S': 'x'}}\n"
                                     "item {'id':{'N':'3'}}\n");
  fixture_begin (document, "Good");
  g_assert_true (hr_document_replace_draft (document, 0, good, strlen (good), &error));
  fixture_commit (document);
  assert_list (document, "counters", "item {'id':{'N':'1'}}\nitem {'id':{'N':'7'}}\nitem {'id':{'N':'3'}}\n");
  fixture_undo (document);
  fixture_undo (document);
  assert_list (document, "counters", "item {'id':{'N':'1'}}\ndraft key-missing {}\nitem {'id':{'N':'3'}}\n");
}

static void
test_remove_and_move_draft (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) error = NULL;

  fixture_begin (document, "Add");
  fixture_add (document, "counters", "1");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_add (document, "counters", "2");
  fixture_add (document, "notes", "3");
  fixture_commit (document);
  g_assert_cmpstr (hr_document_get_draft (document, 0)->json, ==, "3"); /* notes is the first table */

  fixture_begin (document, "Move");
  g_assert_true (hr_document_move_draft (document, 2, hr_document_get_draft (document, 1)->ordinal, &error));
  fixture_commit (document);
  assert_list (document, "counters",
               "draft not-an-item 2\ndraft not-an-item 1\nitem {'id':{'N':'1'}}\n");
  fixture_begin (document, "Remove");
  g_assert_true (hr_document_remove_draft (document, 1, &error));
  fixture_commit (document);
  assert_list (document, "counters", "draft not-an-item 1\nitem {'id':{'N':'1'}}\n");
  fixture_undo (document);
  fixture_undo (document);
  assert_list (document, "counters",
               "draft not-an-item 1\nitem {'id':{'N':'1'}}\ndraft not-an-item 2\n");
}

/* A table whose keys make no sense holds drafts, in order. */
static void
test_invalid_table (void)
{
  g_autoptr (HrModel) model = hr_model_new ("Odd");
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (model->tables, fixture_table_new ("odd", "pk", HR_TYPE_BOOL, NULL, HR_TYPE_S));
  g_ptr_array_add (model->tables, hr_table_new ("keyless"));
  document = hr_document_new (model, &error);
  g_assert_no_error (error);
  fixture_begin (document, "Add");
  fixture_add (document, "odd", "{'pk':{'BOOL':true}}");
  fixture_add (document, "keyless", "{'a':{'S':'x'}}");
  fixture_add_at (document, "odd", "2", 0);
  fixture_commit (document);
  assert_list (document, "odd", "draft not-an-item 2\ndraft table-invalid {'pk': {'BOOL': true}}\n");
  assert_list (document, "keyless", "draft table-invalid {'a': {'S': 'x'}}\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/drafts/reasons", test_reasons);
  g_test_add_func ("/document/drafts/too-large", test_too_large);
  g_test_add_func ("/document/drafts/text-is-kept", test_text_is_kept);
  g_test_add_func ("/document/drafts/duplicate-moves-up", test_duplicate_moves_up);
  g_test_add_func ("/document/drafts/key-taken-again", test_key_taken_again);
  g_test_add_func ("/document/drafts/replace", test_replace_draft);
  g_test_add_func ("/document/drafts/remove-and-move", test_remove_and_move_draft);
  g_test_add_func ("/document/drafts/invalid-table", test_invalid_table);
  return g_test_run ();
}
