#define _GNU_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static int pipe_ends[2] = {-1, -1};
static struct sigaction former[NSIG];
/// The signal that has asked for the end of the program, or 0.
static volatile sig_atomic_t last_call;

/// All that a handler may do here: tell the event loop, and see to it that it listens.
static void tell(int signal)
{
  int saved = errno;
  unsigned char byte = (unsigned char)signal;

  if (signal == SIGTERM || signal == SIGHUP)
    last_call = signal;
  if (signal == SIGTERM || signal == SIGHUP || signal == SIGINT)
    ccurses_await_end(signal);

  // A full pipe means that the loop has plenty of news already.
  if (write(pipe_ends[1], &byte, 1) < 0)
    errno = saved;
  errno = saved;
}

int ccurses_signals_open(void)
{
  if (pipe_ends[0] < 0 && pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0)
    return -1;
  return pipe_ends[0];
}

void ccurses_signals_catch(int signal)
{
  struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART};
  struct sigaction now;

  sigfillset(&action.sa_mask);
  if (sigaction(signal, NULL, &now) == 0 && now.sa_handler != tell)
    former[signal] = now;
  sigaction(signal, &action, NULL);
}

void ccurses_signals_release(int signal)
{
  sigaction(signal, &former[signal], NULL);
}

/// How often somebody has continued us.
static atomic_int continued;

static void note_continued(int signal)
{
  (void)signal;
  continued++;
}

int ccurses_times_continued(void)
{
  return continued;
}

/// Whether a signal that this thread has blocked has come, and no other thread has taken it yet.
static bool is_waiting(int signal)
{
  sigset_t waiting;

  return sigpending(&waiting) == 0 && sigismember(&waiting, signal) == 1;
}

/// Returns whether that has stopped us.
static bool stop_once(void)
{
  struct sigaction standard = {.sa_handler = SIG_DFL};
  struct sigaction ignored = {.sa_handler = SIG_IGN};
  struct sigaction noted = {.sa_handler = note_continued, .sa_flags = SA_RESTART};
  struct sigaction caught_stop, caught_continue;
  sigset_t stop, mask;
  int before = continued;

  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGCONT, &noted, &caught_continue);
  // The others of the job first (a `make` that started us), and only then ourselves: a signal to ourselves alone
  // has stopped us by the time `raise` returns, which one to the group does not promise.
  sigaction(SIGTSTP, &ignored, &caught_stop);
  kill(0, SIGTSTP);
  // Where a thread has it blocked, it waits in spite of being ignored, and would stop us a second time. Ignoring it
  // again throws it away.
  sigaction(SIGTSTP, &ignored, NULL);
  sigaction(SIGTSTP, &standard, NULL);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &caught_stop, NULL);
  // The thread that hears of it may need a moment.
  for (int wait = 0; continued == before && (wait < 10 || is_waiting(SIGCONT)); wait++)
    poll(NULL, 0, 10);
  // The same with the news that we go on, which we have.
  sigaction(SIGCONT, &ignored, NULL);
  sigaction(SIGCONT, &caught_continue, NULL);
  return continued != before;
}

bool ccurses_is_in_background(void)
{
  pid_t group = tcgetpgrp(STDIN_FILENO);

  return group > 0 && group != getpgrp();
}

int ccurses_last_call(void)
{
  if (last_call != 0)
    return last_call;
  return is_waiting(SIGTERM) ? SIGTERM : is_waiting(SIGHUP) ? SIGHUP : 0;
}

bool ccurses_stop_job(void)
{
  bool was_stopped = true;
  sigset_t ending, mask;

  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &ending, &mask);
  // What is continued with `bg` would take the terminal from the shell.
  // Who is to end does not stop: a shell sends both to what is stopped, the call for the end and the one to go on.
  while (ccurses_last_call() == 0 && was_stopped) {
    was_stopped = stop_once();
    if (!ccurses_is_in_background())
      break;
  }
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  return !ccurses_is_in_background();
}
