/*
 * The headers of a request, read in one pass.
 *
 * HTTP lets a message say in several ways where its body ends. Programs that read them differently, one
 * behind the other, can be made to disagree about where the next request begins; so a request that says it
 * twice, or in a way that is not plain, is refused and its connection closed.
 */

#include "app/endpoint/head.h"

#include <string.h>

static const struct
{
  const char *name;
  gsize length;
  gsize offset;
  gboolean is_single; /* twice is an error; of the others the first counts */
} known[] = {
#define HEADER(text, member, single) { text, sizeof text - 1, G_STRUCT_OFFSET (HrHead, member), single }
  HEADER ("host", host, TRUE),
  HEADER ("x-amz-target", target, TRUE),
  HEADER ("x-amz-date", amz_date, TRUE),
  HEADER ("authorization", authorization, TRUE),
  HEADER ("content-length", content_length, TRUE),
  HEADER ("transfer-encoding", transfer_encoding, TRUE),
  HEADER ("content-encoding", content_encoding, TRUE),
  HEADER ("origin", origin, TRUE),
  HEADER ("x-amz-security-token", security_token, TRUE),
  HEADER ("access-control-request-headers", access_headers, FALSE),
#undef HEADER
};

static gboolean
is_token (const char *name, gsize length)
{
  static const char separators[] = "()<>@,;:\\\"/[]?={} \t";

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (name[i]) || strchr (separators, name[i]) != NULL)
      return FALSE;
  return length > 0;
}

static gboolean
is_plain (const char *value, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) value[i] < ' ' && value[i] != '\t')
      return FALSE;
  return TRUE;
}

static void
keep (HrHead *self, guint which, const char *value)
{
  const char **place = G_STRUCT_MEMBER_P (self, known[which].offset);

  if (*place == NULL)
    *place = value;
  else if (known[which].is_single)
    self->is_repeated = TRUE;
}

static enum MHD_Result
read_header_cb (void *user_data, enum MHD_ValueKind kind, const char *name, size_t name_length,
                const char *value, size_t value_length)
{
  HrHead *self = user_data;

  if (!is_token (name, name_length) || (value != NULL && !is_plain (value, value_length)))
    self->is_malformed = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].length == name_length && g_ascii_strncasecmp (known[i].name, name, name_length) == 0)
      {
        keep (self, i, value != NULL ? value : "");
        break;
      }
  return MHD_YES;
}

void
hr_head_read (HrHead *self, struct MHD_Connection *connection)
{
  memset (self, 0, sizeof *self);
  MHD_get_connection_values_n (connection, MHD_HEADER_KIND, read_header_cb, self);
}

static gboolean
parse_length (const char *text, gint64 *length_bytes)
{
  guint64 value = 0;

  if (*text == '\0' || strspn (text, "0123456789") != strlen (text)
      || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *length_bytes = (gint64) value;
  return TRUE;
}

HrRefusal
hr_head_check_framing (const HrHead *self, const char *version, gint64 *length_bytes)
{
  *length_bytes = 0;
  if (self->is_malformed || self->is_repeated)
    return HR_REFUSAL_MALFORMED;
  if (self->transfer_encoding != NULL)
    {
      *length_bytes = -1;
      if (self->content_length != NULL || strcmp (version, MHD_HTTP_VERSION_1_1) != 0
          || g_ascii_strcasecmp (self->transfer_encoding, "chunked") != 0)
        return HR_REFUSAL_MALFORMED;
    }
  else if (self->content_length != NULL && !parse_length (self->content_length, length_bytes))
    return HR_REFUSAL_MALFORMED;
  return HR_REFUSAL_NONE;
}
