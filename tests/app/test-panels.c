/* What edits a model by hand, on a display that nobody sees: fields of the inspector, menus, the canvas. */

#include <string.h>

#include "app/session/item-actions.h"
#include "app/ui/canvas/cell-editor.h"
#include "app/ui/canvas/copy-picture.h"
#include "app/ui/canvas/items-content.h"
#include "app/ui/canvas/table-view.h"
#include "app/ui/editing/drag.h"
#include "app/ui/editing/fields.h"
#include "app/ui/editing/template-entry.h"
#include "app/ui/inspector/inspector.h"
#include "app/ui/pages/drafts-panel.h"
#include "app/ui/pages/problems-panel.h"
#include "app/ui/pages/table-page.h"
#include "model/document/edit-definitions.h"
#include "model/value/codec.h"
#include "tests/app/page-fixture.h"

#define TABLE "cruddur-messages"
#define PK "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399"
#define SK "2026-03-02T10:04:00.000000+00:00"

static const HrTable *
get_table (PageFixture *fixture)
{
  return hr_model_find_table (hr_document_get_model (hr_session_get_document (fixture->session)), TABLE);
}

static const char *
get_template (PageFixture *fixture, const char *entity, const char *key)
{
  return hr_entity_get_key (hr_table_find_entity (get_table (fixture), entity), key)->template->text;
}

/* A template with an example, a count, and what is wrong with it. */
static void
test_template (PageFixture *fixture, gconstpointer unused)
{
  const HrTarget target = HR_TARGET (TEMPLATE, TABLE, "Message", "sk");
  g_autoptr (HrFields) fields = hr_fields_new (fixture->session);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *entry;

  hr_fields_add_template (fields, group, &target);
  page_show (fixture, group);
  entry = page_find_type (group, HR_TYPE_TEMPLATE_ENTRY);
  g_assert_nonnull (page_find_label (group, "137 keys"));
  g_assert_nonnull (page_find_label (group, "2026-03-02T10:04:00.000000+00:00"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "AT#{mesage_uuid}");
  page_wait_for_label (group, "{mesage_uuid} is no attribute and no key part of Message.");
  g_assert_nonnull (page_find_label (group, "AT#{mesage_uuid}"));
  g_assert_cmpstr (get_template (fixture, "Message", "sk"), ==, "{created_at}");
  page_click (group, "Use message_uuid");
  g_assert_cmpstr (get_template (fixture, "Message", "sk"), ==, "AT#{message_uuid}");
  hr_fields_refresh (fields);
  page_settle ();
  g_assert_null (page_find_label (group, "{mesage_uuid} is no attribute and no key part of Message."));
  g_assert_true (hr_session_undo (fixture->session, NULL));
  g_assert_false (hr_session_is_modified (fixture->session));

  /* a name of one's own is wanted: it becomes a key part */
  gtk_editable_set_text (GTK_EDITABLE (entry), "{created_at}#{shard}");
  page_wait_for_label (group, "Make it a key part");
  page_click (group, "Make it a key part");
  g_assert_nonnull (hr_attributes_find (hr_table_find_entity (get_table (fixture), "Message")->key_parts, "shard"));
}

/* Who enters an index is counted again when items change. */
static void
test_entries (PageFixture *fixture, gconstpointer unused)
{
  const char *json = "{\"pk\": {\"S\": \"GRP#x\"}, \"sk\": {\"S\": \"2026\"}}";

  page_show (fixture, hr_inspector_new (fixture->session));
  hr_session_show_table (fixture->session, TABLE, "message-group-sk-index");
  hr_session_select_entity (fixture->session, NULL);
  page_settle ();
  g_assert_nonnull (page_find_label (fixture->page, "12 of 149 items are in the index."));
  g_assert_nonnull (page_find_label (fixture->page, "No item enters: no message_group_uuid."));
  g_assert_nonnull (page_find_label (fixture->page, "Every item enters."));

  fixture_add_item (hr_session_get_document (fixture->session), json);
  page_settle ();
  g_assert_nonnull (page_find_label (fixture->page, "12 of 150 items are in the index."));
  g_assert_nonnull (
      page_find_label (fixture->page, "12 of 13 items enter. The others are left out: no message_group_uuid."));
}

/* The copies of an item lead to where they are. */
static void
test_copies (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *row;

  page_show (fixture, hr_inspector_new (fixture->session));
  page_select_item (fixture, PK, SK);
  g_assert_nonnull (page_find_label (fixture->page, "Left out: no message_group_uuid."));
  page_select_item (fixture, "GRP#69168fc1-fff7-413d-96fc-df860b1ab892", "2026-03-02T14:40:03.278851+00:00");
  row = gtk_widget_get_ancestor (page_find_label (fixture->page, "message-group-sk-index"), ADW_TYPE_ACTION_ROW);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  page_settle ();
  g_assert_cmpstr (hr_session_get_index (fixture->session), ==, "message-group-sk-index");
  g_assert_nonnull (hr_session_get_selected_key (fixture->session, NULL));
  g_assert_nonnull (page_find_label (fixture->page, "message-group-sk-index"));
}

static void
finish_editor (GtkWidget *page, const char *text, HrCellEnd end)
{
  GtkWidget *editor = page_find_type (page, HR_TYPE_CELL_EDITOR);

  g_assert_nonnull (editor);
  gtk_editable_set_text (GTK_EDITABLE (page_find_type (editor, GTK_TYPE_TEXT)), text);
  g_signal_emit_by_name (editor, "finished", (guint) end);
  page_settle ();
}

/* A draft is seen, selected, edited in place, and becomes an item; undo makes it a draft again. */
static void
test_drafts (PageFixture *fixture, gconstpointer unused)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  GtkWidget *panel;
  gint64 ordinal;

  page_show (fixture, hr_table_page_new (fixture->session));
  panel = page_find_type (fixture->page, HR_TYPE_DRAFTS_PANEL);
  g_assert_false (gtk_widget_get_visible (panel));
  fixture_add_item (document, FIXTURE_NEW_DRAFT);
  page_settle ();
  g_assert_nonnull (page_find_label (panel, "1 draft"));

  page_click (panel, "sk");
  g_assert_true (hr_session_get_selected_draft (fixture->session, &ordinal));
  g_assert_cmpint (ordinal, ==, hr_document_get_draft (document, 0)->ordinal);
  finish_editor (panel, "", HR_CELL_STAY);
  g_assert_cmpint (hr_document_get_n_drafts (document), ==, 1); /* an empty key is still none */
  page_click (panel, "sk");
  finish_editor (panel, "2026-04-01", HR_CELL_DOWN);
  g_assert_cmpint (hr_document_get_n_drafts (document), ==, 0);
  g_assert_nonnull (hr_session_get_selected_key (fixture->session, NULL));
  g_assert_false (hr_session_get_selected_draft (fixture->session, NULL));
  g_assert_false (gtk_widget_get_visible (panel));

  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();
  g_assert_true (gtk_widget_get_visible (panel));
  hr_session_select_draft (fixture->session, hr_document_get_draft (document, 0)->ordinal);
  g_assert_true (hr_item_remove (fixture->session, NULL));
  page_settle ();
  g_assert_cmpint (hr_document_get_n_drafts (document), ==, 0);
  g_assert_false (hr_session_get_selected_draft (fixture->session, NULL));
}

