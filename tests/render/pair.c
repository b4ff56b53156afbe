/*
 * A table and its index laid out, as tests of pictures start from.
 */
#include "tests/render/pair.h"

#include <string.h>

static void
make_outlines (Pair *self, const char *index)
{
  HrEngine *engine = hr_document_get_engine (self->base.document);
  HrOutlineOptions options = { .table = self->base.table->name, .paired_index = index };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->paired, hr_outline_free);
  g_clear_pointer (&self->index, hr_outline_free);
  self->paired = hr_outline_new (engine, self->base.table, &options, NULL, &error);
  g_assert_no_error (error);
  options = (HrOutlineOptions) { .table = self->base.table->name, .index = index };
  self->index = hr_outline_new (engine, self->base.table, &options, NULL, &error);
  g_assert_no_error (error);
  self->look.table_outline = self->paired;
  self->look.index_outline = self->index;
}

void
pair_init (Pair *self, HrText *text, const char *model, const char *table, const char *index)
{
  memset (self, 0, sizeof *self);
  picture_init (&self->base, text, model, table, NULL);
  self->look = (HrPairLook) { .table = self->base.table, .index = index, .text = text, .zoom = 1, .dim_others = TRUE,
                              .density = HR_DENSITY_COMFORTABLE, .dim = hr_theme_get_dim (HR_THEME_LIGHT) };
  make_outlines (self, index);
  self->layout = hr_pair_layout_new ();
  hr_pair_layout_set_look (self->layout, &self->look);
}

void
pair_update (Pair *self)
{
  make_outlines (self, self->look.index);
  hr_pair_layout_set_look (self->layout, &self->look);
}

void
pair_run (Pair *self, const char *pattern)
{
  picture_run (&self->base, pattern, FALSE);
  self->index_marks = hr_marks_new (self->base.run, self->base.table, self->look.index);
  self->look.table_marks = self->base.marks;
  self->look.index_marks = self->index_marks;
  hr_pair_layout_set_look (self->layout, &self->look);
}

void
pair_clear (Pair *self)
{
  hr_pair_layout_free (self->layout);
  hr_marks_free (self->index_marks);
  hr_outline_free (self->paired);
  hr_outline_free (self->index);
  picture_clear (&self->base);
}

HrScene *
pair_draw (Pair *self, const HrPairViewport *viewport)
{
  g_autoptr (GError) error = NULL;

  hr_scene_clear (self->base.scene);
  g_assert_true (hr_pair_layout_draw (self->layout, viewport, self->base.scene, &error));
  g_assert_no_error (error);
  return self->base.scene;
}
