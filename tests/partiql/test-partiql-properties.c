/*
 * Requests made up at random, and what they are called in PartiQL: both must answer the same items, page by page,
 * look at the same rows and cost the same.
 */
#include "model/api/api.h"
#include "model/base/json-writer.h"
#include "model/partiql/request-text.h"

#include <string.h>

#define N_ITEMS 120
#define N_ROUNDS 1000

typedef struct
{
  HrApi api;
  HrModel *model;
  HrArena *kept; /* of a round */
  GString *text; /* the request that is being made up */
} Scene;

typedef struct
{
  guint status;
  const HrJson *body;
  HrTrace *trace;
} Answer;

/* Making things up */

static guint
rand_below (guint bound)
{
  return g_test_rand_int_range (0, (gint) bound);
}

static const char *
pick (const char *const *words, guint n_words)
{
  return words[rand_below (n_words)];
}

#define PICK(...) pick ((const char *const[]) { __VA_ARGS__ }, \
                        G_N_ELEMENTS (((const char *const[]) { __VA_ARGS__ })))

static void
write_item (GString *out, guint pk, guint sk)
{
  g_string_append_printf (out, "{\"pk\": {\"S\": \"p%u\"}, \"sk\": {\"N\": \"%u\"}", pk, sk);
  if (rand_below (4) > 0)
    g_string_append_printf (out, ", \"g\": {\"S\": \"g%u\"}, \"h\": {\"N\": \"%u\"}", rand_below (3), rand_below (9));
  if (rand_below (3) > 0)
    g_string_append_printf (out, ", \"l\": {\"S\": \"%s\"}", PICK ("la", "lab", "lb"));
  if (rand_below (3) > 0)
    g_string_append_printf (out, ", \"a\": %s",
                            PICK ("{\"S\": \"x\"}", "{\"S\": \"xy\"}", "{\"N\": \"1\"}", "{\"N\": \"2\"}",
                                  "{\"BOOL\": true}", "{\"NULL\": true}", "{\"SS\": [\"x\", \"y\"]}"));
  if (rand_below (2) > 0)
    g_string_append_printf (out, ", \"b\": %s",
                            PICK ("{\"L\": [{\"S\": \"x\"}, {\"N\": \"1\"}]}", "{\"M\": {\"it's\": {\"N\": \"2\"}}}",
                                  "{\"NS\": [\"1\", \"2\"]}", "{\"B\": \"AQI=\"}"));
  g_string_append_printf (out, ", \"n\": {\"N\": \"%u\"}}", rand_below (4));
}

#define SCALARS ":s", ":t", ":one", ":two"

static void
write_term (GString *out)
{
  const char *path = PICK ("a", "b", "#n", "b[0]", "b.#i", "c");

  switch (rand_below (9))
    {
    case 0:
      g_string_append_printf (out, "%s %s %s", path, PICK ("=", "<>"), PICK (SCALARS, ":yes", ":null", ":list"));
      break;
    case 1:
      g_string_append_printf (out, "%s %s %s", path, PICK ("<", "<=", ">", ">="), PICK (SCALARS));
      break;
    case 2:
      g_string_append_printf (out, "%s BETWEEN %s", path, PICK (":s AND :t", ":one AND :two"));
      break;
    case 3:
      g_string_append_printf (out, "%s IN (%s, %s)", path, PICK (SCALARS, ":yes"), PICK (SCALARS, ":null"));
      break;
    case 4:
      g_string_append_printf (out, "%s(%s)", PICK ("attribute_exists", "attribute_not_exists"), path);
      break;
    case 5:
      g_string_append_printf (out, "attribute_type(%s, %s)", path, PICK (":S", ":N", ":SS"));
      break;
    case 6:
      g_string_append_printf (out, "contains(%s, %s)", path, PICK (SCALARS));
      break;
    case 7:
      g_string_append_printf (out, "begins_with(%s, %s)", path, PICK (":s", ":t"));
      break;
    default:
      g_string_append_printf (out, "size(%s) %s %s", path, PICK ("=", "<>", "<", ">="), PICK (":one", ":two", "#n"));
      break;
    }
}

static void write_condition (GString *out, guint depth);

