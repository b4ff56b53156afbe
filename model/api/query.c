/*
 * Query and Scan: one page each.
 *
 * Both read into one page request; what only one of them has is checked by itself. Select and the segments
 * are judged here, as far as the request alone tells; what depends on the table is the engine's.
 */
#include "model/api/legacy.h"
#include "model/api/operations.h"

#include "model/value/codec.h"

#include <string.h>

enum
{
  QUERY_SELECT,
  QUERY_INDEX_NAME,
  QUERY_CAPACITY,
  QUERY_QUERY_FILTER,
  QUERY_TABLE_NAME,
  QUERY_CONDITIONAL_OPERATOR,
  QUERY_ATTRIBUTES_TO_GET,
  QUERY_LIMIT,
  QUERY_KEY_CONDITIONS,
  QUERY_START_KEY,
  QUERY_CONSISTENT_READ,
  QUERY_FORWARD,
  QUERY_KEY_CONDITION,
  QUERY_FILTER,
  QUERY_PROJECTION,
  QUERY_VALUES,
  QUERY_NAMES,
};

static const HrField query_fields[] = {
  [QUERY_SELECT] = HR_ROW_WORD ("Select", HR_WORDS_SELECT),
  [QUERY_INDEX_NAME] = HR_ROW_INDEX_NAME,
  [QUERY_CAPACITY] = HR_ROW_CAPACITY,
  [QUERY_QUERY_FILTER] = HR_ROW_LEGACY_MAP ("QueryFilter", HR_ELEMENT_CONDITION),
  [QUERY_TABLE_NAME] = HR_ROW_TABLE_NAME,
  [QUERY_CONDITIONAL_OPERATOR] = HR_ROW_CONDITIONAL_OPERATOR,
  [QUERY_ATTRIBUTES_TO_GET] = HR_ROW_ATTRIBUTES_TO_GET,
  [QUERY_LIMIT] = { .name = "Limit",
                    .kind = HR_FIELD_INTEGER,
                    .flags = HR_FIELD_MIN | HR_FIELD_NEWER_IN_BOTH,
                    .min = 1 },
  [QUERY_KEY_CONDITIONS] = HR_ROW_LEGACY_MAP ("KeyConditions", HR_ELEMENT_CONDITION),
  [QUERY_START_KEY] = { .name = "ExclusiveStartKey", .kind = HR_FIELD_VALUES },
  [QUERY_CONSISTENT_READ] = HR_ROW_BOOLEAN ("ConsistentRead"),
  [QUERY_FORWARD] = HR_ROW_BOOLEAN ("ScanIndexForward"),
  [QUERY_KEY_CONDITION] = HR_ROW_STRING ("KeyConditionExpression"),
  [QUERY_FILTER] = HR_ROW_STRING ("FilterExpression"),
  [QUERY_PROJECTION] = HR_ROW_STRING ("ProjectionExpression"),
  [QUERY_VALUES] = HR_ROW_EXPRESSION_VALUES,
  [QUERY_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

const HrShape HR_SHAPE_QUERY = HR_SHAPE ("QueryInput", query_fields);

enum
{
  SCAN_SELECT,
  SCAN_INDEX_NAME,
  SCAN_TOTAL_SEGMENTS,
  SCAN_CAPACITY,
  SCAN_TABLE_NAME,
  SCAN_CONDITIONAL_OPERATOR,
  SCAN_SCAN_FILTER,
  SCAN_SEGMENT,
  SCAN_LIMIT,
  SCAN_ATTRIBUTES_TO_GET,
  SCAN_START_KEY,
  SCAN_CONSISTENT_READ,
  SCAN_FILTER,
  SCAN_PROJECTION,
  SCAN_VALUES,
  SCAN_NAMES,
};

static const HrField scan_fields[] = {
  [SCAN_SELECT] = HR_ROW_WORD ("Select", HR_WORDS_SELECT),
  [SCAN_INDEX_NAME] = HR_ROW_INDEX_NAME,
  [SCAN_TOTAL_SEGMENTS] = { .name = "TotalSegments",
                            .kind = HR_FIELD_INTEGER,
                            .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                            .min = 1,
                            .max = HR_LIMIT_SEGMENTS },
  [SCAN_CAPACITY] = HR_ROW_CAPACITY,
  [SCAN_TABLE_NAME] = HR_ROW_TABLE_NAME,
  [SCAN_CONDITIONAL_OPERATOR] = HR_ROW_CONDITIONAL_OPERATOR,
  [SCAN_SCAN_FILTER] = HR_ROW_LEGACY_MAP ("ScanFilter", HR_ELEMENT_CONDITION),
  [SCAN_SEGMENT] = { .name = "Segment",
                     .kind = HR_FIELD_INTEGER,
                     .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                     .min = 0,
                     .max = HR_LIMIT_SEGMENTS - 1 },
  [SCAN_LIMIT] = HR_ROW_LIMIT,
  [SCAN_ATTRIBUTES_TO_GET] = HR_ROW_ATTRIBUTES_TO_GET,
  [SCAN_START_KEY] = { .name = "ExclusiveStartKey", .kind = HR_FIELD_VALUES },
  [SCAN_CONSISTENT_READ] = HR_ROW_BOOLEAN ("ConsistentRead"),
  [SCAN_FILTER] = HR_ROW_STRING ("FilterExpression"),
  [SCAN_PROJECTION] = HR_ROW_STRING ("ProjectionExpression"),
  [SCAN_VALUES] = HR_ROW_EXPRESSION_VALUES,
  [SCAN_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

const HrShape HR_SHAPE_SCAN = HR_SHAPE ("ScanInput", scan_fields);

/* Where the members that both have stand. */
typedef struct
{
  const HrShape *shape;
  guint8 select;
  guint8 index_name;
  guint8 table_name;
  guint8 limit;
  guint8 start_key;
  guint8 consistent_read;
  guint8 projection;
  guint8 attributes_to_get;
  guint8 legacy_filter;
  guint8 conditional_operator;
  HrExpressionRows rows;
} PageLayout;

static const PageLayout query_layout = {
  .shape = &HR_SHAPE_QUERY,
  .select = QUERY_SELECT,
  .index_name = QUERY_INDEX_NAME,
  .table_name = QUERY_TABLE_NAME,
  .limit = QUERY_LIMIT,
  .start_key = QUERY_START_KEY,
  .consistent_read = QUERY_CONSISTENT_READ,
  .projection = QUERY_PROJECTION,
  .attributes_to_get = QUERY_ATTRIBUTES_TO_GET,
  .legacy_filter = QUERY_QUERY_FILTER,
  .conditional_operator = QUERY_CONDITIONAL_OPERATOR,
  .rows = {
    .expressions = { { QUERY_PROJECTION, HR_EXPRESSION_PROJECTION }, { QUERY_FILTER, HR_EXPRESSION_FILTER },
                     { QUERY_KEY_CONDITION, HR_EXPRESSION_KEY_CONDITION } },
    .n_expressions = 3,
    .legacy = { QUERY_ATTRIBUTES_TO_GET, QUERY_QUERY_FILTER, QUERY_CONDITIONAL_OPERATOR,
                QUERY_KEY_CONDITIONS },
    .n_legacy = 4,
    .names = QUERY_NAMES,
    .values = QUERY_VALUES,
  },
};

static const PageLayout scan_layout = {
  .shape = &HR_SHAPE_SCAN,
  .select = SCAN_SELECT,
  .index_name = SCAN_INDEX_NAME,
  .table_name = SCAN_TABLE_NAME,
  .limit = SCAN_LIMIT,
  .start_key = SCAN_START_KEY,
  .consistent_read = SCAN_CONSISTENT_READ,
  .projection = SCAN_PROJECTION,
  .attributes_to_get = SCAN_ATTRIBUTES_TO_GET,
  .legacy_filter = SCAN_SCAN_FILTER,
  .conditional_operator = SCAN_CONDITIONAL_OPERATOR,
  .rows = {
    .expressions = { { SCAN_PROJECTION, HR_EXPRESSION_PROJECTION }, { SCAN_FILTER, HR_EXPRESSION_FILTER } },
    .n_expressions = 2,
    .legacy = { SCAN_ATTRIBUTES_TO_GET, SCAN_SCAN_FILTER, SCAN_CONDITIONAL_OPERATOR },
    .n_legacy = 3,
    .names = SCAN_NAMES,
    .values = SCAN_VALUES,
  },
};

/* What is wrong with a number, or with the members of a set of them, is said without the words in front. */
static gboolean
is_said_bare (const char *message)
{
  static const char *const bare[] = { "contains duplicates", "number set", "numeric value",
                                      "significant digits", "number with magnitude" };

  for (guint i = 0; i < G_N_ELEMENTS (bare); i++)
    {
      if (strstr (message, bare[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_start_key (HrApiCall *call, const HrJson *json, HrPageRequest *request)
{
  HrValue *key;

  if (json == NULL)
    return TRUE;

  key = hr_arena_new0 (call->arena, HrValue);
  request->start_key = key;
  if (hr_call_read_item (call, json, key))
    return TRUE;
  if (call->error->kind == HR_SERVICE_VALIDATION && !is_said_bare (call->error->message))
    call->error->message
        = hr_arena_printf (call->arena, "The provided starting key is invalid: %s", call->error->message);
  return FALSE;
}

/* A query words this as a finding about a member, a scan does not. */
static gboolean
fail_select (HrApiCall *call, const char *text, const char *word)
{
  const char *envelope = call->wording == HR_WORDING_OLD ? "" : "1 validation error detected: ";

  return hr_call_fail (call, "%s%s %s", envelope, text, word);
}

static gboolean
read_select (HrApiCall *call, const PageLayout *layout, HrPageRequest *request)
{
  static const HrSelect selects[] = {
    [HR_SELECT_WORD_SPECIFIC_ATTRIBUTES] = HR_SELECT_SPECIFIC,
    [HR_SELECT_WORD_COUNT] = HR_SELECT_COUNT,
    [HR_SELECT_WORD_ALL_ATTRIBUTES] = HR_SELECT_ALL_ATTRIBUTES,
    [HR_SELECT_WORD_ALL_PROJECTED_ATTRIBUTES] = HR_SELECT_ALL_PROJECTED,
  };
  gboolean has_names = call->fields[layout->attributes_to_get] != NULL;
  gboolean has_projection = has_names || call->fields[layout->projection] != NULL;
  int word = hr_field_get_word (&layout->shape->fields[layout->select], call->fields[layout->select]);

  if (word < 0)
    return TRUE;

  request->has_select = TRUE;
  request->select = selects[word];
  if (word == HR_SELECT_WORD_SPECIFIC_ATTRIBUTES && !has_projection)
    return fail_select (call, "Must specify the AttributesToGet or ProjectionExpression when choosing to get",
                        HR_WORDS_SELECT[word]);
  if (word != HR_SELECT_WORD_SPECIFIC_ATTRIBUTES && has_projection)
    return fail_select (call, has_names ? "Cannot specify the AttributesToGet when choosing to get"
                                        : "Cannot specify the ProjectionExpression when choosing to get",
                        word == HR_SELECT_WORD_COUNT ? "only the Count" : HR_WORDS_SELECT[word]);
  if (word == HR_SELECT_WORD_ALL_PROJECTED_ATTRIBUTES && call->fields[layout->index_name] == NULL)
    return hr_call_fail (call, "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  return TRUE;
}

static void
read_common (HrApiCall *call, const PageLayout *layout, HrPageRequest *request)
{
  const HrJson *const *fields = call->fields;

  request->table = hr_field_get_table_name (fields[layout->table_name], call->arena);
  request->index = hr_field_get_string (fields[layout->index_name], call->arena);
  request->limit = (guint) MIN (hr_field_get_integer (fields[layout->limit], 0), (gint64) G_MAXINT32);
  request->consistent = hr_field_get_boolean (fields[layout->consistent_read], FALSE);
}

static gboolean
read_expressions (HrApiCall *call, const PageLayout *layout, HrPageRequest *request)
{
  HrExpressions expressions = { .condition = request->filter, .projection = request->projection };

  if (!hr_call_compile (call, call->fields, &layout->rows, &expressions))
    return FALSE;
  request->key_condition = expressions.key_condition;
  request->filter = expressions.condition;
  request->projection = expressions.projection;
  return TRUE;
}

static gboolean
read_legacy_filter (HrApiCall *call, const PageLayout *layout, HrPageRequest *request)
{
  request->is_legacy_filter = call->fields[layout->legacy_filter] != NULL;
  return hr_call_read_filter (call, call->fields[layout->legacy_filter],
                              call->fields[layout->conditional_operator], &request->filter);
}

static gboolean
read_attributes_to_get (HrApiCall *call, const PageLayout *layout, HrPageRequest *request)
{
  return hr_call_read_attributes_to_get (call, call->fields[layout->attributes_to_get], &request->projection);
}

static gboolean
run_page (HrApiCall *call, const HrPageRequest *request)
{
  HrBuffer *out = call->out;
  HrPage page = { 0 };

  if (!hr_engine_read_page (call->api->engine, request, &call->engine, &page, call->error))
    return FALSE;

  hr_buffer_append_char (out, '{');
  if (!request->has_select || request->select != HR_SELECT_COUNT)
    {
      hr_write_member (out, "Items");
      hr_buffer_append_char (out, '[');
      for (guint i = 0; i < page.count; i++)
        {
          hr_write_comma (out);
          hr_item_to_json (&page.items[i], FALSE, out);
        }
      hr_buffer_append_char (out, ']');
    }
  hr_write_integer_member (out, "Count", page.count);
  hr_write_integer_member (out, "ScannedCount", page.scanned);
  if (page.has_last_key)
    {
      hr_write_member (out, "LastEvaluatedKey");
      hr_item_to_json (&page.last_key, FALSE, out);
    }
  hr_call_write_capacity (call);
  hr_buffer_append_char (out, '}');
  return TRUE;
}

gboolean
hr_operation_query (HrApiCall *call)
{
  const HrJson *const *fields = call->fields;
  HrPageRequest request = { .backward = !hr_field_get_boolean (fields[QUERY_FORWARD], TRUE) };

  if (!hr_call_begin (call, QUERY_CAPACITY)
      || !hr_call_check_parameters (call, &HR_SHAPE_QUERY, fields, &query_layout.rows)
      || !read_legacy_filter (call, &query_layout, &request)
      || !read_attributes_to_get (call, &query_layout, &request)
      || !read_start_key (call, fields[QUERY_START_KEY], &request))
    return FALSE;
  if (fields[QUERY_KEY_CONDITION] == NULL && fields[QUERY_KEY_CONDITIONS] == NULL)
    return hr_call_fail (call,
                         "Either the KeyConditions or KeyConditionExpression parameter must be specified in "
                         "the request.");
  if (!read_expressions (call, &query_layout, &request)
      || !hr_call_read_key_conditions (call, fields[QUERY_KEY_CONDITIONS], &request.key_condition)
      || !read_select (call, &query_layout, &request))
    return FALSE;

  read_common (call, &query_layout, &request);
  return run_page (call, &request);
}

static gboolean
read_segments (HrApiCall *call, HrPageRequest *request)
{
  const HrJson *segment = call->fields[SCAN_SEGMENT];
  const HrJson *total = call->fields[SCAN_TOTAL_SEGMENTS];

  if (segment != NULL && total == NULL)
    return hr_call_fail (call,
                         "The TotalSegments parameter is required but was not present in the request when "
                         "Segment parameter is present");
  if (segment == NULL && total != NULL)
    return hr_call_fail (
        call, "The Segment parameter is required but was not present in the request when parameter "
              "TotalSegments is present");

  request->segment = (guint) hr_field_get_integer (segment, 0);
  request->total_segments = (guint) hr_field_get_integer (total, 0);
  if (total != NULL && request->segment >= request->total_segments)
    return hr_call_fail (call,
                         "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                         "Segment: %u is not less than TotalSegments: %u",
                         request->segment, request->total_segments);
  return TRUE;
}

gboolean
hr_operation_scan (HrApiCall *call)
{
  const HrJson *const *fields = call->fields;
  HrPageRequest request = { 0 };

  if (!hr_call_begin (call, SCAN_CAPACITY)
      || !hr_call_check_parameters (call, &HR_SHAPE_SCAN, fields, &scan_layout.rows)
      || !read_attributes_to_get (call, &scan_layout, &request)
      || !read_legacy_filter (call, &scan_layout, &request)
      || !read_start_key (call, fields[SCAN_START_KEY], &request) || !read_segments (call, &request)
      || !read_expressions (call, &scan_layout, &request) || !read_select (call, &scan_layout, &request))
    return FALSE;

  read_common (call, &scan_layout, &request);
  return run_page (call, &request);
}
