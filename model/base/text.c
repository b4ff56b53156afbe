/*
 * Sentences from tables, and texts that live behind a struct.
 *
 * A compiler can check a format against its arguments only where both stand together. A sentence that is chosen from
 * a table takes one name, which is put in as text.
 */
#include "model/base/text.h"

#include <string.h>

char *
hr_text_fill (const char *sentence, const char *name)
{
  GString *text = g_string_new (NULL);
  const char *mark;

  for (; (mark = strstr (sentence, "%s")) != NULL; sentence = mark + 2)
    {
      g_string_append_len (text, sentence, mark - sentence);
      g_string_append (text, name);
    }
  g_string_append (text, sentence);
  return g_string_free (text, FALSE);
}

char *
hr_text_put (char **to, const char *text)
{
  char *at = *to;

  if (text == NULL)
    return NULL;
  *to = g_stpcpy (at, text) + 1;
  return at;
}

gsize
hr_text_size (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}