/* In parentheses unless it is just a term: the service wants no others. */
static void
write_operand (GString *out, guint depth)
{
  if (depth == 0 || rand_below (3) == 0)
    {
      write_term (out);
      return;
    }
  g_string_append_c (out, '(');
  write_condition (out, depth);
  g_string_append_c (out, ')');
}

static void
write_condition (GString *out, guint depth)
{
  guint choice = rand_below (4);

  g_string_append (out, choice == 3 ? "NOT " : "");
  write_operand (out, depth - 1);
  if (choice < 3)
    {
      g_string_append (out, choice == 0 ? " OR " : " AND ");
      write_operand (out, depth - 1);
    }
}

/* Placeholders */

static const struct
{
  const char *name;
  const char *value;
} values[] = {
  { ":s", "{\"S\": \"x\"}" },    { ":t", "{\"S\": \"xy\"}" },     { ":one", "{\"N\": \"1\"}" },
  { ":two", "{\"N\": \"2.0\"}" }, { ":yes", "{\"BOOL\": true}" }, { ":null", "{\"NULL\": true}" },
  { ":list", "{\"L\": [{\"S\": \"x\"}, {\"N\": \"1\"}]}" },       { ":set", "{\"SS\": [\"y\", \"z\"]}" },
  { ":S", "{\"S\": \"S\"}" },    { ":N", "{\"S\": \"N\"}" },      { ":SS", "{\"S\": \"SS\"}" },
  { ":p", NULL },                { ":x", NULL },                  { ":y", NULL },
};

static const struct
{
  const char *name;
  const char *target;
} names[] = { { "#n", "n" }, { "#i", "it's" } };

static gboolean
uses (const char *text, const char *name)
{
  gsize length = strlen (name);

  for (const char *at = strstr (text, name); at != NULL; at = strstr (at + 1, name))
    if (!g_ascii_isalnum (at[length]))
      return TRUE;
  return FALSE;
}

/* All that the expressions so far name; @own are the values of :p, :x and :y. */
static void
write_placeholders (GString *out, const char *const own[3])
{
  g_autofree char *text = g_strdup (out->str);
  const char *separator = ", \"ExpressionAttributeValues\": {";

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (uses (text, values[i].name))
      {
        const char *value = values[i].value != NULL ? values[i].value : own[i + 3 - G_N_ELEMENTS (values)];

        g_string_append_printf (out, "%s\"%s\": %s", separator, values[i].name, value);
        separator = ", ";
      }
  g_string_append (out, *separator == ',' && separator[2] == 0 ? "}" : "");
  separator = ", \"ExpressionAttributeNames\": {";
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (uses (text, names[i].name))
      {
        g_string_append_printf (out, "%s\"%s\": \"%s\"", separator, names[i].name, names[i].target);
        separator = ", ";
      }
  g_string_append (out, *separator == ',' && separator[2] == 0 ? "}" : "");
}

/* Requests */

static void
write_page_members (GString *out, gboolean has_consistent)
{
  if (rand_below (3) == 0)
    g_string_append_printf (out, ", \"Limit\": %u", 1 + rand_below (12));
  if (has_consistent && rand_below (3) == 0)
    g_string_append (out, ", \"ConsistentRead\": true");
  if (rand_below (2) == 0)
    g_string_append_printf (out, ", \"ProjectionExpression\": \"%s\"", PICK ("pk, a", "#n", "sk, b, g", "a, c, l"));
}

static void
write_filter (GString *out)
{
  if (rand_below (3) == 0)
    return;
  g_string_append (out, ", \"FilterExpression\": \"");
  write_condition (out, 3);
  g_string_append_c (out, '"');
}

