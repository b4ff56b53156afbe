/*
 * From one set of tables to another.
 *
 * A table that keeps its name and primary key is changed in place. Any other whose definition differs is deleted and
 * created anew, and the rows that are in it at that moment are carried over with their ordinals. Both are their own
 * inverse: the changes around them take out what fits only one of the two definitions, so whatever is there fits both,
 * and no image of it has to be kept.
 * A table that vanishes while one with another name and the same primary key stands in its place was renamed.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/bulk.h"

/* The first table of a name is the one that counts. */
static gboolean
is_first_of_name (const HrModel *model, const HrTable *table)
{
  return hr_model_find_table (model, table->name) == table;
}

static guint
find_index (const HrModel *model, const char *name)
{
  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = g_ptr_array_index (model->tables, i);

      if (g_str_equal (table->name, name))
        return i;
    }
  return G_MAXUINT;
}

const HrTable *
hr_model_follow_table (const HrModel *from, const HrModel *to, const char *name)
{
  const HrTable *same = hr_model_find_table (to, name);
  const HrTable *old, *new;
  guint index;

  if (same != NULL)
    return same;

  index = find_index (from, name);
  if (index >= to->tables->len)
    return NULL;
  old = g_ptr_array_index (from->tables, index);
  new = g_ptr_array_index (to->tables, index);
  if (!is_first_of_name (to, new) || hr_model_find_table (from, new->name) != NULL
      || !hr_definition_has_same_primary_key (old, new))
    return NULL;
  return new;
}

gboolean
hr_document_can_update_table (HrDocument *self, const HrTable *from, const HrTable *to)
{
  return g_str_equal (from->name, to->name) && hr_definition_has_same_primary_key (from, to)
         && hr_engine_get_table (self->engine, from->name) != NULL;
}

/* A table that has to change, and what is carried over when it is made anew. */
typedef struct
{
  const HrTable *from; /* or NULL */
  const HrTable *to;   /* or NULL */
  gboolean in_place;
  gint64 next;
  GArray *rows; /* HrRowImage, or NULL */
} Rebuild;

static void
rebuild_clear (gpointer data)
{
  Rebuild *rebuild = data;

  g_clear_pointer (&rebuild->rows, g_array_unref);
}

static void
add_rebuild (HrDocument *self, GArray *list, const HrTable *from, const HrTable *to)
{
  Rebuild rebuild = { .from = from, .to = to };

  rebuild.in_place = from != NULL && to != NULL && hr_document_can_update_table (self, from, to);
  g_array_append_val (list, rebuild);
}

static GArray *
list_rebuilds (HrDocument *self, const HrModel *from, const HrModel *to)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Rebuild));

  g_array_set_clear_func (list, rebuild_clear);
  for (guint i = 0; i < from->tables->len; i++)
    {
      const HrTable *old = g_ptr_array_index (from->tables, i);
      const HrTable *new;

      if (!is_first_of_name (from, old))
        continue;
      new = hr_model_follow_table (from, to, old->name);
      if (new == NULL || !hr_definition_is_same_to_engine (old, new))
        add_rebuild (self, list, old, new);
    }
  for (guint i = 0; i < to->tables->len; i++)
    {
      const HrTable *new = g_ptr_array_index (to->tables, i);

      if (is_first_of_name (to, new) && hr_model_follow_table (to, from, new->name) == NULL)
        add_rebuild (self, list, NULL, new);
    }
  return list;
}

static guint64
count_rows (HrDocument *self, const Rebuild *rebuild)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  const HrTable *tables[] = { rebuild->from, rebuild->to };
  guint64 n_rows = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (tables[i] != NULL && hr_engine_get_table (self->engine, tables[i]->name) != NULL)
      n_rows =
          MAX (n_rows, (guint64)hr_engine_describe_table (self->engine, tables[i]->name, &call)->item_count);
  return n_rows;
}

static gboolean
has_entries_of (const HrTable *table, const HrTable *other)
{
  for (guint i = 0; i < other->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (other->indexes, i);
      const HrIndex *same = hr_table_find_index (table, index->name);

      if (same == NULL || !hr_index_has_same_entries (same, index))
        return FALSE;
    }
  return TRUE;
}

