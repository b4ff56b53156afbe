/*
 * Requests and responses of a run, in two source views.
 *
 * A run may have hundreds of requests (pages, rows of for_each): a drop-down chooses one, and only that one
 * is put into the buffers. JSON is indented on the way; what is no JSON is shown as it is.
 */
#include "app/ui/pages/request-view.h"

#include <string.h>

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/choice.h"
#include "app/ui/pieces/code-view.h"
#include "app/ui/pieces/pieces.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/partiql/request-text.h"

#define TEXT_BYTES_MAX 200000 /* more would make the view slow */

struct _HrRequestView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  GPtrArray *requests;  /* char* */
  GPtrArray *responses; /* char*, or empty before a run */
  GPtrArray *operations; /* char*, of the requests */

  /* children */
  GtkWidget *box;
  GtkWidget *chooser;
  GtkWidget *languages; /* GtkDropDown: JSON, PartiQL */
  GtkWidget *remark;
  GtkWidget *response_side;
  GtkWidget *request;  /* code views */
  GtkWidget *response;
};

G_DEFINE_FINAL_TYPE (HrRequestView, hr_request_view, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *view, const char *json)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  const HrJson *parsed = hr_json_parse (arena, json, strlen (json), HR_JSON_DEPTH_CEILING, NULL);

  if (parsed != NULL)
    hr_json_write_pretty (&out, parsed, 0);
  else
    hr_buffer_append_string (&out, json);
  hr_code_view_set_text (view, out.data != NULL ? out.data : "", out.length, TEXT_BYTES_MAX);
}

/* The statements one below the other, each with its parameters; and what they do otherwise. */
static void
write_partiql (const HrPartiqlRequest *said, HrBuffer *out)
{
  for (guint i = 0; i < said->n_texts; i++)
    {
      const HrPartiqlText *text = &said->texts[i];

      if (i > 0)
        hr_buffer_append_string (out, "\n");
      hr_buffer_append_string (out, text->text);
      hr_buffer_append_char (out, '\n');
      for (guint j = 0; j < text->n_parameters; j++)
        {
          hr_buffer_append_string (out, "-- ? ");
          hr_json_write_compact (out, text->parameters[j], TRUE);
          hr_buffer_append_char (out, '\n');
        }
    }
}

static void
show_partiql (HrRequestView *self, const char *operation, const char *json)
{
  HrDocument *document = hr_session_get_document (self->session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPartiqlRequest said = { 0 };
  const HrJson *request = hr_json_parse (arena, json, strlen (json), HR_JSON_DEPTH_CEILING, NULL);
  const char *remark = NULL;

  if (request == NULL || document == NULL)
    remark = _("This is no JSON.");
  else if (!hr_partiql_from_request (arena, operation, request, hr_document_get_model (document), &said, &error))
    remark = error.message;
  else
    {
      write_partiql (&said, &out);
      remark = said.remark;
    }
  hr_code_view_set_text (self->request, out.data != NULL ? out.data : "", out.length, TEXT_BYTES_MAX);
  gtk_label_set_text (GTK_LABEL (self->remark), remark != NULL ? remark : "");
  gtk_widget_set_visible (self->remark, remark != NULL);
}

static gboolean
wants_partiql (HrRequestView *self)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (self->languages)) == 1;
}

static void
show_chosen (HrRequestView *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));
  const char *request = chosen < self->requests->len ? g_ptr_array_index (self->requests, chosen) : "";

  gtk_widget_set_visible (self->response_side, self->responses->len > 0);
  gtk_widget_set_visible (self->remark, FALSE);
  hr_code_view_set_language (self->request, wants_partiql (self) ? "sql" : "json");
  if (wants_partiql (self) && chosen < self->operations->len)
    show_partiql (self, g_ptr_array_index (self->operations, chosen), request);
  else
    set_text (self->request, request);
  set_text (self->response, chosen < self->responses->len ? g_ptr_array_index (self->responses, chosen) : "");
}

static void
chosen_cb (HrRequestView *self)
{
  show_chosen (self);
}

