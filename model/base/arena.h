#pragma once

#include <glib.h>
#include <stdarg.h>

G_BEGIN_DECLS

/**
 * HrArena: memory that is given out piece by piece and freed all at once.
 *
 * Values, syntax trees and results of one request live in one arena; nothing in it is freed
 * on its own. Not thread-safe. Allocation never fails (it aborts like g_malloc), so callers
 * bound what they put in by the limits of the input.
 */
typedef struct _HrArena HrArena;

HrArena *hr_arena_new      (void);
void     hr_arena_free     (HrArena *arena);

/** Makes all memory of @arena available again, keeping one chunk; pointers into it die. */
void     hr_arena_reset    (HrArena *arena);

/** @size bytes, aligned to 16, uninitialised; a size of 0 gives a valid, unusable pointer. */
gpointer hr_arena_alloc    (HrArena *arena, gsize size);
gpointer hr_arena_alloc0   (HrArena *arena, gsize size);
gpointer hr_arena_memdup   (HrArena *arena, gconstpointer data, gsize size);

/** A copy of @length bytes with a NUL after them (embedded NUL characters are kept). */
char    *hr_arena_strndup  (HrArena *arena, const char *text, gsize length);
char    *hr_arena_strdup   (HrArena *arena, const char *text);
char    *hr_arena_printf   (HrArena *arena, const char *format, ...) G_GNUC_PRINTF (2, 3);
char    *hr_arena_vprintf  (HrArena *arena, const char *format, va_list arguments) G_GNUC_PRINTF (2, 0);

/** Bytes of memory that @arena holds from the system. */
gsize    hr_arena_size_bytes (const HrArena *arena);

#define hr_arena_array(arena, Type, count) \
  ((Type *) hr_arena_alloc ((arena), sizeof (Type) * (gsize) (count)))
#define hr_arena_new0(arena, Type) ((Type *) hr_arena_alloc0 ((arena), sizeof (Type)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrArena, hr_arena_free)

G_END_DECLS
