/* HrStartPage: something useful in one click. */
#include "app/ui/pages/start-page.h"

#include "app/session/figures.h"
#include "app/session/recovery.h"
#include "app/ui/pages/sample-card.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/identity.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"
#include "model/exchange/native.h"

struct _HrStartPage
{
  AdwBin parent_instance;

  /* template children */
  GtkWidget *sample_button;
  GtkWidget *samples_box;
  GtkWidget *samples; /* in the box, or NULL: nobody has seen them yet */
  GtkWidget *left_box;
  GtkListBox *left;
  GtkWidget *recent_box;
  GtkListBox *recent;
};

G_DEFINE_FINAL_TYPE (HrStartPage, hr_start_page, ADW_TYPE_BIN)

GtkWidget *
hr_start_page_new (void)
{
  return g_object_new (HR_TYPE_START_PAGE, NULL);
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  return row;
}

static GtkWidget *
new_icon_button (const char *icon, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  hr_tooltip_set (button, tooltip);
  hr_a11y_set_label (button, tooltip);
  return button;
}

/* The name of a model's file without what all of them end in. */
static char *
name_of (const char *path)
{
  char *name = g_filename_display_basename (path);

  if (g_str_has_suffix (name, HR_NATIVE_SUFFIX))
    name[strlen (name) - strlen (HR_NATIVE_SUFFIX)] = '\0';
  return name;
}

static char *
folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (folder);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (shown, home) && (shown[strlen (home)] == '/' || shown[strlen (home)] == '\0'))
    return g_strconcat ("~", shown + strlen (home), NULL);
  return g_steal_pointer (&shown);
}

static void
free_text_cb (gpointer text, GClosure *closure)
{
  g_free (text);
}

static void
remove_recent_cb (GtkButton *button, const char *path)
{
  g_autofree char *copy = g_strdup (path); /* the row goes with the entry */

  hr_preferences_remove_recent (hr_preferences_get_default (), copy);
}

static GtkWidget *
create_recent_cb (gpointer item, gpointer user_data)
{
  const char *path = gtk_string_object_get_string (item);
  g_autofree char *name = name_of (path);
  g_autofree char *folder = folder_of (path);
  gboolean exists = g_file_test (path, G_FILE_TEST_IS_REGULAR);
  g_autofree char *missing = g_strdup_printf (_("%s, not found"), folder);
  GtkWidget *row = new_row (name, exists ? folder : missing);
  GtkWidget *button = new_icon_button ("hr-cross-symbolic", _("Remove from the list"));

  g_signal_connect_data (button, "clicked", G_CALLBACK (remove_recent_cb), g_strdup (path), free_text_cb, 0);
  hr_a11y_set_label (row, name);
  if (exists)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-path");
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), g_variant_new_bytestring (path));
    }
  else
    {
      GtkWidget *locate = gtk_button_new_with_label (_("Locate…"));

      gtk_widget_set_valign (locate, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (locate), "win.locate");
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (locate), g_variant_new_bytestring (path));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), locate);
      gtk_widget_add_css_class (row, "hr-missing");
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
recent_changed_cb (HrStartPage *self, guint position, guint removed, guint added, GListModel *recent)
{
  gtk_widget_set_visible (self->recent_box, g_list_model_get_n_items (recent) > 0);
}

void
hr_start_page_set_recent (HrStartPage *self, GListModel *recent)
{
  g_return_if_fail (HR_IS_START_PAGE (self) && G_IS_LIST_MODEL (recent));

  gtk_list_box_bind_model (self->recent, recent, create_recent_cb, NULL, NULL);
  g_signal_connect_object (recent, "items-changed", G_CALLBACK (recent_changed_cb), self, G_CONNECT_SWAPPED);
  recent_changed_cb (self, 0, 0, 0, recent);
}

static void update_left (HrStartPage *self);

static void
discard_cb (GtkButton *button, const char *store)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), HR_TYPE_START_PAGE);

  hr_recovery_discard (store);
  if (page != NULL)
    update_left (HR_START_PAGE (page));
}

