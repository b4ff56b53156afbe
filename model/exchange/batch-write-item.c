/*
 * Items as BatchWriteItem requests for `aws dynamodb batch-write-item --request-items file://…`.
 *
 * A request takes 25 puts and 16 MB, so a table becomes as many files as that needs, numbered with equal
 * width so that a shell's `*` lists them in order. Drafts are left out: the service would refuse them.
 */
#include "model/exchange/formats.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"

#include <string.h>

#define NUMBER_WIDTH 3 /* digits, at least */

typedef struct
{
  const HrTable *table;
  const HrCancel *cancel;
  GPtrArray *batches; /* GBytes */
  HrBuffer batch;     /* the one being filled */
  HrBuffer put;       /* the one being added */
  guint n_puts;       /* in the batch */
  guint n_drafts;
} Batches;

static const char batch_end[] = "\n  ]\n}\n";

static void
finish_batch (Batches *self)
{
  if (self->n_puts == 0)
    return;
  hr_buffer_append_string (&self->batch, batch_end);
  g_ptr_array_add (self->batches, hr_buffer_steal_bytes (&self->batch));
  self->n_puts = 0;
}

static void
add_put (Batches *self)
{
  gsize length = self->batch.length + self->put.length + strlen (batch_end) + strlen (",\n");

  if (self->n_puts == HR_LIMIT_BATCH_WRITE || length > HR_LIMIT_BATCH_BYTES)
    finish_batch (self);
  if (self->n_puts == 0)
    {
      hr_buffer_append_string (&self->batch, "{\n  ");
      hr_json_write_string (&self->batch, self->table->name, strlen (self->table->name));
      hr_buffer_append_string (&self->batch, ": [\n");
    }
  else
    hr_buffer_append_string (&self->batch, ",\n");
  hr_buffer_append (&self->batch, self->put.data, self->put.length);
  self->n_puts++;
}

static gboolean
add_entry_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Batches *self = user_data;

  if (hr_cancel_is_raised (self->cancel))
    return FALSE;
  if (draft != NULL)
    {
      self->n_drafts++;
      return TRUE;
    }
  hr_buffer_truncate (&self->put, 0);
  hr_buffer_append_string (&self->put, "    {\"PutRequest\": {\"Item\": ");
  hr_item_to_json (item, TRUE, &self->put);
  hr_buffer_append_string (&self->put, "}}");
  add_put (self);
  return TRUE;
}

static void
add_files (Batches *self, HrExport *export)
{
  g_autofree char *last = g_strdup_printf ("%u", self->batches->len);
  int width = MAX (NUMBER_WIDTH, (int) strlen (last));

  for (guint i = 0; i < self->batches->len; i++)
    {
      g_autofree char *suffix = g_strdup_printf (".batch-write-item-%0*u.json", width, i + 1);
      g_autofree char *name = hr_export_dup_file_name (export, self->table->name, suffix);

      hr_export_add (export, name, g_bytes_ref (self->batches->pdata[i]));
    }
}

static void
report_drafts (const Batches *self, HrDiagnostics *diagnostics)
{
  if (self->n_drafts > 0)
    hr_diagnostics_add (diagnostics, HR_SEVERITY_WARNING, "drafts-left-out", self->table->place,
                        ngettext_ ("Table %s: %u draft is left out, because the service would refuse it. "
                                   "A check of the model says why.",
                                   "Table %s: %u drafts are left out, because the service would refuse them. "
                                   "A check of the model says why.",
                                   self->n_drafts),
                        self->table->name, self->n_drafts);
}

static gboolean
export_table (HrDocument *document, const HrTable *table, HrExport *export, const HrCancel *cancel,
              GError **error)
{
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Batches self = { .table = table, .cancel = cancel, .batches = batches };
  gboolean done = hr_document_foreach_entry (document, table->name, add_entry_cb, &self, error);

  if (done && hr_cancel_is_raised (cancel))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_CANCELLED, _("Writing the items was cancelled."));
      done = FALSE;
    }
  if (done)
    {
      finish_batch (&self);
      add_files (&self, export);
      report_drafts (&self, export->diagnostics);
    }
  hr_buffer_clear (&self.batch);
  hr_buffer_clear (&self.put);
  return done;
}

static gboolean
export_document (HrDocument *document, HrExport *export, const HrCancel *cancel, GError **error)
{
  const HrModel *model = hr_document_get_model (document);

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = model->tables->pdata[i];

      /* Items belong to the first table of a name. */
      if (hr_model_find_table (model, table->name) == table
          && !export_table (document, table, export, cancel, error))
        return FALSE;
    }
  return TRUE;
}

/* Of an engine of its own: what a request names must be there. */
static gboolean
create_tables (HrEngine *engine, const HrModel *model)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  gboolean done = TRUE;

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = model->tables->pdata[i];
      HrServiceError error = HR_SERVICE_ERROR_INIT;

      if (hr_model_find_table (model, table->name) == table)
        done = hr_engine_create_table (engine, table, &call, &error) && done;
    }
  return done;
}

static char *
try_file (HrEngine *engine, const HrExportFile *file)
{
  g_auto (HrBuffer) body = HR_BUFFER_INIT;
  gsize length;
  const char *text = g_bytes_get_data (file->content, &length);

  hr_buffer_append_string (&body, "{\"RequestItems\": ");
  hr_buffer_append (&body, text, length);
  hr_buffer_append_char (&body, '}');
  return hr_export_try (engine, "BatchWriteItem", body.data, body.length, "UnprocessedItems");
}

static void
check (HrDocument *document, const HrExport *export, GPtrArray *checks)
{
  g_autoptr (HrEngine) engine = hr_engine_open (NULL, NULL, NULL);
  gboolean is_ready = create_tables (engine, hr_document_get_model (document));
  char *problem = is_ready ? NULL : g_strdup (_("A table of the model cannot be created."));
  guint i;

  for (i = 0; problem == NULL && i < export->files->len; i++)
    problem = try_file (engine, export->files->pdata[i]);
  hr_export_checks_add (checks, _("Runs on the local engine"), problem, i > 0 ? i - 1 : 0, 0);
}

static char *
describe_use (const char *file_name)
{
  g_autofree char *argument = hr_export_dup_file_argument (file_name);

  return g_strconcat ("aws dynamodb batch-write-item \\\n  --request-items \\\n  ", argument, NULL);
}

const HrExchangeFormat hr_batch_write_item_format = {
  .id = "batch-write-item",
  .title = N_("Items for the AWS CLI"),
  .description = N_("The items in files of 25: aws dynamodb batch-write-item --request-items file://NAME"),
  .name = N_("Items"),
  .kind = N_("JSON for batch-write-item"),
  .group = HR_EXCHANGE_ITEMS,
  .single_file = FALSE,
  .export_document = export_document,
  .check = check,
  .describe_use = describe_use,
};
