/*
 * Edits of single items and drafts.
 *
 * Each function looks at everything that could be wrong with what is asked before it changes the first thing.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

gboolean
hr_document_unknown_table (const char *table, GError **error)
{
  g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("The model has no table %s."), table);
  return FALSE;
}

const HrJson *
hr_document_parse_json (HrArena *arena, const char *text, gsize length, GError **error)
{
  HrJsonError json_error = { 0 };
  const HrJson *json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, &json_error);
  guint line, column;

  if (json != NULL)
    return json;
  hr_range_locate (text, length, json_error.offset, &line, &column);
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("This is no JSON: line %u, column %u: %s"), line, column,
               _(json_error.message));
  return NULL;
}

static char *
print_json (const HrJson *json)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_json_write_compact (&out, json, TRUE);
  return hr_buffer_steal (&out, NULL);
}

static gboolean
judge (HrDocument *self, const char *table, const HrJson *json, HrArena *arena, HrJudgement *judgement,
       GError **error)
{
  return !hr_judge_json (self->engine, table, json, arena, judgement)
         || hr_judge_duplicate (self, table, arena, judgement, error);
}

void
hr_document_add_draft (HrDocument *self, const HrDocumentTable *table, gint64 ordinal, const HrJson *json,
                       const HrJudgement *judgement, HrRange place)
{
  HrDraftEntry *entry = hr_draft_entry_new (table->name, ordinal, print_json (json), judgement, place);

  hr_document_write_draft (self, NULL, entry);
  hr_draft_entry_unref (entry);
}

/* The entry that a judgement makes of what was written. */
static gboolean
write_entry (HrDocument *self, HrDocumentTable *table, gint64 ordinal, const HrJson *json,
             const HrJudgement *judgement, HrRange place, GError **error)
{
  g_auto (HrRowImage) row = HR_ROW_IMAGE_NONE;

  if (judgement->code != NULL)
    {
      hr_document_add_draft (self, table, ordinal, json, judgement, place);
      return TRUE;
    }
  row = hr_row_image_from_item (ordinal, &judgement->item);
  if (!hr_document_write_row (self, table->name, &HR_ROW_IMAGE_NONE, &row, error))
    return FALSE;
  hr_document_table_add_place (table, ordinal, place);
  return TRUE;
}

static gboolean
add_entry (HrDocument *self, HrDocumentTable *table, gint64 ordinal, const HrJson *json, HrRange place,
           GError **error)
{
  g_auto (HrJudgement) judgement = { 0 };

  return judge (self, table->name, json, self->scratch, &judgement, error)
         && hr_document_take_ordinal (self, table->name, &ordinal, error)
         && write_entry (self, table, ordinal, json, &judgement, place, error);
}

gboolean
hr_document_put_entry (HrDocument *self, HrDocumentTable *table, gint64 ordinal, const char *text, HrRange place,
                       GError **error)
{
  g_auto (HrJudgement) judgement = { 0 };
  const HrJson *json;

  hr_arena_reset (self->scratch);
  json = hr_document_parse_json (self->scratch, text, strlen (text), error);
  return json != NULL && judge (self, table->name, json, self->scratch, &judgement, error)
         && write_entry (self, table, ordinal, json, &judgement, place, error);
}

gboolean
hr_document_add_item (HrDocument *self, const char *table, const char *json, gsize length, gint64 ordinal,
                      HrRange place, GError **error)
{
  HrDocumentTable *entry;
  const HrJson *tree;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && json != NULL, FALSE);

  if (!self->is_loading && !hr_document_require_edit (self, error))
    return FALSE;
  entry = hr_document_find_table (self, table);
  if (entry == NULL)
    return hr_document_unknown_table (table, error);
  hr_arena_reset (self->scratch);
  tree = hr_document_parse_json (self->scratch, json, length, error);
  if (tree == NULL)
    return FALSE;
  return self->is_loading ? hr_document_load_entry (self, entry, ordinal, tree, place, error)
                          : add_entry (self, entry, ordinal, tree, place, error);
}

gboolean
hr_document_get_key (HrDocument *self, const char *table, const HrValue *item, HrArena *arena, HrValue *key)
{
  const HrTable *definition;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && item != NULL, FALSE);

  definition = hr_engine_get_table (self->engine, table);
  return definition != NULL && hr_definition_get_key (definition, item, arena, key);
}

static gboolean
unknown_key (const char *table, const HrValue *key, GError **error)
{
  g_autofree char *text = hr_definition_print_key (key);

  g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("Table %s has no item with the key %s."), table, text);
  return FALSE;
}

/* Looks a row up by its key, as an image. */
static gboolean
find_row (HrDocument *self, const char *table, const HrValue *key, HrArena *arena, HrRowImage *image,
          GError **error)
{
  const HrTable *definition = hr_engine_get_table (self->engine, table);
  g_autoptr (GError) failure = NULL;
  HrValue sound_key;
  HrRow row;

  if (hr_document_find_table (self, table) == NULL)
    return hr_document_unknown_table (table, error);
  if (definition == NULL || !hr_definition_get_key (definition, key, arena, &sound_key)
      || !hr_value_equal (key, &sound_key))
    return unknown_key (table, key, error);
  if (hr_engine_get_row (self->engine, table, key, arena, &row, &failure))
    {
      *image = hr_row_image_new (row.ordinal, row.record, row.record_length);
      return TRUE;
    }
  if (failure == NULL)
    return unknown_key (table, key, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return hr_document_fail_store (self);
}

static gboolean
check_replacement (HrDocument *self, const char *table, const HrValue *old_key, const HrJudgement *judgement,
                   HrArena *arena, gboolean *same_key, GError **error)
{
  HrJudgement other = { .key = judgement->key };

  if (judgement->code != NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("The item in table %s cannot become this: %s"), table,
                   judgement->reason);
      return FALSE;
    }
  *same_key = hr_value_equal (old_key, &judgement->key);
  if (*same_key)
    return TRUE;

  if (!hr_judge_duplicate (self, table, arena, &other, error))
    return FALSE;
  if (other.code != NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_EXISTS, _("Table %s has another item with the key %s."), table,
                 other.key_text);
  hr_judgement_clear (&other);
  return other.code == NULL;
}

