#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HrPreferences: what the application remembers of a person: appearance, recent files, how windows were left.
 *
 * A small text file in the user's configuration folder, written at each change. A file that cannot be read or
 * written only means that nothing is remembered.
 */
typedef struct _HrPreferences HrPreferences;

HrPreferences *hr_preferences_new  (void);
void           hr_preferences_free (HrPreferences *self);

/** To be freed; a copy of @fallback when nothing is remembered. */
char  *hr_preferences_dup_string (HrPreferences *self, const char *key, const char *fallback);
void   hr_preferences_set_string (HrPreferences *self, const char *key, const char *value);
int    hr_preferences_get_int    (HrPreferences *self, const char *key, int fallback);
void   hr_preferences_set_int    (HrPreferences *self, const char *key, int value);

/** Paths of files, the latest first; changes are told as of any list. Borrowed. */
GListModel *hr_preferences_get_recent    (HrPreferences *self);
void        hr_preferences_add_recent    (HrPreferences *self, const char *path);
void        hr_preferences_remove_recent (HrPreferences *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrPreferences, hr_preferences_free)

G_END_DECLS
