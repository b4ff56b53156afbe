#pragma once

#include "model/document/edit-definitions.h"

G_BEGIN_DECLS

/*
 * Steps that may be parts: an edit of its own when none is open, else nothing but a bracket.
 * hr_edit_part_end() commits what it began, or cancels it when @done is FALSE; it returns whether all went well.
 */
typedef struct
{
  HrDocument *document;
  gboolean is_own;
} HrEditPart;

gboolean hr_edit_part_begin (HrEditPart *self, HrDocument *document, const char *name, GError **error);
gboolean hr_edit_part_end   (HrEditPart *self, gboolean done, GError **error);

/**
 * HrModelEdit: a change of definitions: a model of one's own and the place of the target in it. Zero-initialise,
 * find, change, apply.
 */
typedef struct
{
  HrDocument *document;
  HrModel *model;
  HrTargetPlace place;
} HrModelEdit;

/** @target: (nullable) */
gboolean hr_model_edit_begin (HrModelEdit *self, HrDocument *document, const HrTarget *target, GError **error);
/** Gives the document the changed model, as a step of this name. Takes @step. */
gboolean hr_model_edit_apply (HrModelEdit *self, char *step, GError **error);
void     hr_model_edit_clear (HrModelEdit *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrModelEdit, hr_model_edit_clear)

/** FALSE with HR_ERROR_INVALID for an empty name, HR_ERROR_EXISTS for one that is taken among its like. */
gboolean hr_model_edit_check_name (const HrModelEdit *self, HrTargetKind kind, const char *name, GError **error);
/** @wanted or, when a definition of this kind has it already, the first free of "wanted 2" …; g_free(). */
char    *hr_model_edit_dup_free_name (const HrModelEdit *self, HrTargetKind kind, const char *wanted);
/** The type that the table's keys or an entity declare for the attribute, else S. */
HrType   hr_table_guess_type (const HrTable *table, const char *attribute);
/** Templates of an entity: reading one with HR_ERROR_INVALID, putting it in (takes @parsed; NULL takes it away), the
 *  name of the step, and hr_document_set_template()'s @declare. */
HrKeyTemplate *hr_edit_parse_template (const char *text, GError **error);
void     hr_edit_set_template      (HrEntity *entity, const char *key, HrKeyTemplate *parsed);
char    *hr_edit_dup_template_step (const HrTable *table, const char *entity, const char *key);
void     hr_edit_declare_key_parts (HrEntity *entity);
/** Gives a step another request (compact), whose strings have no places. Takes @request. */
void     hr_edit_take_request (HrStep *step, char *request);
/** The text of a request as definitions keep it: compact. NULL with HR_ERROR_INVALID when it is no JSON object. */
char    *hr_edit_dup_request (const char *text, GError **error);
/** Sets a text that may be NULL; FALSE when it was the same. "" counts as NULL. */
gboolean hr_edit_set_text (char **slot, const char *text);

G_END_DECLS
