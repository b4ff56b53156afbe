#pragma once

#include <cairo.h>

#include "render/scene.h"

G_BEGIN_DECLS

/* Outlines that the painter and the SVG writer share, as cairo paths. */

typedef struct
{
  gboolean is_stroked; /* else filled */
  double width;        /* px, of a stroke */
  double dash;         /* px, 0: solid */
} HrPathLook;

/** Appends the outline of a shape in the square @rect. */
void hr_shape_trace (cairo_t *cr, HrShape shape, const HrRect *rect, HrPathLook *look);
void hr_icon_trace  (cairo_t *cr, HrIcon icon, const HrRect *rect, HrPathLook *look);
/** A rectangle with the box's radius at its corners, shrunk by @inset on each side. */
void hr_box_trace   (cairo_t *cr, const HrBox *box, const HrRect *rect, double inset);
/** From the first of two points to the second, or to where its head of length @arrow begins. */
void hr_link_trace  (cairo_t *cr, const double *points, double arrow);
/** The head, to be filled. */
void hr_arrow_trace (cairo_t *cr, const double *points, double arrow);
/** 45° lines across the rectangle; clip to it before stroking. */
void hr_hatch_trace (cairo_t *cr, const HrRect *rect, HrPathLook *look);

G_END_DECLS
