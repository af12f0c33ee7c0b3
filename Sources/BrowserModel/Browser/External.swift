import Foundation
import NovaClient

// Editing in the person's own editor: the metadata as a commented file, and what comes back of it.
extension Browser {
  /// Puts a file's items in the place of all, as somebody says who keeps them in one.
  ///
  /// - Returns: whether an edit has been completed.
  func replaceFromFile(_ editor: inout MetadataEditor) -> Bool {
    guard let field = editor.field else { return false }
    let before = editor.session.common
    do {
      let text = try NamedFile.read(field.text.text)
      guard let wanted = try MetadataDocument.parse(text, unchanged: before) else {
        editor.field?.refused = "the file holds nothing; {} alone stands for \"no metadata at all\""
        return false
      }
      editor.field = nil
      take(wanted, from: before, in: &editor)
      return true
    } catch let mistake as MetadataDocument.Mistake {
      editor.field?.refused = mistake.message
    } catch {
      editor.field?.refused = "\(error)"
    }
    return false
  }

  /// Writes the file and has it edited. A text that an earlier try or an earlier run left behind is gone on with.
  func openExternally() {
    guard case .editor(let editor) = overlay else { return }
    if let reason = editor.readOnlyReason {
      say(.warning, reason)
      return
    }
    guard let folder = state?.folder("edit") else {
      say(.warning, "There is no folder to put the file in.")
      return
    }
    let external = ExternalText(editor.draft, of: editor.session, in: folder)
    do {
      try external.rememberOrigin(in: folder)
    } catch {
      notice = Notice(.problem, "The file could not be written: \(error)")
      return
    }
    hand(external.text(in: folder, shown: editor.session.common), external, folder)
  }

  private func hand(_ text: String, _ external: ExternalText, _ folder: StateFolder) {
    guard put(text, external, folder) else { return }
    self.external = external
    external.handed = text
    external.handedAt = time.now
    // Even without an edit there is a draft as long as there is a text, or the next start would not know of it.
    if case .editor(let editor) = overlay { keep(editor) }
    carryOut(.editFile(path: folder.file(external.name)))
  }

  /// - Returns: whether the file is there.
  private func put(_ text: String, _ external: ExternalText, _ folder: StateFolder) -> Bool {
    do {
      try folder.replace(external.name, with: Data(text.utf8))
      return true
    } catch {
      notice = Notice(.problem, "The file could not be written: \(error)")
      return false
    }
  }

  /// What the person's editor has left: edits, nothing, or a mistake, with which the file is opened again.
  ///
  /// - Parameter problem: why the editor could not be run, or how it failed.
  package func edited(problem: String?) {
    guard let external, let folder = state?.folder("edit"), case .editor(var editor) = overlay,
      editor.draft == external.draft
    else { return }
    let text = folder.read(external.name).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let isUntouched = text == external.handed
    let isAsRendered = text == external.origin.rendered
    if let problem {
      if isAsRendered {
        forgetText(external.draft)
        keep(editor)
      }
      notice = Notice(
        .problem,
        "\(problem) \(isAsRendered ? "Nothing was changed." : "The text is kept; E opens it again.")")
      return
    }
    if isUntouched, external.hasMistake {
      say(.warning, "Nothing was taken over: the mistake is still there. E opens the text again.")
      return
    }
    do {
      let before = external.origin.before
      let wanted = try MetadataDocument.parse(text, unchanged: before)
      self.external = nil
      guard let wanted, !wanted.isExactly(before), !isAsRendered else {
        forgetText(external.draft)
        keep(editor)
        say(.information, "Nothing was changed.")
        return
      }
      take(wanted, from: before, in: &editor)
      editor.goToChange()
      overlay = .editor(editor)
      say(.information, "Taken over from the text; w reviews what will change.")
      // The text goes when the edits are there, so that it is never lost in between.
      keep(editor)
      forgetText(external.draft)
    } catch {
      external.hasMistake = true
      external.quickMistakes =
        time.now.timeIntervalSince(external.handedAt) < Self.tooQuick ? external.quickMistakes + 1 : 0
      let reopened = MetadataDocument.reopened(text, with: error)
      guard external.quickMistakes < Self.mostQuickMistakes else {
        guard put(reopened, external, folder) else { return }
        say(.warning, "Nothing was taken over: \(error.message). E opens the text again.")
        return
      }
      hand(reopened, external, folder)
    }
  }

  /// An editor that is back within so many seconds has been used by no person; a few times in turn with a mistake, it
  /// never will do better.
  private static let tooQuick: TimeInterval = 1
  private static let mostQuickMistakes = 3

  /// Whether the text of an external editor waits to be gone on with.
  func hasText(_ draft: String) -> Bool { state?.folder("edit").has(ExternalText.name(draft)) ?? false }

  func forgetText(_ draft: String) {
    // The text first: without it the other means nothing.
    state?.folder("edit").remove(ExternalText.name(draft))
    state?.folder("edit").remove(ExternalText.originName(draft))
  }

  /// Of one image everything is replaced; to many only what differs is done.
  private func take(
    _ wanted: [String: String], from before: [String: String], in editor: inout MetadataEditor
  ) {
    if editor.session.subjects.count == 1 {
      // What came in from the service while the file was open is none of the file's business.
      var all = editor.session.common
      for key in Set(before.keys).union(wanted.keys) where !before[key].isExactly(wanted[key]) {
        all[key] = wanted[key]
      }
      editor.perform(.replace(with: all), at: nil)
      return
    }
    for key in before.keys.sorted() where wanted[key] == nil { editor.perform(.delete(key: key), at: nil) }
    for (key, value) in wanted.sorted(by: { $0.key < $1.key }) where !before[key].isExactly(value) {
      editor.perform(.set(key: key, value: value), at: nil)
    }
  }
}
