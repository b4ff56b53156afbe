/*
 * What a window says around the table, for pictures: title and facts, a legend of entities, the question of a run and
 * how it went, and a legend of its marks.
 */

#include "render/picture-private.h"

#include <string.h>

#include "model/base/i18n.h"
#include "render/cell-text.h"

#define TITLE_HEIGHT 58.0
#define SWATCH 10.0
#define CHIP_GAP 8.0
#define CHIP_LINE 36.0

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

/* Chips: one for each entity that is there. */

typedef struct
{
  guint entity;
  char *count;
  double width;
} Chip;

static void
chip_clear (gpointer data)
{
  g_free (((Chip *) data)->count);
}

static GArray *
list_chips (const HrPicture *self)
{
  GArray *chips = g_array_new (FALSE, FALSE, sizeof (Chip));
  HrOutlineTotals totals;

  g_array_set_clear_func (chips, chip_clear);
  hr_outline_get_totals (self->options.outline, &totals);
  for (guint i = 0; i <= HR_ENTITY_NONE; i++)
    {
      Chip chip = { .entity = i };

      if (totals.rows_of_entity[i] == 0)
        continue;
      chip.count = g_strdup_printf ("%" G_GUINT64_FORMAT, totals.rows_of_entity[i]);
      chip.width = 12 + SWATCH + 8 + measure (self, HR_STYLE_BODY, get_entity_name (self, i)) + 8
                   + measure (self, HR_STYLE_CAPTION, chip.count) + 12;
      g_array_append_val (chips, chip);
    }
  return chips;
}

static double
add_widths (const GArray *chips)
{
  double width = 0;

  for (guint i = 0; i < chips->len; i++)
    width += g_array_index (chips, Chip, i).width + CHIP_GAP;
  return width;
}

static void
add_chip (const HrPicture *self, HrScene *scene, const Chip *chip, double x, double middle)
{
  static const HrBox box = { .fill = HR_COLOR_KEY_CELL, .stroke = HR_COLOR_LINE, .stroke_width = 1, .radius = 14 };

  hr_scene_add_box (scene, &(HrRect) { x, middle - 14, chip->width, 28 }, &box);
  hr_scene_add_shape (scene, hr_shape_of_entity (chip->entity), x + 12, middle - SWATCH / 2, SWATCH,
                      hr_color_of_entity (chip->entity, HR_PART_MARK));
  x = add_text (self, scene, x + 12 + SWATCH + 8, middle, HR_STYLE_BODY, HR_COLOR_TEXT,
                get_entity_name (self, chip->entity));
  add_text (self, scene, x + 8, middle, HR_STYLE_CAPTION, HR_COLOR_TEXT_DIM, chip->count);
}

/* At the end of the title, or where there are many, on lines of their own below it. Returns how high all of it is;
 * @scene NULL: nothing is added. */
static double
add_legend (const HrPicture *self, HrScene *scene, double title_end)
{
  g_autoptr (GArray) chips = list_chips (self);
  double width = add_widths (chips);
  gboolean is_beside = title_end + HR_PICTURE_MARGIN + width <= self->width - HR_PICTURE_MARGIN;
  double x = is_beside ? self->width - HR_PICTURE_MARGIN - width + CHIP_GAP : HR_PICTURE_MARGIN;
  double middle = is_beside ? 29 : TITLE_HEIGHT + CHIP_LINE / 2;

  for (guint i = 0; i < chips->len; i++)
    {
      const Chip *chip = &g_array_index (chips, Chip, i);

      if (!is_beside && x > HR_PICTURE_MARGIN && x + chip->width > self->width - HR_PICTURE_MARGIN)
        {
          x = HR_PICTURE_MARGIN;
          middle += CHIP_LINE;
        }
      if (scene != NULL)
        add_chip (self, scene, chip, x, middle);
      x += chip->width + CHIP_GAP;
    }
  return is_beside || chips->len == 0 ? TITLE_HEIGHT : middle + CHIP_LINE / 2;
}

static char *
dup_table_facts (const HrPicture *self)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrOutlineTotals totals;

  hr_outline_get_totals (self->options.outline, &totals);
  return g_strdup_printf ("%s · %s · %s", hr_format_items (arena, totals.n_rows),
                          hr_format_partitions (arena, totals.n_partitions),
                          hr_format_size (arena, totals.size_bytes));
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
  return g_strdup_printf (_ ("%s of %s items indexed · %s · index size %s"), hr_format_count (arena, facts.n_entries),
                          hr_format_count (arena, facts.n_items),
                          index != NULL ? _ (projections[index->projection]) : "",
                          hr_format_size (arena, facts.size_bytes));
}

