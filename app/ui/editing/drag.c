/*
 * Dragging definitions. A drag carries the target as the variant that actions take; whether and how it can be dropped
 * follows from the two targets alone, so there is one judgement for the pointer, for the words and for the change.
 */
#include "app/ui/editing/drag.h"

#include <string.h>

#include "app/session/edit-target.h"
#include "app/session/rename.h"
#include "app/session/step-edit.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/pieces.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "model/document/step-form.h"

#define WORD_CHARS 14

typedef enum
{
  DROP_NONE,
  DROP_ORDER,
  DROP_KEY,
  DROP_INDEX,
  DROP_QUESTION,
} DropKind;

static gboolean
is_same (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static DropKind
judge (const HrTarget *dragged, const HrTarget *onto)
{
  gboolean is_variable = dragged->kind == HR_TARGET_ATTRIBUTE || dragged->kind == HR_TARGET_KEY_PART;

  if (dragged->kind == HR_TARGET_ENTITY && onto->kind == HR_TARGET_PATTERN)
    return DROP_QUESTION;
  if (!is_same (dragged->table, onto->table))
    return DROP_NONE;
  if (onto->kind == HR_TARGET_TEMPLATE && is_variable && is_same (dragged->owner, onto->owner))
    return DROP_KEY;
  if (onto->kind == HR_TARGET_TABLE && dragged->kind == HR_TARGET_ATTRIBUTE)
    return DROP_INDEX;
  if (dragged->kind == onto->kind && is_same (dragged->owner, onto->owner) && !is_same (dragged->name, onto->name)
      && dragged->kind != HR_TARGET_TEMPLATE)
    return DROP_ORDER;
  return DROP_NONE;
}

char *
hr_drag_describe (const HrTarget *dragged, const HrTarget *onto)
{
  switch (judge (dragged, onto))
    {
    case DROP_NONE:
      break;
    case DROP_ORDER:
      return g_strdup (_("Move here"));
    case DROP_KEY:
      return g_strdup_printf (_("Use in %s"), onto->name);
    case DROP_INDEX:
      return g_strdup (_("Make an index"));
    case DROP_QUESTION:
      return g_strdup (_("Ask for these"));
    }
  return NULL;
}

/* What is done */

static gboolean
put (HrDocument *document, const HrTarget *dragged, const HrTarget *onto, gboolean after, GError **error)
{
  HrModel *model = (HrModel *) hr_document_get_model (document);
  HrTargetPlace from, to;
  guint position;

  if (!hr_target_find (dragged, model, &from, error) || !hr_target_find (onto, model, &to, error))
    return FALSE;
  position = to.position + (after ? 1 : 0);
  if (from.position < position)
    position--;
  return from.position == position || hr_document_move_definition (document, dragged, position, error);
}

/* Behind what the template has already. */
static gboolean
use_in_key (HrSession *session, const HrTarget *dragged, const HrTarget *onto, GError **error)
{
  const HrTarget owner = HR_TARGET (ENTITY, onto->table, NULL, onto->owner);
  const HrEntityKey *key;
  g_autofree char *text = NULL;
  const char *before;
  HrTargetPlace place;

  if (!hr_target_find (&owner, (HrModel *) hr_document_get_model (hr_session_get_document (session)), &place, error))
    return FALSE;
  key = hr_entity_get_key (place.entity, onto->name);
  before = key != NULL ? key->template->text : "";
  text = g_strdup_printf ("%s%s{%s}", before, *before == '\0' || g_str_has_suffix (before, "#") ? "" : "#",
                          dragged->name);
  return hr_session_retemplate (session, onto, text, error);
}

static gboolean
make_index (HrSession *session, const HrTarget *dragged, GError **error)
{
  g_autofree HrTarget *index = hr_document_add_index (hr_session_get_document (session), dragged->table, NULL,
                                                      HR_INDEX_GLOBAL, dragged->name, NULL, error);

  if (index == NULL)
    return FALSE;
  hr_session_select_target (session, index);
  return TRUE;
}

static void
ask_for (HrStepForm *form, const HrTable *unused, gpointer user_data)
{
  const HrTargetPlace *entity = user_data;

  hr_step_form_ask_for (form, entity->table, entity->entity);
}

/* The first step of a pattern that asks for a key, or NULL. */
static const HrStep *
find_asking_step (const HrPattern *pattern)
{
  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, i);
      g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);

      if (form->has_conditions)
        return step;
    }
  return NULL;
}

static gboolean
ask (HrSession *session, const HrTarget *dragged, const HrTarget *onto, GError **error)
{
  HrModel *model = hr_document_get_model (hr_session_get_document (session));
  HrTargetPlace entity, pattern;
  const HrStep *step;

  if (!hr_target_find (dragged, model, &entity, error) || !hr_target_find (onto, model, &pattern, error))
    return FALSE;
  step = find_asking_step (pattern.definition);
  if (step == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                   _("No request of pattern %s asks for a key: make one of its steps a Query or a GetItem."),
                   onto->name);
      return FALSE;
    }
  return hr_session_change_form (session, &HR_TARGET (STEP, NULL, onto->name, step->name), ask_for, &entity, error);
}

