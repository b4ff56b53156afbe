#pragma once

#include "model/engine/engine.h"
#include "model/engine/rows.h"

G_BEGIN_DECLS

/*
 * An engine with what tests of it need: items and requests from JSON text, expressions from text. Values live
 * until the fixture is freed.
 */
typedef struct
{
  HrEngine *engine;
  HrArena *arena;
  HrCall call;
  HrCapacity capacity;  /* of the latest request */
  HrServiceError error; /* likewise */
  HrWriteResult result;
  HrPage page;
  gint64 now_us;        /* the engine's clock stands here, if it has one of its own */
  HrClock clock;
} Fixture;

Fixture *fixture_new  (const char *path); /* NULL: in memory */
/** The engine is NULL when it could not be opened. */
Fixture *fixture_new_with (const char *path, const HrEngineOptions *options);
/** With a clock of its own that stands still until the test moves it. */
Fixture *fixture_new_at (const char *path, gint64 now_us);
void     fixture_free (Fixture *self);
/** Opens the same file again. */
void     fixture_reopen (Fixture *self, const char *path);

/** Keys as `pk:S` or `a:S,b:N`; @sort_key may be NULL. */
HrTable *fixture_table     (const char *name, const char *partition_key, const char *sort_key);
HrIndex *fixture_add_index (HrTable *table, const char *name, HrIndexKind kind, const char *partition_key,
                            const char *sort_key, HrProjectionType projection);
/** Creates it and frees the definition. */
void     fixture_create    (Fixture *self, HrTable *table);

HrValue  fixture_item (Fixture *self, const char *json);
/** `'` stands for `"`. */
HrValue  fixture_item_quoted (Fixture *self, const char *json);
char    *fixture_print (const HrValue *item);
HrValue  fixture_text (Fixture *self, char letter, gsize length);

const HrCondition *fixture_condition (Fixture *self, HrExpressionKind kind, const char *text,
                                      const char *values);
const HrUpdate     *fixture_update     (Fixture *self, const char *text, const char *values);
const HrProjection *fixture_projection (Fixture *self, const char *text);
const HrKeyCondition *fixture_key_condition (Fixture *self, const char *text, const char *values);

/* Requests; JSON as for fixture_item_quoted(). Results go into the fixture. */
gboolean fixture_write (Fixture *self, const HrWrite *write);
gboolean fixture_put   (Fixture *self, const char *table, const char *item);
gboolean fixture_delete (Fixture *self, const char *table, const char *key);
gboolean fixture_update_item (Fixture *self, const char *table, const char *key, const char *update,
                              const char *values);
gboolean fixture_get   (Fixture *self, const char *table, const char *key, HrGetResult *result);
gboolean fixture_read  (Fixture *self, const HrPageRequest *request);

/** `table 2.5r 3w, index 1w` of the latest request. */
char    *fixture_print_capacity (Fixture *self);
char    *fixture_dump   (Fixture *self, const char *table);
void     fixture_verify (Fixture *self, const char *table);

#define assert_error(fixture, expected_kind, expected_message) \
  G_STMT_START { \
    g_assert_cmpstr ((fixture)->error.message, ==, (expected_message)); \
    g_assert_cmpint ((fixture)->error.kind, ==, (expected_kind)); \
  } G_STMT_END

#define assert_capacity(fixture, expected) \
  G_STMT_START { \
    g_autofree char *_capacity = fixture_print_capacity (fixture); \
    g_assert_cmpstr (_capacity, ==, (expected)); \
  } G_STMT_END

#define assert_item(value, expected) \
  G_STMT_START { \
    g_autofree char *_item = fixture_print (value); \
    g_assert_cmpstr (_item, ==, (expected)); \
  } G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

G_END_DECLS
