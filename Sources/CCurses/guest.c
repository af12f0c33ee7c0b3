#define _GNU_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

/// The process group that has the terminal while it is lent, or 0.
static atomic_int guest;
/// The last that had it, though it may have ended.
static atomic_int last_guest;
/// One is being started, whose number is not known yet.
static atomic_bool is_starting;
/// How it has ended, as waitpid says; UNKNOWN until then.
enum { UNKNOWN = -1 };
static atomic_int outcome = UNKNOWN;
/// Whoever starts one or says that there is to be no more holds this.
static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static bool is_closed;

/// What the new process does until it is another program: only what is safe in a copy of a process with threads.
static void become(char *const arguments[], char *const environment[], bool has_group, const sigset_t *mask)
{
  struct sigaction standard = {.sa_handler = SIG_DFL};

  // It takes the terminal before anything can stop it, as all signals are blocked until then.
  if (has_group) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpgrp());
  }
  // Whoever started us may have left us files that are open.
  if (close_range(3, ~0U, 0) != 0) {
    // An older kernel.
    long most = sysconf(_SC_OPEN_MAX);
    for (int file = 3; file < (most > 0 && most < 65536 ? most : 65536); file++)
      close(file);
  }
  // Our handlers are none of its business, nor what the thread that starts it has blocked.
  for (int signal = 1; signal < NSIG; signal++)
    sigaction(signal, &standard, NULL);
  sigprocmask(SIG_SETMASK, mask, NULL);
  execve(arguments[0], arguments, environment);
  _exit(127);
}

int ccurses_guest_start(char *const arguments[], char *const environment[], pid_t *pid)
{
  sigset_t none, all, mask;
  // A terminal that does not control our session cannot be given to a group, nor one that the shell has by now.
  bool has_group = tcgetpgrp(STDIN_FILENO) == getpgrp();

  sigemptyset(&none);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask);
  pthread_mutex_lock(&door);
  int problem = is_closed ? ECANCELED : 0;
  is_starting = true;
  outcome = UNKNOWN;
  // Whoever dies looks for one afterwards, and from then on none may begin.
  if (ccurses_is_dying())
    problem = ECANCELED;
  ccurses_crash_lend(true);
  // Not posix_spawn, which waits until the other program runs: a Ctrl-Z that stops the new process before that would
  // have each wait for the other for ever.
  if (problem == 0 && (*pid = fork()) < 0)
    problem = errno;
  if (problem == 0 && *pid == 0)
    become(arguments, environment, has_group, &none);
  if (problem == 0 && has_group) {
    // By both, as nobody knows who comes first.
    setpgid(*pid, *pid);
    guest = last_guest = *pid;
  }
  is_starting = false;
  pthread_mutex_unlock(&door);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  return problem;
}

void ccurses_guest_no_more(void)
{
  pthread_mutex_lock(&door);
  is_closed = true;
  pthread_mutex_unlock(&door);
}

void ccurses_guest_ended(int status)
{
  if (outcome == UNKNOWN)
    outcome = status;
  // Whoever waits for it would take the terminal back, and draw on what has just been put in order.
  while (ccurses_is_dying())
    pause();
  guest = 0;
}

pid_t ccurses_guest(void)
{
  // The thread that starts it has all signals blocked, so it is never the one that waits here.
  for (int wait = 0; is_starting && wait < 100; wait++)
    poll(NULL, 0, 10);
  return guest;
}

// To set anything about the terminal would stop us in the background.
static void begin_setting(sigset_t *mask)
{
  sigset_t stopping;

  sigemptyset(&stopping);
  sigaddset(&stopping, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &stopping, mask);
}

static void end_setting(const sigset_t *mask)
{
  pthread_sigmask(SIG_SETMASK, mask, NULL);
}

void ccurses_give_terminal_to(pid_t group)
{
  sigset_t mask;

  begin_setting(&mask);
  tcsetpgrp(STDIN_FILENO, group);
  end_setting(&mask);
}

/// Whether a group that is neither ours nor the guest's has it, and is alive: the shell, since we were stopped.
static bool is_elsewhere(pid_t group)
{
  return group > 0 && group != last_guest && group != getpgrp() && (kill(-group, 0) == 0 || errno == EPERM);
}

bool ccurses_reclaim(const struct termios *modes)
{
  sigset_t mask;

  if (is_elsewhere(tcgetpgrp(STDIN_FILENO)))
    return false;
  begin_setting(&mask);
  if (tcgetpgrp(STDIN_FILENO) == last_guest)
    tcsetpgrp(STDIN_FILENO, getpgrp());
  tcsetattr(STDIN_FILENO, TCSANOW, modes);
  end_setting(&mask);
  return true;
}

/// Whether it has put its own things in order. Somebody else may have taken notice of its end, and is about to say so.
static bool has_left(void)
{
  for (int wait = 0; outcome == UNKNOWN && wait < 20; wait++)
    poll(NULL, 0, 10);
  return outcome != UNKNOWN && WIFEXITED(outcome);
}

bool ccurses_guest_end(void)
{
  static const struct { int signal, hundredths; } turns[] = {{SIGHUP, 150}, {SIGTERM, 50}, {SIGKILL, 50}};
  pid_t group = guest;

  // One that has ended already, and whose terminal nobody has taken back yet.
  if (group <= 0)
    return outcome == UNKNOWN || WIFEXITED(outcome);
  for (size_t turn = 0; turn < sizeof turns / sizeof turns[0]; turn++) {
    kill(-group, turns[turn].signal);
    // One that is stopped must go on to hear of it.
    kill(-group, SIGCONT);
    for (int wait = 0; wait < turns[turn].hundredths; wait++) {
      // Whoever waits for it otherwise may be the thread that has crashed.
      int status;
      for (pid_t ended; (ended = waitpid(-group, &status, WNOHANG)) > 0;)
        if (ended == group)
          outcome = status;
      // The first of them may be gone long before the last.
      if (kill(-group, 0) != 0 && errno == ESRCH)
        return has_left();
      poll(NULL, 0, 10);
    }
  }
  return false;
}
