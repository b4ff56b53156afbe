/*
 * The one table of operations.
 *
 * With a dozen names, most of which differ in the first letter, a walk costs less than any hash; the
 * operations that are called most come first.
 *
 * The last column is the wording of the newer validation layer, which reaches operation after operation.
 * Source: observed, 2026-10.
 */
#include "model/api/operations.h"

#include "model/partiql/partiql.h"

#include <string.h>

#define READS HR_OPERATION_READS
#define WRITES HR_OPERATION_WRITES
#define TABLES HR_OPERATION_TABLES
#define STREAMS HR_OPERATION_STREAMS
#define SMALL HR_OPERATION_SMALL
#define OLD HR_WORDING_OLD
#define NEW HR_WORDING_NEW
#define ENVELOPED HR_WORDING_ENVELOPED

/* What the service has and we do not. */
#define UNSUPPORTED(name) { name, TABLES, OLD, 0, &HR_SHAPE_NOTHING, hr_operation_unsupported }

static const HrOperation operations[] = {
  { "GetItem", SMALL | READS, NEW, 0, &HR_SHAPE_GET_ITEM, hr_operation_get_item },
  { "PutItem", SMALL | WRITES, ENVELOPED, 0, &HR_SHAPE_PUT_ITEM, hr_operation_put_item },
  { "Query", READS, NEW, 0, &HR_SHAPE_QUERY, hr_operation_query },
  { "UpdateItem", SMALL | WRITES, ENVELOPED, HR_CONSTRAINTS_FIRST_WORD_ONLY, &HR_SHAPE_UPDATE_ITEM,
    hr_operation_update_item },
  { "DeleteItem", SMALL | WRITES, ENVELOPED, 0, &HR_SHAPE_DELETE_ITEM, hr_operation_delete_item },
  { "Scan", READS, OLD, 0, &HR_SHAPE_SCAN, hr_operation_scan },
  { "BatchGetItem", READS, NEW, 0, &HR_SHAPE_BATCH_GET_ITEM, hr_operation_batch_get_item },
  { "BatchWriteItem", WRITES, OLD, 0, &HR_SHAPE_BATCH_WRITE_ITEM, hr_operation_batch_write_item },
  { "TransactGetItems", READS, OLD, 0, &HR_SHAPE_TRANSACT_GET_ITEMS, hr_operation_transact_get_items },
  { "TransactWriteItems", WRITES, OLD, 0, &HR_SHAPE_TRANSACT_WRITE_ITEMS, hr_operation_transact_write_items },
  { "ExecuteStatement", READS | WRITES, OLD, 0, &HR_SHAPE_EXECUTE_STATEMENT, hr_operation_execute_statement },
  { "BatchExecuteStatement", READS | WRITES, OLD, 0, &HR_SHAPE_BATCH_EXECUTE_STATEMENT,
    hr_operation_batch_execute_statement },
  { "ExecuteTransaction", READS | WRITES, OLD, 0, &HR_SHAPE_EXECUTE_TRANSACTION,
    hr_operation_execute_transaction },
  { "CreateTable", TABLES | WRITES, OLD, 0, &HR_SHAPE_CREATE_TABLE, hr_operation_create_table },
  { "DeleteTable", TABLES | WRITES, OLD, 0, &HR_SHAPE_TABLE_NAME, hr_operation_delete_table },
  { "DescribeTable", SMALL | TABLES | READS, OLD, 0, &HR_SHAPE_TABLE_NAME, hr_operation_describe_table },
  { "ListTables", TABLES | READS, OLD, 0, &HR_SHAPE_LIST_TABLES, hr_operation_list_tables },
  { "UpdateTimeToLive", TABLES | WRITES, OLD, 0, &HR_SHAPE_UPDATE_TIME_TO_LIVE, hr_operation_update_time_to_live },
  { "DescribeTimeToLive", TABLES | READS, OLD, 0, &HR_SHAPE_DESCRIBE_TIME_TO_LIVE,
    hr_operation_describe_time_to_live },
  { "GetRecords", STREAMS | READS, OLD, 0, &HR_SHAPE_GET_RECORDS, hr_operation_get_records },
  { "GetShardIterator", STREAMS | READS, OLD, 0, &HR_SHAPE_GET_SHARD_ITERATOR, hr_operation_get_shard_iterator },
  { "DescribeStream", STREAMS | READS, OLD, 0, &HR_SHAPE_DESCRIBE_STREAM, hr_operation_describe_stream },
  { "ListStreams", STREAMS | READS, OLD, 0, &HR_SHAPE_LIST_STREAMS, hr_operation_list_streams },
  { "UpdateTable", TABLES | WRITES, OLD, 0, &HR_SHAPE_UPDATE_TABLE, hr_operation_update_table },
  { "TagResource", TABLES | WRITES, OLD, 0, &HR_SHAPE_TAG_RESOURCE, hr_operation_tag_resource },
  { "UntagResource", TABLES | WRITES, OLD, 0, &HR_SHAPE_UNTAG_RESOURCE, hr_operation_untag_resource },
  { "ListTagsOfResource", TABLES | READS, OLD, 0, &HR_SHAPE_LIST_TAGS, hr_operation_list_tags_of_resource },
  { "CreateBackup", TABLES | WRITES, OLD, 0, &HR_SHAPE_CREATE_BACKUP, hr_operation_create_backup },
  { "DescribeBackup", TABLES | READS, OLD, 0, &HR_SHAPE_BACKUP_ARN, hr_operation_describe_backup },
  { "DeleteBackup", TABLES | WRITES, OLD, 0, &HR_SHAPE_BACKUP_ARN, hr_operation_delete_backup },
  { "ListBackups", TABLES | READS, OLD, 0, &HR_SHAPE_LIST_BACKUPS, hr_operation_list_backups },
  { "UpdateContinuousBackups", TABLES | WRITES, OLD, 0, &HR_SHAPE_UPDATE_CONTINUOUS_BACKUPS,
    hr_operation_update_continuous_backups },
  { "DescribeContinuousBackups", TABLES | READS, OLD, 0, &HR_SHAPE_DESCRIBE_CONTINUOUS_BACKUPS,
    hr_operation_describe_continuous_backups },
  { "RestoreTableFromBackup", TABLES | WRITES, OLD, 0, &HR_SHAPE_RESTORE_FROM_BACKUP,
    hr_operation_restore_table_from_backup },
  { "RestoreTableToPointInTime", TABLES | WRITES, OLD, 0, &HR_SHAPE_RESTORE_TO_POINT_IN_TIME,
    hr_operation_restore_table_to_point_in_time },
  { "PutResourcePolicy", TABLES | WRITES, OLD, 0, &HR_SHAPE_PUT_RESOURCE_POLICY, hr_operation_put_resource_policy },
  { "GetResourcePolicy", TABLES | READS, OLD, 0, &HR_SHAPE_RESOURCE_POLICY, hr_operation_get_resource_policy },
  { "DeleteResourcePolicy", TABLES | WRITES, OLD, 0, &HR_SHAPE_RESOURCE_POLICY,
    hr_operation_delete_resource_policy },
  { "UpdateContributorInsights", TABLES | WRITES, OLD, 0, &HR_SHAPE_UPDATE_CONTRIBUTOR_INSIGHTS,
    hr_operation_update_contributor_insights },
  { "DescribeContributorInsights", TABLES | READS, OLD, 0, &HR_SHAPE_DESCRIBE_CONTRIBUTOR_INSIGHTS,
    hr_operation_describe_contributor_insights },
  { "ListContributorInsights", TABLES | READS, OLD, 0, &HR_SHAPE_LIST_CONTRIBUTOR_INSIGHTS,
    hr_operation_list_contributor_insights },
  { "DescribeLimits", TABLES | READS, OLD, 0, &HR_SHAPE_NOTHING, hr_operation_describe_limits },
  { "DescribeEndpoints", TABLES | READS, OLD, 0, &HR_SHAPE_NOTHING, hr_operation_describe_endpoints },

  UNSUPPORTED ("CreateGlobalTable"),
  UNSUPPORTED ("DescribeExport"),
  UNSUPPORTED ("DescribeGlobalTable"),
  UNSUPPORTED ("DescribeGlobalTableSettings"),
  UNSUPPORTED ("DescribeImport"),
  UNSUPPORTED ("DescribeKinesisStreamingDestination"),
  UNSUPPORTED ("DescribeTableReplicaAutoScaling"),
  UNSUPPORTED ("DisableKinesisStreamingDestination"),
  UNSUPPORTED ("EnableKinesisStreamingDestination"),
  UNSUPPORTED ("ExportTableToPointInTime"),
  UNSUPPORTED ("ImportTable"),
  UNSUPPORTED ("ListExports"),
  UNSUPPORTED ("ListGlobalTables"),
  UNSUPPORTED ("ListImports"),
  UNSUPPORTED ("SearchVectors"),
  UNSUPPORTED ("UpdateGlobalTable"),
  UNSUPPORTED ("UpdateGlobalTableSettings"),
  UNSUPPORTED ("UpdateKinesisStreamingDestination"),
  UNSUPPORTED ("UpdateTableReplicaAutoScaling"),
};

