/* Arenas: alignment, separate pieces, growth, reset, copies. */
#include "model/base/arena.h"

#include <string.h>

static void
test_alloc (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  char *pieces[2000];

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      pieces[i] = hr_arena_alloc (arena, i);
      g_assert_nonnull (pieces[i]);
      g_assert_cmpuint ((guintptr) pieces[i] % 16, ==, 0);
      memset (pieces[i], (int) (i & 0xff), i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      for (guint j = 0; j < i; j++)
        g_assert_cmpuint ((guchar) pieces[i][j], ==, i & 0xff);
    }
}

static void
test_large (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  char *before = hr_arena_strdup (arena, "before");
  char *large = hr_arena_alloc0 (arena, 5 * 1024 * 1024);
  char *after = hr_arena_strdup (arena, "after");

  for (gsize i = 0; i < 5 * 1024 * 1024; i += 4096)
    g_assert_cmpint (large[i], ==, 0);
  g_assert_cmpstr (before, ==, "before");
  g_assert_cmpstr (after, ==, "after");
  /* A large piece does not use up the room of the chunk before it. */
  g_assert_cmpint (after - before, >, 0);
  g_assert_cmpint (after - before, <, 4096);
}

static void
test_large_first (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  memset (hr_arena_alloc (arena, 2 * 1024 * 1024), 1, 2 * 1024 * 1024);
  memset (hr_arena_alloc (arena, 100), 2, 100);
  hr_arena_reset (arena);
  memset (hr_arena_alloc (arena, 100), 3, 100);
}

/* Of the chunks of ordinary size the largest stays, wherever it is in the list. */
static void
test_keeps_largest (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  hr_arena_alloc (arena, 100);
  hr_arena_alloc (arena, 500 * 1024);
  hr_arena_reset (arena);
  g_assert_cmpuint (hr_arena_size_bytes (arena), >, 500 * 1024);
  memset (hr_arena_alloc (arena, 1000), 1, 1000);
  hr_arena_free (NULL);
}

static void
test_reset (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  gsize settled;

  hr_arena_reset (arena);
  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 1000; i++)
        memset (hr_arena_alloc (arena, 100), 1, 100);
      hr_arena_reset (arena);
    }

  /* The chunk that was kept holds a whole round, so memory no longer moves. */
  settled = hr_arena_size_bytes (arena);
  for (guint round = 0; round < 10; round++)
    {
      for (guint i = 0; i < 500; i++)
        memset (hr_arena_alloc (arena, 100), 1, 100);
      g_assert_cmpuint (hr_arena_size_bytes (arena), ==, settled);
      hr_arena_reset (arena);
    }

  hr_arena_alloc (arena, 64 * 1024 * 1024);
  hr_arena_reset (arena);
  g_assert_cmpuint (hr_arena_size_bytes (arena), <=, 2 * 1024 * 1024);
}

static void
test_copies (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *long_text = g_strnfill (1000, 'x');
  char *copy = hr_arena_strndup (arena, "a\0b", 3);

  g_assert_cmpmem (copy, 4, "a\0b", 4);
  g_assert_cmpstr (hr_arena_strdup (arena, ""), ==, "");
  g_assert_cmpmem (hr_arena_memdup (arena, "abc", 3), 3, "abc", 3);
  g_assert_nonnull (hr_arena_memdup (arena, NULL, 0));
  g_assert_cmpstr (hr_arena_printf (arena, "%s %d", "n", 42), ==, "n 42");
  g_assert_cmpstr (hr_arena_printf (arena, "%s", long_text), ==, long_text);
  g_assert_cmpstr (hr_arena_printf (arena, "%s", ""), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/arena/alloc", test_alloc);
  g_test_add_func ("/base/arena/large", test_large);
  g_test_add_func ("/base/arena/large-first", test_large_first);
  g_test_add_func ("/base/arena/keeps-largest", test_keeps_largest);
  g_test_add_func ("/base/arena/reset", test_reset);
  g_test_add_func ("/base/arena/copies", test_copies);
  return g_test_run ();
}
