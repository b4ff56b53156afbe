/*
 * Search over everything that has a name.
 *
 * Names are few, so all of them are scored at each key press. Items may be many: they are read in pages, between which
 * the main loop goes on, and the search ends when enough are found.
 */
#include "app/ui/window/palette-search.h"

#include <string.h>

#include "app/session/item-actions.h"
#include "app/session/words.h"
#include "model/base/i18n.h"
#include "model/value/codec.h"
#include "render/cell-text.h"

#define SCORE_WORD      8 /* a character at the start of a word */
#define SCORE_NEIGHBOUR 5 /* one right behind the character before */
#define SCORE_ANY       1
#define LENGTH_MALUS    8 /* characters of @text that cost a point */

#define PAGE_ITEMS 256 /* of one step */

void
hr_found_free (HrFound *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self->table);
  g_free (self->name);
  g_free (self->target);
  g_clear_pointer (&self->arena, hr_arena_free);
  g_free (self);
}

static gboolean
is_word_start (const char *text, const char *at)
{
  return at == text || !g_ascii_isalnum (at[-1]) || (g_ascii_islower (at[-1]) && g_ascii_isupper (*at));
}

/* Where @wanted next stands in @at; with @starts, rather at the start of a word. */
static const char *
find_next (const char *text, const char *at, char wanted, gboolean starts)
{
  const char *first = strchr (at, wanted);

  for (const char *hit = first; starts && hit != NULL; hit = strchr (hit + 1, wanted))
    if (hit == at || is_word_start (text, hit))
      return hit;
  return first;
}

static int
score_letters (const char *query, const char *text, const char *at, gboolean starts)
{
  int score = 0;

  for (const char *wanted = query; *wanted != '\0'; wanted++)
    {
      const char *hit;

      if (*wanted == ' ')
        continue;
      hit = find_next (text, at, *wanted, starts);
      if (hit == NULL)
        return -1;
      if (is_word_start (text, hit))
        score += SCORE_WORD;
      else
        score += hit == at && wanted != query ? SCORE_NEIGHBOUR : SCORE_ANY;
      at = hit + 1;
    }
  return score;
}

int
hr_fuzzy_score (const char *query, const char *text)
{
  g_autofree char *folded_query = g_utf8_casefold (query, -1);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  const char *found = strstr (folded, folded_query);
  int score;

  if (*folded_query == '\0')
    return 0;
  /* a whole word is better than the same letters here and there */
  if (found != NULL)
    score = score_letters (folded_query, folded, found, FALSE) + SCORE_WORD * (int) strlen (folded_query);
  else
    score = MAX (score_letters (folded_query, folded, folded, TRUE),
                 score_letters (folded_query, folded, folded, FALSE));
  return score < 0 ? -1 : MAX (1, score * 4 - (int) strlen (folded) / LENGTH_MALUS);
}

static HrFound *
add_found (GPtrArray *found, HrFoundKind kind, int score, const char *title, const char *detail, const char *table,
           const char *name)
{
  HrFound *self = g_new0 (HrFound, 1);

  self->kind = kind;
  self->score = score;
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->table = g_strdup (table);
  self->name = g_strdup (name);
  g_ptr_array_add (found, self);
  return self;
}

static void
find_commands (GPtrArray *found, const char *query)
{
  for (guint i = 0; i < hr_actions_get_count (); i++)
    {
      const HrAction *action = hr_actions_get (i);
      int score = action->name != NULL ? hr_fuzzy_score (query, _(action->title)) : -1;

      if (score >= 0)
        add_found (found, HR_FOUND_COMMAND, score, _(action->title), NULL, NULL, NULL)->action = action;
    }
}

