/*
 * What requests touched, copied away as it happens.
 *
 * Names repeat from event to event, so an event shares the names of the one before when they are equal.
 */
#include "model/engine/trace.h"

struct _HrTrace
{
  HrArena *arena;
  GArray *events; /* HrTraceEvent */
  guint n_requests;
};

HrTrace *
hr_trace_new (void)
{
  HrTrace *self = g_new0 (HrTrace, 1);

  self->arena = hr_arena_new ();
  self->events = g_array_new (FALSE, FALSE, sizeof (HrTraceEvent));
  return self;
}

void
hr_trace_free (HrTrace *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->events);
  hr_arena_free (self->arena);
  g_free (self);
}

void
hr_trace_begin_request (HrTrace *self)
{
  self->n_requests++;
}

static const char *
copy_name (HrTrace *self, const char *name, const char *latest)
{
  if (name == NULL || (latest != NULL && strcmp (name, latest) == 0))
    return name != NULL ? latest : NULL;
  return hr_arena_strdup (self->arena, name);
}

static const HrValue *
copy_value (HrTrace *self, const HrValue *value)
{
  HrValue *copy;

  if (value == NULL)
    return NULL;
  copy = hr_arena_new0 (self->arena, HrValue);
  *copy = hr_value_copy (self->arena, value);
  return copy;
}

void
hr_trace_add (HrTrace *self, const HrTraceEvent *event)
{
  const HrTraceEvent *latest
    = self->events->len > 0 ? &g_array_index (self->events, HrTraceEvent, self->events->len - 1) : NULL;
  HrTraceEvent copy = *event;

  copy.request = self->n_requests > 0 ? self->n_requests - 1 : 0;
  copy.table = copy_name (self, event->table, latest != NULL ? latest->table : NULL);
  copy.index = copy_name (self, event->index, latest != NULL ? latest->index : NULL);
  copy.key = hr_value_copy (self->arena, &event->key);
  copy.before = copy_value (self, event->before);
  copy.after = copy_value (self, event->after);
  g_array_append_val (self->events, copy);
}

guint
hr_trace_get_count (const HrTrace *self)
{
  return self->events->len;
}

const HrTraceEvent *
hr_trace_get (const HrTrace *self, guint index)
{
  return &g_array_index (self->events, HrTraceEvent, index);
}
