/*
 * The reserved words of PartiQL: those of SQL-92 and some of its own. Unlike the expressions of the service,
 * where reserved words are names of attributes only, here they are words of the language, and cannot be bare names.
 * Source: PartiQL specification, "Reserved keywords"; what the service takes for one was observed.
 */
#include "model/partiql/lexer.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  HrPartiqlWord word;
} Row;

/* Sorted by name. */
static const Row rows[] = {
  { "absolute", HR_PARTIQL_RESERVED }, { "action", HR_PARTIQL_RESERVED }, { "add", HR_PARTIQL_RESERVED },
  { "all", HR_PARTIQL_ALL }, { "allocate", HR_PARTIQL_RESERVED }, { "alter", HR_PARTIQL_RESERVED },
  { "and", HR_PARTIQL_AND }, { "any", HR_PARTIQL_TYPE_NONE }, { "are", HR_PARTIQL_RESERVED },
  { "as", HR_PARTIQL_AS }, { "asc", HR_PARTIQL_ASC }, { "assertion", HR_PARTIQL_RESERVED },
  { "at", HR_PARTIQL_RESERVED }, { "authorization", HR_PARTIQL_RESERVED }, { "avg", HR_PARTIQL_FUNCTION },
  { "bag", HR_PARTIQL_TYPE_BAG }, { "begin", HR_PARTIQL_RESERVED }, { "between", HR_PARTIQL_BETWEEN },
  { "bigint", HR_PARTIQL_TYPE_NUMBER }, { "bit", HR_PARTIQL_RESERVED },
  { "bit_length", HR_PARTIQL_FUNCTION }, { "blob", HR_PARTIQL_TYPE_BINARY },
  { "bool", HR_PARTIQL_TYPE_BOOLEAN }, { "boolean", HR_PARTIQL_TYPE_BOOLEAN }, { "by", HR_PARTIQL_BY },
  { "can_cast", HR_PARTIQL_RESERVED }, { "can_lossless_cast", HR_PARTIQL_RESERVED },
  { "cascade", HR_PARTIQL_RESERVED }, { "cascaded", HR_PARTIQL_RESERVED }, { "case", HR_PARTIQL_RESERVED },
  { "cast", HR_PARTIQL_RESERVED }, { "catalog", HR_PARTIQL_RESERVED }, { "char", HR_PARTIQL_TYPE_STRING },
  { "char_length", HR_PARTIQL_FUNCTION }, { "character", HR_PARTIQL_CHARACTER },
  { "character_length", HR_PARTIQL_FUNCTION }, { "check", HR_PARTIQL_RESERVED },
  { "clob", HR_PARTIQL_TYPE_STRING }, { "close", HR_PARTIQL_RESERVED },
  { "coalesce", HR_PARTIQL_RESERVED }, { "collate", HR_PARTIQL_RESERVED },
  { "collation", HR_PARTIQL_RESERVED }, { "column", HR_PARTIQL_RESERVED },
  { "commit", HR_PARTIQL_RESERVED }, { "conflict", HR_PARTIQL_RESERVED },
  { "connect", HR_PARTIQL_RESERVED }, { "connection", HR_PARTIQL_RESERVED },
  { "constraint", HR_PARTIQL_RESERVED }, { "constraints", HR_PARTIQL_RESERVED },
  { "continue", HR_PARTIQL_RESERVED }, { "convert", HR_PARTIQL_RESERVED },
  { "corresponding", HR_PARTIQL_RESERVED }, { "count", HR_PARTIQL_FUNCTION },
  { "create", HR_PARTIQL_RESERVED }, { "cross", HR_PARTIQL_CROSS }, { "current", HR_PARTIQL_RESERVED },
  { "current_date", HR_PARTIQL_RESERVED }, { "current_time", HR_PARTIQL_RESERVED },
  { "current_timestamp", HR_PARTIQL_RESERVED }, { "current_user", HR_PARTIQL_RESERVED },
  { "cursor", HR_PARTIQL_RESERVED }, { "date", HR_PARTIQL_TYPE_NONE }, { "date_add", HR_PARTIQL_RESERVED },
  { "date_diff", HR_PARTIQL_RESERVED }, { "deallocate", HR_PARTIQL_RESERVED },
  { "dec", HR_PARTIQL_TYPE_NUMBER }, { "decimal", HR_PARTIQL_TYPE_NUMBER },
  { "declare", HR_PARTIQL_RESERVED }, { "default", HR_PARTIQL_RESERVED },
  { "deferrable", HR_PARTIQL_RESERVED }, { "deferred", HR_PARTIQL_RESERVED },
  { "delete", HR_PARTIQL_DELETE }, { "desc", HR_PARTIQL_DESC }, { "describe", HR_PARTIQL_RESERVED },
  { "descriptor", HR_PARTIQL_RESERVED }, { "diagnostics", HR_PARTIQL_RESERVED },
  { "disconnect", HR_PARTIQL_RESERVED }, { "distinct", HR_PARTIQL_DISTINCT },
  { "do", HR_PARTIQL_RESERVED }, { "domain", HR_PARTIQL_RESERVED }, { "double", HR_PARTIQL_DOUBLE },
  { "drop", HR_PARTIQL_RESERVED }, { "else", HR_PARTIQL_RESERVED }, { "end", HR_PARTIQL_RESERVED },
  { "escape", HR_PARTIQL_RESERVED }, { "except", HR_PARTIQL_RESERVED },
  { "exception", HR_PARTIQL_RESERVED }, { "exec", HR_PARTIQL_RESERVED },
  { "execute", HR_PARTIQL_RESERVED }, { "exists", HR_PARTIQL_EXISTS }, { "external", HR_PARTIQL_RESERVED },
  { "extract", HR_PARTIQL_RESERVED }, { "false", HR_PARTIQL_FALSE }, { "fetch", HR_PARTIQL_RESERVED },
  { "first", HR_PARTIQL_RESERVED }, { "float", HR_PARTIQL_TYPE_NUMBER }, { "for", HR_PARTIQL_RESERVED },
  { "foreign", HR_PARTIQL_RESERVED }, { "found", HR_PARTIQL_RESERVED }, { "from", HR_PARTIQL_FROM },
  { "full", HR_PARTIQL_RESERVED }, { "get", HR_PARTIQL_RESERVED }, { "global", HR_PARTIQL_RESERVED },
  { "go", HR_PARTIQL_RESERVED }, { "goto", HR_PARTIQL_RESERVED }, { "grant", HR_PARTIQL_RESERVED },
  { "group", HR_PARTIQL_GROUP }, { "having", HR_PARTIQL_HAVING }, { "identity", HR_PARTIQL_RESERVED },
  { "immediate", HR_PARTIQL_RESERVED }, { "in", HR_PARTIQL_IN }, { "index", HR_PARTIQL_RESERVED },
  { "indicator", HR_PARTIQL_RESERVED }, { "initially", HR_PARTIQL_RESERVED },
  { "inner", HR_PARTIQL_INNER }, { "input", HR_PARTIQL_RESERVED }, { "insensitive", HR_PARTIQL_RESERVED },
  { "insert", HR_PARTIQL_INSERT }, { "int", HR_PARTIQL_TYPE_NUMBER }, { "int2", HR_PARTIQL_TYPE_NUMBER },
  { "int4", HR_PARTIQL_TYPE_NUMBER }, { "int8", HR_PARTIQL_TYPE_NUMBER },
  { "integer", HR_PARTIQL_TYPE_NUMBER }, { "integer2", HR_PARTIQL_TYPE_NUMBER },
  { "integer4", HR_PARTIQL_TYPE_NUMBER }, { "integer8", HR_PARTIQL_TYPE_NUMBER },
  { "intersect", HR_PARTIQL_RESERVED }, { "interval", HR_PARTIQL_RESERVED }, { "into", HR_PARTIQL_INTO },
  { "is", HR_PARTIQL_IS }, { "isolation", HR_PARTIQL_RESERVED }, { "join", HR_PARTIQL_JOIN },
  { "key", HR_PARTIQL_RESERVED }, { "language", HR_PARTIQL_RESERVED }, { "last", HR_PARTIQL_RESERVED },
  { "left", HR_PARTIQL_LEFT }, { "let", HR_PARTIQL_LET }, { "level", HR_PARTIQL_RESERVED },
  { "like", HR_PARTIQL_LIKE }, { "limit", HR_PARTIQL_LIMIT }, { "list", HR_PARTIQL_TYPE_LIST },
  { "local", HR_PARTIQL_RESERVED }, { "lower", HR_PARTIQL_FUNCTION }, { "match", HR_PARTIQL_RESERVED },
  { "max", HR_PARTIQL_FUNCTION }, { "min", HR_PARTIQL_FUNCTION }, { "missing", HR_PARTIQL_MISSING },
  { "modified", HR_PARTIQL_MODIFIED }, { "module", HR_PARTIQL_RESERVED }, { "names", HR_PARTIQL_RESERVED },
  { "national", HR_PARTIQL_RESERVED }, { "natural", HR_PARTIQL_RESERVED },
  { "nchar", HR_PARTIQL_RESERVED }, { "new", HR_PARTIQL_NEW }, { "next", HR_PARTIQL_RESERVED },
  { "no", HR_PARTIQL_RESERVED }, { "not", HR_PARTIQL_NOT }, { "nothing", HR_PARTIQL_RESERVED },
  { "null", HR_PARTIQL_NULL }, { "nullif", HR_PARTIQL_RESERVED }, { "numeric", HR_PARTIQL_TYPE_NUMBER },
  { "octet_length", HR_PARTIQL_FUNCTION }, { "of", HR_PARTIQL_RESERVED }, { "offset", HR_PARTIQL_OFFSET },
  { "old", HR_PARTIQL_OLD }, { "on", HR_PARTIQL_RESERVED }, { "only", HR_PARTIQL_RESERVED },
  { "open", HR_PARTIQL_RESERVED }, { "option", HR_PARTIQL_RESERVED }, { "or", HR_PARTIQL_OR },
  { "order", HR_PARTIQL_ORDER }, { "outer", HR_PARTIQL_RESERVED }, { "output", HR_PARTIQL_RESERVED },
  { "overlaps", HR_PARTIQL_RESERVED }, { "pad", HR_PARTIQL_RESERVED }, { "partial", HR_PARTIQL_RESERVED },
  { "pivot", HR_PARTIQL_RESERVED }, { "position", HR_PARTIQL_RESERVED },
  { "precision", HR_PARTIQL_PRECISION }, { "prepare", HR_PARTIQL_RESERVED },
  { "preserve", HR_PARTIQL_RESERVED }, { "primary", HR_PARTIQL_RESERVED },
  { "prior", HR_PARTIQL_RESERVED }, { "privileges", HR_PARTIQL_RESERVED },
  { "procedure", HR_PARTIQL_RESERVED }, { "public", HR_PARTIQL_RESERVED }, { "read", HR_PARTIQL_RESERVED },
  { "real", HR_PARTIQL_TYPE_NUMBER }, { "references", HR_PARTIQL_RESERVED },
  { "relative", HR_PARTIQL_RESERVED }, { "remove", HR_PARTIQL_REMOVE },
  { "restrict", HR_PARTIQL_RESERVED }, { "returning", HR_PARTIQL_RETURNING },
  { "revoke", HR_PARTIQL_RESERVED }, { "right", HR_PARTIQL_RESERVED }, { "rollback", HR_PARTIQL_RESERVED },
  { "rows", HR_PARTIQL_RESERVED }, { "schema", HR_PARTIQL_RESERVED }, { "scroll", HR_PARTIQL_RESERVED },
  { "section", HR_PARTIQL_RESERVED }, { "select", HR_PARTIQL_SELECT }, { "session", HR_PARTIQL_RESERVED },
  { "session_user", HR_PARTIQL_RESERVED }, { "set", HR_PARTIQL_SET }, { "sexp", HR_PARTIQL_FUNCTION },
  { "size", HR_PARTIQL_FUNCTION }, { "smallint", HR_PARTIQL_TYPE_NUMBER }, { "some", HR_PARTIQL_RESERVED },
  { "space", HR_PARTIQL_RESERVED }, { "sql", HR_PARTIQL_RESERVED }, { "sqlcode", HR_PARTIQL_RESERVED },
  { "sqlerror", HR_PARTIQL_RESERVED }, { "sqlstate", HR_PARTIQL_RESERVED },
  { "string", HR_PARTIQL_TYPE_STRING }, { "struct", HR_PARTIQL_TYPE_MAP },
  { "substring", HR_PARTIQL_FUNCTION }, { "sum", HR_PARTIQL_FUNCTION },
  { "symbol", HR_PARTIQL_TYPE_STRING }, { "system_user", HR_PARTIQL_RESERVED },
  { "table", HR_PARTIQL_RESERVED }, { "temporary", HR_PARTIQL_RESERVED }, { "then", HR_PARTIQL_RESERVED },
  { "time", HR_PARTIQL_TYPE_NONE }, { "timestamp", HR_PARTIQL_TYPE_NONE }, { "to", HR_PARTIQL_RESERVED },
  { "transaction", HR_PARTIQL_RESERVED }, { "translate", HR_PARTIQL_RESERVED },
  { "translation", HR_PARTIQL_RESERVED }, { "trim", HR_PARTIQL_RESERVED }, { "true", HR_PARTIQL_TRUE },
  { "tuple", HR_PARTIQL_TYPE_MAP }, { "union", HR_PARTIQL_RESERVED }, { "unique", HR_PARTIQL_RESERVED },
  { "unknown", HR_PARTIQL_RESERVED }, { "unpivot", HR_PARTIQL_RESERVED }, { "update", HR_PARTIQL_UPDATE },
  { "upper", HR_PARTIQL_FUNCTION }, { "usage", HR_PARTIQL_RESERVED }, { "user", HR_PARTIQL_RESERVED },
  { "using", HR_PARTIQL_RESERVED }, { "value", HR_PARTIQL_VALUE }, { "values", HR_PARTIQL_RESERVED },
  { "varchar", HR_PARTIQL_TYPE_STRING }, { "varying", HR_PARTIQL_VARYING },
  { "view", HR_PARTIQL_RESERVED }, { "when", HR_PARTIQL_RESERVED }, { "whenever", HR_PARTIQL_RESERVED },
  { "where", HR_PARTIQL_WHERE }, { "with", HR_PARTIQL_RESERVED }, { "work", HR_PARTIQL_RESERVED },
  { "write", HR_PARTIQL_RESERVED }, { "zone", HR_PARTIQL_RESERVED },
};

#define LONGEST_WORD 24

static int
compare_row (gconstpointer key, gconstpointer row)
{
  return strcmp (key, ((const Row *) row)->name);
}

HrPartiqlWord
hr_partiql_find_word (const char *name, gsize length)
{
  char lower[LONGEST_WORD + 1];
  const Row *row;

  if (length > LONGEST_WORD)
    return HR_PARTIQL_NO_WORD;
  for (gsize i = 0; i < length; i++)
    lower[i] = g_ascii_tolower (name[i]);
  lower[length] = 0;
  row = strlen (lower) == length ? bsearch (lower, rows, G_N_ELEMENTS (rows), sizeof *rows, compare_row) : NULL;
  return row != NULL ? row->word : HR_PARTIQL_NO_WORD;
}
