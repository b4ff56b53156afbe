/*
 * Names in the texts of requests: references, expressions and PartiQL statements.
 *
 * A text is read by the lexer of its language, and the tokens that are the name are replaced where they stand: spaces,
 * case of keywords and everything else stay as they were written. References (`{name}`) are no part of these languages,
 * so the lexers get a copy in which digits stand in their place, byte for byte.
 */
#include "model/document/rename-private.h"

#include "model/document/reach.h"
#include "model/expression/lexer.h"
#include "model/expression/reserved-words.h"
#include "model/partiql/lexer.h"
#include "model/schema/reference.h"

#include <string.h>

/* Pieces of a text and what takes their place, in order. */
typedef struct
{
  HrRange range;
  const char *text;
  gsize length;
} Piece;

static GArray *
pieces_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Piece));
}

static void
add_piece (GArray *pieces, HrRange range, const char *text)
{
  Piece piece = { range, text, strlen (text) };

  g_array_append_val (pieces, piece);
}

static char *
replace_pieces (HrRename *self, const char *text, gsize length, const GArray *pieces, gsize *new_length)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  gsize at = 0;

  if (pieces->len == 0)
    return NULL;
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      hr_buffer_append (&out, text + at, piece->range.start - at);
      hr_buffer_append (&out, piece->text, piece->length);
      at = piece->range.end;
    }
  hr_buffer_append (&out, text + at, length - at);
  if (new_length != NULL)
    *new_length = out.length;
  return hr_arena_strndup (self->arena, out.data, out.length);
}

/* A name as it is written where braces begin references. */
static const char *
escape_braces (HrRename *self, const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (strpbrk (name, "{}") == NULL)
    return name;
  for (; *name != '\0'; name++)
    {
      if (*name == '{' || *name == '}')
        g_string_append_c (text, *name);
      g_string_append_c (text, *name);
    }
  return hr_arena_strdup (self->arena, text->str);
}

static gboolean
is_text (const char *text, gsize length, const char *wanted)
{
  return length == strlen (wanted) && memcmp (text, wanted, length) == 0;
}

static gboolean
range_is (const char *text, HrRange range, const char *wanted)
{
  return is_text (text + range.start, range.end - range.start, wanted);
}

/* References */

static const HrStep *
find_step (const HrRename *self, const char *name)
{
  for (guint i = 0; i < self->pattern->steps->len; i++)
    {
      const HrStep *step = self->pattern->steps->pdata[i];

      if (g_str_equal (step->name, name))
        return step;
    }
  return NULL;
}

static gboolean
is_parameter (const HrRename *self, const char *name)
{
  for (guint i = 0; i < self->pattern->parameters->len; i++)
    if (g_str_equal (((HrParameter *) self->pattern->parameters->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static const char *
get_step_table (HrRename *self, const HrStep *step)
{
  char *text = hr_arena_strdup (self->arena, step->request);
  const HrJson *request = hr_json_parse (self->arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);

  return request != NULL ? hr_request_get_table (request, self->arena) : NULL;
}

/* Where a path through a response has come to. */
typedef struct
{
  const char *table;      /* of the items there */
  gboolean in_items;      /* the next name is an attribute */
  gboolean after_responses;
  gboolean is_done;       /* inside an attribute's value */
} ResponseWalk;

static gboolean
holds_items (const char *member)
{
  static const char *const names[] = { "Items", "Item", "Attributes", "LastEvaluatedKey", "Key", "Keys" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], member))
      return TRUE;
  return FALSE;
}

/* Takes one hop; returns what it becomes, or NULL. */
static const char *
take_hop (HrRename *self, ResponseWalk *walk, const char *hop)
{
  const HrName *name = self->name;

  if (walk->is_done)
    return NULL;
  if (*hop == '[')
    {
      walk->after_responses = FALSE;
      return NULL;
    }
  if (walk->in_items)
    {
      walk->is_done = TRUE;
      return name->kind == HR_NAME_ATTRIBUTE && g_strcmp0 (walk->table, name->table) == 0
                     && g_str_equal (hop, name->from)
                 ? name->to
                 : NULL;
    }
  if (walk->after_responses)
    {
      walk->table = hr_arena_strdup (self->arena, hop);
      walk->in_items = TRUE;
      return name->kind == HR_NAME_TABLE && g_str_equal (hop, name->from) ? name->to : NULL;
    }
  walk->after_responses = g_str_equal (hop, "Responses");
  walk->in_items = holds_items (hop);
  return NULL;
}

/* The path of a reference with the name in it replaced; TRUE when it was there. */
static gboolean
rename_path (HrRename *self, ResponseWalk *walk, const GPtrArray *path, GString *out)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < path->len; i++)
    {
      const char *hop = path->pdata[i];
      const char *renamed = take_hop (self, walk, hop);

      if (*hop != '[')
        g_string_append_c (out, '.');
      g_string_append (out, renamed != NULL ? renamed : hop);
      changed = changed || renamed != NULL;
    }
  return changed;
}

