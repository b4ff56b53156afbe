#pragma once

#include <glib.h>
#include <netinet/in.h>
#include <sys/types.h>

G_BEGIN_DECLS

/*
 * A server of the service's operations: one of ours that was started here, or a peer that somebody has started.
 */
typedef struct
{
  char *name;
  struct sockaddr_in address;
  pid_t pid;      /* 0: not known */
  gboolean is_ours;
} BenchServer;

/** Starts ours and waits until it listens. @folder NULL: in memory; else @sync is how it waits for the disk. */
void   bench_server_start (BenchServer *self, const char *program, const char *name, const char *folder,
                           const char *sync);
/** @peer: `NAME=http://ADDRESS:PORT`. Ends the program when it is not that. */
void   bench_server_find  (BenchServer *self, const char *peer);
/** Ours must end well. */
void   bench_server_stop  (BenchServer *self);

/** What its threads have used so far. 0 when it is not known. */
double bench_server_get_cpu_seconds (const BenchServer *self);
double bench_server_get_resident_mb (const BenchServer *self);

/** The answer to one request, whatever its status. */
char  *bench_server_ask   (const BenchServer *self, const char *operation, const char *body, guint *status);
/** Likewise; ends the program when the status is not 200. */
char  *bench_server_need  (const BenchServer *self, const char *operation, const char *body);

G_END_DECLS
