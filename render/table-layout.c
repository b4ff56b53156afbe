/*
 * The flat table: what it holds from call to call.
 *
 * A look decides metrics, columns and what a run adds; drawing, places and moves are files of their own. All
 * lengths follow the text's scale, so that text of 200 % has room.
 */

#include "render/table-private.h"

typedef struct
{
  double row;
  double header;
  double text_scale; /* of the texts it is meant for */
} DensityRow;

static const DensityRow densities[] = {
  [HR_DENSITY_COMPACT] = { 30, 26, 1 },
  [HR_DENSITY_COMFORTABLE] = { 38, 28, 1 },
  [HR_DENSITY_PRESENTATION] = { 57, 42, 1.5 },
};

/* Lengths of the design, in px at a text scale of 1. */
#define GAP        12
#define MARGIN     12
#define KEY_WIDTH  184
#define PAIR_KEY_WIDTH 150
#define STRIPE     4
#define INSET      12
#define COLUMN_GAP 20
#define LANE       34
#define STATUS     112
#define STATUS_FETCHED 164

HrTableLayout *
hr_table_layout_new (void)
{
  HrTableLayout *self = g_new0 (HrTableLayout, 1);

  self->arena = hr_arena_new ();
  self->look_arena = hr_arena_new ();
  self->inserts = g_array_new (FALSE, FALSE, sizeof (HrTableInsert));
  self->extras = g_array_new (FALSE, FALSE, sizeof (HrTableExtra));
  hr_table_clear_columns (self);
  return self;
}

void
hr_table_layout_free (HrTableLayout *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->columns);
  g_hash_table_unref (self->by_name);
  g_strfreev (self->wanted);
  g_array_unref (self->inserts);
  g_array_unref (self->extras);
  hr_minimap_free (self->minimap);
  hr_arena_free (self->arena);
  hr_arena_free (self->look_arena);
  g_free (self);
}

/* Rows are never lower than the density says, and grow with texts that are larger than it is meant for. */
static void
choose_metrics (HrTableLayout *self)
{
  const DensityRow *density = &densities[self->look.density];
  double unit = hr_text_get_scale (self->look.text);
  double growth = MAX (1, unit / density->text_scale);
  gboolean has_marks = self->look.marks != NULL;

  self->metrics = (HrTableMetrics) {
    .unit = unit,
    .row = density->row * growth,
    .header = density->header * growth,
    .gap = GAP * unit,
    .margin = MARGIN * unit,
    .key_width = (self->pairing != NULL ? PAIR_KEY_WIDTH : KEY_WIDTH) * unit,
    .stripe = STRIPE * unit,
    .inset = INSET * unit,
    .column_gap = COLUMN_GAP * unit,
    .lane = has_marks ? LANE * unit : 0,
    .status = !has_marks ? 0 : hr_marks_has_fetched (self->look.marks) ? STATUS_FETCHED * unit : STATUS * unit,
  };
  self->outline_metrics = (HrOutlineMetrics) { self->metrics.row, self->metrics.header, self->metrics.gap };
}

void
hr_table_set_pairing (HrTableLayout *self, const HrTablePairing *pairing)
{
  self->pairing = pairing;
  self->fingerprint = 0;
}

void
hr_table_layout_set_look (HrTableLayout *self, const HrTableLook *look)
{
  const HrIndex *index = look->index != NULL ? hr_table_find_index (look->table, look->index) : NULL;

  self->look = *look;
  hr_outline_get_totals (look->outline, &self->totals);
  self->has_key = (look->index == NULL || index != NULL) && hr_key_layout_init (&self->layout, look->table, index);
  self->has_sort_key = self->has_key && self->layout.n_key > self->layout.n_hash;
  choose_metrics (self);
  hr_table_choose_columns (self);
  hr_table_place_marks (self);
  g_clear_pointer (&self->minimap, hr_minimap_free);
}

void
hr_table_layout_set_columns (HrTableLayout *self, const char *const *names)
{
  char **wanted = g_strdupv ((char **) names);

  g_strfreev (self->wanted);
  self->wanted = wanted;
  self->fingerprint = 0;
  if (self->look.outline != NULL)
    hr_table_choose_columns (self);
}

guint
hr_table_layout_get_n_columns (const HrTableLayout *self)
{
  return self->columns->len;
}

const char *
hr_table_layout_get_column_name (const HrTableLayout *self, guint column)
{
  const HrTableColumn *found = hr_table_get_column (self, column);

  return found != NULL ? found->name : NULL;
}

gboolean
hr_table_layout_get_plan (HrTableLayout *self, HrPlanFigures *figures)
{
  const HrPartitionMark *mark;
  HrPartition partition;
  guint64 position;

  if (self->look.marks == NULL)
    return FALSE;
  hr_marks_get_plan (self->look.marks, figures);
  figures->table_rows = self->totals.n_rows + self->totals.hidden_rows;
  figures->table_partitions = self->totals.n_partitions;
  figures->partition_rows = hr_marks_is_scan (self->look.marks) ? figures->table_rows : 0;
  if (hr_marks_is_scan (self->look.marks))
    return TRUE;
  figures->read_partitions = 0;
  for (guint i = 0; (mark = hr_marks_get_nth_partition (self->look.marks, i)) != NULL; i++)
    if (hr_outline_find_partition (self->look.outline, mark->keys, mark->n_keys, &position)
        && hr_outline_get_partition (self->look.outline, position, &partition))
      {
        figures->partition_rows += partition.n_rows;
        figures->read_partitions++;
      }
  return TRUE;
}

gboolean
hr_table_layout_find_answer (HrTableLayout *self, HrHit *target)
{
  const HrPartitionMark *mark;
  HrValue item;
  HrHit found = { .kind = HR_HIT_ROW };

  if (self->look.marks == NULL)
    return FALSE;
  if (hr_marks_get_first (self->look.marks, &item)
      && (hr_outline_find_row (self->look.outline, &item, &found.partition, &found.row)
          || hr_table_find_added_item (self, &item, &found)))
    {
      *target = found;
      return TRUE;
    }
  mark = hr_marks_get_nth_partition (self->look.marks, 0);
  if (mark == NULL)
    return FALSE;
  *target = (HrHit) { .kind = HR_HIT_PARTITION };
  if (hr_outline_find_partition (self->look.outline, mark->keys, mark->n_keys, &target->partition))
    return TRUE;
  target->partition = self->totals.n_partitions;
  return self->extras->len > 0;
}
