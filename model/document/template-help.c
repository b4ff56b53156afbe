/*
 * Help with key templates while they are typed.
 */
#include "model/document/template-help.h"

#include "model/base/i18n.h"
#include "model/document/edit-private.h"
#include "model/schema/compose.h"
#include "model/schema/suggest.h"
#include "model/value/codec.h"

#include <string.h>

typedef enum
{
  RANK_BEGINS,
  RANK_CONTAINS,
  N_RANKS,
} Rank;

static gboolean
has_rank (const char *name, const char *prefix, Rank rank)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  gboolean begins = g_str_has_prefix (lower, prefix);

  return rank == RANK_BEGINS ? begins : !begins && strstr (lower, prefix) != NULL;
}

static void
add_candidates (GArray *candidates, const GPtrArray *list, gboolean is_key_part, const char *prefix, Rank rank)
{
  for (guint i = 0; i < list->len; i++)
    {
      const HrAttribute *attribute = list->pdata[i];
      HrTemplateCandidate candidate = { attribute->name, attribute->type, is_key_part, attribute->optional };

      if (attribute->type <= HR_TYPE_B && has_rank (attribute->name, prefix, rank))
        g_array_append_val (candidates, candidate);
    }
}

GArray *
hr_template_complete (const HrEntity *entity, const char *prefix)
{
  g_autofree char *lower = g_ascii_strdown (prefix, -1);
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (HrTemplateCandidate));

  for (Rank rank = RANK_BEGINS; rank < N_RANKS; rank++)
    {
      add_candidates (candidates, entity->key_parts, TRUE, lower, rank);
      add_candidates (candidates, entity->attributes, FALSE, lower, rank);
    }
  return candidates;
}

void
hr_template_finding_free (gpointer data)
{
  HrTemplateFinding *finding = data;

  g_free (finding->message);
  g_free (finding->fixed);
  g_free (finding->meant);
  g_free (finding->variable);
  g_free (finding);
}

static HrTemplateFinding *
add_finding (GPtrArray *findings, char *message, HrRange range)
{
  HrTemplateFinding *finding = g_new0 (HrTemplateFinding, 1);

  finding->message = message;
  finding->range = range;
  g_ptr_array_add (findings, finding);
  return finding;
}

static void
offer (HrSuggestion *suggestion, const GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    hr_suggestion_offer (suggestion, ((HrAttribute *) list->pdata[i])->name);
}

static void
check_variable (const HrEntity *entity, const HrKeyTemplate *parsed, const HrTemplatePart *part, GPtrArray *findings)
{
  const HrAttribute *variable = hr_entity_find_variable (entity, part->text);
  HrSuggestion suggestion = HR_SUGGESTION (part->text);
  HrTemplateFinding *finding;

  if (variable != NULL && variable->type > HR_TYPE_B)
    add_finding (findings,
                 g_strdup_printf (_("`{%s}` is of type %s, which no key can hold."), part->text,
                                  hr_type_get_name (variable->type)),
                 part->range);
  if (variable != NULL)
    return;
  offer (&suggestion, entity->attributes);
  offer (&suggestion, entity->key_parts);
  finding = add_finding (findings,
                         g_strdup_printf (_("`{%s}` is no attribute and no key part of %s."), part->text, entity->name),
                         part->range);
  finding->is_unknown = TRUE;
  finding->variable = g_strdup (part->text);
  if (suggestion.best == NULL)
    return;
  finding->fixed = hr_key_template_rename (parsed, part->text, suggestion.best);
  finding->meant = g_strdup (suggestion.best);
}

GPtrArray *
hr_template_check (const HrEntity *entity, const char *text)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (hr_template_finding_free);
  g_autofree char *message = NULL;
  HrRange range;
  g_autoptr (HrKeyTemplate) parsed = hr_key_template_parse (text, &message, &range);

  if (parsed == NULL)
    {
      add_finding (findings, g_strdup_printf (_("This is no template: %s."), message), range);
      return findings;
    }
  if (parsed->n_parts == 0)
    add_finding (findings, g_strdup (_("A key cannot be empty.")), (HrRange) { 0, 0 });
  for (guint i = 0; i < parsed->n_parts; i++)
    if (parsed->parts[i].is_variable)
      check_variable (entity, parsed, &parsed->parts[i], findings);
  return findings;
}

