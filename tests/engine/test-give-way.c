/*
 * Long reads that let others through: they read what they would have read anyway, whatever the others do to other rows.
 */
#include "tests/engine/fixture.h"

#include <stdlib.h>
#include <string.h>

#define N_ITEMS 400

typedef struct
{
  Fixture *f;
  guint n_calls;
  gboolean writes;
} Others;

static void
put (Fixture *f, const char *partition, guint number)
{
  g_autofree char *json = g_strdup_printf ("{'pk':{'S':'%s'},'sk':{'N':'%u'},'x':{'S':'x%u'},'v':{'S':'v%u'}}",
                                           partition, number, number % 3, number);

  g_assert_true (fixture_put (f, "t", json));
}

/* Even numbers from 0 on in one partition. */
static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "sk:N", HR_PROJECT_ALL);
  fixture_create (f, table);
  for (guint i = 0; i < N_ITEMS; i++)
    put (f, "p", 2 * i);
  return f;
}

/* With a fixture's engine, but a call of its own. */
static void
write_between (Others *self)
{
  HrPage page = self->f->page;
  guint number = self->n_calls * 37 % N_ITEMS;
  g_autofree char *key = g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%u'}}", 2 * number + 1);

  put (self->f, "p", 2 * number + 1);
  put (self->f, "q", number);
  if (self->n_calls % 2 == 0)
    g_assert_true (fixture_delete (self->f, "t", key));
  self->f->page = page;
}

static void
others_cb (gpointer user_data)
{
  Others *self = user_data;

  self->n_calls++;
  if (self->writes)
    write_between (self);
}

static guint
get_number (const HrValue *item)
{
  const HrValue *value = hr_map_get (item, "v", 1);

  return (guint) strtoul (value->bytes + 1, NULL, 10);
}

/* The numbers on the page, in their order. */
static GArray *
read_numbers (Fixture *f, const HrPageRequest *request)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  g_assert_true (fixture_read (f, request));
  for (guint i = 0; i < f->page.count; i++)
    {
      guint number = get_number (&f->page.items[i]);

      g_array_append_val (numbers, number);
    }
  return numbers;
}

static void
remove_odd (GArray *numbers)
{
  for (guint i = numbers->len; i > 0; i--)
    if (g_array_index (numbers, guint, i - 1) % 2 != 0)
      g_array_remove_index (numbers, i - 1);
}

static void
check_request (Fixture *f, const HrPageRequest *request, gboolean writes)
{
  Others others = { f, 0, writes };
  g_autoptr (GArray) before = read_numbers (f, request);
  g_autofree char *last_before = f->page.has_last_key ? fixture_print (&f->page.last_key) : NULL;
  g_autoptr (GArray) after = NULL;
  g_autofree char *last_after = NULL;

  g_assert_cmpuint (before->len, >, 50);
  hr_engine_set_give_way (f->engine, 0, others_cb, &others);
  after = read_numbers (f, request);
  hr_engine_set_give_way (f->engine, 0, NULL, NULL);
  g_assert_cmpuint (others.n_calls, >=, before->len / 64 - 1);
  if (writes)
    {
      remove_odd (before);
      remove_odd (after); /* what was written meanwhile may be there or not */
    }
  last_after = f->page.has_last_key ? fixture_print (&f->page.last_key) : NULL;
  g_assert_cmpmem (after->data, after->len * sizeof (guint), before->data, before->len * sizeof (guint));
  if (!writes)
    g_assert_cmpstr (last_after, ==, last_before);
  fixture_verify (f, "t");
}

static void
test_pages (gconstpointer data)
{
  gboolean writes = GPOINTER_TO_INT (data);
  const char *of_p = "{':p':{'S':'p'}}";
  const char *of_x = "{':x':{'S':'x1'}}";

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Fixture) f = make_fixture ();
      HrPageRequest scan = { .table = "t" };
      HrPageRequest query = { .table = "t", .key_condition = fixture_key_condition (f, "pk = :p", of_p) };
      HrPageRequest indexed = {
        .table = "t", .index = "g", .key_condition = fixture_key_condition (f, "x = :x", of_x)
      };

      scan.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "pk = :p", of_p);
      query.backward = indexed.backward = i > 0;
      check_request (f, &scan, writes);
      check_request (f, &query, writes);
      check_request (f, &indexed, writes);
      query.limit = writes ? 0 : 100;
      check_request (f, &query, writes);
    }
}

/* What stands in a transaction is read at one time. */
static void
test_transaction (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  Others others = { f, 0, FALSE };
  HrPageRequest scan = { .table = "t" };

  g_assert_true (hr_engine_begin (f->engine, NULL));
  hr_engine_set_give_way (f->engine, 0, others_cb, &others);
  g_assert_true (fixture_read (f, &scan));
  g_assert_cmpuint (others.n_calls, ==, 0);
  g_assert_true (hr_engine_rollback (f->engine, NULL));
}

static void
test_gets (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  Others others = { f, 0, FALSE };
  HrGet gets[10];
  HrGetResult results[10];

  for (guint i = 0; i < G_N_ELEMENTS (gets); i++)
    {
      g_autofree char *key = g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%u'}}", 2 * i);

      gets[i] = (HrGet) { .table = "t", .key = fixture_item_quoted (f, key) };
    }
  hr_engine_set_give_way (f->engine, 0, others_cb, &others);
  g_assert_true (hr_engine_get (f->engine, gets, 10, FALSE, &f->call, results, &f->error));
  g_assert_cmpuint (others.n_calls, ==, 9);
  g_assert_true (hr_engine_get (f->engine, gets, 10, TRUE, &f->call, results, &f->error));
  g_assert_cmpuint (others.n_calls, ==, 9);
  for (guint i = 0; i < G_N_ELEMENTS (gets); i++)
    g_assert_cmpuint (get_number (&results[i].item), ==, 2 * i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/give-way/pages", GINT_TO_POINTER (FALSE), test_pages);
  g_test_add_data_func ("/engine/give-way/pages-and-writes", GINT_TO_POINTER (TRUE), test_pages);
  g_test_add_func ("/engine/give-way/transaction", test_transaction);
  g_test_add_func ("/engine/give-way/gets", test_gets);
  return g_test_run ();
}
