/*
 * Documents in files: what a store has besides items, and when it is written.
 *
 * Items live in the engine, so they are in its file anyway. Everything else is in properties of the database, written
 * in the same transaction as the items of a step: definitions as a text when they change, each draft by itself, and
 * that the document is modified. That it is not is written after the commit that brought it there: a program that dies
 * in between leaves a document that is taken for modified, never the other way round.
 */
#include "model/document/store.h"

#include <glib/gstdio.h>
#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/document/document-private.h"

#define PROPERTY_MODEL    "document/model"
#define PROPERTY_NAME     "document/name"
#define PROPERTY_NOTE     "document/note"
#define PROPERTY_MODIFIED "document/modified"
#define PREFIX_DRAFT      "draft/"

static const HrEngineOptions store_options = { .synchronous = HR_SYNC_OFF, .has_checkpointer = TRUE };

static gboolean
fail_damaged (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("“%s” holds no model."), name);
  return FALSE;
}

static gboolean
set_property (HrEngine *engine, const char *name, const char *text, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };

  if (hr_engine_set_property (engine, NULL, name, text, &call, &service_error))
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("The work in progress could not be kept: %s."),
               service_error.message);
  return FALSE;
}

static char *
dup_property (HrEngine *engine, const char *name)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };

  return g_strdup (hr_engine_get_property (engine, NULL, name, &call));
}

/* Drafts */

static char *
draft_name (const HrDraftEntry *entry)
{
  return g_strdup_printf (PREFIX_DRAFT "%020" G_GINT64_FORMAT "/%s", entry->draft.ordinal, entry->draft.table);
}

static void
write_member (HrBuffer *out, const char *name, const char *text)
{
  if (text == NULL)
    return;
  hr_buffer_append_char (out, out->data[out->length - 1] == '{' ? ' ' : ',');
  hr_json_write_string (out, name, strlen (name));
  hr_buffer_append_char (out, ':');
  hr_json_write_string (out, text, strlen (text));
}

static char *
draft_print (const HrDraftEntry *entry)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_buffer_append_char (&out, '{');
  write_member (&out, "json", entry->draft.json);
  write_member (&out, "code", entry->draft.code);
  write_member (&out, "reason", entry->draft.reason);
  write_member (&out, "key", entry->key);
  hr_buffer_append_char (&out, '}');
  return hr_buffer_steal (&out, NULL);
}

static gboolean
keep_draft (HrEngine *engine, const HrDraftEntry *entry, gboolean is_there, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (entry == NULL)
    return TRUE;
  name = draft_name (entry);
  text = is_there ? draft_print (entry) : NULL;
  return set_property (engine, name, text, error);
}

static char *
get_member (const HrJson *json, const char *name, HrArena *arena)
{
  const HrJson *value = hr_json_get (json, name);

  return value != NULL && value->type == HR_JSON_STRING ? (char *) hr_json_dup_string (value, arena) : NULL;
}

/* NULL when the text is none. */
static HrDraftEntry *
read_draft (const char *name, const char *text)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  HrJudgement judgement = { 0 };
  const char *content;
  const char *table;
  char *end;
  gint64 ordinal = g_ascii_strtoll (name + strlen (PREFIX_DRAFT), &end, 10);

  if (json == NULL || json->type != HR_JSON_OBJECT || *end != '/')
    return NULL;
  table = end + 1;
  content = get_member (json, "json", arena);
  judgement.code = hr_draft_intern_code (get_member (json, "code", arena));
  judgement.reason = get_member (json, "reason", arena);
  judgement.key_text = get_member (json, "key", arena);
  if (content == NULL || judgement.reason == NULL)
    return NULL;
  return hr_draft_entry_new (table, ordinal, g_strdup (content), &judgement, HR_RANGE_NONE);
}

typedef struct
{
  HrDocument *document;
  gboolean is_damaged;
} DraftReading;

