/*
 * Small things that drawing the table is made of.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

#define BAR_HEIGHT  5
#define LEAST_WIDTH 28
#define ROUNDING    0.01
#define LRI         "\u2066"
#define PDI         "\u2069"

/* Bars would shout in the colours of texts. */
static HrColor
get_bar_color (HrColor color)
{
  if (color >= HR_COLOR_ENTITY)
    return color - (color - HR_COLOR_ENTITY) % 3 + HR_PART_MARK;
  return color == HR_COLOR_TEXT || color == HR_COLOR_TEXT_DIM ? HR_COLOR_TEXT_FAINT : color;
}

static void
add_bar (const HrTableFrame *self, const HrRect *rect, const HrTextLook *look, double width)
{
  double height = BAR_HEIGHT * self->table->metrics.unit;
  double space = rect->width - MIN (width, rect->width);
  HrRect bar = { rect->x, rect->y + (rect->height - height) / 2, MIN (width, rect->width), height };

  if (look->align != HR_ALIGN_START)
    bar.x += look->align == HR_ALIGN_END ? space : space / 2;
  hr_pen_box (&self->pen, &bar, &(HrBox) { .fill = get_bar_color (look->color), .radius = height / 2 });
}

gboolean
hr_frame_add_text (const HrTableFrame *self, const HrRect *rect, const HrTextLook *look, const char *text,
                   gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  HrTextLook fitting = *look;
  double width;

  double room = look->vertical ? rect->height : rect->width;

  if (n == 0)
    return FALSE;
  hr_text_measure (self->table->look.text, look->style, text, n, &width, NULL);
  if (width <= room + ROUNDING)
    fitting.ellipsis = HR_ELLIPSIS_NONE;
  else if (room < LEAST_WIDTH * self->table->metrics.unit)
    return TRUE; /* an ellipsis alone says nothing */
  if (self->shows_bars && !look->vertical)
    add_bar (self, rect, look, width);
  else
    hr_pen_text (&self->pen, rect, &fitting, text, (gssize) n);
  return fitting.ellipsis != HR_ELLIPSIS_NONE;
}

double
hr_frame_measure (const HrTableFrame *self, HrTextStyle style, const char *text)
{
  double width;

  hr_text_measure (self->table->look.text, style, text, strlen (text), &width, NULL);
  return width;
}

static gboolean
is_right_to_left (GUnicodeScript script)
{
  return script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW || script == G_UNICODE_SCRIPT_SYRIAC
         || script == G_UNICODE_SCRIPT_THAANA || script == G_UNICODE_SCRIPT_NKO;
}

/* Spans stand in the order of the words' own direction, that of their first letter, which need not be the picture's. */
static gboolean
is_against (const HrTableFrame *self, const char *words)
{
  const char *at = words;

  while (*at != '\0' && !g_unichar_isalpha (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return *at != '\0'
         && is_right_to_left (g_unichar_get_script (g_utf8_get_char (at))) != self->table->look.right_to_left;
}

double
hr_frame_add_words (const HrTableFrame *self, const HrRect *rect, HrColor color, const char *words, gboolean draws)
{
  g_auto (GStrv) spans = g_strsplit (words, "`", -1);
  guint n_spans = g_strv_length (spans);
  g_autofree double *widths = g_new0 (double, n_spans + 1);
  gboolean is_turned = is_against (self, words);
  double total = 0;
  double x = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      widths[i] = hr_frame_measure (self, i % 2 == 0 ? HR_STYLE_CAPTION : HR_STYLE_CAPTION_MONO, spans[i]);
      total += widths[i];
    }
  for (guint i = 0; draws && i < n_spans && x < rect->width; i++)
    {
      HrTextLook look = { .style = i % 2 == 0 ? HR_STYLE_CAPTION : HR_STYLE_CAPTION_MONO, .color = color,
                          .ellipsis = HR_ELLIPSIS_END };
      double width = MIN (widths[i], rect->width - x);
      HrRect place = { rect->x + (is_turned ? MIN (total, rect->width) - x - width : x), rect->y, width, rect->height };

      hr_frame_add_text (self, &place, &look, spans[i], -1);
      x += widths[i];
    }
  return total;
}

double
hr_frame_add_pill (const HrTableFrame *self, double x, double y, const char *text, HrColor fill, HrColor ink,
                   gboolean from_end)
{
  double unit = self->table->metrics.unit;
  double width = hr_frame_measure (self, HR_STYLE_CAPTION_BOLD, text) + 20 * unit;
  HrRect rect = { from_end ? x - width : x, y, width, 20 * unit };
  HrTextLook look = { .style = HR_STYLE_CAPTION_BOLD, .color = ink, .align = HR_ALIGN_CENTER };

  hr_pen_box (&self->pen, &rect, &(HrBox) { .fill = fill, .radius = rect.height / 2 });
  hr_frame_add_text (self, &rect, &look, text, -1);
  return width;
}

const char *
hr_frame_isolate (const HrTableFrame *self, const char *text)
{
  return self->table->look.right_to_left ? hr_arena_printf (self->arena, LRI "%s" PDI, text) : text;
}

static const char *
format_one (const HrTableFrame *self, double units, const char *name)
{
  return hr_frame_isolate (self, hr_arena_printf (self->arena, "%.1f %s", units, name));
}

const char *
hr_frame_format_units (const HrTableFrame *self, double read_units, double write_units)
{
  const char *read = read_units > 0 ? format_one (self, read_units, "RCU") : NULL;
  const char *written = write_units > 0 ? format_one (self, write_units, "WCU") : NULL;

  if (read == NULL || written == NULL)
    return read != NULL ? read : written;
  return hr_arena_printf (self->arena, _ ("%s · %s"), read, written);
}