/* What is no item at all is edited as JSON. */
static void
test_no_item (PageFixture *fixture, gconstpointer unused)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  GtkWidget *view;

  page_show (fixture, hr_inspector_new (fixture->session));
  fixture_add_item (document, "[1, 2]");
  hr_session_select_draft (fixture->session, hr_document_get_draft (document, 0)->ordinal);
  page_settle ();
  view = page_find_type (fixture->page, GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), FIXTURE_NEW_ITEM, -1);
  page_click (fixture->page, "Take over");
  page_settle ();
  g_assert_cmpint (hr_document_get_n_drafts (document), ==, 0);
  g_assert_nonnull (hr_session_get_selected_key (fixture->session, NULL));
}

static GtkWidget *
show_canvas (PageFixture *fixture)
{
  page_show (fixture, hr_table_page_new (fixture->session));
  return page_find_type (fixture->page, HR_TYPE_TABLE_VIEW);
}

/* The column of an attribute as the canvas counts them. */
static guint
find_column (GtkWidget *canvas, const char *name)
{
  HrTableLayout *layout = hr_table_view_get_layout (HR_TABLE_VIEW (canvas));

  for (guint i = 0; i < hr_table_layout_get_n_columns (layout); i++)
    if (strcmp (hr_table_layout_get_column_name (layout, i), name) == 0)
      return i;
  return G_MAXUINT;
}

static void
select_cell (PageFixture *fixture, GtkWidget *canvas, const char *name)
{
  page_select_item (fixture, PK, SK);
  hr_session_select_item (fixture->session, hr_session_get_selected_key (fixture->session, NULL),
                          find_column (canvas, name));
  page_settle ();
}

