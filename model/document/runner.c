/*
 * Running a pattern: its steps, their rows and pages, through any backend.
 *
 * A step is one request, or one for each row of an earlier answer, each of them followed over its pages. What comes
 * back is counted by the table of operations; answers are kept as trees only where a later step refers to them, so
 * that a step over a million rows does not hold a million answers. A pattern that may write runs on a savepoint.
 */
#include "model/document/runner-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

/* A response, copied out of the backend's hands. */
typedef struct
{
  gboolean done;
  GError *error;
  char *body;
  gsize body_length;
  char *error_name;
  char *error_message;
} Reply;

typedef struct
{
  /* borrowed */
  const HrPattern *pattern;
  const HrModel *model;
  HrBackend *backend;
  const HrCancel *cancel;
  const HrStep *step;
  HrStepRun *step_run;

  /* owned */
  HrPatternRun *run;
  HrScope scope;
  HrArena *scratch; /* of one request */
  GError *failure;  /* the run itself failed */
} Runner;

static void
reply_clear (Reply *reply)
{
  g_clear_error (&reply->error);
  g_free (reply->body);
  g_free (reply->error_name);
  g_free (reply->error_message);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static void
step_run_free (gpointer data)
{
  HrStepRun *self = data;

  g_free (self->name);
  g_free (self->operation);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->responses);
  g_free (self->error_name);
  g_free (self->error_message);
  g_ptr_array_unref (self->mismatches);
  g_free (self);
}

static HrStepRun *
step_run_new (const HrStep *step)
{
  HrStepRun *self = g_new0 (HrStepRun, 1);

  self->name = g_strdup (step->name);
  self->operation = g_strdup (step->operation);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->responses = g_ptr_array_new_with_free_func (g_free);
  self->mismatches = g_ptr_array_new_with_free_func (g_free);
  return self;
}

gboolean
hr_pattern_run_lacks_keys (const HrPatternRun *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (((HrStepRun *) self->steps->pdata[i])->keys_incomplete)
      return TRUE;
  return FALSE;
}

void
hr_pattern_run_free (HrPatternRun *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->mismatches);
  g_free (self->message);
  hr_trace_free (self->trace);
  g_free (self);
}

