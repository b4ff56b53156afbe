/*
 * The items of a project file: where each of them stands.
 *
 * Items are nearly all of a large file, so they are walked over (for their grammar and for repeated names)
 * and read later, one by one. A text that is no JSON cannot be read, with one exception: items stand one a
 * line, and an item that a hand has broken, or a comma that it has forgotten, does not cost the rest.
 */
#include "model/exchange/native-pull.h"

#include "model/base/i18n.h"

#include <stdlib.h>
#include <string.h>

#define SALVAGED_MAX 100 /* with more errors than that this is something else */

#define ITEMS_A_GUESS 1000 /* after so many, how many there are is guessed anew */

#define PAIRWISE_MAX 16 /* names of one object that are compared each with each; more are sorted */

typedef struct
{
  const char *text;
  guint32 length;
  HrRange place;
} Name;

void
hr_item_pull_init (HrItemPull *self, HrJsonReader *json, HrDiagnostics *diagnostics, HrArena *scratch,
                   HrProgress *progress)
{
  *self = (HrItemPull) { .json = json, .diagnostics = diagnostics, .progress = progress, .scratch = scratch };
  self->names = g_array_new (FALSE, FALSE, sizeof (Name));
}

void
hr_item_pull_clear (HrItemPull *self)
{
  g_array_unref (self->names);
}

