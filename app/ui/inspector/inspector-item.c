/*
 * The inspector's panel for an item or a draft: what it is, and each of its values to be edited.
 *
 * Keys that templates make are fields like the others: editing one is parsed back into what it is made of. Attributes
 * that the entity declares and the item lacks have an empty field. The panel stays when another item is selected, and
 * so do its rows: with the keys held down there is a new item in every frame.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/item-actions.h"
#include "app/session/words.h"
#include "app/ui/pieces/code-view.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/i18n.h"
#include "model/schema/compose.h"

#define JSON_HEIGHT 180

/* Rows that are there, the first of which are shown. */
typedef struct
{
  GtkWidget *group;
  GPtrArray *rows; /* owned */
  guint n_shown;
  guint n_used;    /* by the item that is about to be shown */
} Rows;

typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  GtkWidget *panel;   /* that it is data of */
  HrArena *arena;     /* owned, of @key */
  HrValue key;        /* of the item that is shown */
  gboolean has_key;
  gint64 draft;       /* ordinal of the draft that is shown; -1: none */
  gboolean is_other;  /* than was shown before */

  /* children */
  GtkWidget *reason;
  GtkWidget *reason_label;
  GtkWidget *json;    /* or NULL */
  GtkWidget *facts;
  GtkWidget *entity;
  GtkWidget *swatch;
  GtkWidget *size;
  GtkWidget *cost;
  Rows keys;
  Rows attributes;
  GtkWidget *copies;
} ItemPanel;

static const char data[] = "hr-item-panel"; /* of the panel */

static void
item_panel_free (gpointer user_data)
{
  ItemPanel *self = user_data;

  g_clear_pointer (&self->arena, hr_arena_free);
  g_ptr_array_unref (self->keys.rows);
  g_ptr_array_unref (self->attributes.rows);
  g_free (self);
}

static void
show_row (ItemPanel *self, Rows *rows, const HrItemValue *value)
{
  GtkWidget *row;

  if (rows->n_used == rows->rows->len)
    g_ptr_array_add (rows->rows, g_object_ref_sink (hr_inspector_new_item_row (self->session, self->panel)));
  row = g_ptr_array_index (rows->rows, rows->n_used);
  hr_inspector_show_value (row, value, self->is_other);
  if (rows->n_used == rows->n_shown)
    {
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (rows->group), row);
      rows->n_shown++;
    }
  rows->n_used++;
}

static void
end_rows (Rows *rows)
{
  for (; rows->n_shown > rows->n_used; rows->n_shown--)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (rows->group),
                                  g_ptr_array_index (rows->rows, rows->n_shown - 1));
}

static void
show_facts (ItemPanel *self, const HrTable *table, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (table, item, NULL);
  gsize size = hr_item_size_bytes (item);
  g_autofree char *size_text = hr_figure_size (size);
  g_autofree char *units = hr_figure_units ((size + 1023) / 1024, "WCU");

  hr_inspector_set_row_value (self->entity, entity != NULL ? entity->name : _("fits none"));
  hr_swatch_set_entity (HR_SWATCH (self->swatch),
                        entity != NULL ? hr_table_get_entity_number (table, entity) : HR_ENTITY_NONE);
  hr_inspector_set_row_value (self->size, size_text);
  hr_inspector_set_row_value (self->cost, units);
}

static void
show_keys (ItemPanel *self, const HrTable *table, const HrValue *item)
{
  const GPtrArray *const keys[] = { table->partition_key, table->sort_key };

  self->keys.n_used = 0;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint j = 0; j < keys[i]->len; j++)
      {
        const HrAttribute *key = g_ptr_array_index (keys[i], j);

        show_row (self, &self->keys,
                  &(HrItemValue) { key->name, key->type, hr_map_get (item, key->name, strlen (key->name)), TRUE });
      }
  end_rows (&self->keys);
}

static void
show_attributes (ItemPanel *self, const HrTable *table, const HrEntity *entity, const HrValue *item)
{
  self->attributes.n_used = 0;
  for (guint i = 0; entity != NULL && i < entity->attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (entity->attributes, i);
      const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));

      if (!hr_table_is_key (table, attribute->name))
        show_row (self, &self->attributes,
                  &(HrItemValue) { attribute->name, value != NULL ? value->type : attribute->type, value, FALSE });
    }
  for (guint i = 0; i < item->length; i++)
    {
      const HrMember *member = &item->members[i];
      g_autofree char *name = g_strndup (member->name, member->name_length);

      if (!hr_table_is_key (table, name) && (entity == NULL || hr_entity_find_variable (entity, name) == NULL))
        show_row (self, &self->attributes, &(HrItemValue) { name, member->value.type, &member->value, FALSE });
    }
  end_rows (&self->attributes);
}

