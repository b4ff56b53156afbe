/*
 * Columns and their widths.
 *
 * An attribute has one column for all entities that have it, so that the same things stand under each other; what
 * only some have follows, and columns that no row shows together may share a place. Who has what is declared, or seen
 * in a sample of rows; the sample gives the widths, too. Attributes that the sample missed are for everybody.
 *
 * The sample is taken again when there is reason to: other attributes, a longer text, another kind of rows. So columns
 * keep their places while rows are edited, and a change costs no more than what it touched.
 */

#include "render/table-private.h"

#include <math.h>
#include <string.h>

#define SORT_WIDTH_MIN    168
#define SORT_WIDTH_MAX    264
#define TEXT_WIDTH_MIN    64
#define TEXT_WIDTH_MAX    264
#define CAPTION_WIDTH_MAX 400

#define SAMPLE_PARTITIONS_FIRST 24  /* all of the first ones, then some spread over the rest */
#define SAMPLE_PARTITIONS_MORE  40
#define SAMPLE_ROWS 8  /* from the start of each; of the first ones from the middle and the end, too */
#define SHAPED_MAX 300 /* texts that are measured exactly; of more, those that are longer than all before */
#define LONG_CHARS              80  /* wider than any column */

static void
column_clear (gpointer data)
{
  g_free (((HrTableColumn *) data)->name);
}

void
hr_table_clear_columns (HrTableLayout *self)
{
  if (self->columns != NULL)
    g_array_unref (self->columns);
  if (self->by_name != NULL)
    g_hash_table_unref (self->by_name);
  self->columns = g_array_new (FALSE, TRUE, sizeof (HrTableColumn));
  g_array_set_clear_func (self->columns, column_clear);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
}

static HrTableColumn *
add_column (HrTableLayout *self, const char *name, gboolean is_key)
{
  HrTableColumn column = { .name = g_strdup (name), .name_length = strlen (name), .is_key = is_key };

  g_array_append_val (self->columns, column);
  g_hash_table_insert (self->by_name, column.name, GUINT_TO_POINTER (self->columns->len));
  return &g_array_index (self->columns, HrTableColumn, self->columns->len - 1);
}

static HrTableColumn *
find_column (const HrTableLayout *self, const char *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, name));

  return number > 0 ? &g_array_index (self->columns, HrTableColumn, number - 1) : NULL;
}

static gboolean
is_wanted (const HrTableLayout *self, const char *name)
{
  return self->wanted == NULL || g_strv_contains ((const char *const *) self->wanted, name);
}

