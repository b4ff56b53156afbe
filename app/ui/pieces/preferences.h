#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HrPreferences: what the application remembers of a person: settings, recent files, how windows were left.
 *
 * A small text file in the user's configuration folder, written at each change. A file that cannot be read or
 * written only means that nothing is remembered. Signal "changed" (guint: HrSetting).
 */
#define HR_TYPE_PREFERENCES (hr_preferences_get_type ())
G_DECLARE_FINAL_TYPE (HrPreferences, hr_preferences, HR, PREFERENCES, GObject)

/** What somebody can choose: numbers, each with a range. */
typedef enum
{
  HR_SETTING_DENSITY,      /* HrDensity of tables */
  HR_SETTING_ZOOM_PERCENT, /* of tables in a new window */
  HR_SETTING_DIM_PERCENT,  /* how much of what a run did not touch is left to see */
  HR_SETTING_PORT,         /* of the local endpoint */
  HR_SETTING_RUNS,         /* that are kept for comparison */
  HR_SETTING_RECENT,       /* files that are listed */
  HR_N_SETTINGS,
} HrSetting;

typedef struct
{
  const char *key; /* in the file */
  int least;
  int most;
  int usual;
} HrSettingRange;

HrPreferences *hr_preferences_new         (void);
/** Those that the whole program goes by, as long as somebody has them; NULL before and after. Borrowed. */
HrPreferences *hr_preferences_get_default (void);
void           hr_preferences_set_default (HrPreferences *self);

const HrSettingRange *hr_setting_get_range (HrSetting setting);
/** Within the range, whatever the file says. */
int    hr_preferences_get (HrPreferences *self, HrSetting setting);
void   hr_preferences_set (HrPreferences *self, HrSetting setting, int value);

/* Things that are remembered without being asked for. */

/** To be freed; a copy of @fallback when nothing is remembered. */
char  *hr_preferences_dup_string (HrPreferences *self, const char *key, const char *fallback);
void   hr_preferences_set_string (HrPreferences *self, const char *key, const char *value);
int    hr_preferences_get_int    (HrPreferences *self, const char *key, int fallback);
void   hr_preferences_set_int    (HrPreferences *self, const char *key, int value);

/** Paths of files, the latest first; changes are told as of any list. Borrowed. */
GListModel *hr_preferences_get_recent    (HrPreferences *self);
void        hr_preferences_add_recent    (HrPreferences *self, const char *path);
void        hr_preferences_remove_recent (HrPreferences *self, const char *path);
void        hr_preferences_clear_recent  (HrPreferences *self);

G_END_DECLS
