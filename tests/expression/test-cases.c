/*
 * Runs the .case files: blocks of `member: text` lines, one expression each with the item, names and
 * values it meets and what must come of it. Each file is one test point; every case in it that goes
 * wrong is reported with its line. cases/README tells how to write one.
 */
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/expression/expression.h"
#include "model/value/codec.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  HrExpressionKind kind;
  const char *expression;
  const char *item;
  const char *names;
  const char *values;
  const char *expect;
  const char *error;
  const char *at;
  guint repeat_count;
  const char *repeat_text;
  guint line;
} Case;

typedef struct
{
  HrArena *arena;
  HrPlaceholders placeholders;
  HrServiceError error;
  char *result; /* what a case without an error gives */
} Run;

/* Parsing of case files. */

static const struct
{
  const char *member;
  HrExpressionKind kind;
} expressions[] = {
  { "condition", HR_EXPRESSION_CONDITION },
  { "filter", HR_EXPRESSION_FILTER },
  { "key-condition", HR_EXPRESSION_KEY_CONDITION },
  { "projection", HR_EXPRESSION_PROJECTION },
  { "update", HR_EXPRESSION_UPDATE },
};

static gboolean
set_expression (Case *test_case, const char *member, char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
    if (strcmp (member, expressions[i].member) == 0)
      {
        g_assert_null (test_case->expression);
        test_case->kind = expressions[i].kind;
        test_case->expression = text;
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_repeat (Case *test_case, const char *member, char *text)
{
  char *rest;

  if (strcmp (member, "repeat") != 0)
    return FALSE;
  test_case->repeat_count = (guint) g_ascii_strtoull (text, &rest, 10);
  g_assert_true (g_str_has_prefix (rest, " x"));
  test_case->repeat_text = rest + 2;
  return TRUE;
}

static void
set_member (Case *test_case, const char *member, char *text)
{
  const struct
  {
    const char *member;
    const char **target;
  } texts[] = {
    { "name", &test_case->name },     { "item", &test_case->item },     { "names", &test_case->names },
    { "values", &test_case->values }, { "expect", &test_case->expect }, { "error", &test_case->error },
    { "at", &test_case->at },
  };

  if (set_expression (test_case, member, text) || set_repeat (test_case, member, text))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (member, texts[i].member) == 0)
      {
        *texts[i].target = text;
        return;
      }
  g_error ("line %u: no such member: %s", test_case->line, member);
}

/* Takes the next block from @lines; FALSE at the end. */
static gboolean
next_case (char **lines, guint *line, Case *test_case)
{
  *test_case = (Case) { .line = 0 };
  for (; lines[*line] != NULL; (*line)++)
    {
      char *text = lines[*line];
      char *colon;

      if (*text == '#' || (*text == '\0' && test_case->line == 0))
        continue;
      if (*text == '\0')
        break;
      if (test_case->line == 0)
        test_case->line = *line + 1;
      colon = strchr (text, ':');
      if (colon == NULL)
        g_error ("line %u: no member: %s", *line + 1, text);
      *colon = '\0';
      set_member (test_case, text, colon[1] == ' ' ? colon + 2 : colon + 1);
    }
  return test_case->line != 0;
}

/* Running one. A case that cannot be read stands in place of a result. */

static gboolean
parse_json (Run *run, const char *text, const HrJson **json)
{
  HrJsonError error = { NULL, 0, FALSE };

  *json = NULL;
  if (text == NULL)
    return TRUE;
  *json = hr_json_parse (run->arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &error);
  if (*json == NULL)
    run->error.message =
        hr_arena_printf (run->arena, "not JSON: %s at %u of %s", error.message, error.offset, text);
  return *json != NULL;
}

static gboolean
parse_item (Run *run, const char *text, HrValue *item)
{
  const HrJson *json;

  return parse_json (run, text, &json) && hr_item_from_json (run->arena, json, item, &run->error);
}

static char *
print_item (const HrValue *item)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  hr_item_to_json (item, FALSE, &out);
  return hr_buffer_steal (&out, NULL);
}

static char *
print_boolean (gboolean value)
{
  return g_strdup (value ? "true" : "false");
}

/* The item packed as the store keeps it, so that every case sees records too. */
static HrItemView
pack_item (HrArena *arena, const HrValue *item)
{
  g_auto (HrBuffer) record = HR_BUFFER_INIT;

  hr_record_encode (item, &record);
  return (HrItemView) { NULL, hr_arena_memdup (arena, record.data, record.length), record.length };
}

