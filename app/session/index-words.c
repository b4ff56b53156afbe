/*
 * What enters an index, in words: for its card and its panel.
 *
 * What there is comes from the census, what there could be from the definitions: an entity without items has reasons,
 * too.
 */
#include "app/session/index-words.h"

#include "app/session/figures.h"
#include "model/base/i18n.h"

typedef struct
{
  HrIndexTally tally;
  HrIndexEntry entry; /* by the definitions */
  HrIndexLack lack;   /* of those that are left out */
  gboolean is_counted;
} Entry;

static Entry
judge (HrSession *session, const HrTable *table, const HrIndex *index, guint entity)
{
  const HrIndexCensus *census = hr_session_get_index_census (session, table->name);
  const HrOutlineTotals *totals = hr_session_get_table_totals (session, table->name);
  guint number = entity < table->entities->len ? MIN (entity, HR_ENTITY_NONE) : HR_ENTITY_NONE;
  Entry self = { .entry = HR_ENTRY_SOME };

  if (entity < table->entities->len)
    self.entry = hr_index_judge_entity (table, index, g_ptr_array_index (table->entities, entity), &self.lack);
  if (totals != NULL)
    self.tally.n_items = totals->rows_of_entity[number];
  self.is_counted = census != NULL && hr_index_census_get (census, index->name, entity, &self.tally);
  if (self.is_counted && self.tally.lacks != 0)
    self.lack = self.tally.lacks;
  return self;
}

/* "no `owner`"; or NULL. */
static char *
dup_reason (const HrTable *table, const HrIndex *index, HrIndexLack lack)
{
  HrKeyLayout layout;

  return lack != 0 && hr_key_layout_init (&layout, table, index) ? hr_index_lack_describe (lack, &layout) : NULL;
}

static char *
describe_shortly (const Entry *self, const char *reason)
{
  g_autofree char *items = hr_figure_number (self->tally.n_items);
  g_autofree char *entries = hr_figure_number (self->is_counted ? self->tally.n_entries : self->tally.n_items);

  if (self->entry == HR_ENTRY_NEVER && self->tally.n_entries == 0)
    /* Translators: no item of an entity is in an index, and why: “no” or “is no number” with an attribute’s name */
    return reason != NULL ? g_strdup_printf (_("none, %s"), reason) : g_strdup (_("none"));
  if (self->is_counted || self->entry == HR_ENTRY_ALL)
    return g_strdup_printf (_("%s of %s"), entries, items);
  return g_strdup_printf (_("up to %s"), items);
}

static char *
describe_fully (const Entry *self, const char *reason)
{
  gboolean is_counted = self->is_counted && self->tally.n_items > 0;
  gboolean has_all = is_counted ? self->tally.n_entries == self->tally.n_items : self->entry == HR_ENTRY_ALL;
  gboolean has_none = is_counted ? self->tally.n_entries == 0 : self->entry == HR_ENTRY_NEVER;
  g_autofree char *items = hr_figure_number (self->tally.n_items);
  g_autofree char *entries = hr_figure_number (self->tally.n_entries);

  if (has_all)
    return g_strdup (_("Every item enters."));
  if (reason == NULL)
    return g_strdup (has_none ? _("No item enters.") : _("Some items enter."));
  if (has_none)
    return g_strdup_printf (_("No item enters: %s."), reason);
  if (!is_counted)
    return g_strdup_printf (_("Some items enter. The others are left out: %s."), reason);
  return g_strdup_printf (_("%s of %s items enter. The others are left out: %s."), entries, items, reason);
}

char *
hr_session_describe_entry (HrSession *session, const HrTable *table, const HrIndex *index, guint entity,
                           HrWordsLength length)
{
  Entry self = judge (session, table, index, entity);
  g_autofree char *reason = dup_reason (table, index, self.lack);

  return length == HR_WORDS_SHORT ? describe_shortly (&self, reason) : describe_fully (&self, reason);
}

char *
hr_session_describe_entries (HrSession *session, const HrTable *table, const HrIndex *index)
{
  const HrIndexCensus *census = hr_session_get_index_census (session, table->name);
  g_autofree char *entries = NULL;
  g_autofree char *items = NULL;
  HrIndexTally tally;

  if (census == NULL || !hr_index_census_get_total (census, index->name, &tally))
    return NULL;
  entries = hr_figure_number (tally.n_entries);
  items = hr_figure_number (tally.n_items);
  return g_strdup_printf (_("%s of %s items are in the index."), entries, items);
}