static void
write_query (GString *out)
{
  static const struct
  {
    const char *index; /* or NULL */
    const char *partition;
    const char *sort;
    const char *pattern; /* of a sort key's value */
  } keys[] = {
    { NULL, "pk", "sk", "{\"N\": \"%u\"}" },
    { "glo", "g", "h", "{\"N\": \"%u\"}" },
    { "loc", "pk", "l", "{\"S\": \"la%u\"}" },
  };
  guint i = rand_below (G_N_ELEMENTS (keys));
  guint low = rand_below (9);
  g_autofree char *partition = g_strdup_printf ("{\"S\": \"%c%u\"}", keys[i].partition[0], rand_below (4));
  g_autofree char *x = g_strdup_printf (i < 2 ? "{\"N\": \"%u\"}" : "{\"S\": \"l%c\"}", i < 2 ? low : 'a' + low % 3);
  g_autofree char *y = g_strdup_printf (i < 2 ? "{\"N\": \"%u\"}" : "{\"S\": \"l%cz\"}",
                                        i < 2 ? low + 5 : 'a' + low % 3);

  g_string_append_printf (out, "{\"TableName\": \"tab\", \"KeyConditionExpression\": \"%s = :p", keys[i].partition);
  switch (rand_below (4))
    {
    case 0:
      break;
    case 1:
      g_string_append_printf (out, " AND %s %s :x", keys[i].sort, PICK ("=", "<", "<=", ">", ">="));
      break;
    case 2:
      g_string_append_printf (out, " AND %s BETWEEN :x AND :y", keys[i].sort);
      break;
    default:
      g_string_append_printf (out, i == 2 ? " AND begins_with(%s, :x)" : " AND %s > :x", keys[i].sort);
      break;
    }
  g_string_append_c (out, '"');
  if (keys[i].index != NULL)
    g_string_append_printf (out, ", \"IndexName\": \"%s\"", keys[i].index);
  if (rand_below (3) == 0)
    g_string_append (out, ", \"ScanIndexForward\": false");
  write_filter (out);
  write_page_members (out, i != 1);
  write_placeholders (out, (const char *const[]) { partition, x, y });
}

static void
write_scan (GString *out)
{
  const char *index = rand_below (3) == 0 ? PICK ("glo", "loc") : NULL;

  g_string_append (out, "{\"TableName\": \"tab\"");
  if (index != NULL)
    g_string_append_printf (out, ", \"IndexName\": \"%s\"", index);
  write_filter (out);
  write_page_members (out, g_strcmp0 (index, "glo") != 0);
  write_placeholders (out, NULL);
}

static void
write_get (GString *out)
{
  g_string_append_printf (out, "{\"TableName\": \"tab\", \"Key\": {\"sk\": {\"N\": \"%u\"}, \"pk\": {\"S\": \"p%u\"}}",
                          rand_below (40), rand_below (4));
  g_string_append (out, rand_below (2) == 0 ? ", \"ProjectionExpression\": \"a, #n\"" : "");
  g_string_append (out, rand_below (2) == 0 ? ", \"ConsistentRead\": true" : "");
  write_placeholders (out, NULL);
}

static void
write_update (GString *out)
{
  g_string_append_printf (out, "{\"TableName\": \"tab\", \"Key\": {\"pk\": {\"S\": \"p%u\"}, \"sk\": {\"N\": \"%u\"}},"
                               " \"UpdateExpression\": \"%s\"",
                          rand_below (4), rand_below (40),
                          PICK ("SET a = :s, c = #n + :one", "SET h = #n REMOVE g, b[0]", "ADD #n :two, q :set",
                                "DELETE a :set SET b = :list", "REMOVE a, c, l", "SET b[4] = :null, l = :t",
                                "SET b = list_append(:list, :list)", "SET b.#i = #n - :one", "ADD a :set"));
  if (rand_below (2) == 0)
    {
      g_string_append (out, ", \"ConditionExpression\": \"attribute_exists(pk) AND (");
      write_condition (out, 2);
      g_string_append (out, ")\"");
    }
  else
    g_string_append (out, ", \"ConditionExpression\": \"attribute_exists(pk)\"");
  g_string_append_printf (out, ", \"ReturnValues\": \"%s\"",
                          PICK ("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"));
  write_placeholders (out, NULL);
}

static void
write_delete (GString *out)
{
  g_string_append_printf (out, "{\"TableName\": \"tab\", \"Key\": {\"pk\": {\"S\": \"p%u\"}, \"sk\": {\"N\": \"%u\"}},"
                               " \"ConditionExpression\": \"attribute_exists(pk) AND (",
                          rand_below (3), rand_below (40));
  write_condition (out, 2);
  g_string_append_printf (out, ")\", \"ReturnValues\": \"%s\"", PICK ("NONE", "ALL_OLD"));
  write_placeholders (out, NULL);
}

/* Asking */

