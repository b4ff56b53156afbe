/*
 * Any bytes as a statement, on a table with a global and a local index.
 *
 * A SELECT must find what a scan with the same condition finds, in one go and item by item, whatever it was taken
 * apart into. A statement that writes is carried out and taken back. Errors must name a place inside the text.
 */
#include "model/partiql/partiql-private.h"

#include "model/partiql/lexer.h"
#include "model/value/codec.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

typedef struct
{
  HrEngine *engine;
  HrArena *kept; /* for the parameters */
  HrArena *arena;
  HrValue *parameters;
  guint n_parameters;
} Scene;

/* The scene */

/* ' stands for ". */
static const char *const items[] = {
  "{'pk': {'S': 'a'}, 'sk': {'N': '1'}, 'g': {'S': 'x'}, 'l': {'S': 'k'}, 'n': {'N': '1'}, 'p': {'S': 'p1'}}",
  "{'pk': {'S': 'a'}, 'sk': {'N': '2'}, 'g': {'S': 'y'}, 's': {'S': 'text'}, 'p': {'BOOL': true}}",
  "{'pk': {'S': 'a'}, 'sk': {'N': '-3.5'}, 'l': {'S': 'j'}, 'm': {'M': {'x': {'L': [{'N': '7'}]}}}}",
  "{'pk': {'S': 'b'}, 'sk': {'N': '1'}, 'g': {'S': 'x'}, 'ss': {'SS': ['a', 'b']}, 'z': {'NULL': true}}",
  "{'pk': {'S': 'b'}, 'sk': {'N': '20'}, 'l': {'S': 'k'}, 'ns': {'NS': ['1', '2']}, 'n': {'N': '2'}}",
  "{'pk': {'S': 'c'}, 'sk': {'N': '0'}, 'g': {'S': 'x'}, 'n': {'S': 'one'}}",
};

static const char parameters[] = "[{'S': 'a'}, {'N': '1'}, {'BOOL': true}, {'SS': ['c']}, {'L': [{'S': 'x'}]},"
                                 " {'M': {'pk': {'S': 'd'}, 'sk': {'N': '1'}}}, {'B': 'AQI='}, {'NULL': true}]";

static void
add_index (HrTable *table, const char *name, HrIndexKind kind, const char *partition_key, const char *sort_key)
{
  HrIndex *index = hr_index_new (name, kind);

  g_ptr_array_add (index->partition_key, hr_attribute_new (partition_key, HR_TYPE_S));
  if (sort_key != NULL)
    g_ptr_array_add (index->sort_key, hr_attribute_new (sort_key, HR_TYPE_S));
  index->projection = HR_PROJECT_INCLUDE;
  g_ptr_array_add (index->included, g_strdup ("p"));
  g_ptr_array_add (table->indexes, index);
}

static const HrJson *
parse (HrArena *arena, const char *quoted)
{
  char *text = g_strdelimit (hr_arena_strdup (arena, quoted), "'", '"');
  const HrJson *json = hr_json_parse (arena, text, strlen (text), 64, NULL);

  g_assert_nonnull (json);
  return json;
}

static void
fill (Scene *self)
{
  g_autoptr (HrTable) table = hr_table_new ("tab");
  HrCall call = { .arena = self->arena };
  const HrJson *list = parse (self->kept, parameters);

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_N));
  add_index (table, "glo", HR_INDEX_GLOBAL, "g", NULL);
  add_index (table, "loc", HR_INDEX_LOCAL, "pk", "l");
  g_assert_true (hr_engine_create_table (self->engine, table, &call, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrWrite write = { .kind = HR_WRITE_PUT, .table = "tab" };
      HrWriteResult result;
      gboolean ok = hr_item_from_json (self->arena, parse (self->arena, items[i]), &write.item, &error);

      g_assert_true (ok && hr_engine_write (self->engine, &write, &call, &result, &error));
    }
  self->n_parameters = list->length;
  self->parameters = hr_arena_array (self->kept, HrValue, list->length);
  for (guint i = 0; i < list->length; i++)
    {
      gboolean ok = hr_value_from_json (self->kept, &list->elements[i], &self->parameters[i], NULL);

      g_assert_true (ok);
    }
}

static Scene *
get_scene (void)
{
  static Scene scene;

  if (scene.engine == NULL)
    {
      scene.engine = hr_engine_open (NULL, &(HrEngineOptions) { .clock = NULL }, NULL);
      scene.kept = hr_arena_new ();
      scene.arena = hr_arena_new ();
      fill (&scene);
    }
  hr_arena_reset (scene.arena);
  return &scene;
}

/* Reading */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
new_texts (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static void
add_texts (GPtrArray *texts, const HrValue *found, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      HrBuffer text = HR_BUFFER_INIT;

      hr_item_to_json (&found[i], FALSE, &text);
      g_ptr_array_add (texts, hr_buffer_steal (&text, NULL));
    }
}

static void
assert_same (GPtrArray *a, GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    g_assert_cmpstr (a->pdata[i], ==, b->pdata[i]);
}