static gboolean
run_condition (Run *run, const Case *test_case, const char *text, const HrValue *item)
{
  HrItemView view = { item, NULL, 0 };
  HrItemView packed = item != NULL ? pack_item (run->arena, item) : HR_ITEM_VIEW_ABSENT;
  const HrCondition *condition = hr_condition_compile (run->arena, test_case->kind, text, strlen (text),
                                                       &run->placeholders, &run->error);
  gboolean result;

  if (condition == NULL)
    return FALSE;
  result = hr_condition_evaluate (condition, &view, run->arena);
  g_assert_cmpint (hr_condition_evaluate (condition, &packed, run->arena), ==, result);
  g_assert_nonnull (hr_condition_print (condition, run->arena));
  run->result = print_boolean (result);
  return TRUE;
}

static void
append_value (HrBuffer *out, const char *member, const HrValue *value)
{
  hr_buffer_printf (out, ",\"%s\":", member);
  hr_value_to_json (value, FALSE, out);
}

static gboolean
run_key_condition (Run *run, const char *text)
{
  static const char *const names[] = { "=", "<", "<=", ">", ">=", "BETWEEN", "begins_with" };
  const HrKeyCondition *condition =
      hr_key_condition_compile (run->arena, text, strlen (text), &run->placeholders, &run->error);
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  if (condition == NULL)
    return FALSE;
  for (guint i = 0; i < condition->n_clauses; i++)
    {
      const HrKeyClause *clause = &condition->clauses[i];

      hr_buffer_append_string (&out, i == 0 ? "[{\"name\":" : ",{\"name\":");
      hr_json_write_string (&out, clause->name, clause->name_length);
      hr_buffer_printf (&out, ",\"op\":\"%s\"", names[clause->op]);
      append_value (&out, "value", &clause->value);
      if (clause->op == HR_KEY_BETWEEN)
        append_value (&out, "upper", &clause->upper);
      hr_buffer_append_char (&out, '}');
    }
  hr_buffer_append_char (&out, ']');
  run->result = hr_buffer_steal (&out, NULL);
  return TRUE;
}

static gboolean
run_projection (Run *run, const char *text, const HrValue *item)
{
  HrItemView view = { item, NULL, 0 };
  HrItemView packed = item != NULL ? pack_item (run->arena, item) : HR_ITEM_VIEW_ABSENT;
  const HrProjection *projection =
      hr_projection_compile (run->arena, text, strlen (text), &run->placeholders, &run->error);
  g_autofree char *from_record = NULL;
  HrValue result;

  if (projection == NULL)
    return FALSE;
  result = hr_projection_apply (projection, &packed, run->arena);
  from_record = print_item (&result);
  result = hr_projection_apply (projection, &view, run->arena);
  run->result = print_item (&result);
  g_assert_cmpstr (run->result, ==, from_record);
  return TRUE;
}

static gboolean
run_update (Run *run, const char *text, const HrValue *item)
{
  const HrUpdate *update =
      hr_update_compile (run->arena, text, strlen (text), &run->placeholders, &run->error);
  HrValue old_item = item != NULL ? *item : hr_value_map (NULL, 0);
  g_autofree char *before = print_item (&old_item);
  g_autofree char *after = NULL;
  HrValue new_item;

  if (update == NULL || !hr_placeholders_check_used (&run->placeholders, run->arena, &run->error)
      || !hr_update_apply (update, &old_item, run->arena, &new_item, &run->error))
    return FALSE;
  run->result = print_item (&new_item);
  after = print_item (&old_item);
  g_assert_cmpstr (before, ==, after);
  return TRUE;
}

static gboolean
run_expression (Run *run, const Case *test_case, const char *text)
{
  HrValue item;
  const HrValue *given = test_case->item != NULL ? &item : NULL;
  const HrJson *names;
  const HrJson *values;

  if ((given != NULL && !parse_item (run, test_case->item, &item))
      || !parse_json (run, test_case->names, &names) || !parse_json (run, test_case->values, &values)
      || !hr_placeholders_from_json (&run->placeholders, run->arena, names, values, &run->error))
    return FALSE;
  switch (test_case->kind)
    {
    case HR_EXPRESSION_CONDITION:
    case HR_EXPRESSION_FILTER:
      return run_condition (run, test_case, text, given);
    case HR_EXPRESSION_KEY_CONDITION:
      return run_key_condition (run, text);
    case HR_EXPRESSION_PROJECTION:
      return run_projection (run, text, given);
    case HR_EXPRESSION_UPDATE:
      return run_update (run, text, given);
    }
  g_return_val_if_reached (FALSE);
}

