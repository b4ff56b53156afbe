/*
 * Real model files of other tools, from the folder that HASHRANGE_MODELS names: whatever is JSON in
 * them reads, writes and reads again the same, and their sample items become values and records and
 * come back.
 */

#include <string.h>

#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/record.h"

typedef struct
{
  guint n_items;
} Count;

static void
check_item (const HrJson *json, Count *count)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue item;
  HrValue again;

  if (!hr_item_from_json (arena, json, &item, &error))
    return;
  hr_record_encode (&item, &record);
  g_assert_true (hr_record_decode ((const guint8 *) record.data, record.length, arena, &again));
  g_assert_true (hr_value_equal (&item, &again));
  g_assert_cmpuint (hr_record_size_bytes ((const guint8 *) record.data, record.length), ==, hr_item_size_bytes (&item));
  count->n_items++;
}

/* Objects under "TableData" are items. */
static void
find_items (const HrJson *json, Count *count)
{
  const HrJson *data = hr_json_get (json, "TableData");

  if (data != NULL && data->type == HR_JSON_ARRAY)
    for (guint32 i = 0; i < data->length; i++)
      check_item (&data->elements[i], count);
  for (guint32 i = 0; json->type >= HR_JSON_ARRAY && i < json->length; i++)
    find_items (json->type == HR_JSON_OBJECT ? &json->members[i].value : &json->elements[i], count);
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autofree char *text = NULL;
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) first = HR_BUFFER_INIT;
  g_auto (HrBuffer) second = HR_BUFFER_INIT;
  HrJsonError error = { 0 };
  Count count = { 0 };
  const HrJson *json;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, &error);
  if (json == NULL)
    g_error ("%s: %s at byte %u", path, error.message, error.offset);
  hr_json_write_compact (&first, json, FALSE);
  find_items (json, &count);
  json = hr_json_parse (arena, first.data, first.length, HR_LIMIT_JSON_DEPTH, &error);
  g_assert_nonnull (json);
  hr_json_write_compact (&second, json, FALSE);
  g_assert_cmpmem (first.data, first.length, second.data, second.length);
  g_test_message ("%u sample items", count.n_items);
}

static void
test_skip (void)
{
  g_test_skip ("HASHRANGE_MODELS names no folder of model files");
}

static void
add_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        g_autofree char *test = g_strdup_printf ("/value/models/%s", name);

        g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_file, g_free);
      }
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("HASHRANGE_MODELS");

  g_test_init (&argc, &argv, NULL);
  if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
    add_files (folder);
  else
    g_test_add_func ("/value/models", test_skip);
  return g_test_run ();
}
