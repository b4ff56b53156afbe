/*
 * Requests of the engine from text.
 */
#include "tests/engine/fixture.h"

#include <string.h>

#include "model/base/service-limits.h"
#include "model/value/codec.h"

static gint64
get_now_us (gpointer user_data)
{
  return ((Fixture *) user_data)->now_us;
}

static void
open_engine (Fixture *self, const char *path)
{
  const HrEngineOptions options = { .clock = self->clock.now_us != NULL ? &self->clock : NULL };
  g_autoptr (GError) error = NULL;

  self->engine = hr_engine_open (path, &options, &error);
  g_assert_no_error (error);
}

static Fixture *
make_fixture (const char *path, gint64 now_us)
{
  Fixture *self = g_new0 (Fixture, 1);

  if (now_us != 0)
    self->clock = (HrClock) { get_now_us, self };
  self->now_us = now_us;
  self->arena = hr_arena_new ();
  self->call.arena = self->arena;
  open_engine (self, path);
  return self;
}

Fixture *
fixture_new (const char *path)
{
  return make_fixture (path, 0);
}

Fixture *
fixture_new_at (const char *path, gint64 now_us)
{
  return make_fixture (path, now_us);
}

Fixture *
fixture_new_with (const char *path, const HrEngineOptions *options)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->arena = hr_arena_new ();
  self->call.arena = self->arena;
  self->engine = hr_engine_open (path, options, NULL);
  return self;
}

void
fixture_free (Fixture *self)
{
  hr_engine_close (self->engine);
  hr_arena_free (self->arena);
  g_free (self);
}

void
fixture_reopen (Fixture *self, const char *path)
{
  hr_engine_close (self->engine);
  open_engine (self, path);
}

static void
add_key (GPtrArray *attributes, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');
      HrType type;

      g_assert_true (hr_type_from_name (colon + 1, strlen (colon + 1), &type));
      *colon = '\0';
      g_ptr_array_add (attributes, hr_attribute_new (parts[i], type));
    }
}

HrTable *
fixture_table (const char *name, const char *partition_key, const char *sort_key)
{
  HrTable *table = hr_table_new (name);

  add_key (table->partition_key, partition_key);
  add_key (table->sort_key, sort_key);
  return table;
}

HrIndex *
fixture_add_index (HrTable *table, const char *name, HrIndexKind kind, const char *partition_key,
                   const char *sort_key, HrProjectionType projection)
{
  HrIndex *index = hr_index_new (name, kind);

  add_key (index->partition_key, partition_key);
  add_key (index->sort_key, sort_key);
  index->projection = projection;
  g_ptr_array_add (table->indexes, index);
  return index;
}

static HrCall *
begin_request (Fixture *self)
{
  self->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  self->capacity = (HrCapacity) { NULL, 0 };
  self->call.capacity = &self->capacity;
  return &self->call;
}

void
fixture_create (Fixture *self, HrTable *table)
{
  gboolean ok = hr_engine_create_table (self->engine, table, begin_request (self), &self->error);

  g_assert_cmpstr (self->error.message, ==, NULL);
  g_assert_true (ok);
  hr_table_free (table);
}

static const HrJson *
parse (Fixture *self, const char *json)
{
  const char *kept = hr_arena_strdup (self->arena, json);
  HrJsonError error = { NULL, 0, FALSE };
  const HrJson *tree = hr_json_parse (self->arena, kept, strlen (kept), HR_LIMIT_JSON_DEPTH, &error);

  g_assert_cmpstr (error.message, ==, NULL);
  return tree;
}

HrValue
fixture_item (Fixture *self, const char *json)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue item = { 0 };
  gboolean ok = hr_item_from_json (self->arena, parse (self, json), &item, &error);

  g_assert_cmpstr (error.message, ==, NULL);
  g_assert_true (ok);
  return item;
}

HrValue
fixture_item_quoted (Fixture *self, const char *json)
{
  g_autofree char *text = g_strdup (json);

  return fixture_item (self, g_strdelimit (text, "'", '"'));
}

char *
fixture_print (const HrValue *item)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  char *text;

  hr_item_to_json (item, FALSE, &out);
  text = hr_buffer_steal (&out, NULL);
  return g_strdelimit (text, "\"", '\'');
}

HrValue
fixture_text (Fixture *self, char letter, gsize length)
{
  char *text = hr_arena_alloc (self->arena, length);

  memset (text, letter, length);
  return hr_value_string (text, length);
}

static HrPlaceholders
placeholders (Fixture *self, const char *values)
{
  HrPlaceholders result = { 0 };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  g_autofree char *text = g_strdup (values);

  if (values != NULL)
    g_assert_true (hr_placeholders_from_json (&result, self->arena, NULL,
                                              parse (self, g_strdelimit (text, "'", '"')), &error));
  return result;
}

