/*
 * HrLocalEndpoint: `hashrange serve` within the workbench.
 *
 * A thread copies a snapshot of the document, opens the port, and serves the document's engine until an event file
 * descriptor says stop. The engine tells of each row that clients change; what is remembered of that is only which
 * items they were, under a lock. Taking them over pauses the thread for as long as it takes to read those items.
 */
#include "app/session/local-endpoint.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/endpoint/endpoint.h"
#include "app/session/item-actions.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/document/store.h"
#include "model/engine/rows.h"
#include "model/value/codec.h"
#include "model/value/record.h"

#define LOOK_MS 1000

/* Serving: what the thread has. Owned by one side at a time: by the thread while it runs, else by the main thread. */
typedef struct
{
  HrDocument *document;
  HrListeners listeners;
  GThread *thread;
  int stop;            /* event file descriptor */
  GMutex lock;         /* of @touched */
  GHashTable *touched; /* TABLE, NUL, primary key as JSON: items that clients changed */
} Serving;

struct _HrLocalEndpoint
{
  GObject parent_instance;

  /* owned */
  HrSession *session;
  Serving *serving;
  char *address;
  char *error;

  HrEndpointState state;
  guint16 port;
  guint16 free_port; /* when the port is taken: another one, or 0 */
  guint changes;
  guint look_source;
};

enum
{
  PROP_STATE = 1,
  PROP_ADDRESS,
  PROP_ERROR,
  PROP_CHANGES,
  PROP_FREE_PORT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (HrLocalEndpoint, hr_local_endpoint, G_TYPE_OBJECT)

/* What clients change */

/* In the thread that serves. */
static void
row_changed_cb (const char *table_name, const HrRow *before, const HrRow *after, gpointer user_data)
{
  Serving *self = user_data;
  const HrRow *row = after != NULL ? after : before;
  const HrTable *table = hr_model_find_table (hr_document_get_model (self->document), table_name);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  HrValue item, key;

  /* a table that a client made is not the model's */
  if (table == NULL || !hr_record_decode (row->record, row->record_length, arena, &item))
    return;
  hr_buffer_append_string (&text, table_name);
  hr_buffer_append_char (&text, '\n'); /* no name has one */
  if (!hr_item_dup_key (table, &item, arena, &key))
    return;
  hr_item_to_json (&key, FALSE, &text);
  g_mutex_lock (&self->lock);
  g_hash_table_add (self->touched, g_strndup (text.data, text.length));
  g_mutex_unlock (&self->lock);
}

static guint
count_touched (Serving *self)
{
  guint n_touched;

  g_mutex_lock (&self->lock);
  n_touched = g_hash_table_size (self->touched);
  g_mutex_unlock (&self->lock);
  return n_touched;
}

/* The thread */

static gpointer
serve_thread (gpointer user_data)
{
  Serving *self = user_data;
  const HrDatabasesOptions databases_options = { .engine = hr_document_get_engine (self->document) };
  const HrEndpointOptions options = { .gate = { .is_loopback = TRUE } };
  g_autoptr (HrDatabases) databases = NULL;
  g_autoptr (HrEndpoint) endpoint = NULL;
  GError *error = NULL;

  databases = hr_databases_new (&databases_options, &error);
  if (databases != NULL)
    endpoint = hr_endpoint_new (&self->listeners, databases, &options, &error);
  if (endpoint == NULL)
    return error;
  hr_endpoint_run (endpoint, self->stop);
  return NULL;
}

static void
run_thread (Serving *self)
{
  hr_engine_set_row_watch (hr_document_get_engine (self->document), row_changed_cb, self);
  self->thread = g_thread_new ("endpoint", serve_thread, self);
}

/* Waits for the thread; what it could not do is in the error, to be freed. */
static GError *
join_thread (Serving *self)
{
  const guint64 one = 1;
  GError *error;
  guint64 count;

  if (self->thread == NULL)
    return NULL;
  if (write (self->stop, &one, sizeof one) != sizeof one)
    g_warning ("%s", g_strerror (errno));
  error = g_thread_join (g_steal_pointer (&self->thread));
  if (read (self->stop, &count, sizeof count) != sizeof count)
    g_warning ("%s", g_strerror (errno));
  hr_engine_set_row_watch (hr_document_get_engine (self->document), NULL, NULL);
  return error;
}

static void
serving_free (Serving *self)
{
  GError *error = join_thread (self);

  g_clear_error (&error);
  if (self->stop >= 0)
    close (self->stop);
  g_clear_object (&self->document);
  g_hash_table_unref (self->touched);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static Serving *
serving_new (HrDocument *document)
{
  Serving *self = g_new0 (Serving, 1);

  self->document = document;
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stop = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  g_mutex_init (&self->lock);
  return self;
}

/* Properties */

static void
set_state (HrLocalEndpoint *self, HrEndpointState state, const char *error)
{
  self->state = state;
  g_free (self->error);
  self->error = g_strdup (error);
  g_free (self->address);
  self->address = NULL;
  if (state == HR_ENDPOINT_ON)
    self->address = g_strdup_printf ("http://127.0.0.1:%u", self->serving->listeners.port);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ADDRESS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_changes (HrLocalEndpoint *self, guint changes)
{
  if (self->changes == changes)
    return;
  self->changes = changes;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHANGES]);
}

static gboolean
look_cb (gpointer user_data)
{
  HrLocalEndpoint *self = user_data;

  set_changes (self, count_touched (self->serving));
  return G_SOURCE_CONTINUE;
}

/* Starting: a snapshot, then a document of its own in a thread, then the port. */

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  HrDocument *document = hr_document_copy (data, &error);

