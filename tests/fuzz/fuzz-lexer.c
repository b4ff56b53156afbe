/*
 * Any bytes through the lexer: tokens follow one another inside the text, each takes at least one
 * byte, between them stands nothing but blanks, and after the last one the end stays the end.
 */
#include "model/expression/lexer.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  HrLexer lexer;
  HrToken token;
  guint32 end = 0;

  hr_lexer_init (&lexer, (const char *) data, size);
  while ((token = hr_lexer_next (&lexer)).type != HR_TOKEN_END)
    {
      g_assert_true (end <= token.range.start && token.range.start < token.range.end
                     && token.range.end <= size);
      for (guint32 i = end; i < token.range.start; i++)
        g_assert_true (data[i] != '\0' && strchr (" \t\r\n", data[i]) != NULL);
      end = token.range.end;
    }
  for (gsize i = end; i < size; i++)
    g_assert_true (data[i] != '\0' && strchr (" \t\r\n", data[i]) != NULL);
  g_assert_true (hr_lexer_next (&lexer).type == HR_TOKEN_END);
  return 0;
}
