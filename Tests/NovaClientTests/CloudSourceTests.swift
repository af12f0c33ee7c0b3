import Foundation
import NovaClient
import Testing

/// A folder with settings files that is gone after the test.
final class SettingsFolder {
  let path = FileManager.default.temporaryDirectory.appending(path: "clouds-\(UUID().uuidString)").path

  init(_ files: [String: String]) throws {
    for (name, text) in files {
      let file = URL(filePath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      Issue.record("the folder \(path) stays behind: \(error)")
    }
  }

  func source(_ environment: [String: String] = [:], _ folders: [String] = [""]) -> CloudSource {
    CloudSource(
      environment: ["HOME": path].merging(environment) { $1 }, directories: folders.map { "\(path)/\($0)" })
  }
}

@Suite struct CloudsFileTests {
  private func configuration(
    _ yaml: String, _ environment: [String: String] = [:], cloud: String? = "lab",
    _ overrides: CloudOverrides = CloudOverrides()
  ) throws -> CloudConfiguration {
    let folder = try SettingsFolder(["clouds.yaml": yaml])
    return try #require(try folder.source(environment).configuration(cloud: cloud, overrides: overrides))
  }

  private func login(_ configuration: CloudConfiguration) throws -> KeystoneLogin {
    guard case .keystone(let login) = configuration.auth else { throw NovaError(.misconfigured, "no login") }
    return login
  }

  @Test func `every setting arrives`() throws {
    let configuration = try configuration(
      """
      clouds:
        lab:
          auth:
            auth_url: https://cloud:5000/v3/
            username: demo
            password: 012345
            project_name: 2026-11-23
            user_domain_name: People
            project_domain_id: 0123
          region_name: 1
          interface: internalURL
          cacert: ~/ca.pem
          cert: /etc/cert.pem
          key: /etc/key.pem
          verify: no
          compute_endpoint_override: https://cloud/compute
      """)
    #expect(
      configuration.name == "lab" && configuration.region == "1" && configuration.interface == .internal)
    let login = try login(configuration)
    #expect(login.url == "https://cloud:5000/v3/")
    #expect(login.method == .password(.name("demo", .name("People")), "012345"))
    #expect(login.scope == .project("2026-11-23", .id("0123")))
    #expect(configuration.tls.cacert?.hasSuffix("/ca.pem") == true)
    #expect(configuration.tls.cacert?.hasPrefix("/") == true)
    #expect(configuration.tls.cert == "/etc/cert.pem" && configuration.tls.key == "/etc/key.pem")
    #expect(!configuration.tls.verify)
    #expect(configuration.computeEndpoint == "https://cloud/compute")
  }

  @Test(arguments: [
    ("auth: {auth_url: http://h, username: u, password: p}", KeystoneLogin.Scope.unscoped),
    ("auth: {auth_url: http://h, username: u, password: p, project_id: i, project_name: n}", .projectID("i")),
    ("auth: {auth_url: http://h, username: u, password: p, tenant_name: n}", .project("n", .id("default"))),
    (
      "auth: {auth_url: http://h, username: u, password: p, project_name: n, default_domain: d}",
      .project("n", .id("d"))
    ),
    ("auth: {auth_url: http://h, username: u, password: p, domain_name: d}", .domain(.name("d"))),
    ("auth: {auth_url: http://h, username: u, password: p, system_scope: all}", .system),
    (
      """
      auth_type: v3applicationcredential
          auth: {auth_url: http://h, application_credential_id: a, application_credential_secret: s, project_id: i}
      """, .unscoped
    ),
  ])
  func `the scope is what is written`(_ lines: String, _ scope: KeystoneLogin.Scope) throws {
    #expect(try login(configuration("clouds:\n  lab:\n    \(lines)")).scope == scope)
  }

  @Test(arguments: [
    (
      "auth: {auth_url: http://h, user_id: u, password: p}",
      KeystoneLogin.Method.password(.id("u"), "p")
    ),
    ("auth: {auth_url: http://h, username: u, password: }", .password(.name("u", .id("default")), nil)),
    ("auth: {auth_url: http://h, token: t}", .token("t")),
    ("auth_type: v3token\n    auth: {auth_url: http://h, token: t, password: p}", .token("t")),
    (
      "auth: {auth_url: http://h, application_credential_id: a, application_credential_secret: s}",
      .applicationCredential(id: "a", secret: "s")
    ),
    (
      """
      auth: {auth_url: http://h, application_credential_name: a, application_credential_secret: s, username: u,
             user_domain_id: d}
      """, .namedApplicationCredential("a", .name("u", .id("d")), secret: "s")
    ),
  ])
  func `the way to sign in is what is written`(_ lines: String, _ method: KeystoneLogin.Method) throws {
    #expect(try login(configuration("clouds:\n  lab:\n    \(lines)")).method == method)
  }

  @Test func `no Keystone is needed where there is none`() throws {
    let configuration = try configuration(
      "clouds: {lab: {auth_type: none, compute_endpoint_override: 'http://c/v2.1', auth: {token: t}}}")
    #expect(configuration.auth == .none(token: "t"))
    #expect(configuration.computeEndpoint == "http://c/v2.1")
  }

