#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Case files: requests and the answers they must get, readable and writable without C.
 *
 * The same files are meant for every door: the library, the command line and the endpoint must answer alike.
 * A door is anything that takes an operation's name and a JSON body and gives a status and a JSON body.
 *
 * A file is UTF-8 text. A line that begins with `#` is a comment, empty lines only separate, and a line
 * that begins with a space continues the one before (leading spaces are dropped). Others are `word: text`:
 *
 *   case: get-item/absent         begins a case; the name is unique in the file
 *   define: NAME                  begins a set-up instead: its `do` lines are run by `use: NAME`
 *   layer: old                    to which generation of wording the case belongs: `new` (when not said), `old`,
 *                                 or `both`: then it is run in either
 *   within: process               what the case asks for is kept only while a program runs (a client token, say), so
 *                                 that a door which starts a new one for each request leaves it out
 *   use: NAME…                    set-ups from tables.case and this file, in order
 *   do: PutItem {…}               a request that must succeed; its answer does not matter
 *   call: GetItem {…}             a request whose answer is told by the lines that follow:
 *     gives: {…}                    status 200 and exactly this body
 *     holds: {…}                    status 200 and a body that has at least these members
 *     fails: NAME: MESSAGE          status 400 (500 for InternalServerError), this exception and message;
 *                                   without a colon an exception without a message
 *     fails-like: NAME: PATTERN     likewise, with `*` for any text
 *     error-holds: {…}              what else the error's body has: Item, CancellationReasons
 *   take: NAME MEMBER/…/INDEX     keeps a string of the answer before, which `%(NAME)` stands for in the lines behind
 *
 * Every case starts with an empty engine. Bodies compare as JSON: the order of members does not count, nor
 * does the order within SS, NS and BS; numbers compare by their text; the string "*" stands for any value.
 * `%{TEXT*N}` anywhere in a text stands for TEXT repeated N times.
 */
typedef enum
{
  CASE_DO,
  CASE_CALL,
} CaseStepKind;

typedef struct
{
  CaseStepKind kind;
  guint line;
  char *operation;
  char *body;
  char *gives;      /* or NULL; likewise below */
  char *holds;
  char *error;      /* name of the exception */
  char *message;
  gboolean is_like; /* @message is a pattern */
  char *error_holds;
  GPtrArray *takes; /* char*: NAME, blank, path; or NULL */
} CaseStep;

typedef enum
{
  CASE_LAYER_NEW = 1 << 0,
  CASE_LAYER_OLD = 1 << 1,
} CaseLayers;

typedef struct
{
  char *name;
  char *file;
  guint line;
  CaseLayers layers;
  gboolean is_within_process;
  GPtrArray *uses;  /* char* */
  GPtrArray *steps; /* CaseStep */
} Case;

typedef struct
{
  GPtrArray *cases;    /* Case */
  GHashTable *set_ups; /* name to Case */
} CaseFile;

/** Set-ups of @common (nullable) are known in the file, too. NULL with an error that names file and line. */
CaseFile *case_file_read (const char *path, const CaseFile *common, GError **error);
void      case_file_free (CaseFile *self);
/** The steps of a set-up, or NULL. */
const Case *case_file_find_set_up (const CaseFile *self, const CaseFile *common, const char *name);

/** NULL when @actual is as @expected wants it; else what differs, in words. */
char *case_compare_json (const char *expected, const char *actual, gsize actual_length, gboolean is_partial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CaseFile, case_file_free)

G_END_DECLS
