/*
 * Pasting items: what a text is, and what becomes of its items.
 */
#include "model/document/item-text.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/item-private.h"
#include "model/document/paste-private.h"
#include "model/schema/compose.h"
#include "model/value/codec.h"

#include <string.h>

static gboolean
read_text (HrPasteReader *reader, const char *text, gsize length, GError **error)
{
  g_autofree char *copy = NULL;

  while (length > 0 && g_ascii_isspace (*text) && *text != '\t')
    {
      text++;
      length--;
    }
  if (length == 0)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("There is nothing to paste."));
      return FALSE;
    }
  copy = g_strndup (text, length);
  if (hr_command_is_aws (copy, length))
    return hr_paste_read_command (reader, copy, error);
  if (*text == '{' || *text == '[')
    return hr_paste_read_json (reader, text, length, error);
  return hr_paste_read_rows (reader, hr_arena_strndup (reader->arena, text, length), length, error);
}

/* Key parts are told in columns of their own: they go into the keys and are not stored. */
static HrValue
compose (const HrPasteReader *reader, const HrValue *item)
{
  g_autoptr (HrBindings) bindings = hr_bindings_new ();
  g_auto (HrComposed) composed = { 0 };
  HrValue bare = *item;

  for (guint i = 0; i < reader->entity->key_parts->len; i++)
    {
      const char *name = ((HrAttribute *) reader->entity->key_parts->pdata[i])->name;
      const HrValue *value = hr_map_get (item, name, strlen (name));
      HrBuffer text = HR_BUFFER_INIT;

      hr_buffer_reserve (&text, 1);
      if (value == NULL || !hr_value_to_text (value, &text))
        {
          hr_buffer_clear (&text);
          continue;
        }
      g_hash_table_insert (bindings, g_strdup (name), hr_buffer_steal (&text, NULL));
      bare = hr_map_with (reader->arena, &bare, name, strlen (name), NULL);
    }
  hr_entity_compose (reader->entity, reader->table, &bare, bindings, TRUE, reader->arena, &composed);
  return composed.item;
}

/* A key that is there already counts for more than one that could be made. */
static HrValue
complete (const HrPasteReader *reader, const HrValue *item)
{
  HrValue made;

  if (reader->entity == NULL)
    return *item;
  made = compose (reader, item);
  for (guint i = 0; i < reader->entity->keys->len; i++)
    {
      const char *name = ((HrEntityKey *) reader->entity->keys->pdata[i])->attribute;
      const HrValue *given = hr_map_get (item, name, strlen (name));

      if (given != NULL)
        made = hr_map_with (reader->arena, &made, name, strlen (name), given);
    }
  return made;
}

static gboolean
add_items (HrItemStep *step, const HrPasteReader *reader, GError **error)
{
  for (guint i = 0; i < reader->items->len; i++)
    {
      const HrValue *item = &g_array_index (reader->items, HrValue, i);
      const char *text = reader->texts->pdata[i];
      HrValue whole;

      if (text != NULL)
        {
          if (!hr_item_step_add_text (step, text, error))
            return FALSE;
          continue;
        }
      whole = complete (reader, item);
      if (!hr_item_step_add (step, &whole, -1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
paste (HrDocument *self, const HrPasteReader *reader, HrItemResult *result, GError **error)
{
  HrItemStep step = { 0 };
  guint count = reader->items->len;
  char *name = g_strdup_printf (ngettext_("Paste %u item", "Paste %u items", count), count);

  if (count == 0)
    {
      g_free (name);
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("There are no items in this text."));
      return FALSE;
    }
  return hr_item_step_open (&step, self, reader->table->name, name, error)
         && hr_item_step_end (&step, add_items (&step, reader, error), result, error);
}

gboolean
hr_document_paste_items (HrDocument *self, const char *table, const char *entity, const char *text, gsize length,
                         HrItemResult *result, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (HrValue));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  HrPasteReader reader = { .arena = arena, .items = items, .texts = texts };
  HrTarget target = entity != NULL ? HR_TARGET (ENTITY, table, NULL, entity) : HR_TARGET (TABLE, table, NULL, NULL);
  g_autoptr (HrModel) model = NULL;
  HrTargetPlace place;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && text != NULL, FALSE);

  model = hr_model_ref (hr_document_get_model (self));
  if (!hr_target_find (&target, model, &place, error))
    return FALSE;
  reader.table = place.table;
  reader.entity = entity != NULL ? place.entity : NULL;
  return read_text (&reader, text, length, error) && paste (self, &reader, result, error);
}