static guint32
tell (const HrItemPull *self)
{
  return (guint32) (self->json->cursor - self->json->text);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const Name *x = a;
  const Name *y = b;
  int order = memcmp (x->text, y->text, MIN (x->length, y->length));

  return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

static void
report_repeated (HrItemPull *self, const Name *name)
{
  g_autofree char *text = g_strndup (name->text, name->length);

  hr_diagnostics_add (self->diagnostics, HR_SEVERITY_WARNING, "duplicate-member", name->place,
                      _("`%s` stands twice in this object. Only the last one counts."), text);
}

static void
check_few_names (HrItemPull *self, const Name *names, guint count)
{
  for (guint i = 1; i < count; i++)
    for (guint j = 0; j < i; j++)
      if (names[i].length == names[j].length && memcmp (names[i].text, names[j].text, names[i].length) == 0)
        {
          report_repeated (self, &names[i]);
          break;
        }
}

/* Looks for repeats among the names from @first on, and forgets them. */
static void
close_names (HrItemPull *self, guint first)
{
  Name *names = &g_array_index (self->names, Name, first);
  guint count = self->names->len - first;

  if (count <= PAIRWISE_MAX)
    check_few_names (self, names, count);
  else
    {
      qsort (names, count, sizeof (Name), compare_names);
      for (guint i = 1; i < count; i++)
        if (compare_names (&names[i - 1], &names[i]) == 0)
          report_repeated (self, names[i].place.start > names[i - 1].place.start ? &names[i] : &names[i - 1]);
    }
  g_array_set_size (self->names, first);
}

/* The reader limits the depth. */
static void
walk_value (HrItemPull *self)
{
  HrJsonMember member = { 0 };
  guint first = self->names->len;

  switch (hr_json_reader_peek (self->json))
    {
    case HR_JSON_OBJECT:
      hr_json_reader_enter_object (self->json);
      while (hr_json_reader_next_member (self->json, &member.name, &member.name_length, &member.name_range))
        {
          Name name = { member.name, member.name_length, member.name_range };

          g_array_append_val (self->names, name);
          walk_value (self);
        }
      if (self->names->len > first + 1)
        close_names (self, first);
      else
        g_array_set_size (self->names, first);
      break;
    case HR_JSON_ARRAY:
      hr_json_reader_enter_array (self->json);
      while (hr_json_reader_next_element (self->json))
        walk_value (self);
      break;
    case HR_JSON_NULL:
    case HR_JSON_FALSE:
    case HR_JSON_TRUE:
    case HR_JSON_NUMBER:
    case HR_JSON_STRING:
      hr_json_reader_skip (self->json, NULL);
      break;
    }
}

/* Whether an item could begin at @offset: a brace that is the first on its line. */
static gboolean
begins_line (const HrItemPull *self, guint32 offset)
{
  const char *text = self->json->text;
  const char *start = text + offset;

  if (start >= self->json->end || *start != '{')
    return FALSE;
  while (start > text && (start[-1] == ' ' || start[-1] == '\t'))
    start--;
  return start > text && start[-1] == '\n';
}

static gboolean
may_get_over (HrItemPull *self)
{
  if (self->json->error.cancelled || self->n_salvaged == SALVAGED_MAX)
    return FALSE;
  if (self->n_salvaged++ == 0)
    self->first_error = self->json->error;
  return TRUE;
}

static HrRange
error_place (const HrItemPull *self)
{
  return (HrRange) { self->json->error.offset, self->json->error.offset };
}

/* A forgotten comma: the next item begins a line. */
static gboolean
get_over_comma (HrItemPull *self)
{
  if (!hr_json_reader_failed (self->json) || !begins_line (self, self->json->error.offset)
      || !may_get_over (self))
    return FALSE;

  hr_diagnostics_add (self->diagnostics, HR_SEVERITY_ERROR, "syntax", error_place (self),
                      _("A comma is missing before this item."));
  self->json->error = (HrJsonError) { 0 };
  self->json->first = TRUE; /* as if nothing stood before */
  return TRUE;
}

/* Whether the error was seen on the line that ends at @end, or at the first thing behind it. */
static gboolean
is_error_of_line (const HrItemPull *self, const char *end)
{
  const char *at = self->json->text + self->json->error.offset;

  while (at > end && g_ascii_isspace (at[-1]))
    at--;
  return at <= end;
}

/* A broken item: the rest of its line, without the comma. @before is the reader in front of it. */
static gboolean
get_over_item (HrItemPull *self, const HrJsonReader *before, HrPulledItem *item)
{
  const char *start = self->json->text + item->place.start;
  const char *end = memchr (start, '\n', (gsize) (self->json->end - start));

  if (end == NULL || !begins_line (self, item->place.start) || !is_error_of_line (self, end)
      || !g_utf8_validate_len (start, (gsize) (end - start), NULL) || !may_get_over (self))
    return FALSE;

  hr_diagnostics_add (self->diagnostics, HR_SEVERITY_ERROR, "syntax", error_place (self),
                      _("This item is no JSON: %s. It is kept as text."), _ (self->json->error.message));
  while (g_ascii_isspace (end[-1]))
    end--;
  if (end[-1] == ',')
    end--;
  *self->json = *before;
  self->json->cursor = end;
  item->is_broken = TRUE;
  item->place.end = tell (self);
  return TRUE;
}

/* How many there are in all is told by how far the text has been read. */
static void
count_item (HrItemPull *self, guint32 end)
{
  guint64 length = (guint64) (self->json->end - self->json->text), n_items;

  hr_progress_step (self->progress);
  if (++self->n_items % ITEMS_A_GUESS != 0)
    return;
  n_items = self->n_items * length / MAX (end, 1);
  hr_progress_expect (self->progress, n_items, n_items * HR_NATIVE_STEPS (1));
}

/* Notes the item at hand; FALSE when it is broken beyond help. */
static gboolean
pull_item (HrItemPull *self, GArray *items, HrJsonReader *before)
{
  HrPulledItem item = { 0 };
  HrJsonReader here = *self->json;

  hr_arena_reset (self->scratch);
  g_array_set_size (self->names, 0);
  hr_json_reader_peek (self->json);
  item.place.start = tell (self);
  walk_value (self);
  item.place.end = tell (self);
  if (hr_json_reader_failed (self->json) && !get_over_item (self, &here, &item))
    return FALSE;
  g_array_append_val (items, item);
  count_item (self, item.place.end);
  *before = here;
  return TRUE;
}

/* What stands behind the last item on its line makes that item a broken one. */
static gboolean
blame_last (HrItemPull *self, GArray *items, guint first, const HrJsonReader *before)
{
  HrPulledItem *last;

  if (items->len == first)
    return FALSE;
  last = &g_array_index (items, HrPulledItem, items->len - 1);
  return !last->is_broken && get_over_item (self, before, last);
}

void
hr_item_pull_list (HrItemPull *self, GArray *items)
{
  HrArena *arena = self->json->arena;
  HrJsonReader before; /* in front of the last item */
  guint first = items->len;
  gboolean goes_on;

  self->json->arena = self->scratch;
  goes_on = hr_json_reader_enter_array (self->json);
  while (goes_on)
    {
      if (hr_json_reader_next_element (self->json)
          || (get_over_comma (self) && hr_json_reader_next_element (self->json)))
        goes_on = pull_item (self, items, &before) || blame_last (self, items, first, &before);
      else
        goes_on = hr_json_reader_failed (self->json) && blame_last (self, items, first, &before);
    }
  self->json->arena = arena;
}
