import Foundation
import Glibc
import Pilot
import SandboxCloud
import Testing

/// Every signal that ends or stops a program, on every screen: the terminal is as it was, and the exit status says
/// what happened.
@Suite struct SignalTests {
  /// What is done to the program, and how it then ends: its exit status, or minus the signal.
  private enum End: Sendable {
    case signal(Int32, status: Int32)
    case hangUp
    case key
  }

  private static let ends: [End] =
    [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)].map { .signal($0, status: $1) }
    + [SIGABRT, SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSYS, SIGQUIT].map { .signal($0, status: -$0) }
    // What ends a program by default and is no crash.
    + [SIGUSR1, SIGUSR2, SIGALRM, SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR].map {
      .signal($0, status: -$0)
    } + [.hangUp, .key]

  @Test func `the terminal is given back on every screen`() async throws {
    let cases = SignalPlace.all.flatMap { place in Self.ends.map { (place, $0) } }
    try await inLanes(3, cases) { place, end in try await Self.end(end, on: place) }
  }

  private static func end(_ end: End, on place: SignalPlace) async throws {
    try await withImage { image in
      let novalens = try await place.reach(image)
      let comment: Comment = "\(end) on \(place)"
      switch end {
      case .signal(let signal, let status):
        await novalens.signal(signal)
        #expect(try await novalens.exitStatus() == status, comment)
      case .hangUp:
        await novalens.hangUp()
        #expect(try await novalens.exitStatus() == 129, comment)
        return
      case .key:
        await novalens.send("<C-c>")
        // With unsaved edits, or something under way, one is asked; asked twice, it is done.
        try await novalens.waitUntil("the end, or the question") {
          !$0.isAlternateScreen || $0.text.contains("y leave")
        }
        await novalens.send("<C-c>")
        #expect(try await novalens.exitStatus() == 0, comment)
      }
      await expectGivenBack(novalens, comment)
    }
  }

  /// They are one another's like: each on a screen of its own.
  @Test func `every real-time signal gives the terminal back`() async throws {
    try await inLanes(3, Array(34...64)) { (signal: Int32) in
      let place = SignalPlace.all[Int(signal) % SignalPlace.all.count]
      try await Self.end(.signal(signal, status: -signal), on: place)
    }
  }

  /// The one that comes first ends it; the other one does not end it sooner, before the terminal is given back, and nothing
  /// is drawn afterwards.
  @Test(arguments: [[SIGABRT, SIGBUS], [SIGUSR1, SIGSEGV, SIGBUS], [SIGSEGV, SIGILL]] as [[Int32]])
  func `signals that meet in several threads give it back once`(_ signals: [Int32]) async throws {
    try await inLanes(2, Array(0..<10)) { _ in
      try await withImage { image in
        let novalens = try await image.browse("--mouse")
        await novalens.send(String(repeating: "<C-l>", count: 20))
        try await novalens.signalThreads(signals)
        let status = try await novalens.exitStatus()
        #expect(signals.contains(-status), "\(status)")
        await expectGivenBack(novalens, "\(signals)")
      }
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
    try await inLanes(2, SignalPlace.all) { place in
      try await withImage { image in
        // A shell that can stop it, but leaves the terminal's modes alone.
        let script =
          #"set -m; "$0" --mouse; echo "stopped with $?"; read -r answer; fg; echo "ended with $?""#
        let shell = try await place.reach(image) { columns, rows in
          try image.cloud.workplace.start(
            ["-c", script, PtyProgram.built("novalens")], program: "/bin/bash",
            environment: image.cloud.variables, columns: columns, rows: rows)
        }
        let child = try #require(await shell.children().first)
        kill(child, SIGTSTP)
        try await shell.waitFor("stopped with 148")
        await expectGivenBack(shell, "stopped on \(place)")
        await shell.send("\r")
        try await shell.waitUntil("\(place) is back") {
          $0.isAlternateScreen && $0.text.contains(place.text) && !$0.text.contains("stopped with")
        }
        kill(child, SIGTERM)
        try await shell.waitFor("ended with 143")
        await expectGivenBack(shell, "ended on \(place)")
      }
    }
  }

  @Test(arguments: [SIGTSTP, SIGSTOP], [true, false])
  func `continued in the background it leaves the terminal to the shell`(
    _ signal: Int32, _ goesOnBefore: Bool
  ) async throws {
    try await withImage { image in
      let shell = try await image.browseInShell()
      kill(try #require(await shell.children().first), signal)
      try await shell.waitFor("stopped with")
      // As a shell does that has the terminal now.
      await shell.setFirstModes()
      // What is typed then is there before the program goes on, and is the shell's.
      await shell.send(goesOnBefore ? "yes\rmore" : "\r")
      try await shell.waitFor("stopped again")
      #expect(await shell.modes == shell.firstModes)
      await shell.send("\r")
      // In the words of the shell.
      try await shell.waitFor("Exit 143")
      try await shell.waitFor("ended")
      await expectGivenBack(shell)
    }
  }

  @Test func `what is typed behind Ctrl-Z is no key`() async throws {
    try await withImage { image in
      let script = #"set -m; "$0"; echo "stopped with $?"; read -r answer; fg; echo "ended with $?""#
      let shell = try image.cloud.workplace.start(
        ["-c", script, PtyProgram.built("novalens")], program: "/bin/bash",
        environment: image.cloud.variables)
      try await shell.waitFor("1 image ")
      await shell.send("<C-z>e")
      try await shell.waitFor("stopped with 148")
      await shell.send("\r")
      try await shell.waitUntil("the list is back") { $0.isAlternateScreen && $0.text.contains("Enter open") }
      // Had it been a key, it would have come before this one.
      await shell.send("?")
      try await shell.waitFor("filter by name")
      await shell.send("<Esc>")
      try await shell.waitFor("Enter open")
      await shell.send("q")
      try await shell.waitFor("ended with 0")
    }
  }

  @Test(arguments: [false, true]) func `started in the background it waits for its turn`(_ asks: Bool)
    async throws
  {
    try await withImage { image in
      let script = #"""
        set -m; "$0" "$@" & until [ -n "$(jobs -s)" ]; do sleep 0.05; done
        echo "not yet"; read -r answer; fg; echo "ended with $?"
        """#
      try image.cloud.workplace.write(
        image.cloud.cloudsFile(password: asks ? nil : "demo-secret"), to: ".config/openstack/clouds.yaml")
      let shell = try image.cloud.workplace.start(
        ["-c", script, PtyProgram.built("novalens"), "--os-cloud", "sandbox"], program: "/bin/bash")
      try await shell.waitFor("not yet")
      #expect(await shell.modes == shell.firstModes)
      await shell.look { #expect(!$0.isAlternateScreen && !$0.text.contains("Password")) }
      await shell.send("\r")
      if asks {
        try await shell.waitFor("Password for sandbox:")
        await shell.send("demo-secret\r")
      }
      try await shell.waitFor("1 image ")
      await shell.send("q")
      try await shell.waitFor("ended with 0")
      await expectGivenBack(shell)
    }
  }

  @Test func `stopped by a signal that cannot be caught, it takes the terminal again on every screen`()
    async throws
  {
    try await inLanes(3, SignalPlace.all) { place in
      try await withImage { image in
        let novalens = try await place.reach(image)
        let modes = await novalens.modes
        await novalens.signal(SIGSTOP)
        // As a shell does that has the terminal now.
        await novalens.setFirstModes()
        let count = await novalens.bytesReceived
        await novalens.signal(SIGCONT)
        try await novalens.waitForBytes(after: count + 50)
        try await novalens.waitUntil("\(place) is back") {
          $0.isAlternateScreen && $0.text.contains(place.text)
        }
        #expect(await novalens.modes == modes, "continued on \(place)")
        await novalens.signal(SIGTERM)
        #expect(try await novalens.exitStatus() == 143)
        await expectGivenBack(novalens, "ended on \(place)")
      }
    }
  }
}
