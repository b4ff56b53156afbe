/*
 * Edits of definitions: each is one step with a name, exact in both directions, and refuses what no model can hold.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/document/edit-definitions.h"
#include "model/document/item-edit.h"
#include "model/document/recipe.h"

#include <string.h>

static HrDocument *
notes_new (void)
{
  HrDocument *document = fixture_document_new ();

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2026'},'text':{'S':'one'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2027'},'rank':{'S':'high'}}");
  fixture_commit (document);
  return document;
}

static void
assert_step (HrDocument *document, const char *name, const char *before)
{
  g_autofree char *after = fixture_dump (document);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  g_assert_cmpstr (hr_document_get_undo_name (document), ==, name);
  fixture_verify (document);
  fixture_undo (document);
  undone = fixture_dump (document);
  fixture_assert_same (undone, before);
  fixture_redo (document);
  redone = fixture_dump (document);
  fixture_assert_same (redone, after);
}

static guint
count_findings (HrDocument *document)
{
  g_autoptr (HrDiagnostics) findings = hr_diagnostics_new ();

  hr_document_check (document, findings);
  return hr_diagnostics_get_count (findings);
}

/* Each recipe is one step, and what it gives is right: an item made of it is stored and known by its entity. */
static void
test_recipes (void)
{
  for (guint i = 0; i < hr_recipes_get_count (); i++)
    {
      g_autoptr (HrDocument) document = notes_new ();
      g_autofree char *before = fixture_dump (document);
      guint n_findings = count_findings (document);
      g_autofree HrTarget *first = hr_document_add_recipe (document, "notes", i, NULL);
      g_autofree char *step = g_strdup_printf ("Begin with: %s", hr_recipes_get (i)->title);
      const HrTable *notes;

      g_assert_nonnull (first);
      assert_step (document, step, before);
      notes = hr_model_find_table (hr_document_get_model (document), "notes");
      g_assert_cmpint (first->kind, ==, HR_TARGET_ENTITY);
      g_assert_nonnull (hr_table_find_entity (notes, first->name));
      g_assert_cmpuint (count_findings (document), ==, n_findings);
      for (guint j = 1; j < notes->entities->len; j++)
        {
          const HrEntity *entity = g_ptr_array_index (notes->entities, j);
          g_auto (HrItemResult) result = { 0 };

          g_assert_true (hr_document_new_item (document, "notes", entity->name, NULL, NULL, &result, NULL));
          g_assert_cmpuint (result.n_stored, ==, 1);
          g_assert_false (result.does_not_fit);
        }
    }
}

