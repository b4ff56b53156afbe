/*
 * HrSession: the state of one window.
 *
 * The object itself: properties and what is shown. What is selected is in session-selection.c, the document in
 * session-document.c, opening and saving in session-file.c, the outline in session-outline.c, runs of patterns in
 * session-run.c. Everything that
 * depends on the document is brought up to date here when the document says that it changed, before any widget hears
 * of it.
 */
#include "app/session/session-private.h"

#include <math.h>
#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"

enum
{
  OUTLINE_CHANGED,
  RUN_CHANGED,
  SELECTION_CHANGED,
  DOCUMENT_CHANGED,
  DIAGNOSTICS_CHANGED,
  TOAST,
  PREVIEW,
  N_SIGNALS,
};

#define ZOOM_MIN 0.5
#define ZOOM_MAX 3.0
#define HISTORY_USUAL 50

static GParamSpec *properties[HR_SESSION_N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HrSession, hr_session, G_TYPE_OBJECT)

HrSession *
hr_session_new (void)
{
  return g_object_new (HR_TYPE_SESSION, NULL);
}

void
hr_session_notify (HrSession *self, HrSessionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
hr_session_emit_outline_changed (HrSession *self)
{
  gboolean had_rows = hr_session_follow_rows (self);

  g_signal_emit (self, signals[OUTLINE_CHANGED], 0);
  if (had_rows)
    hr_session_emit_selection_changed (self);
}

void
hr_session_emit_run_changed (HrSession *self)
{
  if (hr_session_get_run (self) != NULL)
    hr_session_unfold_all (self);
  g_signal_emit (self, signals[RUN_CHANGED], 0);
}

void
hr_session_emit_selection_changed (HrSession *self)
{
  self->selection_serial++;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
hr_session_emit_diagnostics_changed (HrSession *self)
{
  g_signal_emit (self, signals[DIAGNOSTICS_CHANGED], 0);
}

void
hr_session_emit_toast (HrSession *self, const char *text, gboolean can_undo)
{
  g_signal_emit (self, signals[TOAST], 0, text, can_undo);
}

void
hr_session_emit_preview (HrSession *self, const char *text)
{
  g_signal_emit (self, signals[PREVIEW], 0, text);
}

HrSessionWork *
hr_session_work_new (void)
{
  HrSessionWork *self = g_new0 (HrSessionWork, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

HrSessionWork *
hr_session_work_ref (HrSessionWork *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hr_session_work_unref (HrSessionWork *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

gboolean
hr_session_check_ready (HrSession *self, GError **error)
{
  if (self->document == NULL)
    g_set_error_literal (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("No model is open."));
  else if (self->changing != NULL)
    g_set_error_literal (error, HR_ERROR, HR_ERROR_BUSY,
                         _ ("Another change is being made. Wait until it is done, or cancel it."));
  else if (self->busy != NULL)
    g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("The model is busy. Wait a moment and try again."));
  else
    return TRUE;
  return FALSE;
}

/* The copy is made first: @text may be the member itself. */
static gboolean
replace_text (char **member, const char *text)
{
  char *copy;

  if (g_strcmp0 (*member, text) == 0)
    return FALSE;
  copy = g_strdup (text);
  g_free (*member);
  *member = copy;
  return TRUE;
}

void
hr_session_set_busy (HrSession *self, const char *text)
{
  if (replace_text (&self->busy, text))
    hr_session_notify (self, HR_SESSION_PROP_BUSY);
}

void
hr_session_set_working (HrSession *self, const char *text)
{
  if (replace_text (&self->working, text))
    hr_session_notify (self, HR_SESSION_PROP_WORKING);
}

void
hr_session_set_overtaken (HrSession *self, gboolean is_overtaken)
{
  if (self->is_overtaken == is_overtaken)
    return;
  self->is_overtaken = is_overtaken;
  hr_session_notify (self, HR_SESSION_PROP_OVERTAKEN);
}

gboolean
hr_session_is_busy (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return self->busy != NULL;
}

void
hr_session_cancel (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->opening != NULL)
    hr_cancel_raise (&self->opening->progress.cancel);
  else if (self->changing != NULL)
    hr_cancel_raise (&self->changing->progress.cancel);
}

void
hr_session_set_subject (HrSession *self, HrSubject subject)
{
  if (self->subject == subject)
    return;
  self->subject = subject;
  hr_session_notify (self, HR_SESSION_PROP_SUBJECT);
}

const HrTable *
hr_session_get_table (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  if (self->document == NULL || self->table == NULL)
    return NULL;
  return hr_model_find_table (hr_document_get_model (self->document), self->table);
}

const char *
hr_session_get_index (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->index;
}

void
hr_session_show_table (HrSession *self, const char *table, const char *index)
{
  gboolean table_changed, index_changed;

  g_return_if_fail (HR_IS_SESSION (self));

  g_object_freeze_notify (G_OBJECT (self));
  table_changed = replace_text (&self->table, table);
  index_changed = replace_text (&self->index, table != NULL ? index : NULL);
  if (table_changed && self->hidden_entities != 0)
    {
      self->hidden_entities = 0;
      hr_session_notify (self, HR_SESSION_PROP_HIDDEN_ENTITIES);
    }
  if (table_changed)
    g_object_set (self, "hidden-columns", NULL, NULL);
  if (table_changed)
    {
      hr_session_notify (self, HR_SESSION_PROP_TABLE);
      hr_session_clear_selection (self);
    }
  if (index_changed)
    hr_session_notify (self, HR_SESSION_PROP_INDEX);
  g_object_thaw_notify (G_OBJECT (self));

  if (table_changed || index_changed)
    {
      hr_session_drop_marks (self);
      hr_session_update_outline (self);
      hr_session_emit_run_changed (self);
    }
}

void
hr_session_select_entity (HrSession *self, const char *name)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (replace_text (&self->entity, name))
    hr_session_notify (self, HR_SESSION_PROP_SELECTED_ENTITY);
  hr_session_set_subject (self, name != NULL ? HR_SUBJECT_ENTITY
                                : self->index != NULL ? HR_SUBJECT_INDEX
                                                      : HR_SUBJECT_TABLE);
}

/* After a change of the definitions: names may stand for nothing any more. */
static void
check_names (HrSession *self)
{
  const HrModel *model = hr_document_get_model (self->document);
  const HrTable *table = hr_session_get_table (self);

  if (table == NULL)
    hr_session_show_table (self,
                           model->tables->len > 0 ? ((HrTable *) g_ptr_array_index (model->tables, 0))->name : NULL,
                           NULL);
  else if (self->index != NULL && hr_table_find_index (table, self->index) == NULL)
    hr_session_show_table (self, self->table, NULL);

  table = hr_session_get_table (self);
  if (self->entity != NULL && (table == NULL || hr_table_find_entity (table, self->entity) == NULL))
    hr_session_select_entity (self, NULL);
  if (self->pattern != NULL && hr_model_find_pattern (model, self->pattern) == NULL)
    hr_session_select_pattern (self, NULL);
  hr_session_notify (self, HR_SESSION_PROP_TITLE);
}

/* Marks say what a run touched and stay as they are, although the data has moved on: the run is stale then. */
static void
document_changed_cb (HrSession *self, const HrDocumentChange *change)
{
  self->generation++;
  hr_session_cancel_preview (self);
  for (const char *const *name = change->tables; *name != NULL; name++)
    g_hash_table_remove (self->censuses, *name);
  hr_session_follow_document (self, change);
  if (change->model_changed)
    {
      g_hash_table_remove_all (self->censuses);
      hr_session_drop_marks (self);
      check_names (self);
    }
  hr_session_check_selection (self);
  hr_session_update_outline (self);
  hr_session_check_later (self);
  if (self->shown_run != NULL)
    hr_session_emit_run_changed (self);
  g_signal_emit (self, signals[DOCUMENT_CHANGED], 0, change);
  if (change->event == HR_DOCUMENT_UNDONE || change->event == HR_DOCUMENT_REDONE)
    hr_session_reveal (self, change);
}

static void
document_modified_cb (HrSession *self)
{
  hr_session_notify (self, HR_SESSION_PROP_MODIFIED);
}

static gboolean
get_flag (HrSession *self, guint property)
{
  if (property == HR_SESSION_PROP_MODIFIED)
    return hr_session_is_modified (self);
  return property == HR_SESSION_PROP_OVERTAKEN ? self->is_overtaken : self->dim_others;
}

static void
hr_session_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  HrSession *self = HR_SESSION (object);

  switch ((HrSessionProperty) property)
    {
    case HR_SESSION_PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case HR_SESSION_PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case HR_SESSION_PROP_TITLE:
      g_value_take_string (value, hr_session_dup_title (self));
      break;
    case HR_SESSION_PROP_TABLE:
      g_value_set_string (value, self->table);
      break;
    case HR_SESSION_PROP_INDEX:
      g_value_set_string (value, self->index);
      break;
    case HR_SESSION_PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    case HR_SESSION_PROP_PATTERN:
      g_value_set_string (value, self->pattern);
      break;
    case HR_SESSION_PROP_SELECTED_ENTITY:
      g_value_set_string (value, self->entity);
      break;
    case HR_SESSION_PROP_SUBJECT:
      g_value_set_uint (value, self->subject);
      break;
    case HR_SESSION_PROP_FILTER:
      g_value_set_string (value, self->filter);
      break;
    case HR_SESSION_PROP_HIDDEN_ENTITIES:
      g_value_set_uint64 (value, self->hidden_entities);
      break;
    case HR_SESSION_PROP_HIDDEN_COLUMNS:
      g_value_set_boxed (value, self->hidden_columns);
      break;
    case HR_SESSION_PROP_ORDER:
      g_value_set_uint (value, self->order);
      break;
    case HR_SESSION_PROP_DENSITY:
      g_value_set_uint (value, self->density);
      break;
    case HR_SESSION_PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case HR_SESSION_PROP_BUSY:
      g_value_set_string (value, self->busy);
      break;
    case HR_SESSION_PROP_WORKING:
      g_value_set_string (value, self->working);
      break;
    case HR_SESSION_PROP_MODIFIED:
    case HR_SESSION_PROP_DIM_OTHERS:
    case HR_SESSION_PROP_OVERTAKEN:
      g_value_set_boolean (value, get_flag (self, property));
      break;
    case HR_SESSION_PROP_0:
    case HR_SESSION_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static gboolean
replace_number (guint *member, guint number)
{
  gboolean changed = *member != number;

  *member = number;
  return changed;
}

static gboolean
replace_names (GStrv *member, const char *const *names)
{
  static const char *const none[] = { NULL };

  if (g_strv_equal (*member != NULL ? (const char *const *) *member : none, names != NULL ? names : none))
    return FALSE;
  g_strfreev (*member);
  *member = g_strdupv ((GStrv) names);
  return TRUE;
}

/* Stores the value; TRUE when it is another one. */
static gboolean
take_property (HrSession *self, HrSessionProperty property, const GValue *value)
{
  const char *text = G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : NULL;
  guint64 hidden = self->hidden_entities;
  double zoom = self->zoom;
  gboolean dim_others = self->dim_others;

  if (property == HR_SESSION_PROP_VIEW)
    return replace_text (&self->view, text);
  if (property == HR_SESSION_PROP_FILTER)
    return replace_text (&self->filter, text != NULL && *text != '\0' ? text : NULL);
  if (property == HR_SESSION_PROP_ORDER)
    return replace_number (&self->order, g_value_get_uint (value));
  if (property == HR_SESSION_PROP_DENSITY)
    return replace_number (&self->density, g_value_get_uint (value));
  if (property == HR_SESSION_PROP_HIDDEN_ENTITIES)
    {
      self->hidden_entities = g_value_get_uint64 (value);
      return self->hidden_entities != hidden;
    }
  if (property == HR_SESSION_PROP_HIDDEN_COLUMNS)
    return replace_names (&self->hidden_columns, g_value_get_boxed (value));
  if (property == HR_SESSION_PROP_ZOOM)
    {
      self->zoom = g_value_get_double (value);
      return fabs (self->zoom - zoom) > 1e-6;
    }
  if (property == HR_SESSION_PROP_DIM_OTHERS)
    {
      self->dim_others = g_value_get_boolean (value);
      return self->dim_others != dim_others;
    }
  return FALSE;
}

static void
hr_session_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  HrSession *self = HR_SESSION (object);

  if (!take_property (self, property, value))
    return;
  hr_session_notify (self, property);
  if (property == HR_SESSION_PROP_FILTER || property == HR_SESSION_PROP_HIDDEN_ENTITIES
      || property == HR_SESSION_PROP_ORDER)
    hr_session_update_outline (self);
}

static void
hr_session_dispose (GObject *object)
{
  HrSession *self = HR_SESSION (object);
  gboolean remove_store;

  g_signal_group_set_target (self->document_signals, NULL);
  if (self->document != NULL)
    hr_document_set_defer (hr_session_get_own_document (self), NULL, NULL);
  remove_store = self->document != NULL && (self->is_discarded || !hr_session_is_modified (self));
  hr_session_abandon_change (self);
  if (remove_store)
    hr_document_remove_store (self->document);
  hr_session_forget_document (self);
  g_clear_pointer (&self->document, remove_store ? (GDestroyNotify)hr_session_let_go : g_object_unref);
  G_OBJECT_CLASS (hr_session_parent_class)->dispose (object);
}

static void
hr_session_finalize (GObject *object)
{
  HrSession *self = HR_SESSION (object);

  g_clear_object (&self->document_signals);
  g_ptr_array_unref (self->outlines);
  g_hash_table_unref (self->totals);
  g_hash_table_unref (self->censuses);
  g_array_unref (self->missed);
  hr_arena_free (self->missed_arena);
  hr_session_stop_run (self);
  g_clear_object (&self->shown_run);
  g_hash_table_unref (self->runs);
  g_object_unref (self->history);
  g_hash_table_unref (self->values);
  g_clear_pointer (&self->key_arena, hr_arena_free);
  hr_row_set_free (self->rows);
  g_free (self->typed_field);
  g_free (self->path);
  g_free (self->opening_path);
  g_free (self->view);
  g_free (self->busy);
  g_free (self->working);
  g_free (self->change_name);
  g_strfreev (self->hidden_columns);
  G_OBJECT_CLASS (hr_session_parent_class)->finalize (object);
}

static void
hr_session_class_init (HrSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = hr_session_dispose;
  object_class->finalize = hr_session_finalize;
  object_class->get_property = hr_session_get_property;
  object_class->set_property = hr_session_set_property;

  properties[HR_SESSION_PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, HR_TYPE_DOCUMENT, read);
  properties[HR_SESSION_PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, read);
  properties[HR_SESSION_PROP_TABLE] = g_param_spec_string ("table", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_INDEX] = g_param_spec_string ("index", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "design", write);
  properties[HR_SESSION_PROP_PATTERN] = g_param_spec_string ("pattern", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_SELECTED_ENTITY] = g_param_spec_string ("selected-entity", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_SUBJECT] =
      g_param_spec_uint ("subject", NULL, NULL, 0, HR_SUBJECT_DRAFT, HR_SUBJECT_NONE, read);
  properties[HR_SESSION_PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, NULL, write);
  properties[HR_SESSION_PROP_HIDDEN_ENTITIES] =
      g_param_spec_uint64 ("hidden-entities", NULL, NULL, 0, G_MAXUINT64, 0, write);
  properties[HR_SESSION_PROP_HIDDEN_COLUMNS] =
      g_param_spec_boxed ("hidden-columns", NULL, NULL, G_TYPE_STRV, write);
  properties[HR_SESSION_PROP_ORDER] =
      g_param_spec_uint ("order", NULL, NULL, 0, HR_ORDER_HASH, HR_ORDER_ENTERED, write);
  properties[HR_SESSION_PROP_DENSITY] =
      g_param_spec_uint ("density", NULL, NULL, 0, HR_DENSITY_PRESENTATION, HR_DENSITY_COMPACT, write);
  properties[HR_SESSION_PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, ZOOM_MIN, ZOOM_MAX, 1, write);
  properties[HR_SESSION_PROP_DIM_OTHERS] = g_param_spec_boolean ("dim-others", NULL, NULL, TRUE, write);
  properties[HR_SESSION_PROP_BUSY] = g_param_spec_string ("busy", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_WORKING] = g_param_spec_string ("working", NULL, NULL, NULL, read);
  properties[HR_SESSION_PROP_OVERTAKEN] = g_param_spec_boolean ("overtaken", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, HR_SESSION_N_PROPS, properties);

  signals[OUTLINE_CHANGED] = g_signal_new ("outline-changed", HR_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[RUN_CHANGED] = g_signal_new ("run-changed", HR_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", HR_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 0);
  signals[DOCUMENT_CHANGED] = g_signal_new ("document-changed", HR_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[DIAGNOSTICS_CHANGED] = g_signal_new ("diagnostics-changed", HR_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 0);
  signals[PREVIEW] = g_signal_new ("preview", HR_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[TOAST] = g_signal_new ("toast", HR_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
hr_session_init (HrSession *self)
{
  self->outlines = hr_session_outlines_new ();
  self->rows = hr_row_set_new ();
  self->missed = g_array_new (FALSE, FALSE, sizeof (HrRowChange));
  self->missed_arena = hr_arena_new ();
  self->mark = HR_FILE_MARK_NONE;
  self->totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->censuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hr_index_census_free);
  self->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->history = g_list_store_new (HR_TYPE_RUN_RECORD);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->view = g_strdup ("design");
  self->zoom = 1;
  self->dim_others = TRUE;
  self->history_max = HISTORY_USUAL;
  self->document_signals = g_signal_group_new (HR_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (document_changed_cb), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::modified", G_CALLBACK (document_modified_cb), self);
}
