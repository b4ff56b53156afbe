/*
 * Entries of a table while they are edited.
 *
 * An edit changes keys, turns items into drafts and drafts into items; only its ordinal stays with an entry. So entries
 * are resolved to ordinals first, and looked up again one by one as they are changed and counted.
 */
#include "model/document/item-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/document/document-private.h"
#include "model/value/codec.h"
#include "model/value/record.h"

typedef struct
{
  gint64 ordinal;
  HrArena *arena;
  HrRow row;
  gboolean found;
} Seek;

static gboolean
seek_cb (const HrRow *row, gpointer user_data)
{
  Seek *seek = user_data;

  seek->found = row->ordinal == seek->ordinal;
  if (seek->found)
    seek->row = (HrRow) { row->ordinal, hr_arena_memdup (seek->arena, row->record, row->record_length),
                          row->record_length };
  return FALSE;
}

static gboolean
find_row (HrDocument *self, const HrItemRef *ref, HrArena *arena, HrRow *row, gboolean *found, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Seek seek = { .ordinal = ref->ordinal, .arena = arena };
  const HrTable *definition = hr_engine_get_table (self->engine, ref->table);
  HrValue sound_key;

  *found = FALSE;
  if (definition == NULL)
    return TRUE;
  if (ref->key == NULL)
    {
      if (!hr_engine_foreach_row_from (self->engine, ref->table, ref->ordinal, seek_cb, &seek, error))
        return FALSE;
      *row = seek.row;
      *found = seek.found;
      return TRUE;
    }
  if (!hr_definition_get_key (definition, ref->key, arena, &sound_key))
    return TRUE;
  *found = hr_engine_get_row (self->engine, ref->table, &sound_key, arena, row, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_row (HrDocument *self, const HrItemRef *ref, const HrRow *row, HrArena *arena, HrEntry *entry, GError **error)
{
  *entry = (HrEntry) { .ordinal = row->ordinal, .is_item = TRUE };
  if (hr_record_decode (row->record, row->record_length, arena, &entry->item)
      && hr_definition_get_key (hr_engine_get_table (self->engine, ref->table), &entry->item, arena, &entry->key))
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("Table %s holds an item that cannot be read."), ref->table);
  return FALSE;
}

static void
read_draft (const HrDraft *draft, HrArena *arena, HrEntry *entry)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  char *text = hr_arena_strdup (arena, draft->json);
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL);

  *entry = (HrEntry) { .ordinal = draft->ordinal, .is_draft = TRUE, .draft = draft->json };
  entry->is_item = json != NULL && json->type == HR_JSON_OBJECT
                   && hr_item_from_json (arena, json, &entry->item, &service_error);
}

gboolean
hr_entry_find (HrDocument *document, const HrItemRef *ref, HrArena *arena, HrEntry *entry, GError **error)
{
  const HrDocumentTable *table = hr_document_find_table (document, ref->table);
  gboolean found = FALSE;
  HrRow row;

  if (table == NULL)
    return hr_document_unknown_table (ref->table, error);
  if (ref->key == NULL)
    {
      guint position = hr_document_table_find_draft (table, ref->ordinal, &found);

      if (found)
        {
          read_draft (&((HrDraftEntry *) g_ptr_array_index (table->drafts, position))->draft, arena, entry);
          return TRUE;
        }
    }
  if (!find_row (document, ref, arena, &row, &found, error))
    return FALSE;
  if (found)
    return read_row (document, ref, &row, arena, entry, error);
  g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("The item is no longer in table %s."), ref->table);
  return FALSE;
}

/* The number of a draft among all of the document. */
static guint
get_draft_index (HrDocument *self, const char *table, gint64 ordinal)
{
  guint index = 0;

  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrDocumentTable *one = g_ptr_array_index (self->tables, i);

      if (g_str_equal (one->name, table))
        return index + hr_document_table_find_draft (one, ordinal, NULL);
      index += one->drafts->len;
    }
  return G_MAXUINT;
}

