/*
 * The slow way to an outline, and its comparison with the quick one.
 */
#include "tests/document/naive-outline.h"

#include "model/engine/rows.h"
#include "model/value/codec.h"
#include "model/value/record.h"

#include <string.h>

typedef struct
{
  HrValue item;
  HrValue keys[4];
  gint64 ordinal;
  char *sort_key;       /* row key */
  gsize sort_length;
  gsize partition_length;
  guint entity;
  HrIndexLack lack;     /* of the paired index */
  gboolean is_shown;
} Row;

typedef struct
{
  const Row *first; /* whatever its partition key is, is that of all */
  GPtrArray *rows;  /* Row, shown */
  gint64 ordinal;
  gsize size_bytes;
  guint64 n_runs;
  guint64 entities;
  guint n_unpaired;
  HrIndexLack lack;
} Partition;

typedef struct
{
  const NaiveOutline *outline;
  const HrIndex *index;
  HrKeyLayout layout;
  HrKeyLayout paired;    /* of the paired index, if there is one */
  HrArena *arena;
  GPtrArray *rows;       /* Row: all that the table or index holds, in the order of the store */
  GPtrArray *partitions; /* Partition: shown, in display order */
  guint64 hidden_rows;
} Naive;

/* Which rows */

static gboolean
is_projected (const Naive *self, const char *name, gsize length)
{
  const HrIndex *index = self->index;

  if (index == NULL || index->projection == HR_PROJECT_ALL)
    return TRUE;
  for (guint i = 0; i < self->layout.n_parts; i++)
    if (self->layout.parts[i].name_length == length && memcmp (self->layout.parts[i].name, name, length) == 0)
      return TRUE;
  for (guint i = 0; index->projection == HR_PROJECT_INCLUDE && i < index->included->len; i++)
    {
      const char *included = g_ptr_array_index (index->included, i);

      if (strlen (included) == length && memcmp (included, name, length) == 0)
        return TRUE;
    }
  return FALSE;
}

static HrValue
project (const Naive *self, const HrValue *item)
{
  HrMember *members = hr_arena_array (self->arena, HrMember, item->length);
  guint count = 0;

  for (guint i = 0; i < item->length; i++)
    if (is_projected (self, item->members[i].name, item->members[i].name_length))
      members[count++] = item->members[i];
  return hr_value_map (members, count);
}

static void
collect_texts (const HrValue *value, GString *texts)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  if (value->type == HR_TYPE_S || value->type == HR_TYPE_N)
    {
      hr_value_to_text (value, &text);
      for (gsize i = 0; i < text.length; i++)
        g_string_append_c (texts, text.data[i] != '\0' ? text.data[i] : '\n');
    }
  else if (value->type == HR_TYPE_BOOL)
    g_string_append (texts, value->boolean ? "true" : "false");
  else if (value->type == HR_TYPE_NULL)
    g_string_append (texts, "null");
  g_string_append_c (texts, '\n');
  for (guint i = 0; value->type == HR_TYPE_M && i < value->length; i++)
    {
      g_string_append_len (texts, value->members[i].name, value->members[i].name_length);
      g_string_append_c (texts, '\n');
      collect_texts (&value->members[i].value, texts);
    }
  for (guint i = 0; (value->type == HR_TYPE_L || value->type == HR_TYPE_SS || value->type == HR_TYPE_NS)
                    && i < value->length; i++)
    collect_texts (&value->elements[i], texts);
}

static gboolean
matches_filter (const char *filter, const HrValue *item)
{
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autofree char *folded = NULL;
  g_autofree char *wanted = NULL;

  if (filter == NULL || *filter == '\0')
    return TRUE;
  for (guint i = 0; i < item->length; i++)
    collect_texts (&item->members[i].value, texts);
  folded = g_utf8_casefold (texts->str, -1);
  wanted = g_utf8_casefold (filter, -1);
  return strstr (folded, wanted) != NULL;
}