static Answer
ask (Scene *self, const char *operation, const char *body, gsize length)
{
  HrBuffer out = HR_BUFFER_INIT;
  Answer answer = { .trace = hr_trace_new () };
  char *text;

  answer.status = hr_api_call (&self->api, operation, body, length, self->kept, answer.trace, NULL, &out, NULL);
  text = hr_arena_strndup (self->kept, out.data, out.length);
  answer.body = hr_json_parse (self->kept, text, out.length, 64, NULL);
  g_assert_nonnull (answer.body);
  hr_buffer_clear (&out);
  return answer;
}

/* A body, with `"ReturnConsumedCapacity": "INDEXES"` and the place to go on from, if any. */
static Answer
ask_page (Scene *self, const char *operation, const char *body, const char *member, const HrJson *from)
{
  g_auto (HrBuffer) whole = HR_BUFFER_INIT;

  hr_buffer_append (&whole, body, strlen (body) - 1);
  hr_buffer_append_string (&whole, ", \"ReturnConsumedCapacity\": \"INDEXES\"");
  if (from != NULL)
    {
      hr_buffer_printf (&whole, ", \"%s\": ", member);
      hr_json_write_compact (&whole, from, FALSE);
    }
  hr_buffer_append_char (&whole, '}');
  return ask (self, operation, whole.data, whole.length);
}

static char *
print_json (const HrJson *json)
{
  HrBuffer out = HR_BUFFER_INIT;

  if (json == NULL)
    return g_strdup ("none");
  hr_json_write_compact (&out, json, FALSE);
  return hr_buffer_steal (&out, NULL);
}

static void
assert_same_json (const HrJson *a, const HrJson *b)
{
  g_autofree char *first = print_json (a);
  g_autofree char *second = print_json (b);

  g_assert_cmpstr (first, ==, second);
}

static void
assert_same_trace (const HrTrace *a, const HrTrace *b)
{
  g_assert_cmpuint (hr_trace_get_count (a), ==, hr_trace_get_count (b));
  for (guint i = 0; i < hr_trace_get_count (a); i++)
    {
      const HrTraceEvent *first = hr_trace_get (a, i);
      const HrTraceEvent *second = hr_trace_get (b, i);

      g_assert_cmpint (first->kind, ==, second->kind);
      g_assert_cmpstr (first->index, ==, second->index);
      g_assert_true (hr_value_equal (&first->key, &second->key));
      g_assert_cmpint (first->fate, ==, second->fate);
      g_assert_cmpuint (first->size_bytes, ==, second->size_bytes);
      g_assert_cmpuint (first->read_halves, ==, second->read_halves);
      g_assert_cmpuint (first->write_units, ==, second->write_units);
    }
}

static const HrJson *
get_type (const Answer *answer)
{
  return hr_json_get (answer->body, "__type");
}

/* Item of a GetItem, Items of a page; none and an empty list are the same. */
static void
assert_same_items (const HrJson *asked, const HrJson *said)
{
  const HrJson *items = hr_json_get (said, "Items");
  const HrJson *item = hr_json_get (asked, "Item");

  if (hr_json_get (asked, "Items") != NULL)
    {
      assert_same_json (hr_json_get (asked, "Items"), items);
      return;
    }
  if (item == NULL)
    item = hr_json_get (asked, "Attributes");
  g_assert_cmpuint (items->length, ==, item != NULL ? 1 : 0);
  assert_same_json (item, item != NULL ? &items->elements[0] : NULL);
}

static const char *
say (Scene *self, const char *operation, HrPartiqlRequest *said)
{
  const HrJson *request = hr_json_parse (self->kept, self->text->str, self->text->len, 64, NULL);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrBuffer body = HR_BUFFER_INIT;
  const char *text;

  g_assert_nonnull (request);
  hr_partiql_from_request (self->kept, operation, request, self->model, said, &error);
  g_assert_cmpstr (error.message, ==, NULL);
  if (said->operation == NULL)
    return NULL;
  hr_partiql_request_write (said, &body);
  text = hr_arena_strndup (self->kept, body.data, body.length);
  hr_buffer_clear (&body);
  return text;
}

/* A query by the whole key is a get to PartiQL: it pages and is recorded in another way. */
static gboolean
is_same_read (const char *operation, const char *statement)
{
  return strcmp (operation, "Query") != 0 || strstr (statement, "\\\"sk\\\" = ?") == NULL;
}