/* Chooses the type, which may open the larger field, and writes into the field that is there then. */
static void
write_value (GtkWidget *editor, HrType type, const char *text)
{
  GtkTextView *large = GTK_TEXT_VIEW (page_find_type (editor, GTK_TYPE_TEXT_VIEW));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (page_find_type (editor, GTK_TYPE_DROP_DOWN)), type);
  gtk_editable_set_text (GTK_EDITABLE (page_find_type (editor, GTK_TYPE_TEXT)), text);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (large), text, -1);
}

/* What the menus of the canvas do is done to the selected cell. */
static void
test_attribute_menu (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *canvas = show_canvas (fixture);
  const HrEntity *message;

  select_cell (fixture, canvas, "user_handle");
  gtk_widget_activate_action (canvas, "table-view.hide-attribute", NULL);
  page_settle ();
  g_assert_cmpuint (find_column (canvas, "user_handle"), ==, G_MAXUINT);
  g_assert_cmpuint (find_column (canvas, "message"), !=, G_MAXUINT);
  gtk_widget_activate_action (canvas, "table-view.show-all-attributes", NULL);
  page_settle ();
  g_assert_cmpuint (find_column (canvas, "user_handle"), !=, G_MAXUINT);

  select_cell (fixture, canvas, "message_uuid");
  gtk_widget_activate_action (canvas, "table-view.use-as-key", "s", "sk");
  g_assert_cmpstr (get_template (fixture, "Message", "sk"), ==, "{message_uuid}");
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();

  select_cell (fixture, canvas, "message");
  gtk_widget_activate_action (canvas, "table-view.retype-attribute", "i", (gint32) HR_TYPE_SS);
  message = hr_table_find_entity (get_table (fixture), "Message");
  g_assert_cmpint (hr_attributes_find (message->attributes, "message")->type, ==, HR_TYPE_SS);
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();

  select_cell (fixture, canvas, "message");
  gtk_widget_activate_action (canvas, "table-view.rename-attribute", NULL);
  page_settle ();
  gtk_editable_set_text (GTK_EDITABLE (page_find_type (canvas, ADW_TYPE_ENTRY_ROW)), "body");
  g_signal_emit_by_name (page_find_type (canvas, ADW_TYPE_ENTRY_ROW), "entry-activated");
  page_settle ();
  message = hr_table_find_entity (get_table (fixture), "Message");
  g_assert_nonnull (hr_attributes_find (message->attributes, "body"));
  g_assert_null (page_find_type (canvas, ADW_TYPE_ENTRY_ROW));
}

/* Every type can be written in a cell, and is what is edited the next time. */
static void
test_types (PageFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    HrType type;
    const char *text;
    const char *json; /* typed, of the value */
    const char *wrong;
  } cases[] = {
    { HR_TYPE_S, "a text", "{\"S\":\"a text\"}", NULL },
    { HR_TYPE_N, "12.50", "{\"N\":\"12.5\"}", "twelve" },
    { HR_TYPE_B, "aGFsbG8=", "{\"B\":\"aGFsbG8=\"}", "%" },
    { HR_TYPE_BOOL, "yes", "{\"BOOL\":true}", "perhaps" },
    { HR_TYPE_NULL, "", "{\"NULL\":true}", "something" },
    { HR_TYPE_M, "{\"a\": {\"b\": 1}}", "{\"M\":{\"a\":{\"M\":{\"b\":{\"N\":\"1\"}}}}}", "{" },
    { HR_TYPE_L, "[1, \"b\"]", "{\"L\":[{\"N\":\"1\"},{\"S\":\"b\"}]}", "1" },
    { HR_TYPE_SS, "a, b", "{\"SS\":[\"a\",\"b\"]}", "" },
    { HR_TYPE_NS, "[1, 2]", "{\"NS\":[\"1\",\"2\"]}", "x" },
    { HR_TYPE_BS, "[\"aGFsbG8=\"]", "{\"BS\":[\"aGFsbG8=\"]}", "%" },
  };
  GtkWidget *canvas = show_canvas (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_auto (HrBuffer) json = HR_BUFFER_INIT;
      GtkWidget *editor;
      HrValue item;

      select_cell (fixture, canvas, "user_handle");
      g_assert_true (hr_table_view_edit (HR_TABLE_VIEW (canvas), NULL));
      editor = page_find_type (canvas, HR_TYPE_CELL_EDITOR);
      if (cases[i].wrong != NULL)
        {
          write_value (editor, cases[i].type, cases[i].wrong);
          g_signal_emit_by_name (editor, "finished", (guint) HR_CELL_STAY);
          g_assert_true (gtk_widget_get_visible (editor)); /* it stays, and says why */
        }
      write_value (editor, cases[i].type, cases[i].text);
      g_signal_emit_by_name (editor, "finished", (guint) HR_CELL_STAY);
      g_assert_false (gtk_widget_get_visible (editor));

      g_assert_true (hr_item_fetch (fixture->session, hr_session_get_selected_key (fixture->session, NULL), arena,
                                    &item));
      hr_value_to_json (hr_map_get (&item, "user_handle", 11), FALSE, &json);
      hr_buffer_append_char (&json, '\0');
      g_assert_cmpstr (json.data, ==, cases[i].json);

      g_assert_true (hr_table_view_edit (HR_TABLE_VIEW (canvas), NULL));
      g_assert_cmpint (hr_cell_editor_get_value_type (HR_CELL_EDITOR (editor)), ==, cases[i].type);
      g_signal_emit_by_name (editor, "finished", (guint) HR_CELL_CANCEL);
    }
}

