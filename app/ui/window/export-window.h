#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * hr_export_window_new: what the registry of formats can make of the open model, to be looked at, copied and saved.
 * @format: (nullable): id of the format that is shown first
 *
 * Modal to @parent.
 */
GtkWidget *hr_export_window_new (GtkWindow *parent, HrSession *session, const char *format);

G_END_DECLS