static void
check_pages (Scene *self, const char *operation, const char *statement)
{
  const HrJson *from = NULL;
  const HrJson *token = NULL;
  guint n_pages = 0;

  do
    {
      Answer asked = ask_page (self, operation, self->text->str, "ExclusiveStartKey", from);
      Answer said = ask_page (self, "ExecuteStatement", statement, "NextToken", token);

      g_assert_cmpuint (asked.status, ==, said.status);
      assert_same_json (get_type (&asked), get_type (&said));
      if (asked.status == 200)
        {
          assert_same_items (asked.body, said.body);
          if (is_same_read (operation, statement))
            {
              assert_same_json (hr_json_get (asked.body, "ConsumedCapacity"),
                                hr_json_get (said.body, "ConsumedCapacity"));
              assert_same_trace (asked.trace, said.trace);
            }
        }
      from = hr_json_get (asked.body, "LastEvaluatedKey");
      token = hr_json_get (said.body, "NextToken");
      if (is_same_read (operation, statement))
        g_assert_cmpint (from != NULL, ==, token != NULL);
      hr_trace_free (asked.trace);
      hr_trace_free (said.trace);
      g_assert_cmpuint (++n_pages, <=, N_ITEMS + 1);
    }
  while (from != NULL && token != NULL);
}

/* Does it within a savepoint; the item afterwards comes back. */
static Answer
ask_write (Scene *self, const char *operation, const char *body, const HrJson **after)
{
  const HrJson *request = hr_json_parse (self->kept, self->text->str, self->text->len, 64, NULL);
  g_autofree char *key = print_json (hr_json_get (request, "Key"));
  g_autofree char *get = g_strdup_printf ("{\"TableName\": \"tab\", \"Key\": %s}", key);
  gboolean ok = hr_engine_begin (self->api.engine, NULL);
  Answer answer, read;

  g_assert_true (ok);
  answer = ask_page (self, operation, body, NULL, NULL);
  read = ask (self, "GetItem", get, strlen (get));
  *after = read.body;
  ok = hr_engine_rollback (self->api.engine, NULL);
  g_assert_true (ok);
  hr_trace_free (read.trace);
  return answer;
}

static void
check_write (Scene *self, const char *operation, const char *statement)
{
  const HrJson *asked_after, *said_after;
  Answer asked = ask_write (self, operation, self->text->str, &asked_after);
  Answer said = ask_write (self, "ExecuteStatement", statement, &said_after);

  g_assert_cmpuint (asked.status, ==, said.status);
  assert_same_json (get_type (&asked), get_type (&said));
  assert_same_json (asked_after, said_after);
  assert_same_trace (asked.trace, said.trace);
  if (asked.status == 200)
    {
      assert_same_items (asked.body, said.body);
      assert_same_json (hr_json_get (asked.body, "ConsumedCapacity"), hr_json_get (said.body, "ConsumedCapacity"));
    }
  hr_trace_free (asked.trace);
  hr_trace_free (said.trace);
}

/* The scene */

static const char create[] =
  "{\"TableName\": \"tab\", \"BillingMode\": \"PAY_PER_REQUEST\", \"AttributeDefinitions\": ["
  "{\"AttributeName\": \"pk\", \"AttributeType\": \"S\"}, {\"AttributeName\": \"sk\", \"AttributeType\": \"N\"},"
  "{\"AttributeName\": \"g\", \"AttributeType\": \"S\"}, {\"AttributeName\": \"h\", \"AttributeType\": \"N\"},"
  "{\"AttributeName\": \"l\", \"AttributeType\": \"S\"}], \"KeySchema\": ["
  "{\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"}, {\"AttributeName\": \"sk\", \"KeyType\": \"RANGE\"}],"
  "\"GlobalSecondaryIndexes\": [{\"IndexName\": \"glo\", \"KeySchema\": ["
  "{\"AttributeName\": \"g\", \"KeyType\": \"HASH\"}, {\"AttributeName\": \"h\", \"KeyType\": \"RANGE\"}],"
  "\"Projection\": {\"ProjectionType\": \"ALL\"}}],"
  "\"LocalSecondaryIndexes\": [{\"IndexName\": \"loc\", \"KeySchema\": ["
  "{\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"}, {\"AttributeName\": \"l\", \"KeyType\": \"RANGE\"}],"
  "\"Projection\": {\"ProjectionType\": \"ALL\"}}]}";

static void
do_call (Scene *self, const char *operation, const char *body)
{
  Answer answer = ask (self, operation, body, strlen (body));

  g_assert_cmpuint (answer.status, ==, 200);
  hr_trace_free (answer.trace);
}

static void
scene_init (Scene *self)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrTable *table;

  *self = (Scene) { .kept = hr_arena_new (), .text = g_string_new (NULL), .model = hr_model_new ("m") };
  self->api.engine = hr_engine_open (NULL, NULL, NULL);
  do_call (self, "CreateTable", create);
  table = hr_table_from_create_request (hr_json_parse (self->kept, create, strlen (create), 64, NULL),
                                        HR_VALIDATION_NEW, self->kept, &error);
  g_assert_nonnull (table);
  g_ptr_array_add (self->model->tables, table);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_string_assign (self->text, "{\"TableName\": \"tab\", \"Item\": ");
      write_item (self->text, i % 3, i / 3);
      g_string_append_c (self->text, '}');
      do_call (self, "PutItem", self->text->str);
    }
}

