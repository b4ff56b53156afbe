/*
 * The flat table as a picture of its own.
 *
 * The table itself is drawn by the same layout as on the screen, through a viewport as high as the rows that
 * are wanted; what a window says around it is in picture-title.c.
 */

#include "render/picture-private.h"

#include <math.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "render/cell-text.h"

#define HEADER_HEIGHT 30.0
#define FOOT_HEIGHT 28.0
#define WIDTH_LEAST 1104.0
#define PAIR_WIDTH_LEAST 1192.0

static double
get_target_edge (const HrPicture *self, const HrHit *target, gboolean at_bottom)
{
  HrRect rect = { 0 };

  if (self->pair != NULL)
    hr_pair_layout_get_rect (self->pair, target, &rect);
  else
    hr_table_layout_get_rect (self->layout, target, &rect);
  return at_bottom ? rect.y + rect.height : rect.y;
}

/* Partition and row of row number @number; FALSE past the end. */
static gboolean
find_row (const HrPicture *self, guint64 number, HrHit *target)
{
  HrPartition partition;

  *target = (HrHit) { .kind = HR_HIT_ROW };
  while (hr_outline_get_partition (self->options.outline, target->partition, &partition))
    {
      if (number < partition.n_rows)
        {
          target->row = number;
          return TRUE;
        }
      number -= partition.n_rows;
      target->partition++;
    }
  return FALSE;
}

/* A slice that starts with the first row of a partition shows the partition's heading, too. */
static gboolean
choose_rows (HrPicture *self, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrOutlineTotals totals;
  HrHit first;
  HrHit last;

  hr_outline_get_totals (self->options.outline, &totals);
  if (self->options.first_row == 0 && self->options.n_rows == 0)
    return TRUE;
  if (!find_row (self, self->options.first_row, &first))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _ ("There are only %s rows to draw."),
                   hr_format_count (arena, totals.n_rows));
      return FALSE;
    }

  self->top = get_target_edge (self, &first, FALSE);
  if (first.row == 0)
    {
      first.kind = HR_HIT_PARTITION;
      self->top = MAX (0, get_target_edge (self, &first, FALSE) - HR_PICTURE_MARGIN);
    }
  if (self->options.n_rows > 0 && find_row (self, self->options.first_row + self->options.n_rows - 1, &last))
    self->bottom = get_target_edge (self, &last, TRUE) + 1;
  return TRUE;
}

static void
lay_out_table (HrPicture *self)
{
  const HrPictureOptions *options = &self->options;
  HrTableLook look = { .outline = options->outline, .table = options->table, .index = options->index,
                       .text = self->text, .density = HR_DENSITY_COMPACT, .zoom = 1.0, .marks = self->marks,
                       .dim_others = TRUE, .dim = hr_theme_get_dim (options->theme) };

  self->layout = hr_table_layout_new ();
  hr_table_layout_set_look (self->layout, &look);
  self->width = ceil (MAX (WIDTH_LEAST, hr_table_layout_get_width (self->layout)));
  self->bottom = hr_table_layout_get_height (self->layout);
}

static void
lay_out_pair (HrPicture *self)
{
  const HrPictureOptions *options = &self->options;
  HrPairLook look = { .table_outline = options->outline, .index_outline = options->pair_outline,
                      .table = options->table, .index = options->pair, .text = self->text,
                      .density = HR_DENSITY_COMFORTABLE, .zoom = 1.0, .table_marks = self->marks,
                      .index_marks = self->pair_marks, .dim_others = TRUE, .dim = hr_theme_get_dim (options->theme) };

  self->pair = hr_pair_layout_new ();
  hr_pair_layout_set_look (self->pair, &look);
  self->width = ceil (MAX (PAIR_WIDTH_LEAST, hr_pair_layout_get_width (self->pair)));
  self->shift = hr_pair_layout_align (self->pair, 0);
  self->bottom = MAX (hr_pair_layout_get_side_height (self->pair, HR_SIDE_TABLE),
                      hr_pair_layout_get_side_height (self->pair, HR_SIDE_INDEX) - self->shift);
}

HrPicture *
hr_picture_new (const HrPictureOptions *options, HrText *text, GError **error)
{
  g_autoptr (HrPicture) self = g_new0 (HrPicture, 1);
  gboolean has_trace = options->run != NULL && options->run->trace != NULL;

  self->options = *options;
  self->text = text;
  self->breaks = g_array_new (FALSE, FALSE, sizeof (double));
  if (has_trace)
    self->marks = hr_marks_new (options->run, options->table, options->index);
  if (has_trace && options->pair != NULL)
    self->pair_marks = hr_marks_new (options->run, options->table, options->pair);
  if (options->pair != NULL)
    lay_out_pair (self);
  else
    lay_out_table (self);
  self->title_height = hr_picture_add_title (self, NULL);
  if (!choose_rows (self, error))
    return NULL;
  if (self->pair != NULL && self->top > 0)
    self->shift = hr_pair_layout_align (self->pair, self->top) - self->top;
  return g_steal_pointer (&self);
}

