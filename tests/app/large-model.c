/*
 * Large models for tests and benchmarks: the sample, with as many conversations more as are wanted. The
 * definitions and patterns are the same, so whatever is done to the one can be done to the other.
 */
#include "tests/app/large-model.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/ui/pieces/watchdog.h"

/* Messages in a conversation; every fifth item is a row in somebody's inbox, which is in the index, too. */
#define CONVERSATION 40

/* Findings come 400 ms after the last edit. */
#define QUIET_MS 700

static void
append_item (GString *text, guint number)
{
  guint minute = number % 60, hour = number / 60 % 24, day = number / 1440 % 28 + 1;

  if (number % 5 == 0)
    g_string_append_printf (
        text,
        "        {\"pk\": {\"S\": \"GRP#user-%06u\"}, \"sk\": {\"S\": \"2026-01-%02uT%02u:%02u:00.%06u\"}, "
        "\"message_group_uuid\": {\"S\": \"group-%06u\"}, \"message\": {\"S\": \"Number %u is on its way\"}, "
        "\"user_display_name\": {\"S\": \"Person %u\"}, \"user_handle\": {\"S\": \"person%u\"}, "
        "\"user_uuid\": {\"S\": \"user-%06u\"}},\n",
        number / CONVERSATION, day, hour, minute, number, number / 7, number, number % 977, number % 977,
        number % 977);
  else
    g_string_append_printf (
        text,
        "        {\"pk\": {\"S\": \"MSG#group-%06u\"}, \"sk\": {\"S\": \"2026-01-%02uT%02u:%02u:00.%06u\"}, "
        "\"message\": {\"S\": \"This is message number %u, with some text\"}, "
        "\"message_uuid\": {\"S\": \"message-%08u\"}, \"user_display_name\": {\"S\": \"Person %u\"}, "
        "\"user_handle\": {\"S\": \"person%u\"}, \"user_uuid\": {\"S\": \"user-%06u\"}},\n",
        number / CONVERSATION, day, hour, minute, number, number, number, number % 977, number % 977,
        number % 977);
}

HrValue
large_model_key (guint number, HrArena *arena)
{
  HrMember *members = hr_arena_array (arena, HrMember, 2);
  const char *pk =
      hr_arena_printf (arena, number % 5 == 0 ? "GRP#user-%06u" : "MSG#group-%06u", number / CONVERSATION);
  const char *sk = hr_arena_printf (arena, "2026-01-%02uT%02u:%02u:00.%06u", number / 1440 % 28 + 1,
                                    number / 60 % 24, number % 60, number);

  members[0] = (HrMember){ "pk", 2, hr_value_string (pk, strlen (pk)) };
  members[1] = (HrMember){ "sk", 2, hr_value_string (sk, strlen (sk)) };
  return hr_value_map (members, 2);
}

char *
large_model_write (guint n_items)
{
  static const char mark[] = "\"items\": [\n";
  g_autofree char *sample =
      g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;
  const char *items;
  char *path = NULL;

  g_file_get_contents (sample, &content, NULL, &error);
  g_assert_no_error (error);
  items = strstr (content, mark);
  g_assert_nonnull (items);
  items += strlen (mark);
  text = g_string_new_len (content, items - content);
  for (guint i = 0; i < n_items; i++)
    append_item (text, i);
  g_string_append (text, items);
  g_close (g_file_open_tmp ("hashrange-large-XXXXXX.hashrange.json", &path, &error), NULL);
  g_assert_no_error (error);
  g_file_set_contents (path, text->str, (gssize)text->len, &error);
  g_assert_no_error (error);
  return path;
}

HrApplication *
large_model_start (int *argc, char ***argv)
{
  HrApplication *application;

  gtk_test_init (argc, argv, NULL);
  application = hr_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  return application;
}

static gboolean
is_at_work (HrSession *session)
{
  g_autofree char *working = NULL;

  g_object_get (session, "working", &working, NULL);
  return working != NULL || hr_session_is_busy (session);
}

void
large_model_settle (HrWindow *window)
{
  HrSession *session = hr_window_get_session (window);
  gint64 quiet_since = g_get_monotonic_time ();

  while (g_get_monotonic_time () - quiet_since < QUIET_MS * G_TIME_SPAN_MILLISECOND)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      if (is_at_work (session))
        quiet_since = g_get_monotonic_time ();
    }
}

HrWindow *
large_model_open (HrApplication *application, const char *path)
{
  HrWindow *window = hr_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_present (GTK_WINDOW (window));
  hr_window_open_path (window, path);
  large_model_settle (window);
  return window;
}
