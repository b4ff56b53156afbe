/*
 * Expressions with their placeholders spelled out, and back.
 *
 * Both ways go token by token, so that spaces, parentheses and order stay as somebody wrote them. Spelled out, a text
 * needs three things that the service's language lacks: strings, numbers and quoted names; everything else is that
 * language, and its own parser has the last word.
 */
#include "model/document/step-form-private.h"

#include "model/base/i18n.h"
#include "model/base/json-build.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/expression/parser.h"
#include "model/expression/reserved-words.h"

#include <string.h>

#define NAME_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

static const char *const words[] = { "true", "false", "null" }; /* in spelled-out text */

HrJson
hr_typed_json_new (HrArena *arena, HrType type, const char *text)
{
  HrJson object = hr_json_new_object ();
  HrJson value = hr_json_new_string (text, strlen (text));

  return hr_json_with (arena, &object, hr_type_get_name (type), &value);
}

const HrTree *
hr_spell_parse (HrArena *arena, HrExpressionKind kind, const char *text, gsize length)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrContext context = { .arena = arena, .kind = kind, .text = text, .length = length, .error = &error };
  HrTree *tree = hr_arena_new0 (arena, HrTree);

  return hr_parse (&context, tree) ? tree : NULL;
}

static char *
dup_range (HrArena *arena, const char *text, HrRange range)
{
  return hr_arena_strndup (arena, text + range.start, range.end - range.start);
}

const char *
hr_spell_get_attribute (HrArena *arena, const HrNode *path, const HrJson *names)
{
  const HrWrittenStep *step;
  const char *text;

  if (path->kind != HR_NODE_PATH || path->path.n_written != 1)
    return NULL;
  step = &path->path.written[0];
  text = hr_arena_strndup (arena, step->text, step->length);
  return step->type == HR_TOKEN_NAME ? text : hr_json_dup_string (hr_json_get (names, text), arena);
}

/* Spelling out */

static gboolean
is_word (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i]))
      return TRUE;
  return FALSE;
}

/* Whether a name can stand bare in spelled-out text; reserved words can. */
static gboolean
reads_as_name (const char *name)
{
  HrLexer lexer;
  HrToken token;

  hr_lexer_init (&lexer, name, strlen (name));
  token = hr_lexer_next (&lexer);
  return token.type == HR_TOKEN_NAME && token.keyword == HR_KEYWORD_NONE && token.range.end == strlen (name)
         && !is_word (name);
}

void
hr_spell_append_name (HrBuffer *out, const char *name)
{
  if (reads_as_name (name))
    {
      hr_buffer_append_string (out, name);
      return;
    }
  hr_buffer_append_char (out, '#');
  hr_json_write_string (out, name, strlen (name));
}

/* A number, or one reference that becomes a number. */
static gboolean
is_number_text (const HrJson *text)
{
  HrDecimal decimal;

  return hr_decimal_parse (&decimal, text->text, text->length) == HR_DECIMAL_OK
         || (text->length > 2 && text->text[0] == '{' && text->text[1] != '{'
             && memchr (text->text, '}', text->length) == text->text + text->length - 1);
}

static gboolean
append_value (HrBuffer *out, const HrJson *typed)
{
  const HrJsonMember *member = typed != NULL && typed->type == HR_JSON_OBJECT && typed->length == 1
                                   ? &typed->members[0]
                                   : NULL;
  HrType type;

  if (member == NULL || !hr_type_from_name (member->name, member->name_length, &type))
    return FALSE;
  if (type == HR_TYPE_BOOL && (member->value.type == HR_JSON_TRUE || member->value.type == HR_JSON_FALSE))
    hr_buffer_append_string (out, member->value.type == HR_JSON_TRUE ? "true" : "false");
  else if (type == HR_TYPE_NULL && member->value.type == HR_JSON_TRUE)
    hr_buffer_append_string (out, "null");
  else if (member->value.type != HR_JSON_STRING || type > HR_TYPE_B
           || (type == HR_TYPE_N && !is_number_text (&member->value)))
    return FALSE;
  else if (type == HR_TYPE_N)
    hr_buffer_append (out, member->value.text, member->value.length);
  else
    {
      if (type == HR_TYPE_B)
        hr_buffer_append_char (out, 'b');
      hr_json_write_string (out, member->value.text, member->value.length);
    }
  return TRUE;
}

