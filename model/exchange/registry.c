/*
 * The registry of formats: one row each. And what an export is made of.
 */
#include "model/exchange/formats.h"

#include <string.h>

#define SCORE_CERTAIN 100

/* On equal recognition the first one wins. */
static const HrExchangeFormat *const formats[] = {
  &hr_native_format,
  &hr_create_table_format,
  &hr_batch_write_item_format,
};

guint
hr_exchange_get_count (void)
{
  return G_N_ELEMENTS (formats);
}

const HrExchangeFormat *
hr_exchange_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (formats), NULL);
  return formats[index];
}

const HrExchangeFormat *
hr_exchange_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i]->id, id) == 0)
      return formats[i];
  return NULL;
}

const HrExchangeFormat *
hr_exchange_recognise (const char *text, gsize length, const char *name)
{
  const HrExchangeFormat *best = NULL;
  int best_score = 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats) && best_score < SCORE_CERTAIN; i++)
    {
      int score = formats[i]->import != NULL ? formats[i]->recognise (text, length, name) : 0;

      if (score > best_score)
        {
          best = formats[i];
          best_score = score;
        }
    }
  return best;
}

static void
file_free (gpointer data)
{
  HrExportFile *file = data;

  g_free (file->name);
  g_bytes_unref (file->content);
  g_free (file);
}

HrExport *
hr_export_new (void)
{
  HrExport *self = g_new (HrExport, 1);

  self->files = g_ptr_array_new_with_free_func (file_free);
  self->diagnostics = hr_diagnostics_new ();
  return self;
}

void
hr_export_add (HrExport *self, const char *name, GBytes *content)
{
  HrExportFile *file = g_new (HrExportFile, 1);

  file->name = g_strdup (name);
  file->content = content;
  g_ptr_array_add (self->files, file);
}

void
hr_export_free (HrExport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->files);
  hr_diagnostics_free (self->diagnostics);
  g_free (self);
}
