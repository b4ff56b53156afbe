/*
 * Patterns from the table and from the clipboard: what is selected or pasted goes to the model's functions, and what
 * came of it becomes the selection.
 */
#include "app/ui/pattern-actions.h"

#include <string.h>

#include "app/ui/item-actions.h"
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
