/*
 * The session's outlines: one of each table as it is, for its totals, and the one that is shown, when that is another.
 *
 * They follow the document row by row. What cannot be followed (definitions, a change of very many rows, another filter
 * or order) is made anew by a job: at once when that takes a frame or two, else from a snapshot in a thread, while what
 * was shown stays and the document can be edited. What changes meanwhile is told to the new outlines before they take
 * the place of the old ones, which then read from the document's own engine as all do.
 */
#include "app/session/session-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/definition-compare.h"
#include "model/exchange/native.h"

/* About 10 ms of work. */
#define ROWS_AT_ONCE 20000

/* More that was missed than this is not told one by one. */
#define MISSED_MAX 20000

/* When an edit is open there is no snapshot. */
#define RETRY_MS 100

/* All that a table has, as entered. */
static gboolean
is_plain (const HrSessionOutline *self)
{
  const HrOutlineOptions plain = { .table = self->options.table };

  return hr_session_outline_is_for (self, &plain);
}

/* What changed while a job was at work */

static void
forget_missed (HrSession *self)
{
  g_array_set_size (self->missed, 0);
  hr_arena_reset (self->missed_arena);
}

static const HrValue *
copy_item (HrArena *arena, const HrValue *item)
{
  HrValue copy;

  if (item == NULL)
    return NULL;
  copy = hr_value_copy (arena, item);
  return hr_arena_memdup (arena, &copy, sizeof copy);
}

static void
note_missed (HrSession *self, const HrRowChange *row)
{
  HrRowChange copy = { .table = g_intern_string (row->table), .ordinal = row->ordinal };

  copy.before = copy_item (self->missed_arena, row->before);
  copy.after = row->after == row->before ? copy.before : copy_item (self->missed_arena, row->after);
  g_array_append_val (self->missed, copy);
}

static void
tell (HrSessionOutline *outline, const HrRowChange *rows, guint n_rows)
{
  hr_outline_begin_changes (outline->outline);
  for (guint i = 0; i < n_rows; i++)
    if (g_str_equal (rows[i].table, outline->options.table))
      hr_outline_apply_change (outline->outline, rows[i].before, rows[i].after, rows[i].ordinal);
  hr_outline_end_changes (outline->outline);
}

/* What the session has of them */

static void
update_totals (HrSession *self)
{
  for (guint i = 0; i < self->outlines->len; i++)
    {
      const HrSessionOutline *outline = g_ptr_array_index (self->outlines, i);
      HrOutlineTotals *totals;

      if (outline->outline == NULL || !is_plain (outline))
        continue;
      totals = g_hash_table_lookup (self->totals, outline->options.table);
      if (totals == NULL)
        {
          totals = g_new0 (HrOutlineTotals, 1);
          g_hash_table_insert (self->totals, g_strdup (outline->options.table), totals);
        }
      hr_outline_get_totals (outline->outline, totals);
    }
}

static void
remove_outline (HrSession *self, guint position)
{
  if (self->shown == g_ptr_array_index (self->outlines, position))
    self->shown = NULL;
  g_ptr_array_remove_index (self->outlines, position);
}

void
hr_session_drop_outlines (HrSession *self)
{
  self->shown = NULL;
  g_ptr_array_set_size (self->outlines, 0);
  g_hash_table_remove_all (self->totals);
  forget_missed (self);
}

/* What the session is to show; FALSE: nothing. */
static gboolean
get_shown_options (HrSession *self, HrOutlineOptions *options)
{
  *options = (HrOutlineOptions) {
    .table = self->table,
    .index = self->index,
    .order = self->order,
    .hidden_entities = self->hidden_entities,
    .filter = self->filter,
  };
  return hr_session_get_table (self) != NULL && hr_session_is_stored (self->document, self->table);
}

/* One side of the pair: everything that is not hidden, whatever the filter says. */
static gboolean
get_pair_options (HrSession *self, HrSide side, HrOutlineOptions *options)
{
  if (!self->pair_wanted || self->index == NULL || !get_shown_options (self, options))
    return FALSE;
  options->filter = NULL;
  if (side == HR_SIDE_TABLE)
    {
      options->paired_index = options->index;
      options->hides_left_out = self->hides_left_out;
      options->index = NULL;
    }
  return TRUE;
}

static void
add_shown (GPtrArray *wanted, HrSession *self)
{
  HrOutlineOptions options;

  if (get_shown_options (self, &options))
    hr_session_outlines_add (wanted, &options);
  for (guint i = 0; i < HR_N_SIDES; i++)
    if (get_pair_options (self, (HrSide)i, &options))
      hr_session_outlines_add (wanted, &options);
}

