import Foundation
import Glibc
import Pilot
import SandboxCloud
import Testing

/// Every signal that ends or stops a program, on every screen: the terminal is as it was, and the exit status says
/// what happened.
@Suite struct SignalTests {
  /// The keys that lead to a screen, and what it then shows.
  private static let screens: [(keys: String, text: String)] = [
    ("", "Enter open"), ("<Enter>", "Esc back"), ("/am", "Enter keep the filter"), ("f", "Min disk"),
    ("?", "filter by name"),
    ("@", "Requests, newest first"), ("y", "\"id\""), ("D", "Delete this image?"), ("e", "i edit"),
    ("ei", "Tab completes"), ("ed<Esc>u", "Unsaved edits"), ("ed<Esc>q", "Leave with unsaved edits?"),
    ("edw", "Will send"),
  ]

  /// What is done to the program, and how it then ends: its exit status, or minus the signal.
  private enum End: Sendable {
    case signal(Int32, status: Int32)
    case hangUp
    case key
  }

  private static let ends: [End] =
    [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)].map { .signal($0, status: $1) }
    + [SIGABRT, SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT].map { .signal($0, status: -$0) }
    + [.hangUp, .key]

  @Test func `the terminal is given back on every screen`() async throws {
    let cases = Self.screens.flatMap { screen in Self.ends.map { (screen, $0) } }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<3 {
        group.addTask {
          for (number, one) in cases.enumerated() where number % 3 == lane {
            do { try await Self.end(one.1, on: one.0) } catch { Issue.record("\(one): \(error)") }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private static func end(_ end: End, on screen: (keys: String, text: String)) async throws {
    try await withImage { image in
      // With the mouse, which is one more thing to give back.
      let novalens = try await image.browse("--mouse")
      await novalens.send(screen.keys)
      try await novalens.waitFor(screen.text)
      let comment: Comment = "\(end) on “\(screen.text)”"
      switch end {
      case .signal(let signal, let status):
        await novalens.signal(signal)
        #expect(try await novalens.exitStatus() == status, comment)
      case .hangUp:
        await novalens.hangUp()
        #expect(try await novalens.exitStatus() == 129, comment)
        return
      case .key:
        // With unsaved edits one is asked; asked twice, it is done.
        await novalens.send("<C-c>")
        if screen.keys.contains(where: { "di".contains($0) }) {
          try await novalens.waitUntil("the question") { $0.text.contains("Leave with unsaved edits?") }
          await novalens.send("<C-c>")
        }
        #expect(try await novalens.exitStatus() == 0, comment)
      }
      await expectGivenBack(novalens, comment)
    }
  }

  /// What ends a program by default and is no crash; from 34 on the real-time ones.
  private static let endings =
    [SIGUSR1, SIGUSR2, SIGALRM, SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR] + Array(34...64)

  @Test func `every other signal that ends a program gives the terminal back`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<3 {
        group.addTask {
          for (number, signal) in Self.endings.enumerated() where number % 3 == lane {
            let screen = Self.screens[number % Self.screens.count]
            do { try await Self.end(.signal(signal, status: -signal), on: screen) } catch {
              Issue.record("\(signal) on \(screen): \(error)")
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(
    arguments: [
      (SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGSEGV, -SIGSEGV), (SIGABRT, -SIGABRT),
      (SIGUSR1, -SIGUSR1),
    ] as [(Int32, Int32)])
  func `it ends on a terminal that nobody reads, too`(_ signal: Int32, _ status: Int32) async throws {
    try await withImage { image in
      let novalens = try await image.browse("--mouse")
      await novalens.send(String(repeating: "<C-l>", count: 300))
      try await novalens.waitUntilBlocked()
      await novalens.signal(signal)
      try await novalens.waitForEndUnread()
      #expect(await novalens.modes == novalens.firstModes)
      #expect(try await novalens.exitStatus() == status)
      await expectGivenBack(novalens)
    }
  }

  @Test func `stopped from outside and continued, the picture comes back on every screen`() async throws {
    for screen in Self.screens {
      try await withImage { image in
        // A shell that can stop it, but leaves the terminal's modes alone.
        let script = #"set -m; "$0"; echo "stopped with $?"; read -r answer; fg; echo "ended with $?""#
        let shell = try image.cloud.workplace.start(
          ["-c", script, PtyProgram.built("novalens")], program: "/bin/bash",
          environment: image.cloud.variables)
        try await shell.waitFor("1 image ")
        try await shell.waitFor("RegionOne · demo")
        await shell.send(screen.keys)
        try await shell.waitFor(screen.text)
        let child = try #require(await shell.children().first)
        kill(child, SIGTSTP)
        try await shell.waitFor("stopped with 148")
        await expectGivenBack(shell, "stopped on “\(screen.text)”")
        await shell.send("\r")
        try await shell.waitUntil("“\(screen.text)” is back") {
          $0.isAlternateScreen && $0.text.contains(screen.text)
        }
        kill(child, SIGTERM)
        try await shell.waitFor("ended with 143")
        await expectGivenBack(shell, "ended on “\(screen.text)”")
      }
    }
  }
}
