/*
 * Showing what undo did.
 *
 * A step says which rows and which definitions it changed. The first that is still there is selected, and the view that
 * shows such things is chosen, unless the present one shows it already. Of definitions it is told by their text in the
 * project file whether they differ.
 */
#include "app/session/session-private.h"

#include <string.h>

#include "model/exchange/native.h"

static char *
get_view (HrSession *self)
{
  char *view;

  g_object_get (self, "view", &view, NULL);
  return view;
}

static void
choose_view (HrSession *self, const char *view)
{
  g_object_set (self, "view", view, NULL);
}

/* Rows: one that is there and in the table that is shown, else one that is there, else the first. */
static const HrRowChange *
choose_row (HrSession *self, const HrDocumentChange *change)
{
  const HrRowChange *there = NULL;

  for (guint i = 0; i < change->n_rows_changed; i++)
    {
      const HrRowChange *row = &change->rows[i];

      if (row->after == NULL)
        continue;
      if (g_strcmp0 (row->table, self->table) == 0)
        return row;
      there = there != NULL ? there : row;
    }
  return there != NULL ? there : &change->rows[0];
}

/* The outline's column of the first attribute that differs; 0, the sort key, when it is a key or there is none. */
static guint
find_column (HrSession *self, const HrRowChange *row)
{
  HrOutline *outline = hr_session_get_outline (self);
  const HrOutlineAttribute *attributes;
  guint n = 0, column = 0;

  if (outline == NULL || row->before == NULL || row->after == NULL)
    return 0;
  n = hr_outline_get_attributes (outline, &attributes);
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (attributes[i].name);
      gboolean is_hidden = self->hidden_columns != NULL
                           && g_strv_contains ((const char *const *) self->hidden_columns, attributes[i].name);
      const HrValue *before = hr_map_get (row->before, attributes[i].name, length);
      const HrValue *after = hr_map_get (row->after, attributes[i].name, length);

      if (is_hidden)
        continue;
      column++;
      if ((before == NULL) != (after == NULL) || (before != NULL && !hr_value_equal (before, after)))
        return column;
    }
  return 0;
}

/* An index stays in sight when the item is in it. */
static void
show_table_of_row (HrSession *self, const HrRowChange *row)
{
  HrOutline *outline = hr_session_get_outline (self);
  guint64 position, number;

  if (g_strcmp0 (row->table, self->table) != 0)
    hr_session_show_table (self, row->table, NULL);
  else if (self->index != NULL && row->after != NULL && outline != NULL
           && !hr_outline_find_row (outline, row->after, &position, &number))
    hr_session_show_table (self, row->table, NULL);
}

/* What is there of the table that is shown, @first before all others. */
static GPtrArray *
list_items (HrSession *self, const HrDocumentChange *change, const HrRowChange *first)
{
  GPtrArray *items = g_ptr_array_new ();

  g_ptr_array_add (items, (gpointer) first->after);
  for (guint i = 0; i < change->n_rows_changed; i++)
    if (&change->rows[i] != first && change->rows[i].after != NULL
        && g_strcmp0 (change->rows[i].table, first->table) == 0)
      g_ptr_array_add (items, (gpointer) change->rows[i].after);
  return items;
}

static void
reveal_row (HrSession *self, const HrDocumentChange *change, const HrRowChange *row)
{
  g_autofree char *view = get_view (self);
  g_autoptr (GPtrArray) items = NULL;
  gboolean is_in_sight = g_strcmp0 (row->table, self->table) == 0;

  if (!g_str_equal (view, "table") && !(g_str_equal (view, "patterns") && is_in_sight))
    choose_view (self, "table");
  show_table_of_row (self, row);
  if (row->after == NULL)
    return;
  items = list_items (self, change, row);
  hr_session_clear_selection (self); /* also when it is selected already it comes into sight */
  hr_session_select_items (self, (const HrValue *const *) items->pdata, items->len, find_column (self, row));
}

/* So many that they are not told one by one: when all that is shown has changed, all of it is selected. */
static void
reveal_all (HrSession *self, const HrDocumentChange *change)
{
  HrOutline *outline = hr_session_get_outline (self);
  HrOutlineTotals totals = { 0 };

  if (outline == NULL || g_strcmp0 (change->tables[0], self->table) != 0 || change->tables[1] != NULL)
    return;
  hr_outline_get_totals (outline, &totals);
  if (totals.n_rows == change->n_rows_changed)
    hr_session_select_all (self);
}

/* Definitions */

/* What a definition is known by stands first in it. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (HrEntity, name) == 0 && G_STRUCT_OFFSET (HrIndex, name) == 0
                 && G_STRUCT_OFFSET (HrPattern, id) == 0 && G_STRUCT_OFFSET (HrTable, name) == 0);

static const char *
name_of (gconstpointer definition)
{
  return *(const char *const *) definition;
}

static gconstpointer
find_named (const GPtrArray *list, const char *name)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (strcmp (name_of (g_ptr_array_index (list, i)), name) == 0)
      return g_ptr_array_index (list, i);
  return NULL;
}

/* The first of a list that the other one lacks or has otherwise, or NULL. */
static gconstpointer
find_changed (const GPtrArray *list, const GPtrArray *before, HrNativeDefinition kind)
{
  for (guint i = 0; i < list->len; i++)
    {
      gconstpointer definition = g_ptr_array_index (list, i);
      gconstpointer other = find_named (before, name_of (definition));
      g_autofree char *text = hr_native_print (kind, definition);
      g_autofree char *other_text = other != NULL ? hr_native_print (kind, other) : NULL;

      if (g_strcmp0 (text, other_text) != 0)
        return definition;
    }
  return NULL;
}

static gboolean
reveal_in_table (HrSession *self, const HrTable *table, const HrTable *before)
{
  const HrEntity *entity = find_changed (table->entities, before != NULL ? before->entities : NULL, HR_NATIVE_ENTITY);
  const HrIndex *index = find_changed (table->indexes, before != NULL ? before->indexes : NULL, HR_NATIVE_INDEX);

  if (entity == NULL && index == NULL)
    return FALSE;
  hr_session_show_table (self, table->name, entity == NULL ? index->name : NULL);
  hr_session_select_entity (self, entity != NULL ? entity->name : NULL);
  return TRUE;
}

static gboolean
reveal_table (HrSession *self, const HrModel *model, const HrModel *before)
{
  const HrTable *table = find_changed (model->tables, before->tables, HR_NATIVE_TABLE);

  if (table == NULL)
    return FALSE;
  choose_view (self, "design");
  if (!reveal_in_table (self, table, find_named (before->tables, table->name)))
    {
      hr_session_show_table (self, table->name, NULL);
      hr_session_select_entity (self, NULL);
    }
  return TRUE;
}

static void
reveal_definition (HrSession *self, const HrModel *before)
{
  const HrModel *model = hr_document_get_model (self->document);
  g_autofree char *view = get_view (self);
  const HrPattern *pattern;

  if (reveal_table (self, model, before))
    return;
  pattern = find_changed (model->patterns, before->patterns, HR_NATIVE_PATTERN);
  if (pattern == NULL)
    return;
  if (!g_str_equal (view, "patterns"))
    choose_view (self, "design");
  hr_session_select_pattern (self, pattern->id);
}

void
hr_session_reveal (HrSession *self, const HrDocumentChange *change)
{
  if (change->model_changed)
    reveal_definition (self, change->model_before);
  else if (change->rows != NULL)
    reveal_row (self, change, choose_row (self, change));
  else if (change->n_rows_changed > 0)
    reveal_all (self, change);
}
