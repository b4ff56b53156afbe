/*
 * One item as it is edited by hand, and items that are added: from the selection to the model's functions, and from
 * what came of it back to the selection.
 */
#include "app/session/item-actions.h"

#include <string.h>

#include "app/session/session-private.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/engine/rows.h"
#include "model/schema/compose.h"
#include "model/value/codec.h"
#include "model/value/edit-text.h"
#include "model/value/record.h"

/* Of a short row of a spreadsheet: how many are pasted is to be guessed before they are read. */
#define PASTED_ITEM_BYTES 40

gboolean
hr_item_fetch (HrSession *session, const HrValue *key, HrArena *arena, HrValue *item)
{
  HrDocument *document = hr_session_get_document (session);
  const HrTable *table = hr_session_get_table (session);
  HrRow row;

  return document != NULL && table != NULL && !hr_session_is_busy (session)
         && hr_engine_get_row (hr_document_get_engine (document), table->name, key, arena, &row, NULL)
         && hr_record_decode (row.record, row.record_length, arena, item);
}

gboolean
hr_item_dup_key (const HrTable *table, const HrValue *item, HrArena *arena, HrValue *key)
{
  const GPtrArray *const parts[] = { table->partition_key, table->sort_key };
  HrMember *members = hr_arena_alloc (arena, G_N_ELEMENTS (parts) * sizeof *members);
  guint n_members = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const HrAttribute *attribute = parts[i]->len > 0 ? g_ptr_array_index (parts[i], 0) : NULL;
      const HrValue *value = attribute != NULL ? hr_map_get (item, attribute->name, strlen (attribute->name)) : NULL;

      if (attribute != NULL && value == NULL)
        return FALSE;
      if (value != NULL)
        members[n_members++] = (HrMember){ attribute->name, strlen (attribute->name), *value };
    }
  hr_members_sort (members, n_members);
  *key = hr_value_map (members, n_members);
  return TRUE;
}

/* Selection: the selected entry, its key copied: what is done to it changes the selection. */
typedef struct
{
  HrItemRef ref;
  HrValue key;  /* of an item */
  const char *table; /* interned: what is done may give the definition another name */
  guint column;
} Selection;

static gboolean
get_selected (HrSession *session, HrArena *arena, Selection *selection, GError **error)
{
  const HrTable *table = hr_session_get_table (session);
  const HrValue *selected = hr_session_get_selected_key (session, &selection->column);
  gint64 ordinal = -1;

  if (table == NULL || hr_session_is_busy (session)
      || (selected == NULL && !hr_session_get_selected_draft (session, &ordinal)))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Select an item first."));
      return FALSE;
    }
  if (selected != NULL)
    selection->key = hr_value_copy (arena, selected);
  selection->table = g_intern_string (table->name);
  selection->ref = (HrItemRef){ selection->table, selected != NULL ? &selection->key : NULL, ordinal };
  return TRUE;
}

/* To be changed: not while something else is being made of the document. */
static gboolean
get_edited (HrSession *session, HrArena *arena, Selection *selection, GError **error)
{
  return hr_session_check_ready (session, error) && get_selected (session, arena, selection, error);
}

gboolean
hr_item_get_selected (HrSession *session, HrArena *arena, HrValue *item, const HrDraft **draft)
{
  Selection selection;

  *draft = NULL;
  return get_selected (session, arena, &selection, NULL)
         && hr_document_get_entry (hr_session_get_document (session), &selection.ref, arena, item, draft, NULL);
}

