import Foundation

/// Waits for the disk, beside the keys, one state of a draft after the other.
actor DraftDisk {
  private let folder: StateFolder
  /// The last state of each draft that has reached the disk.
  private var settled: [String: Int] = [:]

  init(_ folder: StateFolder) {
    self.folder = folder
  }

  /// Puts a state in the place of the one before, when it is on the disk. One that is not there any more has been
  /// thrown away meanwhile.
  /// - Throws: `StateFault`.
  func settle(_ number: Int, of base: String) throws(StateFault) {
    let last = settled[base] ?? 0
    guard number > last else { return }
    settled[base] = number
    let name = "\(base).\(number)"
    guard folder.has(name) else { return }
    try folder.flush(name)
    if rename(folder.file(name), folder.file(base)) != 0, errno != ENOENT {
      throw StateFault(folder.file(base), errno)
    }
    try folder.flush(nil)
    // Those that were overtaken before their turn came; the numbers go over all drafts, so most are not there.
    for older in last + 1..<number { folder.remove("\(base).\(older)") }
  }
}

/// The name of a draft's file: `ID.OWNER.draft`, with a number behind it for a newer state that waits for the disk.
struct DraftFile: Hashable {
  let id: String
  let owner: String
  var number = 0

  init(id: String, owner: String) {
    self.id = id
    self.owner = owner
  }

  /// - Returns: nil for a file of another kind.
  init?(_ name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 || parts.count == 4, parts[2] == "draft", !parts[0].isEmpty else { return nil }
    self.init(id: parts[0], owner: parts[1])
    guard parts.count == 4 else { return }
    guard let number = Int(parts[3]), number > 0 else { return nil }
    self.number = number
  }

  /// Without the number.
  var base: String { "\(id).\(owner).draft" }
  var name: String { number == 0 ? base : "\(base).\(number)" }
}
