#define _GNU_SOURCE
#include "cpty.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

static void run(const char *program, char *const arguments[], char *const environment[], const char *folder, int slave)
{
  sigset_t none;

  setsid();
  ioctl(slave, TIOCSCTTY, 0);
  for (int end = 0; end < 3; end++)
    dup2(slave, end);
  // What the tests' own process has open, such as a server's sockets, is none of the program's business.
  close_range(3, ~0U, 0);
  // The tests' own process may block or ignore signals that the program should feel.
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < NSIG; number++)
    signal(number, SIG_DFL);
  if (folder == NULL || chdir(folder) == 0)
    execve(program, arguments, environment);
  _exit(127);
}

int cpty_start(const char *program, char *const arguments[], char *const environment[], const char *folder,
               int rows, int columns, struct cpty *pty)
{
  char name[64];

  // Not forkpty: its ends would leak into whatever another test starts at the same moment.
  pty->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (pty->master < 0)
    return errno;
  if (grantpt(pty->master) != 0 || unlockpt(pty->master) != 0
      || ptsname_r(pty->master, name, sizeof name) != 0
      || (pty->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0) {
    int problem = errno;
    close(pty->master);
    return problem;
  }
  cpty_resize(pty, rows, columns);
  tcgetattr(pty->slave, &pty->modes);
  pty->pid = fork();
  if (pty->pid == 0)
    run(program, arguments, environment, folder, pty->slave);
  pty->ended = pty->pid < 0 ? -1 : (int)syscall(SYS_pidfd_open, pty->pid, 0);
  if (pty->ended < 0) {
    int problem = errno;
    close(pty->master);
    close(pty->slave);
    return problem;
  }
  fcntl(pty->ended, F_SETFD, FD_CLOEXEC);
  return 0;
}

int cpty_resize(const struct cpty *pty, int rows, int columns)
{
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

  return ioctl(pty->master, TIOCSWINSZ, &size) == 0 ? 0 : errno;
}

int cpty_wait(const struct cpty *pty)
{
  int status = 0;

  while (waitpid(pty->pid, &status, 0) < 0 && errno == EINTR)
    ;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

void cpty_signal_thread(const struct cpty *pty, pid_t thread, int signal)
{
  syscall(SYS_tgkill, pty->pid, thread, signal);
}

int cpty_wcwidth(unsigned int scalar)
{
  static locale_t locale;

  if (locale == (locale_t)0)
    locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  locale_t former = uselocale(locale);
  int width = wcwidth((wchar_t)scalar);
  uselocale(former);
  return width;
}
