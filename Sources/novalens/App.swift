import BrowserModel
import BrowserUI
import CMemory
import Console
import Foundation
import NovaClient
import Observation

/// The event loop: what the terminal tells goes to the model as commands, and whenever something has changed that
/// the screen shows, a new picture goes to the terminal.
@MainActor final class App {
  private let cloud: Cloud
  private let browser: Browser
  private let terminal: Terminal
  private let window: Window
  private let frames = FrameRecord()
  /// What could be answered in the picture that is on the screen.
  private var presented: Question?
  /// Whether keys are dropped until the terminal says that those typed before a dialog was there have gone by.
  private var isDroppingTypeAhead = false
  /// Whether the person's editor is about to have the terminal, or has it. Keys that we have read by then were typed for
  /// it: a `d` there must not delete an item here, nor another `E` start another editor.
  private var isEditingOutside = false

  /// The window's size, which a picture depends on as it does on the model.
  @Observable @MainActor final class Window {
    var size: Size

    init(_ size: Size) {
      self.size = size
    }
  }

  private struct Frame: Sendable {
    var screen: Screen
    var question: Question?
    var takesText: Bool
  }

  /// Browses a cloud until the person leaves.
  ///
  /// - Returns: the exit status.
  /// - Throws: `StartProblem` when the terminal cannot be drawn on.
  static func run(_ cloud: Cloud, _ terminal: Terminal, _ options: DisplayOptions) async throws -> Int32 {
    let restoreError = StandardError.redirect(to: StateFolder())
    do {
      try terminal.start()
    } catch {
      restoreError?()
      throw StartProblem(description: "\(error)")
    }
    terminal.tellMouse(options.mouse)
    let app = App(cloud, terminal, options)
    let status = await app.run()
    terminal.stop()
    restoreError?()
    return status
  }

  /// The terminal, which is only looked at.
  /// - Throws: `StartProblem` when there is none to draw on.
  static func terminal(_ options: DisplayOptions) throws -> Terminal {
    do {
      return try Terminal(options: .init(isASCII: options.ascii, isMonochrome: options.noColor))
    } catch {
      throw StartProblem(description: "\(error)")
    }
  }

  private init(_ cloud: Cloud, _ terminal: Terminal, _ options: DisplayOptions) {
    self.cloud = cloud
    self.terminal = terminal
    window = Window(terminal.size)
    browser = Browser(
      client: cloud.client, place: cloud.place, isReadOnly: cloud.isReadOnly,
      interval: options.interval.duration,
      utcOffset: TimeZone.current.secondsFromGMT(),
      facts: ["novalens \(Version.text)", "Drafts, journal and what a crash says: \(StateFolder().path)"],
      state: StateFolder(), visibility: cloud.visibility, credentials: cloud.credentials,
      remedy: cloud.remedy,
      usesMouse: options.mouse)
    if let events = cloud.events {
      browser.changesNoted = { changes in for change in changes { events.append(change) } }
    }
    browser.carryOut = { [weak self] in _ = self?.carryOut($0) }
  }

  private func run() async -> Int32 {
    browser.measure(window.size, terminal.repertoire)
    browser.start(whereabouts: cloud.whereabouts)
    let drawing = Task { [self] in
      for await frame in Observations({ [browser, window, terminal] in
        Frame(
          screen: draw(browser, window.size, terminal.repertoire), question: browser.question,
          takesText: browser.context.isTyping)
      }) { present(frame) }
    }
    let logging = Task { [browser, requests = cloud.requests] in
      for await request in requests {
        browser.record(request)
        guard request.outcome != .underWay else { continue }
        CrashReport.note(request.logLine(atMost: CrashReport.noteLength))
      }
    }
    let warning = Task { [browser, problems = cloud.problems] in
      for await problem in problems { browser.warn(problem) }
    }
    // Beside the main actor, and seldom where it takes long: nobody gets memory meanwhile.
    let tidying = Task.detached(priority: .background) {
      var rest = Duration.seconds(10)
      while (try? await Task.sleep(for: rest)) != nil {
        let took = ContinuousClock().measure { cmemory_give_back() }
        rest = max(.seconds(10), took * 5000)
      }
    }
    defer {
      tidying.cancel()
      drawing.cancel()
      logging.cancel()
      warning.cancel()
      browser.stop()
    }
    for await event in terminal.events {
      if let status = handle(event) { return status }
    }
    return 0
  }

  private func present(_ frame: Frame) {
    // Kept first: whoever reads the terminal's side finds ours there.
    frames?.keep(frame.screen)
    let asks = frame.question != nil && frame.question != presented
    if asks { isDroppingTypeAhead = true }
    terminal.present(frame.screen, endsTypeAhead: asks, takesText: frame.takesText)
    presented = frame.question
  }

  /// - Returns: the exit status, when the program is to end.
  private func handle(_ event: TerminalEvent) -> Int32? {
    switch event {
    case .keys(let keys):
      for key in keys where !isEditingOutside {
        for effect in press(key) {
          if effect == .suspend {
            // What was typed behind it was meant for the shell that has had the terminal since.
            if terminal.suspend() { return nil }
            continue
          }
          if let status = carryOut(effect) { return status }
        }
      }
    case .typeAheadEnded: isDroppingTypeAhead = false
    case .resized(let size):
      window.size = size
      browser.measure(size, terminal.repertoire)
    case .terminate(let signal): return 128 + signal
    // There is nobody any more, as after a hang-up.
    case .closed: return 128 + SIGHUP
    }
    return nil
  }

  private func press(_ key: Key) -> [Effect] {
    // A key typed before the question was on the screen is no answer to it.
    let isEarly = browser.question != nil && browser.question != presented
    let isTooSmall = window.size.columns < Layout.smallest.columns || window.size.rows < Layout.smallest.rows
    return commands(for: key).compactMap { command in
      // In a small window nobody can see what a key would do; leaving and the terminal's own matters always work,
      // but that a second Ctrl-C is an answer, too.
      let isAnswer = command == .quitNow && browser.isAskingToQuit
      let isUnseen = isEarly || isDroppingTypeAhead
      guard isUnseen ? command.isAboutProgram && !isAnswer : command.isAboutProgram || !isTooSmall else {
        return nil
      }
      browser.measure(window.size, terminal.repertoire)
      return browser.perform(command)
    }
  }

  private func commands(for key: Key) -> [Command] {
    if case .mouse(let action) = key {
      return Pointing.commands(for: action, in: browser, window.size, terminal.repertoire)
    }
    return KeyTable.command(for: key, in: browser.context).map { [$0] } ?? []
  }

  /// Hands the terminal over until the person's editor has ended.
  private func editFile(_ path: String) {
    isEditingOutside = true
    Task { [self, browser, terminal] in
      let problem = await terminal.runOutside { await ExternalEditor.edit(path) }
      isEditingOutside = false
      browser.edited(problem: problem)
    }
  }

  private func carryOut(_ effect: Effect) -> Int32? {
    switch effect {
    case .quit: return 0
    case .redraw: terminal.redraw()
    case .tellMouse(let isTold): terminal.tellMouse(isTold)
    case .suspend: terminal.suspend()
    case .editFile(let path): editFile(path)
    case .notify(let text): terminal.notify(text, from: "novalens")
    case .copy(let text):
      if !terminal.copyToClipboard(text) { browser.warn("This terminal has no clipboard: \(text)") }
    }
    return nil
  }
}
