/*
 * Requests that nobody should send: every prefix of good ones, good ones with pieces exchanged, deep, wide
 * and huge ones. Each must be answered with JSON; the sanitizers see to the rest.
 */
#include "model/api/api.h"
#include "tests/api/case-file.h"

#include <string.h>

typedef struct
{
  HrEngine *engine;
  HrTokenCache *tokens;
  HrArena *arena;
  HrBuffer out;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->engine = hr_engine_open (NULL, NULL, &error);
  g_assert_no_error (error);
  self->tokens = hr_token_cache_new (NULL);
  self->arena = hr_arena_new ();
  self->out = (HrBuffer) HR_BUFFER_INIT;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  hr_engine_close (self->engine);
  hr_token_cache_free (self->tokens);
  hr_arena_free (self->arena);
  hr_buffer_clear (&self->out);
}

static guint
send (Fixture *self, const char *operation, const char *body, gsize length)
{
  HrApi api = { .engine = self->engine, .tokens = self->tokens };
  g_autofree char *copy = g_memdup2 (body, MAX (length, 1));
  HrServiceError error;
  HrJsonError json_error;
  guint status;

  hr_buffer_truncate (&self->out, 0);
  hr_arena_reset (self->arena);
  status = hr_api_call (&api, operation, copy, length, self->arena, NULL, NULL, &self->out, &error);
  g_assert_cmpint (status == 200, ==, error.kind == HR_SERVICE_OK);
  g_assert_cmpuint (status, !=, 500);
  g_assert_nonnull (hr_json_parse (self->arena, self->out.data, self->out.length, 512, &json_error));
  return status;
}

static CaseFile *
read_cases (const char *name, const CaseFile *common)
{
  g_autofree char *path = g_build_filename (g_getenv ("HR_CASES"), name, NULL);
  g_autoptr (GError) error = NULL;
  CaseFile *file = case_file_read (path, common, &error);

  g_assert_no_error (error);
  return file;
}

typedef void (*StepFunc) (Fixture *self, const CaseStep *step);

/* Calls @func for the requests of the case files that are not large. */
static void
foreach_step (Fixture *self, StepFunc func)
{
  static const char *const names[]
      = { "get-item.case", "put-item.case", "update-item.case",  "delete-item.case", "query.case",
          "scan.case",     "batch.case",    "transactions.case", "create-table.case" };
  g_autoptr (CaseFile) common = read_cases ("tables.case", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (CaseFile) file = read_cases (names[i], common);

      for (guint j = 0; j < file->cases->len; j++)
        {
          const Case *the_case = file->cases->pdata[j];

          for (guint k = 0; k < the_case->steps->len; k++)
            {
              const CaseStep *step = the_case->steps->pdata[k];

              if (strlen (step->body) < 1000)
                func (self, step);
            }
        }
    }
}

static void
send_prefixes (Fixture *self, const CaseStep *step)
{
  gsize length = strlen (step->body);

  for (gsize i = 0; i < length; i += 1 + length / 40)
    g_assert_cmpuint (send (self, step->operation, step->body, i), ==, 400);
}

static void
test_prefixes (Fixture *self, gconstpointer data)
{
  foreach_step (self, send_prefixes);
}

/* Puts another piece of JSON in the place of each value. */
static void
send_exchanged (Fixture *self, const CaseStep *step)
{
  static const char *const pieces[]
      = { "null", "true", "-1", "1e999", "\"\"", "\"\\u0000\"", "[]", "{}", "[null]", "{\"\":null}", "[[]]" };
  HrJsonReader reader;
  g_autoptr (HrArena) arena = hr_arena_new ();
  gsize length = strlen (step->body);
  guint which = 0;

  hr_json_reader_init (&reader, step->body, length, 256, arena, NULL);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *body = NULL;
      HrRange range;

      if (step->body[i] != ':' && step->body[i] != '[')
        continue;
      hr_json_reader_init (&reader, step->body + i + 1, length - i - 1, 256, arena, NULL);
      if (!hr_json_reader_skip (&reader, &range))
        continue;
      body = g_strdup_printf ("%.*s%s%s", (int) i + 1, step->body, pieces[which++ % G_N_ELEMENTS (pieces)],
                              step->body + i + 1 + range.end);
      send (self, step->operation, body, strlen (body));
    }
}

static void
test_exchanged (Fixture *self, gconstpointer data)
{
  foreach_step (self, send_exchanged);
}

static char *
repeat (const char *before, const char *piece, guint count, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < count; i++)
    g_string_append (text, piece);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
