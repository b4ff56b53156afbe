/*
 * AWS Signature Version 4, from the side that verifies.
 *
 * The client says in the Authorization header which headers it signed; the same canonical text is made from
 * them here and signed with the secret that the key should have. What the two sides sign must agree in every
 * byte, so headers are taken as sent except for the blanks that the rules say to drop.
 */

#include "app/endpoint/signature.h"

#include <string.h>

#include "model/base/buffer.h"

#define ALGORITHM "AWS4-HMAC-SHA256"
#define SERVICE "dynamodb"
#define SKEW_S (5 * 60)
#define DIGEST_BYTES 32
#define HEX_DIGITS (2 * DIGEST_BYTES)
#define TIME_LENGTH 16 /* 20261120T110748Z */
#define DATE_LENGTH 8

/* A part of the header that is not ended by a NUL. */
typedef struct
{
  const char *text;
  gsize length;
} Piece;

typedef struct
{
  Piece scope[5]; /* key, date, region, service, "aws4_request" */
  Piece signed_headers;
  Piece signature;
} Authorization;

enum
{
  SCOPE_KEY,
  SCOPE_DATE,
  SCOPE_REGION,
  SCOPE_SERVICE,
  SCOPE_END,
};

static gboolean
is_piece (Piece piece, const char *text)
{
  return piece.length == strlen (text) && memcmp (piece.text, text, piece.length) == 0;
}

/* NAME=VALUE somewhere in the list, up to a comma or blank. */
static Piece
find_parameter (const char *list, const char *name)
{
  gsize length = strlen (name);

  while (*list != '\0')
    {
      list += strspn (list, ", ");
      if (strncmp (list, name, length) == 0 && list[length] == '=')
        return (Piece) { list + length + 1, strcspn (list + length + 1, ", ") };
      list += strcspn (list, ", ");
    }
  return (Piece) { NULL, 0 };
}

static gboolean
split_scope (Piece credential, Piece scope[5])
{
  const char *end = credential.text + credential.length;

  /* from the end, for a key may have slashes */
  for (guint i = SCOPE_END; i > SCOPE_KEY; i--)
    {
      const char *slash =
          credential.length > 0 ? memrchr (credential.text, '/', end - credential.text) : NULL;

      if (slash == NULL)
        return FALSE;
      scope[i] = (Piece) { slash + 1, end - slash - 1 };
      end = slash;
    }
  scope[SCOPE_KEY] = (Piece) { credential.text, end - credential.text };
  return scope[SCOPE_KEY].length > 0;
}

static gboolean
parse_authorization (const char *header, Authorization *self)
{
  const gsize length = sizeof ALGORITHM - 1;

  if (strncmp (header, ALGORITHM, length) != 0 || header[length] != ' ')
    return FALSE;
  self->signed_headers = find_parameter (header + length, "SignedHeaders");
  self->signature = find_parameter (header + length, "Signature");
  return self->signed_headers.length > 0 && self->signature.length > 0
         && split_scope (find_parameter (header + length, "Credential"), self->scope);
}

gboolean
hr_credential_read (HrCredential *self, const char *authorization)
{
  Authorization parsed;

  if (!parse_authorization (authorization, &parsed))
    return FALSE;
  *self = (HrCredential) { parsed.scope[SCOPE_KEY].text, parsed.scope[SCOPE_KEY].length,
                           parsed.scope[SCOPE_REGION].text, parsed.scope[SCOPE_REGION].length };
  return TRUE;
}

/* Without blanks at the ends, and one where there are several. */
static void
append_trimmed (HrBuffer *out, const char *value)
{
  gboolean pending = FALSE;

  value += strspn (value, " \t");
  for (; *value != '\0'; value++)
    {
      if (*value == ' ' || *value == '\t')
        {
          pending = TRUE;
          continue;
        }
      if (pending)
        hr_buffer_append_char (out, ' ');
      pending = FALSE;
      hr_buffer_append_char (out, *value);
    }
}

typedef struct
{
  Piece name;
  HrBuffer *out;
  guint count;
} HeaderSearch;

