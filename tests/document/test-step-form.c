/*
 * Requests as forms: what is read, that an unchanged form gives the request back to the byte, and what a change does.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/document/step-form.h"

#include <string.h>

#define QUERY \
  "{'TableName':'notes','KeyConditionExpression':'pk = :pk AND begins_with(sk, :year)'," \
  "'ExpressionAttributeValues':{':pk':{'S':'NOTE#{note}'},':year':{'S':'{year}'}},'ScanIndexForward':false," \
  "'Limit':20,'ReturnConsumedCapacity':'TOTAL'}"
#define FILTERED \
  "{'TableName':'notes','IndexName':'by-rank','KeyConditionExpression':'#p = :pk AND #r BETWEEN :a AND :b'," \
  "'FilterExpression':'#s = :open AND size(tags) > :n AND NOT #k = :pk'," \
  "'ExpressionAttributeNames':{'#p':'pk','#r':'rank','#s':'status','#k':'my key'}," \
  "'ExpressionAttributeValues':{':pk':{'S':'x'},':a':{'N':'1'},':b':{'N':'{top}'},':open':{'S':'open'},':n':{'N':'2'}}}"

static const struct
{
  const char *operation;
  const char *request;
} requests[] = {
  { "Query", QUERY },
  { "Query", FILTERED },
  { "Query", "{'TableName':'notes','KeyConditionExpression':':pk = pk'}" },
  { "Query", "{'TableName':'notes','KeyConditionExpression':'pk = '}" },
  { "Query", "{'Limit':'{n}','ScanIndexForward':true,'ConsistentRead':false}" },
  { "Query", "{}" },
  { "Scan", "{'TableName':'notes','FilterExpression':'a = :a','Segment':1}" },
  { "GetItem", "{'TableName':'notes','Key':{'pk':{'S':'a'},'sk':{'N':'1'}},'ConsistentRead':true}" },
  { "DeleteItem", "{'TableName':'notes','Key':{'pk':'{item.pk}','sk':{'N':'1'}}}" },
  { "PutItem", "{'TableName':'notes','Item':{'pk':{'S':'a'}},'ConditionExpression':'attribute_not_exists(pk)'}" },
  { "UpdateItem", "{'TableName':'notes','Key':{'pk':{'S':'a'}},'UpdateExpression':'SET #a = #a + :one',"
                  "'ExpressionAttributeNames':{'#a':'count'},'ExpressionAttributeValues':{':one':{'N':'1'}}}" },
  { "TransactWriteItems", "{'TransactItems':[]}" },
  { "ExecuteStatement", "{'Statement':'SELECT * FROM notes'}" },
};

static void
test_identity (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *request = fixture_quote (requests[i].request);
      g_autoptr (HrStepForm) form = hr_step_form_new (requests[i].operation, request);
      g_autoptr (HrStepForm) copy = hr_step_form_copy (form);
      g_autoptr (GError) error = NULL;
      g_autofree char *back = hr_step_form_dup_request (copy, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (back, ==, request);
    }
}

static HrStepForm *
form_new (const char *operation, const char *request)
{
  g_autofree char *quoted = fixture_quote (request);

  return hr_step_form_new (operation, quoted);
}

static void
assert_request (const HrStepForm *form, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *request = hr_step_form_dup_request (form, &error);
  g_autofree char *quoted = fixture_quote (expected);

  g_assert_no_error (error);
  g_assert_cmpstr (request, ==, quoted);
}

static void
test_read (void)
{
  g_autoptr (HrStepForm) form = form_new ("Query", FILTERED);
  const HrFormCondition *row;

  g_assert_cmpstr (form->table, ==, "notes");
  g_assert_cmpstr (form->index, ==, "by-rank");
  g_assert_cmpuint (form->conditions->len, ==, 2);
  row = form->conditions->pdata[1];
  g_assert_cmpstr (row->attribute, ==, "rank");
  g_assert_cmpint (row->op, ==, HR_KEY_BETWEEN);
  g_assert_cmpint (row->type, ==, HR_TYPE_N);
  g_assert_cmpstr (row->upper, ==, "{top}");
  g_assert_cmpstr (form->filter, ==, "status = \"open\" AND size(tags) > 2 AND NOT #\"my key\" = \"x\"");
  g_assert_null (form->written);
}

static void
test_by_hand (void)
{
  g_autoptr (HrStepForm) form =
      form_new ("Query", "{'KeyConditionExpression':':pk = pk','ExpressionAttributeValues':{':pk':{'S':'x'}}}");

  g_assert_cmpuint (form->conditions->len, ==, 0);
  g_assert_cmpstr (form->written, ==, "\"x\" = pk");
  g_free (form->written);
  form->written = g_strdup ("pk = \"y\"");
  assert_request (form, "{'KeyConditionExpression':'pk = :pk','ExpressionAttributeValues':{':pk':{'S':'y'}}}");
}

/* A value changes where it stands; the expression and its placeholders stay. */
static void
test_change_value (void)
{
  g_autoptr (HrStepForm) form = form_new ("Query", QUERY);
  HrFormCondition *row = form->conditions->pdata[1];

  g_free (row->value);
  row->value = g_strdup ("2027");
  assert_request (form, "{'TableName':'notes','KeyConditionExpression':'pk = :pk AND begins_with(sk, :year)',"
                        "'ExpressionAttributeValues':{':pk':{'S':'NOTE#{note}'},':year':{'S':'2027'}},"
                        "'ScanIndexForward':false,'Limit':20,'ReturnConsumedCapacity':'TOTAL'}");
}

