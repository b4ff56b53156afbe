/*
 * What of an access pattern is written down: its question, its requests, the values they need, what they should give.
 *
 * A request is the service's own JSON; it is edited as text, and taken over when it is JSON.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "app/ui/a11y.h"
#include "app/ui/code-view.h"
#include "app/ui/edit-target.h"
#include "app/ui/pieces.h"
#include "app/ui/rename.h"
#include "app/ui/window.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/document/edit-definitions.h"
#include "model/document/pattern-make.h"
#include "model/document/step-form.h"

#define REQUEST_HEIGHT 240

static char *
get_name (const HrTargetPlace *place)
{
  return g_strdup (place->pattern->name);
}

static gboolean
set_name (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return hr_document_set_pattern_name (hr_session_get_document (session), target->name, text, error);
}

static char *
get_question (const HrTargetPlace *place)
{
  return g_strdup (place->pattern->question);
}

static gboolean
set_question (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return hr_document_set_question (hr_session_get_document (session), target->name, text, error);
}

static char *
get_id (const HrTargetPlace *place)
{
  return g_strdup (place->pattern->id);
}

static char *
get_parameter_name (const HrTargetPlace *place)
{
  return g_strdup (((HrParameter *) place->definition)->name);
}

static char *
get_example (const HrTargetPlace *place)
{
  return g_strdup (((HrParameter *) place->definition)->example);
}

static gboolean
set_example (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return hr_document_set_example (hr_session_get_document (session), target->owner, target->name, text, error);
}

static const HrType parameter_types[] = { HR_TYPE_S, HR_TYPE_N, HR_TYPE_B };

static guint
get_parameter_type (const HrTargetPlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (parameter_types); i++)
    if (parameter_types[i] == ((HrParameter *) place->definition)->type)
      return i;
  return 0;
}

static gboolean
set_parameter_type (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return hr_document_set_type (hr_session_get_document (session), target, parameter_types[word], error);
}

static const char *const operations[] = {
  N_("Query"),          N_("GetItem"),          N_("Scan"),
  N_("PutItem"),        N_("UpdateItem"),       N_("DeleteItem"),
  N_("BatchGetItem"),   N_("BatchWriteItem"),   N_("TransactGetItems"),
  N_("TransactWriteItems"), N_("ExecuteStatement"), NULL,
};

static guint
get_operation (const HrTargetPlace *place)
{
  guint number = 0;

  while (operations[number] != NULL && strcmp (operations[number], ((HrStep *) place->definition)->operation) != 0)
    number++;
  return operations[number] != NULL ? number : GTK_INVALID_LIST_POSITION;
}

/* The request for another operation takes over what it can. */
static char *
translate_request (const HrStep *step, const char *operation, GError **error)
{
  g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);

  g_free (form->operation);
  form->operation = g_strdup (operation);
  return hr_step_form_dup_request (form, error);
}

/* A change of a step is a change of a copy. */
static gboolean
change_step (HrSession *session, const HrTarget *target, const char *operation, const char *request, GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *translated = NULL;
  HrTargetPlace place;
  HrStep *copy;
  gboolean done;

  if (!hr_target_find (target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  if (operation != NULL)
    {
      translated = translate_request (place.definition, operation, error);
      if (translated == NULL)
        return FALSE;
      request = translated;
    }
  copy = hr_step_copy (place.definition);
  if (operation != NULL)
    {
      g_free (copy->operation);
      copy->operation = g_strdup (operation);
    }
  if (request != NULL)
    {
      g_free (copy->request);
      copy->request = g_strdup (request);
    }
  done = hr_document_set_step (document, target->owner, target->name, copy, error);
  hr_step_free (copy);
  return done;
}

static gboolean
set_operation (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error)
{
  return change_step (session, target, operations[word], NULL, error);
}

static const char *const parameter_type_words[] = { N_("String"), N_("Number"), N_("Binary"), NULL };

static const HrTextProperty pattern_name = { .title = N_("Name"), .get = get_name, .set = set_name };
static const HrTextProperty pattern_id = { .title = N_("Letter"), .get = get_id, .set = hr_session_rename };
static const HrTextProperty pattern_question = {
  .title = N_("Question"), .get = get_question, .set = set_question, .typing = N_("Change the question of a pattern")
};
static const HrTextProperty parameter_name = {
  .title = N_("Name"), .get = get_parameter_name, .set = hr_session_rename, .is_code = TRUE
};
static const HrTextProperty parameter_example = {
  .title = N_("Example"), .get = get_example, .set = set_example, .is_code = TRUE
};
static const HrChoiceProperty parameter_type = {
  .title = N_("Type"), .words = parameter_type_words, .get = get_parameter_type, .set = set_parameter_type
};
static const HrChoiceProperty step_operation = {
  .title = N_("Operation"), .words = operations, .get = get_operation, .set = set_operation
};

void
hr_inspector_add_question (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrTarget target = HR_TARGET (PATTERN, NULL, NULL, pattern->id);
  GtkWidget *group = hr_inspector_add_group (panel, NULL);

  hr_fields_add_text (fields, group, &pattern_name, &target);
  hr_fields_add_text (fields, group, &pattern_question, &target);
}

/* Requests */

typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  HrTarget *target;
  GtkWidget *view;
  GtkWidget *message;
} RequestEditor;

static void
request_editor_free (gpointer data)
{
  RequestEditor *self = data;

  g_free (self->target);
  g_free (self);
}

static void
apply_request_cb (RequestEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (hr_code_view_get_buffer (self->view));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  gboolean done;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  done = change_step (self->session, self->target, NULL, text, &error);
  gtk_label_set_text (GTK_LABEL (self->message), done ? "" : error->message);
  gtk_widget_set_visible (self->message, !done);
}

static void
show_request (GtkWidget *view, const char *request)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  const HrJson *parsed = hr_json_parse (arena, request, strlen (request), HR_JSON_DEPTH_CEILING, NULL);

  if (parsed != NULL)
    hr_json_write_pretty (&out, parsed, 0);
  else
    hr_buffer_append_string (&out, request);
  hr_code_view_set_text (view, out.data != NULL ? out.data : "", out.length, 0);
}