  @Test func `the command line counts over the file`() throws {
    let configuration = try configuration(
      """
      clouds:
        lab:
          auth: {auth_url: http://h, username: u, password: p, project_id: i}
          region_name: one
          cacert: a
      """, [:], cloud: "lab",
      CloudOverrides(region: "two", interface: "admin", projectName: "other", cacert: "b", insecure: true))
    #expect(configuration.region == "two" && configuration.interface == .admin)
    #expect(configuration.tls == TLSSettings(cacert: "b", verify: false))
    #expect(try login(configuration).scope == .project("other", .id("default")))
  }

  @Test func `the password is taken from its variable where the file has none`() throws {
    let yaml = "clouds: {lab: {auth: {auth_url: http://h, username: u}}}"
    #expect(try configuration(yaml).needsPassword)
    let filled = try configuration(yaml, ["OS_PASSWORD": "p"])
    #expect(try login(filled).method == .password(.name("u", .id("default")), "p"))
    #expect(try configuration(yaml).with(password: "p") == filled)
  }

  @Test func `anchors and merge keys are understood`() throws {
    let configuration = try configuration(
      """
      base: &base {region_name: one, interface: internal}
      clouds:
        lab:
          <<: *base
          region_name: two
          auth: {auth_url: http://h, username: u, password: p}
      """)
    #expect(configuration.region == "two" && configuration.interface == .internal)
  }

  @Test(arguments: [(nil, "one", nil), ("two", "two", "http://two/v2.1")] as [(String?, String, String?)])
  func `of several regions the first is taken or the one that is asked for`(
    _ asked: String?, _ found: String, _ endpoint: String?
  ) throws {
    let configuration = try configuration(
      """
      clouds:
        lab:
          auth: {auth_url: http://h, username: u, password: p}
          regions:
            - one
            - name: two
              values: {compute_endpoint_override: 'http://two/v2.1'}
      """, [:], cloud: "lab", CloudOverrides(region: asked))
    #expect(configuration.region == found && configuration.computeEndpoint == endpoint)
  }

  @Test(arguments: [
    (
      "clouds: {lab: {auth: {auth_url: no address, username: u}}}",
      "line 1): cloud \"lab\": auth_url must be an address that begins with http:// or https://"
    ),
    ("clouds: {lab: {auth: {username: u}}}", "line 1): cloud \"lab\": auth has no auth_url"),
    ("clouds:\n  lab:\n    auth: {auth_url: http://h}", "line 3): cloud \"lab\": auth has no username"),
    ("clouds: {one: {}, two: {}}", "line 1): no cloud \"lab\"; there are one, two"),
    ("cloud: {lab: {}}", "it has no table \"clouds\""),
    (
      "clouds:\n  lab:\n    interface: pubic\n    auth: {auth_url: http://h, username: u}",
      "line 3): cloud \"lab\": interface must be public, internal or admin, not \"pubic\""
    ),
    (
      "clouds:\n  lab:\n    verify: maybe\n    auth: {auth_url: http://h, username: u}",
      "line 3): cloud \"lab\": verify must be true or false, not \"maybe\""
    ),
    (
      "clouds:\n  lab:\n    auth_type: http_basic",
      "line 3): cloud \"lab\": auth_type \"http_basic\" is not supported"
    ),
    ("clouds:\n  lab:\n    auth:\n      password: geheim\n     x: [", "line 5): "),
    (
      "clouds:\n  lab: {profile: vexxhost}",
      "cloud \"lab\": its profile \"vexxhost\" is not in clouds-public.yaml"
    ),
    ("clouds: {lab: {auth_type: none}}", "cloud \"lab\": auth_type none needs compute_endpoint_override"),
    (
      "clouds: {lab: {regions: [one, two], region_name: three}}",
      "cloud \"lab\" has no region \"three\"; it has one, two"
    ),
  ])
  func `what is wrong is said with file, line and name`(_ yaml: String, _ words: String) throws {
    let error = #expect(throws: NovaError.self) { try configuration(yaml) }
    #expect(error?.kind == .misconfigured)
    #expect(error?.message.hasPrefix("clouds.yaml (~/") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("geheim") == false)
  }

  @Test func `aliases that multiply are refused`() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let names = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(names)]\n"
    }
    let error = #expect(throws: NovaError.self) { try configuration(yaml + "clouds: {}") }
    #expect(error?.kind == .misconfigured)
  }

  @Test func `a file without an end is refused`() throws {
    let source = CloudSource(environment: ["OS_CLIENT_CONFIG_FILE": "/dev/zero"], directories: [])
    let error = #expect(throws: NovaError.self) { try source.configuration(cloud: "lab") }
    #expect(error?.message == "zero (/dev/zero): it is larger than 1 MiB, which no such file is")
  }

  @Test func `a file with more parts than any has is refused before they are made`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    try Data(("clouds: [" + String(repeating: "a,", count: 200_000) + "a]").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let source = CloudSource(environment: ["OS_CLIENT_CONFIG_FILE": file.path], directories: [])
    let error = #expect(throws: NovaError.self) { try source.configuration(cloud: "lab") }
    #expect(error?.message.hasSuffix("it is too long") == true)
  }
}

