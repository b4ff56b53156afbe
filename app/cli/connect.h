#pragma once

#include "app/cli/command.h"
#include "model/api/backend.h"

G_BEGIN_DECLS

/*
 * Endpoints. The network client lives in an executable of its own, `hashrange-remote`, which is this
 * same command line with it linked in: a command that is given --endpoint goes on there.
 */

/** Replaces this process by `hashrange-remote` when @argv has --endpoint and this program has no client. */
void       hr_connect_if_remote (int argc, char **argv);

/** A backend for the endpoint at @url; NULL after saying why. */
HrBackend *hr_connect_endpoint  (const char *command, const char *url);

G_END_DECLS
