/*
 * From text to a statement that is ready: parsing, then everything that can be said without knowing the table. The
 * service, too, finds such faults first.
 */
#include "model/partiql/partiql-private.h"

#include "model/base/buffer.h"
#include "model/base/service-limits.h"
#include "model/partiql/binder-private.h"
#include "model/partiql/parser.h"

#include <string.h>

/* Columns */

/* A path is called by its last name and the indexes behind it: `k[0]` for `m.k[0]`. */
static HrColumn
name_column (HrArena *arena, const HrPath *path, guint index)
{
  g_auto (HrBuffer) name = HR_BUFFER_INIT;
  guint last = path->n_steps - 1;

  while (path->steps[last].name == NULL)
    last--;
  if (last == path->n_steps - 1)
    return (HrColumn) { path->steps[last].name, path->steps[last].name_length, index };

  hr_buffer_append (&name, path->steps[last].name, path->steps[last].name_length);
  for (guint i = last + 1; i < path->n_steps; i++)
    hr_buffer_printf (&name, "[%u]", path->steps[i].index);
  return (HrColumn) { hr_arena_strndup (arena, name.data, name.length), (guint32) name.length, index };
}

static gboolean
check_columns (HrPartiqlBinder *binder, const HrPartiqlTree *tree, const HrColumn *columns)
{
  g_autoptr (GHashTable) names
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  for (guint i = 0; i < tree->n_columns; i++)
    if (!g_hash_table_add (names, g_bytes_new_static (columns[i].name, columns[i].name_length)))
      return hr_partiql_binder_refuse (binder, tree->columns[i]->range,
                                       "Duplicate identifiers in select clause: %.*s",
                                       (int) columns[i].name_length, columns[i].name);
  return TRUE;
}

static gboolean
bind_columns (HrPartiqlBinder *binder, const HrPartiqlTree *tree, const HrProjection **projection)
{
  HrColumn *columns = hr_arena_array (binder->arena, HrColumn, tree->n_columns);
  HrPath *paths = hr_arena_array (binder->arena, HrPath, tree->n_columns);

  *projection = NULL;
  if (tree->n_columns == 0)
    return TRUE;
  for (guint i = 0; i < tree->n_columns; i++)
    {
      const HrPartiqlExpr *column = tree->columns[i];

      if (column->kind != HR_PARTIQL_EXPR_PATH)
        return hr_partiql_binder_refuse_at (binder, column->place, "Unexpected path component");
      if (hr_partiql_bind_operand (binder, column) == NULL)
        return FALSE;
      paths[i] = column->path;
      columns[i] = name_column (binder->arena, &paths[i], i);
    }
  if (!check_columns (binder, tree, columns))
    return FALSE;
  *projection = hr_projection_new_columns (binder->arena, paths, tree->n_columns, columns);
  return TRUE;
}

static gboolean
bind_where (HrPartiqlBinder *binder, const HrPartiqlTree *tree, HrNode **where)
{
  *where = NULL;
  if (tree->where == NULL)
    return TRUE;
  *where = hr_partiql_bind_condition (binder, tree->where);
  return *where != NULL && hr_operands_check (binder->arena, *where, binder->error);
}

static gboolean
bind (HrPartiqlBinder *binder, const HrPartiqlTree *tree, HrPartiql *self)
{
  switch (tree->kind)
    {
    case HR_PARTIQL_STATEMENT_SELECT:
    case HR_PARTIQL_STATEMENT_EXISTS:
      return bind_columns (binder, tree, &self->projection) && bind_where (binder, tree, &self->where);
    case HR_PARTIQL_STATEMENT_INSERT:
      return hr_partiql_bind_item (binder, tree->value, &self->item);
    case HR_PARTIQL_STATEMENT_UPDATE:
      self->update = hr_partiql_bind_update (binder, tree);
      return self->update != NULL && bind_where (binder, tree, &self->where);
    case HR_PARTIQL_STATEMENT_DELETE:
      return bind_where (binder, tree, &self->where);
    }
  g_return_val_if_reached (FALSE);
}

const HrPartiql *
hr_partiql_prepare (HrArena *arena, const char *text, gsize length, const HrValue *parameters, guint n_parameters,
                    HrServiceError *error)
{
  HrPartiqlBinder binder = { arena, text, length, parameters, n_parameters, error };
  const HrPartiqlTree *tree = hr_partiql_parse (arena, text, length, error);
  HrPartiql *self;

  if (tree == NULL)
    return NULL;
  if (tree->n_parameters > n_parameters)
    {
      hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                            "Number of parameters in request and statement don't match.");
      return NULL;
    }
  self = hr_arena_new0 (arena, HrPartiql);
  self->tree = tree;
  self->text = text;
  self->length = length;
  self->parameters = parameters;
  self->n_parameters = tree->n_parameters;
  return bind (&binder, tree, self) ? self : NULL;
}

const char *
hr_partiql_get_table (const HrPartiql *self)
{
  return self->tree->table;
}

const char *
hr_partiql_get_index (const HrPartiql *self)
{
  return self->tree->index;
}

gboolean
hr_partiql_is_select (const HrPartiql *self)
{
  return self->tree->kind == HR_PARTIQL_STATEMENT_SELECT;
}

gboolean
hr_partiql_is_exists (const HrPartiql *self)
{
  return self->tree->kind == HR_PARTIQL_STATEMENT_EXISTS;
}

gboolean
hr_partiql_is_insert (const HrPartiql *self)
{
  return self->tree->kind == HR_PARTIQL_STATEMENT_INSERT;
}

gboolean
hr_partiql_has_returning (const HrPartiql *self)
{
  return self->tree->has_returning;
}

gboolean
hr_partiql_find_source (HrArena *arena, const char *text, gsize length, HrPartiqlSource *source)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrPartiqlTree *tree = hr_partiql_parse (arena, text, length, &error);

  if (tree == NULL)
    return FALSE;
  *source = (HrPartiqlSource) {
    .table = tree->table,
    .index = tree->index,
    .is_reading = tree->kind == HR_PARTIQL_STATEMENT_SELECT || tree->kind == HR_PARTIQL_STATEMENT_EXISTS,
  };
  return TRUE;
}