gboolean
hr_session_drop (HrSession *session, const HrTarget *dragged, const HrTarget *onto, gboolean after, GError **error)
{
  if (!hr_session_check_ready (session, error))
    return FALSE;
  switch (judge (dragged, onto))
    {
    case DROP_NONE:
      break;
    case DROP_ORDER:
      return put (hr_session_get_document (session), dragged, onto, after, error);
    case DROP_KEY:
      return use_in_key (session, dragged, onto, error);
    case DROP_INDEX:
      return make_index (session, dragged, error);
    case DROP_QUESTION:
      if (!ask (session, dragged, onto, error))
        return FALSE;
      hr_session_select_pattern (session, onto->name);
      return TRUE;
    }
  g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("This cannot be dropped here."));
  return FALSE;
}

static void
append_drop (GMenu *menu, const HrTarget *dragged, HrTarget onto)
{
  g_autofree char *word = hr_drag_describe (dragged, &onto);

  if (word != NULL)
    hr_menu_append (menu, word, "win.drop",
                    g_variant_new ("(@(ismss)@(ismss)b)", hr_target_to_variant (dragged), hr_target_to_variant (&onto),
                                   FALSE));
}

GMenuModel *
hr_drag_new_menu (HrSession *session, const HrTarget *dragged)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (session));
  const HrTable *table = dragged->table != NULL ? hr_model_find_table (model, dragged->table) : NULL;
  GMenu *menu = g_menu_new ();

  if (table != NULL)
    {
      const GPtrArray *const lists[] = { table->partition_key, table->sort_key };

      for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        for (guint j = 0; j < lists[i]->len; j++)
          append_drop (menu, dragged, HR_TARGET (TEMPLATE, table->name, dragged->owner,
                                                 ((const HrAttribute *) g_ptr_array_index (lists[i], j))->name));
      append_drop (menu, dragged, HR_TARGET (TABLE, table->name, NULL, NULL));
    }
  hr_menu_append (menu, _("_Delete"), "win.remove-target", hr_target_to_variant (dragged));
  return G_MENU_MODEL (menu);
}

GMenuModel *
hr_drag_new_entity_menu (HrSession *session, const HrTarget *entity)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (session));
  GMenuModel *menu = hr_menu_new_for_definition ();
  g_autoptr (GMenu) patterns = g_menu_new ();

  for (guint i = 0; i < model->patterns->len; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (model->patterns, i);
      const HrTarget onto = HR_TARGET (PATTERN, NULL, NULL, pattern->id);
      g_autofree char *label = g_strdup_printf ("%s  %s", pattern->id, pattern->name);

      if (find_asking_step (pattern) != NULL)
        hr_menu_append (patterns, label, "win.drop",
                        g_variant_new ("(@(ismss)@(ismss)b)", hr_target_to_variant (entity),
                                       hr_target_to_variant (&onto), FALSE));
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (patterns)) > 0)
    g_menu_append_submenu (G_MENU (menu), _("_Ask for These In"), G_MENU_MODEL (patterns));
  return menu;
}

/* Source */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *widget)
{
  GVariant *target = g_object_get_data (G_OBJECT (widget), "hr-dragged");

  return target != NULL ? gdk_content_provider_new_typed (G_TYPE_VARIANT, target) : NULL;
}

/* The name, and what letting go would do. */
static void
begin_cb (GtkDragSource *source, GdkDrag *drag, GtkWidget *widget)
{
  g_autofree HrTarget *target = hr_target_from_variant (g_object_get_data (G_OBJECT (widget), "hr-dragged"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *word = hr_label_new (NULL, "hr-drag-word");

  gtk_label_set_width_chars (GTK_LABEL (word), WORD_CHARS); /* what is dragged keeps its size */
  gtk_box_append (GTK_BOX (line), hr_label_new (hr_target_get_name (target), "hr-mono"));
  gtk_box_append (GTK_BOX (line), word);
  gtk_widget_add_css_class (line, "hr-drag");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), line);
}

static void
keep_target (GtkWidget *widget, const char *name, const HrTarget *target)
{
  GVariant *variant = target != NULL ? g_variant_ref_sink (hr_target_to_variant (target)) : NULL;

  g_object_set_data_full (G_OBJECT (widget), name, variant, (GDestroyNotify) g_variant_unref);
}

void
hr_drag_add_source (GtkWidget *widget, const HrTarget *target)
{
  GtkDragSource *source = gtk_drag_source_new ();

  keep_target (widget, "hr-dragged", target);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), widget);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
}

/* Drop */

