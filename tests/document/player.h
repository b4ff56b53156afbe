#pragma once

#include "tests/document/fixture.h"

/* Plays with a document at random, the same way for a seed. */
typedef struct
{
  HrDocument *document;
  GRand *random;
  GPtrArray *keys;     /* char*: keys of all items of a table, gathered on demand */
  GArray *ordinals;    /* gint64 of all entries */
  guint n_tables_made;
  gboolean keeps_model; /* definitions are left alone */
} Player;

void     player_init   (Player *player, guint32 seed);
void     player_clear  (Player *player);
gboolean player_chance (Player *player, guint percent);
guint    player_pick   (Player *player, guint count);
/* One change within an open edit. */
void     player_play   (Player *player);
