package import Foundation
package import NovaClient

/// How things stand with the cloud; the header always says it, and it is always true.
package enum Connection: Hashable, Sendable {
  /// Nothing has been answered yet.
  case connecting(since: Date)
  /// The last answer was a good one.
  case live
  /// The person wants nothing to be asked.
  case paused(since: Date)
  /// No good answer; the rows are those of the last one.
  case troubled(Trouble, retry: Date)
  /// The cloud refuses who we are. Nothing is tried again with the same password: tried too often, it locks an
  /// account.
  case notSignedIn(Trouble)

  /// What to say as long as the person has done nothing else: why there is no good answer.
  package var notice: Notice? {
    switch self {
    case .troubled(let trouble, _): trouble.notice
    case .notSignedIn(let trouble): trouble.notice
    case .connecting, .live, .paused: nil
    }
  }

  /// What kind of trouble, in a word for the header, and in full.
  package struct Trouble: Hashable, Sendable {
    package var word: String
    package var notice: Notice
  }
}

extension Connection.Trouble {
  /// What an error of a read means for the connection.
  init(_ error: any Error) {
    notice = Notice(error, while: .reading)
    word =
      switch (error as? NovaError)?.kind {
      case .unreachable: "unreachable"
      case .untrusted: "certificate not trusted"
      case .timedOut: "no answer"
      case .rateLimited: "asked to wait"
      case .forbidden: "not allowed"
      case .notOffered: "no images API"
      case .malformedAnswer, .answerTooLarge: "nonsense answered"
      case .misconfigured: "not configured"
      case .notSignedIn: "credentials refused"
      case .tokenRefused: "not signed in: token refused"
      default: "service in trouble"
      }
  }
}

/// That the service has asked to be left alone (`Retry-After`).
struct Plea: Hashable, Sendable {
  var trouble: Connection.Trouble
  var until: Date
}

/// How much of the catalogue has been read.
package struct Reading: Hashable, Sendable {
  /// Whether the end of the list is known.
  package var isComplete = false
  /// Whether the first page has come.
  package var hasBegun = false
  /// What is listed but cannot be read.
  package var unreadable: [UnreadableImage] = []
}

extension ImageStatus {
  /// Ours, of an image that is listed and cannot be read.
  package static let unreadable: Self = "UNREADABLE"
}

extension Image {
  /// What is shown of an image that does not fit: that it is there.
  init?(unreadable: UnreadableImage) {
    guard let id = unreadable.id else { return nil }
    self.init(id: id, name: unreadable.name, status: .unreadable)
  }
}
