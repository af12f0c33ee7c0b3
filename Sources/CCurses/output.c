#define _GNU_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// curses sends each movement of the cursor by itself, so that one picture goes out in dozens of pieces, and through ssh
// in as many packets, each with half a hundred bytes around it. While it draws, the file it knows is memory.

/// The terminal, as curses knows it; a number of its own, so that standard output is the terminal all the while.
static int drawn_on = -1;
static int memory = -1;
static bool is_collecting;

FILE *ccurses_output(void)
{
  drawn_on = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  // Without it the pieces go out one by one.
  memory = memfd_create("picture", MFD_CLOEXEC);
  return drawn_on < 0 ? stdout : fdopen(drawn_on, "w");
}

// A signal finds another thread than the one that draws. Before that gives the terminal back, the one that draws has to
// stop for good, or it would draw once more on what has just been given back; and while it waits for a terminal that
// nobody reads, it keeps all others from it. So it must be possible to wake it, though it may have all signals blocked.

/// The thread that uses the terminal just now, or 0.
static atomic_int user;
/// How many times it has begun, and the signals that it had blocked before.
static int depth;
static sigset_t blocked;
/// The thread that has stopped for good.
static atomic_int stopped;

void ccurses_use_begin(void)
{
  sigset_t waking;
  int self = (int)syscall(SYS_gettid);

  if (user == self) {
    depth++;
    return;
  }
  sigemptyset(&waking);
  sigaddset(&waking, SIGALRM);
  pthread_sigmask(SIG_UNBLOCK, &waking, &blocked);
  user = self;
  depth = 1;
  // First the one, then the other: so either we see that it dies, or it sees us.
  while (ccurses_is_dying())
    pause();
}

void ccurses_use_end(void)
{
  if (--depth > 0)
    return;
  user = 0;
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
}

void ccurses_use_no_more(void)
{
  int other = user;

  if (other == 0 || other == (int)syscall(SYS_gettid))
    return;
  syscall(SYS_tgkill, getpid(), other, SIGALRM);
  for (int wait = 0; stopped != other && user == other && wait < 100; wait++)
    poll(NULL, 0, 1);
}

void ccurses_stop_for_good(void)
{
  stopped = (int)syscall(SYS_gettid);
  for (;;)
    pause();
}

void ccurses_send(const uint8_t *bytes, size_t count)
{
  ccurses_use_begin();
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written < 0 && errno == EINTR)
      continue;
    // Nobody is there any more; reading says so as well.
    if (written <= 0)
      break;
    bytes += written;
    count -= (size_t)written;
  }
  ccurses_use_end();
}

/// Writes as long as the terminal takes something, and gives up after about so many hundredths of a second in which it
/// does not. Returns how many bytes are left.
static size_t send_hastily(const uint8_t *bytes, size_t count, int patience)
{
  while (count > 0 && patience > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (errno == EAGAIN) {
      // Not for room: there may be room, but another thread's turn.
      poll(NULL, 0, 10);
      patience--;
    } else if (errno != EINTR) {
      return 0;
    }
  }
  return count;
}

void ccurses_send_at_last(const uint8_t *bytes, size_t count)
{
  int flags = fcntl(STDOUT_FILENO, F_GETFL);

  if (count == 0 || flags < 0)
    return;
  fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
  size_t rest = send_hastily(bytes, count, 50);
  if (rest > 0) {
    // Nobody reads. What waits there is the half of a picture.
    tcflush(STDOUT_FILENO, TCOFLUSH);
    send_hastily(bytes + (count - rest), rest, 50);
  }
  fcntl(STDOUT_FILENO, F_SETFL, flags);
}

void ccurses_ring(void)
{
  ccurses_use_begin();
  beep();
  ccurses_use_end();
}

void ccurses_begin_picture(bool is_anew)
{
  if (is_anew)
    clearok(curscr, TRUE);
  // curses is about to take the terminal's modes back, which memory has none of, and the whole window scrolls then.
  if (isendwin())
    return;
  is_collecting = memory >= 0 && drawn_on >= 0 && dup3(memory, drawn_on, O_CLOEXEC) >= 0;
  if (is_anew && change_scroll_region != NULL) {
    const char *whole = tparm(change_scroll_region, 0, LINES - 1);
    if (!is_collecting)
      ccurses_send((const uint8_t *)whole, strlen(whole));
    else if (write(drawn_on, whole, strlen(whole)) < 0)
      return;
  }
}

/// Sends what has been collected, from one place in it to another.
static void send_collected(off_t at, off_t end)
{
  static uint8_t bytes[1 << 16];
  ssize_t count;

  for (; at < end; at += count) {
    size_t rest = (size_t)(end - at);
    count = pread(memory, bytes, rest < sizeof bytes ? rest : sizeof bytes, at);
    if (count <= 0)
      break;
    ccurses_send(bytes, (size_t)count);
  }
}

/// How often this thread has had to wait for something, and not only for its turn.
static long waits(void)
{
  struct rusage usage;

  return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_nvcsw : 0;
}

off_t ccurses_end_picture(off_t kept)
{
  if (!is_collecting)
    return 0;
  is_collecting = false;
  dup3(STDOUT_FILENO, drawn_on, O_CLOEXEC);
  off_t end = lseek(memory, 0, SEEK_CUR);
  kept = kept < end ? kept : end;
  send_collected(0, end - kept);
  if (kept == 0)
    lseek(memory, 0, SEEK_SET);
  return kept;
}

bool ccurses_send_kept(off_t kept)
{
  long before = waits();
  off_t end = lseek(memory, 0, SEEK_CUR);

  send_collected(end - kept, end);
  lseek(memory, 0, SEEK_SET);
  return waits() != before;
}
