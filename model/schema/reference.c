/*
 * References in the strings of a request: `{name}`, `{item.pk}`, `{groups.Items[0].pk}`.
 *
 * Splits a string into literals and references, and a reference into its root and its path. What they
 * stand for is the runner's business.
 */
#include "model/schema/reference.h"

#include "model/base/i18n.h"

#include <string.h>

#define INDEX_DIGITS_MAX 9 /* of an element of a list */

static void
part_free (gpointer data)
{
  HrReferencePart *part = data;

  g_free (part->text);
  g_free (part->root);
  g_clear_pointer (&part->path, g_ptr_array_unref);
  g_free (part);
}

/* The length of `[3]` at the start of @text, 0 when it is none. */
static gsize
element_length (const char *text, gsize length)
{
  gsize digits = 0;

  while (1 + digits < length && g_ascii_isdigit (text[1 + digits]))
    digits++;
  if (digits == 0 || digits > INDEX_DIGITS_MAX || 1 + digits >= length || text[1 + digits] != ']')
    return 0;
  return digits + 2;
}

static gsize
name_length (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && text[n] != '\0' && strchr (".[]{}", text[n]) == NULL)
    n++;
  return n;
}

gboolean
hr_reference_parse_path (const char *text, gsize length, char **root, GPtrArray **path)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  gsize root_length = name_length (text, length);
  gsize at = root_length;

  if (root_length == 0)
    return FALSE;

  while (at < length)
    {
      gsize step = 0;

      if (text[at] == '[')
        step = element_length (text + at, length - at);
      else if (text[at] == '.')
        {
          at++;
          step = name_length (text + at, length - at);
        }
      if (step == 0)
        return FALSE;
      g_ptr_array_add (steps, g_strndup (text + at, step));
      at += step;
    }
  *root = g_strndup (text, root_length);
  *path = g_steal_pointer (&steps);
  return TRUE;
}

typedef struct
{
  GPtrArray *parts; /* HrReferencePart */
  GString *literal;
  gsize literal_start;
  const char *problem; /* translated, static */
  HrRange problem_range;
} Splitter;

static HrReferencePart *
add_part (Splitter *splitter, gboolean is_literal, const char *text, gsize length)
{
  HrReferencePart *part = g_new0 (HrReferencePart, 1);

  part->is_literal = is_literal;
  part->text = g_malloc (length + 1);
  memcpy (part->text, text, length);
  part->text[length] = '\0';
  part->length = length;
  g_ptr_array_add (splitter->parts, part);
  return part;
}

static void
flush_literal (Splitter *splitter, gsize end)
{
  if (splitter->literal->len > 0)
    {
      HrReferencePart *part = add_part (splitter, TRUE, splitter->literal->str, splitter->literal->len);

      part->range = (HrRange) { (guint32) splitter->literal_start, (guint32) end };
    }
  g_string_truncate (splitter->literal, 0);
}

static gboolean
fail (Splitter *splitter, gsize start, gsize end, const char *problem)
{
  splitter->problem = problem;
  splitter->problem_range = (HrRange) { (guint32) start, (guint32) end };
  return FALSE;
}

/* @at is the opening brace; returns the position behind the closing one, 0 on failure. */
static gsize
split_reference (Splitter *splitter, const char *text, gsize length, gsize at)
{
  const char *close = memchr (text + at, '}', length - at);
  gsize inside;
  HrReferencePart *part;
  char *root;
  GPtrArray *path;

  if (close == NULL)
    return fail (splitter, at, length,
                 _("`{` opens a reference that no `}` closes; a literal brace is written `{{`"));

  inside = (gsize) (close - text) - at - 1;
  if (!hr_reference_parse_path (text + at + 1, inside, &root, &path))
    return fail (splitter, at, at + inside + 2,
                 _("this is no reference such as `{name}`, `{item.pk}` or `{step.Items[0].pk}`; literal "
                   "braces are written `{{` and `}}`"));

  flush_literal (splitter, at);
  part = add_part (splitter, FALSE, text + at + 1, inside);
  part->root = root;
  part->path = path;
  part->range = (HrRange) { (guint32) at, (guint32) (at + inside + 2) };
  return at + inside + 2;
}

static gboolean
split (Splitter *splitter, const char *text, gsize length)
{
  gsize at = 0;

  while (at < length)
    {
      char c = text[at];
      gboolean is_brace = c == '{' || c == '}';

      if (is_brace && (at + 1 == length || text[at + 1] != c))
        {
          if (c == '}')
            return fail (splitter, at, at + 1,
                         _("`}` closes no reference; a literal brace is written `}}`"));
          at = split_reference (splitter, text, length, at);
          if (at == 0)
            return FALSE;
          continue;
        }
      if (splitter->literal->len == 0)
        splitter->literal_start = at;
      g_string_append_c (splitter->literal, c);
      at += is_brace ? 2 : 1;
    }
  flush_literal (splitter, at);
  return TRUE;
}

GPtrArray *
hr_reference_parse (const char *text, gsize length, char **message, HrRange *range)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GString) literal = g_string_new (NULL);
  Splitter splitter = { .parts = parts, .literal = literal };

  if (split (&splitter, text, length))
    return g_steal_pointer (&parts);

  if (message != NULL)
    *message = g_strdup (splitter.problem);
  if (range != NULL)
    *range = splitter.problem_range;
  return NULL;
}
