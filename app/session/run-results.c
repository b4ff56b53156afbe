/*
 * The results of a run as a list: items out of the responses, then writes out of the trace.
 */
#include "app/session/run-results.h"

#include <string.h>

#include "model/base/json-reader.h"
#include "model/partiql/partiql.h"
#include "model/value/codec.h"
#include "render/cell-text.h"

#define TEXT_CHARS_MAX 200

struct _HrResultRow
{
  GObject parent_instance;

  HrResultKind kind;
  guint64 number;
  char *key_text;
  char *text;
  char *table;
  char *index;
  gboolean starts_page;
  char *key_json; /* typed, or NULL without one */
  HrArena *arena; /* of the key; NULL until somebody asks for it */
  HrValue key;
};

G_DEFINE_FINAL_TYPE (HrResultRow, hr_result_row, G_TYPE_OBJECT)

static void
hr_result_row_finalize (GObject *object)
{
  HrResultRow *self = HR_RESULT_ROW (object);

  g_free (self->key_text);
  g_free (self->text);
  g_free (self->table);
  g_free (self->index);
  g_free (self->key_json);
  g_clear_pointer (&self->arena, hr_arena_free);
  G_OBJECT_CLASS (hr_result_row_parent_class)->finalize (object);
}

static void
hr_result_row_class_init (HrResultRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_result_row_finalize;
}

static void
hr_result_row_init (HrResultRow *self)
{
}

HrResultKind
hr_result_row_get_kind (HrResultRow *self)
{
  return self->kind;
}

guint64
hr_result_row_get_number (HrResultRow *self)
{
  return self->number;
}

const char *
hr_result_row_get_key_text (HrResultRow *self)
{
  return self->key_text;
}

const char *
hr_result_row_get_text (HrResultRow *self)
{
  return self->text;
}

const char *
hr_result_row_get_table (HrResultRow *self)
{
  return self->table;
}

const char *
hr_result_row_get_index (HrResultRow *self)
{
  return self->index;
}

gboolean
hr_result_row_starts_page (HrResultRow *self)
{
  return self->starts_page;
}

/* Few of very many rows are ever asked. */
const HrValue *
hr_result_row_get_key (HrResultRow *self)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *json;

  if (self->key_json == NULL || self->arena != NULL)
    return self->arena != NULL ? &self->key : NULL;
  self->arena = hr_arena_new ();
  json = hr_json_parse (self->arena, self->key_json, strlen (self->key_json), HR_JSON_DEPTH_CEILING, NULL);
  if (json == NULL || !hr_item_from_json (self->arena, json, &self->key, &error))
    self->key = hr_value_map (NULL, 0);
  return &self->key;
}

typedef struct
{
  GListStore *rows;
  const HrModel *model;
  const HrTable *table; /* of the item that is looked at, or NULL */
  const HrIndex *order; /* that the items were read from, or NULL */
  const char *index;    /* of the write that is looked at, or NULL */
  HrArena *arena;       /* of one response */
  guint max;
  guint64 n_returned;
  gboolean page_ended;
} Results;