/* An item goes to another partition, and what is behind the key goes with it. */
static void
test_move (PageFixture *fixture, gconstpointer unused)
{
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  const HrValue *key;

  show_canvas (fixture);
  page_select_item (fixture, PK, SK);
  words = hr_item_describe_move (fixture->session, "MSG#elsewhere");
  g_assert_cmpstr (words, ==, "Nothing else changes."); /* the uuid is only in the key */
  g_assert_false (hr_session_is_modified (fixture->session));
  g_assert_true (hr_item_move (fixture->session, "MSG#elsewhere", &error));
  g_assert_no_error (error);
  key = hr_session_get_selected_key (fixture->session, NULL);
  g_assert_cmpmem (hr_map_get (key, "pk", 2)->bytes, hr_map_get (key, "pk", 2)->length, "MSG#elsewhere", 13);
  g_assert_false (hr_item_move (fixture->session, "", &error));
  g_assert_nonnull (error);
  g_assert_true (hr_session_undo (fixture->session, NULL));
  g_assert_false (hr_session_is_modified (fixture->session));
}

static char *
write_content (GdkContentProvider *content, const char *mime_type)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gdk_content_provider_write_mime_type_async (content, mime_type, stream, G_PRIORITY_DEFAULT, NULL,
                                              fixture_take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  gdk_content_provider_write_mime_type_finish (content, result, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* What is dragged out: JSON that can be pasted, rows for a spreadsheet, and a picture of these items alone. */
static void
test_dragged_out (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *canvas = show_canvas (fixture);
  g_autoptr (GdkContentProvider) content = hr_items_content_new (fixture->session, canvas);
  g_autoptr (GdkContentFormats) formats =
      gdk_content_formats_union_serialize_mime_types (gdk_content_provider_ref_formats (content));
  g_auto (GValue) text = G_VALUE_INIT;
  g_auto (GValue) one = G_VALUE_INIT;
  g_auto (GValue) all = G_VALUE_INIT;
  g_autofree char *rows = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8"));
  g_value_init (&text, G_TYPE_STRING);
  g_value_init (&one, GDK_TYPE_TEXTURE);
  g_value_init (&all, GDK_TYPE_TEXTURE);
  g_assert_false (gdk_content_provider_get_value (content, &one, &error)); /* nothing is selected */
  g_clear_error (&error);

  page_select_item (fixture, PK, SK);
  g_assert_true (gdk_content_provider_get_value (content, &one, &error));
  hr_session_select_row (fixture->session, 0, 3, 0, HR_SELECT_EXTEND);
  g_assert_true (gdk_content_provider_get_value (content, &all, &error));
  g_assert_cmpint (gdk_texture_get_height (g_value_get_object (&all)), >,
                   gdk_texture_get_height (g_value_get_object (&one)));
  g_assert_true (gdk_content_provider_get_value (content, &text, &error));
  json = write_content (content, "application/json");
  g_assert_cmpstr (json, ==, g_value_get_string (&text));
  rows = write_content (content, "text/tab-separated-values");
  g_assert_true (g_str_has_prefix (rows, "pk\tsk\t"));

  hr_item_remove (fixture->session, &error);
  g_assert_true (hr_item_paste (fixture->session, g_value_get_string (&text), &error));
  g_assert_cmpuint (hr_session_count_selected (fixture->session), ==, 4);
}

/* Copies for other programs: what is shown, as a picture and as rows. */
static void
test_copies_of_table (PageFixture *fixture, gconstpointer unused)
{
  g_autofree char *note = NULL;
  g_autofree char *rows_note = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *rows = NULL;
  g_auto (GStrv) lines = NULL;

  show_canvas (fixture);
  texture = hr_session_draw_picture (fixture->session, fixture->page, &note, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), >, 1000);
  g_assert_cmpint (gdk_texture_get_height (texture), >, 149 * 30 * 2);
  g_assert_cmpstr (note, ==, "Copied");

  g_object_set (fixture->session, "filter", "Tuesday", NULL);
  fixture_wait_for_outline (fixture->session);
  rows = hr_session_dup_rows (fixture->session, HR_ITEMS_TSV, &rows_note, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (rows), "\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "pk\tsk\t"));
  for (guint i = 1; lines[i] != NULL; i++)
    g_assert_nonnull (strstr (lines[i], "Tuesday"));

  g_object_set (fixture->session, "filter", "qqqq", NULL);
  fixture_wait_for_outline (fixture->session);
  g_assert_null (hr_session_dup_rows (fixture->session, HR_ITEMS_JSON, &rows_note, &error));
  g_assert_nonnull (error);
}

static const char *
get_entity_name (PageFixture *fixture, guint number)
{
  return ((const HrEntity *) g_ptr_array_index (get_table (fixture)->entities, number))->name;
}

static void
assert_word (HrTarget dragged, HrTarget onto, const char *expected)
{
  g_autofree char *word = hr_drag_describe (&dragged, &onto);

  g_assert_cmpstr (word, ==, expected);
}

/* What is dropped where, and what comes of it. */
static const char *
get_request (PageFixture *fixture, const char *pattern)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (fixture->session));

  return ((const HrStep *) g_ptr_array_index (hr_model_find_pattern (model, pattern)->steps, 0))->request;
}

