/*
 * Carrying a refactoring out.
 *
 * Rows that change are taken out before the definitions change and put back after, so that no row is judged by
 * definitions that it was not made for, and keys may be exchanged between items. Drafts of the table step aside with
 * them: none should take a key that is free for that moment only.
 */
#include "model/document/refactor-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/record.h"

/* A row on its way. */
typedef struct
{
  HrRowImage before;
  HrRowImage after;
} MovingRow;

static void
moving_row_clear (gpointer data)
{
  MovingRow *row = data;

  hr_row_image_clear (&row->before);
  hr_row_image_clear (&row->after);
}

/* A draft on its way: what it becomes. */
typedef struct
{
  gint64 ordinal;
  char *json;
  HrRange place;
} MovingDraft;

static void
moving_draft_clear (gpointer data)
{
  g_free (((MovingDraft *) data)->json);
}

typedef struct
{
  HrRefactorPlan *plan;
  HrDocument *document;
  HrDocumentTable *table;
  GArray *ordinals; /* gint64: of all rows before, ascending; only when there is to be a report */
  GArray *rows;     /* MovingRow */
  GArray *drafts;   /* MovingDraft */
  HrArena *arena;
  gboolean report;
} Move;

static char *
dup_key (const Move *move, const HrValue *item, gboolean spaced)
{
  HrBuffer out = HR_BUFFER_INIT;
  HrValue key;

  if (!hr_document_get_key (move->document, move->table->name, item, move->arena, &key))
    return NULL;
  hr_item_to_json (&key, spaced, &out);
  return hr_buffer_steal (&out, NULL);
}

static void
add_problem (HrRefactorPlan *plan, gint64 ordinal, char *key, const char *reason, gboolean becomes_draft)
{
  HrRefactorProblem *problem;

  if (plan->report.problems->len >= HR_REFACTOR_PROBLEMS_MAX)
    {
      g_free (key);
      return;
    }
  problem = g_new0 (HrRefactorProblem, 1);
  problem->ordinal = ordinal;
  problem->key = key;
  problem->reason = g_strdup (reason);
  problem->becomes_draft = becomes_draft;
  g_ptr_array_add (plan->report.problems, problem);
}

/* What patterns expect to come back under the old key. */
static void
follow_key (const Move *move, const HrValue *before, const HrValue *after)
{
  g_autofree char *old_key = NULL;
  HrBuffer out = HR_BUFFER_INIT;
  HrValue key;

  if (move->plan->keys == NULL)
    return;
  old_key = dup_key (move, before, FALSE);
  if (old_key == NULL || !g_hash_table_contains (move->plan->keys, old_key)
      || !hr_definition_get_key (move->plan->new_table, after, move->arena, &key))
    return;
  hr_item_to_json (&key, FALSE, &out);
  g_hash_table_insert (move->plan->keys, g_steal_pointer (&old_key), hr_buffer_steal (&out, NULL));
}

static void
plan_row (Move *move, const HrRowImage *image, const HrValue *item)
{
  HrRefactorPlan *plan = move->plan;
  HrItemChange change = { .item = *item };
  MovingRow row;

  plan->func (plan, item, move->arena, &change);
  if (change.is_changed)
    {
      row.before = hr_row_image_copy (image);
      row.after = hr_row_image_from_item (image->ordinal, &change.item);
      g_array_append_val (move->rows, row);
    }
  if (!move->report)
    return;
  follow_key (move, item, &change.item);
  plan->report.n_items += change.is_changed;
  if (change.reason != NULL)
    {
      plan->report.n_stay++;
      add_problem (plan, image->ordinal, dup_key (move, item, TRUE), change.reason, FALSE);
    }
}

static gboolean
plan_rows (Move *move, GError **error)
{
  g_autoptr (GArray) rows = NULL;

  if (hr_engine_get_table (move->document->engine, move->table->name) == NULL)
    return TRUE;
  rows = hr_document_take_rows (move->document, move->table->name, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const HrRowImage *image = &g_array_index (rows, HrRowImage, i);
      HrValue item;

      hr_arena_reset (move->arena);
      if (!hr_document_step (move->document, error) ||
          !hr_row_image_decode (image, move->arena, &item, error))
        return FALSE;
      if (move->report)
        g_array_append_val (move->ordinals, image->ordinal);
      plan_row (move, image, &item);
    }
  return rows != NULL;
}

static void
plan_draft (Move *move, const HrDraft *draft)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrItemChange change = { 0 };
  MovingDraft moving = { draft->ordinal, NULL, draft->place };
  HrBuffer out = HR_BUFFER_INIT;
  const HrJson *json;
  HrValue item;

  hr_arena_reset (move->arena);
  json = hr_json_parse (move->arena, draft->json, strlen (draft->json), HR_LIMIT_JSON_DEPTH, NULL);
  if (json != NULL && json->type == HR_JSON_OBJECT && hr_item_from_json (move->arena, json, &item, &service_error))
    move->plan->func (move->plan, &item, move->arena, &change);
  if (change.is_changed)
    {
      hr_item_to_json (&change.item, TRUE, &out);
      moving.json = hr_buffer_steal (&out, NULL);
    }
  else
    moving.json = g_strdup (draft->json);
  move->plan->report.n_drafts += move->report && change.is_changed;
  g_array_append_val (move->drafts, moving);
}

