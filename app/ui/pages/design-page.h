#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/** The Design view of a window. @session must outlive it or be held by it. */
GtkWidget *hr_design_page_new (HrSession *session);

G_END_DECLS
