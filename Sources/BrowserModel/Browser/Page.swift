package import NovaClient

/// A text over the whole window: the help, an image's JSON, the log of requests, what stands behind an error.
package struct Page: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// The help, and from where it was asked for.
    case help(Context)
    /// The service's JSON of an image.
    case json(image: Image.ID, name: String, Loadable<String>)
    case requests
    case trouble(Notice)
  }

  package internal(set) var content: Content
  package internal(set) var scroll = Scroll()
  /// What is looked for in it.
  package internal(set) var search: TextField?
  /// Whether the search is being typed.
  package internal(set) var isSearching = false
  /// How its lines are laid out.
  package let workedOut = WorkedOut()

  init(_ content: Content) {
    self.content = content
  }

  var isHelp: Bool { if case .help = content { true } else { false } }
  var isJSON: Bool { if case .json = content { true } else { false } }
}

/// Something that is fetched.
package enum Loadable<Value: Hashable & Sendable>: Hashable, Sendable {
  case loading
  case loaded(Value)
  case failed(Notice)
}
