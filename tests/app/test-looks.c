/*
 * Every screen at every size, as it stands: nothing cut off, nothing outside of the window, nothing on top of something
 * else, everything with a name.
 *
 * How it looks is decided by the environment: LANGUAGE (tests/pseudo.py), HR_LOOKS_TEXT (a factor), HR_LOOKS_DARK,
 * ADW_DEBUG_HIGH_CONTRAST; HR_LOOKS_SIZES is how many of the sizes. A new page or window is a row of a table.
 */
#include <adwaita.h>
#include <string.h>

#include "app/ui/window-private.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "tests/app/looks.h"

/* Layout takes a few turns of the main loop: flaps fold, switchers move. */
#define QUIET_TURNS 40
#define SETTLE_MS   1000

#define ITEM_PK "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399" /* the sample's first item */
#define ITEM_SK "2026-03-02T10:04:00.000000+00:00"

typedef struct
{
  const char *name;
  const char *view;                      /* NULL: the start page */
  void (*arrange) (HrSession *session);  /* or NULL */
  const char *action;                    /* of the window, which opens another one; or NULL */
  gboolean has_inspector;
} Screen;

typedef struct
{
  int width, height;
} Size;

typedef struct
{
  HrApplication *application;
  const Screen *screen;
  const Size *size;
} Case;

static void
run_pattern (HrSession *session, const char *id)
{
  g_autoptr (GError) error = NULL;

  hr_session_run_all (session, &error);
  g_assert_no_error (error);
  hr_session_select_pattern (session, id);
  hr_session_run_pattern (session, &error);
  g_assert_no_error (error);
}

static void
run_query (HrSession *session)
{
  run_pattern (session, "A");
}

static void
run_write (HrSession *session)
{
  run_pattern (session, "D");
}

static const HrTable *
get_table (HrSession *session)
{
  return g_ptr_array_index (hr_document_get_model (hr_session_get_document (session))->tables, 0);
}

static void
select_table (HrSession *session)
{
  hr_session_show_table (session, get_table (session)->name, NULL);
}

static void
select_entity (HrSession *session)
{
  select_table (session);
  hr_session_select_entity (session, "Message");
}

static void
select_index (HrSession *session)
{
  const HrIndex *index = g_ptr_array_index (get_table (session)->indexes, 0);

  hr_session_show_table (session, get_table (session)->name, index->name);
  hr_session_select_entity (session, NULL);
}

static void
select_pattern (HrSession *session)
{
  hr_session_select_pattern (session, "D");
}

static void
select_item (HrSession *session)
{
  const HrMember members[] = { { "pk", 2, hr_value_string (ITEM_PK, strlen (ITEM_PK)) },
                               { "sk", 2, hr_value_string (ITEM_SK, strlen (ITEM_SK)) } };
  const HrValue key = hr_value_map (members, 2);

  select_table (session);
  hr_session_select_item (session, &key, 0);
}

/* An item without a sort key. */
static void
select_draft (HrSession *session)
{
  const char *json = "{\"pk\": {\"S\": \"" ITEM_PK "\"}}";
  HrDocument *document = hr_session_get_document (session);

  g_assert_true (hr_document_begin_edit (document, "Add", NULL));
  g_assert_true (hr_document_add_item (document, get_table (session)->name, json, strlen (json), -1, HR_RANGE_NONE,
                                       NULL));
  g_assert_true (hr_document_commit_edit (document, NULL));
  hr_session_select_draft (session, hr_document_get_draft (document, 0)->ordinal);
}

/* A table of the same name, for names of the sample need no translation. */
static void
empty_table (HrSession *session)
{
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *name = g_strdup (get_table (session)->name);
  g_autofree HrTarget *gone = hr_document_remove_definition (document, &HR_TARGET (TABLE, name, NULL, NULL), NULL);
  g_autofree HrTarget *table = hr_document_add_table (document, name, NULL);

  g_assert_nonnull (gone);
  g_assert_nonnull (table);
  select_table (session);
}