  if (document == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, document, g_object_unref);
}

static void
fail_to_listen (HrLocalEndpoint *self, const GError *failure)
{
  g_autofree char *taken = g_strdup_printf (_("Port %u is used by another program."), self->port);

  set_state (self, HR_ENDPOINT_OFF, g_error_matches (failure, HR_ERROR, HR_ERROR_EXISTS) ? taken : failure->message);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrLocalEndpoint *self = HR_LOCAL_ENDPOINT (source);
  g_autoptr (GError) error = NULL;
  HrDocument *document = g_task_propagate_pointer (G_TASK (result), &error);
  Serving *serving;

  if (document == NULL || self->state != HR_ENDPOINT_STARTING)
    {
      g_clear_object (&document);
      if (self->state == HR_ENDPOINT_STARTING)
        set_state (self, HR_ENDPOINT_OFF, error->message);
      return;
    }
  serving = serving_new (document);
  if (!hr_listeners_open (&serving->listeners, "127.0.0.1", self->port, &error))
    {
      self->free_port = serving->listeners.free_port;
      serving_free (serving);
      fail_to_listen (self, error);
      return;
    }
  self->serving = serving;
  run_thread (serving);
  self->look_source = g_timeout_add (LOOK_MS, look_cb, self);
  set_state (self, HR_ENDPOINT_ON, NULL);
}

void
hr_local_endpoint_start (HrLocalEndpoint *self, guint16 port)
{
  HrDocument *document;
  HrDocument *snapshot;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HR_IS_LOCAL_ENDPOINT (self));

  document = hr_session_get_document (self->session);
  if (self->state != HR_ENDPOINT_OFF || document == NULL)
    return;
  self->port = port;
  self->free_port = 0;
  snapshot = hr_document_open_snapshot (document, &error);
  if (snapshot == NULL)
    {
      set_state (self, HR_ENDPOINT_OFF, error->message);
      return;
    }
  set_state (self, HR_ENDPOINT_STARTING, NULL);
  task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_task_data (task, snapshot, g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

void
hr_local_endpoint_stop (HrLocalEndpoint *self)
{
  g_return_if_fail (HR_IS_LOCAL_ENDPOINT (self));

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_pointer (&self->serving, serving_free);
  set_changes (self, 0);
  if (self->state != HR_ENDPOINT_OFF)
    set_state (self, HR_ENDPOINT_OFF, NULL);
}

/* Taking over */

static const HrValue *
parse_key (const char *text, HrArena *arena)
{
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL);
  HrValue *key = hr_arena_alloc (arena, sizeof *key);

  return json != NULL && hr_item_from_json (arena, json, key, NULL) ? key : NULL;
}

