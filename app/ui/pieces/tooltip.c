/*
 * Tooltips that cost nothing until somebody wants to see one.
 *
 * With each new text GTK 4.8 asks the display where the pointer is, in case that it should be shown at once, and waits
 * for the answer: a quarter of a millisecond for every label of a list. Here the text is handed over when GTK asks for
 * it.
 */
#include "app/ui/pieces/tooltip.h"

static const char tooltip[] = "hr-tooltip"; /* of the widget: the text */

static gboolean
query_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *shown, gpointer user_data)
{
  gtk_tooltip_set_text (shown, g_object_get_data (G_OBJECT (widget), tooltip));
  return TRUE;
}

void
hr_tooltip_set (GtkWidget *widget, const char *text)
{
  const char *wanted = text != NULL && *text != '\0' ? text : NULL;

  if (g_strcmp0 (wanted, hr_tooltip_get (widget)) == 0)
    return;
  if (!g_signal_handler_find (widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, query_cb, NULL))
    g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_cb), NULL);
  g_object_set_data_full (G_OBJECT (widget), tooltip, g_strdup (wanted), g_free);
  gtk_widget_set_has_tooltip (widget, wanted != NULL);
  if (wanted != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, wanted, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

const char *
hr_tooltip_get (GtkWidget *widget)
{
  const char *text = g_object_get_data (G_OBJECT (widget), tooltip);

  return text != NULL ? text : gtk_widget_get_tooltip_text (widget);
}
