#pragma once

#include "model/document/document.h"

G_BEGIN_DECLS

/* What the parameters of a pattern can be. */

/**
 * hr_document_list_values:
 * @pattern: of this document's model
 * @max: how many are wanted
 *
 * Texts for @parameter that items have where the pattern asks for it: for `MSG#{uuid}` what stands behind MSG# in the
 * keys; else those of key parts and attributes of its name. Each once, in the order of the items, of which only the
 * first thousands are looked at. char*; empty when there are none.
 */
GPtrArray *hr_document_list_values (HrDocument *self, const HrPattern *pattern, const char *parameter, guint max);

/**
 * hr_document_declare_references:
 *
 * Gives the pattern a parameter for each reference of its requests that names nothing yet, with a value that the data
 * have as example. Within the edit that is open, else an undo step.
 */
gboolean hr_document_declare_references (HrDocument *self, const char *pattern, GError **error);
/** Takes the parameters away that requests named in @before, the same pattern earlier, and no request names now. */
gboolean hr_document_drop_references    (HrDocument *self, const HrPattern *before, GError **error);

G_END_DECLS
