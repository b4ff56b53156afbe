/*
 * Any bytes as requests, one a line: `PutItem {"TableName": …}`, with `~` before it for the older wording. They come to
 * an engine with tables and items, which afterwards is again as it was.
 *
 * Each is answered with a JSON object or with nothing, never with an internal error; after requests that succeeded
 * every index is what the rows make it; and rolling all of it back leaves no trace.
 */
#include "model/api/api.h"
#include "model/engine/rows.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

#define REQUESTS_MAX 12
#define TABLES_MAX 64
#define INPUTS_A_DUMP 64
#define NOW_US G_GINT64_CONSTANT (1790000000000000)

/* What the corpus, taken from the case files of the api, expects to be there. */
static const char *const furniture[] = {
  "CreateTable {'TableName':'hash','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'pk',"
  "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}",
  "CreateTable {'TableName':'range','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'pk',"
  "'AttributeType':'S'},{'AttributeName':'sk','AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk','KeyType':"
  "'HASH'},{'AttributeName':'sk','KeyType':'RANGE'}]}",
  "CreateTable {'TableName':'typed','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'n',"
  "'AttributeType':'N'},{'AttributeName':'b','AttributeType':'B'}],'KeySchema':[{'AttributeName':'n','KeyType':"
  "'HASH'},{'AttributeName':'b','KeyType':'RANGE'}]}",
  "CreateTable {'TableName':'indexed','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'pk',"
  "'AttributeType':'S'},{'AttributeName':'sk','AttributeType':'S'},{'AttributeName':'kind','AttributeType':'S'},"
  "{'AttributeName':'at','AttributeType':'N'}],'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},"
  "{'AttributeName':'sk','KeyType':'RANGE'}],'GlobalSecondaryIndexes':[{'IndexName':'by-kind','KeySchema':["
  "{'AttributeName':'kind','KeyType':'HASH'},{'AttributeName':'at','KeyType':'RANGE'}],'Projection':"
  "{'ProjectionType':'ALL'}},{'IndexName':'kinds','KeySchema':[{'AttributeName':'kind','KeyType':'HASH'}],"
  "'Projection':{'ProjectionType':'KEYS_ONLY'}}],'LocalSecondaryIndexes':[{'IndexName':'by-at','KeySchema':["
  "{'AttributeName':'pk','KeyType':'HASH'},{'AttributeName':'at','KeyType':'RANGE'}],'Projection':"
  "{'ProjectionType':'INCLUDE','NonKeyAttributes':['note']}}]}",
  "BatchWriteItem {'RequestItems':{'range':[{'PutRequest':{'Item':{'pk':{'S':'p'},'sk':{'S':'1'},'n':{'N':'1'}}}},"
  "{'PutRequest':{'Item':{'pk':{'S':'p'},'sk':{'S':'2'},'n':{'N':'2'}}}},"
  "{'PutRequest':{'Item':{'pk':{'S':'q'},'sk':{'S':'1'},'n':{'N':'-3e9'}}}}],"
  "'indexed':[{'PutRequest':{'Item':{'pk':{'S':'p'},'sk':{'S':'1'},'kind':{'S':'a'},'at':{'N':'30'},'note':{'S':"
  "'n1'}}}},{'PutRequest':{'Item':{'pk':{'S':'p'},'sk':{'S':'2'},'kind':{'S':'a'},'at':{'N':'20'},'more':{'S':"
  "'m2'}}}},{'PutRequest':{'Item':{'pk':{'S':'q'},'sk':{'S':'1'},'note':{'S':'n4'}}}}],"
  "'typed':[{'PutRequest':{'Item':{'n':{'N':'1'},'b':{'B':'AQID'}}}}],"
  "'hash':[{'PutRequest':{'Item':{'pk':{'S':'all'},'s':{'S':'x'},'n':{'N':'12.5'},'b':{'B':'AA=='},'t':{'BOOL':true},"
  "'z':{'NULL':true},'m':{'M':{'a':{'L':[{'N':'1'},{'S':'two'}]}}},'l':{'L':[{'M':{}}]},'ss':{'SS':['a','b']},"
  "'ns':{'NS':['1','2']},'bs':{'BS':['AA==','AQ==']}}}}]}}",
};

static struct
{
  HrEngine *engine;
  HrArena *arena;
  HrBuffer answer;
  char *before; /* everything that the tables hold */
  guint n_inputs;
} house;

/* The clock stands, so that an input does the same each time. */
static gint64
now_us_cb (gpointer user_data)
{
  return NOW_US;
}

