#define _GNU_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

// curses sends each movement of the cursor by itself, so that one picture goes out in dozens of pieces, and through ssh
// in as many packets, each with half a hundred bytes around it. While it draws, the file it knows is memory.

/// The terminal, as curses knows it; a number of its own, so that standard output is the terminal all the while.
static int drawn_on = -1;
static int memory = -1;
static bool is_collecting;
/// How many of the last bytes of a picture wait there to be sent.
static off_t kept;

FILE *ccurses_output(void)
{
  drawn_on = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  // Without it the pieces go out one by one.
  memory = memfd_create("picture", MFD_CLOEXEC);
  return drawn_on < 0 ? stdout : fdopen(drawn_on, "w");
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
      // Not for room: there may be room, but another program's turn.
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

bool ccurses_end_picture(off_t most)
{
  if (!is_collecting)
    return false;
  is_collecting = false;
  dup3(STDOUT_FILENO, drawn_on, O_CLOEXEC);
  off_t end = lseek(memory, 0, SEEK_CUR);
  kept = most < end ? most : end;
  send_collected(0, end - kept);
  if (kept == 0)
    lseek(memory, 0, SEEK_SET);
  return kept > 0;
}

bool ccurses_send_kept(void)
{
  long before = waits();
  off_t end = lseek(memory, 0, SEEK_CUR);

  send_collected(end - kept, end);
  lseek(memory, 0, SEEK_SET);
  return waits() != before;
}
