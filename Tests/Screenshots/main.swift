import Foundation
import Pilot

/// `screenshots FOLDER`: writes the pictures of the README, from the built program browsing its own sandbox.
guard CommandLine.arguments.count == 2 else {
  print("usage: screenshots FOLDER")
  exit(2)
}
do {
  let folder = URL(filePath: CommandLine.arguments[1])
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for shot in Shot.all {
    let picture = try await shot.take()
    try Data(picture.utf8).write(to: folder.appending(path: "\(shot.name).svg"))
    print("\(shot.name).svg")
  }
} catch {
  print("screenshots: \(error)")
  exit(1)
}
