/*
 * Lists of outlines, and jobs that make them: what may be done on any thread.
 */
#include "app/session/session-private.h"

#include "model/exchange/native.h"

static HrSessionOutline *
session_outline_new (const HrOutlineOptions *options)
{
  HrSessionOutline *self = g_new0 (HrSessionOutline, 1);

  self->options = *options;
  self->options.table = g_strdup (options->table);
  self->options.index = g_strdup (options->index);
  self->options.filter = g_strdup (options->filter);
  self->options.paired_index = g_strdup (options->paired_index);
  return self;
}

static void
session_outline_free (gpointer data)
{
  HrSessionOutline *self = data;

  g_clear_pointer (&self->outline, hr_outline_free);
  g_free ((char *) self->options.table);
  g_free ((char *) self->options.index);
  g_free ((char *) self->options.filter);
  g_free ((char *) self->options.paired_index);
  g_free (self->definition);
  g_free (self);
}

gboolean
hr_session_outline_is_for (const HrSessionOutline *self, const HrOutlineOptions *options)
{
  return g_str_equal (self->options.table, options->table)
         && g_strcmp0 (self->options.index, options->index) == 0
         && g_strcmp0 (self->options.paired_index, options->paired_index) == 0
         && g_strcmp0 (self->options.filter, options->filter) == 0 && self->options.order == options->order
         && self->options.hidden_entities == options->hidden_entities
         && self->options.hides_left_out == options->hides_left_out;
}

HrSessionOutline *
hr_session_outlines_find (const GPtrArray *outlines, const HrOutlineOptions *options)
{
  for (guint i = 0; i < outlines->len; i++)
    if (hr_session_outline_is_for (g_ptr_array_index (outlines, i), options))
      return g_ptr_array_index (outlines, i);
  return NULL;
}

GPtrArray *
hr_session_outlines_new (void)
{
  return g_ptr_array_new_with_free_func (session_outline_free);
}

/* Jobs: outlines to be made, on any thread */

HrOutlineJob *
hr_outline_job_new (HrDocument *document)
{
  HrOutlineJob *self = g_new0 (HrOutlineJob, 1);

  self->document = g_object_ref (document);
  self->outlines = hr_session_outlines_new ();
  return self;
}

void
hr_outline_job_free (HrOutlineJob *self)
{
  g_ptr_array_unref (self->outlines);
  g_object_unref (self->document);
  g_free (self);
}

/* A table that the engine could not be given holds drafts only. */
gboolean
hr_session_is_stored (HrDocument *document, const char *table)
{
  return hr_engine_get_table (hr_document_get_engine (document), table) != NULL;
}

void
hr_session_outlines_add (GPtrArray *wanted, const HrOutlineOptions *options)
{
  if (hr_session_outlines_find (wanted, options) == NULL)
    g_ptr_array_add (wanted, session_outline_new (options));
}

void
hr_session_outlines_add_plain (GPtrArray *wanted, HrDocument *document)
{
  const HrModel *model = hr_document_get_model (document);

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrOutlineOptions options = { .table = ((HrTable *) g_ptr_array_index (model->tables, i))->name };

      if (hr_session_is_stored (document, options.table))
        hr_session_outlines_add (wanted, &options);
    }
}

HrOutlineJob *
hr_outline_job_new_plain (HrDocument *document)
{
  HrOutlineJob *self = hr_outline_job_new (document);

  hr_session_outlines_add_plain (self->outlines, document);
  return self;
}

static guint64
count_rows (const HrTableInfo *info, const HrOutlineOptions *options)
{
  for (guint i = 0; options->index != NULL && i < info->definition->indexes->len; i++)
    if (g_str_equal (((HrIndex *)g_ptr_array_index (info->definition->indexes, i))->name, options->index))
      return (guint64)info->indexes[i].item_count;
  return (guint64)info->item_count;
}

guint64
hr_outline_job_count_rows (HrOutlineJob *self)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrEngine *engine = hr_document_get_engine (self->document);
  HrCall call = { .arena = arena };
  guint64 n_rows = 0;

  for (guint i = 0; i < self->outlines->len; i++)
    {
      const HrOutlineOptions *options = &((HrSessionOutline *)g_ptr_array_index (self->outlines, i))->options;
      const HrTableInfo *info = hr_engine_describe_table (engine, options->table, &call);

      n_rows += info != NULL ? count_rows (info, options) : 0;
    }
  return n_rows;
}

gboolean
hr_outline_job_run (HrOutlineJob *self, HrProgress *progress, GError **error)
{
  const HrModel *model = hr_document_get_model (self->document);

  for (guint i = 0; i < self->outlines->len; i++)
    {
      HrSessionOutline *wanted = g_ptr_array_index (self->outlines, i);
      const HrTable *table = hr_model_find_table (model, wanted->options.table);

      wanted->outline =
          hr_outline_new (hr_document_get_engine (self->document), table, &wanted->options, progress, error);
      if (wanted->outline == NULL)
        return FALSE;
      wanted->definition = hr_native_print (HR_NATIVE_TABLE, table);
    }
  return TRUE;
}
