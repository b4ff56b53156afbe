/*
 * The case files through the library.
 */
#include "tests/api/case-run.h"

#include "model/api/api.h"

#include <string.h>

typedef struct
{
  HrEngine *engine;
  HrTokenCache *tokens;
  HrArena *arena;
  HrValidationLayer layer;
} Library;

static gpointer
library_open (gboolean is_old_layer)
{
  g_autoptr (GError) error = NULL;
  Library *self = g_new0 (Library, 1);

  self->engine = hr_engine_open (NULL, NULL, &error);
  g_assert_no_error (error);
  self->tokens = hr_token_cache_new (NULL);
  self->arena = hr_arena_new ();
  self->layer = is_old_layer ? HR_VALIDATION_OLD : HR_VALIDATION_NEW;
  return self;
}

static void
library_close (gpointer door)
{
  Library *self = door;

  hr_engine_close (self->engine);
  hr_token_cache_free (self->tokens);
  hr_arena_free (self->arena);
  g_free (self);
}

/* The body goes in without a NUL behind it, so that reading past its end is noticed. */
static guint
library_call (gpointer door, const CaseStep *step, HrBuffer *out)
{
  Library *self = door;
  HrApi api = { .engine = self->engine, .layer = self->layer, .tokens = self->tokens };
  gsize length = strlen (step->body);
  g_autofree char *body = g_memdup2 (step->body, length);

  hr_arena_reset (self->arena);
  return hr_api_call (&api, step->operation, body, length, self->arena, NULL, NULL, out, NULL);
}

int
main (int argc, char **argv)
{
  const CaseDoor library = { .open = library_open, .close = library_close, .call = library_call };

  return case_run_main (argc, argv, &library);
}
