/*
 * A bump allocator over a list of chunks.
 *
 * The newest chunk serves requests by moving a cursor; chunks double in size, so that any amount needs
 * few of them. A request too large for that gets a chunk of its own, put behind the newest, whose room is
 * then not lost. Under the address sanitizer free room is poisoned and pieces
 * are kept apart, so that reading past a piece is found as it would be with malloc().
 */
#include "model/base/arena.h"

#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_IS_CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_IS_CHECKED 1
#endif
#endif

#ifdef ARENA_IS_CHECKED
#include <sanitizer/asan_interface.h>
#define ARENA_GAP 16
#define arena_hide(start, size) ASAN_POISON_MEMORY_REGION ((start), (size))
#define arena_show(start, size) ASAN_UNPOISON_MEMORY_REGION ((start), (size))
#else
#define ARENA_GAP 0
#define arena_hide(start, size) ((void) 0)
#define arena_show(start, size) ((void) 0)
#endif

#define ARENA_ALIGNMENT   16
#define ARENA_FIRST_CHUNK ((gsize) 4096)
#define ARENA_LAST_CHUNK  ((gsize) 1024 * 1024)

typedef struct _ArenaChunk ArenaChunk;

struct _ArenaChunk
{
  ArenaChunk *next;
  gsize size; /* bytes behind this header */
};

G_STATIC_ASSERT (sizeof (ArenaChunk) % ARENA_ALIGNMENT == 0);

struct _HrArena
{
  char *cursor;
  char *end;
  ArenaChunk *newest;
  gsize next_size;
  gsize size_bytes;
};

static char *
chunk_start (ArenaChunk *chunk)
{
  return (char *) (chunk + 1);
}

static ArenaChunk *
chunk_new (HrArena *arena, gsize size)
{
  ArenaChunk *chunk = g_malloc (sizeof (ArenaChunk) + size);

  chunk->next = NULL;
  chunk->size = size;
  arena->size_bytes += sizeof (ArenaChunk) + size;
  arena_hide (chunk_start (chunk), size);
  return chunk;
}

static void
chunk_free (HrArena *arena, ArenaChunk *chunk)
{
  arena->size_bytes -= sizeof (ArenaChunk) + chunk->size;
  arena_show (chunk_start (chunk), chunk->size);
  g_free (chunk);
}

static void
arena_open_chunk (HrArena *arena, ArenaChunk *chunk)
{
  arena->cursor = chunk_start (chunk);
  arena->end = arena->cursor + chunk->size;
}

static gpointer
alloc_own_chunk (HrArena *arena, gsize size)
{
  ArenaChunk *chunk = chunk_new (arena, size);

  if (arena->newest == NULL)
    {
      arena->newest = chunk;
      arena->cursor = arena->end = chunk_start (chunk) + size;
    }
  else
    {
      chunk->next = arena->newest->next;
      arena->newest->next = chunk;
    }
  return chunk_start (chunk);
}

static G_GNUC_NO_INLINE gpointer
alloc_slow (HrArena *arena, gsize size)
{
  ArenaChunk *chunk;
  char *start;

  if (size > ARENA_LAST_CHUNK / 4)
    return alloc_own_chunk (arena, size);

  while (arena->next_size < 2 * size)
    arena->next_size *= 2;
  chunk = chunk_new (arena, arena->next_size);
  chunk->next = arena->newest;
  arena->newest = chunk;
  arena->next_size = MIN (arena->next_size * 2, ARENA_LAST_CHUNK);
  arena_open_chunk (arena, chunk);
  start = arena->cursor;
  arena->cursor += size;
  return start;
}

HrArena *
hr_arena_new (void)
{
  HrArena *arena = g_new0 (HrArena, 1);

  arena->next_size = ARENA_FIRST_CHUNK;
  return arena;
}

void
hr_arena_free (HrArena *arena)
{
  if (arena == NULL)
    return;

  while (arena->newest != NULL)
    {
      ArenaChunk *chunk = arena->newest;

      arena->newest = chunk->next;
      chunk_free (arena, chunk);
    }
  g_free (arena);
}

void
hr_arena_reset (HrArena *arena)
{
  ArenaChunk *kept = NULL;
  ArenaChunk *chunk = arena->newest;

  /* The largest of ordinary size is kept: a request of the usual size then never asks the system again. */
  for (ArenaChunk *next; chunk != NULL; chunk = next)
    {
      next = chunk->next;
      if (chunk->size <= ARENA_LAST_CHUNK && (kept == NULL || chunk->size > kept->size))
        {
          if (kept != NULL)
            chunk_free (arena, kept);
          kept = chunk;
        }
      else
        chunk_free (arena, chunk);
    }

  arena->newest = kept;
  arena->cursor = arena->end = NULL;
  if (kept == NULL)
    return;
  kept->next = NULL;
  arena_hide (chunk_start (kept), kept->size);
  arena_open_chunk (arena, kept);
}

gpointer
hr_arena_alloc (HrArena *arena, gsize size)
{
  gsize rounded = (MAX (size, 1) + ARENA_GAP + ARENA_ALIGNMENT - 1) & ~(gsize) (ARENA_ALIGNMENT - 1);
  char *start;

  if (G_UNLIKELY (size > G_MAXSSIZE - 2 * (gsize) ARENA_ALIGNMENT))
    g_error ("cannot allocate %" G_GSIZE_FORMAT " bytes", size);

  if (G_LIKELY (rounded <= (gsize) (arena->end - arena->cursor)))
    {
      start = arena->cursor;
      arena->cursor += rounded;
    }
  else
    start = alloc_slow (arena, rounded);

  arena_show (start, size);
  return start;
}

gpointer
hr_arena_alloc0 (HrArena *arena, gsize size)
{
  return memset (hr_arena_alloc (arena, size), 0, size);
}

gpointer
hr_arena_memdup (HrArena *arena, gconstpointer data, gsize size)
{
  gpointer copy = hr_arena_alloc (arena, size);

  if (size > 0)
    memcpy (copy, data, size);
  return copy;
}

char *
hr_arena_strndup (HrArena *arena, const char *text, gsize length)
{
  char *copy = hr_arena_alloc (arena, length + 1);

  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

char *
hr_arena_strdup (HrArena *arena, const char *text)
{
  return hr_arena_strndup (arena, text, strlen (text));
}

char *
hr_arena_vprintf (HrArena *arena, const char *format, va_list arguments)
{
  char small[256];
  va_list again;
  char *text;
  int length;

  va_copy (again, arguments);
  length = g_vsnprintf (small, sizeof small, format, arguments);
  length = MAX (length, 0);
  text = hr_arena_alloc (arena, (gsize) length + 1);
  if ((gsize) length < sizeof small)
    memcpy (text, small, (gsize) length);
  else
    g_vsnprintf (text, (gsize) length + 1, format, again);
  text[length] = '\0';
  va_end (again);
  return text;
}

char *
hr_arena_printf (HrArena *arena, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = hr_arena_vprintf (arena, format, arguments);
  va_end (arguments);
  return text;
}

gsize
hr_arena_size_bytes (const HrArena *arena)
{
  return sizeof *arena + arena->size_bytes;
}