static void
test_recipe_refused (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (hr_document_add_recipe (document, "counters", 0, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
}

static void
assert_target (const HrTarget *target, HrTarget expected)
{
  g_assert_nonnull (target);
  g_assert_true (hr_target_equal (target, &expected));
}

static void
test_add (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree HrTarget *table = hr_document_add_table (document, NULL, NULL);
  g_autofree HrTarget *second = hr_document_add_table (document, NULL, NULL);
  g_autofree HrTarget *entity = hr_document_add_entity (document, "notes", "Shared note", NULL);
  g_autofree HrTarget *attribute = hr_document_add_attribute (document, "notes", "Note", NULL, HR_TYPE_N, NULL);
  g_autofree HrTarget *index = hr_document_add_index (document, "notes", NULL, HR_INDEX_GLOBAL, "rank", "text", NULL);
  g_autofree HrTarget *pattern = hr_document_add_pattern (document, "counters", "Count", NULL);
  g_autofree HrTarget *parameter = hr_document_add_parameter (document, "A", "pk", HR_TYPE_S, NULL, NULL);
  const HrModel *model = hr_document_get_model (document);
  const HrTable *notes = hr_model_find_table (model, "notes");

  assert_target (table, HR_TARGET (TABLE, "table", NULL, NULL));
  assert_target (second, HR_TARGET (TABLE, "table-2", NULL, NULL));
  assert_target (entity, HR_TARGET (ENTITY, "notes", NULL, "Shared note"));
  assert_target (attribute, HR_TARGET (ATTRIBUTE, "notes", "Note", "attribute"));
  assert_target (index, HR_TARGET (INDEX, "notes", NULL, "rank-text-index"));
  assert_target (pattern, HR_TARGET (PATTERN, NULL, NULL, "A"));
  g_assert_null (parameter); /* the new pattern has it */
  g_assert_cmpstr (hr_entity_get_key (hr_table_find_entity (notes, "Shared note"), "pk")->template->text, ==,
                   "SHARED_NOTE#{shared_note_id}");
  g_assert_cmpint (hr_table_get_partition_key (notes)->type, ==, HR_TYPE_S);
  g_assert_cmpint (((HrAttribute *) hr_table_find_index (notes, "rank-text-index")->partition_key->pdata[0])->type, ==,
                   HR_TYPE_N);
  for (guint i = 0; i < 6; i++)
    fixture_undo (document);
  {
    g_autofree char *undone = fixture_dump (document);

    fixture_assert_same (undone, before);
  }
}

/* What is added is sound: no finding comes with it. */
static void
test_add_is_sound (void)
{
  g_autoptr (HrModel) model = hr_model_new ("New");
  g_autoptr (HrDocument) document = hr_document_new (model, NULL);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();

  g_free (hr_document_add_table (document, NULL, NULL));
  g_free (hr_document_add_entity (document, "table", NULL, NULL));
  g_free (hr_document_add_attribute (document, "table", "Entity", NULL, HR_TYPE_S, NULL));
  g_free (hr_document_add_index (document, "table", NULL, HR_INDEX_GLOBAL, "attribute", NULL, NULL));
  g_free (hr_document_add_index (document, "table", NULL, HR_INDEX_LOCAL, NULL, "attribute", NULL));
  g_free (hr_document_add_pattern (document, NULL, NULL, NULL));
  hr_document_check (document, diagnostics);
  for (guint i = 0; i < hr_diagnostics_get_count (diagnostics); i++)
    g_test_message ("%s", hr_diagnostics_get (diagnostics, i)->message);
  g_assert_cmpuint (hr_diagnostics_get_count (diagnostics), ==, 0);
}

static void
test_letters (void)
{
  g_autoptr (HrModel) model = hr_model_new ("Letters");
  g_autofree char *last = NULL;

  for (guint i = 0; i < 26 + 26 * 26; i++)
    {
      g_autofree char *id = hr_model_dup_next_pattern_id (model);

      g_ptr_array_add (model->patterns, hr_pattern_new (id, ""));
    }
  for (guint i = 0; i < model->patterns->len; i++)
    {
      HrPattern *pattern = model->patterns->pdata[i];
      g_autofree char *id = i < 26 ? g_strdup_printf ("%c", 'A' + i)
                                   : g_strdup_printf ("%c%c", 'A' + (i - 26) / 26, 'A' + (i - 26) % 26);

      g_assert_cmpstr (pattern->id, ==, id);
    }
  last = hr_model_dup_next_pattern_id (model);
  g_assert_cmpstr (last, ==, "AAA");
}

static void
test_duplicate_table (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree HrTarget *copy =
      hr_document_duplicate_definition (document, &HR_TARGET (TABLE, "notes", NULL, NULL), NULL);
  g_autofree char *list = fixture_list (document, "notes");
  g_autofree char *copied = NULL;

  assert_target (copy, HR_TARGET (TABLE, "notes-2", NULL, NULL));
  copied = fixture_list (document, "notes-2");
  g_assert_cmpstr (copied, ==, list);
  assert_step (document, "Duplicate table notes", before);
}

static void
test_remove (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree HrTarget *next = NULL;
  g_autofree HrTarget *around = NULL;

  next = hr_document_remove_definition (document, &HR_TARGET (TABLE, "notes", NULL, NULL), NULL);
  assert_target (next, HR_TARGET (TABLE, "counters", NULL, NULL));
  assert_step (document, "Remove table notes", before);
  fixture_undo (document);
  around = hr_document_remove_definition (document, &HR_TARGET (ENTITY, "notes", NULL, "Note"), NULL);
  assert_target (around, HR_TARGET (TABLE, "notes", NULL, NULL));
  assert_step (document, "Remove entity Note", before);
}

/* Without the index on rank the draft becomes an item, and the other way round. */
static void
test_remove_index (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree HrTarget *next =
      hr_document_remove_definition (document, &HR_TARGET (INDEX, "notes", NULL, "by-rank"), NULL);

  assert_target (next, HR_TARGET (INDEX, "notes", NULL, "by-owner"));
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 0);
  assert_step (document, "Remove index by-rank", before);
}

static void
test_move (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);
  guint n_steps = 0;

  g_assert_true (hr_document_move_definition (document, &HR_TARGET (TABLE, "notes", NULL, NULL), 9, NULL));
  assert_step (document, "Move table notes", before);
  g_assert_cmpstr (((HrTable *) hr_document_get_model (document)->tables->pdata[1])->name, ==, "notes");
  g_assert_true (hr_document_move_definition (document, &HR_TARGET (TABLE, "notes", NULL, NULL), 1, NULL));
  for (; hr_document_can_undo (document); n_steps++)
    fixture_undo (document);
  g_assert_cmpuint (n_steps, ==, 2); /* moving to where it is was none */
}

