/*
 * UpdateContributorInsights, DescribeContributorInsights and ListContributorInsights.
 *
 * A setting of a table and of each of its global indexes, kept as a property: whether it is on, since when, and the
 * mode. What the service then measures has no place here.
 */
#include "model/api/operations.h"

#include <stdio.h>
#include <string.h>

static const char *const actions[] = { "ENABLE", "DISABLE", NULL };
static const char *const modes[] = { "ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS", NULL };

enum
{
  INSIGHTS_TABLE,
  INSIGHTS_INDEX,
  INSIGHTS_ACTION,
  INSIGHTS_MODE,
};

static const HrField describe_fields[] = {
  [INSIGHTS_TABLE] = HR_ROW_TABLE_NAME,
  [INSIGHTS_INDEX] = HR_ROW_INDEX_NAME,
};

static const HrField update_fields[] = {
  [INSIGHTS_TABLE] = HR_ROW_TABLE_NAME,
  [INSIGHTS_INDEX] = HR_ROW_INDEX_NAME,
  [INSIGHTS_ACTION] = { .name = "ContributorInsightsAction",
                        .kind = HR_FIELD_STRING,
                        .flags = HR_FIELD_REQUIRED,
                        .values = actions },
  [INSIGHTS_MODE] = HR_ROW_WORD ("ContributorInsightsMode", modes),
};

enum
{
  LIST_TABLE,
  LIST_TOKEN,
  LIST_MAX,
};

static const HrField list_fields[] = {
  [LIST_TABLE] = { .name = "TableName",
                   .kind = HR_FIELD_STRING,
                   .flags = HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_TABLE_NAME | HR_FIELD_ARN,
                   .min = 1,
                   .max = HR_LIMIT_TABLE_NAME_MAX },
  [LIST_TOKEN] = HR_ROW_STRING ("NextToken"),
  [LIST_MAX] = { .name = "MaxResults",
                 .kind = HR_FIELD_INTEGER,
                 .flags = HR_FIELD_MAX,
                 .max = HR_LIMIT_LIST_INSIGHTS },
};

const HrShape HR_SHAPE_DESCRIBE_CONTRIBUTOR_INSIGHTS = HR_SHAPE ("DescribeContributorInsightsInput", describe_fields);
const HrShape HR_SHAPE_UPDATE_CONTRIBUTOR_INSIGHTS = HR_SHAPE ("UpdateContributorInsightsInput", update_fields);
const HrShape HR_SHAPE_LIST_CONTRIBUTOR_INSIGHTS = HR_SHAPE ("ListContributorInsightsInput", list_fields);

typedef struct
{
  const HrTable *table;
  const char *index; /* or NULL */
  gboolean is_known; /* it was set once */
  gboolean is_on;
  guint mode;        /* into @modes */
  gint64 changed_us;
} Insights;

static const char *
get_property (HrApiCall *call, const char *index)
{
  return index == NULL ? "insights" : hr_arena_printf (call->arena, "insights/%s", index);
}

static void
read_stored (HrApiCall *call, Insights *self)
{
  const char *text = hr_engine_get_property (call->api->engine, self->table->name, get_property (call, self->index),
                                             &call->engine);
  int is_on = 0;

  self->is_known = text != NULL
                   && sscanf (text, "%d %u %" G_GINT64_FORMAT, &is_on, &self->mode, &self->changed_us) == 3
                   && self->mode < G_N_ELEMENTS (modes) - 1;
  self->is_on = self->is_known && is_on != 0;
}

static gboolean
find (HrApiCall *call, Insights *self)
{
  const char *name;
  const HrIndex *index;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  name = hr_field_get_table_name (call->fields[INSIGHTS_TABLE], call->arena);
  *self = (Insights) { .table = hr_engine_get_table (call->api->engine, name),
                       .index = hr_field_get_string (call->fields[INSIGHTS_INDEX], call->arena) };
  if (self->table == NULL)
    return hr_call_fail_no_table (call, name);
  index = self->index != NULL ? hr_table_find_index (self->table, self->index) : NULL;
  if (self->index != NULL && (index == NULL || index->kind != HR_INDEX_GLOBAL))
    return hr_service_error_set (call->error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                                 "Requested resource not found: Index %s for table %s", self->index, name);
  read_stored (call, self);
  return TRUE;
}

/* The members that all answers have. */
static void
write_insights (HrApiCall *call, const Insights *self, const char *status)
{
  hr_write_text_member (call->out, "TableName", self->table->name);
  if (self->index != NULL)
    hr_write_text_member (call->out, "IndexName", self->index);
  hr_write_text_member (call->out, "ContributorInsightsStatus", status);
  if (self->is_known)
    hr_write_text_member (call->out, "ContributorInsightsMode", modes[self->mode]);
}

