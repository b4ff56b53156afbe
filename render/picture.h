#pragma once

#include "render/table-layout.h"

G_BEGIN_DECLS

/**
 * HrPicture: the flat table, or a table and an index side by side, as a picture of its own: title, legend, table, and
 * the legend of marks when it shows a run. What `hashrange draw` and thumbnails draw.
 */
typedef struct _HrPicture HrPicture;

typedef struct
{
  const HrModel *model;     /* borrowed, like all below */
  const HrTable *table;
  const char *index;        /* or NULL */
  HrOutline *outline;       /* of that table or index */
  const char *pair;         /* an index to stand beside the table, or NULL; the outline is paired with it */
  HrOutline *pair_outline;  /* of that index */
  const HrPattern *pattern; /* or NULL */
  const HrPatternRun *run;  /* of the pattern, with its trace, or NULL */
  guint64 first_row;        /* of those drawn, from 0 in the order of the outline */
  guint64 n_rows;           /* 0: to the end */
  HrTheme theme;
} HrPictureOptions;

/** NULL with HR_ERROR_INVALID when there are no such rows. */
HrPicture *hr_picture_new  (const HrPictureOptions *options, HrText *text, GError **error);
void       hr_picture_free (HrPicture *self);
double     hr_picture_get_width  (const HrPicture *self); /* px */
double     hr_picture_get_height (const HrPicture *self);

/** The whole picture. */
gboolean   hr_picture_draw (HrPicture *self, HrScene *scene, GError **error);

/**
 * Page number @page (from 0) of pages of this picture's width and @height_px, headings repeated, broken between rows.
 * FALSE when there are no more pages, or with @error.
 */
gboolean   hr_picture_draw_page (HrPicture *self, guint page, double height_px, HrScene *scene, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrPicture, hr_picture_free)

G_END_DECLS
