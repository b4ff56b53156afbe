/*
 * Findings about one text, and where in it they are.
 *
 * Findings mostly arrive in the order of the text, so the list remembers the last place it located and
 * counts lines on from there: a file with thousands of findings is read once, not once for each.
 */
#include "model/base/diagnostic.h"

#include "model/base/text.h"

#include <stdarg.h>

typedef struct
{
  gsize offset;
  guint line;
  guint column;
} Place;

#define PLACE_START ((Place) { 0, 1, 1 })

struct _HrDiagnostics
{
  /* owned */
  GPtrArray *list;
  gboolean has_error;

  /* borrowed */
  const char *text;
  gsize text_length;
  Place last;
};

static void
place_advance (Place *place, const char *text, gsize length, gsize offset)
{
  gsize end = MIN (offset, length);

  for (; place->offset < end; place->offset++)
    {
      guchar byte = (guchar) text[place->offset];

      if (byte == '\n')
        {
          place->line++;
          place->column = 1;
        }
      else if ((byte & 0xc0) != 0x80) /* bytes that continue a character are no column */
        place->column++;
    }
}

void
hr_range_locate (const char *text, gsize length, guint32 offset, guint *line, guint *column)
{
  Place place = PLACE_START;

  place_advance (&place, text, length, offset);
  *line = place.line;
  *column = place.column;
}

const char *
hr_severity_get_name (HrSeverity severity)
{
  switch (severity)
    {
    case HR_SEVERITY_NOTE:
      return "note";
    case HR_SEVERITY_WARNING:
      return "warning";
    case HR_SEVERITY_ERROR:
      return "error";
    }
  g_return_val_if_reached ("error");
}

HrConcern *
hr_concern_copy (const HrConcern *self)
{
  HrConcern *copy;
  char *to;

  if (self == NULL)
    return NULL;
  copy = g_malloc (sizeof *self + hr_text_size (self->table) + hr_text_size (self->owner) + hr_text_size (self->name)
                   + hr_text_size (self->detail));
  to = (char *) (copy + 1);
  *copy = *self;
  copy->table = hr_text_put (&to, self->table);
  copy->owner = hr_text_put (&to, self->owner);
  copy->name = hr_text_put (&to, self->name);
  copy->detail = hr_text_put (&to, self->detail);
  return copy;
}

static void
diagnostic_free (gpointer data)
{
  HrDiagnostic *diagnostic = data;

  g_free (diagnostic->message);
  g_free (diagnostic->concern);
  g_free (diagnostic);
}

HrDiagnostics *
hr_diagnostics_new (void)
{
  HrDiagnostics *self = g_new0 (HrDiagnostics, 1);

  self->list = g_ptr_array_new_with_free_func (diagnostic_free);
  self->last = PLACE_START;
  return self;
}

void
hr_diagnostics_free (HrDiagnostics *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->list);
  g_free (self);
}

void
hr_diagnostics_set_text (HrDiagnostics *self, const char *text, gsize length)
{
  self->text = text;
  self->text_length = length;
  self->last = PLACE_START;
}

static void
diagnostics_locate (HrDiagnostics *self, HrDiagnostic *diagnostic)
{
  if (self->text == NULL || hr_range_is_none (diagnostic->range))
    return;

  if (diagnostic->range.start < self->last.offset)
    self->last = PLACE_START;
  place_advance (&self->last, self->text, self->text_length, diagnostic->range.start);
  diagnostic->line = self->last.line;
  diagnostic->column = self->last.column;
}

void
hr_diagnostics_add (HrDiagnostics *self, HrSeverity severity, const char *code, HrRange range,
                    const char *format, ...)
{
  HrDiagnostic *diagnostic = g_new0 (HrDiagnostic, 1);
  va_list arguments;

  diagnostic->severity = severity;
  diagnostic->code = code;
  diagnostic->range = range;
  va_start (arguments, format);
  diagnostic->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  diagnostics_locate (self, diagnostic);
  g_ptr_array_add (self->list, diagnostic);
  self->has_error |= severity == HR_SEVERITY_ERROR;
}

void
hr_diagnostics_set_concern (HrDiagnostics *self, const HrConcern *concern)
{
  HrDiagnostic *last;

  g_return_if_fail (self->list->len > 0 && concern != NULL);

  last = g_ptr_array_index (self->list, self->list->len - 1);
  g_free (last->concern);
  last->concern = hr_concern_copy (concern);
}

void
hr_diagnostics_append (HrDiagnostics *self, const HrDiagnostics *other)
{
  for (guint i = 0; i < other->list->len; i++)
    {
      HrDiagnostic *copy = g_memdup2 (g_ptr_array_index (other->list, i), sizeof (HrDiagnostic));

      copy->message = g_strdup (copy->message);
      copy->concern = hr_concern_copy (copy->concern);
      g_ptr_array_add (self->list, copy);
    }
  self->has_error |= other->has_error;
}

guint
hr_diagnostics_get_count (const HrDiagnostics *self)
{
  return self->list->len;
}

const HrDiagnostic *
hr_diagnostics_get (const HrDiagnostics *self, guint index)
{
  g_return_val_if_fail (index < self->list->len, NULL);
  return g_ptr_array_index (self->list, index);
}

gboolean
hr_diagnostics_has_error (const HrDiagnostics *self)
{
  return self->has_error;
}

static gint
compare_places_cb (gconstpointer a, gconstpointer b)
{
  const HrDiagnostic *one = *(const HrDiagnostic *const *) a;
  const HrDiagnostic *two = *(const HrDiagnostic *const *) b;

  /* HR_RANGE_NONE is the largest offset, so those without a place come last by themselves. */
  return (one->range.start > two->range.start) - (one->range.start < two->range.start);
}

void
hr_diagnostics_sort (HrDiagnostics *self)
{
  g_ptr_array_sort (self->list, compare_places_cb);
}
