/*
 * The databases behind the endpoint, and commits that several requests share.
 *
 * A commit to a file waits for the disk, whatever it holds; so requests that are ready together are written
 * in one transaction, each on a savepoint of its own (which the engine makes for every write), and committed
 * once. When that commit fails, none of them has happened.
 */

#include "app/endpoint/databases.h"

#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/sweep.h"

/* So many engines stay small enough to be kept open. */
#define DATABASES_MAX 64
#define NAME_BYTES_MAX 100
/* Rows of a step of sweeping: so few that nobody notices. */
#define SWEEP_ROWS 100

struct _HrDatabases
{
  HrDatabasesOptions options;
  char *path;
  GPtrArray *databases; /* HrDatabase */
  GHashTable *by_name;  /* "KEY.REGION" → HrDatabase, of databases; separate ones only */
};

static void
database_free (gpointer data)
{
  HrDatabase *self = data;

  hr_engine_close (self->api.engine);
  hr_token_cache_free (self->api.tokens);
  g_free (self);
}

static HrDatabase *
add_database (HrDatabases *self, HrEngine *engine)
{
  HrDatabase *database = g_new0 (HrDatabase, 1);

  database->api.engine = engine;
  database->api.tokens = hr_token_cache_new (NULL);
  database->shares_commits = self->path != NULL;
  g_ptr_array_add (self->databases, database);
  return database;
}

static HrDatabase *
open_database (HrDatabases *self, const char *path, GError **error)
{
  const HrEngineOptions options = {
    .synchronous = self->options.sync,
    .has_checkpointer = TRUE,
    .ttl_delay_s = self->options.ttl_delay_s,
    .is_swept = TRUE,
    .status_delay_ms = self->options.status_delay_ms,
  };
  g_autoptr (HrEngine) engine = hr_engine_open (path, &options, error);

  /* what a model brings is ready from the start */
  if (engine == NULL
      || (self->options.seed != NULL
          && (!self->options.seed (engine, self->options.seed_data, error)
              || !hr_engine_finish_changes (engine, error))))
    return NULL;
  return add_database (self, g_steal_pointer (&engine));
}

HrDatabases *
hr_databases_new (const HrDatabasesOptions *options, GError **error)
{
  g_autoptr (HrDatabases) self = g_new0 (HrDatabases, 1);

  self->options = *options;
  self->path = g_strdup (options->path);
  self->databases = g_ptr_array_new_with_free_func (database_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (options->engine != NULL)
    add_database (self, options->engine);
  else if (!options->per_credentials && open_database (self, self->path, error) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
hr_databases_free (HrDatabases *self)
{
  if (self == NULL)
    return;
  if (self->options.engine != NULL)
    ((HrDatabase *) g_ptr_array_index (self->databases, 0))->api.engine = NULL;
  g_ptr_array_unref (self->databases);
  g_hash_table_unref (self->by_name);
  g_free (self->path);
  g_free (self);
}

gboolean
hr_databases_are_separate (const HrDatabases *self)
{
  return self->options.per_credentials && self->options.engine == NULL;
}

/* A part of a file's name: letters and digits as they are, the rest as %XX. */
static void
append_part (GString *name, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isalnum (text[i]) || text[i] == '-' || text[i] == '_')
      g_string_append_c (name, text[i]);
    else
      g_string_append_printf (name, "%%%02X", (guchar) text[i]);
}

static HrDatabase *
open_named (HrDatabases *self, const char *name, GError **error)
{
  g_autofree char *path = self->path != NULL ? g_strconcat (self->path, ".", name, NULL) : NULL;
  HrDatabase *database;

  if (strlen (name) > NAME_BYTES_MAX || self->databases->len >= DATABASES_MAX)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED,
                   _ ("Each access key and region has a database of its own, at most %d of them, with names of "
                      "at most %d bytes: use one that is there."),
                   DATABASES_MAX, NAME_BYTES_MAX);
      return NULL;
    }
  database = open_database (self, path, error);
  if (database != NULL)
    g_hash_table_insert (self->by_name, g_strdup (name), database);
  return database;
}

HrDatabase *
hr_databases_find (HrDatabases *self, const HrCredential *credential, GError **error)
{
  g_autoptr (GString) name = NULL;
  HrDatabase *database;

  if (!hr_databases_are_separate (self))
    return g_ptr_array_index (self->databases, 0);

  name = g_string_new (NULL);
  append_part (name, credential->key, credential->key_length);
  g_string_append_c (name, '.');
  append_part (name, credential->region, credential->region_length);
  database = g_hash_table_lookup (self->by_name, name->str);
  return database != NULL ? database : open_named (self, name->str, error);
}

gint64
hr_databases_get_sweep_pause_us (HrDatabases *self)
{
  gint64 pause_us = G_MAXINT64;

  for (guint i = 0; self->options.engine == NULL && i < self->databases->len; i++)
    {
      HrDatabase *database = g_ptr_array_index (self->databases, i);

      pause_us = MIN (pause_us, hr_engine_get_sweep_pause_us (database->api.engine));
    }
  return pause_us;
}

void
hr_databases_sweep (HrDatabases *self)
{
  for (guint i = 0; self->options.engine == NULL && i < self->databases->len; i++)
    {
      HrDatabase *database = g_ptr_array_index (self->databases, i);

      if (hr_engine_get_sweep_pause_us (database->api.engine) == 0)
        hr_engine_sweep (database->api.engine, SWEEP_ROWS, NULL, NULL); /* a failure is tried again */
    }
}

gboolean
hr_database_begin (HrDatabase *self)
{
  if (self->has_begun)
    return TRUE;
  self->has_begun = hr_engine_begin (self->api.engine, NULL);
  self->token_mark = hr_token_cache_get_mark (self->api.tokens);
  return self->has_begun;
}

guint
hr_databases_commit (HrDatabases *self)
{
  guint count = 0;

  for (guint i = 0; i < self->databases->len; i++)
    {
      HrDatabase *database = g_ptr_array_index (self->databases, i);

      if (!database->has_begun)
        continue;
      count++;
      database->has_begun = FALSE;
      database->has_failed = !hr_engine_commit (database->api.engine, NULL);
      if (database->has_failed)
        hr_token_cache_forget (database->api.tokens, database->token_mark);
    }
  return count;
}
