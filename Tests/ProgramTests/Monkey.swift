import BrowserRig
import Foundation
import Pilot
import SandboxCloud

/// Somebody who presses keys at random, in a cloud in which things go wrong at random; the same each time for the same
/// seed, as far as the machine's timing lets it be.
struct Monkey {
  var dice: Dice
  let cloud: ServedCloud
  /// What it has done last, oldest first, for a report of what went wrong.
  private(set) var recent: [String] = []
  private(set) var presses = 0

  init(seed: UInt64, cloud: ServedCloud) {
    dice = Dice(seed: seed)
    self.cloud = cloud
  }

  /// What a person has keys for; the ones that lead on come more often. Leaving is not for a monkey.
  private static let keys: [String] = {
    let frequent = ["j", "k", "<Down>", "<Up>", "<Enter>", "<Esc>", "e", "i", "w", "<Tab>"]
    let signs = (33...126).map { String(Unicode.Scalar(UInt8($0))) }.filter { $0 != "q" && $0 != "<" }
    let controls = "abdefghklnoprstuvwxyz".map { "<C-\($0)>" }
    let named = [
      "Home", "End", "PgUp", "PgDn", "Del", "BS", "Left", "Right", "S-Tab", "F1", "F5", "Space", "lt",
    ].map { "<\($0)>" }
    return Array(repeating: frequent, count: 4).flatMap(\.self) + signs + controls + named
  }()

  /// What no keyboard sends, but a line with noise on it does.
  private static let noise: [[UInt8]] = [
    Array("\u{1B}[200~rm -rf D y\n\u{1B}[201~".utf8), Array("\u{1B}[200~no end".utf8), [0x1B, 0x5B],
    Array("\u{1B}[<0;10;5M\u{1B}[<0;10;5m".utf8), Array("\u{1B}[<65;10;5M".utf8), [0xFF, 0xC3, 0x28],
    Array("ü日本\u{1F600}".utf8), Array("\u{1B}[1;5D".utf8), Array("\u{1B}]11;rgb:0/0/0\u{7}".utf8), [0],
  ]

  private static let faults: [Fault] = [
    .hang, .drop, .dropAnswer, .cut(afterBytes: 7), .notJSON, .nested(levels: 2000), .endless, .badGateway,
    .unavailable(retryAfter: 1), .tooManyRequests(retryAfter: 1), .overLimit(413, 1), .unauthorized,
    .unexpected("Boom"), .emptyList, .loseWrite, .redirect(to: "http://127.0.0.1:9/"),
    .trickle(bytes: 50, every: .milliseconds(20)), .delay(.milliseconds(300)),
  ]

  private mutating func note(_ what: String) { recent = recent.suffix(400) + [what] }

  /// A handful of keys, and now and then something else that happens to a terminal or a cloud.
  mutating func act(on novalens: PtyProgram) async {
    var keys = ""
    for _ in 0..<Int.random(in: 1...12, using: &dice) { keys += Self.keys.randomElement(using: &dice) ?? "" }
    presses += 1
    note(keys)
    await novalens.send(keys)
    switch Int.random(in: 0..<40, using: &dice) {
    case 0:
      let size = (Int.random(in: 2...220, using: &dice), Int.random(in: 1...70, using: &dice))
      note("size \(size)")
      await novalens.resize(columns: size.0, rows: size.1)
    case 1:
      let bytes = Self.noise.randomElement(using: &dice) ?? []
      note("bytes \(bytes)")
      await novalens.send(bytes: bytes)
    case 2, 3:
      guard let fault = Self.faults.randomElement(using: &dice) else { return }
      let pattern: RequestPattern = Bool.random(using: &dice) ? .any : .compute
      note("fault \(fault)")
      await cloud.sandbox.inject(fault, into: pattern, times: Int.random(in: 1...4, using: &dice))
    case 4: await cloud.sandbox.revokeTokens()
    case 5: await cloud.sandbox.removeFaults()
    case 6: await meddle()
    default: break
    }
  }

  /// What colleagues do: the cloud stays as large as it is.
  private mutating func meddle() async {
    let images = await cloud.sandbox.allImages
    if images.count < 120 { await cloud.sandbox.create("web-\(presses)", size: 1 << 30) }
    guard let image = images.randomElement(using: &dice) else { return }
    await cloud.sandbox.set("note", to: "\(presses)", on: image.id)
  }
}
