/*
 * Random tables for the tests of outlines, and changes of them that all outlines are told.
 */
#include "tests/document/outline-scene.h"

#include "model/engine/rows.h"
#include "model/value/record.h"
#include "tests/document/fixture.h"
#include "tests/document/naive-outline.h"

#include <string.h>

HrEntity *
scene_add_entity (HrTable *table, const char *name, const char *sort_template)
{
  const char *const keys[][2] = { { "pk", "p{p}" }, { "sk", sort_template } };
  HrEntity *entity = hr_entity_new (name);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *message = NULL;
      HrRange range;
      HrKeyTemplate *template = hr_key_template_parse (keys[i][1], &message, &range);

      g_assert_nonnull (template);
      g_ptr_array_add (entity->keys, hr_entity_key_new (keys[i][0], template));
    }
  g_ptr_array_add (table->entities, entity);
  return entity;
}

static void
add_index (HrTable *table, const char *name, HrIndexKind kind, const char *partition, const char *second,
           const char *sort, HrProjectionType projection)
{
  HrIndex *index = fixture_index_new (name, kind, partition, HR_TYPE_S, NULL, HR_TYPE_S);

  if (second != NULL)
    g_ptr_array_add (index->partition_key, hr_attribute_new (second, HR_TYPE_S));
  g_ptr_array_add (index->sort_key,
                   hr_attribute_new (sort, g_str_equal (sort, "rank") ? HR_TYPE_N : HR_TYPE_S));
  index->projection = projection;
  if (projection == HR_PROJECT_INCLUDE)
    g_ptr_array_add (index->included, g_strdup ("text"));
  g_ptr_array_add (table->indexes, index);
}

HrTable *
scene_make_table (void)
{
  HrTable *table = fixture_table_new (SCENE_TABLE, "pk", HR_TYPE_S, "sk", HR_TYPE_S);

  g_ptr_array_add (scene_add_entity (table, "Alpha", "A#{n}")->attributes,
                   hr_attribute_new ("text", HR_TYPE_S));
  g_ptr_array_add (scene_add_entity (table, "Beta", "B#{n}")->attributes,
                   hr_attribute_new ("rank", HR_TYPE_N));
  g_ptr_array_add (scene_add_entity (table, "Gamma", "{n}#C")->attributes,
                   hr_attribute_new ("city", HR_TYPE_S));
  add_index (table, "by-owner", HR_INDEX_GLOBAL, "owner", NULL, "sk", HR_PROJECT_ALL);
  add_index (table, "by-place", HR_INDEX_GLOBAL, "owner", "city", "rank", HR_PROJECT_KEYS_ONLY);
  add_index (table, "by-rank", HR_INDEX_LOCAL, "pk", NULL, "rank", HR_PROJECT_INCLUDE);
  return table;
}

Scene *
scene_new (HrTable *table, guint32 seed)
{
  Scene *scene = g_new0 (Scene, 1);
  g_autoptr (GError) error = NULL;
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { 0 };

  scene->engine = hr_engine_open (NULL, NULL, &error);
  g_assert_no_error (error);
  scene->table = table;
  scene->arena = hr_arena_new ();
  call.arena = scene->arena;
  g_assert_true (hr_engine_create_table (scene->engine, table, &call, &service_error));
  scene->rand = g_rand_new_with_seed (seed);
  scene->n_partitions = 12;
  scene->n_sort_keys = 60;
  scene->outlines = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_outline_free);
  scene->naive = g_array_new (FALSE, FALSE, sizeof (NaiveOutline));
  return scene;
}

void
scene_free (Scene *scene)
{
  g_ptr_array_unref (scene->outlines);
  g_array_unref (scene->naive);
  g_rand_free (scene->rand);
  hr_arena_free (scene->arena);
  hr_engine_close (scene->engine);
  hr_table_free (scene->table);
  g_free (scene);
}

guint
scene_pick (Scene *scene, guint count)
{
  return (guint) g_rand_int_range (scene->rand, 0, (gint32) count);
}

/* Items */

HrValue
scene_make_text (Scene *scene, const char *before, guint number, const char *behind)
{
  const char *text = hr_arena_printf (scene->arena, "%s%u%s", before, number, behind);

  return hr_value_string (text, strlen (text));
}