static gboolean
is_partition_key (const HrTableLayout *self, const char *name)
{
  for (guint i = 0; i < self->layout.n_hash; i++)
    if (strcmp (self->layout.parts[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Beside an index the table shows first what makes the keys there. */
static void
list_index_keys (HrTableLayout *self)
{
  const HrKeyLayout *keys = self->pairing->keys;

  for (guint i = 0; i < keys->n_key; i++)
    if (!is_partition_key (self, keys->parts[i].name) && find_column (self, keys->parts[i].name) == NULL)
      add_column (self, keys->parts[i].name, TRUE);
}

static void
list_absent (HrTableLayout *self)
{
  const GPtrArray *absent = self->pairing->absent;

  for (guint i = 0; absent != NULL && i < absent->len; i++)
    {
      const char *name = g_ptr_array_index (absent, i);

      if (is_wanted (self, name) && find_column (self, name) == NULL)
        add_column (self, name, FALSE)->is_absent = TRUE;
    }
}

/* The sort key, in an index the rest of the table's key, and attributes. */
static void
list_columns (HrTableLayout *self)
{
  const HrOutlineAttribute *attributes;
  guint n_attributes = hr_outline_get_attributes (self->look.outline, &attributes);
  const HrKeyLayout *layout = &self->layout;

  add_column (self, self->has_sort_key ? layout->parts[layout->n_hash].name : "", TRUE);
  for (guint i = layout->n_hash + (self->has_sort_key ? 1 : 0); i < layout->n_parts; i++)
    add_column (self, layout->parts[i].name, TRUE);
  if (self->pairing != NULL)
    list_index_keys (self);
  if (self->pairing != NULL && !self->pairing->shows_attributes)
    return;
  for (guint i = 0; i < n_attributes; i++)
    if (is_wanted (self, attributes[i].name) && find_column (self, attributes[i].name) == NULL)
      add_column (self, attributes[i].name, FALSE);
  if (self->pairing != NULL)
    list_absent (self);
}

static guint64
get_present_entities (const HrTableLayout *self)
{
  guint64 present = 0;

  for (guint i = 0; i <= HR_ENTITY_NONE; i++)
    if (self->totals.rows_of_entity[i] > 0)
      present |= (guint64) 1 << i;
  return present != 0 ? present : G_MAXUINT64;
}

static void
take_declared (HrTableLayout *self)
{
  const GPtrArray *entities = self->look.table->entities;

  for (guint i = 0; i < entities->len && i < HR_ENTITY_NONE; i++)
    {
      const HrEntity *entity = g_ptr_array_index (entities, i);

      for (guint j = 0; j < entity->attributes->len; j++)
        {
          HrTableColumn *column = find_column (self, ((HrAttribute *) g_ptr_array_index (entity->attributes, j))->name);

          if (column != NULL)
            column->entities |= (guint64) 1 << i;
        }
      for (guint j = 0; j < entity->keys->len; j++)
        {
          HrTableColumn *column = find_column (self, ((HrEntityKey *) g_ptr_array_index (entity->keys, j))->attribute);

          if (column != NULL)
            column->entities |= (guint64) 1 << i;
        }
    }
}

/* What the look says of a text's width; shaping is only done for those that may be the widest. */
static double
measure (HrTableLayout *self, HrTableColumn *column, const HrValue *value, double widest, HrArena *arena)
{
  gboolean is_sort_key = column == hr_table_get_column (self, 0);
  double limit = (is_sort_key ? SORT_WIDTH_MAX : TEXT_WIDTH_MAX) * self->metrics.unit;
  HrTextStyle style;
  HrCellText text;
  gsize n_chars;
  double estimate, width;

  if (widest >= limit)
    return widest;
  hr_table_init_cell (column, value, arena, &text);
  n_chars = (gsize) g_utf8_strlen (text.text, (gssize) text.length);
  if (n_chars > LONG_CHARS)
    return limit;
  style = is_sort_key ? HR_STYLE_MONO : hr_cell_text_get_look (&text).style;
  estimate = hr_text_estimate (self->look.text, style, text.text, text.length);
  if (estimate <= widest)
    return widest;
  if (estimate <= column->estimate && self->n_shaped > SHAPED_MAX)
    return MIN (estimate, limit);
  column->estimate = MAX (column->estimate, estimate);
  self->n_shaped++;
  hr_text_measure (self->look.text, style, text.text, text.length, &width, NULL);
  return MAX (widest, MIN (width, limit));
}

static void
take_row (HrTableLayout *self, const HrOutlineRow *row, HrArena *arena)
{
  for (guint32 i = 0; i < row->item.length; i++)
    {
      const HrMember *member = &row->item.members[i];
      const char *name = hr_arena_strndup (arena, member->name, member->name_length);
      HrTableColumn *column = find_column (self, name);

      if (column == NULL)
        continue;
      column->entities |= (guint64) 1 << MIN (row->entity, HR_ENTITY_NONE);
      column->width = measure (self, column, &member->value, column->width, arena);
    }
}

static void
take_rows (HrTableLayout *self, guint64 position, guint64 first, HrArena *arena)
{
  HrOutlineRow rows[SAMPLE_ROWS];
  guint count = hr_outline_fetch (self->look.outline, position, first, SAMPLE_ROWS, arena, rows, NULL);

  for (guint i = 0; i < count; i++)
    take_row (self, &rows[i], arena);
  hr_arena_reset (arena);
}

static void
take_sample (HrTableLayout *self)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  guint64 n_partitions = self->totals.n_partitions;
  guint64 step = MAX (1, n_partitions / SAMPLE_PARTITIONS_MORE);
  HrPartition partition;

  self->n_shaped = 0;
  for (guint64 i = 0; i < n_partitions; i = i + 1 < SAMPLE_PARTITIONS_FIRST ? i + 1 : i + step)
    {
      if (!hr_outline_get_partition (self->look.outline, i, &partition))
        return;
      take_rows (self, i, 0, arena);
      if (i < SAMPLE_PARTITIONS_FIRST && partition.n_rows > 3 * SAMPLE_ROWS)
        take_rows (self, i, partition.n_rows / 2, arena);
      if (i < SAMPLE_PARTITIONS_FIRST && partition.n_rows > SAMPLE_ROWS)
        take_rows (self, i, MAX (partition.n_rows - SAMPLE_ROWS, SAMPLE_ROWS), arena);
    }
}

static void
finish_widths (HrTableLayout *self)
{
  double unit = self->metrics.unit;
  guint64 present = get_present_entities (self);

  for (guint i = 0; i < self->columns->len; i++)
    {
      HrTableColumn *column = &g_array_index (self->columns, HrTableColumn, i);
      double caption;

      hr_text_measure (self->look.text, HR_STYLE_CAPTION_MONO, column->name, column->name_length, &caption, NULL);
      if (column->width == 0)
        column->width = TEXT_WIDTH_MAX / 2.0 * unit;
      column->width = MAX (MAX (column->width, TEXT_WIDTH_MIN * unit), MIN (caption, CAPTION_WIDTH_MAX * unit));
      column->width = ceil (column->width) + self->metrics.column_gap;
      if (column->entities == 0 || column->is_key)
        column->entities |= column->is_key ? G_MAXUINT64 : present;
    }
}

static int
count_bits (guint64 bits)
{
  return __builtin_popcountll (bits);
}

/* First those that several kinds of rows have, else in the order given. */
static void
put_shared_first (HrTableLayout *self)
{
  guint64 present = get_present_entities (self);
  g_autofree HrTableColumn *sorted = g_new (HrTableColumn, self->columns->len);
  guint count = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->columns->len; i++)
      {
        const HrTableColumn *column = &g_array_index (self->columns, HrTableColumn, i);
        gboolean is_shared = i == 0 || column->is_key || count_bits (column->entities & present) != 1;

        if (is_shared == (pass == 0))
          sorted[count++] = *column;
      }
  memcpy (self->columns->data, sorted, count * sizeof (HrTableColumn));
  for (guint i = 0; i < count; i++)
    g_hash_table_insert (self->by_name, sorted[i].name, GUINT_TO_POINTER (i + 1));
}

/* Each column goes behind the last one of every entity that has it. */
static void
place_columns (HrTableLayout *self)
{
  HrTableColumn *sort = &g_array_index (self->columns, HrTableColumn, 0);
  double ends[HR_ENTITY_NONE + 1];
  double unit = self->metrics.unit;
  double widest = 0;

  sort->width = self->has_sort_key ? CLAMP (sort->width, SORT_WIDTH_MIN * unit, SORT_WIDTH_MAX * unit) : 0;
  for (guint e = 0; e <= HR_ENTITY_NONE; e++)
    ends[e] = sort->width;
  for (guint i = 1; i < self->columns->len; i++)
    {
      HrTableColumn *column = &g_array_index (self->columns, HrTableColumn, i);

      column->x = sort->width;
      for (guint e = 0; e <= HR_ENTITY_NONE; e++)
        if (hr_table_column_is_shown (column, e))
          column->x = MAX (column->x, ends[e]);
      for (guint e = 0; e <= HR_ENTITY_NONE; e++)
        if (hr_table_column_is_shown (column, e))
          ends[e] = column->x + column->width;
      widest = MAX (widest, column->x + column->width);
    }
  self->content_width = self->metrics.key_width + self->metrics.lane + self->metrics.inset + MAX (widest, sort->width)
                        + self->metrics.status;
}

static guint64
mix (guint64 hash, guint64 value)
{
  hash = (hash ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 32;
}

/* Of all that columns are chosen by, but for the rows themselves. */
static guint64
get_fingerprint (const HrTableLayout *self)
{
  const HrOutlineAttribute *attributes;
  guint n_attributes = hr_outline_get_attributes (self->look.outline, &attributes);
  guint64 hash = mix (GPOINTER_TO_SIZE (self->look.outline), GPOINTER_TO_SIZE (self->look.table));

  hash = mix (hash, GPOINTER_TO_SIZE (self->look.text));
  hash = mix (hash, (guint64) (self->metrics.unit * 1024));
  hash = mix (hash, get_present_entities (self));
  hash = mix (hash, self->totals.widest_key_chars);
  for (guint i = 0; i < n_attributes; i++)
    hash = mix (mix (hash, g_str_hash (attributes[i].name)), attributes[i].widest_chars);
  return MAX (hash, 1);
}

static void
gather_columns (HrTableLayout *self)
{
  list_columns (self);
  take_declared (self);
  take_sample (self);
  finish_widths (self);
  put_shared_first (self);
}

void
hr_table_choose_columns (HrTableLayout *self)
{
  guint64 fingerprint = self->has_key ? get_fingerprint (self) : 0;

  if (fingerprint == 0 || fingerprint != self->fingerprint)
    {
      hr_table_clear_columns (self);
      if (self->has_key)
        gather_columns (self);
      else
        add_column (self, "", TRUE);
      self->fingerprint = fingerprint;
    }
  place_columns (self);
}

const HrValue *
hr_table_get_value (const HrTableColumn *column, const HrValue *item)
{
  return hr_map_get (item, column->name, column->name_length);
}

void
hr_table_init_cell (const HrTableColumn *column, const HrValue *value, HrArena *arena, HrCellText *text)
{
  if (column->is_key)
    hr_cell_text_init_key (text, value, arena);
  else
    hr_cell_text_init (text, value, arena);
}