static char *
expand (const Case *test_case)
{
  g_autoptr (GString) text = g_string_new (test_case->expression);
  g_autoptr (GString) repeated = g_string_new (NULL);

  if (test_case->repeat_text == NULL)
    return g_strdup (test_case->expression);
  for (guint i = 0; i < test_case->repeat_count; i++)
    g_string_append (repeated, test_case->repeat_text);
  g_string_replace (text, "%R", repeated->str, 0);
  return g_strdup (text->str);
}

/* Both through the codec, so that neither space nor the order of members and sets matters. */
static char *
normalise (Run *run, const Case *test_case)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  const HrJson *json;
  HrValue item;

  switch (test_case->kind)
    {
    case HR_EXPRESSION_PROJECTION:
    case HR_EXPRESSION_UPDATE:
      return parse_item (run, test_case->expect, &item) ? print_item (&item) : g_strdup (run->error.message);
    case HR_EXPRESSION_KEY_CONDITION:
      if (!parse_json (run, test_case->expect, &json))
        return g_strdup (run->error.message);
      hr_json_write_compact (&out, json, FALSE);
      return hr_buffer_steal (&out, NULL);
    case HR_EXPRESSION_CONDITION:
    case HR_EXPRESSION_FILTER:
      return g_strdup (test_case->expect);
    }
  g_return_val_if_reached (NULL);
}

static char *
describe_place (const HrServiceError *error)
{
  return error->has_range ? g_strdup_printf ("%u-%u", error->range.start, error->range.end)
                          : g_strdup ("nowhere");
}

static gboolean
check_case (const Case *test_case, const char *file)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *text = expand (test_case);
  Run run = { .arena = arena, .error = HR_SERVICE_ERROR_INIT };
  gboolean done = run_expression (&run, test_case, text)
                  && hr_placeholders_check_used (&run.placeholders, arena, &run.error);
  g_autofree char *result = run.result;
  g_autofree char *expected =
      test_case->expect != NULL ? normalise (&run, test_case) : g_strdup (test_case->error);
  const char *actual = done ? result : run.error.message;
  g_autofree char *place = describe_place (&run.error);

  g_assert_true ((test_case->expect == NULL) != (test_case->error == NULL));
  if (done != (test_case->expect != NULL) || strcmp (actual, expected) != 0)
    {
      g_test_message ("%s:%u: %s\n  expression: %.300s\n  expected: %s\n  actual:   %s", file,
                      test_case->line, test_case->name, text, expected, actual);
      return FALSE;
    }
  if (test_case->at != NULL && strcmp (test_case->at, place) != 0)
    {
      g_test_message ("%s:%u: %s: error at %s, expected %s", file, test_case->line, test_case->name, place,
                      test_case->at);
      return FALSE;
    }
  return TRUE;
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autofree char *content = NULL;
  g_autofree char *file = g_path_get_basename (path);
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  guint line = 0;
  guint failed = 0;
  Case test_case;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  while (next_case (lines, &line, &test_case))
    {
      if (test_case.name == NULL || test_case.expression == NULL)
        g_error ("%s:%u: a case needs a name and an expression", file, test_case.line);
      if (!g_hash_table_add (names, (gpointer) test_case.name))
        g_error ("%s:%u: a second case %s", file, test_case.line, test_case.name);
      failed += !check_case (&test_case, file);
    }
  g_test_message ("%s: %u cases", file, g_hash_table_size (names));
  if (failed > 0)
    g_test_fail_printf ("%s: %u cases went wrong", file, failed);
}

static void
add_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".case"))
      {
        g_autofree char *stem = g_strndup (file, strlen (file) - strlen (".case"));
        g_autofree char *name = g_strdup_printf ("/expression/cases/%s", stem);

        g_test_add_data_func_full (name, g_build_filename (folder, file, NULL), test_file, g_free);
      }
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("HR_CASES");

  g_test_init (&argc, &argv, NULL);
  add_files (folder != NULL ? folder : "tests/expression/cases");
  return g_test_run ();
}
