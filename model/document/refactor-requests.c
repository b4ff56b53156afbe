/*
 * Requests and expected keys when a template changes.
 *
 * A value in a request is a key with holes: references stand where the variables were. Each reference becomes one
 * character that no key has, the old template takes the text apart as it takes keys, and the new one puts it together.
 * Only values that stand for the key attribute are looked at, so that a template of one variable does not fit
 * everything.
 */
#include "model/document/refactor-private.h"

#include "model/base/i18n.h"
#include "model/base/json-build.h"
#include "model/base/json-writer.h"
#include "model/document/edit-private.h"
#include "model/document/reach.h"
#include "model/schema/reference.h"

#include <string.h>

#define HOLE_FIRST 0xe000 /* of the private use area; more references than it has characters make no sense */
#define HOLE_LAST  0xf8ff

typedef struct
{
  HrRefactorPlan *plan;
  const HrKeyTemplate *from;
  const HrKeyTemplate *to;
  const HrPattern *pattern;
  HrStep *step;
  HrArena *arena;
  gboolean changed;
} Walk;

/* A text with its references as single characters, which @holes gives back (char *, by number). */
static char *
dup_with_holes (const char *text, GPtrArray *holes)
{
  g_autoptr (GPtrArray) parts = hr_reference_parse (text, strlen (text), NULL, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (part->is_literal)
        {
          g_string_append (out, part->text);
          continue;
        }
      g_string_append_unichar (out, (gunichar) (HOLE_FIRST + holes->len));
      g_ptr_array_add (holes, g_strdup_printf ("{%s}", part->text));
    }
  return g_string_free (out, FALSE);
}

static char *
dup_without_holes (const char *text, const GPtrArray *holes)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c >= HOLE_FIRST && c <= HOLE_LAST && c - HOLE_FIRST < holes->len)
        g_string_append (out, holes->pdata[c - HOLE_FIRST]);
      else
        {
          if (c == '{' || c == '}')
            g_string_append_unichar (out, c);
          g_string_append_unichar (out, c);
        }
    }
  return g_string_free (out, FALSE);
}