static void
add_exchanges (HrRequestView *self, GtkStringList *names, const HrStepRun *step)
{
  for (guint i = 0; i < step->requests->len; i++)
    {
      g_autofree char *name = step->requests->len == 1
                                  ? g_strdup_printf ("%s: %s", step->name, step->operation)
                                  : g_strdup_printf ("%s: %s %u", step->name, step->operation, i + 1);

      gtk_string_list_append (names, name);
      g_ptr_array_add (self->operations, g_strdup (step->operation));
      g_ptr_array_add (self->requests, g_strdup (g_ptr_array_index (step->requests, i)));
      g_ptr_array_add (self->responses,
                       g_strdup (i < step->responses->len ? g_ptr_array_index (step->responses, i) : ""));
    }
}

void
hr_request_view_update (HrRequestView *self)
{
  const HrPattern *pattern = hr_session_get_pattern (self->session);
  const HrPatternRun *run = hr_session_get_run (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (HR_IS_REQUEST_VIEW (self));

  g_ptr_array_set_size (self->requests, 0);
  g_ptr_array_set_size (self->responses, 0);
  g_ptr_array_set_size (self->operations, 0);
  for (guint i = 0; run != NULL && i < run->steps->len; i++)
    add_exchanges (self, names, g_ptr_array_index (run->steps, i));
  for (guint i = 0; run == NULL && pattern != NULL && i < pattern->steps->len; i++)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, i);
      g_autofree char *name = g_strdup_printf ("%s: %s", step->name, step->operation);

      gtk_string_list_append (names, name);
      g_ptr_array_add (self->operations, g_strdup (step->operation));
      g_ptr_array_add (self->requests, g_strdup (step->request));
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->chooser, self->requests->len > 1);
  show_chosen (self);
}

static void
hr_request_view_dispose (GObject *object)
{
  HrRequestView *self = HR_REQUEST_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_request_view_parent_class)->dispose (object);
}

static void
hr_request_view_finalize (GObject *object)
{
  HrRequestView *self = HR_REQUEST_VIEW (object);

  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->responses);
  g_ptr_array_unref (self->operations);
  G_OBJECT_CLASS (hr_request_view_parent_class)->finalize (object);
}

static void
hr_request_view_class_init (HrRequestViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_request_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_request_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_side (const char *title, GtkWidget *view, GtkWidget *beside)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = hr_label_new (title, "hr-caption heading");

  gtk_widget_add_css_class (line, "hr-request-heading");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (beside != NULL)
    gtk_box_append (GTK_BOX (line), beside);
  gtk_box_append (GTK_BOX (side), line);
  gtk_box_append (GTK_BOX (side), view);
  gtk_widget_set_hexpand (side, TRUE);
  gtk_widget_add_css_class (side, "hr-plan");
  return side;
}

static void
hr_request_view_init (HrRequestView *self)
{
  static const char *const languages[] = { "JSON", "PartiQL", NULL };
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *request_side;

  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->responses = g_ptr_array_new_with_free_func (g_free);
  self->operations = g_ptr_array_new_with_free_func (g_free);
  self->request = hr_code_view_new (_("Request"), "json");
  self->response = hr_code_view_new (_("Response"), "json");
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->chooser = gtk_drop_down_new (NULL, NULL);
  self->response_side = new_side (_("Response"), self->response, NULL);
  self->languages = gtk_drop_down_new_from_strings (languages);
  self->remark = hr_text_label_new (NULL, "caption dim-label");
  gtk_widget_set_visible (self->remark, FALSE);
  gtk_widget_add_css_class (self->languages, "flat");
  hr_choice_make_audible (self->languages, _("Language of the request"));
  g_signal_connect_object (self->languages, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (self->chooser, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->chooser, "hr-request-chooser");
  hr_a11y_set_label (self->chooser, _("Which request"));
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);

  gtk_box_set_homogeneous (GTK_BOX (sides), TRUE);
  request_side = new_side (_("Request"), self->request, self->languages);
  gtk_box_append (GTK_BOX (request_side), self->remark);
  gtk_box_append (GTK_BOX (sides), request_side);
  gtk_box_append (GTK_BOX (sides), self->response_side);
  gtk_box_append (GTK_BOX (self->box), self->chooser);
  gtk_box_append (GTK_BOX (self->box), sides);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
hr_request_view_new (HrSession *session)
{
  HrRequestView *self = g_object_new (HR_TYPE_REQUEST_VIEW, NULL);

  self->session = g_object_ref (session);
  hr_request_view_update (self);
  return GTK_WIDGET (self);
}
