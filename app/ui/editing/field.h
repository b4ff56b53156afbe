#pragma once

#include "app/ui/editing/fields.h"

G_BEGIN_DECLS

/* One field of HrFields; of the properties only that of its kind is set. */
typedef struct _HrField HrField;

struct _HrField
{
  HrFields *fields;
  HrTarget *target;     /* owned */
  char *shown;          /* owned: what the model says, as the field shows it */
  GtkWidget *row;
  GtkWidget *control;   /* within the row, or NULL */
  const char *codes;    /* of findings that are said below it, or NULL */
  GtkWidget *note_row;  /* below it, or NULL */
  GtkWidget *note;      /* box of icon and texts in it */
  GtkWidget *note_icon;
  GtkWidget *note_text;
  GtkWidget *note_fix;  /* button, or NULL */
  gboolean has_own_message; /* which goes before findings */
  guint describe_timeout;
  gulong preview_handler; /* of the session: it is finding out what this field would do */
  gboolean is_always_there; /* its refresh finds out itself */
  GObject *focus;       /* controllers, or NULL */
  GObject *keys;
  GSList *connected;    /* GObject: others with handlers of the field, borrowed */
  gboolean is_refreshing;
  void (*refresh) (HrField *self, const HrTargetPlace *place);

  const HrTextProperty *text;
  const HrChoiceProperty *choice;
  const HrSwitchProperty *toggle;
  const HrNumberProperty *number;
  HrFieldRefresh custom;
};

struct _HrFields
{
  HrSession *session;
  GPtrArray *fields; /* HrField */
  gulong findings_handler; /* of the session */
};

/** Adds a field with its row, and a row for what is wrong, to @group (nullable: the row is somewhere already). */
HrField *hr_field_new (HrFields *fields, GtkWidget *group, GtkWidget *row, const HrTarget *target,
                       void (*refresh) (HrField *self, const HrTargetPlace *place));
void     hr_field_start       (HrField *self);
gboolean hr_field_find        (HrField *self, HrTargetPlace *place);
/** @object, a part of the row, has handlers with the field as their data. */
void     hr_field_note_connected (HrField *self, GObject *object);
/** NULL: nothing is wrong. */
void     hr_field_show_error  (HrField *self, const char *message);
/** What the edit will do; NULL: nothing to say. In the place of an error. */
void     hr_field_show_hint   (HrField *self, const char *hint);
/** The same, and what the session finds out about it later. */
void     hr_field_show_preview (HrField *self, const char *hint);
/** Calls @func when typing has paused. */
void     hr_field_describe_later (HrField *self, GSourceFunc func);
/* fields-note.c: the row below a field. */
void     hr_field_make_note    (HrField *self);
void     hr_field_show_message (HrField *self, HrSeverity severity, const char *message);
/** What the check of the model found about it, when the field itself has nothing to say; or nothing. */
void     hr_field_show_finding (HrField *self);
/** Takes @error. */
void     hr_field_take_result (HrField *self, gboolean done, GError *error);

G_END_DECLS
