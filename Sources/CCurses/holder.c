#define _GNU_SOURCE
#include "CCurses.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

// A signal finds another thread than the one that draws. Before that gives the terminal back, the one that draws has to
// stop for good, or it would draw once more on what has just been given back; and while it waits for a terminal that
// nobody reads, it keeps all others from it. So it must be possible to wake it, though it may have all signals blocked.

/// The thread that uses the terminal just now, or 0.
static atomic_int holder;
/// How many times it has begun, and the signals that it had blocked before.
static int depth;
static sigset_t blocked;

void ccurses_use_begin(void)
{
  sigset_t waking;
  int self = (int)syscall(SYS_gettid);

  if (holder == self) {
    depth++;
    return;
  }
  sigemptyset(&waking);
  sigaddset(&waking, SIGALRM);
  pthread_sigmask(SIG_UNBLOCK, &waking, &blocked);
  holder = self;
  depth = 1;
  // First the one, then the other: so either we see that it dies, or it sees us.
  while (ccurses_is_dying())
    pause();
}

void ccurses_use_end(void)
{
  if (--depth > 0)
    return;
  holder = 0;
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
}

void ccurses_use_no_more(void)
{
  int other = holder;

  if (other == 0 || other == (int)syscall(SYS_gettid))
    return;
  syscall(SYS_tgkill, getpid(), other, SIGALRM);
  for (int wait = 0; holder == other && wait < 100; wait++)
    poll(NULL, 0, 1);
}

void ccurses_stop_for_good(void)
{
  int self = (int)syscall(SYS_gettid);

  atomic_compare_exchange_strong(&holder, &self, 0);
  for (;;)
    pause();
}