/* Where the row of a for_each stands in the response it comes from. */
static ResponseWalk
start_at_row (HrRename *self)
{
  g_autofree char *root = NULL;
  g_autoptr (GPtrArray) path = NULL;
  g_autoptr (GString) ignored = g_string_new (NULL);
  ResponseWalk walk = { 0 };
  const HrStep *step;

  if (self->step->for_each == NULL
      || !hr_reference_parse_path (self->step->for_each, strlen (self->step->for_each), &root, &path))
    return (ResponseWalk) { .is_done = TRUE };
  step = find_step (self, root);
  walk.table = step != NULL ? get_step_table (self, step) : NULL;
  rename_path (self, &walk, path, ignored);
  return walk;
}

static ResponseWalk
start_at_root (HrRename *self, const char *root)
{
  ResponseWalk walk = { 0 };
  const HrStep *step;

  if (g_str_equal (root, "item"))
    return start_at_row (self);
  step = is_parameter (self, root) ? NULL : find_step (self, root);
  if (step != NULL)
    walk.table = get_step_table (self, step);
  walk.is_done = step == NULL;
  return walk;
}

static gboolean
renames_root (const HrRename *self, const char *root)
{
  const HrName *name = self->name;
  gboolean is_there = name->kind == HR_NAME_PARAMETER
                      || (name->kind == HR_NAME_STEP && !is_parameter (self, root) && !g_str_equal (root, "item"));

  return is_there && g_str_equal (name->pattern, self->pattern->id) && g_str_equal (name->from, root);
}

static char *
rename_reference (HrRename *self, const char *root, const GPtrArray *path)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean changed = renames_root (self, root);
  ResponseWalk walk = start_at_root (self, root);

  g_string_append (out, changed ? self->name->to : root);
  changed = rename_path (self, &walk, path, out) || changed;
  return changed ? hr_arena_strdup (self->arena, out->str) : NULL;
}

char *
hr_rename_references (HrRename *self, const char *text, gsize length, gsize *new_length)
{
  g_autoptr (GArray) pieces = pieces_new ();
  g_autoptr (GPtrArray) parts = NULL;

  if (memchr (text, '{', length) == NULL)
    return NULL;
  parts = hr_reference_parse (text, length, NULL, NULL);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];
      const char *renamed = part->is_literal ? NULL : rename_reference (self, part->root, part->path);

      if (renamed != NULL)
        add_piece (pieces, (HrRange) { part->range.start + 1, part->range.end - 1 }, renamed);
    }
  return replace_pieces (self, text, length, pieces, new_length);
}

char *
hr_rename_for_each (HrRename *self, const char *for_each)
{
  g_autofree char *root = NULL;
  g_autoptr (GPtrArray) path = NULL;

  if (!hr_reference_parse_path (for_each, strlen (for_each), &root, &path))
    return NULL;
  /* its root is always a step */
  if (is_parameter (self, root) && self->name->kind != HR_NAME_STEP)
    return NULL;
  return rename_reference (self, root, path);
}

