/*
 * What the grammars share: looking at tokens, names, and the two forms of errors. The grammar of expressions is in
 * parser-expression.c, that of statements in parser-statement.c.
 */
#include "model/partiql/parser-private.h"

#define NOT_WELL_FORMED "Statement wasn't well formed, can't be processed: "

void
hr_partiql_parser_advance (HrPartiqlParser *self)
{
  self->previous = self->current;
  if (self->current->type != HR_PARTIQL_TOKEN_END)
    self->current++;
}

gboolean
hr_partiql_parser_at_word (const HrPartiqlParser *self, HrPartiqlWord word)
{
  return self->current->type == HR_PARTIQL_TOKEN_WORD && self->current->word == word;
}

gboolean
hr_partiql_parser_accept (HrPartiqlParser *self, HrPartiqlTokenType type)
{
  if (self->current->type != type)
    return FALSE;
  hr_partiql_parser_advance (self);
  return TRUE;
}

gboolean
hr_partiql_parser_accept_word (HrPartiqlParser *self, HrPartiqlWord word)
{
  if (!hr_partiql_parser_at_word (self, word))
    return FALSE;
  hr_partiql_parser_advance (self);
  return TRUE;
}

HrRange
hr_partiql_parser_range_from (const HrPartiqlParser *self, guint32 start)
{
  return (HrRange) { start, self->previous != NULL ? MAX (self->previous->range.end, start) : start };
}

static gboolean
set_range (HrServiceError *error, HrRange range)
{
  error->range = range;
  error->has_range = TRUE;
  return FALSE;
}

gboolean
hr_partiql_parser_fail (HrPartiqlParser *self, const char *detail)
{
  hr_service_error_set (self->error, self->arena, HR_SERVICE_VALIDATION, NOT_WELL_FORMED "%s", detail);
  return set_range (self->error, self->current->range);
}

gboolean
hr_partiql_parser_refuse (HrPartiqlParser *self, HrRange range, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  hr_service_error_set (self->error, self->arena, HR_SERVICE_VALIDATION, "%s",
                        hr_arena_vprintf (self->arena, format, arguments));
  va_end (arguments);
  return set_range (self->error, range);
}

static guint
count_characters (const char *text, HrRange range)
{
  guint count = 0;

  for (guint32 i = range.start; i < range.end; i++)
    count += ((guchar) text[i] & 0xc0) != 0x80;
  return count;
}

char *
hr_partiql_describe_place (const char *text, gsize length, HrRange range, HrArena *arena)
{
  guint line;
  guint column;

  hr_range_locate (text, length, range.start, &line, &column);
  return hr_arena_printf (arena, "%u:%u:%u", line, column, count_characters (text, range));
}

gboolean
hr_partiql_parser_refuse_at (HrPartiqlParser *self, HrRange range, const char *message)
{
  return hr_partiql_parser_refuse (self, range, "%s at %s", message,
                                   hr_partiql_describe_place (self->text, self->length, range, self->arena));
}

gboolean
hr_partiql_parser_at_name (const HrPartiqlParser *self)
{
  return self->current->type == HR_PARTIQL_TOKEN_NAME || self->current->type == HR_PARTIQL_TOKEN_QUOTED;
}

gboolean
hr_partiql_parser_at_end (const HrPartiqlParser *self)
{
  return self->current->type == HR_PARTIQL_TOKEN_END || self->current->type == HR_PARTIQL_TOKEN_SEMICOLON
         || self->current->type == HR_PARTIQL_TOKEN_RIGHT_PAREN;
}

HrPathStep
hr_partiql_parser_take_name (HrPartiqlParser *self)
{
  const HrPartiqlToken *token = self->current;
  const char *bytes = self->text + token->range.start;
  guint32 length = token->range.end - token->range.start;

  hr_partiql_parser_advance (self);
  if (token->type == HR_PARTIQL_TOKEN_QUOTED || token->type == HR_PARTIQL_TOKEN_STRING)
    {
      char *copy = hr_arena_alloc (self->arena, length);
      guint32 count = 0;

      /* Between the quotes, each doubled one once. */
      for (guint32 i = 1; i + 1 < length; i++)
        {
          copy[count++] = bytes[i];
          i += bytes[i] == bytes[0];
        }
      return (HrPathStep) { copy, count, 0 };
    }
  return (HrPathStep) { hr_arena_strndup (self->arena, bytes, length), length, 0 };
}
