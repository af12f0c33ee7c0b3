// swift-tools-version: 6.2
import PackageDescription

// Every target of ours builds in Swift 6 mode with these, and a warning is an error.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// For what looks at each cell of a terminal, again and again, in a debug build as well: most of the time that the tests
/// took was that.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"])]

/// A target of ours under `Sources/`, with its arrows (the story is in Sources/README.md).
func source(_ name: String, _ arrows: [Target.Dependency], settings: [SwiftSetting] = []) -> Target {
  .target(name: name, dependencies: arrows, swiftSettings: strict + settings)
}

/// A folder of tests, or a library that only tests use, under `Tests/`.
func tests(
  _ name: String, _ arrows: [Target.Dependency], exclude: [String] = [], settings: [SwiftSetting] = []
) -> Target {
  .testTarget(
    name: name, dependencies: arrows, path: "Tests/\(name)", exclude: exclude,
    swiftSettings: strict + settings)
}

let package = Package(
  name: "novalens",
  products: [
    .executable(name: "novalens", targets: ["novalens"]),
    .library(name: "NovaClient", targets: ["NovaClient"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    .executableTarget(
      name: "novalens",
      dependencies: [
        "BrowserUI", "BrowserModel", "SandboxCloud", "NovaClient", "Console", "CMemory",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    source("BrowserUI", ["BrowserModel", "Console", "NovaClient"]),
    source("BrowserModel", ["NovaClient"]),
    source(
      "SandboxCloud",
      [
        "NovaClient",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ]),
    source("NovaClient", ["CCurl", .product(name: "Yams", package: "Yams")]),
    source("Console", ["CCurses"], settings: optimized),
    .systemLibrary(
      name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CMemory"),
    // Of C, because a signal handler cannot be written in Swift. From Debian's libncurses-dev.
    .target(name: "CCurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),

    // Only for tests, screenshots and measuring.
    .systemLibrary(
      name: "CVterm", path: "Tests/CVterm", pkgConfig: "vterm", providers: [.apt(["libvterm-dev"])]),
    .target(name: "CPty", path: "Tests/CPty"),
    .target(
      name: "Pilot", dependencies: ["CPty", "CVterm"], path: "Tests/Pilot", swiftSettings: strict + optimized),
    .executableTarget(
      name: "console-demo", dependencies: ["Console"], path: "Tests/ConsoleDemo", swiftSettings: strict),
    .executableTarget(
      name: "screenshots", dependencies: ["Pilot"], path: "Tests/Screenshots", swiftSettings: strict),
    .executableTarget(
      name: "bench", dependencies: ["Pilot", "NovaClient", "SandboxCloud"], path: "Tests/Bench",
      swiftSettings: strict),
    tests("NovaClientTests", ["NovaClient", "Pilot", "SandboxCloud"]),
    .target(
      name: "BrowserRig", dependencies: ["BrowserModel", "NovaClient", "SandboxCloud"],
      path: "Tests/BrowserRig",
      swiftSettings: strict),
    tests("BrowserModelTests", ["BrowserModel", "BrowserRig", "NovaClient", "SandboxCloud"]),
    tests("ConsoleTests", ["Console", "Pilot", "CPty", "CVterm", "console-demo"]),
    tests(
      "BrowserUITests", ["BrowserUI", "BrowserModel", "BrowserRig", "Console", "NovaClient", "SandboxCloud"],
      exclude: ["Screens"]),
    tests(
      "ProgramTests",
      ["BrowserRig", "Console", "CPty", "Pilot", "SandboxCloud", "NovaClient", "novalens", "console-demo"],
      settings: optimized),
    .target(
      name: "FuzzTargets", dependencies: ["BrowserModel", "Console", "NovaClient"], path: "Tests/FuzzTargets",
      swiftSettings: strict),
    // Not for tests to depend on, which would be linked with its malloc.
    .target(name: "CHeap", path: "Tests/CHeap"),
    .executableTarget(
      name: "fuzz-memory", dependencies: ["CHeap", "Console", "FuzzTargets"],
      path: "Tests/FuzzMemory",
      swiftSettings: strict),
    .executableTarget(
      name: "freed-memory", dependencies: ["CHeap", "NovaClient"], path: "Tests/FreedMemory",
      swiftSettings: strict),
    tests("FuzzTests", ["FuzzTargets", "Pilot"], exclude: ["Corpus"]),
    tests("ConformanceTests", ["NovaClient", "SandboxCloud", "BrowserModel", "BrowserRig"]),
  ],
  swiftLanguageModes: [.v6]
)

// `make fuzz`: only with the sanitizer is there a libFuzzer to link with.
if Context.environment["NOVALENS_FUZZ"] != nil {
  package.targets += [
    .executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz", swiftSettings: strict)
  ]
}
