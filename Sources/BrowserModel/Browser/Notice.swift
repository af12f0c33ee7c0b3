package import Foundation
package import NovaClient

/// One line for a person about something that happened, and what stands behind it. All sentences about errors are
/// made here.
package struct Notice: Hashable, Sendable {
  package enum Weight: Hashable, Sendable {
    case information
    case success
    case warning
    case problem
  }

  package var weight: Weight
  /// A sentence.
  package var text: String
  /// The service's own words, its status and request id, a line each.
  package var details: [String]
  /// What makes it untrue, if anything does.
  package var end: End?

  package enum End: Hashable, Sendable {
    /// The next good answer.
    case answer
    /// That nobody waits any more for what was asked because a person wanted it.
    case refresh
    case time(Date)
  }

  package init(
    _ weight: Weight, _ text: String, details: [String] = [], end: End? = nil
  ) {
    self.weight = weight
    self.text = text
    self.details = details
    self.end = end
  }

  /// What an error means for what was being done.
  package init(_ error: any Error, while activity: Activity) {
    guard let error = error as? NovaError else {
      self.init(.problem, "\(activity.failure): \(error)")
      return
    }
    let reason = Self.reason(error, activity)
    self.init(
      .problem, "\(activity.failure): \(reason)", details: Self.details(error, beside: reason),
      end: activity == .reading ? .answer : nil)
  }

  /// What the person, or the program for them, was about to do.
  package enum Activity: Hashable, Sendable {
    case reading
    case readingImage(String)
    case deleting(String)
    /// The answer to a delete did not come, and nobody can say now what has become of the image.
    case wonderingAbout(String)
    case savingMetadata(String)

    fileprivate var failure: String {
      switch self {
      case .reading: "Images could not be read"
      case .readingImage(let name): "\(name) could not be read"
      case .deleting(let name): "\(name) was not deleted"
      case .wonderingAbout(let name): "\(name) may be deleted or not"
      case .savingMetadata(let name): "\(name) was not changed"
      }
    }
  }

  /// Why, in the words of people.
  package static func reason(_ error: NovaError, _ activity: Activity = .reading) -> String {
    switch error.kind {
    case .badRequest: "the service refuses the request (\(error.message))"
    case .notSignedIn: "not signed in: \(error.message)"
    case .tokenRefused: "the service does not take the token: \(error.message)"
    case .forbidden:
      if case .deleting = activity {
        "it is protected, not yours, or your role may not delete"
      } else if case .savingMetadata = activity {
        whyNotSaved(error.message)
      } else {
        "not allowed; ask an administrator (\(error.message))"
      }
    case .notFound: "it is gone"
    case .notOffered:
      "this endpoint does not offer the images API; ask the administrator for a compute endpoint (v2.1, up to 2.35)"
    case .conflict: "somebody else changed it meanwhile"
    case .tooLarge: "the request is too large for the service (\(error.message))"
    case .rateLimited:
      "asked too often; the service wants to be left alone for \(error.retryAfter?.words ?? "a while")"
    case .unavailable: "the service is not available (\(error.message))"
    case .serverError: "the service failed (\(error.message))"
    case .unreachable, .untrusted, .timedOut: error.message
    case .malformedAnswer: "the answer makes no sense: \(error.message)"
    case .answerTooLarge: "the answer is too large: \(error.message)"
    case .redirected: "the service sends elsewhere, and a token is never sent along; check the endpoint"
    case .readOnly: "this session is read-only (--read-only)"
    case .misconfigured: error.message
    }
  }

  /// Why a write of metadata is forbidden, which only the service's words tell.
  private static func whyNotSaved(_ message: String) -> String {
    let isFull = message.contains("limit exceeded")
    let reason =
      message.hasPrefix("Not authorized")
      ? "the image is not yours to change, or your role may only read"
      : isFull
        ? "the image has as many items as it can have"
        : "the image is not yours to change, or the limit of 128 items is reached"
    return "not allowed: \(reason) (\(message))"
  }

  /// What the sentence itself does not say.
  private static func details(_ error: NovaError, beside reason: String) -> [String] {
    [
      reason.contains(error.message)
        ? nil : error.isServiceMessage ? "The service says: \(error.message)" : error.message,
      error.status.map { "HTTP status \($0)" },
      error.requestID.map { "Request id \($0)" },
    ].compactMap { $0 }
  }
}
