/*
 * Is the main loop turning?
 *
 * The thread puts a source into the main loop and waits for it to be dispatched. When that takes longer than
 * the limit, it interrupts the main thread with a signal, whose handler writes down the stack; then it waits
 * on and notes how long it took. Both times are taken, on the clock and of the main thread's processor: on a
 * busy machine the first says little, and a thread that waits for a lock or a disk uses none of the second.
 */
#include "app/ui/pieces/watchdog.h"

#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* From one answer to the next question: what is shorter goes unnoticed. */
#define PAUSE_US 4000

/* Functions of a place that are told. */
#define NAMES_MAX 8

typedef struct
{
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GArray *stalls; /* HrStall */
  const char *during;
  pthread_t main_thread;
  clockid_t clock; /* of the main thread's processor time */
  guint limit_ms;
  gboolean is_told;
  gboolean is_stopping;
  gboolean is_answered;
  double answered_cpu_ms;
  double answered_wall_ms;
  void *frames[HR_STALL_FRAMES_MAX];
  int n_frames; /* -1: not written yet */
} Watchdog;

static Watchdog *watchdog; /* the only one; a signal handler has no other way to it */

static double
read_ms (clockid_t clock)
{
  struct timespec time = { 0 };

  clock_gettime (clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void
signal_cb (int number)
{
  g_atomic_int_set (&watchdog->n_frames, backtrace (watchdog->frames, HR_STALL_FRAMES_MAX));
}

static gboolean
answer_cb (gpointer user_data)
{
  Watchdog *self = user_data;

  g_mutex_lock (&self->mutex);
  self->is_answered = TRUE;
  self->answered_wall_ms = read_ms (CLOCK_MONOTONIC);
  self->answered_cpu_ms = read_ms (self->clock);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  return G_SOURCE_REMOVE;
}

/* Within the mutex; the handler needs none. */
static void
take_backtrace (Watchdog *self)
{
  g_atomic_int_set (&self->n_frames, -1);
  pthread_kill (self->main_thread, SIGURG);
  for (guint i = 0; i < 100 && g_atomic_int_get (&self->n_frames) < 0; i++)
    g_usleep (1000);
}

static void
tell (const HrStall *stall)
{
  fprintf (stderr, "The main loop stood for %.0f ms (%.0f ms of work)%s%s\n", stall->wall_ms, stall->cpu_ms,
           stall->during != NULL ? " during " : "", stall->during != NULL ? stall->during : "");
  fflush (stderr);
  if (stall->n_frames > 0)
    backtrace_symbols_fd (stall->frames, stall->n_frames, STDERR_FILENO);
}

static void
note_stall (Watchdog *self, const char *during, double wall_ms, double cpu_ms)
{
  HrStall stall = { during, self->answered_wall_ms - wall_ms, self->answered_cpu_ms - cpu_ms, { NULL }, 0 };

  stall.n_frames = MAX (g_atomic_int_get (&self->n_frames), 0);
  memcpy (stall.frames, self->frames, sizeof *stall.frames * (gsize)stall.n_frames);
  g_array_append_val (self->stalls, stall);
  if (self->is_told)
    tell (&stall);
}

/* TRUE: there was none in that time. */
static gboolean
wait_for_answer (Watchdog *self, gint64 patience_us)
{
  gint64 deadline = g_get_monotonic_time () + patience_us;

  while (!self->is_answered && !self->is_stopping)
    if (!g_cond_wait_until (&self->cond, &self->mutex, deadline))
      return !self->is_answered && !self->is_stopping;
  return FALSE;
}

/* One question, within the mutex. The later the answer is, the longer the pauses between two looks at where the main
 * thread is, so that the last look is never in the first half. */
static void
ask (Watchdog *self)
{
  const char *during = self->during;
  double wall_ms = read_ms (CLOCK_MONOTONIC);
  double cpu_ms = read_ms (self->clock);
  gint64 patience_us = self->limit_ms * G_TIME_SPAN_MILLISECOND;
  gboolean is_late = FALSE;

  self->is_answered = FALSE;
  g_idle_add_full (G_MININT, answer_cb, self, NULL);
  for (; wait_for_answer (self, patience_us); patience_us *= is_late ? 2 : 1)
    {
      during = self->during != NULL ? self->during : during;
      is_late = TRUE;
      g_mutex_unlock (&self->mutex);
      take_backtrace (self);
      g_mutex_lock (&self->mutex);
    }
  if (self->is_answered && is_late)
    note_stall (self, during, wall_ms, cpu_ms);
}

static gpointer
watch (gpointer data)
{
  Watchdog *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->is_stopping)
    {
      ask (self);
      g_cond_wait_until (&self->cond, &self->mutex, g_get_monotonic_time () + PAUSE_US);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

void
hr_watchdog_start (guint limit_ms, gboolean is_told)
{
  const struct sigaction action = { .sa_handler = signal_cb, .sa_flags = SA_RESTART };
  void *frame;

  g_return_if_fail (watchdog == NULL && limit_ms > 0);

  backtrace (&frame, 1); /* loads what it needs, which a handler may not */
  watchdog = g_new0 (Watchdog, 1);
  g_mutex_init (&watchdog->mutex);
  g_cond_init (&watchdog->cond);
  watchdog->stalls = g_array_new (FALSE, FALSE, sizeof (HrStall));
  watchdog->main_thread = pthread_self ();
  pthread_getcpuclockid (watchdog->main_thread, &watchdog->clock);
  watchdog->limit_ms = limit_ms;
  watchdog->is_told = is_told;
  sigaction (SIGURG, &action, NULL);
  watchdog->thread = g_thread_new ("watchdog", watch, watchdog);
}

void
hr_watchdog_stop (void)
{
  g_return_if_fail (watchdog != NULL);

  g_mutex_lock (&watchdog->mutex);
  watchdog->is_stopping = TRUE;
  g_cond_signal (&watchdog->cond);
  g_mutex_unlock (&watchdog->mutex);
  g_thread_join (watchdog->thread);
  g_idle_remove_by_data (watchdog);
  signal (SIGURG, SIG_DFL);
  g_array_unref (watchdog->stalls);
  g_mutex_clear (&watchdog->mutex);
  g_cond_clear (&watchdog->cond);
  g_clear_pointer (&watchdog, g_free);
}

void
hr_watchdog_start_if_wanted (void)
{
  const char *wanted = g_getenv ("HASHRANGE_WATCHDOG");
  guint64 limit_ms = wanted != NULL ? g_ascii_strtoull (wanted, NULL, 10) : 0;

  if (limit_ms > 0 && limit_ms < G_MAXUINT)
    hr_watchdog_start ((guint)limit_ms, TRUE);
}

gboolean
hr_watchdog_is_on (void)
{
  return watchdog != NULL;
}

void
hr_watchdog_set_action (const char *name)
{
  g_return_if_fail (watchdog != NULL);

  g_mutex_lock (&watchdog->mutex);
  watchdog->during = name;
  g_mutex_unlock (&watchdog->mutex);
}

/* "program(function+0x12) [0x1234]", or without the function. */
static char *
dup_name (const char *symbol)
{
  const char *start = strchr (symbol, '(');
  gsize length = start != NULL ? strcspn (start + 1, "+)") : 0;

  return length > 0 ? g_strndup (start + 1, length) : NULL;
}

char *
hr_stall_describe_place (const HrStall *self)
{
  GString *place = g_string_new (NULL);
  char **symbols;
  guint n_names = 0;

  g_return_val_if_fail (self != NULL, NULL);

  symbols = backtrace_symbols (self->frames, self->n_frames);
  for (int i = 2; symbols != NULL && i < self->n_frames && n_names < NAMES_MAX; i++) /* behind the handler */
    {
      g_autofree char *name = dup_name (symbols[i]);

      if (name != NULL)
        g_string_append_printf (place, "%s%s", n_names++ > 0 ? " < " : "", name);
    }
  free (symbols);
  return g_string_free (place, FALSE);
}

GArray *
hr_watchdog_take_stalls (void)
{
  GArray *stalls;

  g_return_val_if_fail (watchdog != NULL, NULL);

  g_mutex_lock (&watchdog->mutex);
  stalls = watchdog->stalls;
  watchdog->stalls = g_array_new (FALSE, FALSE, sizeof (HrStall));
  g_mutex_unlock (&watchdog->mutex);
  return stalls;
}
