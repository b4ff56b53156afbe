#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * HrText: fonts and measured texts. For files it uses a private font map with fixed settings, so
 * that the same input gives the same bytes; for the screen the person's own fonts.
 */
typedef struct _HrText HrText;

typedef enum
{
  HR_STYLE_BODY,       /* 14 px */
  HR_STYLE_BODY_BOLD,
  HR_STYLE_MONO,       /* keys, attribute names, values of keys */
  HR_STYLE_MONO_BOLD,
  HR_STYLE_CAPTION,    /* 12 px */
  HR_STYLE_CAPTION_BOLD,
  HR_STYLE_CAPTION_MONO,
  HR_STYLE_SECTION,    /* 15 px bold */
  HR_STYLE_TITLE,      /* 21 px extra bold */
  HR_N_STYLES,
} HrTextStyle;

typedef enum
{
  HR_ELLIPSIS_NONE,
  HR_ELLIPSIS_END,
  HR_ELLIPSIS_MIDDLE,
} HrEllipsis;

/** Fixed fonts and settings, for files and tests. NULL with @error naming the font packages when they are missing. */
HrText *hr_text_new_fixed  (GError **error);
/** On a context of the screen's (borrowed font map), with text scale @scale (1.0 = 100 %). */
HrText *hr_text_new_screen (PangoContext *context, const char *monospace_family, double scale);
void    hr_text_free       (HrText *self);

const char *hr_text_style_get_name (HrTextStyle style);
/** How much larger than designed texts are: 1.0 = 100 %. */
double hr_text_get_scale (const HrText *self);

/** A layout for @text, cached (borrowed until the next call that evicts it: use at once). @width_px < 0: unlimited. */
PangoLayout *hr_text_get_layout (HrText *self, HrTextStyle style, const char *text, gsize length, double width_px,
                                 HrEllipsis ellipsis);
/** Size in px of the text on one line. */
void   hr_text_measure (HrText *self, HrTextStyle style, const char *text, gsize length, double *width_px,
                        double *height_px);
/** Distance in px from the top of a line to its baseline. */
double hr_text_get_baseline (HrText *self, HrTextStyle style);
/** Width of a digit in px, for tabular columns. */
double hr_text_get_digit_width (HrText *self, HrTextStyle style);
/** The width of a text in px without shaping it: hardly ever less than hr_text_measure() says, and not much
 * more. */
double hr_text_estimate (HrText *self, HrTextStyle style, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrText, hr_text_free)

G_END_DECLS
