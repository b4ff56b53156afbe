/*
 * Items as text for other programs.
 */
#include "model/document/item-text.h"

#include "model/base/json-writer.h"
#include "model/value/codec.h"
#include "model/value/edit-text.h"
#include "model/value/plain-json.h"

#include <string.h>

typedef void (*WriteFunc) (const HrValue *item, gboolean spaced, HrBuffer *out);

static void
write_json (const HrValue *items, guint n_items, WriteFunc write, HrBuffer *out)
{
  if (n_items != 1)
    hr_buffer_append_string (out, "[\n");
  for (guint i = 0; i < n_items; i++)
    {
      if (n_items != 1)
        hr_buffer_append_string (out, "  ");
      write (&items[i], TRUE, out);
      hr_buffer_append_string (out, i + 1 < n_items ? ",\n" : "\n");
    }
  if (n_items != 1)
    hr_buffer_append_string (out, "]\n");
}

/* Columns: names in their order, each once. */

static void
add_column (GPtrArray *columns, GHashTable *seen, const char *name, gsize length)
{
  g_autofree char *copy = g_strndup (name, length);

  if (g_hash_table_contains (seen, copy))
    return;
  g_ptr_array_add (columns, copy);
  g_hash_table_add (seen, g_steal_pointer (&copy));
}

static gboolean
is_in_items (const HrValue *items, guint n_items, const char *name)
{
  for (guint i = 0; i < n_items; i++)
    if (hr_map_get (&items[i], name, strlen (name)) != NULL)
      return TRUE;
  return FALSE;
}

static void
add_declared (GPtrArray *columns, GHashTable *seen, const GPtrArray *list, const HrValue *items, guint n_items)
{
  for (guint i = 0; i < list->len; i++)
    {
      const char *name = ((HrAttribute *) list->pdata[i])->name;

      if (is_in_items (items, n_items, name))
        add_column (columns, seen, name, strlen (name));
    }
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_columns (const HrTable *table, const HrValue *items, guint n_items)
{
  GPtrArray *columns = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  add_declared (columns, seen, table->partition_key, items, n_items);
  add_declared (columns, seen, table->sort_key, items, n_items);
  for (guint i = 0; i < table->entities->len; i++)
    add_declared (columns, seen, ((HrEntity *) table->entities->pdata[i])->attributes, items, n_items);
  for (guint i = 0; i < n_items; i++)
    for (guint32 j = 0; j < items[i].length; j++)
      add_column (rest, seen, items[i].members[j].name, items[i].members[j].name_length);
  g_ptr_array_sort (rest, compare_names_cb);
  g_ptr_array_extend (columns, rest, NULL, NULL);
  for (guint i = 0; i < columns->len; i++)
    columns->pdata[i] = g_strdup (columns->pdata[i]);
  g_ptr_array_set_free_func (columns, g_free);
  return columns;
}

/* As spreadsheets do: in quotes where a cell has a tab, a line break or a quote. */
static void
write_cell (const char *text, gsize length, HrBuffer *out)
{
  gboolean is_quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    is_quoted = is_quoted || strchr ("\t\n\r\"", text[i]) != NULL;
  if (!is_quoted)
    {
      hr_buffer_append (out, text, length);
      return;
    }
  hr_buffer_append_char (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        hr_buffer_append_char (out, '"');
      hr_buffer_append_char (out, text[i]);
    }
  hr_buffer_append_char (out, '"');
}

static void
write_rows (const HrTable *table, const HrValue *items, guint n_items, HrBuffer *out)
{
  g_autoptr (GPtrArray) columns = list_columns (table, items, n_items);

  for (guint i = 0; i < columns->len; i++)
    {
      const char *name = columns->pdata[i];

      if (i > 0)
        hr_buffer_append_char (out, '\t');
      write_cell (name, strlen (name), out);
    }
  hr_buffer_append_char (out, '\n');
  for (guint i = 0; i < n_items; i++)
    {
      for (guint j = 0; j < columns->len; j++)
        {
          const char *name = columns->pdata[j];
          const HrValue *value = hr_map_get (&items[i], name, strlen (name));
          g_auto (HrBuffer) text = HR_BUFFER_INIT;

          if (j > 0)
            hr_buffer_append_char (out, '\t');
          if (value == NULL)
            continue;
          hr_value_to_edit_text (value, FALSE, &text);
          write_cell (text.data, text.length, out);
        }
      hr_buffer_append_char (out, '\n');
    }
}

static void
write_command (const HrTable *table, const HrValue *item, HrBuffer *out)
{
  g_auto (HrBuffer) json = HR_BUFFER_INIT;
  g_autofree char *name = g_shell_quote (table->name);
  g_autofree char *quoted = NULL;

  hr_item_to_json (item, TRUE, &json);
  hr_buffer_append_char (&json, '\0');
  quoted = g_shell_quote (json.data);
  hr_buffer_printf (out, "aws dynamodb put-item --table-name %s --item %s\n", name, quoted);
}

void
hr_items_to_text (const HrTable *table, const HrValue *items, guint n_items, HrItemFormat format, HrBuffer *out)
{
  g_return_if_fail (table != NULL && (items != NULL || n_items == 0));

  switch (format)
    {
    case HR_ITEMS_JSON:
      write_json (items, n_items, hr_value_to_plain_json, out);
      break;
    case HR_ITEMS_TYPED:
      write_json (items, n_items, hr_item_to_json, out);
      break;
    case HR_ITEMS_TSV:
      write_rows (table, items, n_items, out);
      break;
    case HR_ITEMS_PUT_ITEM:
      for (guint i = 0; i < n_items; i++)
        write_command (table, &items[i], out);
      break;
    }
}