@Suite struct CloudSourceTests {
  private static func clouds(_ region: String) -> String {
    "clouds: {lab: {region_name: \(region), auth: {auth_url: 'http://k/v3', username: u}}}"
  }

  @Test func `the first file counts and the variable comes first`() throws {
    let folder = try SettingsFolder([
      "near/clouds.yaml": Self.clouds("near"), "far/clouds.yaml": Self.clouds("far"),
      "json/clouds.json":
        #"{"clouds":{"lab":{"region_name":"json","auth":{"auth_url":"http://h","username":"u"}}}}"#,
    ])
    func region(_ environment: [String: String], _ folders: [String]) throws -> String? {
      try folder.source(environment, folders).configuration(cloud: "lab")?.region
    }
    #expect(try region([:], ["none", "near", "far"]) == "near")
    #expect(try region([:], ["far", "near"]) == "far")
    #expect(try region([:], ["json", "near"]) == "json")
    let variable = ["OS_CLIENT_CONFIG_FILE": folder.path + "/far/clouds.yaml"]
    #expect(try region(variable, ["near"]) == "far")
  }

  @Test func `secrets and profiles lie in files of their own`() throws {
    let folder = try SettingsFolder([
      "clouds.yaml": "clouds: {lab: {profile: ours, auth: {username: u}}}",
      "secure.yaml": "clouds: {lab: {auth: {password: p}}}",
      "clouds-public.yaml": "public-clouds: {ours: {region_name: one, auth: {auth_url: 'http://k'}}}",
    ])
    let configuration = try #require(try folder.source().configuration(cloud: "lab"))
    #expect(configuration.region == "one")
    #expect(
      configuration.auth
        == .keystone(
          KeystoneLogin(
            url: "http://k", method: .password(.name("u", .id("default")), "p"), scope: .unscoped)))
  }

  @Test func `the variables alone are enough`() throws {
    let source = CloudSource(
      environment: [
        "OS_AUTH_URL": "https://cloud:5000", "OS_USERNAME": "demo", "OS_PASSWORD": "1",
        "OS_PROJECT_NAME": "lab",
        "OS_USER_DOMAIN_NAME": "A", "OS_PROJECT_DOMAIN_ID": "b", "OS_REGION_NAME": "one", "OS_PROJECT_ID": "",
        "OS_INTERFACE": "internal", "OS_CACERT": "ca", "OS_INSECURE": "true",
      ], directories: [])
    #expect(
      try source.configuration()
        == CloudConfiguration(
          name: "cloud",
          auth: .keystone(
            KeystoneLogin(
              url: "https://cloud:5000", method: .password(.name("demo", .name("A")), "1"),
              scope: .project("lab", .id("b")))),
          region: "one", interface: .internal, tls: TLSSettings(cacert: "ca", verify: false),
          written: .variables))
  }

  @Test(arguments: ["lab", nil]) func `a file that is named and not there is said`(_ cloud: String?) throws {
    let source = CloudSource(
      environment: ["OS_CLIENT_CONFIG_FILE": "/nowhere/clouds.yaml"], directories: ["/nowhere"])
    let error = #expect(throws: NovaError.self) { try source.configuration(cloud: cloud) }
    #expect(
      error?.message
        == "/nowhere/clouds.yaml (OS_CLIENT_CONFIG_FILE) is not there, and no clouds.yaml in: /nowhere")
  }

  @Test func `a variable that is wrong is named`() throws {
    let source = CloudSource(environment: ["OS_AUTH_URL": "http://h"], directories: [])
    #expect(
      #expect(throws: NovaError.self) { try source.configuration() }
        == NovaError(.misconfigured, "the OS_* variables: OS_USERNAME is not set"))
  }

  @Test func `the only cloud needs no name and one of several does`() throws {
    let one = try SettingsFolder(["clouds.yaml": Self.clouds("one")])
    #expect(try one.source().configuration()?.name == "lab")
    let two = try SettingsFolder(["clouds.yaml": "clouds: {a: {}, b: {}}"])
    #expect(try two.source().cloudNames() == ["a", "b"])
    let error = #expect(throws: NovaError.self) { try two.source().configuration() }
    #expect(error?.message.contains("which cloud? There are a, b") == true)
    let named = #expect(throws: NovaError.self) { try two.source(["OS_CLOUD": "b"]).configuration() }
    #expect(named?.message.contains("cloud \"b\"") == true)
  }

  @Test func `nothing configured is no error but nothing`() throws {
    let source = CloudSource(environment: ["HOME": "/nowhere"], directories: ["/nowhere"])
    #expect(try source.configuration() == nil)
    #expect(try source.cloudNames() == [])
    #expect(throws: NovaError.self) { try source.configuration(cloud: "lab") }
  }

  @Test func `a secret shows itself to nobody who does not ask`() {
    let configuration = CloudConfiguration.stub(password: "geheim")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(text.contains("demo") && !text.contains("geheim"))
    }
  }
}
