#pragma once

#include "model/schema/model.h"
#include "model/schema/reference.h"
#include "model/schema/suggest.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/**
 * HrCheck: one running check: its row of the table in validate.c and what it looks at.
 * Members further in than the check's scope are NULL.
 */
typedef struct
{
  const char *code;
  HrSeverity severity;
  HrDiagnostics *diagnostics;
  const HrModel *model;
  const HrTable *table;
  const HrIndex *index;
  const HrEntity *entity;
  const HrPattern *pattern;
  const HrStep *step;
  const HrJson *request; /* of the step; NULL when it is no JSON object */
} HrCheck;

/** Adds a finding with the check's code and severity, about the definition that is looked at. */
void hr_check_report (const HrCheck *self, HrRange place, const char *format, ...) G_GNUC_PRINTF (3, 4);
/** The same about one of its parts (ATTRIBUTE, KEY_PART, TEMPLATE or PARAMETER), or about itself. @detail: (nullable):
 *  the name in it that is wrong. */
void hr_check_report_part (const HrCheck *self, HrTargetKind kind, const char *name, const char *detail, HrRange place,
                           const char *format, ...) G_GNUC_PRINTF (6, 7);

/** A definition's name and place. */
typedef struct
{
  const char *name;
  HrRange place;
} HrNamed;

typedef HrNamed (*HrGetNamed) (gconstpointer definition);
HrNamed hr_attribute_get_named (gconstpointer attribute);

/** Reports each repeated name: "`NAME`: " and @sentence. */
void hr_check_repeats (const HrCheck *self, const GPtrArray *list, HrGetNamed get_named,
                       const char *sentence);

/** The rule for names of tables and indexes. */
gboolean hr_resource_name_is_valid (const char *name);

/** The place of @range of a text that stands at @place, without quotes; @place when it has escapes. */
HrRange hr_range_inside (HrRange place, gsize text_length, HrRange range);

/* validate-table.c */
void hr_check_table_name         (const HrCheck *self);
void hr_check_table_repeats      (const HrCheck *self);
void hr_check_key_missing        (const HrCheck *self);
void hr_check_key_count          (const HrCheck *self);
void hr_check_key_repeats        (const HrCheck *self);
void hr_check_key_names          (const HrCheck *self);
void hr_check_key_types          (const HrCheck *self);
void hr_check_key_conflicts      (const HrCheck *self);
void hr_check_index_count        (const HrCheck *self);
void hr_check_index_repeats      (const HrCheck *self);
void hr_check_table_capacity     (const HrCheck *self);
void hr_check_capacity_unused    (const HrCheck *self);
void hr_check_ttl_name           (const HrCheck *self);
void hr_check_tags               (const HrCheck *self);
void hr_check_projected_count    (const HrCheck *self);

/* validate-index.c */
void hr_check_index_name         (const HrCheck *self);
void hr_check_index_key_missing  (const HrCheck *self);
void hr_check_index_key_count    (const HrCheck *self);
void hr_check_index_key_repeats  (const HrCheck *self);
void hr_check_index_local        (const HrCheck *self);
void hr_check_index_capacity     (const HrCheck *self);
void hr_check_projection_empty   (const HrCheck *self);
void hr_check_projection_count   (const HrCheck *self);
void hr_check_projection_names   (const HrCheck *self);
void hr_check_projection_repeats (const HrCheck *self);

/* validate-entity.c */
void hr_check_entity_name        (const HrCheck *self);
void hr_check_entity_repeats     (const HrCheck *self);
void hr_check_attribute_names    (const HrCheck *self);
void hr_check_attribute_repeats  (const HrCheck *self);
void hr_check_attribute_types    (const HrCheck *self);
void hr_check_key_part_types     (const HrCheck *self);
void hr_check_key_parts_used     (const HrCheck *self);
void hr_check_template_keys      (const HrCheck *self);
void hr_check_template_missing   (const HrCheck *self);
void hr_check_template_types     (const HrCheck *self);
void hr_check_template_variables (const HrCheck *self);
void hr_check_variable_types     (const HrCheck *self);
void hr_check_variable_optional  (const HrCheck *self);

/* validate-pattern.c */
void hr_check_pattern_id         (const HrCheck *self);
void hr_check_pattern_repeats    (const HrCheck *self);
void hr_check_pattern_steps      (const HrCheck *self);
void hr_check_pattern_rate       (const HrCheck *self);
void hr_check_parameter_names    (const HrCheck *self);
void hr_check_parameter_repeats  (const HrCheck *self);
void hr_check_parameter_types    (const HrCheck *self);
void hr_check_parameter_examples (const HrCheck *self);
void hr_check_parameters_used    (const HrCheck *self);
void hr_check_step_repeats       (const HrCheck *self);
void hr_check_pattern_error      (const HrCheck *self);

/* validate-step.c */
void hr_check_step_name          (const HrCheck *self);
void hr_check_step_operation     (const HrCheck *self);
void hr_check_step_pages         (const HrCheck *self);
void hr_check_step_for_each      (const HrCheck *self);
void hr_check_step_error         (const HrCheck *self);
void hr_check_request_object     (const HrCheck *self);
void hr_check_request_tables     (const HrCheck *self);
void hr_check_request_indexes    (const HrCheck *self);
void hr_check_reference_syntax   (const HrCheck *self);
void hr_check_reference_roots    (const HrCheck *self);

/** Whether a name can stand as the root of a reference. */
gboolean hr_reference_root_is_valid (const char *name);
void     hr_check_expected_error    (const HrCheck *self, const HrExpectation *expect);
/** Calls for each reference in the strings of a step's request and for its for_each. */
typedef void (*HrReferenceFunc) (const HrReferencePart *reference, HrRange place, gpointer user_data);
void     hr_step_foreach_reference  (const HrStep *step, const HrJson *request, HrReferenceFunc func,
                                     gpointer user_data);

G_END_DECLS
