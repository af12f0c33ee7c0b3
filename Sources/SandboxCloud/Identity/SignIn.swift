import Foundation
import NovaClient

/// Reads the body of a sign-in and says what is wrong with it, in Keystone's words (observed).
enum SignIn {
  static let refused = Answer.keystone(
    401, "Unauthorized", "The request you have made requires authentication.")

  static let unsupportedMethod = Answer.keystone(
    401, "Unauthorized", "Attempted to authenticate with an unsupported method.")

  /// The member `auth` of the body.
  static func auth(in body: Data) throws(Answer) -> [String: JSONValue] {
    let json: JSONValue
    do {
      json = try JSONReading.decode(JSONValue.self, from: body)
    } catch {
      throw malformed("valid JSON")
    }
    guard let auth = json["auth"]?.object else { throw malformed("auth") }
    guard auth["identity"]?.object != nil else { throw malformed("identity") }
    return auth
  }

  private static func malformed(_ missing: String) -> Answer {
    .keystone(
      400, "Bad Request",
      "Expecting to find \(missing) in request body. The server could not comply with the request since it is "
        + "either malformed or otherwise incorrect. The client is assumed to be in error.")
  }

  /// Users and projects are found by name only together with their domain, of which a sandbox has one.
  static func isDefaultDomain(_ domain: JSONValue?) -> Bool {
    domain?["id"]?.string == "default" || domain?["name"]?.string == "Default"
  }
}
