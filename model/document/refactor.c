/*
 * Refactorings: a plan that is tried, reported and carried out, or carried out and reported at one go.
 *
 * Nothing is predicted. The plan is carried out in an edit that is taken back again, and what it did is the
 * report; so the counts cannot differ from what happens.
 */
#include "model/document/refactor-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/rename-private.h"

void
hr_refactor_change_free (gpointer data)
{
  HrRefactorChange *change = data;

  g_free (change->target);
  g_free (change->place);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static void
problem_free (gpointer data)
{
  HrRefactorProblem *problem = data;

  g_free (problem->key);
  g_free (problem->reason);
  g_free (problem);
}

HrRefactorPlan *
hr_refactor_plan_new (HrDocument *document)
{
  HrRefactorPlan *self = g_new0 (HrRefactorPlan, 1);

  self->report.changes = g_ptr_array_new_with_free_func (hr_refactor_change_free);
  self->report.notes = g_ptr_array_new_with_free_func (g_free);
  self->report.problems = g_ptr_array_new_with_free_func (problem_free);
  self->before = hr_model_ref (hr_document_get_model (document));
  self->after = hr_model_copy (self->before);
  return self;
}

void
hr_refactoring_free (HrRefactoring *report)
{
  HrRefactorPlan *self = (HrRefactorPlan *) report;

  if (self == NULL)
    return;
  g_free (report->name);
  g_free (report->selection);
  g_ptr_array_unref (report->changes);
  g_ptr_array_unref (report->notes);
  g_ptr_array_unref (report->problems);
  hr_model_unref (self->before);
  hr_model_unref (self->after);
  g_free (self->table);
  g_free (self->from);
  g_free (self->to);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_free (self);
}

void
hr_refactor_note (HrRefactorPlan *plan, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (plan->report.notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
begin (HrRefactorPlan *self, HrDocument *document, GError **error)
{
  if (hr_document_get_model (document) == self->before)
    return hr_document_begin_edit (document, self->report.name, error);
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
               _ ("“%s” was made for definitions that have changed since. Begin it again."),
               self->report.name);
  return FALSE;
}

gboolean
hr_refactoring_try (HrRefactoring *report, HrDocument *document, GError **error)
{
  HrRefactorPlan *self = (HrRefactorPlan *)report;
  gboolean done;

  g_return_val_if_fail (report != NULL && !self->has_report && HR_IS_DOCUMENT (document), FALSE);

  if (!begin (self, document, error))
    return FALSE;
  done = hr_refactor_plan_carry_out (self, document, error);
  hr_document_cancel_edit (document);
  return done;
}

guint64
hr_refactoring_count_rows (const HrRefactoring *report, HrDocument *document)
{
  const HrRefactorPlan *self = (const HrRefactorPlan *)report;
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  guint64 n_rows = hr_document_count_set_model (document, self->after);

  if (report->table != NULL && hr_engine_get_table (document->engine, report->table) != NULL)
    n_rows += (guint64)hr_engine_describe_table (document->engine, report->table, &call)->item_count;
  return n_rows;
}

gboolean
hr_refactoring_apply (HrRefactoring *report, HrDocument *document, GError **error)
{
  HrRefactorPlan *self = (HrRefactorPlan *) report;

  g_return_val_if_fail (report != NULL && HR_IS_DOCUMENT (document), FALSE);

  if (!begin (self, document, error))
    return FALSE;
  if (hr_refactor_plan_carry_out (self, document, error))
    return hr_document_commit_edit (document, error);
  hr_document_cancel_edit (document);
  return FALSE;
}