static void
test_change_rows (void)
{
  g_autoptr (HrStepForm) form = form_new ("Query", QUERY);

  g_ptr_array_remove_index (form->conditions, 1);
  g_ptr_array_add (form->conditions, hr_form_condition_new ("date", HR_KEY_BETWEEN, HR_TYPE_S, "{from}", "{to}"));
  form->descending = FALSE;
  g_clear_pointer (&form->page_size, g_free);
  assert_request (form, "{'TableName':'notes','KeyConditionExpression':'pk = :pk AND #date BETWEEN :date AND :date_to',"
                        "'ExpressionAttributeValues':{':pk':{'S':'NOTE#{note}'},':date':{'S':'{from}'},"
                        "':date_to':{'S':'{to}'}},'ReturnConsumedCapacity':'TOTAL',"
                        "'ExpressionAttributeNames':{'#date':'date'}}");
}

/* A placeholder that the filter shares with the key condition stays with it. */
static void
test_shared_placeholder (void)
{
  g_autoptr (HrStepForm) form = form_new ("Query", FILTERED);
  HrFormCondition *row = form->conditions->pdata[0];
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  g_autoptr (HrStepForm) back = NULL;

  g_free (row->value);
  row->value = g_strdup ("y");
  request = hr_step_form_dup_request (form, &error);
  g_assert_no_error (error);
  back = hr_step_form_new ("Query", request);
  g_assert_cmpstr (((HrFormCondition *) back->conditions->pdata[0])->value, ==, "y");
  g_assert_cmpstr (back->filter, ==, form->filter);
}

typedef struct
{
  const char *text;
  const char *request; /* NULL: refused */
} FilterCase;

static const FilterCase filters[] = {
  { "a = \"x\"", "{'FilterExpression':'a = :a','ExpressionAttributeValues':{':a':{'S':'x'}}}" },
  { "status = \"open\"", "{'FilterExpression':'#status = :status','ExpressionAttributeNames':{'#status':'status'},"
                         "'ExpressionAttributeValues':{':status':{'S':'open'}}}" },
  { "a > -5 OR b[2].c <> 1.5e3", "{'FilterExpression':'a > :a OR b[2].c <> :c',"
                                 "'ExpressionAttributeValues':{':a':{'N':'-5'},':c':{'N':'1.5e3'}}}" },
  { "a IN (1, {n}, \"s{x}\")", "{'FilterExpression':'a IN (:a, :a2, :a3)','ExpressionAttributeValues':"
                               "{':a':{'N':'1'},':a2':{'N':'{n}'},':a3':{'S':'s{x}'}}}" },
  { "attribute_type(a, \"S\") AND b = true AND c = null AND d = b\"aGk=\"",
    "{'FilterExpression':'attribute_type(a, :a) AND b = :b AND c = :c AND d = :d','ExpressionAttributeValues':"
    "{':a':{'S':'S'},':b':{'BOOL':true},':c':{'NULL':true},':d':{'B':'aGk='}}}" },
  { "#\"my \\\"key\\\"\" = 1", "{'FilterExpression':'#my__key_ = :my__key_','ExpressionAttributeNames':"
                              "{'#my__key_':'my \\\"key\\\"'},'ExpressionAttributeValues':{':my__key_':{'N':'1'}}}" },
  { "a = 1 AND b = 1", "{'FilterExpression':'a = :a AND b = :a','ExpressionAttributeValues':{':a':{'N':'1'}}}" },
  { "a = :raw", "{'FilterExpression':'a = :raw'}" },
  { "a = ", NULL },
  { "a = \"open", NULL },
  { "a = 1.2.3", NULL },
  { "a == 1", NULL },
  { "a = {n", NULL },
};