static gboolean
has_parameter (const HrPattern *pattern, const char *name)
{
  for (guint i = 0; i < pattern->parameters->len; i++)
    if (g_str_equal (((HrParameter *) pattern->parameters->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

/* What the old key did not have: a parameter of that name, or what the item says for it. */
static void
add_new_variables (const Walk *walk, const HrJson *item, HrBindings *bindings, GPtrArray *holes)
{
  for (guint i = 0; i < walk->to->n_parts; i++)
    {
      const char *name = walk->to->parts[i].text;
      const HrJson *value = hr_json_get (hr_json_get (item, name), "S");
      g_autofree char *text = NULL;

      if (!walk->to->parts[i].is_variable || g_hash_table_contains (bindings, name))
        continue;
      if (value != NULL && value->type == HR_JSON_STRING)
        text = g_strndup (value->text, value->length);
      else if (has_parameter (walk->pattern, name))
        text = g_strdup_printf ("{%s}", name);
      if (text != NULL)
        g_hash_table_insert (bindings, g_strdup (name), dup_with_holes (text, holes));
    }
}

/* NULL when the text is no old key, or when the new one needs more than is known (which is noted). */
static char *
dup_new_text (Walk *walk, const char *text, const HrJson *item)
{
  g_autoptr (GPtrArray) holes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HrBindings) bindings = hr_bindings_new ();
  g_autofree char *masked = NULL;
  g_autofree char *made = NULL;
  const char *missing;

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  masked = dup_with_holes (text, holes);
  if (!hr_key_template_match (walk->from, masked, strlen (masked), bindings))
    return NULL;
  add_new_variables (walk, item, bindings, holes);
  made = hr_key_template_format (walk->to, bindings, &missing);
  if (made != NULL)
    return dup_without_holes (made, holes);
  hr_refactor_note (walk->plan, _("Pattern %s, step %s has no %s for the new key; its request is left as it is."),
                    walk->pattern->id, walk->step->name, missing);
  return NULL;
}

/* The literal that a template begins with. */
static const char *
get_head (const HrKeyTemplate *key_template)
{
  return key_template->n_parts > 0 && !key_template->parts[0].is_variable ? key_template->parts[0].text : "";
}

static char *
dup_new_prefix (const Walk *walk, const char *text)
{
  const char *head = get_head (walk->from);

  return *head != '\0' && g_str_has_prefix (text, head) ? g_strconcat (get_head (walk->to), text + strlen (head), NULL)
                                                        : NULL;
}

static void
note_change (Walk *walk, const char *member, const char *before, const char *after)
{
  HrRefactorChange *change = g_new0 (HrRefactorChange, 1);

  change->target = hr_target_new (HR_TARGET_STEP, NULL, walk->pattern->id, walk->step->name);
  change->place = g_strdup_printf (_("Pattern %s, step %s: %s"), walk->pattern->id, walk->step->name, member);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (walk->plan->report.changes, change);
  walk->changed = TRUE;
}

/* Rows of a key condition: the form knows which values are the key's. */
static void
rewrite_query (Walk *walk)
{
  g_autoptr (HrStepForm) form = hr_step_form_new (walk->step->operation, walk->step->request);
  char *request;

  for (guint i = 0; i < form->conditions->len; i++)
    {
      HrFormCondition *row = form->conditions->pdata[i];
      char *text;

      if (!g_str_equal (row->attribute, walk->plan->from))
        continue;
      text = row->op == HR_KEY_EQ ? dup_new_text (walk, row->value, NULL) : dup_new_prefix (walk, row->value);
      if (text == NULL || g_str_equal (text, row->value))
        {
          g_free (text);
          continue;
        }
      note_change (walk, row->attribute, row->value, text);
      g_free (row->value);
      row->value = text;
    }
  request = walk->changed ? hr_step_form_dup_request (form, NULL) : NULL;
  if (request != NULL)
    hr_edit_take_request (walk->step, request);
}

static HrJson rewrite (Walk *walk, const HrJson *json, const char *table);

/* An object of attributes: Item, Key. */
static HrJson
rewrite_item (Walk *walk, const HrJson *item)
{
  const HrJson *typed = hr_json_get (item, walk->plan->from);
  const HrJson *value = hr_json_get (typed, "S");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HrJson text;
  HrJson changed;

  if (value == NULL || value->type != HR_JSON_STRING)
    return *item;
  before = g_strndup (value->text, value->length);
  after = dup_new_text (walk, before, item);
  if (after == NULL || g_str_equal (after, before))
    return *item;
  note_change (walk, walk->plan->from, before, after);
  text = hr_json_new_string (hr_arena_strdup (walk->arena, after), strlen (after));
  changed = hr_json_with (walk->arena, typed, "S", &text);
  return hr_json_with (walk->arena, item, walk->plan->from, &changed);
}

static HrJson
rewrite_member (Walk *walk, const char *name, const HrJson *value, const char *table)
{
  static const char *const items[] = { "Item", "Key", "ExclusiveStartKey", NULL };
  gboolean is_here = g_strcmp0 (table, walk->plan->table) == 0;

  if (is_here && value->type == HR_JSON_OBJECT && g_strv_contains (items, name))
    return rewrite_item (walk, value);
  if (is_here && value->type == HR_JSON_ARRAY && g_str_equal (name, "Keys"))
    {
      HrJson *elements = hr_arena_array (walk->arena, HrJson, value->length);
      HrJson copy = *value;

      for (guint32 i = 0; i < value->length; i++)
        elements[i] = rewrite_item (walk, &value->elements[i]);
      copy.elements = elements;
      return copy;
    }
  return rewrite (walk, value, table);
}

/* Members of a batch are tables. */
static HrJson
rewrite_tables (Walk *walk, const HrJson *tables)
{
  HrJsonMember *members = hr_arena_array (walk->arena, HrJsonMember, tables->length);
  HrJson copy = *tables;

  for (guint32 i = 0; i < tables->length; i++)
    {
      members[i] = tables->members[i];
      members[i].value = rewrite (walk, &tables->members[i].value,
                                  hr_arena_strndup (walk->arena, members[i].name, members[i].name_length));
    }
  copy.members = members;
  return copy;
}

/* The depth is that of the parse, which is limited. */
static HrJson
rewrite (Walk *walk, const HrJson *json, const char *table)
{
  HrJson copy = *json;

  if (json->type == HR_JSON_ARRAY)
    {
      HrJson *elements = hr_arena_array (walk->arena, HrJson, json->length);

      for (guint32 i = 0; i < json->length; i++)
        elements[i] = rewrite (walk, &json->elements[i], table);
      copy.elements = elements;
    }
  else if (json->type == HR_JSON_OBJECT)
    {
      HrJsonMember *members = hr_arena_array (walk->arena, HrJsonMember, json->length);
      const char *named = hr_json_dup_string (hr_json_get (json, "TableName"), walk->arena);
      const HrJson *tables = hr_json_get (json, "RequestItems");

      table = named != NULL ? named : table;
      for (guint32 i = 0; i < json->length; i++)
        {
          const char *name = hr_arena_strndup (walk->arena, json->members[i].name, json->members[i].name_length);

          members[i] = json->members[i];
          members[i].value = &json->members[i].value == tables && tables->type == HR_JSON_OBJECT
                                 ? rewrite_tables (walk, tables)
                                 : rewrite_member (walk, name, &json->members[i].value, table);
        }
      copy.members = members;
    }
  return copy;
}

static void
rewrite_writes (Walk *walk)
{
  char *text = hr_arena_strdup (walk->arena, walk->step->request);
  const HrJson *json = hr_json_parse (walk->arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  HrBuffer out = HR_BUFFER_INIT;
  HrJson rewritten;

  if (json == NULL)
    return;
  walk->changed = FALSE;
  rewritten = rewrite (walk, json, NULL);
  if (!walk->changed)
    return;
  hr_json_write_compact (&out, &rewritten, FALSE);
  hr_edit_take_request (walk->step, hr_buffer_steal (&out, NULL));
}

/* Only where the entity itself can be meant. */
static gboolean
may_mean_entity (const HrRefactorPlan *plan, const HrStep *step)
{
  guint64 reach = hr_step_get_reach (plan->old_table, step);

  for (guint i = 0; i < plan->old_table->entities->len && i < 62; i++)
    if (plan->old_table->entities->pdata[i] == plan->old_entity)
      return ((reach >> i) & 1) != 0;
  return FALSE;
}

void
hr_refactor_requests (HrRefactorPlan *plan, const HrKeyTemplate *from, const HrKeyTemplate *to)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < plan->after->patterns->len; i++)
    {
      const HrPattern *pattern = plan->after->patterns->pdata[i];

      for (guint j = 0; j < pattern->steps->len; j++)
        {
          Walk walk = { plan, from, to, pattern, pattern->steps->pdata[j], arena, FALSE };

          if (!may_mean_entity (plan, walk.step))
            continue;
          if (g_str_equal (walk.step->operation, "Query"))
            rewrite_query (&walk);
          else
            rewrite_writes (&walk);
        }
    }
}

/* Expected keys */

typedef void (*KeyFunc) (HrRefactorPlan *plan, const HrPattern *pattern, char **key);

static void
foreach_expected (HrRefactorPlan *plan, const HrPattern *pattern, const HrExpectation *expect, KeyFunc func)
{
  for (guint i = 0; expect != NULL && expect->keys != NULL && i < expect->keys->len; i++)
    func (plan, pattern, (char **) &expect->keys->pdata[i]);
}

static void
foreach_key (HrRefactorPlan *plan, KeyFunc func)
{
  for (guint i = 0; i < plan->after->patterns->len; i++)
    {
      const HrPattern *pattern = plan->after->patterns->pdata[i];

      for (guint j = 0; j < pattern->steps->len; j++)
        foreach_expected (plan, pattern, ((HrStep *) pattern->steps->pdata[j])->expect, func);
      foreach_expected (plan, pattern, pattern->expect, func);
    }
}

static void
follow_cb (HrRefactorPlan *plan, const HrPattern *pattern, char **key)
{
  g_hash_table_insert (plan->keys, g_strdup (*key), NULL);
}

void
hr_refactor_follow_keys (HrRefactorPlan *plan)
{
  plan->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  foreach_key (plan, follow_cb);
}

static void
replace_cb (HrRefactorPlan *plan, const HrPattern *pattern, char **key)
{
  const char *renamed = g_hash_table_lookup (plan->keys, *key);

  if (renamed == NULL || g_str_equal (renamed, *key))
    return;
  g_free (*key);
  *key = g_strdup (renamed);
}

void
hr_refactor_replace_keys (HrRefactorPlan *plan)
{
  foreach_key (plan, replace_cb);
}
