/*
 * Fonts and measured texts.
 *
 * For files, a font map of our own: all fonts of the system, none of its rules, hinting and rounding
 * off, so that one machine's settings do not show in a picture. Layouts are cached in two generations: when
 * the younger is full it becomes the older, and what is still in use moves back.
 */

#include "render/text.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"

#define GENERATION_SIZE 2048
#define RESOLUTION_DPI 96

typedef struct
{
  const char *name;
  gboolean mono;
  double size_px;
  PangoWeight weight;
} StyleRow;

static const StyleRow styles[HR_N_STYLES] = {
  [HR_STYLE_BODY] = { "body", FALSE, 14, PANGO_WEIGHT_NORMAL },
  [HR_STYLE_BODY_BOLD] = { "body-bold", FALSE, 14, PANGO_WEIGHT_BOLD },
  [HR_STYLE_MONO] = { "mono", TRUE, 12.5, PANGO_WEIGHT_NORMAL },
  [HR_STYLE_MONO_BOLD] = { "mono-bold", TRUE, 12.5, PANGO_WEIGHT_BOLD },
  [HR_STYLE_CAPTION] = { "caption", FALSE, 12, PANGO_WEIGHT_NORMAL },
  [HR_STYLE_CAPTION_BOLD] = { "caption-bold", FALSE, 12, PANGO_WEIGHT_BOLD },
  [HR_STYLE_CAPTION_MONO] = { "caption-mono", TRUE, 11, PANGO_WEIGHT_NORMAL },
  [HR_STYLE_SECTION] = { "section", FALSE, 15, PANGO_WEIGHT_BOLD },
  [HR_STYLE_TITLE] = { "title", FALSE, 21, PANGO_WEIGHT_ULTRABOLD },
};

static const char fixed_fonts[] =
    "<fontconfig><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir><dir prefix=\"xdg\">fonts</dir>"
    "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir></fontconfig>";

#define FIXED_SANS "Cantarell"
#define FIXED_MONO "DejaVu Sans Mono"

/* Letters whose widths are kept; of others as much is assumed as of the widest that are usual, in digits. */
#define N_ASCII 128
#define OTHER_DIGITS 1.6

struct _HrText
{
  /* owned */
  PangoContext *context;
  PangoFontDescription *fonts[HR_N_STYLES];
  double baselines[HR_N_STYLES];
  float advances[HR_N_STYLES][N_ASCII]; /* px; 0: not measured yet */
  double scale;
  GHashTable *young; /* CacheKey → PangoLayout */
  GHashTable *old;
};

typedef struct
{
  guint8 style;
  guint8 ellipsis;
  gint32 width; /* pango units, -1 unlimited */
  guint32 length;
  char text[];
} CacheKey;

static guint
cache_key_hash (gconstpointer data)
{
  const CacheKey *key = data;
  guint hash = key->style * 31 + key->ellipsis + (guint) key->width * 131;

  for (guint32 i = 0; i < key->length; i++)
    hash = hash * 33 + (guchar) key->text[i];
  return hash;
}

static gboolean
cache_key_equal (gconstpointer a, gconstpointer b)
{
  const CacheKey *x = a;
  const CacheKey *y = b;

  return x->style == y->style && x->ellipsis == y->ellipsis && x->width == y->width && x->length == y->length
         && memcmp (x->text, y->text, x->length) == 0;
}

static GHashTable *
new_generation (void)
{
  return g_hash_table_new_full (cache_key_hash, cache_key_equal, g_free, g_object_unref);
}

static void
set_fonts (HrText *self, const char *sans, const char *mono, double scale)
{
  for (guint i = 0; i < HR_N_STYLES; i++)
    {
      PangoFontDescription *font = pango_font_description_new ();

      pango_font_description_set_family (font, styles[i].mono ? mono : sans);
      pango_font_description_set_weight (font, styles[i].weight);
      pango_font_description_set_absolute_size (font, styles[i].size_px * scale * PANGO_SCALE);
      self->fonts[i] = font;
      self->baselines[i] = -1;
    }
}

static HrText *
text_new (PangoContext *context, const char *sans, const char *mono, double scale)
{
  HrText *self = g_new0 (HrText, 1);

  self->context = context;
  self->young = new_generation ();
  self->old = new_generation ();
  self->scale = scale;
  set_fonts (self, sans, mono, scale);
  return self;
}

static void
fix_rendering (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, RESOLUTION_DPI);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("en"));
  cairo_font_options_destroy (options);
}

static gboolean
has_family (PangoFontMap *map, const char *family)
{
  return pango_font_map_get_family (map, family) != NULL;
}

HrText *
hr_text_new_fixed (GError **error)
{
  FcConfig *config = FcConfigCreate ();
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  PangoContext *context;

  FcConfigParseAndLoadFromMemory (config, (const FcChar8 *) fixed_fonts, FcTrue);
  FcConfigBuildFonts (config);
  pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (map), config);
  FcConfigDestroy (config);
  if (!has_family (map, FIXED_SANS) || !has_family (map, FIXED_MONO))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND,
                   _ ("The fonts %s and %s are needed for pictures; install fonts-cantarell and fonts-dejavu-core."),
                   FIXED_SANS, FIXED_MONO);
      return NULL;
    }

  context = pango_font_map_create_context (map);
  fix_rendering (context);
  return text_new (context, FIXED_SANS, FIXED_MONO, 1.0);
}