static enum MHD_Result
append_header_cb (void *user_data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  HeaderSearch *search = user_data;

  if (strlen (name) != search->name.length
      || g_ascii_strncasecmp (name, search->name.text, search->name.length) != 0)
    return MHD_YES;
  if (search->count++ > 0)
    hr_buffer_append_char (search->out, ',');
  append_trimmed (search->out, value != NULL ? value : "");
  return MHD_YES;
}

/* "name:value\n" of each signed header; FALSE when one is not there or Host is not among them. */
static gboolean
append_headers (HrBuffer *out, struct MHD_Connection *connection, Piece names)
{
  const char *end = names.text + names.length;
  gboolean has_host = FALSE;

  for (const char *name = names.text; name < end;)
    {
      const char *stop = memchr (name, ';', end - name);
      HeaderSearch search = { { name, (stop != NULL ? stop : end) - name }, out, 0 };

      hr_buffer_append (out, name, search.name.length);
      hr_buffer_append_char (out, ':');
      MHD_get_connection_values (connection, MHD_HEADER_KIND, append_header_cb, &search);
      hr_buffer_append_char (out, '\n');
      if (search.count == 0)
        return FALSE;
      has_host = has_host || is_piece (search.name, "host");
      name += search.name.length + 1;
    }
  return has_host;
}

static int
compare_texts_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append_query (HrBuffer *out, const char *query)
{
  g_auto (GStrv) parts = g_strsplit (query, "&", -1);
  guint count = g_strv_length (parts);

  qsort (parts, count, sizeof *parts, compare_texts_cb);
  for (guint i = 0; i < count; i++)
    {
      if (i > 0)
        hr_buffer_append_char (out, '&');
      hr_buffer_append_string (out, parts[i]);
      if (strchr (parts[i], '=') == NULL && *parts[i] != '\0')
        hr_buffer_append_char (out, '=');
    }
}

static void
append_hash (HrBuffer *out, const char *data, gsize length)
{
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);

  hr_buffer_append (out, hash, HEX_DIGITS);
}

static gboolean
append_canonical_request (HrBuffer *out, const HrSignedRequest *self, const Authorization *authorization)
{
  gsize path_length = strcspn (self->uri, "?");

  hr_buffer_printf (out, "%s\n%.*s\n", self->method, (int) path_length, self->uri);
  if (self->uri[path_length] == '?')
    append_query (out, self->uri + path_length + 1);
  hr_buffer_append_char (out, '\n');
  if (!append_headers (out, self->connection, authorization->signed_headers))
    return FALSE;
  hr_buffer_append_char (out, '\n');
  hr_buffer_append (out, authorization->signed_headers.text, authorization->signed_headers.length);
  hr_buffer_append_char (out, '\n');
  append_hash (out, self->body, self->body_length);
  return TRUE;
}

static void
sign (const guint8 *key, gsize key_length, const char *text, gsize length, guint8 digest[DIGEST_BYTES])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize digest_length = DIGEST_BYTES;

  g_hmac_update (hmac, (const guchar *) text, length);
  g_hmac_get_digest (hmac, digest, &digest_length);
}

/* The secret, then each part of the scope: a key that is good for one day, region and service. */
static void
derive_key (const Authorization *authorization, const char *secret, guint8 key[DIGEST_BYTES])
{
  g_autofree char *first = g_strconcat ("AWS4", secret, NULL);

  sign ((const guint8 *) first, strlen (first), authorization->scope[SCOPE_DATE].text,
        authorization->scope[SCOPE_DATE].length, key);
  for (guint i = SCOPE_REGION; i <= SCOPE_END; i++)
    sign (key, DIGEST_BYTES, authorization->scope[i].text, authorization->scope[i].length, key);
}

static gboolean
is_signed_with (const HrSignedRequest *self, const Authorization *authorization, const char *secret)
{
  const Piece *date = &authorization->scope[SCOPE_DATE];
  const Piece *end = &authorization->scope[SCOPE_END];
  g_auto (HrBuffer) request = HR_BUFFER_INIT;
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  guint8 key[DIGEST_BYTES];
  guint8 digest[DIGEST_BYTES];
  guint8 difference = 0;

  if (authorization->signature.length != HEX_DIGITS
      || !append_canonical_request (&request, self, authorization))
    return FALSE;
  hr_buffer_printf (&text, "%s\n%s\n", ALGORITHM, self->head->amz_date);
  hr_buffer_append (&text, date->text, end->text + end->length - date->text);
  hr_buffer_append_char (&text, '\n');
  append_hash (&text, request.data, request.length);
  derive_key (authorization, secret, key);
  sign (key, sizeof key, text.data, text.length, digest);

  /* all of it, so that the time taken tells nothing */
  for (guint i = 0; i < HEX_DIGITS; i++)
    {
      int digit = g_ascii_xdigit_value (authorization->signature.text[i]);

      difference |= (guint8) (digit ^ (i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15));
    }
  return difference == 0;
}

