/*
 * A page alone in a window, and what is looked for in it.
 */
#include "tests/app/page-fixture.h"

#include <string.h>

#define SETTLED_MS 200

void
page_settle (void)
{
  fixture_wait_ms (SETTLED_MS);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

void
page_show (PageFixture *self, GtkWidget *page)
{
  self->page = page;
  gtk_window_set_child (GTK_WINDOW (self->window), page);
  gtk_window_present (GTK_WINDOW (self->window));
  page_settle ();
}

void
page_set_up (PageFixture *self, gconstpointer constructor)
{
  PageFunc new_page = constructor;

  self->session = fixture_open_sample ();
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  if (new_page != NULL)
    page_show (self, new_page (self->session));
}

void
page_tear_down (PageFixture *self, gconstpointer constructor)
{
  gpointer page = self->page;

  if (page != NULL)
    g_object_add_weak_pointer (G_OBJECT (page), &page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  page_settle ();
  g_assert_null (page);
  g_assert_finalize_object (self->session);
}

void
page_select_item (PageFixture *self, const char *pk, const char *sk)
{
  const HrMember members[] = { { "pk", 2, hr_value_string (pk, strlen (pk)) },
                               { "sk", 2, hr_value_string (sk, strlen (sk)) } };
  const HrValue key = hr_value_map (members, 2);

  hr_session_select_item (self->session, &key, 0);
  page_settle ();
}

GtkWidget *
page_find (GtkWidget *widget, PageTestFunc test, gconstpointer data)
{
  GtkWidget *found = test (widget, data) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = page_find (child, test, data);
  return found;
}

static gboolean
is_of_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) type);
}

GtkWidget *
page_find_type (GtkWidget *widget, GType type)
{
  return page_find (widget, is_of_type, &type);
}

static gboolean
is_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
         && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

GtkWidget *
page_find_label (GtkWidget *widget, const char *text)
{
  return page_find (widget, is_label, text);
}

void
page_click (GtkWidget *widget, const char *label)
{
  GtkWidget *found = page_find_label (widget, label);

  g_assert_nonnull (found);
  g_signal_emit_by_name (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON), "clicked");
}
