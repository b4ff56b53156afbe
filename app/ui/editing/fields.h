#pragma once

#include <adwaita.h>

#include "app/session/session.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/**
 * HrFields: the fields of one panel, each a row that shows one property of one definition and sets it.
 *
 * What can be edited is written down as properties (const tables); a field is a property of a target. Setting goes
 * through the document, one undo step each; what is refused is said below the field, which keeps what was typed.
 * A change from elsewhere (undo, another field) is taken over by hr_fields_refresh().
 */
typedef struct _HrFields HrFields;

HrFields *hr_fields_new     (HrSession *session);
void      hr_fields_free    (HrFields *self);
/** Shows in all fields what the model says now. Fields whose target has gone are left alone. */
void      hr_fields_refresh (HrFields *self);
HrSession *hr_fields_get_session (HrFields *self);
/** Puts the focus into the first text of @target, all of it selected; opens the row that it is folded into, and closes
 * those beside it. FALSE: nothing here is about @target. */
gboolean  hr_fields_edit    (HrFields *self, const HrTarget *target);

/** A line of text. */
typedef struct
{
  const char *title; /* N_() */
  char *(*get) (const HrTargetPlace *place);
  gboolean (*set) (HrSession *session, const HrTarget *target, const char *text, GError **error);
  /** N_(): typed text is taken over as it is typed, in an undo step of this name; NULL: when it is done. */
  const char *typing;
  gboolean is_code; /* in monospace */
  /** (nullable): what setting this text would do, in a sentence, or NULL; said when typing pauses. g_free() */
  char *(*describe) (HrSession *session, const HrTarget *target, const char *text);
  /** (nullable): codes of findings about the target that are about this property, with spaces between: they are said
   *  below it. Likewise for the following. */
  const char *codes;
} HrTextProperty;

/** One of several words. */
typedef struct
{
  const char *title;
  const char *const *words; /* N_(), NULL-terminated; or NULL: @list says */
  GStrv (*list) (const HrTargetPlace *place);
  guint (*get) (const HrTargetPlace *place);
  gboolean (*set) (HrSession *session, const HrTarget *target, guint word, const char *text, GError **error);
  const char *codes;
} HrChoiceProperty;

typedef struct
{
  const char *title;
  const char *subtitle; /* N_(), or NULL */
  gboolean (*get) (const HrTargetPlace *place);
  gboolean (*set) (HrSession *session, const HrTarget *target, gboolean value, GError **error);
  const char *codes;
} HrSwitchProperty;

typedef struct
{
  const char *title;
  gint64 min;
  gint64 max;
  gint64 (*get) (const HrTargetPlace *place);
  gboolean (*set) (HrSession *session, const HrTarget *target, gint64 value, GError **error);
  const char *codes;
} HrNumberProperty;

/*
 * Each adds a row to @group, an AdwPreferencesGroup or AdwExpanderRow, and returns it. Targets are copied.
 */
GtkWidget *hr_fields_add_text   (HrFields *self, GtkWidget *group, const HrTextProperty *property,
                                 const HrTarget *target);
GtkWidget *hr_fields_add_choice (HrFields *self, GtkWidget *group, const HrChoiceProperty *property,
                                 const HrTarget *target);
GtkWidget *hr_fields_add_switch (HrFields *self, GtkWidget *group, const HrSwitchProperty *property,
                                 const HrTarget *target);
GtkWidget *hr_fields_add_number (HrFields *self, GtkWidget *group, const HrNumberProperty *property,
                                 const HrTarget *target);
/** A key template, with completion, what is wrong with it, and an example below. @target: TEMPLATE. */
GtkWidget *hr_fields_add_template (HrFields *self, GtkWidget *group, const HrTarget *target);

/** For a row made by somebody else: called by hr_fields_refresh() with what @target names now. */
typedef void (*HrFieldRefresh) (GtkWidget *row, const HrTargetPlace *place);
void       hr_fields_add_custom (HrFields *self, GtkWidget *row, const HrTarget *target, HrFieldRefresh refresh);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrFields, hr_fields_free)

G_END_DECLS
