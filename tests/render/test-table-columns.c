/*
 * Columns of the flat table: when they change, and when they stay.
 */
#include "tests/render/picture.h"

#include "model/base/service-limits.h"
#include "model/value/codec.h"

#include <string.h>

/* Adds an item to the document and tells the outline. */
static void
put_message (Picture *picture, const char *sk, const char *message)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const char *json = hr_arena_printf (arena, "{\"message\":{\"S\":\"%s\"},\"pk\":{\"S\":\"MSG#new\"},"
                                             "\"sk\":{\"S\":\"%s\"}}", message, sk);
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  g_autoptr (GError) error = NULL;
  HrJsonError json_error;
  HrValue item;

  g_assert_true (hr_item_from_json (arena, hr_json_parse (arena, json, strlen (json), HR_LIMIT_JSON_DEPTH, &json_error),
                                    &item, &service_error));
  g_assert_true (hr_document_begin_edit (picture->document, "Add", &error));
  hr_document_add_item (picture->document, picture->table->name, json, strlen (json), -1, HR_RANGE_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (hr_document_commit_edit (picture->document, &error));
  hr_outline_apply_change (picture->outline, NULL, &item, -1);
  picture_update (picture);
}

/* Columns stay where they are until something wider comes. */
static void
test_kept_columns (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  double width;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  width = hr_table_layout_get_width (picture.layout);
  put_message (&picture, "2026-03-09", "Short.");
  g_assert_cmpfloat (hr_table_layout_get_width (picture.layout), ==, width);
  put_message (&picture, "2026-03-10", "A message that is longer than any other, as long as a cell.");
  g_assert_cmpfloat (hr_table_layout_get_width (picture.layout), >, width);
  width = hr_table_layout_get_width (picture.layout);
  put_message (&picture, "2026-03-11T10:00:00.000000+00:00", "Wide key.");
  g_assert_cmpfloat (hr_table_layout_get_width (picture.layout), >, width);
}

int
main (int argc, char **argv)
{
  g_autoptr (HrText) text = NULL;

  g_test_init (&argc, &argv, NULL);
  text = picture_text_new ();
  g_test_add_data_func ("/render/table-columns/kept", text, test_kept_columns);
  return g_test_run ();
}
