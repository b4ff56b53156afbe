/*
 * Text to tokens, all at once: the service reads the whole text before it looks at the grammar, so that a character
 * without meaning at the end is reported before an error at the beginning.
 *
 * A number is held as its text; only its exponent is looked at, because the service cannot hold a larger one.
 */
#include "model/partiql/lexer.h"

#include <string.h>

typedef struct
{
  const char *text;
  guint32 length;
  guint32 offset;
} Lexer;

static const HrPartiqlTokenType single[128] = {
  ['?'] = HR_PARTIQL_TOKEN_PARAMETER,    ['='] = HR_PARTIQL_TOKEN_EQ,
  ['<'] = HR_PARTIQL_TOKEN_LT,           ['>'] = HR_PARTIQL_TOKEN_GT,
  ['+'] = HR_PARTIQL_TOKEN_PLUS,         ['-'] = HR_PARTIQL_TOKEN_MINUS,
  ['*'] = HR_PARTIQL_TOKEN_STAR,         ['/'] = HR_PARTIQL_TOKEN_SLASH,
  ['%'] = HR_PARTIQL_TOKEN_PERCENT,      ['('] = HR_PARTIQL_TOKEN_LEFT_PAREN,
  [')'] = HR_PARTIQL_TOKEN_RIGHT_PAREN,  ['['] = HR_PARTIQL_TOKEN_LEFT_BRACKET,
  [']'] = HR_PARTIQL_TOKEN_RIGHT_BRACKET, ['{'] = HR_PARTIQL_TOKEN_LEFT_BRACE,
  ['}'] = HR_PARTIQL_TOKEN_RIGHT_BRACE,  ['.'] = HR_PARTIQL_TOKEN_DOT,
  [','] = HR_PARTIQL_TOKEN_COMMA,        [':'] = HR_PARTIQL_TOKEN_COLON,
  [';'] = HR_PARTIQL_TOKEN_SEMICOLON,
};

static const struct
{
  char text[3];
  HrPartiqlTokenType type;
} doubles[] = {
  { "<>", HR_PARTIQL_TOKEN_NE },       { "!=", HR_PARTIQL_TOKEN_NE },        { "<=", HR_PARTIQL_TOKEN_LE },
  { ">=", HR_PARTIQL_TOKEN_GE },       { "<<", HR_PARTIQL_TOKEN_LEFT_BAG },  { ">>", HR_PARTIQL_TOKEN_RIGHT_BAG },
  { "||", HR_PARTIQL_TOKEN_CONCAT },
};

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || c == '$';
}

static char
peek (const Lexer *self, guint32 ahead)
{
  return self->length - self->offset > ahead ? self->text[self->offset + ahead] : 0;
}

static gboolean
starts_with (const Lexer *self, const char *text)
{
  gsize length = strlen (text);

  return self->length - self->offset >= length && memcmp (self->text + self->offset, text, length) == 0;
}

static gboolean
skip_block_comment (Lexer *self)
{
  const char *end = memmem (self->text + self->offset + 2, self->length - self->offset - 2, "*/", 2);

  if (end == NULL)
    return FALSE;
  self->offset = (guint32) (end + 2 - self->text);
  return TRUE;
}

static void
skip_line (Lexer *self)
{
  while (self->offset < self->length && self->text[self->offset] != '\n')
    self->offset++;
}

/* FALSE when a comment does not end. */
static gboolean
skip_space (Lexer *self)
{
  for (;;)
    {
      if (self->offset < self->length && is_space (self->text[self->offset]))
        self->offset++;
      else if (starts_with (self, "--"))
        skip_line (self);
      else if (!starts_with (self, "/*"))
        return TRUE;
      else if (!skip_block_comment (self))
        return FALSE;
    }
}

/* Up to the closing quote; a doubled one is part of the text. */
static gboolean
skip_quoted (Lexer *self, char quote)
{
  for (self->offset++; self->offset < self->length; self->offset++)
    {
      if (self->text[self->offset] != quote)
        continue;
      self->offset++;
      if (peek (self, 0) != quote)
        return TRUE;
    }
  return FALSE;
}

static guint32
skip_digits (Lexer *self)
{
  guint32 start = self->offset;

  while (g_ascii_isdigit (peek (self, 0)))
    self->offset++;
  return self->offset - start;
}

