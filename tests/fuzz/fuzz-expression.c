/*
 * The first byte chooses the kind of expression, the rest is its text. It meets placeholders of
 * every type and an item that has one attribute of every type. A refusal has a message, whole UTF-8
 * when the text is, and a range inside the text. What compiles must give one answer for the item as
 * a tree and as a record, and an updated item must be an item: it survives typed JSON.
 */
#include "model/base/service-limits.h"
#include "model/expression/key-condition.h"
#include "model/expression/update.h"
#include "model/value/codec.h"
#include "tests/fuzz/fuzz.h"

static const char names_json[] = "{\"#n\": \"n\", \"#s\": \"a b\", \"#d\": \"m.k\", \"#m\": \"m\"}";

static const char values_json[] =
  "{\":s\": {\"S\": \"ab\"}, \":n\": {\"N\": \"1.5\"}, \":b\": {\"B\": \"YWI=\"}, \":t\": {\"BOOL\": true},"
  " \":z\": {\"NULL\": true}, \":m\": {\"M\": {\"k\": {\"N\": \"1\"}}}, \":l\": {\"L\": [{\"S\": \"ab\"}]},"
  " \":ss\": {\"SS\": [\"ab\", \"c\"]}, \":ns\": {\"NS\": [\"1.5\", \"2\"]}, \":bs\": {\"BS\": [\"YWI=\"]},"
  " \":ty\": {\"S\": \"SS\"}, \":big\": {\"N\": \"9E125\"}}";

static const char item_json[] =
  "{\"s\": {\"S\": \"abc\"}, \"n\": {\"N\": \"1.5\"}, \"b\": {\"B\": \"YWJj\"}, \"t\": {\"BOOL\": true},"
  " \"z\": {\"NULL\": true}, \"m\": {\"M\": {\"k\": {\"N\": \"9E125\"}, \"l\": {\"L\": [{\"L\": []}]}}},"
  " \"l\": {\"L\": [{\"N\": \"1.5\"}, {\"M\": {\"k\": {\"SS\": [\"ab\"]}}}, {\"S\": \"ab\"}]},"
  " \"ss\": {\"SS\": [\"ab\", \"c\"]}, \"ns\": {\"NS\": [\"1.5\", \"-2\"]}, \"bs\": {\"BS\": [\"YWI=\"]},"
  " \"m.k\": {\"S\": \"\"}, \"a b\": {\"S\": \"x\"}}";

/** One expression and what it meets. */
typedef struct
{
  HrArena *arena;
  const char *text;
  gsize length;
  HrPlaceholders placeholders;
  HrValue item;
  HrBuffer record;
  HrServiceError error;
} Scene;

static const HrJson *
parse_known (HrArena *arena, const char *text, gsize length)
{
  HrJsonError error = { NULL, 0, FALSE };
  const HrJson *json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, &error);

  g_assert_nonnull (json);
  return json;
}

static void
set_up (Scene *scene)
{
  const HrJson *names = parse_known (scene->arena, names_json, sizeof names_json - 1);
  const HrJson *values = parse_known (scene->arena, values_json, sizeof values_json - 1);
  const HrJson *item = parse_known (scene->arena, item_json, sizeof item_json - 1);
  gboolean ok = hr_placeholders_from_json (&scene->placeholders, scene->arena, names, values, &scene->error)
                && hr_item_from_json (scene->arena, item, &scene->item, &scene->error);

  g_assert_true (ok);
  hr_record_encode (&scene->item, &scene->record);
}

static HrItemView
view_tree (const Scene *scene)
{
  return (HrItemView) { &scene->item, NULL, 0 };
}

static HrItemView
view_record (const Scene *scene)
{
  return (HrItemView) { NULL, (const guint8 *) scene->record.data, scene->record.length };
}

static void
check_refusal (const Scene *scene)
{
  g_assert_cmpint (scene->error.kind, ==, HR_SERVICE_VALIDATION);
  g_assert_nonnull (scene->error.message);
  if (g_utf8_validate_len (scene->text, scene->length, NULL))
    g_assert_true (g_utf8_validate (scene->error.message, -1, NULL));
  if (scene->error.has_range)
    g_assert_true (scene->error.range.start <= scene->error.range.end
                   && scene->error.range.end <= scene->length);
}

