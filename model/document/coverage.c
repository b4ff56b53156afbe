/*
 * Which pattern uses what: the table and its indexes against the patterns.
 *
 * A request says by its members what it uses; which entities it reaches is read off the key templates (reach.h), or off
 * the trace of a run, whose keys the same templates name. Writes go to the table, and to indexes of which the
 * entity has the keys.
 */
#include "model/document/coverage.h"

#include <string.h>

#include "model/document/index-reasons.h"

#define ENTITIES_MAX 62

typedef struct
{
  HrCoverage *coverage;
  const HrTable *table;
  guint pattern;
} Row;

static void
mark (Row *row, guint column, HrUse use)
{
  row->coverage->uses[row->pattern * row->coverage->n_columns + column] |= (HrUses) (1 << use);
}

/* The column of the index that a request names; 0 for the table, G_MAXUINT for one that is not there. */
static guint
find_column (const Row *row, const char *index)
{
  if (index == NULL)
    return 0;
  for (guint i = 0; i < row->table->indexes->len; i++)
    if (g_str_equal (((HrIndex *) row->table->indexes->pdata[i])->name, index))
      return i + 1;
  return G_MAXUINT;
}

static void
mark_written_indexes (Row *row, guint64 reach)
{
  for (guint i = 0; i < row->table->indexes->len; i++)
    {
      const HrIndex *index = row->table->indexes->pdata[i];

      for (guint j = 0; j < row->table->entities->len && j < ENTITIES_MAX; j++)
        if (((reach >> j) & 1) != 0
            && hr_index_judge_entity (row->table, index, row->table->entities->pdata[j], NULL) != HR_ENTRY_NEVER)
          mark (row, i + 1, HR_USE_WRITE);
    }
}

static void
note_reach (Row *row, guint64 reach, gboolean writes)
{
  row->coverage->reached[row->pattern] |= reach;
  if (writes)
    row->coverage->reached_by_writes |= reach;
  else
    row->coverage->reached_by_reads |= reach;
}

static void
read_step (Row *row, const HrModel *model, const HrStep *step, gboolean with_reach)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) uses = hr_step_list_uses (step, model, arena);
  guint64 reach = hr_step_get_reach (row->table, step);
  gboolean is_about_table = FALSE, writes = FALSE;

  for (guint i = 0; i < uses->len; i++)
    {
      const HrStepUse *use = &g_array_index (uses, HrStepUse, i);
      guint column = find_column (row, use->index);

      if (!g_str_equal (use->table, row->table->name))
        continue;
      is_about_table = TRUE;
      writes = writes || use->use == HR_USE_WRITE;
      if (column != G_MAXUINT)
        mark (row, column, use->use);
    }
  if (writes)
    mark_written_indexes (row, reach);
  if (with_reach && is_about_table)
    note_reach (row, reach, writes);
}

/* The entity of a key: in a trace there is nothing else of the item. */
static guint64
get_entity_bit (const HrTable *table, const HrValue *key)
{
  const HrEntity *entity = hr_table_match_entity (table, key, NULL);

  for (guint i = 0; entity != NULL && i < table->entities->len && i < ENTITIES_MAX; i++)
    if (table->entities->pdata[i] == entity)
      return G_GUINT64_CONSTANT (1) << i;
  return 0;
}

static void
read_trace (Row *row, const HrTrace *trace)
{
  for (guint i = 0; i < hr_trace_get_count (trace); i++)
    {
      const HrTraceEvent *event = hr_trace_get (trace, i);
      gboolean writes = event->kind == HR_TRACE_WRITE;

      if (g_strcmp0 (event->table, row->table->name) != 0 || event->key.type != HR_TYPE_M
          || (!writes && event->kind != HR_TRACE_READ))
        continue;
      note_reach (row, get_entity_bit (row->table, &event->key), writes);
    }
}

static void
read_pattern (Row *row, const HrModel *model, const HrPattern *pattern, const HrTrace *trace)
{
  for (guint i = 0; i < pattern->steps->len; i++)
    read_step (row, model, pattern->steps->pdata[i], trace == NULL);
  if (trace == NULL)
    return;
  row->coverage->n_traced++;
  read_trace (row, trace);
}

static void
find_unused (HrCoverage *self, const HrTable *table)
{
  for (guint i = 1; i < self->n_columns; i++)
    {
      HrUses uses = 0;
      guint index = i - 1;

      for (guint j = 0; j < self->n_patterns; j++)
        uses |= hr_coverage_get (self, j, i);
      if ((uses & (1 << HR_USE_READ | 1 << HR_USE_SCAN)) == 0)
        g_array_append_val (self->unused_indexes, index);
    }
  for (guint i = 0; i < table->entities->len && i < ENTITIES_MAX; i++)
    if (((self->reached_by_reads >> i) & 1) == 0)
      g_array_append_val (self->unread_entities, i);
}

HrCoverage *
hr_coverage_new (const HrModel *model, const char *table, HrTraceFunc get_trace, gpointer user_data)
{
  const HrTable *definition = hr_model_find_table (model, table);
  HrCoverage *self;

  if (definition == NULL)
    return NULL;
  self = g_new0 (HrCoverage, 1);
  self->n_patterns = model->patterns->len;
  self->n_columns = definition->indexes->len + 1;
  self->uses = g_new0 (HrUses, (gsize) self->n_patterns * self->n_columns);
  self->reached = g_new0 (guint64, self->n_patterns);
  self->unused_indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->unread_entities = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->n_patterns; i++)
    {
      const HrPattern *pattern = model->patterns->pdata[i];
      Row row = { self, definition, i };

      read_pattern (&row, model, pattern, get_trace != NULL ? get_trace (pattern->id, user_data) : NULL);
    }
  find_unused (self, definition);
  return self;
}

void
hr_coverage_free (HrCoverage *self)
{
  if (self == NULL)
    return;
  g_free (self->uses);
  g_free (self->reached);
  g_array_unref (self->unused_indexes);
  g_array_unref (self->unread_entities);
  g_free (self);
}
