/*
 * The row below a field: what is wrong with it, or what its edit would do.
 *
 * A field's own message goes first. Without one there stands what the check of the model found about it, with the
 * button that mends it: a property names the codes of such findings, and the target tells which ones are meant.
 */
#include "app/ui/editing/field.h"

#include <string.h>

#include "app/ui/editing/fixes.h"
#include "app/ui/pieces/pieces.h"

typedef struct
{
  const char *icon;
  const char *note_class; /* or NULL */
  const char *row_class;  /* or NULL */
} Look;

static const Look looks[] = {
  [HR_SEVERITY_NOTE] = { "hr-note-symbolic", NULL, NULL },
  [HR_SEVERITY_WARNING] = { "hr-warning-symbolic", "hr-advice", "warning" },
  [HR_SEVERITY_ERROR] = { "hr-error-symbolic", "hr-field-error", "error" },
};

void
hr_field_make_note (HrField *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->note_row = adw_preferences_row_new (); /* any other row would go below the whole group */
  self->note_text = hr_text_label_new (NULL, "hr-field-message");
  self->note_icon = hr_icon_new ("hr-error-symbolic");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), self->note_text);
  gtk_box_append (GTK_BOX (self->note), self->note_icon);
  gtk_box_append (GTK_BOX (self->note), texts);
  gtk_widget_add_css_class (self->note, "hr-field-note");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->note_row), self->note);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->note_row), FALSE);
  gtk_widget_set_focusable (self->note_row, FALSE);
  gtk_widget_set_visible (self->note_row, FALSE);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean is_set)
{
  if (name == NULL)
    return;
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
set_look (HrField *self, const Look *look)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      if (self->note != NULL)
        set_class (self->note, looks[i].note_class, &looks[i] == look);
      set_class (self->row, looks[i].row_class, &looks[i] == look);
    }
}

/* NULL: takes the one away that is there. */
static void
set_fix (HrField *self, GtkWidget *button)
{
  GtkWidget *texts = gtk_widget_get_parent (self->note_text);

  if (self->note_fix != NULL)
    gtk_box_remove (GTK_BOX (texts), self->note_fix);
  self->note_fix = button;
  if (button == NULL)
    return;
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (texts), button);
}

static void
set_message (HrField *self, HrSeverity severity, const char *message)
{
  GtkAccessible *control = GTK_ACCESSIBLE (self->control != NULL ? self->control : self->row);
  gboolean is_invalid = message != NULL && severity == HR_SEVERITY_ERROR;

  gtk_accessible_update_state (control, GTK_ACCESSIBLE_STATE_INVALID,
                               is_invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  set_look (self, message != NULL ? &looks[severity] : NULL);
  if (self->note_row == NULL)
    return;
  hr_label_set_words (GTK_LABEL (self->note_text), message != NULL ? message : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->note_icon), looks[severity].icon);
  gtk_widget_set_visible (self->note_row, message != NULL);
}

void
hr_field_show_message (HrField *self, HrSeverity severity, const char *message)
{
  if (self->note_row != NULL)
    set_fix (self, NULL);
  set_message (self, severity, message);
}

/* Findings */

static gboolean
has_word (const char *words, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (words, word); at != NULL; at = strstr (at + length, word))
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

/* A table is told by its own name alone. */
static gboolean
is_about (const HrConcern *concern, const HrTarget *target)
{
  if (concern == NULL || concern->ordinal >= 0 || concern->kind != (int) target->kind
      || g_strcmp0 (concern->table, target->table) != 0)
    return FALSE;
  return target->kind == HR_TARGET_TABLE
         || (g_strcmp0 (concern->owner, target->owner) == 0 && g_strcmp0 (concern->name, target->name) == 0);
}

static const HrDiagnostic *
find_finding (HrField *self)
{
  const HrDiagnostics *findings = self->codes != NULL ? hr_session_get_diagnostics (self->fields->session) : NULL;

  for (guint i = 0; findings != NULL && i < hr_diagnostics_get_count (findings); i++)
    {
      const HrDiagnostic *finding = hr_diagnostics_get (findings, i);

      if (is_about (finding->concern, self->target) && has_word (self->codes, finding->code))
        return finding;
    }
  return NULL;
}

void
hr_field_show_finding (HrField *self)
{
  const HrDiagnostic *finding;

  if (self->has_own_message)
    return;
  finding = find_finding (self);
  if (finding == NULL)
    {
      hr_field_show_message (self, HR_SEVERITY_NOTE, NULL);
      return;
    }
  hr_field_show_message (self, finding->severity, finding->message);
  set_fix (self, hr_fix_button_new (self->fields->session, finding->code, finding->concern));
}
