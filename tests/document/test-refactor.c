/*
 * Refactorings: names in requests of every shape, keys made anew, values of another type, and what is refused.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/document/edit-definitions.h"
#include "model/document/refactor.h"

#include <string.h>

static HrDocument *
document_with (const char *operation, const char *request, const char *for_each)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  HrPattern *pattern = hr_pattern_new ("A", "Ask");
  HrStep *first = hr_step_new ("first", "Query");
  HrStep *step = hr_step_new ("second", operation);
  g_autoptr (GError) error = NULL;
  HrDocument *document;

  g_free (first->request);
  first->request = g_strdup ("{\"TableName\":\"notes\"}");
  g_free (step->request);
  step->request = fixture_quote (request);
  step->for_each = g_strdup (for_each);
  g_ptr_array_add (pattern->steps, first);
  g_ptr_array_add (pattern->steps, step);
  g_ptr_array_add (pattern->parameters, hr_parameter_new ("owner", HR_TYPE_S, "ann"));
  g_ptr_array_add (model->patterns, pattern);
  document = hr_document_new (model, &error);
  g_assert_no_error (error);
  return document;
}

typedef struct
{
  const char *operation;
  const char *before;
  const char *after;
  HrTarget target;
  const char *to;
} RequestCase;

#define OWNER { HR_TARGET_KEY, "notes", "by-owner", "owner" }
#define NOTES { HR_TARGET_TABLE, "notes", NULL, NULL }

static const RequestCase request_cases[] = {
  /* expressions: only whole first steps of paths, only outside functions and references */
  { "Query",
    "{'TableName':'notes','FilterExpression':'owner = :owner AND size(owner) > :n AND a.owner = :x AND #o.b = :y',"
    "'ExpressionAttributeNames':{'#o':'owner'},'ExpressionAttributeValues':{':owner':{'S':'{owner}'}}}",
    "{'TableName':'notes','FilterExpression':'author = :owner AND size(author) > :n AND a.owner = :x AND #o.b = :y',"
    "'ExpressionAttributeNames':{'#o':'author'},'ExpressionAttributeValues':{':owner':{'S':'{owner}'}}}",
    OWNER, "author" },
  /* a placeholder that is also a member further in is split */
  { "Scan",
    "{'TableName':'notes','FilterExpression':'#o = :x AND a.#o = :y','ExpressionAttributeNames':{'#o':'owner'}}",
    "{'TableName':'notes','FilterExpression':'#author = :x AND a.#o = :y',"
    "'ExpressionAttributeNames':{'#o':'owner','#author':'author'}}",
    OWNER, "author" },
  /* a placeholder that is only further in stays */
  { "Scan", "{'TableName':'notes','FilterExpression':'a.#o = :y','ExpressionAttributeNames':{'#o':'owner'}}", NULL,
    OWNER, "author" },
  /* a reserved word and a name with other characters need a placeholder */
  { "UpdateItem", "{'TableName':'notes','UpdateExpression':'SET owner = if_not_exists(owner, :v) REMOVE b'}",
    "{'TableName':'notes','UpdateExpression':'SET #status = if_not_exists(#status, :v) REMOVE b',"
    "'ExpressionAttributeNames':{'#status':'status'}}",
    OWNER, "status" },
  { "UpdateItem",
    "{'TableName':'notes','ProjectionExpression':'owner, #a_b','ExpressionAttributeNames':{'#a_b':'x'}}",
    "{'TableName':'notes','ProjectionExpression':'#a_b2, #a_b','ExpressionAttributeNames':{'#a_b':'x','#a_b2':'a b'}}",
    OWNER, "a b" },
  /* another table is another matter */
  { "Query", "{'TableName':'counters','KeyConditionExpression':'owner = :o'}", NULL, OWNER, "author" },
  /* legacy parameters */
  { "Query",
    "{'TableName':'notes','IndexName':'by-owner','KeyConditions':{'owner':{'ComparisonOperator':'EQ'}},"
    "'AttributesToGet':['owner','text'],'QueryFilter':{'text':{}}}",
    "{'TableName':'notes','IndexName':'by-owner','KeyConditions':{'author':{'ComparisonOperator':'EQ'}},"
    "'AttributesToGet':['author','text'],'QueryFilter':{'text':{}}}",
    OWNER, "author" },
  { "UpdateItem",
    "{'TableName':'notes','Key':{'pk':{'S':'a'}},'AttributeUpdates':{'owner':{'Action':'DELETE'}},"
    "'Expected':{'owner':{'Exists':false}}}",
    "{'TableName':'notes','Key':{'pk':{'S':'a'}},'AttributeUpdates':{'author':{'Action':'DELETE'}},"
    "'Expected':{'author':{'Exists':false}}}",
    OWNER, "author" },
  /* batches and transactions */
  { "BatchGetItem",
    "{'RequestItems':{'notes':{'Keys':[{'owner':{'S':'a'}}],'ProjectionExpression':'owner'},"
    "'counters':{'Keys':[{'owner':{'S':'b'}}]}}}",
    "{'RequestItems':{'notes':{'Keys':[{'author':{'S':'a'}}],'ProjectionExpression':'author'},"
    "'counters':{'Keys':[{'owner':{'S':'b'}}]}}}",
    OWNER, "author" },
  { "BatchWriteItem", "{'RequestItems':{'notes':[{'PutRequest':{'Item':{'owner':{'S':'owner'}}}}]}}",
    "{'RequestItems':{'notes':[{'PutRequest':{'Item':{'author':{'S':'owner'}}}}]}}", OWNER, "author" },
  { "BatchWriteItem", "{'RequestItems':{'notes':[{'PutRequest':{'Item':{'notes':{'S':'notes'}}}}]}}",
    "{'RequestItems':{'memos':[{'PutRequest':{'Item':{'notes':{'S':'notes'}}}}]}}", NOTES, "memos" },
  { "TransactWriteItems",
    "{'TransactItems':[{'Put':{'TableName':'notes','Item':{'owner':{'S':'a'}},"
    "'ConditionExpression':'attribute_not_exists(owner)'}},{'Delete':{'TableName':'counters','Key':{'owner':1}}}]}",
    "{'TransactItems':[{'Put':{'TableName':'notes','Item':{'author':{'S':'a'}},"
    "'ConditionExpression':'attribute_not_exists(author)'}},{'Delete':{'TableName':'counters','Key':{'owner':1}}}]}",
    OWNER, "author" },
  { "Query", "{'TableName':'arn:aws:dynamodb:eu-west-1:123456789012:table/notes','IndexName':'by-owner'}",
    "{'TableName':'arn:aws:dynamodb:eu-west-1:123456789012:table/memos','IndexName':'by-owner'}", NOTES, "memos" },
  { "Query", "{'TableName':'arn:aws:dynamodb:eu-west-1:123456789012:table/notes','IndexName':'by-owner'}",
    "{'TableName':'arn:aws:dynamodb:eu-west-1:123456789012:table/notes','IndexName':'by-author'}",
    { HR_TARGET_INDEX, "notes", NULL, "by-owner" }, "by-author" },
  /* references to answers */
  { "GetItem", "{'TableName':'notes','Key':{'pk':'{first.Items[0].owner}','sk':'{first.Items[0].a.owner}'}}",
    "{'TableName':'notes','Key':{'pk':'{first.Items[0].author}','sk':'{first.Items[0].a.owner}'}}", OWNER, "author" },
  { "GetItem", "{'TableName':'counters','Key':{'id':'x{item.owner.S}y'}}",
    "{'TableName':'counters','Key':{'id':'x{item.author.S}y'}}", OWNER, "author" },
  { "Query", "{'TableName':'notes','ExclusiveStartKey':{'owner':'{first.LastEvaluatedKey.owner}'}}",
    "{'TableName':'notes','ExclusiveStartKey':{'author':'{first.LastEvaluatedKey.author}'}}", OWNER, "author" },
  { "GetItem", "{'TableName':'counters','Key':{'id':'{first.Responses.notes[0].notes}'}}",
    "{'TableName':'counters','Key':{'id':'{first.Responses.memos[0].notes}'}}", NOTES, "memos" },
  { "GetItem", "{'TableName':'notes','Key':{'pk':{'S':'{{owner}} {owner} {first.Count}'}}}",
    "{'TableName':'notes','Key':{'pk':{'S':'{{owner}} {who} {first.Count}'}}}",
    { HR_TARGET_PARAMETER, NULL, "A", "owner" }, "who" },
  { "GetItem", "{'TableName':'notes','Key':{'pk':{'S':'{first.Items[0].first} {owner}'}}}",
    "{'TableName':'notes','Key':{'pk':{'S':'{notes.Items[0].first} {owner}'}}}",
    { HR_TARGET_STEP, NULL, "A", "first" }, "notes" },
  /* PartiQL */
  { "ExecuteStatement",
    "{'Statement':'SELECT owner, a.owner FROM \\\"notes\\\".\\\"by-owner\\\" "
    "WHERE \\\"owner\\\" = ? AND x = \\u0027owner\\u0027'}",
    "{'Statement':'SELECT author, a.owner FROM \\\"notes\\\".\\\"by-owner\\\" "
    "WHERE \\\"author\\\" = ? AND x = \\u0027owner\\u0027'}",
    OWNER, "author" },
  { "ExecuteStatement", "{'Statement':'INSERT INTO notes VALUE {{\\u0027owner\\u0027: \\u0027{owner}\\u0027}}'}",
    "{'Statement':'INSERT INTO notes VALUE {{\\u0027author\\u0027: \\u0027{owner}\\u0027}}'}", OWNER, "author" },
  { "ExecuteStatement", "{'Statement':'UPDATE notes SET notes = 1 WHERE pk = \\u0027a\\u0027'}",
    "{'Statement':'UPDATE \\\"my-notes\\\" SET notes = 1 WHERE pk = \\u0027a\\u0027'}", NOTES, "my-notes" },
  { "ExecuteStatement", "{'Statement':'SELECT * FROM \\\"notes\\\".\\\"by-owner\\\"'}",
    "{'Statement':'SELECT * FROM \\\"notes\\\".\\\"by author\\\"'}", { HR_TARGET_INDEX, "notes", NULL, "by-owner" },
    "by author" },
  { "ExecuteStatement", "{'Statement':'SELECT owner FROM counters'}", NULL, OWNER, "author" },
  { "ExecuteStatement", "{'Statement':'no PartiQL, owner'}", NULL, OWNER, "author" },
  /* what is no request of the service is left alone */
  { "Query", "{'TableName':7,'FilterExpression':['owner'],'Key':'owner'}", NULL, OWNER, "author" },
};

