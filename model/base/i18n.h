#pragma once

#include <glib.h>

/*
 * Translation of what people read. Messages of the service, diagnostic codes and file formats are
 * never translated.
 */
#define HR_TEXT_DOMAIN "hashrange"

#define _(text) g_dgettext (HR_TEXT_DOMAIN, text)
#define N_(text) (text)
#define C_(context, text) g_dpgettext2 (HR_TEXT_DOMAIN, context, text)
#define ngettext_(one, many, n) g_dngettext (HR_TEXT_DOMAIN, one, many, n)

G_BEGIN_DECLS

/**
 * Locale and translations; the first thing that a program does. @folder: where translations were installed;
 * HASHRANGE_LOCALEDIR, if it is set, names another one, so that a build folder can be used.
 */
void hr_i18n_set_up (const char *folder);

G_END_DECLS
