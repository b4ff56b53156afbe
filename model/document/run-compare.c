/*
 * What two runs gave, compared item by item.
 *
 * The runner lists the keys of what came back in order. Where all responses of a step were kept, its items stand beside
 * their keys and are compared as text: the engine writes an item in one way only.
 */
#include "model/document/run-compare.h"

#include "model/base/buffer.h"
#include "model/base/json-reader.h"
#include "model/base/json-writer.h"

#include <string.h>

/* An item of a run: where it stands, and its text when it is known. */
typedef struct
{
  guint place;
  char *text; /* or NULL */
} Item;

static void
item_free (gpointer data)
{
  Item *self = data;

  g_free (self->text);
  g_free (self);
}

static void
add_item (GPtrArray *texts, const HrJson *item)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_json_write_compact (&out, item, FALSE);
  g_ptr_array_add (texts, hr_buffer_steal (&out, NULL));
}

/* Items, and `{"Item": …}` of a transaction, whose items may be missing. */
static void
add_list (GPtrArray *texts, const HrJson *list)
{
  for (guint32 i = 0; list->type == HR_JSON_ARRAY && i < list->length; i++)
    {
      const HrJson *element = &list->elements[i];
      const HrJson *item = hr_json_get (element, "Item");

      if (element->type == HR_JSON_OBJECT && element->length == 0)
        continue;
      add_item (texts, item != NULL && item->type == HR_JSON_OBJECT && element->length == 1 ? item : element);
    }
}

static void
add_response (GPtrArray *texts, const char *text)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *response = hr_json_parse (arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  const HrJson *items = hr_json_get (response, "Items");
  const HrJson *item = hr_json_get (response, "Item");
  const HrJson *responses = hr_json_get (response, "Responses");

  if (items != NULL)
    add_list (texts, items);
  if (item != NULL)
    add_item (texts, item);
  if (responses != NULL)
    add_list (texts, responses);
  for (guint32 i = 0; responses != NULL && responses->type == HR_JSON_OBJECT && i < responses->length; i++)
    add_list (texts, &responses->members[i].value);
}

/* The texts of a step's items, as many as its keys; none when that is not so. */
static GPtrArray *
collect_texts (const HrStepRun *step)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < step->responses->len; i++)
    add_response (texts, step->responses->pdata[i]);
  if (texts->len != step->keys->len)
    g_ptr_array_set_size (texts, 0);
  return texts;
}

/* key → Item; of an item that came twice the first. */
static GHashTable *
collect_items (const HrPatternRun *run)
{
  GHashTable *items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, item_free);
  guint place = 0;

  for (guint i = 0; i < run->steps->len; i++)
    {
      const HrStepRun *step = run->steps->pdata[i];
      g_autoptr (GPtrArray) texts = collect_texts (step);

      for (guint j = 0; j < step->keys->len; j++, place++)
        {
          Item *item;

          if (g_hash_table_contains (items, step->keys->pdata[j]))
            continue;
          item = g_new (Item, 1);
          *item = (Item) { place, j < texts->len ? g_strdup (texts->pdata[j]) : NULL };
          g_hash_table_insert (items, step->keys->pdata[j], item);
        }
    }
  return items;
}

static void
add_difference (HrRunComparison *self, HrRunDifferenceKind kind, const char *key)
{
  const HrRunDifference difference = { kind, key };

  g_array_append_val (self->differences, difference);
}

static void
compare_item (HrRunComparison *self, const char *key, const Item *first, const Item *second)
{
  if (second == NULL)
    {
      self->n_only_first++;
      add_difference (self, HR_RUN_ONLY_FIRST, key);
    }
  else if (first->text != NULL && second->text != NULL && !g_str_equal (first->text, second->text))
    {
      self->n_changed++;
      add_difference (self, HR_RUN_CHANGED, key);
    }
  else
    self->n_same++;
}

HrRunComparison *
hr_run_compare (const HrPatternRun *first, const HrPatternRun *second)
{
  HrRunComparison *self = g_new0 (HrRunComparison, 1);
  g_autoptr (GHashTable) firsts = collect_items (first);
  g_autoptr (GHashTable) seconds = collect_items (second);
  guint last_place = 0;

  self->differences = g_array_new (FALSE, FALSE, sizeof (HrRunDifference));
  self->is_incomplete = hr_pattern_run_lacks_keys (first) || hr_pattern_run_lacks_keys (second);
  for (guint i = 0; i < first->keys->len; i++)
    {
      const Item *item = g_hash_table_lookup (firsts, first->keys->pdata[i]);
      const Item *other = g_hash_table_lookup (seconds, first->keys->pdata[i]);

      if (item->place != i)
        continue;
      compare_item (self, first->keys->pdata[i], item, other);
      if (other == NULL)
        continue;
      self->is_other_order = self->is_other_order || other->place < last_place;
      last_place = other->place;
    }
  for (guint i = 0; i < second->keys->len; i++)
    {
      const Item *item = g_hash_table_lookup (seconds, second->keys->pdata[i]);

      if (item->place != i || g_hash_table_contains (firsts, second->keys->pdata[i]))
        continue;
      self->n_only_second++;
      add_difference (self, HR_RUN_ONLY_SECOND, second->keys->pdata[i]);
    }
  return self;
}

void
hr_run_comparison_free (HrRunComparison *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->differences);
  g_free (self);
}
