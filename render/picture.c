/*
 * The flat table as a picture of its own.
 *
 * The table itself is drawn by the same layout as on the screen, through a viewport as high as the rows that
 * are wanted; this file adds what a window says around it: title, legend, the question of a run.
 */

#include "render/picture.h"

#include <math.h>
#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "render/cell-text.h"
#include "render/pair-layout.h"

#define MARGIN 12.0
#define TITLE_HEIGHT 58.0
#define HEADER_HEIGHT 30.0
#define MARKS_HEIGHT 36.0
#define FOOT_HEIGHT 28.0
#define WIDTH_LEAST 1104.0
#define PAIR_WIDTH_LEAST 1192.0
#define SWATCH 10.0

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
  double top; /* of the rows that are drawn, px of the table */
  double bottom;
  double shift; /* of a pair: how much further down the index is scrolled than the table */
};

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
  HrOutlineTotals totals;
  HrHit first;
  HrHit last;

  hr_outline_get_totals (self->options.outline, &totals);
  if (self->options.first_row == 0 && self->options.n_rows == 0)
    return TRUE;
  if (!find_row (self, self->options.first_row, &first))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _ ("There are only %" G_GUINT64_FORMAT " rows to draw."),
                   totals.n_rows);
      return FALSE;
    }

  self->top = get_target_edge (self, &first, FALSE);
  if (first.row == 0)
    {
      first.kind = HR_HIT_PARTITION;
      self->top = MAX (0, get_target_edge (self, &first, FALSE) - MARGIN);
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
  return ceil (TITLE_HEIGHT + HEADER_HEIGHT + self->bottom - self->top + (self->marks != NULL ? MARKS_HEIGHT : 0));
}

/* Text at @x on the line with centre @middle; returns where it ends. */
static double
add_text (const HrPicture *self, HrScene *scene, double x, double middle, HrTextStyle style, HrColor color,
          const char *text)
{
  HrTextLook look = { .style = style, .color = color };
  double width;

  hr_text_measure (self->text, style, text, strlen (text), &width, NULL);
  hr_scene_add_text (scene, &(HrRect) { x, middle - 15, width + 1, 30 }, &look, text, -1);
  return x + width;
}

static double
measure (const HrPicture *self, HrTextStyle style, const char *text)
{
  double width;

  hr_text_measure (self->text, style, text, strlen (text), &width, NULL);
  return width;
}

static const char *
get_entity_name (const HrPicture *self, guint entity)
{
  const GPtrArray *entities = self->options.table->entities;

  if (entity < entities->len)
    return ((const HrEntity *) g_ptr_array_index (entities, entity))->name;
  return _ ("fits no entity");
}

/* From the end of the line towards its start: one chip an entity. */
static void
add_legend (const HrPicture *self, HrScene *scene, double middle)
{
  static const HrBox chip = { .fill = HR_COLOR_KEY_CELL, .stroke = HR_COLOR_LINE, .stroke_width = 1, .radius = 14 };
  HrOutlineTotals totals;
  double x = self->width - MARGIN;

  hr_outline_get_totals (self->options.outline, &totals);
  for (guint i = HR_ENTITY_NONE + 1; i > 0; i--)
    {
      guint entity = i - 1;
      g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, totals.rows_of_entity[entity]);
      const char *name = get_entity_name (self, entity);
      double name_width;
      double width;

      if (totals.rows_of_entity[entity] == 0)
        continue;
      name_width = measure (self, HR_STYLE_BODY, name);
      width = 12 + SWATCH + 8 + name_width + 8 + measure (self, HR_STYLE_CAPTION, count) + 12;
      x -= width;
      hr_scene_add_box (scene, &(HrRect) { x, middle - 14, width, 28 }, &chip);
      hr_scene_add_shape (scene, hr_shape_of_entity (entity), x + 12, middle - SWATCH / 2, SWATCH,
                          hr_color_of_entity (entity, HR_PART_MARK));
      add_text (self, scene, x + 12 + SWATCH + 8, middle, HR_STYLE_BODY, HR_COLOR_TEXT, name);
      add_text (self, scene, x + 12 + SWATCH + 8 + name_width + 8, middle, HR_STYLE_CAPTION, HR_COLOR_TEXT_DIM, count);
      x -= 8;
    }
}

static char *
dup_table_facts (const HrPicture *self)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrOutlineTotals totals;

  hr_outline_get_totals (self->options.outline, &totals);
  return g_strdup_printf (_ ("%" G_GUINT64_FORMAT " items · %" G_GUINT64_FORMAT " partitions · %s"), totals.n_rows,
                          totals.n_partitions, hr_format_size (arena, totals.size_bytes));
}

