import NovaClient
import Pilot
import SandboxCloud
import Synchronization

/// How soon the first image is on the screen, compared with `curl` and the same page of the same service.
///
/// Sign-in is counted for neither: both are given a token.
enum FirstRow {
  static func measure(endpoint: String, token: String, _ what: String) async throws -> Measurement {
    var program: [Duration] = []
    var curl: [Duration] = []
    let workplace = try Workplace()
    let page = ["-H", "X-Auth-Token: \(token)", "\(endpoint)/images/detail?limit=19"]
    for _ in 0..<9 {
      let start = ContinuousClock.now
      try await Curl.run(page)
      curl.append(start.duration(to: .now))
    }
    for _ in 0..<9 {
      let start = ContinuousClock.now
      let novalens = try workplace.start(["--endpoint", endpoint], environment: ["OS_TOKEN": token])
      try await novalens.waitUntil("the first image is shown") { $0.text(row: 3).hasPrefix(" ▌ ") }
      program.append(start.duration(to: .now))
      // The next run should not meet a service that is still busy for this one.
      try await novalens.waitUntil("all images are read", timeout: .seconds(60)) {
        $0.text(row: 0).contains(" images") && !$0.text(row: 0).contains("+ images")
      }
      await novalens.send("q")
      _ = try await novalens.exitStatus()
    }
    let limit = 2 * Times(curl).median + 60
    return Measurement(
      what: "first row, \(what)", value: Times(program).median, limit: limit, unit: "ms",
      note: "twice curl's \(Int(Times(curl).median.rounded())) ms and 60; medians of 9")
  }

  /// How many answers of the images API the first row needs: with one fewer it does not come.
  static func requests() async throws -> Measurement {
    for allowed in 1...2 {
      let sandbox = Sandbox(SandboxSettings(imageCount: 60))
      let answered = Mutex(0)
      let later = RequestPattern { request in
        guard request.url.contains("/images") else { return false }
        return answered.withLock { count in
          count += 1
          return count > allowed
        }
      }
      await sandbox.inject(.hang, into: later, times: .max)
      let server = SandboxServer(sandbox)
      let address = try await server.start()
      let novalens = try Workplace().start(environment: address.variables)
      do {
        try await novalens.waitUntil("the first image is shown", timeout: .seconds(3)) {
          $0.text(row: 3).hasPrefix(" ▌ ")
        }
      } catch is PtyProgram.TimedOut {
        await server.stop()
        continue
      }
      await server.stop()
      return Measurement(
        what: "requests to the images API before the first row", value: Double(allowed), limit: 2, unit: "")
    }
    return Measurement(
      what: "requests to the images API before the first row", value: 3, limit: 2, unit: "", note: "or more")
  }
}

extension SandboxAddress {
  /// What leads to the sandbox.
  var variables: [String: String] {
    [
      "OS_AUTH_URL": authURL, "OS_USERNAME": "demo", "OS_PASSWORD": "demo-secret", "OS_PROJECT_NAME": "demo",
      "OS_USER_DOMAIN_NAME": "Default", "OS_PROJECT_DOMAIN_NAME": "Default",
    ]
  }
}