static gboolean
parse_time (const char *text, gint64 *time_s)
{
  g_autoptr (GDateTime) time = NULL;
  int fields[6];
  static const guint8 widths[6] = { 4, 2, 2, 2, 2, 2 };

  if (strlen (text) != TIME_LENGTH || text[DATE_LENGTH] != 'T' || text[TIME_LENGTH - 1] != 'Z')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      fields[i] = 0;
      text += *text == 'T' ? 1 : 0;
      for (guint j = 0; j < widths[i]; j++, text++)
        {
          if (!g_ascii_isdigit (*text))
            return FALSE;
          fields[i] = fields[i] * 10 + (*text - '0');
        }
    }
  time = g_date_time_new_utc (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
  if (time == NULL)
    return FALSE;
  *time_s = g_date_time_to_unix (time);
  return TRUE;
}

static char *
format_time (gint64 time_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_s);

  return time != NULL ? g_date_time_format (time, "%Y%m%dT%H%M%SZ") : g_strdup ("?");
}

static HrRefusal
check_time (const HrSignedRequest *self, gint64 time_s, char **message)
{
  gboolean is_early = time_s > self->now_s + SKEW_S;
  g_autofree char *bound = format_time (is_early ? self->now_s + SKEW_S : self->now_s - SKEW_S);
  g_autofree char *now = format_time (self->now_s);

  if (!is_early && time_s >= self->now_s - SKEW_S)
    return HR_REFUSAL_NONE;
  *message = g_strdup_printf (is_early ? "Signature not yet current: %s is still later than %s (%s + 5 min.)"
                                       : "Signature expired: %s is now earlier than %s (%s - 5 min.)",
                              self->head->amz_date, bound, now);
  return HR_REFUSAL_INVALID_SIGNATURE;
}

static HrRefusal
check_scope (const HrSignedRequest *self, const Authorization *authorization, char **message)
{
  const Piece *scope = authorization->scope;

  if (scope[SCOPE_DATE].length != DATE_LENGTH
      || memcmp (scope[SCOPE_DATE].text, self->head->amz_date, DATE_LENGTH) != 0)
    *message =
        g_strdup ("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
  else if (!is_piece (scope[SCOPE_SERVICE], SERVICE))
    *message = g_strdup ("Credential should be scoped to correct service: '" SERVICE "'.");
  else if (!is_piece (scope[SCOPE_END], "aws4_request"))
    *message = g_strdup ("Credential should be scoped with a valid terminator: 'aws4_request'.");
  else
    return HR_REFUSAL_NONE;
  return HR_REFUSAL_INVALID_SIGNATURE;
}

HrRefusal
hr_signature_check (const HrSignedRequest *self, const char *key, const char *secret, char **message)
{
  Authorization authorization;
  HrRefusal refusal;
  gint64 time_s;

  *message = NULL;
  if (self->head->authorization == NULL)
    return HR_REFUSAL_MISSING_TOKEN;
  if (!parse_authorization (self->head->authorization, &authorization) || self->head->amz_date == NULL
      || !parse_time (self->head->amz_date, &time_s))
    return HR_REFUSAL_INCOMPLETE_SIGNATURE;
  if (!is_piece (authorization.scope[SCOPE_KEY], key))
    return HR_REFUSAL_UNRECOGNIZED_CLIENT;
  refusal = check_time (self, time_s, message);
  if (refusal == HR_REFUSAL_NONE)
    refusal = check_scope (self, &authorization, message);
  if (refusal == HR_REFUSAL_NONE && !is_signed_with (self, &authorization, secret))
    refusal = HR_REFUSAL_INVALID_SIGNATURE;
  return refusal;
}
