#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of its own for a database file, which goes with it. */
typedef struct
{
  char *folder;
  char *path; /* of a file that is not there yet */
} Place;

void place_init  (Place *self);
void place_clear (Place *self);
/** Copies the file as a crash would leave it: what a reader sees while it is open. */
void place_crash (const Place *self, const Place *copy);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

G_END_DECLS
