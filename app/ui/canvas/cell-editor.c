/*
 * HrCellEditor: a line of text with a type beside it, or a popover with several.
 *
 * Leaving the field is being done with it, as in a spreadsheet; only Escape throws away. While there is something
 * wrong with the text, leaving keeps nothing: then it has been said why, and Escape or another text are the ways out.
 */
#include "app/ui/canvas/cell-editor.h"

#include <adwaita.h>
#include <string.h>

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/choice.h"
#include "app/ui/pieces/code-view.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"

#define LINE_CHARS_MAX 80
#define LARGE_WIDTH    420
#define LARGE_HEIGHT   220
#define MESSAGE_WIDTH  330 /* px at the usual size of text */

struct _HrCellEditor
{
  GtkWidget parent_instance;

  gboolean is_active;
  gboolean is_large;
  gboolean has_error;

  /* children */
  GtkWidget *line;     /* box of the text and the type */
  GtkWidget *text;     /* GtkText */
  GtkWidget *type;     /* GtkDropDown */
  GtkWidget *message;  /* popover with what is wrong */
  GtkWidget *message_label;
  GtkWidget *large;    /* popover with a source view */
  GtkWidget *large_view;
  GtkWidget *large_type; /* GtkDropDown: the same as in the line */
  GtkWidget *large_message;
};

G_DEFINE_FINAL_TYPE (HrCellEditor, hr_cell_editor, GTK_TYPE_WIDGET)

static guint finished_signal;

static void
finish (HrCellEditor *self, HrCellEnd end)
{
  if (!self->is_active)
    return;
  g_signal_emit (self, finished_signal, 0, (guint) end);
}

static GtkTextBuffer *
get_buffer (HrCellEditor *self)
{
  return GTK_TEXT_BUFFER (hr_code_view_get_buffer (self->large_view));
}

char *
hr_cell_editor_dup_text (HrCellEditor *self)
{
  GtkTextIter start, end;

  if (!self->is_large)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

HrType
hr_cell_editor_get_value_type (HrCellEditor *self)
{
  return (HrType) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->type));
}

