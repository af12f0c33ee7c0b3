/// Who the keys are for. Each context has its own part of the key table.
package enum Context: Hashable, Sendable, CaseIterable {
  case list
  case detail
  case nameFilter
  case filterForm
  /// Nobody: the question that keys might answer is not there yet.
  case gathering
  case deleteQuestion
  case deleteProgress
  case deleteResults
  case page
  case pageSearch
  case changes
  case changesSearch
  case editor
  case editorField
  case review
  /// The same while somebody has to choose, before anything can be sent.
  case reviewConflict
  case reviewProgress
  case reviewResults
  case quitQuestion
  case drafts
  case discardQuestion

  /// Whether it is one of the two panes, with nothing over them.
  package var isPane: Bool { self == .list || self == .detail }

  /// Whether printable keys are text.
  package var isTyping: Bool {
    [.nameFilter, .filterForm, .pageSearch, .changesSearch, .editorField].contains(self)
  }
}

extension Browser {
  package var context: Context {
    if isAskingToQuit { return .quitQuestion }
    if let raised { return raised.isSearching ? .pageSearch : .page }
    return switch overlay {
    case nil: focus == .list ? .list : .detail
    case .nameFilter: .nameFilter
    case .filterForm: .filterForm
    case .gathering: .gathering
    case .deletion(let deletion):
      switch deletion.phase {
      case .asking: .deleteQuestion
      case .running, .stopping: .deleteProgress
      case .finished: .deleteResults
      }
    case .page(let page): page.isSearching ? .pageSearch : .page
    case .changes(let page): page.isSearching ? .changesSearch : .changes
    case .editor(let editor): editor.field == nil ? .editor : .editorField
    case .review(let review):
      switch review.phase {
      case .reading, .ready: review.openConflicts == 0 ? .review : .reviewConflict
      case .sending, .stopping: .reviewProgress
      case .finished: .reviewResults
      }
    case .drafts: .drafts
    case .discarding: .discardQuestion
    }
  }
}
