/*
 * hashrange draw: the flat table of a model as a picture.
 *
 * An executable of its own, because it brings cairo and Pango along. The format is what the file name
 * ends with. Same model, same options: same bytes.
 */

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "app/cli/command.h"
#include "app/cli/config.h"
#include "app/cli/model-file.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/file.h"
#include "model/document/outline.h"
#include "model/document/runner.h"
#include "render/picture.h"
#include "render/surface.h"

typedef struct
{
  char *output;
  char *table;
  char *index;
  char *pair;
  char *pattern;
  char *theme_name;
  char *rows;
  double scale;

  /* from the above */
  HrTheme theme;
  guint64 first_row;
  guint64 n_rows;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->output);
  g_free (self->table);
  g_free (self->index);
  g_free (self->pair);
  g_free (self->pattern);
  g_free (self->theme_name);
  g_free (self->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

typedef gboolean (*WriteFunc) (HrPicture *picture, const Arguments *arguments, const HrModel *model, HrText *text,
                               HrBuffer *out, GError **error);

static gboolean
draw_scene (HrPicture *picture, HrScene **scene, GError **error)
{
  *scene = hr_scene_new ();
  if (hr_picture_draw (picture, *scene, error))
    return TRUE;
  g_clear_pointer (scene, hr_scene_free);
  return FALSE;
}

static gboolean
write_png (HrPicture *picture, const Arguments *arguments, const HrModel *model, HrText *text, HrBuffer *out,
           GError **error)
{
  g_autoptr (HrScene) scene = NULL;

  /* before the scene is made: a table of a million rows is refused at once */
  if (MAX (hr_picture_get_width (picture), hr_picture_get_height (picture)) * arguments->scale > HR_PNG_MAX_PX)
    scene = hr_scene_new ();
  else if (!draw_scene (picture, &scene, error))
    return FALSE;
  return hr_scene_to_png (scene, arguments->theme, text, hr_picture_get_width (picture),
                          hr_picture_get_height (picture), arguments->scale, out, error);
}

static gboolean
write_svg (HrPicture *picture, const Arguments *arguments, const HrModel *model, HrText *text, HrBuffer *out,
           GError **error)
{
  g_autoptr (HrScene) scene = NULL;

  return draw_scene (picture, &scene, error)
         && hr_scene_to_svg (scene, arguments->theme, text, hr_picture_get_width (picture),
                             hr_picture_get_height (picture), out, error);
}

/* Pages have the shape of a sheet of A4 on its side. */
#define PAGE_SHAPE (210.0 / 297.0)

typedef struct
{
  HrPicture *picture;
  GError *error;
} Pages;

static gboolean
draw_page_cb (guint page, HrScene *scene, gpointer user_data)
{
  Pages *pages = user_data;

  return hr_picture_draw_page (pages->picture, page, hr_picture_get_width (pages->picture) * PAGE_SHAPE, scene,
                               &pages->error);
}

static gboolean
write_pdf (HrPicture *picture, const Arguments *arguments, const HrModel *model, HrText *text, HrBuffer *out,
           GError **error)
{
  Pages pages = { picture, NULL };
  double width = hr_picture_get_width (picture);

  if (!hr_pages_to_pdf (draw_page_cb, &pages, arguments->theme, text, width, width * PAGE_SHAPE, model->name, out,
                        error))
    return FALSE;
  if (pages.error == NULL)
    return TRUE;
  g_propagate_error (error, pages.error);
  return FALSE;
}

static const struct
{
  const char *suffix;
  WriteFunc write;
} formats[] = {
  { ".png", write_png },
  { ".svg", write_svg },
  { ".pdf", write_pdf },
};

static WriteFunc
find_format (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (name, formats[i].suffix))
      return formats[i].write;
  return NULL;
}

/* "A-B", from 1 and inclusive; "A-" is to the end. */
static gboolean
parse_rows (Arguments *self)
{
  char *end;
  guint64 first;
  guint64 last;

  if (self->rows == NULL)
    return TRUE;
  first = g_ascii_strtoull (self->rows, &end, 10);
  if (first == 0 || *end != '-' || end == self->rows)
    return FALSE;
  self->first_row = first - 1;
  if (end[1] == '\0')
    return TRUE;
  last = g_ascii_strtoull (end + 1, &end, 10);
  if (*end != '\0' || last < first)
    return FALSE;
  self->n_rows = last - first + 1;
  return TRUE;
}

static gboolean
check_arguments (Arguments *self, int argc)
{
  if (argc != 2)
    hr_command_fail ("draw", _ ("name one model: `hashrange draw MODEL -o FILE`."));
  else if (self->output == NULL)
    hr_command_fail ("draw", _ ("name the picture with -o FILE.png, FILE.svg or FILE.pdf."));
  else if (find_format (self->output) == NULL)
    hr_command_fail ("draw", _ ("“%s” ends with none of .png, .svg and .pdf."), self->output);
  else if (self->theme_name != NULL && !hr_theme_from_name (self->theme_name, &self->theme))
    hr_command_fail ("draw",
                     _ ("“%s” is no theme; there are light, dark, high-contrast, high-contrast-dark and print."),
                     self->theme_name);
  else if (self->index != NULL && self->pair != NULL)
    hr_command_fail ("draw", _ ("--index and --pair exclude each other: an index alone, or beside its table."));
  else if (!parse_rows (self))
    hr_command_fail ("draw", _ ("“--rows %s” is not A-B, such as 1-500."), self->rows);
  else if (self->scale < 0.1 || self->scale > 10)
    hr_command_fail ("draw", _ ("--scale takes a number from 0.1 to 10."));
  else
    return TRUE;
  return FALSE;
}