const HrOperation *
hr_operation_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (strcmp (operations[i].name, name) == 0)
        return &operations[i];
    }
  return NULL;
}

guint
hr_operation_get_count (void)
{
  return G_N_ELEMENTS (operations);
}

const HrOperation *
hr_operation_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (operations), NULL);
  return &operations[index];
}

const char *
hr_operation_get_name (const HrOperation *self)
{
  return self->name;
}

HrOperationFlags
hr_operation_get_flags (const HrOperation *self)
{
  return self->flags;
}

static gboolean
may_statement_write (const HrJson *request, HrArena *arena)
{
  const HrJson *text = hr_json_get (request, "Statement");
  HrPartiqlSource source;

  return text == NULL || text->type != HR_JSON_STRING
         || !hr_partiql_find_source (arena, text->text, text->length, &source) || !source.is_reading;
}

/* Whatever is not understood is left to the operation itself, which says so. */
static gboolean
may_statements_write (const HrJson *request, HrArena *arena)
{
  static const char *const lists[] = { "Statements", "TransactStatements" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const HrJson *list = hr_json_get (request, lists[i]);
      guint n_reading = 0;

      if (list == NULL || list->type != HR_JSON_ARRAY || list->length == 0)
        continue;
      while (n_reading < list->length && !may_statement_write (&list->elements[n_reading], arena))
        n_reading++;
      return n_reading < list->length;
    }
  return may_statement_write (request, arena);
}

