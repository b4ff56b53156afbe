#pragma once

#include "render/pair-layout.h"
#include "render/picture.h"

G_BEGIN_DECLS

/* A picture, for picture.c and picture-title.c. */

#define HR_PICTURE_MARGIN       12.0
#define HR_PICTURE_MARKS_HEIGHT 36.0

struct _HrPicture
{
  HrPictureOptions options;
  HrText *text; /* borrowed */

  /* owned */
  HrTableLayout *layout; /* or NULL: */
  HrPairLayout *pair;
  HrMarks *marks;
  HrMarks *pair_marks;   /* of the index of a pair */
  GArray *breaks; /* double: where pages start, px of the table */

  double width;
  double title_height;
  double top; /* of the rows that are drawn, px of the table */
  double bottom;
  double shift; /* of a pair: how much further down the index is scrolled than the table */
};

/** Adds title and legend at the top; returns how high they are. @scene NULL: nothing is added. */
double hr_picture_add_title (const HrPicture *self, HrScene *scene);
/** The legend of marks on a line of HR_PICTURE_MARKS_HEIGHT at @top. */
void   hr_picture_add_mark_legend (const HrPicture *self, HrScene *scene, double top);

G_END_DECLS
