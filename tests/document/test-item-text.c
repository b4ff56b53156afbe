/*
 * Items out of and into other programs: what is recognised, what types cells get, and that a copy can be pasted.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/document/item-text.h"

#include <string.h>

typedef struct
{
  const char *path;
  const char *entity;
  const char *text; /* with ' for " */
  const char *list; /* NULL: refused */
} PasteCase;

#define ONE "item {'pk':{'S':'a'},'sk':{'S':'1'},'text':{'S':'x'}}\n"

static const PasteCase pastes[] = {
  { "typed", NULL, "{'pk':{'S':'a'},'sk':{'S':'1'},'text':{'S':'x'}}", ONE },
  { "plain", NULL, "{'pk':'a','sk':'1','text':'x'}", ONE },
  { "array", NULL, " [{'pk':'a','sk':'1','text':'x'},{'pk':'b','sk':'1','n':1.50,'l':[true,null]}]",
    ONE "item {'l':{'L':[{'BOOL':true},{'NULL':true}]},'n':{'N':'1.5'},'pk':{'S':'b'},'sk':{'S':'1'}}\n" },
  { "lines", NULL, "{'pk':'a','sk':'1','text':'x'}\n\n{'pk':'b','sk':'1'}\n",
    ONE "item {'pk':{'S':'b'},'sk':{'S':'1'}}\n" },
  { "put-request", NULL, "{'TableName':'x','Item':{'pk':{'S':'a'},'sk':{'S':'1'},'text':{'S':'x'}}}", ONE },
  { "answer", NULL, "{'Items':[{'pk':{'S':'a'},'sk':{'S':'1'},'text':{'S':'x'}}],'Count':1}", ONE },
  { "batch", NULL,
    "{'RequestItems':{'other':[{'PutRequest':{'Item':{'pk':{'S':'z'},'sk':{'S':'1'}}}}],"
    "'notes':[{'PutRequest':{'Item':{'pk':{'S':'a'},'sk':{'S':'1'},'text':{'S':'x'}}}}]}}",
    ONE },
  { "batch-of-cli", NULL,
    "{'notes':[{'PutRequest':{'Item':{'pk':{'S':'a'},'sk':{'S':'1'},'text':{'S':'x'}}}}]}",
    ONE },
  { "command", NULL,
    "$ aws dynamodb put-item \\\n  --table-name notes --item=\"{\\'pk\\':{\\'S\\':\\'a\\'},\\'sk\\':{\\'S\\':\\'1\\'},"
    "\\'text\\':{\\'S\\':\\'x\\'}}\" --region eu-west-1",
    ONE },
  { "tsv", NULL, "pk\tsk\ttext\na\t1\tx\n", ONE },
  { "csv", NULL, "pk,sk,text,n,z,flag\r\na,1,\"x, \"\"y\"\"\n2\",5,007,true\r\n\r\nb,2,,,8,false\r\n",
    "item {'flag':{'BOOL':true},'n':{'N':'5'},'pk':{'S':'a'},'sk':{'S':'1'},'text':{'S':'x, \\'y\\'\\n2'},"
    "'z':{'S':'007'}}\n"
    "item {'flag':{'BOOL':false},'pk':{'S':'b'},'sk':{'S':'2'},'z':{'S':'8'}}\n" },
  { "declared", NULL, "pk\tsk\trank\ttext\n1\t2\t3\t4\n",
    "item {'pk':{'S':'1'},'rank':{'N':'3'},'sk':{'S':'2'},'text':{'S':'4'}}\n" },
  { "key-parts", "Note",
    "note;at;text\n7;2026;x\n", "item {'pk':{'S':'NOTE#7'},'sk':{'S':'2026'},'text':{'S':'x'}}\n" },
  { "drafts", NULL, "[{'pk':'a'},7]", "draft key-missing {'pk': {'S': 'a'}}\ndraft not-an-item 7\n" },
  { "too-long", NULL, "{'pk':'a','sk':'1','n':123456789012345678901234567890123456789}",
    "draft not-an-item {'pk': 'a', 'sk': '1', 'n': 123456789012345678901234567890123456789}\n" },
  { "nothing", NULL, " \n ", NULL },
  { "no-json", NULL, "{'pk':", NULL },
  { "no-rows", NULL, "pk\tsk\n", NULL },
  { "beyond-header", NULL, "pk\tsk\na\t1\na\t2\tlost\n", NULL },
  { "below-no-name", NULL, "pk\tsk\t\ttext\na\t1\tlost\tx\n", NULL },
  { "empty-beyond", NULL, "pk\tsk\ttext\na\t1\tx\t\t\n", ONE },
  { "no-items", NULL, "[]", NULL },
  { "no-command", NULL, "aws dynamodb list-tables --region x", NULL },
  { "open-quote", NULL, "aws dynamodb put-item --item \"{", NULL },
};