/* Those of the entries that are items. */
static GPtrArray *
read_entries (HrSession *session, const char *table, const GArray *ordinals, HrArena *arena)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < ordinals->len; i++)
    {
      const HrItemRef ref = { table, NULL, g_array_index (ordinals, gint64, i) };
      HrValue *item = hr_arena_new0 (arena, HrValue);
      const HrDraft *draft;

      if (hr_document_get_entry (hr_session_get_document (session), &ref, arena, item, &draft, NULL) && draft == NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

static gboolean
select_several (HrSession *session, const char *table, const HrItemResult *result, guint column)
{
  g_autoptr (HrArena) arena = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (result->ordinals->len < 2 || result->ordinals->len > HR_ROW_CHANGES_MAX)
    return FALSE;
  arena = hr_arena_new ();
  items = read_entries (session, table, result->ordinals, arena);
  if (items->len > 0)
    hr_session_select_items (session, (const HrValue *const *) items->pdata, items->len, column);
  return items->len > 0;
}

void
hr_item_select_result (HrSession *session, const char *table, const HrItemResult *result, guint column)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrTable *shown = hr_session_get_table (session);
  const HrJson *json;
  HrValue key;

  if (shown == NULL || strcmp (shown->name, table) != 0 || select_several (session, table, result, column))
    return;
  if (result->key == NULL && result->ordinal >= 0)
    hr_session_select_draft (session, result->ordinal);
  else if (result->key == NULL)
    hr_session_clear_selection (session);
  if (result->key == NULL)
    return;
  json = hr_json_parse (arena, result->key, strlen (result->key), HR_LIMIT_JSON_DEPTH, NULL);
  if (json != NULL && hr_item_from_json (arena, json, &key, NULL))
    hr_session_select_item (session, &key, column);
}

gboolean
hr_item_tell_result (HrSession *session, const HrItemResult *result)
{
  g_autofree char *text = NULL;

  if (result->n_drafts == 1)
    text = g_strdup_printf (_("Kept as a draft: %s"), result->reason != NULL ? result->reason : "");
  else if (result->n_drafts > 1)
    text = g_strdup_printf (ngettext_ ("%u item is kept as a draft: %s", "%u items are kept as drafts: %s",
                                       result->n_drafts),
                            result->n_drafts, result->reason != NULL ? result->reason : "");
  else if (result->does_not_fit)
    text = g_strdup (_("The key no longer fits the template of its entity."));
  if (text != NULL)
    hr_session_emit_toast (session, text, TRUE);
  return text != NULL;
}

static void
take_result (HrSession *session, const char *table, HrItemResult *result, guint column)
{
  hr_item_select_result (session, table, result, column);
  hr_item_tell_result (session, result);
}

/* Edited items */

struct _HrEditedItem
{
  HrDocument *document; /* weak */
  HrArena *arena;
  Selection selection;
};

HrEditedItem *
hr_edited_item_new (HrSession *session)
{
  g_autoptr (HrEditedItem) self = g_new0 (HrEditedItem, 1);

  self->arena = hr_arena_new ();
  if (!get_selected (session, self->arena, &self->selection, NULL))
    return NULL;
  g_set_weak_pointer (&self->document, hr_session_get_own_document (session));
  return g_steal_pointer (&self);
}

void
hr_edited_item_free (HrEditedItem *self)
{
  g_clear_weak_pointer (&self->document);
  hr_arena_free (self->arena);
  g_free (self);
}

gboolean
hr_edited_item_is_selected (const HrEditedItem *self, HrSession *session)
{
  const HrTable *table = hr_session_get_table (session);
  const HrItemRef *ref = &self->selection.ref;
  const HrValue *key = hr_session_get_selected_key (session, NULL);
  gint64 draft;

  if (table == NULL || strcmp (table->name, self->selection.table) != 0
      || self->document != hr_session_get_own_document (session))
    return FALSE;
  if (ref->key != NULL)
    return key != NULL && hr_value_equal (key, ref->key);
  return hr_session_get_selected_draft (session, &draft) && draft == ref->ordinal;
}

gboolean
hr_edited_item_set_text (HrEditedItem *self, HrSession *session, const char *name, HrType type, const char *text,
                         GError **error)
{
  gboolean is_selected = hr_edited_item_is_selected (self, session);
  g_auto (HrItemResult) result = { 0 };

  if (self->document == NULL || self->document != hr_session_get_own_document (session))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("The item is gone."));
      return FALSE;
    }
  if (!hr_session_check_ready (session, error)
      || !hr_document_set_item_text (self->document, &self->selection.ref, name, type, text, strlen (text), &result,
                                     error))
    return FALSE;
  if (is_selected)
    take_result (session, self->selection.table, &result, self->selection.column);
  else
    hr_item_tell_result (session, &result);
  return TRUE;
}

gboolean
hr_item_set_text (HrSession *session, const char *name, HrType type, const char *text, GError **error)
{
  g_autoptr (HrEditedItem) item = NULL;

  if (!hr_session_check_ready (session, error))
    return FALSE;
  item = hr_edited_item_new (session);
  if (item != NULL)
    return hr_edited_item_set_text (item, session, name, type, text, error);
  g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Select an item first."));
  return FALSE;
}

gboolean
hr_item_unset (HrSession *session, const char *name, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  Selection selection;

  if (!get_edited (session, arena, &selection, error)
      || !hr_document_set_item_value (hr_session_get_document (session), &selection.ref, 1, name, NULL, &result, error))
    return FALSE;
  take_result (session, selection.table, &result, selection.column);
  return TRUE;
}

/* The partition key attributes of the selected item, or NULL. */
static const HrValue *
get_partition (HrSession *session, const HrTable *table, HrArena *arena)
{
  const HrValue *selected = hr_session_get_selected_key (session, NULL);
  const HrAttribute *attribute = hr_table_get_partition_key (table);
  const HrValue *value = selected != NULL ? hr_map_get (selected, attribute->name, strlen (attribute->name)) : NULL;
  HrMember *member;
  HrValue *partition;

  if (value == NULL)
    return NULL;
  member = hr_arena_alloc (arena, sizeof *member);
  *member = (HrMember){ attribute->name, strlen (attribute->name), hr_value_copy (arena, value) };
  partition = hr_arena_alloc (arena, sizeof *partition);
  *partition = hr_value_map (member, 1);
  return partition;
}

