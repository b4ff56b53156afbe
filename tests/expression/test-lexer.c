/* Tokens of single texts, with their ranges, and what holds for any text. */
#include "model/expression/lexer.h"

#include <string.h>

static const char *const type_names[] = {
  [HR_TOKEN_END] = "end",         [HR_TOKEN_NAME] = "name",
  [HR_TOKEN_NAME_REF] = "#",      [HR_TOKEN_VALUE_REF] = ":",
  [HR_TOKEN_NUMBER] = "number",   [HR_TOKEN_EQ] = "=",
  [HR_TOKEN_NE] = "<>",           [HR_TOKEN_LT] = "<",
  [HR_TOKEN_LE] = "<=",           [HR_TOKEN_GT] = ">",
  [HR_TOKEN_GE] = ">=",           [HR_TOKEN_PLUS] = "+",
  [HR_TOKEN_MINUS] = "-",         [HR_TOKEN_LEFT_PAREN] = "(",
  [HR_TOKEN_RIGHT_PAREN] = ")",   [HR_TOKEN_LEFT_BRACKET] = "[",
  [HR_TOKEN_RIGHT_BRACKET] = "]", [HR_TOKEN_DOT] = ".",
  [HR_TOKEN_COMMA] = ",",         [HR_TOKEN_UNKNOWN] = "?",
};

/* `type@start-end` for each token, one space between them. */
static char *
describe (const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HrLexer lexer;
  HrToken token;

  hr_lexer_init (&lexer, text, length);
  for (token = hr_lexer_next (&lexer); token.type != HR_TOKEN_END; token = hr_lexer_next (&lexer))
    g_string_append_printf (out, "%s%s@%u-%u", out->len > 0 ? " " : "", type_names[token.type],
                            token.range.start, token.range.end);
  g_assert_cmpuint (token.range.start, ==, length);
  g_assert_cmpuint (token.range.end, ==, length);
  g_assert_cmpint (hr_lexer_next (&lexer).type, ==, HR_TOKEN_END);
  return g_strdup (out->str);
}

static void
test_tokens (void)
{
  static const struct
  {
    const char *text;
    const char *tokens;
  } cases[] = {
    { "", "" },
    { " \t\r\n", "" },
    { "a", "name@0-1" },
    { "a_1 B", "name@0-3 name@4-5" },
    { "#a :b", "#@0-2 :@3-5" },
    { "#1 :_", "#@0-2 :@3-5" },
    { "#a.b[10]", "#@0-2 .@2-3 name@3-4 [@4-5 number@5-7 ]@7-8" },
    { "a<b<=c<>d>e>=f=g",
      "name@0-1 <@1-2 name@2-3 <=@3-5 name@5-6 <>@6-8 name@8-9 >@9-10 name@10-11 >=@11-13 "
      "name@13-14 =@14-15 name@15-16" },
    { "<", "<@0-1" },
    { "< =", "<@0-1 =@2-3" },
    { "=<>=", "=@0-1 <>@1-3 =@3-4" },
    { "(a,b)+-", "(@0-1 name@1-2 ,@2-3 name@3-4 )@4-5 +@5-6 -@6-7" },
    { "_a", "?@0-1 name@1-2" },
    { "_1", "?@0-1 number@1-2" },
    { "12ab", "number@0-2 name@2-4" },
    { "#", "?@0-1" },
    { ": a", "?@0-1 name@2-3" },
    { "##a", "?@0-1 #@1-3" },
    { "a!=b", "name@0-1 ?@1-2 =@2-3 name@3-4" },
    { "\"x\"", "?@0-1 name@1-2 ?@2-3" },
    { "ü😀", "?@0-2 ?@2-6" },
    { "\xff\xfe", "?@0-1 ?@1-2" },
    { "\xe2\x82", "?@0-1 ?@1-2" },
    { "a\vb", "name@0-1 ?@1-2 name@2-3" },
    { "a\xc2\xa0", "name@0-1 ?@1-3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tokens = describe (cases[i].text, strlen (cases[i].text));

      g_assert_cmpstr (tokens, ==, cases[i].tokens);
    }
}

static void
test_embedded_nul (void)
{
  g_autofree char *tokens = describe ("a\0b", 3);

  g_assert_cmpstr (tokens, ==, "name@0-1 ?@1-2 name@2-3");
}

static void
test_keywords (void)
{
  static const struct
  {
    const char *text;
    HrKeyword keyword;
  } cases[] = {
    { "AND", HR_KEYWORD_AND },       { "and", HR_KEYWORD_AND },     { "Between", HR_KEYWORD_BETWEEN },
    { "iN", HR_KEYWORD_IN },         { "NOT", HR_KEYWORD_NOT },     { "or", HR_KEYWORD_OR },
    { "set", HR_KEYWORD_SET },       { "ADD", HR_KEYWORD_ADD },     { "Remove", HR_KEYWORD_REMOVE },
    { "delete", HR_KEYWORD_DELETE }, { "ands", HR_KEYWORD_NONE },   { "an", HR_KEYWORD_NONE },
    { "or_", HR_KEYWORD_NONE },      { "inside", HR_KEYWORD_NONE }, { "#and", HR_KEYWORD_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrLexer lexer;

      hr_lexer_init (&lexer, cases[i].text, strlen (cases[i].text));
      g_assert_cmpint (hr_lexer_next (&lexer).keyword, ==, cases[i].keyword);
    }
}

/* Tokens of random bytes: they follow each other, end, and leave out nothing but space. */
static void
test_any_bytes (void)
{
  static const char alphabet[] = "aZ_09#:=<>()[].,+- \t\n!\"\xc3\xbc\xff";

  for (guint round = 0; round < 5000; round++)
    {
      char text[24];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      guint32 end = 0;
      HrLexer lexer;
      HrToken token;

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet)];
      hr_lexer_init (&lexer, text, length);
      do
        {
          token = hr_lexer_next (&lexer);
          for (; end < token.range.start; end++)
            g_assert_nonnull (strchr (" \t\n", text[end]));
          g_assert_cmpuint (token.range.start, ==, end);
          g_assert_true (token.range.end > end || token.type == HR_TOKEN_END);
          end = token.range.end;
        }
      while (token.type != HR_TOKEN_END);
      g_assert_cmpuint (end, ==, length);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/lexer/tokens", test_tokens);
  g_test_add_func ("/expression/lexer/embedded-nul", test_embedded_nul);
  g_test_add_func ("/expression/lexer/keywords", test_keywords);
  g_test_add_func ("/expression/lexer/any-bytes", test_any_bytes);
  return g_test_run ();
}
