/*
 * The field for a key template: the entry, what is wrong with it, and what it makes of an item of the sample.
 *
 * What is typed is judged at once and taken over when somebody is done: a template changes the keys of all items.
 */
#include "app/ui/fields-private.h"

#include <string.h>

#include "app/ui/a11y.h"
#include "app/ui/look.h"
#include "app/ui/pieces.h"
#include "app/ui/rename.h"
#include "app/ui/template-entry.h"
#include "model/base/i18n.h"

/* Names that a template of the entity may have in braces. */
static void
update_names (GtkWidget *entry, const HrEntity *entity)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) details = g_ptr_array_new ();
  const GPtrArray *const lists[] = { entity->attributes, entity->key_parts };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        const HrAttribute *attribute = g_ptr_array_index (lists[i], j);

        g_ptr_array_add (names, attribute->name);
        g_ptr_array_add (details, (gpointer) (i == 0 ? hr_type_describe (attribute->type) : _("only in keys")));
      }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (details, NULL);
  hr_template_entry_set_names (HR_TEMPLATE_ENTRY (entry), (const char *const *) names->pdata,
                               (const char *const *) details->pdata);
}

static const char *
get_template_text (const HrTargetPlace *place, const char *key)
{
  const HrEntityKey *entity_key = hr_entity_get_key (place->entity, key);

  return entity_key != NULL ? entity_key->template->text : "";
}

/* TEMPLATE targets are there as soon as the entity is: a key without a template has an empty one. */
static gboolean
find_entity (HrField *self, HrTargetPlace *place)
{
  const HrTarget entity = HR_TARGET (ENTITY, self->target->table, NULL, self->target->owner);
  HrDocument *document = hr_session_get_document (self->fields->session);

  return document != NULL && hr_target_find (&entity, (HrModel *) hr_document_get_model (document), place, NULL);
}

static void
refresh_template (HrField *self, const HrTargetPlace *unused)
{
  HrTargetPlace place;
  const char *text;

  if (!find_entity (self, &place))
    return;
  update_names (self->control, place.entity);
  text = get_template_text (&place, self->target->name);
  if (g_strcmp0 (self->shown, text) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->control)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->control), text);
  hr_field_show_error (self, NULL);
}

static gboolean
describe_cb (gpointer user_data)
{
  HrField *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->control));
  g_autofree char *hint = NULL;

  self->describe_timeout = 0;
  if (g_strcmp0 (text, self->shown) != 0)
    hint = hr_session_describe_retemplate (self->fields->session, self->target, text);
  hr_field_show_hint (self, hint);
  return G_SOURCE_REMOVE;
}

static void
judge_cb (HrField *self)
{
  g_autofree char *message = NULL;
  g_autoptr (HrKeyTemplate) parsed = NULL;
  HrRange range;

  if (self->is_refreshing)
    return;
  parsed = hr_key_template_parse (gtk_editable_get_text (GTK_EDITABLE (self->control)), &message, &range);
  hr_field_show_error (self, parsed == NULL ? message : NULL);
  if (parsed != NULL)
    hr_field_describe_later (self, describe_cb);
}

static void
done_cb (HrField *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  GError *error = NULL;

  if (self->is_refreshing || g_strcmp0 (text, self->shown) == 0)
    return;
  hr_field_show_hint (self, NULL);
  if (!hr_session_retemplate (self->fields->session, self->target, text, &error))
    hr_field_take_result (self, FALSE, error);
}

GtkWidget *
hr_fields_add_template (HrFields *self, GtkWidget *group, const HrTarget *target)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *entry = hr_template_entry_new ();
  GtkWidget *name = hr_label_new (target->name, "hr-mono dim-label");
  HrField *field = hr_field_new (self, group, row, target, refresh_template);
  HrTargetPlace place;

  gtk_widget_set_size_request (name, 24, -1);
  gtk_widget_set_hexpand (entry, TRUE);
  hr_a11y_set_label (entry, target->name);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_widget_add_css_class (line, "hr-template-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  field->control = entry;
  field->is_always_there = TRUE;
  field->is_refreshing = TRUE;
  refresh_template (field, &place);
  field->is_refreshing = FALSE;
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (judge_cb), field);
  g_signal_connect_swapped (entry, "done", G_CALLBACK (done_cb), field);
  return row;
}
