/*
 * HrSnapshot: a document's content, taken without stopping anybody.
 *
 * The main thread only copies records, in the order in which they lie in the store, so that it can stop anywhere and go
 * on behind the last key. Putting them in order, decoding them and making text of them is work for another thread,
 * which builds a document of its own from them and lets the native format write that.
 */
#include "app/ui/snapshot.h"

#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/rows.h"
#include "model/engine/tree.h"
#include "model/exchange/native.h"
#include "model/value/codec.h"
#include "model/value/record.h"

/* How long one go may take, and after how many rows the clock is looked at. */
#define SLICE_US   4000
#define SLICE_ROWS 64
/* How long to wait when a thread has the engine. */
#define WAIT_MS 20

typedef struct
{
  gint64 ordinal;
  gsize offset; /* of the record in the table's bytes; of a draft: its text */
  gsize length;
  gboolean is_draft;
} Entry;

typedef struct
{
  char *name;
  GArray *entries; /* Entry */
  HrBuffer bytes;
} TableSnapshot;

struct _HrSnapshot
{
  HrDocument *document; /* owned; not looked into */
  HrModel *model;
  GPtrArray *tables;    /* TableSnapshot */
  guint64 generation;
};

static TableSnapshot *
table_snapshot_new (const char *name)
{
  TableSnapshot *self = g_new0 (TableSnapshot, 1);

  self->name = g_strdup (name);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  return self;
}

static void
table_snapshot_free (TableSnapshot *self)
{
  hr_buffer_clear (&self->bytes);
  g_array_unref (self->entries);
  g_free (self->name);
  g_free (self);
}

static void
add_entry (TableSnapshot *self, gint64 ordinal, gconstpointer data, gsize length, gboolean is_draft)
{
  Entry entry = { ordinal, self->bytes.length, length, is_draft };

  hr_buffer_append (&self->bytes, data, length);
  g_array_append_val (self->entries, entry);
}

static HrSnapshot *
snapshot_new (HrDocument *document)
{
  HrSnapshot *self = g_new0 (HrSnapshot, 1);

  self->document = g_object_ref (document);
  self->model = hr_model_ref (hr_document_get_model (document));
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) table_snapshot_free);
  return self;
}

void
hr_snapshot_free (HrSnapshot *self)
{
  g_clear_object (&self->document);
  hr_model_unref (self->model);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

HrDocument *
hr_snapshot_get_document (const HrSnapshot *self)
{
  return self->document;
}

guint64
hr_snapshot_get_generation (const HrSnapshot *self)
{
  return self->generation;
}

/* HrTaking: the work in progress, with the place that it has come to. */
typedef struct
{
  HrSession *session;
  HrDocument *document;
  HrSnapshot *snapshot;
  gulong changed_handler;
  guint table;      /* number of the table in the model */
  HrBuffer behind;  /* the key to go on from; empty: from the first row */
  gint64 deadline;
  guint n_rows;     /* in this go */
  gboolean is_full; /* the time is up */
} HrTaking;

static void
taking_free (HrTaking *self)
{
  g_signal_handler_disconnect (self->document, self->changed_handler);
  g_clear_pointer (&self->snapshot, hr_snapshot_free);
  hr_buffer_clear (&self->behind);
  g_object_unref (self->document);
  g_object_unref (self->session);
  g_free (self);
}

static void
start_over (HrTaking *self)
{
  g_clear_pointer (&self->snapshot, hr_snapshot_free);
  self->snapshot = snapshot_new (self->document);
  self->table = 0;
  hr_buffer_truncate (&self->behind, 0);
}

static gboolean
take_row_cb (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length, gpointer user_data)
{
  HrTaking *self = user_data;
  TableSnapshot *table = g_ptr_array_index (self->snapshot->tables, self->table);

  add_entry (table, row->ordinal, row->record, row->record_length, FALSE);
  if (++self->n_rows % SLICE_ROWS != 0 || g_get_monotonic_time () < self->deadline)
    return TRUE;
  hr_buffer_truncate (&self->behind, 0);
  hr_buffer_append (&self->behind, key, key_length);
  hr_buffer_append_char (&self->behind, '\0'); /* the least key that is greater */
  self->is_full = TRUE;
  return FALSE;
}

static void
take_drafts (HrTaking *self, TableSnapshot *table)
{
  for (guint i = 0; i < hr_document_get_n_drafts (self->document); i++)
    {
      const HrDraft *draft = hr_document_get_draft (self->document, i);

      if (strcmp (draft->table, table->name) == 0)
        add_entry (table, draft->ordinal, draft->json, strlen (draft->json), TRUE);
    }
}

/* Goes on with the present table until its end or until the time is up. */
static gboolean
take_table (HrTaking *self, const char *name, GError **error)
{
  HrEngine *engine = hr_document_get_engine (self->document);
  HrRowWalk walk = { .table = name };
  g_autofree guint8 *lower = NULL;

  if (self->snapshot->tables->len == self->table)
    g_ptr_array_add (self->snapshot->tables, table_snapshot_new (name));
  if (self->behind.length > 0)
    {
      lower = g_memdup2 (self->behind.data, self->behind.length); /* the walk writes where it stops */
      walk.range = HR_KEY_RANGE_ALL;
      walk.range.lower = lower;
      walk.range.lower_length = self->behind.length;
    }
  if (hr_engine_get_table (engine, name) != NULL && !hr_engine_walk_rows (engine, &walk, take_row_cb, self, error))
    return FALSE;
  if (self->is_full)
    return TRUE;

  take_drafts (self, g_ptr_array_index (self->snapshot->tables, self->table));
  hr_buffer_truncate (&self->behind, 0);
  self->table++;
  return TRUE;
}

/* A second table of a name has no items of its own. */
static gboolean
is_repeated (const HrModel *model, guint position)
{
  const HrTable *table = g_ptr_array_index (model->tables, position);

  return hr_model_find_table (model, table->name) != table;
}

static gboolean
take_slice_cb (gpointer user_data)
{
  GTask *task = user_data;
  HrTaking *self = g_task_get_task_data (task);
  const GPtrArray *tables = self->snapshot->model->tables;
  GError *error = NULL;

  if (hr_session_is_busy (self->session))
    {
      g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, WAIT_MS, take_slice_cb, g_object_ref (task), g_object_unref);
      return G_SOURCE_REMOVE;
    }
  self->deadline = g_get_monotonic_time () + SLICE_US;
  self->n_rows = 0;
  self->is_full = FALSE;
  while (self->table < tables->len && !self->is_full)
    {
      const HrTable *table = g_ptr_array_index (tables, self->table);

      if (is_repeated (self->snapshot->model, self->table))
        {
          g_ptr_array_add (self->snapshot->tables, table_snapshot_new (table->name));
          self->table++;
        }
      else if (!take_table (self, table->name, &error))
        {
          g_task_return_error (task, error);
          return G_SOURCE_REMOVE;
        }
    }
  if (self->table < tables->len)
    {
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_slice_cb, g_object_ref (task), g_object_unref);
      return G_SOURCE_REMOVE;
    }
  self->snapshot->generation = hr_session_get_generation (self->session);
  g_task_return_pointer (task, g_steal_pointer (&self->snapshot), (GDestroyNotify) hr_snapshot_free);
  return G_SOURCE_REMOVE;
}