static void
spell_token (HrArena *arena, HrToken token, const char *text, const HrJson *names, const HrJson *values, HrBuffer *out)
{
  const char *written = dup_range (arena, text, token.range);
  const char *name = NULL;

  if (token.type == HR_TOKEN_NAME_REF)
    name = hr_json_dup_string (hr_json_get (names, written), arena);
  if (name != NULL)
    hr_spell_append_name (out, name);
  else if (token.type == HR_TOKEN_NAME && is_word (written))
    hr_spell_append_name (out, written);
  else if (token.type != HR_TOKEN_VALUE_REF || !append_value (out, hr_json_get (values, written)))
    hr_buffer_append_string (out, written);
}

char *
hr_spell_out (HrExpressionKind kind, const char *text, const HrJson *names, const HrJson *values)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrBuffer out = HR_BUFFER_INIT;
  guint32 at = 0;
  HrLexer lexer;
  HrToken token;

  if (hr_spell_parse (arena, kind, text, strlen (text)) == NULL)
    return NULL;
  hr_lexer_init (&lexer, text, strlen (text));
  for (token = hr_lexer_next (&lexer); token.type != HR_TOKEN_END; token = hr_lexer_next (&lexer))
    {
      hr_buffer_append (&out, text + at, token.range.start - at);
      spell_token (arena, token, text, names, values, &out);
      at = token.range.end;
    }
  hr_buffer_append_string (&out, text + at);
  return hr_buffer_steal (&out, NULL);
}

/* Back into a request */

gboolean
hr_spelling_uses (const char *const *texts, const char *placeholder)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      HrLexer lexer;
      HrToken token;

      hr_lexer_init (&lexer, texts[i], strlen (texts[i]));
      for (token = hr_lexer_next (&lexer); token.type != HR_TOKEN_END; token = hr_lexer_next (&lexer))
        if (token.range.end - token.range.start == strlen (placeholder)
            && strncmp (texts[i] + token.range.start, placeholder, strlen (placeholder)) == 0)
          return TRUE;
    }
  return FALSE;
}

void
hr_spelling_forget (HrSpelling *self, const char *text, const char *const *others)
{
  HrLexer lexer;
  HrToken token;

  hr_lexer_init (&lexer, text, strlen (text));
  for (token = hr_lexer_next (&lexer); token.type != HR_TOKEN_END; token = hr_lexer_next (&lexer))
    {
      const char *placeholder = dup_range (self->arena, text, token.range);

      if ((token.type != HR_TOKEN_NAME_REF && token.type != HR_TOKEN_VALUE_REF)
          || hr_spelling_uses (others, placeholder))
        continue;
      if (token.type == HR_TOKEN_NAME_REF)
        self->names = hr_json_with (self->arena, &self->names, placeholder, NULL);
      else
        self->values = hr_json_with (self->arena, &self->values, placeholder, NULL);
    }
}

/* @mark and what of the stem may stand in a placeholder, with a number when it is taken. */
static const char *
choose_placeholder (HrSpelling *self, const HrJson *taken, char mark, const char *stem)
{
  char *clean = hr_arena_strdup (self->arena, stem);

  g_strcanon (clean, NAME_CHARS, '_');
  for (guint number = 1;; number++)
    {
      const char *name = number == 1 ? hr_arena_printf (self->arena, "%c%s", mark, clean)
                                     : hr_arena_printf (self->arena, "%c%s%u", mark, clean, number);

      if (hr_json_get (taken, name) == NULL)
        return name;
    }
}

const char *
hr_spelling_name (HrSpelling *self, const char *attribute)
{
  const char *placeholder;
  HrJson name;

  if (reads_as_name (attribute) && !hr_reserved_word_find (attribute, strlen (attribute)))
    return hr_arena_strdup (self->arena, attribute);
  for (guint32 i = 0; i < self->names.length; i++)
    if (hr_json_string_equals (&self->names.members[i].value, attribute))
      return hr_arena_strndup (self->arena, self->names.members[i].name, self->names.members[i].name_length);
  placeholder = choose_placeholder (self, &self->names, '#', attribute);
  name = hr_json_new_string (hr_arena_strdup (self->arena, attribute), strlen (attribute));
  self->names = hr_json_with (self->arena, &self->names, placeholder, &name);
  return placeholder;
}

static gboolean
same_json (const HrJson *a, const HrJson *b)
{
  g_auto (HrBuffer) one = HR_BUFFER_INIT;
  g_auto (HrBuffer) other = HR_BUFFER_INIT;

  hr_json_write_compact (&one, a, FALSE);
  hr_json_write_compact (&other, b, FALSE);
  return one.length == other.length && memcmp (one.data, other.data, one.length) == 0;
}

const char *
hr_spelling_value (HrSpelling *self, const char *hint, const HrJson *typed)
{
  const char *placeholder;

  for (guint32 i = 0; i < self->values.length; i++)
    if (same_json (&self->values.members[i].value, typed))
      return hr_arena_strndup (self->arena, self->values.members[i].name, self->values.members[i].name_length);
  placeholder = choose_placeholder (self, &self->values, ':', hint);
  self->values = hr_json_with (self->arena, &self->values, placeholder, typed);
  return placeholder;
}