gboolean
hr_operation_may_write (const HrOperation *self, const char *body, gsize length)
{
  const HrOperationFlags both = HR_OPERATION_READS | HR_OPERATION_WRITES;
  g_autoptr (HrArena) arena = NULL;
  const HrJson *request;
  HrJsonError error;

  if ((self->flags & both) != both)
    return (self->flags & HR_OPERATION_WRITES) != 0;
  arena = hr_arena_new ();
  request = hr_json_parse (arena, body, length, HR_LIMIT_JSON_DEPTH, &error);
  return request == NULL || may_statements_write (request, arena);
}

const char *
hr_operation_get_service (const HrOperation *self)
{
  return (self->flags & HR_OPERATION_STREAMS) != 0 ? "DynamoDBStreams_20120810" : "DynamoDB_20120810";
}

const HrOperation *
hr_operation_find_target (const char *target)
{
  const char *dot = strchr (target, '.');
  const HrOperation *operation = dot != NULL ? hr_operation_find (dot + 1) : NULL;
  const char *service = operation != NULL ? hr_operation_get_service (operation) : NULL;

  if (operation == NULL)
    return NULL;
  return strlen (service) == (gsize) (dot - target) && memcmp (service, target, strlen (service)) == 0 ? operation
                                                                                                       : NULL;
}
