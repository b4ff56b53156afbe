/*
 * Reading case files, and comparing the JSON of answers.
 */
#include "tests/api/case-file.h"

#include "model/base/json-reader.h"
#include "model/base/service-limits.h"

#include <string.h>

static void
step_free (gpointer data)
{
  CaseStep *step = data;

  g_free (step->operation);
  g_free (step->body);
  g_free (step->gives);
  g_free (step->holds);
  g_free (step->error);
  g_free (step->message);
  g_free (step->error_holds);
  g_clear_pointer (&step->takes, g_ptr_array_unref);
  g_free (step);
}

static void
case_free (gpointer data)
{
  Case *self = data;

  g_free (self->name);
  g_free (self->file);
  g_ptr_array_unref (self->uses);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

void
case_file_free (CaseFile *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cases);
  g_hash_table_unref (self->set_ups);
  g_free (self);
}

/* Where the `*3}` of a `%{ab*3}` begins; the text may have braces and stars of its own. */
static const char *
find_count (const char *text)
{
  for (const char *star = strchr (text, '*'); star != NULL; star = strchr (star + 1, '*'))
    {
      gsize digits = strspn (star + 1, "0123456789");

      if (digits > 0 && star[1 + digits] == '}')
        return star;
    }
  return NULL;
}

/* `%{ab*3}` to `ababab`. */
static char *
expand (const char *text)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *star = g_str_has_prefix (text, "%{") ? find_count (text) : NULL;

      if (star == NULL)
        {
          g_string_append_c (out, *text++);
          continue;
        }
      for (guint64 count = g_ascii_strtoull (star + 1, NULL, 10); count > 0; count--)
        g_string_append_len (out, text + 2, star - text - 2);
      text = strchr (star, '}') + 1;
    }
  return g_string_free (out, FALSE);
}

typedef struct
{
  CaseFile *file;
  const char *path;
  guint line;
  Case *current;
  CaseStep *step; /* the last call */
} Reader;

static gboolean
fail (const Reader *self, GError **error, const char *message)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%u: %s", self->path, self->line, message);
  return FALSE;
}

static void
begin_case (Reader *self, const char *name, gboolean is_set_up)
{
  self->current = g_new0 (Case, 1);
  self->current->name = g_strdup (name);
  self->current->file = g_path_get_basename (self->path);
  self->current->line = self->line;
  self->current->layers = CASE_LAYER_NEW;
  self->current->uses = g_ptr_array_new_with_free_func (g_free);
  self->current->steps = g_ptr_array_new_with_free_func (step_free);
  self->step = NULL;
  if (is_set_up)
    g_hash_table_insert (self->file->set_ups, g_strdup (name), self->current);
  else
    g_ptr_array_add (self->file->cases, self->current);
}

static gboolean
add_step (Reader *self, CaseStepKind kind, const char *text, GError **error)
{
  const char *space = strchr (text, ' ');

  self->step = g_new0 (CaseStep, 1);
  self->step->kind = kind;
  self->step->line = self->line;
  g_ptr_array_add (self->current->steps, self->step);
  self->step->operation = space != NULL ? g_strndup (text, space - text) : g_strdup (text);
  self->step->body = expand (space != NULL ? space + 1 : "{}");
  return TRUE;
}

static gboolean
set_error (Reader *self, const char *text, gboolean is_like, GError **error)
{
  const char *colon = strstr (text, ": ");

  if (self->step == NULL)
    return fail (self, error, "nothing was called");
  self->step->is_like = is_like;
  self->step->error = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);
  self->step->message = colon != NULL ? expand (colon + 2) : NULL;
  return TRUE;
}

static gboolean
set_text (Reader *self, char **place, const char *text, GError **error)
{
  if (self->step == NULL)
    return fail (self, error, "nothing was called");
  *place = expand (text);
  return TRUE;
}

