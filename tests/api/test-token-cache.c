/*
 * Client tokens: digests, the ten minutes, growing, forgetting.
 */
#include "model/api/token-cache.h"

#include <string.h>

typedef struct
{
  HrArena *arena;
  gint64 now_us;
  HrClock clock;
  HrTokenCache *cache;
} Fixture;

static gint64
read_time (gpointer user_data)
{
  return ((Fixture *) user_data)->now_us;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->arena = hr_arena_new ();
  self->now_us = 1000 * G_USEC_PER_SEC;
  self->clock = (HrClock) { read_time, self };
  self->cache = hr_token_cache_new (&self->clock);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  hr_token_cache_free (self->cache);
  hr_arena_free (self->arena);
}

static const HrJson *
parse (Fixture *self, const char *text)
{
  HrJsonError error;
  const HrJson *json = hr_json_parse (self->arena, text, strlen (text), 64, &error);

  g_assert_nonnull (json);
  return json;
}

static HrTokenDigest
digest (Fixture *self, const char *text)
{
  return hr_token_digest (self->cache, parse (self, text));
}

static gboolean
same (Fixture *self, const char *a, const char *b)
{
  HrTokenDigest left = digest (self, a);
  HrTokenDigest right = digest (self, b);

  g_assert_cmpint (left.a == right.a, ==, left.b == right.b);
  return left.a == right.a;
}

static void
test_digest (Fixture *self, gconstpointer data)
{
  g_assert_true (same (self, "{\"a\":[1,\"x\"],\"b\":null}", "{ \"b\": null, \"a\": [1, \"\\u0078\"] }"));
  g_assert_false (same (self, "{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}"));
  g_assert_false (same (self, "[1,2]", "[2,1]"));
  g_assert_false (same (self, "[[1],2]", "[1,[2]]"));
  g_assert_false (same (self, "[\"1\"]", "[1]"));
  g_assert_false (same (self, "[]", "{}"));
  g_assert_false (same (self, "[null]", "[false]"));
  g_assert_false (same (self, "{}", "{\"a\":{}}"));
  g_assert_false (same (self, "\"aaaaaaaa\"", "\"aaaaaaaaaaaaaaaa\""));
  g_assert_false (same (self, "[\"\"]", "[\"\\u0000\"]"));
}

static HrTokenState
look_up (Fixture *self, const char *token, const char *request)
{
  HrTokenDigest request_digest = digest (self, request);

  return hr_token_cache_look_up (self->cache, "TransactWriteItems", parse (self, token), &request_digest);
}

static void
add (Fixture *self, const char *token, const char *request)
{
  HrTokenDigest request_digest = digest (self, request);

  hr_token_cache_add (self->cache, "TransactWriteItems", parse (self, token), &request_digest);
}

static void
test_window (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (look_up (self, "\"t\"", "[1]"), ==, HR_TOKEN_UNKNOWN);
  add (self, "\"t\"", "[1]");
  g_assert_cmpint (look_up (self, "\"t\"", "[1]"), ==, HR_TOKEN_REPEATED);
  g_assert_cmpint (look_up (self, "\"t\"", "[2]"), ==, HR_TOKEN_MISMATCH);
  g_assert_cmpint (look_up (self, "\"u\"", "[1]"), ==, HR_TOKEN_UNKNOWN);

  self->now_us += 600 * (gint64) G_USEC_PER_SEC;
  g_assert_cmpint (look_up (self, "\"t\"", "[1]"), ==, HR_TOKEN_REPEATED);
  self->now_us++;
  g_assert_cmpint (look_up (self, "\"t\"", "[1]"), ==, HR_TOKEN_UNKNOWN);
  add (self, "\"t\"", "[2]");
  g_assert_cmpint (look_up (self, "\"t\"", "[2]"), ==, HR_TOKEN_REPEATED);
}

static void
test_forget (Fixture *self, gconstpointer data)
{
  guint64 mark;

  add (self, "\"t\"", "[1]");
  mark = hr_token_cache_get_mark (self->cache);
  add (self, "\"u\"", "[1]");
  add (self, "\"v\"", "[1]");
  hr_token_cache_forget (self->cache, mark);
  g_assert_cmpint (look_up (self, "\"t\"", "[1]"), ==, HR_TOKEN_REPEATED);
  g_assert_cmpint (look_up (self, "\"u\"", "[1]"), ==, HR_TOKEN_UNKNOWN);
  g_assert_cmpint (look_up (self, "\"v\"", "[1]"), ==, HR_TOKEN_UNKNOWN);
  hr_token_cache_forget (self->cache, G_MAXUINT64);
  g_assert_cmpint (look_up (self, "\"t\"", "[1]"), ==, HR_TOKEN_REPEATED);
}

/* Thousands of tokens come and go against a plain list of what should be there. */
static void
test_many (Fixture *self, gconstpointer data)
{
  enum
  {
    COUNT = 5000,
  };

  for (guint i = 0; i < COUNT; i++)
    {
      g_autofree char *token = g_strdup_printf ("\"token-%u\"", i);

      self->now_us += G_USEC_PER_SEC / 4;
      add (self, token, "[1]");
    }
  for (guint i = 0; i < COUNT; i++)
    {
      g_autofree char *token = g_strdup_printf ("\"token-%u\"", i);
      gboolean is_young = (COUNT - 1 - i) / 4.0 <= 600;

      g_assert_cmpint (look_up (self, token, "[1]"), ==, is_young ? HR_TOKEN_REPEATED : HR_TOKEN_UNKNOWN);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/api/token-cache/digest", Fixture, NULL, set_up, test_digest, tear_down);
  g_test_add ("/api/token-cache/window", Fixture, NULL, set_up, test_window, tear_down);
  g_test_add ("/api/token-cache/forget", Fixture, NULL, set_up, test_forget, tear_down);
  g_test_add ("/api/token-cache/many", Fixture, NULL, set_up, test_many, tear_down);
  return g_test_run ();
}