static gboolean
take_item (HrDocument *document, HrEngine *from, const char *table, const HrValue *key, HrArena *arena, GError **error)
{
  HrEngine *engine = hr_document_get_engine (document);
  g_auto (HrBuffer) json = HR_BUFFER_INIT;
  HrRow old, row;
  gboolean is_here = hr_engine_get_row (engine, table, key, arena, &old, NULL);
  gboolean is_there = hr_engine_get_row (from, table, key, arena, &row, NULL);
  HrValue item;

  if (!is_there)
    return !is_here || hr_document_remove_item (document, table, key, error);
  if (!hr_record_decode (row.record, row.record_length, arena, &item))
    return TRUE;
  if (is_here)
    return hr_document_replace_item (document, table, key, &item, error);
  hr_item_to_json (&item, FALSE, &json);
  return hr_document_add_item (document, table, json.data, json.length, -1, HR_RANGE_NONE, error);
}

static gboolean
take_all (HrDocument *document, gpointer user_data, GError **error)
{
  Serving *serving = user_data;
  HrEngine *from = hr_document_get_engine (serving->document);
  g_autoptr (HrArena) arena = hr_arena_new ();
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, serving->touched);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    {
      const char *end = strchr (text, '\n');
      g_autofree char *table = g_strndup (text, end - (const char *) text);
      const HrValue *key;

      hr_arena_reset (arena);
      key = parse_key (end + 1, arena);
      /* a table that the model lost meanwhile takes nothing */
      if (key != NULL && hr_engine_get_table (hr_document_get_engine (document), table) != NULL
          && !take_item (document, from, table, key, arena, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_local_endpoint_take (HrLocalEndpoint *self, GError **error)
{
  const HrEdit edit = { .name = _("Take over what clients wrote"), .toast = _("What clients wrote is in the model.") };
  guint16 port;
  GError *failure;
  gboolean done;

  g_return_val_if_fail (HR_IS_LOCAL_ENDPOINT (self), FALSE);

  if (self->serving == NULL)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("The endpoint is not running."));
      return FALSE;
    }
  port = self->serving->listeners.port;
  failure = join_thread (self->serving);
  g_clear_error (&failure);
  done = hr_session_edit (self->session, &edit, take_all, self->serving, error);
  if (done)
    g_hash_table_remove_all (self->serving->touched);
  set_changes (self, count_touched (self->serving));
  if (!hr_listeners_open (&self->serving->listeners, "127.0.0.1", port, &failure))
    {
      g_clear_handle_id (&self->look_source, g_source_remove);
      g_clear_pointer (&self->serving, serving_free);
      set_state (self, HR_ENDPOINT_OFF, failure->message);
      g_clear_error (&failure);
      return done;
    }
  run_thread (self->serving);
  return done;
}

static void
document_cb (HrLocalEndpoint *self)
{
  hr_local_endpoint_stop (self); /* it served another model */
}

static void
hr_local_endpoint_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  HrLocalEndpoint *self = HR_LOCAL_ENDPOINT (object);

  switch (property)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_CHANGES:
      g_value_set_uint (value, self->changes);
      break;
    case PROP_FREE_PORT:
      g_value_set_uint (value, self->free_port);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
hr_local_endpoint_dispose (GObject *object)
{
  HrLocalEndpoint *self = HR_LOCAL_ENDPOINT (object);

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_pointer (&self->serving, serving_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_local_endpoint_parent_class)->dispose (object);
}

static void
hr_local_endpoint_finalize (GObject *object)
{
  HrLocalEndpoint *self = HR_LOCAL_ENDPOINT (object);

  g_free (self->address);
  g_free (self->error);
  G_OBJECT_CLASS (hr_local_endpoint_parent_class)->finalize (object);
}

static void
hr_local_endpoint_class_init (HrLocalEndpointClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hr_local_endpoint_get_property;
  object_class->dispose = hr_local_endpoint_dispose;
  object_class->finalize = hr_local_endpoint_finalize;
  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, HR_ENDPOINT_ON, HR_ENDPOINT_OFF, flags);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  props[PROP_CHANGES] = g_param_spec_uint ("changes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_FREE_PORT] = g_param_spec_uint ("free-port", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hr_local_endpoint_init (HrLocalEndpoint *self)
{
}

HrLocalEndpoint *
hr_local_endpoint_new (HrSession *session)
{
  HrLocalEndpoint *self = g_object_new (HR_TYPE_LOCAL_ENDPOINT, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (document_cb), self, G_CONNECT_SWAPPED);
  return self;
}
