/*
 * A model's tables and items in a database.
 *
 * Rows are copied as they are stored, order of entry included. It happens wholly or not at all, so a table
 * that is there already has been filled, and what has become of it since is left alone.
 */

#include "app/endpoint/seed.h"

#include "app/cli/model-file.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/rows.h"

struct _HrSeed
{
  HrModelFile file;
};

typedef struct
{
  HrEngine *engine;
  const char *table;
  GError *error;
} Copy;

static gboolean
copy_row_cb (const HrRow *row, gpointer user_data)
{
  Copy *copy = user_data;

  return hr_engine_restore_row (copy->engine, copy->table, row, &copy->error);
}

static gboolean
copy_table (HrEngine *from, HrEngine *to, const HrTable *definition, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };
  Copy copy = { to, definition->name, NULL };

  if (!hr_engine_create_table (to, definition, &call, &service_error))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_STORE, _ ("table %s cannot be made: %s"), definition->name,
                   service_error.message);
      return FALSE;
    }
  if (!hr_engine_foreach_row (from, definition->name, copy_row_cb, &copy, error))
    {
      g_clear_error (&copy.error);
      return FALSE;
    }
  if (copy.error == NULL)
    return TRUE;
  g_propagate_error (error, copy.error);
  return FALSE;
}

static gboolean
copy_tables (HrDocument *document, HrEngine *engine, GError **error)
{
  const HrModel *model = hr_document_get_model (document);
  HrEngine *from = hr_document_get_engine (document);

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = g_ptr_array_index (model->tables, i);
      /* as the document's engine has it: without what makes no sense, and not at all when it has no keys */
      const HrTable *definition = hr_engine_get_table (from, table->name);

      if (definition != NULL && hr_engine_get_table (engine, table->name) == NULL
          && !copy_table (from, engine, definition, error))
        return FALSE;
    }
  return TRUE;
}

HrSeed *
hr_seed_open (const char *model, char **arguments)
{
  HrSeed *self = g_new0 (HrSeed, 1);

  if (hr_model_file_open (&self->file, "serve", model))
    return self;
  hr_seed_free (self);
  return NULL;
}

void
hr_seed_free (HrSeed *self)
{
  hr_model_file_clear (&self->file);
  g_free (self);
}

gboolean
hr_seed_apply (HrEngine *engine, gpointer seed, GError **error)
{
  HrSeed *self = seed;

  if (!hr_engine_begin (engine, error))
    return FALSE;
  if (copy_tables (self->file.document, engine, error))
    return hr_engine_commit (engine, error);
  hr_engine_rollback (engine, NULL);
  return FALSE;
}
