/*
 * Taking keys apart: which texts of the variables make this key?
 *
 * A template whose variables are all different is matched like a shell pattern: each literal takes its
 * leftmost place, the last one the end. The leftmost place leaves the longest rest, so when any
 * assignment works this one does, and it is the one where the left variables are shortest; no
 * backtracking, linear but for the search. A variable that was bound before is a literal here.
 * Only a variable that repeats in one template needs backtracking; it runs within a budget of steps,
 * because that problem is exponential in general.
 *
 * Variables take whole characters. Pieces point into the key: matching an item allocates nothing.
 */
#include "model/schema/key-template-private.h"

#include <string.h>

#define REPEAT_BUDGET 20000 /* steps; a key has at most 2048 bytes */

void
hr_slices_init (HrSlices *self)
{
  self->slices = self->first;
  self->count = 0;
  self->capacity = G_N_ELEMENTS (self->first);
}

void
hr_slices_clear (HrSlices *self)
{
  if (self->slices != self->first)
    g_free (self->slices);
  hr_slices_init (self);
}

const HrSlice *
hr_slices_find (const HrSlices *self, const char *name)
{
  for (guint i = 0; i < self->count; i++)
    if (strcmp (self->slices[i].name, name) == 0)
      return &self->slices[i];
  return NULL;
}

void
hr_slices_add (HrSlices *self, const char *name, const char *text, gsize length)
{
  if (self->count == self->capacity)
    {
      HrSlice *larger = g_new (HrSlice, self->capacity * 2);

      memcpy (larger, self->slices, self->count * sizeof (HrSlice));
      if (self->slices != self->first)
        g_free (self->slices);
      self->slices = larger;
      self->capacity *= 2;
    }
  self->slices[self->count++] = (HrSlice) { name, text, length };
}

/* The text of a part that is fixed: a literal, or a variable bound already. FALSE: free to choose. */
static gboolean
part_text (const HrTemplatePart *part, const HrSlices *slices, const char **text, gsize *length)
{
  const HrSlice *slice;

  if (!part->is_variable)
    {
      *text = part->text;
      *length = strlen (part->text);
      return TRUE;
    }

  slice = hr_slices_find (slices, part->text);
  if (slice == NULL)
    return FALSE;
  *text = slice->text;
  *length = slice->length;
  return TRUE;
}

/* The position behind the character at @at. */
static gsize
next_char (const char *key, gsize length, gsize at)
{
  do
    at++;
  while (at < length && ((guchar) key[at] & 0xc0) == 0x80);
  return at;
}

static gboolean
repeats_variable (const HrKeyTemplate *self, const HrSlices *slices)
{
  for (guint i = 1; i < self->n_parts; i++)
    for (guint j = 0; self->parts[i].is_variable && j < i; j++)
      if (self->parts[j].is_variable && strcmp (self->parts[i].text, self->parts[j].text) == 0
          && hr_slices_find (slices, self->parts[i].text) == NULL)
        return TRUE;
  return FALSE;
}

typedef struct
{
  const HrKeyTemplate *template;
  const char *key;
  gsize length;
  HrSlices *slices;
  guint steps;
} Match;

/* Backtracks over the choices for the parts from @index on. */
static gboolean
match_repeating (Match *match, guint index, gsize at)
{
  const HrTemplatePart *part = &match->template->parts[index];
  const char *text;
  gsize length;

  if (index == match->template->n_parts)
    return at == match->length;
  if (++match->steps > REPEAT_BUDGET)
    return FALSE;

  if (part_text (part, match->slices, &text, &length))
    return length <= match->length - at && memcmp (match->key + at, text, length) == 0
           && match_repeating (match, index + 1, at + length);

  for (gsize end = at; end < match->length && match->steps <= REPEAT_BUDGET;)
    {
      guint mark = match->slices->count;

      end = next_char (match->key, match->length, end);
      hr_slices_add (match->slices, part->text, match->key + at, end - at);
      if (match_repeating (match, index + 1, end))
        return TRUE;
      match->slices->count = mark;
    }
  return FALSE;
}

