import Console
import NovaClient

/// Asks for a password that is in no file and no variable, until Keystone takes it.
@MainActor struct PasswordPrompt {
  /// What the cloud is called.
  let cloud: String

  /// As often as `ssh` asks.
  private static let tries = 3

  /// Opens a cloud with what is typed. Only a refusal is a reason to ask again; what else goes wrong the screen says,
  /// and tries again by itself.
  /// - Throws: `StartProblem` when nothing is typed or nothing is right, and what `make` throws.
  func open(_ make: (Secret) throws -> Cloud) async throws -> Cloud {
    StandardError.prepareReport()
    for attempt in 1...Self.tries {
      let question = "Password for \(cloud): "
      let typed: Secret
      switch HiddenLine.ask(question, forgetsTypeAhead: attempt > 1, take: { Secret($0) }) {
      case .typed(let line) where !line.isEmpty: typed = line
      case .typed, .none:
        throw StartProblem(
          description: "A password is needed: set OS_PASSWORD, or write it into clouds.yaml.", status: 2)
      case .unreadable:
        // Too many wrong ones lock an account.
        try refuse("A character of it is not valid in this locale (LC_CTYPE).", attempt)
        continue
      }
      let opened = try make(typed)
      do {
        _ = try await opened.whereabouts()
        return opened
      } catch let error as NovaError where error.kind == .notSignedIn {
        await opened.close()
        try refuse(error.message, attempt)
      } catch {
        return opened
      }
    }
    preconditionFailure("the last try returns or throws")
  }

  /// Says why it is asked again, or ends with it.
  private func refuse(_ reason: String, _ attempt: Int) throws {
    guard attempt < Self.tries else { throw StartProblem(description: reason) }
    StandardError.write("novalens: \(reason)\n")
  }
}