static gboolean
is_among (GPtrArray *attributes, const HrMember *member)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (attributes, i);

      if (strlen (attribute->name) == member->name_length
          && memcmp (attribute->name, member->name, member->name_length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The keys of the table are said beside it, and so are those of the index that the items come from. */
static gboolean
is_key (const Results *self, const HrMember *member)
{
  return is_among (self->table->partition_key, member) || is_among (self->table->sort_key, member)
         || (self->order != NULL
             && (is_among (self->order->partition_key, member) || is_among (self->order->sort_key, member)));
}

static gboolean
is_prose (const HrValue *value)
{
  return value->type == HR_TYPE_S && memchr (value->bytes, ' ', value->length) != NULL;
}

static gboolean
is_plain (const HrValue *value)
{
  return value->type == HR_TYPE_S || value->type == HR_TYPE_N;
}

/* What people wrote says most, and the longer it is; then what is a text or number. */
static gboolean
says_more (const HrValue *value, const HrValue *other)
{
  if (is_prose (value))
    return !is_prose (other) || value->length > other->length;
  return is_plain (value) && !is_plain (other);
}

/* Of an item that was replaced, only what is other than before says something. */
static gboolean
is_news (const HrMember *member, const HrValue *before)
{
  const HrValue *old = before != NULL ? hr_map_get (before, member->name, member->name_length) : NULL;

  return old == NULL || !hr_value_equal (old, &member->value);
}

/* NULL when there are only keys, or no news. */
static const HrValue *
choose_value (const Results *self, const HrValue *item, const HrValue *before)
{
  const HrValue *best = NULL;

  for (guint i = 0; i < item->length; i++)
    {
      const HrMember *member = &item->members[i];

      if (is_key (self, member) || !is_news (member, before))
        continue;
      if (best == NULL || says_more (&member->value, best))
        best = &member->value;
    }
  return best;
}

/* @before: (nullable) */
static char *
dup_text (const Results *self, const HrValue *item, const HrValue *before)
{
  const HrValue *best = choose_value (self, item, before);

  if (best == NULL && before != NULL)
    best = choose_value (self, item, NULL);
  if (best == NULL)
    return g_strdup ("");
  if (best->type == HR_TYPE_S)
    {
      g_autofree char *text = g_utf8_make_valid (best->bytes, best->length);

      g_strdelimit (text, "\n\r\t", ' ');
      return g_utf8_substring (text, 0, MIN (TEXT_CHARS_MAX, g_utf8_strlen (text, -1)));
    }
  return hr_cell_dup_text (best);
}

static void
take_key_text (HrResultRow *row, const HrValue *value)
{
  g_free (row->key_text);
  row->key_text = hr_cell_dup_text (value);
}

/* What comes from an index comes in the order of its sort key. */
static void
take_index_key (HrResultRow *row, const HrIndex *index, const HrValue *item)
{
  const HrAttribute *last = index->sort_key->len > 0 ? index->sort_key->pdata[index->sort_key->len - 1] : NULL;
  const HrValue *value = last != NULL ? hr_map_get (item, last->name, strlen (last->name)) : NULL;

  if (value != NULL)
    take_key_text (row, value);
}

static void
take_key (HrResultRow *row, const HrTable *table, const HrValue *item)
{
  const HrAttribute *attributes[] = { hr_table_get_partition_key (table), hr_table_get_sort_key (table) };
  HrBuffer text = HR_BUFFER_INIT;
  HrMember members[2];
  HrValue key;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (attributes) && attributes[i] != NULL; i++)
    {
      const HrValue *value = hr_map_get (item, attributes[i]->name, strlen (attributes[i]->name));

      if (value == NULL)
        return;
      members[n++] = (HrMember) { attributes[i]->name, strlen (attributes[i]->name), *value };
      take_key_text (row, value);
    }
  hr_members_sort (members, n);
  key = hr_value_map (members, n);
  hr_item_to_json (&key, FALSE, &text);
  row->key_json = hr_buffer_steal (&text, NULL);
}

static gboolean
is_full (const Results *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows)) >= self->max;
}

static void
add_row (Results *self, HrResultKind kind, const HrValue *item, const HrValue *before)
{
  HrResultRow *row;

  if (kind == HR_RESULT_RETURNED)
    self->n_returned++;
  if (self->table == NULL || is_full (self))
    return;
  row = g_object_new (HR_TYPE_RESULT_ROW, NULL);
  row->kind = kind;
  row->number = self->n_returned;
  row->key_text = g_strdup ("");
  row->text = dup_text (self, item, before);
  row->table = g_strdup (self->table->name);
  row->index = g_strdup (self->index);
  row->starts_page = self->page_ended;
  self->page_ended = FALSE;
  take_key (row, self->table, item);
  if (self->order != NULL)
    take_index_key (row, self->order, item);
  g_list_store_append (self->rows, row);
  g_object_unref (row);
}

static void
add_item (Results *self, const HrJson *json)
{
  HrServiceError error = { 0 };
  HrValue item;

  if (json->type == HR_JSON_OBJECT && hr_item_from_json (self->arena, json, &item, &error))
    add_row (self, HR_RESULT_RETURNED, &item, NULL);
}

static void
add_items (Results *self, const HrJson *list)
{
  for (guint i = 0; list != NULL && list->type == HR_JSON_ARRAY && i < list->length; i++)
    add_item (self, &list->elements[i]);
}

