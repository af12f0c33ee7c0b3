#ifndef NOVALENS_CPTY_H
#define NOVALENS_CPTY_H

#include <sys/types.h>
#include <termios.h>

/// A program on a pseudo-terminal of its own.
struct cpty {
  /// The end that a terminal program would hold.
  int master;
  /// The program's end, held open so that its modes can be read when the program is gone.
  int slave;
  /// Becomes readable when the program has ended.
  int ended;
  pid_t pid;
  /// How the terminal was set before the program started.
  struct termios modes;
};

/// Starts a program as the leader of a new session on a new pseudo-terminal. All of it in C, because between fork and
/// exec a process with threads may only make system calls. `arguments` and `environment` end in NULL. Returns 0, or
/// what errno says.
int cpty_start(const char *program, char *const arguments[], char *const environment[], const char *folder,
               int rows, int columns, struct cpty *pty);

int cpty_resize(const struct cpty *pty, int rows, int columns);

/// Waits for the end of the program. Returns its exit status, or minus the signal that ended it.
int cpty_wait(const struct cpty *pty);

/// Sends a signal to one thread of the program.
void cpty_signal_thread(const struct cpty *pty, pid_t thread, int signal);

/// The C library's opinion of how many cells a scalar takes, in the locale C.UTF-8.
int cpty_wcwidth(unsigned int scalar);

#endif
