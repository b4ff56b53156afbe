/*
 * Key templates: reading `MSG#{message_group_uuid}`, and putting keys together.
 *
 * A template is split once into literals and variables; everything else walks those parts. Taking keys
 * apart again is the larger half and lives in key-template-match.c.
 */
#include "model/schema/key-template-private.h"

#include "model/base/i18n.h"
#include <string.h>

typedef struct
{
  GArray *parts;    /* HrTemplatePart */
  GString *literal; /* the one being collected */
  guint32 literal_start;
  guint n_variables;
  const char *problem; /* translated, static */
  HrRange problem_range;
} Parser;

static void
clear_part (gpointer data)
{
  HrTemplatePart *part = data;

  g_free (part->text);
}

static void
add_part (Parser *parser, gboolean is_variable, char *text, gsize start, gsize end)
{
  HrTemplatePart part = { is_variable, text, { (guint32) start, (guint32) end } };

  g_array_append_val (parser->parts, part);
}

static void
flush_literal (Parser *parser, gsize end)
{
  if (parser->literal->len > 0)
    add_part (parser, FALSE, g_strdup (parser->literal->str), parser->literal_start, end);
  g_string_truncate (parser->literal, 0);
}

static gboolean
fail (Parser *parser, gsize start, gsize end, const char *problem)
{
  parser->problem = problem;
  parser->problem_range = (HrRange) { (guint32) start, (guint32) end };
  return FALSE;
}

/* @at is the opening brace; returns the position behind the closing one, 0 on failure. */
static gsize
parse_variable (Parser *parser, const char *text, gsize at)
{
  gsize length = strcspn (text + at + 1, "{}");
  gsize end = at + 1 + length;

  if (text[end] != '}')
    return fail (parser, at, end,
                 _("`{` opens a variable that no `}` closes; a literal brace is written `{{`"));
  if (length == 0)
    return fail (parser, at, end + 1, _("`{}` names no variable; literal braces are written `{{}}`"));
  if (++parser->n_variables > HR_TEMPLATE_VARIABLES_MAX)
    return fail (parser, at, end + 1, _("the template has more than 100 variables"));

  flush_literal (parser, at);
  add_part (parser, TRUE, g_strndup (text + at + 1, length), at, end + 1);
  return end + 1;
}

static gboolean
parse_parts (Parser *parser, const char *text)
{
  gsize at = 0;

  while (text[at] != '\0')
    {
      char c = text[at];
      gboolean is_brace = c == '{' || c == '}';

      if (is_brace && text[at + 1] != c)
        {
          if (c == '}')
            return fail (parser, at, at + 1, _("`}` closes no variable; a literal brace is written `}}`"));
          at = parse_variable (parser, text, at);
          if (at == 0)
            return FALSE;
          continue;
        }
      if (parser->literal->len == 0)
        parser->literal_start = (guint32) at;
      g_string_append_c (parser->literal, c);
      at += is_brace ? 2 : 1;
    }
  flush_literal (parser, at);
  return TRUE;
}

HrKeyTemplate *
hr_key_template_parse (const char *text, char **message, HrRange *range)
{
  Parser parser = { 0 };
  HrKeyTemplate *self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parser.parts = g_array_new (FALSE, FALSE, sizeof (HrTemplatePart));
  g_array_set_clear_func (parser.parts, clear_part);
  parser.literal = g_string_new (NULL);
  if (parse_parts (&parser, text))
    {
      self = g_new (HrKeyTemplate, 1);
      self->text = g_strdup (text);
      self->n_parts = parser.parts->len;
      g_array_set_clear_func (parser.parts, NULL);
      self->parts = (HrTemplatePart *) g_array_free (g_steal_pointer (&parser.parts), FALSE);
    }
  else
    {
      if (message != NULL)
        *message = g_strdup (parser.problem);
      if (range != NULL)
        *range = parser.problem_range;
      g_array_unref (parser.parts);
    }
  g_string_free (parser.literal, TRUE);
  return self;
}

HrKeyTemplate *
hr_key_template_copy (const HrKeyTemplate *self)
{
  HrKeyTemplate *copy = g_new (HrKeyTemplate, 1);

  copy->text = g_strdup (self->text);
  copy->n_parts = self->n_parts;
  copy->parts = g_new (HrTemplatePart, self->n_parts);
  for (guint i = 0; i < self->n_parts; i++)
    {
      copy->parts[i] = self->parts[i];
      copy->parts[i].text = g_strdup (self->parts[i].text);
    }
  return copy;
}

void
hr_key_template_free (HrKeyTemplate *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_parts; i++)
    clear_part (&self->parts[i]);
  g_free (self->parts);
  g_free (self->text);
  g_free (self);
}

gboolean
hr_key_template_is_bare (const HrKeyTemplate *self)
{
  return self->n_parts == 1 && self->parts[0].is_variable;
}

HrBindings *
hr_bindings_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

char *
hr_key_template_format (const HrKeyTemplate *self, const HrBindings *bindings, const char **missing)
{
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < self->n_parts; i++)
    {
      const HrTemplatePart *part = &self->parts[i];
      const char *text = part->text;

      if (part->is_variable)
        text = g_hash_table_lookup ((GHashTable *) bindings, part->text);
      if (text == NULL || (part->is_variable && *text == '\0'))
        {
          if (missing != NULL)
            *missing = part->text;
          return NULL;
        }
      g_string_append (key, text);
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static void
append_literal (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '{' || *text == '}')
        g_string_append_c (out, *text);
      g_string_append_c (out, *text);
    }
}

char *
hr_key_template_rename (const HrKeyTemplate *self, const char *variable, const char *new_name)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->n_parts; i++)
    {
      const HrTemplatePart *part = &self->parts[i];

      if (part->is_variable)
        g_string_append_printf (out, "{%s}", strcmp (part->text, variable) == 0 ? new_name : part->text);
      else
        append_literal (out, part->text);
    }
  return g_string_free (out, FALSE);
}