guint64
hr_document_count_rebuild (HrDocument *self, const HrModel *from, const HrModel *to)
{
  g_autoptr (GArray) list = list_rebuilds (self, from, to);
  guint64 n_rows = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const Rebuild *rebuild = &g_array_index (list, Rebuild, i);

      if (!rebuild->in_place || !has_entries_of (rebuild->from, rebuild->to) ||
          !has_entries_of (rebuild->to, rebuild->from))
        n_rows += count_rows (self, rebuild);
    }
  return n_rows;
}

guint64
hr_document_count_set_model (HrDocument *self, const HrModel *model)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && model != NULL, 0);

  return hr_document_count_rebuild (self, self->model, model);
}

static gboolean
take_out (HrDocument *self, Rebuild *rebuild, GError **error)
{
  HrEngine *engine = self->engine;
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };

  if (rebuild->in_place || rebuild->from == NULL || hr_engine_get_table (engine, rebuild->from->name) == NULL)
    return TRUE;

  rebuild->next = hr_engine_get_next_ordinal (engine, rebuild->from->name);
  rebuild->rows = hr_document_take_rows (self, rebuild->from->name, error);
  if (rebuild->rows == NULL)
    return FALSE;
  if (hr_engine_drop_table (engine, rebuild->from->name, &call, &service_error))
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("Table %s could not be removed: %s"), rebuild->from->name,
               service_error.message);
  return FALSE;
}

static gboolean
put_rows (HrEngine *engine, const char *table, const GArray *rows, GError **error)
{
  g_autoptr (HrBulk) bulk = hr_bulk_new (engine, table, error);

  if (bulk == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const HrRowImage *image = &g_array_index (rows, HrRowImage, i);
      HrRow row = { image->ordinal, image->record, g_atomic_rc_box_get_size (image->record) };
      gboolean is_new;

      if (!hr_bulk_add (bulk, &row, &is_new, error))
        return FALSE;
      g_assert (is_new);
    }
  return hr_bulk_finish (bulk, error);
}

static gboolean
put_in (HrEngine *engine, const Rebuild *rebuild, GError **error)
{
  const char *name;

  if (rebuild->to == NULL)
    return TRUE;
  if (rebuild->in_place)
    return hr_definition_update (engine, rebuild->to, error);

  name = rebuild->to->name;
  if (!hr_definition_create (engine, rebuild->to, error))
    return FALSE;
  if (hr_engine_get_table (engine, name) == NULL)
    return TRUE;
  if (rebuild->rows != NULL && !put_rows (engine, name, rebuild->rows, error))
    return FALSE;
  if (rebuild->next > hr_engine_get_next_ordinal (engine, name))
    hr_engine_set_next_ordinal (engine, name, rebuild->next);
  return TRUE;
}

/* All tables go before the first one comes: names may have been exchanged. */
gboolean
hr_document_rebuild_engine (HrDocument *self, const HrModel *from, const HrModel *to, GError **error)
{
  g_autoptr (GArray) list = list_rebuilds (self, from, to);

  for (guint i = 0; i < list->len; i++)
    if (!take_out (self, &g_array_index (list, Rebuild, i), error))
      return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!put_in (self->engine, &g_array_index (list, Rebuild, i), error))
      return FALSE;
  return TRUE;
}

/* The table's entry out of the old list, for use under another model. */
static HrDocumentTable *
steal_table (GPtrArray *tables, const char *name)
{
  for (guint i = 0; i < tables->len; i++)
    {
      HrDocumentTable *table = g_ptr_array_index (tables, i);

      if (g_str_equal (table->name, name))
        return g_ptr_array_steal_index (tables, i);
    }
  return NULL;
}

void
hr_document_adopt_model (HrDocument *self, const HrModel *from, HrModel *to)
{
  g_autoptr (GPtrArray) old_tables = g_steal_pointer (&self->tables);

  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_document_table_free);
  for (guint i = 0; i < to->tables->len; i++)
    {
      const HrTable *new = g_ptr_array_index (to->tables, i);
      const HrTable *old;
      HrDocumentTable *table = NULL;

      if (!is_first_of_name (to, new))
        continue;
      old = from != NULL ? hr_model_follow_table (to, from, new->name) : NULL;
      if (old != NULL)
        table = steal_table (old_tables, old->name);
      if (table == NULL)
        table = hr_document_table_new (new->name);
      else if (!g_str_equal (table->name, new->name))
        {
          g_ref_string_release (table->name);
          table->name = g_ref_string_new_intern (new->name);
        }
      g_ptr_array_add (self->tables, table);
    }

  hr_model_ref (to);
  g_clear_pointer (&self->model, hr_model_unref);
  self->model = to;
}
