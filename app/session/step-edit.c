/*
 * The request of a step, changed as one undo step. A reference that names nothing yet becomes a parameter with it, and
 * a parameter that nothing refers to any more goes.
 */
#include "app/session/step-edit.h"

#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "model/document/pattern-values.h"

typedef struct
{
  const HrTarget *target;
  const HrStep *step;
} StepEdit;

static gboolean
edit_cb (HrDocument *document, gpointer user_data, GError **error)
{
  const StepEdit *edit = user_data;
  g_autoptr (HrModel) model = hr_model_ref (hr_document_get_model (document));
  const HrPattern *before = hr_model_find_pattern (model, edit->target->owner);

  return hr_document_set_step (document, edit->target->owner, edit->target->name, edit->step, error)
         && hr_document_declare_references (document, edit->target->owner, error)
         && (before == NULL || hr_document_drop_references (document, before, error));
}

gboolean
hr_session_set_step (HrSession *session, const HrTarget *target, const HrStep *step, GError **error)
{
  const HrEdit edit = { .name = _("Change a request") };
  StepEdit step_edit = { target, step };

  return hr_session_edit (session, &edit, edit_cb, &step_edit, error);
}

gboolean
hr_session_set_request (HrSession *session, const HrTarget *target, const HrStep *old, const char *operation,
                        char *request, GError **error)
{
  HrStep *step = hr_step_copy (old);
  gboolean done;

  g_free (step->request);
  step->request = request;
  g_free (step->operation);
  step->operation = g_strdup (operation);
  done = hr_session_set_step (session, target, step, error);
  hr_step_free (step);
  return done;
}

gboolean
hr_session_change_form (HrSession *session, const HrTarget *target, HrFormFunc func, gpointer user_data,
                        GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrStepForm) form = NULL;
  HrTargetPlace place;
  const HrStep *step;
  char *request;

  if (!hr_target_find (target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  step = place.definition;
  form = hr_step_form_new (step->operation, step->request);
  func (form, form->table != NULL ? hr_model_find_table (place.model, form->table) : NULL, user_data);
  request = hr_step_form_dup_request (form, error);
  return request != NULL && hr_session_set_request (session, target, step, form->operation, request, error);
}
