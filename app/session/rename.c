/*
 * Changes that reach far, as fields make them: refactorings of the model that are applied as soon as somebody is done,
 * and described while somebody is still typing.
 */
#include "app/session/rename.h"

#include "app/session/edit-target.h"
#include "app/session/session-private.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/refactor.h"

/* Trying costs what doing costs: more rows than this are tried by a thread. */
#define TRIED_AT_ONCE 500

static gboolean
check_ready (HrSession *session, GError **error)
{
  if (hr_session_get_document (session) != NULL && !hr_session_is_busy (session) &&
      !hr_session_is_changing (session))
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("The model is busy. Try again when that is done."));
  return FALSE;
}

static gboolean
apply_cb (HrDocument *document, gpointer data, GError **error)
{
  return hr_refactoring_apply (data, document, error);
}

static void
applied_cb (HrSession *session, gpointer data)
{
  const HrRefactoring *refactoring = data;

  if (refactoring->selection != NULL)
    hr_session_select_target (session, refactoring->selection);
}

/* Takes @refactoring. */
static gboolean
apply (HrSession *session, HrRefactoring *refactoring, GError **error)
{
  HrSessionChange change = { .func = apply_cb,
                             .done = applied_cb,
                             .data = refactoring,
                             .free_data = (GDestroyNotify)hr_refactoring_free };

  if (refactoring == NULL)
    return FALSE;
  change.name = refactoring->name;
  change.n_rows = hr_refactoring_count_rows (refactoring, hr_session_get_document (session));
  return hr_session_change (session, &change, error);
}

static HrRefactoring *
make_rename (HrSession *session, const HrTarget *target, const char *name, GError **error)
{
  return hr_refactor_rename (hr_session_get_document (session), target, name, HR_RENAME_TABLE_WIDE, error);
}

static HrRefactoring *
make_template (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return hr_refactor_template (hr_session_get_document (session), target->table, target->owner, target->name, text,
                               TRUE, error);
}

gboolean
hr_session_rename (HrSession *session, const HrTarget *target, const char *name, GError **error)
{
  return check_ready (session, error) && apply (session, make_rename (session, target, name, error), error);
}

gboolean
hr_session_retype (HrSession *session, const HrTarget *target, HrType type, GError **error)
{
  if (!check_ready (session, error))
    return FALSE;
  return apply (session, hr_refactor_type (hr_session_get_document (session), target, type, error), error);
}

gboolean
hr_session_retemplate (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return check_ready (session, error) && apply (session, make_template (session, target, text, error), error);
}

static void
add_part (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, _(", "));
  g_string_append (text, part);
  g_free (part);
}

/* "3 places, 12 items". NULL when only the definition itself changes. */
static char *
describe (const HrRefactoring *self)
{
  GString *text = g_string_new (NULL);
  char *sentence;

  if (self->changes->len > 1)
    add_part (text, g_strdup_printf (ngettext_ ("%u place", "%u places", self->changes->len), self->changes->len));
  if (self->n_items > 0)
    add_part (text, g_strdup_printf (ngettext_ ("%u item", "%u items", self->n_items), self->n_items));
  if (self->n_become_drafts > 0)
    add_part (text, g_strdup_printf (ngettext_ ("%u becomes a draft", "%u become drafts", self->n_become_drafts),
                                     self->n_become_drafts));
  if (self->n_stay > 0)
    add_part (text, g_strdup_printf (ngettext_ ("%u stays as it is", "%u stay as they are", self->n_stay),
                                     self->n_stay));
  sentence = text->len > 0 ? g_strdup_printf (_("Enter changes: %s."), text->str) : NULL;
  g_string_free (text, TRUE);
  return sentence;
}

typedef HrRefactoring *(*MakeFunc) (HrSession *session, const HrTarget *target, const char *text, GError **error);

static char *
try_out (HrSession *session, const HrTarget *target, const char *text, MakeFunc make)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrRefactoring) refactoring = NULL;

  HrDocument *document = hr_session_get_document (session);
  char *sentence = NULL;

  hr_session_cancel_preview (session);
  if (!check_ready (session, NULL))
    return NULL;
  refactoring = make (session, target, text, &error);
  if (refactoring != NULL && hr_refactoring_count_rows (refactoring, document) > TRIED_AT_ONCE)
    sentence = hr_session_start_preview (session, g_steal_pointer (&refactoring), describe, &error);
  else if (refactoring != NULL && hr_refactoring_try (refactoring, document, &error))
    sentence = describe (refactoring);
  return error != NULL ? g_strdup (error->message) : sentence;
}

char *
hr_session_describe_rename (HrSession *session, const HrTarget *target, const char *name)
{
  return try_out (session, target, name, make_rename);
}

char *
hr_session_describe_retemplate (HrSession *session, const HrTarget *target, const char *text)
{
  return try_out (session, target, text, make_template);
}
