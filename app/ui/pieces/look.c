/* Themes, fonts and letters: one place, so that they look the same everywhere. */
#include "app/ui/pieces/look.h"

#include <pango/pangocairo.h>

#include "app/ui/pieces/preferences.h"

#define ICON_PX     16
#define ICON_GROWTH 0.75 /* of what texts grow by */

HrTheme
hr_look_get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? HR_THEME_HIGH_CONTRAST_DARK : HR_THEME_HIGH_CONTRAST;
  return dark ? HR_THEME_DARK : HR_THEME_LIGHT;
}

double
hr_look_get_dim (void)
{
  HrPreferences *preferences = hr_preferences_get_default ();
  double usual = hr_theme_get_dim (hr_look_get_theme ());

  return usual < 1 && preferences != NULL ? hr_preferences_get (preferences, HR_SETTING_DIM_PERCENT) / 100.0 : usual;
}

HrText *
hr_look_new_text (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_create_pango_context (widget);
  cairo_font_options_t *options = cairo_font_options_create ();
  HrText *text;

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  text = hr_text_new_screen (context, "Monospace", 1.0);
  g_object_unref (context);
  return text;
}

static double
get_text_scale (GtkSettings *settings)
{
  int dpi = 0; /* 1024ths; -1: unknown */

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / 1024.0 / 96.0, 0.5, 3) : 1;
}

static double
get_icon_scale (GtkSettings *settings)
{
  return MAX (1 + (get_text_scale (settings) - 1) * ICON_GROWTH, 1);
}

double
hr_look_get_text_scale (GtkWidget *widget)
{
  return get_text_scale (gtk_widget_get_settings (widget));
}

double
hr_look_get_icon_scale (GtkWidget *widget)
{
  return get_icon_scale (gtk_widget_get_settings (widget));
}

/* What has a size of its own in the theme keeps it: marks in check boxes, pictures of empty pages. */
static void
scale_icons_cb (GtkSettings *settings, GParamSpec *pspec, GtkCssProvider *provider)
{
  int size_px = (int) (ICON_PX * get_icon_scale (settings) / 2 + 0.5) * 2; /* their lines fall on whole px */
  g_autofree char *css = g_strdup_printf ("window { -gtk-icon-size: %dpx; }", size_px);

  gtk_css_provider_load_from_data (provider, size_px != ICON_PX ? css : "", -1);
}

void
hr_look_scale_icons (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (scale_icons_cb), provider, 0);
  scale_icons_cb (settings, NULL, provider);
}

GtkWidget *
hr_look_new_keycap (const char *id)
{
  GtkWidget *label = gtk_label_new (id);

  gtk_widget_add_css_class (label, "hr-keycap");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}