typedef gboolean (*SetFunc) (HrDocument *document, GError **error);

static gboolean
set_template (HrDocument *document, GError **error)
{
  return hr_document_set_template (document, "notes", "Note", "sk", "AT#{at}#{seq}", TRUE, error);
}

static gboolean
set_capacity (HrDocument *document, GError **error)
{
  g_auto (HrSettings) settings = { 0 };

  hr_settings_copy (&settings, &hr_model_find_table (hr_document_get_model (document), "notes")->settings);
  settings.billing = HR_BILLING_PROVISIONED;
  settings.read_units = settings.write_units = 5;
  return hr_document_set_settings (document, "notes", &settings, error);
}

static gboolean
set_ttl (HrDocument *document, GError **error)
{
  g_auto (HrSettings) settings = { 0 };

  hr_settings_copy (&settings, &hr_model_find_table (hr_document_get_model (document), "notes")->settings);
  g_free (settings.ttl_attribute);
  settings.ttl_attribute = g_strdup ("expires");
  return hr_document_set_settings (document, "notes", &settings, error);
}

static gboolean
set_projection (HrDocument *document, GError **error)
{
  const char *included[] = { "text", "rank", NULL };

  return hr_document_set_projection (document, "notes", "by-owner", HR_PROJECT_INCLUDE, included, error);
}

static gboolean
set_description (HrDocument *document, GError **error)
{
  return hr_document_set_description (document, &HR_TARGET (ENTITY, "notes", NULL, "Note"), "Words.", error);
}

static gboolean
set_key_type (HrDocument *document, GError **error)
{
  return hr_document_set_type (document, &HR_TARGET (KEY, "notes", "by-rank", "rank"), HR_TYPE_S, error);
}

static gboolean
set_index_key (HrDocument *document, GError **error)
{
  return hr_document_set_index_key (document, &HR_TARGET (KEY, "notes", "by-owner", "owner"), "text", error);
}

static gboolean
set_optional (HrDocument *document, GError **error)
{
  return hr_document_set_optional (document, &HR_TARGET (ATTRIBUTE, "notes", "Note", "text"), TRUE, error);
}

static const struct
{
  SetFunc func;
  const char *name;
} sets[] = {
  { set_template, "Change sort key of Note" },
  { set_capacity, "Change capacity of notes" },
  { set_ttl, "Change time to live of notes" },
  { set_projection, "Change projection of by-owner" },
  { set_description, "Change description of Note" },
  { set_key_type, "Change type of rank" },
  { set_index_key, "Change key of by-owner" },
  { set_optional, "Make text optional" },
};

/* Each is a step with its name, can be undone and redone, and is none the second time. */
static void
test_set (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (HrDocument) document = notes_new ();
      g_autofree char *before = fixture_dump (document);
      g_autoptr (GError) error = NULL;
      const HrModel *model;

      sets[i].func (document, &error);
      g_assert_no_error (error);
      assert_step (document, sets[i].name, before);
      model = hr_document_get_model (document);
      sets[i].func (document, NULL); /* FALSE where the target was another attribute */
      g_assert_true (hr_document_get_model (document) == model);
    }
}