static char *
dup_key_with_holes (const HrKeyTemplate *parsed, const HrBindings *bindings)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < parsed->n_parts; i++)
    {
      const HrTemplatePart *part = &parsed->parts[i];
      const char *value = NULL;

      if (part->is_variable && bindings != NULL)
        value = g_hash_table_lookup ((GHashTable *) bindings, part->text);
      if (!part->is_variable)
        g_string_append (key, part->text);
      else if (value != NULL && *value != '\0')
        g_string_append (key, value);
      else
        g_string_append_printf (key, "{%s}", part->text);
    }
  return g_string_free (key, FALSE);
}

/* All variables that the entity has, also those that no template names yet. */
static HrBindings *
bind_all (const HrTable *table, const HrEntity *entity, const HrValue *item)
{
  HrBindings *bindings = hr_entity_bind (entity, table, item);

  for (guint i = 0; i < entity->attributes->len; i++)
    {
      const char *name = ((HrAttribute *) entity->attributes->pdata[i])->name;
      const HrValue *value = hr_map_get (item, name, strlen (name));
      HrBuffer text = HR_BUFFER_INIT;

      hr_buffer_reserve (&text, 1);
      if (value == NULL || g_hash_table_contains (bindings, name) || !hr_value_to_text (value, &text))
        hr_buffer_clear (&text);
      else
        g_hash_table_insert (bindings, g_strdup (name), hr_buffer_steal (&text, NULL));
    }
  return bindings;
}

char *
hr_template_dup_example (const HrTable *table, const HrEntity *entity, const char *text, const HrValue *item)
{
  g_autoptr (HrKeyTemplate) parsed = hr_key_template_parse (text, NULL, NULL);
  g_autoptr (HrBindings) bindings = NULL;

  if (parsed == NULL)
    return NULL;
  if (item != NULL)
    bindings = bind_all (table, entity, item);
  return dup_key_with_holes (parsed, bindings);
}

typedef struct
{
  const HrTable *table;
  const HrEntity *entity;
  const HrKeyTemplate *parsed;
  GHashTable *keys;
  guint left; /* entries that may still be looked at */
  HrTemplateCount *count;
} Survey;

static gboolean
survey_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Survey *survey = user_data;
  g_autoptr (HrBindings) bindings = NULL;
  char *key;

  if (survey->left == 0)
    {
      survey->count->is_complete = FALSE;
      return FALSE;
    }
  survey->left--;
  if (item == NULL || hr_table_match_entity (survey->table, item, NULL) != survey->entity)
    return TRUE;
  survey->count->n_items++;
  bindings = bind_all (survey->table, survey->entity, item);
  key = hr_key_template_format (survey->parsed, bindings, NULL);
  if (key == NULL)
    survey->count->n_without++;
  else
    g_hash_table_add (survey->keys, key);
  return TRUE;
}

gboolean
hr_template_count (HrDocument *document, const char *table, const char *entity, const char *text, guint limit,
                   HrTemplateCount *count, GError **error)
{
  g_autoptr (HrKeyTemplate) parsed = NULL;
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HrTargetPlace place;
  Survey survey = { .keys = keys, .left = limit, .count = count };

  g_return_val_if_fail (HR_IS_DOCUMENT (document) && table != NULL && entity != NULL && text != NULL, FALSE);

  *count = (HrTemplateCount) { .is_complete = TRUE };
  parsed = hr_edit_parse_template (text, error);
  if (parsed == NULL
      || !hr_target_find (&HR_TARGET (ENTITY, table, NULL, entity), hr_document_get_model (document), &place, error))
    return FALSE;
  survey.table = place.table;
  survey.entity = place.entity;
  survey.parsed = parsed;
  if (!hr_document_foreach_entry (document, table, survey_cb, &survey, error))
    return FALSE;
  count->n_keys = g_hash_table_size (keys);
  return TRUE;
}
