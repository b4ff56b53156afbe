/*
 * What a document tells of its changes, and outlines that follow them, beside outlines worked out from the rows.
 */
#include "tests/document/naive-outline.h"
#include "tests/document/player.h"

#include "model/engine/rows.h"

#include <string.h>

/* One outline that follows a document, as a view does it. */
typedef struct
{
  HrOutlineOptions options;
  HrOutline *outline; /* NULL: the table cannot be stored now */
} Follower;

typedef struct
{
  Player player;
  GArray *followers;
  guint n_followed;
  guint n_rebuilt;
} Scene;

static void
rebuild (Scene *scene, Follower *follower)
{
  const HrTable *table = hr_model_find_table (hr_document_get_model (scene->player.document), follower->options.table);
  HrEngine *engine = hr_document_get_engine (scene->player.document);

  g_clear_pointer (&follower->outline, hr_outline_free);
  if (table != NULL && hr_engine_get_table (engine, table->name) != NULL
      && (follower->options.index == NULL
          || hr_table_find_index (hr_engine_get_table (engine, table->name), follower->options.index) != NULL))
    follower->outline = hr_outline_new (engine, table, &follower->options, NULL, NULL);
}

static void
follow (Follower *follower, const HrDocumentChange *change)
{
  hr_outline_begin_changes (follower->outline);
  for (guint i = 0; i < change->n_rows_changed; i++)
    if (g_str_equal (change->rows[i].table, follower->options.table))
      hr_outline_apply_change (follower->outline, change->rows[i].before, change->rows[i].after,
                               change->rows[i].ordinal);
  hr_outline_end_changes (follower->outline);
}

static void
changed_cb (Scene *scene, const HrDocumentChange *change)
{
  gboolean is_anew = change->model_changed || (change->rows == NULL && change->n_rows_changed > 0);

  g_assert_true (change->model_changed == (change->model_before != NULL));
  for (guint i = 0; i < scene->followers->len; i++)
    {
      Follower *follower = &g_array_index (scene->followers, Follower, i);

      if (is_anew)
        rebuild (scene, follower);
      else if (follower->outline != NULL && change->rows != NULL)
        follow (follower, change);
    }
  scene->n_rebuilt += is_anew;
  scene->n_followed += !is_anew;
}

static void
check (Scene *scene, gboolean gentle)
{
  HrEngine *engine = hr_document_get_engine (scene->player.document);

  for (guint i = 0; i < scene->followers->len; i++)
    {
      Follower *follower = &g_array_index (scene->followers, Follower, i);
      NaiveOutline naive = { engine, NULL, follower->options };

      if (follower->outline == NULL)
        continue;
      naive.table = hr_model_find_table (hr_document_get_model (scene->player.document), follower->options.table);
      naive_outline_check (&naive, follower->outline, scene->player.random, gentle);
    }
}

static void
scene_init (Scene *scene, guint32 seed)
{
  static const HrOutlineOptions options[] = {
    { .table = "notes", .order = HR_ORDER_ENTERED },
    { .table = "notes", .order = HR_ORDER_SIZE, .hidden_entities = 1 },
    { .table = "notes", .order = HR_ORDER_HASH, .filter = "a" },
    { .table = "notes", .index = "by-owner", .order = HR_ORDER_KEY },
    { .table = "notes", .index = "by-rank", .order = HR_ORDER_ENTERED, .filter = "1" },
    { .table = "counters", .order = HR_ORDER_SIZE },
  };

  player_init (&scene->player, seed);
  scene->followers = g_array_new (FALSE, FALSE, sizeof (Follower));
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      Follower follower = { options[i], NULL };

      rebuild (scene, &follower);
      g_array_append_val (scene->followers, follower);
    }
  g_signal_connect_swapped (scene->player.document, "changed", G_CALLBACK (changed_cb), scene);
}

