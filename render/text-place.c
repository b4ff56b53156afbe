/*
 * Where a text goes in its rectangle: along the line by its alignment, across it by its logical height,
 * so that texts of one style share a baseline in rectangles of one height.
 */

#include "render/text-place.h"

PangoLayout *
hr_text_place (HrText *text, const HrSceneNode *node, double *x, double *y)
{
  const HrTextLook *look = &node->text.look;
  double length = look->vertical ? node->rect.height : node->rect.width;
  double thickness = look->vertical ? node->rect.width : node->rect.height;
  PangoLayout *layout = hr_text_get_layout (text, look->style, node->text.text, node->text.length, length,
                                            look->ellipsis);
  PangoRectangle logical;
  double space;

  pango_layout_get_extents (layout, NULL, &logical);
  space = length - (double) logical.width / PANGO_SCALE;
  *x = look->align == HR_ALIGN_START ? 0 : look->align == HR_ALIGN_CENTER ? space / 2 : space;
  /* Pango pushes right-to-left text to the far end of a limited width */
  *x -= (double) logical.x / PANGO_SCALE;
  *y = (thickness - (double) logical.height / PANGO_SCALE) / 2;
  if (!look->vertical)
    {
      *x += node->rect.x;
      *y += node->rect.y;
    }
  return layout;
}