static gboolean
add_uses (Reader *self, const char *text)
{
  g_auto (GStrv) names = g_strsplit (text, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (self->current->uses, g_strdup (names[i]));
  return TRUE;
}

static gboolean
add_take (Reader *self, const char *text, GError **error)
{
  if (self->step == NULL || strchr (text, ' ') == NULL)
    return fail (self, error, "nothing was called, or no path");
  if (self->step->takes == NULL)
    self->step->takes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->step->takes, g_strdup (text));
  return TRUE;
}

static gboolean
set_layers (Reader *self, const char *text, GError **error)
{
  static const struct
  {
    const char *name;
    CaseLayers layers;
  } names[] = { { "new", CASE_LAYER_NEW }, { "old", CASE_LAYER_OLD }, { "both", CASE_LAYER_NEW | CASE_LAYER_OLD } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, text))
      {
        self->current->layers = names[i].layers;
        return TRUE;
      }
  return fail (self, error, "no such layer");
}

static gboolean
read_line (Reader *self, const char *line, GError **error)
{
  const char *colon = strstr (line, ": ");
  g_autofree char *word = colon != NULL ? g_strndup (line, colon - line) : NULL;
  const char *text = colon != NULL ? colon + 2 : NULL;

  if (colon == NULL)
    return fail (self, error, "not a `word: text` line");
  if (g_str_equal (word, "case") || g_str_equal (word, "define"))
    {
      begin_case (self, text, g_str_equal (word, "define"));
      return TRUE;
    }
  if (self->current == NULL)
    return fail (self, error, "no case has begun");
  if (g_str_equal (word, "layer"))
    return set_layers (self, text, error);
  if (g_str_equal (word, "within"))
    {
      self->current->is_within_process = TRUE;
      return g_str_equal (text, "process") || fail (self, error, "within what?");
    }
  if (g_str_equal (word, "use"))
    return add_uses (self, text);
  if (g_str_equal (word, "do") || g_str_equal (word, "call"))
    return add_step (self, g_str_equal (word, "do") ? CASE_DO : CASE_CALL, text, error);
  if (g_str_equal (word, "fails") || g_str_equal (word, "fails-like"))
    return set_error (self, text, g_str_equal (word, "fails-like"), error);
  if (g_str_equal (word, "gives"))
    return set_text (self, &self->step->gives, text, error);
  if (g_str_equal (word, "holds"))
    return set_text (self, &self->step->holds, text, error);
  if (g_str_equal (word, "error-holds"))
    return set_text (self, &self->step->error_holds, text, error);
  if (g_str_equal (word, "take"))
    return add_take (self, text, error);
  return fail (self, error, "unknown word");
}

static gboolean
read_lines (Reader *self, char **lines, GError **error)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) line = NULL;

      self->line = i + 1;
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      line = g_string_new (lines[i]);
      for (; lines[i + 1] != NULL && lines[i + 1][0] == ' '; i++)
        g_string_append (line, g_strchug (lines[i + 1]));
      if (!read_line (self, line->str, error))
        return FALSE;
    }
  return TRUE;
}

CaseFile *
case_file_read (const char *path, const CaseFile *common, GError **error)
{
  g_autoptr (CaseFile) file = g_new0 (CaseFile, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Reader reader = { .file = file, .path = path };

  file->cases = g_ptr_array_new_with_free_func (case_free);
  file->set_ups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, case_free);
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  if (!read_lines (&reader, lines, error))
    return NULL;

  for (guint i = 0; i < file->cases->len; i++)
    {
      const Case *self = file->cases->pdata[i];

      reader.line = self->line;
      for (guint j = 0; j < self->uses->len; j++)
        {
          if (case_file_find_set_up (file, common, self->uses->pdata[j]) == NULL)
            {
              fail (&reader, error, "unknown set-up");
              return NULL;
            }
        }
    }
  return g_steal_pointer (&file);
}

const Case *
case_file_find_set_up (const CaseFile *self, const CaseFile *common, const char *name)
{
  const Case *found = g_hash_table_lookup (self->set_ups, name);

  return found != NULL || common == NULL ? found : g_hash_table_lookup (common->set_ups, name);
}

typedef struct
{
  gboolean is_partial;
  GString *path;
  char *difference;
} Compare;

static gboolean compare_values (Compare *self, const HrJson *expected, const HrJson *actual);

