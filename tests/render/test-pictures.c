/*
 * The reference screens of the table: a handful as pixels, and of all of them that every text is where it can be read:
 * in its place, apart from others, and with enough contrast.
 *
 * HASHRANGE_PICTURES=FOLDER writes all of them there, to be looked at.
 */
#include "tests/render/pair.h"
#include "tests/render/reference.h"

#include "render/surface.h"

#include <string.h>

#define HEADER 30.0

typedef struct
{
  const char *name;
  const char *model;
  const char *table;
  const char *index;
  gboolean is_pair;
  const char *pattern;
  HrDensity density;
  double zoom; /* 0: 1 */
  HrTheme theme;
  gboolean right_to_left;
  gboolean is_golden;
  double width, height, y;
  HrHit selected;
} Screen;

#define CONVERSATIONS .model = "conversations", .table = "talk"
#define GALLERY       .model = "gallery", .table = "gallery"
#define DESK          .model = "desk", .table = "desk", .is_pair = TRUE
#define ROW(position, number) .selected = { HR_HIT_ROW, position, number, 0, HR_SIDE_TABLE }

static const Screen screens[] = {
  { .name = "screen-table", CONVERSATIONS, .is_golden = TRUE, ROW (0, 3) },
  { .name = "screen-table-dark", CONVERSATIONS, .theme = HR_THEME_DARK, .is_golden = TRUE, ROW (0, 3) },
  { .name = "screen-table-print", CONVERSATIONS, .theme = HR_THEME_PRINT, .is_golden = TRUE },
  { .name = "screen-table-contrast", CONVERSATIONS, .theme = HR_THEME_HIGH_CONTRAST, .is_golden = TRUE, ROW (0, 3) },
  { .name = "screen-table-contrast-dark", CONVERSATIONS, .theme = HR_THEME_HIGH_CONTRAST_DARK },
  { .name = "screen-comfortable", CONVERSATIONS, .density = HR_DENSITY_COMFORTABLE },
  { .name = "screen-presentation", CONVERSATIONS, .density = HR_DENSITY_PRESENTATION, .width = 1500, .height = 700 },
  { .name = "screen-bars", CONVERSATIONS, .zoom = 0.5, .is_golden = TRUE },
  { .name = "screen-bars-dark", CONVERSATIONS, .zoom = 0.5, .theme = HR_THEME_DARK },
  { .name = "screen-double", CONVERSATIONS, .zoom = 2 },
  { .name = "screen-right-to-left", CONVERSATIONS, .pattern = "A", .right_to_left = TRUE, .is_golden = TRUE },
  { .name = "screen-gallery", GALLERY, .height = 1600 },
  { .name = "screen-gallery-dark", GALLERY, .theme = HR_THEME_DARK, .height = 1600 },
  { .name = "screen-gallery-right-to-left", GALLERY, .right_to_left = TRUE, .height = 1600 },
  { .name = "screen-gallery-print", GALLERY, .theme = HR_THEME_PRINT, .height = 1600 },
  { .name = "screen-gallery-presentation", GALLERY, .density = HR_DENSITY_PRESENTATION, .height = 2600 },
  { .name = "screen-run", CONVERSATIONS, .pattern = "A", .is_golden = TRUE },
  { .name = "screen-run-dark", CONVERSATIONS, .pattern = "A", .theme = HR_THEME_DARK },
  { .name = "screen-run-contrast", CONVERSATIONS, .pattern = "A", .theme = HR_THEME_HIGH_CONTRAST },
  { .name = "screen-run-print", CONVERSATIONS, .pattern = "A", .theme = HR_THEME_PRINT },
  { .name = "screen-eq", GALLERY, .pattern = "EQ", .y = 1080 },
  { .name = "screen-begins-with", GALLERY, .pattern = "BW", .y = 1080 },
  { .name = "screen-between", GALLERY, .pattern = "BT", .y = 1080 },
  { .name = "screen-less", GALLERY, .pattern = "LT", .y = 1080 },
  { .name = "screen-newest", GALLERY, .pattern = "NF", .y = 1080 },
  { .name = "screen-none", GALLERY, .pattern = "NO", .y = 1250 },
  { .name = "screen-filtered", GALLERY, .pattern = "FA", .y = 1080 },
  { .name = "screen-pages", GALLERY, .pattern = "P3", .y = 1080 },
  { .name = "screen-scan", GALLERY, .pattern = "SC", .height = 1700 },
  { .name = "screen-writes", CONVERSATIONS, .pattern = "T", .width = 1320, .height = 720 },
  { .name = "screen-writes-print", CONVERSATIONS, .pattern = "T", .theme = HR_THEME_PRINT, .width = 1320,
    .height = 720 },
  { .name = "screen-transaction", CONVERSATIONS, .pattern = "X", .width = 1320, .height = 720 },
  { .name = "screen-index", CONVERSATIONS, .index = "by-group", .pattern = "QI" },
  { .name = "screen-index-scan", CONVERSATIONS, .index = "by-group", .pattern = "SI" },
  { .name = "screen-pair", DESK, .index = "by-assignee", .width = 1700, .is_golden = TRUE, ROW (1, 1) },
  { .name = "screen-pair-dark", DESK, .index = "by-assignee", .width = 1700, .theme = HR_THEME_DARK, ROW (1, 1) },
  { .name = "screen-pair-contrast", DESK, .index = "by-assignee", .width = 1700, .theme = HR_THEME_HIGH_CONTRAST },
  { .name = "screen-pair-print", DESK, .index = "by-assignee", .width = 1700, .theme = HR_THEME_PRINT },
  { .name = "screen-pair-right-to-left", DESK, .index = "by-assignee", .width = 1700, .right_to_left = TRUE,
    ROW (1, 1) },
  { .name = "screen-pair-presentation", DESK, .index = "by-status", .width = 1700, .height = 900,
    .density = HR_DENSITY_PRESENTATION },
  { .name = "screen-pair-compact", DESK, .index = "by-status", .width = 1192, .density = HR_DENSITY_COMPACT },
  { .name = "screen-pair-bars", DESK, .index = "by-status", .width = 1192, .zoom = 0.5 },
  { .name = "screen-pair-local", DESK, .index = "by-priority", .width = 1900, .density = HR_DENSITY_COMFORTABLE },
  { .name = "screen-pair-fetch", DESK, .index = "by-priority", .pattern = "L", .width = 2200 },
  { .name = "screen-pair-write", DESK, .index = "by-assignee", .pattern = "W", .width = 2100 },
  { .name = "screen-pair-talk", CONVERSATIONS, .is_pair = TRUE, .index = "by-group", .width = 1192,
    .density = HR_DENSITY_COMFORTABLE, ROW (2, 0) },
};

