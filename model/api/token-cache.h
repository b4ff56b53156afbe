#pragma once

#include "model/base/clock.h"
#include "model/base/json-reader.h"

G_BEGIN_DECLS

/**
 * HrTokenCache: client tokens of the last ten minutes with a digest of what they came with.
 *
 * Belongs to whoever serves requests on one engine; see HrApi. Keeps at most about a million tokens, the
 * latest ones. Not thread-safe.
 */
typedef struct _HrTokenCache HrTokenCache;

/** @clock: (nullable): the system's; must outlive the cache. */
HrTokenCache *hr_token_cache_new  (const HrClock *clock);
void          hr_token_cache_free (HrTokenCache *self);

/** HrTokenDigest: 128 bits of a JSON value; the order of members in its objects does not count. */
typedef struct
{
  guint64 a;
  guint64 b;
} HrTokenDigest;

HrTokenDigest hr_token_digest (const HrTokenCache *self, const HrJson *json);

typedef enum
{
  HR_TOKEN_UNKNOWN,
  HR_TOKEN_REPEATED, /* came with the same */
  HR_TOKEN_MISMATCH, /* came with something else */
} HrTokenState;

/** @operation: its name; the same token with another operation is another token. */
HrTokenState hr_token_cache_look_up (HrTokenCache *self, const char *operation, const HrJson *token,
                                     const HrTokenDigest *digest);
void         hr_token_cache_add     (HrTokenCache *self, const char *operation, const HrJson *token,
                                     const HrTokenDigest *digest);

/** A mark for hr_token_cache_forget(), which drops what was added since: writes that were taken back. */
guint64 hr_token_cache_get_mark (const HrTokenCache *self);
void    hr_token_cache_forget   (HrTokenCache *self, guint64 mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTokenCache, hr_token_cache_free)

G_END_DECLS
