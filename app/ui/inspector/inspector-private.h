#pragma once

#include "app/session/step-edit.h"
#include "app/ui/editing/fields.h"

G_BEGIN_DECLS

/*
 * What the inspector shows of each kind of subject: boxes of groups. A panel is made anew when its shape changes (which
 * fields there are); otherwise its fields are refreshed.
 */

/** Units of capacity: more than any account is granted. */
#define HR_UNITS_MAX 1000000

GtkWidget *hr_inspector_new_model_panel   (HrFields *fields);
GtkWidget *hr_inspector_new_table_panel   (HrFields *fields, const HrTable *table);
GtkWidget *hr_inspector_new_entity_panel  (HrFields *fields, const HrTable *table, const HrEntity *entity);
GtkWidget *hr_inspector_new_index_panel   (HrFields *fields, const HrTable *table, const HrIndex *index);
/** For items and drafts, one after the other: shows none at first. */
GtkWidget *hr_inspector_new_item_panel    (HrSession *session);
/** Shows the selected item or draft; FALSE when it is gone. */
gboolean   hr_inspector_show_item         (GtkWidget *panel, const HrTable *table);
/** Whether what the panel shows is what is selected. */
gboolean   hr_inspector_item_is_shown     (GtkWidget *panel);
/** Of several selected items: what they are and what they have in common. */
GtkWidget *hr_inspector_new_items_panel   (HrSession *session, const HrTable *table);
/** A group that tells where an item is, in the table and in each index. */
GtkWidget *hr_inspector_add_copies        (HrSession *session, GtkWidget *panel);
/** @key: (nullable): of the item; without, the group is not seen. */
void       hr_inspector_show_copies       (GtkWidget *group, const HrTable *table, const HrValue *key);
GtkWidget *hr_inspector_new_pattern_panel (HrFields *fields, const HrPattern *pattern);

/* inspector-item-row.c */
typedef struct
{
  const char *name;
  HrType type;
  const HrValue *value; /* NULL: the item has none */
  gboolean is_key;
} HrItemValue;

GtkWidget *hr_inspector_new_item_row      (HrSession *session, GtkWidget *panel);
/** @is_other: of another item than before, so that nothing that was typed is kept. */
void       hr_inspector_show_value        (GtkWidget *row, const HrItemValue *value, gboolean is_other);

/** What fields a panel has, as a text to be compared; g_free(). */
char      *hr_inspector_describe_table    (const HrTable *table);
char      *hr_inspector_describe_entity   (const HrTable *table, const HrEntity *entity);
char      *hr_inspector_describe_index    (const HrTable *table, const HrIndex *index);

char      *hr_inspector_describe_pattern  (const HrPattern *pattern);

/* inspector-steps.c: what of a pattern is written down. */
void       hr_inspector_add_question      (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);
/** The only step of a pattern: what it asks by which key, */
void       hr_inspector_add_sentence      (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);
/** and what it leaves out of what was read. */
void       hr_inspector_add_after         (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);
/** Several steps with all that they have; of one only its JSON. */
void       hr_inspector_add_steps         (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);
void       hr_inspector_add_parameters    (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);
void       hr_inspector_add_letter        (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);

/* inspector-form.c: fields of a STEP's request, added to a group or an expander. */
void       hr_inspector_add_asking        (HrFields *fields, GtkWidget *group, const HrTarget *target,
                                           const HrPattern *pattern, const HrStep *step);
void       hr_inspector_add_limits        (HrFields *fields, GtkWidget *group, const HrTarget *target,
                                           const HrStep *step);
/** Ways out when a Query asks for what is no key: conditions go to the filter, with or without a partition to read. */
gboolean   hr_inspector_move_to_filter    (HrSession *session, const HrTarget *target, GError **error);
gboolean   hr_inspector_scan_instead      (HrSession *session, const HrTarget *target, GError **error);
/* inspector-keys.c: a row for each key attribute of @table, or of the index that the form names. */
void       hr_inspector_add_keys          (HrFields *fields, GtkWidget *group, const HrTarget *target,
                                           const HrStepForm *form, const HrTable *table);

/* inspector-values.c: what the pattern is asked with next. */
void       hr_inspector_add_values        (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);
/** The row of the parameter's value below @panel, or NULL. */
GtkWidget *hr_inspector_find_value        (GtkWidget *panel, const char *parameter);
/* inspector-expect.c: what it should give. */
void       hr_inspector_add_expected      (HrFields *fields, GtkWidget *panel, const HrPattern *pattern);

/* Rows for them. */
GtkWidget *hr_inspector_panel_new (void);
GtkWidget *hr_inspector_add_group (GtkWidget *panel, const char *title);
/** Title at the start, value at the end; a long value goes below. */
GtkWidget *hr_inspector_add_row   (GtkWidget *group, const char *title, const char *value);
/** Gives a row another value. */
void       hr_inspector_set_row_value (GtkWidget *row, const char *value);
/** @name and @op (nullable) in front of a template. */
void       hr_inspector_add_template_row (GtkWidget *group, const char *name, const char *op, const char *text);

/* inspector-table.c: attribute and type of a key of the table, or of an index. */
void       hr_inspector_add_key_fields (HrFields *fields, GtkWidget *panel, const char *title, const HrTable *table,
                                        const HrIndex *index, const HrAttribute *key);

void       hr_inspector_add_key_type   (HrFields *fields, GtkWidget *group, const HrTarget *key);

/* inspector-fields.c */
/** A flat button that removes the definition. */
GtkWidget *hr_inspector_new_remove_button (const HrTarget *target);
/** A flat button at the end of a group's heading. */
void       hr_inspector_add_group_button  (GtkWidget *group, const char *label, const char *action,
                                           const HrTarget *target);
gboolean   hr_inspector_set_description   (HrSession *session, const HrTarget *target, const char *text,
                                           GError **error);

G_END_DECLS