static guint
find_entity (const HrTable *table, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (table, item, NULL);
  guint number;

  if (entity == NULL || !g_ptr_array_find (table->entities, entity, &number))
    return HR_ENTITY_NONE;
  return MIN (number, HR_ENTITY_NONE);
}

static gboolean
add_row_cb (const HrRow *stored, gpointer user_data)
{
  Naive *self = user_data;
  const HrOutlineOptions *options = &self->outline->options;
  const guint8 *record = hr_arena_memdup (self->arena, stored->record, stored->record_length);
  g_auto (HrBuffer) key = HR_BUFFER_INIT;
  HrValue values[HR_KEY_PARTS_MAX];
  HrValue item;
  Row *row;

  g_assert_true (hr_record_decode (record, stored->record_length, self->arena, &item));
  if (!hr_key_layout_gather (&self->layout, &item, values))
    return TRUE;
  row = hr_arena_new0 (self->arena, Row);
  row->item = project (self, &item);
  memcpy (row->keys, values, sizeof (HrValue) * self->layout.n_hash);
  row->ordinal = stored->ordinal;
  hr_key_encode (&self->layout, values, self->layout.n_hash, &key);
  row->partition_length = key.length;
  hr_buffer_truncate (&key, 0);
  hr_key_encode (&self->layout, values, self->layout.n_parts, &key);
  row->sort_length = key.length;
  row->sort_key = hr_arena_memdup (self->arena, key.data, key.length);
  row->entity = find_entity (self->outline->table, &row->item);
  row->is_shown =
      (options->hidden_entities >> row->entity & 1) == 0 && matches_filter (options->filter, &row->item);
  if (options->paired_index != NULL)
    row->lack = hr_index_judge_item (&self->paired, &item);
  row->is_shown = row->is_shown && (row->lack == 0 || !options->hides_left_out);
  self->hidden_rows += !row->is_shown;
  g_ptr_array_add (self->rows, row);
  return TRUE;
}

static int
compare_bytes (const char *a, gsize a_length, const char *b, gsize b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_rows_cb (gconstpointer a, gconstpointer b)
{
  const Row *x = *(const Row *const *) a;
  const Row *y = *(const Row *const *) b;

  return compare_bytes (x->sort_key, x->sort_length, y->sort_key, y->sort_length);
}

/* Partitions */

static gboolean
is_same_partition (const Row *a, const Row *b)
{
  return a->partition_length == b->partition_length
         && memcmp (a->sort_key, b->sort_key, a->partition_length) == 0;
}

static void
partition_free (gpointer data)
{
  Partition *partition = data;

  g_ptr_array_unref (partition->rows);
  g_free (partition);
}

static void
partition_add (Partition *self, Row *row)
{
  const Row *last = self->rows->len > 0 ? g_ptr_array_index (self->rows, self->rows->len - 1) : NULL;

  self->ordinal = MIN (self->ordinal, row->ordinal);
  if (!row->is_shown)
    return;
  self->n_runs += last == NULL || last->entity != row->entity;
  self->size_bytes += hr_item_size_bytes (&row->item);
  self->entities |= G_GUINT64_CONSTANT (1) << row->entity;
  self->n_unpaired += row->lack != 0;
  self->lack |= row->lack;
  g_ptr_array_add (self->rows, row);
}

static int
compare_keys (const Naive *self, const Partition *a, const Partition *b)
{
  int order = 0;

  for (guint i = 0; order == 0 && i < self->layout.n_hash; i++)
    order = hr_value_compare (&a->first->keys[i], &b->first->keys[i]);
  return order;
}

static int
compare_partitions_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Partition *x = *(const Partition *const *) a;
  const Partition *y = *(const Partition *const *) b;
  const Naive *self = user_data;

  switch (self->outline->options.order)
    {
    case HR_ORDER_ENTERED:
      if (x->ordinal != y->ordinal)
        return x->ordinal < y->ordinal ? -1 : 1;
      break;
    case HR_ORDER_SIZE:
      if (x->size_bytes != y->size_bytes)
        return x->size_bytes > y->size_bytes ? -1 : 1;
      break;
    case HR_ORDER_HASH:
      return compare_bytes (x->first->sort_key, x->first->partition_length, y->first->sort_key,
                            y->first->partition_length);
    case HR_ORDER_KEY:
      break;
    }
  return compare_keys (self, x, y);
}

