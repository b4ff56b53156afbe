#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HrSuggestion: finds the name that was probably meant. A plain value: start with HR_SUGGESTION (wanted),
 * offer what exists, read @best. An offer costs the product of the lengths; long names are not compared.
 */
typedef struct
{
  const char *wanted;
  const char *best; /* borrowed from the offers; NULL when nothing is near */
  guint distance;
} HrSuggestion;

#define HR_SUGGESTION(name) { (name), NULL, G_MAXUINT }

void  hr_suggestion_offer (HrSuggestion *self, const char *name);
/** A translated " Did you mean NAME?" with a space before it, or an empty string. */
char *hr_suggestion_dup_hint (const HrSuggestion *self);

G_END_DECLS
