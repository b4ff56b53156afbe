/*
 * The model: everything in a project file but the items.
 *
 * A model is shared by reference between the document, its undo steps and whoever draws it, which is
 * safe because a shared model never changes.
 */
#include "model/schema/model.h"

#include "model/schema/definitions-private.h"

#include <string.h>

static gpointer
copy_table_cb (gconstpointer table, gpointer user_data)
{
  return hr_table_copy (table);
}

static gpointer
copy_pattern_cb (gconstpointer pattern, gpointer user_data)
{
  return hr_pattern_copy (pattern);
}

HrModel *
hr_model_new (const char *name)
{
  HrModel *self = g_new0 (HrModel, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_table_free);
  self->patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_pattern_free);
  return self;
}

HrModel *
hr_model_ref (HrModel *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hr_model_unref (HrModel *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_free (self->description);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->patterns);
  g_free (self->scenarios);
  g_free (self->lessons);
  hr_extras_free (self->extras);
  g_free (self);
}

HrModel *
hr_model_copy (const HrModel *self)
{
  HrModel *copy = g_new (HrModel, 1);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  copy->tables = hr_definitions_copy (self->tables, copy_table_cb);
  copy->patterns = hr_definitions_copy (self->patterns, copy_pattern_cb);
  copy->scenarios = g_strdup (self->scenarios);
  copy->lessons = g_strdup (self->lessons);
  copy->extras = hr_extras_copy (self->extras);
  return copy;
}

const HrTable *
hr_model_find_table (const HrModel *self, const char *name)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrTable *table = self->tables->pdata[i];

      if (strcmp (table->name, name) == 0)
        return table;
    }
  return NULL;
}

const HrPattern *
hr_model_find_pattern (const HrModel *self, const char *id)
{
  for (guint i = 0; i < self->patterns->len; i++)
    {
      const HrPattern *pattern = self->patterns->pdata[i];

      if (strcmp (pattern->id, id) == 0)
        return pattern;
    }
  return NULL;
}
