#pragma once

#include "model/document/store.h"

G_BEGIN_DECLS

/*
 * Unsaved work, in $XDG_STATE_HOME/hashrange/recovery: the store of each open document lies there. A store goes when
 * its document is closed in peace; one that is there and that nobody has open was left behind by a program that died.
 */

/** Moves the document to a new store. FALSE with @error, and it stays in memory: nothing is kept of it then. */
gboolean   hr_recovery_keep (HrDocument *document, GError **error);

/** HrLeftover: work that was left behind. */
typedef struct
{
  char *path;     /* of the store */
  char *name;     /* of the model, or NULL: it cannot be told */
  char *original; /* path of the model's own file, or NULL: it had none */
  gint64 time_s;  /* of the last change, seconds since 1970 */
  char *problem;  /* why it cannot be opened, a sentence; NULL: it can */
} HrLeftover;

/**
 * What was left behind, the latest first. What holds nothing that is not in its file is removed meanwhile; a store that
 * is damaged is set aside under another name in the same folder, and told of from then on, until the person has had
 * enough of it. Free with g_ptr_array_unref().
 */
GPtrArray *hr_recovery_list    (void);
/** The person does not want it: removes a store; of one that is damaged only the listing ends, the file stays. */
void       hr_recovery_discard (const char *path);

/** What the session notes in a store: path and mark of the model's own file. */
char      *hr_recovery_print_note (const char *original, const char *mark);
/** Both are NULL where the note has nothing. */
void       hr_recovery_parse_note (const char *note, char **original, char **mark);

G_END_DECLS
