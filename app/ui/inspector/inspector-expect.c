/*
 * What a pattern should give: each figure can be typed, left out, or taken over from the run that is shown.
 *
 * An empty field compares nothing. Keys are never typed: they are those of a run, in its order, or none.
 */
#include "app/ui/inspector/inspector-private.h"

#include <math.h>
#include <string.h>

#include "app/session/figures.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "model/document/pattern-make.h"

static gboolean
is_empty (const HrExpectation *expect)
{
  return !expect->has_count && !expect->has_scanned && !expect->has_read_units && !expect->has_write_units
         && expect->keys == NULL && expect->error == NULL && expect->extras == NULL;
}

/* Of the pattern, or of one that expects nothing yet. */
static HrExpectation *
copy_expectation (HrSession *session, const HrTarget *target)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (session));
  const HrPattern *pattern = hr_model_find_pattern (model, target->name);

  return pattern != NULL && pattern->expect != NULL ? hr_expectation_copy (pattern->expect) : hr_expectation_new ();
}

/* Takes @expect. */
static gboolean
set_expectation (HrSession *session, const HrTarget *target, HrExpectation *expect, GError **error)
{
  gboolean done = hr_document_set_expectation (hr_session_get_document (session), target,
                                               is_empty (expect) ? NULL : expect, error);

  hr_expectation_free (expect);
  return done;
}

/* A figure of an expectation by its place: whether it is compared, and with what. */

static char *
get_number (const HrTargetPlace *place, gsize has, gsize offset)
{
  const HrExpectation *expect = place->pattern->expect;

  if (expect == NULL || !G_STRUCT_MEMBER (gboolean, expect, has))
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT, G_STRUCT_MEMBER (guint64, expect, offset));
}

static gboolean
set_number (HrSession *session, const HrTarget *target, const char *text, gsize has, gsize offset, GError **error)
{
  HrExpectation *expect;
  guint64 value = 0;

  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Type a number, or nothing to leave it open."));
      return FALSE;
    }
  expect = copy_expectation (session, target);
  G_STRUCT_MEMBER (gboolean, expect, has) = *text != '\0';
  G_STRUCT_MEMBER (guint64, expect, offset) = value;
  return set_expectation (session, target, expect, error);
}

static char *
get_units (const HrTargetPlace *place, gsize has, gsize offset)
{
  const HrExpectation *expect = place->pattern->expect;
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (expect == NULL || !G_STRUCT_MEMBER (gboolean, expect, has))
    return NULL;
  return g_strdup (g_ascii_formatd (text, sizeof text, "%.1f", G_STRUCT_MEMBER (double, expect, offset)));
}

static gboolean
set_units (HrSession *session, const HrTarget *target, const char *text, gsize has, gsize offset, GError **error)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  HrExpectation *expect;

  if (*text != '\0' && (end == text || *end != '\0' || !isfinite (value) || value < 0))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Type a number, or nothing to leave it open."));
      return FALSE;
    }
  expect = copy_expectation (session, target);
  G_STRUCT_MEMBER (gboolean, expect, has) = *text != '\0';
  G_STRUCT_MEMBER (double, expect, offset) = *text != '\0' ? value : 0;
  return set_expectation (session, target, expect, error);
}

#define FIGURE(kind, member)                                                                                           \
  static char *get_##member (const HrTargetPlace *place)                                                               \
  {                                                                                                                    \
    return get_##kind (place, G_STRUCT_OFFSET (HrExpectation, has_##member),                                           \
                       G_STRUCT_OFFSET (HrExpectation, member));                                                       \
  }                                                                                                                    \
  static gboolean set_##member (HrSession *session, const HrTarget *target, const char *text, GError **error)          \
  {                                                                                                                    \
    return set_##kind (session, target, text, G_STRUCT_OFFSET (HrExpectation, has_##member),                           \
                       G_STRUCT_OFFSET (HrExpectation, member), error);                                                \
  }

FIGURE (number, count)
FIGURE (number, scanned)
FIGURE (units, read_units)
FIGURE (units, write_units)

static char *
get_error (const HrTargetPlace *place)
{
  return place->pattern->expect != NULL ? g_strdup (place->pattern->expect->error) : NULL;
}

static gboolean
set_error (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  HrExpectation *expect = copy_expectation (session, target);

  g_free (expect->error);
  expect->error = *text != '\0' ? g_strdup (text) : NULL;
  return set_expectation (session, target, expect, error);
}

static gboolean
get_keys (const HrTargetPlace *place)
{
  return place->pattern->expect != NULL && place->pattern->expect->keys != NULL;
}

static gboolean
set_keys (HrSession *session, const HrTarget *target, gboolean value, GError **error)
{
  const HrPatternRun *run = hr_session_get_run (session);
  HrExpectation *expect;

  if (value && (run == NULL || strcmp (run->id, target->name) != 0))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Run the pattern first: the items are taken from its "
                                                                "result."));
      return FALSE;
    }
  if (value)
    return hr_document_take_expectations (hr_session_get_document (session), run, HR_TAKE_COUNT | HR_TAKE_KEYS, error);
  expect = copy_expectation (session, target);
  g_clear_pointer (&expect->keys, g_ptr_array_unref);
  return set_expectation (session, target, expect, error);
}

static const HrTextProperty figures[] = {
  { .title = N_("Items"), .get = get_count, .set = set_count },
  { .title = N_("Looked at"), .get = get_scanned, .set = set_scanned },
  { .title = N_("RCU"), .get = get_read_units, .set = set_read_units },
  { .title = N_("WCU"), .get = get_write_units, .set = set_write_units },
  { .title = N_("Error"), .get = get_error, .set = set_error, .is_code = TRUE },
};
static const HrSwitchProperty keys = {
  .title = N_("These items, in this order"), .subtitle = N_("Those of the run that is shown"), .get = get_keys,
  .set = set_keys
};

static void
append_figure (GString *text, char *figure)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", figure);
  g_free (figure);
}

static void
refresh_row (GtkWidget *row, const HrTargetPlace *place)
{
  const HrExpectation *expect = place->pattern->expect;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *count = expect != NULL ? hr_figure_number (expect->count) : NULL;

  if (expect != NULL && expect->has_count)
    append_figure (text, g_strdup_printf (ngettext_ ("%s item", "%s items", expect->count), count));
  if (expect != NULL && expect->has_read_units && expect->read_units > 0)
    append_figure (text, hr_figure_units (expect->read_units, "RCU"));
  if (expect != NULL && expect->has_write_units && expect->write_units > 0)
    append_figure (text, hr_figure_units (expect->write_units, "WCU"));
  if (expect != NULL && expect->error != NULL)
    append_figure (text, g_strdup (expect->error));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), expect != NULL ? text->str : _("Nothing is compared yet"));
}

static GtkWidget *
new_text_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "hr-pill-button");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

void
hr_inspector_add_expected (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  const HrTarget target = HR_TARGET (PATTERN, NULL, NULL, pattern->id);
  GtkWidget *group = hr_inspector_add_group (panel, NULL);
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *buttons = hr_wrap_box_new (6);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Expected result"));
  hr_fields_add_custom (fields, row, &target, refresh_row);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    hr_fields_add_text (fields, row, &figures[i], &target);
  hr_fields_add_switch (fields, row, &keys, &target);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (GTK_BOX (buttons), new_text_button (_("Expect this result"), "win.expect-run"));
  if (pattern->expect != NULL)
    gtk_box_append (GTK_BOX (buttons), new_text_button (_("Remove the expectation"), "win.expect-nothing"));
  gtk_widget_add_css_class (buttons, "hr-expect-buttons");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), buttons);
}
