import Console
import Glibc

// A program that shows what Console does, for the tests: its size, the keys that came, and text that tries to break
// the columns. `q` quits, `c` copies, `o` hands the terminal to `sh`, `t` traps, `a` aborts.

/// What the window shows.
struct Demo {
  var size: Size
  var keys: [Key] = []
  var note = "ready"

  /// A function of a program, to be found in the report of its crash.
  @inline(never) func trap() -> Never { fatalError("asked for") }

  func draw(_ repertoire: Repertoire) -> Screen {
    var screen = Screen(size, repertoire: repertoire)
    screen.write("console-demo \(size.columns)x\(size.rows)", row: 0, column: 0, style: .title)
    screen.write("▌ 日本語 e\u{301} 👨\u{200D}👩 \u{1B}[31m \u{202E}abc", row: 1, column: 0)
    screen.write("│", row: 1, column: 40)
    screen.restyle(Rect(row: 1, column: 0, height: 1, width: 40)) { $0.selected() }
    for (row, role) in Role.allCases.enumerated() {
      screen.write(role.rawValue, row: 2 + row, column: 0, style: Style(role))
    }
    screen.write(keys.suffix(8).map { "\($0)" }.joined(separator: " "), row: 14, column: 0)
    screen.write(note, row: 15, column: 0)
    screen.cursor = Position(row: 1, column: 0)
    return screen
  }
}

do {
  let options = Terminal.Options(
    isASCII: CommandLine.arguments.contains("--ascii"),
    isMonochrome: CommandLine.arguments.contains("--no-color"))
  let terminal = try Terminal(options: options)
  if let report = getenv("CONSOLE_DEMO_REPORT") {
    CrashReport.prepare(path: String(cString: report), heading: "console-demo", saidFrom: 0)
  }
  try terminal.start()
  var demo = Demo(size: terminal.size)
  terminal.present(demo.draw(terminal.repertoire))
  for await event in terminal.events {
    switch event {
    case .keys(let keys):
      for key in keys {
        demo.keys.append(key)
        switch key {
        case .character("q"):
          terminal.stop()
          exit(0)
        case .character("c"): demo.note = terminal.copyToClipboard("155d900f") ? "copied" : "no clipboard"
        case .character("t"): demo.trap()
        case .character("a"): abort()
        case .character("o"):
          let status = await terminal.runOutside {
            // What is drawn meanwhile is shown afterwards; it has no cursor.
            terminal.present(Screen(demo.size))
            return system("printf 'outside: '; read line")
          }
          demo.note = "sh ended with \(status)"
        case .control("z"): terminal.suspend()
        case .control("l"): terminal.redraw()
        case .control("g"): terminal.ring()
        default: break
        }
      }
    case .resized(let size): demo.size = size
    case .typeAheadEnded: break
    case .terminate(let signal):
      terminal.stop()
      exit(128 + signal)
    case .closed:
      terminal.stop()
      exit(129)
    }
    terminal.present(demo.draw(terminal.repertoire))
  }
} catch {
  let message = "console-demo: \(error)\n"
  write(STDERR_FILENO, message, message.utf8.count)
  exit(2)
}
