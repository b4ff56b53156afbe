#pragma once

#include "model/base/buffer.h"
#include "render/scene.h"

G_BEGIN_DECLS

#define HR_PNG_MAX_PX 32767   /* cairo's largest image surface */
#define HR_SVG_MAX_PX 8000000 /* paths are traced with cairo, whose coordinates end there */

/*
 * Scenes to files. Same scene, theme and text: same bytes. Content is appended to @out.
 */

/** FALSE with HR_ERROR_INVALID when the picture is larger than HR_PNG_MAX_PX; the message names `--rows`. */
gboolean hr_scene_to_png (const HrScene *scene, HrTheme theme, HrText *text, double width_px, double height_px,
                          double scale, HrBuffer *out, GError **error);
/** Text becomes outlines; groups keep their ids. FALSE with HR_ERROR_INVALID beyond HR_SVG_MAX_PX. */
gboolean hr_scene_to_svg (const HrScene *scene, HrTheme theme, HrText *text, double width_px, double height_px,
                          HrBuffer *out, GError **error);

/** Lays out page number @page (from 0) into @scene; FALSE when there are no more pages. */
typedef gboolean (*HrPageFunc) (guint page, HrScene *scene, gpointer user_data);
/** A PDF of pages of one size; @title and no dates inside. */
gboolean hr_pages_to_pdf (HrPageFunc func, gpointer user_data, HrTheme theme, HrText *text, double width_px,
                          double height_px, const char *title, HrBuffer *out, GError **error);

G_END_DECLS
