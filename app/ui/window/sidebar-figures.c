/*
 * The figures beside what the sidebar lists: how many items there are, and what patterns cost when they last ran.
 */
#include "app/ui/window/sidebar-row.h"

#include "app/session/figures.h"
#include "model/base/i18n.h"

static void
show_count (HrSidebarEntry *self, guint64 n_items)
{
  g_autofree char *text = hr_figure_number (n_items);
  g_autofree char *words = g_strdup_printf (ngettext_ ("%s item", "%s items", n_items), text);

  hr_sidebar_entry_set_badge (self, HR_BADGE_NORMAL, text, words);
}

static void
update_table (HrSidebarEntry *self, HrSession *session)
{
  const HrOutlineTotals *totals = hr_session_get_table_totals (session, self->table);

  if (totals != NULL)
    show_count (self, totals->n_rows);
}

static void
update_entity (HrSidebarEntry *self, HrSession *session)
{
  const HrOutlineTotals *totals = hr_session_get_table_totals (session, self->table);

  if (totals != NULL && self->number < HR_ENTITY_NONE)
    show_count (self, totals->rows_of_entity[self->number]);
}

/* The engine knows how many entries an index has without counting. */
static void
update_index (HrSidebarEntry *self, HrSession *session)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  HrEngine *engine = hr_document_get_engine (hr_session_get_document (session));
  const HrTableInfo *info = hr_engine_describe_table (engine, self->table, &call);

  for (guint i = 0; info != NULL && i < info->definition->indexes->len; i++)
    if (g_str_equal (((HrIndex *) g_ptr_array_index (info->definition->indexes, i))->name, self->name))
      show_count (self, info->indexes[i].item_count);
}

static const char *
describe_status (HrRunStatus status)
{
  switch (status)
    {
    case HR_RUN_PASSED:
      return _("as expected");
    case HR_RUN_FAILED:
      return _("not as expected");
    case HR_RUN_ERROR:
      return _("could not run");
    }
  return NULL;
}

static void
update_pattern (HrSidebarEntry *self, HrSession *session)
{
  const HrPatternRun *run = hr_session_get_last_run (session, self->name);
  gboolean stale = hr_session_is_last_run_stale (session, self->name);
  g_autofree char *cost = NULL;
  g_autofree char *words = NULL;

  if (run == NULL)
    {
      hr_sidebar_entry_set_badge (self, HR_BADGE_NORMAL, "", _("Not run yet"));
      return;
    }
  cost = run->status != HR_RUN_ERROR ? hr_figure_cost (run) : g_strdup ("");
  if (stale && *cost == '\0')
    words = g_strdup (_("From before the last change"));
  else if (stale)
    words = g_strdup_printf (_("%s, before the last change"), cost);
  else
    words = *cost != '\0' ? g_strdup_printf ("%s, %s", cost, describe_status (run->status))
                          : g_strdup (describe_status (run->status));
  hr_sidebar_entry_set_badge (self,
                              run->status != HR_RUN_PASSED ? HR_BADGE_WARNING
                              : stale                      ? HR_BADGE_STALE
                                                           : HR_BADGE_NORMAL,
                              cost, words);
}

void
hr_sidebar_entry_update (HrSidebarEntry *self, HrSession *session)
{
  g_return_if_fail (HR_IS_SIDEBAR_ENTRY (self));

  switch (self->subject)
    {
    case HR_SUBJECT_TABLE:
      update_table (self, session);
      break;
    case HR_SUBJECT_ENTITY:
      update_entity (self, session);
      break;
    case HR_SUBJECT_INDEX:
      update_index (self, session);
      break;
    case HR_SUBJECT_PATTERN:
      update_pattern (self, session);
      break;
    case HR_SUBJECT_ITEM:
    case HR_SUBJECT_DRAFT:
    case HR_SUBJECT_NONE:
      break;
    }
}
