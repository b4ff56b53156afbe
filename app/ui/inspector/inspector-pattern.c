/*
 * The inspector's panel for an access pattern: what its requests ask, with what values, and what they should give.
 *
 * A pattern of one step reads like a sentence from top to bottom; of several steps each is an expander.
 */
#include "app/ui/inspector/inspector-private.h"

GtkWidget *
hr_inspector_new_pattern_panel (HrFields *fields, const HrPattern *pattern)
{
  GtkWidget *panel = hr_inspector_panel_new ();
  gboolean is_only = pattern->steps->len == 1;

  hr_inspector_add_question (fields, panel, pattern);
  if (is_only)
    hr_inspector_add_sentence (fields, panel, pattern);
  hr_inspector_add_values (fields, panel, pattern);
  if (is_only)
    hr_inspector_add_after (fields, panel, pattern);
  else
    hr_inspector_add_steps (fields, panel, pattern);
  hr_inspector_add_expected (fields, panel, pattern);
  if (is_only)
    hr_inspector_add_steps (fields, panel, pattern);
  hr_inspector_add_parameters (fields, panel, pattern);
  hr_inspector_add_letter (fields, panel, pattern);
  return panel;
}
