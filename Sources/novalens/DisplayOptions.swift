import ArgumentParser

/// How the screen looks, and how often it is brought up to date.
struct DisplayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Time between two questions for changes: 1s to 1h.", valueName: "time"))
  var interval = Interval(duration: .seconds(5))

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Flag(help: "Use no colours (as does NO_COLOR).")
  var noColor = false

  @Flag(help: "Let the mouse move, scroll and order (m turns it on and off).")
  var mouse = false
}

/// A time on the command line: `5`, `5s`, `2m`, `1h`.
struct Interval: ExpressibleByArgument {
  var duration: Duration

  init(duration: Duration) { self.duration = duration }

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let factor = argument.last.flatMap { units[$0] }
    guard let count = Int(factor == nil ? argument[...] : argument.dropLast()),
      (1...3600).contains(count), (1...3600).contains(count * (factor ?? 1))
    else { return nil }
    duration = .seconds(count * (factor ?? 1))
  }

  var defaultValueDescription: String { "\(duration.components.seconds)s" }
}
