/*
 * Requests and the answers they must get. endpoint-workload.h says how they are compared.
 */
#include "tests/bench/endpoint-workload.h"

#include <stdio.h>
#include <string.h>

#include "model/base/json-reader.h"
#include "tests/bench/bench.h"
#include "tests/bench/load.h"

#define N_ITEMS 2000
#define N_SMALL 10000
#define N_LISTS (N_SMALL / 50)
#define N_BATCHES 100
#define N_PAIRS 500
#define N_LARGE 100
#define LARGE_BYTES (160 * 1024)
#define ITEM_BYTES 1024
#define N_READ_BACK 20
#define JSON_DEPTH 100

typedef gboolean (*CheckAnswer) (const HrJson *answer, const char *expected);

static gboolean json_equal (const HrJson *a, const HrJson *b);

static const HrJson *
find_member (const HrJson *object, const char *name, gsize length)
{
  for (guint i = 0; object->type == HR_JSON_OBJECT && i < object->length; i++)
    if (object->members[i].name_length == length && memcmp (object->members[i].name, name, length) == 0)
      return &object->members[i].value;
  return NULL;
}

static gboolean
objects_equal (const HrJson *a, const HrJson *b)
{
  for (guint i = 0; i < a->length; i++)
    {
      const HrJson *other = find_member (b, a->members[i].name, a->members[i].name_length);

      if (other == NULL || !json_equal (&a->members[i].value, other))
        return FALSE;
    }
  return TRUE;
}

static gboolean
json_equal (const HrJson *a, const HrJson *b)
{
  if (a->type != b->type || a->length != b->length)
    return FALSE;
  if (a->type == HR_JSON_OBJECT)
    return objects_equal (a, b);
  if (a->type != HR_JSON_ARRAY)
    return a->length == 0 || memcmp (a->text, b->text, a->length) == 0;
  for (guint i = 0; i < a->length; i++)
    if (!json_equal (&a->elements[i], &b->elements[i]))
      return FALSE;
  return TRUE;
}

static const HrJson *
parse (HrArena *arena, const char *text)
{
  HrJsonError error;

  return hr_json_parse (arena, text, strlen (text), JSON_DEPTH, &error);
}

static gboolean
is_equal (const HrJson *answer, const char *expected)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  return json_equal (answer, parse (arena, expected));
}

static gboolean
has_number (const HrJson *object, const char *name, const char *number)
{
  const HrJson *value = find_member (object, name, strlen (name));

  return value != NULL && value->length == strlen (number) && memcmp (value->text, number, value->length) == 0;
}

/* A hundred items of rank 7, in whatever order; @expected is one of them without what tells them apart. */
static gboolean
is_filtered (const HrJson *answer, const char *expected)
{
  const HrJson *items = find_member (answer, "Items", 5);

  if (items == NULL || items->length != N_SMALL / 100 || !has_number (answer, "ScannedCount", "10000")
      || !has_number (answer, "Count", "100"))
    return FALSE;
  for (guint i = 0; i < items->length; i++)
    {
      const HrJson *rank = find_member (&items->elements[i], "rank", 4);

      if (rank == NULL || !is_equal (rank, expected))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_any (const HrJson *answer, const char *expected)
{
  return answer->type == HR_JSON_OBJECT;
}

static GPtrArray *
new_requests (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) load_request_free);
}

/* A read whose answer is right, and must stay as it is. FALSE when it is wrong. */
static gboolean
add_read (GPtrArray *requests, const BenchServer *server, const char *operation, const char *body,
          const char *expected, CheckAnswer check)
{
  guint status = 0;
  g_autofree char *answer = bench_server_ask (server, operation, body, &status);
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *tree = parse (arena, answer);

  g_ptr_array_add (requests, load_request_new (operation, body, answer));
  return status == 200 && tree != NULL && check (tree, expected);
}

/* A write; the first one is tried to see how the server says that it is done. */
static gboolean
add_write (GPtrArray *requests, const BenchServer *server, const char *operation, const char *body,
           const char *expected)
{
  if (requests->len == 0)
    return add_read (requests, server, operation, body, expected, is_equal);
  g_ptr_array_add (requests, load_request_new (operation, body,
                                               ((LoadRequest *) g_ptr_array_index (requests, 0))->expected));
  return TRUE;
}

/* Of an item of hr_bench_item_json(). */
static char *
make_key (guint number)
{
  return g_strdup_printf (
      "{\"pk\": {\"S\": \"USER#%08u\"}, \"sk\": {\"S\": \"ORDER#2026-03-02T10:%02u:%02u.%06u\"}}",
      number / 10, number / 60 % 60, number % 60, number);
}

