#pragma once

#include "app/endpoint/endpoint.h"

G_BEGIN_DECLS

/*
 * An endpoint in this process, in a thread of its own, and the client's side of a connection to it.
 */
typedef struct
{
  HrEngine *engine;
  HrDatabases *databases;
  HrEndpoint *endpoint;
  GThread *thread;
  guint16 port;
  int stop;
} Server;

/** @options may be NULL. @path: of a database file, or NULL. */
void server_start (Server *self, const HrEndpointOptions *options, const char *path);
void server_stop  (Server *self);

/** A connected socket; reading waits for five seconds at most. */
int  server_connect (const Server *self);

/** Answer: what came back on a connection. */
typedef struct
{
  guint status; /* 0: the connection ended without an answer */
  char *head;
  char *body;
  gsize body_length;
} Answer;

void answer_clear (Answer *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/** Sends all of it; FALSE when the other side does not take it. */
gboolean client_send    (int client, const char *data, gsize length);
/** The next answer on the connection. */
void     client_receive (int client, Answer *answer);
/** Whether the other side ends the connection within @timeout_ms; what comes before that is dropped. */
gboolean client_is_closed (int client, int timeout_ms);

/** A POST of an operation, as text. @region is where the credentials are from. */
char *make_request (const char *operation, const char *region, const char *body);

/** Sends the request on a connection and gives its answer. */
void  client_call (int client, const char *operation, const char *body, Answer *answer);

G_END_DECLS
