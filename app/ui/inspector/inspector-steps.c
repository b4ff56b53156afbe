/*
 * What of an access pattern is written down: its question, its requests, the values they need, what they should give.
 *
 * A request is the service's own JSON: fields for most of it (inspector-form.c, inspector-keys.c), and all of it as
 * text, which is taken over when it is JSON.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/edit-target.h"
#include "app/session/pattern-facts.h"
#include "app/session/rename.h"
#include "app/ui/editing/drag.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/code-view.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/document/edit-definitions.h"
#include "model/document/step-use.h"

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

static gboolean
take_request (RequestEditor *self, const char *text, GError **error)
{
  HrDocument *document = hr_session_get_document (self->session);
  HrTargetPlace place;
  HrStep *step;
  gboolean done;

  if (!hr_target_find (self->target, (HrModel *) hr_document_get_model (document), &place, error))
    return FALSE;
  step = hr_step_copy (place.definition);
  g_free (step->request);
  step->request = g_strdup (text);
  done = hr_session_set_step (self->session, self->target, step, error);
  hr_step_free (step);
  return done;
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
  done = take_request (self, text, &error);
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
  hr_tooltip_set (button, _("Take over (Ctrl+Enter)"));
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

/* One step alone has groups of its own on the panel; of several, each is an expander with all of it. */
typedef struct
{
  HrFields *fields;
  GtkWidget *panel;
  GtkWidget *expander; /* or NULL */
  const HrTarget *target;
  const HrPattern *pattern;
  const HrStep *step;
} StepPlace;

static GtkWidget *
start_group (const StepPlace *self, const char *title)
{
  return self->expander != NULL ? self->expander : hr_inspector_add_group (self->panel, title);
}

/* Keys that a batch or a transaction names can be read here and edited in the JSON. */
static void
add_clauses (const StepPlace *self, const HrStepFacts *facts)
{
  GtkWidget *group = facts->clauses->len > 0 ? start_group (self, _("Key")) : NULL;

  for (guint i = 0; i < facts->clauses->len; i++)
    {
      const HrFactClause *clause = g_ptr_array_index (facts->clauses, i);

      hr_inspector_add_template_row (group, clause->attribute, hr_key_operator_describe (clause->op), clause->value);
      if (clause->upper != NULL)
        hr_inspector_add_template_row (group, "", _("and"), clause->upper);
    }
}

static void
add_keys (const StepPlace *self)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (hr_fields_get_session (self->fields)));
  g_autoptr (HrStepForm) form = hr_step_form_new (self->step->operation, self->step->request);
  const HrTable *table = form->table != NULL ? hr_model_find_table (model, form->table) : NULL;
  g_autoptr (HrStepFacts) facts = NULL;

  if (form->has_conditions && form->written == NULL && table != NULL)
    {
      hr_inspector_add_keys (self->fields,
                             start_group (self, strcmp (form->operation, "Query") == 0 ? _("Key condition") : _("Key")),
                             self->target, form, table);
      return;
    }
  facts = hr_step_facts_new (self->step, model);
  add_clauses (self, facts);
}

static gboolean
has_limits (const HrStep *step)
{
  static const char *const names[] = { "Query", "Scan", "GetItem", "PutItem", "UpdateItem", "DeleteItem", NULL };

  return g_strv_contains (names, step->operation);
}

static void
add_limits (const StepPlace *self)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) uses = hr_step_list_uses (self->step, NULL, arena);
  gboolean writes = uses->len > 0 && g_array_index (uses, HrStepUse, 0).use == HR_USE_WRITE;

  if (has_limits (self->step))
    hr_inspector_add_limits (self->fields, start_group (self, writes ? _("The write") : _("After the read")),
                             self->target, self->step);
}

static void
add_request (const StepPlace *self, GtkWidget *group)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Request as JSON"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            new_request_editor (hr_fields_get_session (self->fields), self->target, self->step));
  if (ADW_IS_EXPANDER_ROW (group))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (group), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static StepPlace
place_step (HrFields *fields, GtkWidget *panel, const HrTarget *target, const HrPattern *pattern, guint number)
{
  return (StepPlace){ fields, panel, NULL, target, pattern, g_ptr_array_index (pattern->steps, number) };
}

void
hr_inspector_add_sentence (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrStep *step = g_ptr_array_index (pattern->steps, 0);
  const HrTarget target = HR_TARGET (STEP, NULL, pattern->id, step->name);
  const StepPlace place = place_step (fields, panel, &target, pattern, 0);

  hr_inspector_add_asking (fields, start_group (&place, NULL), &target, pattern, step);
  add_keys (&place);
}

void
hr_inspector_add_after (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrStep *step = g_ptr_array_index (pattern->steps, 0);
  const HrTarget target = HR_TARGET (STEP, NULL, pattern->id, step->name);
  const StepPlace place = place_step (fields, panel, &target, pattern, 0);

  add_limits (&place);
}

static char *
describe_step (const HrStep *step, const HrModel *model)
{
  g_autoptr (HrStepFacts) facts = hr_step_facts_new (step, model);

  if (facts->index != NULL)
    return g_strdup_printf ("%s · %s", step->operation, facts->index);
  return g_strdup (step->operation);
}

static void
add_step (HrFields *fields, GtkWidget *group, const HrPattern *pattern, guint number)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (hr_fields_get_session (fields)));
  const HrStep *step = g_ptr_array_index (pattern->steps, number);
  const HrTarget target = HR_TARGET (STEP, NULL, pattern->id, step->name);
  StepPlace place = place_step (fields, NULL, &target, pattern, number);
  g_autofree char *title = g_strdup_printf (_("Step %u: %s"), number + 1, step->name);
  g_autofree char *subtitle = describe_step (step, model);

  place.expander = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (place.expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (place.expander), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (place.expander), subtitle);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (place.expander), hr_inspector_new_remove_button (&target));
  hr_inspector_add_asking (fields, place.expander, &target, pattern, step);
  add_keys (&place);
  add_limits (&place);
  add_request (&place, place.expander);
  hr_drag_make_movable (place.expander, &target);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), place.expander);
}

void
hr_inspector_add_steps (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrTarget owner = HR_TARGET (PATTERN, NULL, NULL, pattern->id);
  GtkWidget *group = hr_inspector_add_group (panel, pattern->steps->len == 1 ? _("Request") : _("Steps"));

  hr_inspector_add_group_button (group, _("Add a step"), "win.add-step", &owner);
  if (pattern->steps->len == 1)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, 0);
      const HrTarget target = HR_TARGET (STEP, NULL, pattern->id, step->name);
      const StepPlace place = place_step (fields, panel, &target, pattern, 0);

      add_request (&place, group);
      return;
    }
  for (guint i = 0; i < pattern->steps->len; i++)
    add_step (fields, group, pattern, i);
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
      hr_drag_make_movable (row, &target);
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
  /* a button more, or less */
  g_string_append (text, pattern->expect != NULL ? "\nexpects" : "");
  return g_string_free (text, FALSE);
}