/* The second time around each item is another one. */
static char *
make_item (guint number, guint round)
{
  g_autofree char *item = hr_bench_item_json (number, ITEM_BYTES);

  return g_strdup_printf ("{\"round\": {\"N\": \"%u\"}, %s", round, item + 1);
}

static char *
make_small_item (guint number)
{
  return g_strdup_printf ("{\"pk\": {\"S\": \"LIST#%05u\"}, \"sk\": {\"S\": \"%05u\"}, \"title\": {\"S\": "
                          "\"a title of medium length, %u\"}, \"rank\": {\"N\": \"%u\"}}",
                          number / 50, number, number, number % 100);
}

static void
do_need (const BenchServer *server, const char *operation, const char *body)
{
  g_free (bench_server_need (server, operation, body));
}

static void
create_table (const BenchServer *server, const char *name)
{
  g_autofree char *body = g_strdup_printf (
      "{\"TableName\": \"%s\", \"BillingMode\": \"PAY_PER_REQUEST\","
      " \"AttributeDefinitions\": [{\"AttributeName\": \"pk\", \"AttributeType\": \"S\"},"
      " {\"AttributeName\": \"sk\", \"AttributeType\": \"S\"}],"
      " \"KeySchema\": [{\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"},"
      " {\"AttributeName\": \"sk\", \"KeyType\": \"RANGE\"}]}",
      name);
  g_autofree char *name_body = g_strdup_printf ("{\"TableName\": \"%s\"}", name);
  gboolean is_active = FALSE;

  do_need (server, "CreateTable", body);
  while (!is_active)
    {
      g_autofree char *description = bench_server_need (server, "DescribeTable", name_body);

      is_active = strstr (description, "ACTIVE") != NULL;
    }
}

static char *
make_batch (const char *table, guint first, guint count, char *(*make) (guint number))
{
  GString *body = g_string_new (NULL);

  g_string_printf (body, "{\"RequestItems\": {\"%s\": [", table);
  for (guint i = first; i < first + count; i++)
    {
      g_autofree char *item = make (i);

      g_string_append_printf (body, "%s{\"PutRequest\": {\"Item\": %s}}", i > first ? ", " : "", item);
    }
  g_string_append (body, "]}}");
  return g_string_free (body, FALSE);
}

static char *
make_first_item (guint number)
{
  return hr_bench_item_json (number, ITEM_BYTES);
}

static void
put_all (const BenchServer *server, const char *table, guint count, char *(*make) (guint number))
{
  for (guint i = 0; i < count; i += 25)
    {
      g_autofree char *body = make_batch (table, i, 25, make);

      do_need (server, "BatchWriteItem", body);
    }
}

/* The small ones lie in partitions of 50, and 10 000 of them fit into a page. */
void
bench_fill (const BenchServer *server)
{
  create_table (server, "bench");
  create_table (server, "small");
  put_all (server, "bench", N_ITEMS, make_first_item);
  put_all (server, "small", N_SMALL, make_small_item);
}

static GPtrArray *
make_gets (const BenchServer *server)
{
  g_autoptr (GPtrArray) requests = new_requests ();

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *key = make_key (i);
      g_autofree char *item = make_first_item (i);
      g_autofree char *body = g_strdup_printf ("{\"TableName\": \"bench\", \"Key\": %s}", key);
      g_autofree char *expected = g_strdup_printf ("{\"Item\": %s}", item);

      if (!add_read (requests, server, "GetItem", body, expected, is_equal))
        return NULL;
    }
  return g_steal_pointer (&requests);
}

static char *
make_put (guint number, guint round)
{
  return make_item (1000000 + number, round);
}

static GPtrArray *
make_puts (const BenchServer *server)
{
  g_autoptr (GPtrArray) requests = new_requests ();

  for (guint i = 0; i < 2 * N_ITEMS; i++)
    {
      g_autofree char *item = make_put (i % N_ITEMS, i / N_ITEMS);
      g_autofree char *body = g_strdup_printf ("{\"TableName\": \"bench\", \"Item\": %s}", item);

      if (!add_write (requests, server, "PutItem", body, "{}"))
        return NULL;
    }
  return g_steal_pointer (&requests);
}

