/*
 * What a run gave, compared with what was expected of it.
 *
 * Units come in halves and are compared as such; keys are compared by value, so that the spelling of a file does not
 * matter. Only the first key that differs is told: the rest differ because of it.
 */
#include "model/document/runner-private.h"

#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"

#include <math.h>

#define UNITS_TOLERANCE 1e-9

static void G_GNUC_PRINTF (2, 3)
add (GPtrArray *mismatches, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (mismatches, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* The same key always in the same words; text that is no item stays as it is. */
static char *
normalise_key (const char *text)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrBuffer out = HR_BUFFER_INIT;
  HrJsonError json_error;
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &json_error);
  HrValue key;

  if (json == NULL || !hr_item_from_json (arena, json, &key, &error))
    return g_strdup (text);
  hr_item_to_json (&key, FALSE, &out);
  return hr_buffer_steal (&out, NULL);
}

static gboolean
compare_key (guint index, const GPtrArray *expected, const GPtrArray *got, GPtrArray *mismatches)
{
  const char *wanted = index < expected->len ? g_ptr_array_index (expected, index) : NULL;
  const char *given = index < got->len ? g_ptr_array_index (got, index) : NULL;
  g_autofree char *wanted_text = wanted != NULL ? normalise_key (wanted) : NULL;

  if (g_strcmp0 (wanted_text, given) == 0)
    return TRUE;
  if (wanted == NULL)
    add (mismatches, _("keys: expected %u, got one more: %s"), expected->len, given);
  else if (given == NULL)
    add (mismatches, _("keys: expected key %u to be %s, got none"), index + 1, wanted_text);
  else
    add (mismatches, _("keys: expected key %u to be %s, got %s"), index + 1, wanted_text, given);
  return FALSE;
}

static void
compare_keys (const HrExpectation *expect, const HrOutcome *outcome, GPtrArray *mismatches)
{
  guint count = MAX (expect->keys->len, outcome->keys->len);

  if (outcome->keys_incomplete)
    {
      add (mismatches,
           _("keys: cannot be compared, because items came back without their keys. Let the request project them."));
      return;
    }
  for (guint i = 0; i < count; i++)
    if (!compare_key (i, expect->keys, outcome->keys, mismatches))
      return;
}

static void
compare_count (const char *what, gboolean wanted, guint64 expected, guint64 got, GPtrArray *mismatches)
{
  g_autofree char *expected_text = g_strdup_printf ("%" G_GUINT64_FORMAT, expected);
  g_autofree char *got_text = g_strdup_printf ("%" G_GUINT64_FORMAT, got);

  if (wanted && expected != got)
    add (mismatches, _("%s: expected %s, got %s"), what, expected_text, got_text);
}

static void
compare_units (const char *what, gboolean wanted, double expected, double got, GPtrArray *mismatches)
{
  char expected_text[G_ASCII_DTOSTR_BUF_SIZE];
  char got_text[G_ASCII_DTOSTR_BUF_SIZE];

  if (wanted && !(fabs (expected - got) <= UNITS_TOLERANCE))
    add (mismatches, _("%s: expected %s, got %s"), what,
         g_ascii_formatd (expected_text, sizeof expected_text, "%.10g", expected),
         g_ascii_formatd (got_text, sizeof got_text, "%.10g", got));
}

void
hr_expectation_compare (const HrExpectation *expect, const HrOutcome *outcome, GPtrArray *mismatches)
{
  if (g_strcmp0 (expect->error, outcome->error_name) != 0)
    add (mismatches, _("%s: expected %s, got %s"), "error", expect->error != NULL ? expect->error : C_("error", "none"),
         outcome->error_name != NULL ? outcome->error_name : C_("error", "none"));
  compare_count ("count", expect->has_count, expect->count, outcome->count, mismatches);
  compare_count ("scanned", expect->has_scanned, expect->scanned, outcome->scanned, mismatches);
  if (expect->keys != NULL)
    compare_keys (expect, outcome, mismatches);
  compare_units ("read_units", expect->has_read_units, expect->read_units, outcome->read_units, mismatches);
  compare_units ("write_units", expect->has_write_units, expect->write_units, outcome->write_units, mismatches);
}
