/*
 * Client tokens.
 *
 * SDKs put a token into every transaction, so this table takes one entry for each and must stay small: tokens
 * and requests are kept as digests only, in a ring in order of time, with an open-addressing index of ring
 * positions beside it. The digests are seeded at random, so nobody can prepare two requests that collide.
 * Entries die in the order they came: by age, or when the ring is full.
 */
#include "model/api/token-cache.h"

#include "model/base/service-limits.h"

#include <string.h>

#define FIRST_CAPACITY 256u
#define LAST_CAPACITY (1u << 20)

typedef struct
{
  HrTokenDigest token;
  HrTokenDigest request;
  gint64 time_us;
} Entry;

/* Entries are numbered from 1 as they come; entry n lies at n modulo the ring's capacity. */
struct _HrTokenCache
{
  const HrClock *clock;
  guint64 seeds[2];
  Entry *ring;
  guint64 *index; /* twice as many slots as the ring; 0: free */
  guint capacity;
  guint64 first; /* number of the oldest entry */
  guint64 next;
};

static void
allocate (HrTokenCache *self, guint capacity)
{
  self->capacity = capacity;
  self->ring = g_new (Entry, capacity);
  self->index = g_new0 (guint64, capacity * 2);
}

HrTokenCache *
hr_token_cache_new (const HrClock *clock)
{
  HrTokenCache *self = g_new0 (HrTokenCache, 1);

  self->clock = clock != NULL ? clock : &HR_CLOCK_SYSTEM;
  for (guint i = 0; i < G_N_ELEMENTS (self->seeds); i++)
    self->seeds[i] = (guint64) g_random_int () << 32 | g_random_int ();
  self->first = 1;
  self->next = 1;
  allocate (self, FIRST_CAPACITY);
  return self;
}

void
hr_token_cache_free (HrTokenCache *self)
{
  if (self == NULL)
    return;
  g_free (self->ring);
  g_free (self->index);
  g_free (self);
}

static guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 29;
}

static HrTokenDigest
digest_mix (HrTokenDigest digest, HrTokenDigest other)
{
  digest.a = mix (digest.a, other.a);
  digest.b = mix (digest.b + G_GUINT64_CONSTANT (0xd6e8feb86659fd93), other.b);
  return digest;
}

static HrTokenDigest
digest_bytes (const HrTokenCache *self, guint kind, const char *bytes, gsize length)
{
  HrTokenDigest digest = { mix (self->seeds[0], kind), mix (self->seeds[1], kind) };

  digest = digest_mix (digest, (HrTokenDigest) { length, length });
  for (gsize i = 0; i < length; i += sizeof (guint64))
    {
      guint64 word = 0;

      memcpy (&word, bytes + i, MIN (sizeof word, length - i));
      digest = digest_mix (digest, (HrTokenDigest) { word, word });
    }
  return digest;
}

/* Recursion ends with the JSON, whose depth the reader limits. */
HrTokenDigest
hr_token_digest (const HrTokenCache *self, const HrJson *json)
{
  HrTokenDigest digest = digest_bytes (self, json->type, NULL, 0);

  switch (json->type)
    {
    case HR_JSON_STRING:
    case HR_JSON_NUMBER:
      return digest_bytes (self, json->type, json->text, json->length);
    case HR_JSON_ARRAY:
      for (guint32 i = 0; i < json->length; i++)
        digest = digest_mix (digest, hr_token_digest (self, &json->elements[i]));
      return digest;
    case HR_JSON_OBJECT:
      for (guint32 i = 0; i < json->length; i++)
        {
          const HrJsonMember *member = &json->members[i];
          HrTokenDigest name = digest_bytes (self, HR_JSON_OBJECT, member->name, member->name_length);
          HrTokenDigest pair = digest_mix (name, hr_token_digest (self, &member->value));

          digest.a += pair.a;
          digest.b += pair.b;
        }
      return digest;
    case HR_JSON_NULL:
    case HR_JSON_FALSE:
    case HR_JSON_TRUE:
      break;
    }
  return digest;
}