/* Returns how high it is; @scene NULL: nothing is added. */
static double
add_plain_title (const HrPicture *self, HrScene *scene)
{
  const HrPictureOptions *options = &self->options;
  g_autofree char *facts = self->pair != NULL ? dup_pair_facts (self) : dup_table_facts (self);
  const char *index = options->pair != NULL ? options->pair : options->index;
  const char *title = index != NULL ? index : options->table->name;
  g_autofree char *of = g_strdup_printf (options->pair != NULL ? _ ("beside %s") : _ ("index of %s"),
                                         options->table->name);
  double end = HR_PICTURE_MARGIN + measure (self, HR_STYLE_TITLE, title);
  double facts_end = HR_PICTURE_MARGIN + measure (self, HR_STYLE_CAPTION, facts);

  if (scene != NULL)
    {
      add_text (self, scene, HR_PICTURE_MARGIN, 24, HR_STYLE_TITLE, HR_COLOR_TEXT, title);
      if (index != NULL)
        add_text (self, scene, end + 12, 25, HR_STYLE_BODY, HR_COLOR_TEXT_DIM, of);
      add_text (self, scene, HR_PICTURE_MARGIN, 46, HR_STYLE_CAPTION, HR_COLOR_TEXT_DIM, facts);
    }
  if (index != NULL)
    end += 12 + measure (self, HR_STYLE_BODY, of);
  return add_legend (self, scene, MAX (end, facts_end));
}

static char *
describe_result (const HrPatternRun *run)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *reads = run->read_units > 0 ? g_strdup_printf (" · %.1f RCU", run->read_units) : g_strdup ("");
  g_autofree char *writes = run->write_units > 0 ? g_strdup_printf (" · %.1f WCU", run->write_units) : g_strdup ("");

  return g_strconcat (hr_format_items (arena, run->count), reads, writes, NULL);
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
  double x = self->width - HR_PICTURE_MARGIN - width;

  hr_scene_add_box (scene, &(HrRect) { x, middle - 14, width, 28 },
                    &(HrBox) { .fill = is_fine ? HR_COLOR_OK_TINT : HR_COLOR_ERROR_TINT, .radius = 14 });
  hr_scene_add_icon (scene, is_fine ? HR_ICON_CHECK : HR_ICON_CROSS, x + 12, middle - 6, 12, color);
  add_text (self, scene, x + 12 + 14 + 6, middle, HR_STYLE_BODY, color, text);
}

static void
add_key_cap (const HrPicture *self, HrScene *scene, const char *id, double width)
{
  HrTextLook look = { .style = HR_STYLE_BODY_BOLD, .color = HR_COLOR_CANVAS, .align = HR_ALIGN_CENTER };
  HrRect rect = { HR_PICTURE_MARGIN, 12, width, 24 };

  hr_scene_add_box (scene, &rect, &(HrBox) { .fill = HR_COLOR_ACCENT, .radius = 6 });
  hr_scene_add_text (scene, &rect, &look, id, -1);
}

static void
add_pattern_title (const HrPicture *self, HrScene *scene)
{
  const HrPattern *pattern = self->options.pattern;
  double cap = MAX (24, measure (self, HR_STYLE_BODY_BOLD, pattern->id) + 12);

  add_key_cap (self, scene, pattern->id, cap);
  add_text (self, scene, HR_PICTURE_MARGIN + cap + 10, 24, HR_STYLE_SECTION, HR_COLOR_TEXT, pattern->name);
  if (pattern->question != NULL)
    add_text (self, scene, HR_PICTURE_MARGIN + cap + 10, 45, HR_STYLE_BODY, HR_COLOR_TEXT_DIM, pattern->question);
  if (self->options.run != NULL)
    add_result_pill (self, scene, 24);
}

double
hr_picture_add_title (const HrPicture *self, HrScene *scene)
{
  if (self->options.pattern == NULL)
    return add_plain_title (self, scene);
  if (scene != NULL)
    add_pattern_title (self, scene);
  return TITLE_HEIGHT;
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
void
hr_picture_add_mark_legend (const HrPicture *self, HrScene *scene, double top)
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
  double x = HR_PICTURE_MARGIN;
  double y = top + HR_PICTURE_MARKS_HEIGHT / 2;

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