test_wide (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *operation;
    const char *before;
    const char *piece;
    const char *after;
  } rows[] = {
    { "GetItem", "{\"TableName\":\"a\",\"Key\":{\"a\":{\"S\":\"a\"}}", ",\"x\":1", "}" },
    { "GetItem", "{\"TableName\":\"a\",\"Key\":{\"a\":{\"S\":\"a\"}", ",\"a\":{\"S\":\"a\"}", "}}" },
    { "BatchGetItem", "{\"RequestItems\":{\"a\":{\"Keys\":[{}]}", ",\"a\":{\"Keys\":[{}]}", "}}" },
    { "BatchWriteItem", "{\"RequestItems\":{\"a\":[{\"PutRequest\":{\"Item\":{}}}]",
      ",\"a\":[{\"PutRequest\":{\"Item\":{}}}]", "}}" },
    { "TransactWriteItems", "{\"TransactItems\":[{}", ",{}", "]}" },
    { "CreateTable", "{\"TableName\":\"abc\",\"AttributeDefinitions\":[{}", ",{}", "],\"KeySchema\":[{}]}" },
    { "CreateTable",
      "{\"TableName\":\"abc\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":[{\"AttributeName\":\"a\","
      "\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"a\",\"AttributeType\":\"S\"}",
      ",{\"AttributeName\":\"a\",\"AttributeType\":\"S\"}", "]}" },
    { "CreateTable",
      "{\"TableName\":\"abc\",\"AttributeDefinitions\":[],\"KeySchema\":[{\"AttributeName\":\"a\","
      "\"KeyType\":"
      "\"HASH\"}],\"BillingMode\":\"PAY_PER_REQUEST\",\"GlobalSecondaryIndexes\":[{}",
      ",{}", "]}" },
    { "Query",
      "{\"TableName\":\"a\",\"KeyConditionExpression\":\"a = "
      ":a\",\"ExpressionAttributeValues\":{\":a\":{\"S\":\"\"}",
      ",\":a\":{\"S\":\"\"}", "}}" },
    { "PutItem", "{\"TableName\":\"a\",\"Item\":{\"a\":{\"NS\":[\"1\"", ",\"1\"", "]}}}" },
    { "Scan",
      "{\"TableName\":\"a\",\"FilterExpression\":\"a = "
      ":v\",\"ExpressionAttributeValues\":{\":v\":{\"SS\":[\"1\"",
      ",\"1\"", "]}}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = repeat (rows[i].before, rows[i].piece, 50000, rows[i].after);

      g_assert_cmpuint (send (self, rows[i].operation, body, strlen (body)), ==, 400);
    }
}

static void
test_deep (Fixture *self, gconstpointer data)
{
  g_autofree char *lists = repeat ("{\"TableName\":\"a\",\"Item\":{\"a\":", "{\"L\":[", 100000, "");
  g_autofree char *maps = repeat ("{\"TableName\":\"a\",\"Item\":{\"a\":", "{\"M\":{\"a\":", 120, "");
  g_autofree char *closed = repeat (maps, "}", 240, "}}");

  g_assert_cmpuint (send (self, "PutItem", lists, strlen (lists)), ==, 400);
  g_assert_cmpuint (send (self, "PutItem", closed, strlen (closed)), ==, 400);
}

/* More than 4 MB in one transaction: measured only when the body is long enough for it. */
static void
test_large_transaction (Fixture *self, gconstpointer data)
{
  static const char create[]
      = "{\"TableName\":\"hash\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{"
        "\"AttributeName\":"
        "\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}";
  g_autofree char *text = g_strnfill (400000, 'x');
  guint statuses[] = { 200, 400 };

  g_assert_cmpuint (send (self, "CreateTable", create, strlen (create)), ==, 200);
  for (guint count = 10; count <= 11; count++)
    {
      g_autoptr (GString) body = g_string_new ("{\"TransactItems\":[");

      for (guint i = 0; i < count; i++)
        g_string_append_printf (
            body,
            "%s{\"Put\":{\"TableName\":\"hash\",\"Item\":{\"pk\":{\"S\":\"%u\"},\"t\":{\"S\":"
            "\"%s\"}}}}",
            i == 0 ? "" : ",", i, text);
      g_string_append (body, "]}");
      g_assert_cmpuint (send (self, "TransactWriteItems", body->str, body->len), ==, statuses[count - 10]);
    }
}

static void
append_keys (GString *body, guint first, guint count)
{
  for (guint i = first; i < first + count; i++)
    g_string_append_printf (body, "%s{\"pk\":{\"N\":\"%u\"}}", i == first ? "" : ",", i);
}

/* A hundred keys of two tables are looked for, one more is not. */
static void
test_many_keys (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "ResourceNotFoundException", "Too many items requested for the" };

  for (guint extra = 0; extra <= 1; extra++)
    {
      g_autoptr (GString) body = g_string_new ("{\"RequestItems\":{\"abc\":{\"Keys\":[");

      append_keys (body, 0, 60);
      g_string_append (body, "]},\"abd\":{\"Keys\":[");
      append_keys (body, 0, 40 + extra);
      g_string_append (body, "]}}}");
      g_assert_cmpuint (send (self, "BatchGetItem", body->str, body->len), ==, 400);
      g_assert_nonnull (g_strstr_len (self->out.data, (gssize) self->out.length, names[extra]));
    }
}

/* A name with a NUL character fits no definition. */
static void
test_nul_in_names (Fixture *self, gconstpointer data)
{
  static const char create[]
      = "{\"TableName\":\"hash\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{"
        "\"AttributeName\":"
        "\"p\\u0000k\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"p\\u0000k\",\"KeyType\":"
        "\"HASH\"}]}";

  g_assert_cmpuint (send (self, "CreateTable", create, strlen (create)), ==, 400);
}

#define ADD_TEST(name, func) g_test_add ("/api/hostile/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("prefixes", test_prefixes);
  ADD_TEST ("exchanged", test_exchanged);
  ADD_TEST ("wide", test_wide);
  ADD_TEST ("deep", test_deep);
  ADD_TEST ("large-transaction", test_large_transaction);
  ADD_TEST ("many-keys", test_many_keys);
  ADD_TEST ("nul-in-names", test_nul_in_names);
  return g_test_run ();
}
