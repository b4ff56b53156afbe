/*
 * hashrange run: access patterns on the local engine (or an endpoint), compared with what they expect.
 *
 * Patterns run one after the other; those that write are taken back, unless --keep writes the model
 * with their changes to the file that -o names.
 */

#include <math.h>
#include <string.h>

#include "app/cli/connect.h"
#include "app/cli/model-file.h"
#include "app/cli/report.h"
#include "app/cli/run-report.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/file.h"
#include "model/document/runner.h"
#include "model/exchange/native.h"

typedef struct
{
  char **settings; /* NAME=VALUE */
  gboolean trace;
  gboolean json;
  gboolean keep;
  char *output;
  char *endpoint;
  gboolean allow_writes;
} RunArguments;

static void
run_arguments_clear (RunArguments *self)
{
  g_clear_pointer (&self->settings, g_strfreev);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->endpoint, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunArguments, run_arguments_clear)

/* NULL after saying what is wrong with a setting. */
static GHashTable *
parse_settings (char **settings)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (char **setting = settings; setting != NULL && *setting != NULL; setting++)
    {
      const char *equals = strchr (*setting, '=');

      if (equals == NULL || equals == *setting)
        {
          hr_command_fail ("run", _ ("“--set %s” is not NAME=VALUE."), *setting);
          return NULL;
        }
      g_hash_table_replace (values, g_strndup (*setting, equals - *setting), g_strdup (equals + 1));
    }
  return g_steal_pointer (&values);
}

static gboolean
has_parameter (const HrPattern *pattern, const char *name)
{
  for (guint i = 0; i < pattern->parameters->len; i++)
    if (strcmp (((HrParameter *) g_ptr_array_index (pattern->parameters, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* A value that no chosen pattern takes is a mistake of the caller's, not something to ignore. */
static gboolean
check_settings (GHashTable *values, GPtrArray *patterns)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      gboolean wanted = FALSE;

      for (guint i = 0; i < patterns->len && !wanted; i++)
        wanted = has_parameter (g_ptr_array_index (patterns, i), name);
      if (!wanted)
        {
          hr_command_fail ("run", _ ("no pattern of this run has a parameter “%s”."), (char *) name);
          return FALSE;
        }
    }
  return TRUE;
}

static GPtrArray *
choose_patterns (const HrModel *model, char **ids)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (char **id = ids; *id != NULL; id++)
    {
      const HrPattern *pattern = hr_model_find_pattern (model, *id);

      if (pattern == NULL)
        {
          hr_command_fail ("run", _ ("the model has no pattern “%s”."), *id);
          return NULL;
        }
      g_ptr_array_add (chosen, (gpointer) pattern);
    }
  if (*ids == NULL)
    for (guint i = 0; i < model->patterns->len; i++)
      g_ptr_array_add (chosen, g_ptr_array_index (model->patterns, i));
  return g_steal_pointer (&chosen);
}

/* NULL after saying why; kept changes become one step of the document. */
static HrPatternRun *
run_one (const HrPattern *pattern, HrDocument *document, HrBackend *backend, const HrRunOptions *options)
{
  g_autoptr (GError) error = NULL;
  HrPatternRun *run = hr_pattern_run (pattern, hr_document_get_model (document), backend, options, &error);

  if (run != NULL)
    return run;
  hr_command_fail ("run", "%s: %s", pattern->id, error->message);
  if (g_error_matches (error, HR_ERROR, HR_ERROR_UNSUPPORTED)
      && (hr_backend_get_flags (backend) & HR_BACKEND_SAVEPOINTS) == 0)
    g_printerr (_ ("--allow-writes lets patterns change the tables of the endpoint.\n"));
  return NULL;
}

static HrExit
save_kept (HrDocument *document, const char *name)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;

  if (!hr_native_write (document, &out, NULL, &error)
      || !hr_file_save (name, out.data, out.length, TRUE, &error))
    return hr_command_fail ("run", "%s", error->message);
  return HR_EXIT_DONE;
}

static HrExit
run_patterns (HrDocument *document, HrBackend *backend, GPtrArray *patterns, const HrRunOptions *options,
              const RunArguments *arguments, const char *name)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_pattern_run_free);
  HrExit result = HR_EXIT_DONE;

  for (guint i = 0; i < patterns->len; i++)
    {
      HrPatternRun *run = run_one (g_ptr_array_index (patterns, i), document, backend, options);

      if (run == NULL)
        return HR_EXIT_FAILED;
      g_ptr_array_add (runs, run);
      if (run->status != HR_RUN_PASSED)
        result = HR_EXIT_FINDINGS;
    }

  if (arguments->json)
    hr_run_report_print_json (runs, name, arguments->trace);
  else
    hr_run_report_print_text (runs, hr_document_get_model (document), arguments->trace);
  if (options->keep && arguments->output != NULL)
    result = MAX (result, save_kept (document, arguments->output));
  return result;
}

