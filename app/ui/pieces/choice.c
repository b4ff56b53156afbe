/*
 * Choices among words: their lists, as assistive tools need them.
 *
 * The name of a row belongs to a widget that the list view makes around ours; it is there when the row is bound.
 */
#include "app/ui/pieces/choice.h"

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "model/value/value.h"

static gpointer
get_selected (GtkWidget *choice)
{
  g_autoptr (GObject) selected = NULL;

  g_object_get (choice, "selected-item", &selected, NULL);
  return selected; /* the choice's model keeps it */
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = hr_label_new (NULL, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), hr_icon_new ("object-select-symbolic"));
  gtk_list_item_set_child (item, line);
}

static void
update_mark (GtkListItem *item, GParamSpec *spec, GtkWidget *choice)
{
  GtkWidget *line = gtk_list_item_get_child (item);

  if (line != NULL)
    gtk_widget_set_opacity (gtk_widget_get_last_child (line),
                            gtk_list_item_get_item (item) == get_selected (choice) ? 1 : 0);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, GtkWidget *choice)
{
  GtkWidget *line = gtk_list_item_get_child (item);
  const char *word = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (line)), word);
  hr_a11y_set_label (gtk_widget_get_parent (line), word);
  g_signal_connect_object (choice, "notify::selected-item", G_CALLBACK (update_mark), item, G_CONNECT_SWAPPED);
  update_mark (item, NULL, choice);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, GtkWidget *choice)
{
  g_signal_handlers_disconnect_by_func (choice, update_mark, item);
}

/* What has the focus: of a drop-down the button in it. */
static GtkWidget *
get_focusable (GtkWidget *choice)
{
  return GTK_IS_DROP_DOWN (choice) ? gtk_widget_get_first_child (choice) : choice;
}

static void
describe_cb (GtkWidget *choice)
{
  GtkStringObject *selected = get_selected (choice);

  hr_a11y_set_description (get_focusable (choice), selected != NULL ? gtk_string_object_get_string (selected) : "");
}

void
hr_choice_set_name (GtkWidget *choice, const char *name)
{
  hr_a11y_set_label (choice, name);
  hr_a11y_set_label (get_focusable (choice), name);
}

void
hr_choice_make_audible (GtkWidget *choice, const char *name)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), choice, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), choice, 0);
  g_object_set (choice, "list-factory", factory, NULL);
  hr_choice_set_name (choice, name);
  g_signal_connect (choice, "notify::selected-item", G_CALLBACK (describe_cb), NULL);
  describe_cb (choice);
}

GtkWidget *
hr_choice_new_types (const char *name)
{
  g_autoptr (GtkStringList) types = gtk_string_list_new (NULL);
  GtkWidget *choice;

  for (guint i = 0; i < HR_N_TYPES; i++)
    gtk_string_list_append (types, hr_type_get_name ((HrType) i));
  choice = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (types)), NULL);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (choice, "flat");
  gtk_widget_add_css_class (choice, "hr-type");
  hr_choice_make_audible (choice, name);
  return choice;
}
