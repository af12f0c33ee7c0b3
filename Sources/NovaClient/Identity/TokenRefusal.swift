/// Tells whether an answer means that the token is no longer good, also where it does not say 401.
///
/// A service that still holds a token in its cache passes it on to one that refuses it, and what comes back is dressed
/// up (all observed): 403 with a message that begins `HTTP 401 Unauthorized` for lists, 500 with `ImageNotAuthorized`
/// for one image, and for metadata a 403 `Not authorized for image …`, which is also the answer to somebody who may
/// not write.
enum TokenRefusal: Hashable, Sendable {
  /// 401 itself, or the 403 that quotes it: nothing else can be meant.
  case certain
  /// Worth a new sign-in, but the same answer to a new token means what it says.
  case likely

  init?(_ response: HTTPResponse, isNearEnd: Bool) {
    switch response.status {
    case 401: self = .certain
    case 403:
      let message = NovaError(response).message
      if message.hasPrefix("HTTP 401 Unauthorized") {
        self = .certain
      } else if isNearEnd, message.hasPrefix("Not authorized for image") {
        self = .likely
      } else {
        return nil
      }
    case 500 where NovaError(response).message.contains("ImageNotAuthorized"): self = .likely
    default: return nil
    }
  }
}
