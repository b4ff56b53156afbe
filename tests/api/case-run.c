/*
 * Replays the case files through a door. case-file.h describes their format.
 */
#include "tests/api/case-run.h"

#include "model/base/json-reader.h"

#include <stdlib.h>
#include <string.h>

/* What a test needs of its file while it runs. */
typedef struct
{
  const CaseDoor *door;
  const CaseFile *common;
  const CaseFile *file;
  const Case *the_case;
  gboolean is_old_layer;
} Job;

typedef struct
{
  const CaseDoor *door;
  gpointer state; /* of the door */
  HrBuffer out;
  GHashTable *taken; /* name → text */
} Run;

static void
complain (const Case *the_case, const CaseStep *step, const Run *run, const char *what)
{
  g_printerr ("%s:%u: %s: %s\n  answer: %.*s\n", the_case->file, step->line, the_case->name, what,
              (int) MIN (run->out.length, 2000), run->out.data);
  g_test_fail ();
}

static char *
get_member (const Run *run, const char *name)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError error;
  const HrJson *json = hr_json_parse (arena, run->out.data, run->out.length, 256, &error);
  const HrJson *member = hr_json_get (json, name);

  return member != NULL && member->type == HR_JSON_STRING ? g_strndup (member->text, member->length) : NULL;
}

static void
check_error (const Case *the_case, const CaseStep *step, const Run *run, guint status)
{
  g_autofree char *type = get_member (run, "__type");
  g_autofree char *lower = get_member (run, "message");
  g_autofree char *upper = get_member (run, "Message");
  const char *message = lower != NULL ? lower : upper;
  const char *name = type != NULL && strchr (type, '#') != NULL ? strchr (type, '#') + 1 : type;

  if (status != (g_str_equal (step->error, "InternalServerError") ? 500 : 400))
    complain (the_case, step, run, "another status");
  else if (g_strcmp0 (name, step->error) != 0)
    complain (the_case, step, run, "another exception");
  else if (step->is_like ? message == NULL || !g_pattern_match_simple (step->message, message)
                         : g_strcmp0 (message, step->message) != 0)
    complain (the_case, step, run, "another message");
}

static void
check_answer (const Case *the_case, const CaseStep *step, const Run *run, guint status)
{
  const char *body = step->gives != NULL ? step->gives : step->holds;
  g_autofree char *difference = NULL;

  if (step->kind == CASE_DO || body != NULL)
    {
      if (status != 200)
        complain (the_case, step, run, "it failed");
    }
  else if (step->error != NULL)
    check_error (the_case, step, run, status);
  else
    complain (the_case, step, run, "the case does not say what to expect");

  if (body == NULL)
    body = step->error_holds;
  if (body == NULL || (step->error_holds == NULL && status != 200))
    return;
  difference = case_compare_json (body, run->out.data, run->out.length, step->gives == NULL);
  if (difference != NULL)
    complain (the_case, step, run, difference);
}

/* With what was taken in the place of `%(NAME)`; NULL stays NULL. */
static char *
fill_in (const Run *run, const char *text)
{
  GString *filled = text != NULL ? g_string_new (text) : NULL;
  GHashTableIter iter;
  gpointer name, value;

  if (filled == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, run->taken);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *mark = g_strdup_printf ("%%(%s)", (char *) name);

      g_string_replace (filled, mark, value, 0);
    }
  return g_string_free (filled, FALSE);
}

static const HrJson *
follow_path (const HrJson *json, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL && json != NULL; i++)
    {
      if (json->type == HR_JSON_ARRAY)
        json = strtoul (parts[i], NULL, 10) < json->length ? &json->elements[strtoul (parts[i], NULL, 10)] : NULL;
      else
        json = hr_json_get (json, parts[i]);
    }
  return json;
}

static void
take (const Case *the_case, const CaseStep *step, Run *run, const char *text)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError error;
  const char *path = strchr (text, ' ') + 1;
  const HrJson *json = hr_json_parse (arena, run->out.data, run->out.length, 256, &error);

  json = follow_path (json, path);
  if (json == NULL || json->type != HR_JSON_STRING)
    {
      complain (the_case, step, run, "nothing to take");
      return;
    }
  g_hash_table_replace (run->taken, g_strndup (text, path - 1 - text), g_strndup (json->text, json->length));
}

static void
run_step (const Case *the_case, const CaseStep *step, Run *run)
{
  g_autofree char *body = fill_in (run, step->body);
  g_autofree char *gives = fill_in (run, step->gives);
  g_autofree char *holds = fill_in (run, step->holds);
  g_autofree char *message = fill_in (run, step->message);
  CaseStep filled = *step;

  filled.body = body;
  filled.gives = gives;
  filled.holds = holds;
  filled.message = message;
  hr_buffer_truncate (&run->out, 0);
  check_answer (the_case, &filled, run, run->door->call (run->state, &filled, &run->out));
  for (guint i = 0; step->takes != NULL && i < step->takes->len; i++)
    take (the_case, step, run, step->takes->pdata[i]);
}

static void
run_steps (const Case *the_case, const Case *steps, Run *run)
{
  for (guint i = 0; i < steps->steps->len; i++)
    run_step (the_case, steps->steps->pdata[i], run);
}

static void
test_case (gconstpointer data)
{
  const Job *job = data;
  Run run = { .door = job->door,
              .state = job->door->open (job->is_old_layer),
              .out = HR_BUFFER_INIT,
              .taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };

  for (guint i = 0; i < job->the_case->uses->len; i++)
    run_steps (job->the_case, case_file_find_set_up (job->file, job->common, job->the_case->uses->pdata[i]),
               &run);
  run_steps (job->the_case, job->the_case, &run);
  run.door->close (run.state);
  hr_buffer_clear (&run.out);
  g_hash_table_unref (run.taken);
}

static void
add_case (const char *base, const Job *job)
{
  g_autofree char *path = g_strdup_printf ("/api/%s/%s%s", base, job->the_case->name,
                                           job->is_old_layer && (job->the_case->layers & CASE_LAYER_NEW) != 0
                                               ? "+old"
                                               : "");

  if (!job->door->is_stateless || !job->the_case->is_within_process)
    g_test_add_data_func_full (path, g_memdup2 (job, sizeof *job), test_case, g_free);
}

static void
add_file (GPtrArray *files, const CaseFile *common, const char *path, const CaseDoor *door)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (path);
  CaseFile *file = case_file_read (path, common, &error);

  g_assert_no_error (error);
  g_ptr_array_add (files, file);
  *strchr (base, '.') = '\0';
  for (guint i = 0; i < file->cases->len; i++)
    {
      Case *the_case = file->cases->pdata[i];
      Job job = { door, common, file, the_case, FALSE };

      if ((the_case->layers & CASE_LAYER_NEW) != 0)
        add_case (base, &job);
      job.is_old_layer = TRUE;
      if ((the_case->layers & CASE_LAYER_OLD) != 0)
        add_case (base, &job);
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

int
case_run_main (int argc, char **argv, const CaseDoor *door)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) case_file_free);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CaseFile) common = NULL;
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *cases = g_getenv ("HR_CASES");
  g_autofree char *tables = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (cases);
  tables = g_build_filename (cases, "tables.case", NULL);
  common = case_file_read (tables, NULL, &error);
  g_assert_no_error (error);
  folder = g_dir_open (cases, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      if (g_str_has_suffix (name, ".case") && !g_str_equal (name, "tables.case"))
        g_ptr_array_add (paths, g_build_filename (cases, name, NULL));
    }
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    add_file (files, common, paths->pdata[i], door);
  return g_test_run ();
}
