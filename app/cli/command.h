#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Exit codes of every command. */
typedef enum
{
  HR_EXIT_DONE = 0,
  HR_EXIT_FINDINGS = 1, /* the model or the result is not as it should be */
  HR_EXIT_FAILED = 2,   /* the call could not be carried out */
} HrExit;

/** HrCommand: what is said of one subcommand, a row of the table in command.c. */
typedef struct
{
  const char *name;
  const char *synopsis; /* N_(): what stands behind the name in the usage line */
  const char *summary;  /* N_(): one line for the list of commands */
} HrCommand;

guint            hr_command_get_count (void);
const HrCommand *hr_command_get       (guint index);

/* Those of this program; @argv[0] is the command's name, and the arguments may be changed. */
HrExit hr_command_check  (int argc, char **argv);
HrExit hr_command_run    (int argc, char **argv);
HrExit hr_command_import (int argc, char **argv);
HrExit hr_command_export (int argc, char **argv);
HrExit hr_command_call   (int argc, char **argv);

/**
 * The path of the helper program `hashrange-NAME`, or NULL: in the folders that HASHRANGE_LIBEXEC lists (so that a
 * build tree can be used), else in the one of the installation.
 */
char *hr_command_find_helper (const char *name);

/** Locale and translations; the first thing that a program of the command line does. */
void hr_command_set_up (void);

/**
 * Parses the options of @command and handles `--help`. FALSE after printing the reason and the way to help;
 * @argc and @argv then hold nothing more to use.
 */
gboolean hr_command_parse (const char *name, const GOptionEntry *entries, const char *description, int *argc,
                           char ***argv);

/** How many columns of a terminal @text fills. */
int hr_command_count_columns (const char *text);

/** Prints @text and fills up to @width columns; those of a negative width stand before it. (printf counts bytes.) */
void hr_command_print_padded (const char *text, int width);

/** `hashrange NAME: message` on standard error; returns HR_EXIT_FAILED. */
HrExit hr_command_fail (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