gboolean
hr_document_replace_item (HrDocument *self, const char *table, const HrValue *old_key, const HrValue *item,
                          GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrJudgement) judgement = { 0 };
  g_auto (HrRowImage) before = HR_ROW_IMAGE_NONE;
  g_auto (HrRowImage) after = HR_ROW_IMAGE_NONE;
  gboolean same_key;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && old_key != NULL && item != NULL, FALSE);

  if (!hr_document_require_edit (self, error) || !find_row (self, table, old_key, arena, &before, error))
    return FALSE;
  hr_judge_item (self->engine, table, item, arena, &judgement);
  if (!check_replacement (self, table, old_key, &judgement, arena, &same_key, error))
    return FALSE;

  after = hr_row_image_from_item (before.ordinal, item);
  if (same_key)
    return hr_document_write_row (self, table, &before, &after, error);
  return hr_document_write_row (self, table, &before, &HR_ROW_IMAGE_NONE, error)
         && hr_document_write_row (self, table, &HR_ROW_IMAGE_NONE, &after, error);
}

gboolean
hr_document_remove_item (HrDocument *self, const char *table, const HrValue *key, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrRowImage) before = HR_ROW_IMAGE_NONE;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && key != NULL, FALSE);

  return hr_document_require_edit (self, error) && find_row (self, table, key, arena, &before, error)
         && hr_document_write_row (self, table, &before, &HR_ROW_IMAGE_NONE, error);
}

/* The row leaves its place before room is made, so that it never moves itself. */
gboolean
hr_document_move_item (HrDocument *self, const char *table, const HrValue *key, gint64 ordinal, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrRowImage) before = HR_ROW_IMAGE_NONE;
  HrRowImage after;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && key != NULL, FALSE);

  if (!hr_document_require_edit (self, error) || !hr_document_check_ordinal (self, table, ordinal, error)
      || !find_row (self, table, key, arena, &before, error))
    return FALSE;
  if (before.ordinal == ordinal)
    return TRUE;
  if (!hr_document_write_row (self, table, &before, &HR_ROW_IMAGE_NONE, error)
      || !hr_document_take_ordinal (self, table, &ordinal, error))
    return FALSE;

  after = (HrRowImage) { ordinal, before.record };
  return hr_document_write_row (self, table, &HR_ROW_IMAGE_NONE, &after, error);
}

/* A draft that is held while it is taken out of its list. */
static HrDraftEntry *
hold_draft (HrDocument *self, guint index, GError **error)
{
  HrDraftEntry *entry;

  if (!hr_document_require_edit (self, error))
    return NULL;
  entry = hr_document_get_draft_entry (self, index);
  if (entry == NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("There is no draft %u."), index + 1);
  return hr_draft_entry_ref (entry);
}

static gboolean
replace_draft (HrDocument *self, HrDraftEntry *entry, const char *json, gsize length, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrJudgement) judgement = { 0 };
  g_autofree char *text = NULL;
  const HrDraft *draft = &entry->draft;
  const HrJson *tree = hr_document_parse_json (arena, json, length, error);

  if (tree == NULL || !judge (self, draft->table, tree, arena, &judgement, error))
    return FALSE;
  text = print_json (tree);
  if (judgement.code != NULL && g_str_equal (text, draft->json))
    return TRUE;

  hr_document_write_draft (self, entry, NULL);
  return write_entry (self, hr_document_find_table (self, draft->table), draft->ordinal, tree, &judgement,
                      HR_RANGE_NONE, error);
}

gboolean
hr_document_replace_draft (HrDocument *self, guint index, const char *json, gsize length, GError **error)
{
  HrDraftEntry *entry;
  gboolean done;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && json != NULL, FALSE);

  entry = hold_draft (self, index, error);
  if (entry == NULL)
    return FALSE;
  done = replace_draft (self, entry, json, length, error);
  hr_draft_entry_unref (entry);
  return done;
}

gboolean
hr_document_remove_draft (HrDocument *self, guint index, GError **error)
{
  HrDraftEntry *entry;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  entry = hold_draft (self, index, error);
  if (entry == NULL)
    return FALSE;
  hr_document_write_draft (self, entry, NULL);
  hr_draft_entry_unref (entry);
  return TRUE;
}

static gboolean
move_draft (HrDocument *self, HrDraftEntry *entry, gint64 ordinal, GError **error)
{
  const char *table = entry->draft.table;
  HrDraftEntry *moved;

  if (!hr_document_check_ordinal (self, table, ordinal, error))
    return FALSE;
  if (entry->draft.ordinal == ordinal)
    return TRUE;
  hr_document_write_draft (self, entry, NULL);
  if (!hr_document_take_ordinal (self, table, &ordinal, error))
    return hr_document_fail_store (self);

  moved = hr_draft_entry_place (entry, table, ordinal);
  hr_document_write_draft (self, NULL, moved);
  hr_draft_entry_unref (moved);
  return TRUE;
}

gboolean
hr_document_move_draft (HrDocument *self, guint index, gint64 ordinal, GError **error)
{
  HrDraftEntry *entry;
  gboolean done;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  entry = hold_draft (self, index, error);
  if (entry == NULL)
    return FALSE;
  done = move_draft (self, entry, ordinal, error);
  hr_draft_entry_unref (entry);
  return done;
}