/* Key parts follow the templates. */
static void
test_declare (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  const HrEntity *note;

  g_assert_true (set_template (document, NULL));
  note = hr_table_find_entity (hr_model_find_table (hr_document_get_model (document), "notes"), "Note");
  g_assert_cmpuint (note->key_parts->len, ==, 3);
  g_assert_nonnull (hr_entity_find_variable (note, "seq"));
  g_assert_true (hr_document_set_template (document, "notes", "Note", "sk", "{text}", TRUE, NULL));
  note = hr_table_find_entity (hr_model_find_table (hr_document_get_model (document), "notes"), "Note");
  g_assert_cmpuint (note->key_parts->len, ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  const HrModel *model = hr_document_get_model (document);
  g_autoptr (GError) error = NULL;

  g_assert_null (hr_document_add_table (document, "notes", &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_EXISTS);
  g_assert_cmpstr (error->message, ==, "There is a table notes already.");
  g_clear_error (&error);
  g_assert_null (hr_document_add_entity (document, "notes", "", &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (hr_document_add_attribute (document, "notes", "Note", "at", HR_TYPE_S, &error)); /* a key part */
  g_assert_error (error, HR_ERROR, HR_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (hr_document_add_index (document, "nowhere", NULL, HR_INDEX_GLOBAL, NULL, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "The model has no table nowhere.");
  g_clear_error (&error);
  g_assert_false (hr_document_set_template (document, "notes", "Note", "sk", "A#{at", FALSE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (hr_document_get_model (document) == model);
}

/* Within an open edit they are parts of it. */
static void
test_parts (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autofree char *before = fixture_dump (document);

  fixture_begin (document, "Drop attribute on index");
  g_free (hr_document_add_attribute (document, "notes", "Note", "author", HR_TYPE_S, NULL));
  g_free (hr_document_add_index (document, "notes", "by-author", HR_INDEX_GLOBAL, "author", NULL, NULL));
  g_assert_null (hr_document_add_index (document, "notes", "by-author", HR_INDEX_GLOBAL, "author", NULL, NULL));
  fixture_commit (document);
  assert_step (document, "Drop attribute on index", before);
}

/* One more key without a name: the table's sort key first, then names that are free. */
static void
test_add_key (void)
{
  static const struct
  {
    const char *table, *index;
    HrKeyRole role;
    const char *name;
  } cases[] = {
    { "notes", "by-author", HR_KEY_SORT, "sk" },
    { "notes", "by-author", HR_KEY_SORT, "index_sk" },
    { "notes", "by-author", HR_KEY_PARTITION, "index_pk" },
    { "notes", "by-author", HR_KEY_PARTITION, "index_pk_2" },
    { "counters", NULL, HR_KEY_SORT, "sk" },
  };
  g_autoptr (HrDocument) document = fixture_document_new ();
  GError *error = NULL;

  g_free (hr_document_add_index (document, "notes", "by-author", HR_INDEX_GLOBAL, "author", NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree HrTarget *key =
          hr_document_add_key (document, cases[i].table, cases[i].index, cases[i].role, NULL, HR_TYPE_S, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (key->name, ==, cases[i].name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/edit-definitions/add", test_add);
  g_test_add_func ("/document/edit-definitions/recipes", test_recipes);
  g_test_add_func ("/document/edit-definitions/recipe-refused", test_recipe_refused);
  g_test_add_func ("/document/edit-definitions/add-is-sound", test_add_is_sound);
  g_test_add_func ("/document/edit-definitions/letters", test_letters);
  g_test_add_func ("/document/edit-definitions/duplicate-table", test_duplicate_table);
  g_test_add_func ("/document/edit-definitions/remove", test_remove);
  g_test_add_func ("/document/edit-definitions/remove-index", test_remove_index);
  g_test_add_func ("/document/edit-definitions/move", test_move);
  g_test_add_func ("/document/edit-definitions/set", test_set);
  g_test_add_func ("/document/edit-definitions/declare", test_declare);
  g_test_add_func ("/document/edit-definitions/refused", test_refused);
  g_test_add_func ("/document/edit-definitions/parts", test_parts);
  g_test_add_func ("/document/edit-definitions/add-key", test_add_key);
  return g_test_run ();
}
