import Foundation

/// The drafts on disk. Each is a file of its own, whose name says which running program has it; a draft whose program
/// is gone can be taken over by one other, since only one can rename a file.
@MainActor package final class DraftStore {
  private let folder: StateFolder
  /// The name of this program's lock, which the system gives up when the program ends, however it ends.
  private let owner: String
  private var lock: Int32 = -1

  package init(_ state: StateFolder) {
    folder = state.folder("drafts")
    owner = Self.randomName()
  }

  /// Leaves the drafts to whoever comes next.
  package func release() {
    guard lock >= 0 else { return }
    folder.remove("\(owner).lock")
    close(lock)
    lock = -1
  }

  isolated deinit { release() }

  /// What was found on disk.
  package struct Found {
    /// Those that no running program has; they are ours now.
    package var drafts: [StoredDraft] = []
    /// How many other programs have.
    package var elsewhere = 0
    /// Files that could not be understood, under their new names.
    package var damaged: [String] = []
  }

  /// Takes over the drafts of a cloud and a project that no running program has.
  package func takeOver(cloud: String, project: String) -> Found {
    var found = Found()
    for name in folder.names where name.hasSuffix(".draft") {
      let parts = name.split(separator: ".")
      guard parts.count == 3 else { continue }
      guard let data = folder.read(name) else { continue }
      guard let draft = try? JSONDecoder().decode(StoredDraft.self, from: data) else {
        if !isRunning(String(parts[1])) { found.damaged += setAside(name) }
        continue
      }
      guard draft.cloud == cloud, draft.project == project, parts[1] != owner else { continue }
      if isRunning(String(parts[1])) {
        found.elsewhere += 1
      } else if take(name, draft) {
        found.drafts.append(draft)
      }
    }
    found.drafts.sort { $0.saved < $1.saved }
    return found
  }

  /// Writes a draft.
  /// - Throws: `StateFault`.
  package func save(_ draft: StoredDraft) throws(StateFault) {
    try hold()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(draft) else {
      preconditionFailure("a draft is text and numbers, which JSON can hold")
    }
    try folder.replace(name(draft.id), with: data)
  }

  package func remove(_ id: String) { folder.remove(name(id)) }

  /// Where a draft lies, and how to wait until it is on the disk.
  package func flush(_ id: String) -> @Sendable () -> Void {
    { [folder, name = name(id)] in folder.flush(name) }
  }

  package static func randomName() -> String {
    String(UInt64.random(in: .min ... .max), radix: 36)
  }

  private func name(_ id: String) -> String { "\(id).\(owner).draft" }

  private func take(_ name: String, _ draft: StoredDraft) -> Bool {
    do { try hold() } catch { return false }
    return rename(folder.file(name), folder.file(self.name(draft.id))) == 0
  }

  /// A file that makes no sense is kept, where it does not stand in the way.
  private func setAside(_ name: String) -> [String] {
    let aside = name + ".damaged"
    return rename(folder.file(name), folder.file(aside)) == 0 ? [folder.file(aside)] : []
  }

  /// Takes this program's lock.
  private func hold() throws(StateFault) {
    guard lock < 0 else { return }
    try folder.make()
    let path = folder.file("\(owner).lock")
    lock = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw StateFault(path, errno) }
  }

  /// Whether the program with this lock still runs. The lock of one that is gone is cleared away.
  private func isRunning(_ owner: String) -> Bool {
    if owner == self.owner { return true }
    let path = folder.file("\(owner).lock")
    let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
    unlink(path)
    return false
  }
}