#define COMPILED(expression) \
  HrServiceError error = HR_SERVICE_ERROR_INIT; \
  gconstpointer compiled = (expression); \
  g_assert_cmpstr (error.message, ==, NULL); \
  g_assert_nonnull (compiled); \
  return compiled

const HrCondition *
fixture_condition (Fixture *self, HrExpressionKind kind, const char *text, const char *values)
{
  HrPlaceholders given = placeholders (self, values);

  COMPILED (hr_condition_compile (self->arena, kind, text, strlen (text), &given, &error));
}

const HrUpdate *
fixture_update (Fixture *self, const char *text, const char *values)
{
  HrPlaceholders given = placeholders (self, values);

  COMPILED (hr_update_compile (self->arena, text, strlen (text), &given, &error));
}

const HrProjection *
fixture_projection (Fixture *self, const char *text)
{
  HrPlaceholders given = { 0 };

  COMPILED (hr_projection_compile (self->arena, text, strlen (text), &given, &error));
}

const HrKeyCondition *
fixture_key_condition (Fixture *self, const char *text, const char *values)
{
  HrPlaceholders given = placeholders (self, values);

  COMPILED (hr_key_condition_compile (self->arena, text, strlen (text), &given, &error));
}

gboolean
fixture_write (Fixture *self, const HrWrite *write)
{
  gboolean ok = hr_engine_write (self->engine, write, begin_request (self), &self->result, &self->error);

  g_assert_cmpint (ok, ==, self->error.kind == HR_SERVICE_OK);
  return ok;
}

gboolean
fixture_put (Fixture *self, const char *table, const char *item)
{
  HrWrite write = { .kind = HR_WRITE_PUT, .table = table, .item = fixture_item_quoted (self, item) };

  return fixture_write (self, &write);
}

gboolean
fixture_delete (Fixture *self, const char *table, const char *key)
{
  HrWrite write = { .kind = HR_WRITE_DELETE, .table = table, .item = fixture_item_quoted (self, key) };

  return fixture_write (self, &write);
}

gboolean
fixture_update_item (Fixture *self, const char *table, const char *key, const char *update,
                     const char *values)
{
  HrWrite write = {
    .kind = HR_WRITE_UPDATE,
    .table = table,
    .item = fixture_item_quoted (self, key),
    .update = update != NULL ? fixture_update (self, update, values) : NULL,
  };

  return fixture_write (self, &write);
}

gboolean
fixture_get (Fixture *self, const char *table, const char *key, HrGetResult *result)
{
  HrGet get = { .table = table, .key = fixture_item_quoted (self, key) };

  return hr_engine_get (self->engine, &get, 1, FALSE, begin_request (self), result, &self->error);
}

gboolean
fixture_read (Fixture *self, const HrPageRequest *request)
{
  gboolean ok = hr_engine_read_page (self->engine, request, begin_request (self), &self->page, &self->error);

  g_assert_cmpint (ok, ==, self->error.kind == HR_SERVICE_OK);
  return ok;
}

static void
print_amount (HrBuffer *out, const char *name, guint64 halves, guint64 units)
{
  if (halves == 0 && units == 0)
    return;
  hr_buffer_printf (out, "%s%s", out->length > 0 ? ", " : "", name);
  if (halves > 0)
    hr_buffer_printf (out, " %g" "r", halves / 2.0);
  if (units > 0)
    hr_buffer_printf (out, " %" G_GUINT64_FORMAT "w", units);
}

char *
fixture_print_capacity (Fixture *self)
{
  HrBuffer out = HR_BUFFER_INIT;

  for (guint i = 0; i < self->capacity.n_tables; i++)
    {
      const HrTableCapacity *table = &self->capacity.tables[i];

      print_amount (&out, table->table, table->read_halves, table->write_units);
      for (guint j = 0; j < table->n_arms; j++)
        {
          g_assert_true (table->arms[j].read_halves + table->arms[j].write_units > 0);
          print_amount (&out, table->arms[j].name, table->arms[j].read_halves, table->arms[j].write_units);
        }
    }
  return hr_buffer_steal (&out, NULL);
}

char *
fixture_dump (Fixture *self, const char *table)
{
  HrBuffer out = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (hr_engine_dump_table (self->engine, table, &out, &error));
  return hr_buffer_steal (&out, NULL);
}

void
fixture_verify (Fixture *self, const char *table)
{
  g_autofree char *difference = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = hr_engine_verify_indexes (self->engine, table, &difference, &error);

  g_assert_cmpstr (difference, ==, NULL);
  g_assert_no_error (error);
  g_assert_true (ok);
}