static const char *
get_request (HrDocument *document)
{
  const HrPattern *pattern = hr_document_get_model (document)->patterns->pdata[0];

  return ((HrStep *) pattern->steps->pdata[1])->request;
}

/* As it is written anew: with the apostrophes that the cases have as escapes. */
static char *
dup_written (const char *text)
{
  g_autofree char *quoted = fixture_quote (text);
  g_auto (GStrv) pieces = g_strsplit (quoted, "\\u0027", -1);

  return g_strjoinv ("'", pieces);
}

/* Takes @refactoring, which may be NULL. */
static HrRefactoring *
tried (HrDocument *document, HrRefactoring *refactoring, GError **error)
{
  if (refactoring == NULL || hr_refactoring_try (refactoring, document, error))
    return refactoring;
  hr_refactoring_free (refactoring);
  return NULL;
}

static void
test_request (gconstpointer data)
{
  const RequestCase *one = data;
  g_autoptr (HrDocument) document = document_with (one->operation, one->before, "first.Items");
  g_autofree char *before = g_strdup (get_request (document));
  g_autofree char *after = one->after != NULL ? dup_written (one->after) : g_strdup (before);
  g_autoptr (GError) error = NULL;
  g_autoptr (HrRefactoring) refactoring = tried (
      document, hr_refactor_rename (document, &one->target, one->to, HR_RENAME_TABLE_WIDE, &error), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (get_request (document), ==, before);
  g_assert_true (hr_refactoring_apply (refactoring, document, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (get_request (document), ==, after);
}

static HrDocument *
notes_new (void)
{
  HrDocument *document = fixture_document_new ();

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2026'},'text':{'S':'one'},'rank':{'N':'1'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2027'},'text':{'S':'12'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#2'},'sk':{'S':'2026'},'text':{'S':'3.5'}}");
  fixture_add (document, "notes", "{'pk':{'S':'other'},'sk':{'S':'2026'},'text':{'N':'9'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#3'},'text':{'S':'7'}}");
  fixture_add (document, "notes", "'draft'");
  fixture_commit (document);
  return document;
}

static void
assert_list (HrDocument *document, const char *expected)
{
  g_autofree char *list = fixture_list (document, "notes");

  g_assert_cmpstr (list, ==, expected);
}

static void
apply (HrDocument *document, HrRefactoring *refactoring, GError *error)
{
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  g_assert_no_error (error);
  g_assert_true (hr_refactoring_apply (refactoring, document, &error));
  g_assert_no_error (error);
  fixture_verify (document);
  after = fixture_dump (document);
  fixture_undo (document);
  undone = fixture_dump (document);
  fixture_assert_same (undone, before);
  fixture_redo (document);
  redone = fixture_dump (document);
  fixture_assert_same (redone, after);
}

static void
test_rename_items (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree char *same = NULL;
  GError *error = NULL;
  g_autoptr (HrRefactoring) refactoring =
      tried (document,
             hr_refactor_rename (document, &HR_TARGET (KEY, "notes", NULL, "pk"), "id", HR_RENAME_TABLE_WIDE,
                                 &error),
             &error);

  g_assert_no_error (error);
  same = fixture_dump (document);
  fixture_assert_same (same, before);
  g_assert_cmpuint (refactoring->n_items, ==, 4);
  g_assert_cmpuint (refactoring->n_drafts, ==, 1);
  g_assert_cmpstr (refactoring->table, ==, "notes");
  apply (document, refactoring, error);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Rename pk to id");
  assert_list (document, "item {'id':{'S':'NOTE#1'},'rank':{'N':'1'},'sk':{'S':'2026'},'text':{'S':'one'}}\n"
                         "item {'id':{'S':'NOTE#1'},'sk':{'S':'2027'},'text':{'S':'12'}}\n"
                         "item {'id':{'S':'NOTE#2'},'sk':{'S':'2026'},'text':{'S':'3.5'}}\n"
                         "item {'id':{'S':'other'},'sk':{'S':'2026'},'text':{'N':'9'}}\n"
                         "draft key-missing {'id': {'S': 'NOTE#3'}, 'text': {'S': '7'}}\n"
                         "draft not-an-item 'draft'\n");
}

static void
test_refused (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  static const struct
  {
    HrTarget target;
    const char *to;
    HrErrorCode code;
  } refused[] = {
    { { HR_TARGET_TABLE, "notes", NULL, NULL }, "counters", HR_ERROR_EXISTS },
    { { HR_TARGET_TABLE, "notes", NULL, NULL }, "", HR_ERROR_INVALID },
    { { HR_TARGET_INDEX, "notes", NULL, "by-owner" }, "by-rank", HR_ERROR_EXISTS },
    { { HR_TARGET_KEY, "notes", NULL, "pk" }, "sk", HR_ERROR_EXISTS },
    { { HR_TARGET_KEY, "notes", NULL, "pk" }, "text", HR_ERROR_EXISTS },
    { { HR_TARGET_ATTRIBUTE, "notes", "Note", "text" }, "rank", HR_ERROR_EXISTS },
    { { HR_TARGET_ATTRIBUTE, "notes", "Note", "text" }, "at", HR_ERROR_EXISTS },
    { { HR_TARGET_KEY_PART, "notes", "Note", "at" }, "text", HR_ERROR_EXISTS },
    { { HR_TARGET_KEY_PART, "notes", "Note", "at" }, "a{t", HR_ERROR_INVALID },
    { { HR_TARGET_ENTITY, "notes", NULL, "Nobody" }, "x", HR_ERROR_NOT_FOUND },
    { { HR_TARGET_PARAMETER, NULL, "A", "p" }, "item", HR_ERROR_INVALID },
    { { HR_TARGET_STEP, NULL, "A", "s" }, "a.b", HR_ERROR_INVALID },
    { { HR_TARGET_STEP, NULL, "A", "s" }, "p", HR_ERROR_EXISTS },
  };
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  HrPattern *pattern = hr_pattern_new ("A", "");

  g_ptr_array_add (pattern->parameters, hr_parameter_new ("p", HR_TYPE_S, NULL));
  g_ptr_array_add (pattern->steps, hr_step_new ("s", "Query"));
  g_ptr_array_add (model->patterns, pattern);
  fixture_begin (document, "Pattern");
  g_assert_true (hr_document_set_model (document, model, NULL));
  fixture_commit (document);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%u", i);
      g_assert_null (tried (
          document,
          hr_refactor_rename (document, &refused[i].target, refused[i].to, HR_RENAME_TABLE_WIDE, &error),
          &error));
      g_assert_error (error, HR_ERROR, (int) refused[i].code);
      g_clear_error (&error);
    }
  fixture_undo (document);
  after = fixture_dump (document);
  fixture_assert_same (after, before);
}

/* Items say what names are taken, too. */
static void
test_taken_by_items (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (GError) error = NULL;

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#9'},'sk':{'S':'1'},'text':{'S':'a'},'body':{'S':'b'}}");
  fixture_commit (document);
  g_assert_null (tried (document,
                        hr_refactor_rename (document, &HR_TARGET (ATTRIBUTE, "notes", "Note", "text"), "body",
                                            HR_RENAME_TABLE_WIDE, &error),
                        &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_EXISTS);
}

/* Made for definitions that are no more, it is not applied. */
static void
test_stale (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HrRefactoring) first = tried (
      document,
      hr_refactor_rename (document, &HR_TARGET (KEY, "notes", NULL, "pk"), "id", HR_RENAME_TABLE_WIDE, NULL),
      NULL);
  g_autoptr (HrRefactoring) second = tried (
      document,
      hr_refactor_rename (document, &HR_TARGET (KEY, "notes", NULL, "sk"), "at2", HR_RENAME_TABLE_WIDE, NULL),
      NULL);

  g_assert_true (hr_refactoring_apply (first, document, NULL));
  g_assert_false (hr_refactoring_apply (second, document, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
}

/* Two entities with an attribute of the same name, of which one is renamed: its items alone, and only requests that can
 * mean nothing else. */
static void
test_entity_only (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  HrTable *notes = (HrTable *) hr_model_find_table (model, "notes");
  HrEntity *list = hr_entity_new ("List");
  HrPattern *pattern = hr_pattern_new ("A", "Ask");
  HrStep *one = hr_step_new ("one", "Query");
  HrStep *any = hr_step_new ("any", "Scan");
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (HrRefactoring) refactoring = NULL;
  const HrPattern *renamed;
  GError *error = NULL;

  g_ptr_array_add (list->keys, hr_entity_key_new ("pk", hr_key_template_parse ("LIST#{id}", NULL, NULL)));
  g_ptr_array_add (list->keys, hr_entity_key_new ("sk", hr_key_template_parse ("{id}", NULL, NULL)));
  g_ptr_array_add (list->key_parts, hr_attribute_new ("id", HR_TYPE_S));
  g_ptr_array_add (list->attributes, hr_attribute_new ("text", HR_TYPE_S));
  g_ptr_array_add (notes->entities, list);
  g_free (one->request);
  one->request = fixture_quote ("{'TableName':'notes','KeyConditionExpression':'pk = :pk',"
                                "'FilterExpression':'text = :t','ExpressionAttributeValues':"
                                "{':pk':{'S':'LIST#{id}'},':t':{'S':'x'}}}");
  g_free (any->request);
  any->request = fixture_quote ("{'TableName':'notes','FilterExpression':'attribute_exists(text)'}");
  g_ptr_array_add (pattern->steps, one);
  g_ptr_array_add (pattern->steps, any);
  g_ptr_array_add (model->patterns, pattern);
  document = hr_document_new (model, &error);
  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2026'},'text':{'S':'one'}}");
  fixture_add (document, "notes", "{'pk':{'S':'LIST#1'},'sk':{'S':'1'},'text':{'S':'one'}}");
  fixture_commit (document);

  refactoring = tried (document,
                       hr_refactor_rename (document, &HR_TARGET (ATTRIBUTE, "notes", "List", "text"), "title",
                                           HR_RENAME_ENTITY_ONLY, &error),
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refactoring->n_items, ==, 1);
  g_assert_cmpuint (refactoring->notes->len, ==, 1);
  apply (document, refactoring, error);
  renamed = hr_document_get_model (document)->patterns->pdata[0];
  g_assert_nonnull (strstr (((HrStep *) renamed->steps->pdata[0])->request, "title = :t"));
  g_assert_nonnull (strstr (((HrStep *) renamed->steps->pdata[1])->request, "attribute_exists(text)"));
  assert_list (document, "item {'pk':{'S':'NOTE#1'},'sk':{'S':'2026'},'text':{'S':'one'}}\n"
                         "item {'pk':{'S':'LIST#1'},'sk':{'S':'1'},'title':{'S':'one'}}\n");
}

/* A new attribute of one entity gets the name that another entity, or the key of an index, has for the same thing. */
static void
test_join (void)
{
  static const char *const names[] = { "rank", "owner" };
  g_autoptr (HrDocument) document = notes_new ();

  g_free (hr_document_add_entity (document, "notes", "List", NULL));
  g_free (hr_document_add_attribute (document, "notes", "List", "attribute", HR_TYPE_S, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GError *error = NULL;
      HrRefactoring *refactoring =
          hr_refactor_rename (document, &HR_TARGET (ATTRIBUTE, "notes", "List", "attribute"), names[i],
                              HR_RENAME_TABLE_WIDE, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (refactoring->changes->len, ==, 1);
      g_assert_cmpuint (refactoring->n_items, ==, 0);
      apply (document, refactoring, error);
      hr_refactoring_free (refactoring);
      fixture_undo (document);
    }
}

/* Lessons and scenarios call things by name, too. */
static void
test_loose (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (HrRefactoring) table = NULL;
  g_autoptr (HrRefactoring) pattern = NULL;
  GError *error = NULL;

  g_ptr_array_add (model->patterns, hr_pattern_new ("A", "Ask"));
  model->lessons = fixture_quote ("[{'title':'notes','steps':[{'table':'notes','entity':'Note'},{'table':'x'}]}]");
  model->scenarios = fixture_quote ("[{'patterns':['A','B'],'rates':{'patterns':{'A':1}},'pattern':'A','note':'A'}]");
  document = hr_document_new (model, &error);
  table = tried (document,
                 hr_refactor_rename (document, &HR_TARGET (TABLE, "notes", NULL, NULL), "memos",
                                     HR_RENAME_TABLE_WIDE, &error),
                 &error);
  apply (document, table, error);
  pattern = tried (
      document,
      hr_refactor_rename (document, &HR_TARGET (PATTERN, NULL, NULL, "A"), "Q", HR_RENAME_TABLE_WIDE, &error),
      &error);
  apply (document, pattern, error);
  {
    g_autofree char *lessons =
        fixture_quote ("[{'title':'notes','steps':[{'table':'memos','entity':'Note'},{'table':'x'}]}]");
    g_autofree char *scenarios =
        fixture_quote ("[{'patterns':['Q','B'],'rates':{'patterns':{'Q':1}},'pattern':'Q','note':'A'}]");

    g_assert_cmpstr (hr_document_get_model (document)->lessons, ==, lessons);
    g_assert_cmpstr (hr_document_get_model (document)->scenarios, ==, scenarios);
  }
}

/* Values that cannot be converted stay and are told; in a key they become drafts. */
static void
test_type (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  GError *error = NULL;
  g_autoptr (HrRefactoring) refactoring =
      tried (document,
             hr_refactor_type (document, &HR_TARGET (ATTRIBUTE, "notes", "Note", "text"), HR_TYPE_N, &error),
             &error);
  const HrRefactorProblem *problem;

  g_assert_no_error (error);
  g_assert_cmpuint (refactoring->n_items, ==, 2);
  g_assert_cmpuint (refactoring->n_stay, ==, 1);
  g_assert_cmpuint (refactoring->n_become_drafts, ==, 0);
  problem = refactoring->problems->pdata[0];
  g_assert_cmpstr (problem->reason, ==, "“one” cannot become N.");
  apply (document, refactoring, error);
  assert_list (document, "item {'pk':{'S':'NOTE#1'},'rank':{'N':'1'},'sk':{'S':'2026'},'text':{'S':'one'}}\n"
                         "item {'pk':{'S':'NOTE#1'},'sk':{'S':'2027'},'text':{'N':'12'}}\n"
                         "item {'pk':{'S':'NOTE#2'},'sk':{'S':'2026'},'text':{'N':'3.5'}}\n"
                         "item {'pk':{'S':'other'},'sk':{'S':'2026'},'text':{'N':'9'}}\n"
                         "draft key-missing {'pk': {'S': 'NOTE#3'}, 'text': {'S': '7'}}\n"
                         "draft not-an-item 'draft'\n");
}

/* Values in requests are not guessed at: the steps that name the attribute are told. */
static void
test_type_notes (void)
{
  g_autoptr (HrDocument) document = document_with (
      "Scan", "{'TableName':'notes','FilterExpression':'owner = :o AND owner <> :x'}", NULL);
  GError *error = NULL;
  g_autoptr (HrRefactoring) refactoring = tried (
      document,
      hr_refactor_type (document, &HR_TARGET (KEY, "notes", "by-owner", "owner"), HR_TYPE_N, &error), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (refactoring->notes->len, ==, 1);
}

static void
test_key_type (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  GError *error = NULL;
  g_autoptr (HrRefactoring) refactoring = NULL;

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'never'}}");
  fixture_commit (document);
  refactoring =
      tried (document, hr_refactor_type (document, &HR_TARGET (KEY, "notes", NULL, "sk"), HR_TYPE_N, &error),
             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refactoring->n_items, ==, 4);
  g_assert_cmpuint (refactoring->n_stay, ==, 0);
  g_assert_cmpuint (refactoring->n_become_drafts, ==, 1);
  g_assert_true (((HrRefactorProblem *) refactoring->problems->pdata[0])->becomes_draft);
  apply (document, refactoring, error);
}

/* Two items that would get the same key do not both. */
static void
test_template_duplicates (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  GError *error = NULL;
  g_autoptr (HrRefactoring) refactoring =
      tried (document, hr_refactor_template (document, "notes", "Note", "pk", "ALL", TRUE, &error), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (refactoring->n_items, ==, 3);
  g_assert_cmpuint (refactoring->n_become_drafts, ==, 1);
  apply (document, refactoring, error);
  assert_list (document, "item {'pk':{'S':'ALL'},'rank':{'N':'1'},'sk':{'S':'2026'},'text':{'S':'one'}}\n"
                         "item {'pk':{'S':'ALL'},'sk':{'S':'2027'},'text':{'S':'12'}}\n"
                         "draft key-duplicate {'pk': {'S': 'ALL'}, 'sk': {'S': '2026'}, 'text': {'S': '3.5'}}\n"
                         "item {'pk':{'S':'other'},'sk':{'S':'2026'},'text':{'N':'9'}}\n"
                         "draft key-missing {'pk': {'S': 'NOTE#3'}, 'text': {'S': '7'}}\n"
                         "draft not-an-item 'draft'\n");
}

/* Items without the new variable stay, and are told. */
static void
test_template_missing (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  GError *error = NULL;
  g_autoptr (HrRefactoring) refactoring = tried (
      document, hr_refactor_template (document, "notes", "Note", "sk", "{at}#{rank}", TRUE, &error), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (refactoring->n_items, ==, 1);
  g_assert_cmpuint (refactoring->n_stay, ==, 2);
  g_assert_cmpstr (((HrRefactorProblem *) refactoring->problems->pdata[0])->reason, ==, "it has no value for rank.");
  apply (document, refactoring, error);
}

static void
test_open_edit (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (GError) error = NULL;

  fixture_begin (document, "Open");
  g_assert_null (tried (document,
                        hr_refactor_rename (document, &HR_TARGET (KEY, "notes", NULL, "pk"), "id",
                                            HR_RENAME_TABLE_WIDE, &error),
                        &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  fixture_commit (document);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (request_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/document/refactor/request/%u-%s", i, request_cases[i].operation);

      g_test_add_data_func (path, &request_cases[i], test_request);
    }
  g_test_add_func ("/document/refactor/rename-items", test_rename_items);
  g_test_add_func ("/document/refactor/refused", test_refused);
  g_test_add_func ("/document/refactor/taken-by-items", test_taken_by_items);
  g_test_add_func ("/document/refactor/stale", test_stale);
  g_test_add_func ("/document/refactor/entity-only", test_entity_only);
  g_test_add_func ("/document/refactor/join", test_join);
  g_test_add_func ("/document/refactor/loose", test_loose);
  g_test_add_func ("/document/refactor/type", test_type);
  g_test_add_func ("/document/refactor/type-notes", test_type_notes);
  g_test_add_func ("/document/refactor/key-type", test_key_type);
  g_test_add_func ("/document/refactor/template-duplicates", test_template_duplicates);
  g_test_add_func ("/document/refactor/template-missing", test_template_missing);
  g_test_add_func ("/document/refactor/open-edit", test_open_edit);
  return g_test_run ();
}