/* What it is: the model, its file, and when it was last worked on; or why it cannot be had. */
static GtkWidget *
new_left_row (const HrLeftover *leftover)
{
  g_autofree char *title = leftover->original != NULL ? name_of (leftover->original) : g_strdup (leftover->name);
  g_autofree char *time = hr_figure_time (leftover->time_s);
  g_autofree char *folder = leftover->original != NULL ? folder_of (leftover->original) : NULL;
  g_autofree char *subtitle = folder != NULL ? g_strdup_printf (_("Kept %s, in %s"), time, folder)
                                             : g_strdup_printf (_("Kept %s"), time);
  GtkWidget *row, *icon;

  if (leftover->problem == NULL)
    return new_row (title != NULL && *title != '\0' ? title : _("Untitled model"), subtitle);
  row = new_row (_("Unsaved work"), leftover->problem);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  icon = hr_icon_new ("hr-warning-symbolic");
  gtk_widget_add_css_class (icon, "hr-warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static void
add_left (HrStartPage *self, const HrLeftover *leftover)
{
  GtkWidget *row = new_left_row (leftover);
  GtkWidget *restore = gtk_button_new_with_label (_("Restore"));
  GtkWidget *discard = new_icon_button ("hr-cross-symbolic",
                                        leftover->problem == NULL ? _("Discard") : _("Remove from the list"));

  gtk_widget_set_valign (restore, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (restore, leftover->problem == NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (restore), "win.restore");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (restore), g_variant_new_bytestring (leftover->path));
  g_signal_connect_data (discard, "clicked", G_CALLBACK (discard_cb), g_strdup (leftover->path), free_text_cb, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), restore);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), discard);
  gtk_list_box_append (self->left, row);
}

static void
update_left (HrStartPage *self)
{
  g_autoptr (GPtrArray) leftovers = hr_recovery_list ();
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->left, 0)) != NULL)
    gtk_list_box_remove (self->left, GTK_WIDGET (row));
  for (guint i = 0; i < leftovers->len; i++)
    add_left (self, g_ptr_array_index (leftovers, i));
  gtk_widget_set_visible (self->left_box, leftovers->len > 0);
}

/* Pictures cost time: they are made when somebody sees them. */
static void
show_samples (HrStartPage *self)
{
  g_auto (GStrv) names = hr_samples_list ();

  self->samples = hr_wrap_box_new (12);
  for (char **name = names; *name != NULL; name++)
    gtk_widget_set_parent (hr_sample_card_new (*name), self->samples);
  gtk_widget_set_halign (self->samples, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->samples_box), self->samples);
}

/* Another window may have restored an entry since. Enter does what is suggested. */
static void
hr_start_page_map (GtkWidget *widget)
{
  update_left (HR_START_PAGE (widget));
  if (HR_START_PAGE (widget)->samples == NULL)
    show_samples (HR_START_PAGE (widget));
  GTK_WIDGET_CLASS (hr_start_page_parent_class)->map (widget);
  gtk_widget_grab_focus (HR_START_PAGE (widget)->sample_button);
}

static void
hr_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_START_PAGE);
  G_OBJECT_CLASS (hr_start_page_parent_class)->dispose (object);
}

static void
hr_start_page_class_init (HrStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_start_page_dispose;
  widget_class->map = hr_start_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, HR_RESOURCE_PATH "/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HrStartPage, sample_button);
  gtk_widget_class_bind_template_child (widget_class, HrStartPage, samples_box);
  gtk_widget_class_bind_template_child (widget_class, HrStartPage, left_box);
  gtk_widget_class_bind_template_child (widget_class, HrStartPage, left);
  gtk_widget_class_bind_template_child (widget_class, HrStartPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, HrStartPage, recent);
}

static void
hr_start_page_init (HrStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_a11y_set_label (GTK_WIDGET (self->left), _("Not saved last time"));
  hr_a11y_set_label (GTK_WIDGET (self->recent), _("Recent"));
}