static void
test_drop (PageFixture *fixture, gconstpointer unused)
{
  const HrTarget uuid = HR_TARGET (ATTRIBUTE, TABLE, "Message", "message_uuid");
  const HrTarget sk = HR_TARGET (TEMPLATE, TABLE, "Message", "sk");
  const HrTarget foreign = HR_TARGET (TEMPLATE, TABLE, "Message group", "sk");
  const HrTarget message = HR_TARGET (ENTITY, TABLE, NULL, "Message");
  const HrTarget group = HR_TARGET (ENTITY, TABLE, NULL, "Message group");
  const HrTarget table = HR_TARGET (TABLE, TABLE, NULL, NULL);
  const HrTarget pattern = HR_TARGET (PATTERN, NULL, NULL, "A");
  const HrTarget writing = HR_TARGET (PATTERN, NULL, NULL, "C1");
  g_autoptr (GError) error = NULL;

  assert_word (uuid, sk, "Use in sk");
  assert_word (uuid, foreign, NULL);
  assert_word (uuid, table, "Make an index");
  assert_word (message, group, "Move here");
  assert_word (message, message, NULL);
  assert_word (message, sk, NULL);
  assert_word (group, pattern, "Ask for these");
  assert_word (table, pattern, NULL);

  g_assert_true (hr_session_drop (fixture->session, &uuid, &sk, FALSE, &error));
  g_assert_cmpstr (get_template (fixture, "Message", "sk"), ==, "{created_at}#{message_uuid}");
  g_assert_true (hr_session_drop (fixture->session, &message, &group, TRUE, &error));
  g_assert_cmpstr (get_entity_name (fixture, 0), ==, "Message group");
  g_assert_true (hr_session_drop (fixture->session, &message, &group, FALSE, &error));
  g_assert_cmpstr (get_entity_name (fixture, 0), ==, "Message");
  g_assert_true (hr_session_drop (fixture->session, &uuid, &table, FALSE, &error));
  g_assert_cmpuint (get_table (fixture)->indexes->len, ==, 2);
  g_assert_true (hr_session_drop (fixture->session, &group, &pattern, FALSE, &error));
  g_assert_nonnull (strstr (get_request (fixture, "A"), "{\"S\":\"GRP#{my_user_uuid}\"}"));
  g_assert_null (strstr (get_request (fixture, "A"), "begins_with"));
  g_assert_no_error (error);
  g_assert_false (hr_session_drop (fixture->session, &group, &writing, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "C1"));
  g_clear_error (&error);
  g_assert_false (hr_session_drop (fixture->session, &uuid, &foreign, FALSE, &error));
  g_assert_nonnull (error);
  for (guint i = 0; i < 5; i++)
    g_assert_true (hr_session_undo (fixture->session, NULL));
  g_assert_false (hr_session_is_modified (fixture->session));
}