static HrPatternRun *
pattern_run_new (const HrPattern *pattern)
{
  HrPatternRun *self = g_new0 (HrPatternRun, 1);

  self->id = g_strdup (pattern->id);
  self->name = g_strdup (pattern->name);
  self->keys = g_ptr_array_new ();
  self->steps = g_ptr_array_new_with_free_func (step_run_free);
  self->mismatches = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Ends the run with a sentence that names pattern and step; returns FALSE. */
static gboolean G_GNUC_PRINTF (2, 3)
give_up (Runner *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  self->run->status = HR_RUN_ERROR;
  g_free (self->run->message);
  self->run->message = g_strdup_printf (_("Pattern %s, step %s: %s"), self->pattern->id, self->step->name, what);
  return FALSE;
}

static gboolean
check_cancelled (Runner *self)
{
  if (!hr_cancel_is_raised (self->cancel))
    return FALSE;
  if (self->failure == NULL)
    g_set_error (&self->failure, HR_ERROR, HR_ERROR_CANCELLED, _("Pattern %s was cancelled."), self->pattern->id);
  return TRUE;
}

static void
answered_cb (const HrBackendResponse *response, const GError *error, gpointer user_data)
{
  Reply *reply = user_data;

  reply->done = TRUE;
  if (response == NULL)
    {
      reply->error = g_error_copy (error);
      return;
    }
  reply->body = g_strndup (response->body, response->body_length);
  reply->body_length = response->body_length;
  reply->error_name = g_strdup (response->error_name);
  reply->error_message = g_strdup (response->error_message);
}

static gboolean
call_backend (Runner *self, const char *body, gsize length, Reply *reply)
{
  HrBackendRequest request = { self->step->operation, body, length, self->run->trace, self->cancel };
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  hr_backend_call (self->backend, &request, answered_cb, reply);
  while (!reply->done)
    g_main_context_iteration (context, TRUE);

  self->step_run->n_requests++;
  if (self->step_run->requests->len < HR_RUN_EXCHANGES_KEPT)
    {
      g_ptr_array_add (self->step_run->requests, g_strndup (body, length));
      g_ptr_array_add (self->step_run->responses, g_strdup (reply->body != NULL ? reply->body : ""));
    }
  if (reply->error == NULL)
    return TRUE;
  g_propagate_error (&self->failure, g_steal_pointer (&reply->error));
  return FALSE;
}

static const char *
expected_error (const HrExpectation *expect)
{
  return expect != NULL ? expect->error : NULL;
}

/* A step that is expected to fail, or the last step of a pattern that is, may fail; the comparison tells whether
 * it failed as it should. */
static gboolean
take_service_error (Runner *self, Reply *reply)
{
  HrStepRun *step_run = self->step_run;

  g_free (step_run->error_name);
  g_free (step_run->error_message);
  step_run->error_name = g_steal_pointer (&reply->error_name);
  step_run->error_message = g_steal_pointer (&reply->error_message);
  if (expected_error (self->step->expect) != NULL || expected_error (self->pattern->expect) != NULL)
    return FALSE;
  return give_up (self, _("the service answered %s: %s"), step_run->error_name,
                  step_run->error_message != NULL ? step_run->error_message : "");
}

/* Counts a response, and keeps it when a later step refers to it. */
static const HrJson *
take_response (Runner *self, const HrRunOperation *operation, const HrJson *request, const Reply *reply)
{
  GPtrArray *kept = self->scope.steps[self->scope.n_steps].responses;
  HrArena *arena = kept != NULL ? self->scope.arena : self->scratch;
  const char *text = hr_arena_strndup (arena, reply->body, reply->body_length);
  HrJsonError json_error;
  const HrJson *response = hr_json_parse (arena, text, reply->body_length, HR_LIMIT_JSON_DEPTH, &json_error);

  if (response == NULL)
    {
      give_up (self, _("the response is no JSON: %s"), _(json_error.message));
      return NULL;
    }
  if (kept != NULL)
    g_ptr_array_add (kept, (gpointer) response);
  hr_run_operation_read (operation, self->model, request, response, self->scratch, self->step_run);
  return response;
}

/* @request once more, with one member set. */
static void
write_next_request (const HrJson *request, const char *name, const HrJson *value, HrBuffer *out)
{
  gsize length = strlen (name);

  hr_buffer_append_char (out, '{');
  for (guint32 i = 0; i < request->length; i++)
    {
      const HrJsonMember *member = &request->members[i];

      if (member->name_length == length && memcmp (member->name, name, length) == 0)
        continue;
      hr_json_write_string (out, member->name, member->name_length);
      hr_buffer_append_char (out, ':');
      hr_json_write_compact (out, &member->value, FALSE);
      hr_buffer_append_char (out, ',');
    }
  hr_json_write_string (out, name, length);
  hr_buffer_append_char (out, ':');
  hr_json_write_compact (out, value, FALSE);
  hr_buffer_append_char (out, '}');
}

/* FALSE ends the step: it failed, as expected or not. */
static gboolean
run_pages (Runner *self, const HrRunOperation *operation, HrBuffer *body)
{
  for (guint page = 0; page < self->step->pages; page++)
    {
      g_auto (Reply) reply = { 0 };
      HrJsonError json_error;
      const HrJson *request, *response, *rest;

      if (check_cancelled (self) || !call_backend (self, body->data, body->length, &reply))
        return FALSE;
      if (reply.error_name != NULL)
        return take_service_error (self, &reply);
      hr_arena_reset (self->scratch);
      request = hr_json_parse (self->scratch, body->data, body->length, HR_LIMIT_JSON_DEPTH, &json_error);
      if (request == NULL)
        return give_up (self, _("its request is nested too deeply."));
      response = take_response (self, operation, request, &reply);
      if (response == NULL)
        return FALSE;

      rest = hr_run_operation_get_rest (operation, response);
      if (rest == NULL)
        break;
      if (page + 1 < self->step->pages)
        {
          HrBuffer next = HR_BUFFER_INIT;

          write_next_request (request, operation->continue_at, rest, &next);
          hr_buffer_clear (body);
          *body = next;
        }
    }
  return TRUE;
}

static gboolean
run_row (Runner *self, const HrRunOperation *operation, const HrJson *template, const HrJson *item)
{
  g_auto (HrBuffer) body = HR_BUFFER_INIT;
  g_autofree char *message = NULL;

  self->scope.item = item;
  if (!hr_scope_substitute (&self->scope, template, operation->units != HR_UNITS_NONE, &body, &message))
    return give_up (self, "%s", message);
  return run_pages (self, operation, &body);
}

static gboolean
run_rows (Runner *self, const HrRunOperation *operation)
{
  const char *text = self->step->request != NULL ? self->step->request : "{}";
  g_autofree char *message = NULL;
  HrJsonError json_error;
  const HrJson *template
    = hr_json_parse (self->scope.arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &json_error);
  const HrJson *rows;

  if (template == NULL)
    return give_up (self, _("its request is no JSON: %s"), _(json_error.message));
  if (self->step->for_each == NULL)
    return run_row (self, operation, template, NULL);

  if (!hr_scope_find_list (&self->scope, self->step->for_each, &rows, &message))
    return give_up (self, "%s", message);
  for (guint32 i = 0; i < rows->length; i++)
    if (check_cancelled (self) || !run_row (self, operation, template, &rows->elements[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_referred_to (const HrPattern *pattern, guint index)
{
  const HrStep *step = g_ptr_array_index (pattern->steps, index);

  for (guint i = index + 1; i < pattern->steps->len; i++)
    if (hr_step_refers_to (g_ptr_array_index (pattern->steps, i), step->name))
      return TRUE;
  return FALSE;
}

static void
add_to_totals (HrPatternRun *run, const HrStepRun *step_run)
{
  run->count += step_run->count;
  run->scanned += step_run->scanned;
  run->read_units += step_run->read_units;
  run->write_units += step_run->write_units;
  for (guint i = 0; i < step_run->keys->len; i++)
    g_ptr_array_add (run->keys, g_ptr_array_index (step_run->keys, i));
}

static void
compare_step (Runner *self)
{
  const HrStepRun *step_run = self->step_run;
  HrOutcome outcome = { step_run->count, step_run->scanned, step_run->read_units, step_run->write_units,
                        step_run->keys, step_run->keys_incomplete, step_run->error_name };

  if (self->step->expect == NULL)
    return;
  /* an error that only the pattern expects is compared with the totals */
  if (self->step->expect->error == NULL)
    outcome.error_name = NULL;
  hr_expectation_compare (self->step->expect, &outcome, step_run->mismatches);
  for (guint i = 0; i < step_run->mismatches->len; i++)
    g_ptr_array_add (self->run->mismatches,
                     g_strdup_printf (_("step %s: %s"), step_run->name,
                                      (const char *) g_ptr_array_index (step_run->mismatches, i)));
}

/* FALSE when no further step should run. */
static gboolean
run_step (Runner *self, guint index)
{
  HrStepAnswers *answers = &self->scope.steps[index];
  gboolean stopped;

  self->step = g_ptr_array_index (self->pattern->steps, index);
  self->step_run = step_run_new (self->step);
  g_ptr_array_add (self->run->steps, self->step_run);
  answers->name = self->step->name;
  answers->responses = is_referred_to (self->pattern, index) ? g_ptr_array_new () : NULL;

  stopped = !run_rows (self, hr_run_operation_find (self->step->operation));
  self->scope.n_steps++;
  add_to_totals (self->run, self->step_run);
  if (self->failure != NULL || self->run->status == HR_RUN_ERROR)
    return FALSE;
  compare_step (self);
  return !stopped || expected_error (self->step->expect) != NULL;
}

static void
compare_totals (Runner *self)
{
  HrPatternRun *run = self->run;
  const HrExpectation *expect = self->pattern->expect;
  HrOutcome outcome = { run->count, run->scanned, run->read_units, run->write_units, run->keys, FALSE, NULL };
  guint first = run->mismatches->len;

  if (expect == NULL)
    return;
  for (guint i = 0; i < run->steps->len; i++)
    {
      const HrStepRun *step_run = g_ptr_array_index (run->steps, i);
      const HrStep *step = g_ptr_array_index (self->pattern->steps, i);

      outcome.keys_incomplete = outcome.keys_incomplete || step_run->keys_incomplete;
      if (step_run->error_name != NULL && (expect->error != NULL || expected_error (step->expect) == NULL))
        outcome.error_name = step_run->error_name;
    }
  hr_expectation_compare (expect, &outcome, run->mismatches);
  for (guint i = first; i < run->mismatches->len; i++)
    {
      char **mismatch = (char **) &g_ptr_array_index (run->mismatches, i);
      g_autofree char *text = *mismatch;

      *mismatch = g_strdup_printf (_("in total: %s"), text);
    }
}

static void
run_steps (Runner *self)
{
  gboolean go_on = TRUE;

  for (guint i = 0; go_on && i < self->pattern->steps->len; i++)
    go_on = run_step (self, i);
  if (self->failure != NULL || self->run->status == HR_RUN_ERROR)
    return;

  compare_totals (self);
  self->run->status = self->run->mismatches->len > 0 ? HR_RUN_FAILED : HR_RUN_PASSED;
}

static gboolean
may_write (const HrPattern *pattern)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, i);
      const char *text = step->request != NULL ? step->request : "{}";
      const HrJson *request = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, NULL);

      if (hr_run_operation_may_write (step->operation, request))
        return TRUE;
    }
  return FALSE;
}

static gboolean
run_on_savepoint (Runner *self, gboolean keep, GError **error)
{
  gboolean good;

  if (!hr_backend_begin (self->backend, error))
    return FALSE;
  run_steps (self);
  good = keep && self->failure == NULL && self->run->status != HR_RUN_ERROR;
  return good ? hr_backend_commit (self->backend, error) : hr_backend_rollback (self->backend, error);
}

static gboolean
run_pattern (Runner *self, gboolean keep, GError **error)
{
  if (!may_write (self->pattern))
    run_steps (self);
  else if ((hr_backend_get_flags (self->backend) & HR_BACKEND_SAVEPOINTS) != 0)
    {
      if (!run_on_savepoint (self, keep, error))
        return FALSE;
    }
  else if (keep)
    run_steps (self);
  else
    {
      g_set_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED,
                   _("Pattern %s writes, and what it writes could not be taken back here. Run it so that it is kept, "
                     "or on the local engine."),
                   self->pattern->id);
      return FALSE;
    }

  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

static void
runner_clear (Runner *self)
{
  for (guint i = 0; i < self->scope.n_steps; i++)
    g_clear_pointer (&self->scope.steps[i].responses, g_ptr_array_unref);
  g_free (self->scope.steps);
  hr_arena_free (self->scope.arena);
  hr_arena_free (self->scratch);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->run, hr_pattern_run_free);
}

HrPatternRun *
hr_pattern_run (const HrPattern *pattern, const HrModel *model, HrBackend *backend, const HrRunOptions *options,
                GError **error)
{
  static const HrRunOptions defaults = { 0 };
  Runner self = { .pattern = pattern, .model = model, .backend = backend };
  HrPatternRun *run = NULL;

  g_return_val_if_fail (pattern != NULL && model != NULL && backend != NULL, NULL);

  if (options == NULL)
    options = &defaults;
  self.cancel = options->cancel;
  self.run = pattern_run_new (pattern);
  self.scratch = hr_arena_new ();
  self.scope.pattern = pattern;
  self.scope.values = options->values;
  self.scope.steps = g_new0 (HrStepAnswers, pattern->steps->len);
  self.scope.arena = hr_arena_new ();
  if (options->want_trace && (hr_backend_get_flags (backend) & HR_BACKEND_TRACES) != 0)
    self.run->trace = hr_trace_new ();

  if (run_pattern (&self, options->keep, error))
    run = g_steal_pointer (&self.run);
  runner_clear (&self);
  return run;
}
