#pragma once

#include "tests/engine/fixture.h"

G_BEGIN_DECLS

/*
 * Writes of all kinds, and what a database must hold after each of them.
 *
 * An item is a function of its key and of a version that no two writes share, so what a database holds is told by the
 * version at each key. Every step adds such a state to the history.
 */
#define LOAD_TABLES 4
#define LOAD_KEYS 72
#define LOAD_STREAM_TABLE 0 /* the table that has a stream */

typedef enum
{
  LOAD_TABLE_ABSENT,
  LOAD_TABLE_PLAIN,   /* with one index */
  LOAD_TABLE_INDEXED, /* with two */
} LoadTableForm;

typedef struct
{
  guint8 forms[LOAD_TABLES];
  guint32 versions[LOAD_TABLES][LOAD_KEYS]; /* 0: no item */
} LoadState;

typedef struct
{
  Fixture *f;
  GRand *chance;
  GArray *history; /* LoadState: the first is what was there, the last is perhaps not there yet */
  guint32 version;
  guint n_steps;
  gboolean has_failed; /* the latest step */
} Load;

extern const char *const LOAD_NAMES[LOAD_TABLES];

HrTable *load_make_table (guint table, LoadTableForm form);
HrValue  load_make_item  (Fixture *f, guint table, guint key, guint32 version);
/** What has the key attributes of an item: its key, as load_make_item() takes it. */
guint    load_read_key   (guint table, const HrValue *item);
guint32  load_read_version (const HrValue *item);

/** Writes until something fails or the steps are done. */
void     load_run        (Load *self, guint n_steps);

G_END_DECLS
