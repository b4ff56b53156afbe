/*
 * Traces: what requests touched, in order.
 */
#include "tests/engine/fixture.h"

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "y:S", HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'1'},'y':{'S':'b'},'v':{'S':'1'}}");
  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'2'},'y':{'S':'a'},'v':{'S':'2'}}");
  f->call.trace = hr_trace_new ();
  return f;
}

static const char *
print_kind (const HrTraceEvent *event)
{
  switch (event->kind)
    {
    case HR_TRACE_READ:
      return event->fate == HR_FATE_RETURNED ? "read" : "filtered";
    case HR_TRACE_FETCH:
      return "fetch";
    case HR_TRACE_MISS:
      return "miss";
    case HR_TRACE_PAGE_END:
      return "end";
    case HR_TRACE_WRITE:
      return event->before == NULL ? "insert" : event->after == NULL ? "delete" : "replace";
    case HR_TRACE_CAPACITY:
      return "capacity";
    }
  g_assert_not_reached ();
}

/* What of the key is the index's alone. */
static void
print_index_key (const HrTraceEvent *event, GString *out)
{
  const HrValue *value = hr_map_get (&event->key, "y", 1);

  g_assert_cmpint (value != NULL, ==, event->index != NULL);
  if (value != NULL)
    g_string_append_printf (out, "%.*s", (int) value->length, value->bytes);
}

static void
print_event (const HrTraceEvent *event, GString *out)
{
  g_string_append_printf (out, "%u %s", event->request, print_kind (event));
  if (event->index != NULL)
    g_string_append_printf (out, " %s", event->index);
  if (event->key.type == HR_TYPE_M)
    {
      HrDecimal number = hr_value_get_decimal (hr_map_get (&event->key, "sk", 2));
      char text[HR_DECIMAL_TEXT_MAX];

      hr_decimal_format (&number, text);
      g_string_append_printf (out, " %s", text);
      print_index_key (event, out);
    }
  if (event->read_halves + event->write_units > 0)
    g_string_append_printf (out, " %gr %uw", event->read_halves / 2.0, (guint) event->write_units);
  else
    g_string_append_printf (out, " %uB", (guint) event->size_bytes);
  g_string_append_c (out, '\n');
}

/* Ends the trace. */
static void
assert_trace (Fixture *f, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hr_trace_get_count (f->call.trace); i++)
    print_event (hr_trace_get (f->call.trace, i), text);
  g_assert_cmpstr (text->str, ==, expected);
  g_clear_pointer (&f->call.trace, hr_trace_free);
}

static void
test_query (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrPageRequest request = { .table = "t", .limit = 1 };
  HrValue last;

  request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
  request.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "v = :v", "{':v':{'S':'2'}}");
  hr_trace_begin_request (f->call.trace);
  fixture_read (f, &request);
  last = f->page.last_key;
  request.start_key = &last;
  request.limit = 0;
  hr_trace_begin_request (f->call.trace);
  fixture_read (f, &request);
  assert_trace (f, "0 filtered 1 11B\n"
                   "0 end 11B\n"
                   "0 capacity 0.5r 0w\n"
                   "1 read 2 11B\n"
                   "1 end 11B\n"
                   "1 capacity 0.5r 0w\n");
}

static void
test_fetch (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrPageRequest request = { .table = "t", .index = "l", .has_select = TRUE };

  request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
  fixture_read (f, &request);
  assert_trace (f, "0 read l 2a 9B\n"
                   "0 fetch 2 11B\n"
                   "0 read l 1b 9B\n"
                   "0 fetch 1 11B\n"
                   "0 end l 18B\n"
                   "0 capacity 1r 0w\n"
                   "0 capacity l 0.5r 0w\n");
}

static void
test_get (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrGetResult result;

  fixture_get (f, "t", "{'pk':{'S':'p'},'sk':{'N':'1'}}", &result);
  fixture_get (f, "t", "{'pk':{'S':'p'},'sk':{'N':'3'}}", &result);
  assert_trace (f, "0 read 1 11B\n"
                   "0 capacity 0.5r 0w\n"
                   "0 miss 3 0B\n"
                   "0 capacity 0.5r 0w\n");
}

static void
test_write (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'1'},'y':{'S':'c'}}");
  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'3'}}");
  fixture_delete (f, "t", "{'pk':{'S':'p'},'sk':{'N':'2'}}");
  fixture_delete (f, "t", "{'pk':{'S':'p'},'sk':{'N':'2'}}");
  assert_trace (f, "0 replace 1 11B\n"
                   "0 delete l 1b 9B\n"
                   "0 insert l 1c 9B\n"
                   "0 capacity 0r 1w\n"
                   "0 capacity l 0r 2w\n"
                   "0 insert 3 7B\n"
                   "0 capacity 0r 1w\n"
                   "0 delete 2 11B\n"
                   "0 delete l 2a 9B\n"
                   "0 capacity 0r 1w\n"
                   "0 capacity l 0r 1w\n"
                   "0 miss 2 0B\n"
                   "0 capacity 0r 1w\n");
}

static void
test_refused (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite write = { .kind = HR_WRITE_DELETE, .table = "t",
                    .item = fixture_item_quoted (f, "{'pk':{'S':'p'},'sk':{'N':'2'}}") };

  write.condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_not_exists(pk)", NULL);
  g_assert_false (fixture_write (f, &write));
  g_assert_false (fixture_put (f, "t", "{'pk':{'S':'p'}}"));
  assert_trace (f, "0 filtered 2 11B\n"
                   "0 capacity 0r 1w\n");
}

/* Events outlive the request's memory. */
static void
test_copies (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  const HrTraceEvent *event;

  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'1'},'v':{'S':'3'}}");
  hr_arena_reset (f->arena);
  event = hr_trace_get (f->call.trace, 0);
  g_assert_cmpstr (event->table, ==, "t");
  assert_item (event->before, "{'pk':{'S':'p'},'sk':{'N':'1'},'v':{'S':'1'},'y':{'S':'b'}}");
  assert_item (event->after, "{'pk':{'S':'p'},'sk':{'N':'1'},'v':{'S':'3'}}");
  g_clear_pointer (&f->call.trace, hr_trace_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/trace/query", test_query);
  g_test_add_func ("/engine/trace/fetch", test_fetch);
  g_test_add_func ("/engine/trace/get", test_get);
  g_test_add_func ("/engine/trace/write", test_write);
  g_test_add_func ("/engine/trace/refused", test_refused);
  g_test_add_func ("/engine/trace/copies", test_copies);
  return g_test_run ();
}
