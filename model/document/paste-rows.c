/*
 * Items from the rows of a spreadsheet.
 *
 * First cells, then columns, then items: what a column means is decided from all of its cells.
 */
#include "model/document/paste-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/edit-text.h"

#include <string.h>

/* A text in cells, each NUL-terminated in the arena; rows end with NULL. */
typedef struct
{
  HrArena *arena;
  const char *text;
  gsize length;
  gsize at;
  char separator;
} Cells;

static char
find_separator (const char *text, gsize length)
{
  static const char separators[] = { '\t', ';', ',' };
  const char *end = memchr (text, '\n', length);
  gsize line = end != NULL ? (gsize) (end - text) : length;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (memchr (text, separators[i], line) != NULL)
      return separators[i];
  return '\t';
}

static gboolean
at_end_of_cell (const Cells *cells)
{
  return cells->at >= cells->length || cells->text[cells->at] == cells->separator || cells->text[cells->at] == '\n'
         || (cells->text[cells->at] == '\r' && cells->at + 1 < cells->length && cells->text[cells->at + 1] == '\n');
}

/* A quote inside quotes is written twice; what stands behind the closing one belongs to the cell, too. */
static char *
read_cell (Cells *cells)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean is_quoted = cells->at < cells->length && cells->text[cells->at] == '"';

  cells->at += is_quoted;
  while (cells->at < cells->length && (is_quoted || !at_end_of_cell (cells)))
    {
      char c = cells->text[cells->at++];

      if (!is_quoted || c != '"')
        g_string_append_c (cell, c);
      else if (cells->at < cells->length && cells->text[cells->at] == '"')
        {
          g_string_append_c (cell, '"');
          cells->at++;
        }
      else
        is_quoted = FALSE;
    }
  return hr_arena_strndup (cells->arena, cell->str, cell->len);
}

static GPtrArray *
read_row (Cells *cells)
{
  GPtrArray *row = g_ptr_array_new ();

  g_ptr_array_add (row, read_cell (cells));
  while (cells->at < cells->length && cells->text[cells->at] == cells->separator)
    {
      cells->at++;
      g_ptr_array_add (row, read_cell (cells));
    }
  if (cells->at < cells->length && cells->text[cells->at] == '\r')
    cells->at++;
  cells->at++; /* the line break */
  return row;
}

static gboolean
is_empty_row (const GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    if (*(const char *) row->pdata[i] != '\0')
      return FALSE;
  return TRUE;
}

static const char *
get_cell (const GPtrArray *row, guint column)
{
  return column < row->len ? row->pdata[column] : "";
}

/* A value that no attribute would get is not left out silently. @number: of the row, from 1. */
static gboolean
check_row (const GPtrArray *header, const GPtrArray *row, guint number, GError **error)
{
  for (guint i = 0; i < row->len; i++)
    if (*get_cell (row, i) != '\0' && *get_cell (header, i) == '\0')
      {
        g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                     _("Row %u has a value in column %u, but the first row names no attribute there."), number, i + 1);
        return FALSE;
      }
  return TRUE;
}

static gboolean
find_declared (const HrPasteReader *self, const char *name, HrType *type)
{
  const HrAttribute *attribute = hr_table_find_key_attribute (self->table, name);

  if (attribute == NULL && self->entity != NULL)
    attribute = hr_entity_find_variable (self->entity, name);
  for (guint i = 0; attribute == NULL && self->entity == NULL && i < self->table->entities->len; i++)
    attribute = hr_attributes_find (((HrEntity *) self->table->entities->pdata[i])->attributes, name);
  if (attribute != NULL)
    *type = attribute->type;
  return attribute != NULL;
}

/* The type that all cells have; S when they differ. */
static HrType
guess_type (const GPtrArray *rows, guint column)
{
  gboolean has_one = FALSE;
  HrType type = HR_TYPE_S;

  for (guint i = 0; i < rows->len; i++)
    {
      const char *cell = get_cell (rows->pdata[i], column);
      HrType own;

      if (*cell == '\0')
        continue;
      own = hr_edit_text_guess_type (cell, strlen (cell));
      if (has_one && own != type)
        return HR_TYPE_S;
      type = own;
      has_one = TRUE;
    }
  return type;
}

static void
add_row (HrPasteReader *self, const GPtrArray *header, const HrType *types, const GPtrArray *row)
{
  HrValue item = hr_value_map (NULL, 0);

  for (guint i = 0; i < header->len; i++)
    {
      const char *name = header->pdata[i];
      const char *cell = get_cell (row, i);
      HrValue value;

      if (*cell == '\0' || *name == '\0')
        continue;
      if (!hr_value_from_edit_text (self->arena, types[i], cell, strlen (cell), &value, NULL, NULL))
        value = hr_value_string (cell, strlen (cell));
      item = hr_map_with (self->arena, &item, name, strlen (name), &value);
    }
  g_array_append_val (self->items, item);
  g_ptr_array_add (self->texts, NULL);
}

gboolean
hr_paste_read_rows (HrPasteReader *self, const char *text, gsize length, GError **error)
{
  Cells cells = { self->arena, text, length, 0, find_separator (text, length) };
  g_autoptr (GPtrArray) header = read_row (&cells);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  HrType *types = hr_arena_array (self->arena, HrType, header->len);

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("This is no text in UTF-8."));
      return FALSE;
    }
  for (guint number = 2; cells.at < cells.length; number++)
    {
      g_autoptr (GPtrArray) row = read_row (&cells);

      if (is_empty_row (row))
        continue;
      if (!check_row (header, row, number, error))
        return FALSE;
      g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  if (rows->len == 0 || is_empty_row (header))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID,
                           _("There are no items in this text. Rows need a line with the names of attributes above."));
      return FALSE;
    }
  for (guint i = 0; i < header->len; i++)
    if (!find_declared (self, header->pdata[i], &types[i]))
      types[i] = guess_type (rows, i);
  for (guint i = 0; i < rows->len; i++)
    add_row (self, header, types, rows->pdata[i]);
  return TRUE;
}
