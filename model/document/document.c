/*
 * HrDocument: a model with its items.
 *
 * The object itself: what it is made of, and going through entries. How it is changed is in edit.c, items.c and
 * remodel.c; all of them go through write.c, which makes undo exact; announce.c tells others.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/record.h"

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_MODIFIED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HrDocument, hr_document, G_TYPE_OBJECT)

HrDocument *
hr_document_new (HrModel *model, GError **error)
{
  g_autoptr (HrDocument) self = NULL;

  g_return_val_if_fail (model != NULL, NULL);

  self = g_object_new (HR_TYPE_DOCUMENT, NULL);
  self->engine = hr_engine_open (NULL, NULL, error);
  if (self->engine == NULL)
    return NULL;

  hr_document_adopt_model (self, NULL, model);
  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrDocumentTable *table = g_ptr_array_index (self->tables, i);

      if (!hr_definition_create (self->engine, hr_model_find_table (model, table->name), error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

HrModel *
hr_document_get_model (HrDocument *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  return self->model;
}

HrEngine *
hr_document_get_engine (HrDocument *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  return self->engine;
}

gboolean
hr_document_is_modified (HrDocument *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  return self->saved_at != self->n_done;
}

static void
notify_if_changed (HrDocument *self, gboolean *shown, gboolean now, guint property)
{
  if (*shown == now)
    return;
  *shown = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
notify_state (HrDocument *self)
{
  notify_if_changed (self, &self->was_modified, hr_document_is_modified (self), PROP_MODIFIED);
  notify_if_changed (self, &self->could_undo, hr_document_can_undo (self), PROP_CAN_UNDO);
  notify_if_changed (self, &self->could_redo, hr_document_can_redo (self), PROP_CAN_REDO);
}

/* Line numbers of the file that was loaded say nothing about a file that was written since. */
void
hr_document_mark_saved (HrDocument *self)
{
  g_return_if_fail (HR_IS_DOCUMENT (self));

  self->forget_places = self->forget_places || self->steps->len > 0;
  self->saved_at = self->n_done;
  hr_document_keep_state (self);
  notify_state (self);
}

void
hr_document_hold_changes (HrDocument *self)
{
  g_return_if_fail (HR_IS_DOCUMENT (self) && self->held == NULL);

  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify)hr_announcement_free);
}

void
hr_document_release_changes (HrDocument *self)
{
  g_autoptr (GPtrArray) held = NULL;

  g_return_if_fail (HR_IS_DOCUMENT (self) && self->held != NULL);

  held = g_steal_pointer (&self->held);
  while (held->len > 0)
    hr_announcement_send (g_ptr_array_steal_index (held, 0), self);
}

void
hr_document_set_progress (HrDocument *self, HrProgress *progress)
{
  g_return_if_fail (HR_IS_DOCUMENT (self));

  self->progress = progress;
  hr_engine_set_progress (self->engine, progress);
}

void
hr_document_set_defer (HrDocument *self, HrDeferFunc func, gpointer user_data)
{
  g_return_if_fail (HR_IS_DOCUMENT (self));

  self->defer = func;
  self->defer_data = user_data;
}

void
hr_document_emit_changed (HrDocument *self, const HrDocumentChange *change)
{
  g_object_ref (self);
  if (change->model_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
  notify_state (self);
  g_signal_emit (self, signals[CHANGED], 0, change);
  g_object_unref (self);
}

typedef struct
{
  const HrDocumentTable *table;
  guint next_draft;
  HrArena *arena;
  HrEntryFunc func;
  gpointer user_data;
  gboolean stopped;
  gboolean damaged;
} Walk;

/* The drafts that stand before an ordinal. */
static gboolean
walk_drafts (Walk *walk, gint64 before)
{
  while (!walk->stopped && walk->next_draft < walk->table->drafts->len)
    {
      const HrDraftEntry *entry = g_ptr_array_index (walk->table->drafts, walk->next_draft);

      if (entry->draft.ordinal >= before)
        break;
      walk->next_draft++;
      walk->stopped = !walk->func (NULL, &entry->draft, entry->draft.ordinal, walk->user_data);
    }
  return !walk->stopped;
}

static gboolean
walk_row_cb (const HrRow *row, gpointer user_data)
{
  Walk *walk = user_data;
  HrValue item;

  if (!walk_drafts (walk, row->ordinal))
    return FALSE;
  hr_arena_reset (walk->arena);
  walk->damaged = !hr_record_decode (row->record, row->record_length, walk->arena, &item);
  walk->stopped = walk->damaged || !walk->func (&item, NULL, row->ordinal, walk->user_data);
  return !walk->stopped;
}

gboolean
hr_document_foreach_entry (HrDocument *self, const char *table, HrEntryFunc func, gpointer user_data,
                           GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  Walk walk = { .arena = arena, .func = func, .user_data = user_data };

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && func != NULL, FALSE);

  walk.table = hr_document_find_table (self, table);
  if (walk.table == NULL)
    return hr_document_unknown_table (table, error);
  if (hr_engine_get_table (self->engine, table) != NULL
      && !hr_engine_foreach_row (self->engine, table, walk_row_cb, &walk, error))
    return FALSE;
  if (walk.damaged)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("Table %s holds an item that cannot be read."), table);
      return FALSE;
    }
  walk_drafts (&walk, G_MAXINT64);
  return TRUE;
}

static gboolean
stop_cb (const HrRow *row, gpointer user_data)
{
  return FALSE;
}

gboolean
hr_document_index_entries (HrDocument *self, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  for (guint i = 0; i < self->tables->len; i++)
    {
      const char *name = ((HrDocumentTable *)g_ptr_array_index (self->tables, i))->name;

      if (hr_engine_get_table (self->engine, name) != NULL &&
          !hr_engine_foreach_row_from (self->engine, name, G_MAXINT64, stop_cb, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
hr_document_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  HrDocument *self = HR_DOCUMENT (object);

  switch (property)
    {
    case PROP_MODEL:
      g_value_set_pointer (value, self->model);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, hr_document_is_modified (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, hr_document_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, hr_document_can_redo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
hr_document_finalize (GObject *object)
{
  HrDocument *self = HR_DOCUMENT (object);

  g_clear_pointer (&self->capture, hr_capture_free);
  g_clear_pointer (&self->edit, hr_undo_step_free);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->tables);
  g_hash_table_unref (self->freed);
  hr_arena_free (self->scratch);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->engine, hr_engine_close);
  g_clear_pointer (&self->model, hr_model_unref);
  g_free (self->store);
  G_OBJECT_CLASS (hr_document_parent_class)->finalize (object);
}

static void
hr_document_class_init (HrDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hr_document_get_property;
  object_class->finalize = hr_document_finalize;

  properties[PROP_MODEL] = g_param_spec_pointer ("model", NULL, NULL, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   g_cclosure_marshal_VOID__POINTER, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
hr_document_init (HrDocument *self)
{
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_document_table_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_undo_step_free);
  self->freed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scratch = hr_arena_new ();
}