static void
check_same_json (const HrValue *a, const HrValue *b)
{
  g_auto (HrBuffer) first = HR_BUFFER_INIT;
  g_auto (HrBuffer) second = HR_BUFFER_INIT;

  g_assert_true (hr_value_equal (a, b));
  hr_item_to_json (a, FALSE, &first);
  hr_item_to_json (b, FALSE, &second);
  g_assert_cmpmem (first.data, first.length, second.data, second.length);
}

static gboolean
run_condition (Scene *scene, HrExpressionKind kind)
{
  const HrCondition *condition = hr_condition_compile (scene->arena, kind, scene->text, scene->length,
                                                       &scene->placeholders, &scene->error);
  HrItemView tree = view_tree (scene);
  HrItemView record = view_record (scene);

  if (condition == NULL)
    return FALSE;
  g_assert_true (hr_condition_evaluate (condition, &tree, scene->arena)
                 == hr_condition_evaluate (condition, &record, scene->arena));
  hr_condition_evaluate (condition, &HR_ITEM_VIEW_ABSENT, scene->arena);
  g_assert_nonnull (hr_condition_print (condition, scene->arena));
  return TRUE;
}

static gboolean
run_key_condition (Scene *scene)
{
  const HrKeyCondition *condition = hr_key_condition_compile (scene->arena, scene->text, scene->length,
                                                              &scene->placeholders, &scene->error);

  if (condition == NULL)
    return FALSE;
  g_assert_cmpuint (condition->n_clauses, >, 0);
  for (guint i = 0; i < condition->n_clauses; i++)
    g_assert_true (condition->clauses[i].range.end <= scene->length);
  return TRUE;
}

static gboolean
run_projection (Scene *scene)
{
  const HrProjection *projection = hr_projection_compile (scene->arena, scene->text, scene->length,
                                                          &scene->placeholders, &scene->error);
  HrItemView tree = view_tree (scene);
  HrItemView record = view_record (scene);
  HrValue from_tree;
  HrValue from_record;

  if (projection == NULL)
    return FALSE;
  from_tree = hr_projection_apply (projection, &tree, scene->arena);
  from_record = hr_projection_apply (projection, &record, scene->arena);
  check_same_json (&from_tree, &from_record);
  return TRUE;
}

static gboolean
run_update (Scene *scene)
{
  const HrUpdate *update = hr_update_compile (scene->arena, scene->text, scene->length, &scene->placeholders,
                                              &scene->error);
  g_auto (HrBuffer) json = HR_BUFFER_INIT;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue updated;
  HrValue again;
  gboolean ok;

  if (update == NULL)
    return FALSE;
  g_assert_cmpuint (hr_update_get_targets (update)->n_paths, >, 0);
  if (!hr_update_apply (update, &scene->item, scene->arena, &updated, &scene->error))
    return FALSE;
  hr_item_to_json (&updated, FALSE, &json);
  ok = hr_item_from_json (scene->arena, parse_known (scene->arena, json.data, json.length), &again, &error);
  g_assert_true (ok);
  check_same_json (&updated, &again);
  return TRUE;
}

static gboolean
run (Scene *scene, HrExpressionKind kind)
{
  switch (kind)
    {
    case HR_EXPRESSION_CONDITION:
    case HR_EXPRESSION_FILTER:
      return run_condition (scene, kind);
    case HR_EXPRESSION_KEY_CONDITION:
      return run_key_condition (scene);
    case HR_EXPRESSION_PROJECTION:
      return run_projection (scene);
    case HR_EXPRESSION_UPDATE:
      return run_update (scene);
    }
  return FALSE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  Scene scene = { .arena = arena, .record = HR_BUFFER_INIT, .error = HR_SERVICE_ERROR_INIT };

  if (size == 0)
    return 0;
  scene.text = (const char *) data + 1;
  scene.length = size - 1;
  set_up (&scene);
  if (!run (&scene, (HrExpressionKind) (data[0] % (HR_EXPRESSION_UPDATE + 1))))
    check_refusal (&scene);
  hr_buffer_clear (&scene.record);
  return 0;
}