/* A run of fixed parts side by side; copied together only when there are several. */
typedef struct
{
  const char *text;
  gsize length;
  GString *joined; /* or NULL */
} Run;

static void
run_clear (Run *run)
{
  if (run->joined != NULL)
    g_string_free (run->joined, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
run_append (Run *run, const char *text, gsize length)
{
  if (run->length == 0)
    {
      run->text = text;
      run->length = length;
      return;
    }

  if (run->joined == NULL)
    run->joined = g_string_sized_new (128);
  if (run->text != run->joined->str)
    {
      g_string_truncate (run->joined, 0);
      g_string_append_len (run->joined, run->text, (gssize) run->length);
    }
  g_string_append_len (run->joined, text, (gssize) length);
  run->text = run->joined->str;
  run->length = run->joined->len;
}

/* Collects the fixed parts from @index on; returns the index behind them. */
static guint
collect_run (const Match *match, guint index, Run *run)
{
  const char *text;
  gsize length;

  run->text = "";
  run->length = 0;
  for (; index < match->template->n_parts; index++)
    {
      if (!part_text (&match->template->parts[index], match->slices, &text, &length))
        break;
      run_append (run, text, length);
    }
  return index;
}

/* Moves @at to the first place of the run from there on; to the place at the very end if it is the last. */
static gboolean
place_run (const Match *match, const Run *run, gboolean is_last, gsize *at)
{
  gsize left = match->length - *at;
  const char *found;

  if (run->length > left)
    return FALSE;
  if (is_last)
    found = match->key + match->length - run->length;
  else
    found = memmem (match->key + *at, left, run->text, run->length);
  if (found == NULL || memcmp (found, run->text, run->length) != 0)
    return FALSE;
  *at = (gsize) (found - match->key);
  return TRUE;
}

/*
 * Variables free and different: fixed runs, perhaps empty, with one free variable between two.
 *
 *     run {a} run {b} {c} run
 */
static gboolean
match_distinct (Match *match)
{
  const HrKeyTemplate *template = match->template;
  g_auto (Run) run = { 0 };
  guint index = collect_run (match, 0, &run);
  gsize at = run.length;

  if (run.length > match->length || memcmp (match->key, run.text, run.length) != 0)
    return FALSE;

  while (index < template->n_parts)
    {
      const HrTemplatePart *variable = &template->parts[index];
      gsize start = at;
      gsize end;

      if (at >= match->length)
        return FALSE;
      end = next_char (match->key, match->length, at);
      index = collect_run (match, index + 1, &run);
      if (!place_run (match, &run, index == template->n_parts, &end))
        return FALSE;
      hr_slices_add (match->slices, variable->text, match->key + start, end - start);
      at = end + run.length;
    }
  return at == match->length;
}

gboolean
hr_key_template_match_slices (const HrKeyTemplate *self, const char *key, gsize length, HrSlices *slices)
{
  Match match = { self, key, length, slices, 0 };
  guint mark = slices->count;
  gboolean fits;

  /* A text with a NUL character cannot be bound. */
  if (length > 0 && memchr (key, '\0', length) != NULL)
    return hr_key_template_is_bare (self) && hr_slices_find (slices, self->parts[0].text) == NULL;

  fits = repeats_variable (self, slices) ? match_repeating (&match, 0, 0) : match_distinct (&match);
  if (!fits)
    slices->count = mark;
  return fits;
}

gboolean
hr_key_template_match (const HrKeyTemplate *self, const char *key, gsize length, HrBindings *bindings)
{
  g_auto (HrSlices) slices = { 0 };
  GHashTableIter iter;
  gpointer name;
  gpointer text;
  guint n_bound;

  hr_slices_init (&slices);
  g_hash_table_iter_init (&iter, bindings);
  while (g_hash_table_iter_next (&iter, &name, &text))
    hr_slices_add (&slices, name, text, strlen (text));

  n_bound = slices.count;
  if (!hr_key_template_match_slices (self, key, length, &slices))
    return FALSE;
  for (guint i = n_bound; i < slices.count; i++)
    g_hash_table_insert (bindings, g_strdup (slices.slices[i].name),
                         g_strndup (slices.slices[i].text, slices.slices[i].length));
  return TRUE;
}
