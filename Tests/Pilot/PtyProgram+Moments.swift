import CPty
import Foundation

/// Moments in the life of a program, which only the system knows of.
extension PtyProgram {
  /// Waits until the program waits for its terminal to take what it writes, which nobody reads.
  package func waitUntilBlocked(timeout: Duration = .seconds(60)) throws {
    let end = ContinuousClock.now + timeout
    while try !isWriting() {
      guard ContinuousClock.now < end else {
        throw TimedOut(description: "it writes, or has nothing to write")
      }
      _ = poll(nil, 0, 20)
    }
  }

  /// Takes a little of what the program has written.
  ///
  /// - Returns: false when nothing more comes.
  package func take(_ bytes: Int) throws -> Bool { try receive(until: .now + .seconds(1), most: bytes) }

  /// Whether one of its threads is writing, each of the next few times that one looks.
  package func isWriting() throws -> Bool {
    for _ in 0..<10 {
      let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pty.pid)/task")
      let calls = threads.map {
        try? String(contentsOfFile: "/proc/\(pty.pid)/task/\($0)/syscall", encoding: .utf8)
      }
      // The numbers of `write` on x86-64 and on ARM.
      guard calls.contains(where: { $0?.hasPrefix("1 0x") == true || $0?.hasPrefix("64 0x") == true }) else {
        return false
      }
      _ = poll(nil, 0, 10)
    }
    return true
  }

  /// Waits for the end of the program, and reads nothing of what it writes.
  package func waitForEndUnread(timeout: Duration = .seconds(10)) throws {
    let milliseconds = Int32(timeout.components.seconds) * 1000
    var file = pollfd(fd: pty.ended, events: Int16(POLLIN), revents: 0)
    guard poll(&file, 1, milliseconds) > 0 else { throw TimedOut(description: "\(timeout) passed") }
  }
}

extension PtyProgram {
  /// Types a single byte and waits until the program has read that, and nothing else of what is typed later.
  package func sendAlone(_ byte: UInt8, timeout: Duration = .seconds(60)) throws {
    let before = try bytesRead()
    let end = ContinuousClock.now + timeout
    send(bytes: [byte])
    // As close as can be, since what comes next should come soon.
    while try bytesRead() == before {
      guard ContinuousClock.now < end else { throw TimedOut(description: "it does not read") }
    }
  }

  /// How many bytes the program has read from files, its terminal among them.
  private func bytesRead() throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(pty.pid)/io", encoding: .utf8)
    return text.split(separator: "\n").first.flatMap { Int($0.dropFirst("rchar: ".count)) } ?? 0
  }

  /// Types keys the moment that another program gets the terminal from this one.
  package func sendToGuest(_ keys: String, timeout: Duration = .seconds(60)) throws {
    let end = ContinuousClock.now + timeout
    // As close as can be, so there is no rest between two looks.
    while tcgetpgrp(pty.master) == pty.pid {
      guard ContinuousClock.now < end else { throw TimedOut(description: "no program got the terminal") }
    }
    send(keys)
  }
}

extension PtyProgram {
  /// Sends each signal to a thread of its own that has it not blocked, as close together as can be.
  package func signalThreads(_ numbers: [Int32]) throws {
    var free = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pty.pid)/task")
      .compactMap { Int32($0) }.sorted().map { (thread: $0, blocked: try blocked($0)) }
    var threads: [Int32] = []
    for number in numbers {
      guard let place = free.firstIndex(where: { $0.blocked & 1 << (number - 1) == 0 }) else {
        throw TimedOut(description: "no thread is left for signal \(number)")
      }
      threads.append(free.remove(at: place).thread)
    }
    withUnsafePointer(to: pty) { pty in
      for (thread, number) in zip(threads, numbers) { cpty_signal_thread(pty, thread, number) }
    }
  }

  /// The signals that a thread has blocked, a bit for each.
  private func blocked(_ thread: Int32) throws -> UInt64 {
    let status = try String(contentsOfFile: "/proc/\(pty.pid)/task/\(thread)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
    return line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? .max
  }

  /// The processes that the program has started and that are still there.
  package func children() throws -> [Int32] {
    let list = try String(contentsOfFile: "/proc/\(pty.pid)/task/\(pty.pid)/children", encoding: .utf8)
    return list.split(separator: " ").compactMap { Int32($0) }
  }
}