static void
make_partitions (Naive *self)
{
  for (guint i = 0; i < self->rows->len;)
    {
      Partition *partition = g_new0 (Partition, 1);

      partition->first = g_ptr_array_index (self->rows, i);
      partition->rows = g_ptr_array_new ();
      partition->ordinal = G_MAXINT64;
      for (; i < self->rows->len && is_same_partition (partition->first, g_ptr_array_index (self->rows, i));
           i++)
        partition_add (partition, g_ptr_array_index (self->rows, i));
      if (partition->rows->len > 0)
        g_ptr_array_add (self->partitions, partition);
      else
        partition_free (partition);
    }
  g_ptr_array_sort_with_data (self->partitions, compare_partitions_cb, self);
}

static Naive *
naive_new (const NaiveOutline *outline)
{
  Naive *self = g_new0 (Naive, 1);
  g_autoptr (GError) error = NULL;

  self->outline = outline;
  if (outline->options.index != NULL)
    self->index = hr_table_find_index (outline->table, outline->options.index);
  g_assert_true (hr_key_layout_init (&self->layout, outline->table, self->index));
  if (outline->options.paired_index != NULL)
    g_assert_true (hr_key_layout_init (&self->paired, outline->table,
                                       hr_table_find_index (outline->table, outline->options.paired_index)));
  self->arena = hr_arena_new ();
  self->rows = g_ptr_array_new ();
  self->partitions = g_ptr_array_new_with_free_func (partition_free);
  hr_engine_foreach_row (outline->engine, outline->options.table, add_row_cb, self, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (self->rows, compare_rows_cb);
  make_partitions (self);
  return self;
}

static void
naive_free (Naive *self)
{
  g_ptr_array_unref (self->partitions);
  g_ptr_array_unref (self->rows);
  hr_arena_free (self->arena);
  g_free (self);
}

/* Comparing */

static void
check_totals (const Naive *self, const HrOutline *outline)
{
  HrOutlineTotals expected = { .n_partitions = self->partitions->len, .hidden_rows = self->hidden_rows };
  HrOutlineTotals totals;

  for (guint i = 0; i < self->partitions->len; i++)
    {
      const Partition *partition = g_ptr_array_index (self->partitions, i);

      expected.n_rows += partition->rows->len;
      expected.n_runs += partition->n_runs;
      expected.unpaired_rows += partition->n_unpaired;
      expected.size_bytes += partition->size_bytes;
      for (guint j = 0; j < partition->rows->len; j++)
        expected.rows_of_entity[((const Row *) g_ptr_array_index (partition->rows, j))->entity]++;
    }
  hr_outline_get_totals (outline, &totals);
  g_assert_cmpuint (totals.n_partitions, ==, expected.n_partitions);
  g_assert_cmpuint (totals.n_rows, ==, expected.n_rows);
  g_assert_cmpuint (totals.n_runs, ==, expected.n_runs);
  g_assert_cmpuint (totals.size_bytes, ==, expected.size_bytes);
  g_assert_cmpuint (totals.hidden_rows, ==, expected.hidden_rows);
  g_assert_cmpuint (totals.unpaired_rows, ==, expected.unpaired_rows);
  g_assert_cmpmem (totals.rows_of_entity, sizeof totals.rows_of_entity, expected.rows_of_entity,
                   sizeof expected.rows_of_entity);
}

static gboolean
is_folded (const Partition *partition)
{
  return partition->n_unpaired > 0 && partition->n_unpaired == partition->rows->len;
}

static void
check_partition (const Naive *self, const HrOutline *outline, guint number)
{
  const Partition *expected = g_ptr_array_index (self->partitions, number);
  guint64 position = G_MAXUINT64;
  HrPartition partition;

  g_assert_true (hr_outline_get_partition (outline, number, &partition));
  g_assert_cmpuint (partition.position, ==, number);
  g_assert_cmpuint (partition.n_keys, ==, self->layout.n_hash);
  for (guint i = 0; i < partition.n_keys; i++)
    g_assert_true (hr_value_equal (&partition.keys[i], &expected->first->keys[i]));
  g_assert_cmpuint (partition.n_rows, ==, expected->rows->len);
  g_assert_cmpuint (partition.n_runs, ==, expected->n_runs);
  g_assert_cmpuint (partition.size_bytes, ==, expected->size_bytes);
  g_assert_cmphex (partition.entities, ==, expected->entities);
  g_assert_cmpint (partition.is_folded, ==, is_folded (expected));
  g_assert_cmphex (partition.lack, ==, is_folded (expected) ? expected->lack : 0);
  g_assert_true (hr_outline_find_partition (outline, partition.keys, partition.n_keys, &position));
  g_assert_cmpuint (position, ==, number);
}

static gboolean
starts_run (const Partition *partition, guint row)
{
  const Row *this = g_ptr_array_index (partition->rows, row);

  return row == 0 || ((const Row *) g_ptr_array_index (partition->rows, row - 1))->entity != this->entity;
}

static const HrOutlineMetrics metrics = { 30, 26, 12 };

/* Heights are whole numbers with these metrics, so that sums are exact. */
static void
check_heights (const Naive *self, const HrOutline *outline, guint number, double top)
{
  const Partition *partition = g_ptr_array_index (self->partitions, number);
  double y = 0;

  g_assert_cmpfloat (hr_outline_get_partition_top (outline, &metrics, number), ==, top);
  if (is_folded (partition))
    {
      g_assert_cmpfloat (hr_outline_get_row_top (outline, &metrics, number, 0), ==, 2 * metrics.header);
      g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, number, 3), ==, 0);
      return;
    }
  for (guint i = 0; i < partition->rows->len; i++)
    {
      if (starts_run (partition, i))
        {
          g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, number, y + 20), ==, i);
          g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, number, y + 6), ==, i > 0 ? i - 1 : 0);
          y += metrics.header;
        }
      g_assert_cmpfloat (hr_outline_get_row_top (outline, &metrics, number, i), ==, y);
      g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, number, y), ==, i);
      g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, number, y + 29.5), ==, i);
      y += metrics.row;
    }
  g_assert_cmpfloat (hr_outline_get_row_top (outline, &metrics, number, partition->rows->len), ==, y);
  g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, number, y + 5), ==, partition->rows->len - 1);
  g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, number, -5), ==, 0);
}