static char *
make_list (guint number)
{
  GString *text = g_string_new ("{\"Count\": 50, \"ScannedCount\": 50, \"Items\": [");

  for (guint i = 50 * number; i < 50 * number + 50; i++)
    {
      g_autofree char *item = make_small_item (i);

      g_string_append_printf (text, "%s%s", i % 50 > 0 ? ", " : "", item);
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static GPtrArray *
make_queries (const BenchServer *server)
{
  g_autoptr (GPtrArray) requests = new_requests ();

  for (guint i = 0; i < N_LISTS; i++)
    {
      g_autofree char *expected = make_list (i);
      g_autofree char *body =
          g_strdup_printf ("{\"TableName\": \"small\", \"KeyConditionExpression\": \"pk = :p\", "
                           "\"ExpressionAttributeValues\": {\":p\": {\"S\": \"LIST#%05u\"}}}",
                           i);

      if (!add_read (requests, server, "Query", body, expected, is_equal))
        return NULL;
    }
  return g_steal_pointer (&requests);
}

static GPtrArray *
make_updates (const BenchServer *server)
{
  g_autoptr (GPtrArray) requests = new_requests ();

  for (guint i = 0; i < 2 * N_ITEMS; i++)
    {
      g_autofree char *key = make_key (i % N_ITEMS);
      g_autofree char *body =
          g_strdup_printf ("{\"TableName\": \"bench\", \"Key\": %s, \"UpdateExpression\": \"SET #r = :r\", "
                           "\"ConditionExpression\": "
                           "\"attribute_exists(pk)\", \"ExpressionAttributeNames\": {\"#r\": \"round\"}, "
                           "\"ExpressionAttributeValues\": {\":r\": {\"N\": \"%u\"}}}",
                           key, i / N_ITEMS);

      if (!add_write (requests, server, "UpdateItem", body, "{}"))
        return NULL;
    }
  return g_steal_pointer (&requests);
}

/* The first of the 25. */
static char *
make_batched (guint number, guint round)
{
  return make_item (2000000 + 25 * number, round);
}

static char *
make_batch_of (guint first, guint round)
{
  GString *body = g_string_new ("{\"RequestItems\": {\"bench\": [");

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *item = make_item (first + i, round);

      g_string_append_printf (body, "%s{\"PutRequest\": {\"Item\": %s}}", i > 0 ? ", " : "", item);
    }
  g_string_append (body, "]}}");
  return g_string_free (body, FALSE);
}

static GPtrArray *
make_batches (const BenchServer *server)
{
  g_autoptr (GPtrArray) requests = new_requests ();

  for (guint i = 0; i < 2 * N_BATCHES; i++)
    {
      g_autofree char *body = make_batch_of (2000000 + i % N_BATCHES * 25, i / N_BATCHES);

      if (!add_write (requests, server, "BatchWriteItem", body, "{\"UnprocessedItems\":{}}"))
        return NULL;
    }
  return g_steal_pointer (&requests);
}

/* The first of the two puts. */
static char *
make_transacted (guint number, guint round)
{
  return make_item (3000000 + 2 * number, round);
}

/* Two puts, an update and a check. */
static GPtrArray *
make_transactions (const BenchServer *server)
{
  g_autoptr (GPtrArray) requests = new_requests ();

  for (guint i = 0; i < 2 * N_PAIRS; i++)
    {
      guint number = i % N_PAIRS;
      g_autofree char *first = make_transacted (number, i / N_PAIRS);
      g_autofree char *second = make_item (3000000 + 2 * number + 1, i / N_PAIRS);
      g_autofree char *updated = make_key (2 * number);
      g_autofree char *checked = make_key (2 * number + 1);
      g_autofree char *body = g_strdup_printf (
          "{\"TransactItems\": [{\"Put\": {\"TableName\": \"bench\", \"Item\": %s}}, "
          "{\"Put\": {\"TableName\": \"bench\", \"Item\": %s}}, "
          "{\"Update\": {\"TableName\": \"bench\", \"Key\": %s, \"UpdateExpression\": \"SET turn = :t\", "
          "\"ExpressionAttributeValues\": {\":t\": {\"N\": \"%u\"}}}}, "
          "{\"ConditionCheck\": {\"TableName\": \"bench\", \"Key\": %s, \"ConditionExpression\": "
          "\"attribute_exists(pk)\"}}]}",
          first, second, updated, i / N_PAIRS, checked);

      if (!add_write (requests, server, "TransactWriteItems", body, "{}"))
        return NULL;
    }
  return g_steal_pointer (&requests);
}

static GPtrArray *
make_scans (const BenchServer *server)
{
  g_autoptr (GPtrArray) requests = new_requests ();

  if (!add_read (requests, server, "Scan",
                 "{\"TableName\": \"small\", \"FilterExpression\": \"#r = :r\", \"ExpressionAttributeNames\": "
                 "{\"#r\": \"rank\"}, \"ExpressionAttributeValues\": {\":r\": {\"N\": \"7\"}}}",
                 "{\"N\": \"7\"}", is_filtered))
    return NULL;
  return g_steal_pointer (&requests);
}

const BenchWorkload BENCH_WORKLOADS[] = {
  { "GetItem, 1 KB", "GetItem", make_gets, NULL, 0, FALSE },
  { "PutItem, 1 KB", "PutItem", make_puts, make_put, N_ITEMS, FALSE },
  { "Query of 50, 100 B", "Query", make_queries, NULL, 0, FALSE },
  { "UpdateItem with a condition, 1 KB", "UpdateItem", make_updates, make_item, N_ITEMS, FALSE },
  { "BatchWriteItem of 25, 1 KB", "BatchWriteItem", make_batches, make_batched, N_BATCHES, FALSE },
  { "TransactWriteItems of 4, 1 KB", "TransactWriteItems", make_transactions, make_transacted, N_PAIRS, FALSE },
  { "Scan of 10 000 with a filter", "Scan", make_scans, NULL, 0, TRUE },
};
const guint BENCH_N_WORKLOADS = G_N_ELEMENTS (BENCH_WORKLOADS);

GPtrArray *
bench_workload_make (const BenchWorkload *self, const BenchServer *server, char **reason)
{
  GPtrArray *requests = self->make (server);
  guint status;

  *reason = NULL;
  if (requests != NULL)
    return requests;
  if (server->is_ours)
    g_error ("%s: wrong answer to %s", server->name, self->operation);
  *reason = bench_server_ask (server, self->operation, "{}", &status);
  return NULL;
}

static gboolean
has_item (const BenchServer *server, const char *item, const char *key)
{
  g_autofree char *body = g_strdup_printf ("{\"TableName\": \"bench\", \"Key\": %s}", key);
  g_autofree char *expected = g_strdup_printf ("{\"Item\": %s}", item);
  g_autofree char *answer = bench_server_need (server, "GetItem", body);
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *tree = parse (arena, answer);

  return tree != NULL && is_equal (tree, expected);
}

/* The key within an item's text: from its "pk" up to what follows "sk". */
static char *
cut_out_key (const char *item)
{
  const char *start = strstr (item, "\"pk\"");
  const char *end = strstr (start, ", \"amount\"");

  return g_strdup_printf ("{%.*s}", (int) (end - start), start);
}

static gboolean
is_done (const GPtrArray *requests, guint number)
{
  return ((const LoadRequest *) g_ptr_array_index (requests, number))->n_done > 0;
}

static gboolean
check_number (const BenchWorkload *self, const BenchServer *server, guint number)
{
  g_autofree char *first = self->make_written (number, 0);
  g_autofree char *second = self->make_written (number, 1);
  g_autofree char *key = cut_out_key (first);

  return has_item (server, first, key) || has_item (server, second, key);
}

gboolean
bench_workload_check_written (const BenchWorkload *self, const BenchServer *server, const GPtrArray *requests)
{
  guint step = MAX (self->n_written / N_READ_BACK, 1);

  for (guint i = 0; self->make_written != NULL && i < self->n_written; i += step)
    if ((is_done (requests, i) || is_done (requests, i + self->n_written)) && !check_number (self, server, i))
      return FALSE;
  return TRUE;
}

gboolean
bench_answers_equal (const char *answer, gsize length, const char *expected)
{
  static GPrivate arena_of_thread = G_PRIVATE_INIT ((GDestroyNotify) hr_arena_free);
  HrArena *arena = g_private_get (&arena_of_thread);
  HrJsonError error;
  const HrJson *tree;
  gboolean is_same;

  if (arena == NULL)
    g_private_set (&arena_of_thread, arena = hr_arena_new ());
  tree = hr_json_parse (arena, answer, length, JSON_DEPTH, &error);
  is_same = tree != NULL && json_equal (tree, parse (arena, expected));
  hr_arena_reset (arena);
  return is_same;
}

static char *
make_large_item (guint number)
{
  g_autofree char *text = g_strnfill (LARGE_BYTES, 'a' + number % 26);

  return g_strdup_printf ("{\"pk\": {\"S\": \"%u\"}, \"sk\": {\"S\": \"-\"}, \"text\": {\"S\": \"%s\"}}", number, text);
}

GPtrArray *
bench_make_large_reads (const BenchServer *server)
{
  GPtrArray *requests = new_requests ();
  g_autoptr (GString) body = g_string_new ("{\"RequestItems\": {\"large\": {\"Keys\": [");

  create_table (server, "large");
  put_all (server, "large", N_LARGE, make_large_item);
  for (guint i = 0; i < N_LARGE; i++)
    g_string_append_printf (body, "%s{\"pk\": {\"S\": \"%u\"}, \"sk\": {\"S\": \"-\"}}", i > 0 ? ", " : "", i);
  g_string_append (body, "]}}}");
  g_assert_true (add_read (requests, server, "BatchGetItem", body->str, NULL, is_any));
  return requests;
}
