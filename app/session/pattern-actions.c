/*
 * Patterns from the table and from the clipboard: what is selected or pasted goes to the model's functions, and what
 * came of it becomes the selection.
 */
#include "app/session/pattern-actions.h"

#include <string.h>

#include "app/session/item-actions.h"
#include "app/session/session-private.h"
#include "model/api/backend.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "model/document/pattern-make.h"

typedef struct
{
  const HrPattern *pattern;
  HrTarget *target; /* of what was inserted */
} Insertion;

static gboolean
insert_cb (HrDocument *document, gpointer user_data, GError **error)
{
  Insertion *insertion = user_data;

  insertion->target = hr_document_insert_pattern (document, insertion->pattern, error);
  return insertion->target != NULL;
}

static gboolean
insert (HrSession *session, const HrPattern *pattern, const HrEdit *edit, GError **error)
{
  Insertion insertion = { pattern, NULL };
  gboolean done = hr_session_edit (session, edit, insert_cb, &insertion, error);

  if (done)
    {
      g_object_set (session, "view", "patterns", NULL);
      hr_session_select_pattern (session, insertion.target->name);
    }
  g_free (insertion.target);
  return done;
}

/* The values of the partition key in @item, in the order of the key. FALSE: it lacks one. */
static gboolean
read_partition (const GPtrArray *keys, const HrValue *item, HrArena *arena, HrValue *partition)
{
  HrMember *members = hr_arena_array (arena, HrMember, keys->len);

  for (guint i = 0; i < keys->len; i++)
    {
      const char *name = ((HrAttribute *) g_ptr_array_index (keys, i))->name;
      const HrValue *value = hr_map_get (item, name, strlen (name));

      if (value == NULL)
        return FALSE;
      members[i] = (HrMember){ name, strlen (name), *value };
    }
  *partition = hr_value_map (members, keys->len);
  return TRUE;
}

static HrPattern *
new_from_selection (HrSession *session, GError **error)
{
  const HrTable *table = hr_session_get_table (session);
  const HrValue *key = hr_session_get_selected_key (session, NULL);
  const char *name = hr_session_get_index (session);
  const HrIndex *index = table != NULL && name != NULL ? hr_table_find_index (table, name) : NULL;
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item, partition;

  if (key == NULL || !hr_item_fetch (session, key, arena, &item))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Select an item of the partition first."));
      return NULL;
    }
  if (!read_partition (index != NULL ? index->partition_key : table->partition_key, &item, arena, &partition))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("The item is not in the index “%s”."), name);
      return NULL;
    }
  return hr_pattern_new_from_partition (table, index != NULL ? name : NULL, &partition,
                                        hr_table_match_entity (table, &item, NULL));
}

gboolean
hr_pattern_query_partition (HrSession *session, GError **error)
{
  const HrEdit edit = { .name = _("Query a partition"), .toast = _("A new access pattern queries this partition.") };
  g_autoptr (HrPattern) pattern = new_from_selection (session, error);

  return pattern != NULL && insert (session, pattern, &edit, error) && hr_session_run_pattern (session, error);
}

/* An index entry has more in its key than the item. */
static gboolean
has_key (const HrValue *touched, const HrValue *key)
{
  for (guint i = 0; i < key->length; i++)
    {
      const HrMember *member = &key->members[i];
      const HrValue *value = hr_map_get (touched, member->name, member->name_length);

      if (value == NULL || !hr_value_equal (value, &member->value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
returns_item (const HrPatternRun *run, const char *table, const HrValue *key)
{
  for (guint i = 0; run != NULL && run->trace != NULL && i < hr_trace_get_count (run->trace); i++)
    {
      const HrTraceEvent *event = hr_trace_get (run->trace, i);

      if (event->kind == HR_TRACE_READ && event->fate == HR_FATE_RETURNED && strcmp (event->table, table) == 0
          && has_key (&event->key, key))
        return TRUE;
    }
  return FALSE;
}

static gboolean
reads_item (HrSession *session, const HrPattern *pattern, const char *table, const HrValue *key)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrBackend) backend = NULL;
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (HrPatternRun) run = NULL;
  HrRunOptions options = { .want_trace = TRUE };

  if (hr_session_is_long_run (session, pattern))
    return !hr_session_is_last_run_stale (session, pattern->id)
           && returns_item (hr_session_get_last_run (session, pattern->id), table, key);
  backend = hr_backend_new_local (hr_document_get_engine (document));
  values = hr_session_collect_values (session, pattern);
  options.values = values;
  run = hr_pattern_run (pattern, hr_document_get_model (document), backend, &options, NULL);
  return returns_item (run, table, key);
}

GPtrArray *
hr_pattern_list_readers (HrSession *session, const char *table, const HrValue *key)
{
  HrDocument *document = hr_session_get_document (session);
  GPtrArray *readers = g_ptr_array_new ();
  const GPtrArray *patterns;

  if (!hr_session_check_ready (session, NULL))
    return readers;
  patterns = hr_document_get_model (document)->patterns;
  for (guint i = 0; i < patterns->len; i++)
    if (reads_item (session, g_ptr_array_index (patterns, i), table, key))
      g_ptr_array_add (readers, g_ptr_array_index (patterns, i));
  return readers;
}

gboolean
hr_pattern_paste (HrSession *session, const char *text, GError **error)
{
  const HrEdit edit = { .name = _("Paste a request"), .toast = _("The request is a new access pattern.") };
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrPattern) pattern = NULL;

  if (document == NULL)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Open a model first."));
      return FALSE;
    }
  pattern = hr_pattern_new_from_text (hr_document_get_model (document), text, strlen (text), error);
  return pattern != NULL && insert (session, pattern, &edit, error);
}

gboolean
hr_session_expect_run (HrSession *session, GError **error)
{
  const HrPatternRun *run = hr_session_get_run (session);

  return run == NULL
         || hr_document_take_expectations (hr_session_get_document (session), run, HR_TAKE_ALL & ~HR_TAKE_KEYS, error);
}

gboolean
hr_session_expect_nothing (HrSession *session, GError **error)
{
  const HrPattern *pattern = hr_session_get_pattern (session);
  const HrTarget target = HR_TARGET (PATTERN, NULL, NULL, pattern != NULL ? pattern->id : NULL);

  return pattern == NULL || hr_document_set_expectation (hr_session_get_document (session), &target, NULL, error);
}