static gboolean
differ (Compare *self, const char *what, const char *name, gsize length)
{
  if (self->difference == NULL)
    self->difference = g_strdup_printf ("at %s: %s %.*s", self->path->len > 0 ? self->path->str : "the top",
                                        what, (int) length, name != NULL ? name : "");
  return FALSE;
}

static gboolean
compare_objects (Compare *self, const HrJson *expected, const HrJson *actual)
{
  gsize length = self->path->len;

  for (guint32 i = 0; i < expected->length; i++)
    {
      const HrJsonMember *member = &expected->members[i];
      const HrJson *other = hr_json_get_n (actual, member->name, member->name_length);

      if (other == NULL)
        return differ (self, "missing member", member->name, member->name_length);
      g_string_append_printf (self->path, ".%.*s", (int) member->name_length, member->name);
      if (!compare_values (self, &member->value, other))
        return FALSE;
      g_string_truncate (self->path, length);
    }
  for (guint32 i = 0; !self->is_partial && i < actual->length; i++)
    {
      const HrJsonMember *member = &actual->members[i];

      if (hr_json_get_n (expected, member->name, member->name_length) == NULL)
        return differ (self, "unexpected member", member->name, member->name_length);
    }
  return TRUE;
}

static gboolean
is_set (const Compare *self)
{
  return g_str_has_suffix (self->path->str, ".SS") || g_str_has_suffix (self->path->str, ".NS")
         || g_str_has_suffix (self->path->str, ".BS");
}

static gboolean
set_has (const HrJson *set, const HrJson *element)
{
  for (guint32 i = 0; i < set->length; i++)
    {
      if (set->elements[i].type == element->type && set->elements[i].length == element->length
          && memcmp (set->elements[i].text, element->text, element->length) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
compare_arrays (Compare *self, const HrJson *expected, const HrJson *actual)
{
  gsize length = self->path->len;

  if (expected->length != actual->length)
    return differ (self, "another number of elements", NULL, 0);
  for (guint32 i = 0; i < expected->length; i++)
    {
      if (is_set (self))
        {
          if (!set_has (actual, &expected->elements[i]))
            return differ (self, "missing element", expected->elements[i].text, expected->elements[i].length);
          continue;
        }
      g_string_append_printf (self->path, "[%u]", i);
      if (!compare_values (self, &expected->elements[i], &actual->elements[i]))
        return FALSE;
      g_string_truncate (self->path, length);
    }
  return TRUE;
}

static gboolean
compare_values (Compare *self, const HrJson *expected, const HrJson *actual)
{
  if (hr_json_string_equals (expected, "*"))
    return TRUE;
  if (expected->type != actual->type)
    return differ (self, "another type", NULL, 0);
  if (expected->type == HR_JSON_OBJECT)
    return compare_objects (self, expected, actual);
  if (expected->type == HR_JSON_ARRAY)
    return compare_arrays (self, expected, actual);
  if ((expected->type == HR_JSON_STRING || expected->type == HR_JSON_NUMBER)
      && (expected->length != actual->length || memcmp (expected->text, actual->text, actual->length) != 0))
    return differ (self, "it is", actual->text, actual->length);
  return TRUE;
}

char *
case_compare_json (const char *expected, const char *actual, gsize actual_length, gboolean is_partial)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  Compare compare = { .is_partial = is_partial };
  const HrJson *left;
  const HrJson *right;
  HrJsonError error;

  left = hr_json_parse (arena, expected, strlen (expected), HR_LIMIT_JSON_DEPTH, &error);
  if (left == NULL)
    return g_strdup_printf ("the expected body is no JSON: %s at %u", error.message, error.offset);
  right = hr_json_parse (arena, actual, actual_length, HR_LIMIT_JSON_DEPTH, &error);
  if (right == NULL)
    return g_strdup_printf ("the body is no JSON: %s at %u", error.message, error.offset);

  compare.path = g_string_new (NULL);
  compare_values (&compare, left, right);
  g_string_free (compare.path, TRUE);
  return compare.difference;
}
