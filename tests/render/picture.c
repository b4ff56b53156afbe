/*
 * A table of a model laid out, and golden texts of what came of it.
 */
#include "tests/render/picture.h"

#include "model/document/file.h"
#include "model/exchange/native.h"

#include <string.h>

HrText *
picture_text_new (void)
{
  g_autoptr (GError) error = NULL;
  HrText *text = hr_text_new_fixed (&error);

  g_assert_no_error (error);
  return text;
}

static HrDocument *
read_model (const char *name)
{
  g_autofree char *file_name = g_strdup_printf ("%s.hashrange.json", name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "models", file_name, NULL);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  HrDocument *document;

  bytes = hr_file_read (path, &error);
  g_assert_no_error (error);
  document = hr_native_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), diagnostics, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 0);
  return document;
}

static void
make_outline (Picture *self)
{
  HrOutlineOptions options = { .table = self->table->name, .index = self->look.index };
  g_autoptr (GError) error = NULL;

  hr_outline_free (self->outline);
  self->outline = hr_outline_new (hr_document_get_engine (self->document), self->table, &options, NULL, &error);
  g_assert_no_error (error);
  self->look.outline = self->outline;
}

void
picture_init (Picture *self, HrText *text, const char *model, const char *table, const char *index)
{
  memset (self, 0, sizeof *self);
  self->document = read_model (model);
  self->backend = hr_backend_new_local (hr_document_get_engine (self->document));
  self->table = hr_model_find_table (hr_document_get_model (self->document), table);
  g_assert_nonnull (self->table);
  self->look = (HrTableLook) { .table = self->table, .index = index, .text = text, .zoom = 1, .dim_others = TRUE,
                               .dim = hr_theme_get_dim (HR_THEME_LIGHT) };
  self->layout = hr_table_layout_new ();
  self->scene = hr_scene_new ();
  make_outline (self);
  picture_update (self);
}

void
picture_clear (Picture *self)
{
  hr_scene_free (self->scene);
  hr_table_layout_free (self->layout);
  hr_marks_free (self->marks);
  hr_pattern_run_free (self->run);
  hr_outline_free (self->outline);
  hr_backend_free (self->backend);
  g_clear_object (&self->document);
}

void
picture_run (Picture *self, const char *pattern, gboolean keep)
{
  HrModel *model = hr_document_get_model (self->document);
  HrRunOptions options = { .want_trace = TRUE, .keep = keep };
  HrPatternRun *old_run = self->run; /* is shown until the new one is */
  HrMarks *old_marks = self->marks;
  g_autoptr (GError) error = NULL;

  self->run = hr_pattern_run (hr_model_find_pattern (model, pattern), model, self->backend, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->run->message, ==, NULL);
  self->marks = hr_marks_new (self->run, self->table, self->look.index);
  self->look.marks = self->marks;
  if (keep)
    make_outline (self);
  picture_update (self);
  hr_marks_free (old_marks);
  hr_pattern_run_free (old_run);
}

void
picture_update (Picture *self)
{
  hr_table_layout_set_look (self->layout, &self->look);
}

void
picture_draw (Picture *self, const HrViewport *viewport)
{
  g_autoptr (GError) error = NULL;

  hr_scene_clear (self->scene);
  hr_table_layout_draw (self->layout, viewport, self->scene, &error);
  g_assert_no_error (error);
}

static void
assert_same_lines (const char *dump, const char *expected, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", -1);

  for (guint i = 0; lines[i] != NULL || expected_lines[i] != NULL; i++)
    if (g_strcmp0 (lines[i], expected_lines[i]) != 0)
      g_error ("golden/%s.txt, line %u\n  expected %s\n  got      %s", name, i + 1, expected_lines[i], lines[i]);
}

void
picture_assert_golden (const char *dump, const char *name)
{
  g_autofree char *file_name = g_strdup_printf ("%s.txt", name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", file_name, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (g_getenv ("HASHRANGE_GOLDEN"), "write") == 0)
    {
      g_file_set_contents (path, dump, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  assert_same_lines (dump, expected, name);
}