/* All pages of the statement. FALSE when it cannot be carried out. */
static gboolean
read_all (Scene *self, const HrPartiql *statement, guint limit, GPtrArray *texts)
{
  HrPartiqlReadOptions options = { .limit = limit };
  HrPartiqlPage page;
  guint n_pages = 0;

  do
    {
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrCall call = { .arena = self->arena };

      if (!hr_partiql_read (statement, self->engine, &options, &call, &page, &error))
        {
          g_assert_true (n_pages == 0 && error.kind != HR_SERVICE_OK && error.kind != HR_SERVICE_INTERNAL);
          return FALSE;
        }
      g_assert_cmpuint (page.count, <=, page.scanned);
      g_assert_true (limit == 0 || page.scanned <= limit);
      add_texts (texts, page.items, page.count);
      options.next_token = page.next_token;
      options.next_token_length = page.next_token != NULL ? strlen (page.next_token) : 0;
      g_assert_cmpuint (++n_pages, <, 200);
    }
  while (page.next_token != NULL);
  return TRUE;
}

/* What the condition finds when nobody plans anything. */
static gboolean
scan_all (Scene *self, const HrPartiql *statement, GPtrArray *texts)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = self->arena };
  HrPageRequest request = {
    .table = hr_partiql_get_table (statement),
    .index = hr_partiql_get_index (statement),
    .filter = statement->where != NULL ? hr_condition_new (self->arena, statement->where) : NULL,
    .projection = statement->projection,
    .is_select_statement = TRUE,
  };
  HrPage page;

  if (!hr_engine_read_page (self->engine, &request, &call, &page, &error))
    return FALSE;
  add_texts (texts, page.items, page.count);
  return TRUE;
}

static void
run_select (Scene *self, const HrPartiql *statement)
{
  g_autoptr (GPtrArray) whole = new_texts ();
  g_autoptr (GPtrArray) single = new_texts ();
  g_autoptr (GPtrArray) scanned = new_texts ();

  if (!read_all (self, statement, 0, whole))
    return;
  g_assert_true (read_all (self, statement, 1, single));
  assert_same (whole, single);
  g_assert_true (scan_all (self, statement, scanned));
  g_ptr_array_sort (whole, compare_texts);
  g_ptr_array_sort (scanned, compare_texts);
  assert_same (whole, scanned);
}

/* Writing */

static void
run_write (Scene *self, const HrPartiql *statement, const HrTable *table)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = self->arena };
  HrWriteResult result;
  HrWrite write;
  gboolean ok;

  if (!hr_partiql_to_write (statement, table, self->arena, &write, &error))
    {
      g_assert_cmpint (error.kind, ==, HR_SERVICE_VALIDATION);
      return;
    }
  ok = hr_engine_begin (self->engine, NULL);
  g_assert_true (ok);
  if (!hr_engine_transact_write (self->engine, &write, 1, &call, &error))
    g_assert_true (error.kind != HR_SERVICE_OK && error.kind != HR_SERVICE_INTERNAL);
  ok = hr_engine_rollback (self->engine, NULL);
  g_assert_true (ok);
  if (write.kind == HR_WRITE_CHECK)
    return;

  error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  ok = hr_engine_begin (self->engine, NULL);
  g_assert_true (ok);
  if (!hr_engine_write (self->engine, &write, &call, &result, &error))
    g_assert_true (error.kind != HR_SERVICE_OK && error.kind != HR_SERVICE_INTERNAL);
  ok = hr_engine_rollback (self->engine, NULL);
  g_assert_true (ok);
}

static void
check_tokens (Scene *self, const char *text, gsize length)
{
  HrRange bad = { 0, 0 };
  const HrPartiqlToken *tokens = hr_partiql_tokenize (self->arena, text, length, &bad);
  guint32 end = 0;

  g_assert_true (bad.start <= bad.end && bad.end <= length);
  for (; tokens != NULL && tokens->type != HR_PARTIQL_TOKEN_END; tokens++)
    {
      g_assert_true (end <= tokens->range.start && tokens->range.start < tokens->range.end
                     && tokens->range.end <= length);
      end = tokens->range.end;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Scene *scene = get_scene ();
  const char *text = (const char *) data;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrPartiql *statement;
  const HrTable *table;

  check_tokens (scene, text, size);
  statement = hr_partiql_prepare (scene->arena, text, size, scene->parameters, scene->n_parameters, &error);
  if (statement == NULL)
    {
      g_assert_cmpint (error.kind, ==, HR_SERVICE_VALIDATION);
      g_assert_true (!error.has_range || hr_range_is_none (error.range)
                     || (error.range.start <= error.range.end && error.range.end <= size));
      return 0;
    }
  table = hr_engine_get_table (scene->engine, hr_partiql_get_table (statement));
  if (hr_partiql_is_select (statement))
    run_select (scene, statement);
  else if (table != NULL)
    run_write (scene, statement, table);
  return 0;
}
