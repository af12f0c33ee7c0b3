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

  /// Whether printable keys are text.
  package var isTyping: Bool { self == .nameFilter || self == .filterForm || self == .pageSearch }
}

extension Browser {
  package var context: Context {
    switch overlay {
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
    }
  }
}