static Entry *
get_entry (const HrTokenCache *self, guint64 number)
{
  return &self->ring[number % self->capacity];
}

static guint
get_home (const HrTokenCache *self, const HrTokenDigest *token)
{
  return (guint) (token->a & (self->capacity * 2 - 1));
}

/* The slot that holds the token, or the free one where it would go. */
static guint
find_slot (const HrTokenCache *self, const HrTokenDigest *token)
{
  guint mask = self->capacity * 2 - 1;
  guint slot = get_home (self, token);

  for (; self->index[slot] != 0; slot = (slot + 1) & mask)
    {
      const Entry *entry = get_entry (self, self->index[slot]);

      if (entry->token.a == token->a && entry->token.b == token->b)
        break;
    }
  return slot;
}

/* Frees a slot and moves up what had to go behind it. */
static void
free_slot (HrTokenCache *self, guint slot)
{
  guint mask = self->capacity * 2 - 1;
  guint hole = slot;

  self->index[hole] = 0;
  for (slot = (slot + 1) & mask; self->index[slot] != 0; slot = (slot + 1) & mask)
    {
      guint home = get_home (self, &get_entry (self, self->index[slot])->token);

      if (((slot - home) & mask) < ((slot - hole) & mask))
        continue;
      self->index[hole] = self->index[slot];
      self->index[slot] = 0;
      hole = slot;
    }
}

/* A token that was added again stands under its later number. */
static void
drop (HrTokenCache *self, guint64 number)
{
  guint slot = find_slot (self, &get_entry (self, number)->token);

  if (self->index[slot] == number)
    free_slot (self, slot);
}

static void
expire (HrTokenCache *self)
{
  gint64 oldest_us = hr_clock_now_us (self->clock) - (gint64) HR_LIMIT_TOKEN_WINDOW_S * G_USEC_PER_SEC;

  while (self->first < self->next && get_entry (self, self->first)->time_us < oldest_us)
    drop (self, self->first++);
}

static void
grow (HrTokenCache *self)
{
  g_autofree Entry *ring = self->ring;
  guint capacity = self->capacity;

  g_free (self->index);
  allocate (self, capacity * 2);
  for (guint64 number = self->first; number < self->next; number++)
    *get_entry (self, number) = ring[number % capacity];
  for (guint64 number = self->first; number < self->next; number++)
    self->index[find_slot (self, &get_entry (self, number)->token)] = number;
}

static HrTokenDigest
digest_token (const HrTokenCache *self, const char *operation, const HrJson *token)
{
  return digest_mix (digest_bytes (self, HR_JSON_STRING, operation, strlen (operation)),
                     hr_token_digest (self, token));
}

HrTokenState
hr_token_cache_look_up (HrTokenCache *self, const char *operation, const HrJson *token,
                        const HrTokenDigest *digest)
{
  HrTokenDigest key = digest_token (self, operation, token);
  const Entry *entry;
  guint slot;

  expire (self);
  slot = find_slot (self, &key);
  if (self->index[slot] == 0)
    return HR_TOKEN_UNKNOWN;
  entry = get_entry (self, self->index[slot]);
  return entry->request.a == digest->a && entry->request.b == digest->b ? HR_TOKEN_REPEATED
                                                                        : HR_TOKEN_MISMATCH;
}

void
hr_token_cache_add (HrTokenCache *self, const char *operation, const HrJson *token, const HrTokenDigest *digest)
{
  HrTokenDigest key = digest_token (self, operation, token);

  if (self->next - self->first == self->capacity)
    {
      if (self->capacity < LAST_CAPACITY)
        grow (self);
      else
        drop (self, self->first++);
    }
  *get_entry (self, self->next)
      = (Entry) { .token = key, .request = *digest, .time_us = hr_clock_now_us (self->clock) };
  self->index[find_slot (self, &key)] = self->next;
  self->next++;
}

guint64
hr_token_cache_get_mark (const HrTokenCache *self)
{
  return self->next;
}

void
hr_token_cache_forget (HrTokenCache *self, guint64 mark)
{
  while (self->next > mark && self->next > self->first)
    drop (self, --self->next);
}