void
hr_snapshot_take_async (HrSession *session, GAsyncReadyCallback callback, gpointer user_data)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (GTask) task = NULL;
  HrTaking *taking;

  g_return_if_fail (document != NULL);

  task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (task, hr_snapshot_take_async);
  taking = g_new0 (HrTaking, 1);
  taking->session = g_object_ref (session);
  taking->document = g_object_ref (document);
  taking->snapshot = snapshot_new (document);
  taking->changed_handler = g_signal_connect_swapped (document, "changed", G_CALLBACK (start_over), taking);
  g_task_set_task_data (task, taking, (GDestroyNotify) taking_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_slice_cb, g_object_ref (task), g_object_unref);
}

HrSnapshot *
hr_snapshot_take_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;

  return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

static gboolean
load_entry (HrDocument *document, const TableSnapshot *table, const Entry *entry, HrArena *arena, HrBuffer *json,
            GError **error)
{
  const char *data = table->bytes.data + entry->offset;
  HrValue item;

  if (entry->is_draft)
    return hr_document_add_item (document, table->name, data, entry->length, -1, HR_RANGE_NONE, error);

  hr_arena_reset (arena);
  hr_buffer_truncate (json, 0);
  if (!hr_record_decode ((const guint8 *) data, entry->length, arena, &item))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("Table %s holds an item that cannot be read."), table->name);
      return FALSE;
    }
  hr_item_to_json (&item, FALSE, json);
  return hr_document_add_item (document, table->name, json->data, json->length, -1, HR_RANGE_NONE, error);
}

static gboolean
load_table (HrDocument *document, const TableSnapshot *table, const HrCancel *cancel, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) json = HR_BUFFER_INIT;
  g_autoptr (GArray) entries = g_array_copy (table->entries);

  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    {
      if (hr_cancel_is_raised (cancel))
        {
          g_set_error_literal (error, HR_ERROR, HR_ERROR_CANCELLED, _("Saving was cancelled."));
          return FALSE;
        }
      if (!load_entry (document, table, &g_array_index (entries, Entry, i), arena, &json, error))
        return FALSE;
    }
  return TRUE;
}

HrDocument *
hr_snapshot_new_document (const HrSnapshot *self, const HrCancel *cancel, GError **error)
{
  g_autoptr (HrDocument) document = hr_document_new (self->model, error);

  if (document == NULL || !hr_document_begin_load (document, error))
    return NULL;
  for (guint i = 0; i < self->tables->len; i++)
    if (!load_table (document, g_ptr_array_index (self->tables, i), cancel, error))
      return NULL;
  return hr_document_end_load (document, error) ? g_steal_pointer (&document) : NULL;
}

gboolean
hr_snapshot_write (const HrSnapshot *self, HrBuffer *out, const HrCancel *cancel, GError **error)
{
  g_autoptr (HrDocument) document = hr_snapshot_new_document (self, cancel, error);

  return document != NULL && hr_native_write (document, out, cancel, error);
}
