/*
 * Edits of definitions that are the same for each kind: duplicate, remove, move, describe; and what all edits stand on.
 *
 * An edit copies the model, changes the copy, and gives it to the document as one step. Copies are small, so nothing
 * is gained by changing less; and what is refused has changed nothing.
 */
#include "model/document/edit-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/text.h"
#include "model/document/document-private.h"
#include "model/value/codec.h"

/* What is said of a kind; each is a whole sentence with the name. */
typedef struct
{
  const char *duplicate;
  const char *remove;
  const char *move;
  const char *describe;
  const char *separator; /* before the number of a fresh name */
  const char *nameless;
  const char *taken;
} Words;

static const Words words[HR_N_TARGETS] = {
  [HR_TARGET_MODEL] = { NULL, NULL, NULL, N_("Change description of model"), "", NULL, NULL },
  [HR_TARGET_TABLE] = { N_("Duplicate table %s"), N_("Remove table %s"), N_("Move table %s"),
                        N_("Change description of %s"), "-", N_("A table needs a name."),
                        N_("There is a table %s already.") },
  [HR_TARGET_KEY] = { NULL, N_("Remove key %s"), N_("Move key %s"), NULL, "_", N_("A key attribute needs a name."),
                      N_("There is a key attribute %s already.") },
  [HR_TARGET_INDEX] = { N_("Duplicate index %s"), N_("Remove index %s"), N_("Move index %s"), NULL, "-",
                        N_("An index needs a name."), N_("The table has an index %s already.") },
  [HR_TARGET_ENTITY] = { N_("Duplicate entity %s"), N_("Remove entity %s"), N_("Move entity %s"),
                         N_("Change description of %s"), " ", N_("An entity needs a name."),
                         N_("The table has an entity %s already.") },
  [HR_TARGET_TEMPLATE] = { NULL, N_("Remove template of %s"), NULL, NULL, "", NULL, NULL },
  [HR_TARGET_ATTRIBUTE] = { N_("Duplicate attribute %s"), N_("Remove attribute %s"), N_("Move attribute %s"),
                            N_("Change description of %s"), "_", N_("An attribute needs a name."),
                            N_("The entity has an attribute or key part %s already.") },
  [HR_TARGET_KEY_PART] = { N_("Duplicate key part %s"), N_("Remove key part %s"), N_("Move key part %s"),
                           N_("Change description of %s"), "_", N_("A key part needs a name."),
                           N_("The entity has an attribute or key part %s already.") },
  [HR_TARGET_PATTERN] = { N_("Duplicate pattern %s"), N_("Remove pattern %s"), N_("Move pattern %s"),
                          N_("Change description of pattern %s"), "", N_("A pattern needs a letter."),
                          N_("There is a pattern %s already.") },
  [HR_TARGET_PARAMETER] = { N_("Duplicate parameter %s"), N_("Remove parameter %s"), N_("Move parameter %s"),
                            N_("Change description of %s"), "_", N_("A parameter needs a name."),
                            N_("The pattern has a parameter or step %s already.") },
  [HR_TARGET_STEP] = { N_("Duplicate step %s"), N_("Remove step %s"), N_("Move step %s"), NULL, "_",
                       N_("A step needs a name."), N_("The pattern has a parameter or step %s already.") },
};

gboolean
hr_edit_part_begin (HrEditPart *self, HrDocument *document, const char *name, GError **error)
{
  self->document = document;
  self->is_own = document->edit == NULL;
  return self->is_own ? hr_document_begin_edit (document, name, error) : hr_document_require_edit (document, error);
}

gboolean
hr_edit_part_end (HrEditPart *self, gboolean done, GError **error)
{
  if (!self->is_own)
    return done;
  if (done)
    return hr_document_commit_edit (self->document, error);
  hr_document_cancel_edit (self->document);
  return FALSE;
}

gboolean
hr_model_edit_begin (HrModelEdit *self, HrDocument *document, const HrTarget *target, GError **error)
{
  self->document = document;
  self->model = hr_model_copy (hr_document_get_model (document));
  return target == NULL || hr_target_find (target, self->model, &self->place, error);
}

