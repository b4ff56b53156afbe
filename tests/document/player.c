/*
 * A player: whatever a person could do to a document, at random. Items often have keys that others have, keys of a
 * wrong type or none, so that drafts come and go; definitions change under the items.
 */
#include "tests/document/player.h"

#include "model/value/codec.h"

#include <string.h>

gboolean
player_chance (Player *player, guint percent)
{
  return g_rand_int_range (player->random, 0, 100) < (gint) percent;
}

guint
player_pick (Player *player, guint count)
{
  return (guint) g_rand_int_range (player->random, 0, (gint) count);
}

static const HrTable *
pick_table (Player *player)
{
  HrModel *model = hr_document_get_model (player->document);

  return model->tables->len > 0 ? g_ptr_array_index (model->tables, player_pick (player, model->tables->len)) : NULL;
}

static const char *const names[] = { "pk", "sk", "id", "owner", "rank", "n", "text" };

/* A value that is often of the right type for whatever the attribute is used for. */
static void
write_value (Player *player, GString *out)
{
  switch (player_pick (player, 8))
    {
    case 0:
    case 1:
    case 2:
    case 3:
      g_string_append_printf (out, "{\"S\":\"%c\"}", 'a' + (int) player_pick (player, 4));
      break;
    case 4:
    case 5:
      g_string_append_printf (out, "{\"N\":\"%u\"}", player_pick (player, 4));
      break;
    case 6:
      g_string_append (out, player_chance (player, 50) ? "{\"S\":\"\"}" : "{\"BOOL\":true}");
      break;
    default:
      g_string_append (out, player_chance (player, 80) ? "{\"L\":[{\"S\":\"x\"}]}" : "5");
      break;
    }
}

static char *
random_item (Player *player, const HrTable *table)
{
  GString *out = g_string_new ("{");

  if (player_chance (player, 4))
    return g_string_free (g_string_assign (out, player_chance (player, 50) ? "\"text\"" : "[1, {}]"), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const HrAttribute *key = hr_table_find_key_attribute (table, names[i]);

      if (!player_chance (player, key != NULL ? 90 : 30))
        continue;
      g_string_append_printf (out, "%s\"%s\":", out->len > 1 ? "," : "", names[i]);
      if (key != NULL && player_chance (player, 85))
        g_string_append_printf (out, "{\"%s\":\"%u\"}", key->type == HR_TYPE_N ? "N" : "S", player_pick (player, 12));
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
  if (player->ordinals->len == 0 || player_chance (player, 30))
    return -1;
  return g_array_index (player->ordinals, gint64, player_pick (player, player->ordinals->len))
         + player_pick (player, 2);
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
  *key = fixture_item (arena, g_ptr_array_index (player->keys, player_pick (player, player->keys->len)));
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
  index = player_pick (player, count);
  gather_entries (player, hr_model_find_table (hr_document_get_model (player->document),
                                               hr_document_get_draft (player->document, index)->table));
  switch (player_pick (player, 3))
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
  gboolean is_local = player_chance (player, 25);
  const char *partition = is_local ? "pk" : names[player_pick (player, G_N_ELEMENTS (names))];
  const char *sort = player_chance (player, 50) ? names[player_pick (player, G_N_ELEMENTS (names))] : NULL;
  HrIndex *index = fixture_index_new (index_names[player_pick (player, 4)],
                                      is_local ? HR_INDEX_LOCAL : HR_INDEX_GLOBAL, partition,
                                      types[player_pick (player, 6)], sort, types[player_pick (player, 6)]);

  index->projection = (HrProjectionType) player_pick (player, 3);
  if (index->projection == HR_PROJECT_INCLUDE)
    g_ptr_array_add (index->included, g_strdup ("text"));
  return index;
}

static void
change_table (Player *player, HrTable *table)
{
  static const HrType types[] = { HR_TYPE_S, HR_TYPE_S, HR_TYPE_S, HR_TYPE_N, HR_TYPE_N, HR_TYPE_BOOL };

  switch (player_pick (player, 9))
    {
    case 0:
    case 1:
      g_ptr_array_add (table->indexes, random_index (player));
      break;
    case 2:
      if (table->indexes->len > 0)
        g_ptr_array_remove_index (table->indexes, player_pick (player, table->indexes->len));
      break;
    case 3:
      ((HrAttribute *) g_ptr_array_index (table->partition_key, 0))->type = types[player_pick (player, 6)];
      break;
    case 4:
      g_ptr_array_set_size (table->sort_key, 0);
      if (player_chance (player, 70))
        g_ptr_array_add (table->sort_key, hr_attribute_new (player_chance (player, 70) ? "sk" : "n",
                                                            types[player_pick (player, 6)]));
      break;
    case 5:
      table->settings.stream = (HrStreamView) player_pick (player, 4);
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

  if (player_chance (player, 15))
    g_ptr_array_add (model->tables, fixture_table_new (name, "pk", HR_TYPE_S, player_chance (player, 50) ? "sk" : NULL,
                                                       HR_TYPE_S));
  if (model->tables->len > 2 && player_chance (player, 20))
    g_ptr_array_remove_index (model->tables, player_pick (player, model->tables->len));
  for (guint rounds = player_pick (player, 3); rounds > 0; rounds--)
    change_table (player, g_ptr_array_index (model->tables, player_pick (player, model->tables->len)));
  hr_document_set_model (player->document, model, &error);
  g_assert_no_error (error);
}

void
player_play (Player *player)
{
  static void (*const plays[]) (Player *, const HrTable *) = {
    play_add, play_add, play_add, play_add, play_replace, play_remove, play_remove, play_move, play_draft, play_draft,
  };
  const HrTable *table = pick_table (player);

  if (!player->keeps_model && player_chance (player, 4))
    play_model (player, table);
  else
    plays[player_pick (player, G_N_ELEMENTS (plays))] (player, table);
}

void
player_init (Player *player, guint32 seed)
{
  player->document = fixture_document_new ();
  player->random = g_rand_new_with_seed (seed);
  player->keys = g_ptr_array_new_with_free_func (g_free);
  player->ordinals = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
player_clear (Player *player)
{
  g_object_unref (player->document);
  g_rand_free (player->random);
  g_ptr_array_unref (player->keys);
  g_array_unref (player->ordinals);
}