static void
scene_clear (Scene *self)
{
  hr_engine_close (self->api.engine);
  hr_model_unref (self->model);
  hr_arena_free (self->kept);
  g_string_free (self->text, TRUE);
}

static const struct
{
  const char *operation;
  void (*write) (GString *out);
  void (*check) (Scene *self, const char *operation, const char *statement);
} kinds[] = {
  { "GetItem", write_get, check_pages },
  { "Query", write_query, check_pages },
  { "Scan", write_scan, check_pages },
  { "UpdateItem", write_update, check_write },
  { "DeleteItem", write_delete, check_write },
};

static void
test_kind (gconstpointer data)
{
  guint kind = GPOINTER_TO_UINT (data);
  Scene scene;

  scene_init (&scene);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      HrPartiqlRequest said;
      const char *statement;

      hr_arena_reset (scene.kept);
      g_string_truncate (scene.text, 0);
      kinds[kind].write (scene.text);
      g_string_append_c (scene.text, '}');
      statement = say (&scene, kinds[kind].operation, &said);
      if (statement == NULL && kinds[kind].check == check_write)
        {
          g_assert_nonnull (strstr (scene.text->str, " OR ")); /* which no statement that writes has */
          continue;
        }
      g_assert_nonnull (statement);
      g_test_message ("%s %s\n%s", kinds[kind].operation, scene.text->str, statement);
      kinds[kind].check (&scene, kinds[kind].operation, statement);
    }
  scene_clear (&scene);
}

/* A token goes on with its own statement and parameters only. */
static void
test_token (void)
{
  static const struct
  {
    const char *body;
    const char *message; /* or NULL */
  } others[] = {
    { "{\"Statement\": \"SELECT * FROM tab WHERE pk = ?\", \"Parameters\": [{\"S\": \"p1\"}], \"Limit\": 3}", NULL },
    { "{\"Statement\": \"SELECT * FROM tab WHERE pk = ?\", \"Parameters\": [{\"S\": \"p2\"}]}",
      "NextToken does not match request" },
    { "{\"Statement\": \"SELECT a FROM tab WHERE pk = ?\", \"Parameters\": [{\"S\": \"p1\"}]}",
      "NextToken does not match request" },
    { "{\"Statement\": \"DELETE FROM tab WHERE pk = ? AND sk = 1\", \"Parameters\": [{\"S\": \"p1\"}]}",
      "NextToken does not match request" },
  };
  Answer first;
  Scene scene;

  scene_init (&scene);
  first = ask_page (&scene, "ExecuteStatement", others[0].body, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      Answer answer = ask_page (&scene, "ExecuteStatement", others[i].body, "NextToken",
                                hr_json_get (first.body, "NextToken"));

      g_assert_cmpuint (answer.status, ==, others[i].message != NULL ? 400 : 200);
      if (others[i].message != NULL)
        g_assert_true (hr_json_string_equals (hr_json_get (answer.body, "message"), others[i].message));
      hr_trace_free (answer.trace);
    }
  hr_trace_free (first.trace);
  scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partiql/properties/token", test_token);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/partiql/properties/%s", kinds[i].operation);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_kind);
    }
  return g_test_run ();
}
