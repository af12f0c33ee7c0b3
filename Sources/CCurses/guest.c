#define _GNU_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <unistd.h>

/// The process group that has the terminal while it is lent, or 0.
static atomic_int guest;

static int start(char *const arguments[], char *const environment[], bool has_group, pid_t *pid)
{
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  sigset_t none, all;

  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_init(&actions);
  // The thread that starts it may have signals blocked that it wants, and our handlers are none of its business.
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(
    &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (has_group ? POSIX_SPAWN_SETPGROUP : 0));
  // Before it runs, so that it never finds itself in the background.
  if (has_group)
    posix_spawn_file_actions_addtcsetpgrp_np(&actions, STDIN_FILENO);
  // Whoever started us may have left us files that are open.
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  int problem = posix_spawn(pid, arguments[0], &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return problem;
}

int ccurses_guest_start(char *const arguments[], char *const environment[], pid_t *pid)
{
  int problem = start(arguments, environment, true, pid);

  if (problem == 0)
    guest = *pid;
  // A terminal that does not control our session cannot be given to a group.
  else if (problem == ENOTTY || problem == EPERM)
    problem = start(arguments, environment, false, pid);
  return problem;
}

void ccurses_guest_ended(void)
{
  guest = 0;
}

pid_t ccurses_guest(void)
{
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

void ccurses_reclaim(const struct termios *modes)
{
  sigset_t mask;

  begin_setting(&mask);
  if (tcgetpgrp(STDIN_FILENO) == guest)
    tcsetpgrp(STDIN_FILENO, getpgrp());
  tcsetattr(STDIN_FILENO, TCSANOW, modes);
  end_setting(&mask);
}

void ccurses_guest_tell(int signal)
{
  pid_t group = guest;

  if (group == 0)
    return;
  kill(-group, signal);
  // One that is stopped must go on to hear of it.
  kill(-group, SIGCONT);
}