/* A spelled-out text on its way back. */
typedef struct
{
  HrSpelling *spelling;
  const char *text;
  gsize length;
  gsize at;
  HrBuffer out;
  const char *last_name;  /* hint for the next value */
  gboolean after_operand; /* a minus that follows is an operator */
  gboolean in_index;      /* behind an opening bracket */
  GArray *places;         /* HrRange pairs: in out, in text; of the pieces */
} Reading;

typedef struct
{
  guint32 out;
  guint32 text;
} Place;

static void
put (Reading *reading, const char *text, gsize taken)
{
  Place place = { (guint32) reading->out.length, (guint32) reading->at };

  g_array_append_val (reading->places, place);
  hr_buffer_append_string (&reading->out, text);
  reading->at += taken;
}

/* Behind the quote that closes the string at @at; 0 when none does. */
static gsize
skip_string (const Reading *reading, gsize at)
{
  for (gsize end = at + 1; end < reading->length; end++)
    {
      if (reading->text[end] == '\\')
        end++;
      else if (reading->text[end] == '"')
        return end + 1;
    }
  return 0;
}

/* The string at @at, unescaped and NUL-terminated, or NULL. */
static const char *
read_string (Reading *reading, gsize at, gsize *end)
{
  HrArena *arena = reading->spelling->arena;
  const HrJson *json;
  char *copy;

  *end = skip_string (reading, at);
  if (*end == 0)
    return NULL;
  copy = hr_arena_strndup (arena, reading->text + at, *end - at);
  json = hr_json_parse (arena, copy, *end - at, HR_LIMIT_JSON_DEPTH, NULL);
  return json != NULL ? hr_json_dup_string (json, arena) : NULL;
}

static void
put_value (Reading *reading, const HrJson *typed, gsize end)
{
  const char *hint = reading->last_name != NULL ? reading->last_name : "value";

  put (reading, hr_spelling_value (reading->spelling, hint, typed), end - reading->at);
  reading->after_operand = TRUE;
}

static gboolean
read_quoted (Reading *reading)
{
  HrType type = reading->text[reading->at] == 'b' ? HR_TYPE_B : HR_TYPE_S;
  gsize end;
  const char *text = read_string (reading, reading->at + (type == HR_TYPE_B), &end);
  HrJson typed;

  if (text == NULL)
    return FALSE;
  typed = hr_typed_json_new (reading->spelling->arena, type, text);
  put_value (reading, &typed, end);
  return TRUE;
}

static void
put_name (Reading *reading, const char *name, gsize end)
{
  put (reading, hr_spelling_name (reading->spelling, name), end - reading->at);
  reading->last_name = name;
  reading->after_operand = TRUE;
}

static gboolean
read_quoted_name (Reading *reading)
{
  gsize end;
  const char *name = read_string (reading, reading->at + 1, &end);

  if (name == NULL)
    return FALSE;
  put_name (reading, name, end);
  return TRUE;
}

static gsize
skip_number (const Reading *reading)
{
  gsize end = reading->at + (reading->text[reading->at] == '-');

  while (end < reading->length && (g_ascii_isdigit (reading->text[end]) || reading->text[end] == '.'))
    end++;
  if (end < reading->length && (reading->text[end] == 'e' || reading->text[end] == 'E'))
    {
      gsize exponent = end + 1;

      exponent += exponent < reading->length && strchr ("+-", reading->text[exponent]) != NULL;
      if (exponent < reading->length && g_ascii_isdigit (reading->text[exponent]))
        for (end = exponent; end < reading->length && g_ascii_isdigit (reading->text[end]);)
          end++;
    }
  return end;
}

static gboolean
read_number (Reading *reading)
{
  gsize end = skip_number (reading);
  char *text = hr_arena_strndup (reading->spelling->arena, reading->text + reading->at, end - reading->at);
  HrDecimal decimal;
  HrJson typed;

  if (hr_decimal_parse (&decimal, text, strlen (text)) != HR_DECIMAL_OK)
    return FALSE;
  typed = hr_typed_json_new (reading->spelling->arena, HR_TYPE_N, text);
  put_value (reading, &typed, end);
  return TRUE;
}

static gboolean
read_reference (Reading *reading)
{
  const char *close = memchr (reading->text + reading->at, '}', reading->length - reading->at);
  gsize end;
  HrJson typed;

  if (close == NULL)
    return FALSE;
  end = (gsize) (close - reading->text) + 1;
  typed = hr_typed_json_new (reading->spelling->arena, HR_TYPE_N,
                             hr_arena_strndup (reading->spelling->arena, reading->text + reading->at,
                                               end - reading->at));
  put_value (reading, &typed, end);
  return TRUE;
}

