import Foundation
import Pilot
import SandboxCloud

/// A cloud with one image, whose metadata somebody edits in the built program.
struct EditedCloud {
  let cloud: ServedCloud
  let image: String

  /// What the service holds.
  var held: [String: String] {
    get async {
      let entries = await cloud.sandbox.allImages.first { $0.id == image }?.properties.entries ?? []
      return Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
  }

  /// Somebody else changes an item.
  func set(_ key: String, to value: String) async { await cloud.sandbox.set(key, to: value, on: image) }

  /// Starts the program and waits for the image.
  func browse(
    _ argument: String? = nil, editor: String = "false", saying words: String = "1 image "
  ) async throws -> PtyProgram {
    let novalens = try cloud.browse(argument, environment: ["EDITOR": editor])
    try await novalens.waitFor("RegionOne · demo")
    try await novalens.waitFor(words)
    try await novalens.waitFor("amber")
    return novalens
  }

  /// Starts the program in a shell that, once it has been stopped, has it go on in the background, if it is told to, and
  /// ends it there; waits for the image.
  func browseInShell(editor: String = "false") async throws -> PtyProgram {
    let script = #"""
      set -m; "$0"; echo "stopped with $?"; read -r answer; if [ "$answer" ]; then bg; fi
      until [ -n "$(jobs -s)" ]; do sleep 0.05; done; echo "stopped again"; read -r answer
      kill %1; until [ -z "$(jobs -p)" ]; do sleep 0.05; done; echo "ended"
      """#
    let shell = try cloud.workplace.start(
      ["-c", script, PtyProgram.built("novalens")], program: "/bin/bash",
      environment: cloud.variables.merging(["EDITOR": editor]) { $1 })
    try await shell.waitFor("1 image ")
    return shell
  }

  /// Writes a program into the person's folder, which stands for their editor.
  func script(_ lines: String) throws -> String {
    try cloud.workplace.write("#!/bin/sh\n\(lines)\n", to: "editor")
    let path = cloud.workplace.home.appendingPathComponent("editor").path
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }

  /// The drafts that lie on disk.
  var drafts: [String] {
    get throws { try cloud.workplace.files().keys.filter { $0.hasSuffix(".draft") } }
  }
}

/// Serves a cloud with the image `amber`, and its metadata, for as long as a test needs it.
func withImage(
  _ properties: KeyValuePairs<String, String> = [
    "hw_disk_bus": "ide", "note": "first", "os_distro": "debian",
  ],
  _ body: (EditedCloud) async throws -> Void
) async throws {
  try await withCloud { cloud in
    let image = await cloud.sandbox.create("amber", size: 1 << 30)
    for (key, value) in properties { await cloud.sandbox.set(key, to: value, on: image) }
    try await body(EditedCloud(cloud: cloud, image: image))
  }
}