gboolean
hr_model_edit_apply (HrModelEdit *self, char *step, GError **error)
{
  g_autofree char *name = step;
  HrDocument *document = self->document;
  HrEditPart part;
  guint64 n_rows;

  if (document->edit == NULL && document->defer != NULL)
    {
      n_rows = hr_document_count_set_model (document, self->model);
      if (n_rows > 0 && document->defer (document, self->model, name, n_rows, document->defer_data))
        return TRUE;
    }

  return hr_edit_part_begin (&part, self->document, name, error)
         && hr_edit_part_end (&part, hr_document_set_model (self->document, self->model, error), error);
}

/* A step named by a sentence of the table. */
static gboolean
apply_named (HrModelEdit *edit, const char *sentence, const HrTarget *target, GError **error)
{
  return hr_model_edit_apply (edit, hr_text_fill (_ (sentence), hr_target_get_name (target)), error);
}

void
hr_model_edit_clear (HrModelEdit *self)
{
  g_clear_pointer (&self->model, hr_model_unref);
}

/* Kinds that share their names: `{name}` in a request may be a parameter or a step. */
static HrTargetKind
get_sibling (HrTargetKind kind)
{
  static const HrTargetKind siblings[HR_N_TARGETS] = {
    [HR_TARGET_ATTRIBUTE] = HR_TARGET_KEY_PART,
    [HR_TARGET_KEY_PART] = HR_TARGET_ATTRIBUTE,
    [HR_TARGET_PARAMETER] = HR_TARGET_STEP,
    [HR_TARGET_STEP] = HR_TARGET_PARAMETER,
  };

  return siblings[kind] != HR_TARGET_MODEL ? siblings[kind] : kind;
}

static gboolean
is_taken (const HrModelEdit *self, HrTargetKind kind, const char *name)
{
  HrTargetKind both[2] = { kind, get_sibling (kind) };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      const GPtrArray *list = hr_target_place_get_list (&self->place, self->model, both[i]);

      for (guint j = 0; j < list->len; j++)
        if (g_str_equal (hr_definition_get_name (both[i], list->pdata[j]), name))
          return TRUE;
    }
  return FALSE;
}

gboolean
hr_model_edit_check_name (const HrModelEdit *self, HrTargetKind kind, const char *name, GError **error)
{
  g_autofree char *sentence = NULL;

  if (*name == '\0')
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _ (words[kind].nameless));
      return FALSE;
    }
  if (!is_taken (self, kind, name))
    return TRUE;
  sentence = hr_text_fill (_ (words[kind].taken), name);
  g_set_error_literal (error, HR_ERROR, HR_ERROR_EXISTS, sentence);
  return FALSE;
}

/* Without the number that a fresh name got before. */
static gsize
get_stem_length (const char *name, const char *separator)
{
  gsize length = strlen (name);
  gsize digits = 0;
  gsize mark = strlen (separator);

  while (digits < length && g_ascii_isdigit (name[length - digits - 1]))
    digits++;
  if (digits == 0 || digits + mark >= length || strncmp (name + length - digits - mark, separator, mark) != 0)
    return length;
  return length - digits - mark;
}

char *
hr_model_edit_dup_free_name (const HrModelEdit *self, HrTargetKind kind, const char *wanted)
{
  const char *separator = words[kind].separator;
  int stem = (int) get_stem_length (wanted, separator);

  if (!is_taken (self, kind, wanted))
    return g_strdup (wanted);
  for (guint number = 2;; number++)
    {
      g_autofree char *name = g_strdup_printf ("%.*s%s%u", stem, wanted, separator, number);

      if (!is_taken (self, kind, name))
        return g_steal_pointer (&name);
    }
}

/* A, B … Z, AA, AB …: the digits of a number without a zero. */
static char *
dup_letters (guint number)
{
  char letters[8];
  guint at = G_N_ELEMENTS (letters);

  letters[--at] = '\0';
  for (guint rest = number + 1; rest > 0; rest = (rest - 1) / 26)
    letters[--at] = (char) ('A' + (rest - 1) % 26);
  return g_strdup (letters + at);
}