HrValue
scene_make_number (Scene *scene, guint number)
{
  HrDecimal decimal = { number, 0, FALSE };

  return hr_value_number (scene->arena, &decimal);
}

/* One partition is larger than the others together; one key has NUL characters, one is longer than most. */
HrValue
scene_make_partition_key (Scene *scene)
{
  guint number = scene_pick (scene, 2) == 0 ? 0 : scene_pick (scene, scene->n_partitions);

  if (number == 3)
    return hr_value_string (hr_arena_memdup (scene->arena, "p\0\xff\0", 4), 2);
  if (number == 4)
    return hr_value_string (hr_arena_memdup (scene->arena, "p\0x\0\0y", 6), 6);
  return scene_make_text (scene, number == 5 ? "pÄöß # a long key for a partition: " : "p", number, "");
}

const char *const scene_sort_keys[SCENE_SORT_KEYS][2]
    = { { "A#", "" }, { "B#", "" }, { "", "#C" }, { "", "" }, { "B", "" } };

HrValue
scene_make_sort_key (Scene *scene)
{
  guint kind = scene_pick (scene, SCENE_SORT_KEYS);

  return scene_make_text (scene, scene_sort_keys[kind][0], 1000 + scene_pick (scene, scene->n_sort_keys),
                          scene_sort_keys[kind][1]);
}

static HrValue
make_extra (Scene *scene)
{
  HrMember *member = hr_arena_new0 (scene->arena, HrMember);
  HrValue *elements = hr_arena_array (scene->arena, HrValue, 2);

  switch (scene_pick (scene, 6))
    {
    case 0:
      return hr_value_boolean (scene_pick (scene, 2) != 0);
    case 1:
      return hr_value_null ();
    case 2:
      return hr_value_binary ("needle", 6);
    case 3:
      *member = (HrMember) { "Needle", 6, scene_make_number (scene, 7) };
      return hr_value_map (member, 1);
    case 4:
      elements[0] = scene_make_text (scene, "in a list: NEEDLE ", scene_pick (scene, 9), "");
      elements[1] = scene_make_number (scene, 5);
      return hr_value_list (elements, 2);
    default:
      return scene_make_text (scene, "Straße nach Nîmes ", scene_pick (scene, 20), "");
    }
}

HrValue
scene_make_item (Scene *scene, const HrValue *pk, const HrValue *sk)
{
  HrMember *members = hr_arena_array (scene->arena, HrMember, 8);
  guint count = 0;

  members[count++] = (HrMember) { "pk", 2, *pk };
  members[count++] = (HrMember) { "sk", 2, *sk };
  if (scene_pick (scene, 2) == 0)
    members[count++] =
        (HrMember){ "text", 4, scene_make_text (scene, "words ", scene_pick (scene, 200), "") };
  if (scene_pick (scene, 3) > 0)
    members[count++] = (HrMember) { "owner", 5, scene_make_text (scene, "o", scene_pick (scene, 5), "") };
  if (scene_pick (scene, 2) == 0)
    members[count++] = (HrMember) { "city", 4, scene_make_text (scene, "c", scene_pick (scene, 3), "") };
  if (scene_pick (scene, 3) > 0)
    members[count++] = (HrMember) { "rank", 4, scene_make_number (scene, scene_pick (scene, 300)) };
  if (scene_pick (scene, 4) == 0)
    members[count++] = (HrMember) { "extra", 5, make_extra (scene) };
  if (scene_pick (scene, 30) == 0)
    members[count++] = (HrMember) { "z", 1, hr_value_boolean (TRUE) };
  g_assert_true (hr_members_sort (members, count));
  return hr_value_map (members, count);
}

/* Changes, told to all outlines */

void
scene_tell (Scene *scene, const HrValue *before, const HrValue *after, gint64 ordinal)
{
  for (guint i = 0; i < scene->outlines->len; i++)
    hr_outline_apply_change (g_ptr_array_index (scene->outlines, i), before, after, ordinal);
}

static const HrValue *
find_item (Scene *scene, const HrValue *key, gint64 *ordinal)
{
  g_autoptr (GError) error = NULL;
  HrValue *item;
  HrRow row;

  if (!hr_engine_get_row (scene->engine, SCENE_TABLE, key, scene->arena, &row, &error))
    {
      g_assert_no_error (error);
      return NULL;
    }
  item = hr_arena_new0 (scene->arena, HrValue);
  g_assert_true (hr_record_decode (row.record, row.record_length, scene->arena, item));
  *ordinal = row.ordinal;
  return item;
}