typedef struct
{
  Screen screen; /* with what is not said filled in */
  Pair pair;
  Picture picture;
  HrScene *scene; /* borrowed from one of them */
} Shot;

static void
draw_table (Shot *self, HrText *text)
{
  const Screen *screen = &self->screen;
  Picture *picture = &self->picture;
  HrViewport viewport = { .y = screen->y, .width = screen->width, .height = screen->height - HEADER,
                          .selected = screen->selected, .has_focus = TRUE };

  picture_init (picture, text, screen->model, screen->table, screen->index);
  picture->look.density = screen->density;
  picture->look.zoom = screen->zoom;
  picture->look.right_to_left = screen->right_to_left;
  picture->look.dim = hr_theme_get_dim (screen->theme);
  picture_update (picture);
  if (screen->pattern != NULL)
    picture_run (picture, screen->pattern, FALSE);
  self->scene = picture->scene;
  hr_table_layout_draw_header (picture->layout, &viewport, &(HrRect) { 0, 0, screen->width, HEADER }, self->scene);
  hr_scene_push_offset (self->scene, 0, HEADER);
  g_assert_true (hr_table_layout_draw (picture->layout, &viewport, self->scene, NULL));
  hr_scene_pop (self->scene);
}

static void
draw_pair (Shot *self, HrText *text)
{
  const Screen *screen = &self->screen;
  Pair *pair = &self->pair;
  HrPairViewport viewport = { .y = { screen->y, 0 }, .width = screen->width, .height = screen->height - HEADER,
                              .selected = screen->selected, .has_focus = TRUE };

  pair_init (pair, text, screen->model, screen->table, screen->index);
  pair->look.density = screen->density;
  pair->look.zoom = screen->zoom;
  pair->look.right_to_left = screen->right_to_left;
  pair->look.dim = hr_theme_get_dim (screen->theme);
  pair_update (pair);
  if (screen->pattern != NULL)
    pair_run (pair, screen->pattern);
  viewport.y[HR_SIDE_INDEX] = hr_pair_layout_align (pair->layout, screen->y);
  self->scene = pair->base.scene;
  hr_pair_layout_draw_header (pair->layout, &viewport, &(HrRect) { 0, 0, screen->width, HEADER }, self->scene);
  hr_scene_push_offset (self->scene, 0, HEADER);
  g_assert_true (hr_pair_layout_draw (pair->layout, &viewport, self->scene, NULL));
  hr_scene_pop (self->scene);
}

static void
shot_init (Shot *self, const Screen *screen, HrText *text)
{
  memset (self, 0, sizeof *self);
  self->screen = *screen;
  self->screen.width = screen->width > 0 ? screen->width : 1128;
  self->screen.height = screen->height > 0 ? screen->height : 460;
  self->screen.zoom = screen->zoom > 0 ? screen->zoom : 1;
  if (screen->is_pair)
    draw_pair (self, text);
  else
    draw_table (self, text);
}

static void
shot_clear (Shot *self)
{
  if (self->screen.is_pair)
    pair_clear (&self->pair);
  else
    picture_clear (&self->picture);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shot, shot_clear)

static void
save (const Shot *self, HrText *text, const char *folder)
{
  g_autofree char *file_name = g_strconcat (self->screen.name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_auto (HrBuffer) png = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;

  hr_scene_to_png (self->scene, self->screen.theme, text, self->screen.width, self->screen.height, self->screen.zoom,
                   &png, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, png.data, (gssize) png.length, &error);
  g_assert_no_error (error);
}

static void
test_places (void)
{
  const char *folder = g_getenv ("HASHRANGE_PICTURES");
  g_autoptr (HrText) text = picture_text_new ();

  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_auto (Shot) shot = { .scene = NULL };

      shot_init (&shot, &screens[i], text);
      if (folder != NULL)
        save (&shot, text, folder);
      reference_assert_places (shot.scene, text, shot.screen.width, screens[i].name);
      reference_assert_contrast (shot.scene, screens[i].theme, screens[i].name);
    }
}

static void
test_pixels (void)
{
  g_autoptr (HrText) text = picture_text_new ();

  if (!reference_has_fonts (text))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_auto (Shot) shot = { .scene = NULL };

      if (!screens[i].is_golden)
        continue;
      shot_init (&shot, &screens[i], text);
      reference_assert_png (shot.scene, screens[i].theme, text, shot.screen.width, shot.screen.height,
                            shot.screen.zoom, screens[i].name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/pictures/places", test_places);
  g_test_add_func ("/render/pictures/pixels", test_pixels);
  return g_test_run ();
}
