/*
 * Does this text occur in an item, in whatever case?
 *
 * Looked for are the texts that a person sees: strings, numbers, true, false and null, at any depth, and the
 * names inside maps; not the names of attributes, which are the same in all rows, and not bytes. Most texts
 * are ASCII, where folding is a subtraction; only one with other characters is folded as a whole.
 */
#include "model/document/outline-private.h"

#include "model/value/codec.h"

struct _HrOutlineFilter
{
  char *folded;
  gsize length;
  gboolean is_ascii;
};

static gboolean
is_ascii (const char *bytes, gsize length)
{
  guint8 bits = 0;

  for (gsize i = 0; i < length; i++)
    bits |= (guint8) bytes[i];
  return bits < 0x80;
}

HrOutlineFilter *
hr_outline_filter_new (const char *text)
{
  HrOutlineFilter *self;

  if (text == NULL || text[0] == '\0')
    return NULL;
  self = g_new (HrOutlineFilter, 1);
  self->folded = g_utf8_validate (text, -1, NULL) ? g_utf8_casefold (text, -1) : g_ascii_strdown (text, -1);
  self->length = strlen (self->folded);
  self->is_ascii = is_ascii (self->folded, self->length);
  return self;
}

void
hr_outline_filter_free (HrOutlineFilter *self)
{
  if (self == NULL)
    return;
  g_free (self->folded);
  g_free (self);
}

static gboolean
matches_at (const HrOutlineFilter *self, const char *bytes)
{
  for (gsize i = 0; i < self->length; i++)
    if (g_ascii_tolower (bytes[i]) != self->folded[i])
      return FALSE;
  return TRUE;
}

static gboolean
matches_ascii (const HrOutlineFilter *self, const char *bytes, gsize length)
{
  for (gsize i = 0; i + self->length <= length; i++)
    if (g_ascii_tolower (bytes[i]) == self->folded[0] && matches_at (self, bytes + i))
      return TRUE;
  return FALSE;
}

/* Folding stops at NUL characters, which no filter contains; so the pieces between them are looked at. */
static gboolean
matches_folded (const HrOutlineFilter *self, const char *bytes, gsize length)
{
  const char *end = bytes + length;

  for (const char *at = bytes; at < end;)
    {
      const char *zero = memchr (at, 0, (gsize) (end - at));
      const char *stop = zero != NULL ? zero : end;
      g_autofree char *folded = g_utf8_casefold (at, stop - at);

      if (strstr (folded, self->folded) != NULL)
        return TRUE;
      at = stop + 1;
    }
  return FALSE;
}

static gboolean
matches_text (const HrOutlineFilter *self, const char *bytes, gsize length)
{
  if (matches_ascii (self, bytes, length))
    return TRUE;
  return !is_ascii (bytes, length) && g_utf8_validate_len (bytes, length, NULL)
         && matches_folded (self, bytes, length);
}

static gboolean
matches_number (const HrOutlineFilter *self, const HrValue *value)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  return self->is_ascii && hr_value_to_text (value, &text) && matches_ascii (self, text.data, text.length);
}

static gboolean
matches_word (const HrOutlineFilter *self, const char *word)
{
  return matches_ascii (self, word, strlen (word));
}

static gboolean
matches_value (const HrOutlineFilter *self, const HrValue *value)
{
  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
      return matches_text (self, value->bytes, value->length);
    case HR_TYPE_N:
      return matches_number (self, value);
    case HR_TYPE_BOOL:
      return matches_word (self, value->boolean ? "true" : "false");
    case HR_TYPE_NULL:
      return matches_word (self, "null");
    case HR_TYPE_M:
      for (guint32 i = 0; i < value->length; i++)
        if (matches_text (self, value->members[i].name, value->members[i].name_length)
            || matches_value (self, &value->members[i].value))
          return TRUE;
      return FALSE;
    case HR_TYPE_L:
    case HR_TYPE_SS:
    case HR_TYPE_NS:
      for (guint32 i = 0; i < value->length; i++)
        if (matches_value (self, &value->elements[i]))
          return TRUE;
      return FALSE;
    case HR_TYPE_B:
    case HR_TYPE_BS:
    case HR_N_TYPES:
      break;
    }
  return FALSE;
}

gboolean
hr_outline_filter_matches (const HrOutlineFilter *self, const HrValue *item)
{
  for (guint32 i = 0; i < item->length; i++)
    if (matches_value (self, &item->members[i].value))
      return TRUE;
  return FALSE;
}
