import Foundation
import Pilot

/// What a hundred times as many images cost.
struct LargeCatalogue {
  let images: Int
  let step: Times
  let page: Times
  let walk: Duration
  /// How soon the help is there while images come in.
  let helpOnTheWay: Times
  /// MiB.
  let memory: Double

  static func measure(images: Int) async throws -> LargeCatalogue {
    let cloud = try await SandboxProcess.start(images: images)
    let start = ContinuousClock.now
    let novalens = try Workplace().start(
      ["--endpoint", cloud.endpoint], environment: ["OS_TOKEN": cloud.token])
    let helpOnTheWay = Times(try await askForHelp(novalens))
    try await novalens.waitUntil("all images are read", timeout: .seconds(600)) { $0.text(row: 0).allAreRead }
    let walk = start.duration(to: .now)
    try await novalens.settle()

    var steps: [Duration] = []
    var pages: [Duration] = []
    for _ in 0..<5 {
      await novalens.send("g")
      try await novalens.waitUntil("the cursor is at the top") { $0.cursor == (3, 1) }
      for row in 4..<20 {
        steps.append(try await novalens.time("j", until: "the cursor has moved") { $0.cursor == (row, 1) })
      }
      // Away from the top, so that each page is another picture.
      await novalens.send("g")
      try await novalens.waitUntil("the cursor is at the top") { $0.cursor == (3, 1) }
      for _ in 0..<5 {
        let before = await novalens.look { $0.text(row: 10) + $0.text(row: 11) + $0.text(row: 12) }
        pages.append(
          try await novalens.time("<C-f>", until: "the next page is there") {
            $0.text(row: 10) + $0.text(row: 11) + $0.text(row: 12) != before
          })
      }
    }
    let memory = try residentMemory(of: novalens.processID)
    await novalens.send("q")
    _ = try await novalens.exitStatus()
    return LargeCatalogue(
      images: images, step: Times(steps), page: Times(pages), walk: walk,
      helpOnTheWay: helpOnTheWay, memory: memory)
  }

  /// Opens and closes the help, each time after more images have come.
  private static func askForHelp(_ novalens: PtyProgram) async throws -> [Duration] {
    var times: [Duration] = []
    var isReading = true
    while isReading && times.count < 40 {
      let before = await novalens.look { $0.text(row: 0) }
      try await novalens.waitUntil("more images have come", timeout: .seconds(60)) {
        $0.text(row: 0) != before
      }
      times.append(
        try await novalens.time("?", until: "the help is there") { $0.text(row: 1).hasPrefix(" Keys") })
      await novalens.send("q")
      try await novalens.waitUntil("the list is there") { $0.text(row: 2).hasPrefix("   NAME") }
      isReading = await novalens.look { !$0.text(row: 0).allAreRead }
    }
    return times
  }

  /// Compared with a small one.
  func lines(and large: LargeCatalogue) -> [Measurement] {
    [
      Measurement(
        what: "j, \(large.images) images against \(images)", value: large.step.median / step.median, limit: 2,
        unit: "times", note: "\(large.step.text) and \(step.text) ms, medians"),
      Measurement(
        what: "a page down, \(large.images) images against \(images)",
        value: large.page.median / page.median, limit: 2, unit: "times",
        note: "\(large.page.text) and \(page.text) ms, medians"),
      Measurement(
        what: "? while \(large.images) images come in: worst", value: large.helpOnTheWay.worst, limit: 50,
        unit: "ms", note: "median \(large.helpOnTheWay.text)"),
      Measurement(what: "reading \(images) images", value: walk.milliseconds / 1000, unit: "s"),
      Measurement(what: "reading \(large.images) images", value: large.walk.milliseconds / 1000, unit: "s"),
      Measurement(what: "memory with \(images) images", value: memory, unit: "MiB"),
      Measurement(what: "memory with \(large.images) images", value: large.memory, unit: "MiB"),
    ]
  }

  private static func residentMemory(of process: Int32) throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").compactMap { Double($0) }.first ?? 0) / 1024
  }
}

extension String {
  /// Whether this header says that the end of the list is known.
  fileprivate var allAreRead: Bool {
    contains(" images") && !contains("+ images") && !contains("no images")
  }
}