char *
hr_model_dup_next_pattern_id (const HrModel *self)
{
  for (guint number = 0;; number++)
    {
      g_autofree char *id = dup_letters (number);

      if (hr_model_find_pattern (self, id) == NULL)
        return g_steal_pointer (&id);
    }
}

gboolean
hr_edit_set_text (char **slot, const char *text)
{
  const char *wanted = text != NULL && *text != '\0' ? text : NULL;

  if (g_strcmp0 (*slot, wanted) == 0)
    return FALSE;
  g_free (*slot);
  *slot = g_strdup (wanted);
  return TRUE;
}

HrType
hr_table_guess_type (const HrTable *table, const char *attribute)
{
  const HrAttribute *known = hr_table_find_key_attribute (table, attribute);

  for (guint i = 0; known == NULL && i < table->entities->len; i++)
    known = hr_entity_find_variable (table->entities->pdata[i], attribute);
  return known != NULL ? known->type : HR_TYPE_S;
}

static gpointer
copy_definition (HrTargetKind kind, gconstpointer definition)
{
  switch (kind)
    {
    case HR_TARGET_TABLE:
      return hr_table_copy (definition);
    case HR_TARGET_INDEX:
      return hr_index_copy (definition);
    case HR_TARGET_ENTITY:
      return hr_entity_copy (definition);
    case HR_TARGET_ATTRIBUTE:
    case HR_TARGET_KEY_PART:
      return hr_attribute_copy (definition);
    case HR_TARGET_PATTERN:
      return hr_pattern_copy (definition);
    case HR_TARGET_PARAMETER:
      return hr_parameter_copy (definition);
    case HR_TARGET_STEP:
      return hr_step_copy (definition);
    case HR_TARGET_MODEL:
    case HR_TARGET_KEY:
    case HR_TARGET_TEMPLATE:
    case HR_N_TARGETS:
      break;
    }
  return NULL;
}

static gboolean
copy_entry_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  HrBuffer text = HR_BUFFER_INIT;

  if (item != NULL)
    hr_item_to_json (item, TRUE, &text);
  else
    hr_buffer_append_string (&text, draft->json);
  g_ptr_array_add (user_data, hr_buffer_steal (&text, NULL));
  return TRUE;
}

static gboolean
copy_entries (HrDocument *self, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (!hr_document_foreach_entry (self, from, copy_entry_cb, texts, error))
    return FALSE;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);

      if (!hr_document_add_item (self, to, text, strlen (text), -1, HR_RANGE_NONE, error))
        return FALSE;
    }
  return TRUE;
}

static HrTarget *
target_with_name (const HrTarget *target, const char *name)
{
  gboolean is_table = target->kind == HR_TARGET_TABLE;

  return hr_target_new (target->kind, is_table ? name : target->table, target->owner, is_table ? NULL : name);
}

HrTarget *
hr_document_duplicate_definition (HrDocument *self, const HrTarget *target, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree char *step_name = NULL;
  g_autofree char *name = NULL;
  HrEditPart part;
  gpointer copy;
  char **slot;
  gboolean done;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && target != NULL && words[target->kind].duplicate != NULL, NULL);

  if (!hr_model_edit_begin (&edit, self, target, error))
    return NULL;
  name = target->kind == HR_TARGET_PATTERN
             ? hr_model_dup_next_pattern_id (edit.model)
             : hr_model_edit_dup_free_name (&edit, target->kind, hr_target_get_name (target));
  copy = copy_definition (target->kind, edit.place.definition);
  slot = hr_definition_get_name_slot (target->kind, copy);
  g_free (*slot);
  *slot = g_strdup (name);
  g_ptr_array_insert (edit.place.list, (int) edit.place.position + 1, copy);

  step_name = hr_text_fill (_ (words[target->kind].duplicate), hr_target_get_name (target));
  if (!hr_edit_part_begin (&part, self, step_name, error))
    return NULL;
  done = hr_document_set_model (self, edit.model, error)
         && (target->kind != HR_TARGET_TABLE || copy_entries (self, target->table, name, error));
  return hr_edit_part_end (&part, done, error) ? target_with_name (target, name) : NULL;
}

