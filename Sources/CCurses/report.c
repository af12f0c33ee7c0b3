#define _GNU_SOURCE
#include "CCurses.h"

#include <execinfo.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// All that a report needs lies ready, because a handler may neither allocate nor ask.
enum { NOTES = 50, FRAMES = 64 };

static char path[1024];
static char heading[512];
static char words[sizeof path + 64];
static off_t said_from;
static char notes[NOTES][CCURSES_NOTE_LENGTH];
static atomic_uint note_count;
static atomic_bool is_written;

void ccurses_report_prepare(const char *report_path, const char *report_heading, long said)
{
  void *frame;

  // The first call loads a library, which a handler must not.
  backtrace(&frame, 1);
  ccurses_symbols_prepare();
  snprintf(path, sizeof path, "%s", report_path);
  snprintf(heading, sizeof heading, "%s\n", report_heading);
  snprintf(words, sizeof words, "The program has crashed. A report lies in\r\n%s\r\n", path);
  said_from = said;
  is_written = false;
}

void ccurses_report_note(const char *line)
{
  unsigned number = note_count;
  char *note = notes[number % NOTES];

  // A crash in the midst of this finds a text that ends within its place.
  memset(note, 0, CCURSES_NOTE_LENGTH);
  strncpy(note, line, CCURSES_NOTE_LENGTH - 1);
  note_count = number + 1;
}

static void put(int file, const char *text)
{
  size_t count = strlen(text);

  while (count > 0) {
    ssize_t written = write(file, text, count);
    if (written <= 0)
      return;
    text += written;
    count -= (size_t)written;
  }
}

static void put_number(int file, unsigned number)
{
  char digits[12];
  int place = sizeof digits - 1;

  digits[place] = 0;
  do {
    digits[--place] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  put(file, digits + place);
}

/// What the runtime has said on standard error, which is a file of ours: the reason of a trap among it.
static void put_said(int file)
{
  char bytes[1024];
  struct stat status;

  if (fstat(STDERR_FILENO, &status) != 0 || !S_ISREG(status.st_mode))
    return;
  off_t from = status.st_size - said_from > 8192 ? status.st_size - 8192 : said_from;
  for (;;) {
    ssize_t count = pread(STDERR_FILENO, bytes, sizeof bytes, from);
    if (count <= 0 || write(file, bytes, (size_t)count) < 0)
      return;
    from += count;
  }
}

/// Where each call is, and below it the name of the function, if it is one of the program's own.
static void put_stack(int file)
{
  void *frames[FRAMES];
  int count = backtrace(frames, FRAMES);

  ccurses_symbols_open();
  for (int i = 0; i < count; i++) {
    const char *name = ccurses_symbol(frames[i]);
    backtrace_symbols_fd(&frames[i], 1, file);
    if (name != NULL) {
      put(file, CCURSES_NAME_MARK);
      put(file, name);
      put(file, "\n");
    }
  }
}

const char *ccurses_report_write(int signal)
{

  if (path[0] == 0 || atomic_exchange(&is_written, true))
    return "";
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0)
    return "";
  // Whatever the umask says.
  fchmod(file, 0600);
  put(file, heading);
  put(file, "Signal ");
  put_number(file, (unsigned)signal);
  put(file, "\n\nSaid last:\n");
  put_said(file);
  put(file, "\nStack, innermost first:\n");
  put_stack(file);
  put(file, "\nLast requests, oldest first:\n");
  unsigned count = note_count;
  for (unsigned number = count > NOTES ? count - NOTES : 0; number < count; number++) {
    put(file, notes[number % NOTES]);
    put(file, "\n");
  }
  close(file);
  return words;
}