static gboolean
check_arguments (const RunArguments *arguments, int argc)
{
  if (argc < 2)
    hr_command_fail ("run", _ ("name a model: `hashrange run MODEL [PATTERN…]`."));
  else if (arguments->keep && arguments->endpoint != NULL)
    hr_command_fail ("run", _ ("--keep is for the local engine; an endpoint keeps what --allow-writes lets through."));
  else if (arguments->allow_writes && arguments->endpoint == NULL)
    hr_command_fail ("run", _ ("--allow-writes is for --endpoint; use --keep -o MODEL to keep what patterns write."));
  else if (arguments->keep != (arguments->output != NULL))
    hr_command_fail ("run", _ ("--keep and -o MODEL go together: what to keep, and the file to write it to."));
  else
    return TRUE;
  return FALSE;
}

HrExit
hr_command_run (int argc, char **argv)
{
  g_auto (RunArguments) arguments = { 0 };
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.settings,
      N_ ("Give a parameter another value than its example"), N_ ("NAME=VALUE") },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &arguments.trace, N_ ("Say what was read and written, item by item"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &arguments.json, N_ ("Print a report for machines"), NULL },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &arguments.keep, N_ ("Keep what the patterns write"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.output, N_ ("Where --keep writes the changed model"),
      N_ ("MODEL") },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &arguments.endpoint, N_ ("Send the requests there instead"), N_ ("URL") },
    { "allow-writes", 0, 0, G_OPTION_ARG_NONE, &arguments.allow_writes,
      N_ ("Let patterns change the endpoint's tables"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (HrModelFile) file = { 0 };
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (GPtrArray) patterns = NULL;
  g_autoptr (HrBackend) backend = NULL;
  HrRunOptions options = { 0 };
  HrExit result;

  hr_connect_if_remote (argc, argv);
  if (!hr_command_parse ("run", entries,
                         _ ("Runs the named patterns, or all. Exits with 1 when one does not give what it expects.\n"),
                         &argc, &argv)
      || !check_arguments (&arguments, argc))
    return HR_EXIT_FAILED;
  values = parse_settings (arguments.settings);
  if (values == NULL || !hr_model_file_open (&file, "run", argv[1]))
    return HR_EXIT_FAILED;
  patterns = choose_patterns (hr_document_get_model (file.document), argv + 2);
  if (patterns == NULL || !check_settings (values, patterns))
    return HR_EXIT_FAILED;
  backend = arguments.endpoint != NULL ? hr_connect_endpoint ("run", arguments.endpoint)
                                       : hr_backend_new_local (hr_document_get_engine (file.document));
  if (backend == NULL)
    return HR_EXIT_FAILED;

  options.values = values;
  options.want_trace = arguments.trace;
  options.keep = arguments.keep || arguments.allow_writes;
  result = run_patterns (file.document, backend, patterns, &options, &arguments, argv[1]);
  return MAX (result, hr_diagnostics_has_error (file.diagnostics) ? HR_EXIT_FINDINGS : HR_EXIT_DONE);
}
