/*
 * Values for parameters, references that are declared, and forms that fit their target.
 */
#include "tests/document/fixture.h"

#include "model/document/edit-definitions.h"
#include "model/document/pattern-values.h"
#include "model/document/step-form.h"

#include <string.h>

static HrDocument *
document_new (const char *operation, const char *request)
{
  HrDocument *document = fixture_document_new ();
  g_autofree char *quoted = fixture_quote (request);
  g_autoptr (HrPattern) pattern = hr_pattern_new ("P", "Pattern");
  HrStep *step = hr_step_new ("step", operation);
  g_autofree HrTarget *target = NULL;

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2026-01'},'owner':{'S':'ann'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2026-02'},'owner':{'S':'bob'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#2'},'sk':{'S':'2026-01'},'owner':{'S':'ann'},'rank':{'N':'7'}}");
  fixture_commit (document);
  g_free (step->request);
  step->request = g_steal_pointer (&quoted);
  g_ptr_array_add (pattern->steps, step);
  target = hr_document_insert_pattern (document, pattern, NULL);
  g_assert_nonnull (target);
  return document;
}

static const HrPattern *
get_pattern (HrDocument *document)
{
  const HrModel *model = hr_document_get_model (document);

  return model->patterns->pdata[model->patterns->len - 1];
}

static char *
list_values (HrDocument *document, const char *parameter, guint max)
{
  g_autoptr (GPtrArray) values = hr_document_list_values (document, get_pattern (document), parameter, max);

  g_ptr_array_add (values, NULL);
  return g_strjoinv (" ", (char **) values->pdata);
}

#define QUERY "{'TableName':'notes','KeyConditionExpression':'pk = :p AND sk BETWEEN :a AND :b',"                      \
              "'ExpressionAttributeValues':{':p':{'S':'NOTE#{x}'},':a':{'S':'{from}-01'},':b':{'S':'{till}'}}}"

static void
test_values (void)
{
  static const struct
  {
    const char *parameter;
    guint max;
    const char *values;
  } cases[] = {
    { "x", 10, "1 2" },   { "x", 1, "1" },         { "from", 10, "2026" }, { "till", 10, "2026-01 2026-02" },
    { "note", 10, "1 2" }, { "owner", 10, "ann bob" }, { "rank", 10, "7" },    { "nothing", 10, "" },
  };
  g_autoptr (HrDocument) document = document_new ("Query", QUERY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *values = list_values (document, cases[i].parameter, cases[i].max);

      g_assert_cmpstr (values, ==, cases[i].values);
    }
}

static void
test_declare (void)
{
  g_autoptr (HrDocument) document = document_new ("Query", "{'TableName':'notes','Limit':'{many}',"
                                                           "'KeyConditionExpression':'pk = :p AND #n > :n',"
                                                           "'ExpressionAttributeValues':{':p':{'S':'NOTE#{x}{x}'},"
                                                           "':n':{'N':'{rank}'},':q':{'S':'{step.Items}{{no}}'}}}");
  static const struct
  {
    const char *name;
    HrType type;
    const char *example;
  } expected[] = { { "many", HR_TYPE_N, NULL }, { "x", HR_TYPE_S, NULL }, { "rank", HR_TYPE_N, "7" } };
  g_autoptr (GError) error = NULL;
  const HrPattern *pattern;

  g_assert_true (hr_document_declare_references (document, get_pattern (document)->id, &error));
  g_assert_no_error (error);
  pattern = get_pattern (document);
  g_assert_cmpuint (pattern->parameters->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const HrParameter *parameter = pattern->parameters->pdata[i];

      g_assert_cmpstr (parameter->name, ==, expected[i].name);
      g_assert_cmpint (parameter->type, ==, expected[i].type);
      g_assert_cmpstr (parameter->example, ==, expected[i].example);
    }
}

static void
test_fit (void)
{
  static const struct
  {
    const char *operation; /* another one, or NULL */
    const char *index;
    const char *conditions;
  } cases[] = {
    { NULL, NULL, "pk = NOTE#{x}; sk between {from}-01; " },
    { NULL, "by-owner", "owner = {owner}; sk between {from}-01; " },
    { NULL, "by-rank", "pk = NOTE#{x}; " },
    { "GetItem", "by-owner", "pk = NOTE#{x}; sk = {from}-01; " },
  };
  g_autoptr (HrModel) model = fixture_model_new ();
  g_autofree char *request = fixture_quote (QUERY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrStepForm) form = hr_step_form_new ("Query", request);
      g_autoptr (GString) text = g_string_new (NULL);

      form->index = g_strdup (cases[i].index);
      if (cases[i].operation != NULL)
        {
          g_free (form->operation);
          form->operation = g_strdup (cases[i].operation);
        }
      hr_step_form_fit_keys (form, hr_model_find_table (model, "notes"));
      for (guint j = 0; j < form->conditions->len; j++)
        {
          const HrFormCondition *row = form->conditions->pdata[j];

          g_string_append_printf (text, "%s %s %s; ", row->attribute, row->op == HR_KEY_EQ ? "=" : "between",
                                  row->value);
        }
      g_assert_cmpstr (text->str, ==, cases[i].conditions);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/pattern-values/list", test_values);
  g_test_add_func ("/document/pattern-values/declare", test_declare);
  g_test_add_func ("/document/pattern-values/fit", test_fit);
  return g_test_run ();
}