static double
get_height (const Partition *partition)
{
  if (is_folded (partition))
    return metrics.gap + 2 * metrics.header;
  return metrics.gap + partition->n_runs * metrics.header + partition->rows->len * metrics.row;
}

static void
check_places (const Naive *self, const HrOutline *outline, GRand *rand, gboolean gentle)
{
  guint64 position = 0;
  guint64 n_rows = 0;
  guint64 row;
  double top = 0;

  g_assert_cmpint (hr_outline_locate_partition (outline, &metrics, 0, &position), ==,
                   self->partitions->len > 0);
  for (guint i = 0; i < self->partitions->len; i++)
    {
      const Partition *partition = g_ptr_array_index (self->partitions, i);
      double height = get_height (partition);

      if (!gentle || g_rand_int_range (rand, 0, 8) == 0)
        check_heights (self, outline, i, top);
      g_assert_true (hr_outline_locate_partition (outline, &metrics, top, &position));
      g_assert_cmpuint (position, ==, i);
      g_assert_true (hr_outline_locate_partition (outline, &metrics, top + height - 0.5, &position));
      g_assert_cmpuint (position, ==, i);
      g_assert_cmpuint (hr_outline_get_row_number (outline, i, 0), ==, n_rows);
      n_rows += is_folded (partition) ? 0 : partition->rows->len;
      if (hr_outline_locate_row_number (outline, n_rows - 1, &position, &row))
        g_assert_cmpuint (hr_outline_get_row_number (outline, position, row), ==, n_rows - 1);
      top += height;
    }
  g_assert_cmpfloat (hr_outline_get_height (outline, &metrics), ==, top);
  g_assert_cmpfloat (hr_outline_get_partition_top (outline, &metrics, self->partitions->len), ==, top);
  if (self->partitions->len > 0)
    {
      g_assert_true (hr_outline_locate_partition (outline, &metrics, top + 100, &position));
      g_assert_cmpuint (position, ==, self->partitions->len - 1);
      g_assert_true (hr_outline_locate_partition (outline, &metrics, -100, &position));
      g_assert_cmpuint (position, ==, 0);
    }
}

