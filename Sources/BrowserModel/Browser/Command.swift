import NovaClient

/// Something a person can have done, whichever key it is on.
package enum Command: Hashable, Sendable {
  // Moving
  case move(Motion)
  case open
  case otherPane
  case back
  // Finding
  case filterName
  case filterForm
  case clearFilters
  case quickFilter(QuickFilter)
  case orderByNext
  case reverseOrder
  // Changing
  case edit
  case external
  case takeBack
  case drafts
  case mark
  case markRange
  case markAll
  case delete
  case retry
  // Looking
  case json
  case copyID
  case requests
  case changes
  case wideColumns
  /// Pointing at a row of what has the keys, or at the head of a column.
  case select(row: Int)
  case orderBy(Column)
  /// Turning the wheel over the pane that does not have the keys.
  case moveInOtherPane(Motion)
  case mouse
  case largerPane
  case smallerPane
  case help
  case search
  // Watching
  case refresh
  case pause
  case follow
  case trouble
  // The program
  case redraw
  case suspend
  case quit
  case quitNow
  // The metadata editor
  case editValue
  case addKey
  case renameKey
  case deleteKey
  case replaceFromFile
  case undo
  case redo
  case review
  case complete
  case chooseMine
  case chooseTheirs
  case export
  // Dialogs and fields
  case confirm
  case accept
  case nextField
  case previousField
  case clearForm
  case type(TextField.Edit)
}

extension Command {
  /// Whether it is about the program itself, and nothing in it.
  package var isAboutProgram: Bool {
    switch self {
    case .quitNow, .suspend, .redraw: true
    default: false
    }
  }

  /// Whether it is of no use where nothing may be changed. Looking at the editor is.
  var isForWriting: Bool {
    switch self {
    case .delete, .external, .takeBack, .editValue, .addKey, .renameKey, .deleteKey, .replaceFromFile, .undo,
      .redo, .review:
      true
    default: false
    }
  }

  /// Whether it is of no use where there is no image.
  var isForImage: Bool {
    switch self {
    case .open, .edit, .external, .takeBack, .delete, .mark, .markRange, .markAll, .json, .copyID, .follow:
      true
    default: false
    }
  }
}

extension Browser {
  /// Whether something would come of a command now, so that it is worth being offered.
  package func isOfUse(_ command: Command) -> Bool {
    if isReadOnly, command.isForWriting || command == .edit { return false }
    if command == .help { return raised?.isHelp != true }
    if command == .refresh, let page { return page.isJSON }
    if command.isForImage, current == nil, marks.isEmpty { return false }
    switch (command, overlay) {
    case (.back, .deletion(let deletion)): return deletion.phase != .stopping
    case (.accept, .review(let review)):
      return review.phase == .finished || review.canSend && !review.sending.isEmpty
    case (.accept, .drafts), (.deleteKey, .drafts): return !draftList.isEmpty
    case (.back, .review(let review)): return review.phase != .stopping
    case (.move, .review(let review)): return review.phase != .reading
    case (.retry, .deletion(let deletion)): return !deletion.failures.isEmpty
    case (.retry, .review(let review)), (.export, .review(let review)): return !review.failed.isEmpty
    default: return true
    }
  }
}

/// A filter on a key of its own.
package enum QuickFilter: Int, CaseIterable, Hashable, Sendable {
  case active = 1
  case saving
  case error
  case snapshots
  case backups

  package var title: String {
    switch self {
    case .active: "ACTIVE"
    case .saving: "SAVING"
    case .error: "ERROR"
    case .snapshots: "snapshots"
    case .backups: "backups"
    }
  }

  /// The filter with this part set, or without it where it was set.
  func toggled(in filter: ImageFilter) -> ImageFilter {
    var filter = filter
    switch self {
    case .active: filter.status = filter.status == .active ? nil : .active
    case .saving: filter.status = filter.status == .saving ? nil : .saving
    case .error: filter.status = filter.status == .error ? nil : .error
    case .snapshots: filter.type = filter.type == .snapshot ? nil : .snapshot
    case .backups: filter.type = filter.type == .backup ? nil : .backup
    }
    return filter
  }
}

/// What a command wants done that only the terminal can do.
package enum Effect: Hashable, Sendable {
  case quit
  case suspend
  case redraw
  /// Have the mouse told of, or leave it to the terminal.
  case tellMouse(Bool)
  case copy(String)
  /// Ring the bell, and have the terminal tell whoever sits before it.
  case notify(String)
  /// Have the person's own editor change a file, and tell the browser when that has ended.
  case editFile(path: String)
}