static const Screen screens[] = {
  { "start", NULL, NULL, NULL, FALSE },
  { "design", "design", NULL, NULL, TRUE },
  { "design/table", "design", select_table, NULL, TRUE },
  { "design/entity", "design", select_entity, NULL, TRUE },
  { "design/index", "design", select_index, NULL, TRUE },
  { "design/pattern", "design", select_pattern, NULL, TRUE },
  { "design/problems", "design", NULL, "win.show-problems", TRUE },
  { "design/new", NULL, NULL, "win.new", TRUE },
  { "table", "table", NULL, NULL, TRUE },
  { "table/item", "table", select_item, NULL, FALSE },
  { "table/draft", "table", select_draft, NULL, TRUE },
  { "table/move", "table", select_item, "win.move-item", FALSE },
  { "table/empty", "table", empty_table, NULL, TRUE },
  { "design/empty", "design", empty_table, NULL, TRUE },
  { "table/side-by-side", "table", NULL, "win.side-by-side", FALSE },
  { "patterns", "patterns", NULL, NULL, TRUE },
  { "patterns/query", "patterns", run_query, NULL, TRUE },
  { "patterns/write", "patterns", run_write, NULL, TRUE },
  { "patterns/history", "patterns", run_query, "win.show-history", TRUE },
  { "patterns/coverage", "patterns", run_query, "win.show-coverage", TRUE },
};

/* Windows and popovers, whose size is their own: looked at once. */
static const Screen dialogs[] = {
  { "tour", "design", NULL, "win.tour", FALSE },
  { "help/start", NULL, NULL, "win.help", FALSE },
  { "help/design", "design", select_entity, "win.help", FALSE },
  { "help/patterns", "patterns", run_query, "win.help", FALSE },
  { "palette", "design", NULL, "win.palette", FALSE },
  { "export", "design", NULL, "win.export", FALSE },
  { "shortcuts", "design", NULL, "win.shortcuts", FALSE },
  { "preferences", NULL, NULL, "win.preferences", FALSE },
  { "about", NULL, NULL, "win.about", FALSE },
};

static const Size sizes[] = { { 1440, 900 }, { 1024, 768 }, { 720, 480 } };

/* Drawn once, and then until nothing has happened for some turns of the main loop, however long they take. */
static void
settle (GtkWidget *widget)
{
  gint64 last;

  gtk_test_widget_wait_for_draw (widget);
  last = g_get_monotonic_time () + SETTLE_MS * 1000;
  for (guint n_quiet = 0; n_quiet < QUIET_TURNS && g_get_monotonic_time () < last; n_quiet++)
    if (g_main_context_iteration (NULL, FALSE))
      n_quiet = 0;
    else
      g_usleep (1000);
}

static gboolean
is_pseudo (void)
{
  return g_strcmp0 (g_getenv ("LANGUAGE"), "qps") == 0;
}

/* Print of double size may shorten what it says. */
static gboolean
is_large (void)
{
  return g_getenv ("HR_LOOKS_TEXT") != NULL;
}

/* Where there is room, nothing of ours is cut off; small windows and large print may shorten. */
static HrLookFlags
get_wanted (const Size *size)
{
  HrLookFlags wanted = HR_LOOK_OUTSIDE | HR_LOOK_OVERLAP | HR_LOOK_UNNAMED | HR_LOOK_SHORTENED;

  if (is_pseudo ())
    wanted |= HR_LOOK_UNTRANSLATED;
  if (size->width >= 1440 && !is_large ())
    wanted |= HR_LOOK_CUT_OFF;
  return wanted;
}