static void
scene_clear (Scene *scene)
{
  for (guint i = 0; i < scene->followers->len; i++)
    hr_outline_free (g_array_index (scene->followers, Follower, i).outline);
  g_array_unref (scene->followers);
  player_clear (&scene->player);
}

static void
play_rounds (Scene *scene)
{
  for (guint rounds = 1 + player_pick (&scene->player, 4); rounds > 0; rounds--)
    player_play (&scene->player);
}

/* What others write: rows come, change and go behind the document's back, a part of it is rolled back. */
static void
play_capture (Scene *scene)
{
  static const char *const sort_keys[] = { "1", "2", "3", "4", "5" };
  HrEngine *engine = hr_document_get_engine (scene->player.document);
  g_autoptr (HrArena) arena = hr_arena_new ();
  gboolean is_cancelled = player_chance (&scene->player, 20);
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };

  g_assert_true (hr_document_begin_capture (scene->player.document, "Others", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (sort_keys); i++)
    {
      HrMember members[] = { { "pk", 2, hr_value_string (player_chance (&scene->player, 50) ? "1" : "a", 1) },
                             { "sk", 2, hr_value_string (sort_keys[i], 1) } };
      HrValue key = hr_value_map (members, 2);
      HrWrite put = { .kind = HR_WRITE_PUT, .table = "notes", .item = key };
      HrWriteResult result;
      gboolean is_rolled_back = player_chance (&scene->player, 20);

      if (is_rolled_back)
        g_assert_true (hr_engine_begin (engine, NULL));
      if (player_chance (&scene->player, 60))
        g_assert_true (hr_engine_write (engine, &put, &call, &result, &service_error));
      else
        g_assert_true (hr_engine_erase_row (engine, "notes", &key, NULL));
      if (is_rolled_back)
        g_assert_true (hr_engine_rollback (engine, NULL));
    }
  if (is_cancelled)
    hr_document_cancel_capture (scene->player.document);
  else
    g_assert_true (hr_document_commit_capture (scene->player.document, NULL));
}

static void
play_edit (Scene *scene)
{
  HrDocument *document = scene->player.document;

  fixture_begin (document, "Step");
  play_rounds (scene);
  switch (player_pick (&scene->player, 10))
    {
    case 0:
      hr_document_cancel_edit (document);
      break;
    case 1:
    case 2:
      g_assert_true (hr_document_commit_edit_merged (document, NULL));
      break;
    default:
      fixture_commit (document);
      break;
    }
}

static void
play_step (Scene *scene)
{
  HrDocument *document = scene->player.document;
  guint choice = player_pick (&scene->player, 20);

  if (choice < 5 && hr_document_can_undo (document))
    fixture_undo (document);
  else if (choice < 8 && hr_document_can_redo (document))
    fixture_redo (document);
  else if (choice == 8 && scene->player.keeps_model)
    play_capture (scene);
  else
    play_edit (scene);
}

/* There and back again, with nothing but changes of single rows in between. */
static void
test_edits (void)
{
  for (guint32 seed = 1; seed <= 3; seed++)
    {
      Scene scene = { 0 };

      scene_init (&scene, seed);
      scene.player.keeps_model = TRUE;
      for (guint i = 0; i < 1500; i++)
        {
          play_step (&scene);
          if (i % 50 == 0)
            check (&scene, TRUE);
        }
      while (hr_document_can_undo (scene.player.document))
        fixture_undo (scene.player.document);
      check (&scene, FALSE);
      while (hr_document_can_redo (scene.player.document))
        fixture_redo (scene.player.document);
      check (&scene, FALSE);
      g_assert_cmpuint (scene.n_followed, >, 1000);
      g_assert_cmpuint (scene.n_rebuilt, ==, 0);
      scene_clear (&scene);
    }
}