static void
find_variables (GPtrArray *found, const char *query, const HrTable *table, const HrEntity *entity,
                HrTargetKind kind)
{
  const GPtrArray *variables = kind == HR_TARGET_ATTRIBUTE ? entity->attributes : entity->key_parts;

  for (guint i = 0; i < variables->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (variables, i);
      int score = hr_fuzzy_score (query, attribute->name);
      g_autofree char *detail = NULL;

      if (score < 0)
        continue;
      detail = g_strdup_printf (_("Attribute of %s, %s"), entity->name, hr_type_describe (attribute->type));
      add_found (found, HR_FOUND_ATTRIBUTE, score - 1, attribute->name, detail, table->name, entity->name)->target =
          hr_target_new (kind, table->name, entity->name, attribute->name);
    }
}

static void
find_in_table (GPtrArray *found, const char *query, const HrTable *table)
{
  int score = hr_fuzzy_score (query, table->name);

  if (score >= 0)
    add_found (found, HR_FOUND_TABLE, score, table->name, _("Table"), table->name, NULL);
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);

      score = hr_fuzzy_score (query, entity->name);
      if (score >= 0)
        add_found (found, HR_FOUND_ENTITY, score, entity->name, _("Entity"), table->name, entity->name);
      find_variables (found, query, table, entity, HR_TARGET_KEY_PART);
      find_variables (found, query, table, entity, HR_TARGET_ATTRIBUTE);
    }
  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);

      score = hr_fuzzy_score (query, index->name);
      if (score >= 0)
        add_found (found, HR_FOUND_INDEX, score, index->name, _("Index"), table->name, index->name);
    }
}

/* The letter alone runs the pattern. */
static void
find_patterns (GPtrArray *found, const char *query, const HrModel *model)
{
  for (guint i = 0; i < model->patterns->len; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (model->patterns, i);
      int score = hr_fuzzy_score (query, pattern->name);
      g_autofree char *detail = g_strdup_printf (_("Access pattern %s"), pattern->id);

      if (g_ascii_strcasecmp (query, pattern->id) == 0)
        {
          g_autofree char *title = g_strdup_printf (_("Run %s: %s"), pattern->id, pattern->name);

          add_found (found, HR_FOUND_RUN, G_MAXINT, title, pattern->question, NULL, pattern->id);
        }
      if (score >= 0)
        add_found (found, HR_FOUND_PATTERN, score, pattern->name, detail, NULL, pattern->id);
    }
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const HrFound *left = *(HrFound *const *) a, *right = *(HrFound *const *) b;

  if (left->score != right->score)
    return left->score < right->score ? 1 : -1;
  return g_utf8_collate (left->title, right->title);
}

GPtrArray *
hr_palette_search (HrSession *session, const char *query, guint max)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_found_free);
  HrDocument *document = hr_session_get_document (session);
  gboolean only_commands = *query == '>';
  const char *text = only_commands ? query + 1 : query;

  while (*text == ' ')
    text++;
  if (*query == '#')
    return found;
  find_commands (found, text);
  if (!only_commands && *text != '\0' && document != NULL)
    {
      const HrModel *model = hr_document_get_model (document);

      for (guint i = 0; i < model->tables->len; i++)
        find_in_table (found, text, g_ptr_array_index (model->tables, i));
      find_patterns (found, text, model);
    }
  if (*text != '\0')
    g_ptr_array_sort (found, compare_found);
  if (found->len > max)
    g_ptr_array_set_size (found, max);
  return found;
}

/* Items */

struct _HrItemSearch
{
  HrSession *session;
  HrDocument *document;
  HrModel *model;
  guint64 generation;
  char *text;          /* folded */
  gboolean only_keys;
  guint table;         /* number of the table that is being read */
  HrArena *arena;      /* of the page */
  HrArena *key_arena;  /* of the place to go on from */
  HrValue last_key;
  gboolean has_last_key;
};

HrItemSearch *
hr_item_search_new (HrSession *session, const char *query)
{
  gboolean only_keys = *query == '#';
  const char *text = only_keys ? query + 1 : query;
  HrItemSearch *self;

  while (*text == ' ')
    text++;
  /* one letter is in every item */
  if (*query == '>' || g_utf8_strlen (text, -1) < 2 || hr_session_get_document (session) == NULL
      || hr_session_is_busy (session))
    return NULL;
  self = g_new0 (HrItemSearch, 1);
  self->session = g_object_ref (session);
  self->document = g_object_ref (hr_session_get_document (session));
  self->model = hr_model_ref (hr_document_get_model (self->document));
  self->generation = hr_session_get_generation (session);
  self->text = g_utf8_casefold (text, -1);
  self->only_keys = only_keys;
  self->arena = hr_arena_new ();
  self->key_arena = hr_arena_new ();
  return self;
}

