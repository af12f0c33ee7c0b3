#define _GNU_SOURCE
#include "CCurses.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// A Swift trap is SIGILL or SIGTRAP.
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
// What ends a program that does not expect it, and is no crash; beside these, all real-time signals.
static const int endings[] = {SIGQUIT, SIGUSR1, SIGUSR2, SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR};

static bool is_installed;
static atomic_bool is_armed;
/// The thread that gives the terminal back, once one does.
static atomic_int dying;
/// Another program has had the terminal since it was last ours.
static atomic_bool is_lent;
/// The signal that the event loop has been told of, and has a few seconds to answer.
static atomic_int awaited;
/// What is written at the end: the bytes that give our screen back, and those that end what another program has asked for.
static struct farewell {
  uint8_t bytes[512];
  size_t count;
} give_back, calm;
static struct termios modes;

static bool is_crash(int signal)
{
  for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
    if (crashes[i] == signal)
      return true;
  return false;
}

/// Gives the terminal back with calls that POSIX allows in a handler, leaves a report of a crash, and lets the signal do
/// what it does by itself.
static void die(int signal, siginfo_t *info, void *context)
{
  const char *words = "";

  (void)context;
  int nobody = 0, self = (int)syscall(SYS_gettid);
  // Another thread that crashes meanwhile has nothing more to say, nor has the one that uses the terminal and is stopped
  // by the one that dies. A fault in here is the end.
  bool is_first = atomic_compare_exchange_strong(&dying, &nobody, self);
  if (!is_first && nobody != self)
    ccurses_stop_for_good();
  if (is_first)
    ccurses_use_no_more();
  int told = signal == SIGALRM ? atomic_load(&awaited) : 0;
  if (is_first && atomic_exchange(&is_armed, false)) {
    if (is_lent)
      ccurses_send_at_last(calm.bytes, calm.count);
    ccurses_send_at_last(give_back.bytes, give_back.count);
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    if (is_crash(signal))
      words = ccurses_report_write(signal);
    ccurses_send_at_last((const uint8_t *)words, strlen(words));
  } else if (is_first) {
    // Another program has the terminal, and may leave its screen by itself.
    if (ccurses_guest() != 0 || is_lent) {
      bool has_left = ccurses_guest_end();
      if (ccurses_reclaim(&modes)) {
        ccurses_send_at_last(calm.bytes, calm.count);
        if (!has_left)
          ccurses_send_at_last(give_back.bytes, give_back.count);
      }
    }
    if (is_crash(signal)) {
      words = ccurses_report_write(signal);
      ccurses_send_at_last((const uint8_t *)words, strlen(words));
    }
  }
  // As the event loop would have ended.
  if (told != 0)
    _exit(128 + told);
  // Not what was there before us: the runtime's own handler would ask questions on the terminal and wait for answers.
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal, &standard, NULL);
  // A fault of the processor comes again by itself. The rest,
  // and a breakpoint, which the processor has already stepped over, has to be sent again.
  bool is_fault = info->si_code > 0 && (signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE);
  if (!is_fault)
    raise(signal);
}

static void catch_ending(int signal, const struct sigaction *action)
{
  struct sigaction now;

  // Whoever started us may have wanted it to be ignored, as nohup does.
  if (sigaction(signal, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
    sigaction(signal, action, NULL);
}

static void install(void)
{
  static unsigned char stack[128 * 1024];
  struct sigaction action = {.sa_sigaction = die, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  stack_t present;

  // On a stack of its own, so that a stack that overflowed is survived; a thread that has one keeps it.
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE))
    sigaltstack(&alternate, NULL);
  // No other signal comes between; a fault comes nevertheless.
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
    sigaction(crashes[i], &action, NULL);
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    catch_ending(endings[i], &action);
  // Our own clock and call to stop, whatever somebody else thinks of it.
  sigaction(SIGALRM, &action, NULL);
  for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++)
    catch_ending(signal, &action);
}

static void keep(struct farewell *farewell, const uint8_t *bytes, int count)
{
  farewell->count = (size_t)count < sizeof farewell->bytes ? (size_t)count : sizeof farewell->bytes;
  memcpy(farewell->bytes, bytes, farewell->count);
}

void ccurses_crash_calm(const uint8_t *bytes, int count)
{
  keep(&calm, bytes, count);
}

void ccurses_crash_arm(const uint8_t *bytes, int count, const struct termios *saved)
{
  is_armed = false;
  keep(&give_back, bytes, count);
  modes = *saved;
  if (!is_installed) {
    install();
    is_installed = true;
  }
  is_armed = true;
}

bool ccurses_is_dying(void)
{
  return dying != 0;
}

void ccurses_crash_lend(bool is_lent_now)
{
  is_lent = is_lent_now;
}

void ccurses_crash_disarm(void)
{
  is_armed = false;
}

void ccurses_await_end(int signal)
{
  if (!is_armed)
    return;
  awaited = signal;
  alarm(CCURSES_PATIENCE);
}

void ccurses_await_end_anew(void)
{
  if (awaited != 0)
    alarm(CCURSES_PATIENCE);
}
