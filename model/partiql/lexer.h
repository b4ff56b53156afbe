#pragma once

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

G_BEGIN_DECLS

typedef enum
{
  HR_PARTIQL_TOKEN_END,
  HR_PARTIQL_TOKEN_NAME,   /* bare, and not reserved */
  HR_PARTIQL_TOKEN_QUOTED, /* "name" */
  HR_PARTIQL_TOKEN_WORD,   /* reserved */
  HR_PARTIQL_TOKEN_STRING, /* 'text' */
  HR_PARTIQL_TOKEN_NUMBER, /* without sign */
  HR_PARTIQL_TOKEN_PARAMETER,
  HR_PARTIQL_TOKEN_EQ,
  HR_PARTIQL_TOKEN_NE, /* <> and != */
  HR_PARTIQL_TOKEN_LT,
  HR_PARTIQL_TOKEN_LE,
  HR_PARTIQL_TOKEN_GT,
  HR_PARTIQL_TOKEN_GE,
  HR_PARTIQL_TOKEN_PLUS,
  HR_PARTIQL_TOKEN_MINUS,
  HR_PARTIQL_TOKEN_STAR,
  HR_PARTIQL_TOKEN_SLASH,
  HR_PARTIQL_TOKEN_PERCENT,
  HR_PARTIQL_TOKEN_CONCAT,
  HR_PARTIQL_TOKEN_LEFT_PAREN,
  HR_PARTIQL_TOKEN_RIGHT_PAREN,
  HR_PARTIQL_TOKEN_LEFT_BRACKET,
  HR_PARTIQL_TOKEN_RIGHT_BRACKET,
  HR_PARTIQL_TOKEN_LEFT_BRACE,
  HR_PARTIQL_TOKEN_RIGHT_BRACE,
  HR_PARTIQL_TOKEN_LEFT_BAG,  /* << */
  HR_PARTIQL_TOKEN_RIGHT_BAG, /* >> */
  HR_PARTIQL_TOKEN_DOT,
  HR_PARTIQL_TOKEN_COMMA,
  HR_PARTIQL_TOKEN_COLON,
  HR_PARTIQL_TOKEN_SEMICOLON,
} HrPartiqlTokenType;

/** Reserved words that the grammar gives a meaning, or calls a type; HR_PARTIQL_RESERVED has none of its own. */
typedef enum
{
  HR_PARTIQL_NO_WORD,
  HR_PARTIQL_RESERVED,
  HR_PARTIQL_ALL,
  HR_PARTIQL_AND,
  HR_PARTIQL_AS,
  HR_PARTIQL_ASC,
  HR_PARTIQL_BETWEEN,
  HR_PARTIQL_BY,
  HR_PARTIQL_CHARACTER,
  HR_PARTIQL_CROSS,
  HR_PARTIQL_DELETE,
  HR_PARTIQL_DESC,
  HR_PARTIQL_DISTINCT,
  HR_PARTIQL_DOUBLE,
  HR_PARTIQL_EXISTS,
  HR_PARTIQL_FALSE,
  HR_PARTIQL_FROM,
  HR_PARTIQL_FUNCTION, /* may be called: COUNT, SIZE… */
  HR_PARTIQL_GROUP,
  HR_PARTIQL_HAVING,
  HR_PARTIQL_IN,
  HR_PARTIQL_INNER,
  HR_PARTIQL_INSERT,
  HR_PARTIQL_INTO,
  HR_PARTIQL_IS,
  HR_PARTIQL_JOIN,
  HR_PARTIQL_LEFT,
  HR_PARTIQL_LET,
  HR_PARTIQL_LIKE,
  HR_PARTIQL_LIMIT,
  HR_PARTIQL_MISSING,
  HR_PARTIQL_MODIFIED,
  HR_PARTIQL_NEW,
  HR_PARTIQL_NOT,
  HR_PARTIQL_NULL,
  HR_PARTIQL_OFFSET,
  HR_PARTIQL_OLD,
  HR_PARTIQL_OR,
  HR_PARTIQL_ORDER,
  HR_PARTIQL_PRECISION,
  HR_PARTIQL_REMOVE,
  HR_PARTIQL_RETURNING,
  HR_PARTIQL_SELECT,
  HR_PARTIQL_SET,
  HR_PARTIQL_TRUE,
  HR_PARTIQL_TYPE_BAG, /* names of types, by what they are in the service; list and bag are functions, too */
  HR_PARTIQL_TYPE_BINARY,
  HR_PARTIQL_TYPE_BOOLEAN,
  HR_PARTIQL_TYPE_LIST,
  HR_PARTIQL_TYPE_MAP,
  HR_PARTIQL_TYPE_NONE, /* that the service does not have: dates and times */
  HR_PARTIQL_TYPE_NUMBER,
  HR_PARTIQL_TYPE_STRING,
  HR_PARTIQL_UPDATE,
  HR_PARTIQL_VALUE,
  HR_PARTIQL_VARYING,
  HR_PARTIQL_WHERE,
} HrPartiqlWord;

typedef struct
{
  HrPartiqlTokenType type;
  HrPartiqlWord word;
  HrRange range;
} HrPartiqlToken;

/** HR_PARTIQL_NO_WORD when the name is free to be used; case does not matter. */
HrPartiqlWord hr_partiql_find_word (const char *name, gsize length);

/**
 * hr_partiql_tokenize:
 *
 * All tokens of @text (below 4 GiB) without comments, in @arena; the last is an END. NULL when something in the
 * text is no token: an unterminated string, name or comment, a number that cannot be held, a character without
 * meaning. @bad (nullable) takes its place.
 */
const HrPartiqlToken *hr_partiql_tokenize (HrArena *arena, const char *text, gsize length, HrRange *bad);

G_END_DECLS