static void
check_fetch (const Naive *self, const HrOutline *outline, guint number, guint first, guint count)
{
  const Partition *partition = g_ptr_array_index (self->partitions, number);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree HrOutlineRow *rows = g_new0 (HrOutlineRow, count);
  g_autoptr (GError) error = NULL;
  guint expected = first < partition->rows->len ? MIN (count, partition->rows->len - first) : 0;
  guint fetched = hr_outline_fetch (outline, number, first, count, arena, rows, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fetched, ==, expected);
  for (guint i = 0; i < fetched; i++)
    {
      const Row *row = g_ptr_array_index (partition->rows, first + i);

      g_assert_true (hr_value_equal (&rows[i].item, &row->item));
      g_assert_cmpuint (rows[i].entity, ==, row->entity);
      g_assert_cmphex (rows[i].lack, ==, row->lack);
      g_assert_cmpint (rows[i].run_start, ==, starts_run (partition, first + i));
      g_assert_cmpint (rows[i].ordinal, ==, self->index != NULL ? -1 : row->ordinal);
      g_assert_cmpuint (rows[i].size_bytes, ==, hr_item_size_bytes (&row->item));
    }
}

static void
check_items (const Naive *self, const HrOutline *outline, GRand *rand, gboolean gentle)
{
  for (guint i = 0; i < self->partitions->len; i++)
    {
      const Partition *partition = g_ptr_array_index (self->partitions, i);
      guint count = partition->rows->len;

      if (!gentle)
        check_fetch (self, outline, i, 0, count + 3);
      else if (g_rand_int_range (rand, 0, 6) != 0)
        continue;
      check_fetch (self, outline, i, (guint) g_rand_int_range (rand, 0, (gint32) count + 1), 40);
      for (guint j = gentle ? (guint) g_rand_int_range (rand, 0, 20) : 0; j < count; j += gentle ? 20 : 1)
        {
          const Row *row = g_ptr_array_index (partition->rows, j);
          guint64 position = G_MAXUINT64;
          guint64 number = G_MAXUINT64;

          g_assert_true (hr_outline_find_row (outline, &row->item, &position, &number));
          g_assert_cmpuint (position, ==, i);
          g_assert_cmpuint (number, ==, j);
        }
    }
}

static void
check_hidden (const Naive *self, const HrOutline *outline)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);
      guint64 position, number;

      if (!row->is_shown)
        g_assert_false (hr_outline_find_row (outline, &row->item, &position, &number));
    }
}

/* Attributes */