/* Another window, or a popover. */
static GtkWidget *
find_dialog (HrWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  if (window->tour != NULL && gtk_widget_get_mapped (window->tour))
    return window->tour;
  if (gtk_widget_get_mapped (window->help))
    return window->help;
  if (gtk_widget_get_mapped (window->palette))
    return window->palette;
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) other = g_list_model_get_item (toplevels, i);

      if (other != GTK_WIDGET (window) && gtk_widget_get_mapped (other))
        return other;
    }
  return NULL;
}

/* A failure lists all that is wrong. */
static void
assert_well (GtkWidget *window, gboolean has_size, const Case *data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autofree char *own = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_true (g_file_get_contents (path, &own, NULL, NULL));
  findings = hr_look_find (window, has_size ? data->size->width : 0, data->size->height, get_wanted (data->size), own);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s at %d×%d: %s", data->screen->name, data->size->width, data->size->height,
                    (char *) g_ptr_array_index (findings, i));
  if (findings->len > 0)
    g_test_fail ();
}

static void
open_sample (HrWindow *window)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.open-sample", NULL));
  do
    g_main_context_iteration (NULL, TRUE);
  while (hr_session_is_busy (hr_window_get_session (window)));
}

static HrWindow *
show (const Case *data)
{
  HrWindow *window = hr_window_new (data->application);
  HrSession *session = hr_window_get_session (window);

  gtk_window_set_default_size (GTK_WINDOW (window), data->size->width, data->size->height);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_remove_css_class (GTK_WIDGET (window), "solid-csd"); /* no window manager, no frame */
  if (data->screen->view != NULL)
    {
      open_sample (window);
      g_object_set (session, "view", data->screen->view, NULL);
      hr_window_show_inspector (window, data->screen->has_inspector && data->size->width >= 1240);
    }
  if (data->screen->arrange != NULL)
    data->screen->arrange (session);
  settle (GTK_WIDGET (window));
  return window;
}

static void
test_screen (gconstpointer user_data)
{
  const Case *data = user_data;
  HrWindow *window = show (data);
  GtkWidget *dialog = NULL;

  if (data->screen->action != NULL)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), data->screen->action, NULL));
      settle (GTK_WIDGET (window));
      dialog = find_dialog (window);
      if (dialog != NULL)
        settle (dialog);
    }
  assert_well (dialog != NULL ? dialog : GTK_WIDGET (window), dialog == NULL, data);
  if (GTK_IS_WINDOW (dialog))
    gtk_window_destroy (GTK_WINDOW (dialog));
  else if (dialog != NULL)
    gtk_popover_popdown (GTK_POPOVER (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
set_look (void)
{
  const char *factor = g_getenv ("HR_LOOKS_TEXT");

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name", "Cantarell 11",
                "gtk-decoration-layout", "appmenu:close", "gtk-xft-dpi",
                (int) (96 * 1024 * (factor != NULL ? g_ascii_strtod (factor, NULL) : 1)), NULL);
  if (g_getenv ("HR_LOOKS_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
add_case (HrApplication *application, const Screen *screen, const Size *size)
{
  g_autofree char *path = g_strdup_printf ("/looks/%dx%d/%s", size->width, size->height, screen->name);
  Case *data = g_new (Case, 1);

  *data = (Case) { application, screen, size };
  g_test_add_data_func_full (path, data, test_screen, g_free);
}

int
main (int argc, char **argv)
{
  const char *first_sizes = g_getenv ("HR_LOOKS_SIZES");
  guint n_sizes = first_sizes != NULL ? MIN (strtoul (first_sizes, NULL, 10), G_N_ELEMENTS (sizes))
                                      : G_N_ELEMENTS (sizes);
  g_autoptr (HrApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  hr_i18n_set_up ("");
  application = hr_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  set_look ();
  for (guint i = 0; i < n_sizes; i++)
    for (guint j = 0; j < G_N_ELEMENTS (screens); j++)
      add_case (application, &screens[j], &sizes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    add_case (application, &dialogs[i], &sizes[0]);
  return g_test_run ();
}