/* A folded partition unfolds when something in it is selected, or a run reads. */
static void
test_fold (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *canvas = show_canvas (fixture);
  HrPartition partition;

  page_select_item (fixture, PK, SK);
  gtk_widget_activate_action (canvas, "table-view.fold-partition", NULL);
  page_settle ();
  g_assert_null (hr_session_get_selected_key (fixture->session, NULL));
  g_assert_true (hr_outline_get_partition (hr_session_get_outline (fixture->session), 0, &partition));
  g_assert_true (partition.is_folded);
  page_select_item (fixture, PK, SK);
  g_assert_true (hr_outline_get_partition (hr_session_get_outline (fixture->session), 0, &partition));
  g_assert_false (partition.is_folded);

  hr_session_fold_partition (fixture->session, 0, TRUE);
  hr_session_select_pattern (fixture->session, "A");
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  page_settle ();
  g_assert_true (hr_outline_get_partition (hr_session_get_outline (fixture->session), 0, &partition));
  g_assert_false (partition.is_folded);
}

static void
wait_for_problems (PageFixture *fixture, guint expected)
{
  while (hr_session_count_problems (fixture->session) != expected)
    g_main_context_iteration (NULL, TRUE);
  page_settle ();
}

static char *
dup_view (PageFixture *fixture)
{
  char *view;

  g_object_get (fixture->session, "view", &view, NULL);
  return view;
}

/* A problem is mended where it is told, in one step, and its row leads to what it is about. */
static void
test_problems (PageFixture *fixture, gconstpointer unused)
{
  const HrTarget target = HR_TARGET (TEMPLATE, TABLE, "Message", "pk");
  HrDocument *document = hr_session_get_document (fixture->session);
  g_autofree char *view = NULL;
  g_autofree char *entity = NULL;
  g_autofree char *second_view = NULL;
  GtkWidget *list, *row;
  gint64 ordinal;

  g_assert_true (hr_document_set_template (document, TABLE, target.owner, target.name, "MSG#{mesage_group_uuid}", FALSE,
                                           NULL));
  fixture_add_item (document, FIXTURE_NEW_DRAFT);
  page_show (fixture, hr_problems_panel_new (fixture->session, "win.close"));
  wait_for_problems (fixture, 3); /* the variable, the key part that it was meant for, and the draft */
  list = page_find_type (fixture->page, GTK_TYPE_LIST_BOX);

  row = gtk_widget_get_ancestor (page_find_label (list, "Use message_group_uuid"), GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (list, "row-activated", row);
  view = dup_view (fixture);
  g_assert_cmpstr (view, ==, "design");
  g_object_get (fixture->session, "selected-entity", &entity, NULL);
  g_assert_cmpstr (entity, ==, "Message");

  page_click (list, "Use message_group_uuid");
  g_assert_cmpstr (get_template (fixture, "Message", "pk"), ==, "MSG#{message_group_uuid}");
  wait_for_problems (fixture, 1);
  row = gtk_widget_get_ancestor (page_find_label (list, "Set created_at to now"), GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (list, "row-activated", row);
  second_view = dup_view (fixture);
  g_assert_cmpstr (second_view, ==, "table");
  g_assert_true (hr_session_get_selected_draft (fixture->session, &ordinal));

  page_click (list, "Set created_at to now");
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 0);
  g_assert_true (hr_session_undo (fixture->session, NULL));
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 1);
  page_settle ();
}

#define ADD(path, func) g_test_add ("/panels/" path, PageFixture, NULL, page_set_up, func, page_tear_down)

static void
add_tests (void)
{
  adw_init ();
  ADD ("template", test_template);
  ADD ("entries", test_entries);
  ADD ("copies", test_copies);
  ADD ("drafts", test_drafts);
  ADD ("no-item", test_no_item);
  ADD ("attribute-menu", test_attribute_menu);
  ADD ("types", test_types);
  ADD ("move", test_move);
  ADD ("drop", test_drop);
  ADD ("fold", test_fold);
  ADD ("copies-of-table", test_copies_of_table);
  ADD ("problems", test_problems);
  ADD ("dragged-out", test_dragged_out);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