char *
hr_references_mask (HrArena *arena, const char *text, gsize length)
{
  char *copy = hr_arena_strndup (arena, text, length);
  g_autoptr (GPtrArray) parts = hr_reference_parse (text, length, NULL, NULL);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (!part->is_literal)
        {
          memset (copy + part->range.start, '1', part->range.end - part->range.start);
          continue;
        }
      for (guint32 at = part->range.start; at + 1 < part->range.end; at++)
        if ((text[at] == '{' || text[at] == '}') && text[at + 1] == text[at])
          copy[++at] = ' ';
    }
  return copy;
}

/* Expressions */

void
hr_name_use_init (HrNameUse *self, const HrJson *names)
{
  *self = (HrNameUse) { .names = names };
  self->top = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->inner = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
hr_name_use_clear (HrNameUse *self)
{
  g_hash_table_unref (self->top);
  g_hash_table_unref (self->inner);
}

/* A token that names an attribute or a member: a name that is neither keyword nor function, or a placeholder. */
typedef struct
{
  HrToken token;
  gboolean is_top; /* the first step of its path */
} NameToken;

/* Calls @func for each of them. */
static void
foreach_name (HrRename *self, const char *text, gsize length, void (*func) (const NameToken *, gpointer),
              gpointer user_data)
{
  const char *masked = hr_references_mask (self->arena, text, length);
  HrLexer lexer;
  HrToken before = { HR_TOKEN_END, HR_KEYWORD_NONE, HR_RANGE_NONE };
  HrToken token;
  HrToken next;

  hr_lexer_init (&lexer, masked, length);
  for (token = hr_lexer_next (&lexer); token.type != HR_TOKEN_END; before = token, token = next)
    {
      gboolean is_inner = before.type == HR_TOKEN_DOT;

      next = hr_lexer_next (&lexer);
      if (token.type == HR_TOKEN_NAME_REF
          || (token.type == HR_TOKEN_NAME && next.type != HR_TOKEN_LEFT_PAREN
              && (is_inner || token.keyword == HR_KEYWORD_NONE)))
        func (&(NameToken) { token, !is_inner }, user_data);
    }
}

static gboolean
is_plain_name (const char *name)
{
  if (!g_ascii_isalpha (*name) || hr_reserved_word_find (name, strlen (name)))
    return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_isalnum (*name) && *name != '_')
      return FALSE;
  return TRUE;
}

typedef struct
{
  HrNameUse *use;
  HrRename *rename;
  const char *text;
  GArray *pieces;
} NameWalk;

static char *
dup_token (const NameWalk *walk, HrRange range)
{
  return g_strndup (walk->text + range.start, range.end - range.start);
}

static gboolean
stands_for_name (const HrNameUse *use, const HrRename *rename, const char *placeholder)
{
  const HrJson *target = use->names != NULL ? hr_json_get (use->names, placeholder) : NULL;

  return target != NULL && hr_json_string_equals (target, rename->name->from);
}

static void
use_name_cb (const NameToken *name, gpointer user_data)
{
  const NameWalk *walk = user_data;

  if (name->token.type == HR_TOKEN_NAME_REF)
    {
      char *placeholder = dup_token (walk, name->token.range);

      g_hash_table_add (name->is_top ? walk->use->top : walk->use->inner, placeholder);
    }
  else if (name->is_top && range_is (walk->text, name->token.range, walk->rename->name->from)
           && !is_plain_name (walk->rename->name->to))
    walk->use->needs_placeholder = TRUE;
}

static gboolean
is_used_both_ways (const HrNameUse *use, const char *placeholder)
{
  return g_hash_table_contains (use->top, placeholder) && g_hash_table_contains (use->inner, placeholder);
}

