/*
 * A page alone in a window, and what is looked for in it.
 */
#include "tests/app/page-fixture.h"

#include <string.h>

#define SETTLED_MS 200
#define N_FRAMES 10 /* of which a quick machine makes some more in that time */

typedef struct
{
  gint64 since_us; /* of frames; 0: none yet */
  guint n_frames;
  guint *n_moving; /* windows that have not had enough */
} Frames;

static gboolean
frame_cb (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  Frames *self = user_data;
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (self->n_frames++ == 0)
    self->since_us = now_us;
  return self->n_frames < N_FRAMES || now_us - self->since_us < SETTLED_MS * G_TIME_SPAN_MILLISECOND;
}

static void
frames_free (gpointer data)
{
  Frames *self = data;

  --*self->n_moving;
  g_free (self);
}

/* A slow machine makes few frames in that time, or none. */
void
page_settle (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_moving = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      Frames frames = { .n_moving = &n_moving };

      if (!gtk_widget_get_mapped (window))
        continue;
      n_moving++;
      gtk_widget_add_tick_callback (window, frame_cb, g_memdup2 (&frames, sizeof frames), frames_free);
    }
  fixture_wait_ms (SETTLED_MS);
  while (n_moving > 0)
    g_main_context_iteration (NULL, TRUE);
  fixture_wait_ms (0);
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
page_wait_for_label (GtkWidget *widget, const char *text)
{
  while (page_find_label (widget, text) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
page_click (GtkWidget *widget, const char *label)
{
  GtkWidget *found = page_find_label (widget, label);

  g_assert_nonnull (found);
  g_signal_emit_by_name (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON), "clicked");
}

typedef struct
{
  guint n_entities;
  guint n_patterns;
} Wanted;

static gboolean
multiply_cb (HrModel *model, gpointer user_data, GError **error)
{
  HrTable *table = g_ptr_array_index (model->tables, 0);
  const Wanted *wanted = user_data;

  for (guint i = table->entities->len; i < wanted->n_entities; i++)
    {
      HrEntity *entity = hr_entity_copy (g_ptr_array_index (table->entities, 0));

      g_free (entity->name);
      entity->name = g_strdup_printf ("Kind %03u", i);
      g_ptr_array_add (table->entities, entity);
    }
  for (guint i = model->patterns->len; i < wanted->n_patterns; i++)
    {
      HrPattern *pattern = hr_pattern_copy (g_ptr_array_index (model->patterns, 0));

      g_free (pattern->id);
      g_free (pattern->name);
      pattern->id = g_strdup_printf ("P%u", i);
      pattern->name = g_strdup_printf ("Question %03u", i);
      g_ptr_array_add (model->patterns, pattern);
    }
  return TRUE;
}

void
page_multiply (PageFixture *self, guint n_entities, guint n_patterns)
{
  const HrEdit edit = { .name = "Multiply" };
  Wanted wanted = { n_entities, n_patterns };
  g_autoptr (GError) error = NULL;

  hr_session_edit_model (self->session, &edit, multiply_cb, &wanted, &error);
  g_assert_no_error (error);
  if (self->page != NULL)
    page_settle ();
}
