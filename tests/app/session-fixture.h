#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

/* Runs the tests that @add adds, with a state folder of their own, which goes with them. Returns for main(). */
int           fixture_run            (int argc, char **argv, void (*add) (void));
/* Free with g_free(). */
char         *fixture_sample_path    (void);
/* A GAsyncReadyCallback; user_data: GAsyncResult **. */
void          fixture_take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *fixture_wait_for       (GAsyncResult **result);
/* Runs the main loop for that long, and until nothing more is to be done at once. */
void          fixture_wait_ms        (guint ms);
gboolean      fixture_open_path      (HrSession *session, const char *path, GError **error);
gboolean      fixture_save_path      (HrSession *session, const char *path, GError **error);
HrSession    *fixture_open_sample    (void);
/* Until all outlines are there. */
void          fixture_wait_for_outline (HrSession *session);
/* The project file of the document as it is. */
char         *fixture_write_natively (HrDocument *document);
/* Many items, in an order that is not that of the store, as one edit. */
void          fixture_fill           (HrDocument *document, guint n_items);
/* An item that is stored, or, without a sort key, a draft. */
void          fixture_add_item       (HrDocument *document, const char *json);

#define FIXTURE_NEW_ITEM "{\"pk\": {\"S\": \"MSG#new\"}, \"sk\": {\"S\": \"2026\"}}"
#define FIXTURE_NEW_DRAFT "{\"pk\": {\"S\": \"MSG#new\"}}"

G_END_DECLS
