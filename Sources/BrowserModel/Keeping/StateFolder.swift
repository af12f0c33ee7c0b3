package import Foundation

/// The folder for what outlives a run: `$XDG_STATE_HOME/novalens` (XDG Base Directory Specification), for nobody
/// else's eyes: folders are 0700, files 0600, and links are not followed.
package struct StateFolder: Hashable, Sendable {
  package let path: String
  /// How many folders at the end of the path are the program's own; those above, such as ~/.local, are the person's,
  /// and may be links.
  private let ownCount: Int

  package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let configured = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    self.init(path: (configured ?? "\(home)/.local/state") + "/novalens")
  }

  package init(path: String) {
    self.init(path: path, ownCount: 1)
  }

  private init(path: String, ownCount: Int) {
    self.path = path
    self.ownCount = ownCount
  }

  /// A folder in it.
  package func folder(_ name: String) -> StateFolder {
    StateFolder(path: "\(path)/\(name)", ownCount: ownCount + 1)
  }

  private var parent: StateFolder {
    StateFolder(path: (path as NSString).deletingLastPathComponent, ownCount: max(0, ownCount - 1))
  }

  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes the folder, and makes sure that only its owner can look into it.
  /// - Throws: `StateFault`.
  package func make() throws(StateFault) {
    let parent = parent
    // What is ours is looked at each time; somebody may have put a link in its place.
    if parent.path != "/", parent.ownCount > 0 || access(parent.path, F_OK) != 0 { try parent.make() }
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw StateFault(path, errno) }
    guard ownCount > 0 else { return }
    var status = stat()
    guard lstat(path, &status) == 0 else { throw StateFault(path, errno) }
    guard status.st_mode & S_IFMT != S_IFLNK else {
      throw StateFault(path, because: "is a link, and a folder is needed in its place")
    }
    guard status.st_uid == geteuid() else { throw StateFault(path, because: "belongs to another user") }
    guard Self.isOurs(status, S_IFDIR) else { throw StateFault(path, ENOTDIR) }
    // Whatever the umask says.
    if status.st_mode & 0o777 != 0o700, chmod(path, 0o700) != 0 { throw StateFault(path, errno) }
  }

  private static func isOurs(_ status: stat, _ kind: mode_t) -> Bool {
    status.st_mode & S_IFMT == kind && status.st_uid == geteuid()
  }

  /// Whether the folder is there, and it and those of ours above it are no links to others, and the person's own.
  private var isSound: Bool {
    var status = stat()
    return lstat(path, &status) == 0 && Self.isOurs(status, S_IFDIR) && (ownCount <= 1 || parent.isSound)
  }

  /// The names of the files in it; none where it is not there.
  package var names: [String] {
    guard isSound, let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [] }
    return names.sorted()
  }

  package func has(_ name: String) -> Bool { access(file(name), F_OK) == 0 }

  /// A file's content, or nil where there is none, or something else in its place. What others could read is mended.
  package func read(_ name: String) -> Data? {
    // Without waiting, should a pipe lie in its place.
    let descriptor = isSound ? open(file(name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) : -1
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Self.isOurs(status, S_IFREG),
      status.st_mode & 0o077 == 0 || fchmod(descriptor, 0o600) == 0
    else {
      close(descriptor)
      return nil
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    return try? handle.readToEnd() ?? Data()
  }

  /// Writes a new file, in the place of a leftover of the same name. It is in the system's hands when this returns,
  /// so that the end of the program does it no harm; `flush` waits for the disk.
  /// - Throws: `StateFault`.
  package func create(_ name: String, with content: Data) throws(StateFault) {
    try make()
    unlink(file(name))
    let descriptor = open(file(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StateFault(file(name), errno) }
    defer { close(descriptor) }
    // Whatever the umask says.
    fchmod(descriptor, 0o600)
    let fault = Self.write(content, to: descriptor)
    guard fault == 0 else {
      unlink(file(name))
      throw StateFault(file(name), fault)
    }
  }

  /// Puts a content in the place of what a file holds, whole or not at all, and waits until it is on the disk.
  /// - Throws: `StateFault`.
  package func replace(_ name: String, with content: Data) throws(StateFault) {
    let temporary = ".\(name).\(getpid())"
    try create(temporary, with: content)
    try flush(temporary)
    guard rename(file(temporary), file(name)) == 0 else {
      let fault = StateFault(file(name), errno)
      remove(temporary)
      throw fault
    }
    try flush(nil)
  }

  /// Adds a line to the end of a file, and waits until it is on the disk.
  /// - Throws: `StateFault`.
  package func append(_ line: Data, to name: String) throws(StateFault) {
    try make()
    let descriptor = open(
      file(name), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else { throw StateFault(file(name), errno) }
    defer { close(descriptor) }
    // A line that a crash has cut off must not take this one with it.
    let isWhole = Self.endsWithLineBreak(file(name))
    // One write, so that two programs at once do not mix their lines.
    let fault = Self.write(isWhole ? line : Data("\n".utf8) + line, to: descriptor)
    guard fault == 0, fsync(descriptor) == 0 else { throw StateFault(file(name), fault == 0 ? errno : fault) }
  }

  /// Waits until a file's content, or without a file the folder's names, are on the disk.
  /// - Throws: `StateFault`.
  package func flush(_ name: String?) throws(StateFault) {
    let path = name.map(file) ?? path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      // Somebody has thrown it away meanwhile.
      if errno == ENOENT { return }
      throw StateFault(path, errno)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StateFault(path, errno) }
  }

  package func remove(_ name: String) { unlink(file(name)) }

  /// Whether a file is empty or its last line is whole.
  private static func endsWithLineBreak(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    guard lseek(descriptor, -1, SEEK_END) >= 0 else { return true }
    var last: UInt8 = 0
    return Foundation.read(descriptor, &last, 1) != 1 || last == UInt8(ascii: "\n")
  }

  /// - Returns: 0, or the system's number for what went wrong.
  private static func write(_ content: Data, to descriptor: Int32) -> Int32 {
    content.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
      }
      return 0
    }
  }
}

/// Why something could not be kept.
package struct StateFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path and the system's reason, for a person.
  package let description: String

  init(_ path: String, _ code: Int32) {
    self.init(path, because: String(cString: strerror(code)))
  }

  fileprivate init(_ path: String, because reason: String) {
    description = "\(path): \(reason)"
  }
}
