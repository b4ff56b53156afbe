/*
 * Taking over what others write to the document's engine.
 *
 * The engine reports each change of a row; only how the row was before the first one is kept. At the commit that is
 * compared with how the row is now, so it does not matter how often it was written, or whether a part of the
 * writing was rolled back. Tables must be the same at the end as they were at the beginning.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/record.h"

typedef struct
{
  char *table;   /* GRefString */
  HrArena *arena;
  HrValue key;   /* in the arena */
  HrRowImage before;
} CapturedRow;

struct _HrCapture
{
  GPtrArray *rows;   /* CapturedRow, by first change */
  GHashTable *keys;  /* texts of table and key, seen before */
  char *tables;      /* all tables of the engine, as text */
};

static void
captured_row_free (gpointer data)
{
  CapturedRow *row = data;

  g_ref_string_release (row->table);
  hr_arena_free (row->arena);
  hr_row_image_clear (&row->before);
  g_free (row);
}

void
hr_capture_free (HrCapture *self)
{
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->keys);
  g_free (self->tables);
  g_free (self);
}

static void
watch_row_cb (const char *table, const HrRow *before, const HrRow *after, gpointer user_data)
{
  HrDocument *self = user_data;
  const HrTable *definition = hr_engine_get_table (self->engine, table);
  const HrRow *known = before != NULL ? before : after;
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *key_text = NULL;
  CapturedRow *row;
  HrValue item, key;

  if (definition == NULL || !hr_record_decode (known->record, known->record_length, arena, &item)
      || !hr_definition_get_key (definition, &item, arena, &key))
    return;
  key_text = hr_definition_print_key (&key);
  if (!g_hash_table_add (self->capture->keys, g_strconcat (table, "\n", key_text, NULL)))
    return;

  row = g_new0 (CapturedRow, 1);
  row->table = g_ref_string_new_intern (table);
  row->arena = hr_arena_new ();
  row->key = hr_value_copy (row->arena, &key);
  if (before != NULL)
    row->before = hr_row_image_new (before->ordinal, before->record, before->record_length);
  g_ptr_array_add (self->capture->rows, row);
}

/* Name, identity and definition of every table: a table that was made anew has another identity. */
static char *
describe_tables (HrEngine *engine)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  HrCall call = { .arena = arena };
  const char *after = NULL;
  gboolean more = TRUE;

  while (more)
    {
      guint count = 0;
      const char **names = hr_engine_list_tables (engine, after, 100, &call, &count, &more);

      for (guint i = 0; i < count; i++)
        {
          const HrTableInfo *info = hr_engine_describe_table (engine, names[i], &call);
          g_autofree char *definition = hr_definition_print (info->definition);

          g_string_append_printf (text, "%s\n%s\n%s", names[i], info->id, definition);
          after = names[i];
        }
      more = more && count > 0;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
hr_document_begin_capture (HrDocument *self, const char *name, GError **error)
{
  HrCapture *capture;

  if (!hr_document_begin_edit (self, name, error))
    return FALSE;

  capture = g_new0 (HrCapture, 1);
  capture->rows = g_ptr_array_new_with_free_func (captured_row_free);
  capture->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  capture->tables = describe_tables (self->engine);
  self->capture = capture;
  hr_engine_set_row_watch (self->engine, watch_row_cb, self);
  return TRUE;
}

static gboolean
take_over_row (HrDocument *self, const CapturedRow *captured, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) failure = NULL;
  g_auto (HrRowImage) after = HR_ROW_IMAGE_NONE;
  HrRow row;

  if (hr_document_find_table (self, captured->table) == NULL)
    return TRUE; /* a client's own table, no part of the model */
  if (hr_engine_get_row (self->engine, captured->table, &captured->key, arena, &row, &failure))
    after = hr_row_image_new (row.ordinal, row.record, row.record_length);
  else if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!hr_row_image_equal (&captured->before, &after))
    hr_document_note_row (self, captured->table, &captured->before, &after);
  return TRUE;
}

static gboolean
take_over (HrDocument *self, const HrCapture *capture, GError **error)
{
  g_autofree char *tables = describe_tables (self->engine);

  if (!g_str_equal (tables, capture->tables))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED,
                   _("“%s” changed tables, which cannot be kept in a model. Change the model instead."),
                   self->edit->name);
      return FALSE;
    }
  for (guint i = 0; i < capture->rows->len; i++)
    if (!take_over_row (self, g_ptr_array_index (capture->rows, i), error))
      return FALSE;
  return TRUE;
}

static HrCapture *
end_capture (HrDocument *self)
{
  hr_engine_set_row_watch (self->engine, NULL, NULL);
  return g_steal_pointer (&self->capture);
}

gboolean
hr_document_commit_capture (HrDocument *self, GError **error)
{
  HrCapture *capture;
  gboolean done;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && self->capture != NULL, FALSE);

  capture = end_capture (self);
  done = take_over (self, capture, error);
  hr_capture_free (capture);
  if (!done)
    {
      hr_document_cancel_edit (self);
      return FALSE;
    }
  return hr_document_commit_edit (self, error);
}

void
hr_document_cancel_capture (HrDocument *self)
{
  g_return_if_fail (HR_IS_DOCUMENT (self));

  if (self->capture == NULL)
    return;
  hr_capture_free (end_capture (self));
  hr_document_cancel_edit (self);
}
