/*
 * Fixes as buttons: what a finding has a remedy for is one press away from being mended.
 *
 * A button remembers the finding, not the remedy: this is looked for again when it is pressed, for the model may have
 * changed since.
 */
#include "app/ui/editing/fixes.h"

#include "app/session/edit-target.h"
#include "app/session/item-actions.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/fix.h"

#define LABEL_CHARS 32 /* that are always to be seen */

static void
show_entry (HrSession *session, const HrConcern *concern)
{
  const HrItemRef ref = { concern->table, NULL, concern->ordinal };
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrDraft *draft = NULL;
  const HrTable *table;
  HrValue item, key;

  hr_session_show_table (session, concern->table, NULL);
  g_object_set (session, "view", "table", NULL);
  table = hr_session_get_table (session);
  if (table == NULL || hr_session_is_busy (session))
    return;
  if (!hr_document_get_entry (hr_session_get_document (session), &ref, arena, &item, &draft, NULL) && draft == NULL)
    return;
  if (draft != NULL)
    hr_session_select_draft (session, concern->ordinal);
  else if (hr_item_dup_key (table, &item, arena, &key))
    hr_session_select_item (session, &key, 0);
}

void
hr_session_show_concern (HrSession *session, const HrConcern *concern)
{
  const HrTarget target = { (HrTargetKind) concern->kind, concern->table, concern->owner, concern->name };
  gboolean is_pattern = target.kind == HR_TARGET_PATTERN || target.kind == HR_TARGET_PARAMETER
                        || target.kind == HR_TARGET_STEP;

  if (concern->ordinal >= 0)
    {
      show_entry (session, concern);
      return;
    }
  g_object_set (session, "view", is_pattern ? "patterns" : "design", NULL);
  hr_session_select_target (session, &target);
}

/* Finding: what a button is for. */
typedef struct
{
  HrSession *session;
  const char *code; /* static */
  HrConcern *concern;
} Finding;

static void
finding_free (gpointer data, GClosure *closure)
{
  Finding *self = data;

  g_object_unref (self->session);
  g_free (self->concern);
  g_free (self);
}

static Finding *
finding_new (HrSession *session, const char *code, const HrConcern *concern)
{
  Finding *self = g_new (Finding, 1);

  *self = (Finding) { g_object_ref (session), code, hr_concern_copy (concern) };
  return self;
}

static gboolean
mend_cb (HrDocument *document, gpointer data, GError **error)
{
  return hr_fix_apply (data, document, NULL, error);
}

/* What is selected and shown stays: there may be more to mend. */
static gboolean
mend (const Finding *finding, GError **error)
{
  HrDocument *document = hr_session_get_document (finding->session);
  HrSessionChange change = { .func = mend_cb, .free_data = (GDestroyNotify) hr_fix_free };
  g_autofree char *said = NULL;
  HrFix *fix;

  if (!hr_session_check_ready (finding->session, error))
    return FALSE;
  fix = hr_fix_find (document, finding->code, finding->concern);
  if (fix == NULL)
    return TRUE; /* it is no longer so */
  said = g_strdup_printf (_("Done: %s"), hr_fix_get_label (fix));
  change.name = hr_fix_get_label (fix);
  change.n_rows = hr_fix_count_rows (fix, document);
  change.data = fix;
  if (!hr_session_change (finding->session, &change, error))
    return FALSE;
  hr_session_say_done (finding->session, said);
  return TRUE;
}

static void
clicked_cb (GtkWidget *button, const Finding *finding)
{
  g_autoptr (GError) error = NULL;

  g_object_ref (button);
  if (!mend (finding, &error))
    hr_toast (button, error->message);
  g_object_unref (button);
}

GtkWidget *
hr_fix_button_new (HrSession *session, const char *code, const HrConcern *concern)
{
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrFix) fix = NULL;
  GtkWidget *button;
  GtkLabel *label;

  if (document == NULL || concern == NULL || hr_session_is_busy (session))
    return NULL;
  fix = hr_fix_find (document, code, concern);
  if (fix == NULL)
    return NULL;
  button = gtk_button_new_with_label (hr_fix_get_label (fix));
  gtk_widget_add_css_class (button, "hr-fix");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (label, MIN (g_utf8_strlen (hr_fix_get_label (fix), -1), LABEL_CHARS));
  gtk_widget_set_tooltip_text (button, hr_fix_get_label (fix));
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), finding_new (session, code, concern),
                         finding_free, 0);
  return button;
}
