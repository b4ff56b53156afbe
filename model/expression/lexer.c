/*
 * Text to tokens. There are no lexical errors: a character that starts no token becomes a token of
 * its own, and the parser refuses it where it stands, as the service does. Space, tab, line feed
 * and carriage return separate tokens; keywords are recognised in any case.
 */
#include "model/expression/lexer.h"

#include <string.h>

static const struct
{
  const char *name;
  guint8 length;
  HrKeyword keyword;
} keywords[] = {
  { "ADD", 3, HR_KEYWORD_ADD }, { "AND", 3, HR_KEYWORD_AND },       { "BETWEEN", 7, HR_KEYWORD_BETWEEN },
  { "IN", 2, HR_KEYWORD_IN },   { "DELETE", 6, HR_KEYWORD_DELETE }, { "NOT", 3, HR_KEYWORD_NOT },
  { "OR", 2, HR_KEYWORD_OR },   { "REMOVE", 6, HR_KEYWORD_REMOVE }, { "SET", 3, HR_KEYWORD_SET },
};

static const HrTokenType single[128] = {
  ['='] = HR_TOKEN_EQ,          ['<'] = HR_TOKEN_LT,           ['>'] = HR_TOKEN_GT,
  ['+'] = HR_TOKEN_PLUS,        ['-'] = HR_TOKEN_MINUS,        ['('] = HR_TOKEN_LEFT_PAREN,
  [')'] = HR_TOKEN_RIGHT_PAREN, ['['] = HR_TOKEN_LEFT_BRACKET, [']'] = HR_TOKEN_RIGHT_BRACKET,
  ['.'] = HR_TOKEN_DOT,         [','] = HR_TOKEN_COMMA,
};

static const struct
{
  char text[3];
  HrTokenType type;
} doubles[] = {
  { "<>", HR_TOKEN_NE },
  { "<=", HR_TOKEN_LE },
  { ">=", HR_TOKEN_GE },
};

void
hr_lexer_init (HrLexer *lexer, const char *text, gsize length)
{
  *lexer = (HrLexer) { text, (guint32) MIN (length, G_MAXUINT32 - 1), 0 };
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
is_name_part (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* The end of the run of name characters that begins at @offset. */
static guint32
skip_name (const HrLexer *lexer, guint32 offset)
{
  while (offset < lexer->length && is_name_part (lexer->text[offset]))
    offset++;
  return offset;
}

static HrKeyword
find_keyword (const char *text, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (keywords[i].length == length && g_ascii_strncasecmp (keywords[i].name, text, length) == 0)
      return keywords[i].keyword;
  return HR_KEYWORD_NONE;
}

static HrToken
take (HrLexer *lexer, HrTokenType type, guint32 end)
{
  HrToken token = { type, HR_KEYWORD_NONE, { lexer->offset, end } };

  if (type == HR_TOKEN_NAME)
    token.keyword = find_keyword (lexer->text + lexer->offset, end - lexer->offset);
  lexer->offset = end;
  return token;
}

static HrToken
take_unknown (HrLexer *lexer)
{
  const char *start = lexer->text + lexer->offset;
  gsize left = lexer->length - lexer->offset;
  gunichar character = g_utf8_get_char_validated (start, (gssize) left);

  /* Text that is no UTF-8 goes byte by byte. */
  if (character == (gunichar) -1 || character == (gunichar) -2 || *start == '\0')
    return take (lexer, HR_TOKEN_UNKNOWN, lexer->offset + 1);
  return take (lexer, HR_TOKEN_UNKNOWN, lexer->offset + (guint32) g_unichar_to_utf8 (character, NULL));
}

static HrToken
take_operator (HrLexer *lexer)
{
  const char *start = lexer->text + lexer->offset;

  if (lexer->length - lexer->offset >= 2)
    for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
      if (memcmp (start, doubles[i].text, 2) == 0)
        return take (lexer, doubles[i].type, lexer->offset + 2);
  if ((guchar) *start < G_N_ELEMENTS (single) && single[(guchar) *start] != HR_TOKEN_END)
    return take (lexer, single[(guchar) *start], lexer->offset + 1);
  return take_unknown (lexer);
}

HrToken
hr_lexer_next (HrLexer *lexer)
{
  guint32 end;
  char c;

  while (lexer->offset < lexer->length && is_space (lexer->text[lexer->offset]))
    lexer->offset++;
  if (lexer->offset == lexer->length)
    return take (lexer, HR_TOKEN_END, lexer->offset);

  c = lexer->text[lexer->offset];
  if (g_ascii_isalpha (c))
    return take (lexer, HR_TOKEN_NAME, skip_name (lexer, lexer->offset));
  if (g_ascii_isdigit (c))
    {
      for (end = lexer->offset; end < lexer->length && g_ascii_isdigit (lexer->text[end]);)
        end++;
      return take (lexer, HR_TOKEN_NUMBER, end);
    }
  end = skip_name (lexer, lexer->offset + 1);
  if ((c == '#' || c == ':') && end > lexer->offset + 1)
    return take (lexer, c == '#' ? HR_TOKEN_NAME_REF : HR_TOKEN_VALUE_REF, end);
  return take_operator (lexer);
}