/* "#" and what of the name may stand there, free in this request. */
static void
choose_placeholder (HrNameUse *use, HrRename *rename)
{
  g_autofree char *stem = g_strdup (rename->name->to);

  g_strcanon (stem, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", '_');
  for (guint number = 1; use->placeholder == NULL; number++)
    {
      g_autofree char *name = number == 1 ? g_strdup_printf ("#%s", stem) : g_strdup_printf ("#%s%u", stem, number);

      if (!g_hash_table_contains (use->top, name) && !g_hash_table_contains (use->inner, name)
          && hr_json_get (use->names, name) == NULL)
        use->placeholder = hr_arena_strdup (rename->arena, name);
    }
}

void
hr_name_use_add (HrNameUse *self, HrRename *rename, const char *text, gsize length)
{
  NameWalk walk = { self, rename, text, NULL };

  foreach_name (rename, text, length, use_name_cb, &walk);
}

gboolean
hr_name_use_renames (const HrNameUse *self, const char *placeholder)
{
  return !g_hash_table_contains (self->inner, placeholder);
}

static void
rename_name_cb (const NameToken *name, gpointer user_data)
{
  const NameWalk *walk = user_data;
  HrNameUse *use = walk->use;

  if (!name->is_top)
    return;
  if (name->token.type == HR_TOKEN_NAME_REF)
    {
      g_autofree char *placeholder = dup_token (walk, name->token.range);

      if (!stands_for_name (use, walk->rename, placeholder) || !is_used_both_ways (use, placeholder))
        return;
      choose_placeholder (use, walk->rename);
      add_piece (walk->pieces, name->token.range, use->placeholder);
      return;
    }
  if (!range_is (walk->text, name->token.range, walk->rename->name->from))
    return;
  if (use->needs_placeholder)
    choose_placeholder (use, walk->rename);
  add_piece (walk->pieces, name->token.range, use->needs_placeholder ? use->placeholder : walk->rename->name->to);
}

char *
hr_rename_expression (HrRename *self, HrNameUse *use, const char *text, gsize length, gsize *new_length)
{
  g_autoptr (GArray) pieces = pieces_new ();
  NameWalk walk = { use, self, text, pieces };

  foreach_name (self, text, length, rename_name_cb, &walk);
  return replace_pieces (self, text, length, pieces, new_length);
}

/* PartiQL */

typedef struct
{
  HrRename *rename;
  const char *text;
  const HrPartiqlToken *tokens;
  GArray *pieces;
  gboolean reads_table; /* the table of the name is named in the statement */
  guint braces;         /* depth of { } */
} Statement;

static gboolean
is_name_token (const HrPartiqlToken *token)
{
  return token->type == HR_PARTIQL_TOKEN_NAME || token->type == HR_PARTIQL_TOKEN_QUOTED;
}

/* A quoted name without its quotes. */
static gboolean
token_is (const Statement *statement, const HrPartiqlToken *token, const char *name)
{
  guint32 quote = token->type == HR_PARTIQL_TOKEN_NAME ? 0 : 1;
  HrRange inside = { token->range.start + quote, token->range.end - quote };

  return range_is (statement->text, inside, escape_braces (statement->rename, name));
}

static gboolean
is_table_word (const HrPartiqlToken *token)
{
  return token->type == HR_PARTIQL_TOKEN_WORD
         && (token->word == HR_PARTIQL_FROM || token->word == HR_PARTIQL_INTO || token->word == HR_PARTIQL_UPDATE);
}

static gboolean
is_table_at (const Statement *statement, guint i)
{
  return i > 0 && is_name_token (&statement->tokens[i]) && is_table_word (&statement->tokens[i - 1]);
}

static gboolean
is_index_at (const Statement *statement, guint i)
{
  return i > 1 && is_name_token (&statement->tokens[i]) && statement->tokens[i - 1].type == HR_PARTIQL_TOKEN_DOT
         && is_table_at (statement, i - 2);
}

static const char *
quote_name (const Statement *statement, const HrPartiqlToken *token, char quote)
{
  HrRename *rename = statement->rename;
  const char *to = rename->name->to;
  g_autoptr (GString) text = g_string_new (NULL);

  if (token->type == HR_PARTIQL_TOKEN_NAME && is_plain_name (to) && hr_partiql_find_word (to, strlen (to)) == 0)
    return to;
  g_string_append_c (text, quote);
  for (const char *at = escape_braces (rename, to); *at != '\0'; at++)
    {
      if (*at == quote)
        g_string_append_c (text, quote);
      g_string_append_c (text, *at);
    }
  g_string_append_c (text, quote);
  return hr_arena_strdup (rename->arena, text->str);
}

static gboolean
names_attribute (const Statement *statement, guint i)
{
  const HrPartiqlToken *token = &statement->tokens[i];

  if (token->type == HR_PARTIQL_TOKEN_STRING)
    return statement->braces == 1 && token[1].type == HR_PARTIQL_TOKEN_COLON;
  return is_name_token (token) && !is_table_at (statement, i) && !is_index_at (statement, i)
         && token[1].type != HR_PARTIQL_TOKEN_LEFT_PAREN
         && (i == 0 || statement->tokens[i - 1].type != HR_PARTIQL_TOKEN_DOT);
}

static gboolean
is_the_name (const Statement *statement, guint i)
{
  const HrName *name = statement->rename->name;

  if (!token_is (statement, &statement->tokens[i], name->from))
    return FALSE;
  if (name->kind == HR_NAME_TABLE)
    return is_table_at (statement, i);
  if (name->kind == HR_NAME_INDEX)
    return is_index_at (statement, i) && token_is (statement, &statement->tokens[i - 2], name->table);
  return name->kind == HR_NAME_ATTRIBUTE && statement->reads_table && names_attribute (statement, i);
}

char *
hr_rename_statement (HrRename *self, const char *text, gsize length, gsize *new_length)
{
  g_autoptr (GArray) pieces = pieces_new ();
  Statement statement = { .rename = self, .text = text, .pieces = pieces };

  statement.tokens = hr_partiql_tokenize (self->arena, hr_references_mask (self->arena, text, length), length, NULL);
  if (statement.tokens == NULL)
    return NULL;
  for (guint i = 0; statement.tokens[i].type != HR_PARTIQL_TOKEN_END; i++)
    if (self->name->table != NULL && is_table_at (&statement, i)
        && token_is (&statement, &statement.tokens[i], self->name->table))
      statement.reads_table = TRUE;
  for (guint i = 0; statement.tokens[i].type != HR_PARTIQL_TOKEN_END; i++)
    {
      const HrPartiqlToken *token = &statement.tokens[i];

      statement.braces += token->type == HR_PARTIQL_TOKEN_LEFT_BRACE;
      statement.braces -= token->type == HR_PARTIQL_TOKEN_RIGHT_BRACE && statement.braces > 0;
      if ((is_name_token (token) || token->type == HR_PARTIQL_TOKEN_STRING) && is_the_name (&statement, i))
        add_piece (pieces, token->range,
                   quote_name (&statement, token, token->type == HR_PARTIQL_TOKEN_STRING ? '\'' : '"'));
    }
  return replace_pieces (self, text, length, pieces, new_length);
}

const char *
hr_statement_find_table (HrArena *arena, const char *text, gsize length)
{
  HrRename rename = { .arena = arena };
  Statement statement = { .rename = &rename, .text = text };

  statement.tokens = hr_partiql_tokenize (arena, hr_references_mask (arena, text, length), length, NULL);
  for (guint i = 0; statement.tokens != NULL && statement.tokens[i].type != HR_PARTIQL_TOKEN_END; i++)
    if (is_table_at (&statement, i))
      {
        HrRange range = statement.tokens[i].range;
        guint32 quote = statement.tokens[i].type == HR_PARTIQL_TOKEN_NAME ? 0 : 1;

        return hr_arena_strndup (arena, text + range.start + quote, range.end - range.start - 2 * quote);
      }
  return NULL;
}
