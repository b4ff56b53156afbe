#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The one to begin with, and that the tour goes through. */
#define HR_FIRST_SAMPLE "cruddur-messages.hashrange.json"

/** HrSampleCard: a button with a small picture of a sample's first table, which opens the sample. */
#define HR_TYPE_SAMPLE_CARD (hr_sample_card_get_type ())
G_DECLARE_FINAL_TYPE (HrSampleCard, hr_sample_card, HR, SAMPLE_CARD, GtkButton)

/** @name: of a file in the resources. The picture comes when it has been made, in a thread. */
GtkWidget *hr_sample_card_new (const char *name);

/** Names of the samples that are part of the program, sorted; g_strfreev(). */
char     **hr_samples_list    (void);
/** The sample's file; NULL: there is none of that name. */
GBytes    *hr_samples_read    (const char *name);

G_END_DECLS
