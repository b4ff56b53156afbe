#pragma once

#include "model/partiql/plan-private.h"

G_BEGIN_DECLS

/** Where a SELECT goes on: with which read, and behind which key of it. */
typedef struct
{
  guint read;
  gboolean has_key;
  HrValue key;
} HrPartiqlPlace;

char    *hr_partiql_token_new  (const HrPartiql *statement, const HrPartiqlPlace *place, HrArena *arena);
/** FALSE with the service's words for a token that is none, or not of this statement and its parameters. */
gboolean hr_partiql_token_read (const HrPartiql *statement, const char *token, gsize length, HrArena *arena,
                                HrPartiqlPlace *place, HrServiceError *error);

G_END_DECLS
