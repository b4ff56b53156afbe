#pragma once

#include "model/schema/pattern.h"

G_BEGIN_DECLS

/**
 * HrModel: everything in a project file but the items: tables, patterns, scenarios, lessons.
 *
 * Shared by reference (ref/unref, atomic) and immutable once shared: to edit, copy, change the copy, and
 * give it to the document. Schemas are small; a copy costs microseconds.
 */
typedef struct
{
  gatomicrefcount ref_count;
  char *name;
  char *description;    /* or NULL */
  GPtrArray *tables;    /* HrTable */
  GPtrArray *patterns;  /* HrPattern */
  char *scenarios;      /* compact JSON array, kept as it is until the simulator reads it; or NULL */
  char *lessons;        /* likewise */
  HrExtras *extras;
} HrModel;

HrModel *hr_model_new   (const char *name);
HrModel *hr_model_ref   (HrModel *self);
void     hr_model_unref (HrModel *self);
HrModel *hr_model_copy  (const HrModel *self);
const HrTable   *hr_model_find_table   (const HrModel *self, const char *name);
const HrPattern *hr_model_find_pattern (const HrModel *self, const char *id);

/**
 * hr_model_validate: findings about the definitions themselves, places from the definitions:
 * names and limits of the service, duplicate names, key types, indexes without keys, templates whose
 * variable is neither attribute nor key part, key attributes without a template, patterns that name
 * unknown tables, indexes, parameters or steps, references that cannot resolve.
 * @diagnostics must have been given the file's text when the model was read from one.
 */
void hr_model_validate (const HrModel *self, HrDiagnostics *diagnostics);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrModel, hr_model_unref)

G_END_DECLS