static char *
dup_pair_facts (const HrPicture *self)
{
  static const char *const projections[] = {
    [HR_PROJECT_ALL] = N_ ("all attributes"),
    [HR_PROJECT_KEYS_ONLY] = N_ ("keys only"),
    [HR_PROJECT_INCLUDE] = N_ ("keys and some attributes"),
  };
  const HrIndex *index = hr_table_find_index (self->options.table, self->options.pair);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrPairFacts facts;

  hr_pair_layout_get_facts (self->pair, &facts);
  return g_strdup_printf (_ ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " items indexed · %s · index size %s"),
                          facts.n_entries, facts.n_items, index != NULL ? _ (projections[index->projection]) : "",
                          hr_format_size (arena, facts.size_bytes));
}

static void
add_plain_title (const HrPicture *self, HrScene *scene)
{
  const HrPictureOptions *options = &self->options;
  g_autofree char *facts = self->pair != NULL ? dup_pair_facts (self) : dup_table_facts (self);
  const char *title = options->pair != NULL ? options->pair : options->index;
  double x = add_text (self, scene, MARGIN, 24, HR_STYLE_TITLE, HR_COLOR_TEXT,
                       title != NULL ? title : options->table->name);

  if (title != NULL)
    {
      g_autofree char *of = g_strdup_printf (options->pair != NULL ? _ ("beside %s") : _ ("index of %s"),
                                             options->table->name);

      add_text (self, scene, x + 12, 25, HR_STYLE_BODY, HR_COLOR_TEXT_DIM, of);
    }
  add_text (self, scene, MARGIN, 46, HR_STYLE_CAPTION, HR_COLOR_TEXT_DIM, facts);
  add_legend (self, scene, 29);
}

static char *
describe_result (const HrPatternRun *run)
{
  g_autofree char *items = g_strdup_printf (g_dngettext (HR_TEXT_DOMAIN, "%" G_GUINT64_FORMAT " item",
                                                         "%" G_GUINT64_FORMAT " items", run->count),
                                            run->count);
  g_autofree char *reads = run->read_units > 0 ? g_strdup_printf (" · %.1f RCU", run->read_units) : g_strdup ("");
  g_autofree char *writes = run->write_units > 0 ? g_strdup_printf (" · %.1f WCU", run->write_units) : g_strdup ("");

  return g_strconcat (items, reads, writes, NULL);
}

static const char *
describe_status (HrRunStatus status)
{
  switch (status)
    {
    case HR_RUN_PASSED:
      return _ ("as expected");
    case HR_RUN_FAILED:
      return _ ("not as expected");
    case HR_RUN_ERROR:
      return _ ("error");
    }
  return "";
}

static void
add_result_pill (const HrPicture *self, HrScene *scene, double middle)
{
  const HrPatternRun *run = self->options.run;
  gboolean is_fine = run->status == HR_RUN_PASSED;
  g_autofree char *result = describe_result (run);
  g_autofree char *text = g_strdup_printf ("%s, %s", result, describe_status (run->status));
  HrColor color = is_fine ? HR_COLOR_OK : HR_COLOR_ERROR;
  double width = 12 + 14 + 6 + measure (self, HR_STYLE_BODY, text) + 14;
  double x = self->width - MARGIN - width;

  hr_scene_add_box (scene, &(HrRect) { x, middle - 14, width, 28 },
                    &(HrBox) { .fill = is_fine ? HR_COLOR_OK_TINT : HR_COLOR_ERROR_TINT, .radius = 14 });
  hr_scene_add_icon (scene, is_fine ? HR_ICON_CHECK : HR_ICON_CROSS, x + 12, middle - 6, 12, color);
  add_text (self, scene, x + 12 + 14 + 6, middle, HR_STYLE_BODY, color, text);
}

static void
add_key_cap (const HrPicture *self, HrScene *scene, const char *id, double width)
{
  HrTextLook look = { .style = HR_STYLE_BODY_BOLD, .color = HR_COLOR_CANVAS, .align = HR_ALIGN_CENTER };
  HrRect rect = { MARGIN, 12, width, 24 };

  hr_scene_add_box (scene, &rect, &(HrBox) { .fill = HR_COLOR_ACCENT, .radius = 6 });
  hr_scene_add_text (scene, &rect, &look, id, -1);
}

static void
add_pattern_title (const HrPicture *self, HrScene *scene)
{
  const HrPattern *pattern = self->options.pattern;
  double cap = MAX (24, measure (self, HR_STYLE_BODY_BOLD, pattern->id) + 12);

  add_key_cap (self, scene, pattern->id, cap);
  add_text (self, scene, MARGIN + cap + 10, 24, HR_STYLE_SECTION, HR_COLOR_TEXT, pattern->name);
  if (pattern->question != NULL)
    add_text (self, scene, MARGIN + cap + 10, 45, HR_STYLE_BODY, HR_COLOR_TEXT_DIM, pattern->question);
  if (self->options.run != NULL)
    add_result_pill (self, scene, 24);
}

