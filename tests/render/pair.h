#pragma once

#include "render/pair-layout.h"
#include "tests/render/picture.h"

/* A table of a model in tests/render/models beside one of its indexes. Everything aborts the test on an error. */
typedef struct
{
  Picture base; /* document, table, and the table's marks when a pattern was run */
  HrOutline *paired;
  HrOutline *index;
  HrMarks *index_marks;
  HrPairLook look;
  HrPairLayout *layout;
} Pair;

#define PAIR_INIT { .paired = NULL }

/* @text must outlive the pair. */
void pair_init   (Pair *self, HrText *text, const char *model, const char *table, const char *index);
void pair_clear  (Pair *self);
/* Runs a pattern, takes it back, and marks what it touched. */
void pair_run    (Pair *self, const char *pattern);
/* After a change of the items. */
void pair_update (Pair *self);
/* Draws into the scene of the base, which is emptied first. */
HrScene *pair_draw (Pair *self, const HrPairViewport *viewport);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)
