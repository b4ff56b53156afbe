#pragma once

#include "model/base/diagnostic.h"

G_BEGIN_DECLS

typedef enum
{
  HR_TOKEN_END,
  HR_TOKEN_NAME,      /* [A-Za-z][A-Za-z0-9_]*, keywords too */
  HR_TOKEN_NAME_REF,  /* #[A-Za-z0-9_]+ */
  HR_TOKEN_VALUE_REF, /* :[A-Za-z0-9_]+ */
  HR_TOKEN_NUMBER,    /* [0-9]+ */
  HR_TOKEN_EQ,
  HR_TOKEN_NE,
  HR_TOKEN_LT,
  HR_TOKEN_LE,
  HR_TOKEN_GT,
  HR_TOKEN_GE,
  HR_TOKEN_PLUS,
  HR_TOKEN_MINUS,
  HR_TOKEN_LEFT_PAREN,
  HR_TOKEN_RIGHT_PAREN,
  HR_TOKEN_LEFT_BRACKET,
  HR_TOKEN_RIGHT_BRACKET,
  HR_TOKEN_DOT,
  HR_TOKEN_COMMA,
  HR_TOKEN_UNKNOWN, /* one character that starts no token */
} HrTokenType;

/** Names that some grammar gives a meaning; in the other grammars they are names. */
typedef enum
{
  HR_KEYWORD_NONE,
  HR_KEYWORD_AND,
  HR_KEYWORD_BETWEEN,
  HR_KEYWORD_IN,
  HR_KEYWORD_NOT,
  HR_KEYWORD_OR,
  HR_KEYWORD_ADD,
  HR_KEYWORD_DELETE,
  HR_KEYWORD_REMOVE,
  HR_KEYWORD_SET,
} HrKeyword;

typedef struct
{
  HrTokenType type;
  HrKeyword keyword;
  HrRange range;
} HrToken;

/** HrLexer: hands out the tokens of a text that it borrows. A plain value. */
typedef struct
{
  const char *text;
  guint32 length;
  guint32 offset;
} HrLexer;

/** @length below 4 GiB; the text need not be terminated, nor be valid UTF-8. */
void    hr_lexer_init (HrLexer *lexer, const char *text, gsize length);
/** The next token; HR_TOKEN_END again and again at the end. Never fails. */
HrToken hr_lexer_next (HrLexer *lexer);

G_END_DECLS
