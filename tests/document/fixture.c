/*
 * What the tests of documents share: a small model, and edits that must not fail.
 */
#include "tests/document/fixture.h"

#include "model/base/service-limits.h"
#include "model/engine/rows.h"
#include "model/value/codec.h"

#include <string.h>

HrTable *
fixture_table_new (const char *name, const char *partition, HrType partition_type, const char *sort,
                   HrType sort_type)
{
  HrTable *table = hr_table_new (name);

  g_ptr_array_add (table->partition_key, hr_attribute_new (partition, partition_type));
  if (sort != NULL)
    g_ptr_array_add (table->sort_key, hr_attribute_new (sort, sort_type));
  return table;
}

HrIndex *
fixture_index_new (const char *name, HrIndexKind kind, const char *partition, HrType partition_type,
                   const char *sort, HrType sort_type)
{
  HrIndex *index = hr_index_new (name, kind);

  g_ptr_array_add (index->partition_key, hr_attribute_new (partition, partition_type));
  if (sort != NULL)
    g_ptr_array_add (index->sort_key, hr_attribute_new (sort, sort_type));
  return index;
}

static void
add_key (HrEntity *entity, const char *attribute, const char *template)
{
  HrEntityKey *key = g_new0 (HrEntityKey, 1);
  g_autofree char *message = NULL;
  HrRange range;

  key->attribute = g_strdup (attribute);
  key->template = hr_key_template_parse (template, &message, &range);
  key->place = HR_RANGE_NONE;
  g_assert_cmpstr (message, ==, NULL);
  g_ptr_array_add (entity->keys, key);
}

static HrEntity *
note_entity_new (void)
{
  HrEntity *entity = hr_entity_new ("Note");
  HrAttribute *rank = hr_attribute_new ("rank", HR_TYPE_N);

  rank->optional = TRUE;
  add_key (entity, "pk", "NOTE#{note}");
  add_key (entity, "sk", "{at}");
  g_ptr_array_add (entity->key_parts, hr_attribute_new ("note", HR_TYPE_S));
  g_ptr_array_add (entity->key_parts, hr_attribute_new ("at", HR_TYPE_S));
  g_ptr_array_add (entity->attributes, hr_attribute_new ("text", HR_TYPE_S));
  g_ptr_array_add (entity->attributes, rank);
  return entity;
}

HrModel *
fixture_model_new (void)
{
  HrModel *model = hr_model_new ("Notes");
  HrTable *notes = fixture_table_new ("notes", "pk", HR_TYPE_S, "sk", HR_TYPE_S);

  g_ptr_array_add (notes->indexes,
                   fixture_index_new ("by-owner", HR_INDEX_GLOBAL, "owner", HR_TYPE_S, "sk", HR_TYPE_S));
  g_ptr_array_add (notes->indexes,
                   fixture_index_new ("by-rank", HR_INDEX_LOCAL, "pk", HR_TYPE_S, "rank", HR_TYPE_N));
  g_ptr_array_add (notes->entities, note_entity_new ());
  g_ptr_array_add (model->tables, notes);
  g_ptr_array_add (model->tables, fixture_table_new ("counters", "id", HR_TYPE_N, NULL, HR_TYPE_S));
  return model;
}

HrDocument *
fixture_document_new (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  g_autoptr (GError) error = NULL;
  HrDocument *document = hr_document_new (model, &error);

  g_assert_no_error (error);
  return document;
}

char *
fixture_quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

HrValue
fixture_item (HrArena *arena, const char *json)
{
  g_autofree char *quoted = fixture_quote (json);
  char *text = hr_arena_strdup (arena, quoted);
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrJsonError error;
  HrValue item;
  const HrJson *tree = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &error);

  g_assert_nonnull (tree);
  g_assert_true (hr_item_from_json (arena, tree, &item, &service_error));
  return item;
}

void
fixture_add_at (HrDocument *document, const char *table, const char *json, gint64 ordinal)
{
  g_autofree char *text = fixture_quote (json);
  g_autoptr (GError) error = NULL;

  hr_document_add_item (document, table, text, strlen (text), ordinal, HR_RANGE_NONE, &error);
  g_assert_no_error (error);
}

void
fixture_add (HrDocument *document, const char *table, const char *json)
{
  fixture_add_at (document, table, json, -1);
}

void
fixture_remove (HrDocument *document, const char *table, const char *key)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue value = fixture_item (arena, key);

  hr_document_remove_item (document, table, &value, &error);
  g_assert_no_error (error);
}

void
fixture_begin (HrDocument *document, const char *name)
{
  g_autoptr (GError) error = NULL;

  hr_document_begin_edit (document, name, &error);
  g_assert_no_error (error);
}

void
fixture_commit (HrDocument *document)
{
  g_autoptr (GError) error = NULL;

  hr_document_commit_edit (document, &error);
  g_assert_no_error (error);
}

void
fixture_undo (HrDocument *document)
{
  g_autoptr (GError) error = NULL;

  hr_document_undo (document, &error);
  g_assert_no_error (error);
}

void
fixture_redo (HrDocument *document)
{
  g_autoptr (GError) error = NULL;

  hr_document_redo (document, &error);
  g_assert_no_error (error);
}

static gboolean
list_entry_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  HrBuffer *out = user_data;

  if (item != NULL)
    {
      hr_buffer_append_string (out, "item ");
      hr_item_to_json (item, FALSE, out);
    }
  else
    hr_buffer_printf (out, "draft %s %s", draft->code, draft->json);
  hr_buffer_append_char (out, '\n');
  return TRUE;
}

char *
fixture_list (HrDocument *document, const char *table)
{
  HrBuffer out = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;
  char *text;

  hr_document_foreach_entry (document, table, list_entry_cb, &out, &error);
  g_assert_no_error (error);
  text = hr_buffer_steal (&out, NULL);
  return g_strdelimit (text, "\"", '\'');
}

char *
fixture_dump (HrDocument *document)
{
  g_autoptr (GError) error = NULL;
  char *text = hr_document_dump (document, &error);

  g_assert_no_error (error);
  return text;
}

void
fixture_verify (HrDocument *document)
{
  HrModel *model = hr_document_get_model (document);
  HrEngine *engine = hr_document_get_engine (document);

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = g_ptr_array_index (model->tables, i);
      g_autofree char *difference = NULL;
      g_autoptr (GError) error = NULL;

      if (hr_engine_get_table (engine, table->name) == NULL)
        continue;
      hr_engine_verify_indexes (engine, table->name, &difference, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (difference, ==, NULL);
    }
}

/* The line of @text that holds position @at. */
static char *
line_at (const char *text, gsize at)
{
  gsize start = at;

  while (start > 0 && text[start - 1] != '\n')
    start--;
  return g_strndup (text + start, strcspn (text + start, "\n"));
}

void
fixture_assert_same (const char *dump, const char *expected)
{
  g_autofree char *line = NULL;
  g_autofree char *expected_line = NULL;
  gsize at = 0;

  while (dump[at] == expected[at] && dump[at] != '\0')
    at++;
  line = line_at (dump, at);
  expected_line = line_at (expected, at);
  g_assert_cmpstr (line, ==, expected_line);
  g_assert_cmpint (dump[at], ==, expected[at]);
}