/* A drag of this program knows its content at once. */
static HrTarget *
dup_dragged (GdkDrop *drop)
{
  GdkDrag *drag = drop != NULL ? gdk_drop_get_drag (drop) : NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_VARIANT);
  if (drag == NULL || !gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL)
      || g_value_get_variant (&value) == NULL
      || !g_variant_is_of_type (g_value_get_variant (&value), G_VARIANT_TYPE (HR_TARGET_VARIANT)))
    return NULL;
  return hr_target_from_variant (g_value_get_variant (&value));
}

static HrTarget *
dup_onto (GtkWidget *widget)
{
  GVariant *target = g_object_get_data (G_OBJECT (widget), "hr-onto");

  return target != NULL ? hr_target_from_variant (target) : NULL;
}

static gboolean
accept_cb (GtkDropTarget *target, GdkDrop *drop, GtkWidget *widget)
{
  g_autofree HrTarget *dragged = dup_dragged (drop);
  g_autofree HrTarget *onto = dup_onto (widget);

  return dragged != NULL && onto != NULL && judge (dragged, onto) != DROP_NONE;
}

/* The label beside the name that is dragged; kept with the widget until the drag leaves it. */
static void
say (GtkWidget *widget, GdkDrop *drop, const char *word)
{
  GdkDrag *drag = gdk_drop_get_drag (drop);
  GtkWidget *line = drag != NULL ? gtk_drag_icon_get_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag))) : NULL;
  GtkWidget *label = GTK_IS_BOX (line) ? gtk_widget_get_last_child (line) : NULL;

  if (label == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (label), word);
  g_object_set_data_full (G_OBJECT (widget), "hr-word", g_object_ref (label), g_object_unref);
}

static void
unsay (GtkWidget *widget)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (widget), "hr-word");

  if (label != NULL)
    gtk_label_set_text (GTK_LABEL (label), "");
  g_object_set_data (G_OBJECT (widget), "hr-word", NULL);
}

static void
clear (GtkWidget *widget)
{
  static const char *const classes[] = { "hr-drop-before", "hr-drop-after", "hr-drop-into" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (widget, classes[i]);
}

static gboolean
is_after (GtkWidget *widget, double y)
{
  return y > gtk_widget_get_height (widget) / 2.0;
}

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, GtkWidget *widget)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  g_autofree HrTarget *dragged = dup_dragged (drop);
  g_autofree HrTarget *onto = dup_onto (widget);
  g_autofree char *word = dragged != NULL && onto != NULL ? hr_drag_describe (dragged, onto) : NULL;

  if (word == NULL)
    return 0;
  clear (widget);
  gtk_widget_add_css_class (widget, judge (dragged, onto) != DROP_ORDER ? "hr-drop-into"
                                    : is_after (widget, y)              ? "hr-drop-after"
                                                                        : "hr-drop-before");
  say (widget, drop, word);
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target, GtkWidget *widget)
{
  clear (widget);
  unsay (widget);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *widget)
{
  clear (widget);
  unsay (widget);
  gtk_widget_activate_action (widget, "win.drop", "(@(ismss)@(ismss)b)", g_value_get_variant (value),
                              g_object_get_data (G_OBJECT (widget), "hr-onto"), is_after (widget, y));
  return TRUE;
}

void
hr_drag_add_drop (GtkWidget *widget, const HrTarget *target)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_VARIANT, GDK_ACTION_MOVE);

  keep_target (widget, "hr-onto", target);
  g_signal_connect (drop, "accept", G_CALLBACK (accept_cb), widget);
  g_signal_connect (drop, "enter", G_CALLBACK (motion_cb), widget);
  g_signal_connect (drop, "motion", G_CALLBACK (motion_cb), widget);
  g_signal_connect (drop, "leave", G_CALLBACK (leave_cb), widget);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkWidget *widget)
{
  GVariant *target = g_object_get_data (G_OBJECT (widget), "hr-dragged");

  if (target == NULL || (state & GDK_ALT_MASK) == 0 || (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (widget, "win.move-target", "(@" HR_TARGET_VARIANT "i)", target,
                              key == GDK_KEY_Up ? -1 : 1);
  return GDK_EVENT_STOP;
}

void
hr_drag_make_movable (GtkWidget *widget, const HrTarget *target)
{
  static const char movable[] = "hr-movable"; /* of the widget: it has the controllers */
  GtkEventController *keys;

  keep_target (widget, "hr-dragged", target);
  keep_target (widget, "hr-onto", target);
  if (target == NULL || g_object_get_data (G_OBJECT (widget), movable) != NULL)
    return;
  g_object_set_data (G_OBJECT (widget), movable, (gpointer) movable);
  keys = gtk_event_controller_key_new ();
  hr_drag_add_source (widget, target);
  hr_drag_add_drop (widget, target);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), widget);
  gtk_widget_add_controller (widget, keys);
}
