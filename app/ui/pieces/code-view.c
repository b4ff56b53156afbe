/*
 * Code to be read: a GtkSourceView that follows the theme of the windows.
 *
 * To know a language the library reads thousands of lines of definitions, and checks them: longer than a frame may
 * take, and most code is never looked at. So that waits until a view has been shown, in plain letters, and for a frame
 * that nothing else is done in.
 */
#include "app/ui/pieces/code-view.h"

#include <adwaita.h>

#include "app/ui/pieces/a11y.h"
#include "model/base/buffer.h"

#define LINE_GAP 4 /* px between lines */

static void
theme_changed_cb (GtkSourceBuffer *buffer)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (
      buffer, gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

static GtkSourceBuffer *
new_buffer (void)
{
  GtkSourceBuffer *buffer = gtk_source_buffer_new (NULL);

  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  return buffer;
}

typedef struct
{
  GtkSourceBuffer *buffer;
  GtkSourceLanguage *language; /* borrowed; NULL: not looked up yet */
  const char *name;            /* interned */
} Colouring;

static const char wanted_language[] = "hr-language"; /* of a buffer: interned, or NULL */

static const char *
get_wanted_language (GtkSourceBuffer *buffer)
{
  return g_object_get_data (G_OBJECT (buffer), wanted_language);
}

static void
colouring_free (gpointer data)
{
  Colouring *self = data;

  g_object_unref (self->buffer);
  g_free (self);
}

/* Two steps, one for each turn of the main loop. */
static gboolean
colour_cb (gpointer user_data)
{
  Colouring *self = user_data;

  if (self->name != get_wanted_language (self->buffer))
    return G_SOURCE_REMOVE;
  if (self->language != NULL)
    {
      gtk_source_buffer_set_language (self->buffer, self->language);
      return G_SOURCE_REMOVE;
    }
  self->language =
      gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), self->name);
  return self->language != NULL;
}

static void
colour_soon (GtkSourceBuffer *buffer)
{
  Colouring *self;

  if (get_wanted_language (buffer) == NULL)
    return;
  self = g_new0 (Colouring, 1);
  self->buffer = g_object_ref (buffer);
  self->name = get_wanted_language (buffer);
  g_idle_add_full (G_PRIORITY_LOW, colour_cb, self, colouring_free);
}

static void
shown_cb (GtkTextView *view)
{
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (view));

  g_signal_handlers_disconnect_by_func (view, shown_cb, NULL);
  theme_changed_cb (buffer);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (theme_changed_cb), buffer,
                           G_CONNECT_SWAPPED);
  colour_soon (buffer);
}

GtkWidget *
hr_code_view_new (const char *label, const char *language)
{
  g_autoptr (GtkSourceBuffer) buffer = new_buffer ();
  GtkWidget *view = gtk_source_view_new_with_buffer (buffer);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_above_lines (GTK_TEXT_VIEW (view), LINE_GAP / 2);
  gtk_text_view_set_pixels_below_lines (GTK_TEXT_VIEW (view), LINE_GAP / 2);
  gtk_text_view_set_pixels_inside_wrap (GTK_TEXT_VIEW (view), LINE_GAP);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_widget_set_direction (view, GTK_TEXT_DIR_LTR);
  hr_a11y_set_label (view, label);
  g_object_set_data (G_OBJECT (buffer), wanted_language, (gpointer)g_intern_string (language));
  g_signal_connect (view, "map", G_CALLBACK (shown_cb), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_add_css_class (scroller, "hr-code");
  return scroller;
}

GtkWidget *
hr_code_view_get_text_view (GtkWidget *view)
{
  return gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (view));
}

GtkSourceBuffer *
hr_code_view_get_buffer (GtkWidget *view)
{
  return GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (hr_code_view_get_text_view (view))));
}

void
hr_code_view_set_language (GtkWidget *view, const char *language)
{
  GtkSourceBuffer *buffer = hr_code_view_get_buffer (view);
  gpointer text_view = hr_code_view_get_text_view (view);
  const char *name = g_intern_string (language);

  if (name == get_wanted_language (buffer))
    return;
  g_object_set_data (G_OBJECT (buffer), wanted_language, (gpointer)name);
  gtk_source_buffer_set_language (buffer, NULL);
  if (g_signal_handler_find (text_view, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, shown_cb, NULL) == 0)
    colour_soon (buffer);
}

void
hr_code_view_set_text (GtkWidget *view, const char *text, gsize length, gsize max_bytes)
{
  g_auto (HrBuffer) shown = HR_BUFFER_INIT;
  g_autofree char *valid = NULL;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (hr_code_view_get_buffer (view));

  if (max_bytes == 0 || length <= max_bytes)
    hr_buffer_append (&shown, text, length);
  else
    {
      hr_buffer_append (&shown, text, max_bytes);
      hr_buffer_append_string (&shown, "\n…");
    }
  valid = g_utf8_make_valid (shown.data != NULL ? shown.data : "", shown.length);
  gtk_text_buffer_set_text (buffer, valid, -1);
}
