#pragma once

#include "render/scene.h"

/* Pictures of scenes against those that are kept, and what holds for every scene whatever it shows. */

/**
 * The scene as PNG against tests/render/golden/NAME.png: as large, and no more than one pixel in a thousand may differ
 * by more than 2 %. With HASHRANGE_GOLDEN=write the file is written instead. What came out and the difference are
 * written to the working directory when it fails. Skips the test where fonts differ from those of the references.
 */
void reference_assert_png (const HrScene *scene, HrTheme theme, HrText *text, double width, double height, double scale,
                           const char *name);
/** FALSE when the fonts here are others than those that the references were drawn with; the test is skipped then. */
gboolean reference_has_fonts (HrText *text);

/** Each text has a contrast of at least 4.5 : 1 with what is behind it, what a run dims excepted. */
void reference_assert_contrast (const HrScene *scene, HrTheme theme, const char *name);
/** No text is wider than its place, none is outside of the window, and no two of them collide. */
void reference_assert_places   (const HrScene *scene, HrText *text, double width, const char *name);