static void
test_filter (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (HrStepForm) form = hr_step_form_new ("Scan", "{}");
      g_autoptr (GError) error = NULL;
      g_autofree char *request = NULL;

      g_test_message ("%s", filters[i].text);
      form->filter = g_strdup (filters[i].text);
      if (filters[i].request == NULL)
        {
          request = hr_step_form_dup_request (form, &error);
          g_assert_null (request);
          g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
          continue;
        }
      assert_request (form, filters[i].request);
      {
        g_autofree char *quoted = fixture_quote (filters[i].request);
        g_autoptr (HrStepForm) back = hr_step_form_new ("Scan", quoted);

        g_assert_cmpstr (back->filter, ==, filters[i].text); /* and out again */
      }
    }
}

static void
test_move_to_filter (void)
{
  g_autoptr (HrStepForm) form = form_new ("Query", QUERY);

  hr_step_form_move_to_filter (form, 1);
  assert_request (form, "{'TableName':'notes','KeyConditionExpression':'pk = :pk',"
                        "'ExpressionAttributeValues':{':pk':{'S':'NOTE#{note}'},':sk':{'S':'{year}'}},"
                        "'ScanIndexForward':false,'Limit':20,'ReturnConsumedCapacity':'TOTAL',"
                        "'FilterExpression':'begins_with(sk, :sk)'}");
}

static void
test_operation (void)
{
  g_autoptr (HrStepForm) form = form_new ("Query", QUERY);

  g_free (form->operation);
  form->operation = g_strdup ("GetItem");
  form->descending = FALSE;
  g_clear_pointer (&form->page_size, g_free);
  assert_request (form, "{'TableName':'notes','ReturnConsumedCapacity':'TOTAL',"
                        "'Key':{'pk':{'S':'NOTE#{note}'},'sk':{'S':'{year}'}}}");
}

static void
test_refused_texts (void)
{
  g_autoptr (HrStepForm) form = form_new ("Query", QUERY);
  g_autoptr (HrStepForm) put = hr_step_form_new ("PutItem", "{}");
  g_autoptr (GError) error = NULL;

  g_free (form->page_size);
  form->page_size = g_strdup ("many");
  g_assert_null (hr_step_form_dup_request (form, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_clear_error (&error);
  put->item = g_strdup ("{");
  g_assert_null (hr_step_form_dup_request (put, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
}

/* A question about the items of an entity; what else the request says stays. */
static void
test_ask_for (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  const HrTable *table = g_ptr_array_index (model->tables, 0);
  const HrEntity *note = g_ptr_array_index (table->entities, 0);
  g_autofree char *request = fixture_quote (FILTERED);
  g_autoptr (HrStepForm) query = hr_step_form_new ("Query", request);
  g_autoptr (HrStepForm) get = hr_step_form_new ("GetItem", "{}");
  g_autoptr (HrStepForm) put = hr_step_form_new ("PutItem", "{}");
  HrEntity *tagged = hr_entity_copy (note);
  const HrFormCondition *row;

  g_assert_true (hr_step_form_ask_for (query, table, note));
  g_assert_null (query->index);
  g_assert_nonnull (query->filter);
  g_assert_cmpuint (query->conditions->len, ==, 1);
  row = g_ptr_array_index (query->conditions, 0);
  g_assert_cmpstr (row->value, ==, hr_entity_get_key (note, "pk")->template->text);

  g_ptr_array_set_size (tagged->keys, 1);
  g_ptr_array_add (tagged->keys, hr_entity_key_new ("sk", hr_key_template_parse ("TAG#{tag}", NULL, NULL)));
  g_assert_true (hr_step_form_ask_for (query, table, tagged));
  g_assert_cmpuint (query->conditions->len, ==, 2);
  row = g_ptr_array_index (query->conditions, 1);
  g_assert_cmpint (row->op, ==, HR_KEY_BEGINS_WITH);
  g_assert_cmpstr (row->value, ==, "TAG#");

  g_assert_true (hr_step_form_ask_for (get, table, tagged));
  row = g_ptr_array_index (get->conditions, 1);
  g_assert_cmpint (row->op, ==, HR_KEY_EQ);
  g_assert_cmpstr (row->value, ==, "TAG#{tag}");
  g_assert_false (hr_step_form_ask_for (put, table, note));
  hr_entity_free (tagged);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/step-form/identity", test_identity);
  g_test_add_func ("/document/step-form/read", test_read);
  g_test_add_func ("/document/step-form/by-hand", test_by_hand);
  g_test_add_func ("/document/step-form/change-value", test_change_value);
  g_test_add_func ("/document/step-form/change-rows", test_change_rows);
  g_test_add_func ("/document/step-form/shared-placeholder", test_shared_placeholder);
  g_test_add_func ("/document/step-form/filter", test_filter);
  g_test_add_func ("/document/step-form/move-to-filter", test_move_to_filter);
  g_test_add_func ("/document/step-form/operation", test_operation);
  g_test_add_func ("/document/step-form/ask-for", test_ask_for);
  g_test_add_func ("/document/step-form/refused", test_refused_texts);
  return g_test_run ();
}