static void
test_paste (gconstpointer data)
{
  const PasteCase *one = data;
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree char *text = fixture_quote (one->text);
  g_autofree char *after = NULL;
  g_autofree char *list = NULL;
  g_auto (HrItemResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done =
      hr_document_paste_items (document, "notes", one->entity, text, strlen (text), &result, &error);

  if (one->list == NULL)
    {
      g_assert_false (done);
      g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
      after = fixture_dump (document);
      fixture_assert_same (after, before);
      g_assert_false (hr_document_can_undo (document));
      return;
    }
  g_assert_no_error (error);
  list = fixture_list (document, "notes");
  g_assert_cmpstr (list, ==, one->list);
  fixture_undo (document);
  after = fixture_dump (document);
  fixture_assert_same (after, before);
}

static const char *const copies[] = {
  [HR_ITEMS_JSON] = "[\n  {'bin': 'aGk=', 'n': 1, 'pk': 'a', 'sk': '1', 'tags': ['x', 'y']},\n"
                    "  {'pk': 'b', 'sk': '2', 'text': 'it\\u0027s\\ttab'}\n]\n",
  [HR_ITEMS_TYPED] = "[\n  {'bin': {'B': 'aGk='}, 'n': {'N': '1'}, 'pk': {'S': 'a'}, 'sk': {'S': '1'}, "
                     "'tags': {'SS': ['x', 'y']}},\n"
                     "  {'pk': {'S': 'b'}, 'sk': {'S': '2'}, 'text': {'S': 'it\\u0027s\\ttab'}}\n]\n",
  [HR_ITEMS_TSV] = "pk\tsk\ttext\tbin\tn\ttags\na\t1\t\taGk=\t1\t'['x', 'y']'\nb\t2\t'it\\u0027s\ttab'\t\t\t\n",
};

#define FIRST "{'pk':{'S':'a'},'sk':{'S':'1'},'n':{'N':'1'},'bin':{'B':'aGk='},'tags':{'SS':['x','y']}}"

/* What is copied as typed JSON or as commands comes back the same. */
static void
test_copy (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), "notes");
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue items[2] = { fixture_item (arena, FIRST), fixture_item (arena, "{'pk':{'S':'b'},'sk':{'S':'2'}}") };
  static const HrItemFormat formats[] = { HR_ITEMS_TYPED, HR_ITEMS_PUT_ITEM };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autoptr (HrDocument) other = fixture_document_new ();
        g_auto (HrBuffer) text = HR_BUFFER_INIT;
        g_autoptr (GError) error = NULL;
        HrItemRef ref = { "notes", NULL, 0 };
        HrValue back;

        hr_items_to_text (table, &items[j], 1, formats[i], &text);
        hr_document_paste_items (other, "notes", NULL, text.data, text.length, NULL, &error);
        g_assert_no_error (error);
        g_assert_true (hr_document_get_entry (other, &ref, arena, &back, NULL, &error));
        g_assert_true (hr_value_equal (&back, &items[j]));
      }
}

static void
test_formats (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), "notes");
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue items[2] = { fixture_item (arena, FIRST),
                       fixture_item (arena, "{'pk':{'S':'b'},'sk':{'S':'2'},'text':{'S':'it\\u0027s\\ttab'}}") };

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_auto (HrBuffer) text = HR_BUFFER_INIT;
      g_autofree char *quoted = fixture_quote (copies[i]);
      g_auto (GStrv) pieces = g_strsplit (quoted, "\\u0027", -1);
      g_autofree char *expected = g_strjoinv ("'", pieces);

      hr_items_to_text (table, items, 2, (HrItemFormat) i, &text);
      hr_buffer_append_char (&text, '\0');
      if (i == HR_ITEMS_TSV) /* quotes within a cell are written twice */
        g_assert_nonnull (strstr (text.data, "\"[\"\"x\"\", \"\"y\"\"]\""));
      else
        g_assert_cmpstr (text.data, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pastes); i++)
    {
      g_autofree char *path = g_strconcat ("/document/item-text/paste/", pastes[i].path, NULL);

      g_test_add_data_func (path, &pastes[i], test_paste);
    }
  g_test_add_func ("/document/item-text/copy", test_copy);
  g_test_add_func ("/document/item-text/formats", test_formats);
  return g_test_run ();
}