static gboolean
is_of_shown_table (HrSession *self, const HrSessionOutline *outline)
{
  return g_strcmp0 (outline->options.table, self->table) == 0
         && g_strcmp0 (outline->options.index, self->index) == 0;
}

/* What is wanted is shown as soon as it is there; till then what was shown before, if it is of the same rows. */
static void
choose_shown (HrSession *self)
{
  HrOutlineOptions options;
  HrSessionOutline *wanted = NULL;

  if (get_shown_options (self, &options))
    wanted = hr_session_outlines_find (self->outlines, &options);
  if (wanted != NULL && wanted->outline != NULL)
    self->shown = wanted;
  else if (self->shown != NULL && !is_of_shown_table (self, self->shown))
    self->shown = NULL;
}

static void
drop_unwanted (HrSession *self, const GPtrArray *wanted)
{
  for (guint i = self->outlines->len; i > 0; i--)
    {
      const HrSessionOutline *outline = g_ptr_array_index (self->outlines, i - 1);

      if (outline != self->shown && hr_session_outlines_find (wanted, &outline->options) == NULL)
        remove_outline (self, i - 1);
    }
}

static GPtrArray *
list_wanted (HrSession *self)
{
  GPtrArray *wanted = hr_session_outlines_new ();

  hr_session_outlines_add_plain (wanted, self->document);
  add_shown (wanted, self);
  return wanted;
}

/* A job for what is wanted and not there, or stale. */
static HrOutlineJob *
prepare_job (HrSession *self, const GPtrArray *wanted)
{
  HrOutlineJob *job = hr_outline_job_new (self->document);

  for (guint i = 0; i < wanted->len; i++)
    {
      const HrSessionOutline *each = g_ptr_array_index (wanted, i);
      const HrSessionOutline *present = hr_session_outlines_find (self->outlines, &each->options);

      if (present == NULL || present->outline == NULL || present->is_stale)
        hr_session_outlines_add (job->outlines, &each->options);
    }
  return job;
}

void
hr_session_adopt_outlines (HrSession *self, HrOutlineJob *job)
{
  HrEngine *engine = hr_document_get_engine (self->document);
  g_autoptr (GPtrArray) wanted = list_wanted (self);

  while (job->outlines->len > 0)
    {
      HrSessionOutline *made = g_ptr_array_steal_index_fast (job->outlines, job->outlines->len - 1);
      HrSessionOutline *present = hr_session_outlines_find (self->outlines, &made->options);
      guint position;

      hr_outline_set_engine (made->outline, engine);
      tell (made, (const HrRowChange *) (gpointer) self->missed->data, self->missed->len);
      if (present != NULL && g_ptr_array_find (self->outlines, present, &position))
        remove_outline (self, position);
      g_ptr_array_add (self->outlines, made);
    }
  forget_missed (self);
  choose_shown (self);
  drop_unwanted (self, wanted);
  update_totals (self);
}

HrOutlineJob *
hr_session_new_job (HrSession *self, HrDocument *document)
{
  HrOutlineJob *job = hr_outline_job_new (document);

  hr_session_outlines_add_plain (job->outlines, document);
  add_shown (job->outlines, self);
  return job;
}

void
hr_session_move_outlines (HrSession *self, HrEngine *engine)
{
  for (guint i = 0; i < self->outlines->len; i++)
    {
      HrSessionOutline *outline = g_ptr_array_index (self->outlines, i);

      if (outline->outline != NULL)
        hr_outline_set_engine (outline->outline, engine);
    }
}

static void
report_failure (const GError *error)
{
  if (!g_error_matches (error, HR_ERROR, HR_ERROR_CANCELLED))
    g_message ("%s", error->message);
}

static void
run_at_once (HrSession *self, HrOutlineJob *job)
{
  g_autoptr (GError) error = NULL;

  if (hr_outline_job_run (job, NULL, &error))
    hr_session_adopt_outlines (self, job);
  else
    report_failure (error);
}

/* In a thread */

typedef struct
{
  HrOutlineJob *job;
  HrSessionWork *work;
  GError *error; /* or NULL: all of it is made */
} OutlineWork;

static void
outline_work_free (gpointer data)
{
  OutlineWork *self = data;

  hr_outline_job_free (self->job);
  hr_session_work_unref (self->work);
  g_clear_error (&self->error);
  g_free (self);
}

static void
run_job_cb (gpointer data)
{
  OutlineWork *self = data;

  hr_outline_job_run (self->job, &self->work->progress, &self->error);
}

