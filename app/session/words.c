/* What definitions are called, in words: types, projections, streams, costs; and keys where there is little room. */
#include "app/session/words.h"

#include "app/session/figures.h"
#include "model/base/i18n.h"

#define KEY_CHARS_MAX   34
#define KEY_CHARS_START 12
#define KEY_CHARS_END   4

const char *
hr_type_describe (HrType type)
{
  static const char *const names[HR_N_TYPES] = {
    [HR_TYPE_S] = N_("String"),
    [HR_TYPE_N] = N_("Number"),
    [HR_TYPE_B] = N_("Binary"),
    [HR_TYPE_BOOL] = N_("Boolean"),
    [HR_TYPE_NULL] = N_("Null"),
    [HR_TYPE_M] = N_("Map"),
    [HR_TYPE_L] = N_("List"),
    [HR_TYPE_SS] = N_("String set"),
    [HR_TYPE_NS] = N_("Number set"),
    [HR_TYPE_BS] = N_("Binary set"),
  };

  return type < HR_N_TYPES ? _(names[type]) : "";
}

char *
hr_key_shorten (const char *key)
{
  glong length = g_utf8_strlen (key, -1);
  g_autofree char *start = NULL;

  if (length <= KEY_CHARS_MAX)
    return g_strdup (key);
  start = g_utf8_substring (key, 0, KEY_CHARS_START);
  return g_strconcat (start, "…", g_utf8_offset_to_pointer (key, length - KEY_CHARS_END), NULL);
}

char *
hr_index_describe_projection (const HrIndex *index)
{
  g_autoptr (GString) names = NULL;

  if (index->projection == HR_PROJECT_ALL)
    return g_strdup (_("all attributes"));
  if (index->projection == HR_PROJECT_KEYS_ONLY)
    return g_strdup (_("keys only"));
  names = g_string_new (_("keys"));
  for (guint i = 0; i < index->included->len; i++)
    g_string_append_printf (names, ", %s", (const char *) g_ptr_array_index (index->included, i));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

const char *
hr_stream_describe (HrStreamView view)
{
  switch (view)
    {
    case HR_STREAM_NONE:
      return NULL;
    case HR_STREAM_KEYS_ONLY:
      return _("keys only");
    case HR_STREAM_NEW_IMAGE:
      return _("new image");
    case HR_STREAM_OLD_IMAGE:
      return _("old image");
    case HR_STREAM_NEW_AND_OLD_IMAGES:
      return _("new and old images");
    }
  return NULL;
}

char *
hr_session_describe_cost (HrSession *session, const HrPattern *pattern)
{
  const HrPatternRun *run = hr_session_get_last_run (session, pattern->id);
  const HrExpectation *expected = pattern->expect;

  if (run != NULL)
    return hr_figure_cost (run);
  if (expected != NULL && expected->has_write_units && expected->write_units > 0)
    return hr_figure_units (expected->write_units, "WCU");
  if (expected != NULL && expected->has_read_units)
    return hr_figure_units (expected->read_units, "RCU");
  return NULL;
}

guint
hr_table_get_entity_number (const HrTable *table, const HrEntity *entity)
{
  for (guint i = 0; i < table->entities->len && i < HR_ENTITY_NONE; i++)
    if (g_ptr_array_index (table->entities, i) == entity)
      return i;
  return HR_ENTITY_NONE;
}
