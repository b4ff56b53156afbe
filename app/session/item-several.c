/*
 * What is done to all selected items at once: to one as to two hundred thousand.
 *
 * A job knows which items were selected and what is to be done; hr_session_change() does it at once or in a thread.
 * What came of it is selected and said when it is done.
 */
#include "app/session/item-actions.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/item-selection.h"
#include "app/session/session-private.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/edit-text.h"

#define COPIED_MAX 10000   /* items */
#define DESCRIBED_MAX 200  /* items that a move is tried with */

typedef struct _ItemJob ItemJob;

struct _ItemJob
{
  HrSelectedItems *items;
  guint column;
  HrArena *arena;
  HrValue partition; /* of a move */
  HrItemResult result;
  guint cost; /* of an item, as of HrSessionChange */
  gboolean (*apply) (ItemJob *self, HrDocument *document, const HrItemRef *refs, guint n_refs, GError **error);
  void (*done) (HrSession *session, ItemJob *self);
};

static void
job_free (gpointer data)
{
  ItemJob *self = data;

  g_clear_pointer (&self->items, hr_selected_items_free);
  hr_arena_free (self->arena);
  hr_item_result_clear (&self->result);
  g_free (self);
}

static gboolean
job_cb (HrDocument *document, gpointer data, GError **error)
{
  ItemJob *self = data;
  guint n_refs;
  const HrItemRef *refs = hr_selected_items_resolve (self->items, document, &n_refs, error);

  return refs != NULL && self->apply (self, document, refs, n_refs, error);
}

static void
job_done_cb (HrSession *session, gpointer data)
{
  ItemJob *self = data;

  self->done (session, self);
}

/* NULL with @error: nothing is selected, or it cannot be changed now. */
static ItemJob *
job_new (HrSession *session, GError **error)
{
  HrSelectedItems *items = hr_session_check_ready (session, error) ? hr_selected_items_new (session, error) : NULL;
  ItemJob *self;

  if (items == NULL)
    return NULL;
  self = g_new0 (ItemJob, 1);
  self->items = items;
  self->arena = hr_arena_new ();
  hr_session_get_selected_key (session, &self->column);
  return self;
}

/* Takes the job. @name: of what is done, while it is. */
static gboolean
job_run (ItemJob *self, HrSession *session, const char *name, GError **error)
{
  const HrSessionChange change = {
    .name = name, .n_rows = hr_selected_items_count (self->items), .cost = self->cost, .func = job_cb,
    .done = job_done_cb, .data = self, .free_data = job_free,
  };

  return hr_session_change (session, &change, error);
}

static void
say (HrSession *session, const char *one, const char *many, guint64 count)
{
  g_autofree char *number = hr_figure_number (count);
  g_autofree char *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = count == 1 ? g_strdup (one) : g_strdup_printf (many, number);
#pragma GCC diagnostic pop
  hr_session_emit_toast (session, text, TRUE);
}

/* Duplicates */

static gboolean
duplicate (ItemJob *self, HrDocument *document, const HrItemRef *refs, guint n_refs, GError **error)
{
  return hr_document_duplicate_items (document, refs, n_refs, NULL, &self->result, error);
}

static void
duplicated (HrSession *session, ItemJob *self)
{
  hr_item_select_result (session, hr_selected_items_get_table (self->items), &self->result, self->column);
  hr_item_tell_result (session, &self->result);
}

gboolean
hr_item_duplicate (HrSession *session, GError **error)
{
  ItemJob *job = job_new (session, error);

  if (job == NULL)
    return FALSE;
  job->apply = duplicate;
  job->cost = 6; /* free keys are looked for */
  job->done = duplicated;
  return job_run (job, session, _("Duplicate items"), error);
}

/* Removal */

static gboolean
take_away (ItemJob *self, HrDocument *document, const HrItemRef *refs, guint n_refs, GError **error)
{
  return hr_document_remove_items (document, refs, n_refs, &self->result, error);
}

static void
taken_away (HrSession *session, ItemJob *self)
{
  guint64 count = hr_selected_items_count (self->items);
  const HrTable *table = hr_session_get_table (session);

  if (table != NULL && strcmp (table->name, hr_selected_items_get_table (self->items)) == 0)
    hr_session_clear_selection (session);
  say (session, _("The item is deleted."), ngettext_ ("%s item is deleted.", "%s items are deleted.", count), count);
}

gboolean
hr_item_remove (HrSession *session, GError **error)
{
  ItemJob *job = job_new (session, error);

  if (job == NULL)
    return FALSE;
  job->apply = take_away;
  job->cost = 3;
  job->done = taken_away;
  return job_run (job, session, _("Delete items"), error);
}

/* Moves */

/* M with the partition key that @text stands for, in @arena. */
static gboolean
parse_partition (const HrTable *table, const char *text, HrArena *arena, HrValue *partition, GError **error)
{
  const HrAttribute *attribute = hr_table_get_partition_key (table);
  HrMember *member = hr_arena_alloc (arena, sizeof *member);
  g_autofree char *message = NULL;

  *member = (HrMember){ hr_arena_strdup (arena, attribute->name), strlen (attribute->name), hr_value_null () };
  if (*text == '\0')
    message = g_strdup (_("A partition key cannot be empty."));
  if (message != NULL
      || !hr_value_from_edit_text (arena, attribute->type, text, strlen (text), &member->value, &message, NULL))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, message);
      return FALSE;
    }
  *partition = hr_value_map (member, 1);
  return TRUE;
}

/* Binary values and texts may lie in what was parsed. */
static ItemJob *
move_job_new (HrSession *session, const char *text, GError **error)
{
  ItemJob *self = job_new (session, error);
  HrValue partition;

  if (self == NULL)
    return NULL;
  if (!parse_partition (hr_session_get_table (session), text, self->arena, &partition, error))
    {
      job_free (self);
      return NULL;
    }
  self->partition = hr_value_copy (self->arena, &partition);
  return self;
}

