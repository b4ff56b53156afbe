/*
 * The preferences: a row for each thing that can be set, from a table. A row writes what is chosen at once; the windows
 * hear of it from the preferences.
 */
#include "app/ui/window/preferences-window.h"

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/preferences.h"
#include "model/base/i18n.h"

#define SETTING "hr-setting"
#define WIDTH   620
#define HEIGHT  720

typedef enum
{
  CONTROL_CHOICE, /* one of a few words */
  CONTROL_NUMBER,
  CONTROL_SCALE,  /* a percentage that is better seen than typed */
} Control;

typedef struct
{
  HrSetting setting;
  const char *title;
  const char *subtitle; /* or NULL */
  Control control;
  int step;
} Row;

static const char *const themes[] = { "system", "light", "dark", NULL };
static const char *const theme_names[] = { N_("As the System"), N_("Light"), N_("Dark"), NULL };
static const char *const density_names[] = { N_("Compact"), N_("Comfortable"), N_("Presentation"), NULL };

static const Row table_rows[] = {
  { HR_SETTING_DENSITY, N_("Density"), NULL, CONTROL_CHOICE, 1 },
  { HR_SETTING_ZOOM_PERCENT, N_("Zoom"), N_("Of tables in new windows, in percent"), CONTROL_NUMBER, 10 },
  { HR_SETTING_DIM_PERCENT, N_("What a run did not read"), N_("How much of it can still be seen, in percent"),
    CONTROL_SCALE, 5 },
};

static const Row work_rows[] = {
  { HR_SETTING_RUNS, N_("Runs to keep"), N_("Of each model, to be compared"), CONTROL_NUMBER, 10 },
  { HR_SETTING_PORT, N_("Port of the local endpoint"), N_("Used when it is switched on the next time"), CONTROL_NUMBER,
    1 },
  { HR_SETTING_RECENT, N_("Recent files"), N_("How many are listed; none are remembered at 0"), CONTROL_NUMBER, 1 },
};

static HrSetting
get_setting (gpointer control)
{
  return GPOINTER_TO_UINT (g_object_get_data (control, SETTING));
}

static void
value_cb (GtkAdjustment *adjustment)
{
  HrPreferences *preferences = hr_preferences_get_default ();

  hr_preferences_set (preferences, get_setting (adjustment), (int) gtk_adjustment_get_value (adjustment));
}

static void
choice_cb (GObject *row)
{
  HrPreferences *preferences = hr_preferences_get_default ();

  hr_preferences_set (preferences, get_setting (row), adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
}

static void
theme_cb (GObject *row)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "appearance",
                                  g_variant_new_string (themes[chosen]));
}

static GtkWidget *
new_choice_row (const char *const *names, guint chosen, GCallback callback)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, _(names[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  g_signal_connect (row, "notify::selected", callback, NULL);
  return row;
}

static GtkAdjustment *
new_adjustment (const Row *row)
{
  const HrSettingRange *range = hr_setting_get_range (row->setting);
  int value = hr_preferences_get (hr_preferences_get_default (), row->setting);
  GtkAdjustment *adjustment = gtk_adjustment_new (value, range->least, range->most, row->step, 10 * row->step, 0);

  g_object_set_data (G_OBJECT (adjustment), SETTING, GUINT_TO_POINTER (row->setting));
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (value_cb), NULL);
  return adjustment;
}

static GtkWidget *
new_number (const Row *row)
{
  GtkAdjustment *adjustment = new_adjustment (row);
  GtkWidget *control;

  if (row->control == CONTROL_NUMBER)
    return gtk_spin_button_new (adjustment, row->step, 0);
  control = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);
  gtk_scale_set_draw_value (GTK_SCALE (control), TRUE);
  gtk_scale_set_value_pos (GTK_SCALE (control), GTK_POS_LEFT);
  gtk_scale_set_digits (GTK_SCALE (control), 0);
  gtk_widget_set_size_request (control, 200, -1);
  return control;
}

static GtkWidget *
new_row (const Row *description)
{
  GtkWidget *row, *control;

  if (description->control == CONTROL_CHOICE)
    {
      row = new_choice_row (density_names, hr_preferences_get (hr_preferences_get_default (), description->setting),
                            G_CALLBACK (choice_cb));
      g_object_set_data (G_OBJECT (row), SETTING, GUINT_TO_POINTER (description->setting));
    }
  else
    {
      row = adw_action_row_new ();
      control = new_number (description);
      gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
      hr_a11y_set_label (control, _(description->title));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(description->title));
  if (description->subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(description->subtitle));
  return row;
}

static GtkWidget *
new_group (const char *title, const Row *rows, guint n_rows)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < n_rows; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (&rows[i]));
  return group;
}

static GtkWidget *
new_theme_group (GApplication *application)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GVariant) present = g_action_group_get_action_state (G_ACTION_GROUP (application), "appearance");
  GtkWidget *row;
  guint chosen = 0;

  for (guint i = 0; themes[i] != NULL; i++)
    if (g_str_equal (themes[i], g_variant_get_string (present, NULL)))
      chosen = i;
  row = new_choice_row (theme_names, chosen, G_CALLBACK (theme_cb));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Appearance"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static void
clear_recent_cb (GtkWidget *button)
{
  hr_preferences_clear_recent (hr_preferences_get_default ());
  gtk_widget_set_sensitive (button, FALSE);
}

/* At the end of the rows, since it is about the last one. */
static void
add_clear_button (GtkWidget *group)
{
  GtkWidget *button = gtk_button_new_with_label (_("Forget Recent Files"));
  GListModel *recent = hr_preferences_get_recent (hr_preferences_get_default ());

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_top (button, 12);
  gtk_widget_set_sensitive (button, g_list_model_get_n_items (recent) > 0);
  g_signal_connect (button, "clicked", G_CALLBACK (clear_recent_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), button);
}

GtkWidget *
hr_preferences_window_new (GtkWindow *parent, HrApplication *application)
{
  GtkWidget *window = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *work = new_group (_("Work"), work_rows, G_N_ELEMENTS (work_rows));

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (new_theme_group (G_APPLICATION (application))));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (new_group (_("Tables"), table_rows, G_N_ELEMENTS (table_rows))));
  add_clear_button (work);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (work));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_title (GTK_WINDOW (window), _("Preferences"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  return window;
}
