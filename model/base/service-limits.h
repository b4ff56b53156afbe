#pragma once

/*
 * Limits of the service, each with its unit and source.
 * DG = Amazon DynamoDB Developer Guide, "Quotas" and "Constraints"; O = observed on the service.
 */

#define HR_LIMIT_ITEM_BYTES             409600      /* bytes, inclusive; DG */
#define HR_LIMIT_PARTITION_KEY_BYTES    2048        /* bytes, at least 1; DG */
#define HR_LIMIT_SORT_KEY_BYTES         1024        /* bytes, at least 1; DG */
#define HR_LIMIT_NESTING                32          /* levels, the item itself is one; DG, O */
#define HR_LIMIT_NUMBER_DIGITS          38          /* significant decimal digits; DG */
#define HR_LIMIT_NUMBER_EXPONENT_MAX    125         /* of the first digit; 9.99…E+125; DG */
#define HR_LIMIT_NUMBER_EXPONENT_MIN    (-130)      /* of the first digit; 1E-130; DG */
#define HR_LIMIT_ATTRIBUTE_NAME_BYTES   65535       /* bytes; DG */
#define HR_LIMIT_KEY_NAME_BYTES         255         /* bytes of key, projected and TTL attribute names; DG */
#define HR_LIMIT_TABLE_NAME_MIN         3           /* characters; DG */
#define HR_LIMIT_TABLE_NAME_MAX         255         /* characters, also index names; DG */
#define HR_LIMIT_GLOBAL_INDEXES         20          /* per table; DG */
#define HR_LIMIT_LOCAL_INDEXES          5           /* per table; DG */
#define HR_LIMIT_INDEX_KEY_ATTRIBUTES   4           /* of each kind in a global index; O 2025-11 */
#define HR_LIMIT_PROJECTED_PER_INDEX    20          /* attributes in one INCLUDE projection; DG */
#define HR_LIMIT_PROJECTED_PER_TABLE    100         /* attributes in all INCLUDE projections; DG */
#define HR_LIMIT_EXPRESSION_BYTES       4096        /* bytes as sent; DG */
#define HR_LIMIT_EXPRESSION_OPERATORS   300         /* comparisons, AND, OR, NOT; DG */
#define HR_LIMIT_IN_OPERANDS            100         /* of one IN; DG */
#define HR_LIMIT_PLACEHOLDER_BYTES      255         /* bytes of one reference name; DG */
#define HR_LIMIT_PLACEHOLDERS_BYTES     2097152     /* bytes of all names and values; DG */
#define HR_LIMIT_PAGE_BYTES             1048576     /* bytes read by one Query or Scan; DG */
#define HR_LIMIT_BATCH_WRITE            25          /* requests; DG */
#define HR_LIMIT_BATCH_GET              100         /* keys; DG */
#define HR_LIMIT_BATCH_BYTES            16777216    /* bytes of a batch request or reply; DG */
#define HR_LIMIT_TRANSACTION_ACTIONS    100         /* actions; DG */
#define HR_LIMIT_DECREASES_AT_WILL      4           /* of a table's units, in a day (UTC); DG */
#define HR_LIMIT_DECREASE_PAUSE_S       3600        /* seconds between the others; DG */
#define HR_LIMIT_TRANSACTION_BYTES      4194304     /* bytes of items; DG */
#define HR_LIMIT_TOKEN_CHARS            36          /* characters of ClientRequestToken; DG */
#define HR_LIMIT_TOKEN_WINDOW_S         600         /* seconds; DG */
#define HR_LIMIT_SEGMENTS               1000000     /* of a parallel scan; DG */
#define HR_LIMIT_LIST_TABLES            100         /* names a page; DG */
#define HR_LIMIT_TAGS                   50          /* per table; DG */
#define HR_LIMIT_STREAM_S               86400       /* seconds that a record, or an ended stream, can be read; DG */
#define HR_LIMIT_STREAM_RECORDS         1000        /* records a page; DG */
#define HR_LIMIT_STREAM_PAGE_BYTES      1048576     /* bytes of records a page; DG */
#define HR_LIMIT_LIST_STREAMS           100         /* streams or shards a page; DG */
#define HR_LIMIT_ITERATOR_S             900         /* seconds that a shard iterator is good for; DG */
#define HR_LIMIT_EXPIRED_S              157680000   /* seconds (5 years); items that expired longer ago stay; DG */
#define HR_LIMIT_TAG_KEY_CHARS          128         /* characters; DG */
#define HR_LIMIT_TAG_VALUE_CHARS        256         /* characters; DG */
#define HR_LIMIT_ARN_CHARS              1283        /* characters of a ResourceArn; API reference */
#define HR_LIMIT_POLICY_BYTES           20480       /* of a resource-based policy; DG */
#define HR_LIMIT_LIST_INSIGHTS          100         /* entries a page; API reference */
#define HR_LIMIT_ACCOUNT_UNITS          80000       /* provisioned, of reads and of writes, in a region; DG */
#define HR_LIMIT_TABLE_UNITS            40000       /* likewise, of a table */
#define HR_LIMIT_WARM_READ_UNITS        12000       /* a second, of a new table on demand; DG */
#define HR_LIMIT_WARM_WRITE_UNITS       4000        /* likewise */
#define HR_LIMIT_RECOVERY_DAYS          35          /* days that point-in-time recovery goes back; DG */
#define HR_LIMIT_LIST_BACKUPS           100         /* a page; O */
#define HR_LIMIT_COLLECTION_BYTES       10737418240 /* bytes per partition key with a local index; DG */

#define HR_UNIT_READ_BYTES              4096        /* bytes a read unit covers; DG */
#define HR_UNIT_WRITE_BYTES             1024        /* bytes a write unit covers; DG */

/* Ours, not the service's: how deep JSON may nest before the reader refuses it. */
#define HR_LIMIT_JSON_DEPTH             256         /* levels; typed JSON of 32 levels needs 2 each */
