#define _GNU_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
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

void ccurses_send(const uint8_t *bytes, size_t count)
{
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written < 0 && errno == EINTR)
      continue;
    // Nobody is there any more; reading says so as well.
    if (written <= 0)
      return;
    bytes += written;
    count -= (size_t)written;
  }
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
    if (write(is_collecting ? drawn_on : STDOUT_FILENO, whole, strlen(whole)) < 0)
      return;
  }
}

void ccurses_end_picture(void)
{
  static uint8_t bytes[1 << 16];

  if (!is_collecting)
    return;
  is_collecting = false;
  dup3(STDOUT_FILENO, drawn_on, O_CLOEXEC);
  off_t end = lseek(memory, 0, SEEK_CUR);
  ssize_t count;
  for (off_t at = 0; at < end; at += count) {
    size_t rest = (size_t)(end - at);
    count = pread(memory, bytes, rest < sizeof bytes ? rest : sizeof bytes, at);
    if (count <= 0)
      break;
    ccurses_send(bytes, (size_t)count);
  }
  lseek(memory, 0, SEEK_SET);
}
