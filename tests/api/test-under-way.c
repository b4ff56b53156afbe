/*
 * Requests about a large table while an index of it is built, or a backup made, between two sweeps.
 */
#include "model/api/api.h"
#include "model/engine/sweep.h"

typedef struct
{
  HrEngine *engine;
  HrArena *arena;
  HrBuffer out;
} Fixture;

/* The name of the exception and the message, or the answer; `'` stands for `"`. */
static const char *
call (Fixture *self, const char *operation, const char *request)
{
  const HrApi api = { .engine = self->engine };
  g_autoptr (GString) body = g_string_new (request);
  HrServiceError error;

  g_string_replace (body, "'", "\"", 0);
  hr_buffer_truncate (&self->out, 0);
  hr_arena_reset (self->arena);
  if (hr_api_call (&api, operation, body->str, body->len, self->arena, NULL, NULL, &self->out, &error) == 200)
    return hr_arena_strndup (self->arena, self->out.data, self->out.length);
  return hr_arena_printf (self->arena, "%s: %s", hr_service_error_kind_get_name (error.kind), error.message);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const HrEngineOptions options = { .is_swept = TRUE };
  g_autofree char *filler = g_strnfill (300000, 'v');

  self->engine = hr_engine_open (NULL, &options, NULL);
  self->arena = hr_arena_new ();
  self->out = (HrBuffer) HR_BUFFER_INIT;
  call (self, "CreateTable", "{'TableName':'abc','BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'pk',"
                             "'KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}]}");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *item
          = g_strdup_printf ("{'TableName':'abc','Item':{'pk':{'S':'%u'},'x':{'S':'1'},'v':{'S':'%s'}}}", i, filler);

      g_assert_cmpstr (call (self, "PutItem", item), ==, "{}");
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  hr_engine_close (self->engine);
  hr_arena_free (self->arena);
  hr_buffer_clear (&self->out);
}

static void
sweep (Fixture *self)
{
  g_assert_true (hr_engine_sweep (self->engine, 100, NULL, NULL));
}

static const char *
add_index (Fixture *self, const char *name)
{
  g_autofree char *request
      = g_strdup_printf ("{'TableName':'abc','AttributeDefinitions':[{'AttributeName':'x','AttributeType':'S'}],"
                         "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'%s','KeySchema':[{'AttributeName':'x',"
                         "'KeyType':'HASH'}],'Projection':{'ProjectionType':'KEYS_ONLY'}}}]}", name);

  return call (self, "UpdateTable", request);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("%s lacks %s", text, part);
}

/* The table is ready again before its index is; others have to wait for that one, which can be taken away again. */
static void
test_index (Fixture *self, gconstpointer data)
{
  const char *describe = "{'TableName':'abc'}";

  assert_has (add_index (self, "one"), "\"TableStatus\":\"UPDATING\"");
  g_assert_cmpstr (add_index (self, "two"), ==, "ResourceInUseException: Attempt to change a resource which is still in"
                                                " use: Table is being updated: abc");
  sweep (self);
  assert_has (call (self, "DescribeTable", describe), "\"TableStatus\":\"ACTIVE\"");
  assert_has (call (self, "DescribeTable", describe), "\"IndexStatus\":\"CREATING\",\"Backfilling\":true");
  g_assert_cmpstr (add_index (self, "two"), ==, "LimitExceededException: Subscriber limit exceeded: Only 1 online index"
                                                " can be created or deleted simultaneously per table");
  assert_has (call (self, "DeleteTable", describe), "ResourceInUseException: ");
  assert_has (call (self, "UpdateTable", "{'TableName':'abc','DeletionProtectionEnabled':true}"), "\"TableName\"");
  sweep (self);
  assert_has (call (self, "UpdateTable",
                    "{'TableName':'abc','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'one'}}]}"),
              "\"TableName\"");
  assert_has (add_index (self, "two"), "\"IndexName\":\"two\"");
  while (hr_engine_get_sweep_pause_us (self->engine) == 0)
    sweep (self);
  assert_has (call (self, "DescribeTable", describe), "\"IndexStatus\":\"ACTIVE\"");
  assert_has (call (self, "Scan", "{'TableName':'abc','IndexName':'two','Select':'COUNT'}"), "\"Count\":12");
}

static void
test_backup (Fixture *self, gconstpointer data)
{
  g_autofree char *arn = NULL;
  g_autofree char *request = NULL;
  g_autofree char *restore = NULL;
  const char *start;

  start = strstr (call (self, "CreateBackup", "{'TableName':'abc','BackupName':'one'}"), "arn:");
  arn = g_strndup (start, strcspn (start, "\""));
  request = g_strdup_printf ("{'BackupArn':'%s'}", arn);
  restore = g_strdup_printf ("{'BackupArn':'%s','TargetTableName':'def'}", arn);
  sweep (self);
  assert_has (call (self, "DescribeBackup", request), "\"BackupStatus\":\"CREATING\"");
  assert_has (call (self, "ListBackups", "{}"), "\"BackupStatus\":\"CREATING\"");
  assert_has (call (self, "DeleteBackup", request), "BackupInUseException: ");
  assert_has (call (self, "RestoreTableFromBackup", restore), "BackupInUseException: ");
  assert_has (call (self, "DeleteTable", "{'TableName':'abc'}"), "ResourceInUseException: ");
  while (hr_engine_get_sweep_pause_us (self->engine) == 0)
    sweep (self);
  assert_has (call (self, "DescribeBackup", request), "\"BackupStatus\":\"AVAILABLE\"");
  assert_has (call (self, "RestoreTableFromBackup", restore), "\"RestoreInProgress\":true");
  sweep (self);
  assert_has (call (self, "DescribeTable", "{'TableName':'def'}"), "\"TableStatus\":\"CREATING\"");
  assert_has (call (self, "Scan", "{'TableName':'def'}"), "ResourceNotFoundException: ");
  assert_has (call (self, "CreateBackup", "{'TableName':'def','BackupName':'one'}"), "TableInUseException: ");
  while (hr_engine_get_sweep_pause_us (self->engine) == 0)
    sweep (self);
  assert_has (call (self, "DescribeTable", "{'TableName':'def'}"), "\"TableStatus\":\"ACTIVE\"");
  assert_has (call (self, "DescribeTable", "{'TableName':'def'}"), "\"ItemCount\":12");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/api/under-way/index", Fixture, NULL, set_up, test_index, tear_down);
  g_test_add ("/api/under-way/backup", Fixture, NULL, set_up, test_backup, tear_down);
  return g_test_run ();
}
