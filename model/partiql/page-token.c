/*
 * NextToken: a digest of the statement with its parameters, the number of the read and the last key, in base64.
 *
 * The digest keeps a token from being used with another statement, as the service does; it does not seal the token,
 * which gives nobody more than a start key would.
 */
#include "model/partiql/page-token-private.h"

#include "model/base/buffer.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"

#include <string.h>

#define VERSION 1
#define DIGEST_BYTES 16
#define HEAD_BYTES (1 + DIGEST_BYTES + 2)

static void
digest_statement (const HrPartiql *statement, guint8 digest[DIGEST_BYTES])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_auto (HrBuffer) parameter = HR_BUFFER_INIT;
  guint8 whole[32];
  gsize length = sizeof whole;

  g_checksum_update (checksum, (const guchar *) statement->text, (gssize) statement->length);
  for (guint i = 0; i < statement->n_parameters; i++)
    {
      hr_buffer_truncate (&parameter, 0);
      hr_buffer_append_char (&parameter, 0);
      hr_value_to_json (&statement->parameters[i], FALSE, &parameter);
      g_checksum_update (checksum, (const guchar *) parameter.data, (gssize) parameter.length);
    }
  g_checksum_get_digest (checksum, whole, &length);
  memcpy (digest, whole, DIGEST_BYTES);
}

char *
hr_partiql_token_new (const HrPartiql *statement, const HrPartiqlPlace *place, HrArena *arena)
{
  g_auto (HrBuffer) bytes = HR_BUFFER_INIT;
  g_auto (HrBuffer) token = HR_BUFFER_INIT;
  guint8 head[HEAD_BYTES] = { VERSION };

  digest_statement (statement, head + 1);
  head[HEAD_BYTES - 2] = (guint8) (place->read >> 8);
  head[HEAD_BYTES - 1] = (guint8) place->read;
  hr_buffer_append (&bytes, head, sizeof head);
  if (place->has_key)
    hr_item_to_json (&place->key, FALSE, &bytes);
  hr_base64_encode (bytes.data, bytes.length, &token);
  return hr_arena_strndup (arena, token.data, token.length);
}

static gboolean
read_key (const char *text, gsize length, HrArena *arena, HrPartiqlPlace *place)
{
  const HrJson *json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, NULL);
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  place->has_key = TRUE;
  return json != NULL && json->type == HR_JSON_OBJECT && hr_item_from_json (arena, json, &place->key, &error);
}

gboolean
hr_partiql_token_read (const HrPartiql *statement, const char *token, gsize length, HrArena *arena,
                       HrPartiqlPlace *place, HrServiceError *error)
{
  gsize n_bytes = 0;
  const char *bytes = length > 0 ? hr_base64_decode (arena, token, length, &n_bytes) : NULL;
  guint8 digest[DIGEST_BYTES];

  *place = (HrPartiqlPlace) { 0 };
  if (bytes == NULL || n_bytes < HEAD_BYTES || bytes[0] != VERSION)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION, "Invalid NextToken");
  digest_statement (statement, digest);
  if (memcmp (bytes + 1, digest, DIGEST_BYTES) != 0)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION, "NextToken does not match request");
  place->read = (guint) (guchar) bytes[HEAD_BYTES - 2] << 8 | (guchar) bytes[HEAD_BYTES - 1];
  return n_bytes == HEAD_BYTES || read_key (bytes + HEAD_BYTES, n_bytes - HEAD_BYTES, arena, place)
         || hr_service_error_set (error, arena, HR_SERVICE_VALIDATION, "Invalid NextToken");
}
