#pragma once

#include <gtk/gtk.h>

#include "render/theme.h"

G_BEGIN_DECLS

/** HrSwatch: the shape of an entity in its colour; part of what it stands beside, so not read out. */
#define HR_TYPE_SWATCH (hr_swatch_get_type ())
G_DECLARE_FINAL_TYPE (HrSwatch, hr_swatch, HR, SWATCH, GtkWidget)

/** @entity: number in the table, or HR_ENTITY_NONE. @size_px: of the shape where texts have their usual size. */
GtkWidget *hr_swatch_new        (guint entity, int size_px);
void       hr_swatch_set_entity (HrSwatch *self, guint entity);

G_END_DECLS
