/*
 * "Did you mean …?": the nearest name by edit distance.
 *
 * Counts insertions, deletions, replacements and swapped neighbours. Case does not count, so a name that
 * differs in case only is always near. A third of the letters may be wrong.
 */
#include "model/schema/suggest.h"

#include "model/base/i18n.h"
#include <string.h>

#define NAME_MAX_BYTES 64

static guint
min3 (guint a, guint b, guint c)
{
  return MIN (MIN (a, b), c);
}

static gboolean
same_letter (char a, char b)
{
  return g_ascii_tolower (a) == g_ascii_tolower (b);
}

/* Three rows of the usual table: the current one, the one before and the one before that. */
static guint
edit_distance (const char *a, gsize a_length, const char *b, gsize b_length)
{
  guint rows[3][NAME_MAX_BYTES + 1];
  guint *before = rows[0];
  guint *last = rows[1];
  guint *row = rows[2];

  for (guint j = 0; j <= b_length; j++)
    last[j] = before[j] = j;

  for (guint i = 1; i <= a_length; i++)
    {
      guint *spare = before;

      row[0] = i;
      for (guint j = 1; j <= b_length; j++)
        {
          guint replaced = last[j - 1] + (same_letter (a[i - 1], b[j - 1]) ? 0 : 1);

          row[j] = min3 (replaced, last[j] + 1, row[j - 1] + 1);
          if (i > 1 && j > 1 && same_letter (a[i - 1], b[j - 2]) && same_letter (a[i - 2], b[j - 1]))
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      before = last;
      last = row;
      row = spare;
    }
  return last[b_length];
}

void
hr_suggestion_offer (HrSuggestion *self, const char *name)
{
  gsize wanted_length = strlen (self->wanted);
  gsize length = strlen (name);
  guint distance;

  if (wanted_length == 0 || length == 0 || wanted_length > NAME_MAX_BYTES || length > NAME_MAX_BYTES)
    return;

  distance = edit_distance (self->wanted, wanted_length, name, length);
  if (distance < self->distance && distance <= MAX (1, MAX (wanted_length, length) / 3) && distance < length)
    {
      self->distance = distance;
      self->best = name;
    }
}

char *
hr_suggestion_dup_hint (const HrSuggestion *self)
{
  if (self->best == NULL)
    return g_strdup ("");
  return g_strdup_printf (_(" Did you mean %s?"), self->best);
}
