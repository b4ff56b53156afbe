#pragma once

#include <adwaita.h>

#include "tests/app/session-fixture.h"

G_BEGIN_DECLS

/** PageFixture: one page of the workbench in a window of its own, on a display that nobody sees, with the sample. */
typedef struct
{
  HrSession *session;
  GtkWidget *window;
  GtkWidget *page; /* NULL: page_show() has not been called */
} PageFixture;

typedef GtkWidget *(*PageFunc) (HrSession *session);

/* For g_test_add(); @constructor: a PageFunc, or NULL for tests that make their pages. What is torn down is gone. */
void       page_set_up     (PageFixture *self, gconstpointer constructor);
void       page_tear_down  (PageFixture *self, gconstpointer constructor);
void       page_show       (PageFixture *self, GtkWidget *page);
/** Until what is under way is done: idle work, short timeouts, frames. */
void       page_settle     (void);

/** Makes the sample's first entity and pattern again and again, with names of their own, until there are so many. */
void       page_multiply   (PageFixture *self, guint n_entities, guint n_patterns);
/** Selects the item with these keys of the sample's table. */
void       page_select_item (PageFixture *self, const char *pk, const char *sk);

/** The first below @widget that @test is true of, or NULL. */
typedef gboolean (*PageTestFunc) (GtkWidget *widget, gconstpointer data);
GtkWidget *page_find       (GtkWidget *widget, PageTestFunc test, gconstpointer data);
GtkWidget *page_find_type  (GtkWidget *widget, GType type);
/** The visible label with this text. */
GtkWidget *page_find_label (GtkWidget *widget, const char *text);
/** Until it is there. */
void       page_wait_for_label (GtkWidget *widget, const char *text);
/** Clicks the button with this label, which must be there. */
void       page_click      (GtkWidget *widget, const char *label);

G_END_DECLS
