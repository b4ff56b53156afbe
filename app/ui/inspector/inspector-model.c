/*
 * The inspector's panel for the model itself: what is shown when nothing in it is selected.
 */
#include "app/ui/inspector/inspector-private.h"

#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"

static char *
get_title (const HrTargetPlace *place)
{
  return g_strdup (place->model->name);
}

/* Without one it goes by the name of its file. */
static gboolean
set_title (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return hr_document_set_title (hr_session_get_document (session), text, error);
}

static char *
get_description (const HrTargetPlace *place)
{
  return g_strdup (place->model->description);
}

static const HrTextProperty title = { .title = N_("Name"), .get = get_title, .set = set_title };
static const HrTextProperty description = {
  .title = N_("Description"),
  .get = get_description,
  .set = hr_inspector_set_description,
  .typing = N_("Change description of model"),
};

GtkWidget *
hr_inspector_new_model_panel (HrFields *fields)
{
  const HrTarget target = HR_TARGET (MODEL, NULL, NULL, NULL);
  GtkWidget *panel = hr_inspector_panel_new ();
  GtkWidget *group = hr_inspector_add_group (panel, NULL);

  hr_fields_add_text (fields, group, &title, &target);
  hr_fields_add_text (fields, group, &description, &target);
  return panel;
}
