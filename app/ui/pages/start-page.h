#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** HrStartPage: what a window shows without a model: ways to get one, and work that was left unsaved. */
#define HR_TYPE_START_PAGE (hr_start_page_get_type ())
G_DECLARE_FINAL_TYPE (HrStartPage, hr_start_page, HR, START_PAGE, AdwBin)

GtkWidget *hr_start_page_new        (void);
/** @recent: strings: paths. */
void       hr_start_page_set_recent (HrStartPage *self, GListModel *recent);

G_END_DECLS