typedef enum
{
  SAMPLE_RETURNED,
  SAMPLE_FILTERED,
  SAMPLE_RANGE,
  SAMPLE_PAGE,
  SAMPLE_FETCHED,
  SAMPLE_ADDED,
  SAMPLE_REMOVED,
  N_SAMPLES,
} Sample;

static void
draw_sample (HrScene *scene, double x, double y, Sample sample)
{
  HrRect rect = { x, y - 8, 24, 16 };
  const double bracket[] = { x + 16, y - 8, x + 8, y - 8, x + 8, y + 8, x + 16, y + 8 };
  const double page[] = { x, y, x + 24, y };

  switch (sample)
    {
    case SAMPLE_RETURNED:
      hr_scene_add_box (scene, &rect, &(HrBox) { .fill = hr_color_of_entity (0, HR_PART_TINT) });
      rect.width = 4;
      hr_scene_add_box (scene, &rect, &(HrBox) { .fill = hr_color_of_entity (0, HR_PART_MARK) });
      break;
    case SAMPLE_FILTERED:
      hr_scene_add_hatch (scene, &rect, HR_COLOR_HATCH);
      break;
    case SAMPLE_RANGE:
      hr_scene_add_line (scene, bracket, 4, HR_COLOR_ACCENT, 2, 0);
      break;
    case SAMPLE_PAGE:
      hr_scene_add_line (scene, page, 2, HR_COLOR_ACCENT, 2, 5);
      break;
    case SAMPLE_FETCHED:
      hr_scene_add_link (scene, &(HrLink) { .x1 = x, .y1 = y, .x2 = x + 24, .y2 = y, .color = HR_COLOR_ACCENT,
                                            .width = 2, .dash = 2, .arrow = 9 });
      break;
    case SAMPLE_ADDED:
      hr_scene_add_icon (scene, HR_ICON_PLUS, x + 8, y - 6, 12, HR_COLOR_OK);
      break;
    case SAMPLE_REMOVED:
      hr_scene_add_icon (scene, HR_ICON_CROSS, x + 8, y - 6, 12, HR_COLOR_ERROR);
      break;
    case N_SAMPLES:
      break;
    }
}

/* Only what this run can show: a pattern that reads nothing has no pages. */
static void
add_mark_legend (const HrPicture *self, HrScene *scene, double top)
{
  static const struct
  {
    Sample sample;
    gboolean of_writes;
    const char *text;
  } samples[N_SAMPLES] = {
    { SAMPLE_RETURNED, FALSE, N_ ("returned") },   { SAMPLE_FILTERED, FALSE, N_ ("read, filtered out") },
    { SAMPLE_RANGE, FALSE, N_ ("key range") },     { SAMPLE_PAGE, FALSE, N_ ("page boundary") },
    { SAMPLE_FETCHED, FALSE, N_ ("read in the table for what the index lacks") },
    { SAMPLE_ADDED, TRUE, N_ ("added") },          { SAMPLE_REMOVED, TRUE, N_ ("removed") },
  };
  double x = MARGIN;
  double y = top + MARKS_HEIGHT / 2;

  hr_scene_push (scene, NULL, 1.0, "marks");
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      const HrPatternRun *run = self->options.run;

      if (samples[i].of_writes ? run->write_units == 0 : run->read_units == 0)
        continue;
      if (i == SAMPLE_FETCHED && (self->pair_marks == NULL || !hr_marks_has_fetched (self->pair_marks)))
        continue;
      draw_sample (scene, x, y, samples[i].sample);
      x = add_text (self, scene, x + 32, y, HR_STYLE_CAPTION, HR_COLOR_TEXT, _ (samples[i].text)) + 24;
    }
  hr_scene_pop (scene);
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
  HrRect header = { 0, TITLE_HEIGHT, self->width, HEADER_HEIGHT };
  HrRect rows = { 0, TITLE_HEIGHT + HEADER_HEIGHT, self->width, to - from };
  gboolean done;

  hr_scene_push (scene, NULL, 1.0, "title");
  if (self->options.pattern != NULL)
    add_pattern_title (self, scene);
  else
    add_plain_title (self, scene);
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
    add_mark_legend (self, scene, end);
  return TRUE;
}

static void
add_page_number (const HrPicture *self, HrScene *scene, guint page, double height_px)
{
  g_autofree char *text = g_strdup_printf (_ ("%s · page %u"), self->options.model->name, page + 1);
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_DIM, .align = HR_ALIGN_END };

  hr_scene_add_text (scene, &(HrRect) { MARGIN, height_px - FOOT_HEIGHT, self->width - 2 * MARGIN, FOOT_HEIGHT }, &look,
                     text, -1);
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
  double room = height_px - TITLE_HEIGHT - HEADER_HEIGHT - FOOT_HEIGHT - (self->marks != NULL ? MARKS_HEIGHT : 0);
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
    add_mark_legend (self, scene, height_px - FOOT_HEIGHT - MARKS_HEIGHT);
  add_page_number (self, scene, page, height_px);
  return TRUE;
}
