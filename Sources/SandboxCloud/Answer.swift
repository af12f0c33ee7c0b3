import Foundation
import NovaClient

/// What an operation answers, before the headers that every answer carries are added; refusals are thrown.
struct Answer: Error {
  var status: Int
  var contentType: String?
  var body: String

  /// A JSON answer.
  static func json(_ status: Int, _ body: String) -> Answer {
    Answer(status: status, contentType: "application/json", body: body)
  }

  /// 204, which has no body but names a type all the same (observed).
  static let noContent = Answer.json(204, "")

  /// A refusal in the compute service's form, for example `badRequest` with 400.
  static func fault(_ status: Int, _ kind: String, _ message: String) -> Answer {
    let body = "{\"\(kind)\": {\"code\": \(status), \"message\": \(PythonText.quoted(message))}}"
    return Answer(status: status, contentType: "application/json; charset=UTF-8", body: body)
  }

  static func badRequest(_ message: String) -> Answer { fault(400, "badRequest", message) }
  static func forbidden(_ message: String) -> Answer { fault(403, "forbidden", message) }
  static func notFound(_ message: String) -> Answer { fault(404, "itemNotFound", message) }

  /// The compute service met an error that it did not expect: 500 with the error's Python class.
  static func unexpected(_ pythonClass: String) -> Answer {
    fault(
      500, "computeFault",
      "Unexpected API Error. Please contact the administrator\n<class '\(pythonClass)'>")
  }

  static let imageNotFound = notFound("Image not found.")
  /// Webob's own sentence, used where an operation says nothing better.
  static let resourceNotFound = notFound("The resource could not be found.")

  /// An answer in Keystone's form, whose JSON has no spaces.
  static func keystone(_ status: Int, _ title: String, _ message: String) -> Answer {
    let text = PythonText.quoted(message)
    let body = "{\"error\":{\"code\":\(status),\"message\":\(text),\"title\":\"\(title)\"}}"
    return .json(status, body)
  }

  /// A page from the layer below the services.
  static func html(_ status: Int, _ title: String, _ text: String) -> Answer {
    let body = """
      <html>
       <head>
        <title>\(status) \(title)</title>
       </head>
       <body>
        <h1>\(status) \(title)</h1>
        \(text)<br /><br />



       </body>
      </html>
      """
    return Answer(status: status, contentType: "text/html; charset=UTF-8", body: body)
  }

  /// 404 of a path that no route takes: HTML, or a form of its own where the request accepts JSON, or plain text
  /// where it does not say what it accepts (observed).
  static func noRoute(accept: String?) -> Answer {
    let message = "The resource could not be found."
    guard let accept else {
      return Answer(
        status: 404, contentType: "text/plain; charset=UTF-8", body: "404 Not Found\n\n\(message)\n\n\n\n")
    }
    guard accept.contains("application/json") else { return html(404, "Not Found", message) }
    return .json(
      404,
      #"{"message": "The resource could not be found.<br /><br />\n\n\n", "code": "404 Not Found", "#
        + #""title": "Not Found"}"#)
  }
}

extension HTTPResponse {
  /// An answer as it goes over the wire, with more headers.
  init(_ answer: Answer, headers: HTTPHeaders = [:]) {
    var all = headers
    if let contentType = answer.contentType { all.add("Content-Type", contentType) }
    self.init(answer.status, headers: all, body: Data(answer.body.utf8))
  }
}
