import Foundation

/// The drafts on disk. Each is a file of its own, whose name says which running program has it; a draft whose program
/// is gone can be taken over by one other, since only one can rename a file.
///
/// A new state is written beside the file, as `NAME.7`, and takes its place when it has reached the disk: a program
/// that is killed leaves the newest state, and a machine that loses its power leaves one that is whole.
@MainActor package final class DraftStore {
  private nonisolated let folder: StateFolder
  private let disk: DraftDisk
  /// The name of this program's lock, which the system gives up when the program ends, however it ends.
  private nonisolated let owner: String
  private var lock: Int32 = -1
  /// The number of the last state that was written, of whatever draft.
  private var number = 0
  /// The images of each draft, with what they are in its file.
  private var written: [String: (subjects: [EditSubject], json: Data)] = [:]

  package init(_ state: StateFolder) {
    folder = state.folder("drafts")
    disk = DraftDisk(folder)
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
    /// Files that could not be understood, under their new names, or not be read.
    package var damaged: [String] = []
  }

  /// Takes over the drafts of a cloud and a project that no running program has, and those of the cloud that were
  /// made before the project was known.
  ///
  /// - Parameter isLooking: whether they are only looked at, as by a program that changes nothing.
  package func takeOver(cloud: String, project: String, isLooking: Bool = false) -> Found {
    var found = Found()
    let states = folder.names.compactMap(DraftFile.init).filter { $0.owner != owner }
    for (_, files) in Dictionary(grouping: states, by: \.base) {
      let isRunning = isRunning(files[0].owner)
      guard let (newest, draft) = read(files, settingAside: !isRunning && !isLooking, &found.damaged),
        draft.cloud == cloud, draft.project == project || draft.project.isEmpty
      else { continue }
      if isRunning {
        if !draft.isOnlyLeft { found.elsewhere += 1 }
      } else if isLooking {
        found.drafts.append(draft)
      } else if take(newest, draft, among: files) {
        found.drafts.append(draft)
      }
    }
    found.drafts.sort { ($0.saved, $0.id) < ($1.saved, $1.id) }
    found.damaged.sort()
    return found
  }

  /// The drafts of a cloud and a project that other running programs have, looked up beside the keys.
  @concurrent package nonisolated func elsewhere(cloud: String, project: String) async -> [StoredDraft] {
    let states = folder.names.compactMap(DraftFile.init).filter { $0.owner != owner }
    var damaged: [String] = []
    return Dictionary(grouping: states, by: \.base).values.compactMap { files in
      guard isRunning(files[0].owner), let (_, draft) = read(files, settingAside: false, &damaged) else {
        return nil
      }
      return draft.cloud == cloud && draft.project == project && !draft.isOnlyLeft ? draft : nil
    }
  }

  /// Writes a draft beside what is kept of it: from now on the end of the program, in whatever way, loses nothing.
  /// - Throws: `StateFault`.
  package func save(_ draft: StoredDraft) throws(StateFault) {
    try hold()
    let data = encode(draft)
    number += 1
    let name = "\(file(draft.id).base).\(number)"
    try folder.create(name, with: data)
  }

  /// A draft as its file holds it. The images are written down anew only when they are others than the last time, since
  /// they can be thousands, and each key waits for it.
  private func encode(_ draft: StoredDraft) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var frame = draft
    frame.subjects = []
    guard var data = try? encoder.encode(frame),
      // In a text its quotes would be escaped.
      let place = data.range(of: Data(#""subjects":[]"#.utf8))
    else { preconditionFailure("a draft is text and numbers, which JSON can hold") }
    let known = written[draft.id].flatMap { $0.subjects.isSame(as: draft.subjects) ? $0.json : nil }
    guard let subjects = known ?? (try? encoder.encode(draft.subjects)) else {
      preconditionFailure("an image is text, which JSON can hold")
    }
    written[draft.id] = (draft.subjects, subjects)
    data.replaceSubrange(place, with: Data(#""subjects":"#.utf8) + subjects)
    return data
  }

  /// Has the last state of a draft reach the disk and take the place of the one before, beside the keys.
  package func settle(_ id: String) -> @Sendable () async throws -> Void {
    { [disk, base = file(id).base, number] in try await disk.settle(number, of: base) }
  }

  package func remove(_ id: String) {
    written[id] = nil
    let base = file(id).base
    // The newer ones first: one that is about to take the file's place must not do so after it is gone.
    for name in folder.names where name.hasPrefix("\(base).") { folder.remove(name) }
    folder.remove(base)
  }

  package nonisolated static func randomName() -> String {
    String(UInt64.random(in: .min ... .max), radix: 36)
  }

  private func file(_ id: String) -> DraftFile { DraftFile(id: id, owner: owner) }

  /// The newest state that makes sense. What makes none is kept, where it does not stand in the way.
  private nonisolated func read(
    _ files: [DraftFile], settingAside: Bool, _ damaged: inout [String]
  ) -> (DraftFile, StoredDraft)? {
    for file in files.sorted(by: { $0.number > $1.number }) {
      guard let data = folder.read(file.name) else {
        // Another program has just taken the newest state, and an older one is no use.
        guard folder.has(file.name) else { return nil }
        damaged.append(folder.file(file.name))
        continue
      }
      if StoredDraft.isOfLaterProgram(data) {
        // It knows what to do with it, and finds it as it has left it.
        damaged.append(folder.file(file.name))
        return nil
      }
      if let draft = try? JSONDecoder().decode(StoredDraft.self, from: data) { return (file, draft) }
      let aside = folder.file(file.name + ".damaged")
      if settingAside, rename(folder.file(file.name), aside) == 0 { damaged.append(aside) }
    }
    return nil
  }

  private func take(_ newest: DraftFile, _ draft: StoredDraft, among files: [DraftFile]) -> Bool {
    do { try hold() } catch { return false }
    guard rename(folder.file(newest.name), folder.file(file(draft.id).base)) == 0 else { return false }
    for file in files where file != newest { folder.remove(file.name) }
    return true
  }

  /// Takes this program's lock, which has its name only when it is locked.
  private func hold() throws(StateFault) {
    guard lock < 0 else { return }
    try folder.make()
    let path = folder.file("\(owner).lock")
    let unlocked = path + ".new"
    let descriptor = open(unlocked, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StateFault(path, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, rename(unlocked, path) == 0 else {
      let fault = StateFault(path, errno)
      unlink(unlocked)
      close(descriptor)
      throw fault
    }
    lock = descriptor
  }

  /// Whether the program with this lock still runs. The lock of one that is gone is cleared away.
  private nonisolated func isRunning(_ owner: String) -> Bool {
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

extension Array {
  /// Whether it is the very same array, and not only an equal one: two that are equal can be different texts.
  fileprivate func isSame(as other: Self) -> Bool {
    withUnsafeBufferPointer { a in
      other.withUnsafeBufferPointer { b in a.baseAddress == b.baseAddress && a.count == b.count }
    }
  }
}