void
hr_picture_free (HrPicture *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->layout, hr_table_layout_free);
  g_clear_pointer (&self->pair, hr_pair_layout_free);
  g_clear_pointer (&self->marks, hr_marks_free);
  g_clear_pointer (&self->pair_marks, hr_marks_free);
  g_array_unref (self->breaks);
  g_free (self);
}

double
hr_picture_get_width (const HrPicture *self)
{
  return self->width;
}

double
hr_picture_get_height (const HrPicture *self)
{
  return ceil (self->title_height + HEADER_HEIGHT + self->bottom - self->top
               + (self->marks != NULL ? HR_PICTURE_MARKS_HEIGHT : 0));
}

static gboolean
draw_table (HrPicture *self, double from, const HrRect *header, const HrRect *rows, HrScene *scene, GError **error)
{
  HrViewport viewport = { .y = from, .width = rows->width, .height = rows->height };
  gboolean done;

  hr_table_layout_draw_header (self->layout, &viewport, header, scene);
  hr_scene_push_offset (scene, rows->x, rows->y);
  done = hr_table_layout_draw (self->layout, &viewport, scene, error);
  hr_scene_pop (scene);
  return done;
}

static gboolean
draw_pair (HrPicture *self, double from, const HrRect *header, const HrRect *rows, HrScene *scene, GError **error)
{
  HrPairViewport viewport = { .y = { from, from + self->shift }, .width = rows->width, .height = rows->height };
  gboolean done;

  hr_pair_layout_draw_header (self->pair, &viewport, header, scene);
  hr_scene_push_offset (scene, rows->x, rows->y);
  done = hr_pair_layout_draw (self->pair, &viewport, scene, error);
  hr_scene_pop (scene);
  return done;
}

/* Title, headings and the rows from @from to @to, px of the table; returns where the rows end. */
static double
draw_rows (HrPicture *self, double from, double to, HrScene *scene, GError **error)
{
  HrRect header = { 0, self->title_height, self->width, HEADER_HEIGHT };
  HrRect rows = { 0, self->title_height + HEADER_HEIGHT, self->width, to - from };
  gboolean done;

  hr_scene_push (scene, NULL, 1.0, "title");
  hr_picture_add_title (self, scene);
  hr_scene_pop (scene);

  hr_scene_push (scene, NULL, 1.0, NULL);
  done = self->pair != NULL ? draw_pair (self, from, &header, &rows, scene, error)
                            : draw_table (self, from, &header, &rows, scene, error);
  hr_scene_pop (scene);
  return done ? rows.y + rows.height : -1;
}

gboolean
hr_picture_draw (HrPicture *self, HrScene *scene, GError **error)
{
  double end = draw_rows (self, self->top, self->bottom, scene, error);

  if (end < 0)
    return FALSE;
  if (self->marks != NULL)
    hr_picture_add_mark_legend (self, scene, end);
  return TRUE;
}

static void
add_page_number (const HrPicture *self, HrScene *scene, guint page, double height_px)
{
  g_autofree char *text = g_strdup_printf (_ ("%s · page %u"), self->options.model->name, page + 1);
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_DIM, .align = HR_ALIGN_END };
  HrRect foot = { HR_PICTURE_MARGIN, height_px - FOOT_HEIGHT, self->width - 2 * HR_PICTURE_MARGIN, FOOT_HEIGHT };

  hr_scene_add_text (scene, &foot, &look, text, -1);
}

static double
get_page_height (HrPicture *self, double from, double room)
{
  const double y[HR_N_SIDES] = { from, from + self->shift };

  return self->pair != NULL ? hr_pair_layout_get_page_height (self->pair, y, room)
                            : hr_table_layout_get_page_height (self->layout, from, room);
}

gboolean
hr_picture_draw_page (HrPicture *self, guint page, double height_px, HrScene *scene, GError **error)
{
  double marks = self->marks != NULL ? HR_PICTURE_MARKS_HEIGHT : 0;
  double room = height_px - self->title_height - HEADER_HEIGHT - FOOT_HEIGHT - marks;
  double from = page == 0 ? self->top : g_array_index (self->breaks, double, page - 1);
  double to;
  double end;

  if (from >= self->bottom && page > 0)
    return FALSE;
  to = MIN (self->bottom, from + get_page_height (self, from, room));
  if (self->breaks->len == page)
    g_array_append_val (self->breaks, to);
  end = draw_rows (self, from, to, scene, error);
  if (end < 0)
    return FALSE;
  if (self->marks != NULL)
    hr_picture_add_mark_legend (self, scene, height_px - FOOT_HEIGHT - HR_PICTURE_MARKS_HEIGHT);
  add_page_number (self, scene, page, height_px);
  return TRUE;
}