/* They come by their ordinals. */
static void
read_draft_cb (const char *name, const char *text, gpointer user_data)
{
  DraftReading *reading = user_data;
  HrDraftEntry *entry = read_draft (name, text);
  HrDocumentTable *table = entry != NULL ? hr_document_find_table (reading->document, entry->draft.table) : NULL;

  if (table != NULL)
    g_ptr_array_add (table->drafts, entry);
  else
    {
      hr_draft_entry_unref (entry);
      reading->is_damaged = TRUE;
    }
}

/* Writing */

static gboolean
keep_model (HrDocument *self, const HrModel *model, GError **error)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  self->text->write (model, &out);
  hr_buffer_append_char (&out, '\0');
  return set_property (self->engine, PROPERTY_MODEL, out.data, error)
         && set_property (self->engine, PROPERTY_NAME, model->name, error);
}

static gboolean
keep_modified (HrDocument *self, gboolean is_modified, GError **error)
{
  return set_property (self->engine, PROPERTY_MODIFIED, is_modified ? "yes" : NULL, error);
}

static gboolean
keep_change (HrDocument *self, const HrChange *change, gboolean forward, GError **error)
{
  switch (change->kind)
    {
    case HR_CHANGE_ROW:
      return TRUE;
    case HR_CHANGE_DRAFT:
      return keep_draft (self->engine, forward ? change->draft.before : change->draft.after, FALSE, error)
             && keep_draft (self->engine, forward ? change->draft.after : change->draft.before, TRUE, error);
    case HR_CHANGE_MODEL:
      return keep_model (self, forward ? change->model.after : change->model.before, error);
    }
  g_return_val_if_reached (FALSE);
}

gboolean
hr_document_keep_step (HrDocument *self, const HrUndoStep *step, gboolean forward, GError **error)
{
  if (self->text == NULL || step->changes->len == 0)
    return TRUE;

  for (guint i = 0; i < step->changes->len; i++)
    if (!keep_change (self, hr_undo_step_get_change (step, i, forward), forward, error))
      return FALSE;
  if (self->kept_state == HR_KEPT_MODIFIED)
    return TRUE;
  self->kept_state = HR_KEPT_UNKNOWN; /* until the commit */
  return keep_modified (self, TRUE, error);
}

void
hr_document_keep_state (HrDocument *self)
{
  HrKeptState state = hr_document_is_modified (self) ? HR_KEPT_MODIFIED : HR_KEPT_SAVED;
  g_autoptr (GError) error = NULL;

  if (self->text == NULL || self->kept_state == state)
    return;
  self->kept_state = HR_KEPT_UNKNOWN;
  if (keep_modified (self, state == HR_KEPT_MODIFIED, &error))
    self->kept_state = state;
  else
    g_message ("%s", error->message); /* it is taken for modified, which harms nobody */
}

gboolean
hr_document_keep_drafts (HrDocument *self, GError **error)
{
  for (guint i = 0; self->text != NULL && i < self->tables->len; i++)
    {
      const HrDocumentTable *table = g_ptr_array_index (self->tables, i);

      for (guint j = 0; j < table->drafts->len; j++)
        if (!keep_draft (self->engine, g_ptr_array_index (table->drafts, j), TRUE, error))
          return FALSE;
    }
  return TRUE;
}

/* Before the copy, so that a store has them from the first moment. */
static gboolean
keep_all (HrDocument *self, GError **error)
{
  if (!hr_engine_begin (self->engine, error))
    return FALSE;
  if (keep_model (self, self->model, error) && hr_document_keep_drafts (self, error)
      && keep_modified (self, hr_document_is_modified (self), error))
    return hr_engine_commit (self->engine, error);
  hr_engine_rollback (self->engine, NULL);
  return FALSE;
}

gboolean
hr_document_move_to_store (HrDocument *self, const char *path, const HrModelText *text, GError **error)
{
  HrEngine *engine = NULL;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && path != NULL && text != NULL, FALSE);
  g_return_val_if_fail (self->text == NULL && self->edit == NULL && !self->is_loading, FALSE);

  self->text = text;
  if (keep_all (self, error))
    engine = hr_engine_copy (self->engine, path, &store_options, error);
  if (engine == NULL)
    {
      self->text = NULL;
      return FALSE;
    }
  hr_engine_close (self->engine);
  self->engine = engine;
  self->store = g_strdup (path);
  return TRUE;
}

