/*
 * Counting behind everybody's back.
 *
 * The thread has the snapshot to itself and closes it when it is done, for an open one keeps the log from beginning
 * anew. Nobody but the thread looks at the results before it has ended.
 */
#include "model/engine/recount.h"

#include "model/engine/counts.h"

struct _HrRecount
{
  sqlite3 *db;
  GArray *trees;
  HrIndexInfo *infos; /* of each tree */
  guint n_counted;    /* trees whose infos are right, from the first on */
  GThread *thread;    /* NULL: it has been waited for */
  gint is_done;       /* atomic, like the next */
  gint is_called_off;
};

static gpointer
run_cb (gpointer data)
{
  HrRecount *self = data;
  guint count = 0;

  while (count < self->trees->len
         && hr_counts_take_tree (&g_array_index (self->trees, HrTree, count), &self->infos[count],
                                 &self->is_called_off))
    count++;
  for (guint i = 0; i < self->trees->len; i++)
    hr_tree_reset (&g_array_index (self->trees, HrTree, i));
  sqlite3_close (self->db);
  self->n_counted = count;
  g_atomic_int_set (&self->is_done, TRUE);
  return NULL;
}

HrRecount *
hr_recount_new (sqlite3 *db, GArray *trees)
{
  HrRecount *self = g_new0 (HrRecount, 1);

  self->db = db;
  self->trees = trees;
  self->infos = g_new0 (HrIndexInfo, trees->len);
  self->thread = g_thread_new ("recount", run_cb, self);
  return self;
}

static void
wait (HrRecount *self)
{
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
hr_recount_free (HrRecount *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->is_called_off, TRUE);
  wait (self);
  for (guint i = 0; i < self->trees->len; i++)
    hr_tree_clear (&g_array_index (self->trees, HrTree, i));
  g_array_unref (self->trees);
  g_free (self->infos);
  g_free (self);
}

gboolean
hr_recount_is_done (HrRecount *self)
{
  return g_atomic_int_get (&self->is_done);
}

const HrIndexInfo *
hr_recount_find (HrRecount *self, const HrTree *tree)
{
  wait (self);
  for (guint i = 0; i < self->n_counted; i++)
    if (strcmp (g_array_index (self->trees, HrTree, i).name, tree->name) == 0)
      return &self->infos[i];
  return NULL;
}
