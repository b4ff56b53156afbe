/*
 * Validation of a model: one table of checks, one walk.
 *
 * A check is a row: its code, its severity, what kind of definition it looks at, and a function that
 * reports. The walk visits every definition and runs the rows of its kind, so a new check is a row and a
 * function in the file of its kind. Nothing is decided from the outcome of another check.
 */
#include "model/schema/validate-private.h"

#include "model/base/service-limits.h"

#include <stdarg.h>
#include <string.h>

typedef enum
{
  SCOPE_MODEL,
  SCOPE_TABLE,
  SCOPE_INDEX,
  SCOPE_ENTITY,
  SCOPE_PATTERN,
  SCOPE_STEP,
} Scope;

typedef struct
{
  Scope scope;
  HrSeverity severity;
  const char *code;
  void (*run) (const HrCheck *self);
} Row;

#define ERROR HR_SEVERITY_ERROR
#define WARNING HR_SEVERITY_WARNING

static const Row rows[] = {
  { SCOPE_MODEL, ERROR, "table-duplicate", hr_check_table_repeats },
  { SCOPE_MODEL, ERROR, "pattern-duplicate", hr_check_pattern_repeats },

  { SCOPE_TABLE, ERROR, "table-name", hr_check_table_name },
  { SCOPE_TABLE, ERROR, "key-missing", hr_check_key_missing },
  { SCOPE_TABLE, ERROR, "key-count", hr_check_key_count },
  { SCOPE_TABLE, ERROR, "key-duplicate", hr_check_key_repeats },
  { SCOPE_TABLE, ERROR, "key-name", hr_check_key_names },
  { SCOPE_TABLE, ERROR, "key-type", hr_check_key_types },
  { SCOPE_TABLE, ERROR, "key-conflict", hr_check_key_conflicts },
  { SCOPE_TABLE, ERROR, "index-count", hr_check_index_count },
  { SCOPE_TABLE, ERROR, "index-duplicate", hr_check_index_repeats },
  { SCOPE_TABLE, ERROR, "capacity", hr_check_table_capacity },
  { SCOPE_TABLE, WARNING, "capacity-unused", hr_check_capacity_unused },
  { SCOPE_TABLE, ERROR, "ttl-name", hr_check_ttl_name },
  { SCOPE_TABLE, ERROR, "tag", hr_check_tags },
  { SCOPE_TABLE, ERROR, "projected-count", hr_check_projected_count },
  { SCOPE_TABLE, ERROR, "entity-duplicate", hr_check_entity_repeats },

  { SCOPE_INDEX, ERROR, "index-name", hr_check_index_name },
  { SCOPE_INDEX, ERROR, "index-key-missing", hr_check_index_key_missing },
  { SCOPE_INDEX, ERROR, "index-key-count", hr_check_index_key_count },
  { SCOPE_INDEX, ERROR, "index-key-duplicate", hr_check_index_key_repeats },
  { SCOPE_INDEX, ERROR, "index-local", hr_check_index_local },
  { SCOPE_INDEX, ERROR, "capacity", hr_check_index_capacity },
  { SCOPE_INDEX, ERROR, "projection-empty", hr_check_projection_empty },
  { SCOPE_INDEX, ERROR, "projection-count", hr_check_projection_count },
  { SCOPE_INDEX, ERROR, "projection-name", hr_check_projection_names },
  { SCOPE_INDEX, ERROR, "projection-duplicate", hr_check_projection_repeats },

  { SCOPE_ENTITY, ERROR, "entity-name", hr_check_entity_name },
  { SCOPE_ENTITY, ERROR, "attribute-name", hr_check_attribute_names },
  { SCOPE_ENTITY, ERROR, "attribute-duplicate", hr_check_attribute_repeats },
  { SCOPE_ENTITY, ERROR, "attribute-type", hr_check_attribute_types },
  { SCOPE_ENTITY, ERROR, "key-part-type", hr_check_key_part_types },
  { SCOPE_ENTITY, WARNING, "key-part-unused", hr_check_key_parts_used },
  { SCOPE_ENTITY, ERROR, "template-key", hr_check_template_keys },
  { SCOPE_ENTITY, WARNING, "template-missing", hr_check_template_missing },
  { SCOPE_ENTITY, ERROR, "template-type", hr_check_template_types },
  { SCOPE_ENTITY, ERROR, "template-variable", hr_check_template_variables },
  { SCOPE_ENTITY, ERROR, "variable-type", hr_check_variable_types },
  { SCOPE_ENTITY, WARNING, "variable-optional", hr_check_variable_optional },

  { SCOPE_PATTERN, ERROR, "pattern-id", hr_check_pattern_id },
  { SCOPE_PATTERN, WARNING, "pattern-empty", hr_check_pattern_steps },
  { SCOPE_PATTERN, WARNING, "pattern-rate", hr_check_pattern_rate },
  { SCOPE_PATTERN, ERROR, "parameter-name", hr_check_parameter_names },
  { SCOPE_PATTERN, ERROR, "parameter-duplicate", hr_check_parameter_repeats },
  { SCOPE_PATTERN, ERROR, "parameter-type", hr_check_parameter_types },
  { SCOPE_PATTERN, ERROR, "parameter-example", hr_check_parameter_examples },
  { SCOPE_PATTERN, WARNING, "parameter-unused", hr_check_parameters_used },
  { SCOPE_PATTERN, ERROR, "step-duplicate", hr_check_step_repeats },
  { SCOPE_PATTERN, WARNING, "expected-error", hr_check_pattern_error },

  { SCOPE_STEP, ERROR, "step-name", hr_check_step_name },
  { SCOPE_STEP, ERROR, "step-operation", hr_check_step_operation },
  { SCOPE_STEP, WARNING, "step-pages", hr_check_step_pages },
  { SCOPE_STEP, ERROR, "step-for-each", hr_check_step_for_each },
  { SCOPE_STEP, WARNING, "expected-error", hr_check_step_error },
  { SCOPE_STEP, ERROR, "request", hr_check_request_object },
  { SCOPE_STEP, ERROR, "unknown-table", hr_check_request_tables },
  { SCOPE_STEP, ERROR, "unknown-index", hr_check_request_indexes },
  { SCOPE_STEP, ERROR, "reference-syntax", hr_check_reference_syntax },
  { SCOPE_STEP, ERROR, "unknown-reference", hr_check_reference_roots },
};

