#pragma once

#include "render/scene.h"

G_BEGIN_DECLS

/**
 * HrPen: a scene seen along the reading direction. Layouts count x from the start edge; in right to left
 * everything is mirrored about the middle of the line from @left to @left + @width. A plain value.
 */
typedef struct
{
  HrScene *scene;
  double left;
  double width;
  gboolean right_to_left;
  HrSide side; /* of targets */
} HrPen;

void hr_pen_box   (const HrPen *self, const HrRect *rect, const HrBox *box);
void hr_pen_fill  (const HrPen *self, const HrRect *rect, HrColor color);
void hr_pen_hatch (const HrPen *self, const HrRect *rect, HrColor color);
void hr_pen_line  (const HrPen *self, const double *points, guint n_points, HrColor color, double width, double dash);
void hr_pen_link  (const HrPen *self, const HrLink *link);
void hr_pen_shape (const HrPen *self, HrShape shape, double x, double y, double size, HrColor color);
void hr_pen_icon  (const HrPen *self, HrIcon icon, double x, double y, double size, HrColor color);
void hr_pen_text  (const HrPen *self, const HrRect *rect, const HrTextLook *look, const char *text, gssize length);
void hr_pen_push  (const HrPen *self, const HrRect *clip, double opacity, const char *id);
void hr_pen_pop   (const HrPen *self);
void hr_pen_target (const HrPen *self, const HrRect *rect, const HrHit *target, const char *label,
                    const char *tooltip);
void hr_pen_link_target (const HrPen *self, const HrLink *link, const HrHit *target, const char *label,
                         const char *tooltip);

G_END_DECLS