static void
end_work (HrSession *self)
{
  g_clear_pointer (&self->work, hr_session_work_unref);
  self->present_job = NULL;
  hr_session_set_working (self, NULL);
}

static void
job_done_cb (HrSession *self, gpointer data)
{
  OutlineWork *outline_work = data;

  if (self->work != outline_work->work) /* another document is shown */
    return;
  end_work (self);
  if (outline_work->error != NULL)
    report_failure (outline_work->error);
  else if (!self->outline_wanted)
    hr_session_adopt_outlines (self, outline_work->job);
  if (self->outline_wanted)
    hr_session_update_outline (self);
  else
    hr_session_emit_outline_changed (self);
}

static gboolean
retry_cb (gpointer user_data)
{
  HrSession *self = user_data;

  self->outline_retry = 0;
  if (self->document != NULL)
    hr_session_update_outline (self);
  return G_SOURCE_REMOVE;
}

/* Takes @job, which goes through @n_rows rows; its document becomes a snapshot. */
static void
run_in_thread (HrSession *self, HrOutlineJob *job, guint64 n_rows)
{
  g_autoptr (GError) error = NULL;
  HrDocument *snapshot = self->lent == NULL ? hr_document_open_snapshot (self->document, &error) : NULL;
  OutlineWork *data;

  if (snapshot == NULL)
    {
      hr_outline_job_free (job);
      if (self->outline_retry != 0)
        return;
      if (self->lent != NULL || g_error_matches (error, HR_ERROR, HR_ERROR_BUSY))
        self->outline_retry = g_timeout_add (RETRY_MS, retry_cb, self);
      else
        report_failure (error);
      return;
    }
  g_object_unref (job->document);
  job->document = snapshot;
  data = g_new0 (OutlineWork, 1);
  data->job = job;
  data->work = hr_session_work_new ();
  hr_progress_expect (&data->work->progress, n_rows, n_rows);
  self->work = hr_session_work_ref (data->work);
  self->present_job = job;
  self->outline_wanted = FALSE;
  forget_missed (self);
  hr_session_set_working (self, _("Arranging the items…"));
  hr_session_run_in_thread (self, run_job_cb, job_done_cb, data, outline_work_free);
}