/* Reading */

/* Tables that the engine could be given are there; they were written together. */
static gboolean
has_tables (HrDocument *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrDocumentTable *table = g_ptr_array_index (self->tables, i);
      HrTable *definition = hr_definition_new (hr_model_find_table (self->model, table->name));
      gboolean is_there = definition == NULL || hr_engine_get_table (self->engine, table->name) != NULL;

      hr_table_free (definition);
      if (!is_there)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_store (HrDocument *self, const char *path, GError **error)
{
  g_autofree char *text = dup_property (self->engine, PROPERTY_MODEL);
  g_autofree char *modified = dup_property (self->engine, PROPERTY_MODIFIED);
  g_autoptr (HrModel) model = text != NULL ? self->text->read (text, strlen (text), NULL) : NULL;
  DraftReading reading = { self, FALSE };

  if (model == NULL)
    return fail_damaged (path, error);
  hr_document_adopt_model (self, NULL, model);
  if (!hr_engine_foreach_property (self->engine, NULL, PREFIX_DRAFT, read_draft_cb, &reading, error))
    return FALSE;
  if (reading.is_damaged || !has_tables (self))
    return fail_damaged (path, error);

  self->kept_state = modified != NULL ? HR_KEPT_MODIFIED : HR_KEPT_SAVED;
  self->saved_at = modified != NULL ? G_MAXUINT : 0;
  self->was_modified = modified != NULL;
  return TRUE;
}

static HrEngine *
open_engine (const char *path, const HrEngineOptions *options, GError **error)
{
  g_autofree char *name = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return hr_engine_open (path, options, error);
  name = g_filename_display_name (path);
  g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("There is no file “%s”."), name);
  return NULL;
}

HrDocument *
hr_document_open_store (const char *path, const HrModelText *text, GError **error)
{
  g_autoptr (HrDocument) self = NULL;

  g_return_val_if_fail (path != NULL && text != NULL, NULL);

  self = g_object_new (HR_TYPE_DOCUMENT, NULL);
  self->engine = open_engine (path, &store_options, error);
  if (self->engine == NULL)
    return NULL;
  self->text = text;
  self->store = g_strdup (path);
  return read_store (self, path, error) ? g_steal_pointer (&self) : NULL;
}

const char *
hr_document_get_store (HrDocument *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  return self->store;
}

/* Open files stay what they are without a name, for whoever has them. */
void
hr_document_remove_store (HrDocument *self)
{
  g_return_if_fail (HR_IS_DOCUMENT (self));

  if (self->store != NULL)
    hr_store_remove (self->store);
}

gboolean
hr_document_set_note (HrDocument *self, const char *note, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  return set_property (self->engine, PROPERTY_NOTE, note, error);
}

char *
hr_document_dup_note (HrDocument *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  return dup_property (self->engine, PROPERTY_NOTE);
}

/* Without the document: files and what they say of themselves */

gboolean
hr_store_summary_read (HrStoreSummary *self, const char *path, GError **error)
{
  g_autoptr (HrEngine) engine = open_engine (path, NULL, error);
  g_autofree char *modified = NULL;

  *self = (HrStoreSummary) { 0 };
  if (engine == NULL)
    return FALSE;
  self->name = dup_property (engine, PROPERTY_NAME);
  if (self->name == NULL)
    return fail_damaged (path, error);
  modified = dup_property (engine, PROPERTY_MODIFIED);
  self->note = dup_property (engine, PROPERTY_NOTE);
  self->is_modified = modified != NULL;
  return TRUE;
}

void
hr_store_summary_clear (HrStoreSummary *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->note, g_free);
}

void
hr_store_remove (const char *path)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}
