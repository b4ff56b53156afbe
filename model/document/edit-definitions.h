#pragma once

#include "model/document/document.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/*
 * What a person does to definitions. Names and other details that stand in many places (requests, templates, items)
 * are changed by refactor.h instead.
 *
 * Each function is one undo step with a name for people ("Change projection of by-owner"); while an edit is open it
 * is a part of that edit instead. What changes nothing makes no step. A model may be wrong: findings tell
 * (hr_document_check()). What no model can hold fails before anything has changed: HR_ERROR_INVALID, e.g. for an empty
 * name; HR_ERROR_EXISTS for a name that is taken among its like; HR_ERROR_NOT_FOUND for a target that is not there.
 *
 * An HrTarget that is returned says what to select then; free it with g_free(). NULL is a failure.
 * Cost: a copy of the model, and what hr_document_set_model() says.
 */

/* Adding. A NULL @name takes a fresh one. Everything is put at the end of its list. */

/** A table with the partition key pk and the sort key sk, both S, on demand. */
HrTarget *hr_document_add_table     (HrDocument *self, const char *name, GError **error);
/** An entity with a template for each key attribute of the table, from its name: `NOTE#{note_id}`. */
HrTarget *hr_document_add_entity    (HrDocument *self, const char *table, const char *name, GError **error);
HrTarget *hr_document_add_attribute (HrDocument *self, const char *table, const char *entity, const char *name,
                                     HrType type, GError **error);
HrTarget *hr_document_add_key_part  (HrDocument *self, const char *table, const char *entity, const char *name,
                                     HrType type, GError **error);
/**
 * @partition: (nullable): attribute of the partition key; NULL: of a local index the table's, else index_pk
 * @sort: (nullable): attribute for the sort key; NULL: none
 *
 * Types are those that the table or an entity declares for the attributes, else S. Projects all.
 */
HrTarget *hr_document_add_index     (HrDocument *self, const char *table, const char *name, HrIndexKind kind,
                                     const char *partition, const char *sort, GError **error);
typedef enum
{
  HR_KEY_PARTITION,
  HR_KEY_SORT,
} HrKeyRole;
/** One more key attribute, of the table (@index NULL) or an index. @name: (nullable): NULL: the table's sort key where
 * an index can take it, else a free one, of the type that the table or an entity declares, else S. */
HrTarget *hr_document_add_key       (HrDocument *self, const char *table, const char *index, HrKeyRole role,
                                     const char *name, HrType type, GError **error);
/** A pattern with the next free letter and a Query of @table (NULL: the first one) by its partition key. */
HrTarget *hr_document_add_pattern   (HrDocument *self, const char *table, const char *name, GError **error);
HrTarget *hr_document_add_parameter (HrDocument *self, const char *pattern, const char *name, HrType type,
                                     const char *example, GError **error);
/** @operation: "Query"; @request: (nullable): its JSON, NULL: {} */
HrTarget *hr_document_add_step      (HrDocument *self, const char *pattern, const char *name, const char *operation,
                                     const char *request, GError **error);
/** Puts a pattern made elsewhere at the end; its id (and names) are made free first. Takes nothing. */
HrTarget *hr_document_insert_pattern (HrDocument *self, const HrPattern *pattern, GError **error);

/* Any definition but the model. KEY and TEMPLATE cannot be duplicated, TEMPLATE cannot be moved. */

/** Puts a copy with a fresh name behind it. Of a table the items, too: linear in them. */
HrTarget *hr_document_duplicate_definition (HrDocument *self, const HrTarget *target, GError **error);
/** A table takes its items with it. Returns the next one of the list, else the one before, else what is around it. */
HrTarget *hr_document_remove_definition    (HrDocument *self, const HrTarget *target, GError **error);
/** To @position in its list, counted without it; past the end is the end. */
gboolean  hr_document_move_definition      (HrDocument *self, const HrTarget *target, guint position, GError **error);

/* Setting. */

/** MODEL, TABLE, ENTITY, ATTRIBUTE, KEY_PART, PATTERN, PARAMETER; NULL or "": none. */
gboolean hr_document_set_description (HrDocument *self, const HrTarget *target, const char *text, GError **error);
/** KEY (everywhere the table uses that key attribute), ATTRIBUTE, KEY_PART, PARAMETER. Items stay as they are: those
 *  that a key's new type leaves out become drafts. See hr_refactor_type() for converting them. */
gboolean hr_document_set_type        (HrDocument *self, const HrTarget *target, HrType type, GError **error);
gboolean hr_document_set_optional    (HrDocument *self, const HrTarget *target, gboolean optional, GError **error);
/** The title of the model. */
gboolean hr_document_set_title       (HrDocument *self, const char *title, GError **error);

/**
 * The template that makes key @key of an entity; NULL or "" takes it away. Items stay as they are, see
 * hr_refactor_template(). @declare: variables that are neither attribute nor key part become key parts of type S, and
 * key parts that no template of the entity names any more go.
 * HR_ERROR_INVALID when the braces do not pair (template-help.h tells where).
 */
gboolean hr_document_set_template    (HrDocument *self, const char *table, const char *entity, const char *key,
                                      const char *text, gboolean declare, GError **error);
/** All of them at once; the step is named after what differs. */
gboolean hr_document_set_settings    (HrDocument *self, const char *table, const HrSettings *settings, GError **error);
/** Another attribute in the place of a key attribute of an index; its type is found as in hr_document_add_index(). */
gboolean hr_document_set_index_key   (HrDocument *self, const HrTarget *key, const char *attribute, GError **error);
gboolean hr_document_set_index_kind  (HrDocument *self, const char *table, const char *index, HrIndexKind kind,
                                      GError **error);
/** @included: (nullable): attribute names and a NULL, of INCLUDE */
gboolean hr_document_set_projection  (HrDocument *self, const char *table, const char *index, HrProjectionType type,
                                      const char *const *included, GError **error);
gboolean hr_document_set_index_units (HrDocument *self, const char *table, const char *index, gint64 read_units,
                                      gint64 write_units, GError **error);

gboolean hr_document_set_question    (HrDocument *self, const char *pattern, const char *text, GError **error);
/** The title, as opposed to the letter, which is renamed (refactor.h). */
gboolean hr_document_set_pattern_name (HrDocument *self, const char *pattern, const char *text, GError **error);
gboolean hr_document_set_rate        (HrDocument *self, const char *pattern, gboolean has_rate, double average,
                                      double peak, GError **error);
gboolean hr_document_set_example     (HrDocument *self, const char *pattern, const char *parameter, const char *text,
                                      GError **error);
/** PATTERN or STEP; NULL: nothing is expected. Copies @expect. */
gboolean hr_document_set_expectation (HrDocument *self, const HrTarget *target, const HrExpectation *expect,
                                      GError **error);
/** The operation, pages, for_each and request of a step, from @step; its name stays. HR_ERROR_INVALID when the request
 *  is no JSON (with line and column). */
gboolean hr_document_set_step        (HrDocument *self, const char *pattern, const char *name, const HrStep *step,
                                      GError **error);

/** The id that the next pattern gets: the first free of A … Z, AA, AB …; g_free(). */
char *hr_model_dup_next_pattern_id (const HrModel *self);

G_END_DECLS