/* Whether the job that is under way makes all that another one would. */
static gboolean
is_being_made (HrSession *self, const HrOutlineJob *job)
{
  for (guint i = 0; i < job->outlines->len; i++)
    {
      const HrSessionOutline *each = g_ptr_array_index (job->outlines, i);

      if (hr_session_outlines_find (self->present_job->outlines, &each->options) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
make_wanted (HrSession *self)
{
  g_autoptr (GPtrArray) wanted = list_wanted (self);
  g_autoptr (HrOutlineJob) job = prepare_job (self, wanted);
  guint64 n_rows;

  choose_shown (self);
  drop_unwanted (self, wanted);
  if (self->work != NULL)
    {
      if (!is_being_made (self, job))
        self->outline_wanted = TRUE;
      if (self->outline_wanted)
        hr_cancel_raise (&self->work->progress.cancel);
    }
  else if (job->outlines->len == 0)
    self->outline_wanted = FALSE;
  else if ((n_rows = hr_outline_job_count_rows (job)) <= ROWS_AT_ONCE)
    {
      self->outline_wanted = FALSE;
      run_at_once (self, job);
    }
  else
    run_in_thread (self, g_steal_pointer (&job), n_rows);
}

void
hr_session_update_outline (HrSession *self)
{
  if (self->document != NULL)
    make_wanted (self);
  else
    hr_session_drop_outlines (self);
  hr_session_emit_outline_changed (self);
}

void
hr_session_cancel_outline (HrSession *self)
{
  if (self->work != NULL)
    {
      hr_cancel_raise (&self->work->progress.cancel);
      end_work (self);
    }
  g_clear_handle_id (&self->outline_retry, g_source_remove);
  self->outline_wanted = FALSE;
}

/* Following the document */

/* Whether a view that shows the outline with this definition would not go wrong. */
static gboolean
can_be_shown (const HrSessionOutline *outline, const HrTable *before, const HrTable *table)
{
  const char *name = outline->options.index != NULL ? outline->options.index : outline->options.paired_index;
  const HrIndex *index = name != NULL ? hr_table_find_index (table, name) : NULL;
  const HrIndex *index_before = name != NULL && before != NULL ? hr_table_find_index (before, name) : NULL;

  return before != NULL && before->entities->len == table->entities->len
         && hr_definition_has_same_primary_key (before, table)
         && (name == NULL
             || (index != NULL && index_before != NULL && hr_index_has_same_entries (index, index_before)));
}

/* An outline whose table is another now is made anew, and shown meanwhile if it can be. */
static void
follow_definitions (HrSession *self, const HrModel *before)
{
  const HrModel *model = hr_document_get_model (self->document);

  for (guint i = self->outlines->len; i > 0; i--)
    {
      HrSessionOutline *outline = g_ptr_array_index (self->outlines, i - 1);
      const HrTable *table = hr_model_find_table (model, outline->options.table);
      g_autofree char *definition = table != NULL ? hr_native_print (HR_NATIVE_TABLE, table) : NULL;

      if (definition != NULL && g_str_equal (definition, outline->definition)
          && hr_session_is_stored (self->document, table->name))
        continue;
      if (self->work != NULL)
        self->outline_wanted = TRUE;
      if (table != NULL && hr_session_is_stored (self->document, table->name)
          && can_be_shown (outline, hr_model_find_table (before, table->name), table))
        outline->is_stale = TRUE;
      else
        {
          g_hash_table_remove (self->totals, outline->options.table);
          remove_outline (self, i - 1);
        }
    }
}

static void
follow_many_rows (HrSession *self, const HrDocumentChange *change)
{
  for (guint i = 0; i < self->outlines->len; i++)
    {
      HrSessionOutline *outline = g_ptr_array_index (self->outlines, i);

      if (g_strv_contains (change->tables, outline->options.table))
        outline->is_stale = TRUE;
    }
  if (self->work != NULL)
    self->outline_wanted = TRUE;
}

static void
follow_rows (HrSession *self, const HrDocumentChange *change)
{
  for (guint i = 0; i < self->outlines->len; i++)
    tell (g_ptr_array_index (self->outlines, i), change->rows, change->n_rows_changed);
  if (self->work == NULL)
    return;
  for (guint i = 0; i < change->n_rows_changed; i++)
    note_missed (self, &change->rows[i]);
  if (self->missed->len > MISSED_MAX)
    self->outline_wanted = TRUE;
}

void
hr_session_follow_document (HrSession *self, const HrDocumentChange *change)
{
  if (change->model_changed)
    follow_definitions (self, change->model_before);
  if (change->rows != NULL)
    follow_rows (self, change);
  else if (change->n_rows_changed > 0)
    follow_many_rows (self, change);
  if (self->made_job != NULL)
    hr_session_adopt_outlines (self, self->made_job);
  update_totals (self);
}

HrOutline *
hr_session_get_outline (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->shown != NULL ? self->shown->outline : NULL;
}

void
hr_session_want_pair (HrSession *self, gboolean wanted)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->pair_wanted == wanted)
    return;
  self->pair_wanted = wanted;
  if (wanted && hr_session_forget_rows (self)) /* which nobody would see there */
    hr_session_emit_selection_changed (self);
  if (wanted)
    hr_session_update_outline (self);
}

void
hr_session_hide_left_out (HrSession *self, gboolean hides)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->hides_left_out == hides)
    return;
  self->hides_left_out = hides;
  hr_session_update_outline (self);
}

HrOutline *
hr_session_get_pair_outline (HrSession *self, HrSide side)
{
  HrOutlineOptions options;
  const HrSessionOutline *outline;

  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  outline = self->document != NULL && get_pair_options (self, side, &options)
                ? hr_session_outlines_find (self->outlines, &options)
                : NULL;
  return outline != NULL ? outline->outline : NULL;
}

const HrOutlineTotals *
hr_session_get_table_totals (HrSession *self, const char *table)
{
  g_return_val_if_fail (HR_IS_SESSION (self) && table != NULL, NULL);

  return g_hash_table_lookup (self->totals, table);
}

const HrIndexCensus *
hr_session_get_index_census (HrSession *self, const char *name)
{
  g_autoptr (HrArena) arena = NULL;
  const HrTable *table;
  const HrTableInfo *info;
  HrIndexCensus *census;
  HrCall call = { .arena = NULL };

  g_return_val_if_fail (HR_IS_SESSION (self) && name != NULL, NULL);

  census = g_hash_table_lookup (self->censuses, name);
  if (census != NULL || self->document == NULL)
    return census;
  arena = hr_arena_new ();
  call.arena = arena;
  table = hr_model_find_table (hr_document_get_model (self->document), name);
  info = hr_engine_describe_table (hr_document_get_engine (self->document), name, &call);
  if (table == NULL || info == NULL || info->item_count > ROWS_AT_ONCE)
    return NULL;
  census = hr_index_census_new (hr_document_get_engine (self->document), table, NULL, NULL);
  if (census != NULL)
    g_hash_table_insert (self->censuses, g_strdup (name), census);
  return census;
}
