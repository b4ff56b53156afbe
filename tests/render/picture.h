#pragma once

#include "render/table-layout.h"

/*
 * A table of a model in tests/render/models, laid out: what the tests of pictures start from. Everything aborts the
 * test on an error.
 */
typedef struct
{
  HrDocument *document;
  HrBackend *backend;
  const HrTable *table;
  HrOutline *outline;
  HrPatternRun *run; /* or NULL */
  HrMarks *marks;    /* or NULL */
  HrTableLook look;
  HrTableLayout *layout;
  HrScene *scene;
} Picture;

#define PICTURE_INIT { .document = NULL }

/* @text must outlive the picture; one is enough for a test program. */
void picture_init  (Picture *self, HrText *text, const char *model, const char *table, const char *index);
void picture_clear (Picture *self);
/* Runs a pattern, and marks what it touched. */
void picture_run   (Picture *self, const char *pattern, gboolean keep);
/* After a change of the look or the marks. */
void picture_update (Picture *self);
/* Draws into the scene, which is emptied first. */
void picture_draw  (Picture *self, const HrViewport *viewport);

HrText *picture_text_new (void);
/* The dump against tests/render/golden/NAME.txt; with HASHRANGE_GOLDEN=write the file is written instead. */
void    picture_assert_golden (const char *dump, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)