static const HrClock standing_clock = { now_us_cb, NULL };

static gboolean
call (const HrApi *api, const char *operation, const char *body, gsize length)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error = { NULL, 0, FALSE };
  g_autofree char *copy = g_memdup2 (body, length); /* ends where it ends, for the sanitizers; NULL when empty */
  const HrJson *answer;
  guint status;

  hr_buffer_truncate (&house.answer, 0);
  status = hr_api_call (api, operation, copy, length, house.arena, NULL, NULL, &house.answer, &error);
  g_assert_cmpint (status == 200, ==, error.kind == HR_SERVICE_OK);
  g_assert_cmpuint (status, !=, 500);
  if (status == 200 && house.answer.length == 0) /* of operations that have nothing to say */
    return TRUE;
  answer = hr_json_parse (house.arena, house.answer.data, house.answer.length, 512, &json_error);
  g_assert_nonnull (answer);
  g_assert_cmpint (answer->type, ==, HR_JSON_OBJECT);
  g_assert_true (g_utf8_validate (house.answer.data, (gssize) house.answer.length, NULL));
  hr_arena_reset (house.arena);
  return status == 200;
}

/* `OPERATION BODY`; whether it succeeded. */
static gboolean
call_line (const HrApi *api, const char *line, gsize length)
{
  HrApi used = *api;
  const char *end = line + length;
  const char *space;
  char name[64];

  if (length > 0 && *line == '~')
    {
      used.layer = HR_VALIDATION_OLD;
      line++;
    }
  space = memchr (line, ' ', (gsize) (end - line));
  if (space == NULL || (gsize) (space - line) >= sizeof name)
    return FALSE;
  memcpy (name, line, (gsize) (space - line));
  name[space - line] = '\0';
  return call (&used, name, space + 1, (gsize) (end - space - 1));
}

static const char **
list_tables (guint *count)
{
  HrCall request = { .arena = house.arena };
  gboolean more;

  return hr_engine_list_tables (house.engine, NULL, TABLES_MAX, &request, count, &more);
}

static void
verify_all (void)
{
  guint count;
  const char **names = list_tables (&count);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *difference = NULL;
      g_autoptr (GError) error = NULL;

      hr_engine_verify_indexes (house.engine, names[i], &difference, &error);
      g_assert_cmpstr (difference, ==, NULL);
      g_assert_no_error (error);
    }
  hr_arena_reset (house.arena);
}

static char *
dump_all (void)
{
  HrBuffer out = HR_BUFFER_INIT;
  guint count;
  const char **names = list_tables (&count);

  for (guint i = 0; i < count; i++)
    g_assert_true (hr_engine_dump_table (house.engine, names[i], &out, NULL));
  hr_arena_reset (house.arena);
  return hr_buffer_steal (&out, NULL);
}

static void
furnish (void)
{
  const HrEngineOptions options = { .clock = &standing_clock };
  HrApi api = { .engine = NULL };

  house.engine = hr_engine_open (NULL, &options, NULL);
  house.arena = hr_arena_new ();
  api.engine = house.engine;
  for (guint i = 0; i < G_N_ELEMENTS (furniture); i++)
    {
      g_autofree char *line = g_strdup (furniture[i]);

      g_strdelimit (line, "'", '"');
      g_assert_true (call_line (&api, line, strlen (line)));
    }
  verify_all ();
  house.before = dump_all ();
}

static void
check_nothing_changed (void)
{
  g_autofree char *after = dump_all ();

  g_assert_cmpstr (after, ==, house.before);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *line = (const char *) data;
  const char *end = line + size;
  guint n_done = 0;
  HrTokenCache *tokens;
  HrApi api;

  if (house.engine == NULL)
    furnish ();
  tokens = hr_token_cache_new (&standing_clock);
  api = (HrApi) { .engine = house.engine, .tokens = tokens };
  g_assert_true (hr_engine_begin (house.engine, NULL));
  for (guint i = 0; i < REQUESTS_MAX && line < end; i++)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));

      if (stop == NULL)
        stop = end;
      n_done += call_line (&api, line, (gsize) (stop - line));
      line = stop + 1;
    }
  if (n_done > 0)
    verify_all ();
  g_assert_true (hr_engine_rollback (house.engine, NULL));
  hr_token_cache_free (tokens);
  if (house.n_inputs++ % INPUTS_A_DUMP == 0)
    check_nothing_changed ();
  return 0;
}
