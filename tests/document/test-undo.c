/*
 * Undo on random edits: what every step did is taken back and done again exactly, down to index entries, ordinals and
 * drafts, and the whole history leads back to both of its ends.
 */
#include "tests/document/fixture.h"

#include "model/engine/rows.h"
#include "model/value/codec.h"

#include <string.h>

typedef struct
{
  HrDocument *document;
  GRand *random;
  GPtrArray *keys;     /* char*: keys of all items of a table, gathered on demand */
  GArray *ordinals;    /* gint64 of all entries */
  guint n_tables_made;
} Player;

static gboolean
chance (Player *player, guint percent)
{
  return g_rand_int_range (player->random, 0, 100) < (gint) percent;
}

static guint
pick (Player *player, guint count)
{
  return (guint) g_rand_int_range (player->random, 0, (gint) count);
}

static const HrTable *
pick_table (Player *player)
{
  HrModel *model = hr_document_get_model (player->document);

  return model->tables->len > 0 ? g_ptr_array_index (model->tables, pick (player, model->tables->len)) : NULL;
}

static const char *const names[] = { "pk", "sk", "id", "owner", "rank", "n", "text" };

/* A value that is often of the right type for whatever the attribute is used for. */
static void
write_value (Player *player, GString *out)
{
  switch (pick (player, 8))
    {
    case 0:
    case 1:
    case 2:
    case 3:
      g_string_append_printf (out, "{\"S\":\"%c\"}", 'a' + (int) pick (player, 4));
      break;
    case 4:
    case 5:
      g_string_append_printf (out, "{\"N\":\"%u\"}", pick (player, 4));
      break;
    case 6:
      g_string_append (out, chance (player, 50) ? "{\"S\":\"\"}" : "{\"BOOL\":true}");
      break;
    default:
      g_string_append (out, chance (player, 80) ? "{\"L\":[{\"S\":\"x\"}]}" : "5");
      break;
    }
}

static char *
random_item (Player *player, const HrTable *table)
{
  GString *out = g_string_new ("{");

  if (chance (player, 4))
    return g_string_free (g_string_assign (out, chance (player, 50) ? "\"text\"" : "[1, {}]"), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const HrAttribute *key = hr_table_find_key_attribute (table, names[i]);

      if (!chance (player, key != NULL ? 90 : 30))
        continue;
      g_string_append_printf (out, "%s\"%s\":", out->len > 1 ? "," : "", names[i]);
      if (key != NULL && chance (player, 85))
        g_string_append_printf (out, "{\"%s\":\"%u\"}", key->type == HR_TYPE_N ? "N" : "S", pick (player, 12));
      else
        write_value (player, out);
    }
  return g_string_free (g_string_append_c (out, '}'), FALSE);
}

typedef struct
{
  Player *player;
  const HrTable *definition;
} Gather;

static gboolean
gather_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Gather *gather = user_data;
  const HrTable *definition = gather->definition;
  const HrAttribute *attributes[2];
  HrBuffer text = HR_BUFFER_INIT;
  HrMember members[2];
  HrValue key;
  guint count = 0;

  g_array_append_val (gather->player->ordinals, ordinal);
  if (item == NULL)
    return TRUE;
  attributes[0] = hr_table_get_partition_key (definition);
  attributes[1] = hr_table_get_sort_key (definition);
  for (guint i = 0; i < 2 && attributes[i] != NULL; i++)
    members[count++] = (HrMember) { attributes[i]->name, (guint32) strlen (attributes[i]->name),
                                    *hr_map_get (item, attributes[i]->name, strlen (attributes[i]->name)) };
  hr_members_sort (members, count);
  key = hr_value_map (members, count);
  hr_item_to_json (&key, FALSE, &text);
  g_ptr_array_add (gather->player->keys, hr_buffer_steal (&text, NULL));
  return TRUE;
}

static void
gather_entries (Player *player, const HrTable *table)
{
  Gather gather = { player, hr_engine_get_table (hr_document_get_engine (player->document), table->name) };

  g_ptr_array_set_size (player->keys, 0);
  g_array_set_size (player->ordinals, 0);
  g_assert_true (hr_document_foreach_entry (player->document, table->name, gather_cb, &gather, NULL));
}

static gint64
pick_ordinal (Player *player)
{
  if (player->ordinals->len == 0 || chance (player, 30))
    return -1;
  return g_array_index (player->ordinals, gint64, pick (player, player->ordinals->len)) + pick (player, 2);
}

static void
play_add (Player *player, const HrTable *table)
{
  g_autofree char *json = random_item (player, table);
  g_autoptr (GError) error = NULL;

  gather_entries (player, table);
  hr_document_add_item (player->document, table->name, json, strlen (json), pick_ordinal (player), HR_RANGE_NONE,
                        &error);
  g_assert_no_error (error);
}

static gboolean
pick_key (Player *player, const HrTable *table, HrArena *arena, HrValue *key)
{
  gather_entries (player, table);
  if (player->keys->len == 0)
    return FALSE;
  *key = fixture_item (arena, g_ptr_array_index (player->keys, pick (player, player->keys->len)));
  return TRUE;
}

/* May be refused, which must leave the edit as it was. */
static void
play_replace (Player *player, const HrTable *table)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *json = random_item (player, table);
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error;
  HrValue key, item;

  if (pick_key (player, table, arena, &key)
      && hr_item_from_json (arena, hr_json_parse (arena, json, strlen (json), 64, &json_error), &item, &service_error))
    hr_document_replace_item (player->document, table->name, &key, &item, NULL);
}

static void
play_remove (Player *player, const HrTable *table)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue key;

  if (!pick_key (player, table, arena, &key))
    return;
  hr_document_remove_item (player->document, table->name, &key, &error);
  g_assert_no_error (error);
}