static gboolean
is_key (const Naive *self, const char *name)
{
  for (guint i = 0; i < self->layout.n_key; i++)
    if (strcmp (self->layout.parts[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
declare (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, (gpointer) name);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names without NUL characters, as all in these tests. */
static GPtrArray *
list_names (const Naive *self)
{
  GPtrArray *names = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const GPtrArray *entities = self->outline->table->entities;

  for (guint i = 0; i < entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (entities, i);

      for (guint j = 0; j < entity->attributes->len; j++)
        declare (names, ((const HrAttribute *) g_ptr_array_index (entity->attributes, j))->name);
    }
  for (guint i = 0; i < entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (entities, i);

      for (guint j = 0; j < entity->keys->len; j++)
        declare (names, ((const HrEntityKey *) g_ptr_array_index (entity->keys, j))->attribute);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      const HrValue *item = &((const Row *) g_ptr_array_index (self->rows, i))->item;

      for (guint j = 0; j < item->length; j++)
        {
          const char *name =
              hr_arena_strndup (self->arena, item->members[j].name, item->members[j].name_length);

          if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            declare (others, name);
        }
    }
  g_ptr_array_sort (others, compare_names_cb);
  g_ptr_array_extend (names, others, NULL, NULL);
  return names;
}

static guint64
count_rows_with (const Naive *self, const char *name)
{
  guint64 count = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);

      count += row->is_shown && hr_map_get (&row->item, name, strlen (name)) != NULL;
    }
  return count;
}

static void
check_attributes (const Naive *self, const HrOutline *outline)
{
  g_autoptr (GPtrArray) names = list_names (self);
  const HrOutlineAttribute *attributes;
  guint count = hr_outline_get_attributes (outline, &attributes);
  guint found = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      guint64 n_rows = is_key (self, name) ? 0 : count_rows_with (self, name);

      if (n_rows == 0)
        continue;
      g_assert_cmpuint (found, <, count);
      g_assert_cmpstr (attributes[found].name, ==, name);
      g_assert_cmpuint (attributes[found].n_rows, ==, n_rows);
      found++;
    }
  g_assert_cmpuint (found, ==, count);
}

static void
write_plain (const HrValue *value, GString *out)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  g_autofree char *base64 = NULL;

  if (value->type == HR_TYPE_BOOL || value->type == HR_TYPE_NULL)
    g_string_append (out, value->type == HR_TYPE_NULL ? "null" : value->boolean ? "true" : "false");
  else if (value->type == HR_TYPE_B)
    g_string_append (out, base64 = g_base64_encode ((const guchar *) value->bytes, value->length));
  else if (hr_value_to_text (value, &text))
    g_string_append_len (out, text.data, (gssize) text.length);
  else
    {
      g_string_append_c (out, '{');
      for (guint i = 0; i < value->length; i++)
        {
          const HrValue *child = value->type == HR_TYPE_M ? &value->members[i].value : &value->elements[i];
          const char *quote = child->type == HR_TYPE_S ? "\"" : "";

          g_string_append (out, i > 0 ? ", " : "");
          if (value->type == HR_TYPE_M)
            g_string_append_printf (out, "\"%.*s\": ", (int)value->members[i].name_length,
                                    value->members[i].name);
          g_string_append (out, quote);
          write_plain (child, out);
          g_string_append (out, quote);
        }
      g_string_append_c (out, '}');
    }
}

void
naive_outline_check_widths (const NaiveOutline *self, const HrOutline *outline)
{
  Naive *naive = naive_new (self);
  g_autoptr (GString) text = g_string_new (NULL);
  const HrOutlineAttribute *attributes;
  guint count = hr_outline_get_attributes (outline, &attributes);

  for (guint i = 0; i < count; i++)
    {
      glong widest = 0;

      for (guint j = 0; j < naive->rows->len; j++)
        {
          const Row *row = g_ptr_array_index (naive->rows, j);
          const HrValue *value = hr_map_get (&row->item, attributes[i].name, strlen (attributes[i].name));

          if (!row->is_shown || value == NULL)
            continue;
          g_string_truncate (text, 0);
          write_plain (value, text);
          widest = MAX (widest, g_utf8_strlen (text->str, (gssize) text->len));
        }
      g_assert_cmpint ((gint64) attributes[i].widest_chars, ==, MIN (widest, 64));
    }
  naive_free (naive);
}

void
naive_outline_check (const NaiveOutline *self, const HrOutline *outline, GRand *rand, gboolean gentle)
{
  Naive *naive = naive_new (self);
  HrPartition partition;

  check_totals (naive, outline);
  check_attributes (naive, outline);
  for (guint i = 0; i < naive->partitions->len; i++)
    check_partition (naive, outline, i);
  g_assert_false (hr_outline_get_partition (outline, naive->partitions->len, &partition));
  check_places (naive, outline, rand, gentle);
  check_items (naive, outline, rand, gentle);
  if (!gentle)
    check_hidden (naive, outline);
  naive_free (naive);
}