HrText *
hr_text_new_screen (PangoContext *context, const char *monospace_family, double scale)
{
  const PangoFontDescription *font = pango_context_get_font_description (context);
  const char *sans = font != NULL ? pango_font_description_get_family (font) : NULL;

  return text_new (g_object_ref (context), sans != NULL ? sans : "Sans",
                   monospace_family != NULL ? monospace_family : "Monospace", scale);
}

void
hr_text_free (HrText *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < HR_N_STYLES; i++)
    pango_font_description_free (self->fonts[i]);
  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_object_unref (self->context);
  g_free (self);
}

const char *
hr_text_style_get_name (HrTextStyle style)
{
  return styles[style].name;
}

double
hr_text_get_scale (const HrText *self)
{
  return self->scale;
}

static PangoLayout *
create_layout (HrText *self, const CacheKey *key)
{
  static const PangoEllipsizeMode modes[] = {
    [HR_ELLIPSIS_NONE] = PANGO_ELLIPSIZE_NONE,
    [HR_ELLIPSIS_END] = PANGO_ELLIPSIZE_END,
    [HR_ELLIPSIS_MIDDLE] = PANGO_ELLIPSIZE_MIDDLE,
  };
  PangoLayout *layout = pango_layout_new (self->context);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* digits of one width, so that numbers under each other can be compared */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_font_description (layout, self->fonts[key->style]);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, key->text, (int) key->length);
  pango_layout_set_width (layout, key->width);
  pango_layout_set_ellipsize (layout, modes[key->ellipsis]);
  return layout;
}

/* A hit in the older generation moves to the younger one. */
static PangoLayout *
take_from_old (HrText *self, const CacheKey *key)
{
  gpointer stored_key;
  gpointer layout;

  if (!g_hash_table_steal_extended (self->old, key, &stored_key, &layout))
    return NULL;
  g_hash_table_insert (self->young, stored_key, layout);
  return layout;
}

PangoLayout *
hr_text_get_layout (HrText *self, HrTextStyle style, const char *text, gsize length, double width_px,
                    HrEllipsis ellipsis)
{
  gboolean is_limited = width_px >= 0 && ellipsis != HR_ELLIPSIS_NONE;
  CacheKey *key = g_malloc0 (sizeof (CacheKey) + length + 1);
  PangoLayout *layout;

  key->style = style;
  key->ellipsis = is_limited ? ellipsis : HR_ELLIPSIS_NONE;
  key->width = is_limited ? (gint32) (width_px * PANGO_SCALE) : -1;
  key->length = length;
  memcpy (key->text, text, length);

  layout = g_hash_table_lookup (self->young, key);
  if (layout == NULL)
    layout = take_from_old (self, key);
  if (layout != NULL)
    {
      g_free (key);
      return layout;
    }
  if (g_hash_table_size (self->young) >= GENERATION_SIZE)
    {
      g_hash_table_unref (self->old);
      self->old = g_steal_pointer (&self->young);
      self->young = new_generation ();
    }
  layout = create_layout (self, key);
  g_hash_table_insert (self->young, key, layout);
  return layout;
}

void
hr_text_measure (HrText *self, HrTextStyle style, const char *text, gsize length, double *width_px, double *height_px)
{
  PangoLayout *layout = hr_text_get_layout (self, style, text, length, -1, HR_ELLIPSIS_NONE);
  int width;
  int height;

  pango_layout_get_size (layout, &width, &height);
  if (width_px != NULL)
    *width_px = (double) width / PANGO_SCALE;
  if (height_px != NULL)
    *height_px = (double) height / PANGO_SCALE;
}

double
hr_text_get_baseline (HrText *self, HrTextStyle style)
{
  if (self->baselines[style] < 0)
    {
      PangoLayout *layout = hr_text_get_layout (self, style, "x", 1, -1, HR_ELLIPSIS_NONE);

      self->baselines[style] = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
    }
  return self->baselines[style];
}

double
hr_text_get_digit_width (HrText *self, HrTextStyle style)
{
  double width;

  hr_text_measure (self, style, "0", 1, &width, NULL);
  return width;
}

static double
get_advance (HrText *self, HrTextStyle style, char letter)
{
  float *advance = &self->advances[style][(guint8)letter];
  double width;

  if (*advance == 0)
    {
      hr_text_measure (self, style, &letter, 1, &width, NULL);
      *advance = (float)width;
    }
  return *advance;
}

double
hr_text_estimate (HrText *self, HrTextStyle style, const char *text, gsize length)
{
  double other = OTHER_DIGITS * get_advance (self, style, '0');
  double width = 0;

  for (gsize i = 0; i < length; i++)
    if ((guint8)text[i] < N_ASCII)
      width += get_advance (self, style, text[i] >= ' ' ? text[i] : '0');
    else if ((guint8)text[i] >= 0xc0) /* where a letter begins */
      width += other;
  return width;
}