static void
put_word (Reading *reading, const char *word, gsize end)
{
  HrJson object = hr_json_new_object ();
  gboolean is_null = g_str_equal (word, "null");
  HrJson value = hr_json_new_boolean (!g_str_equal (word, "false"));
  HrJson typed = hr_json_with (reading->spelling->arena, &object, is_null ? "NULL" : "BOOL", &value);

  put_value (reading, &typed, end);
}

/* Tokens of the service's language, one at a time. */
static void
read_token (Reading *reading)
{
  HrArena *arena = reading->spelling->arena;
  HrLexer lexer;
  HrToken token;
  HrToken next;
  const char *text;
  gsize end;

  hr_lexer_init (&lexer, reading->text + reading->at, reading->length - reading->at);
  token = hr_lexer_next (&lexer);
  next = hr_lexer_next (&lexer);
  end = reading->at + token.range.end;
  text = dup_range (arena, reading->text + reading->at, token.range);
  if (token.type == HR_TOKEN_NAME && is_word (text))
    put_word (reading, text, end);
  else if (token.type == HR_TOKEN_NAME && token.keyword == HR_KEYWORD_NONE && next.type != HR_TOKEN_LEFT_PAREN)
    put_name (reading, text, end);
  else
    {
      put (reading, text, token.range.end);
      reading->after_operand = token.type == HR_TOKEN_NAME_REF || token.type == HR_TOKEN_VALUE_REF
                               || token.type == HR_TOKEN_RIGHT_PAREN || token.type == HR_TOKEN_RIGHT_BRACKET;
      reading->in_index = token.type == HR_TOKEN_LEFT_BRACKET;
    }
}

static gboolean
read_next (Reading *reading)
{
  char c = reading->text[reading->at];
  char next = reading->at + 1 < reading->length ? reading->text[reading->at + 1] : '\0';

  if (g_ascii_isspace (c))
    {
      hr_buffer_append_char (&reading->out, c);
      reading->at++;
      return TRUE;
    }
  if (c == '"' || (c == 'b' && next == '"'))
    return read_quoted (reading);
  if (c == '#' && next == '"')
    return read_quoted_name (reading);
  if (c == '{')
    return read_reference (reading);
  if (!reading->in_index
      && (g_ascii_isdigit (c) || (c == '.' && g_ascii_isdigit (next))
          || (c == '-' && !reading->after_operand && (g_ascii_isdigit (next) || next == '.'))))
    return read_number (reading);
  read_token (reading);
  return TRUE;
}

/* The place in the text of an offset in what was made of it. */
static guint32
locate (const Reading *reading, guint32 offset)
{
  guint32 found = 0;

  for (guint i = 0; i < reading->places->len; i++)
    if (g_array_index (reading->places, Place, i).out <= offset)
      found = g_array_index (reading->places, Place, i).text;
  return found;
}

static gboolean
fail_at (const Reading *reading, guint32 at, char **message, HrRange *range)
{
  const char *rest = reading->text + MIN (at, reading->length);

  if (message != NULL)
    *message = *rest != '\0' ? g_strdup_printf (_("This cannot be read from “%.20s” on."), rest)
                             : g_strdup (_("Something is missing at the end."));
  if (range != NULL)
    *range = (HrRange) { at, (guint32) reading->length };
  return FALSE;
}

static gboolean
read_all (Reading *reading, HrExpressionKind kind, char **message, HrRange *range)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrContext context = { .arena = reading->spelling->arena, .kind = kind, .error = &error };
  HrTree tree;

  while (reading->at < reading->length)
    if (!read_next (reading))
      return fail_at (reading, (guint32) reading->at, message, range);
  hr_buffer_reserve (&reading->out, 1);
  reading->out.data[reading->out.length] = '\0';
  context.text = reading->out.data;
  context.length = reading->out.length;
  if (hr_parse (&context, &tree))
    return TRUE;
  return fail_at (reading,
                  error.has_range ? locate (reading, error.range.start) : (guint32) reading->length, message, range);
}

const char *
hr_spelling_read (HrSpelling *self, HrExpressionKind kind, const char *text, char **message, HrRange *range)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  Reading reading = { .spelling = self, .text = text, .length = strlen (text), .places = places };
  const char *expression = NULL;

  if (read_all (&reading, kind, message, range))
    expression = hr_arena_strndup (self->arena, reading.out.data, reading.out.length);
  hr_buffer_clear (&reading.out);
  return expression;
}