/* Why a draft is one. */
static GtkWidget *
new_reason (ItemPanel *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->reason_label = hr_text_label_new (NULL, "hr-field-message");
  gtk_widget_set_hexpand (self->reason_label, TRUE);
  gtk_box_append (GTK_BOX (line), hr_icon_new ("hr-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), self->reason_label);
  gtk_widget_add_css_class (line, "hr-advice");
  gtk_widget_add_css_class (line, "hr-advice-card");
  return line;
}

static void
show_reason (ItemPanel *self, const HrDraft *draft)
{
  g_autofree char *text =
      draft != NULL ? g_strdup_printf (_("The service would refuse this item: %s"), draft->reason) : NULL;

  if (text != NULL)
    hr_label_set_words (GTK_LABEL (self->reason_label), text);
  gtk_widget_set_visible (self->reason, text != NULL);
}

static void
take_json_cb (GtkWidget *button, GtkWidget *view)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (hr_code_view_get_buffer (view));
  HrSession *session = g_object_get_data (G_OBJECT (view), "session");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  if (!hr_item_set_json (session, text, &error))
    hr_toast (button, error->message);
}

/* What is no item has no fields. */
static GtkWidget *
new_json (HrSession *session, const HrDraft *draft)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = hr_code_view_new (_("The draft as JSON"), "json");
  GtkWidget *done = gtk_button_new_with_label (_("Take over"));

  gtk_text_view_set_editable (GTK_TEXT_VIEW (hr_code_view_get_text_view (view)), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (hr_code_view_get_text_view (view)), GTK_WRAP_WORD_CHAR);
  hr_code_view_set_text (view, draft->json, strlen (draft->json), 0);
  gtk_widget_set_size_request (view, -1, JSON_HEIGHT);
  gtk_widget_set_halign (done, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (view), "session", session);
  g_signal_connect_object (done, "clicked", G_CALLBACK (take_json_cb), view, 0);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), done);
  return box;
}

static void
show_json (ItemPanel *self, const HrDraft *draft)
{
  if (self->json != NULL)
    gtk_box_remove (GTK_BOX (self->panel), self->json);
  self->json = draft != NULL ? new_json (self->session, draft) : NULL;
  if (self->json != NULL)
    gtk_box_append (GTK_BOX (self->panel), self->json);
}

static void
show_item (ItemPanel *self, const HrTable *table, const HrValue *item)
{
  show_facts (self, table, item);
  show_keys (self, table, item);
  show_attributes (self, table, hr_table_guess_entity (table, item), item);
  hr_inspector_show_copies (self->copies, table, self->has_key ? &self->key : NULL);
}

static gboolean
is_selected (ItemPanel *self)
{
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  gint64 ordinal = -1;

  if (key != NULL)
    return self->has_key && hr_value_equal (key, &self->key);
  return !self->has_key && hr_session_get_selected_draft (self->session, &ordinal) && ordinal == self->draft;
}

gboolean
hr_inspector_item_is_shown (GtkWidget *panel)
{
  return is_selected (g_object_get_data (G_OBJECT (panel), data));
}

static void
remember_selected (ItemPanel *self)
{
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);

  self->is_other = !is_selected (self);
  if (!self->is_other)
    return;
  g_clear_pointer (&self->arena, hr_arena_free);
  self->arena = hr_arena_new ();
  self->has_key = key != NULL;
  if (key != NULL)
    self->key = hr_value_copy (self->arena, key);
  self->draft = -1;
  hr_session_get_selected_draft (self->session, &self->draft);
}

gboolean
hr_inspector_show_item (GtkWidget *panel, const HrTable *table)
{
  ItemPanel *self = g_object_get_data (G_OBJECT (panel), data);
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrDraft *draft;
  HrValue item;
  gboolean is_item = hr_item_get_selected (self->session, arena, &item, &draft);
  GtkWidget *const fields[] = { self->facts, self->keys.group, self->attributes.group };

  if (!is_item && draft == NULL)
    return FALSE;
  remember_selected (self);
  show_reason (self, draft);
  show_json (self, is_item ? NULL : draft);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_widget_set_visible (fields[i], is_item);
  if (is_item)
    show_item (self, table, &item);
  else
    hr_inspector_show_copies (self->copies, table, NULL);
  return TRUE;
}

static void
add_rows (ItemPanel *self, Rows *rows, const char *title)
{
  rows->group = hr_inspector_add_group (self->panel, title);
  rows->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

GtkWidget *
hr_inspector_new_item_panel (HrSession *session)
{
  ItemPanel *self = g_new0 (ItemPanel, 1);

  self->session = session;
  self->draft = -1;
  self->panel = hr_inspector_panel_new ();
  self->reason = new_reason (self);
  gtk_box_append (GTK_BOX (self->panel), self->reason);
  self->facts = hr_inspector_add_group (self->panel, NULL);
  self->entity = hr_inspector_add_row (self->facts, _("Entity"), NULL);
  self->swatch = hr_swatch_new (HR_ENTITY_NONE, 12);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->entity), self->swatch);
  self->size = hr_inspector_add_row (self->facts, _("Size"), NULL);
  self->cost = hr_inspector_add_row (self->facts, _("Writing it costs"), NULL);
  add_rows (self, &self->keys, _("Keys"));
  add_rows (self, &self->attributes, _("Attributes"));
  self->copies = hr_inspector_add_copies (session, self->panel);
  g_object_set_data_full (G_OBJECT (self->panel), data, self, item_panel_free);
  return self->panel;
}
