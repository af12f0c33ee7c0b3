import CCurses
import Glibc

/// Another program that has the terminal for a while, such as the user's editor.
///
/// It has a process group of its own, as a shell's job has, so that it can be told to end with all that it has started,
/// and nobody else.
package enum GuestProgram {
  /// Runs a program and waits for it, which blocks. When it is stopped, our own job is stopped with it.
  ///
  /// - Returns: its exit status, or 128 and the signal that ended it, as a shell has it.
  package static func run(_ arguments: [String], environment: [String]) -> Int32 {
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = environment.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = 0
    guard ccurses_guest_start(&argv, &envp, &pid) == 0 else { return 127 }
    var status: Int32 = 0
    while true {
      if waitpid(pid, &status, WUNTRACED) < 0 {
        guard errno != EINTR else { continue }
        // Whoever has ended it has taken notice of its end as well.
        ccurses_guest_ended(SIGHUP)
        return 128 + SIGHUP
      } else if status & 0xFF == 0x7F {
        stopWith(pid)
      } else {
        break
      }
    }
    if tcgetpgrp(STDIN_FILENO) == pid { ccurses_give_terminal_to(getpgrp()) }
    ccurses_guest_ended(status)
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// The program was stopped, as by Ctrl-Z.
  private static func stopWith(_ pid: pid_t) {
    // Unless it only wanted the terminal, which the shell has given to us.
    if tcgetpgrp(STDIN_FILENO) != getpgrp() { _ = ccurses_stop_job() }
    goOn()
    // Where it is stopped again at once, in the background, this must not be all that the machine does.
    usleep(20_000)
  }

  /// Has it go on, with the terminal if a shell has given that to us.
  static func goOn() {
    let group = ccurses_guest()
    guard group > 0 else { return }
    if tcgetpgrp(STDIN_FILENO) == getpgrp() { ccurses_give_terminal_to(group) }
    kill(-group, SIGCONT)
  }

  /// Has it end, and all that it has started; it has two seconds to put things in order. None is started any more.
  ///
  /// - Returns: false when it has ended by a signal, and so has left the terminal as it was.
  static func end() -> Bool {
    ccurses_guest_no_more()
    return ccurses_guest_end()
  }
}
