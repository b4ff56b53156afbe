#pragma once

#include "model/api/call.h"

G_BEGIN_DECLS

/*
 * What the rows of the operations table point to, a shape and a function each. Private to model/api.
 */
extern const HrShape HR_SHAPE_BACKUP_ARN; /* of DescribeBackup and DeleteBackup */
extern const HrShape HR_SHAPE_BATCH_EXECUTE_STATEMENT;
extern const HrShape HR_SHAPE_BATCH_GET_ITEM;
extern const HrShape HR_SHAPE_BATCH_WRITE_ITEM;
extern const HrShape HR_SHAPE_CREATE_BACKUP;
extern const HrShape HR_SHAPE_CREATE_TABLE;
extern const HrShape HR_SHAPE_DELETE_ITEM;
extern const HrShape HR_SHAPE_DESCRIBE_CONTINUOUS_BACKUPS;
extern const HrShape HR_SHAPE_DESCRIBE_CONTRIBUTOR_INSIGHTS;
extern const HrShape HR_SHAPE_DESCRIBE_STREAM;
extern const HrShape HR_SHAPE_DESCRIBE_TIME_TO_LIVE;
extern const HrShape HR_SHAPE_EXECUTE_STATEMENT;
extern const HrShape HR_SHAPE_EXECUTE_TRANSACTION;
extern const HrShape HR_SHAPE_GET_ITEM;
extern const HrShape HR_SHAPE_GET_RECORDS;
extern const HrShape HR_SHAPE_GET_SHARD_ITERATOR;
extern const HrShape HR_SHAPE_LIST_BACKUPS;
extern const HrShape HR_SHAPE_LIST_CONTRIBUTOR_INSIGHTS;
extern const HrShape HR_SHAPE_LIST_STREAMS;
extern const HrShape HR_SHAPE_LIST_TABLES;
extern const HrShape HR_SHAPE_LIST_TAGS;
extern const HrShape HR_SHAPE_NOTHING; /* of operations without members */
extern const HrShape HR_SHAPE_PUT_ITEM;
extern const HrShape HR_SHAPE_PUT_RESOURCE_POLICY;
extern const HrShape HR_SHAPE_QUERY;
extern const HrShape HR_SHAPE_RESOURCE_POLICY; /* of GetResourcePolicy and DeleteResourcePolicy */
extern const HrShape HR_SHAPE_RESTORE_FROM_BACKUP;
extern const HrShape HR_SHAPE_RESTORE_TO_POINT_IN_TIME;
extern const HrShape HR_SHAPE_SCAN;
extern const HrShape HR_SHAPE_TABLE_NAME; /* of DescribeTable and DeleteTable */
extern const HrShape HR_SHAPE_TAG_RESOURCE;
extern const HrShape HR_SHAPE_TRANSACT_GET_ITEMS;
extern const HrShape HR_SHAPE_TRANSACT_WRITE_ITEMS;
extern const HrShape HR_SHAPE_UNTAG_RESOURCE;
extern const HrShape HR_SHAPE_UPDATE_CONTINUOUS_BACKUPS;
extern const HrShape HR_SHAPE_UPDATE_CONTRIBUTOR_INSIGHTS;
extern const HrShape HR_SHAPE_UPDATE_ITEM;
extern const HrShape HR_SHAPE_UPDATE_TABLE;
extern const HrShape HR_SHAPE_UPDATE_TIME_TO_LIVE;

gboolean hr_operation_batch_execute_statement        (HrApiCall *call);
gboolean hr_operation_batch_get_item                 (HrApiCall *call);
gboolean hr_operation_batch_write_item               (HrApiCall *call);
gboolean hr_operation_create_backup                  (HrApiCall *call);
gboolean hr_operation_create_table                   (HrApiCall *call);
gboolean hr_operation_delete_backup                  (HrApiCall *call);
gboolean hr_operation_delete_item                    (HrApiCall *call);
gboolean hr_operation_delete_resource_policy         (HrApiCall *call);
gboolean hr_operation_delete_table                   (HrApiCall *call);
gboolean hr_operation_describe_backup                (HrApiCall *call);
gboolean hr_operation_describe_continuous_backups    (HrApiCall *call);
gboolean hr_operation_describe_contributor_insights  (HrApiCall *call);
gboolean hr_operation_describe_endpoints             (HrApiCall *call);
gboolean hr_operation_describe_limits                (HrApiCall *call);
gboolean hr_operation_describe_stream                (HrApiCall *call);
gboolean hr_operation_describe_table                 (HrApiCall *call);
gboolean hr_operation_describe_time_to_live          (HrApiCall *call);
gboolean hr_operation_execute_statement              (HrApiCall *call);
gboolean hr_operation_execute_transaction            (HrApiCall *call);
gboolean hr_operation_get_item                       (HrApiCall *call);
gboolean hr_operation_get_records                    (HrApiCall *call);
gboolean hr_operation_get_resource_policy            (HrApiCall *call);
gboolean hr_operation_get_shard_iterator             (HrApiCall *call);
gboolean hr_operation_list_backups                   (HrApiCall *call);
gboolean hr_operation_list_contributor_insights      (HrApiCall *call);
gboolean hr_operation_list_streams                   (HrApiCall *call);
gboolean hr_operation_list_tables                    (HrApiCall *call);
gboolean hr_operation_list_tags_of_resource          (HrApiCall *call);
gboolean hr_operation_put_item                       (HrApiCall *call);
gboolean hr_operation_put_resource_policy            (HrApiCall *call);
gboolean hr_operation_query                          (HrApiCall *call);
gboolean hr_operation_restore_table_from_backup      (HrApiCall *call);
gboolean hr_operation_restore_table_to_point_in_time (HrApiCall *call);
gboolean hr_operation_scan                           (HrApiCall *call);
gboolean hr_operation_tag_resource                   (HrApiCall *call);
gboolean hr_operation_transact_get_items             (HrApiCall *call);
gboolean hr_operation_transact_write_items           (HrApiCall *call);
gboolean hr_operation_unsupported                    (HrApiCall *call);
gboolean hr_operation_untag_resource                 (HrApiCall *call);
gboolean hr_operation_update_continuous_backups      (HrApiCall *call);
gboolean hr_operation_update_contributor_insights    (HrApiCall *call);
gboolean hr_operation_update_item                    (HrApiCall *call);
gboolean hr_operation_update_table                   (HrApiCall *call);
gboolean hr_operation_update_time_to_live            (HrApiCall *call);

G_END_DECLS
