import ArgumentParser
import Console
import Foundation
import NovaClient
import SandboxCloud

/// Which cloud, as the command line says it.
struct ConnectionOptions: ParsableArguments {
  @Flag(help: "Browse a sandbox cloud inside the program; nothing else is needed.")
  var demo = false

  @Option(help: ArgumentHelp("A cloud of clouds.yaml.", valueName: "name"))
  var osCloud: String?

  @Option(
    help: ArgumentHelp("An images API without Keystone; OS_TOKEN is sent if it is set.", valueName: "url"))
  var endpoint: String?

  @Option(help: ArgumentHelp("The region.", valueName: "name"))
  var osRegionName: String?

  @Option(help: ArgumentHelp("public, internal or admin.", valueName: "name"))
  var osInterface: String?

  @Option(help: ArgumentHelp("The project.", valueName: "name"))
  var osProjectName: String?

  @Option(help: ArgumentHelp("Certificates to trust.", valueName: "file"))
  var osCacert: String?

  @Flag(help: "Do not verify the cloud's certificate.")
  var insecure = false

  @Flag(help: "Send nothing that could change the cloud.")
  var readOnly = false

  @Option(
    help: ArgumentHelp(
      "Append each request to a file (method, path, status, bytes, time, request id, why it was refused).",
      valueName: "file"))
  var logFile: String?

  @Option(
    help: ArgumentHelp("Append each change in the cloud to a file, as a line of JSON.", valueName: "file"))
  var eventLog: String?

  @Option(help: ArgumentHelp("How many images the sandbox of --demo has (240).", valueName: "count"))
  var demoImages: Int?

  func validate() throws {
    let ways = [demo, osCloud != nil, endpoint != nil].filter { $0 }.count
    guard ways <= 1 else {
      throw ValidationError("Choose one of --demo, --os-cloud and --endpoint.")
    }
    // What would be ignored is no answer to who has typed it.
    let catalogue = [
      ("--os-region-name", osRegionName), ("--os-interface", osInterface),
      ("--os-project-name", osProjectName),
    ].filter { $0.1 != nil }.map(\.0)
    let trust = (osCacert == nil ? [] : ["--os-cacert"]) + (insecure ? ["--insecure"] : [])
    if let first = (demo ? catalogue + trust : endpoint != nil ? catalogue : []).first {
      throw ValidationError("\(first) says nothing to \(demo ? "--demo" : "--endpoint").")
    }
    if let demoImages {
      guard demo else { throw ValidationError("--demo-images is for --demo.") }
      guard (0...100_000).contains(demoImages) else {
        throw ValidationError("--demo-images must be from 0 to 100000.")
      }
    }
    if let endpoint, Origin(endpoint) == nil {
      throw ValidationError("--endpoint must begin with http:// or https://.")
    }
  }

  /// Gets everything ready that can be wrong before the screen is taken. Nothing is asked of the cloud yet, unless a
  /// password is typed: Keystone tells at once whether it is right.
  /// - Throws: `StartProblem`.
  @MainActor func open() async throws -> Cloud {
    if demo { return try await Cloud.sandbox(images: demoImages ?? 240, options: self) }
    do {
      guard let configuration = try configuration() else { throw Self.nothingConfigured }
      try check(configuration)
      guard configuration.needsPassword else { return try cloud(configuration) }
      return try await PasswordPrompt(cloud: configuration.name).open { password in
        try cloud(configuration.with(password: password), password: password)
      }
    } catch let error as NovaError {
      throw StartProblem(description: error.message, status: 2)
    }
  }

  /// - Parameter password: what was typed, and is in no file.
  @MainActor private func cloud(
    _ configuration: CloudConfiguration, password: Secret? = nil
  ) throws -> Cloud {
    let options = self
    return try Cloud(configuration, options: self, hasTypedPassword: password != nil) {
      // Read anew for each sign-in, so that a corrected file counts without a restart.
      guard let fresh = try options.configuration() else {
        throw NovaError(.misconfigured, "no cloud is configured")
      }
      return password.map { fresh.with(password: $0) } ?? fresh
    }
  }

  /// A certificate that cannot be read is a mistake to be said at once, and not at the first request.
  private func check(_ configuration: CloudConfiguration) throws {
    let tls = configuration.tls
    for (name, path) in [("cacert", tls.cacert), ("cert", tls.cert), ("key", tls.key)] {
      guard let path, access(path, R_OK) != 0 else { continue }
      let place = name == "cacert" && osCacert != nil ? "--os-cacert" : "\(configuration.written): \(name)"
      throw StartProblem(description: "\(place): \(path): \(String(cString: strerror(errno)))", status: 2)
    }
  }

  @Sendable private func configuration() throws -> CloudConfiguration? {
    let environment = ProcessInfo.processInfo.environment
    if let endpoint {
      let token = environment["OS_TOKEN"].flatMap { $0.isEmpty ? nil : Secret($0) }
      let tls = TLSSettings(cacert: osCacert ?? environment["OS_CACERT"], verify: !insecure)
      return CloudConfiguration(endpoint: endpoint, token: token, tls: tls)
    }
    return try CloudSource(environment: environment).configuration(
      cloud: osCloud,
      overrides: CloudOverrides(
        region: osRegionName, interface: osInterface, projectName: osProjectName, cacert: osCacert,
        insecure: insecure))
  }

  private static let nothingConfigured = StartProblem(
    description: """
      no cloud is configured.
      To connect: novalens --os-cloud NAME (a cloud of clouds.yaml), or set OS_AUTH_URL and the other OS_* variables.
      To try it without a cloud: novalens --demo
      """, status: 2)
}
