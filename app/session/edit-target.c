/*
 * Targets between actions, selection and model.
 */
#include "app/session/edit-target.h"

#include "app/session/session-private.h"

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

GVariant *
hr_target_to_variant (const HrTarget *self)
{
  return g_variant_new (HR_TARGET_VARIANT, (gint32) self->kind, or_empty (self->table), self->owner,
                        or_empty (self->name));
}

HrTarget *
hr_target_from_variant (GVariant *variant)
{
  const char *table, *owner, *name;
  gint32 kind;

  g_variant_get (variant, "(i&sm&s&s)", &kind, &table, &owner, &name);
  return hr_target_new ((HrTargetKind) kind, *table != '\0' ? table : NULL, owner, name);
}

HrTarget *
hr_session_dup_target (HrSession *session)
{
  const HrTable *table = hr_session_get_table (session);
  const HrPattern *pattern = hr_session_get_pattern (session);
  const char *index = hr_session_get_index (session);
  g_autofree char *entity = NULL;
  guint subject;

  g_object_get (session, "subject", &subject, "selected-entity", &entity, NULL);
  if (subject == HR_SUBJECT_PATTERN && pattern != NULL)
    return hr_target_new (HR_TARGET_PATTERN, NULL, NULL, pattern->id);
  if (table == NULL || subject == HR_SUBJECT_NONE)
    return NULL;
  if (subject == HR_SUBJECT_ENTITY && entity != NULL)
    return hr_target_new (HR_TARGET_ENTITY, table->name, NULL, entity);
  if (subject == HR_SUBJECT_INDEX && index != NULL)
    return hr_target_new (HR_TARGET_INDEX, table->name, NULL, index);
  return hr_target_new (HR_TARGET_TABLE, table->name, NULL, table->name);
}

/* What a change that is under way will make. */
static gboolean
keep_for_later (HrSession *session, const HrTarget *target)
{
  HrTargetPlace place;
  HrModel *model;

  if (!hr_session_is_changing (session))
    return FALSE;
  model = hr_document_get_model (hr_session_get_document (session));
  if (hr_target_find (target, model, &place, NULL))
    return FALSE;
  g_free (session->wanted);
  session->wanted = hr_target_copy (target);
  return TRUE;
}

void
hr_session_select_target (HrSession *session, const HrTarget *target)
{
  if (keep_for_later (session, target))
    return;
  switch (target->kind)
    {
    case HR_TARGET_PATTERN:
      hr_session_select_pattern (session, target->name);
      break;
    case HR_TARGET_PARAMETER:
    case HR_TARGET_STEP:
      hr_session_select_pattern (session, target->owner);
      break;
    case HR_TARGET_ENTITY:
      hr_session_show_table (session, target->table, NULL);
      hr_session_select_entity (session, target->name);
      break;
    case HR_TARGET_TEMPLATE:
    case HR_TARGET_ATTRIBUTE:
    case HR_TARGET_KEY_PART:
      hr_session_show_table (session, target->table, NULL);
      hr_session_select_entity (session, target->owner);
      break;
    case HR_TARGET_INDEX:
      hr_session_show_table (session, target->table, target->name);
      hr_session_select_entity (session, NULL);
      break;
    case HR_TARGET_KEY:
      hr_session_show_table (session, target->table, target->owner);
      hr_session_select_entity (session, NULL);
      break;
    case HR_TARGET_TABLE:
      hr_session_show_table (session, target->table, NULL);
      hr_session_select_entity (session, NULL);
      break;
    case HR_TARGET_MODEL:
    case HR_N_TARGETS:
      hr_session_select_entity (session, NULL);
      hr_session_set_subject (session, HR_SUBJECT_NONE);
      break;
    }
}