/* What the check looks at, as the target of a person. */
static HrConcern
get_concern (const HrCheck *self)
{
  HrConcern concern = { .kind = HR_TARGET_MODEL, .ordinal = -1 };

  if (self->table != NULL)
    concern.table = self->table->name;
  if (self->step != NULL)
    concern = (HrConcern) { HR_TARGET_STEP, NULL, self->pattern->id, self->step->name, -1, NULL };
  else if (self->pattern != NULL)
    concern = (HrConcern) { HR_TARGET_PATTERN, NULL, NULL, self->pattern->id, -1, NULL };
  else if (self->entity != NULL)
    concern = (HrConcern) { HR_TARGET_ENTITY, concern.table, NULL, self->entity->name, -1, NULL };
  else if (self->index != NULL)
    concern = (HrConcern) { HR_TARGET_INDEX, concern.table, NULL, self->index->name, -1, NULL };
  else if (self->table != NULL)
    concern.kind = HR_TARGET_TABLE;
  return concern;
}

static void G_GNUC_PRINTF (4, 0) report (const HrCheck *self, const HrConcern *concern, HrRange place,
                                         const char *format, va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  hr_diagnostics_add (self->diagnostics, self->severity, self->code, place, "%s", message);
  hr_diagnostics_set_concern (self->diagnostics, concern);
}

void
hr_check_report (const HrCheck *self, HrRange place, const char *format, ...)
{
  const HrConcern concern = get_concern (self);
  va_list arguments;

  va_start (arguments, format);
  report (self, &concern, place, format, arguments);
  va_end (arguments);
}

void
hr_check_report_part (const HrCheck *self, HrTargetKind kind, const char *name, const char *detail,
                      HrRange place, const char *format, ...)
{
  HrConcern concern = get_concern (self);
  va_list arguments;

  if (concern.kind != (int)kind)
    {
      concern.owner = self->entity != NULL    ? self->entity->name
                      : self->pattern != NULL ? self->pattern->id
                                              : NULL;
      concern.kind = (int)kind;
    }
  concern.name = name;
  concern.detail = detail;
  va_start (arguments, format);
  report (self, &concern, place, format, arguments);
  va_end (arguments);
}

HrNamed
hr_attribute_get_named (gconstpointer data)
{
  const HrAttribute *attribute = data;

  return (HrNamed) { attribute->name, attribute->place };
}

void
hr_check_repeats (const HrCheck *self, const GPtrArray *list, HrGetNamed get_named, const char *sentence)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < list->len; i++)
    {
      HrNamed named = get_named (list->pdata[i]);

      if (*named.name != '\0' && !g_hash_table_add (seen, (char *) named.name))
        hr_check_report (self, named.place, "`%s`: %s", named.name, sentence);
    }
}

HrRange
hr_range_inside (HrRange place, gsize text_length, HrRange range)
{
  if (hr_range_is_none (place) || place.end - place.start != text_length)
    return place;
  return (HrRange) { place.start + range.start, place.start + range.end };
}

static void
run_checks (const HrCheck *subject, Scope scope)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HrCheck check = *subject;

      if (rows[i].scope != scope)
        continue;
      check.code = rows[i].code;
      check.severity = rows[i].severity;
      rows[i].run (&check);
    }
}

static void
visit_table (HrCheck subject, const HrTable *table)
{
  subject.table = table;
  run_checks (&subject, SCOPE_TABLE);
  for (guint i = 0; i < table->indexes->len; i++)
    {
      subject.index = table->indexes->pdata[i];
      run_checks (&subject, SCOPE_INDEX);
    }
  subject.index = NULL;
  for (guint i = 0; i < table->entities->len; i++)
    {
      subject.entity = table->entities->pdata[i];
      run_checks (&subject, SCOPE_ENTITY);
    }
}

static void
visit_pattern (HrCheck subject, const HrPattern *pattern)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  subject.pattern = pattern;
  run_checks (&subject, SCOPE_PATTERN);
  for (guint i = 0; i < pattern->steps->len; i++)
    {
      HrJsonError error = { 0 };
      const HrStep *step = pattern->steps->pdata[i];
      const HrJson *request =
          hr_json_parse (arena, step->request, strlen (step->request), HR_LIMIT_JSON_DEPTH, &error);

      subject.step = step;
      subject.request = request != NULL && request->type == HR_JSON_OBJECT ? request : NULL;
      run_checks (&subject, SCOPE_STEP);
      hr_arena_reset (arena);
    }
}

void
hr_model_validate (const HrModel *self, HrDiagnostics *diagnostics)
{
  HrCheck subject = { .diagnostics = diagnostics, .model = self };

  run_checks (&subject, SCOPE_MODEL);
  for (guint i = 0; i < self->tables->len; i++)
    visit_table (subject, self->tables->pdata[i]);
  for (guint i = 0; i < self->patterns->len; i++)
    visit_pattern (subject, self->patterns->pdata[i]);
}