static gboolean
move (ItemJob *self, HrDocument *document, const HrItemRef *refs, guint n_refs, GError **error)
{
  return hr_document_move_items_to_partition (document, refs, n_refs, &self->partition, &self->result, error);
}

/* The attributes that changed with it: "message_group_uuid, sk". */
static char *
join_rewritten (const HrItemResult *result)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; result->rewritten != NULL && i < result->rewritten->len; i++)
    g_string_append_printf (names, "%s`%s`", i > 0 ? ", " : "", (char *) g_ptr_array_index (result->rewritten, i));
  return g_string_free (names, FALSE);
}

static char *
describe_moved (const HrItemResult *result, guint count)
{
  g_autofree char *names = join_rewritten (result);

  if (count == 1)
    return *names != '\0' ? g_strdup_printf (_("The item is moved. Changed with it: %s."), names)
                          : g_strdup (_("The item is moved."));
  if (*names == '\0')
    return g_strdup_printf (ngettext_ ("%u item is moved.", "%u items are moved.", count), count);
  return g_strdup_printf (ngettext_ ("%u item is moved. Changed with it: %s.",
                                     "%u items are moved. Changed with them: %s.", count),
                          count, names);
}

static void
moved (HrSession *session, ItemJob *self)
{
  g_autofree char *toast = NULL;

  hr_item_select_result (session, hr_selected_items_get_table (self->items), &self->result, 0);
  if (hr_item_tell_result (session, &self->result))
    return;
  toast = describe_moved (&self->result, (guint) hr_selected_items_count (self->items));
  g_strdelimit (toast, "`", '"');
  hr_session_emit_toast (session, toast, TRUE);
}

gboolean
hr_item_move (HrSession *session, const char *text, GError **error)
{
  ItemJob *job = move_job_new (session, text, error);

  if (job == NULL)
    return FALSE;
  job->apply = move;
  job->cost = 4;
  job->done = moved;
  return job_run (job, session, _("Move items to another partition"), error);
}

static char *
describe_drafts (const HrItemResult *result, guint64 count)
{
  const char *reason = result->reason != NULL ? result->reason : "";

  if (count == 1)
    return g_strdup_printf (_("It would become a draft: %s"), reason);
  return g_strdup_printf (ngettext_ ("%u of the items would become a draft: %s",
                                     "%u of the items would become drafts: %s", result->n_drafts),
                          result->n_drafts, reason);
}

static char *
describe_result (const HrItemResult *result, guint64 count)
{
  g_autofree char *names = join_rewritten (result);

  if (result->n_drafts > 0)
    return describe_drafts (result, count);
  if (result->does_not_fit)
    return g_strdup (_("The key does not fit the template of its entity."));
  if (*names != '\0')
    return count == 1 ? g_strdup_printf (_("Changes with it: %s."), names)
                      : g_strdup_printf (_("Changes with them: %s."), names);
  return g_strdup (_("Nothing else changes."));
}

/* Tried, and taken back before anybody hears of it. */
char *
hr_item_describe_move (HrSession *session, const char *text)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (GError) error = NULL;
  ItemJob *job = move_job_new (session, text, &error);
  guint64 count = job != NULL ? hr_selected_items_count (job->items) : 0;
  char *words = NULL;
  gboolean done;

  if (count > DESCRIBED_MAX)
    words = g_strdup (_("They are very many: what changes with them is told when they are moved."));
  else if (job != NULL && hr_document_begin_edit (document, "try", &error))
    {
      job->apply = move;
      done = job_cb (document, job, &error);
      hr_document_cancel_edit (document);
      words = done ? describe_result (&job->result, count) : NULL;
    }
  g_clear_pointer (&job, job_free);
  return words != NULL ? words : g_strdup (error->message);
}

/* Text */

static char *
describe_copy (guint64 n_copied, guint64 count)
{
  g_autofree char *copied = hr_figure_number (n_copied);
  g_autofree char *all = hr_figure_number (count);

  if (count == 1)
    return g_strdup (_("Copied"));
  if (n_copied < count)
    return g_strdup_printf (_("The first %s of %s items are copied."), copied, all);
  return g_strdup_printf (ngettext_ ("%s item is copied.", "%s items are copied.", count), copied);
}

char *
hr_item_dup_text (HrSession *session, HrItemFormat format, char **note, GError **error)
{
  g_autoptr (HrSelectedItems) selected = hr_selected_items_new (session, error);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (HrValue));
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  const HrDraft *draft = NULL;
  HrValue item;

  if (selected == NULL)
    return NULL;
  hr_session_read_selected (session, COPIED_MAX, arena, items);
  if (items->len == 0 && hr_item_get_selected (session, arena, &item, &draft))
    g_array_append_val (items, item);
  *note = describe_copy (items->len, hr_selected_items_count (selected));
  if (items->len == 0 && draft != NULL)
    return g_strdup (draft->json); /* which is no item */
  if (items->len == 0)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("The item is gone."));
      return NULL;
    }
  hr_items_to_text (hr_session_get_table (session), &g_array_index (items, HrValue, 0), items->len, format, &out);
  return g_strndup (out.data, out.length);
}

char *
hr_item_dup_whole_text (HrSession *session, HrItemFormat format, GError **error)
{
  g_autofree char *limit = hr_figure_number (COPIED_MAX);
  g_autofree char *note = NULL;

  if (hr_session_count_selected (session) <= COPIED_MAX)
    return hr_item_dup_text (session, format, &note, error);
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
               _("No more than %s items can be cut at once. Select fewer, or delete them."), limit);
  return NULL;
}