static gboolean
take_out (Move *move, GError **error)
{
  for (guint i = 0; i < move->rows->len; i++)
    if (!hr_document_write_row (move->document, move->table->name, &g_array_index (move->rows, MovingRow, i).before,
                                &HR_ROW_IMAGE_NONE, error))
      return FALSE;
  while (move->table->drafts->len > 0)
    hr_document_write_draft (move->document, g_ptr_array_index (move->table->drafts, move->table->drafts->len - 1),
                             NULL);
  return TRUE;
}

static gboolean
put_row (Move *move, const MovingRow *row, GError **error)
{
  HrDocument *document = move->document;
  const char *name = move->table->name;
  g_auto (HrJudgement) judgement = { 0 };
  HrBuffer json = HR_BUFFER_INIT;
  HrDraftEntry *draft;
  HrValue item;

  hr_arena_reset (move->arena);
  if (!hr_row_image_decode (&row->after, move->arena, &item, error))
    return FALSE;
  if (hr_judge_item (document->engine, name, &item, move->arena, &judgement)
      && !hr_judge_duplicate (document, name, move->arena, &judgement, error))
    return FALSE;
  if (judgement.code == NULL)
    return hr_document_write_row (document, name, &HR_ROW_IMAGE_NONE, &row->after, error);

  hr_item_to_json (&item, TRUE, &json);
  draft = hr_draft_entry_new (name, row->after.ordinal, hr_buffer_steal (&json, NULL), &judgement, HR_RANGE_NONE);
  hr_document_write_draft (document, NULL, draft);
  hr_draft_entry_unref (draft);
  return TRUE;
}

static gboolean
put_back (Move *move, GError **error)
{
  for (guint i = 0; i < move->rows->len; i++)
    if (!put_row (move, &g_array_index (move->rows, MovingRow, i), error))
      return FALSE;
  for (guint i = 0; i < move->drafts->len; i++)
    {
      const MovingDraft *draft = &g_array_index (move->drafts, MovingDraft, i);

      if (!hr_document_put_entry (move->document, move->table, draft->ordinal, draft->json, draft->place, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
was_row (const GArray *ordinals, gint64 ordinal)
{
  guint low = 0;
  guint high = ordinals->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (ordinals, gint64, middle) < ordinal)
        low = middle + 1;
      else
        high = middle;
    }
  return low < ordinals->len && g_array_index (ordinals, gint64, low) == ordinal;
}

/* An item that stays as it is and cannot be stored like that is told once, as a draft. */
static void
drop_stay (HrRefactorPlan *plan, gint64 ordinal)
{
  GPtrArray *problems = plan->report.problems;

  for (guint i = 0; i < problems->len; i++)
    {
      const HrRefactorProblem *problem = g_ptr_array_index (problems, i);

      if (problem->ordinal != ordinal || problem->becomes_draft)
        continue;
      g_ptr_array_remove_index (problems, i);
      plan->report.n_stay--;
      return;
    }
}

static void
report_drafts (Move *move)
{
  HrRefactorPlan *plan = move->plan;

  for (guint i = 0; i < move->table->drafts->len; i++)
    {
      const HrDraft *draft = &((HrDraftEntry *) g_ptr_array_index (move->table->drafts, i))->draft;

      if (!was_row (move->ordinals, draft->ordinal))
        continue;
      drop_stay (plan, draft->ordinal);
      plan->report.n_become_drafts++;
      add_problem (plan, draft->ordinal, NULL, draft->reason, TRUE);
    }
}

static int
compare_problems_cb (gconstpointer a, gconstpointer b)
{
  const HrRefactorProblem *one = *(HrRefactorProblem *const *) a;
  const HrRefactorProblem *other = *(HrRefactorProblem *const *) b;

  return (one->ordinal > other->ordinal) - (one->ordinal < other->ordinal);
}

static gboolean
check_stay (const Move *move, GError **error)
{
  const HrRefactorPlan *plan = move->plan;

  if (plan->report.n_stay == 0 || plan->refuse_stay == NULL)
    return TRUE;
  plan->refuse_stay (plan, plan->report.n_stay, error);
  return FALSE;
}

static gboolean
carry_out_items (Move *move, GError **error)
{
  HrRefactorPlan *plan = move->plan;

  if (!plan_rows (move, error) || !check_stay (move, error))
    return FALSE;
  for (guint i = 0; i < move->table->drafts->len; i++)
    plan_draft (move, &((HrDraftEntry *) g_ptr_array_index (move->table->drafts, i))->draft);
  if (move->report && plan->keys != NULL)
    hr_refactor_replace_keys (plan);
  if (!take_out (move, error) || !hr_document_set_model (move->document, plan->after, error))
    return FALSE;
  move->table = hr_document_find_table (move->document, plan->new_table->name);
  if (!put_back (move, error))
    return FALSE;
  if (move->report)
    report_drafts (move);
  if (move->report)
    g_ptr_array_sort (plan->report.problems, compare_problems_cb);
  return TRUE;
}

gboolean
hr_refactor_plan_carry_out (HrRefactorPlan *plan, HrDocument *document, GError **error)
{
  gboolean report = !plan->has_report;
  g_autoptr (GArray) ordinals = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (MovingRow));
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (MovingDraft));
  g_autoptr (HrArena) arena = hr_arena_new ();
  Move move = { plan, document, NULL, ordinals, rows, drafts, arena, report };

  plan->has_report = TRUE;
  if (plan->table == NULL)
    return hr_document_set_model (document, plan->after, error);
  g_array_set_clear_func (rows, moving_row_clear);
  g_array_set_clear_func (drafts, moving_draft_clear);
  move.table = hr_document_find_table (document, plan->table);
  return carry_out_items (&move, error);
}
