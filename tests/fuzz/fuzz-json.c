/*
 * Any bytes as JSON. The tree parser, the pulling reader and its skipping must agree on what is
 * JSON, and whatever is JSON must survive writing in all three layouts: the text written from the
 * text that was written is the same again.
 */
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "tests/fuzz/fuzz.h"

typedef enum
{
  LAYOUT_DENSE,
  LAYOUT_SPACED,
  LAYOUT_PRETTY,
  N_LAYOUTS,
} Layout;

static void
write_layout (const HrJson *json, Layout layout, HrBuffer *out)
{
  if (layout == LAYOUT_PRETTY)
    hr_json_write_pretty (out, json, 0);
  else
    hr_json_write_compact (out, json, layout == LAYOUT_SPACED);
}

static void
check_fixed_point (HrArena *arena, const HrJson *json)
{
  for (Layout layout = 0; layout < N_LAYOUTS; layout++)
    {
      g_auto (HrBuffer) first = HR_BUFFER_INIT;
      g_auto (HrBuffer) second = HR_BUFFER_INIT;
      HrJsonError error = { NULL, 0, FALSE };
      const HrJson *again;

      write_layout (json, layout, &first);
      again = hr_json_parse (arena, first.data, first.length, HR_LIMIT_JSON_DEPTH, &error);
      g_assert_nonnull (again);
      write_layout (again, layout, &second);
      g_assert_cmpmem (first.data, first.length, second.data, second.length);
    }
}

static void
check_reader (HrArena *arena, const char *text, gsize length, const HrJson *json)
{
  HrJsonReader reader;
  HrJson pulled;
  HrRange skipped;
  gboolean accepted;

  hr_json_reader_init (&reader, text, length, HR_LIMIT_JSON_DEPTH, arena, NULL);
  accepted = hr_json_reader_read (&reader, &pulled) && hr_json_reader_finish (&reader);
  g_assert_cmpint (accepted, ==, json != NULL);

  hr_json_reader_init (&reader, text, length, HR_LIMIT_JSON_DEPTH, arena, NULL);
  accepted = hr_json_reader_skip (&reader, &skipped) && hr_json_reader_finish (&reader);
  g_assert_cmpint (accepted, ==, json != NULL);
  if (json != NULL)
    g_assert_true (skipped.start == json->range.start && skipped.end == json->range.end);
  else
    g_assert_cmpuint (reader.error.offset, <=, length);
}

/** Ranges lie inside each other, and the looks at a value never fail. */
static void
check_tree (const HrJson *json, HrRange outside)
{
  gint64 integer;
  double real;

  g_assert_true (outside.start <= json->range.start && json->range.start < json->range.end
                 && json->range.end <= outside.end);
  hr_json_get_int64 (json, &integer);
  hr_json_get_double (json, &real);
  if (json->type == HR_JSON_ARRAY)
    for (guint32 i = 0; i < json->length; i++)
      check_tree (&json->elements[i], json->range);
  if (json->type == HR_JSON_OBJECT)
    for (guint32 i = 0; i < json->length; i++)
      {
        const HrJsonMember *member = &json->members[i];

        g_assert_nonnull (hr_json_get_n (json, member->name, member->name_length));
        check_tree (&member->value, json->range);
      }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const char *text = (const char *) data;
  HrJsonError error = { NULL, 0, FALSE };
  const HrJson *json = hr_json_parse (arena, text, size, HR_LIMIT_JSON_DEPTH, &error);

  check_reader (arena, text, size, json);
  if (json == NULL)
    {
      g_assert_nonnull (error.message);
      g_assert_cmpuint (error.offset, <=, size);
      return 0;
    }
  check_tree (json, (HrRange) { 0, (guint32) size });
  check_fixed_point (arena, json);
  return 0;
}