static const HrEntity *
get_kind_of_selected (HrSession *session, const HrTable *table, HrArena *arena)
{
  const HrValue *key = hr_session_get_selected_key (session, NULL);
  HrValue item;

  return key != NULL && hr_item_fetch (session, key, arena, &item) ? hr_table_match_entity (table, &item, NULL) : NULL;
}

/* The kind of what was selected last, an entity or an item, or the first one. */
static const HrEntity *
choose_entity (HrSession *session, const HrTable *table, const HrEntity *of_item)
{
  g_autofree char *selected = NULL;
  const HrEntity *entity;
  guint subject;

  g_object_get (session, "selected-entity", &selected, "subject", &subject, NULL);
  entity = selected != NULL ? hr_table_find_entity (table, selected) : NULL;
  if (of_item != NULL && (entity == NULL || subject != HR_SUBJECT_ENTITY))
    return of_item;
  if (entity == NULL && table->entities->len > 0)
    entity = g_ptr_array_index (table->entities, 0);
  return entity;
}

gboolean
hr_item_add (HrSession *session, const char *entity, GError **error)
{
  const HrTable *table = hr_session_get_table (session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  const HrEntity *of_item, *chosen;
  const HrValue *partition;

  if (!hr_session_check_ready (session, error))
    return FALSE;
  if (table == NULL)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Add a table first."));
      return FALSE;
    }
  of_item = get_kind_of_selected (session, table, arena);
  chosen = entity != NULL ? hr_table_find_entity (table, entity) : choose_entity (session, table, of_item);
  /* an item of another kind has another partition */
  partition = chosen == of_item ? get_partition (session, table, arena) : NULL;
  if (!hr_document_new_item (hr_session_get_document (session), table->name, chosen != NULL ? chosen->name : NULL,
                             partition, NULL, &result, error))
    return FALSE;
  take_result (session, hr_session_get_table (session)->name, &result, 0);
  return TRUE;
}

/* What is given may belong to what is selected now, or shown. */
void
hr_item_show_copy (HrSession *session, const char *table, const char *index, const HrValue *key)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *name = g_strdup (table);
  g_autofree char *index_name = g_strdup (index);
  HrValue copy = hr_value_copy (arena, key);

  hr_session_show_table (session, name, index_name);
  hr_session_select_item (session, &copy, 0);
  g_object_set (session, "view", "table", NULL);
}

gboolean
hr_item_set_json (HrSession *session, const char *json, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  Selection selection;

  if (!get_edited (session, arena, &selection, error)
      || !hr_document_set_item_json (hr_session_get_document (session), &selection.ref, json, strlen (json), &result,
                                     error))
    return FALSE;
  take_result (session, selection.table, &result, selection.column);
  return TRUE;
}

/* What is pasted, on its way through a thread. */
typedef struct
{
  char *table;
  char *entity; /* or NULL */
  char *text;
  HrItemResult result;
} Paste;

static void
paste_free (gpointer data)
{
  Paste *self = data;

  g_free (self->table);
  g_free (self->entity);
  g_free (self->text);
  hr_item_result_clear (&self->result);
  g_free (self);
}

static gboolean
paste_cb (HrDocument *document, gpointer data, GError **error)
{
  Paste *self = data;

  return hr_document_paste_items (document, self->table, self->entity, self->text, strlen (self->text),
                                  &self->result, error);
}

static void
pasted_cb (HrSession *session, gpointer data)
{
  const HrItemResult *result = &((Paste *)data)->result;
  g_autofree char *told = NULL;

  hr_item_select_result (session, ((Paste *)data)->table, result, 0);
  if (result->n_drafts > 0)
    told = g_strdup_printf (ngettext_ ("%u pasted item is kept as a draft: %s",
                                       "%u pasted items are kept as drafts: %s", result->n_drafts),
                            result->n_drafts, result->reason != NULL ? result->reason : "");
  else
    told = g_strdup_printf (ngettext_ ("%u item is pasted.", "%u items are pasted.", result->n_stored),
                            result->n_stored);
  hr_session_emit_toast (session, told, TRUE);
}

gboolean
hr_item_paste (HrSession *session, const char *text, GError **error)
{
  HrSessionChange change = {
    .name = _ ("Paste items"), .func = paste_cb, .done = pasted_cb, .free_data = paste_free
  };
  const HrTable *table = hr_session_get_table (session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrEntity *entity;
  Paste *paste;

  if (table == NULL || hr_session_is_busy (session))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Add a table first."));
      return FALSE;
    }
  paste = g_new0 (Paste, 1);
  paste->table = g_strdup (table->name);
  entity = choose_entity (session, table, get_kind_of_selected (session, table, arena));
  paste->entity = entity != NULL ? g_strdup (entity->name) : NULL;
  paste->text = g_strdup (text);
  change.data = paste;
  change.n_rows = strlen (text) / PASTED_ITEM_BYTES;
  return hr_session_change (session, &change, error);
}