static void
play_move (Player *player, const HrTable *table)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue key;

  if (!pick_key (player, table, arena, &key))
    return;
  hr_document_move_item (player->document, table->name, &key, pick_ordinal (player), &error);
  g_assert_no_error (error);
}

static void
play_draft (Player *player, const HrTable *table)
{
  guint count = hr_document_get_n_drafts (player->document);
  g_autofree char *json = random_item (player, table);
  g_autoptr (GError) error = NULL;
  guint index;

  if (count == 0)
    return;
  index = pick (player, count);
  gather_entries (player, hr_model_find_table (hr_document_get_model (player->document),
                                               hr_document_get_draft (player->document, index)->table));
  switch (pick (player, 3))
    {
    case 0:
      hr_document_remove_draft (player->document, index, &error);
      break;
    case 1:
      hr_document_move_draft (player->document, index, pick_ordinal (player), &error);
      break;
    default:
      hr_document_replace_draft (player->document, index, json, strlen (json), &error);
      break;
    }
  g_assert_no_error (error);
}

static HrIndex *
random_index (Player *player)
{
  static const char *const index_names[] = { "by-owner", "by-rank", "by-n", "by-text" };
  static const HrType types[] = { HR_TYPE_S, HR_TYPE_S, HR_TYPE_S, HR_TYPE_N, HR_TYPE_N, HR_TYPE_BOOL };
  gboolean is_local = chance (player, 25);
  HrIndex *index = fixture_index_new (index_names[pick (player, 4)], is_local ? HR_INDEX_LOCAL : HR_INDEX_GLOBAL,
                                      is_local ? "pk" : names[pick (player, G_N_ELEMENTS (names))],
                                      types[pick (player, 6)],
                                      chance (player, 50) ? names[pick (player, G_N_ELEMENTS (names))] : NULL,
                                      types[pick (player, 6)]);

  index->projection = (HrProjectionType) pick (player, 3);
  if (index->projection == HR_PROJECT_INCLUDE)
    g_ptr_array_add (index->included, g_strdup ("text"));
  return index;
}

static void
change_table (Player *player, HrTable *table)
{
  static const HrType types[] = { HR_TYPE_S, HR_TYPE_S, HR_TYPE_S, HR_TYPE_N, HR_TYPE_N, HR_TYPE_BOOL };

  switch (pick (player, 9))
    {
    case 0:
    case 1:
      g_ptr_array_add (table->indexes, random_index (player));
      break;
    case 2:
      if (table->indexes->len > 0)
        g_ptr_array_remove_index (table->indexes, pick (player, table->indexes->len));
      break;
    case 3:
      ((HrAttribute *) g_ptr_array_index (table->partition_key, 0))->type = types[pick (player, 6)];
      break;
    case 4:
      g_ptr_array_set_size (table->sort_key, 0);
      if (chance (player, 70))
        g_ptr_array_add (table->sort_key, hr_attribute_new (chance (player, 70) ? "sk" : "n", types[pick (player, 6)]));
      break;
    case 5:
      table->settings.stream = (HrStreamView) pick (player, 4);
      break;
    case 6:
      table->settings.deletion_protection = !table->settings.deletion_protection;
      break;
    case 7:
      if (table->indexes->len > 0)
        g_ptr_array_add (table->indexes, g_ptr_array_steal_index (table->indexes, 0));
      break;
    default:
      g_free (table->name);
      table->name = g_strdup_printf ("table-%u", ++player->n_tables_made);
      break;
    }
}

static void
play_model (Player *player, const HrTable *table)
{
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (player->document));
  g_autofree char *name = g_strdup_printf ("table-%u", ++player->n_tables_made);
  g_autoptr (GError) error = NULL;

  if (chance (player, 15))
    g_ptr_array_add (model->tables, fixture_table_new (name, "pk", HR_TYPE_S, chance (player, 50) ? "sk" : NULL,
                                                       HR_TYPE_S));
  if (model->tables->len > 2 && chance (player, 20))
    g_ptr_array_remove_index (model->tables, pick (player, model->tables->len));
  for (guint rounds = pick (player, 3); rounds > 0; rounds--)
    change_table (player, g_ptr_array_index (model->tables, pick (player, model->tables->len)));
  hr_document_set_model (player->document, model, &error);
  g_assert_no_error (error);
}

static void
play_once (Player *player)
{
  static void (*const plays[]) (Player *, const HrTable *) = {
    play_add, play_add, play_add, play_add, play_replace, play_remove, play_remove, play_move, play_draft, play_draft,
  };
  const HrTable *table = pick_table (player);

  if (chance (player, 4))
    play_model (player, table);
  else
    plays[pick (player, G_N_ELEMENTS (plays))] (player, table);
}

static void
player_init (Player *player, guint32 seed)
{
  player->document = fixture_document_new ();
  player->random = g_rand_new_with_seed (seed);
  player->keys = g_ptr_array_new_with_free_func (g_free);
  player->ordinals = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
player_clear (Player *player)
{
  g_object_unref (player->document);
  g_rand_free (player->random);
  g_ptr_array_unref (player->keys);
  g_array_unref (player->ordinals);
}

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
  gboolean is_cancelled = chance (player, 10);

  fixture_begin (player->document, "Step");
  for (guint rounds = 1 + pick (player, 4); rounds > 0; rounds--)
    play_once (player);
  if (is_cancelled)
    hr_document_cancel_edit (player->document);
  else
    fixture_commit (player->document);

  fixture_verify (player->document);
  check_order (player);
  if (chance (player, 20))
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
          while (chance (&player, 20) && hr_document_can_undo (player.document))
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
            play_once (&player);
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