static const HrTable *
choose_table (const Arguments *self, const HrModel *model)
{
  const char *index = self->pair != NULL ? self->pair : self->index;
  const HrTable *table = self->table != NULL         ? hr_model_find_table (model, self->table)
                         : model->tables->len > 0 ? g_ptr_array_index (model->tables, 0)
                                                  : NULL;

  if (table == NULL && self->table != NULL)
    hr_command_fail ("draw", _ ("the model has no table “%s”."), self->table);
  else if (table == NULL)
    hr_command_fail ("draw", _ ("the model has no table to draw."));
  else if (index != NULL && hr_table_find_index (table, index) == NULL)
    {
      hr_command_fail ("draw", _ ("table %s has no index “%s”."), table->name, index);
      table = NULL;
    }
  return table;
}

static HrPatternRun *
run_pattern (const HrPattern *pattern, HrDocument *document)
{
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (document));
  const HrRunOptions options = { .want_trace = TRUE };
  g_autoptr (GError) error = NULL;
  HrPatternRun *run = hr_pattern_run (pattern, hr_document_get_model (document), backend, &options, &error);

  if (run == NULL)
    hr_command_fail ("draw", "%s: %s", pattern->id, error->message);
  else if (run->status == HR_RUN_ERROR)
    {
      hr_command_fail ("draw", "%s: %s", pattern->id, run->message != NULL ? run->message : _ ("it could not run"));
      g_clear_pointer (&run, hr_pattern_run_free);
    }
  return run;
}

static HrExit
save_picture (HrPictureOptions *options, const Arguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrText) text = hr_text_new_fixed (&error);
  g_autoptr (HrPicture) picture = text != NULL ? hr_picture_new (options, text, &error) : NULL;
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  if (picture == NULL || !find_format (arguments->output) (picture, arguments, options->model, text, &out, &error)
      || !hr_file_save (arguments->output, out.data, out.length, FALSE, &error))
    return hr_command_fail ("draw", "%s", error->message);
  return HR_EXIT_DONE;
}

static HrExit
draw (HrDocument *document, const Arguments *arguments)
{
  const HrModel *model = hr_document_get_model (document);
  HrPictureOptions options = { .model = model, .index = arguments->index, .pair = arguments->pair,
                               .theme = arguments->theme, .first_row = arguments->first_row,
                               .n_rows = arguments->n_rows };
  HrOutlineOptions shape = { .index = arguments->index, .paired_index = arguments->pair };
  g_autoptr (HrOutline) outline = NULL;
  g_autoptr (HrOutline) pair_outline = NULL;
  g_autoptr (HrPatternRun) run = NULL;
  g_autoptr (GError) error = NULL;

  options.table = choose_table (arguments, model);
  if (options.table == NULL)
    return HR_EXIT_FAILED;
  shape.table = options.table->name;
  outline = hr_outline_new (hr_document_get_engine (document), options.table, &shape, NULL, &error);
  if (outline == NULL)
    return hr_command_fail ("draw", "%s", error->message);
  options.outline = outline;
  if (arguments->pair != NULL)
    {
      shape = (HrOutlineOptions) { .table = options.table->name, .index = arguments->pair };
      pair_outline = hr_outline_new (hr_document_get_engine (document), options.table, &shape, NULL, &error);
      if (pair_outline == NULL)
        return hr_command_fail ("draw", "%s", error->message);
      options.pair_outline = pair_outline;
    }
  if (arguments->pattern != NULL)
    {
      options.pattern = hr_model_find_pattern (model, arguments->pattern);
      if (options.pattern == NULL)
        return hr_command_fail ("draw", _ ("the model has no pattern “%s”."), arguments->pattern);
      run = run_pattern (options.pattern, document);
      if (run == NULL)
        return HR_EXIT_FAILED;
      options.run = run;
    }
  return save_picture (&options, arguments);
}

static HrExit
command_draw (int argc, char **argv)
{
  g_auto (Arguments) arguments = { .scale = 1.0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.output, N_ ("The picture: .png, .svg or .pdf"),
      N_ ("FILE") },
    { "table", 0, 0, G_OPTION_ARG_STRING, &arguments.table, N_ ("The table; the first when not given"), N_ ("NAME") },
    { "index", 0, 0, G_OPTION_ARG_STRING, &arguments.index, N_ ("An index of the table, instead of the table"),
      N_ ("NAME") },
    { "pair", 0, 0, G_OPTION_ARG_STRING, &arguments.pair,
      N_ ("An index of the table beside it, with a curve from each item to its copy"), N_ ("NAME") },
    { "pattern", 0, 0, G_OPTION_ARG_STRING, &arguments.pattern,
      N_ ("Run this pattern and mark what it reads and writes"), N_ ("ID") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &arguments.theme_name,
      N_ ("light, dark, high-contrast, high-contrast-dark or print"), N_ ("THEME") },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.scale, N_ ("Pixels of a PNG for each unit; 1 when not given"),
      N_ ("N") },
    { "rows", 0, 0, G_OPTION_ARG_STRING, &arguments.rows, N_ ("Only these rows, counted from 1"), N_ ("A-B") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (HrModelFile) file = { 0 };
  HrExit result;

  if (!hr_command_parse ("draw", entries, NULL, &argc, &argv) || !check_arguments (&arguments, argc)
      || !hr_model_file_open (&file, "draw", argv[1]))
    return HR_EXIT_FAILED;
  result = draw (file.document, &arguments);
  return MAX (result, hr_diagnostics_has_error (file.diagnostics) ? HR_EXIT_FINDINGS : HR_EXIT_DONE);
}

int
main (int argc, char **argv)
{
  hr_command_set_up ();
  return command_draw (argc, argv);
}
