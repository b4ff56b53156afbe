#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Questions and messages; each is modal to the window it is given, and answers once or, when it is dismissed, never. */

/** A local file's name. Free with g_free(). */
typedef void (*HrFileFunc) (GtkWindow *window, const char *path);

void hr_dialog_open_file (GtkWindow *window, HrFileFunc func);
/** @name: proposed, with or without a folder. Asks before it replaces a file. */
void hr_dialog_save_file (GtkWindow *window, const char *name, HrFileFunc func);

/** For a file that is no model; @name: proposed. */
void hr_dialog_save_export (GtkWindow *window, const char *name, HrFileFunc func);
void hr_dialog_choose_folder (GtkWindow *window, const char *title, HrFileFunc func);

typedef enum
{
  HR_ANSWER_CANCEL,
  HR_ANSWER_DISCARD,
  HR_ANSWER_SAVE,
} HrAnswer;

typedef void (*HrAnswerFunc) (GtkWindow *window, HrAnswer answer);

void hr_dialog_ask_unsaved (GtkWindow *window, const char *title, HrAnswerFunc func);
/** @body: what somebody else has done to the file. Answers with SAVE or CANCEL. */
void hr_dialog_ask_overrule (GtkWindow *window, const char *body, HrAnswerFunc func);

/** @body: what would be lost of files that are there already. Answers with SAVE or CANCEL. */
void hr_dialog_ask_replace (GtkWindow *window, const char *body, HrAnswerFunc func);

/** @fix: (nullable): label of a button that does @func. */
void hr_dialog_show_error (GtkWindow *window, const char *heading, const char *body, const char *fix,
                           HrAnswerFunc func);

void hr_dialog_show_about (GtkWindow *window);

G_END_DECLS