gboolean
hr_operation_update_contributor_insights (HrApiCall *call)
{
  const HrJson *mode = call->fields[INSIGHTS_MODE];
  Insights self;

  if (!find (call, &self))
    return FALSE;
  self.is_on = hr_field_get_word (&update_fields[INSIGHTS_ACTION], call->fields[INSIGHTS_ACTION]) == 0;
  if (mode != NULL)
    self.mode = (guint) hr_field_get_word (&update_fields[INSIGHTS_MODE], mode);
  self.is_known = TRUE;
  if (!hr_engine_set_property (call->api->engine, self.table->name, get_property (call, self.index),
                               hr_arena_printf (call->arena, "%d %u %" G_GINT64_FORMAT, self.is_on, self.mode,
                                                hr_engine_get_time_us (call->api->engine)),
                               &call->engine, call->error))
    return FALSE;
  hr_buffer_append_char (call->out, '{');
  write_insights (call, &self, self.is_on ? "ENABLING" : "DISABLING");
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

static const char *
get_status (const Insights *self)
{
  return self->is_on ? "ENABLED" : "DISABLED";
}

/* Of the partition key and of the whole key, accesses and throttling. */
static void
write_rules (HrApiCall *call, const Insights *self)
{
  static const char *const kinds[] = { "PKC", "SKC", "PKT", "SKT" };
  const HrIndex *index = self->index != NULL ? hr_table_find_index (self->table, self->index) : NULL;
  gboolean has_sort_key = (index != NULL ? index->sort_key : self->table->sort_key)->len > 0;

  hr_write_member (call->out, "ContributorInsightsRuleList");
  hr_buffer_append_char (call->out, '[');
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i][0] == 'S' && !has_sort_key)
        continue;
      hr_write_comma (call->out);
      hr_buffer_printf (call->out, "\"DynamoDBContributorInsights-%s-%s-%" G_GINT64_FORMAT "\"", kinds[i],
                        self->table->name, self->changed_us / 1000);
    }
  hr_buffer_append_char (call->out, ']');
}

gboolean
hr_operation_describe_contributor_insights (HrApiCall *call)
{
  Insights self;

  if (!find (call, &self))
    return FALSE;
  hr_buffer_append_char (call->out, '{');
  write_insights (call, &self, get_status (&self));
  if (self.is_on)
    write_rules (call, &self);
  if (self.is_known)
    hr_write_time_member (call->out, "LastUpdateDateTime", self.changed_us);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

/* A page of what was set once: entries from @skip on, by table, each before its indexes. */
typedef struct
{
  HrApiCall *call;
  guint skip;
  guint limit;
  guint count; /* seen */
} Listing;

static void
list_one (Listing *self, const HrTable *table, const char *index)
{
  Insights insights = { .table = table, .index = index };
  guint position;

  read_stored (self->call, &insights);
  if (!insights.is_known)
    return;
  position = self->count++;
  if (position < self->skip || position >= self->skip + self->limit)
    return;
  hr_write_comma (self->call->out);
  hr_buffer_append_char (self->call->out, '{');
  write_insights (self->call, &insights, get_status (&insights));
  hr_buffer_append_char (self->call->out, '}');
}

static void
list_table (Listing *self, const HrTable *table)
{
  list_one (self, table, NULL);
  for (guint i = 0; i < table->indexes->len; i++)
    list_one (self, table, ((const HrIndex *) g_ptr_array_index (table->indexes, i))->name);
}

static gboolean
read_token (HrApiCall *call, guint *skip)
{
  const char *token = hr_field_get_string (call->fields[LIST_TOKEN], call->arena);
  guint64 value = 0;

  if (token != NULL && !g_ascii_string_to_unsigned (token, 10, 1, G_MAXINT32, &value, NULL))
    return hr_call_fail (call, "Invalid NextToken provided");
  *skip = (guint) value;
  return TRUE;
}

static void
list_all (Listing *self)
{
  HrEngine *engine = self->call->api->engine;
  const char **names;
  gboolean more;
  guint count;

  names = hr_engine_list_tables (engine, NULL, G_MAXUINT, &self->call->engine, &count, &more);
  for (guint i = 0; i < count; i++)
    list_table (self, hr_engine_get_table (engine, names[i]));
}

gboolean
hr_operation_list_contributor_insights (HrApiCall *call)
{
  const char *name = hr_field_get_table_name (call->fields[LIST_TABLE], call->arena);
  gint64 most = hr_field_get_integer (call->fields[LIST_MAX], 0);
  Listing self = { .call = call, .limit = most > 0 ? (guint) most : HR_LIMIT_LIST_INSIGHTS };
  const HrTable *table;

  if (!hr_call_begin (call, HR_NO_ROW) || !read_token (call, &self.skip))
    return FALSE;
  table = name != NULL ? hr_engine_get_table (call->api->engine, name) : NULL;
  if (name != NULL && table == NULL)
    return hr_call_fail_no_table (call, name);

  hr_buffer_append_string (call->out, "{\"ContributorInsightsSummaries\":[");
  if (table != NULL)
    list_table (&self, table);
  else
    list_all (&self);
  hr_buffer_append_char (call->out, ']');
  if (self.count > self.skip + self.limit)
    hr_write_text_member (call->out, "NextToken", hr_arena_printf (call->arena, "%u", self.skip + self.limit));
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
