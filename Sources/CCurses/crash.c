#define _GNU_SOURCE
#include "CCurses.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

// A Swift trap is SIGILL or SIGTRAP; SIGQUIT is no crash, but ends the program as abruptly.
static const int deadly[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT, SIGSYS};
enum { DEADLY = sizeof deadly / sizeof deadly[0] };

static bool is_installed;
static atomic_bool is_armed;
static unsigned char give_back[512];
static int give_back_count;
static struct termios modes;

/// Gives the terminal back with calls that POSIX allows in a handler, leaves a report, and lets the signal do what it
/// does by itself.
static void crash(int signal, siginfo_t *info, void *context)
{
  (void)context;
  // A second thread that crashes meanwhile finds it done.
  if (atomic_exchange(&is_armed, false)) {
    ccurses_send(give_back, (size_t)give_back_count);
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    if (signal != SIGQUIT) {
      const char *words = ccurses_report_write(signal);
      ccurses_send((const uint8_t *)words, strlen(words));
    }
  } else if (signal != SIGQUIT) {
    // Another program has the terminal, and what it shows.
    ccurses_report_write(signal);
  }
  // Not what was there before us: the runtime's own handler would ask questions on the terminal and wait for answers.
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal, &standard, NULL);
  // A fault of the processor comes again by itself. The rest,
  // and a breakpoint, which the processor has already stepped over, has to be sent again.
  bool is_fault = info->si_code > 0 && (signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE);
  if (!is_fault)
    raise(signal);
}

void ccurses_crash_arm(const uint8_t *bytes, int count, const struct termios *saved)
{
  static unsigned char stack[128 * 1024];

  is_armed = false;
  give_back_count = count < (int)sizeof give_back ? count : (int)sizeof give_back;
  memcpy(give_back, bytes, (size_t)give_back_count);
  modes = *saved;
  if (!is_installed) {
    struct sigaction action = {.sa_sigaction = crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    stack_t present;

    // On a stack of its own, so that a stack that overflowed is survived; a thread that has one keeps it.
    if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE))
      sigaltstack(&alternate, NULL);
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < DEADLY; i++)
      sigaction(deadly[i], &action, NULL);
    is_installed = true;
  }
  is_armed = true;
}

void ccurses_crash_disarm(void)
{
  is_armed = false;
}