static gboolean
put_stored (HrDocument *self, const char *table, const HrEntry *entry, const HrValue *item, const HrBuffer *json,
            GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (hr_document_replace_item (self, table, &entry->key, item, &failure))
    return TRUE;
  if (!g_error_matches (failure, HR_ERROR, HR_ERROR_EXISTS) && !g_error_matches (failure, HR_ERROR, HR_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return hr_document_remove_item (self, table, &entry->key, error)
         && hr_document_add_item (self, table, json->data, json->length, entry->ordinal, HR_RANGE_NONE, error);
}

gboolean
hr_entry_put (HrDocument *document, const char *table, const HrEntry *entry, const HrValue *item, GError **error)
{
  g_auto (HrBuffer) json = HR_BUFFER_INIT;

  hr_item_to_json (item, TRUE, &json);
  if (!entry->is_draft)
    return hr_value_equal (item, &entry->item) || put_stored (document, table, entry, item, &json, error);
  return hr_document_replace_draft (document, get_draft_index (document, table, entry->ordinal), json.data,
                                    json.length, error);
}

gboolean
hr_entry_remove (HrDocument *document, const char *table, const HrEntry *entry, GError **error)
{
  if (!entry->is_draft)
    return hr_document_remove_item (document, table, &entry->key, error);
  return hr_document_remove_draft (document, get_draft_index (document, table, entry->ordinal), error);
}

/* Steps */

void
hr_item_result_clear (HrItemResult *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->rewritten, g_ptr_array_unref);
  g_clear_pointer (&self->ordinals, g_array_unref);
}

static int
compare_ordinals_cb (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
step_init (HrItemStep *self, HrDocument *document, const char *table)
{
  *self = (HrItemStep) { .document = document, .table = table };
  self->definition = hr_model_find_table (hr_document_get_model (document), table);
  self->ordinals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->arena = hr_arena_new ();
  self->result.ordinal = -1;
  self->result.ordinals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->result.rewritten = g_ptr_array_new_with_free_func (g_free);
}

static void
step_clear (HrItemStep *self)
{
  hr_item_result_clear (&self->result);
  g_array_unref (self->ordinals);
  g_array_unref (self->touched);
  hr_arena_free (self->arena);
}

static void
drop_repeats (GArray *ordinals)
{
  guint kept = 0;

  for (guint i = 0; i < ordinals->len; i++)
    if (kept == 0 || g_array_index (ordinals, gint64, i) != g_array_index (ordinals, gint64, kept - 1))
      g_array_index (ordinals, gint64, kept++) = g_array_index (ordinals, gint64, i);
  g_array_set_size (ordinals, kept);
}

static gboolean
resolve (HrItemStep *self, const HrItemRef *refs, guint n_refs, GError **error)
{
  for (guint i = 0; i < n_refs; i++)
    {
      HrEntry entry;

      hr_arena_reset (self->arena);
      if (!hr_entry_find (self->document, &refs[i], self->arena, &entry, error))
        return FALSE;
      g_array_append_val (self->ordinals, entry.ordinal);
    }
  g_array_sort (self->ordinals, compare_ordinals_cb);
  drop_repeats (self->ordinals);
  return TRUE;
}

gboolean
hr_item_step_open (HrItemStep *self, HrDocument *document, const char *table, char *name, GError **error)
{
  g_autofree char *step = name;

  step_init (self, document, table);
  if (self->definition == NULL)
    hr_document_unknown_table (table, error);
  else if (hr_edit_part_begin (&self->part, document, step, error))
    return TRUE;
  step_clear (self);
  return FALSE;
}

gboolean
hr_item_step_begin (HrItemStep *self, HrDocument *document, const HrItemRef *refs, guint n_refs, char *name,
                    GError **error)
{
  g_autofree char *step = name;

  step_init (self, document, refs[0].table);
  if (resolve (self, refs, n_refs, error) && hr_edit_part_begin (&self->part, document, step, error))
    return TRUE;
  step_clear (self);
  return FALSE;
}

void
hr_item_step_note_rewritten (HrItemStep *self, const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (!g_ptr_array_find_with_equal_func (self->result.rewritten, names->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (self->result.rewritten, g_strdup (names->pdata[i]));
}

gboolean
hr_item_step_add (HrItemStep *self, const HrValue *item, gint64 behind, GError **error)
{
  g_auto (HrBuffer) json = HR_BUFFER_INIT;
  gint64 ordinal = behind >= 0 ? behind + 1 : hr_document_get_next_ordinal (self->document, self->table);

  hr_item_to_json (item, TRUE, &json);
  if (!hr_document_add_item (self->document, self->table, json.data, json.length, behind >= 0 ? ordinal : -1,
                             HR_RANGE_NONE, error))
    return FALSE;
  g_array_append_val (self->touched, ordinal);
  return TRUE;
}

gboolean
hr_item_step_add_text (HrItemStep *self, const char *json, GError **error)
{
  gint64 ordinal = hr_document_get_next_ordinal (self->document, self->table);

  if (!hr_document_add_item (self->document, self->table, json, strlen (json), -1, HR_RANGE_NONE, error))
    return FALSE;
  g_array_append_val (self->touched, ordinal);
  return TRUE;
}

static void
count_entry (HrItemStep *self, gint64 ordinal)
{
  HrItemRef ref = { self->table, NULL, ordinal };
  HrItemResult *result = &self->result;
  HrEntry entry;

  hr_arena_reset (self->arena);
  if (!hr_entry_find (self->document, &ref, self->arena, &entry, NULL))
    return;
  result->n_stored += !entry.is_draft;
  result->n_drafts += entry.is_draft;
  g_array_append_val (result->ordinals, ordinal);
  if (result->ordinal < 0)
    {
      result->ordinal = ordinal;
      if (!entry.is_draft)
        result->key = hr_definition_print_key (&entry.key);
    }
  if (entry.is_draft && result->reason == NULL)
    {
      const HrDocumentTable *table = hr_document_find_table (self->document, self->table);
      guint position = hr_document_table_find_draft (table, ordinal, NULL);

      result->reason = g_strdup (((HrDraftEntry *) g_ptr_array_index (table->drafts, position))->draft.reason);
    }
}

gboolean
hr_item_step_end (HrItemStep *self, gboolean done, HrItemResult *result, GError **error)
{
  gboolean ended = hr_edit_part_end (&self->part, done, error);

  if (ended)
    for (guint i = 0; i < self->touched->len; i++)
      count_entry (self, g_array_index (self->touched, gint64, i));
  if (ended && result != NULL)
    {
      *result = self->result;
      self->result = (HrItemResult) { 0 };
    }
  step_clear (self);
  return ended;
}

gboolean
hr_document_get_entry (HrDocument *self, const HrItemRef *ref, HrArena *arena, HrValue *item, const HrDraft **draft,
                       GError **error)
{
  HrEntry entry;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && ref != NULL && ref->table != NULL, FALSE);

  if (draft != NULL)
    *draft = NULL;
  if (!hr_entry_find (self, ref, arena, &entry, error))
    return FALSE;
  if (draft != NULL && entry.is_draft)
    *draft = hr_document_get_draft (self, get_draft_index (self, ref->table, entry.ordinal));
  if (entry.is_item)
    *item = entry.item;
  return entry.is_item;
}