/* What is around a definition. */
static HrTarget *
target_around (const HrTarget *target)
{
  switch (target->kind)
    {
    case HR_TARGET_KEY:
      return target->owner != NULL ? hr_target_new (HR_TARGET_INDEX, target->table, NULL, target->owner)
                                   : hr_target_new (HR_TARGET_TABLE, target->table, NULL, NULL);
    case HR_TARGET_INDEX:
    case HR_TARGET_ENTITY:
      return hr_target_new (HR_TARGET_TABLE, target->table, NULL, NULL);
    case HR_TARGET_TEMPLATE:
    case HR_TARGET_ATTRIBUTE:
    case HR_TARGET_KEY_PART:
      return hr_target_new (HR_TARGET_ENTITY, target->table, NULL, target->owner);
    case HR_TARGET_PARAMETER:
    case HR_TARGET_STEP:
      return hr_target_new (HR_TARGET_PATTERN, NULL, NULL, target->owner);
    case HR_TARGET_MODEL:
    case HR_TARGET_TABLE:
    case HR_TARGET_PATTERN:
    case HR_N_TARGETS:
      break;
    }
  return hr_target_new (HR_TARGET_MODEL, NULL, NULL, NULL);
}

HrTarget *
hr_document_remove_definition (HrDocument *self, const HrTarget *target, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  g_autofree HrTarget *next = NULL;
  GPtrArray *list;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && target != NULL && words[target->kind].remove != NULL, NULL);

  if (!hr_model_edit_begin (&edit, self, target, error))
    return NULL;
  list = edit.place.list;
  g_ptr_array_remove_index (list, edit.place.position);
  if (list->len > 0)
    {
      gpointer neighbour = list->pdata[MIN (edit.place.position, list->len - 1)];

      next = target_with_name (target, hr_definition_get_name (target->kind, neighbour));
    }
  else
    next = target_around (target);
  if (!apply_named (&edit, words[target->kind].remove, target, error))
    return NULL;
  return g_steal_pointer (&next);
}

gboolean
hr_document_move_definition (HrDocument *self, const HrTarget *target, guint position, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  GPtrArray *list;
  gpointer definition;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && target != NULL && words[target->kind].move != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, target, error))
    return FALSE;
  list = edit.place.list;
  position = MIN (position, list->len - 1);
  if (position == edit.place.position)
    return TRUE;
  definition = g_ptr_array_steal_index (list, edit.place.position);
  g_ptr_array_insert (list, (int) position, definition);
  return apply_named (&edit, words[target->kind].move, target, error);
}

static char **
get_description_slot (HrTargetKind kind, gpointer definition)
{
  static const glong offsets[HR_N_TARGETS] = {
    [HR_TARGET_MODEL] = G_STRUCT_OFFSET (HrModel, description),
    [HR_TARGET_TABLE] = G_STRUCT_OFFSET (HrTable, description),
    [HR_TARGET_ENTITY] = G_STRUCT_OFFSET (HrEntity, description),
    [HR_TARGET_ATTRIBUTE] = G_STRUCT_OFFSET (HrAttribute, description),
    [HR_TARGET_KEY_PART] = G_STRUCT_OFFSET (HrAttribute, description),
    [HR_TARGET_PATTERN] = G_STRUCT_OFFSET (HrPattern, description),
    [HR_TARGET_PARAMETER] = G_STRUCT_OFFSET (HrParameter, description),
  };

  return G_STRUCT_MEMBER_P (definition, offsets[kind]);
}

gboolean
hr_document_set_description (HrDocument *self, const HrTarget *target, const char *text, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && target != NULL && words[target->kind].describe != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, target, error))
    return FALSE;
  if (!hr_edit_set_text (get_description_slot (target->kind, edit.place.definition), text))
    return TRUE;
  return apply_named (&edit, words[target->kind].describe, target, error);
}