void
hr_item_search_free (HrItemSearch *self)
{
  g_object_unref (self->session);
  g_object_unref (self->document);
  hr_model_unref (self->model);
  g_free (self->text);
  hr_arena_free (self->arena);
  hr_arena_free (self->key_arena);
  g_free (self);
}

static gboolean
contains (const HrItemSearch *self, const HrValue *value, char **text)
{
  g_autofree char *folded = NULL;

  g_free (*text);
  *text = hr_cell_dup_text (value);
  folded = g_utf8_casefold (*text, -1);
  return strstr (folded, self->text) != NULL;
}

static char *
describe_key (const HrTable *table, const HrValue *item)
{
  GString *text = g_string_new (NULL);
  const GPtrArray *const parts[] = { table->partition_key, table->sort_key };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const HrAttribute *attribute = parts[i]->len > 0 ? g_ptr_array_index (parts[i], 0) : NULL;
      const HrValue *value =
          attribute != NULL ? hr_map_get (item, attribute->name, strlen (attribute->name)) : NULL;
      g_autofree char *part = value != NULL ? hr_cell_dup_text (value) : NULL;

      if (part != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "  " : "", part);
    }
  return g_string_free (text, FALSE);
}

static void
match_item (HrItemSearch *self, const HrTable *table, const HrValue *item, GPtrArray *found)
{
  g_autofree char *title = describe_key (table, item);
  g_autofree char *folded = g_utf8_casefold (title, -1);
  g_autofree char *detail = NULL;
  HrFound *hit;
  HrValue key;

  if (strstr (folded, self->text) != NULL)
    detail = g_strdup_printf (_("Item of %s"), table->name);
  for (guint i = 0; detail == NULL && !self->only_keys && i < item->length; i++)
    {
      g_autofree char *text = NULL;

      if (contains (self, &item->members[i].value, &text))
        detail = g_strdup_printf ("%.*s: %s", (int) item->members[i].name_length, item->members[i].name, text);
    }
  if (detail == NULL)
    return;
  hit = add_found (found, HR_FOUND_ITEM, 0, title, detail, table->name, NULL);
  hit->arena = hr_arena_new ();
  if (hr_item_dup_key (table, item, hit->arena, &key))
    hit->key = hr_value_copy (hit->arena, &key);
}

static gboolean
read_page (HrItemSearch *self, const HrTable *table, HrPage *page)
{
  HrCall call = { .arena = self->arena };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPageRequest request = { .table = table->name, .limit = PAGE_ITEMS };

  if (self->has_last_key)
    request.start_key = &self->last_key;
  return hr_engine_read_page (hr_document_get_engine (self->document), &request, &call, page, &error);
}

gboolean
hr_item_search_step (HrItemSearch *self, GPtrArray *found, guint max)
{
  const HrTable *table;
  HrPage page = { 0 };

  if (self->table >= self->model->tables->len || hr_session_is_busy (self->session)
      || self->generation != hr_session_get_generation (self->session)
      || self->document != hr_session_get_document (self->session))
    return FALSE;

  table = g_ptr_array_index (self->model->tables, self->table);
  hr_arena_reset (self->arena);
  if (read_page (self, table, &page))
    for (guint i = 0; i < page.count && found->len < max; i++)
      match_item (self, table, &page.items[i], found);
  self->has_last_key = page.has_last_key;
  hr_arena_reset (self->key_arena);
  if (page.has_last_key)
    self->last_key = hr_value_copy (self->key_arena, &page.last_key);
  else
    self->table++;
  return found->len < max && self->table < self->model->tables->len;
}