void
scene_store (Scene *scene, const HrValue *item, gint64 ordinal)
{
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;
  HrRow row = { .ordinal = ordinal };

  hr_record_encode (item, &record);
  row.record = (const guint8 *) record.data;
  row.record_length = record.length;
  hr_engine_restore_row (scene->engine, SCENE_TABLE, &row, &error);
  g_assert_no_error (error);
}

void
scene_put (Scene *scene, const HrValue *item)
{
  gint64 ordinal = scene->next_ordinal++;
  const HrValue *before = find_item (scene, item, &ordinal);

  scene_store (scene, item, ordinal);
  scene_tell (scene, before, item, ordinal);
}

void
scene_erase (Scene *scene, const HrValue *item)
{
  g_autoptr (GError) error = NULL;
  gint64 ordinal = -1;
  const HrValue *before = find_item (scene, item, &ordinal);

  hr_engine_erase_row (scene->engine, SCENE_TABLE, item, &error);
  g_assert_no_error (error);
  scene_tell (scene, before, NULL, ordinal);
}

void
scene_erase_from (Scene *scene, const char *partition, HrValue sk)
{
  HrMember members[] = { { "pk", 2, hr_value_string (partition, strlen (partition)) }, { "sk", 2, sk } };
  HrValue key = hr_value_map (members, 2);

  scene_erase (scene, &key);
}

/* The same item in another place among the entered ones. */
void
scene_move (Scene *scene, const HrValue *item)
{
  gint64 ordinal;
  const HrValue *before = find_item (scene, item, &ordinal);

  if (before == NULL)
    return;
  ordinal = g_rand_int_range (scene->rand, -1000, (gint32) scene->next_ordinal);
  scene_store (scene, before, ordinal);
  scene_tell (scene, before, before, ordinal);
}

static void
replace_key (Scene *scene, const HrValue *item)
{
  gint64 ordinal;
  const HrValue *before = find_item (scene, item, &ordinal);
  g_autoptr (GError) error = NULL;
  HrValue sk = scene_make_sort_key (scene);
  HrValue after;
  gint64 other;

  if (before == NULL)
    return;
  after = hr_map_with (scene->arena, before, "sk", 2, &sk);
  if (find_item (scene, &after, &other) != NULL)
    return;
  hr_engine_erase_row (scene->engine, SCENE_TABLE, before, &error);
  g_assert_no_error (error);
  scene_store (scene, &after, ordinal);
  scene_tell (scene, before, &after, ordinal);
}

void
scene_edit (Scene *scene)
{
  HrValue pk = scene_make_partition_key (scene);
  HrValue sk = scene_make_sort_key (scene);
  HrValue item = scene_make_item (scene, &pk, &sk);

  switch (scene_pick (scene, 8))
    {
    case 0:
    case 1:
    case 2:
      scene_put (scene, &item);
      break;
    case 3:
    case 4:
    case 5:
      scene_erase (scene, &item);
      break;
    case 6:
      replace_key (scene, &item);
      break;
    default:
      scene_move (scene, &item);
      break;
    }
}

void
scene_fill (Scene *scene, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      HrValue pk = scene_make_partition_key (scene);
      HrValue sk = scene_make_sort_key (scene);
      HrValue item = scene_make_item (scene, &pk, &sk);

      scene_put (scene, &item);
    }
}

/* Outlines */

HrOutline *
scene_open_outline (Scene *scene, HrOutlineOptions options)
{
  g_autoptr (GError) error = NULL;
  NaiveOutline naive = { scene->engine, scene->table, options };
  HrOutline *outline;

  naive.options.table = SCENE_TABLE;
  outline = hr_outline_new (scene->engine, scene->table, &naive.options, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (scene->outlines, outline);
  g_array_append_val (scene->naive, naive);
  return outline;
}

void
scene_check (Scene *scene, gboolean gentle)
{
  for (guint i = 0; i < scene->outlines->len; i++)
    naive_outline_check (&g_array_index (scene->naive, NaiveOutline, i),
                         g_ptr_array_index (scene->outlines, i), scene->rand, gentle);
}