/* Definitions change, too. */
static void
test_definitions (void)
{
  Scene scene = { 0 };

  scene_init (&scene, 40);
  for (guint i = 0; i < 400; i++)
    {
      play_step (&scene);
      if (i % 40 == 0)
        check (&scene, TRUE);
    }
  check (&scene, FALSE);
  g_assert_cmpuint (scene.n_rebuilt, >, 10);
  scene_clear (&scene);
}

typedef struct
{
  guint n_changes;
  HrDocumentEvent event;
  char *name;
  guint n_rows_changed;
  gboolean has_rows;
} Heard;

static void
hear_cb (Heard *heard, const HrDocumentChange *change)
{
  heard->n_changes++;
  heard->event = change->event;
  g_free (heard->name);
  heard->name = g_strdup (change->name);
  heard->n_rows_changed = change->n_rows_changed;
  heard->has_rows = change->rows != NULL;
}

static void
add_many (HrDocument *document, guint count)
{
  fixture_begin (document, "Fill");
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'id':{'N':'%u'}}", 1000 + i);

      fixture_add (document, "counters", json);
    }
  fixture_commit (document);
}

static void
test_many (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  Heard heard = { 0 };

  g_signal_connect_swapped (document, "changed", G_CALLBACK (hear_cb), &heard);
  add_many (document, HR_ROW_CHANGES_MAX);
  g_assert_cmpint (heard.event, ==, HR_DOCUMENT_EDITED);
  g_assert_cmpstr (heard.name, ==, "Fill");
  g_assert_true (heard.has_rows);
  fixture_undo (document);
  g_assert_cmpint (heard.event, ==, HR_DOCUMENT_UNDONE);
  g_assert_true (heard.has_rows);
  add_many (document, HR_ROW_CHANGES_MAX + 1);
  g_assert_false (heard.has_rows);
  g_assert_cmpuint (heard.n_rows_changed, ==, HR_ROW_CHANGES_MAX + 1);
  fixture_undo (document);
  g_assert_false (heard.has_rows);
  fixture_redo (document);
  g_assert_cmpint (heard.event, ==, HR_DOCUMENT_REDONE);
  g_assert_cmpuint (heard.n_changes, ==, 5);
  g_free (heard.name);
}

/* The item that goes, then the draft that takes its place; undone, the other way round. */
static void
hear_promotion_cb (HrDocument *document, const HrDocumentChange *change, guint *n_heard)
{
  gboolean is_undone = change->event == HR_DOCUMENT_UNDONE;
  const HrRowChange *first = &change->rows[is_undone ? 1 : 0];
  const HrRowChange *second = &change->rows[is_undone ? 0 : 1];
  const HrValue *removed = is_undone ? first->after : first->before;
  const HrValue *promoted = is_undone ? second->before : second->after;

  g_assert_cmpuint (change->n_rows_changed, ==, 2);
  g_assert_true (change->drafts_changed);
  g_assert_cmpstr (first->table, ==, "counters");
  g_assert_nonnull (removed);
  g_assert_null (hr_map_get (removed, "n", 1));
  g_assert_nonnull (promoted);
  g_assert_nonnull (hr_map_get (promoted, "n", 1));
  g_assert_null (is_undone ? first->before : first->after);
  g_assert_null (is_undone ? second->after : second->before);
  (*n_heard)++;
}

static void
test_promotion (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  guint n_heard = 0;

  fixture_begin (document, "Add");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_add (document, "counters", "{'id':{'N':'1'},'n':{'N':'2'}}");
  fixture_commit (document);
  g_signal_connect (document, "changed", G_CALLBACK (hear_promotion_cb), &n_heard);
  fixture_begin (document, "Remove");
  fixture_remove (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
  fixture_undo (document);
  fixture_redo (document);
  g_assert_cmpuint (n_heard, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/follow/edits", test_edits);
  g_test_add_func ("/document/follow/definitions", test_definitions);
  g_test_add_func ("/document/follow/many", test_many);
  g_test_add_func ("/document/follow/promotion", test_promotion);
  return g_test_run ();
}