static gboolean
request_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, RequestEditor *self)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  apply_request_cb (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
new_request_editor (HrSession *session, const HrTarget *target, const HrStep *step)
{
  RequestEditor *self = g_new0 (RequestEditor, 1);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_("Apply"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->session = session;
  self->target = hr_target_copy (target);
  self->view = hr_code_view_new (_("Request"), "json");
  self->message = hr_text_label_new (NULL, "hr-error caption");
  show_request (self->view, step->request);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (hr_code_view_get_text_view (self->view)), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (hr_code_view_get_text_view (self->view)), FALSE);
  gtk_widget_set_size_request (self->view, -1, REQUEST_HEIGHT);
  gtk_widget_set_visible (self->message, FALSE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (button, _("Take over (Ctrl+Enter)"));
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "hr-request-editor");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), "hr-request-editor", self, request_editor_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (apply_request_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (request_key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->view, keys);
  return row;
}

static void
add_step (HrFields *fields, GtkWidget *group, const HrPattern *pattern, const HrStep *step)
{
  const HrTarget target = HR_TARGET (STEP, NULL, pattern->id, step->name);
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), step->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), step->operation);
  if (pattern->steps->len > 1)
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), hr_inspector_new_remove_button (&target));
  hr_fields_add_choice (fields, row, &step_operation, &target);
  hr_inspector_add_form (fields, row, &target, step);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            new_request_editor (hr_fields_get_session (fields), &target, step));
  hr_inspector_make_movable (row, &target);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

void
hr_inspector_add_steps (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrTarget owner = HR_TARGET (PATTERN, NULL, NULL, pattern->id);
  GtkWidget *group = hr_inspector_add_group (panel, _("Requests"));

  hr_inspector_add_group_button (group, _("Add a step"), "win.add-step", &owner);
  for (guint i = 0; i < pattern->steps->len; i++)
    add_step (fields, group, pattern, g_ptr_array_index (pattern->steps, i));
}

/* Parameters */

static void
refresh_parameter (GtkWidget *row, const HrTargetPlace *place)
{
  const HrParameter *parameter = place->definition;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), parameter->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), parameter->example != NULL ? parameter->example : "");
}

void
hr_inspector_add_parameters (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrTarget owner = HR_TARGET (PATTERN, NULL, NULL, pattern->id);
  GtkWidget *group = hr_inspector_add_group (panel, _("Parameters"));

  hr_inspector_add_group_button (group, _("Add a parameter"), "win.add-parameter", &owner);
  for (guint i = 0; i < pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (pattern->parameters, i);
      const HrTarget target = HR_TARGET (PARAMETER, NULL, pattern->id, parameter->name);
      GtkWidget *row = adw_expander_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      gtk_widget_add_css_class (row, "hr-mono-title");
      adw_expander_row_add_action (ADW_EXPANDER_ROW (row), hr_inspector_new_remove_button (&target));
      hr_fields_add_custom (fields, row, &target, refresh_parameter);
      hr_fields_add_text (fields, row, &parameter_name, &target);
      hr_fields_add_choice (fields, row, &parameter_type, &target);
      hr_fields_add_text (fields, row, &parameter_example, &target);
      hr_inspector_make_movable (row, &target);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  if (pattern->parameters->len == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("A request names a parameter in braces: {user_uuid}."));
}

void
hr_inspector_add_letter (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrTarget target = HR_TARGET (PATTERN, NULL, NULL, pattern->id);

  hr_fields_add_text (fields, hr_inspector_add_group (panel, NULL), &pattern_id, &target);
}

char *
hr_inspector_describe_pattern (const HrPattern *pattern)
{
  GString *text = g_string_new (pattern->id);

  for (guint i = 0; i < pattern->parameters->len; i++)
    g_string_append_printf (text, "/%s", ((HrParameter *) g_ptr_array_index (pattern->parameters, i))->name);
  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, i);

      g_string_append_printf (text, "\n%s %s %s", step->name, step->operation, step->request);
    }
  if (pattern->expect != NULL)
    g_string_append_printf (text, "\n%" G_GUINT64_FORMAT "/%g/%g", pattern->expect->count, pattern->expect->read_units,
                            pattern->expect->write_units);
  return g_string_free (text, FALSE);
}

/* Expectations */

gboolean
hr_session_expect_run (HrSession *session, GError **error)
{
  const HrPatternRun *run = hr_session_get_run (session);

  return run == NULL
         || hr_document_take_expectations (hr_session_get_document (session), run, HR_TAKE_ALL & ~HR_TAKE_KEYS, error);
}

gboolean
hr_session_expect_nothing (HrSession *session, GError **error)
{
  const HrPattern *pattern = hr_session_get_pattern (session);
  const HrTarget target = HR_TARGET (PATTERN, NULL, NULL, pattern != NULL ? pattern->id : NULL);

  return pattern == NULL || hr_document_set_expectation (hr_session_get_document (session), &target, NULL, error);
}
