/*
 * Undo on random edits: what every step did is taken back and done again exactly, down to index entries, ordinals and
 * drafts, and the whole history leads back to both of its ends.
 */
#include "tests/document/player.h"

#include "model/engine/rows.h"

#include <string.h>

static void
undo_and_redo (Player *player, const char *before, const char *after)
{
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  fixture_undo (player->document);
  fixture_verify (player->document);
  undone = fixture_dump (player->document);
  fixture_assert_same (undone, before);
  fixture_redo (player->document);
  redone = fixture_dump (player->document);
  fixture_assert_same (redone, after);
}

static gboolean
check_order_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  gint64 *last = user_data;

  g_assert_cmpint (ordinal, >, *last);
  *last = ordinal;
  return TRUE;
}

/* Entries stand in order, and what is written to the engine next comes behind them. */
static void
check_order (Player *player)
{
  HrModel *model = hr_document_get_model (player->document);
  HrEngine *engine = hr_document_get_engine (player->document);

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = g_ptr_array_index (model->tables, i);
      gint64 last = -1;

      g_assert_true (hr_document_foreach_entry (player->document, table->name, check_order_cb, &last, NULL));
      if (hr_engine_get_table (engine, table->name) != NULL)
        g_assert_cmpint (last, <, hr_engine_get_next_ordinal (engine, table->name));
    }
}

/* No draft could be stored: entered once more it becomes a draft for the same reason. */
static void
check_drafts (Player *player)
{
  HrDocument *document = player->document;
  guint count = hr_document_get_n_drafts (document);

  for (guint i = 0; i < count; i++)
    {
      const HrDraft *draft = hr_document_get_draft (document, i);
      g_autofree char *code = g_strdup (draft->code);
      g_autofree char *reason = g_strdup (draft->reason);
      g_autofree char *table = g_strdup (draft->table);
      g_autofree char *json = g_strdup (draft->json);
      guint index = i;

      fixture_begin (document, "Try");
      g_assert_true (hr_document_add_item (document, table, json, strlen (json), -1, HR_RANGE_NONE, NULL));
      g_assert_cmpuint (hr_document_get_n_drafts (document), ==, count + 1);
      while (index < count && g_str_equal (hr_document_get_draft (document, index + 1)->table, table))
        index++;
      draft = hr_document_get_draft (document, index);
      g_assert_cmpstr (draft->code, ==, code);
      g_assert_cmpstr (draft->reason, ==, reason);
      hr_document_cancel_edit (document);
    }
}

/* One edit of a few changes, cancelled now and then. */
static void
play_step (Player *player)
{
  g_autofree char *before = fixture_dump (player->document);
  g_autofree char *after = NULL;
  gboolean is_cancelled = player_chance (player, 10);

  fixture_begin (player->document, "Step");
  for (guint rounds = 1 + player_pick (player, 4); rounds > 0; rounds--)
    player_play (player);
  if (is_cancelled)
    hr_document_cancel_edit (player->document);
  else
    fixture_commit (player->document);

  fixture_verify (player->document);
  check_order (player);
  if (player_chance (player, 20))
    check_drafts (player);
  after = fixture_dump (player->document);
  if (is_cancelled)
    fixture_assert_same (after, before);
  else if (!g_str_equal (before, after))
    undo_and_redo (player, before, after);
}

static void
walk_history (Player *player, const char *first)
{
  g_autofree char *last = NULL;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  while (hr_document_can_redo (player->document))
    fixture_redo (player->document);
  last = fixture_dump (player->document);
  while (hr_document_can_undo (player->document))
    fixture_undo (player->document);
  fixture_verify (player->document);
  start = fixture_dump (player->document);
  fixture_assert_same (start, first);
  while (hr_document_can_redo (player->document))
    fixture_redo (player->document);
  fixture_verify (player->document);
  end = fixture_dump (player->document);
  fixture_assert_same (end, last);
}

static void
test_random_edits (void)
{
  for (guint32 seed = 1; seed <= 12; seed++)
    {
      Player player = { 0 };
      g_autofree char *first = NULL;

      player_init (&player, seed);
      first = fixture_dump (player.document);
      for (guint i = 0; i < 150; i++)
        {
          /* go back a bit now and then: the next edit cuts the future off */
          while (player_chance (&player, 20) && hr_document_can_undo (player.document))
            fixture_undo (player.document);
          play_step (&player);
        }
      walk_history (&player, first);
      player_clear (&player);
    }
}

/* The same edits give the same document. */
static void
test_deterministic (void)
{
  char *dumps[2];

  for (guint round = 0; round < 2; round++)
    {
      Player player = { 0 };

      player_init (&player, 77);
      for (guint i = 0; i < 60; i++)
        {
          fixture_begin (player.document, "Step");
          for (guint j = 0; j < 3; j++)
            player_play (&player);
          fixture_commit (player.document);
        }
      dumps[round] = fixture_dump (player.document);
      player_clear (&player);
    }
  fixture_assert_same (dumps[0], dumps[1]);
  g_free (dumps[0]);
  g_free (dumps[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/undo/random-edits", test_random_edits);
  g_test_add_func ("/document/undo/deterministic", test_deterministic);
  return g_test_run ();
}
