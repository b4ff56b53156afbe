/*
 * Any sequence of edits can be undone to the beginning and redone to the end, exactly, with everything in between.
 */
#include "tests/document/fixture.h"

#include "model/document/edit-definitions.h"
#include "model/document/item-edit.h"
#include "model/document/item-text.h"
#include "model/document/refactor.h"

#include <string.h>

#define N_SEQUENCES 12
#define N_EDITS 25

static const HrTable *
any_table (HrDocument *document)
{
  const HrModel *model = hr_document_get_model (document);

  return model->tables->len > 0 ? model->tables->pdata[g_test_rand_int_range (0, (int) model->tables->len)] : NULL;
}

static const HrEntity *
any_entity (const HrTable *table)
{
  return table->entities->len > 0 ? table->entities->pdata[g_test_rand_int_range (0, (int) table->entities->len)]
                                  : NULL;
}

static const char *
any_text (void)
{
  static const char *const texts[] = { "a", "NOTE#1", "2026", "", "7", "x#y", "owner", "text", "pk", "name {x}" };

  return texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];
}

static gboolean
first_entry_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  *(gint64 *) user_data = ordinal;
  return g_test_rand_int_range (0, 3) != 0;
}

static void
edit_definitions (HrDocument *document, const HrTable *table, const HrEntity *entity)
{
  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
      g_free (hr_document_add_table (document, NULL, NULL));
      break;
    case 1:
      g_free (hr_document_add_entity (document, table->name, NULL, NULL));
      break;
    case 2:
      g_free (hr_document_add_index (document, table->name, NULL, HR_INDEX_GLOBAL, any_text (), "sk", NULL));
      break;
    case 3:
      g_free (hr_document_duplicate_definition (document, &HR_TARGET (TABLE, table->name, NULL, NULL), NULL));
      break;
    case 4:
      if (hr_document_get_model (document)->tables->len > 1)
        g_free (hr_document_remove_definition (document, &HR_TARGET (TABLE, table->name, NULL, NULL), NULL));
      break;
    case 5:
      hr_document_move_definition (document, &HR_TARGET (TABLE, table->name, NULL, NULL), 0, NULL);
      break;
    case 6:
      if (entity != NULL)
        hr_document_set_template (document, table->name, entity->name, "pk", any_text (), TRUE, NULL);
      break;
    case 7:
      if (table->sort_key->len > 0)
        hr_document_set_type (document, &HR_TARGET (KEY, table->name, NULL, hr_table_get_sort_key (table)->name),
                              (HrType) g_test_rand_int_range (0, 3), NULL);
      break;
    default:
      if (table->indexes->len > 0)
        g_free (hr_document_remove_definition (
            document, &HR_TARGET (INDEX, table->name, NULL, ((HrIndex *) table->indexes->pdata[0])->name), NULL));
    }
}

static void
edit_items (HrDocument *document, const HrTable *table, const HrEntity *entity)
{
  HrItemRef ref = { table->name, NULL, -1 };
  const char *text = any_text ();

  hr_document_foreach_entry (document, table->name, first_entry_cb, &ref.ordinal, NULL);
  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      hr_document_new_item (document, table->name, entity != NULL ? entity->name : NULL, NULL, NULL, NULL, NULL);
      break;
    case 1:
      hr_document_duplicate_items (document, &ref, 1, NULL, NULL, NULL);
      break;
    case 2:
      hr_document_set_item_text (document, &ref, any_text (), HR_TYPE_S, text, strlen (text), NULL, NULL);
      break;
    case 3:
      hr_document_set_item_value (document, &ref, 1, any_text (), NULL, NULL, NULL);
      break;
    case 4:
      hr_document_remove_items (document, &ref, 1, NULL, NULL);
      break;
    default:
      hr_document_paste_items (document, table->name, NULL, "pk\tsk\nNOTE#1\t1\nNOTE#1\t1\nNOTE#2\t\n", 31, NULL, NULL);
    }
}

static void
refactor (HrDocument *document, const HrTable *table, const HrEntity *entity)
{
  HrRefactoring *refactoring = NULL;

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      refactoring = hr_refactor_rename (document, &HR_TARGET (TABLE, table->name, NULL, NULL), any_text (),
                                        HR_RENAME_TABLE_WIDE, NULL);
      break;
    case 1:
      refactoring = hr_refactor_rename (document,
                                        &HR_TARGET (KEY, table->name, NULL, hr_table_get_partition_key (table)->name),
                                        any_text (), HR_RENAME_TABLE_WIDE, NULL);
      break;
    case 2:
      if (entity != NULL)
        refactoring = hr_refactor_template (document, table->name, entity->name, "sk", "{at}#{note}", TRUE, NULL);
      break;
    default:
      refactoring = hr_refactor_type (document,
                                      &HR_TARGET (KEY, table->name, NULL, hr_table_get_partition_key (table)->name),
                                      (HrType) g_test_rand_int_range (0, 2), NULL);
    }
  if (refactoring != NULL &&
      (g_test_rand_int_range (0, 2) == 0 || hr_refactoring_try (refactoring, document, NULL)))
    hr_refactoring_apply (refactoring, document, NULL);
  hr_refactoring_free (refactoring);
}

static void
edit (HrDocument *document)
{
  const HrTable *table = any_table (document);
  const HrEntity *entity = any_entity (table);
  int kind = g_test_rand_int_range (0, 10);

  if (kind < 5)
    edit_items (document, table, entity);
  else if (kind < 8)
    edit_definitions (document, table, entity);
  else if (table->partition_key->len > 0)
    refactor (document, table, entity);
}

static void
run_sequence (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  guint n_steps = 0;

  g_ptr_array_add (dumps, fixture_dump (document));
  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autofree char *dump = NULL;

      edit (document);
      fixture_verify (document);
      dump = fixture_dump (document);
      if (strcmp (dump, dumps->pdata[dumps->len - 1]) != 0)
        g_ptr_array_add (dumps, g_steal_pointer (&dump));
    }
  for (; hr_document_can_undo (document); n_steps++)
    {
      fixture_undo (document);
      fixture_verify (document);
    }
  g_assert_cmpuint (n_steps, >=, dumps->len - 1);
  {
    g_autofree char *undone = fixture_dump (document);

    fixture_assert_same (undone, dumps->pdata[0]);
  }
  while (hr_document_can_redo (document))
    fixture_redo (document);
  {
    g_autofree char *redone = fixture_dump (document);

    fixture_assert_same (redone, dumps->pdata[dumps->len - 1]);
  }
}

static void
test_random (void)
{
  for (guint i = 0; i < N_SEQUENCES; i++)
    run_sequence ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/random-edits", test_random);
  return g_test_run ();
}