void
hr_cell_editor_set_error (HrCellEditor *self, const char *message)
{
  self->has_error = message != NULL;
  gtk_label_set_text (GTK_LABEL (self->message_label), message != NULL ? message : "");
  gtk_label_set_text (GTK_LABEL (self->large_message), message != NULL ? message : "");
  gtk_widget_set_visible (self->large_message, message != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  if (message != NULL && !self->is_large)
    gtk_popover_popup (GTK_POPOVER (self->message));
  else
    gtk_popover_popdown (GTK_POPOVER (self->message));
}

/* What has structure, or lines, does not fit into one. */
static gboolean
is_large (HrType type, const char *text)
{
  return type == HR_TYPE_M || type == HR_TYPE_L || strchr (text, '\n') != NULL
         || (type != HR_TYPE_B && g_utf8_strlen (text, -1) > LINE_CHARS_MAX);
}

static void
open_large (HrCellEditor *self, const char *text)
{
  self->is_large = TRUE;
  gtk_widget_set_visible (self->text, FALSE);
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  gtk_popover_popup (GTK_POPOVER (self->large));
  gtk_widget_grab_focus (hr_code_view_get_text_view (self->large_view));
}

void
hr_cell_editor_start (HrCellEditor *self, const char *label, HrType type, const char *text, gboolean replaces)
{
  g_return_if_fail (HR_IS_CELL_EDITOR (self) && text != NULL);

  self->is_active = FALSE;
  self->is_large = !replaces && is_large (type, text);
  hr_cell_editor_set_error (self, NULL);
  hr_a11y_set_label (self->text, label);
  hr_a11y_set_label (hr_code_view_get_text_view (self->large_view), label);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->type), type);
  gtk_editable_set_text (GTK_EDITABLE (self->text), self->is_large ? "" : text);
  gtk_widget_set_visible (self->text, TRUE);
  self->is_active = TRUE;
  if (self->is_large)
    {
      open_large (self, text);
      return;
    }
  gtk_widget_grab_focus (self->text);
  if (replaces)
    gtk_editable_set_position (GTK_EDITABLE (self->text), -1);
  else
    gtk_editable_select_region (GTK_EDITABLE (self->text), 0, -1);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrCellEditor *self)
{
  switch (key)
    {
    case GDK_KEY_Escape:
      finish (self, HR_CELL_CANCEL);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->is_large && (state & GDK_CONTROL_MASK) == 0)
        return GDK_EVENT_PROPAGATE;
      finish (self, HR_CELL_DOWN);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
      finish (self, (state & GDK_SHIFT_MASK) != 0 ? HR_CELL_PREVIOUS : HR_CELL_NEXT);
      return GDK_EVENT_STOP;
    case GDK_KEY_ISO_Left_Tab:
      finish (self, HR_CELL_PREVIOUS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      if ((state & GDK_ALT_MASK) != 0)
        {
          gtk_widget_activate (self->is_large ? self->large_type : self->type);
          return GDK_EVENT_STOP;
        }
      return self->is_large ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
hr_cell_editor_finish (HrCellEditor *self)
{
  g_return_if_fail (HR_IS_CELL_EDITOR (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    finish (self, self->has_error ? HR_CELL_CANCEL : HR_CELL_STAY);
}

void
hr_cell_editor_finish_focused (GtkRoot *root)
{
  GtkWidget *focus = gtk_root_get_focus (root);
  GtkWidget *editor = focus != NULL ? gtk_widget_get_ancestor (focus, HR_TYPE_CELL_EDITOR) : NULL;
  GtkWidget *parent = editor != NULL ? gtk_widget_get_parent (editor) : NULL;

  if (editor == NULL)
    return;
  g_object_ref (parent);
  hr_cell_editor_finish (HR_CELL_EDITOR (editor));
  if (gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (parent);
  g_object_unref (parent);
}

/* A drop-down or a popover of ours is no leaving. */
static gboolean
leave_idle_cb (gpointer user_data)
{
  HrCellEditor *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    hr_cell_editor_finish (self);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
leave_cb (HrCellEditor *self)
{
  if (self->is_active)
    g_idle_add (leave_idle_cb, g_object_ref (self));
}

static void
changed_cb (HrCellEditor *self)
{
  if (self->has_error)
    hr_cell_editor_set_error (self, NULL);
}

/* What the text is taken for from now on; the text is what comes next. */
static void
type_changed_cb (HrCellEditor *self)
{
  g_autofree char *text = NULL;

  changed_cb (self);
  if (!self->is_active)
    return;
  text = hr_cell_editor_dup_text (self);
  if (self->is_large)
    gtk_widget_grab_focus (hr_code_view_get_text_view (self->large_view));
  else if (is_large (hr_cell_editor_get_value_type (self), text))
    open_large (self, text);
  else
    gtk_widget_grab_focus (self->text);
}

static void
large_closed_cb (HrCellEditor *self)
{
  if (self->is_active && self->is_large)
    finish (self, self->has_error ? HR_CELL_CANCEL : HR_CELL_STAY);
}

static void
done_clicked_cb (HrCellEditor *self)
{
  finish (self, HR_CELL_STAY);
}

static void
hr_cell_editor_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrCellEditor *self = HR_CELL_EDITOR (widget);

  gtk_widget_size_allocate (self->line, &(GtkAllocation){ 0, 0, width, height }, -1);
  gtk_popover_present (GTK_POPOVER (self->message));
  gtk_popover_present (GTK_POPOVER (self->large));
}

static void
hr_cell_editor_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (HR_CELL_EDITOR (widget)->line, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
hr_cell_editor_hide (GtkWidget *widget)
{
  HrCellEditor *self = HR_CELL_EDITOR (widget);

  self->is_active = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->message));
  gtk_popover_popdown (GTK_POPOVER (self->large));
  GTK_WIDGET_CLASS (hr_cell_editor_parent_class)->hide (widget);
}

/* Who showed it is going, too. */
static void
hr_cell_editor_unroot (GtkWidget *widget)
{
  HR_CELL_EDITOR (widget)->is_active = FALSE;
  GTK_WIDGET_CLASS (hr_cell_editor_parent_class)->unroot (widget);
}

static void
hr_cell_editor_dispose (GObject *object)
{
  HrCellEditor *self = HR_CELL_EDITOR (object);

  self->is_active = FALSE;
  g_clear_pointer (&self->message, gtk_widget_unparent);
  g_clear_pointer (&self->large, gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  G_OBJECT_CLASS (hr_cell_editor_parent_class)->dispose (object);
}

static void
hr_cell_editor_class_init (HrCellEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_cell_editor_dispose;
  widget_class->size_allocate = hr_cell_editor_size_allocate;
  widget_class->measure = hr_cell_editor_measure;
  widget_class->hide = hr_cell_editor_hide;
  widget_class->unroot = hr_cell_editor_unroot;
  gtk_widget_class_set_css_name (widget_class, "celleditor");
  finished_signal = g_signal_new ("finished", HR_TYPE_CELL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_UINT);
}

static void
add_keys (HrCellEditor *self, GtkWidget *widget)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
}

static GtkWidget *
new_types (void)
{
  GtkWidget *choice = hr_choice_new_types (_("Type of the value"));

  hr_tooltip_set (choice, _("Type of the value (Alt+Down)"));
  return choice;
}

static void
make_line (HrCellEditor *self)
{
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->text = gtk_text_new ();
  hr_a11y_make_field (self->text, _("Value"));
  self->type = new_types ();
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_box_append (GTK_BOX (self->line), self->text);
  gtk_box_append (GTK_BOX (self->line), self->type);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  add_keys (self, self->line);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->type, "notify::selected", G_CALLBACK (type_changed_cb), self);
}

/* A popover asks how high a text is in its own width, which its shadow is a part of: a clamp says it of the width that
 * the text has. */
static void
make_message (HrCellEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *clamp = adw_clamp_new ();
  int width = (int) (MESSAGE_WIDTH * hr_look_get_text_scale (GTK_WIDGET (self)));

  self->message = gtk_popover_new ();
  self->message_label = hr_text_label_new (NULL, "hr-error");
  gtk_box_append (GTK_BOX (box), hr_icon_new ("hr-error-symbolic"));
  gtk_box_append (GTK_BOX (box), self->message_label);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_popover_set_autohide (GTK_POPOVER (self->message), FALSE);
  gtk_popover_set_child (GTK_POPOVER (self->message), clamp);
  gtk_widget_set_can_focus (self->message, FALSE);
  gtk_widget_set_parent (self->message, GTK_WIDGET (self));
}

static void
make_large (HrCellEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *done = gtk_button_new_with_label (_("Done"));

  self->large = gtk_popover_new ();
  self->large_view = hr_code_view_new ("", "json");
  self->large_message = hr_text_label_new (NULL, "hr-error caption");
  gtk_text_view_set_editable (GTK_TEXT_VIEW (hr_code_view_get_text_view (self->large_view)), TRUE);
  gtk_widget_set_size_request (self->large_view, LARGE_WIDTH, LARGE_HEIGHT);
  hr_tooltip_set (done, _("Take over (Ctrl+Enter)"));
  self->large_type = new_types ();
  g_object_bind_property (self->type, "selected", self->large_type, "selected",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_widget_set_hexpand (done, TRUE);
  gtk_widget_set_halign (done, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (foot), self->large_type);
  gtk_box_append (GTK_BOX (foot), self->large_message);
  gtk_box_append (GTK_BOX (foot), done);
  gtk_box_append (GTK_BOX (box), self->large_view);
  gtk_box_append (GTK_BOX (box), foot);
  gtk_popover_set_child (GTK_POPOVER (self->large), box);
  gtk_widget_set_parent (self->large, GTK_WIDGET (self));
  add_keys (self, box);
  g_signal_connect_swapped (get_buffer (self), "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->large, "closed", G_CALLBACK (large_closed_cb), self);
  g_signal_connect_swapped (done, "clicked", G_CALLBACK (done_clicked_cb), self);
}

static void
hr_cell_editor_init (HrCellEditor *self)
{
  make_line (self);
  make_message (self);
  make_large (self);
}

GtkWidget *
hr_cell_editor_new (void)
{
  return g_object_new (HR_TYPE_CELL_EDITOR, NULL);
}
