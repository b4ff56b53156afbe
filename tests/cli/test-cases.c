/*
 * The case files of tests/api through `hashrange call --db FILE`: the same answers as from the library, though each
 * request is carried out by a program of its own that finds what the one before left behind.
 */
#include "tests/api/case-run.h"

#include "model/base/json-reader.h"
#include "model/base/service-limits.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *database;
  char *request;
  const char *layer;
} Door;

/* In memory where there is such a place: what is tested is not how long a disk takes. */
static char *
make_folder (void)
{
  char *path = g_build_filename (g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir (),
                                 "hashrange-cases-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (path));
  return path;
}

static gpointer
door_open (gboolean is_old_layer)
{
  Door *self = g_new0 (Door, 1);

  self->folder = make_folder ();
  self->database = g_build_filename (self->folder, "case.db", NULL);
  self->request = g_build_filename (self->folder, "request.json", NULL);
  self->layer = is_old_layer ? "old" : "new";
  return self;
}

static void
door_close (gpointer door)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  Door *self = door;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->database, endings[i], NULL);

      g_unlink (path);
    }
  g_unlink (self->request);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->database);
  g_free (self->request);
  g_free (self->folder);
  g_free (self);
}

/* The program tells success from failure by its exit code; which failure it is, the body says. */
static guint
find_status (int exit_status, const char *body, gsize length)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError error;
  const HrJson *json = hr_json_parse (arena, body, length, HR_LIMIT_JSON_DEPTH, &error);
  const HrJson *type = hr_json_get (json, "__type");

  if (exit_status == 0)
    return 200;
  g_assert_cmpint (exit_status, ==, 1);
  g_assert_nonnull (json);
  g_assert_nonnull (type);
  return g_str_has_suffix (hr_arena_strndup (arena, type->text, type->length), "#InternalServerError") ? 500 : 400;
}

static guint
door_call (gpointer door, const CaseStep *step, HrBuffer *out)
{
  Door *self = door;
  const char *const arguments[] = { g_getenv ("HASHRANGE_PROGRAM"), "call", step->operation, self->request, "--db",
                                    self->database, "--validation", self->layer, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  int status;

  g_file_set_contents (self->request, step->body, -1, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &answer, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  hr_buffer_append (out, answer, strlen (answer));
  return find_status (WEXITSTATUS (status), answer, strlen (answer));
}

int
main (int argc, char **argv)
{
  const CaseDoor door = { .open = door_open, .close = door_close, .call = door_call, .is_stateless = TRUE };

  return case_run_main (argc, argv, &door);
}