/* The table, and for a read the index, that a request or a part of one is about: by name, or in a statement. */
static void
look_up (Results *self, const HrJson *object)
{
  const HrJson *name = hr_json_get (object, "TableName");
  const HrJson *index = hr_json_get (object, "IndexName");
  const HrJson *statement = hr_json_get (object, "Statement");
  HrPartiqlSource source = { hr_json_dup_string (name, self->arena), hr_json_dup_string (index, self->arena), TRUE };

  if (statement != NULL && statement->type == HR_JSON_STRING
      && !hr_partiql_find_source (self->arena, statement->text, statement->length, &source))
    return;
  self->table = source.table != NULL ? hr_model_find_table (self->model, source.table) : NULL;
  self->order = self->table != NULL && source.index != NULL ? hr_table_find_index (self->table, source.index) : NULL;
}

/* What the answer at @position is to: {"Get": {…}} of a transaction, or a statement. */
static void
look_up_part (Results *self, const HrJson *request, guint position)
{
  static const char *const lists[] = { "TransactItems", "TransactStatements", "Statements" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const HrJson *list = hr_json_get (request, lists[i]);
      const HrJson *part = list != NULL && list->type == HR_JSON_ARRAY && position < list->length
                               ? &list->elements[position] : NULL;
      const HrJson *get = part != NULL ? hr_json_get (part, "Get") : NULL;

      if (part != NULL)
        look_up (self, get != NULL ? get : part);
    }
}

/* {"Responses": {"table": […]}} of a batch, {"Responses": [{"Item": …}]} of what has parts. */
static void
add_responses (Results *self, const HrJson *request, const HrJson *responses)
{
  for (guint i = 0; responses->type == HR_JSON_ARRAY && i < responses->length; i++)
    {
      const HrJson *item = hr_json_get (&responses->elements[i], "Item");

      look_up_part (self, request, i);
      if (item != NULL)
        add_item (self, item);
    }
  for (guint i = 0; responses->type == HR_JSON_OBJECT && i < responses->length; i++)
    {
      const HrJsonMember *member = &responses->members[i];
      const char *name = hr_arena_strndup (self->arena, member->name, member->name_length);

      self->table = hr_model_find_table (self->model, name);
      add_items (self, &member->value);
    }
}

static void
add_response (Results *self, const char *request_text, const char *text)
{
  const HrJson *request, *response, *item, *responses;

  hr_arena_reset (self->arena);
  request = hr_json_parse (self->arena, request_text, strlen (request_text), HR_JSON_DEPTH_CEILING, NULL);
  response = hr_json_parse (self->arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  if (request == NULL || response == NULL)
    return;
  look_up (self, request);
  add_items (self, hr_json_get (response, "Items"));
  item = hr_json_get (response, "Item");
  if (item != NULL)
    add_item (self, item);
  responses = hr_json_get (response, "Responses");
  if (responses != NULL)
    add_responses (self, request, responses);
  if (hr_json_get (response, "LastEvaluatedKey") != NULL || hr_json_get (response, "NextToken") != NULL)
    self->page_ended = TRUE;
}

static void
add_step (Results *self, const HrStepRun *step)
{
  self->page_ended = FALSE;
  for (guint i = 0; i < step->responses->len && !is_full (self); i++)
    add_response (self, g_ptr_array_index (step->requests, i), g_ptr_array_index (step->responses, i));
}

static void
add_writes (Results *self, const HrTrace *trace, gboolean of_indexes)
{
  self->page_ended = FALSE;
  self->order = NULL;
  for (guint i = 0; i < hr_trace_get_count (trace); i++)
    {
      const HrTraceEvent *event = hr_trace_get (trace, i);

      if (event->kind != HR_TRACE_WRITE || (event->index != NULL) != of_indexes)
        continue;
      self->index = event->index;
      self->table = hr_model_find_table (self->model, event->table);
      if (event->after == NULL && event->before != NULL)
        add_row (self, HR_RESULT_DELETED, event->before, NULL);
      else if (event->after != NULL)
        add_row (self, event->before == NULL ? HR_RESULT_INSERTED : HR_RESULT_REPLACED, event->after, event->before);
    }
}

GListStore *
hr_run_results_new (const HrPatternRun *run, const HrModel *model, guint max)
{
  Results results = { .rows = g_list_store_new (HR_TYPE_RESULT_ROW), .model = model, .max = max };

  results.arena = hr_arena_new ();
  for (guint i = 0; i < run->steps->len; i++)
    add_step (&results, g_ptr_array_index (run->steps, i));
  if (run->trace != NULL)
    {
      add_writes (&results, run->trace, FALSE);
      add_writes (&results, run->trace, TRUE);
    }
  hr_arena_free (results.arena);
  return results.rows;
}