/* The exponent, and the number of digits behind the point less the exponent, each fit into 32 bits. */
static gboolean
skip_exponent (Lexer *self, guint32 n_fraction)
{
  gboolean negative;
  gint64 exponent = 0;
  guint32 start;

  self->offset++;
  negative = peek (self, 0) == '-';
  if (negative || peek (self, 0) == '+')
    self->offset++;
  start = self->offset;
  if (skip_digits (self) == 0)
    return FALSE;
  for (guint32 i = start; i < self->offset && exponent <= G_MAXINT32; i++)
    exponent = exponent * 10 + g_ascii_digit_value (self->text[i]);
  if (negative)
    exponent = -exponent;
  return exponent >= G_MININT32 && exponent <= G_MAXINT32 && (gint64) n_fraction - exponent >= G_MININT32
         && (gint64) n_fraction - exponent <= G_MAXINT32;
}

static gboolean
skip_number (Lexer *self)
{
  guint32 n_fraction = 0;

  skip_digits (self);
  if (peek (self, 0) == '.')
    {
      self->offset++;
      n_fraction = skip_digits (self);
    }
  if ((peek (self, 0) | 0x20) == 'e' && !skip_exponent (self, n_fraction))
    return FALSE;
  return !is_name_start (peek (self, 0)) && peek (self, 0) != '.';
}

static void
skip_name (Lexer *self)
{
  while (is_name_start (peek (self, 0)) || g_ascii_isdigit (peek (self, 0)))
    self->offset++;
}

static gboolean
read_mark (Lexer *self, HrPartiqlToken *token)
{
  guchar c = (guchar) self->text[self->offset];

  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    if (starts_with (self, doubles[i].text))
      {
        token->type = doubles[i].type;
        self->offset += 2;
        return TRUE;
      }
  token->type = c < G_N_ELEMENTS (single) ? single[c] : HR_PARTIQL_TOKEN_END;
  self->offset++;
  return token->type != HR_PARTIQL_TOKEN_END;
}

/* FALSE for what is no token; there is at least one character. */
static gboolean
read_token (Lexer *self, HrPartiqlToken *token)
{
  char c = self->text[self->offset];

  if (c == '\'' || c == '"')
    {
      token->type = c == '"' ? HR_PARTIQL_TOKEN_QUOTED : HR_PARTIQL_TOKEN_STRING;
      return skip_quoted (self, c);
    }
  if (g_ascii_isdigit (c) || (c == '.' && g_ascii_isdigit (peek (self, 1))))
    {
      token->type = HR_PARTIQL_TOKEN_NUMBER;
      return skip_number (self);
    }
  if (!is_name_start (c))
    return read_mark (self, token);

  skip_name (self);
  token->word = hr_partiql_find_word (self->text + token->range.start, self->offset - token->range.start);
  token->type = token->word == HR_PARTIQL_NO_WORD ? HR_PARTIQL_TOKEN_NAME : HR_PARTIQL_TOKEN_WORD;
  return TRUE;
}

const HrPartiqlToken *
hr_partiql_tokenize (HrArena *arena, const char *text, gsize length, HrRange *bad)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (HrPartiqlToken));
  Lexer lexer = { text, (guint32) MIN (length, G_MAXUINT32 - 1), 0 };
  gboolean ok;

  for (;;)
    {
      HrPartiqlToken token = { HR_PARTIQL_TOKEN_END, HR_PARTIQL_NO_WORD, { 0, 0 } };
      guint32 before = lexer.offset;

      ok = skip_space (&lexer);
      token.range.start = ok ? lexer.offset : before;
      ok = ok && (lexer.offset == lexer.length || read_token (&lexer, &token));
      token.range.end = ok ? lexer.offset : lexer.length;
      g_array_append_val (tokens, token);
      if (!ok || token.type == HR_PARTIQL_TOKEN_END)
        break;
    }
  if (!ok && bad != NULL)
    *bad = g_array_index (tokens, HrPartiqlToken, tokens->len - 1).range;
  return ok ? hr_arena_memdup (arena, tokens->data, tokens->len * sizeof (HrPartiqlToken)) : NULL;
}
